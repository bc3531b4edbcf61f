/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The secrets of the local AWS Secrets Manager, in memory. Main thread. */

#include "config.h"

#include "sc-vault.h"

struct _ScVault {
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
 * sc_vault_new:
 *
 * Returns: (transfer full): an empty vault
 */
ScVault *
sc_vault_new (void)
{
  ScVault *self = g_new0 (ScVault, 1);
  self->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) free_secret);
  return self;
}

/**
 * sc_vault_free:
 * @self: (nullable): a vault
 */
void
sc_vault_free (ScVault *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->secrets);
  g_free (self);
}

/**
 * sc_vault_put:
 * @self: a vault
 * @arn: names it
 * @name: names it too
 * @value: the secret itself
 *
 * Adds a secret.
 */
void
sc_vault_put (ScVault *self, const char *arn, const char *name, const char *value)
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
 * sc_vault_find:
 * @self: a vault
 * @secret_id: an ARN or a name
 *
 * Returns: (transfer none) (nullable): the secret
 */
const ScSecret *
sc_vault_find (ScVault *self, const char *secret_id)
{
  for (guint i = 0; i < self->secrets->len; i++) {
    const ScSecret *secret = g_ptr_array_index (self->secrets, i);
    if (g_str_equal (secret->arn, secret_id) || g_str_equal (secret->name, secret_id))
      return secret;
  }
  return NULL;
}
