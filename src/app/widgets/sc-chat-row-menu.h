/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ScChatRowMenu:
 *
 * The menu of a row of a chat, and the button to it.
 */
typedef struct _ScChatRowMenu ScChatRowMenu;

ScChatRowMenu *sc_chat_row_menu_new (GtkWidget *row);
void sc_chat_row_menu_free (ScChatRowMenu *self);
void sc_chat_row_menu_open (ScChatRowMenu *self, ScChatLine *line, double x, double y);
void sc_chat_row_menu_show_button (ScChatRowMenu *self, ScChatLine *line);
void sc_chat_row_menu_allocate (ScChatRowMenu *self, int width);

G_END_DECLS
