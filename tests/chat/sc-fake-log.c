/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-fake-log.h"

#include <gio/gio.h>

struct _ScFakeLog {
  GPtrArray *stored; /* as it was stored */
  GPtrArray *sorted; /* as it was said */
  guint n_failures;
  guint n_asked;
};

/**
 * sc_fake_log_new:
 *
 * Returns: (transfer full): an empty log
 */
ScFakeLog *
sc_fake_log_new (void)
{
  ScFakeLog *self = g_new0 (ScFakeLog, 1);
  self->stored = g_ptr_array_new_with_free_func ((GDestroyNotify) sc_chat_record_free);
  self->sorted = g_ptr_array_new ();
  return self;
}

/**
 * sc_fake_log_free:
 * @self: (transfer full): the log
 */
void
sc_fake_log_free (ScFakeLog *self)
{
  g_ptr_array_unref (self->sorted);
  g_ptr_array_unref (self->stored);
  g_free (self);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const ScChatRecord *first = a, *second = b;
  return (first->sent_at > second->sent_at) - (first->sent_at < second->sent_at);
}

static void
store (ScFakeLog *self, const char *id, const char *user_id, gint64 time, gint64 offset_ms)
{
  ScChatRecord *record = g_new0 (ScChatRecord, 1);
  record->id = g_strdup (id);
  record->user_id = g_strdup (user_id);
  record->name = g_strdup (user_id);
  record->role = SC_CHAT_VIEWER;
  record->text = g_strdup (id);
  record->sent_at = time;
  record->offset_ms = offset_ms;
  g_ptr_array_add (self->stored, record);
  g_ptr_array_add (self->sorted, record);
  g_ptr_array_sort_values (self->sorted, compare);
}

/**
 * sc_fake_log_store:
 * @self: the log
 * @id: a line's id, which is also its text
 * @user_id: who said it, and what they are called
 * @time: when, microseconds since the epoch; no two at the same time
 */
void
sc_fake_log_store (ScFakeLog *self, const char *id, const char *user_id, gint64 time)
{
  store (self, id, user_id, time, -1);
}

/**
 * sc_fake_log_store_at:
 * @self: the log of a recording
 * @id: a line's id, which is also its text
 * @offset_ms: where it is in the recording
 */
void
sc_fake_log_store_at (ScFakeLog *self, const char *id, gint64 offset_ms)
{
  store (self, id, "ada", 1700000000000000 + offset_ms * 1000, offset_ms);
}

/**
 * sc_fake_log_set_text:
 * @self: the log
 * @id: a line that it has
 * @text: what it says
 */
void
sc_fake_log_set_text (ScFakeLog *self, const char *id, const char *text)
{
  for (guint i = 0; i < self->stored->len; i++) {
    ScChatRecord *record = self->stored->pdata[i];
    if (g_str_equal (record->id, id))
      g_set_str (&record->text, text);
  }
}

/**
 * sc_fake_log_remove:
 * @self: the log
 * @id: a line that it does not tell any more
 */
void
sc_fake_log_remove (ScFakeLog *self, const char *id)
{
  for (guint i = 0; i < self->stored->len; i++) {
    ScChatRecord *record = self->stored->pdata[i];
    if (!g_str_equal (record->id, id))
      continue;
    g_ptr_array_remove (self->sorted, record);
    g_ptr_array_remove_index (self->stored, i);
    return;
  }
}

/**
 * sc_fake_log_fail:
 * @self: the log
 * @n_times: how many of the next questions have no answer
 */
void
sc_fake_log_fail (ScFakeLog *self, guint n_times)
{
  self->n_failures = n_times;
}

/**
 * sc_fake_log_count_asked:
 * @self: the log
 *
 * Returns: how often it was asked
 */
guint
sc_fake_log_count_asked (ScFakeLog *self)
{
  return self->n_asked;
}

static void
take_range (ScChatPage *page, GPtrArray *records, guint start, guint end)
{
  for (guint i = start; i < end; i++)
    g_ptr_array_add (page->records, sc_chat_record_copy (records->pdata[i]));
}

static guint
count_before (ScFakeLog *self, gint64 time)
{
  guint n = 0;
  while (n < self->sorted->len && ((ScChatRecord *) self->sorted->pdata[n])->sent_at < time)
    n++;
  return n;
}

/**
 * sc_fake_log_get_page:
 * @self: the log
 * @before: (nullable): a page's "older"
 * @after: (nullable): a page's "newer"
 * @limit: how many lines at most
 *
 * Returns: (transfer full): a page
 */
ScChatPage *
sc_fake_log_get_page (ScFakeLog *self, const char *before, const char *after, guint limit)
{
  ScChatPage *page = sc_chat_page_new ();
  guint start = after ? (guint) g_ascii_strtoull (after, NULL, 10) : 0;
  guint end = MIN (self->stored->len, start + limit);
  if (after) {
    take_range (page, self->stored, start, end);
    page->newer = g_strdup_printf ("%u", end);
    return page;
  }
  end = before ? count_before (self, g_ascii_strtoll (before, NULL, 10)) : self->sorted->len;
  start = end > limit ? end - limit : 0;
  take_range (page, self->sorted, start, end);
  if (start > 0)
    page->older =
      g_strdup_printf ("%" G_GINT64_FORMAT, ((ScChatRecord *) self->sorted->pdata[start])->sent_at);
  page->newer = g_strdup_printf ("%u", self->stored->len);
  return page;
}

static DexFuture *
answer (ScFakeLog *self, ScChatPage *page)
{
  self->n_asked++;
  if (self->n_failures == 0)
    return dex_future_new_take_boxed (SC_TYPE_CHAT_PAGE, page);
  self->n_failures--;
  sc_chat_page_free (page);
  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED, "No page");
}

/**
 * sc_fake_log_ask:
 * @before: (nullable): a page's "older"
 * @after: (nullable): a page's "newer"
 * @limit: how many lines at most
 * @user_data: the log
 *
 * A #ScChatHistoryFunc.
 *
 * Returns: (transfer full): a future that resolves to a page
 */
DexFuture *
sc_fake_log_ask (const char *before, const char *after, guint limit, gpointer user_data)
{
  return answer (user_data, sc_fake_log_get_page (user_data, before, after, limit));
}

static guint
count_until (ScFakeLog *self, gint64 offset_ms)
{
  guint n = 0;
  while (n < self->sorted->len && ((ScChatRecord *) self->sorted->pdata[n])->offset_ms < offset_ms)
    n++;
  return n;
}

/**
 * sc_fake_log_ask_replay:
 * @from_ms: the first place, or -1
 * @before_ms: the place before which the last lines are asked for, or -1
 * @cursor: (nullable): a page's "newer"
 * @limit: how many lines at most
 * @user_data: the log
 *
 * A #ScChatReplayFunc.
 *
 * Returns: (transfer full): a future that resolves to a page
 */
DexFuture *
sc_fake_log_ask_replay (gint64 from_ms,
                        gint64 before_ms,
                        const char *cursor,
                        guint limit,
                        gpointer user_data)
{
  ScFakeLog *self = user_data;
  ScChatPage *page = sc_chat_page_new ();
  guint start = cursor ? (guint) g_ascii_strtoull (cursor, NULL, 10) : count_until (self, from_ms);
  guint end = MIN (self->sorted->len, start + limit);
  if (before_ms >= 0) {
    end = count_until (self, before_ms);
    start = end > limit ? end - limit : 0;
  }
  take_range (page, self->sorted, start, end);
  if (end < self->sorted->len)
    page->newer = g_strdup_printf ("%u", end);
  return answer (self, page);
}
