/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-hooks.h"
#include "sc-cloud.h"

G_BEGIN_DECLS

#define SC_TYPE_CHAT_SERVER (sc_chat_server_get_type ())
G_DECLARE_FINAL_TYPE (ScChatServer, sc_chat_server, SC, CHAT_SERVER, GObject)

ScChatServer *sc_chat_server_new (ScCloud *cloud, const ScChatHooks *hooks);
gboolean sc_chat_server_listen (ScChatServer *self, GSocketAddress *address, GError **error);
void sc_chat_server_close (ScChatServer *self);

G_END_DECLS
