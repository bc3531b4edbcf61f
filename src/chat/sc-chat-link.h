/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-error.h"
#include "sc-chat-timing.h"
#include "sc-chat-token.h"

#include <libdex.h>

G_BEGIN_DECLS

/**
 * ScChatState:
 * @SC_CHAT_IDLE: not started, or stopped
 * @SC_CHAT_CONNECTING: on the way into the room
 * @SC_CHAT_OPEN: in the room
 * @SC_CHAT_WAITING: out of the room, and coming back after a while
 * @SC_CHAT_REMOVED: somebody removed us from the room; we come back only when told to
 * @SC_CHAT_REFUSED: there is no way in; we try again only when told to
 * @SC_CHAT_BANNED: there is no way in until a time, or for good; the error says until when
 *   (sc_chat_error_get_until()) and why. We ask now and then whether that is still so
 *
 * How we stand to a room.
 */
typedef enum {
  SC_CHAT_IDLE,
  SC_CHAT_CONNECTING,
  SC_CHAT_OPEN,
  SC_CHAT_WAITING,
  SC_CHAT_REMOVED,
  SC_CHAT_REFUSED,
  SC_CHAT_BANNED,
} ScChatState;

/**
 * ScChatTokenFunc:
 * @user_data: as given
 *
 * Gets a token, which opens one connection. Rejects with %SC_CHAT_ERROR_REFUSED where there is no
 * use in asking again, and with %SC_CHAT_ERROR_BANNED (sc_chat_error_new_banned()) while there is
 * none; any other error passes.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHAT_TOKEN
 */
typedef DexFuture *(*ScChatTokenFunc) (gpointer user_data);

#define SC_TYPE_CHAT_LINK (sc_chat_link_get_type ())
G_DECLARE_FINAL_TYPE (ScChatLink, sc_chat_link, SC, CHAT_LINK, GObject)

ScChatLink *sc_chat_link_new (ScChatTokenFunc ask,
                              gpointer user_data,
                              GDestroyNotify free_user_data,
                              const ScChatTiming *timing);

void sc_chat_link_start (ScChatLink *self);
void sc_chat_link_leave (ScChatLink *self, ScChatState state);
void sc_chat_link_ban (ScChatLink *self, const GError *error);
void sc_chat_link_renew (ScChatLink *self);
void sc_chat_link_change_person (ScChatLink *self);
gboolean sc_chat_link_send (ScChatLink *self, const char *request);

ScChatState sc_chat_link_get_state (ScChatLink *self);
const GError *sc_chat_link_get_error (ScChatLink *self);
const ScChatToken *sc_chat_link_get_token (ScChatLink *self);

G_END_DECLS
