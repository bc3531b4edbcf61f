/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-push.h"

#include <libdex.h>

G_BEGIN_DECLS

/**
 * ScChatOrders:
 *
 * What a moderator told the room to do, until the room has done it.
 */
typedef struct _ScChatOrders ScChatOrders;

ScChatOrders *sc_chat_orders_new (guint patience_ms, ScChatSend send, gpointer user_data);
void sc_chat_orders_free (ScChatOrders *self);

DexFuture *sc_chat_orders_delete (ScChatOrders *self, const char *message_id);
DexFuture *sc_chat_orders_disconnect (ScChatOrders *self, const char *user_id);
gboolean sc_chat_orders_refuse (ScChatOrders *self, const char *request_id, const GError *problem);
void sc_chat_orders_done (ScChatOrders *self, const char *request_id, const char *target);
void sc_chat_orders_give_up (ScChatOrders *self, const GError *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatOrders, sc_chat_orders_free)

G_END_DECLS
