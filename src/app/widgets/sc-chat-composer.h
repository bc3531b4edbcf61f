/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-moderation.h"
#include "sc-chat-room.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_CHAT_COMPOSER (sc_chat_composer_get_type ())
G_DECLARE_FINAL_TYPE (ScChatComposer, sc_chat_composer, SC, CHAT_COMPOSER, AdwBin)

void sc_chat_composer_mention (ScChatComposer *self, const char *name);

G_END_DECLS
