/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-rendition.h"

#include "sc-id.h"
#include "sc-playlist.h"

/* One rendition of a channel: a window of segments in memory, numbered on through all streams. Each
 * stream has a playlist of its own, which begins where the stream did; a player that stayed with
 * the playlist of the stream before goes on into the new one over a discontinuity. Main context
 * only. */

#define ID_LENGTH 22
/* Segments announced before they are there: the one being written and the next. */
#define ANNOUNCED 2

typedef struct {
  char *id;
  guint64 first; /* the sequence number of its first segment */
} Playlist;

struct _ScRendition {
  ScRenditionListeners listeners;

  gboolean is_live;
  ScMediaInfo info;
  guint peak; /* bits a second of the stream's fattest segment */
  Playlist current;
  Playlist previous;

  GQueue window;    /* of ScSegment: whole ones, oldest first */
  GQueue upcoming;  /* of ScSegment: perhaps an open one, then pending ones */
  guint64 sequence; /* of the next segment to announce */
  guint64 discontinuities;
  gboolean is_restarted; /* the next segment is the first of a stream after another */
  gint64 total_us;       /* of this stream */
  gsize bytes;           /* of the window */

  GByteArray *held; /* bytes of the open segment that nobody can read yet */
  gint64 flushed_us;
};

/**
 * sc_rendition_new:
 * @listeners: who is told of segments
 *
 * Returns: (transfer full): a rendition that was never live
 */
ScRendition *
sc_rendition_new (const ScRenditionListeners *listeners)
{
  ScRendition *self = g_new0 (ScRendition, 1);
  self->listeners = *listeners;
  self->held = g_byte_array_new ();
  g_queue_init (&self->window);
  g_queue_init (&self->upcoming);
  return self;
}

/* Drops the oldest segment of @queue, and with it everybody who reads it still. */
static void
drop_head (ScRendition *self, GQueue *queue)
{
  g_autoptr (ScSegment) segment = g_queue_pop_head (queue);
  self->listeners.dropped (segment, self->listeners.user_data);
  sc_segment_lose (segment);
}

static void
drop_all (ScRendition *self, GQueue *queue)
{
  while (!g_queue_is_empty (queue))
    drop_head (self, queue);
}

/**
 * sc_rendition_free:
 * @self: (nullable): a rendition
 *
 * Whoever reads its segments is cut off.
 */
void
sc_rendition_free (ScRendition *self)
{
  if (!self)
    return;
  drop_all (self, &self->upcoming);
  drop_all (self, &self->window);
  g_free (self->current.id);
  g_free (self->previous.id);
  g_byte_array_unref (self->held);
  g_free (self);
}

/* Sees to it that players know the names of the segments to come. */
static void
announce (ScRendition *self)
{
  while (self->upcoming.length < ANNOUNCED) {
    ScSegment *segment = sc_segment_new (self->sequence++);
    g_queue_push_tail (&self->upcoming, segment);
    self->listeners.announced (segment, self->listeners.user_data);
  }
}

/**
 * sc_rendition_begin:
 * @self: a rendition that is not live
 * @info: what is in the stream
 * @first: the sequence number of the stream's first segment; for one that has segments it is
 * sc_rendition_get_next()
 *
 * A stream begins.
 */
void
sc_rendition_begin (ScRendition *self, const ScMediaInfo *info, guint64 first)
{
  g_free (self->previous.id);
  self->previous = self->current;
  self->current = (Playlist) { .id = sc_id_new ("", ID_LENGTH), .first = first };
  self->sequence = first;
  self->is_live = TRUE;
  self->info = *info;
  self->peak = 0;
  self->total_us = 0;
  self->is_restarted = first > 0;
  announce (self);
}

/**
 * sc_rendition_set_info:
 * @self: a live rendition
 * @info: what is in the stream from the next segment on
 */
void
sc_rendition_set_info (ScRendition *self, const ScMediaInfo *info)
{
  self->info = *info;
}

static ScSegment *
open_segment (const ScRendition *self)
{
  ScSegment *segment = g_queue_peek_head (&((ScRendition *) self)->upcoming);
  return segment && segment->state == SC_SEGMENT_OPEN ? segment : NULL;
}

/**
 * sc_rendition_begin_segment:
 * @self: a live rendition without an open segment
 * @wall_time_us: when the segment's first frame arrived
 * @discontinuity: it does not go on from the one before
 */
void
sc_rendition_begin_segment (ScRendition *self, gint64 wall_time_us, gboolean discontinuity)
{
  g_return_if_fail (self->is_live && !open_segment (self));
  announce (self);
  ScSegment *segment = g_queue_peek_head (&self->upcoming);
  segment->wall_time_us = wall_time_us;
  segment->offset_us = self->total_us;
  segment->discontinuity = discontinuity || self->is_restarted;
  self->discontinuities += segment->discontinuity ? 1 : 0;
  segment->discontinuity_sequence = self->discontinuities;
  self->is_restarted = FALSE;
  self->flushed_us = g_get_monotonic_time ();
  sc_segment_open (segment);
}

/**
 * sc_rendition_flush:
 * @self: a rendition
 *
 * What was held back of its open segment can be read.
 */
void
sc_rendition_flush (ScRendition *self)
{
  ScSegment *segment = open_segment (self);
  self->flushed_us = g_get_monotonic_time ();
  if (!segment || self->held->len == 0)
    return;
  g_autoptr (GBytes) data = g_byte_array_free_to_bytes (self->held);
  self->held = g_byte_array_new ();
  sc_segment_append (segment, data);
}

/**
 * sc_rendition_append:
 * @self: a live rendition with an open segment
 * @data: bytes of it
 *
 * Returns: %FALSE when the segment grew beyond its bound
 */
gboolean
sc_rendition_append (ScRendition *self, GBytes *data)
{
  ScSegment *segment = open_segment (self);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  g_return_val_if_fail (segment, FALSE);
  if (self->listeners.chunk_us == 0)
    return sc_segment_append (segment, data);
  if (size > SC_SEGMENT_MAX_BYTES - segment->size - self->held->len)
    return FALSE;
  g_byte_array_append (self->held, bytes, (guint) size);
  if (g_get_monotonic_time () - self->flushed_us >= self->listeners.chunk_us)
    sc_rendition_flush (self);
  return TRUE;
}

static void
shrink_window (ScRendition *self)
{
  while (self->window.length > SC_RENDITION_WINDOW + SC_RENDITION_KEPT ||
         self->bytes > SC_RENDITION_MAX_BYTES) {
    self->bytes -= ((ScSegment *) g_queue_peek_head (&self->window))->size;
    drop_head (self, &self->window);
  }
}

/**
 * sc_rendition_end_segment:
 * @self: a live rendition with an open segment
 * @duration_us: how long the segment plays, at least 1
 */
void
sc_rendition_end_segment (ScRendition *self, gint64 duration_us)
{
  ScSegment *segment = open_segment (self);
  g_return_if_fail (segment && duration_us > 0);
  sc_rendition_flush (self);
  guint64 rate = segment->size * 8 * G_USEC_PER_SEC / (guint64) duration_us;
  self->peak = MAX (self->peak, (guint) MIN (rate, G_MAXUINT32));
  self->total_us += duration_us;
  self->bytes += segment->size;
  g_queue_push_tail (&self->window, g_queue_pop_head (&self->upcoming));
  announce (self);
  sc_segment_finish (segment, duration_us);
  shrink_window (self);
}

/**
 * sc_rendition_end:
 * @self: a live rendition
 *
 * The stream is over: what is whole can still be read, what was announced will not come. The
 * numbers of segments that were only announced are given again.
 */
void
sc_rendition_end (ScRendition *self)
{
  self->is_live = FALSE;
  self->sequence -= self->upcoming.length;
  g_byte_array_set_size (self->held, 0);
  drop_all (self, &self->upcoming);
}

/**
 * sc_rendition_get_newest:
 * @self: a rendition
 *
 * Returns: (transfer none) (nullable): the open segment, else the newest that is whole
 */
ScSegment *
sc_rendition_get_newest (const ScRendition *self)
{
  ScSegment *open = open_segment (self);
  return open ? open : g_queue_peek_tail ((GQueue *) &self->window);
}

/**
 * sc_rendition_is_live:
 * @self: a rendition
 *
 * Returns: %TRUE from the begin to the end of a stream
 */
gboolean
sc_rendition_is_live (const ScRendition *self)
{
  return self->is_live;
}

/**
 * sc_rendition_is_watchable:
 * @self: a rendition
 *
 * Returns: %TRUE when it is live and its stream has a whole segment
 */
gboolean
sc_rendition_is_watchable (const ScRendition *self)
{
  return self->is_live && self->total_us > 0;
}

/**
 * sc_rendition_has_id:
 * @self: a rendition
 * @id: an id
 *
 * Returns: %TRUE if @id is that of its playlist of the newest stream or of the one before
 */
gboolean
sc_rendition_has_id (const ScRendition *self, const char *id)
{
  return g_strcmp0 (self->current.id, id) == 0 || g_strcmp0 (self->previous.id, id) == 0;
}

/**
 * sc_rendition_get_id:
 * @self: a rendition that was live
 *
 * Returns: (transfer none): the id of its newest playlist
 */
const char *
sc_rendition_get_id (const ScRendition *self)
{
  return self->current.id;
}

/**
 * sc_rendition_get_info:
 * @self: a rendition that was live
 *
 * Returns: what is in it; the bandwidth is what was seen, where nobody announced one
 */
ScMediaInfo
sc_rendition_get_info (const ScRendition *self)
{
  ScMediaInfo info = self->info;
  if (info.bandwidth == 0)
    info.bandwidth = MAX (self->peak, 1);
  return info;
}

/**
 * sc_rendition_get_first:
 * @self: a rendition that was live
 *
 * Returns: the sequence number of the first segment of its newest stream
 */
guint64
sc_rendition_get_first (const ScRendition *self)
{
  return self->current.first;
}

/**
 * sc_rendition_get_next:
 * @self: a rendition that is not live
 *
 * Returns: the sequence number behind that of its newest segment
 */
guint64
sc_rendition_get_next (const ScRendition *self)
{
  return self->sequence;
}

/**
 * sc_rendition_get_memory:
 * @self: a rendition
 *
 * Returns: bytes of media that it holds
 */
gsize
sc_rendition_get_memory (const ScRendition *self)
{
  const ScSegment *open = open_segment (self);
  return self->bytes + (open ? open->size : 0) + self->held->len;
}

/**
 * sc_rendition_write_playlist:
 * @self: a rendition
 * @id: an id that it has
 * @moment: what else there is to say
 *
 * Returns: (transfer full): the playlist of its segments
 */
char *
sc_rendition_write_playlist (const ScRendition *self,
                             const char *id,
                             const ScRenditionMoment *moment)
{
  gboolean is_current = g_strcmp0 (self->current.id, id) == 0;
  guint64 first_sequence = is_current ? self->current.first : self->previous.first;
  g_autoptr (GPtrArray) segments = g_ptr_array_new ();
  g_autoptr (GPtrArray) prefetch = g_ptr_array_new ();
  guint skip =
    self->window.length > SC_RENDITION_WINDOW ? self->window.length - SC_RENDITION_WINDOW : 0;
  for (GList *link = g_queue_peek_nth_link ((GQueue *) &self->window, skip); link;
       link = link->next)
    if (((ScSegment *) link->data)->sequence >= first_sequence)
      g_ptr_array_add (segments, link->data);
  for (GList *link = self->upcoming.head; link; link = link->next)
    g_ptr_array_add (prefetch, link->data);
  const ScRenditionView view = {
    .base_url = moment->base_url,
    .now_us = moment->now_us,
    .started_at_us = moment->started_at_us,
    .ended = !self->is_live,
    .segments = segments,
    .prefetch = prefetch,
  };
  return sc_playlist_write_rendition (&view);
}
