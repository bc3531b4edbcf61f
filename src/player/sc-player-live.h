/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-statistics.h"
#include "sc-live-trouble.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SC_TYPE_PLAYER_QUALITY (sc_player_quality_get_type ())
G_DECLARE_FINAL_TYPE (ScPlayerQuality, sc_player_quality, SC, PLAYER_QUALITY, GObject)

ScPlayerQuality *sc_player_quality_new (const char *id,
                                        int height,
                                        double frame_rate,
                                        guint bandwidth,
                                        gboolean is_source);
const char *sc_player_quality_get_id (ScPlayerQuality *self);
int sc_player_quality_get_height (ScPlayerQuality *self);
double sc_player_quality_get_frame_rate (ScPlayerQuality *self);
guint sc_player_quality_get_bandwidth (ScPlayerQuality *self);
gboolean sc_player_quality_get_is_source (ScPlayerQuality *self);

/* What is known of a live stream, and what the viewer may choose. A main-thread object that belongs
 * to a player for all of its life. Properties, all notified:
 *   "is-live" boolean: whether what is open is live through our own source
 *   "latency" int64: microseconds, -1 while unknown; changes at most five times a second
 *   "behind" int64: how much further behind than it would be had the viewer not paused; 0 at live
 *   "trouble" uint: #ScLiveTrouble
 *   "qualities" GListModel of #ScPlayerQuality, best first; empty while unknown
 *   "quality" string, read and write: the id that the viewer chose, NULL for automatic
 *   "shown-quality" string: the id of the rendition that is shown, NULL while unknown
 *   "target-latency" uint, read and write: milliseconds, 0 for automatic
 *   "over" boolean: whether the stream is over, and what is shown is the rest of it
 * Signal "metadata" (const char *owner, const char *text), at the moment of the picture it is for.
 * Signal "refused": the server refused the address; sc_player_live_set_address() may help.
 */
#define SC_TYPE_PLAYER_LIVE (sc_player_live_get_type ())
G_DECLARE_FINAL_TYPE (ScPlayerLive, sc_player_live, SC, PLAYER_LIVE, GObject)

gboolean sc_player_live_get_is_live (ScPlayerLive *self);
gint64 sc_player_live_get_latency (ScPlayerLive *self);
gint64 sc_player_live_get_picture_time (ScPlayerLive *self);
gint64 sc_player_live_get_behind (ScPlayerLive *self);
ScLiveTrouble sc_player_live_get_trouble (ScPlayerLive *self);
GListModel *sc_player_live_get_qualities (ScPlayerLive *self);
const char *sc_player_live_get_quality (ScPlayerLive *self);
void sc_player_live_set_quality (ScPlayerLive *self, const char *id);
const char *sc_player_live_get_shown_quality (ScPlayerLive *self);
guint sc_player_live_get_target_latency (ScPlayerLive *self);
void sc_player_live_set_target_latency (ScPlayerLive *self, guint milliseconds);
gboolean sc_player_live_get_over (ScPlayerLive *self);
void sc_player_live_set_over (ScPlayerLive *self, gboolean over);
void sc_player_live_set_address (ScPlayerLive *self, const char *uri);
void sc_player_live_return_to_live (ScPlayerLive *self);
void sc_player_live_get_statistics (ScPlayerLive *self, ScLiveStatistics *ret_statistics);

G_END_DECLS
