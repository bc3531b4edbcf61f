/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-vod-timeline.h"

/* Where the segments of a recording are in it: each begins where the one before ends. Times are
 * microseconds from its start. Pure functions. */

/**
 * sc_vod_timeline_get_duration:
 * @playlist: a media playlist
 *
 * Returns: how long it plays
 */
gint64
sc_vod_timeline_get_duration (const ScHlsPlaylist *playlist)
{
  gint64 sum = 0;
  for (guint i = 0; i < playlist->segments->len; i++)
    sum += sc_hls_playlist_get_segment (playlist, i)->duration_us;
  return sum;
}

/**
 * sc_vod_timeline_find:
 * @playlist: a media playlist with segments
 * @time: a place in it
 * @ret_start: (out): where the segment begins
 *
 * Returns: the index of the segment that @time is in; of the last one for what is beyond
 */
guint
sc_vod_timeline_find (const ScHlsPlaylist *playlist, gint64 time, gint64 *ret_start)
{
  gint64 start = 0;
  guint last = playlist->segments->len - 1;
  guint i = 0;
  for (; i < last; i++) {
    gint64 end = start + sc_hls_playlist_get_segment (playlist, i)->duration_us;
    if (time < end)
      break;
    start = end;
  }
  *ret_start = start;
  return i;
}

/**
 * sc_vod_timeline_snap:
 * @playlist: a media playlist with segments
 * @time: a place in it
 * @snap: where it may go instead
 *
 * Returns: where to go
 */
gint64
sc_vod_timeline_snap (const ScHlsPlaylist *playlist, gint64 time, ScVodSnap snap)
{
  gint64 start;
  guint index = sc_vod_timeline_find (playlist, time, &start);
  gboolean is_last = index + 1 == playlist->segments->len;
  gint64 end = start + sc_hls_playlist_get_segment (playlist, index)->duration_us;
  if (snap == SC_VOD_SNAP_NOT || time == start)
    return time;
  if (snap == SC_VOD_SNAP_AFTER && !is_last)
    return end;
  if (snap == SC_VOD_SNAP_NEAREST && !is_last && end - time < time - start)
    return end;
  return start;
}
