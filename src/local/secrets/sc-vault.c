/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The secrets of the local AWS Secrets Manager, in memory, with their versions. Main thread. */

#include "config.h"

#include "sc-vault.h"

struct _ScVault {
  GPtrArray *secrets;
};

static void
free_version (ScSecretVersion *self)
{
  g_free (self->id);
  g_free (self->value);
  g_free (self);
}

static void
free_secret (ScSecret *self)
{
  g_ptr_array_unref (self->versions);
  g_free (self->arn);
  g_free (self->name);
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
 * Adds a secret with one version, the current one.
 */
void
sc_vault_put (ScVault *self, const char *arn, const char *name, const char *value)
{
  g_autofree char *id = g_uuid_string_random ();
  ScSecret *secret = g_new0 (ScSecret, 1);
  secret->arn = g_strdup (arn);
  secret->name = g_strdup (name);
  secret->versions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_version);
  secret->staged[SC_SECRET_CURRENT] = sc_secret_add_version (secret, id, value);
  g_ptr_array_add (self->secrets, secret);
}

/**
 * sc_vault_find:
 * @self: a vault
 * @secret_id: an ARN or a name
 *
 * Returns: (transfer none) (nullable): the secret
 */
ScSecret *
sc_vault_find (ScVault *self, const char *secret_id)
{
  for (guint i = 0; i < self->secrets->len; i++) {
    ScSecret *secret = g_ptr_array_index (self->secrets, i);
    if (g_str_equal (secret->arn, secret_id) || g_str_equal (secret->name, secret_id))
      return secret;
  }
  return NULL;
}

/**
 * sc_secret_get_value:
 * @self: a secret
 *
 * Returns: (transfer none): its current value
 */
const char *
sc_secret_get_value (const ScSecret *self)
{
  return self->staged[SC_SECRET_CURRENT]->value;
}

/**
 * sc_secret_find_version:
 * @self: a secret
 * @id: a version's id
 *
 * Returns: (transfer none) (nullable): the version
 */
ScSecretVersion *
sc_secret_find_version (ScSecret *self, const char *id)
{
  for (guint i = 0; i < self->versions->len; i++) {
    ScSecretVersion *version = g_ptr_array_index (self->versions, i);
    if (g_str_equal (version->id, id))
      return version;
  }
  return NULL;
}

/**
 * sc_secret_add_version:
 * @self: a secret
 * @id: an id that none of its versions has
 * @value: the version's value
 *
 * Adds a version without a stage.
 *
 * Returns: (transfer none): the version
 */
ScSecretVersion *
sc_secret_add_version (ScSecret *self, const char *id, const char *value)
{
  ScSecretVersion *version = g_new0 (ScSecretVersion, 1);
  version->id = g_strdup (id);
  version->value = g_strdup (value);
  version->created_at = g_get_real_time ();
  g_ptr_array_add (self->versions, version);
  return version;
}

/**
 * sc_secret_set_stage:
 * @self: a secret
 * @stage: a stage
 * @version: (nullable): one of its versions; not %NULL for the current stage
 *
 * Moves a stage to a version. What was current is the previous one then, as on AWS.
 */
void
sc_secret_set_stage (ScSecret *self, ScSecretStage stage, ScSecretVersion *version)
{
  if (stage == SC_SECRET_CURRENT && self->staged[stage] != version)
    self->staged[SC_SECRET_PREVIOUS] = self->staged[stage];
  self->staged[stage] = version;
}

/**
 * sc_secret_stage_get_name:
 * @stage: a stage
 *
 * Returns: (transfer none): its label on AWS
 */
const char *
sc_secret_stage_get_name (ScSecretStage stage)
{
  static const char *const names[] = { "AWSCURRENT", "AWSPENDING", "AWSPREVIOUS" };
  return names[stage];
}
