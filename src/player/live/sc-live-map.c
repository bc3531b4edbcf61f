/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-live-map.h"

/**
 * sc_live_map_running:
 * @map: a map
 * @pts: a place in the stream
 *
 * Returns: the running time at which @pts is shown
 */
gint64
sc_live_map_running (const ScLiveMap *map, gint64 pts)
{
  gint64 ahead = pts - map->pts;
  return map->running + (map->rate == 1 ? ahead : (gint64) ((double) ahead / map->rate));
}

/**
 * sc_live_map_pts:
 * @map: a map
 * @running: a running time
 *
 * Returns: the place in the stream that is shown at @running
 */
gint64
sc_live_map_pts (const ScLiveMap *map, gint64 running)
{
  gint64 passed = running - map->running;
  return map->pts + (map->rate == 1 ? passed : (gint64) ((double) passed * map->rate));
}
