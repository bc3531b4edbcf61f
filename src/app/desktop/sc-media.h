/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"
#include "sc-player.h"
#include "sc-recording.h"

G_BEGIN_DECLS

/* What a player plays, and what the desktop may have it do. A main-thread object.
 * Property "channel", write only: the #ScChannel that is live, once it is known.
 * Signal "changed": something that it says of itself may be otherwise now, but for the position.
 * Signal "moved": the position is otherwise, as it has to be when the player goes on.
 * Signal "seeked": it is not where it would be had the player just gone on.
 */
#define SC_TYPE_MEDIA (sc_media_get_type ())
G_DECLARE_FINAL_TYPE (ScMedia, sc_media, SC, MEDIA, GObject)

ScMedia *sc_media_new_live (ScPlayer *player, const char *channel, const char *link);
ScMedia *sc_media_new_recording (ScPlayer *player, ScRecording *recording, const char *link);

ScPlayer *sc_media_get_player (ScMedia *self);
gint64 sc_media_get_since (ScMedia *self);
const char *sc_media_get_status (ScMedia *self);
gboolean sc_media_get_seekable (ScMedia *self);
gboolean sc_media_get_has_rates (ScMedia *self);
double sc_media_get_volume (ScMedia *self);
GVariant *sc_media_to_metadata (ScMedia *self);

void sc_media_play (ScMedia *self);
void sc_media_pause (ScMedia *self);
void sc_media_play_or_pause (ScMedia *self);
void sc_media_stop (ScMedia *self);
void sc_media_seek_by (ScMedia *self, gint64 offset);
void sc_media_seek_to (ScMedia *self, const char *track, gint64 position);
void sc_media_set_rate (ScMedia *self, double rate);
void sc_media_set_volume (ScMedia *self, double volume);

G_END_DECLS
