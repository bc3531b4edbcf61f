/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a person has after signing in: as our API gives it, and as a secret store keeps it. Plain
 * values, any thread. */

#include "config.h"

#include "sc-credentials.h"

#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-recovery-code.h"
#include "sc-secret.h"
#include "sc-time.h"
#include "sc-validate.h"

#include <string.h>

/* The API gives 43 characters; the bound leaves room for a longer token of a later server. */
#define TOKEN_MAX 256
#define TIME_MAX 40

G_DEFINE_BOXED_TYPE (ScCredentials, sc_credentials, sc_credentials_copy, sc_credentials_free)

/**
 * sc_credentials_new:
 * @name: the user's name
 * @token: the bearer token
 * @expires_at: when the token ends, microseconds since the epoch
 *
 * Returns: (transfer full): the credentials
 */
ScCredentials *
sc_credentials_new (const char *name, const char *token, gint64 expires_at)
{
  ScCredentials *self = g_new0 (ScCredentials, 1);
  self->name = g_strdup (name);
  self->token = g_strdup (token);
  self->expires_at = expires_at;
  return self;
}

/**
 * sc_credentials_copy:
 * @self: (nullable): credentials
 *
 * Returns: (transfer full) (nullable): a copy
 */
ScCredentials *
sc_credentials_copy (const ScCredentials *self)
{
  if (!self)
    return NULL;
  ScCredentials *copy = sc_credentials_new (self->name, self->token, self->expires_at);
  copy->deletes_at = self->deletes_at;
  copy->recovery_code = g_strdup (self->recovery_code);
  return copy;
}

/**
 * sc_credentials_free:
 * @self: (nullable) (transfer full): credentials; their secrets are wiped
 */
void
sc_credentials_free (ScCredentials *self)
{
  if (!self)
    return;
  sc_secret_free (self->token);
  sc_secret_free (self->recovery_code);
  g_free (self->name);
  g_free (self);
}

static ScCredentials *
read_credentials (JsonObject *object, JsonObject *user, GError **error)
{
  const char *token = sc_json_get_string (object, "token", TOKEN_MAX, error);
  const char *expires = token ? sc_json_get_string (object, "expires_at", TIME_MAX, error) : NULL;
  const char *name = expires ? sc_json_get_string (user, "name", SC_NAME_MAX, error) : NULL;
  gint64 expires_at;
  if (!name || !sc_time_from_string (expires, &expires_at, error))
    return NULL;
  return sc_credentials_new (name, token, expires_at);
}

/**
 * sc_credentials_from_answer:
 * @answer: what our API says after a sign-up, a sign-in or a recovery
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the credentials
 */
ScCredentials *
sc_credentials_from_answer (JsonObject *answer, GError **error)
{
  JsonObject *user = sc_json_get_object (answer, "user", error);
  ScCredentials *self = user ? read_credentials (answer, user, error) : NULL;
  if (!self)
    return NULL;
  sc_json_read_time (answer, "deletes_at", &self->deletes_at, NULL);
  sc_json_read_text (answer, "recovery_code", SC_RECOVERY_CODE_MAX, &self->recovery_code, NULL);
  return self;
}

/**
 * sc_credentials_to_secret:
 * @self: credentials
 *
 * Returns: (transfer full): one line of text for a secret store
 */
char *
sc_credentials_to_secret (const ScCredentials *self)
{
  g_autofree char *expires = sc_time_to_string (self->expires_at);
  g_autoptr (JsonObject) object = json_object_new ();
  sc_json_set_string (object, "name", self->name);
  sc_json_set_string (object, "token", self->token);
  sc_json_set_string (object, "expires_at", expires);
  return sc_json_to_string (object);
}

/**
 * sc_credentials_from_secret:
 * @secret: what sc_credentials_to_secret() made
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the credentials
 */
ScCredentials *
sc_credentials_from_secret (const char *secret, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (secret, strlen (secret));
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
  return object ? read_credentials (object, object, error) : NULL;
}
