/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where the streams of the live source agree on time: the timing of the epoch that arrives, and the
 * map of the one before, whose frames still wait. Any thread.
 */

#include "config.h"

#include "sc-live-pacer.h"

#include "sc-live-debug.h"

#define NS_PER_US 1000

/* At a join what the server has comes as fast as the network carries it; then pieces come as they
 * are made, every 20 to 35 ms. When nothing came for so long the join is over; where the network is
 * slow, or chunks are long, the timing says when. */
#define CALM_NS (18 * GST_MSECOND)
/* Arrivals that are kept until there is a clock: 10 s of sound and picture. */
#define MAX_EARLY 1024

typedef struct {
  guint epoch;
  gint64 pts;
  gint64 monotonic;
} Arrival;

struct _ScLivePacer {
  GMutex lock;
  ScLiveTiming *timing;
  GArray *early; /* of Arrival: those before there was a clock */
  gboolean is_running;
  gint64 clock_offset; /* from the monotonic clock to the running time, ns */
  gint64 sink_latency;

  guint epoch;
  gint64 newest; /* the last place of the epoch that arrived */
  gboolean has_map;
  ScLiveMap map;
  ScLiveMap before; /* the map before it, of the same epoch or not */
  guint serial;
  gint64 last_at; /* when the newest piece came, monotonic ns */
  gint64 end;     /* running time up to which frames were placed */
};

/**
 * sc_live_pacer_new:
 *
 * Returns: (transfer full): a pacer without a clock
 */
ScLivePacer *
sc_live_pacer_new (void)
{
  ScLivePacer *self = g_new0 (ScLivePacer, 1);
  g_mutex_init (&self->lock);
  self->timing = sc_live_timing_new ();
  self->early = g_array_new (FALSE, FALSE, sizeof (Arrival));
  self->newest = G_MININT64;
  return self;
}

/**
 * sc_live_pacer_free:
 * @self: (nullable): a pacer
 */
void
sc_live_pacer_free (ScLivePacer *self)
{
  if (!self)
    return;
  sc_live_timing_free (self->timing);
  g_array_unref (self->early);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * sc_live_pacer_reset:
 * @self: a pacer
 *
 * Another stream begins, on a clock that does not run yet.
 */
void
sc_live_pacer_reset (ScLivePacer *self)
{
  g_mutex_lock (&self->lock);
  sc_live_timing_free (self->timing);
  self->timing = sc_live_timing_new ();
  g_array_set_size (self->early, 0);
  self->is_running = FALSE;
  self->sink_latency = 0;
  self->epoch = 0;
  self->newest = G_MININT64;
  self->has_map = FALSE;
  self->map = self->before = (ScLiveMap) { .rate = 1.0 };
  self->end = 0;
  g_mutex_unlock (&self->lock);
}

/**
 * sc_live_pacer_set_wanted:
 * @self: a pacer
 * @wanted: how long a piece shall wait until it is shown, nanoseconds; 0 for automatic
 */
void
sc_live_pacer_set_wanted (ScLivePacer *self, gint64 wanted)
{
  g_mutex_lock (&self->lock);
  sc_live_timing_set_wanted (self->timing, wanted);
  g_mutex_unlock (&self->lock);
}

/**
 * sc_live_pacer_set_sink_latency:
 * @self: a pacer
 * @latency: what the sinks add to every running time, nanoseconds
 */
void
sc_live_pacer_set_sink_latency (ScLivePacer *self, gint64 latency)
{
  g_mutex_lock (&self->lock);
  self->sink_latency = latency;
  sc_live_timing_set_sink_latency (self->timing, latency);
  g_mutex_unlock (&self->lock);
}

/**
 * sc_live_pacer_set_held:
 * @self: a pacer
 * @held: whether the viewer wants to stay behind
 */
void
sc_live_pacer_set_held (ScLivePacer *self, gboolean held)
{
  g_mutex_lock (&self->lock);
  sc_live_timing_set_held (self->timing, held);
  g_mutex_unlock (&self->lock);
}

static void
begin_epoch (ScLivePacer *self, guint epoch, gint64 pts)
{
  sc_live_timing_restart (self->timing);
  self->epoch = epoch;
  self->newest = pts;
  self->before = self->map;
  self->has_map = FALSE;
}

/* Another timeline begins with its first arrival, so that its floor is known when it is shown; but
 * not before the one in front of it was: then it begins where its frames leave. */
static void
take_arrival (ScLivePacer *self, const Arrival *arrival)
{
  if (arrival->epoch == self->epoch + 1 && self->has_map)
    begin_epoch (self, arrival->epoch, arrival->pts);
  if (arrival->epoch != self->epoch)
    return;
  self->last_at = arrival->monotonic;
  self->newest = MAX (self->newest, arrival->pts);
  sc_live_timing_arrive (self->timing, arrival->pts, arrival->monotonic + self->clock_offset);
}

/**
 * sc_live_pacer_start:
 * @self: a pacer
 * @now: the pipeline's running time, nanoseconds
 * @monotonic: the monotonic clock at the same moment, nanoseconds
 *
 * The pipeline's clock runs.
 */
void
sc_live_pacer_start (ScLivePacer *self, gint64 now, gint64 monotonic)
{
  g_mutex_lock (&self->lock);
  self->clock_offset = now - monotonic;
  self->is_running = TRUE;
  for (guint i = 0; i < self->early->len; i++)
    take_arrival (self, &g_array_index (self->early, Arrival, i));
  g_array_set_size (self->early, 0);
  g_mutex_unlock (&self->lock);
}

/**
 * sc_live_pacer_pause:
 * @self: a pacer
 *
 * The pipeline's clock stands. What arrives meanwhile says nothing about the network.
 */
void
sc_live_pacer_pause (ScLivePacer *self)
{
  g_mutex_lock (&self->lock);
  self->is_running = FALSE;
  g_mutex_unlock (&self->lock);
}

/**
 * sc_live_pacer_arrive:
 * @self: a pacer
 * @epoch: which timeline
 * @pts: a frame's place in it, nanoseconds
 * @monotonic: when it came, nanoseconds
 */
void
sc_live_pacer_arrive (ScLivePacer *self, guint epoch, gint64 pts, gint64 monotonic)
{
  const Arrival arrival = { epoch, pts, monotonic };
  g_mutex_lock (&self->lock);
  if (self->is_running)
    take_arrival (self, &arrival);
  else if (!self->has_map && self->early->len < MAX_EARLY)
    g_array_append_val (self->early, arrival);
  else if (epoch == self->epoch)
    self->newest = MAX (self->newest, pts);
  g_mutex_unlock (&self->lock);
}

/* Returns the map that @pts of @epoch is shown by, or NULL while there is none. */
static const ScLiveMap *
find_map (const ScLivePacer *self, guint epoch, gint64 pts)
{
  if (epoch < self->epoch)
    return self->has_map ? &self->before : &self->map;
  if (epoch > self->epoch || !self->has_map)
    return NULL;
  return pts < self->map.pts && !self->map.skip ? &self->before : &self->map;
}

/* Whether what the server had at the join is there, so that it can be said what to begin with. */
static gboolean
has_joined (const ScLivePacer *self)
{
  gint64 now = g_get_monotonic_time () * NS_PER_US;
  return now - self->last_at > (gint64) CALM_NS ||
         !sc_live_timing_is_joining (self->timing, now + self->clock_offset);
}

/**
 * sc_live_pacer_get_due:
 * @self: a pacer
 * @epoch: which timeline
 * @pts: a place in it, nanoseconds
 *
 * Returns: the running time at which @pts is to be shown as things stand; %G_MININT64 for at once,
 *   %G_MAXINT64 while that is not known
 */
gint64
sc_live_pacer_get_due (ScLivePacer *self, guint epoch, gint64 pts)
{
  g_mutex_lock (&self->lock);
  if (epoch > self->epoch && self->is_running)
    begin_epoch (self, epoch, pts);
  const ScLiveMap *map = find_map (self, epoch, pts);
  gint64 unknown = epoch <= self->epoch && has_joined (self) ? G_MININT64 : G_MAXINT64;
  gint64 due = map ? sc_live_map_running (map, pts) : unknown;
  g_mutex_unlock (&self->lock);
  return due;
}

/* What was placed keeps its time: a map that skips begins behind it. */
static void
take_map (ScLivePacer *self, const ScLiveMap *map)
{
  self->before = self->map;
  self->map = *map;
  if (map->skip && self->map.running < self->end) {
    self->map.pts += (gint64) ((double) (self->end - self->map.running) * map->rate);
    self->map.running = self->end;
  }
  self->has_map = TRUE;
  self->serial++;
  GST_DEBUG ("epoch %u: %" GST_TIME_FORMAT " at %" GST_TIME_FORMAT ", rate %.3f%s",
             self->epoch,
             GST_TIME_ARGS (self->map.pts),
             GST_TIME_ARGS (self->map.running),
             map->rate,
             map->skip ? ", skips" : "");
}

/**
 * sc_live_pacer_place:
 * @self: a pacer
 * @epoch: which timeline
 * @pts: the place of the next frame that is handed on, nanoseconds
 * @now: the running time
 * @ret_place: (out): when it is to be shown
 */
void
sc_live_pacer_place (ScLivePacer *self, guint epoch, gint64 pts, gint64 now, ScLivePlace *ret_place)
{
  ScLiveMap map;
  g_mutex_lock (&self->lock);
  gboolean may_change = epoch == self->epoch && (!self->has_map || pts >= self->map.pts);
  if (may_change && !self->has_map)
    sc_live_timing_follow (self->timing, self->end);
  if (may_change && sc_live_timing_next (self->timing, pts, now, &map))
    take_map (self, &map);
  const ScLiveMap *found = find_map (self, epoch, pts);
  *ret_place = (ScLivePlace) {
    .map = found ? *found : self->map,
    .serial = found == &self->before ? self->serial - 1 : self->serial,
  };
  if (pts >= ret_place->map.pts || !ret_place->map.skip)
    self->end = MAX (self->end, sc_live_map_running (&ret_place->map, pts));
  g_mutex_unlock (&self->lock);
}

/**
 * sc_live_pacer_get_shown:
 * @self: a pacer
 * @now: the running time
 * @ret_epoch: (out): which timeline
 * @ret_pts: (out): the place of the picture that is shown now, nanoseconds
 *
 * Returns: %FALSE while nothing is shown
 */
gboolean
sc_live_pacer_get_shown (ScLivePacer *self, gint64 now, guint *ret_epoch, gint64 *ret_pts)
{
  g_mutex_lock (&self->lock);
  gboolean known = self->has_map;
  gint64 running = MIN (now - self->sink_latency, self->end);
  gboolean is_old = running < self->map.running && !self->map.skip;
  if (known) {
    *ret_epoch = self->epoch;
    *ret_pts = sc_live_map_pts (is_old ? &self->before : &self->map, running);
  }
  g_mutex_unlock (&self->lock);
  return known;
}

/**
 * sc_live_pacer_get_buffer:
 * @self: a pacer
 * @now: the running time
 *
 * Returns: how long what arrived lasts, nanoseconds; less than 0 when it ran dry that long ago
 */
gint64
sc_live_pacer_get_buffer (ScLivePacer *self, gint64 now)
{
  g_mutex_lock (&self->lock);
  gint64 last = self->has_map ? sc_live_map_running (&self->map, self->newest) : self->end;
  gint64 buffer = last + self->sink_latency - now;
  g_mutex_unlock (&self->lock);
  return buffer;
}

/**
 * sc_live_pacer_view:
 * @self: a pacer
 * @ret_view: (out): how the timing stands
 */
void
sc_live_pacer_view (ScLivePacer *self, ScLiveTimingView *ret_view)
{
  g_mutex_lock (&self->lock);
  sc_live_timing_view (self->timing, ret_view);
  g_mutex_unlock (&self->lock);
}
