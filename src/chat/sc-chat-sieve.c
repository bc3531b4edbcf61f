/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is remembered of deletions and bans, since the log may bring a line after the event that
 * took it away. All of it is bounded: what is older, the log has learnt meanwhile. Belongs to one
 * thread. */

#include "config.h"

#include "sc-chat-sieve.h"

/* The log lags by seconds, and a room may do 100 of each in a second (Amazon IVS Chat, service
 * quotas), which nobody does for long. */
#define PURGES_MAX 128
#define DELETED_MAX 1000

typedef struct {
  char *user_id;
  char *action_id;
  gint64 at;
} Purge;

struct _ScChatSieve {
  GHashTable *blocked;
  GPtrArray *purges;
  GHashTable *deleted; /* its keys are those of the queue */
  GQueue deleted_order;
};

static void
purge_free (Purge *purge)
{
  g_free (purge->user_id);
  g_free (purge->action_id);
  g_free (purge);
}

/**
 * sc_chat_sieve_new:
 *
 * Returns: (transfer full): a sieve that lets all pass
 */
ScChatSieve *
sc_chat_sieve_new (void)
{
  ScChatSieve *self = g_new0 (ScChatSieve, 1);
  self->blocked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->purges = g_ptr_array_new_with_free_func ((GDestroyNotify) purge_free);
  self->deleted = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * sc_chat_sieve_free:
 * @self: (nullable) (transfer full): a sieve
 */
void
sc_chat_sieve_free (ScChatSieve *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->blocked);
  g_ptr_array_unref (self->purges);
  g_hash_table_unref (self->deleted);
  g_queue_clear_full (&self->deleted_order, g_free);
  g_free (self);
}

/**
 * sc_chat_sieve_set_blocked:
 * @self: a sieve
 * @user_ids: (nullable): whom one does not want to read
 */
void
sc_chat_sieve_set_blocked (ScChatSieve *self, const char *const *user_ids)
{
  g_hash_table_remove_all (self->blocked);
  for (guint i = 0; user_ids && user_ids[i]; i++)
    g_hash_table_add (self->blocked, g_strdup (user_ids[i]));
}

/**
 * sc_chat_sieve_purge:
 * @self: a sieve
 * @user_id: whose lines are not to be on show
 * @action_id: which action of a moderator that is
 * @at: when it was, microseconds since the epoch: what is said later counts again
 */
void
sc_chat_sieve_purge (ScChatSieve *self, const char *user_id, const char *action_id, gint64 at)
{
  Purge *purge = g_new0 (Purge, 1);
  purge->user_id = g_strdup (user_id);
  purge->action_id = g_strdup (action_id);
  purge->at = at;
  if (self->purges->len >= PURGES_MAX)
    g_ptr_array_remove_index (self->purges, 0);
  g_ptr_array_add (self->purges, purge);
}

/**
 * sc_chat_sieve_unpurge:
 * @self: a sieve
 * @action_id: which purge is undone
 *
 * Returns: whether it was one that the sieve knew
 */
gboolean
sc_chat_sieve_unpurge (ScChatSieve *self, const char *action_id)
{
  guint n = self->purges->len;
  for (guint i = n; i-- > 0;)
    if (g_str_equal (((Purge *) self->purges->pdata[i])->action_id, action_id))
      g_ptr_array_remove_index (self->purges, i);
  return self->purges->len < n;
}

/**
 * sc_chat_sieve_hides:
 * @self: a sieve
 * @line: a line
 *
 * A purge is about what the room has: a line of ours that nobody else sees stays for us.
 *
 * Returns: whether it is not to be on show
 */
gboolean
sc_chat_sieve_hides (ScChatSieve *self, ScChatLine *line)
{
  const char *user_id = sc_chat_line_get_user_id (line);
  if (g_hash_table_contains (self->blocked, user_id))
    return TRUE;
  if (!sc_chat_line_get_id (line))
    return FALSE;
  for (guint i = 0; i < self->purges->len; i++) {
    const Purge *purge = self->purges->pdata[i];
    if (sc_chat_line_get_time (line) <= purge->at && g_str_equal (purge->user_id, user_id))
      return TRUE;
  }
  return FALSE;
}

/**
 * sc_chat_sieve_note_deleted:
 * @self: a sieve
 * @id: a line that was deleted
 */
void
sc_chat_sieve_note_deleted (ScChatSieve *self, const char *id)
{
  if (g_hash_table_contains (self->deleted, id))
    return;
  char *key = g_strdup (id);
  g_queue_push_tail (&self->deleted_order, key);
  g_hash_table_add (self->deleted, key);
  if (self->deleted_order.length <= DELETED_MAX)
    return;
  g_autofree char *oldest = g_queue_pop_head (&self->deleted_order);
  g_hash_table_remove (self->deleted, oldest);
}

/**
 * sc_chat_sieve_note_restored:
 * @self: a sieve
 * @id: a line whose deletion was undone
 */
void
sc_chat_sieve_note_restored (ScChatSieve *self, const char *id)
{
  char *key = NULL;
  if (!g_hash_table_steal_extended (self->deleted, id, (gpointer *) &key, NULL))
    return;
  g_queue_remove (&self->deleted_order, key);
  g_free (key);
}

/**
 * sc_chat_sieve_is_deleted:
 * @self: a sieve
 * @id: a line's id
 *
 * Returns: whether it was deleted, as far as is remembered
 */
gboolean
sc_chat_sieve_is_deleted (ScChatSieve *self, const char *id)
{
  return g_hash_table_contains (self->deleted, id);
}
