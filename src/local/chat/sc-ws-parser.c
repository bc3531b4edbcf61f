/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The server's side of WebSocket frames (RFC 6455): reads what clients send, without any socket,
 * and writes what they get.
 *
 * What a client can cost here is one message and one control frame, whatever it sends. */

#include "config.h"

#include "sc-ws-parser.h"

#include <string.h>

#define HEADER_MAX_BYTES 14
#define MASK_BYTES 4

#define BIT_FIN 0x80
#define BITS_RESERVED 0x70
#define BITS_OPCODE 0x0f
#define BIT_CONTROL 0x08
#define BIT_MASK 0x80
#define BITS_LENGTH 0x7f
#define LENGTH_16 126
#define LENGTH_64 127

typedef enum {
  OPCODE_CONTINUATION = 0x0,
  OPCODE_TEXT = 0x1,
  OPCODE_BINARY = 0x2,
  OPCODE_CLOSE = 0x8,
  OPCODE_PING = 0x9,
  OPCODE_PONG = 0xa,
} Opcode;

struct _ScWsParser {
  guint8 header[HEADER_MAX_BYTES];
  guint header_length;
  gboolean in_payload;
  guint64 length; /* of the frame's payload */
  guint64 done;   /* of it */

  GByteArray *message; /* the fragments so far */
  guint n_fragments;   /* 0 between messages */
  GByteArray *control;
  GByteArray *payload; /* of the last event: one of both */
  ScWsCode code;
  gboolean is_over;
};

/**
 * sc_ws_parser_new:
 *
 * Returns: (transfer full): a parser of what one client sends after its handshake
 */
ScWsParser *
sc_ws_parser_new (void)
{
  ScWsParser *self = g_new0 (ScWsParser, 1);
  self->message = g_byte_array_new ();
  self->control = g_byte_array_new ();
  return self;
}

/**
 * sc_ws_parser_free:
 * @self: (transfer full): a parser
 */
void
sc_ws_parser_free (ScWsParser *self)
{
  g_byte_array_unref (self->message);
  g_byte_array_unref (self->control);
  g_free (self);
}

static ScWsEvent
break_off (ScWsParser *self, ScWsCode code)
{
  self->is_over = TRUE;
  self->code = code;
  return SC_WS_EVENT_BROKEN;
}

static Opcode
get_opcode (const ScWsParser *self)
{
  return self->header[0] & BITS_OPCODE;
}

static gboolean
is_control (const ScWsParser *self)
{
  return (self->header[0] & BIT_CONTROL) != 0;
}

static gboolean
is_final (const ScWsParser *self)
{
  return (self->header[0] & BIT_FIN) != 0;
}

/* Returns how long the header is, as far as its first bytes say. */
static guint
measure_header (const ScWsParser *self)
{
  if (self->header_length < 2)
    return 2;
  switch (self->header[1] & BITS_LENGTH) {
  case LENGTH_16:
    return 2 + 2 + MASK_BYTES;
  case LENGTH_64:
    return 2 + 8 + MASK_BYTES;
  default:
    return 2 + MASK_BYTES;
  }
}

/* Reads the length out of a whole header. Returns FALSE where a shorter form would have done. */
static gboolean
read_length (ScWsParser *self)
{
  guint form = self->header[1] & BITS_LENGTH;
  guint n_bytes = form == LENGTH_64 ? 8 : form == LENGTH_16 ? 2 : 0;
  self->length = n_bytes > 0 ? 0 : form;
  for (guint i = 0; i < n_bytes; i++)
    self->length = self->length << 8 | self->header[2 + i];
  return n_bytes == 0 || self->length > (n_bytes == 2 ? LENGTH_16 - 1u : G_MAXUINT16);
}

/* Says which rule the first two bytes of a header break, or 0: so that whoever breaks one is not
 * waited for. */
static ScWsCode
check_start (const ScWsParser *self)
{
  Opcode opcode = get_opcode (self);
  if ((self->header[0] & BITS_RESERVED) != 0 || (self->header[1] & BIT_MASK) == 0)
    return SC_WS_CODE_PROTOCOL;
  if (is_control (self))
    return opcode <= OPCODE_PONG && is_final (self) &&
               (self->header[1] & BITS_LENGTH) <= SC_WS_CONTROL_MAX_BYTES
             ? 0
             : SC_WS_CODE_PROTOCOL;
  if (opcode > OPCODE_BINARY || (opcode == OPCODE_CONTINUATION) != (self->n_fragments > 0))
    return SC_WS_CODE_PROTOCOL;
  return opcode == OPCODE_BINARY ? SC_WS_CODE_UNSUPPORTED : 0;
}

/* Says which bound or rule a whole header breaks, or 0. */
static ScWsCode
check_header (ScWsParser *self)
{
  if (!read_length (self))
    return SC_WS_CODE_PROTOCOL;
  if (is_control (self))
    return 0;
  gboolean fits = self->length <= SC_WS_MESSAGE_MAX_BYTES - self->message->len &&
                  self->n_fragments < SC_WS_FRAGMENTS_MAX;
  return fits ? 0 : SC_WS_CODE_TOO_BIG;
}

/* Takes bytes of the header. Returns BROKEN, or NONE; then in_payload says whether it is whole. */
static ScWsEvent
read_header (ScWsParser *self, const guint8 **data, gsize *size)
{
  while (*size > 0 && self->header_length < measure_header (self)) {
    self->header[self->header_length++] = *(*data)++;
    (*size)--;
    ScWsCode code = self->header_length == 2 ? check_start (self) : 0;
    if (code != 0)
      return break_off (self, code);
  }
  if (self->header_length < measure_header (self))
    return SC_WS_EVENT_NONE;
  ScWsCode code = check_header (self);
  if (code != 0)
    return break_off (self, code);
  self->in_payload = TRUE;
  self->done = 0;
  if (is_control (self))
    g_byte_array_set_size (self->control, 0);
  else
    self->n_fragments++;
  return SC_WS_EVENT_NONE;
}

static void
read_payload (ScWsParser *self, const guint8 **data, gsize *size)
{
  GByteArray *array = is_control (self) ? self->control : self->message;
  const guint8 *mask = self->header + self->header_length - MASK_BYTES;
  guint count = (guint) MIN (self->length - self->done, *size);
  guint start = array->len;
  g_byte_array_append (array, *data, count);
  for (guint i = 0; i < count; i++)
    array->data[start + i] ^= mask[(self->done + i) % MASK_BYTES];
  self->done += count;
  *data += count;
  *size -= count;
}

/* GLib takes no NUL for valid UTF-8, and RFC 3629 does. */
static gboolean
is_utf8 (const guint8 *data, gsize size)
{
  const char *at = (const char *) data;
  const char *end = at + size;
  while (at < end) {
    const char *stop = NULL;
    if (!g_utf8_validate (at, end - at, &stop) && (stop == end || *stop != '\0'))
      return FALSE;
    at = stop + 1;
  }
  return TRUE;
}

/* The codes that may be on the wire: RFC 6455, 7.4. */
static gboolean
is_close_code (guint code)
{
  return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006) ||
         (code >= 3000 && code <= 4999);
}

static ScWsEvent
end_close (ScWsParser *self)
{
  const GByteArray *payload = self->control;
  self->is_over = TRUE;
  self->code = SC_WS_CODE_NORMAL;
  if (payload->len == 0)
    return SC_WS_EVENT_CLOSE;
  guint code = payload->len >= 2 ? payload->data[0] << 8u | payload->data[1] : 0;
  if (!is_close_code (code))
    return break_off (self, SC_WS_CODE_PROTOCOL);
  if (!is_utf8 (payload->data + 2, payload->len - 2))
    return break_off (self, SC_WS_CODE_BAD_DATA);
  self->code = code;
  return SC_WS_EVENT_CLOSE;
}

/* A frame is whole: says what the client said with it. */
static ScWsEvent
end_frame (ScWsParser *self)
{
  Opcode opcode = get_opcode (self);
  gboolean final = is_final (self);
  self->in_payload = FALSE;
  self->header_length = 0;
  self->payload = self->control;
  if (opcode == OPCODE_CLOSE)
    return end_close (self);
  if (opcode == OPCODE_PING)
    return SC_WS_EVENT_PING;
  if (opcode == OPCODE_PONG)
    return SC_WS_EVENT_PONG;
  if (!final)
    return SC_WS_EVENT_NONE;
  self->n_fragments = 0;
  self->payload = self->message;
  return is_utf8 (self->message->data, self->message->len) ? SC_WS_EVENT_TEXT
                                                           : break_off (self, SC_WS_CODE_BAD_DATA);
}

/**
 * sc_ws_parser_read:
 * @self: a parser
 * @data: (inout): bytes of the client; moved behind what was read
 * @size: (inout): how many
 *
 * Reads up to the next event. Called again until there is none.
 *
 * Returns: what the client said
 */
ScWsEvent
sc_ws_parser_read (ScWsParser *self, const guint8 **data, gsize *size)
{
  if (self->payload == self->message)
    g_byte_array_set_size (self->message, 0);
  self->payload = NULL;
  if (self->is_over) {
    *data += *size;
    *size = 0;
    return SC_WS_EVENT_NONE;
  }
  ScWsEvent event = SC_WS_EVENT_NONE;
  while (event == SC_WS_EVENT_NONE) {
    if (!self->in_payload)
      event = read_header (self, data, size);
    if (event != SC_WS_EVENT_NONE || !self->in_payload)
      return event;
    read_payload (self, data, size);
    if (self->done < self->length)
      return SC_WS_EVENT_NONE;
    event = end_frame (self);
  }
  return event;
}

/**
 * sc_ws_parser_get_payload:
 * @self: a parser whose last event was a text or a ping
 * @ret_size: (out): its bytes
 *
 * Returns: (transfer none): what came with the event, not ended by a NUL; valid until the next read
 */
const char *
sc_ws_parser_get_payload (ScWsParser *self, gsize *ret_size)
{
  *ret_size = self->payload->len;
  return (const char *) self->payload->data;
}

/**
 * sc_ws_parser_get_code:
 * @self: a parser whose last event was a close or a broken rule
 *
 * Returns: the client's reason to close, or what to close with
 */
ScWsCode
sc_ws_parser_get_code (ScWsParser *self)
{
  return self->code;
}

/* A server masks nothing and needs no fragments. */
static GBytes *
make_frame (Opcode opcode, const void *payload, gsize size)
{
  guint8 header[10] = { BIT_FIN | opcode };
  gsize length = 2;
  if (size < LENGTH_16) {
    header[1] = (guint8) size;
  } else {
    guint n_bytes = size <= G_MAXUINT16 ? 2 : 8;
    header[1] = n_bytes == 2 ? LENGTH_16 : LENGTH_64;
    for (guint i = 0; i < n_bytes; i++)
      header[length++] = (guint8) ((guint64) size >> 8 * (n_bytes - 1 - i));
  }
  guint8 *frame = g_malloc (length + size);
  memcpy (frame, header, length);
  if (size > 0)
    memcpy (frame + length, payload, size);
  return g_bytes_new_take (frame, length + size);
}

/**
 * sc_ws_frame_new_text:
 * @text: a message
 *
 * Returns: (transfer full): its frame, which may go to any number of clients
 */
GBytes *
sc_ws_frame_new_text (const char *text)
{
  return make_frame (OPCODE_TEXT, text, strlen (text));
}

/**
 * sc_ws_frame_new_ping:
 *
 * Returns: (transfer full): a ping without payload
 */
GBytes *
sc_ws_frame_new_ping (void)
{
  return make_frame (OPCODE_PING, NULL, 0);
}

/**
 * sc_ws_frame_new_pong:
 * @payload: what came with the ping
 * @size: its bytes
 *
 * Returns: (transfer full): the answer
 */
GBytes *
sc_ws_frame_new_pong (const char *payload, gsize size)
{
  return make_frame (OPCODE_PONG, payload, size);
}

/**
 * sc_ws_frame_new_close:
 * @code: why
 * @reason: why, in at most 123 bytes
 *
 * Returns: (transfer full): the last frame
 */
GBytes *
sc_ws_frame_new_close (ScWsCode code, const char *reason)
{
  guint8 payload[SC_WS_CONTROL_MAX_BYTES] = { (guint8) (code >> 8), (guint8) code };
  gsize size = MIN (strlen (reason), sizeof payload - 2);
  memcpy (payload + 2, reason, size);
  return make_frame (OPCODE_CLOSE, payload, 2 + size);
}
