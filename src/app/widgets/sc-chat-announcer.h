/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScChatAnnouncer:
 *
 * Tells screen readers what is said in a chat.
 */
typedef struct _ScChatAnnouncer ScChatAnnouncer;

/* Has a screen reader say @words, when nothing more important is being read. */
typedef void (*ScChatAnnounce) (const char *words, gpointer user_data);

ScChatAnnouncer *
sc_chat_announcer_new (ScChatAnnounce announce, gpointer user_data, guint pause_ms);
void sc_chat_announcer_free (ScChatAnnouncer *self);
void sc_chat_announcer_tell (ScChatAnnouncer *self, GListModel *lines, guint n_lines);

G_END_DECLS
