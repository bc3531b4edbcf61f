/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ScSecretStore ScSecretStore;

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

ScSecretStore *sc_secret_store_new (void);
void sc_secret_store_free (ScSecretStore *self);

void
sc_secret_store_put (ScSecretStore *self, const char *arn, const char *name, const char *value);
const ScSecret *sc_secret_store_find (ScSecretStore *self, const char *secret_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScSecretStore, sc_secret_store_free)

G_END_DECLS
