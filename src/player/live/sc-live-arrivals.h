/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-window.h"

G_BEGIN_DECLS

/**
 * ScLiveArrivals:
 * @started: whether something arrived on this timeline
 * @joined: whether the burst that a join begins with is over
 * @floor: the least of (arrival - pts), lately
 * @jitter: the 98th percentile of how much later than @floor pieces come
 * @newest: the highest pts that arrived
 *
 * What the arrivals of a live stream say of its network. A plain value, %{0} to begin with; the
 * fields without a word here are its own. All times are nanoseconds.
 */
typedef struct {
  gboolean started;
  gboolean joined;
  gint64 floor;
  gint64 jitter;
  gint64 newest;

  ScLiveWindow window;
  gint64 start;
  gint64 floor_before; /* at the last clear or the last second's end */
  gint64 newest_offset;
  gint64 rise;  /* how much later than the one before it a piece came, at most, in the startup */
  gint64 known; /* the jitter of the timeline before */
  gint64 join_mark;
  gint64 join_floor;
} ScLiveArrivals;

void sc_live_arrivals_join (ScLiveArrivals *self, gint64 pts, gint64 now);
void sc_live_arrivals_break (ScLiveArrivals *self);
void sc_live_arrivals_add (ScLiveArrivals *self, gint64 pts, gint64 now, gint64 most);
gboolean sc_live_arrivals_are_joined (ScLiveArrivals *self, gint64 now);
gboolean sc_live_arrivals_are_startup (const ScLiveArrivals *self, gint64 now);
gint64 sc_live_arrivals_get_recent_floor (const ScLiveArrivals *self);

G_END_DECLS
