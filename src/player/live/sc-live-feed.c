/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Segment after segment, of whatever rendition and timeline, as one row of frames: where a run
 * ends, its demuxer is let run dry before the next one begins. Everything but the demuxers' own
 * threads is on the thread of its main context.
 */

#include "config.h"

#include "sc-live-feed.h"

typedef enum {
  STEP_BEGIN,
  STEP_DATA,
  STEP_FINISH,
} StepType;

typedef struct {
  StepType type;
  ScLiveRun run;
  GBytes *data;
} Step;

struct _ScLiveFeed {
  GMainContext *context;
  ScLiveFeedFuncs funcs;
  gpointer user_data;
  GQueue steps; /* of Step *: what waits until the demuxer ran dry */
  ScLiveDemux *demux;
  gboolean is_draining;
  gboolean is_bad; /* the demuxer of this run gave up */
  guint epoch;
  gint64 last_pts; /* atomic enough: written by the demuxer, read when that is gone */
};

static void advance (ScLiveFeed *self);

static void
free_step (gpointer data)
{
  Step *step = data;
  g_clear_pointer (&step->data, g_bytes_unref);
  g_free (step);
}

/* --- on a demuxer's thread --- */

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

typedef struct {
  ScLiveFeed *feed;
  ScLiveDemux *demux;
  GError *error;
} Report;

static void
free_report (gpointer data)
{
  Report *report = data;
  g_clear_error (&report->error);
  g_free (report);
}

/* On the feed's thread. A report of a demuxer that is gone says nothing; the sources of a feed that
 * is gone are never dispatched, as its context is not. */
static gboolean
on_report (gpointer user_data)
{
  Report *report = user_data;
  ScLiveFeed *self = report->feed;
  if (report->demux != self->demux)
    return G_SOURCE_REMOVE;
  if (report->error) {
    self->is_bad = TRUE;
    self->funcs.on_error (report->error, self->user_data);
    return G_SOURCE_REMOVE;
  }
  g_clear_pointer (&self->demux, sc_live_demux_free);
  self->is_draining = FALSE;
  advance (self);
  return G_SOURCE_REMOVE;
}

static void
send_report (ScLiveFeed *self, const GError *error)
{
  Report *report = g_new0 (Report, 1);
  *report = (Report) { self, self->demux, error ? g_error_copy (error) : NULL };
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_report, report, free_report);
  g_source_attach (source, self->context);
}

static void
on_end (gpointer user_data)
{
  send_report (user_data, NULL);
}

static void
on_error (const GError *error, gpointer user_data)
{
  send_report (user_data, error);
}

/* --- on the feed's thread --- */

static void
begin_run (ScLiveFeed *self, const ScLiveRun *run)
{
  static const ScLiveDemuxFuncs funcs = {
    .on_caps = on_caps,
    .on_frame = on_frame,
    .on_segment = on_segment,
    .on_text = on_text,
    .on_end = on_end,
    .on_error = on_error,
  };
  g_autoptr (GError) error = NULL;
  if (run->breaks)
    self->epoch++;
  self->is_bad = FALSE;
  self->demux = sc_live_demux_new (run->is_fmp4, self->last_pts, &funcs, self, &error);
  if (!self->demux)
    self->funcs.on_error (error, self->user_data);
}

/* Lets the demuxer run dry; TRUE when there is one that has to. */
static gboolean
drain (ScLiveFeed *self)
{
  if (self->demux && self->is_bad)
    g_clear_pointer (&self->demux, sc_live_demux_free);
  if (!self->demux)
    return FALSE;
  self->is_draining = TRUE;
  sc_live_demux_finish (self->demux);
  return TRUE;
}

/* Takes a step; FALSE when it has to wait. */
static gboolean
take (ScLiveFeed *self, const Step *step)
{
  if (step->type == STEP_DATA) {
    if (self->demux && !self->is_bad)
      sc_live_demux_push (self->demux, step->data);
    return TRUE;
  }
  if (step->type == STEP_FINISH) {
    if (drain (self))
      return FALSE;
    self->funcs.on_end (self->user_data);
    return TRUE;
  }
  if ((step->run.is_new || !self->demux) && drain (self))
    return FALSE;
  if (!self->demux)
    begin_run (self, &step->run);
  if (self->demux)
    sc_live_demux_begin_segment (self->demux, step->run.sequence);
  return TRUE;
}

static void
advance (ScLiveFeed *self)
{
  Step *step = g_queue_peek_head (&self->steps);
  while (step && !self->is_draining && take (self, step)) {
    free_step (g_queue_pop_head (&self->steps));
    step = g_queue_peek_head (&self->steps);
  }
}

static void
add_step (ScLiveFeed *self, const Step *step)
{
  g_queue_push_tail (&self->steps, g_memdup2 (step, sizeof *step));
  advance (self);
}

/**
 * sc_live_feed_new:
 * @context: of the thread that everything is called on
 * @funcs: told what comes out
 * @user_data: for @funcs
 *
 * Returns: (transfer full): a feed
 */
ScLiveFeed *
sc_live_feed_new (GMainContext *context, const ScLiveFeedFuncs *funcs, gpointer user_data)
{
  ScLiveFeed *self = g_new0 (ScLiveFeed, 1);
  self->context = context;
  self->funcs = *funcs;
  self->user_data = user_data;
  self->last_pts = -1;
  g_queue_init (&self->steps);
  return self;
}

/**
 * sc_live_feed_free:
 * @self: (nullable): a feed, whose context is not run any more
 */
void
sc_live_feed_free (ScLiveFeed *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->demux, sc_live_demux_free);
  g_queue_clear_full (&self->steps, free_step);
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
  const Step step = { .type = STEP_BEGIN, .run = *run };
  add_step (self, &step);
}

/**
 * sc_live_feed_push:
 * @self: a feed
 * @data: the segment's next bytes
 */
void
sc_live_feed_push (ScLiveFeed *self, GBytes *data)
{
  const Step step = { .type = STEP_DATA, .data = g_bytes_ref (data) };
  add_step (self, &step);
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
  const Step step = { .type = STEP_FINISH };
  add_step (self, &step);
}
