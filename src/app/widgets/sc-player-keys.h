/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player-view.h"

G_BEGIN_DECLS

void sc_player_keys_add (GtkWidget *page, ScPlayerView *view);
void sc_player_keys_add_live (GtkWidget *page, ScPlayerView *view);
void sc_player_keys_add_seeking (GtkWidget *page, ScPlayerView *view);

G_END_DECLS
