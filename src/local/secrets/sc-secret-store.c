/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The secrets of the local AWS Secrets Manager, in memory. Main thread. */

#include "config.h"

#include "sc-secret-store.h"

struct _ScSecretStore {
  GPtrArray *secrets;
};

static void
free_secret (ScSecret *self)
{
  g_free (self->arn);
  g_free (self->name);
  g_free (self->value);
  g_free (self->version);
  g_free (self);
}

/**
 * sc_secret_store_new:
 *
 * Returns: (transfer full): an empty store
 */
ScSecretStore *
sc_secret_store_new (void)
{
  ScSecretStore *self = g_new0 (ScSecretStore, 1);
  self->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) free_secret);
  return self;
}

/**
 * sc_secret_store_free:
 * @self: (nullable): a store
 */
void
sc_secret_store_free (ScSecretStore *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->secrets);
  g_free (self);
}

/**
 * sc_secret_store_put:
 * @self: a store
 * @arn: names it
 * @name: names it too
 * @value: the secret itself
 *
 * Adds a secret.
 */
void
sc_secret_store_put (ScSecretStore *self, const char *arn, const char *name, const char *value)
{
  ScSecret *secret = g_new0 (ScSecret, 1);
  secret->arn = g_strdup (arn);
  secret->name = g_strdup (name);
  secret->value = g_strdup (value);
  secret->version = g_uuid_string_random ();
  secret->created_at = g_get_real_time ();
  g_ptr_array_add (self->secrets, secret);
}

/**
 * sc_secret_store_find:
 * @self: a store
 * @secret_id: an ARN or a name
 *
 * Returns: (transfer none) (nullable): the secret
 */
const ScSecret *
sc_secret_store_find (ScSecretStore *self, const char *secret_id)
{
  for (guint i = 0; i < self->secrets->len; i++) {
    const ScSecret *secret = g_ptr_array_index (self->secrets, i);
    if (g_str_equal (secret->arn, secret_id) || g_str_equal (secret->name, secret_id))
      return secret;
  }
  return NULL;
}
