/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-rtmp-writer.h"

#include "sc-amf0.h"
#include "sc-rtmp-parser.h"

/* What the ingest says to an encoder, "Adobe's Real Time Messaging Protocol" 5.4 and 7. All of it
 * is short, so that the chunk size stays at what both sides begin with. */

#define CHUNK_SIZE 128
/* Chunk streams that carry control (5.4) and commands. */
#define CONTROL_CHUNK_STREAM 2
#define COMMAND_CHUNK_STREAM 3
#define USER_CONTROL_STREAM_BEGIN 0
/* 5.4.5: the peer is to keep the limit that it has, if that is smaller. */
#define BANDWIDTH_DYNAMIC 2

static void
append_u8 (GByteArray *out, guint8 value)
{
  g_byte_array_append (out, &value, 1);
}

static void
append_u32 (GByteArray *out, guint32 value)
{
  guint32 bytes = GUINT32_TO_BE (value);
  g_byte_array_append (out, (const guint8 *) &bytes, sizeof bytes);
}

/* Appends one message as a chunk of format 0 and as many of format 3 as it needs. */
static void
write_message (GByteArray *out,
               guint8 chunk_stream,
               guint8 type,
               guint32 stream_id,
               const GByteArray *payload)
{
  guint32 id = GUINT32_TO_LE (stream_id);
  const guint8 header[] = {
    chunk_stream,
    0,
    0,
    0, /* timestamp */
    (guint8) (payload->len >> 16),
    (guint8) (payload->len >> 8),
    (guint8) payload->len,
    type,
  };
  g_byte_array_append (out, header, sizeof header);
  g_byte_array_append (out, (const guint8 *) &id, sizeof id);
  for (guint done = 0; done < payload->len; done += CHUNK_SIZE) {
    if (done > 0)
      append_u8 (out, 3 << 6 | chunk_stream);
    g_byte_array_append (out, payload->data + done, MIN (CHUNK_SIZE, payload->len - done));
  }
}

static void
write_control (GByteArray *out, guint8 type, const GByteArray *payload)
{
  write_message (out, CONTROL_CHUNK_STREAM, type, 0, payload);
}

/**
 * sc_rtmp_write_acknowledgement:
 * @out: where to append
 * @received: bytes received so far, modulo 2^32
 */
void
sc_rtmp_write_acknowledgement (GByteArray *out, guint32 received)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  append_u32 (payload, received);
  write_control (out, SC_RTMP_ACKNOWLEDGEMENT, payload);
}

/**
 * sc_rtmp_write_window:
 * @out: where to append
 * @window: bytes between two acknowledgements
 *
 * Appends the window and the bandwidth that servers announce before they accept a connection.
 */
void
sc_rtmp_write_window (GByteArray *out, guint32 window)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  append_u32 (payload, window);
  write_control (out, SC_RTMP_WINDOW_SIZE, payload);
  append_u8 (payload, BANDWIDTH_DYNAMIC);
  write_control (out, SC_RTMP_PEER_BANDWIDTH, payload);
}

static void
append_member (GByteArray *payload, const char *name, const char *text)
{
  sc_amf0_write_name (payload, name);
  sc_amf0_write_string (payload, text);
}

static void
append_number (GByteArray *payload, const char *name, double number)
{
  sc_amf0_write_name (payload, name);
  sc_amf0_write_number (payload, number);
}

static void
append_status (GByteArray *payload, const char *level, const char *code, const char *description)
{
  sc_amf0_write_object_start (payload);
  append_member (payload, "level", level);
  append_member (payload, "code", code);
  append_member (payload, "description", description);
}

/**
 * sc_rtmp_write_connected:
 * @out: where to append
 * @transaction: the number of the connect command
 */
void
sc_rtmp_write_connected (GByteArray *out, double transaction)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  sc_amf0_write_string (payload, "_result");
  sc_amf0_write_number (payload, transaction);
  sc_amf0_write_object_start (payload);
  append_member (payload, "fmsVer", "FMS/3,0,1,123"); /* what other servers say; encoders look */
  append_number (payload, "capabilities", 31);
  sc_amf0_write_object_end (payload);
  append_status (payload, "status", "NetConnection.Connect.Success", "Connection succeeded.");
  append_number (payload, "objectEncoding", 0);
  sc_amf0_write_object_end (payload);
  write_message (out, COMMAND_CHUNK_STREAM, SC_RTMP_COMMAND, 0, payload);
}

/**
 * sc_rtmp_write_rejected:
 * @out: where to append
 * @transaction: the number of the connect command
 * @description: why, a sentence for the streamer
 */
void
sc_rtmp_write_rejected (GByteArray *out, double transaction, const char *description)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  sc_amf0_write_string (payload, "_error");
  sc_amf0_write_number (payload, transaction);
  sc_amf0_write_null (payload);
  append_status (payload, "error", "NetConnection.Connect.Rejected", description);
  sc_amf0_write_object_end (payload);
  write_message (out, COMMAND_CHUNK_STREAM, SC_RTMP_COMMAND, 0, payload);
}

/**
 * sc_rtmp_write_stream_created:
 * @out: where to append
 * @transaction: the number of the createStream command
 * @stream_id: the message stream's id
 */
void
sc_rtmp_write_stream_created (GByteArray *out, double transaction, guint32 stream_id)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  sc_amf0_write_string (payload, "_result");
  sc_amf0_write_number (payload, transaction);
  sc_amf0_write_null (payload);
  sc_amf0_write_number (payload, stream_id);
  write_message (out, COMMAND_CHUNK_STREAM, SC_RTMP_COMMAND, 0, payload);
}

/**
 * sc_rtmp_write_stream_begin:
 * @out: where to append
 * @stream_id: the message stream that may be used now
 */
void
sc_rtmp_write_stream_begin (GByteArray *out, guint32 stream_id)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  append_u8 (payload, 0);
  append_u8 (payload, USER_CONTROL_STREAM_BEGIN);
  append_u32 (payload, stream_id);
  write_control (out, SC_RTMP_USER_CONTROL, payload);
}

/**
 * sc_rtmp_write_status:
 * @out: where to append
 * @stream_id: the message stream
 * @level: "status" or "error"
 * @code: what a program reads, "NetStream.Publish.Start"
 * @description: what a person reads
 */
void
sc_rtmp_write_status (GByteArray *out,
                      guint32 stream_id,
                      const char *level,
                      const char *code,
                      const char *description)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  sc_amf0_write_string (payload, "onStatus");
  sc_amf0_write_number (payload, 0);
  sc_amf0_write_null (payload);
  append_status (payload, level, code, description);
  sc_amf0_write_object_end (payload);
  write_message (out, COMMAND_CHUNK_STREAM, SC_RTMP_COMMAND, stream_id, payload);
}
