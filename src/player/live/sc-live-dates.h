/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-hls-playlist.h"

G_BEGIN_DECLS

/* Beginnings of segments that are remembered until a playlist says when they were made. */
#define SC_LIVE_DATES_KEPT 4

/**
 * ScLiveDates:
 * @starts: where the last segments began
 * @epoch: the timeline that @offset is of
 * @offset: from a place in the stream to the time of day when it was made, microseconds
 * @is_known: whether @epoch and @offset hold
 *
 * When the pictures were made. A plain value, %{0} to begin with.
 */
typedef struct {
  struct {
    guint64 sequence;
    guint epoch;
    gint64 pts;
    gboolean is_set;
  } starts[SC_LIVE_DATES_KEPT];
  guint next;
  guint epoch;
  gint64 offset;
  gboolean is_known;
} ScLiveDates;

void sc_live_dates_see_start (ScLiveDates *self, guint64 sequence, guint epoch, gint64 pts);
void sc_live_dates_see_playlist (ScLiveDates *self, const ScHlsPlaylist *playlist);
gboolean sc_live_dates_get (const ScLiveDates *self, guint epoch, gint64 pts, gint64 *ret_time_us);

G_END_DECLS
