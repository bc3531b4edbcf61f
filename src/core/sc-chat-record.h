/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-role.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Ids of Amazon IVS Chat have 12 characters, a user's at most 128 ("CreateChatToken"), a line 500
 * code points, or as many more as somebody has set; the bounds are for what is none of that. */
#define SC_CHAT_ID_MAX 128
#define SC_CHAT_NAME_MAX 128
#define SC_CHAT_RECORD_TEXT_MAX 5000

/**
 * ScChatRecord:
 * @id: the message's id, unique in its room
 * @sent_at: when it was sent, microseconds since the epoch
 * @user_id: who sent it
 * @name: (nullable): the name they had
 * @role: who they were in the room
 * @text: what they said
 * @is_deleted: whether it is gone for all but who moderates
 * @offset_ms: when it is due in a recording, milliseconds after the begin of its picture; -1 where
 * it is not one of a recording's
 *
 * A line of chat that was said before.
 */
typedef struct {
  char *id;
  gint64 sent_at;
  char *user_id;
  char *name;
  ScChatRole role;
  char *text;
  gboolean is_deleted;
  gint64 offset_ms;
} ScChatRecord;

#define SC_TYPE_CHAT_RECORD (sc_chat_record_get_type ())
GType sc_chat_record_get_type (void);

ScChatRecord *sc_chat_record_copy (const ScChatRecord *self);
void sc_chat_record_free (ScChatRecord *self);
ScChatRecord *sc_chat_record_from_json (JsonObject *object, GError **error);
JsonObject *sc_chat_record_to_json (const ScChatRecord *self);
GPtrArray *sc_chat_record_list_from_json (JsonArray *array, guint max, GError **error);
JsonArray *sc_chat_record_list_to_json (GPtrArray *records);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatRecord, sc_chat_record_free)

G_END_DECLS
