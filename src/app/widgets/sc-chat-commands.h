/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-command.h"
#include "sc-chat-moderation.h"
#include "sc-chat-room.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

char *sc_chat_commands_run (GtkWidget *widget,
                            ScChatRoom *room,
                            ScChatModeration *moderation,
                            const ScChatCommand *command);

G_END_DECLS
