/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"

G_BEGIN_DECLS

GPtrArray *sc_chat_sorted_new (void);
guint sc_chat_sorted_get_place (GPtrArray *lines, gint64 order);
gboolean sc_chat_sorted_find (GPtrArray *lines, ScChatLine *line, guint *ret_position);
void
sc_chat_sorted_insert (GPtrArray *lines, guint position, GPtrArray *from, guint start, guint n);
void sc_chat_sorted_add (GPtrArray *lines, ScChatLine *line);
void sc_chat_sorted_sort (GPtrArray *lines);

G_END_DECLS
