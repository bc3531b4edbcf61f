/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-live-window.h"

#include <string.h>

/* Offsets are counted in bins of 10 ms, for each second apart, so that a second that leaves the
 * window is taken out again without knowing its frames. The bins go round: which ones are in use
 * moves along with the floor. What lies further above the floor than the bins can tell apart counts
 * as the most that they can. */

#define SLICE (G_GINT64_CONSTANT (1000000000))
#define BIN (G_GINT64_CONSTANT (10000000))
/* What counts as most: above the longest cushion there is, 3 s, and below what the bins hold. */
#define MOST (G_GINT64_CONSTANT (4000000000))
/* Of 100 frames, the latest two may be later than what is called the lateness. */
#define LEFT_OUT_PERCENT 2
/* How long a lateness is good for while there are enough offsets: it moves slowly. */
#define LATENESS_TIME (G_GINT64_CONSTANT (100000000))
#define ENOUGH 100
/* Slices that are called recent. */
#define RECENT 3

static gint64
divide_down (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

static guint
place_of_bin (gint64 bin)
{
  return (guint) (bin & (SC_LIVE_WINDOW_BINS - 1));
}

static void
update_bounds (ScLiveWindow *self)
{
  self->sum.least = G_MAXINT64;
  self->sum.most = G_MININT64;
  for (guint i = 0; i < SC_LIVE_WINDOW_SLICES; i++) {
    if (self->slices[i].n == 0)
      continue;
    self->sum.least = MIN (self->sum.least, self->slices[i].least);
    self->sum.most = MAX (self->sum.most, self->slices[i].most);
  }
}

static void
drop_slice (ScLiveWindow *self, ScLiveWindowSlice *slice)
{
  if (slice->n == 0)
    return;
  for (guint i = 0; i < SC_LIVE_WINDOW_BINS; i++)
    self->sum.counts[i] -= slice->counts[i];
  self->sum.n -= slice->n;
  memset (slice, 0, sizeof *slice);
}

/* Returns: whether a second is over */
static gboolean
move_on (ScLiveWindow *self, gint64 now)
{
  gint64 slice = MAX (now, 0) / SLICE;
  if (slice <= self->slice)
    return FALSE;
  gint64 n = MIN (slice - self->slice, SC_LIVE_WINDOW_SLICES);
  for (gint64 i = 0; i < n; i++)
    drop_slice (
      self,
      &self->slices[(guint64) (slice - i + SC_LIVE_WINDOW_SLICES) % SC_LIVE_WINDOW_SLICES]);
  self->slice = slice;
  update_bounds (self);
  return TRUE;
}

/**
 * sc_live_window_clear:
 * @self: a window
 *
 * Forgets all offsets.
 */
void
sc_live_window_clear (ScLiveWindow *self)
{
  gint64 slice = self->slice;
  memset (self, 0, sizeof *self);
  self->slice = slice;
}

/**
 * sc_live_window_add:
 * @self: a window
 * @offset: an arrival - pts
 * @now: a time that does not go back
 *
 * Returns: %TRUE if a second began with it, which is when the floor may have risen
 */
gboolean
sc_live_window_add (ScLiveWindow *self, gint64 offset, gint64 now)
{
  gboolean moved = move_on (self, now);
  const gint64 room = (SC_LIVE_WINDOW_BINS - 1) * BIN;
  if (self->sum.n > 0 && self->sum.most - offset > room)
    sc_live_window_clear (self); /* far below all others: those say nothing any more */
  if (self->sum.n > 0)
    offset = MIN (offset, self->sum.least + MOST);

  ScLiveWindowSlice *slice = &self->slices[(guint64) self->slice % SC_LIVE_WINDOW_SLICES];
  guint place = place_of_bin (divide_down (offset, BIN));
  slice->least = slice->n > 0 ? MIN (slice->least, offset) : offset;
  slice->most = slice->n > 0 ? MAX (slice->most, offset) : offset;
  slice->counts[place]++;
  slice->n++;
  self->sum.least = self->sum.n > 0 ? MIN (self->sum.least, offset) : offset;
  self->sum.most = self->sum.n > 0 ? MAX (self->sum.most, offset) : offset;
  self->sum.counts[place]++;
  self->sum.n++;
  return moved;
}

/**
 * sc_live_window_is_empty:
 * @self: a window
 *
 * Returns: whether there is no offset to tell of
 */
gboolean
sc_live_window_is_empty (const ScLiveWindow *self)
{
  return self->sum.n == 0;
}

/**
 * sc_live_window_get_floor:
 * @self: a window that is not empty
 *
 * Returns: the least offset
 */
gint64
sc_live_window_get_floor (const ScLiveWindow *self)
{
  return self->sum.least;
}

/**
 * sc_live_window_get_recent_floor:
 * @self: a window that is not empty
 *
 * Returns: the least offset of the last two to three seconds: what the network does now
 */
gint64
sc_live_window_get_recent_floor (const ScLiveWindow *self)
{
  gint64 floor = G_MAXINT64;
  for (gint64 i = 0; i < RECENT; i++) {
    const ScLiveWindowSlice *slice =
      &self->slices[(guint64) (self->slice - i + SC_LIVE_WINDOW_SLICES) % SC_LIVE_WINDOW_SLICES];
    if (slice->n > 0)
      floor = MIN (floor, slice->least);
  }
  return floor == G_MAXINT64 ? self->sum.least : floor;
}

static gint64
find_lateness (const ScLiveWindow *self)
{
  gint64 floor_bin = divide_down (self->sum.least, BIN);
  gint64 bin = divide_down (self->sum.most, BIN);
  guint left_out = self->sum.n / (100 / LEFT_OUT_PERCENT);
  guint above = self->sum.counts[place_of_bin (bin)];
  while (above <= left_out && bin > floor_bin)
    above += self->sum.counts[place_of_bin (--bin)];
  return MIN ((bin + 1) * BIN, self->sum.most) - self->sum.least;
}

/**
 * sc_live_window_get_lateness:
 * @self: a window
 * @now: the time
 *
 * Returns: the 98th percentile of (offset - floor), to 10 ms, rather too much than too little; of
 *   few offsets the most
 */
gint64
sc_live_window_get_lateness (ScLiveWindow *self, gint64 now)
{
  if (self->sum.n == 0)
    return 0;
  if (self->sum.n < ENOUGH || now >= self->lateness_until) {
    self->lateness = find_lateness (self);
    self->lateness_until = now + LATENESS_TIME;
  }
  return self->lateness;
}
