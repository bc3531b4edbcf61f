/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the buttons and keys of a player do, wherever its picture is. Without a player, nothing. */

#include "config.h"

#include "sc-player-actions.h"

#include "sc-player-closures.h"

#define VOLUME_STEP 0.05

/**
 * sc_player_actions_play_or_pause:
 * @player: (nullable): a player
 *
 * Has it go on, from the beginning if what it plays is over, or holds it.
 */
void
sc_player_actions_play_or_pause (ScPlayer *player)
{
  if (player &&
      sc_player_view_is_over (sc_player_get_state (player), sc_player_get_duration (player)))
    sc_player_seek (player, 0, TRUE);
  else if (player)
    sc_player_set_paused (player, !sc_player_get_paused (player));
}

/**
 * sc_player_actions_mute_or_not:
 * @player: (nullable): a player
 *
 * Mutes it, or lets it be heard again.
 */
void
sc_player_actions_mute_or_not (ScPlayer *player)
{
  if (player)
    sc_player_set_muted (player, !sc_player_get_muted (player));
}

/**
 * sc_player_actions_step_volume:
 * @player: (nullable): a player
 * @steps: how many steps louder; less than 0 for quieter
 *
 * Has it louder or quieter, and heard.
 */
void
sc_player_actions_step_volume (ScPlayer *player, int steps)
{
  if (!player)
    return;
  sc_player_set_muted (player, FALSE);
  sc_player_set_volume (player, sc_player_get_volume (player) + steps * VOLUME_STEP);
}

/**
 * sc_player_actions_return_to_live:
 * @player: (nullable): a player
 *
 * Shows the newest there is of a live stream. Going on is part of it: nobody returns to a picture
 * that stands, or to a stream that is over.
 */
void
sc_player_actions_return_to_live (ScPlayer *player)
{
  if (!player || sc_player_live_get_over (sc_player_get_live (player)))
    return;
  sc_player_live_return_to_live (sc_player_get_live (player));
  sc_player_set_paused (player, FALSE);
}
