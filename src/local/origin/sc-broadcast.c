/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-broadcast.h"

#include "sc-id.h"
#include "sc-playlist.h"

/* What one channel shows: a window of segments in memory, numbered on through all its streams. Each
 * stream has a rendition of its own, whose playlist begins where the stream did; a player that
 * stayed with the rendition of the stream before goes on into the new one over a discontinuity. */

#define RENDITION_ID_LENGTH 22
/* Segments announced before they are there: the one being written and the next. */
#define ANNOUNCED 2

typedef struct {
  char *id;
  guint64 first; /* the sequence number of its first segment */
} Rendition;

struct _ScBroadcast {
  ScBroadcastFunc announced;
  ScBroadcastFunc dropped;
  gpointer user_data;

  gboolean is_live;
  ScMediaInfo info;
  gint64 started_at_us;
  guint peak; /* bits a second of the stream's fattest segment */
  Rendition current;
  Rendition previous;

  GQueue window;    /* of ScSegment: whole ones, oldest first */
  GQueue upcoming;  /* of ScSegment: perhaps an open one, then pending ones */
  guint64 sequence; /* of the next segment to announce */
  guint64 discontinuities;
  gboolean is_restarted; /* the next segment is the first of a stream after another */
  gint64 total_us;       /* of this stream */
  gsize bytes;           /* of the window */
};

static void
clear_rendition (Rendition *rendition)
{
  g_clear_pointer (&rendition->id, g_free);
}

/**
 * sc_broadcast_new:
 * @announced: told of each segment that can be asked for from now on
 * @dropped: told of each that cannot any longer
 * @user_data: passed to both
 *
 * Returns: (transfer full): a channel that was never live
 */
ScBroadcast *
sc_broadcast_new (ScBroadcastFunc announced, ScBroadcastFunc dropped, gpointer user_data)
{
  ScBroadcast *self = g_new0 (ScBroadcast, 1);
  self->announced = announced;
  self->dropped = dropped;
  self->user_data = user_data;
  g_queue_init (&self->window);
  g_queue_init (&self->upcoming);
  return self;
}

/* Drops the oldest segment of @queue, and with it everybody who reads it still. */
static void
drop_head (ScBroadcast *self, GQueue *queue)
{
  g_autoptr (ScSegment) segment = g_queue_pop_head (queue);
  self->dropped (segment, self->user_data);
  sc_segment_lose (segment);
}

static void
drop_all (ScBroadcast *self, GQueue *queue)
{
  while (!g_queue_is_empty (queue))
    drop_head (self, queue);
}

/**
 * sc_broadcast_free:
 * @self: (nullable): a channel
 */
void
sc_broadcast_free (ScBroadcast *self)
{
  if (!self)
    return;
  drop_all (self, &self->upcoming);
  drop_all (self, &self->window);
  clear_rendition (&self->current);
  clear_rendition (&self->previous);
  g_free (self);
}

/* Sees to it that players know the names of the segments to come. */
static void
announce (ScBroadcast *self)
{
  while (self->upcoming.length < ANNOUNCED) {
    ScSegment *segment = sc_segment_new (self->sequence++);
    g_queue_push_tail (&self->upcoming, segment);
    self->announced (segment, self->user_data);
  }
}

/**
 * sc_broadcast_begin:
 * @self: a channel that is not live
 * @info: what is in the stream
 * @now_us: the time of day
 *
 * A stream begins.
 */
void
sc_broadcast_begin (ScBroadcast *self, const ScMediaInfo *info, gint64 now_us)
{
  clear_rendition (&self->previous);
  self->previous = self->current;
  self->current = (Rendition) {
    .id = sc_id_new ("", RENDITION_ID_LENGTH),
    .first = self->sequence,
  };
  self->is_live = TRUE;
  self->info = *info;
  self->started_at_us = now_us;
  self->peak = 0;
  self->total_us = 0;
  self->is_restarted = self->sequence > 0;
  announce (self);
}

/**
 * sc_broadcast_set_info:
 * @self: a live channel
 * @info: what is in the stream from the next segment on
 */
void
sc_broadcast_set_info (ScBroadcast *self, const ScMediaInfo *info)
{
  self->info = *info;
}

static ScSegment *
open_segment (const ScBroadcast *self)
{
  ScSegment *segment = g_queue_peek_head (&((ScBroadcast *) self)->upcoming);
  return segment && segment->state == SC_SEGMENT_OPEN ? segment : NULL;
}

/**
 * sc_broadcast_begin_segment:
 * @self: a live channel without an open segment
 * @wall_time_us: when the segment's first frame arrived
 * @discontinuity: it does not go on from the one before
 */
void
sc_broadcast_begin_segment (ScBroadcast *self, gint64 wall_time_us, gboolean discontinuity)
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
  sc_segment_open (segment);
}

/**
 * sc_broadcast_append:
 * @self: a live channel with an open segment
 * @data: bytes of it
 *
 * Returns: %FALSE when the segment grew beyond its bound
 */
gboolean
sc_broadcast_append (ScBroadcast *self, GBytes *data)
{
  ScSegment *segment = open_segment (self);
  g_return_val_if_fail (segment, FALSE);
  return sc_segment_append (segment, data);
}

static void
shrink_window (ScBroadcast *self)
{
  while (self->window.length > SC_BROADCAST_WINDOW + SC_BROADCAST_KEPT ||
         self->bytes > SC_BROADCAST_MAX_BYTES) {
    self->bytes -= ((ScSegment *) g_queue_peek_head (&self->window))->size;
    drop_head (self, &self->window);
  }
}

/**
 * sc_broadcast_end_segment:
 * @self: a live channel with an open segment
 * @duration_us: how long the segment plays, at least 1
 */
void
sc_broadcast_end_segment (ScBroadcast *self, gint64 duration_us)
{
  ScSegment *segment = open_segment (self);
  g_return_if_fail (segment && duration_us > 0);
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
 * sc_broadcast_get_newest:
 * @self: a live channel
 *
 * Returns: (transfer none) (nullable): the open segment, else the newest that is whole
 */
ScSegment *
sc_broadcast_get_newest (const ScBroadcast *self)
{
  ScSegment *open = open_segment (self);
  return open ? open : g_queue_peek_tail ((GQueue *) &self->window);
}

/**
 * sc_broadcast_end:
 * @self: a channel
 *
 * The stream is over: what is whole can still be read, what was announced will not come. The
 * numbers of segments that were only announced are given again.
 */
void
sc_broadcast_end (ScBroadcast *self)
{
  self->is_live = FALSE;
  self->sequence -= self->upcoming.length;
  drop_all (self, &self->upcoming);
}

/**
 * sc_broadcast_is_live:
 * @self: a channel
 *
 * Returns: %TRUE from the begin to the end of a stream
 */
gboolean
sc_broadcast_is_live (const ScBroadcast *self)
{
  return self->is_live;
}

/**
 * sc_broadcast_is_watchable:
 * @self: a channel
 *
 * Returns: %TRUE when its stream has a whole segment
 */
gboolean
sc_broadcast_is_watchable (const ScBroadcast *self)
{
  return self->is_live && self->total_us > 0;
}

static const Rendition *
find_rendition (const ScBroadcast *self, const char *id)
{
  if (g_strcmp0 (self->current.id, id) == 0)
    return &self->current;
  return g_strcmp0 (self->previous.id, id) == 0 ? &self->previous : NULL;
}

/**
 * sc_broadcast_has_rendition:
 * @self: a channel
 * @rendition: an id
 *
 * Returns: %TRUE if @rendition is that of the newest stream or the one before
 */
gboolean
sc_broadcast_has_rendition (const ScBroadcast *self, const char *rendition)
{
  return find_rendition (self, rendition) != NULL;
}

/**
 * sc_broadcast_get_memory:
 * @self: a channel
 *
 * Returns: bytes of media that it holds
 */
gsize
sc_broadcast_get_memory (const ScBroadcast *self)
{
  const ScSegment *open = open_segment (self);
  return self->bytes + (open ? open->size : 0);
}

/**
 * sc_broadcast_write_master:
 * @self: a live channel
 * @base_url: what addresses begin with
 * @now_us: the time of day
 *
 * Returns: (transfer full): the playlist of its renditions
 */
char *
sc_broadcast_write_master (const ScBroadcast *self, const char *base_url, gint64 now_us)
{
  ScMediaInfo info = self->info;
  g_autofree char *url = g_strdup_printf ("%s/v1/playlist/%s.m3u8", base_url, self->current.id);
  if (info.bandwidth == 0)
    info.bandwidth = MAX (self->peak, 1);
  return sc_playlist_write_master (&info, url, now_us);
}

/**
 * sc_broadcast_write_rendition:
 * @self: a channel
 * @rendition: the id of one of its renditions
 * @base_url: what addresses begin with
 * @now_us: the time of day
 *
 * Returns: (transfer full): the playlist of the rendition's segments
 */
char *
sc_broadcast_write_rendition (const ScBroadcast *self,
                              const char *rendition,
                              const char *base_url,
                              gint64 now_us)
{
  const Rendition *found = find_rendition (self, rendition);
  g_autoptr (GPtrArray) segments = g_ptr_array_new ();
  g_autoptr (GPtrArray) prefetch = g_ptr_array_new ();
  guint skip =
    self->window.length > SC_BROADCAST_WINDOW ? self->window.length - SC_BROADCAST_WINDOW : 0;
  for (GList *link = g_queue_peek_nth_link ((GQueue *) &self->window, skip); link;
       link = link->next)
    if (((ScSegment *) link->data)->sequence >= found->first)
      g_ptr_array_add (segments, link->data);
  for (GList *link = self->upcoming.head; link; link = link->next)
    g_ptr_array_add (prefetch, link->data);
  ScRenditionView view = {
    .base_url = base_url,
    .now_us = now_us,
    .started_at_us = self->started_at_us,
    .ended = !self->is_live,
    .segments = segments,
    .prefetch = prefetch,
  };
  return sc_playlist_write_rendition (&view);
}
