/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-moderation.h"
#include "sc-chat-room.h"
#include "sc-chat-view.h"
#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_CHAT_TOOLS (sc_chat_tools_get_type ())
G_DECLARE_FINAL_TYPE (ScChatTools, sc_chat_tools, SC, CHAT_TOOLS, AdwBin)

void sc_chat_tools_set_mode (ScChatTools *self, ScStreamerMode *mode);
void sc_chat_tools_set_chat (ScChatTools *self,
                             ScChatModeration *moderation,
                             ScChatRoom *room,
                             ScChatView *view,
                             GSettings *settings);
void sc_chat_tools_set_own_chat (ScChatTools *self,
                                 ScChatModeration *moderation,
                                 ScChatRoom *room,
                                 ScChatView *view,
                                 GSettings *settings);

G_END_DECLS
