/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"

G_BEGIN_DECLS

/* For so long what was done can be undone; the server allows a little more, for the way there. */
#define SC_CHAT_UNDO_SECONDS 10

#define SC_TYPE_CHAT_MODERATION (sc_chat_moderation_get_type ())
G_DECLARE_FINAL_TYPE (ScChatModeration, sc_chat_moderation, SC, CHAT_MODERATION, GObject)

ScChatModeration *sc_chat_moderation_new (ScClient *client, const char *channel);

ScClient *sc_chat_moderation_get_client (ScChatModeration *self);
const char *sc_chat_moderation_get_channel (ScChatModeration *self);

void sc_chat_moderation_act (ScChatModeration *self, const ScModerationOrder *order);
void sc_chat_moderation_undo (ScChatModeration *self, ScModerationAction *action);
const ScChatModes *sc_chat_moderation_get_modes (ScChatModeration *self, const ScChatModes *known);
void sc_chat_moderation_set_modes (ScChatModeration *self,
                                   const ScChatModes *known,
                                   const ScChatModes *modes);
void
sc_chat_moderation_set_moderator (ScChatModeration *self, const char *name, gboolean moderates);
ScModerationAction *sc_chat_moderation_get_undoable (ScChatModeration *self);

G_END_DECLS
