/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_CHAT_ROW (sc_chat_row_get_type ())
G_DECLARE_FINAL_TYPE (ScChatRow, sc_chat_row, SC, CHAT_ROW, GtkWidget)

GtkWidget *sc_chat_row_new (void);

ScChatLine *sc_chat_row_get_line (ScChatRow *self);
void sc_chat_row_set_reader (ScChatRow *self, const char *name);
void sc_chat_row_set_line (ScChatRow *self, ScChatLine *line);
void sc_chat_row_open_menu (ScChatRow *self);

G_END_DECLS
