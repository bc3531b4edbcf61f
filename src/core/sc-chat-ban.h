/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScChatBanFields:
 * @user_id: who it is against
 * @name: (nullable): what they are called
 * @until: when it ends, microseconds since the epoch; 0 for not by itself
 * @reason: (nullable): why
 * @by: (nullable): the name of who did it
 * @at: since when, microseconds since the epoch
 *
 * All that is said of a ban.
 */
typedef struct {
  const char *user_id;
  const char *name;
  gint64 until;
  const char *reason;
  const char *by;
  gint64 at;
} ScChatBanFields;

#define SC_TYPE_CHAT_BAN (sc_chat_ban_get_type ())
G_DECLARE_FINAL_TYPE (ScChatBan, sc_chat_ban, SC, CHAT_BAN, GObject)

ScChatBan *sc_chat_ban_new (const ScChatBanFields *fields);
ScChatBan *sc_chat_ban_from_json (JsonObject *object, GError **error);
JsonObject *sc_chat_ban_to_json (ScChatBan *self);
const ScChatBanFields *sc_chat_ban_get_fields (ScChatBan *self);

G_END_DECLS
