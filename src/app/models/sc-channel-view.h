/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-trouble.h"
#include "sc-player-error.h"
#include "sc-player-state.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScChannelView:
 * @SC_CHANNEL_VIEW_LOADING: the channel is being read
 * @SC_CHANNEL_VIEW_WATCHING: the player is on show, with a picture or waiting for one
 * @SC_CHANNEL_VIEW_OFFLINE: nobody streams now
 * @SC_CHANNEL_VIEW_CHANNEL_ERROR: the channel cannot be read
 * @SC_CHANNEL_VIEW_PLAYER_ERROR: the channel is live and the player gave up
 *
 * What the page of a channel shows.
 */
typedef enum {
  SC_CHANNEL_VIEW_LOADING,
  SC_CHANNEL_VIEW_WATCHING,
  SC_CHANNEL_VIEW_OFFLINE,
  SC_CHANNEL_VIEW_CHANNEL_ERROR,
  SC_CHANNEL_VIEW_PLAYER_ERROR,
} ScChannelView;

/**
 * ScChannelViewFacts:
 * @known: whether the channel was read
 * @failed: whether the last attempt to read it failed
 * @live: whether it is live
 * @plays_out: whether the player still shows what it has of a stream that is over
 * @gave_up: whether the player failed and is not opened again by itself
 *
 * All that the view of a channel depends on.
 */
typedef struct {
  gboolean known;
  gboolean failed;
  gboolean live;
  gboolean plays_out;
  gboolean gave_up;
} ScChannelViewFacts;

ScChannelView sc_channel_view_from_facts (const ScChannelViewFacts *facts);
gboolean sc_channel_view_has_more (ScPlayerState state, ScLiveTrouble trouble);
guint sc_channel_view_retry_ms (const GError *error, guint attempt);

G_END_DECLS
