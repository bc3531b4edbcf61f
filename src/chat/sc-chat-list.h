/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Lines on show at most, so that hours of chat cost what minutes do; when there would be more, the
 * oldest go together, down to the second number, so that the view does not move for each line. */
#define SC_CHAT_LIST_MAX 500
#define SC_CHAT_LIST_KEPT 450

#define SC_TYPE_CHAT_LIST (sc_chat_list_get_type ())
G_DECLARE_FINAL_TYPE (ScChatList, sc_chat_list, SC, CHAT_LIST, GObject)

ScChatList *sc_chat_list_new (guint batch_ms);

void sc_chat_list_add (ScChatList *self, ScChatLine *line);
void sc_chat_list_add_now (ScChatList *self, ScChatLine *line);
void sc_chat_list_remove (ScChatList *self, ScChatLine *line);
ScChatLine *sc_chat_list_find (ScChatList *self, const char *id);
void sc_chat_list_confirm (ScChatList *self, ScChatLine *line, const ScChatPush *message);

G_END_DECLS
