/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player-error.h"
#include "sc-player-live.h"
#include "sc-player-sinks.h"
#include "sc-player-state.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define SC_TYPE_PLAYER (sc_player_get_type ())
G_DECLARE_FINAL_TYPE (ScPlayer, sc_player, SC, PLAYER, GObject)

ScPlayer *sc_player_new (const ScPlayerSinks *sinks) G_GNUC_WARN_UNUSED_RESULT;

void sc_player_set_sinks (ScPlayer *self, const ScPlayerSinks *sinks);
void sc_player_open_live (ScPlayer *self, const char *uri);
void sc_player_open_recording (ScPlayer *self, const char *uri);
void sc_player_stop (ScPlayer *self);

void sc_player_seek (ScPlayer *self, gint64 position, gboolean exact);
gint64 sc_player_get_position (ScPlayer *self);
gint64 sc_player_get_duration (ScPlayer *self);

/* How fast a recording can be played. Beyond that speech is hard to follow, whoever listens. */
#define SC_PLAYER_LEAST_RATE 0.5
#define SC_PLAYER_MOST_RATE 2.0

double sc_player_get_rate (ScPlayer *self);
void sc_player_set_rate (ScPlayer *self, double rate);

ScPlayerState sc_player_get_state (ScPlayer *self);
const GError *sc_player_get_error (ScPlayer *self);
GObject *sc_player_get_paintable (ScPlayer *self);
ScPlayerLive *sc_player_get_live (ScPlayer *self);
int sc_player_get_width (ScPlayer *self);
int sc_player_get_height (ScPlayer *self);

gboolean sc_player_get_paused (ScPlayer *self);
void sc_player_set_paused (ScPlayer *self, gboolean paused);
double sc_player_get_volume (ScPlayer *self);
void sc_player_set_volume (ScPlayer *self, double volume);
gboolean sc_player_get_muted (ScPlayer *self);
void sc_player_set_muted (ScPlayer *self, gboolean muted);

G_END_DECLS
