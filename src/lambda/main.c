/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The program `streamcat-lambda`: the same rules as `streamcat-backend`, behind the runtime API of
 * AWS Lambda. The environment's _HANDLER says what this function is. */

#include "config.h"

#include "sc-chat-log.h"
#include "sc-deployment.h"
#include "sc-error.h"
#include "sc-gateway.h"
#include "sc-held-lines.h"
#include "sc-json.h"
#include "sc-migrate.h"
#include "sc-migration.h"
#include "sc-rotate.h"
#include "sc-runtime.h"
#include "sc-secret.h"
#include "sc-stream-state.h"
#include "sc-tick.h"
#include "sc-trust.h"

#include <stdlib.h>
#include <unistd.h>

/* EventBridge's events have at most 256 KiB ("Amazon EventBridge quotas"). */
#define EVENT_MAX (256 * 1024)

static GBytes *
answer_nothing (void)
{
  return g_bytes_new_static ("{}", 2);
}

static GBytes *
handle_api (ScService *service, GBytes *event, GError **error)
{
  return sc_gateway_handle (service, event, error);
}

static GBytes *
handle_stream_state (ScService *service, GBytes *event, GError **error)
{
  g_autoptr (JsonObject) object = sc_json_parse (event, EVENT_MAX, error);
  if (!object || !sc_stream_state_apply (service, object, error))
    return NULL;
  return answer_nothing ();
}

static GBytes *
handle_chat_log (ScService *service, GBytes *event, GError **error)
{
  return sc_chat_log_apply (service, event, error) ? answer_nothing () : NULL;
}

static GBytes *
handle_chat_held (ScService *service, GBytes *event, GError **error)
{
  g_autoptr (JsonObject) object = sc_json_parse (event, SC_JSON_MAX_BYTES, error);
  return object && sc_held_lines_apply (service, object, error) ? answer_nothing () : NULL;
}

static GBytes *
handle_tick (ScService *service, GBytes *event, GError **error)
{
  return sc_tick_run (service, error) ? answer_nothing () : NULL;
}

/* A client of its own: the service's asks the database before each call. */
static ScAws *
open_aws (GError **error)
{
  g_auto (GStrv) environment = g_get_environ ();
  g_autoptr (ScHttp) http = sc_http_new (SC_AWS_TIMEOUT_SECONDS);
  return sc_aws_new (environment, http, error);
}

static GBytes *
handle_rotate (ScService *service, GBytes *event, GError **error)
{
  const char *master = g_getenv ("STREAMCAT_MASTER_SECRET_ARN");
  g_autoptr (ScAws) aws = open_aws (error);
  return aws && sc_rotate (aws, master ? master : "", event, error) ? answer_nothing () : NULL;
}

/* A new database has no role for the application yet. */
static gboolean
migrate (gpointer data, guint *ret_applied, GError **error)
{
  ScService *service = data;
  const char *master = g_getenv ("STREAMCAT_MASTER_SECRET_ARN");
  const char *secret = g_getenv ("STREAMCAT_DATABASE_SECRET_ARN");
  if (master && secret) {
    g_autoptr (ScAws) aws = open_aws (error);
    if (!aws || !sc_rotate_prepare (aws, master, secret, error))
      return FALSE;
  }
  return sc_migrate (sc_service_get_store (service), ret_applied, error);
}

static GBytes *
handle_migrate (ScService *service, GBytes *event, GError **error)
{
  return sc_migration_handle (event, sc_runtime_get_deadline (), migrate, service, error);
}

typedef struct {
  const char *name;
  GBytes *(*handle) (ScService *service, GBytes *event, GError **error);
} Function;

static const Function functions[] = {
  { "api", handle_api },           { "stream_state", handle_stream_state },
  { "chat_log", handle_chat_log }, { "chat_held", handle_chat_held },
  { "tick", handle_tick },         { "migrate", handle_migrate },
  { "rotate", handle_rotate },
};

static const Function *
find_function (const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_strcmp0 (name, functions[i].name) == 0)
      return &functions[i];
  g_set_error_literal (error,
                       SC_DATA_ERROR,
                       SC_DATA_ERROR_RANGE,
                       "_HANDLER names no function of this program");
  return NULL;
}

typedef struct {
  const Function *function;
  ScDeployment *deployment;
} Sandbox;

static GBytes *
on_event (GBytes *event, gpointer user_data, GError **error)
{
  Sandbox *sandbox = user_data;
  return sandbox->function->handle (sc_deployment_get_service (sandbox->deployment), event, error);
}

static void
on_thawed (gpointer user_data)
{
  Sandbox *sandbox = user_data;
  ScService *service = sc_deployment_get_service (sandbox->deployment);
  sc_store_suspect_idle (sc_service_get_store (service));
  sc_aws_forget_connections (sc_service_get_aws (service));
  sc_aws_forget_connections (sc_service_get_quick_aws (service));
  sc_aws_forget_connections (sc_service_get_chat_aws (service));
}

static gboolean
prepare (Sandbox *sandbox, GError **error)
{
  g_auto (GStrv) environment = g_get_environ ();
  sandbox->function = find_function (g_environ_getenv (environment, "_HANDLER"), error);
  if (!sandbox->function || !sc_trust_certificate_file (g_getenv ("SSL_CERT_FILE"), error))
    return FALSE;
  sandbox->deployment = sc_deployment_new (environment, error);
  if (sandbox->deployment && sandbox->function->handle == handle_api &&
      !sc_service_get_recordings_url (sc_deployment_get_service (sandbox->deployment)))
    g_printerr ("streamcat-lambda: STREAMCAT_RECORDINGS_URL is not set: no recordings are shown\n");
  return sandbox->deployment != NULL;
}

int
main (int argc, char *argv[])
{
  const char *api = g_getenv ("AWS_LAMBDA_RUNTIME_API");
  sc_secret_forbid_core_files ();
  if (!api) {
    g_printerr ("streamcat-lambda: AWS Lambda starts this; AWS_LAMBDA_RUNTIME_API is not set\n");
    return EXIT_FAILURE;
  }

  Sandbox sandbox = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ScRuntime) runtime = sc_runtime_new (api);
  sc_runtime_set_thawed (runtime, SC_RUNTIME_PAUSE_US, on_thawed, &sandbox);
  if (!prepare (&sandbox, &error))
    sc_runtime_fail_init (runtime, error);
  else
    sc_runtime_run (runtime, on_event, &sandbox, &error);
  g_printerr ("streamcat-lambda: %s\n", error->message);
  /* A handler may still be at work: what it uses goes with the process. */
  _exit (EXIT_FAILURE);
}
