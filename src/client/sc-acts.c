/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody did that has no answer yet: the same act again has the same Idempotency-Key, so
 * that a Retry, or a second press of a button, does nothing twice. An act is forgotten with its
 * answer, and after a while without one; after that the same is another act. Main thread only; a
 * client owns it. */

#include "config.h"

#include "sc-acts.h"

typedef struct {
  char *digest;
  char *key;
  gint64 used_at;
} Act;

struct _ScActs {
  GPtrArray *acts; /* of Act, the oldest first */
};

static void
act_free (Act *act)
{
  g_free (act->digest);
  g_free (act->key);
  g_free (act);
}

static void
add_text (GChecksum *sum, const char *text)
{
  g_checksum_update (sum, (const guchar *) text, -1);
  g_checksum_update (sum, (const guchar *) "", 1);
}

/* Of the body, which may have a password in it, only a digest is kept. */
static char *
make_digest (const char *path, const char *token, GBytes *body)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  add_text (sum, path);
  add_text (sum, token ? token : "");
  gsize size = 0;
  const guchar *data = body ? g_bytes_get_data (body, &size) : NULL;
  if (size > 0)
    g_checksum_update (sum, data, (gssize) size);
  return g_strdup (g_checksum_get_string (sum));
}

/**
 * sc_acts_new:
 *
 * Returns: (transfer full): no acts
 */
ScActs *
sc_acts_new (void)
{
  ScActs *self = g_new0 (ScActs, 1);
  self->acts = g_ptr_array_new_with_free_func ((GDestroyNotify) act_free);
  return self;
}

/**
 * sc_acts_free:
 * @self: (nullable): acts
 */
void
sc_acts_free (ScActs *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->acts);
  g_free (self);
}

static void
forget_old (ScActs *self, gint64 now)
{
  for (guint i = self->acts->len; i > 0; i--) {
    const Act *act = g_ptr_array_index (self->acts, i - 1);
    if (now - act->used_at >= SC_ACTS_AGE_US)
      g_ptr_array_remove_index (self->acts, i - 1);
  }
}

/**
 * sc_acts_dup_key:
 * @self: the acts without an answer
 * @path: what is asked for
 * @token: (nullable): by whom
 * @body: (nullable): with what
 * @now: by g_get_monotonic_time()
 *
 * Returns: (transfer full): the key of this act, a new one if it is new
 */
char *
sc_acts_dup_key (ScActs *self, const char *path, const char *token, GBytes *body, gint64 now)
{
  g_autofree char *digest = make_digest (path, token, body);
  forget_old (self, now);
  for (guint i = 0; i < self->acts->len; i++) {
    Act *act = g_ptr_array_index (self->acts, i);
    if (g_str_equal (act->digest, digest)) {
      act->used_at = now;
      return g_strdup (act->key);
    }
  }
  if (self->acts->len == SC_ACTS_MAX)
    g_ptr_array_remove_index (self->acts, 0);
  Act *act = g_new0 (Act, 1);
  act->digest = g_steal_pointer (&digest);
  act->key = g_uuid_string_random ();
  act->used_at = now;
  g_ptr_array_add (self->acts, act);
  return g_strdup (act->key);
}

/**
 * sc_acts_settle:
 * @self: the acts without an answer
 * @key: the key of one that has its answer now
 */
void
sc_acts_settle (ScActs *self, const char *key)
{
  for (guint i = 0; i < self->acts->len; i++) {
    const Act *act = g_ptr_array_index (self->acts, i);
    if (g_str_equal (act->key, key)) {
      g_ptr_array_remove_index (self->acts, i);
      return;
    }
  }
}
