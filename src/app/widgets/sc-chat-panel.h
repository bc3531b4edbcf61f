/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-view.h"
#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_CHAT_PANEL (sc_chat_panel_get_type ())
G_DECLARE_FINAL_TYPE (ScChatPanel, sc_chat_panel, SC, CHAT_PANEL, AdwBin)

ScChatRoom *sc_chat_panel_get_room (ScChatPanel *self);
ScChatView *sc_chat_panel_get_view (ScChatPanel *self);
void sc_chat_panel_take_focus (ScChatPanel *self);

G_END_DECLS
