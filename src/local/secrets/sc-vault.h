/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ScVault ScVault;

/**
 * ScSecretStage:
 * @SC_SECRET_CURRENT: the version that is in use
 * @SC_SECRET_PENDING: the one that a rotation is making
 * @SC_SECRET_PREVIOUS: the one that was in use before
 *
 * The staging labels that AWS itself gives to versions of a secret.
 */
typedef enum {
  SC_SECRET_CURRENT,
  SC_SECRET_PENDING,
  SC_SECRET_PREVIOUS,
  SC_SECRET_N_STAGES,
} ScSecretStage;

/**
 * ScSecretVersion:
 * @id: a UUID, the token of the request that made it
 * @value: the secret itself, usually JSON
 * @created_at: microseconds since the epoch
 */
typedef struct {
  char *id;
  char *value;
  gint64 created_at;
} ScSecretVersion;

/**
 * ScSecret:
 * @arn: names it, with six random characters at the end
 * @name: names it too
 * @versions: (element-type ScSecretVersion): all of them
 * @staged: which version has a stage, or %NULL
 *
 * A secret of the local AWS Secrets Manager.
 */
typedef struct {
  char *arn;
  char *name;
  GPtrArray *versions;
  ScSecretVersion *staged[SC_SECRET_N_STAGES];
} ScSecret;

ScVault *sc_vault_new (void);
void sc_vault_free (ScVault *self);

void sc_vault_put (ScVault *self, const char *arn, const char *name, const char *value);
ScSecret *sc_vault_find (ScVault *self, const char *secret_id);

const char *sc_secret_get_value (const ScSecret *self);
ScSecretVersion *sc_secret_find_version (ScSecret *self, const char *id);
ScSecretVersion *sc_secret_add_version (ScSecret *self, const char *id, const char *value);
void sc_secret_set_stage (ScSecret *self, ScSecretStage stage, ScSecretVersion *version);
const char *sc_secret_stage_get_name (ScSecretStage stage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScVault, sc_vault_free)

G_END_DECLS
