/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ScVault ScVault;

/**
 * ScSecret:
 * @arn: names it, with six random characters at the end
 * @name: names it too
 * @value: the secret itself, usually JSON
 * @version: a UUID
 * @created_at: microseconds since the epoch
 *
 * A secret of the local AWS Secrets Manager.
 */
typedef struct {
  char *arn;
  char *name;
  char *value;
  char *version;
  gint64 created_at;
} ScSecret;

ScVault *sc_vault_new (void);
void sc_vault_free (ScVault *self);

void sc_vault_put (ScVault *self, const char *arn, const char *name, const char *value);
const ScSecret *sc_vault_find (ScVault *self, const char *secret_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScVault, sc_vault_free)

G_END_DECLS
