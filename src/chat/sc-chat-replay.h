/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-page.h"
#include "sc-chat-timing.h"

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/**
 * ScChatReplayFunc:
 * @from_ms: the first place whose lines are asked for, milliseconds after the recording's begin; or
 * -1
 * @before_ms: the place before which the last lines are asked for; or -1
 * @cursor: (nullable): a page's "newer": what follows that page is asked for
 * @limit: how many lines at most
 * @user_data: as given
 *
 * Asks for a page of what was said in a recording. Of @from_ms, @before_ms and @cursor one is
 * given.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHAT_PAGE, whose "newer" is %NULL
 *   where nothing follows
 */
typedef DexFuture *(*ScChatReplayFunc) (gint64 from_ms,
                                        gint64 before_ms,
                                        const char *cursor,
                                        guint limit,
                                        gpointer user_data);

/* So many lines from before a place are on show at once after a jump to it. */
#define SC_CHAT_REPLAY_SHOWN 100

#define SC_TYPE_CHAT_REPLAY (sc_chat_replay_get_type ())
G_DECLARE_FINAL_TYPE (ScChatReplay, sc_chat_replay, SC, CHAT_REPLAY, GObject)

ScChatReplay *sc_chat_replay_new (ScChatReplayFunc ask,
                                  gpointer user_data,
                                  GDestroyNotify free_user_data,
                                  const ScChatTiming *timing);
GListModel *sc_chat_replay_get_lines (ScChatReplay *self);
void sc_chat_replay_set_position (ScChatReplay *self, gint64 position_ms);
void sc_chat_replay_set_blocked (ScChatReplay *self, const char *const *user_ids);
gboolean sc_chat_replay_get_loading (ScChatReplay *self);
const GError *sc_chat_replay_get_error (ScChatReplay *self);

G_END_DECLS
