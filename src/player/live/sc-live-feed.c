/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Segment after segment, of whatever rendition and timeline, as one row of frames: where a run
 * ends, its demuxer is let run dry before the next one begins. All on one thread.
 */

#include "config.h"

#include "sc-live-feed.h"

struct _ScLiveFeed {
  ScLiveFeedFuncs funcs;
  gpointer user_data;
  ScLiveDemux *demux;
  gboolean is_bad; /* the demuxer of this run gave up */
  guint epoch;
  gint64 last_pts; /* of the last frame, ns; -1 before the first */
};

static void
on_caps (ScLiveKind kind, GstCaps *caps, gpointer user_data)
{
  ScLiveFeed *self = user_data;
  self->funcs.on_caps (kind, caps, self->user_data);
}

static void
on_frame (ScLiveKind kind, GstBuffer *frame, gpointer user_data)
{
  ScLiveFeed *self = user_data;
  self->last_pts = (gint64) GST_BUFFER_PTS (frame);
  self->funcs.on_frame (kind, self->epoch, frame, self->user_data);
}

static void
on_segment (guint64 sequence, gint64 pts, gpointer user_data)
{
  ScLiveFeed *self = user_data;
  self->funcs.on_segment (sequence, self->epoch, pts, self->user_data);
}

static void
on_text (const char *owner, const char *text, gint64 pts, gpointer user_data)
{
  ScLiveFeed *self = user_data;
  self->funcs.on_text (owner, text, self->epoch, pts, self->user_data);
}

static void
on_error (const GError *error, gpointer user_data)
{
  ScLiveFeed *self = user_data;
  if (self->is_bad)
    return;
  self->is_bad = TRUE;
  self->funcs.on_error (error, self->user_data);
}

static void
end_run (ScLiveFeed *self)
{
  if (self->demux && !self->is_bad)
    sc_live_demux_finish (self->demux);
  g_clear_pointer (&self->demux, sc_live_demux_free);
}

static void
begin_run (ScLiveFeed *self, const ScLiveRun *run)
{
  static const ScLiveDemuxFuncs funcs = {
    .on_caps = on_caps,
    .on_frame = on_frame,
    .on_segment = on_segment,
    .on_text = on_text,
    .on_error = on_error,
  };
  g_autoptr (GError) error = NULL;
  if (run->breaks)
    self->epoch++;
  self->is_bad = FALSE;
  self->demux = sc_live_demux_new (run->is_fmp4, self->last_pts, &funcs, self, &error);
  if (!self->demux)
    on_error (error, self);
}

/**
 * sc_live_feed_new:
 * @funcs: told what comes out
 * @user_data: for @funcs
 *
 * Returns: (transfer full): a feed
 */
ScLiveFeed *
sc_live_feed_new (const ScLiveFeedFuncs *funcs, gpointer user_data)
{
  ScLiveFeed *self = g_new0 (ScLiveFeed, 1);
  self->funcs = *funcs;
  self->user_data = user_data;
  self->last_pts = -1;
  return self;
}

/**
 * sc_live_feed_free:
 * @self: (nullable): a feed
 *
 * Drops what has not come out. Not to be called from inside one of its functions.
 */
void
sc_live_feed_free (ScLiveFeed *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->demux, sc_live_demux_free);
  g_free (self);
}

/**
 * sc_live_feed_begin:
 * @self: a feed
 * @run: the segment whose bytes come next
 */
void
sc_live_feed_begin (ScLiveFeed *self, const ScLiveRun *run)
{
  if (run->is_new || !self->demux) {
    end_run (self);
    begin_run (self, run);
  }
  if (self->demux)
    sc_live_demux_begin_segment (self->demux, run->sequence);
}

/**
 * sc_live_feed_push:
 * @self: a feed
 * @data: the segment's next bytes
 */
void
sc_live_feed_push (ScLiveFeed *self, GBytes *data)
{
  if (self->demux && !self->is_bad)
    sc_live_demux_push (self->demux, data);
}

/**
 * sc_live_feed_finish:
 * @self: a feed
 *
 * No more comes; @on_end is called when everything is out.
 */
void
sc_live_feed_finish (ScLiveFeed *self)
{
  end_run (self);
  self->funcs.on_end (self->user_data);
}
