/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-hooks.h"
#include "sc-cloud.h"
#include "sc-room-token.h"

G_BEGIN_DECLS

/* Connections at once: one machine's load test. Amazon IVS Chat has 50,000. */
#define SC_CHAT_CONNECTIONS_MAX 4096

/* Strangers that have not sent their request yet: nginx in front sends whole ones. The oldest goes
 * for a new one. */
#define SC_CHAT_STRANGERS_MAX 64

/**
 * ScChatClock:
 * @data: the data given with it
 *
 * Returns: a time that only grows, in microseconds
 */
typedef gint64 (*ScChatClock) (gpointer data);

#define SC_TYPE_CHAT_SERVER (sc_chat_server_get_type ())
G_DECLARE_FINAL_TYPE (ScChatServer, sc_chat_server, SC, CHAT_SERVER, GObject)

ScChatServer *sc_chat_server_new (ScCloud *cloud, const ScChatHooks *hooks);
void sc_chat_server_set_clock (ScChatServer *self, ScChatClock clock, gpointer data);
gboolean sc_chat_server_listen (ScChatServer *self, GSocketAddress *address, GError **error);
void sc_chat_server_cut (ScChatServer *self);
void sc_chat_server_close (ScChatServer *self);

char *sc_chat_server_issue_token (ScChatServer *self, ScRoomSession *session, guint minutes);
void sc_chat_server_send_event (ScChatServer *self, const char *room_arn, JsonObject *push);
void sc_chat_server_disconnect (ScChatServer *self, const char *room_arn, const char *user_id);

G_END_DECLS
