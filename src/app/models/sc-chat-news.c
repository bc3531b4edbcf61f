/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What of a change of a chat's list is news to whoever listens to it. Pure function. */

#include "config.h"

#include "sc-chat-news.h"

#include "sc-chat-line.h"

/* What the log has, and fills the list at once, was said before one came to it. */
static gboolean
is_past (GListModel *lines, guint n_added)
{
  if (n_added < 2 || n_added < g_list_model_get_n_items (lines))
    return FALSE;
  g_autoptr (ScChatLine) first = g_list_model_get_item (lines, 0);
  return sc_chat_line_get_stored (first);
}

/**
 * sc_chat_news_count:
 * @lines: the #ScChatLine of a chat, oldest first, after a change
 * @position: where it changed
 * @n_added: how many came there
 *
 * What comes further up is history, as is what is there already when one comes.
 *
 * Returns: how many of those that came others said just now
 */
guint
sc_chat_news_count (GListModel *lines, guint position, guint n_added)
{
  guint end = position + n_added;
  if (end != g_list_model_get_n_items (lines) || is_past (lines, n_added))
    return 0;
  guint n_news = 0;
  for (guint i = position; i < end; i++) {
    g_autoptr (ScChatLine) line = g_list_model_get_item (lines, i);
    n_news += !sc_chat_line_get_own (line);
  }
  return n_news;
}
