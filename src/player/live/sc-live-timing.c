/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-live-timing.h"

#include "sc-live-arrivals.h"

#include <math.h>

/**
 * ScLiveTiming:
 *
 * When each piece of a live stream is shown. What comes at its earliest shall wait just so long
 * that what comes late is still in time: that wait is the cushion, and the latency that is ours.
 * A cushion that is too long or too short is mended by playing a little faster or slower; one that
 * is far too long, by a skip; one that is empty, by standing still for a moment.
 *
 * Plain state without a clock of its own. One thread at a time; a call costs the same however long
 * the stream is.
 */

#define MS (G_GINT64_CONSTANT (1000000))
#define SECOND (G_GINT64_CONSTANT (1000000000))

/* What the cushion has beyond the lateness that was measured: a key frame takes that much longer to
 * arrive than to begin, on 10 Mb/s, and comes too seldom to show in the lateness. */
#define MARGIN (150 * MS)
/* The least of it, where sinks or the viewer leave no more. */
#define SMALL_MARGIN (50 * MS)
/* A quiet minute says nothing about the next one: the target is never below this by itself. */
#define LEAST_TARGET (100 * MS + MARGIN)
/* Behind this it is no conversation any more; it is better to stand now and then. */
#define MOST_TARGET (3 * SECOND)

/* Each time playback runs dry the target grows, by what a viewer does not mind. It shrinks by as
 * much in a minute: a network that fails every minute keeps what it needs, and an evening does not
 * pay for one bad moment. */
#define EXTRA_STEP (250 * MS)
#define MOST_EXTRA (1500 * MS)
#define EXTRA_DECAY (EXTRA_STEP / 60) /* in a second */
/* When nothing ran dry for so many times as long as lately was between two stalls, what caused them
 * is over, and what is left of the extra is halved every ten seconds. Stalls that go on coming are
 * seldom so far apart: of such that come at random 2 to 5 % more are seen than without this
 * (simulated), of regular ones none. */
#define CALM_FACTOR 3
#define CALM_HALF_LIFE 10.0 /* seconds */
#define LEAST_APART (10 * SECOND)
#define MOST_APART (60 * SECOND)

/* Speeds that nobody hears when the pitch stays. Slower is rarer and is heard sooner. */
#define SLOWEST 0.97
#define FASTEST 1.05
/* A second of error asks for a tenth of speed: it comes down by half every seven seconds. */
#define GAIN 0.1
/* The speed is left alone until the error is this large, and then mended until it is small. */
#define ERROR_LARGE (40 * MS)
#define ERROR_SMALL (20 * MS)
/* Every change of speed is an event in each stream and a seam for the audio's stretching. */
#define RATE_INTERVAL SECOND
#define RATE_GLIDE 0.02
#define RATE_STEP 0.005
#define LEAST_SPEED 0.01
/* Mending this at the fastest takes 40 s, which is long enough to want a skip. */
#define SKIP_ERROR (2 * SECOND)
/* The same for a viewer who asked to return to live, and at the start, where nothing is missed. */
#define EAGER_SKIP_ERROR (200 * MS)
#define SKIPS_APART (250 * MS)
/* Setting up decoders holds up what follows a join for some 100 ms; more on a busy machine. */
#define SETUP SECOND

/* A piece may be pushed so late and still be on the screen in time. */
#define LATE_TOLERANCE (10 * MS)
/* How long playback stands before it goes on, after it ran dry: as short as can be the first time.
 * If it runs dry again at once, what comes is too slow, and few long stops are better than many
 * short ones. */
#define FIRST_STOP (150 * MS)
#define MOST_STOP (700 * MS)
#define STOPS_APART (5 * SECOND)

/* So long before nothing is left of the timeline before, a join is not waited for any more. */
#define URGENT (50 * MS)

/* A piece that was the last of its timeline is about this long. */
#define LAST_PIECE (50 * MS)

struct _ScLiveTiming {
  gint64 wanted;
  gint64 sink_latency;
  gboolean held;
  gboolean returns; /* the viewer asked to be live again */

  ScLiveArrivals arrivals;
  gint64 extra;
  gint64 extra_time; /* when it was last made smaller */
  gint64 apart;      /* about the longest that lately was between two stalls */

  ScLiveMap map;
  gboolean mapped; /* @map is of this timeline */
  gint64 end;      /* when what was pushed has been shown; of the timeline before, if not mapped */
  gint64 pushed;   /* the highest pts that was */
  gint64 from;     /* what lies before is not shown */
  gint64 rate_time;
  gint64 skip_time;
  gboolean mending;

  guint n_stalls;
  gint64 stall_time;
  gint64 stop;
};

/**
 * sc_live_timing_new:
 *
 * Returns: (transfer full): the timing of a stream of which nothing is there
 */
ScLiveTiming *
sc_live_timing_new (void)
{
  ScLiveTiming *self = g_new0 (ScLiveTiming, 1);
  self->map.rate = 1;
  self->end = G_MININT64;
  self->stall_time = G_MININT64 / 2;
  self->apart = MOST_APART;
  return self;
}

/**
 * sc_live_timing_free:
 * @self: (transfer full): a timing
 */
void
sc_live_timing_free (ScLiveTiming *self)
{
  g_free (self);
}

/**
 * sc_live_timing_set_wanted:
 * @self: a timing
 * @wanted: how long the cushion shall be, with the sinks' latency; 0 for what the network needs
 *
 * The cushion is never shorter than the lateness that was measured.
 */
void
sc_live_timing_set_wanted (ScLiveTiming *self, gint64 wanted)
{
  self->wanted = MAX (wanted, 0);
}

/**
 * sc_live_timing_set_sink_latency:
 * @self: a timing
 * @latency: how much later than the map says the pipeline shows everything
 *
 * It is part of the cushion that is aimed at and told, though not all of it: the sound card has its
 * data that much earlier, so what covers the lateness must come on top.
 */
void
sc_live_timing_set_sink_latency (ScLiveTiming *self, gint64 latency)
{
  self->sink_latency = MAX (latency, 0);
}

/**
 * sc_live_timing_set_held:
 * @self: a timing
 * @held: whether the viewer paused and wants to see all that came since
 *
 * While held nothing is skipped and nothing sped up. Afterwards it skips to where it should be.
 */
void
sc_live_timing_set_held (ScLiveTiming *self, gboolean held)
{
  self->returns = !held && (self->held || self->returns);
  self->held = held;
}

/**
 * sc_live_timing_restart:
 * @self: a timing
 *
 * The timeline breaks: all that arrives and is pushed from here on is on another one. Call it when
 * the last piece of the old one has been pushed and before the first of the new one arrives. What
 * is known of the network stays. The new map begins when what was pushed has been shown.
 */
void
sc_live_timing_restart (ScLiveTiming *self)
{
  if (self->mapped)
    self->end = sc_live_map_running (&self->map, self->pushed + LAST_PIECE);
  self->mapped = FALSE;
  sc_live_arrivals_break (&self->arrivals);
}

/**
 * sc_live_timing_follow:
 * @self: a timing that was restarted
 * @last: the running time at which the last piece of the timeline before begins
 *
 * For who still had pieces of that timeline when the new one began to arrive: the new map begins
 * after them.
 */
void
sc_live_timing_follow (ScLiveTiming *self, gint64 last)
{
  if (!self->mapped && self->end > G_MININT64)
    self->end = MAX (self->end, last + LAST_PIECE);
}

static gint64
real_cushion (const ScLiveTiming *self)
{
  gint64 total = self->wanted;
  if (total == 0)
    total = CLAMP (self->arrivals.jitter + MARGIN, LEAST_TARGET, MOST_TARGET) + self->extra;
  return MAX (total - self->sink_latency, self->arrivals.jitter + SMALL_MARGIN);
}

/* How long a piece at the end of what was pushed would wait if it came at @floor. */
static gint64
cushion_over (const ScLiveTiming *self, gint64 floor)
{
  return sc_live_map_running (&self->map, self->pushed) - self->pushed - floor;
}

/* An outage is no jitter: one makes the extra larger, and only what comes again and again the
 * target. So lateness counts up to a little more than there is a cushion for. */
static gint64
most_offset (const ScLiveTiming *self)
{
  gint64 floor = self->arrivals.floor;
  return self->mapped ? floor + MAX (cushion_over (self, floor), 0) : G_MAXINT64;
}

/**
 * sc_live_timing_arrive:
 * @self: a timing
 * @pts: of a piece that arrives; pieces may come in any order
 * @now: the running time
 *
 * A piece that is so late that its like is never made up for begins a new join: what follows it is
 * a burst as well.
 */
void
sc_live_timing_arrive (ScLiveTiming *self, gint64 pts, gint64 now)
{
  gboolean is_hopeless = self->mapped && self->arrivals.joined && !self->held &&
                         now - sc_live_map_running (&self->map, pts) > SKIP_ERROR;
  if (!self->arrivals.started || is_hopeless)
    sc_live_arrivals_join (&self->arrivals, pts, now);
  sc_live_arrivals_add (&self->arrivals, pts, now, most_offset (self));
}

/**
 * sc_live_timing_is_joining:
 * @self: a timing
 * @now: the running time
 *
 * Returns: whether the burst that a join begins with goes on. What is pushed before it is over is
 *   shown although it should be skipped: better wait, half a second at most,
 *   and no longer than what was pushed before a restart lasts
 */
gboolean
sc_live_timing_is_joining (ScLiveTiming *self, gint64 now)
{
  if (!self->arrivals.started)
    return TRUE;
  gboolean is_urgent = !self->mapped && self->end > G_MININT64 && now >= self->end - URGENT;
  return !sc_live_arrivals_are_joined (&self->arrivals, now) && !is_urgent;
}

/* A time in which nothing came is no calm, and not counted. */
static void
decay_extra (ScLiveTiming *self, gint64 now)
{
  gint64 passed = MAX (now - self->extra_time, 0);
  if (self->extra > 0 && passed < SECOND)
    return;
  gint64 seconds = MIN (passed / SECOND, 2);
  if (now - self->stall_time > CALM_FACTOR * self->apart)
    self->extra = (gint64) ((double) self->extra * exp2 (-(double) seconds / CALM_HALF_LIFE));
  self->extra = MAX (self->extra - seconds * EXTRA_DECAY, 0);
  self->extra_time = now;
}

static void
set_map (ScLiveTiming *self, gint64 pts, gint64 running, double rate, gboolean skip)
{
  self->map = (ScLiveMap) { pts, running, rate, skip };
  self->mapped = TRUE;
}

/* Continues at @running with what should be shown then. */
static void
skip_from (ScLiveTiming *self, gint64 running, gint64 now)
{
  set_map (self,
           running - sc_live_arrivals_get_recent_floor (&self->arrivals) - real_cushion (self),
           running,
           1,
           TRUE);
  self->from = self->map.pts;
  self->pushed = MAX (self->pushed, self->from);
  self->returns = FALSE;
  self->mending = FALSE;
  self->skip_time = now;
  self->rate_time = now;
}

/* The first map of a timeline. After a break the new timeline follows the old one without a gap
 * if it comes in time; what it lacks or has too much of is mended as usual. */
static void
begin_map (ScLiveTiming *self, gint64 next_pts, gint64 now)
{
  gboolean is_first = self->end == G_MININT64;
  if (!self->arrivals.started)
    sc_live_timing_arrive (self, next_pts, now);
  self->pushed = next_pts;
  self->skip_time = now;
  self->rate_time = now;
  self->mending = FALSE;
  gint64 ideal = next_pts + self->arrivals.floor + real_cushion (self);
  if (is_first) {
    skip_from (self, now, now);
    return;
  }
  gint64 running = MAX (self->end, now);
  if (!self->held && running - ideal > SKIP_ERROR) {
    skip_from (self, running, now);
    return;
  }
  gboolean is_short = running - now < real_cushion (self) / 2;
  set_map (self, next_pts, is_short ? MAX (running, ideal) : running, 1, TRUE);
  self->from = next_pts;
}

static void
count_stall (ScLiveTiming *self, gint64 now)
{
  gboolean is_again = now - self->stall_time < STOPS_APART;
  self->stop = is_again ? MIN (2 * self->stop, MOST_STOP) : FIRST_STOP;
  self->apart = CLAMP (now - self->stall_time, MAX (self->apart / 4 * 3, LEAST_APART), MOST_APART);
  self->stall_time = now;
  self->n_stalls++;
  self->extra = MIN (self->extra + EXTRA_STEP, MOST_EXTRA);
  self->extra_time = now;
}

/* Playback ran dry: the piece at @pts missed its time. While it stands, others that did are of the
 * same stall. */
static void
stop_at (ScLiveTiming *self, gint64 pts, gint64 now)
{
  if (now - self->stall_time >= self->stop)
    count_stall (self, now);
  gint64 running = now + self->stop;
  gint64 floor = sc_live_arrivals_get_recent_floor (&self->arrivals);
  if (!self->held && running - pts - floor - real_cushion (self) > SKIP_ERROR) {
    skip_from (self, now, now);
    return;
  }
  set_map (self, pts, running, 1, FALSE);
  self->mending = FALSE;
  self->rate_time = now;
  self->skip_time = now;
}

static gboolean
is_late (const ScLiveTiming *self, gint64 pts, gint64 now)
{
  return pts >= self->from && sc_live_map_running (&self->map, pts) < now - LATE_TOLERANCE;
}

/* Whether a piece is late only because it was held up behind us, as where a join has decoders set
 * up: pieces that would be in time have arrived. Sinks drop the late ones, and nothing has run dry.
 */
static gboolean
is_held_up (const ScLiveTiming *self, gint64 now)
{
  return now - self->skip_time < SETUP &&
         sc_live_map_running (&self->map, self->arrivals.newest) > now + real_cushion (self) / 2;
}

static gboolean
wants_skip (const ScLiveTiming *self, gint64 now)
{
  if (self->held || now - self->skip_time < SKIPS_APART)
    return FALSE;
  gboolean is_eager = self->returns || sc_live_arrivals_are_startup (&self->arrivals, now);
  gint64 floor = sc_live_arrivals_get_recent_floor (&self->arrivals);
  gint64 error = cushion_over (self, floor) - real_cushion (self);
  return error > (is_eager ? EAGER_SKIP_ERROR : SKIP_ERROR);
}

static double
choose_rate (ScLiveTiming *self, gint64 error)
{
  gint64 size = ABS (error);
  self->mending = !self->held && size > (self->mending ? ERROR_SMALL : ERROR_LARGE);
  if (!self->mending)
    return 1;
  double speed = MAX (GAIN * (double) size / (double) SECOND, LEAST_SPEED);
  return CLAMP (1 + (error > 0 ? speed : -speed), SLOWEST, FASTEST);
}

/* Returns: whether the map changed */
static gboolean
mend (ScLiveTiming *self, gint64 error, gint64 now)
{
  if (self->pushed == self->from) /* what is skipped to has not come yet, or just so */
    self->rate_time = now;
  if (now - self->rate_time < RATE_INTERVAL)
    return FALSE;
  double rate = self->map.rate;
  double ideal = choose_rate (self, error);
  double next = self->held ? 1 : CLAMP (ideal, rate - RATE_GLIDE, rate + RATE_GLIDE);
  gboolean is_worth_it = fabs (next - rate) >= RATE_STEP || (next == 1 && rate != 1);
  if (!is_worth_it)
    return FALSE;
  set_map (self, self->pushed, sc_live_map_running (&self->map, self->pushed), next, FALSE);
  self->rate_time = now;
  return TRUE;
}

/**
 * sc_live_timing_next:
 * @self: a timing
 * @next_pts: of the piece that is pushed next, of whichever stream
 * @now: the running time
 * @ret_map: (out): the map from here on; untouched if it has not changed
 *
 * Running times do not go back: a new map shows nothing earlier than the end of what was pushed,
 * and a map without a skip begins there, or at @next_pts if that came too late. What is pushed
 * after it and lies before it in the stream goes by it too, backwards.
 *
 * Returns: %TRUE if the map is another one, as it is the first time
 */
gboolean
sc_live_timing_next (ScLiveTiming *self, gint64 next_pts, gint64 now, ScLiveMap *ret_map)
{
  decay_extra (self, now);
  if (!self->mapped) {
    begin_map (self, next_pts, now);
    *ret_map = self->map;
    return TRUE;
  }
  self->pushed = MAX (self->pushed, next_pts);
  if (self->arrivals.started)
    (void) sc_live_arrivals_are_joined (&self->arrivals, now);
  gint64 error = cushion_over (self, self->arrivals.floor) - real_cushion (self);
  gboolean changed = TRUE;
  if (is_late (self, next_pts, now) && !is_held_up (self, now))
    stop_at (self, next_pts, now);
  else if (wants_skip (self, now))
    skip_from (self, MAX (sc_live_map_running (&self->map, self->pushed), now), now);
  else
    changed = mend (self, error, now);
  self->returns = self->returns && error > EAGER_SKIP_ERROR;
  if (changed)
    *ret_map = self->map;
  return changed;
}

/**
 * sc_live_timing_view:
 * @self: a timing
 * @ret_view: (out): what there is to tell; cushion and target with the sinks' latency
 */
void
sc_live_timing_view (const ScLiveTiming *self, ScLiveTimingView *ret_view)
{
  *ret_view = (ScLiveTimingView) {
    .floor = self->arrivals.floor,
    .jitter = self->arrivals.jitter,
    .cushion = (self->mapped ? cushion_over (self, self->arrivals.floor) : 0) + self->sink_latency,
    .target = real_cushion (self) + self->sink_latency,
    .rate = self->map.rate,
    .n_stalls = self->n_stalls,
  };
}
