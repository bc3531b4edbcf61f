/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-page.h"
#include "sc-chat-timing.h"

#include <libdex.h>

G_BEGIN_DECLS

/**
 * ScChatHistoryFunc:
 * @before: (nullable): a page's "older": what was said before that page is asked for
 * @after: (nullable): a page's "newer": what has been stored since then is asked for; with neither,
 *   the newest lines are
 * @limit: how many lines at most
 * @user_data: as given
 *
 * Asks for a page of what was said in the channel before.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHAT_PAGE
 */
typedef DexFuture *(*ScChatHistoryFunc) (const char *before,
                                         const char *after,
                                         guint limit,
                                         gpointer user_data);

/**
 * ScChatHistoryTake:
 * @page: some of what was said
 * @older: whether somebody asked for what is above all others
 * @user_data: as given
 *
 * Takes a page.
 *
 * Returns: how many of its lines were not known
 */
typedef guint (*ScChatHistoryTake) (const ScChatPage *page, gboolean older, gpointer user_data);

/**
 * ScChatHistoryGap:
 * @time: when the first line after it was said, microseconds since the epoch
 * @user_data: as given
 *
 * Too much was said meanwhile: there is a gap before this time.
 */
typedef void (*ScChatHistoryGap) (gint64 time, gpointer user_data);

/**
 * ScChatHistoryCheck:
 * @page: some of what was said
 * @until: up to when the log has everything for sure, microseconds since the epoch
 * @user_data: as given
 *
 * What should be on this page and is not, was taken away meanwhile.
 */
typedef void (*ScChatHistoryCheck) (const ScChatPage *page, gint64 until, gpointer user_data);

/* What is not known by when. */
#define SC_CHAT_HISTORY_NEVER G_MININT64

/**
 * ScChatHistory:
 *
 * What was said before one came.
 */
typedef struct _ScChatHistory ScChatHistory;

ScChatHistory *sc_chat_history_new (const ScChatTiming *timing,
                                    ScChatHistoryTake take,
                                    ScChatHistoryGap gap,
                                    ScChatHistoryCheck check,
                                    gpointer user_data);
void sc_chat_history_free (ScChatHistory *self);
void sc_chat_history_set_source (ScChatHistory *self,
                                 ScChatHistoryFunc ask,
                                 gpointer user_data,
                                 GDestroyNotify free_user_data);
void sc_chat_history_catch_up (ScChatHistory *self, gint64 since);
DexFuture *sc_chat_history_load_older (ScChatHistory *self, gint64 first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatHistory, sc_chat_history_free)

G_END_DECLS
