/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A viewer who is less than this behind by a pause is at live: smaller is no pause but a twitch. */
#define SC_LIVE_BEHIND_US (G_USEC_PER_SEC / 2)

/**
 * ScLivePause:
 * @at: when the viewer paused, monotonic microseconds; 0 while it plays
 * @latency: what it was then, microseconds, or -1
 * @behind: how far behind by a pause before they were then, microseconds
 * @holds: whether the viewer is to be left where a pause left them
 * @is_late: whether the source told since then that this is behind
 *
 * A viewer's pause of a live stream, and what it leaves. A plain value, %{0} for none.
 */
typedef struct {
  gint64 at;
  gint64 latency;
  gint64 behind;
  gboolean holds;
  gboolean is_late;
} ScLivePause;

void sc_live_pause_begin (ScLivePause *self, gint64 now, gint64 latency, gint64 behind);
void sc_live_pause_end (ScLivePause *self, gint64 now);
void sc_live_pause_see (ScLivePause *self, gint64 behind);

G_END_DECLS
