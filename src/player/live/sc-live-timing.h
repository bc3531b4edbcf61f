/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-map.h"

G_BEGIN_DECLS

/* All times are nanoseconds, of the two kinds that sc-live-map.h tells apart. */

/**
 * ScLiveTimingView:
 * @floor: the least of (arrival - pts) in the window
 * @jitter: the 98th percentile of how much later than @floor pieces come
 * @cushion: how long a piece that comes at the floor waits until it is shown, now
 * @target: what @cushion shall be
 * @rate: of the map
 * @n_stalls: how often playback ran dry
 */
typedef struct {
  gint64 floor;
  gint64 jitter;
  gint64 cushion;
  gint64 target;
  double rate;
  guint n_stalls;
} ScLiveTimingView;

typedef struct _ScLiveTiming ScLiveTiming;

ScLiveTiming *sc_live_timing_new (void);
void sc_live_timing_free (ScLiveTiming *self);

void sc_live_timing_set_wanted (ScLiveTiming *self, gint64 wanted);
void sc_live_timing_set_sink_latency (ScLiveTiming *self, gint64 latency);
void sc_live_timing_set_held (ScLiveTiming *self, gboolean held);
void sc_live_timing_restart (ScLiveTiming *self);
void sc_live_timing_follow (ScLiveTiming *self, gint64 last);

void sc_live_timing_arrive (ScLiveTiming *self, gint64 pts, gint64 now);
gboolean sc_live_timing_is_joining (ScLiveTiming *self, gint64 now);
gboolean sc_live_timing_next (ScLiveTiming *self, gint64 next_pts, gint64 now, ScLiveMap *ret_map);

void sc_live_timing_view (const ScLiveTiming *self, ScLiveTimingView *ret_view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLiveTiming, sc_live_timing_free)

G_END_DECLS
