/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-push.h"
#include "sc-chat-record.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ScChatLineState:
 * @SC_CHAT_LINE_SHOWN: the room has it
 * @SC_CHAT_LINE_WAITING: ours; waits for its turn or for the connection, and certainly not sent yet
 * @SC_CHAT_LINE_SENDING: ours; sent, and its echo is awaited
 * @SC_CHAT_LINE_UNCONFIRMED: ours; sent, and no echo came: others may or may not have seen it
 * @SC_CHAT_LINE_FAILED: ours; nobody has seen it, and the line's problem says why
 * @SC_CHAT_LINE_DELETED: somebody deleted it
 *
 * How a line stands.
 */
typedef enum {
  SC_CHAT_LINE_SHOWN,
  SC_CHAT_LINE_WAITING,
  SC_CHAT_LINE_SENDING,
  SC_CHAT_LINE_UNCONFIRMED,
  SC_CHAT_LINE_FAILED,
  SC_CHAT_LINE_DELETED,
} ScChatLineState;

#define SC_TYPE_CHAT_LINE (sc_chat_line_get_type ())
G_DECLARE_FINAL_TYPE (ScChatLine, sc_chat_line, SC, CHAT_LINE, GObject)

ScChatLine *sc_chat_line_new (const ScChatPush *message, gboolean own);
ScChatLine *
sc_chat_line_new_own (const char *user_id, const char *name, ScChatRole role, const char *text);
ScChatLine *sc_chat_line_new_stored (const ScChatRecord *record, gboolean own);

const char *sc_chat_line_get_id (ScChatLine *self);
const char *sc_chat_line_get_user_id (ScChatLine *self);
const char *sc_chat_line_get_name (ScChatLine *self);
ScChatRole sc_chat_line_get_role (ScChatLine *self);
const char *sc_chat_line_get_text (ScChatLine *self);
gint64 sc_chat_line_get_time (ScChatLine *self);
gboolean sc_chat_line_get_own (ScChatLine *self);
gboolean sc_chat_line_get_stored (ScChatLine *self);
ScChatLineState sc_chat_line_get_state (ScChatLine *self);
const GError *sc_chat_line_get_problem (ScChatLine *self);
gint64 sc_chat_line_get_offset (ScChatLine *self);

void sc_chat_line_set_state (ScChatLine *self, ScChatLineState state);
void sc_chat_line_delete (ScChatLine *self);
void sc_chat_line_restore (ScChatLine *self);
void sc_chat_line_fail (ScChatLine *self, const GError *problem);
void sc_chat_line_confirm (ScChatLine *self, const ScChatPush *message);
void sc_chat_line_set_role (ScChatLine *self, ScChatRole role);

/* For the list that has the line: where it stands there, and when it came. */
#define SC_CHAT_LINE_LAST G_MAXINT64

gint64 sc_chat_line_get_order (ScChatLine *self);
void sc_chat_line_set_order (ScChatLine *self, gint64 order);
gint64 sc_chat_line_get_came_at (ScChatLine *self);

G_END_DECLS
