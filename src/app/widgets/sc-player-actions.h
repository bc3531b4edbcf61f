/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player.h"

G_BEGIN_DECLS

void sc_player_actions_play_or_pause (ScPlayer *player);
void sc_player_actions_mute_or_not (ScPlayer *player);
void sc_player_actions_step_volume (ScPlayer *player, int steps);
void sc_player_actions_return_to_live (ScPlayer *player);

G_END_DECLS
