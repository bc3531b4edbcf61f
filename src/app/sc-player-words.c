/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the player's errors are called on screen. */

#include "config.h"

#include "sc-player-words.h"

#include "sc-player-error.h"

#include <glib/gi18n.h>

static const struct {
  ScPlayerError code;
  ScErrorWords words;
} player_words[] = {
  { SC_PLAYER_ERROR_OFFLINE,
    { N_ ("No Picture Yet"),
      N_ ("The stream should be there and is not. Try again in a moment."),
      "video-x-generic-symbolic" } },
  { SC_PLAYER_ERROR_NETWORK,
    { N_ ("Cannot Load the Stream"),
      N_ ("The video server could not be reached. Check that you are online, then try again."),
      "network-offline-symbolic" } },
  { SC_PLAYER_ERROR_FORBIDDEN,
    { N_ ("You May Not Watch This Stream"),
      N_ ("The video server refuses to show it to you."),
      "security-low-symbolic" } },
  { SC_PLAYER_ERROR_MISSING_CODEC,
    { N_ ("A Decoder Is Missing"),
      N_ ("Install what the details name, then try again."),
      "video-x-generic-symbolic" } },
  { SC_PLAYER_ERROR_DECODE,
    { N_ ("The Stream Cannot Be Shown"),
      N_ ("What arrived is no picture that can be understood."),
      "video-x-generic-symbolic" } },
  { SC_PLAYER_ERROR_OUTPUT,
    { N_ ("No Picture or Sound on This Machine"),
      N_ ("The stream is there, but this machine could not put it out."),
      "video-display-symbolic" } },
};

/**
 * sc_player_words_find:
 * @error: an error of any domain
 *
 * Returns: (transfer none) (nullable): what to call it, not yet translated; %NULL for other domains
 */
const ScErrorWords *
sc_player_words_find (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (player_words); i++)
    if (g_error_matches (error, SC_PLAYER_ERROR, (int) player_words[i].code))
      return &player_words[i].words;
  return NULL;
}
