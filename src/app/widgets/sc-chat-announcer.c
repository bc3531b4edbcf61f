/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Tells screen readers what others say in a chat, when nothing more important is being read: a line
 * at once, and what comes within seconds of it as one number. Main thread only; a view owns it. */

#include "config.h"

#include "sc-chat-announcer.h"

#include "sc-chat-line-words.h"
#include "sc-chat-words.h"

struct _ScChatAnnouncer {
  ScChatAnnounce announce;
  gpointer user_data;
  guint pause_ms;
  ScChatLine *newest; /* (nullable): of those that were not told yet */
  guint n_unheard;
  guint pause_source;
};

static void
on_pause_over (gpointer user_data)
{
  ScChatAnnouncer *self = user_data;
  self->pause_source = 0;
  if (self->n_unheard == 0)
    return;
  g_autofree char *words = self->n_unheard == 1
                             ? sc_chat_line_words (sc_chat_line_get_name (self->newest),
                                                   sc_chat_line_get_text (self->newest),
                                                   sc_chat_line_get_state (self->newest))
                             : sc_chat_news_words (self->n_unheard);
  self->n_unheard = 0;
  self->announce (words, self->user_data);
  self->pause_source = g_timeout_add_once (self->pause_ms, on_pause_over, self);
}

/**
 * sc_chat_announcer_new:
 * @announce: has a screen reader say something
 * @user_data: for @announce, which outlives the announcer
 * @pause_ms: how long it is silent after it said something, milliseconds
 *
 * Returns: (transfer full): an announcer with nothing to tell
 */
ScChatAnnouncer *
sc_chat_announcer_new (ScChatAnnounce announce, gpointer user_data, guint pause_ms)
{
  ScChatAnnouncer *self = g_new0 (ScChatAnnouncer, 1);
  self->announce = announce;
  self->user_data = user_data;
  self->pause_ms = pause_ms;
  return self;
}

/**
 * sc_chat_announcer_free:
 * @self: (nullable) (transfer full): an announcer
 */
void
sc_chat_announcer_free (ScChatAnnouncer *self)
{
  if (!self)
    return;
  g_clear_handle_id (&self->pause_source, g_source_remove);
  g_clear_object (&self->newest);
  g_free (self);
}

/**
 * sc_chat_announcer_tell:
 * @self: an announcer
 * @lines: the #ScChatLine, oldest first; there is one at least
 * @n_lines: how many of the newest were not told yet
 *
 * Tells of new lines, now or when the pause is over.
 */
void
sc_chat_announcer_tell (ScChatAnnouncer *self, GListModel *lines, guint n_lines)
{
  g_autoptr (ScChatLine) newest =
    g_list_model_get_item (lines, g_list_model_get_n_items (lines) - 1);
  g_set_object (&self->newest, newest);
  self->n_unheard += n_lines;
  if (self->pause_source == 0)
    on_pause_over (self);
}
