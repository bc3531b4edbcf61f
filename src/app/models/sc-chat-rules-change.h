/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-settings.h"

G_BEGIN_DECLS

gboolean sc_chat_rules_differ (const ScChatSettings *a, const ScChatSettings *b);

G_END_DECLS
