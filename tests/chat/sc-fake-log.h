/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-page.h"

#include <libdex.h>

G_BEGIN_DECLS

/**
 * ScFakeLog:
 *
 * What was said in a channel or in a recording, as our API gives it, and as late as the test says.
 */
typedef struct _ScFakeLog ScFakeLog;

ScFakeLog *sc_fake_log_new (void);
void sc_fake_log_free (ScFakeLog *self);

void sc_fake_log_store (ScFakeLog *self, const char *id, const char *user_id, gint64 time);
void sc_fake_log_store_at (ScFakeLog *self, const char *id, gint64 offset_ms);
void sc_fake_log_set_text (ScFakeLog *self, const char *id, const char *text);
void sc_fake_log_remove (ScFakeLog *self, const char *id);
void sc_fake_log_fail (ScFakeLog *self, guint n_times);
guint sc_fake_log_count_asked (ScFakeLog *self);

ScChatPage *
sc_fake_log_get_page (ScFakeLog *self, const char *before, const char *after, guint limit);
DexFuture *sc_fake_log_ask (const char *before, const char *after, guint limit, gpointer user_data);
DexFuture *sc_fake_log_ask_replay (gint64 from_ms,
                                   gint64 before_ms,
                                   const char *cursor,
                                   guint limit,
                                   gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScFakeLog, sc_fake_log_free)

G_END_DECLS
