/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-coming.h"
#include "sc-chat-list.h"

G_BEGIN_DECLS

/* For the files of the list alone: sc-chat-list.c has what comes and what is dropped,
 * sc-chat-list-changes.c what becomes of lines that are there. */

struct _ScChatList {
  GObject parent_instance;

  GPtrArray *lines; /* on show */
  ScChatComing *coming;
  GPtrArray *hidden; /* kept, in case they may be shown again */
  GHashTable *by_id; /* of all; the lines own the keys */
  ScChatSieve *sieve;
  guint max;
  gboolean reading_back;
  gint64 floor; /* what is not above it, was dropped by its age */
  gint64 gap;   /* what is not above it, is to be dropped as soon as nobody reads there */
};

void sc_chat_list_tell (ScChatList *self, guint position, guint n_removed, guint n_added);
void sc_chat_list_remember (ScChatList *self, ScChatLine *line);
void sc_chat_list_forget (ScChatList *self, ScChatLine *line);
void sc_chat_list_forget_first (ScChatList *self, GPtrArray *lines, guint n);
guint sc_chat_list_count_sent (ScChatList *self);
void sc_chat_list_make_room (ScChatList *self, guint n);
void sc_chat_list_insert (ScChatList *self, GPtrArray *from, guint n);
gboolean sc_chat_list_is_to_hide (ScChatList *self, ScChatLine *line);
void sc_chat_list_hide (ScChatList *self, ScChatLine *line);

G_END_DECLS
