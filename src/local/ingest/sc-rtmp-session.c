/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-rtmp-session.h"

#include "sc-amf0.h"
#include "sc-id.h"
#include "sc-rtmp-parser.h"
#include "sc-rtmp-writer.h"

#include <string.h>

/* One encoder's conversation, "Adobe's Real Time Messaging Protocol" 5.2 and 7.2: handshake,
 * connect, createStream, publish, media, in this order and no other. A pure state machine between
 * the bytes of a connection and a delegate: no I/O, no clock. Until the delegate accepted a key,
 * nothing is kept but what this struct and a parser of small messages hold. Any one thread at a
 * time. */

/* 5.2.1 to 5.2.4. */
#define RTMP_VERSION 3
#define HANDSHAKE_SIZE 1536
#define HANDSHAKE_ECHO_OFFSET 8
/* Amazon IVS's ingest path, rtmps://HOST:443/app/ */
#define APPLICATION "app"
#define STREAM_ID 1
/* Bytes between two acknowledgements that we ask for, and that we send before the encoder asked. */
#define WINDOW 2500000
/* Longer metadata is dropped: onMetaData of OBS has 400 bytes. */
#define MAX_METADATA (16 * 1024)

typedef enum {
  STAGE_HELLO,   /* C0 and C1 are to come */
  STAGE_ECHO,    /* C2 is to come */
  STAGE_CONNECT, /* the connect command is to come */
  STAGE_CREATE,  /* createStream is to come */
  STAGE_PUBLISH, /* publish is to come */
  STAGE_MEDIA,
  STAGE_OVER,
} Stage;

struct _ScRtmpSession {
  ScRtmpSessionDelegate delegate;
  gpointer user_data;
  Stage stage;
  GByteArray *handshake;
  ScRtmpParser *parser;
  guint64 received;
  guint64 acknowledged;
  guint32 window;
  GByteArray *out; /* of the sc_rtmp_session_feed() that runs */
};

/**
 * sc_rtmp_session_new:
 * @delegate: whom to ask and tell
 * @user_data: passed to @delegate
 *
 * Returns: (transfer full): a conversation before its first byte
 */
ScRtmpSession *
sc_rtmp_session_new (const ScRtmpSessionDelegate *delegate, gpointer user_data)
{
  ScRtmpSession *self = g_new0 (ScRtmpSession, 1);
  self->delegate = *delegate;
  self->user_data = user_data;
  self->handshake = g_byte_array_new ();
  self->parser = sc_rtmp_parser_new (SC_RTMP_MAX_STRANGER_MESSAGE);
  self->window = WINDOW;
  return self;
}

/**
 * sc_rtmp_session_free:
 * @self: (nullable): a conversation
 */
void
sc_rtmp_session_free (ScRtmpSession *self)
{
  if (!self)
    return;
  g_byte_array_unref (self->handshake);
  sc_rtmp_parser_free (self->parser);
  g_free (self);
}

/**
 * sc_rtmp_session_is_publishing:
 * @self: a conversation
 *
 * Returns: %TRUE from the accepted key on
 */
gboolean
sc_rtmp_session_is_publishing (const ScRtmpSession *self)
{
  return self->stage == STAGE_MEDIA;
}

/**
 * sc_rtmp_session_progress:
 * @self: a conversation
 *
 * Returns: how far it is; a stranger with a smaller number is the better one to turn away
 */
guint
sc_rtmp_session_progress (const ScRtmpSession *self)
{
  return self->stage;
}

/**
 * sc_rtmp_session_held:
 * @self: a conversation
 *
 * Returns: bytes of the encoder's that it holds; before the key at most
 * %SC_RTMP_MAX_STRANGER_HELD between two feeds
 */
gsize
sc_rtmp_session_held (const ScRtmpSession *self)
{
  return self->handshake->len + sc_rtmp_parser_held (self->parser);
}

static gboolean
fail (GError **error, ScIngestError code, const char *message)
{
  g_set_error_literal (error, SC_INGEST_ERROR, code, message);
  return FALSE;
}

/* Answers C0 and C1 with S0, S1 and S2, the simple handshake of 5.2. */
static void
answer_hello (ScRtmpSession *self)
{
  guint8 hello[1 + HANDSHAKE_SIZE] = { RTMP_VERSION };
  sc_random_bytes (hello + 1 + HANDSHAKE_ECHO_OFFSET, HANDSHAKE_SIZE - HANDSHAKE_ECHO_OFFSET);
  g_byte_array_append (self->out, hello, sizeof hello);
  g_byte_array_append (self->out, self->handshake->data + 1, HANDSHAKE_SIZE);
}

/* Takes what belongs to the handshake off the front of *data. */
static gboolean
take_handshake (ScRtmpSession *self, const guint8 **data, gsize *size, GError **error)
{
  gsize wanted = self->stage == STAGE_HELLO ? 1 + HANDSHAKE_SIZE : HANDSHAKE_SIZE;
  gsize count = MIN (wanted - self->handshake->len, *size);
  g_byte_array_append (self->handshake, *data, (guint) count);
  *data += count;
  *size -= count;
  if (self->stage == STAGE_HELLO && self->handshake->len > 0 &&
      self->handshake->data[0] != RTMP_VERSION)
    return fail (error, SC_INGEST_ERROR_PROTOCOL, "Not RTMP");
  if (self->handshake->len < wanted)
    return TRUE;
  if (self->stage == STAGE_HELLO)
    answer_hello (self);
  g_byte_array_set_size (self->handshake, 0);
  self->stage++;
  return TRUE;
}

/* Cuts query parameters off: "KEY?keyframeInterval=2&priority=1" is the key KEY. Amazon IVS takes
 * them on the key and on the application (Amazon IVS user guide, "Streaming configuration"). */
static void
cut_query (char *text)
{
  text[strcspn (text, "?")] = '\0';
}

/* Returns whether @app, as encoders write it ("app", "app/", "/app?x=1"), is ours. */
static gboolean
is_our_application (const char *app)
{
  g_autofree char *name = g_strdup (app[0] == '/' ? app + 1 : app);
  cut_query (name);
  if (g_str_has_suffix (name, "/"))
    name[strlen (name) - 1] = '\0';
  return g_str_equal (name, APPLICATION);
}

static gboolean
on_connect (ScRtmpSession *self, ScAmf0Reader *reader, double transaction, GError **error)
{
  if (self->stage != STAGE_CONNECT)
    return fail (error, SC_INGEST_ERROR_PROTOCOL, "A second connect");
  g_autofree char *app = NULL;
  if (!sc_amf0_read_member (reader, "app", &app))
    return fail (error, SC_INGEST_ERROR_PROTOCOL, "A connect without its object");
  if (!app || !is_our_application (app)) {
    sc_rtmp_write_rejected (self->out, transaction, "There is no such application. Use /app/.");
    return fail (error, SC_INGEST_ERROR_REFUSED, "Another application than ours");
  }
  sc_rtmp_write_window (self->out, WINDOW);
  sc_rtmp_write_connected (self->out, transaction);
  self->stage = STAGE_CREATE;
  return TRUE;
}

static gboolean
on_create_stream (ScRtmpSession *self, ScAmf0Reader *reader, double transaction, GError **error)
{
  if (self->stage != STAGE_CREATE)
    return fail (error, SC_INGEST_ERROR_PROTOCOL, "createStream out of its order");
  sc_rtmp_write_stream_created (self->out, transaction, STREAM_ID);
  self->stage = STAGE_PUBLISH;
  return TRUE;
}

static gboolean
accept_publisher (ScRtmpSession *self)
{
  sc_rtmp_write_stream_begin (self->out, STREAM_ID);
  sc_rtmp_write_status (self->out,
                        STREAM_ID,
                        "status",
                        "NetStream.Publish.Start",
                        "Publishing has begun.");
  sc_rtmp_parser_set_max_message (self->parser, SC_RTMP_MAX_MESSAGE);
  self->stage = STAGE_MEDIA;
  return TRUE;
}

static gboolean
refuse_publisher (ScRtmpSession *self, const char *code, const char *description, GError **error)
{
  sc_rtmp_write_status (self->out, STREAM_ID, "error", code, description);
  return fail (error, SC_INGEST_ERROR_REFUSED, description);
}

static gboolean
on_publish (ScRtmpSession *self, ScAmf0Reader *reader, double transaction, GError **error)
{
  g_autofree char *key = NULL;
  if (self->stage != STAGE_PUBLISH)
    return fail (error, SC_INGEST_ERROR_PROTOCOL, "publish out of its order");
  if (sc_rtmp_parser_is_amid_message (self->parser)) /* it would be handed on as a publisher's */
    return fail (error, SC_INGEST_ERROR_PROTOCOL, "A publish amid another message");
  if (!sc_amf0_skip (reader) || !sc_amf0_read_string (reader, &key))
    return fail (error, SC_INGEST_ERROR_PROTOCOL, "A publish without a stream key");
  cut_query (key);

  switch (self->delegate.publish (key, self->user_data)) {
  case SC_RTMP_ACCEPT:
    return accept_publisher (self);
  case SC_RTMP_BUSY:
    return refuse_publisher (self,
                             "NetStream.Publish.BadName",
                             "This channel is already receiving a stream.",
                             error);
  case SC_RTMP_UNABLE:
    return refuse_publisher (self,
                             "NetStream.Publish.Failed",
                             "No stream can be taken now. Try again later.",
                             error);
  case SC_RTMP_DENY:
    break;
  }
  return refuse_publisher (self, "NetStream.Publish.Denied", "The stream key is not valid.", error);
}

/* Ends the conversation on the encoder's own wish. */
static gboolean
on_farewell (ScRtmpSession *self, ScAmf0Reader *reader, double transaction, GError **error)
{
  if (self->stage == STAGE_MEDIA)
    sc_rtmp_write_status (self->out,
                          STREAM_ID,
                          "status",
                          "NetStream.Unpublish.Success",
                          "Publishing has ended.");
  self->stage = STAGE_OVER;
  return FALSE;
}

typedef gboolean (*CommandFunc) (ScRtmpSession *self,
                                 ScAmf0Reader *reader,
                                 double transaction,
                                 GError **error);

/* Commands that mean something here. Others, releaseStream and FCPublish among them, ask for
 * nothing that we have, and encoders wait for no answer. */
static const struct {
  const char *name;
  CommandFunc func;
} commands[] = {
  { "connect", on_connect },       { "createStream", on_create_stream },
  { "publish", on_publish },       { "FCUnpublish", on_farewell },
  { "deleteStream", on_farewell }, { "closeStream", on_farewell },
};

static gboolean
on_command (ScRtmpSession *self, const guint8 *data, gsize size, GError **error)
{
  ScAmf0Reader reader;
  g_autofree char *name = NULL;
  double transaction;
  sc_amf0_reader_init (&reader, data, size);
  if (!sc_amf0_read_string (&reader, &name) || !sc_amf0_read_number (&reader, &transaction))
    return fail (error, SC_INGEST_ERROR_PROTOCOL, "A command without a name and a number");
  if (self->stage == STAGE_CONNECT && !g_str_equal (name, "connect"))
    return fail (error, SC_INGEST_ERROR_PROTOCOL, "A command before connect");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (name, commands[i].name))
      return commands[i].func (self, &reader, transaction, error);
  return TRUE;
}

/* Hands on metadata as an FLV file has it, without the "@setDataFrame" that RTMP puts before it. */
static void
pass_metadata (ScRtmpSession *self, const ScRtmpMessage *message)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (message->payload, &size);
  ScAmf0Reader reader;
  g_autofree char *name = NULL;
  sc_amf0_reader_init (&reader, data, size);
  if (size > MAX_METADATA || !sc_amf0_read_string (&reader, &name))
    return;
  gsize offset = g_str_equal (name, "@setDataFrame") ? reader.position : 0;
  g_autoptr (GBytes) body = g_bytes_new_from_bytes (message->payload, offset, size - offset);
  self->delegate.media (SC_RTMP_DATA, message->timestamp, body, self->user_data);
}

static gboolean
on_media (ScRtmpSession *self, const ScRtmpMessage *message, GError **error)
{
  if (self->stage != STAGE_MEDIA)
    return fail (error, SC_INGEST_ERROR_PROTOCOL, "Media before publish");
  if (message->type == SC_RTMP_DATA)
    pass_metadata (self, message);
  else if (g_bytes_get_size (message->payload) > 0)
    self->delegate.media (message->type, message->timestamp, message->payload, self->user_data);
  return TRUE;
}

static void
set_window (ScRtmpSession *self, const guint8 *data, gsize size)
{
  if (size < 4)
    return;
  guint32 window =
    (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
  self->window = CLAMP (window, SC_RTMP_MAX_STRANGER_MESSAGE, WINDOW);
}

static gboolean
on_message (ScRtmpSession *self, const ScRtmpMessage *message, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (message->payload, &size);
  switch (message->type) {
  case SC_RTMP_COMMAND:
    return on_command (self, data, size, error);
  case SC_RTMP_COMMAND_AMF3: /* a format byte, then AMF 0 */
    return size > 0 ? on_command (self, data + 1, size - 1, error) : TRUE;
  case SC_RTMP_AUDIO:
  case SC_RTMP_VIDEO:
  case SC_RTMP_DATA:
    return on_media (self, message, error);
  case SC_RTMP_WINDOW_SIZE:
    set_window (self, data, size);
    return TRUE;
  default:
    return TRUE;
  }
}

static gboolean
take_messages (ScRtmpSession *self, GError **error)
{
  GError *wrong = NULL;
  for (;;) {
    g_auto (ScRtmpMessage) message = { 0 };
    if (!sc_rtmp_parser_next (self->parser, &message, &wrong))
      break;
    if (!on_message (self, &message, error))
      return FALSE;
  }
  if (!wrong)
    return TRUE;
  g_propagate_error (error, wrong);
  return FALSE;
}

/* Counts bytes; sends an acknowledgement when it is due, 5.4.3. */
static gboolean
count_bytes (ScRtmpSession *self, gsize size, GError **error)
{
  self->received += size;
  if (self->stage < STAGE_MEDIA && self->received > SC_RTMP_MAX_STRANGER_BYTES)
    return fail (error, SC_INGEST_ERROR_LIMIT, "Too much before the stream key");
  if (self->stage == STAGE_MEDIA && self->received - self->acknowledged >= self->window) {
    self->acknowledged = self->received;
    sc_rtmp_write_acknowledgement (self->out, (guint32) self->received);
  }
  return TRUE;
}

/**
 * sc_rtmp_session_feed:
 * @self: a conversation
 * @data: bytes as they arrived
 * @size: how many
 * @out: where to append what is to be sent back
 * @error: an error of %SC_INGEST_ERROR
 *
 * Goes on with the conversation. May call the delegate.
 *
 * Returns: %TRUE to go on; %FALSE when the connection is to be closed once @out is sent: with
 * @error because of the encoder, without because it took its leave
 */
gboolean
sc_rtmp_session_feed (ScRtmpSession *self,
                      const guint8 *data,
                      gsize size,
                      GByteArray *out,
                      GError **error)
{
  if (self->stage == STAGE_OVER)
    return FALSE;
  self->out = out;
  if (!count_bytes (self, size, error))
    return FALSE;
  while (size > 0 && self->stage <= STAGE_ECHO)
    if (!take_handshake (self, &data, &size, error))
      return FALSE;
  if (size == 0)
    return TRUE;
  sc_rtmp_parser_feed (self->parser, data, size);
  return take_messages (self, error);
}

/**
 * sc_rtmp_session_refuse:
 * @self: a conversation that publishes
 * @description: why it cannot go on, a sentence for the streamer
 * @out: where to append what is to be sent back
 *
 * Ends the conversation from our side.
 */
void
sc_rtmp_session_refuse (ScRtmpSession *self, const char *description, GByteArray *out)
{
  if (self->stage == STAGE_MEDIA)
    sc_rtmp_write_status (out, STREAM_ID, "error", "NetStream.Publish.Failed", description);
  self->stage = STAGE_OVER;
}
