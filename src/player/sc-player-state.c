/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-player-state.h"

/**
 * sc_player_state_from_facts:
 * @facts: what is known about playback
 *
 * Returns: the state to show; a viewer's pause goes before a buffer that runs dry
 */
ScPlayerState
sc_player_state_from_facts (const ScPlayerFacts *facts)
{
  if (facts->failed)
    return SC_PLAYER_FAILED;
  if (facts->ended)
    return SC_PLAYER_ENDED;
  if (!facts->open)
    return SC_PLAYER_IDLE;
  if (!facts->prerolled)
    return SC_PLAYER_LOADING;
  if (facts->paused)
    return SC_PLAYER_PAUSED;
  gboolean waits = facts->seeking || facts->standing || facts->buffering < SC_PLAYER_BUFFER_FULL;
  return waits ? SC_PLAYER_LOADING : SC_PLAYER_PLAYING;
}

/**
 * sc_player_facts_want_playing:
 * @facts: what is known about playback
 *
 * Returns: %TRUE if the pipeline's clock should run; %FALSE if it should hold the frame that it has
 */
gboolean
sc_player_facts_want_playing (const ScPlayerFacts *facts)
{
  return facts->open && !facts->paused && facts->buffering >= SC_PLAYER_BUFFER_FULL;
}
