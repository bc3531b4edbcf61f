/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-live-texts.h"

#include "sc-live-messages.h"

/* Pieces that may wait; Amazon IVS takes five a second. */
#define MAX_TEXTS 256

typedef struct {
  GstStructure *message;
  guint epoch;
  gint64 pts;
} Text;

static void
free_text (gpointer data)
{
  Text *text = data;
  g_clear_pointer (&text->message, gst_structure_free);
  g_free (text);
}

/**
 * sc_live_texts_init:
 * @self: (out caller-allocates): to be cleared by sc_live_texts_clear()
 */
void
sc_live_texts_init (ScLiveTexts *self)
{
  g_queue_init (&self->items);
}

/**
 * sc_live_texts_clear:
 * @self: texts
 *
 * Forgets them.
 */
void
sc_live_texts_clear (ScLiveTexts *self)
{
  g_queue_clear_full (&self->items, free_text);
}

/**
 * sc_live_texts_add:
 * @self: texts
 * @owner: who put it into the stream
 * @text: what they put
 * @epoch: the timeline of its picture
 * @pts: the place of that in it, nanoseconds
 *
 * Of too many the oldest is dropped.
 */
void
sc_live_texts_add (ScLiveTexts *self, const char *owner, const char *text, guint epoch, gint64 pts)
{
  Text *item = g_new (Text, 1);
  *item = (Text) { sc_live_message_of_text (owner, text), epoch, pts };
  g_queue_push_tail (&self->items, item);
  if (g_queue_get_length (&self->items) > MAX_TEXTS)
    free_text (g_queue_pop_head (&self->items));
}

/**
 * sc_live_texts_take:
 * @self: texts
 * @epoch: the timeline of the picture that is shown
 * @pts: its place in it, nanoseconds
 *
 * Returns: (transfer full) (nullable): the message of the next one whose picture was shown
 */
GstStructure *
sc_live_texts_take (ScLiveTexts *self, guint epoch, gint64 pts)
{
  Text *head = g_queue_peek_head (&self->items);
  if (!head || head->epoch > epoch || (head->epoch == epoch && head->pts > pts))
    return NULL;
  GstStructure *message = g_steal_pointer (&head->message);
  free_text (g_queue_pop_head (&self->items));
  return message;
}

/**
 * sc_live_texts_get_wait:
 * @self: texts
 * @epoch: the timeline of the picture that is shown
 * @pts: its place in it, nanoseconds
 *
 * Returns: how much of the stream is shown before the next one is due, nanoseconds; -1 if none
 * waits in this timeline
 */
gint64
sc_live_texts_get_wait (const ScLiveTexts *self, guint epoch, gint64 pts)
{
  const Text *head = self->items.head ? self->items.head->data : NULL;
  return head && head->epoch == epoch ? MAX (head->pts - pts, 0) : -1;
}
