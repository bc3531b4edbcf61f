/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-service.h"

#include "sc-json.h"
#include "sc-migrate.h"
#include "sct-cluster.h"

#include <string.h>

#define MIGRATED "migrated"

/* Nothing listens there: a call of AWS fails at once. */
#define NOWHERE "http://127.0.0.1:9"

static SctCluster *cluster;
static ScHttp *http;

/**
 * sct_service_set_up:
 *
 * Makes the cluster of this test program, with one migrated database that the others are copies of.
 */
void
sct_service_set_up (void)
{
  g_autoptr (GError) error = NULL;
  cluster = sct_cluster_new ();
  http = sc_http_new (SC_AWS_TIMEOUT_SECONDS);
  g_autofree char *conninfo = sct_cluster_create_database (cluster, MIGRATED, NULL);
  g_autoptr (ScStore) store = sc_store_new (conninfo, 1);
  sc_migrate (store, NULL, &error);
  g_assert_no_error (error);
}

/**
 * sct_service_tear_down:
 *
 * Removes the cluster.
 */
void
sct_service_tear_down (void)
{
  g_clear_object (&http);
  g_clear_pointer (&cluster, sct_cluster_free);
}

static gint64
read_clock (gpointer data)
{
  return ((SctService *) data)->now;
}

/* A test has no time to wait before it repeats a call. */
static void
wait_for_nothing (gint64 time_us, gpointer unused)
{
}

static ScAws *
make_aws (const char *endpoint_url, const char *s3_endpoint_url)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) environment = NULL;
  environment = g_environ_setenv (environment, "AWS_REGION", "us-west-2", TRUE);
  environment = g_environ_setenv (environment, "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", TRUE);
  environment = g_environ_setenv (environment,
                                  "AWS_SECRET_ACCESS_KEY",
                                  "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                                  TRUE);
  environment = g_environ_setenv (environment, "AWS_ENDPOINT_URL", endpoint_url, TRUE);
  if (s3_endpoint_url)
    environment = g_environ_setenv (environment, "AWS_ENDPOINT_URL_S3", s3_endpoint_url, TRUE);
  ScAws *aws = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
  sc_aws_set_wait (aws, wait_for_nothing, NULL);
  return aws;
}

/**
 * sct_service_new_with_bucket:
 * @aws_endpoint_url: (nullable): where AWS is; %NULL for nowhere
 * @s3_endpoint_url: (nullable): where Amazon S3 is; %NULL for no rules of rooms
 *
 * Returns: (transfer full): a service over a fresh database, in October 2026
 */
SctService *
sct_service_new_with_bucket (const char *aws_endpoint_url, const char *s3_endpoint_url)
{
  static guint count;
  SctService *self = g_new0 (SctService, 1);
  g_autofree char *name = g_strdup_printf ("service-%u", count++);
  g_autofree char *conninfo = sct_cluster_create_database (cluster, name, MIGRATED);
  self->store = sc_store_new (conninfo, SC_STORE_MAX_CONNECTIONS);
  self->aws = make_aws (aws_endpoint_url ? aws_endpoint_url : NOWHERE, s3_endpoint_url);
  self->now = G_GINT64_CONSTANT (1792844792000000);
  char *environment[] = { (char *) "STREAMCAT_RECORDINGS_URL=" SCT_RECORDINGS_URL "/",
                          s3_endpoint_url ? (char *) "STREAMCAT_RULES_BUCKET=" SCT_RULES_BUCKET
                                          : NULL,
                          NULL };
  self->service = sc_service_new (self->store, self->aws, environment);
  sc_service_set_clock (self->service, read_clock, self);
  return self;
}

/**
 * sct_service_new:
 * @aws_endpoint_url: (nullable): where AWS is; %NULL for nowhere
 *
 * Returns: (transfer full): a service over a fresh database, in October 2026
 */
SctService *
sct_service_new (const char *aws_endpoint_url)
{
  return sct_service_new_with_bucket (aws_endpoint_url, NULL);
}

/**
 * sct_service_free:
 * @self: (nullable): a service
 */
void
sct_service_free (SctService *self)
{
  if (!self)
    return;
  sc_service_free (self->service);
  sc_aws_free (self->aws);
  sc_store_free (self->store);
  g_free (self);
}

/**
 * sct_service_call:
 * @self: a service
 * @method: a method
 * @target: a path, perhaps with a query
 * @token: (nullable): a bearer token
 * @body: (nullable): a body
 *
 * Returns: (transfer full): the answer
 */
ScResponse *
sct_service_call (SctService *self,
                  const char *method,
                  const char *target,
                  const char *token,
                  const char *body)
{
  g_auto (GStrv) parts = g_strsplit (target, "?", 2);
  g_autofree char *authorization = token ? g_strdup_printf ("Bearer %s", token) : NULL;
  g_autoptr (GBytes) bytes = body ? g_bytes_new (body, strlen (body)) : NULL;
  ScRequest request = {
    .method = method,
    .path = parts[0] ? parts[0] : "",
    .query = parts[0] ? parts[1] : NULL,
    .authorization = authorization,
    .body = bytes,
  };
  return sc_service_handle (self->service, &request);
}

/**
 * sct_service_sign_up:
 * @self: a service
 * @name: a name; the password is "password of NAME"
 *
 * Returns: (transfer full): a token
 */
char *
sct_service_sign_up (SctService *self, const char *name)
{
  g_autofree char *body =
    g_strdup_printf ("{\"name\":\"%s\",\"password\":\"password of %s\"}", name, name);
  g_autoptr (ScResponse) response = sct_service_call (self, "POST", "/v1/users", NULL, body);
  g_assert_cmpuint (response->status, ==, 201);
  g_autoptr (JsonObject) object = sct_response_object (response);
  return g_strdup (json_object_get_string_member (object, "token"));
}

/**
 * sct_service_ask_number:
 * @self: a service
 * @sql: a query
 *
 * Returns: the first column of its first row
 */
gint64
sct_service_ask_number (SctService *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  g_assert_no_error (error);
  g_autoptr (ScStoreResult) result = sc_store_query (connection, sql, SC_NO_PARAMS, &error);
  g_assert_no_error (error);
  return sc_store_result_get_int (result, 0, 0);
}

/**
 * sct_service_run:
 * @self: a service
 * @sql: statements that put the database into the state a test needs
 */
void
sct_service_run (SctService *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  g_assert_no_error (error);
  sc_store_run_script (connection, sql, &error);
  g_assert_no_error (error);
}

/**
 * sct_response_object:
 * @response: an answer with a body
 *
 * Returns: (transfer full): its body
 */
JsonObject *
sct_response_object (ScResponse *response)
{
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (response->body);
  JsonObject *object = sc_json_parse (response->body, G_MAXSIZE, &error);
  g_assert_no_error (error);
  return object;
}

/**
 * sct_assert_fault:
 * @response: an answer
 * @status: the status it must have
 * @code: the code of its error
 * @field: (nullable): the field of its error
 */
void
sct_assert_fault (ScResponse *response, guint status, const char *code, const char *field)
{
  g_autoptr (JsonObject) object = sct_response_object (response);
  JsonObject *fault = json_object_get_object_member (object, "error");
  g_assert_nonnull (fault);
  g_assert_cmpstr (sc_json_get_string_or (fault, "code", NULL), ==, code);
  g_assert_cmpstr (sc_json_get_string_or (fault, "field", NULL), ==, field);
  g_assert_cmpuint (response->status, ==, status);
  const char *message = sc_json_get_string_or (fault, "message", "");
  g_assert_true (g_str_has_suffix (message, "."));
}
