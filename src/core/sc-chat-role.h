/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScChatRole:
 * @SC_CHAT_GUEST: somebody who is not signed in, and only reads
 * @SC_CHAT_VIEWER: somebody with an account
 * @SC_CHAT_MODERATOR: whom the streamer lets moderate
 * @SC_CHAT_STREAMER: whose channel it is
 *
 * Who somebody is in a room; each may what those before may.
 */
typedef enum {
  SC_CHAT_GUEST,
  SC_CHAT_VIEWER,
  SC_CHAT_MODERATOR,
  SC_CHAT_STREAMER,
} ScChatRole;

const char *sc_chat_role_to_string (ScChatRole role);
ScChatRole sc_chat_role_from_string (const char *text);
gboolean
sc_chat_role_read (JsonObject *object, const char *member, ScChatRole *ret_role, GError **error);

G_END_DECLS
