/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-segment-reader.h"

/* One request for a segment. A whole segment is answered at once, with ranges if asked. One that is
 * being written is sent chunk by chunk as it grows; one that is only announced waits for its first
 * byte. At most one chunk is handed to libsoup at a time, shared with the segment: what a slow
 * reader costs is the segment that it reads, and when that leaves the window the reader is cut.
 * Lives from the request to libsoup's "finished". */

typedef struct {
  ScSegment *segment;
  SoupServerMessage *message;
  gsize offset;
  gboolean has_begun; /* headers are decided */
  gboolean is_over;   /* nothing more is to be sent */
  gboolean is_writing;
  guint patience_id;
} SegmentReader;

static void
answer_not_found (SegmentReader *self)
{
  self->has_begun = TRUE;
  self->is_over = TRUE;
  soup_server_message_set_status (self->message, SOUP_STATUS_NOT_FOUND, NULL);
  soup_server_message_unpause (self->message);
}

/* Breaks the connection: the reader must not take what it got for the whole segment. */
static void
cut (SegmentReader *self)
{
  GSocket *socket = soup_server_message_get_socket (self->message);
  self->is_over = TRUE;
  if (socket)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
  soup_message_body_complete (soup_server_message_get_response_body (self->message));
  soup_server_message_unpause (self->message);
}

static void
begin (SegmentReader *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);
  self->has_begun = TRUE;
  soup_server_message_set_status (self->message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (body, FALSE);
}

/* Hands libsoup the next bytes if it is done with the last ones and there are any. */
static void
send_next (SegmentReader *self)
{
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);
  if (self->is_writing || self->is_over)
    return;
  g_autoptr (GBytes) data = sc_segment_read (self->segment, self->offset);
  if (data) {
    if (!self->has_begun)
      begin (self);
    self->is_writing = TRUE;
    self->offset += g_bytes_get_size (data);
    soup_message_body_append_bytes (body, data);
    soup_server_message_unpause (self->message);
  } else if (self->segment->state == SC_SEGMENT_WHOLE) {
    self->is_over = TRUE;
    soup_message_body_complete (body);
    soup_server_message_unpause (self->message);
  }
}

static void
on_segment_changed (ScSegment *segment, gpointer user_data)
{
  SegmentReader *self = user_data;
  if (self->is_over)
    return;
  if (segment->state != SC_SEGMENT_LOST)
    send_next (self);
  else if (self->has_begun)
    cut (self);
  else
    answer_not_found (self);
}

static void
on_chunk_written (SoupServerMessage *message, gpointer user_data)
{
  SegmentReader *self = user_data;
  self->is_writing = FALSE;
  send_next (self);
}

static gboolean
on_patience_over (gpointer user_data)
{
  SegmentReader *self = user_data;
  self->patience_id = 0;
  if (!self->has_begun)
    answer_not_found (self);
  return G_SOURCE_REMOVE;
}

static void
on_finished (SoupServerMessage *message, gpointer user_data)
{
  SegmentReader *self = user_data;
  sc_segment_unwatch (self->segment, self);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (message, self);
  sc_segment_unref (self->segment);
  g_object_unref (self->message);
  g_free (self);
}

static void
answer_whole (ScSegment *segment, SoupServerMessage *message)
{
  g_autoptr (GBytes) data = sc_segment_read (segment, 0);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  if (data) /* libsoup cuts the ranges out */
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), data);
}

/**
 * sc_segment_reader_start:
 * @segment: a segment
 * @message: a GET request for it, in its handler
 *
 * Answers the request, now or bit by bit.
 */
void
sc_segment_reader_start (ScSegment *segment, SoupServerMessage *message)
{
  if (segment->state == SC_SEGMENT_WHOLE) {
    answer_whole (segment, message);
    return;
  }
  SegmentReader *self = g_new0 (SegmentReader, 1);
  self->segment = sc_segment_ref (segment);
  self->message = g_object_ref (message);
  self->patience_id =
    g_timeout_add_seconds (SC_SEGMENT_READER_PATIENCE_SECONDS, on_patience_over, self);
  sc_segment_watch (segment, on_segment_changed, self);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_chunk_written), self);
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), self);
  soup_server_message_pause (message);
  send_next (self);
}
