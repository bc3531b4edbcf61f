/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-command.h"

G_BEGIN_DECLS

char *sc_chat_command_words (const GError *error, const ScChatCommandInfo *nearest);

G_END_DECLS
