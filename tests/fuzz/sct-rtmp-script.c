/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-rtmp-script.h"

#include "sc-amf0.h"
#include "sc-rtmp-parser.h"

#define CHUNK_SIZE 128

/* Appends a message as a chunk of format 0 and some of format 3, on chunk stream 3. */
void
sct_rtmp_message (GByteArray *bytes,
                  guint chunk_size,
                  guint8 type,
                  guint32 timestamp,
                  const GByteArray *payload)
{
  gboolean extended = timestamp >= 0xffffff;
  guint32 short_time = extended ? 0xffffff : timestamp;
  guint32 big_time = GUINT32_TO_BE (timestamp);
  const guint8 header[] = {
    3,
    (guint8) (short_time >> 16),
    (guint8) (short_time >> 8),
    (guint8) short_time,
    (guint8) (payload->len >> 16),
    (guint8) (payload->len >> 8),
    (guint8) payload->len,
    type,
    1,
    0,
    0,
    0,
  };
  static const guint8 next = 3 << 6 | 3;
  g_byte_array_append (bytes, header, sizeof header);
  if (extended)
    g_byte_array_append (bytes, (const guint8 *) &big_time, 4);
  for (guint done = 0; done < payload->len; done += chunk_size) {
    if (done > 0)
      g_byte_array_append (bytes, &next, 1);
    if (done > 0 && extended)
      g_byte_array_append (bytes, (const guint8 *) &big_time, 4);
    g_byte_array_append (bytes, payload->data + done, MIN (chunk_size, payload->len - done));
  }
}

/* Appends C0, C1 and C2. */
void
sct_rtmp_hello (GByteArray *bytes)
{
  guint8 hello[1 + 2 * 1536] = { 3 };
  for (guint i = 9; i < sizeof hello; i++)
    hello[i] = (guint8) i;
  g_byte_array_append (bytes, hello, sizeof hello);
}

void
sct_rtmp_connect (GByteArray *bytes, const char *app)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  sc_amf0_write_string (payload, "connect");
  sc_amf0_write_number (payload, 1);
  sc_amf0_write_object_start (payload);
  sc_amf0_write_name (payload, "app");
  sc_amf0_write_string (payload, app);
  sc_amf0_write_name (payload, "type");
  sc_amf0_write_string (payload, "nonprivate");
  sc_amf0_write_name (payload, "flashVer");
  sc_amf0_write_string (payload, "FMLE/3.0 (compatible; an encoder that exists in tests alone)");
  sc_amf0_write_name (payload, "capabilities");
  sc_amf0_write_number (payload, 15);
  sc_amf0_write_object_end (payload);
  sct_rtmp_message (bytes, CHUNK_SIZE, SC_RTMP_COMMAND, 0, payload);
}

/* Appends a command without arguments: a null in their place. */
void
sct_rtmp_command (GByteArray *bytes, const char *name, double transaction)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  sc_amf0_write_string (payload, name);
  sc_amf0_write_number (payload, transaction);
  sc_amf0_write_null (payload);
  sct_rtmp_message (bytes, CHUNK_SIZE, SC_RTMP_COMMAND, 0, payload);
}

void
sct_rtmp_publish (GByteArray *bytes, const char *key)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  sc_amf0_write_string (payload, "publish");
  sc_amf0_write_number (payload, 5);
  sc_amf0_write_null (payload);
  sc_amf0_write_string (payload, key);
  sc_amf0_write_string (payload, "live");
  sct_rtmp_message (bytes, CHUNK_SIZE, SC_RTMP_COMMAND, 0, payload);
}

/* Appends a tag of @size bytes that claims to be H.264 or AAC. */
void
sct_rtmp_media (GByteArray *bytes, guint8 type, guint32 timestamp, guint size)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_byte_array_set_size (payload, size);
  for (guint i = 0; i < size; i++)
    payload->data[i] = (guint8) (i * 7);
  payload->data[0] = type == SC_RTMP_VIDEO ? 0x17 : 0xaf;
  sct_rtmp_message (bytes, CHUNK_SIZE, type, timestamp, payload);
}

/* Returns a whole conversation: handshake, commands, the key "sk_one", media, farewell. */
GByteArray *
sct_rtmp_script (void)
{
  GByteArray *bytes = g_byte_array_new ();
  sct_rtmp_hello (bytes);
  sct_rtmp_connect (bytes, "app");
  sct_rtmp_command (bytes, "releaseStream", 2);
  sct_rtmp_command (bytes, "FCPublish", 3);
  sct_rtmp_command (bytes, "createStream", 4);
  sct_rtmp_publish (bytes, "sk_one?keyframeInterval=2");
  sct_rtmp_media (bytes, SC_RTMP_VIDEO, 0, 300);
  sct_rtmp_media (bytes, SC_RTMP_AUDIO, 23, 50);
  sct_rtmp_media (bytes, SC_RTMP_VIDEO, 0x1000000, 1000);
  sct_rtmp_command (bytes, "FCUnpublish", 6);
  return bytes;
}
