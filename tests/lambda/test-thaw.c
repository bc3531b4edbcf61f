/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* usage: test-thaw STREAMCAT-LAMBDA
 *
 * The function is frozen between two events, as AWS Lambda does, and its connections to PostgreSQL
 * are cut meanwhile: the next event is answered as if nothing had been. */

#include "config.h"

#include "sc-json.h"
#include "sc-migrate.h"
#include "sc-store.h"
#include "sct-cluster.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

#define PREFIX "/2018-06-01/runtime/invocation/"
#define EVENT                                                                                      \
  "{\"version\":\"2.0\",\"rawPath\":\"/v1/"                                                        \
  "channels\",\"rawQueryString\":\"live=1\",\"headers\":{},"                                       \
  "\"requestContext\":{\"http\":{\"method\":\"GET\",\"sourceIp\":\"192.0.2.1\"}}}"

#define FREEZES 3

static const char *program;

typedef struct {
  SoupServer *server;
  SoupServerMessage *waiting; /* the question for the next event */
  JsonObject *answer;
} Api;

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Api *api = user_data;
  if (g_str_equal (path, PREFIX "next")) {
    soup_server_message_pause (message);
    g_set_object (&api->waiting, message);
    return;
  }
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  api->answer = sc_json_parse (body, SC_JSON_MAX_BYTES, NULL);
  soup_server_message_set_status (message, 202, NULL);
}

/* Gives an event as soon as it is asked for, and waits for its answer. */
static void
assert_answered (Api *api)
{
  while (!api->waiting)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (SoupServerMessage) message = g_steal_pointer (&api->waiting);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  soup_message_headers_append (headers, "Lambda-Runtime-Aws-Request-Id", "00000000-1");
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message,
                                    "application/json",
                                    SOUP_MEMORY_STATIC,
                                    EVENT,
                                    strlen (EVENT));
  soup_server_message_unpause (message);
  while (!api->answer)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (JsonObject) answer = g_steal_pointer (&api->answer);
  g_assert_cmpint (json_object_get_int_member_with_default (answer, "statusCode", 0), ==, 200);
}

/* Ends all connections but ours, and waits until they are gone. Returns how many there were. */
static gint64
cut_connections (ScStore *store)
{
  static const char sql[] = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                            " WHERE datname = current_database() AND pid <> pg_backend_pid()";
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_autoptr (ScStoreResult) result = sc_store_query (connection, sql, SC_NO_PARAMS, &error);
  g_assert_no_error (error);
  return sc_store_result_count (result);
}

static GSubprocess *
start (Api *api, const char *conninfo)
{
  g_autoptr (GError) error = NULL;
  GSList *uris = soup_server_get_uris (api->server);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  const char *const variables[][2] = {
    { "AWS_LAMBDA_RUNTIME_API", address }, { "_HANDLER", "api" },
    { "STREAMCAT_DATABASE", conninfo },    { "AWS_REGION", "us-west-2" },
    { "AWS_ACCESS_KEY_ID", "AKIATEST" },   { "AWS_SECRET_ACCESS_KEY", "secret" },
  };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_subprocess_launcher_setenv (launcher, variables[i][0], variables[i][1], TRUE);
  GSubprocess *process = g_subprocess_launcher_spawn (launcher, &error, program, NULL);
  g_assert_no_error (error);
  return process;
}

static void
test_cut_while_frozen (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SctCluster) cluster = sct_cluster_new ();
  g_autofree char *conninfo = sct_cluster_create_database (cluster, "thaw", NULL);
  g_autoptr (ScStore) store = sc_store_new (conninfo, 1);
  g_assert_true (sc_migrate (store, NULL, &error));
  Api api = { .server = soup_server_new (NULL, NULL) };
  soup_server_add_handler (api.server, NULL, on_request, &api, NULL);
  soup_server_listen_local (api.server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  g_autoptr (GSubprocess) process = start (&api, conninfo);
  assert_answered (&api);
  for (guint i = 0; i < FREEZES; i++) {
    g_subprocess_send_signal (process, SIGSTOP);
    g_assert_cmpint (cut_connections (store), >=, 1);
    g_subprocess_send_signal (process, SIGCONT);
    assert_answered (&api);
  }
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_clear_object (&api.waiting);
  soup_server_disconnect (api.server);
  g_object_unref (api.server);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add_func ("/lambda/thaw/cut-while-frozen", test_cut_while_frozen);
  return g_test_run ();
}
