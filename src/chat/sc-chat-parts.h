/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-push.h"

G_BEGIN_DECLS

/**
 * ScChatParts:
 *
 * Messages that come in parts, until all parts are there.
 */
typedef struct _ScChatParts ScChatParts;

ScChatParts *sc_chat_parts_new (void);
void sc_chat_parts_free (ScChatParts *self);
ScChatPush *sc_chat_parts_take (ScChatParts *self, const ScChatPush *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatParts, sc_chat_parts_free)

G_END_DECLS
