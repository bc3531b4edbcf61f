/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Lines on their way to the screen, in order: each waits for the others of its batch, and for its
 * picture. The first that comes waits the whole time of a batch, and nobody longer, however many
 * follow. Main thread; the list owns it. */

#include "config.h"

#include "sc-chat-coming.h"

#include "sc-chat-pacer.h"
#include "sc-chat-sorted.h"

/* A line that waits for its picture is looked at so often: the picture may stand still or jump. */
#define LOOK_MS 1000

struct _ScChatComing {
  GPtrArray *lines;
  ScChatPacer pacer;
  ScChatComingFunc due;
  gpointer user_data;
  guint batch_ms;
  guint batch_source;
  gint64 batch_due;
};

static gint64
get_time (gpointer user_data)
{
  return g_get_monotonic_time ();
}

/**
 * sc_chat_coming_new:
 * @batch_ms: how long a line waits at most for more of them, milliseconds
 * @due: takes what is due, and plans the next
 * @user_data: for @due
 *
 * Returns: (transfer full): no lines
 */
ScChatComing *
sc_chat_coming_new (guint batch_ms, ScChatComingFunc due, gpointer user_data)
{
  ScChatComing *self = g_new0 (ScChatComing, 1);
  self->lines = sc_chat_sorted_new ();
  self->pacer = sc_chat_pacer_init (get_time, NULL);
  self->due = due;
  self->user_data = user_data;
  self->batch_ms = batch_ms;
  return self;
}

/**
 * sc_chat_coming_free:
 * @self: (nullable) (transfer full): lines
 */
void
sc_chat_coming_free (ScChatComing *self)
{
  if (!self)
    return;
  g_clear_handle_id (&self->batch_source, g_source_remove);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/**
 * sc_chat_coming_get_lines:
 * @self: lines
 *
 * Returns: (transfer none): them, in order; the list may take some out
 */
GPtrArray *
sc_chat_coming_get_lines (ScChatComing *self)
{
  return self->lines;
}

/**
 * sc_chat_coming_add:
 * @self: lines
 * @line: another
 */
void
sc_chat_coming_add (ScChatComing *self, ScChatLine *line)
{
  sc_chat_sorted_add (self->lines, line);
}

static gint64
get_wait (ScChatComing *self, ScChatLine *line)
{
  return sc_chat_pacer_get_wait (&self->pacer,
                                 sc_chat_line_get_time (line),
                                 sc_chat_line_get_came_at (line));
}

static void
on_batch_due (gpointer user_data)
{
  ScChatComing *self = user_data;
  self->batch_source = 0;
  self->due (self->user_data);
}

/**
 * sc_chat_coming_plan:
 * @self: lines
 *
 * Sees to it that the first is shown in its time.
 */
void
sc_chat_coming_plan (ScChatComing *self)
{
  if (self->lines->len == 0)
    return;
  gint64 wait_us = MAX (get_wait (self, self->lines->pdata[0]), 0);
  guint delay_ms = MAX (self->batch_ms, (guint) MIN (wait_us / 1000, LOOK_MS));
  gint64 due = g_get_monotonic_time () + (gint64) delay_ms * 1000;
  if (self->batch_source != 0 && self->batch_due <= due)
    return;
  g_clear_handle_id (&self->batch_source, g_source_remove);
  self->batch_due = due;
  self->batch_source = g_timeout_add_once (delay_ms, on_batch_due, self);
}

/**
 * sc_chat_coming_set_picture_time:
 * @self: lines
 * @picture_us: when what is on screen now was before the camera, microseconds since the epoch; -1
 * if lines are not to wait for their picture
 */
void
sc_chat_coming_set_picture_time (ScChatComing *self, gint64 picture_us)
{
  sc_chat_pacer_set_picture (&self->pacer, picture_us);
  sc_chat_coming_plan (self);
}

/**
 * sc_chat_coming_is_early:
 * @self: lines
 * @line: a line
 *
 * Returns: whether its picture is still to come
 */
gboolean
sc_chat_coming_is_early (ScChatComing *self, ScChatLine *line)
{
  return get_wait (self, line) > 0;
}

/**
 * sc_chat_coming_count_due:
 * @self: lines
 *
 * Returns: how many of the first ones are to be shown now
 */
guint
sc_chat_coming_count_due (ScChatComing *self)
{
  guint n = 0;
  while (n < self->lines->len && get_wait (self, self->lines->pdata[n]) <= 0)
    n++;
  return n;
}

/**
 * sc_chat_coming_take:
 * @self: lines
 * @n: how many
 *
 * Returns: (transfer full) (element-type ScChatLine): the first ones, no longer in there
 */
GPtrArray *
sc_chat_coming_take (ScChatComing *self, guint n)
{
  GPtrArray *taken = sc_chat_sorted_new ();
  sc_chat_sorted_insert (taken, 0, self->lines, 0, n);
  if (n > 0)
    g_ptr_array_remove_range (self->lines, 0, n);
  return taken;
}
