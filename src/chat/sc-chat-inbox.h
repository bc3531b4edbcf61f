/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ScChatInbox:
 *
 * What a connection brought and nobody has looked at yet.
 */
typedef struct _ScChatInbox ScChatInbox;

/**
 * ScChatInboxFunc:
 * @message: JSON, foreign
 * @owner: as given
 *
 * Looks at a message; may clear the inbox.
 */
typedef void (*ScChatInboxFunc) (GBytes *message, GObject *owner);

ScChatInbox *sc_chat_inbox_new (ScChatInboxFunc take, GObject *owner);
void sc_chat_inbox_free (ScChatInbox *self);
void sc_chat_inbox_add (ScChatInbox *self, GBytes *message);
void sc_chat_inbox_deliver_all (ScChatInbox *self);
void sc_chat_inbox_clear (ScChatInbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatInbox, sc_chat_inbox_free)

G_END_DECLS
