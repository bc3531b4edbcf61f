/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-moderation.h"
#include "sc-chat-room.h"
#include "sc-chat-view.h"
#include "sc-own-channel.h"
#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_COCKPIT_VIEW (sc_cockpit_view_get_type ())
G_DECLARE_FINAL_TYPE (ScCockpitView, sc_cockpit_view, SC, COCKPIT_VIEW, AdwBin)

void sc_cockpit_view_set_channel (ScCockpitView *self,
                                  ScSession *session,
                                  ScOwnChannel *own_channel,
                                  ScChatModeration *moderation,
                                  GSettings *settings);
void sc_cockpit_view_reload (ScCockpitView *self);
ScChatRoom *sc_cockpit_view_get_room (ScCockpitView *self);
ScChatView *sc_cockpit_view_get_chat_view (ScCockpitView *self);
void sc_cockpit_view_focus_chat (ScCockpitView *self);
void sc_cockpit_view_focus_player (ScCockpitView *self);

G_END_DECLS
