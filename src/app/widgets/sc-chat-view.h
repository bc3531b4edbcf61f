/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-moderation.h"
#include "sc-chat-room.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_CHAT_VIEW (sc_chat_view_get_type ())
G_DECLARE_FINAL_TYPE (ScChatView, sc_chat_view, SC, CHAT_VIEW, AdwBin)

void sc_chat_view_set_lines (ScChatView *self, GListModel *lines);
ScChatRoom *sc_chat_view_get_room (ScChatView *self);
ScChatModeration *sc_chat_view_get_moderation (ScChatView *self);
gboolean sc_chat_view_get_following (ScChatView *self);

gboolean sc_chat_view_has_cards (ScChatView *self);
void sc_chat_view_request_person (ScChatView *self, ScChatLine *line);
gboolean sc_chat_view_takes_reports (ScChatView *self);
void sc_chat_view_request_report (ScChatView *self, ScChatLine *line);

G_END_DECLS
