/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-room.h"
#include "sc-session.h"

G_BEGIN_DECLS

ScChatRoom *sc_channel_chat_new (ScSession *session, const char *name);

G_END_DECLS
