/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-ban.h"
#include "sc-chat-record.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many of a person's lines their card has at most. */
#define SC_CHAT_PERSON_LINES_MAX 50

/**
 * ScChatPerson:
 * @user_id: who it is in the room
 * @name: (nullable): what they are called
 * @avatar_url: (nullable): where their picture is
 * @role: who they are in the room
 * @since: since when they have their account, microseconds since the epoch; 0 where unknown
 * @follows: whether they follow the channel
 * @ban: (nullable): the ban or timeout that holds
 * @lines: (nullable) (element-type ScChatRecord): what they said last, the newest first
 * @actions: (nullable) (element-type ScModerationAction): what was done about them, the newest
 * first
 *
 * What is to know about a person in a room. Who does not moderate there gets the first five; @lines
 * and @actions are then %NULL.
 */
typedef struct {
  char *user_id;
  char *name;
  char *avatar_url;
  ScChatRole role;
  gint64 since;
  gboolean follows;
  ScChatBan *ban;
  GPtrArray *lines;
  GListStore *actions;
} ScChatPerson;

#define SC_TYPE_CHAT_PERSON (sc_chat_person_get_type ())
GType sc_chat_person_get_type (void);

ScChatPerson *sc_chat_person_copy (const ScChatPerson *self);
void sc_chat_person_free (ScChatPerson *self);
ScChatPerson *sc_chat_person_from_json (JsonObject *object, GError **error);
JsonObject *sc_chat_person_to_json (const ScChatPerson *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatPerson, sc_chat_person_free)

G_END_DECLS
