/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* libsoup reads as long as there is something to read. What it brings is worked off in pieces, so
 * that a flood leaves time to draw and to type, and what a flood piles up is bounded. Main thread;
 * the link owns it. */

#include "config.h"

#include "sc-chat-inbox.h"

/* A room of Amazon IVS Chat takes 100 messages a second at most (service quotas). */
#define PIECE 50
#define MESSAGES_MAX 2000

struct _ScChatInbox {
  ScChatInboxFunc take;
  GObject *owner;  /* kept alive while a message is looked at */
  GQueue messages; /* of GBytes */
  guint source;
};

/**
 * sc_chat_inbox_new:
 * @take: looks at a message
 * @owner: for @take; it frees the inbox when it is finalized
 *
 * Returns: (transfer full): an empty inbox
 */
ScChatInbox *
sc_chat_inbox_new (ScChatInboxFunc take, GObject *owner)
{
  ScChatInbox *self = g_new0 (ScChatInbox, 1);
  self->take = take;
  self->owner = owner;
  return self;
}

/**
 * sc_chat_inbox_clear:
 * @self: an inbox
 *
 * Forgets what is in there.
 */
void
sc_chat_inbox_clear (ScChatInbox *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_queue_clear_full (&self->messages, (GDestroyNotify) g_bytes_unref);
}

/**
 * sc_chat_inbox_free:
 * @self: (nullable) (transfer full): an inbox
 */
void
sc_chat_inbox_free (ScChatInbox *self)
{
  if (!self)
    return;
  sc_chat_inbox_clear (self);
  g_free (self);
}

/* Whoever looks at a message may clear the rest. */
static void
deliver (ScChatInbox *self, guint n_most)
{
  for (guint i = 0; i < n_most && !g_queue_is_empty (&self->messages); i++) {
    g_autoptr (GBytes) message = g_queue_pop_head (&self->messages);
    self->take (message, self->owner);
  }
}

static gboolean
on_idle (gpointer user_data)
{
  ScChatInbox *self = user_data;
  g_autoptr (GObject) owner = g_object_ref (self->owner);
  deliver (self, PIECE);
  if (!g_queue_is_empty (&self->messages))
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

/**
 * sc_chat_inbox_add:
 * @self: an inbox
 * @message: what came; if there is too much, what came first is lost
 */
void
sc_chat_inbox_add (ScChatInbox *self, GBytes *message)
{
  if (g_queue_get_length (&self->messages) >= MESSAGES_MAX)
    g_bytes_unref (g_queue_pop_head (&self->messages));
  g_queue_push_tail (&self->messages, g_bytes_ref (message));
  if (self->source == 0)
    self->source = g_idle_add (on_idle, self);
}

/**
 * sc_chat_inbox_deliver_all:
 * @self: an inbox
 *
 * Has everything looked at now.
 */
void
sc_chat_inbox_deliver_all (ScChatInbox *self)
{
  g_autoptr (GObject) owner = g_object_ref (self->owner);
  deliver (self, MESSAGES_MAX);
}
