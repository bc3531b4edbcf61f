/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who may speak in a room. The room decides in the end; this is so that nobody types in vain. Pure,
 * any thread. */

#include "config.h"

#include "sc-chat-bar.h"

/* The modes at the moment count more than what a token could do when it was made. */
static ScChatBar
judge_modes (const ScChatToken *token, const ScChatModes *modes)
{
  if (token->role >= SC_CHAT_MODERATOR)
    return SC_CHAT_BAR_NONE;
  if (modes->read_only)
    return SC_CHAT_BAR_READ_ONLY;
  return modes->followers_only && !token->follows ? SC_CHAT_BAR_FOLLOWERS_ONLY : SC_CHAT_BAR_NONE;
}

/**
 * sc_chat_bar_judge:
 * @state: how we stand to the room
 * @token: (nullable): who we are in there
 * @modes: how the room is run at the moment
 *
 * Returns: what keeps us from speaking
 */
ScChatBar
sc_chat_bar_judge (ScChatState state, const ScChatToken *token, const ScChatModes *modes)
{
  if (state == SC_CHAT_BANNED)
    return SC_CHAT_BAR_BANNED;
  if (state == SC_CHAT_REMOVED || state == SC_CHAT_REFUSED)
    return SC_CHAT_BAR_OUT;
  if (!token)
    return SC_CHAT_BAR_UNKNOWN;
  gboolean may_send = (token->capabilities & SC_CHAT_SEND) != 0;
  if (token->role == SC_CHAT_GUEST && !may_send)
    return SC_CHAT_BAR_SIGNED_OUT;
  ScChatBar bar = judge_modes (token, modes);
  return bar == SC_CHAT_BAR_NONE && !may_send ? SC_CHAT_BAR_NOT_ALLOWED : bar;
}

/**
 * sc_chat_bar_to_error:
 * @bar: what keeps us from speaking
 *
 * Returns: (transfer full) (nullable): the error of %SC_CHAT_ERROR that says so; %NULL if nothing
 *   does
 */
GError *
sc_chat_bar_to_error (ScChatBar bar)
{
  switch (bar) {
  case SC_CHAT_BAR_NONE:
    return NULL;
  case SC_CHAT_BAR_READ_ONLY:
    return sc_chat_error_new_refused (SC_CHAT_REFUSAL_READ_ONLY, 0);
  case SC_CHAT_BAR_FOLLOWERS_ONLY:
    return sc_chat_error_new_refused (SC_CHAT_REFUSAL_FOLLOWERS_ONLY, 0);
  case SC_CHAT_BAR_UNKNOWN:
  case SC_CHAT_BAR_SIGNED_OUT:
  case SC_CHAT_BAR_OUT:
  case SC_CHAT_BAR_BANNED:
  case SC_CHAT_BAR_NOT_ALLOWED:
  default:
    return g_error_new_literal (SC_CHAT_ERROR, SC_CHAT_ERROR_FORBIDDEN, "May not send messages");
  }
}
