/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"

G_BEGIN_DECLS

/**
 * ScChatSieve:
 *
 * Which lines are not to be on show: of whom one has blocked, of whom moderators have purged, and
 * what was deleted.
 */
typedef struct _ScChatSieve ScChatSieve;

ScChatSieve *sc_chat_sieve_new (void);
void sc_chat_sieve_free (ScChatSieve *self);

void sc_chat_sieve_set_blocked (ScChatSieve *self, const char *const *user_ids);
void sc_chat_sieve_purge (ScChatSieve *self, const char *user_id, const char *action_id, gint64 at);
gboolean sc_chat_sieve_unpurge (ScChatSieve *self, const char *action_id);
gboolean sc_chat_sieve_hides (ScChatSieve *self, ScChatLine *line);

void sc_chat_sieve_note_deleted (ScChatSieve *self, const char *id);
void sc_chat_sieve_note_restored (ScChatSieve *self, const char *id);
gboolean sc_chat_sieve_is_deleted (ScChatSieve *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatSieve, sc_chat_sieve_free)

G_END_DECLS
