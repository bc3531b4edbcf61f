/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-hls-playlist.h"

G_BEGIN_DECLS

/**
 * ScVodPace:
 * @bandwidth: what the last segment came with, bits a second; 0 while unknown
 * @calm: how many segments came since playback last ran dry
 * @ran_dry: whether playback ran dry since the last choice
 *
 * How well a recording arrives.
 */
typedef struct {
  guint64 bandwidth;
  guint calm;
  gboolean ran_dry;
} ScVodPace;

guint sc_vod_ladder_get_first (const ScHlsPlaylist *master);
guint sc_vod_ladder_next (const ScHlsPlaylist *master, guint current, const ScVodPace *pace);

G_END_DECLS
