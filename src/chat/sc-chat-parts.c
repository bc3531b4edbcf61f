/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An approved message is longer than an event may be, and comes as several, in any order; over two
 * connections each may come twice. Belongs to one thread. */

#include "config.h"

#include "sc-chat-parts.h"

#include "sc-chat-text.h"

/* Moderators approve one after the other; a message whose parts do not all come is forgotten. */
#define PENDING_MAX 16

typedef struct {
  char *id;
  guint parts;
  char *texts[SC_CHAT_PARTS_MAX];
} Pending;

struct _ScChatParts {
  GPtrArray *pending;
};

static void
pending_free (Pending *pending)
{
  g_free (pending->id);
  for (guint i = 0; i < SC_CHAT_PARTS_MAX; i++)
    g_free (pending->texts[i]);
  g_free (pending);
}

/**
 * sc_chat_parts_new:
 *
 * Returns: (transfer full): no parts
 */
ScChatParts *
sc_chat_parts_new (void)
{
  ScChatParts *self = g_new0 (ScChatParts, 1);
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) pending_free);
  return self;
}

/**
 * sc_chat_parts_free:
 * @self: (nullable) (transfer full): parts
 */
void
sc_chat_parts_free (ScChatParts *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->pending);
  g_free (self);
}

static Pending *
find (ScChatParts *self, const ScChatPush *part, guint *ret_position)
{
  for (guint i = 0; i < self->pending->len; i++) {
    Pending *pending = self->pending->pdata[i];
    if (g_str_equal (pending->id, part->id) && pending->parts == part->parts) {
      *ret_position = i;
      return pending;
    }
  }
  Pending *pending = g_new0 (Pending, 1);
  pending->id = g_strdup (part->id);
  pending->parts = part->parts;
  if (self->pending->len >= PENDING_MAX)
    g_ptr_array_remove_index (self->pending, 0);
  g_ptr_array_add (self->pending, pending);
  *ret_position = self->pending->len - 1;
  return pending;
}

static char *
join (const Pending *pending)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < pending->parts; i++) {
    if (!pending->texts[i])
      return NULL;
    g_string_append (text, pending->texts[i]);
  }
  return sc_chat_text_clean (text->str);
}

/**
 * sc_chat_parts_take:
 * @self: parts
 * @part: a %SC_CHAT_PUSH_APPROVED
 *
 * Returns: (transfer full) (nullable): the message, as somebody said it, when all its parts are
 * there
 */
ScChatPush *
sc_chat_parts_take (ScChatParts *self, const ScChatPush *part)
{
  if (part->part < 1 || part->part > part->parts || part->parts > SC_CHAT_PARTS_MAX)
    return NULL;
  guint position;
  Pending *pending = find (self, part, &position);
  g_set_str (&pending->texts[part->part - 1], part->text);
  g_autofree char *text = join (pending);
  if (!text)
    return NULL;
  g_ptr_array_remove_index (self->pending, position);
  ScChatPush *message = g_new0 (ScChatPush, 1);
  message->kind = SC_CHAT_PUSH_MESSAGE;
  message->id = g_strdup (part->id);
  message->request_id = g_strdup ("");
  message->user_id = g_strdup (part->user_id);
  message->name = g_strdup (part->name);
  message->role = part->role;
  message->text = g_steal_pointer (&text);
  message->time = part->time > 0 ? part->time : g_get_real_time ();
  return message;
}
