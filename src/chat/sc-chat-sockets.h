/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-token.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define SC_TYPE_CHAT_SOCKETS (sc_chat_sockets_get_type ())
G_DECLARE_FINAL_TYPE (ScChatSockets, sc_chat_sockets, SC, CHAT_SOCKETS, GObject)

ScChatSockets *sc_chat_sockets_new (guint drain_ms);

void sc_chat_sockets_connect (ScChatSockets *self, const ScChatToken *token);
void sc_chat_sockets_drop_next (ScChatSockets *self);
gboolean sc_chat_sockets_drop_all (ScChatSockets *self);
void sc_chat_sockets_silence (ScChatSockets *self);
gboolean sc_chat_sockets_send (ScChatSockets *self, const char *request);

gboolean sc_chat_sockets_has_current (ScChatSockets *self);
gboolean sc_chat_sockets_has_next (ScChatSockets *self);
gboolean sc_chat_sockets_is_silenced (ScChatSockets *self);

G_END_DECLS
