/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All times are nanoseconds. A "pts" is a place in the stream, on a timeline that only a
 * discontinuity breaks; a "running time" is the pipeline's. */

/**
 * ScLiveMap:
 * @pts: a place in the stream
 * @running: the running time at which @pts is to be shown, before the pipeline's own latency
 * @rate: how fast it plays from there on
 * @skip: whether what lies before @pts is not to be shown (a join, a skip); otherwise the map goes
 *   on from the one before without a seam
 *
 * running_of (p) = running + (p - pts) / rate
 */
typedef struct {
  gint64 pts;
  gint64 running;
  double rate;
  gboolean skip;
} ScLiveMap;

gint64 sc_live_map_running (const ScLiveMap *map, gint64 pts);
gint64 sc_live_map_pts (const ScLiveMap *map, gint64 running);

G_END_DECLS
