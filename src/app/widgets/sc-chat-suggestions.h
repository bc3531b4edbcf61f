/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-room.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ScChatSuggestions:
 *
 * What a word that is being typed may become, in a popover above the entry.
 */
typedef struct _ScChatSuggestions ScChatSuggestions;

ScChatSuggestions *sc_chat_suggestions_new (GtkWidget *parent, GtkEditable *entry);
void sc_chat_suggestions_free (ScChatSuggestions *self);

void sc_chat_suggestions_update (ScChatSuggestions *self, ScChatRoom *room);
void sc_chat_suggestions_close (ScChatSuggestions *self);
gboolean sc_chat_suggestions_take_key (ScChatSuggestions *self, guint key);

G_END_DECLS
