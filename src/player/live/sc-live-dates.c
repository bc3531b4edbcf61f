/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Brings together where a segment begins, which its bytes say, and when it was made, which the
 * playlist says in EXT-X-PROGRAM-DATE-TIME once the segment is whole. Pure. */

#include "config.h"

#include "sc-live-dates.h"

#define NS_PER_US 1000

/**
 * sc_live_dates_see_start:
 * @self: the dates
 * @sequence: media sequence number of a segment
 * @epoch: its timeline
 * @pts: where its first picture is, nanoseconds
 */
void
sc_live_dates_see_start (ScLiveDates *self, guint64 sequence, guint epoch, gint64 pts)
{
  guint i = self->next++ % SC_LIVE_DATES_KEPT;
  self->starts[i].sequence = sequence;
  self->starts[i].epoch = epoch;
  self->starts[i].pts = pts;
  self->starts[i].is_set = TRUE;
}

/**
 * sc_live_dates_see_playlist:
 * @self: the dates
 * @playlist: the newest media playlist
 *
 * Takes the newest segment that both know; one that is being made counts, by what the playlist
 * extrapolates, until better is known.
 */
void
sc_live_dates_see_playlist (ScLiveDates *self, const ScHlsPlaylist *playlist)
{
  for (guint back = 1; back <= SC_LIVE_DATES_KEPT; back++) {
    guint i = (self->next - back) % SC_LIVE_DATES_KEPT;
    if (!self->starts[i].is_set)
      return;
    const ScHlsSegment *segment = sc_hls_playlist_find (playlist, self->starts[i].sequence);
    if (!segment || segment->time_us == SC_HLS_NONE)
      continue;
    if (segment->is_prefetch && self->is_known && self->epoch == self->starts[i].epoch)
      continue;
    self->offset = segment->time_us - self->starts[i].pts / NS_PER_US;
    self->epoch = self->starts[i].epoch;
    self->is_known = TRUE;
    return;
  }
}

/**
 * sc_live_dates_get:
 * @self: the dates
 * @epoch: a timeline
 * @pts: a place in it, nanoseconds
 * @ret_time_us: (out): when it was made, microseconds since the epoch; untouched otherwise
 *
 * Returns: whether that is known
 */
gboolean
sc_live_dates_get (const ScLiveDates *self, guint epoch, gint64 pts, gint64 *ret_time_us)
{
  if (!self->is_known || self->epoch != epoch)
    return FALSE;
  *ret_time_us = self->offset + pts / NS_PER_US;
  return TRUE;
}
