/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-film-strip.h"
#include "sc-player.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_SEEK_BAR (sc_seek_bar_get_type ())
G_DECLARE_FINAL_TYPE (ScSeekBar, sc_seek_bar, SC, SEEK_BAR, AdwBin)

void sc_seek_bar_set_film_strip (ScSeekBar *self, ScFilmStrip *strip);
void sc_seek_bar_set_chapters (ScSeekBar *self, GListModel *chapters);
void sc_seek_bar_set_player (ScSeekBar *self, ScPlayer *player);

G_END_DECLS
