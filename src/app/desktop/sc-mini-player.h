/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-playing-page.h"

G_BEGIN_DECLS

/* A small window with the picture of a page that is not on screen.
 * Signal "back": the viewer wants the page.
 */
#define SC_TYPE_MINI_PLAYER (sc_mini_player_get_type ())
G_DECLARE_FINAL_TYPE (ScMiniPlayer, sc_mini_player, SC, MINI_PLAYER, AdwWindow)

ScMiniPlayer *sc_mini_player_new (ScPlayingPage *page, GSettings *settings);

ScPlayingPage *sc_mini_player_get_page (ScMiniPlayer *self);
ScPlayingPage *sc_mini_player_take_page (ScMiniPlayer *self);

G_END_DECLS
