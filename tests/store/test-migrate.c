/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-migrate.h"
#include "sct-cluster.h"

static SctCluster *cluster;

static ScStore *
make_store (const char *name)
{
  g_autofree char *conninfo = sct_cluster_create_database (cluster, name, NULL);
  return sc_store_new (conninfo, SC_STORE_MAX_CONNECTIONS);
}

static gint64
ask_number (ScStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  g_autoptr (ScStoreResult) result = sc_store_query (connection, sql, SC_NO_PARAMS, &error);
  g_assert_no_error (error);
  return sc_store_result_get_int (result, 0, 0);
}

static void
test_from_empty_and_again (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStore) store = make_store ("empty");
  guint applied = 0;
  g_assert_true (sc_migrate (store, &applied, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (applied, >=, 1);
  g_assert_cmpint (ask_number (store, "SELECT count(*) FROM schema_migrations"), ==, applied);
  g_assert_cmpint (ask_number (store, "SELECT count(*) FROM users"), ==, 0);

  g_assert_true (sc_migrate (store, &applied, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (applied, ==, 0);
}

typedef struct {
  ScStore *store;
  guint applied;
} Migration;

static gpointer
migrate_in_thread (gpointer data)
{
  Migration *migration = data;
  g_autoptr (GError) error = NULL;
  sc_migrate (migration->store, &migration->applied, &error);
  g_assert_no_error (error);
  return NULL;
}

static void
test_several_at_once (void)
{
  g_autoptr (ScStore) store = make_store ("several");
  Migration migrations[4] = { 0 };
  GThread *threads[G_N_ELEMENTS (migrations)];
  for (guint i = 0; i < G_N_ELEMENTS (migrations); i++) {
    migrations[i].store = store;
    threads[i] = g_thread_new ("migrate", migrate_in_thread, &migrations[i]);
  }

  guint applied = 0;
  for (guint i = 0; i < G_N_ELEMENTS (migrations); i++) {
    g_thread_join (threads[i]);
    applied += migrations[i].applied;
  }
  g_assert_cmpint (ask_number (store, "SELECT count(*) FROM schema_migrations"), ==, applied);
}

static gboolean
fail_nth (const char *sql, gpointer user_data, GError **error)
{
  int *left = user_data;
  if ((*left)-- != 0)
    return TRUE;
  g_set_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE, "Lost before: %s", sql);
  return FALSE;
}

static gint64
count_applied (ScStore *store)
{
  if (ask_number (store, "SELECT count(*) FROM pg_tables WHERE tablename = 'schema_migrations'") ==
      0)
    return 0;
  return ask_number (store, "SELECT count(*) FROM schema_migrations");
}

static gint64
hash_schema (ScStore *store)
{
  return ask_number (
    store,
    "SELECT hashtextextended(string_agg("
    " concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default),"
    " ',' ORDER BY table_name, ordinal_position), 0)"
    " FROM information_schema.columns WHERE table_schema = 'public'");
}

/* Loses the connection before each statement of each migration in turn; afterwards the schema is as
 * if it never had been lost. */
static void
test_interrupted_anywhere (void)
{
  g_autoptr (ScStore) store = make_store ("interrupted");
  guint interrupted = 0;
  gint64 applied = 0;
  for (int n = 0;;) {
    g_autoptr (GError) error = NULL;
    int left = n;
    sc_store_set_gate (store, fail_nth, &left);
    gboolean whole = sc_migrate (store, NULL, &error);
    sc_store_set_gate (store, NULL, NULL);
    if (whole)
      break;
    interrupted++;
    g_assert_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE);
    /* A migration that is there has a statement less than one that is missing. */
    gint64 now_applied = count_applied (store);
    if (now_applied == applied)
      n++;
    applied = now_applied;
  }
  g_assert_cmpint (interrupted, >=, 5 * applied);

  g_autoptr (ScStore) untouched = make_store ("untouched");
  g_assert_true (sc_migrate (untouched, NULL, NULL));
  g_assert_cmpint (count_applied (store), ==, count_applied (untouched));
  g_assert_cmpint (hash_schema (store), ==, hash_schema (untouched));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cluster = sct_cluster_new ();
  g_test_add_func ("/store/migrate/from-empty-and-again", test_from_empty_and_again);
  g_test_add_func ("/store/migrate/several-at-once", test_several_at_once);
  g_test_add_func ("/store/migrate/interrupted-anywhere", test_interrupted_anywhere);
  int status = g_test_run ();
  sct_cluster_free (cluster);
  return status;
}
