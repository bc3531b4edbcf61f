/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"
#include "sc-chat-timing.h"

G_BEGIN_DECLS

/* Lines that wait for their turn or their echo at most: who types more than this while the
 * connection is away is told so. */
#define SC_CHAT_OUTBOX_MAX 20

/**
 * ScChatOutbox:
 *
 * What we say, until the room has it.
 */
typedef struct _ScChatOutbox ScChatOutbox;

ScChatOutbox *sc_chat_outbox_new (const ScChatTiming *timing, ScChatSend send, gpointer user_data);
void sc_chat_outbox_free (ScChatOutbox *self);

gboolean sc_chat_outbox_put (ScChatOutbox *self, ScChatLine *line);
void sc_chat_outbox_drop (ScChatOutbox *self, ScChatLine *line);
void sc_chat_outbox_go_on (ScChatOutbox *self);
void sc_chat_outbox_connection_lost (ScChatOutbox *self);
void sc_chat_outbox_give_up (ScChatOutbox *self, const GError *problem);
ScChatLine *sc_chat_outbox_take_echo (ScChatOutbox *self, const ScChatPush *message);
gboolean sc_chat_outbox_refuse (ScChatOutbox *self, const char *request_id, const GError *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatOutbox, sc_chat_outbox_free)

G_END_DECLS
