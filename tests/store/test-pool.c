/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-store.h"
#include "sct-cluster.h"

static SctCluster *cluster;
static char *conninfo;

static gboolean
ask (ScStoreConnection *connection, GError **error)
{
  return sc_store_execute (connection, "SELECT 1", SC_NO_PARAMS, error) == 1;
}

static void
test_exhaustion_is_busy (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStore) store = sc_store_new (conninfo, 2);
  sc_store_set_wait (store, 20);
  g_autoptr (ScStoreConnection) first = sc_store_acquire (store, &error);
  g_autoptr (ScStoreConnection) second = sc_store_acquire (store, &error);
  g_assert_no_error (error);

  g_assert_null (sc_store_acquire (store, &error));
  g_assert_error (error, SC_STORE_ERROR, SC_STORE_ERROR_BUSY);
  g_clear_error (&error);

  g_clear_pointer (&second, sc_store_connection_release);
  g_autoptr (ScStoreConnection) third = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  g_assert_true (ask (third, &error));
}

static gpointer
use_in_thread (gpointer data)
{
  guint *served = g_new0 (guint, 1);
  for (guint i = 0; i < 20; i++) {
    g_autoptr (ScStoreConnection) connection = sc_store_acquire (data, NULL);
    if (connection && ask (connection, NULL))
      (*served)++;
  }
  return served;
}

/* Threads that wait are served by the ones that return; none is forgotten. */
static void
test_many_threads_share_few (void)
{
  g_autoptr (ScStore) store = sc_store_new (conninfo, 3);
  GThread *threads[24];
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("use", use_in_thread, store);
  guint served = 0;
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autofree guint *one = g_thread_join (threads[i]);
    served += *one;
  }
  g_assert_cmpuint (served, ==, 20 * G_N_ELEMENTS (threads));
}

/* After the server went and came back, the pool gives out a connection that works. */
static void
test_server_restart (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStore) store = sc_store_new (conninfo, 2);
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_assert_true (ask (connection, &error));
  sct_cluster_stop (cluster);
  g_assert_false (ask (connection, &error));
  g_assert_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  g_clear_pointer (&connection, sc_store_connection_release);

  g_assert_null (sc_store_acquire (store, &error));
  g_assert_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE);
  g_clear_error (&error);

  sct_cluster_start (cluster);
  connection = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  g_assert_true (ask (connection, &error));
}

/* A connection that died while it was idle is never handed out. */
static void
test_idle_connection_killed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStore) store = sc_store_new (conninfo, 2);
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_assert_true (ask (connection, &error));
  g_clear_pointer (&connection, sc_store_connection_release);
  sct_cluster_stop (cluster);
  sct_cluster_start (cluster);

  connection = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  g_assert_true (ask (connection, &error));
}

typedef struct {
  guint asked;
  guint asked_again;
} Source;

static char *
say_conninfo (gboolean again, gpointer user_data, GError **error)
{
  Source *source = user_data;
  source->asked++;
  source->asked_again += again;
  const char *password = source->asked_again ? "new" : "old";
  return g_strdup_printf ("host=%s user=guarded dbname=pool password=%s",
                          sct_cluster_get_socket_dir (cluster),
                          password);
}

static void
add_guarded_role (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStore) store = sc_store_new (conninfo, 1);
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  sc_store_run_script (connection, "CREATE ROLE guarded LOGIN PASSWORD 'new';", &error);
  g_assert_no_error (error);

  g_autofree char *hba =
    g_build_filename (sct_cluster_get_socket_dir (cluster), "data", "pg_hba.conf", NULL);
  g_file_set_contents (hba, "local all guarded scram-sha-256\nlocal all all trust\n", -1, &error);
  g_assert_no_error (error);
  g_clear_pointer (&connection, sc_store_connection_release);
  sct_cluster_stop (cluster);
  sct_cluster_start (cluster);
}

/* A rotated password costs one more question to its source, and no request. */
static void
test_rotated_password (void)
{
  add_guarded_role ();
  Source source = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStore) store = sc_store_new_full (say_conninfo, &source, NULL, 2);
  g_autoptr (ScStoreConnection) first = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  g_autoptr (ScStoreConnection) second = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (source.asked_again, ==, 1);
  g_assert_cmpuint (source.asked, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cluster = sct_cluster_new ();
  conninfo = sct_cluster_create_database (cluster, "pool", NULL);
  g_test_add_func ("/store/pool/exhaustion-is-busy", test_exhaustion_is_busy);
  g_test_add_func ("/store/pool/many-threads-share-few", test_many_threads_share_few);
  g_test_add_func ("/store/pool/server-restart", test_server_restart);
  g_test_add_func ("/store/pool/idle-connection-killed", test_idle_connection_killed);
  g_test_add_func ("/store/pool/rotated-password", test_rotated_password);
  int status = g_test_run ();
  g_free (conninfo);
  sct_cluster_free (cluster);
  return status;
}
