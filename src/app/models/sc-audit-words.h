/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-ban.h"
#include "sc-moderation-action.h"

G_BEGIN_DECLS

const char *sc_rule_words (const char *rule);
char *sc_audit_words (const ScModerationActionFields *action);
char *sc_audit_details (const ScModerationActionFields *action, gint64 now, GTimeZone *zone);
char *sc_ban_words (const ScChatBanFields *ban, GTimeZone *zone);
char *sc_ban_details (const ScChatBanFields *ban, gint64 now, GTimeZone *zone);

G_END_DECLS
