/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScCredentials:
 * @name: the user's name
 * @token: the bearer token: a secret, never logged
 * @expires_at: when the token ends, microseconds since the epoch
 * @deletes_at: when the account is deleted, microseconds since the epoch, and until then the token
 *   is good for restoring it alone; 0 where it stays
 * @recovery_code: (nullable): a new recovery code, where there is one to be shown: a secret, which
 *   is not kept with the rest
 *
 * What a person has after signing in.
 */
typedef struct {
  char *name;
  char *token;
  gint64 expires_at;
  gint64 deletes_at;
  char *recovery_code;
} ScCredentials;

#define SC_TYPE_CREDENTIALS (sc_credentials_get_type ())
GType sc_credentials_get_type (void);

ScCredentials *sc_credentials_new (const char *name, const char *token, gint64 expires_at);
ScCredentials *sc_credentials_copy (const ScCredentials *self);
void sc_credentials_free (ScCredentials *self);

ScCredentials *sc_credentials_from_answer (JsonObject *answer, GError **error);
char *sc_credentials_to_secret (const ScCredentials *self);
ScCredentials *sc_credentials_from_secret (const char *secret, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScCredentials, sc_credentials_free)

G_END_DECLS
