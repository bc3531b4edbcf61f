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

/**
 * ScChatSettled:
 * @line: a line of ours
 * @user_data: as given
 *
 * A line is not on its way any more: it failed, or is not confirmed.
 */
typedef void (*ScChatSettled) (ScChatLine *line, gpointer user_data);

ScChatOutbox *sc_chat_outbox_new (const ScChatTiming *timing,
                                  ScChatSend send,
                                  ScChatSettled settled,
                                  gpointer user_data);
void sc_chat_outbox_free (ScChatOutbox *self);

gboolean sc_chat_outbox_put (ScChatOutbox *self, ScChatLine *line);
void sc_chat_outbox_drop (ScChatOutbox *self, ScChatLine *line);
void sc_chat_outbox_go_on (ScChatOutbox *self);
void sc_chat_outbox_set_single (ScChatOutbox *self, gboolean single);
void sc_chat_outbox_hold_until (ScChatOutbox *self, gint64 until);
void sc_chat_outbox_note_time (ScChatOutbox *self, gint64 time);
void sc_chat_outbox_connection_lost (ScChatOutbox *self);
void sc_chat_outbox_give_up (ScChatOutbox *self, const GError *problem);
ScChatLine *sc_chat_outbox_take_echo (ScChatOutbox *self, const ScChatPush *message);
ScChatLine *sc_chat_outbox_take_stored (ScChatOutbox *self, const ScChatPush *message);
gboolean sc_chat_outbox_put_back (ScChatOutbox *self, const char *request_id);
gboolean sc_chat_outbox_refuse (ScChatOutbox *self, const char *request_id, const GError *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatOutbox, sc_chat_outbox_free)

G_END_DECLS
