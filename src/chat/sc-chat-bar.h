/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-link.h"

G_BEGIN_DECLS

/**
 * ScChatBar:
 * @SC_CHAT_BAR_NONE: nothing: one may speak, as fast as the room lets one
 * @SC_CHAT_BAR_UNKNOWN: it is not known yet who we are in the room
 * @SC_CHAT_BAR_SIGNED_OUT: whoever is not signed in only reads
 * @SC_CHAT_BAR_OUT: removed from the room, or there is no way in
 * @SC_CHAT_BAR_BANNED: banned or timed out
 * @SC_CHAT_BAR_READ_ONLY: only the streamer and moderators speak at the moment
 * @SC_CHAT_BAR_FOLLOWERS_ONLY: only who follows the channel speaks at the moment
 * @SC_CHAT_BAR_NOT_ALLOWED: the room does not say why
 *
 * What keeps us from speaking in a room.
 */
typedef enum {
  SC_CHAT_BAR_NONE,
  SC_CHAT_BAR_UNKNOWN,
  SC_CHAT_BAR_SIGNED_OUT,
  SC_CHAT_BAR_OUT,
  SC_CHAT_BAR_BANNED,
  SC_CHAT_BAR_READ_ONLY,
  SC_CHAT_BAR_FOLLOWERS_ONLY,
  SC_CHAT_BAR_NOT_ALLOWED,
} ScChatBar;

ScChatBar sc_chat_bar_judge (ScChatState state, const ScChatToken *token, const ScChatModes *modes);
GError *sc_chat_bar_to_error (ScChatBar bar);

G_END_DECLS
