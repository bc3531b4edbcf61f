/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-sieve.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Lines on show at most, so that hours of chat cost what minutes do (users' usual wish for
 * scrollback; settable). When there would be more, the oldest tenth goes at once, so that the view
 * does not move for each line. */
#define SC_CHAT_LIST_MAX 1000
#define SC_CHAT_LIST_LEAST 100

/* So many more there may be while somebody reads further up. */
#define SC_CHAT_LIST_BACK 5000

#define SC_TYPE_CHAT_LIST (sc_chat_list_get_type ())
G_DECLARE_FINAL_TYPE (ScChatList, sc_chat_list, SC, CHAT_LIST, GObject)

ScChatList *sc_chat_list_new (guint batch_ms);
ScChatSieve *sc_chat_list_get_sieve (ScChatList *self);
void sc_chat_list_sift (ScChatList *self);

guint sc_chat_list_get_max (ScChatList *self);
void sc_chat_list_set_max (ScChatList *self, guint max_lines);
void sc_chat_list_set_reading_back (ScChatList *self, gboolean reading_back);
gboolean sc_chat_list_is_full (ScChatList *self);
void sc_chat_list_set_picture_time (ScChatList *self, gint64 picture_us);

ScChatLine *sc_chat_list_find (ScChatList *self, const char *id);
ScChatLine *sc_chat_list_find_held (ScChatList *self, const char *text, gint64 before);
const char *sc_chat_list_find_person (ScChatList *self, const char *name);
gint64 sc_chat_list_get_first_order (ScChatList *self);
void sc_chat_list_add (ScChatList *self, ScChatLine *line);
void sc_chat_list_add_now (ScChatList *self, ScChatLine *line);
guint sc_chat_list_merge (ScChatList *self, GPtrArray *lines, gboolean older);
void sc_chat_list_remove (ScChatList *self, ScChatLine *line);
void sc_chat_list_drop_before (ScChatList *self, gint64 order);
void sc_chat_list_confirm (ScChatList *self, ScChatLine *line, const ScChatPush *message);
void sc_chat_list_settle (ScChatList *self, ScChatLine *line);
void sc_chat_list_replace (ScChatList *self, GPtrArray *lines);
GPtrArray *sc_chat_list_take_after (ScChatList *self, gint64 order);

G_END_DECLS
