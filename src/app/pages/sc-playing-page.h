/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A page with a player of its own, which may go on without the page being on screen. */
#define SC_TYPE_PLAYING_PAGE (sc_playing_page_get_type ())
G_DECLARE_INTERFACE (ScPlayingPage, sc_playing_page, SC, PLAYING_PAGE, AdwNavigationPage)

/**
 * ScPlayingPageInterface:
 * @get_player: its player
 * @dup_address: what it plays, different from what all others play
 * @stop: stops its player, and what goes with it
 *
 * What such a page can do.
 */
struct _ScPlayingPageInterface {
  GTypeInterface parent_iface;

  ScPlayer *(*get_player) (ScPlayingPage *self);
  char *(*dup_address) (ScPlayingPage *self);
  void (*stop) (ScPlayingPage *self);
};

ScPlayer *sc_playing_page_get_player (ScPlayingPage *self);
char *sc_playing_page_dup_address (ScPlayingPage *self);
void sc_playing_page_set_kept (ScPlayingPage *self, gboolean kept);
gboolean sc_playing_page_get_kept (ScPlayingPage *self);
void sc_playing_page_leave (ScPlayingPage *self);

char *sc_playing_page_dup_live_address (const char *channel);
char *sc_playing_page_dup_recording_address (const char *id);

G_END_DECLS
