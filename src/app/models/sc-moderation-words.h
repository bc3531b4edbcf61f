/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-moderation-action.h"

G_BEGIN_DECLS

char *sc_moderation_done_words (const ScModerationActionFields *action);
char *sc_moderation_undone_words (const ScModerationActionFields *action);
char *sc_moderation_pending_words (const char *done);
const char *sc_moderation_failure_words (const GError *error);
char *sc_moderation_duration_words (gint64 seconds);

G_END_DECLS
