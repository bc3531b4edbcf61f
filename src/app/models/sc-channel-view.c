/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-channel-view.h"

/* The origin can be a moment behind the event that made the channel live, and a streamer's encoder
 * that reconnects needs seconds: 0.5, 1, 2, 4, 8 s. */
#define RETRY_FIRST_MS 500
#define RETRIES 5

/* A stream that was played to its end is over, and the word of that comes within seconds; only if
 * none comes was it a pause of the encoder (Amazon IVS writes ENDLIST for those too). */
#define ENDED_MS 10000

/**
 * sc_channel_view_from_facts:
 * @facts: what is known of a channel and of the player
 *
 * Whether somebody streams is the channel's to say, not the player's; but a player that is seconds
 * behind, or paused, still has pictures when the stream is over, and nobody is to lose them.
 *
 * Returns: what to show
 */
ScChannelView
sc_channel_view_from_facts (const ScChannelViewFacts *facts)
{
  if (!facts->known)
    return facts->failed ? SC_CHANNEL_VIEW_CHANNEL_ERROR : SC_CHANNEL_VIEW_LOADING;
  if (!facts->live)
    return facts->plays_out ? SC_CHANNEL_VIEW_WATCHING : SC_CHANNEL_VIEW_OFFLINE;
  if (facts->gave_up)
    return SC_CHANNEL_VIEW_PLAYER_ERROR;
  return SC_CHANNEL_VIEW_WATCHING;
}

/**
 * sc_channel_view_has_more:
 * @state: of the player of a stream that is over
 * @trouble: why its picture stands, if it does
 *
 * Returns: whether it has more to show, or may get it
 */
gboolean
sc_channel_view_has_more (ScPlayerState state, ScLiveTrouble trouble)
{
  if (state == SC_PLAYER_LOADING) /* what the server still has, the network may bring */
    return trouble == SC_LIVE_SLOW || trouble == SC_LIVE_LOST;
  return state == SC_PLAYER_PLAYING || state == SC_PLAYER_PAUSED;
}

/**
 * sc_channel_view_retry_ms:
 * @error: (nullable): why the player has no picture while the channel is live, an error of
 *   %SC_PLAYER_ERROR; %NULL if it played to the end
 * @attempt: how many times it was opened again since it last played
 *
 * Returns: when to open it again, in milliseconds; 0 for not by itself
 */
guint
sc_channel_view_retry_ms (const GError *error, guint attempt)
{
  gboolean may_pass = g_error_matches (error, SC_PLAYER_ERROR, SC_PLAYER_ERROR_OFFLINE) ||
                      g_error_matches (error, SC_PLAYER_ERROR, SC_PLAYER_ERROR_NETWORK) ||
                      g_error_matches (error, SC_PLAYER_ERROR, SC_PLAYER_ERROR_DECODE);
  if (!error)
    return ENDED_MS;
  return may_pass && attempt < RETRIES ? RETRY_FIRST_MS << attempt : 0;
}
