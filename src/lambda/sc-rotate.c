/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The rotation of the application role's password, in the four steps of AWS Secrets Manager ("AWS
 * Secrets Manager User Guide, Lambda rotation functions"), each of which may come twice.
 *
 * Two roles take turns, NAME and NAME_clone: the password that is in use stays good until the next
 * rotation but one, so that nobody is refused meanwhile. The clone is a member of the first role
 * and becomes it at each login, so that everything belongs to the first. The master's secret, which
 * RDS keeps, has a name and a password; where the database is says the application's. */

#include "config.h"

#include "sc-rotate.h"

#include "sc-deployment.h"
#include "sc-error.h"
#include "sc-id.h"
#include "sc-json.h"
#include "sc-secrets.h"
#include "sc-store.h"

#include <string.h>

#define CLONE "_clone"

/* 40 letters and digits, as the template has AWS make the first one. */
#define PASSWORD_LENGTH 40

#define TEXT_MAX 2048

typedef struct {
  ScAws *aws;
  const char *master_secret;
  const char *secret;
  const char *version;
} Rotation;

static JsonObject *
parse_secret (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
}

static char *
dup_base (const char *name)
{
  gsize length = strlen (name);
  return g_str_has_suffix (name, CLONE) ? g_strndup (name, length - strlen (CLONE))
                                        : g_strdup (name);
}

/* Opens the database of a secret; @login, if given, says as whom. */
static ScStore *
open_store (JsonObject *secret, JsonObject *login, GError **error)
{
  static const char *const members[] = { "username", "password" };
  g_autofree char *all = sc_json_to_string (secret);
  g_autoptr (JsonObject) merged = parse_secret (all, error);
  for (guint i = 0; login && i < G_N_ELEMENTS (members); i++)
    sc_json_set_string (merged, members[i], sc_json_get_string_or (login, members[i], ""));
  g_autofree char *text = sc_json_to_string (merged);
  g_autofree char *conninfo = sc_database_conninfo_from_secret (text, error);
  return conninfo ? sc_store_new (conninfo, 1) : NULL;
}

static ScStore *
open_as_master (ScAws *aws, const char *master_secret, JsonObject *secret, GError **error)
{
  g_autofree char *text = sc_secrets_get_value (aws, master_secret, error);
  g_autoptr (JsonObject) login = text ? parse_secret (text, error) : NULL;
  return login ? open_store (secret, login, error) : NULL;
}

/* Makes a login role where it is missing, and gives it a password. */
static gboolean
set_password (ScStore *store, const char *name, const char *password, GError **error)
{
  g_autofree char *base = dup_base (name);
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, error);
  g_autoptr (ScStoreResult) result =
    connection ? sc_store_query (connection,
                                 "SELECT concat_ws('; ',"
                                 " CASE WHEN NOT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)"
                                 " THEN format('CREATE ROLE %I', $1::text) END,"
                                 " format('ALTER ROLE %I LOGIN PASSWORD %L', $1::text, $2::text),"
                                 " CASE WHEN $1 <> $3 THEN"
                                 " format('GRANT %1$I TO %2$I; ALTER ROLE %2$I SET role TO %1$L',"
                                 " $3::text, $1::text) END,"
                                 " format('GRANT ALL ON SCHEMA public TO %I', $3::text))",
                                 SC_PARAMS (sc_text (name), sc_text (password), sc_text (base)),
                                 error)
               : NULL;
  return result && sc_store_run_script (connection, sc_store_result_get_text (result, 0, 0), error);
}

static JsonObject *
read_version (const Rotation *self, const char *version, const char *stage, GError **error)
{
  g_autofree char *text = sc_secrets_get_version (self->aws, self->secret, version, stage, error);
  return text ? parse_secret (text, error) : NULL;
}

static gboolean
create_secret (const Rotation *self, GError **error)
{
  g_autoptr (JsonObject) before = read_version (self, self->version, SC_SECRETS_PENDING, NULL);
  if (before)
    return TRUE;
  g_autoptr (JsonObject) current = read_version (self, NULL, SC_SECRETS_CURRENT, error);
  const char *name = current ? sc_json_get_string (current, "username", TEXT_MAX, error) : NULL;
  if (!name)
    return FALSE;
  g_autofree char *base = dup_base (name);
  g_autofree char *other =
    g_str_equal (base, name) ? g_strconcat (base, CLONE, NULL) : g_strdup (base);
  g_autofree char *password = sc_id_new ("", PASSWORD_LENGTH);
  sc_json_set_string (current, "username", other);
  sc_json_set_string (current, "password", password);
  g_autofree char *text = sc_json_to_string (current);
  return sc_secrets_put_pending (self->aws, self->secret, self->version, text, error);
}

static gboolean
set_secret (const Rotation *self, GError **error)
{
  g_autoptr (JsonObject) next = read_version (self, self->version, SC_SECRETS_PENDING, error);
  const char *name = next ? sc_json_get_string (next, "username", TEXT_MAX, error) : NULL;
  const char *password = name ? sc_json_get_string (next, "password", TEXT_MAX, error) : NULL;
  g_autoptr (ScStore) store =
    password ? open_as_master (self->aws, self->master_secret, next, error) : NULL;
  return store && set_password (store, name, password, error);
}

static gboolean
test_secret (const Rotation *self, GError **error)
{
  g_autoptr (JsonObject) next = read_version (self, self->version, SC_SECRETS_PENDING, error);
  g_autoptr (ScStore) store = next ? open_store (next, NULL, error) : NULL;
  g_autoptr (ScStoreConnection) connection = store ? sc_store_acquire (store, error) : NULL;
  return connection && sc_store_execute (connection,
                                         "SELECT 1 FROM schema_migrations LIMIT 1",
                                         SC_NO_PARAMS,
                                         error) >= 0;
}

static gboolean
finish_secret (const Rotation *self, GError **error)
{
  g_autofree char *current = sc_secrets_find_current (self->aws, self->secret, error);
  if (!current || g_str_equal (current, self->version))
    return current != NULL;
  return sc_secrets_make_current (self->aws, self->secret, self->version, current, error);
}

/**
 * sc_rotate:
 * @aws: a client of AWS Secrets Manager
 * @master_secret: the ARN of the secret of a role that may make roles
 * @event: what AWS Secrets Manager sends: {"Step", "SecretId", "ClientRequestToken"}
 * @error: an error of %SC_AWS_ERROR, %SC_STORE_ERROR or %SC_DATA_ERROR
 *
 * Does one step of a rotation. Blocks.
 *
 * Returns: %TRUE if it is done
 */
gboolean
sc_rotate (ScAws *aws, const char *master_secret, GBytes *event, GError **error)
{
  static const struct {
    const char *step;
    gboolean (*run) (const Rotation *self, GError **error);
  } steps[] = {
    { "createSecret", create_secret },
    { "setSecret", set_secret },
    { "testSecret", test_secret },
    { "finishSecret", finish_secret },
  };
  g_autoptr (JsonObject) object = sc_json_parse (event, SC_JSON_MAX_BYTES, error);
  const char *step = object ? sc_json_get_string (object, "Step", TEXT_MAX, error) : NULL;
  Rotation self = { .aws = aws, .master_secret = master_secret };
  self.secret = step ? sc_json_get_string (object, "SecretId", TEXT_MAX, error) : NULL;
  self.version =
    self.secret ? sc_json_get_string (object, "ClientRequestToken", TEXT_MAX, error) : NULL;
  if (!self.version)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (step, steps[i].step))
      return steps[i].run (&self, error);
  g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "There is no step %s", step);
  return FALSE;
}

/* What a migration needs, and a role that owns nothing but tables may not add. */
static gboolean
add_extensions (ScStore *store, GError **error)
{
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, error);
  return connection &&
         sc_store_run_script (connection, "CREATE EXTENSION IF NOT EXISTS pg_trgm", error);
}

/**
 * sc_rotate_prepare:
 * @aws: a client of AWS Secrets Manager
 * @master_secret: the ARN of the secret of a role that may make roles
 * @secret: the ARN of the application's secret
 * @error: an error of %SC_AWS_ERROR, %SC_STORE_ERROR or %SC_DATA_ERROR
 *
 * Makes the role that the application's secret names, with its password, and the extensions that
 * its tables need: what a new database does not have. Blocks.
 *
 * Returns: %TRUE if they are there
 */
gboolean
sc_rotate_prepare (ScAws *aws, const char *master_secret, const char *secret, GError **error)
{
  const Rotation self = { .aws = aws, .master_secret = master_secret, .secret = secret };
  g_autoptr (JsonObject) current = read_version (&self, NULL, SC_SECRETS_CURRENT, error);
  const char *name = current ? sc_json_get_string (current, "username", TEXT_MAX, error) : NULL;
  const char *password = name ? sc_json_get_string (current, "password", TEXT_MAX, error) : NULL;
  g_autoptr (ScStore) store = password ? open_as_master (aws, master_secret, current, error) : NULL;
  return store && set_password (store, name, password, error) && add_extensions (store, error);
}
