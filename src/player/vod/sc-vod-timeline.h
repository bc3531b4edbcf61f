/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-hls-playlist.h"

G_BEGIN_DECLS

/**
 * ScVodSnap:
 * @SC_VOD_SNAP_NOT: just there
 * @SC_VOD_SNAP_BEFORE: the start of the segment that it is in
 * @SC_VOD_SNAP_AFTER: the start of the next segment
 * @SC_VOD_SNAP_NEAREST: the nearer of the two
 *
 * Where a seek may go instead, as it is quicker to show.
 */
typedef enum {
  SC_VOD_SNAP_NOT,
  SC_VOD_SNAP_BEFORE,
  SC_VOD_SNAP_AFTER,
  SC_VOD_SNAP_NEAREST,
} ScVodSnap;

gint64 sc_vod_timeline_get_duration (const ScHlsPlaylist *playlist);
guint sc_vod_timeline_find (const ScHlsPlaylist *playlist, gint64 time, gint64 *ret_start);
gint64 sc_vod_timeline_snap (const ScHlsPlaylist *playlist, gint64 time, ScVodSnap snap);

G_END_DECLS
