/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The password is rotated again and again while three programs work with the database and have each
 * connection cut: nobody is refused. PostgreSQL and the local Secrets Manager are real. */

#include "config.h"

#include "sc-control.h"
#include "sc-deployment.h"
#include "sc-json.h"
#include "sc-migrate.h"
#include "sc-rotate.h"
#include "sc-secret-operations.h"
#include "sc-secrets.h"
#include "sct-cluster.h"
#include "sct-files.h"

#include <string.h>

#define SECRET "arn:aws:secretsmanager:us-west-2:123456789012:secret:app-AbCdEf"
#define MASTER "arn:aws:secretsmanager:us-west-2:123456789012:secret:master-AbCdEf"

#define ROTATIONS 4
#define WORKERS 3

/* What every worker does at least between two rotations. */
#define ROUNDS 10

typedef struct {
  GStrv environment;
  int stop;
  int rounds[WORKERS];
  int failures;
  int as_clone;
} Load;

static ScControl *
start_control (const char *folder, ScVault *vault)
{
  static const ScControlPlace place = {
    .region = "us-west-2",
    .account = "123456789012",
    .access_key_id = "AKIATEST",
    .secret_access_key = "secret",
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (folder, "cloud.json", NULL);
  g_autoptr (ScCloud) cloud = sc_cloud_new (file, &error);
  g_assert_no_error (error);
  ScControl *control = sc_control_new (cloud, &place, FALSE);
  sc_control_add_operations (control, sc_secret_operations, vault);
  g_assert_true (sc_control_listen (control, 0, &error));
  return control;
}

/* Passwords count for the two roles that take turns, and nobody else needs one. */
static void
demand_passwords (SctCluster *cluster, const char *conninfo)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
    g_build_filename (sct_cluster_get_socket_dir (cluster), "data", "pg_hba.conf", NULL);
  g_assert_true (
    g_file_set_contents (path,
                         "local all app,app_clone scram-sha-256\nlocal all all trust\n",
                         -1,
                         &error));
  g_autoptr (ScStore) store = sc_store_new (conninfo, 1);
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sc_store_execute (connection, "SELECT pg_reload_conf()", SC_NO_PARAMS, &error),
                   >=,
                   0);
}

static void
fill_vault (ScVault *vault, const char *host)
{
  g_autofree char *text = g_strdup_printf (
    "{\"username\":\"app\",\"password\":\"first\",\"host\":\"%s\",\"dbname\":\"rotated\"}",
    host);
  sc_vault_put (vault, SECRET, "app", text);
  sc_vault_put (vault, MASTER, "master", "{\"username\":\"streamcat\",\"password\":\"x\"}");
}

/* One round: a login, a question, and the end of the connection. */
static void
do_round (Load *load, ScStore *store, int worker)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_autoptr (ScStoreResult) result =
    connection ? sc_store_query (connection,
                                 "SELECT session_user::text, current_user::text"
                                 " FROM schema_migrations LIMIT 1",
                                 SC_NO_PARAMS,
                                 &error)
               : NULL;
  if (error)
    g_printerr ("# %s\n", error->message);
  if (!result || !g_str_equal (sc_store_result_get_text (result, 0, 1), "app"))
    g_atomic_int_inc (&load->failures);
  else if (g_str_equal (sc_store_result_get_text (result, 0, 0), "app_clone"))
    g_atomic_int_inc (&load->as_clone);
  if (connection)
    sc_store_execute (connection,
                      "SELECT pg_terminate_backend(pg_backend_pid())",
                      SC_NO_PARAMS,
                      NULL);
  g_atomic_int_inc (&load->rounds[worker]);
}

typedef struct {
  Load *load;
  int number;
} Worker;

static gpointer
run_worker (gpointer data)
{
  const Worker *worker = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStore) store = sc_deployment_open_store (worker->load->environment, &error);
  g_assert_no_error (error);
  while (!g_atomic_int_get (&worker->load->stop))
    do_round (worker->load, store, worker->number);
  return NULL;
}

static void
wait_for_rounds (Load *load)
{
  int until[WORKERS];
  for (int i = 0; i < WORKERS; i++)
    until[i] = g_atomic_int_get (&load->rounds[i]) + ROUNDS;
  for (int i = 0; i < WORKERS; i++)
    while (g_atomic_int_get (&load->rounds[i]) < until[i])
      g_thread_yield ();
}

/* Each step comes twice, as AWS may have it. */
static void
rotate (ScAws *aws)
{
  static const char *const steps[] = { "createSecret", "setSecret", "testSecret", "finishSecret" };
  g_autofree char *version = g_uuid_string_random ();
  for (guint i = 0; i < 2 * G_N_ELEMENTS (steps); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text = g_strdup_printf ("{\"Step\":\"%s\",\"SecretId\":\"" SECRET
                                             "\",\"ClientRequestToken\":\"%s\"}",
                                             steps[i / 2],
                                             version);
    g_autoptr (GBytes) event = g_bytes_new (text, strlen (text));
    sc_rotate (aws, MASTER, event, &error);
    g_assert_no_error (error);
  }
}

typedef struct {
  Load load;
  ScAws *aws;
  int done;
} Rotating;

static gpointer
run_rotations (gpointer data)
{
  Rotating *self = data;
  Load *load = &self->load;
  Worker workers[WORKERS];
  GThread *threads[WORKERS];
  g_autoptr (GError) error = NULL;
  sc_rotate_prepare (self->aws, MASTER, SECRET, &error);
  g_assert_no_error (error);
  g_autoptr (ScStore) store = sc_deployment_open_store (load->environment, &error);
  sc_migrate (store, NULL, &error);
  g_assert_no_error (error);

  for (int i = 0; i < WORKERS; i++) {
    workers[i] = (Worker) { load, i };
    threads[i] = g_thread_new ("worker", run_worker, &workers[i]);
  }
  for (int i = 0; i < ROTATIONS; i++) {
    wait_for_rounds (load);
    rotate (self->aws);
  }
  wait_for_rounds (load);
  g_atomic_int_set (&load->stop, TRUE);
  for (int i = 0; i < WORKERS; i++)
    g_thread_join (threads[i]);
  g_atomic_int_set (&self->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

static GStrv
make_environment (ScControl *control)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", sc_control_get_port (control));
  const char *const settings[][2] = {
    { "AWS_ENDPOINT_URL", url },
    { "AWS_REGION", "us-west-2" },
    { "AWS_ACCESS_KEY_ID", "AKIATEST" },
    { "AWS_SECRET_ACCESS_KEY", "secret" },
    { "STREAMCAT_DATABASE_SECRET", SECRET },
  };
  GStrv environment = g_new0 (char *, 1);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    environment = g_environ_setenv (environment, settings[i][0], settings[i][1], TRUE);
  return environment;
}

static void
test_no_request_is_lost (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("rotate-XXXXXX", &error);
  g_autoptr (SctCluster) cluster = sct_cluster_new ();
  g_autofree char *conninfo = sct_cluster_create_database (cluster, "rotated", NULL);
  g_autoptr (ScVault) vault = sc_vault_new ();
  demand_passwords (cluster, conninfo);
  fill_vault (vault, sct_cluster_get_socket_dir (cluster));
  g_autoptr (ScControl) control = start_control (folder, vault);

  Rotating self = { .load.environment = make_environment (control) };
  g_autoptr (ScHttp) http = sc_http_new (SC_AWS_TIMEOUT_SECONDS);
  self.aws = sc_aws_new (self.load.environment, http, &error);
  g_assert_no_error (error);
  GThread *thread = g_thread_new ("rotations", run_rotations, &self);
  while (!g_atomic_int_get (&self.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);

  g_test_message ("%d rotations, %d logins, %d of them as the clone, %d refused",
                  ROTATIONS,
                  self.load.rounds[0] + self.load.rounds[1] + self.load.rounds[2],
                  self.load.as_clone,
                  self.load.failures);
  g_assert_cmpint (self.load.failures, ==, 0);
  g_assert_cmpint (self.load.as_clone, >, 0);
  g_assert_nonnull (strstr (sc_secret_get_value (sc_vault_find (vault, SECRET)), "\"app\""));
  sc_aws_free (self.aws);
  g_strfreev (self.load.environment);
  sc_control_close (control);
  sct_remove_tree (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lambda/rotate/no-request-is-lost", test_no_request_is_lost);
  return g_test_run ();
}
