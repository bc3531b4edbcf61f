/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* When pieces arrive, and what that says: how early the earliest come, how much later the others,
 * and what was a burst, after a join or an outage, and says nothing of either. Pure. */

#include "config.h"

#include "sc-live-arrivals.h"

#define MS (G_GINT64_CONSTANT (1000000))
#define SECOND (G_GINT64_CONSTANT (1000000000))

/* A join begins with what the server already has, as fast as it goes. Meanwhile the floor falls;
 * the burst is over when it fell less than JOIN_FALL in JOIN_STEP. The first picture does not wait
 * for it longer than JOIN_LIMIT. */
#define JOIN_STEP (50 * MS)
#define JOIN_FALL (10 * MS)
#define JOIN_LIMIT (500 * MS)
/* For so long after a join a new floor is taken for the rest of the burst: it is skipped to, and
 * what came before it is not jitter. */
#define STARTUP (3 * SECOND)
#define STARTUP_FALL (100 * MS)
/* A floor that falls by that much within a second: what was held up comes now, as after a pause. */
#define BURST_FALL SECOND
/* How long the steepest rise of a startup is remembered, and the jitter of the timeline before; by
 * then the window has seen it again. */
#define RISE_TIME (20 * SECOND)
/* It counts up to this: there is no longer cushion. */
#define MOST_RISE (3 * SECOND)

static void
forget_offsets (ScLiveArrivals *self, gint64 offset)
{
  sc_live_window_clear (&self->window);
  self->floor_before = offset;
}

static void
begin_startup (ScLiveArrivals *self, gint64 offset, gint64 now)
{
  forget_offsets (self, offset);
  self->start = now;
  self->rise = 0;
}

/**
 * sc_live_arrivals_join:
 * @self: arrivals
 * @pts: of the piece with which a stream, a timeline or what follows a long outage begins
 * @now: when it comes, the running time
 *
 * What is known of the network before is forgotten, but for the jitter before a break. To be called
 * before it is added.
 */
void
sc_live_arrivals_join (ScLiveArrivals *self, gint64 pts, gint64 now)
{
  begin_startup (self, now - pts, now);
  self->started = TRUE;
  self->newest = pts;
  self->newest_offset = now - pts;
  self->joined = FALSE;
  self->join_mark = now;
  self->join_floor = now - pts;
}

/**
 * sc_live_arrivals_break:
 * @self: arrivals
 *
 * What comes next is on another timeline, but from the same network.
 */
void
sc_live_arrivals_break (ScLiveArrivals *self)
{
  self->known = self->jitter;
  self->started = FALSE;
}

/**
 * sc_live_arrivals_are_startup:
 * @self: arrivals
 * @now: the running time
 *
 * Returns: whether a join, or a burst after an outage, was just now
 */
gboolean
sc_live_arrivals_are_startup (const ScLiveArrivals *self, gint64 now)
{
  return now - self->start < STARTUP;
}

/**
 * sc_live_arrivals_are_joined:
 * @self: arrivals
 * @now: the running time
 *
 * Returns: whether the burst that a join begins with is over, or has gone on for long enough
 */
gboolean
sc_live_arrivals_are_joined (ScLiveArrivals *self, gint64 now)
{
  if (self->joined || now - self->join_mark < JOIN_STEP)
    return self->joined;
  self->joined = self->join_floor - self->floor < JOIN_FALL || now - self->start >= JOIN_LIMIT;
  self->join_mark = now;
  self->join_floor = self->floor;
  return self->joined;
}

/* What came before a fall of the floor was held up and came in a burst. A server that sends in
 * chunks looks the same at first, but for the silence before each: the rise remembers that. */
static void
look_for_burst (ScLiveArrivals *self, gint64 offset, gint64 now)
{
  if (offset < self->floor_before - BURST_FALL)
    begin_startup (self, offset, now);
  else if (sc_live_arrivals_are_startup (self, now) && offset < self->floor_before - STARTUP_FALL)
    forget_offsets (self, offset);
}

/**
 * sc_live_arrivals_add:
 * @self: arrivals that were joined
 * @pts: of a piece; pieces may come in any order
 * @now: when it comes, the running time
 * @most: as what its (arrival - pts) counts at most, outside of a join's burst
 */
void
sc_live_arrivals_add (ScLiveArrivals *self, gint64 pts, gint64 now, gint64 most)
{
  gint64 offset = now - pts;
  look_for_burst (self, offset, now);
  if (sc_live_window_add (&self->window, self->joined ? MIN (offset, most) : offset, now))
    self->floor_before = sc_live_window_get_floor (&self->window);
  self->floor = sc_live_window_get_floor (&self->window);

  if (pts > self->newest) {
    if (sc_live_arrivals_are_startup (self, now))
      self->rise = MAX (self->rise, MIN (offset - self->newest_offset, MOST_RISE));
    self->newest = pts;
    self->newest_offset = offset;
  }
  self->jitter = sc_live_window_get_lateness (&self->window, now);
  if (now - self->start < RISE_TIME)
    self->jitter = MAX (self->jitter, MAX (self->rise, self->known));
  else
    self->known = 0;
  (void) sc_live_arrivals_are_joined (self, now);
}

/**
 * sc_live_arrivals_get_recent_floor:
 * @self: arrivals
 *
 * What is skipped to must come in time as the network is now: what came in time twenty seconds ago
 * may not any more.
 *
 * Returns: the least (arrival - pts) of the last two to three seconds
 */
gint64
sc_live_arrivals_get_recent_floor (const ScLiveArrivals *self)
{
  return sc_live_window_is_empty (&self->window) ? self->floor
                                                 : sc_live_window_get_recent_floor (&self->window);
}
