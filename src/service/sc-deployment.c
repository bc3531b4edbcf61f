/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a process needs to serve, made from its environment: the same for streamcat-backend and for
 * streamcat-lambda.
 *
 * The database is STREAMCAT_DATABASE, a libpq connection string, or a secret in AWS Secrets
 * Manager: STREAMCAT_DATABASE_SECRET, its ARN or name, is asked for at AWS, and
 * STREAMCAT_DATABASE_SECRET_ARN at the extension that functions have for that. The secret is
 * fetched when the first connection is opened, because a Lambda function cannot do it earlier, and
 * again when a login is refused: its password was rotated.
 */

#include "config.h"

#include "sc-deployment.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-secrets-layer.h"
#include "sc-secrets.h"

/* Hosts, names and passwords of a database are short; the bound is for what is none. */
#define SECRET_MEMBER_MAX 1024

typedef struct {
  ScAws *aws;            /* its own: the service's asks the database before each call; or NULL */
  ScSecretsLayer *layer; /* or NULL */
  char *secret_id;
  char *conninfo;
} SecretSource;

struct _ScDeployment {
  ScAws *aws;
  ScStore *store;
  ScService *service;
};

static ScAws *
make_aws (char **environment, GError **error)
{
  g_autoptr (ScHttp) http = sc_http_new (SC_AWS_TIMEOUT_SECONDS);
  return sc_aws_new (environment, http, error);
}

static void
secret_source_free (SecretSource *self)
{
  sc_aws_free (self->aws);
  sc_secrets_layer_free (self->layer);
  g_free (self->secret_id);
  g_free (self->conninfo);
  g_free (self);
}

/* PostgreSQL 17, 32.1.1: single quotes around a value, a backslash before ' and \. */
static void
append_setting (GString *conninfo, const char *keyword, const char *value)
{
  g_string_append_printf (conninfo, "%s='", keyword);
  for (const char *at = value; *at; at++) {
    if (*at == '\'' || *at == '\\')
      g_string_append_c (conninfo, '\\');
    g_string_append_c (conninfo, *at);
  }
  g_string_append (conninfo, "' ");
}

/* A port is a number in what AWS writes, and a string in what people write. */
static void
append_port (GString *conninfo, JsonObject *object)
{
  gint64 port = 0;
  const char *text = sc_json_get_string_or (object, "port", NULL);
  if (!text && !sc_json_get_int (object, "port", 1, 65535, &port, NULL))
    return;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, port);
  append_setting (conninfo, "port", text ? text : number);
}

/**
 * sc_database_conninfo_from_secret:
 * @secret: a secret as AWS keeps it for a database: JSON with host, port, dbname, username,
 * password
 * @error: an error of %SC_DATA_ERROR
 *
 * A host that is no folder of a socket is only talked to over verified TLS.
 *
 * Returns: (transfer full) (nullable): a libpq connection string
 */
char *
sc_database_conninfo_from_secret (const char *secret, GError **error)
{
  static const struct {
    const char *member, *keyword;
  } settings[] = {
    { "host", "host" },
    { "dbname", "dbname" },
    { "username", "user" },
    { "password", "password" },
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static (secret, strlen (secret));
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
  if (!object)
    return NULL;

  g_autoptr (GString) conninfo = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
    const char *value = sc_json_get_string (object, settings[i].member, SECRET_MEMBER_MAX, error);
    if (!value)
      return NULL;
    append_setting (conninfo, settings[i].keyword, value);
  }
  append_port (conninfo, object);
  if (json_object_get_string_member (object, "host")[0] != '/')
    append_setting (conninfo, "sslmode", "verify-full");
  return g_string_free (g_steal_pointer (&conninfo), FALSE);
}

static char *
dup_conninfo (gboolean again, gpointer user_data, GError **error)
{
  SecretSource *self = user_data;
  if (!self->conninfo || again) {
    g_autofree char *secret = self->layer
                                ? sc_secrets_layer_get_value (self->layer, self->secret_id, error)
                                : sc_secrets_get_value (self->aws, self->secret_id, error);
    char *conninfo = secret ? sc_database_conninfo_from_secret (secret, error) : NULL;
    if (!conninfo)
      return NULL;
    g_free (self->conninfo);
    self->conninfo = conninfo;
  }
  return g_strdup (self->conninfo);
}

static ScStore *
open_by_secret (const char *secret_id, ScAws *aws, ScSecretsLayer *layer)
{
  SecretSource *source = g_new0 (SecretSource, 1);
  source->aws = aws;
  source->layer = layer;
  source->secret_id = g_strdup (secret_id);
  return sc_store_new_full (dup_conninfo,
                            source,
                            (GDestroyNotify) secret_source_free,
                            SC_STORE_MAX_CONNECTIONS);
}

/**
 * sc_deployment_open_store:
 * @environment: (array zero-terminated=1): as of g_get_environ()
 * @error: %SC_DATA_ERROR_MISSING, or an error of %SC_AWS_ERROR
 *
 * Makes the pool of the database that the environment names. Nothing is connected yet.
 *
 * Returns: (transfer full) (nullable): the pool
 */
ScStore *
sc_deployment_open_store (char **environment, GError **error)
{
  const char *conninfo = g_environ_getenv (environment, "STREAMCAT_DATABASE");
  if (conninfo)
    return sc_store_new (conninfo, SC_STORE_MAX_CONNECTIONS);
  const char *arn = g_environ_getenv (environment, "STREAMCAT_DATABASE_SECRET_ARN");
  if (arn)
    return open_by_secret (arn, NULL, sc_secrets_layer_new (environment));
  const char *secret_id = g_environ_getenv (environment, "STREAMCAT_DATABASE_SECRET");
  if (secret_id) {
    ScAws *aws = make_aws (environment, error);
    return aws ? open_by_secret (secret_id, aws, NULL) : NULL;
  }
  g_set_error_literal (error,
                       SC_DATA_ERROR,
                       SC_DATA_ERROR_MISSING,
                       "None of STREAMCAT_DATABASE, STREAMCAT_DATABASE_SECRET_ARN and "
                       "STREAMCAT_DATABASE_SECRET is set");
  return NULL;
}

/* A wrong address would go out to every viewer. None at all is a deployment without recordings. */
static gboolean
check_recordings_url (char **environment, GError **error)
{
  const char *url = g_environ_getenv (environment, "STREAMCAT_RECORDINGS_URL");
  if (!url || !url[0])
    return TRUE;
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  const char *scheme = uri ? g_uri_get_scheme (uri) : "";
  if ((g_str_equal (scheme, "https") || g_str_equal (scheme, "http")) && !g_uri_get_query (uri) &&
      !g_uri_get_fragment (uri))
    return TRUE;
  g_set_error_literal (error,
                       SC_DATA_ERROR,
                       SC_DATA_ERROR_RANGE,
                       "STREAMCAT_RECORDINGS_URL is no address on the web, as "
                       "https://recordings.example.org");
  return FALSE;
}

/**
 * sc_deployment_new:
 * @environment: (array zero-terminated=1): as of g_get_environ()
 * @error: what is missing or wrong
 *
 * Returns: (transfer full) (nullable): a service with its database and its AWS
 */
ScDeployment *
sc_deployment_new (char **environment, GError **error)
{
  g_autoptr (ScDeployment) self = g_new0 (ScDeployment, 1);
  if (!check_recordings_url (environment, error))
    return NULL;
  self->aws = make_aws (environment, error);
  self->store = self->aws ? sc_deployment_open_store (environment, error) : NULL;
  if (!self->store)
    return NULL;
  self->service = sc_service_new (self->store, self->aws, environment);
  return g_steal_pointer (&self);
}

/**
 * sc_deployment_free:
 * @self: (nullable): a deployment that no thread uses
 */
void
sc_deployment_free (ScDeployment *self)
{
  if (!self)
    return;
  sc_service_free (self->service);
  sc_store_free (self->store);
  sc_aws_free (self->aws);
  g_free (self);
}

/**
 * sc_deployment_get_service:
 * @self: a deployment
 *
 * Returns: (transfer none): its service
 */
ScService *
sc_deployment_get_service (ScDeployment *self)
{
  return self->service;
}
