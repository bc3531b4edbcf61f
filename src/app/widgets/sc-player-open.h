/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player.h"

#include <adwaita.h>

G_BEGIN_DECLS

void sc_player_open_recording_on (ScPlayer *player, GtkWidget *widget, const char *uri);
void sc_player_open_live_on (ScPlayer *player, GtkWidget *widget, const char *uri);

G_END_DECLS
