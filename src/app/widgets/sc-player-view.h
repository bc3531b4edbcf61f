/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player.h"
#include "sc-seek-bar.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_PLAYER_VIEW (sc_player_view_get_type ())
G_DECLARE_FINAL_TYPE (ScPlayerView, sc_player_view, SC, PLAYER_VIEW, GtkWidget)

/* Steps that go to the ends from anywhere; twice a recording's length is no overflow. */
#define SC_PLAYER_VIEW_TO_END (G_MAXINT64 / 2)
#define SC_PLAYER_VIEW_TO_START (-SC_PLAYER_VIEW_TO_END)

void sc_player_view_set_player (ScPlayerView *self, ScPlayer *player);
void sc_player_view_set_name (ScPlayerView *self, const char *name);
void sc_player_view_set_starving (ScPlayerView *self, gboolean starving);
ScSeekBar *sc_player_view_get_seek_bar (ScPlayerView *self);
gboolean sc_player_view_seek_by (ScPlayerView *self, gint64 step);
gboolean sc_player_view_step_speed (ScPlayerView *self, int steps);
GtkWidget *sc_player_view_offer_layouts (ScPlayerView *self);
gboolean sc_player_view_get_fullscreened (ScPlayerView *self);
void sc_player_view_set_fullscreened (ScPlayerView *self, gboolean fullscreened);

G_END_DECLS
