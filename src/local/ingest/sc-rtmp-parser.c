/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-rtmp-parser.h"

/* "Adobe's Real Time Messaging Protocol" 5.3, the chunk stream: messages cut into chunks that may
 * interleave, each chunk stream compressing its headers against its previous one. A pure state
 * machine: bytes in, messages out, no I/O, no clock. Memory grows with the bytes that arrived,
 * never with a length that was only announced. Any one thread at a time. */

/* 5.4.1: the chunk size before anyone sets another. */
#define DEFAULT_CHUNK_SIZE 128
/* 5.3.1.2: a timestamp of this value stands for "see the four bytes behind the header". */
#define EXTENDED_TIMESTAMP 0xffffff
/* 5.3.1.2: the size of a message header by its format. */
static const gsize FIELD_SIZES[] = { 11, 7, 3, 0 };

typedef struct {
  guint id;
  guint8 type;
  guint32 stream_id;
  guint32 timestamp;
  guint32 delta;
  guint32 length;
  gboolean is_extended;
  guint32 extended_value;
  GByteArray *payload; /* NULL between two messages */
} ChunkStream;

struct _ScRtmpParser {
  GByteArray *input;
  gsize position; /* how much of the input is read */
  ChunkStream streams[SC_RTMP_MAX_CHUNK_STREAMS];
  guint n_streams;
  ChunkStream *current; /* whose chunk is being read, or NULL before a chunk header */
  gsize chunk_left;
  gsize chunk_size;
  gsize max_message;
  gsize held; /* bytes of unfinished messages */
};

/* A chunk's header as it stands on the wire. */
typedef struct {
  guint format;
  guint id;
  gsize size; /* of basic and message header, without the extended timestamp */
  const guint8 *fields;
} ChunkHeader;

/**
 * sc_rtmp_message_clear:
 * @self: a message
 *
 * Drops what the message holds.
 */
void
sc_rtmp_message_clear (ScRtmpMessage *self)
{
  g_clear_pointer (&self->payload, g_bytes_unref);
}

/**
 * sc_rtmp_parser_new:
 * @max_message: the most bytes that a message may announce
 *
 * Returns: (transfer full): a parser that stands behind the handshake
 */
ScRtmpParser *
sc_rtmp_parser_new (gsize max_message)
{
  ScRtmpParser *self = g_new0 (ScRtmpParser, 1);
  self->input = g_byte_array_new ();
  self->chunk_size = DEFAULT_CHUNK_SIZE;
  self->max_message = max_message;
  return self;
}

/**
 * sc_rtmp_parser_free:
 * @self: (nullable): a parser
 */
void
sc_rtmp_parser_free (ScRtmpParser *self)
{
  if (!self)
    return;
  for (guint i = 0; i < self->n_streams; i++)
    g_clear_pointer (&self->streams[i].payload, g_byte_array_unref);
  g_byte_array_unref (self->input);
  g_free (self);
}

/**
 * sc_rtmp_parser_set_max_message:
 * @self: a parser
 * @max_message: the most bytes that a message may announce from now on
 */
void
sc_rtmp_parser_set_max_message (ScRtmpParser *self, gsize max_message)
{
  self->max_message = max_message;
}

/**
 * sc_rtmp_parser_held:
 * @self: a parser
 *
 * Returns: bytes that wait in the parser, unread ones and those of unfinished messages
 */
gsize
sc_rtmp_parser_held (const ScRtmpParser *self)
{
  return self->held + self->input->len - self->position;
}

/**
 * sc_rtmp_parser_is_amid_message:
 * @self: a parser
 *
 * Returns: whether it holds a part of a message whose rest is to come
 */
gboolean
sc_rtmp_parser_is_amid_message (const ScRtmpParser *self)
{
  return self->held > 0;
}

/**
 * sc_rtmp_parser_feed:
 * @self: a parser
 * @data: bytes as they arrived
 * @size: how many
 *
 * Takes bytes; call sc_rtmp_parser_next() until it gives no more, before the next ones.
 */
void
sc_rtmp_parser_feed (ScRtmpParser *self, const guint8 *data, gsize size)
{
  g_byte_array_remove_range (self->input, 0, (guint) self->position);
  self->position = 0;
  g_byte_array_append (self->input, data, (guint) size);
}

static guint32
read_u24 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 16 | (guint32) bytes[1] << 8 | bytes[2];
}

static guint32
read_u32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | read_u24 (bytes + 1);
}

static guint32
read_u32_le (const guint8 *bytes)
{
  return (guint32) bytes[3] << 24 | (guint32) bytes[2] << 16 | (guint32) bytes[1] << 8 | bytes[0];
}

static gsize
available (const ScRtmpParser *self)
{
  return self->input->len - self->position;
}

static ChunkStream *
find_stream (ScRtmpParser *self, guint id)
{
  for (guint i = 0; i < self->n_streams; i++)
    if (self->streams[i].id == id)
      return &self->streams[i];
  return NULL;
}

/* Reads the basic header, 5.3.1.1, and finds out how long the message header is, 5.3.1.2. Returns
 * FALSE where bytes are missing. */
static gboolean
read_chunk_header (const ScRtmpParser *self, ChunkHeader *ret_header)
{
  const guint8 *bytes = self->input->data + self->position;
  gsize count = available (self);
  if (count < 1)
    return FALSE;

  guint low = bytes[0] & 0x3f;
  gsize basic = low == 0 ? 2 : low == 1 ? 3 : 1;
  guint format = bytes[0] >> 6;
  if (count < basic + FIELD_SIZES[format])
    return FALSE;

  guint id = low;
  if (low == 0)
    id = 64u + bytes[1];
  else if (low == 1)
    id = 64u + bytes[1] + 256u * bytes[2];
  *ret_header = (ChunkHeader) {
    .format = format,
    .id = id,
    .size = basic + FIELD_SIZES[format],
    .fields = bytes + basic,
  };
  return TRUE;
}

/* Finds the chunk stream of @header, or makes it; NULL with @error where it must not be there. */
static ChunkStream *
open_stream (ScRtmpParser *self, const ChunkHeader *header, GError **error)
{
  ChunkStream *stream = find_stream (self, header->id);
  if (stream && stream->payload && header->format != 3) {
    g_set_error_literal (error,
                         SC_INGEST_ERROR,
                         SC_INGEST_ERROR_PROTOCOL,
                         "A message begins inside another one");
    return NULL;
  }
  if (stream)
    return stream;
  if (header->format >= 2) {
    g_set_error_literal (error,
                         SC_INGEST_ERROR,
                         SC_INGEST_ERROR_PROTOCOL,
                         "A chunk stream begins without a length");
    return NULL;
  }
  if (self->n_streams == SC_RTMP_MAX_CHUNK_STREAMS) {
    g_set_error_literal (error, SC_INGEST_ERROR, SC_INGEST_ERROR_LIMIT, "Too many chunk streams");
    return NULL;
  }
  stream = &self->streams[self->n_streams++];
  stream->id = header->id;
  return stream;
}

/* Whether the four bytes at @bytes are a repeated extended timestamp. The standard repeats it in
 * every chunk of a message, some encoders do not: inside a message only the same value counts. */
static gboolean
repeats_timestamp (const ChunkStream *stream, const guint8 *bytes)
{
  return !stream->payload || read_u32 (bytes) == stream->extended_value;
}

/* Finds the extended timestamp's size, 5.3.1.3: 0 or 4; -1 where bytes are missing. */
static int
measure_extended (const ScRtmpParser *self, const ChunkHeader *header, const ChunkStream *stream)
{
  gboolean is_extended =
    header->format == 3 ? stream->is_extended : read_u24 (header->fields) == EXTENDED_TIMESTAMP;
  if (!is_extended)
    return 0;
  if (available (self) < header->size + 4)
    return -1;
  if (header->format == 3 && !repeats_timestamp (stream, header->fields))
    return 0;
  return 4;
}

/* Takes over what the header says, 5.3.1.2.1 to 5.3.1.2.4. A chunk of format 3 that begins a
 * message repeats the last delta; behind format 0 that is taken as none, as encoders mean it. */
static void
apply_header (ChunkStream *stream, const ChunkHeader *header, gsize extended)
{
  const guint8 *fields = header->fields;
  if (header->format < 3) {
    guint32 value =
      extended > 0 ? read_u32 (fields + FIELD_SIZES[header->format]) : read_u24 (fields);
    stream->is_extended = extended > 0;
    stream->extended_value = value;
    stream->delta = header->format == 0 ? 0 : value;
    if (header->format == 0)
      stream->timestamp = value;
  }
  if (header->format < 2) {
    stream->length = read_u24 (fields + 3);
    stream->type = fields[6];
  }
  if (header->format == 0)
    stream->stream_id = read_u32_le (fields + 7);
  else if (!stream->payload)
    stream->timestamp += stream->delta;
}

/* Begins or goes on with a message. */
static gboolean
open_message (ScRtmpParser *self, ChunkStream *stream, GError **error)
{
  if (stream->length > self->max_message) {
    g_set_error (error,
                 SC_INGEST_ERROR,
                 SC_INGEST_ERROR_LIMIT,
                 "A message of more than %" G_GSIZE_FORMAT " bytes",
                 self->max_message);
    return FALSE;
  }
  if (!stream->payload)
    stream->payload = g_byte_array_new ();
  self->current = stream;
  self->chunk_left = MIN (self->chunk_size, stream->length - stream->payload->len);
  return TRUE;
}

/* Reads a chunk's header if it is there whole: sets the current stream, or leaves it NULL. */
static gboolean
begin_chunk (ScRtmpParser *self, GError **error)
{
  ChunkHeader header;
  if (!read_chunk_header (self, &header))
    return TRUE;
  ChunkStream *stream = open_stream (self, &header, error);
  if (!stream)
    return FALSE;
  int extended = measure_extended (self, &header, stream);
  if (extended < 0)
    return TRUE;
  apply_header (stream, &header, (gsize) extended);
  self->position += header.size + (gsize) extended;
  return open_message (self, stream, error);
}

/* Moves what is there of the current chunk into its message. */
static gboolean
read_chunk (ScRtmpParser *self, GError **error)
{
  gsize count = MIN (self->chunk_left, available (self));
  if (self->held + count > 2 * self->max_message) {
    g_set_error_literal (error,
                         SC_INGEST_ERROR,
                         SC_INGEST_ERROR_LIMIT,
                         "Too many unfinished messages");
    return FALSE;
  }
  g_byte_array_append (self->current->payload, self->input->data + self->position, (guint) count);
  self->position += count;
  self->chunk_left -= count;
  self->held += count;
  return TRUE;
}

static GBytes *
take_payload (ScRtmpParser *self, ChunkStream *stream)
{
  self->held -= stream->payload->len;
  return g_byte_array_free_to_bytes (g_steal_pointer (&stream->payload));
}

static gboolean
set_chunk_size (ScRtmpParser *self, const guint8 *data, gsize size, GError **error)
{
  guint32 chunk_size = size >= 4 ? read_u32 (data) : 0;
  if (chunk_size == 0 || chunk_size > G_MAXINT32) {
    g_set_error_literal (error, SC_INGEST_ERROR, SC_INGEST_ERROR_PROTOCOL, "No such chunk size");
    return FALSE;
  }
  self->chunk_size = chunk_size;
  return TRUE;
}

static void
abort_message (ScRtmpParser *self, const guint8 *data, gsize size)
{
  ChunkStream *stream = size >= 4 ? find_stream (self, read_u32 (data)) : NULL;
  if (stream && stream->payload)
    g_bytes_unref (take_payload (self, stream));
}

/* Does what the messages ask that are meant for the chunk stream itself, 5.4.1 and 5.4.2. */
static gboolean
obey (ScRtmpParser *self, const ScRtmpMessage *message, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (message->payload, &size);
  if (message->type == SC_RTMP_SET_CHUNK_SIZE)
    return set_chunk_size (self, data, size, error);
  if (message->type == SC_RTMP_ABORT)
    abort_message (self, data, size);
  return TRUE;
}

/* Hands out the current message if its last chunk is whole. */
static gboolean
finish_chunk (ScRtmpParser *self, ScRtmpMessage *ret_message)
{
  ChunkStream *stream = g_steal_pointer (&self->current);
  if (stream->payload->len < stream->length)
    return FALSE;
  *ret_message = (ScRtmpMessage) {
    .type = stream->type,
    .stream_id = stream->stream_id,
    .timestamp = stream->timestamp,
    .payload = take_payload (self, stream),
  };
  return TRUE;
}

/**
 * sc_rtmp_parser_next:
 * @self: a parser
 * @ret_message: (out): the next whole message, to be cleared with sc_rtmp_message_clear()
 * @error: an error of %SC_INGEST_ERROR
 *
 * Returns: %TRUE with a message; %FALSE without @error when more bytes are needed; %FALSE with
 * @error when the bytes are wrong, and the parser is of no more use
 */
gboolean
sc_rtmp_parser_next (ScRtmpParser *self, ScRtmpMessage *ret_message, GError **error)
{
  for (;;) {
    if (!self->current && !begin_chunk (self, error))
      return FALSE;
    if (!self->current || !read_chunk (self, error))
      return FALSE;
    if (self->chunk_left > 0)
      return FALSE;
    if (!finish_chunk (self, ret_message))
      continue;
    if (obey (self, ret_message, error))
      return TRUE;
    sc_rtmp_message_clear (ret_message);
    return FALSE;
  }
}
