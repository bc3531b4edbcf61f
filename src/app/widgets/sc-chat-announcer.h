/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ScChatAnnouncer:
 *
 * Tells screen readers what is said in a chat.
 */
typedef struct _ScChatAnnouncer ScChatAnnouncer;

ScChatAnnouncer *sc_chat_announcer_new (GtkAccessible *list);
void sc_chat_announcer_free (ScChatAnnouncer *self);
void sc_chat_announcer_tell (ScChatAnnouncer *self, GListModel *lines, guint n_lines);

G_END_DECLS
