/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-client.h"
#include "sc-live-dates.h"
#include "sc-live-timing.h"
#include "sc-server-clock.h"

G_BEGIN_DECLS

/**
 * ScLiveMonitor:
 * @clock: the server's time of day
 * @dates: when the pictures were made
 * @news: how the network was last
 * @answered_at: when a server last answered, monotonic microseconds
 * @base: what of the latency no waiting of ours makes, microseconds; %SC_HLS_NONE while unknown
 *
 * What is known of how the live source does. A plain value, of the client's thread.
 */
typedef struct {
  ScServerClock clock;
  ScLiveDates dates;
  ScLiveNews news;
  gint64 answered_at;
  gint64 base;
} ScLiveMonitor;

/**
 * ScLiveLook:
 * @now: monotonic microseconds
 * @real: the time of day by our clock, microseconds since the epoch
 * @shows: whether a picture is shown
 * @epoch: its timeline
 * @pts: its place, nanoseconds
 * @buffer: how long what arrived lasts, nanoseconds
 * @last_byte: when the last byte of a segment came, monotonic microseconds
 * @is_playing: whether the pipeline's clock runs
 */
typedef struct {
  gint64 now;
  gint64 real;
  gboolean shows;
  guint epoch;
  gint64 pts;
  gint64 buffer;
  gint64 last_byte;
  gboolean is_playing;
} ScLiveLook;

void sc_live_monitor_init (ScLiveMonitor *self);
void sc_live_monitor_see_answer (ScLiveMonitor *self, const ScLiveAnswer *answer, gint64 real);
void sc_live_monitor_see_playlist (ScLiveMonitor *self, const ScHlsPlaylist *playlist, gint64 real);

gint64 sc_live_monitor_get_latency (const ScLiveMonitor *self, const ScLiveLook *look);
gint64 sc_live_monitor_get_server_offset (const ScLiveMonitor *self, const ScLiveLook *look);
gint64 sc_live_monitor_get_wanted (ScLiveMonitor *self,
                                   gint64 target,
                                   gint64 latency,
                                   const ScLiveTimingView *view);
guint sc_live_monitor_get_trouble (const ScLiveMonitor *self, const ScLiveLook *look);

G_END_DECLS
