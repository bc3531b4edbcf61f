/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"
#include "sc-chat-link.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SC_TYPE_CHAT_ROOM (sc_chat_room_get_type ())
G_DECLARE_FINAL_TYPE (ScChatRoom, sc_chat_room, SC, CHAT_ROOM, GObject)

ScChatRoom *sc_chat_room_new (ScChatTokenFunc ask,
                              gpointer user_data,
                              GDestroyNotify free_user_data,
                              const ScChatTiming *timing);

void sc_chat_room_start (ScChatRoom *self);
void sc_chat_room_stop (ScChatRoom *self);
void sc_chat_room_change_person (ScChatRoom *self);

GListModel *sc_chat_room_get_lines (ScChatRoom *self);
ScChatState sc_chat_room_get_state (ScChatRoom *self);
const GError *sc_chat_room_get_error (ScChatRoom *self);
ScChatCapabilities sc_chat_room_get_capabilities (ScChatRoom *self);
const char *sc_chat_room_get_reason (ScChatRoom *self);

gboolean sc_chat_room_send (ScChatRoom *self, const char *text, GError **error);
gboolean sc_chat_room_send_again (ScChatRoom *self, ScChatLine *line, GError **error);
void sc_chat_room_discard (ScChatRoom *self, ScChatLine *line);

DexFuture *sc_chat_room_delete_line (ScChatRoom *self, ScChatLine *line);
DexFuture *sc_chat_room_remove_person (ScChatRoom *self, ScChatLine *line);

G_END_DECLS
