/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-store.h"
#include "sct-cluster.h"

#include <string.h>

static SctCluster *cluster;
static ScStore *store;

static void
test_values_come_back (void)
{
  static const guint8 data[] = { 0, 1, 0xff, '\\', '\'' };
  const gint64 time_us = G_GINT64_CONSTANT (1792844792123456);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_autoptr (ScStoreResult) result = sc_store_query (connection,
                                                     "SELECT $1, $2, $3, $4, $5, $6, $7, $8, NULL",
                                                     SC_PARAMS (sc_text ("it's \"Łódź\"; --"),
                                                                sc_int (G_MININT64),
                                                                sc_bool (TRUE),
                                                                sc_time (time_us),
                                                                sc_bytes (data, sizeof data),
                                                                sc_real (29.97),
                                                                sc_text (NULL),
                                                                sc_time (0)),
                                                     &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sc_store_result_count (result), ==, 1);
  g_assert_cmpstr (sc_store_result_get_text (result, 0, 0), ==, "it's \"Łódź\"; --");
  g_assert_cmpint (sc_store_result_get_int (result, 0, 1), ==, G_MININT64);
  g_assert_true (sc_store_result_get_bool (result, 0, 2));
  g_assert_cmpint (sc_store_result_get_time (result, 0, 3), ==, time_us);
  g_autoptr (GBytes) bytes = sc_store_result_get_bytes (result, 0, 4);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, sizeof data);
  g_assert_cmpfloat (sc_store_result_get_real (result, 0, 5), ==, 29.97);
  for (guint column = 6; column <= 8; column++)
    g_assert_true (sc_store_result_is_null (result, 0, column));
  g_assert_cmpint (sc_store_result_get_time (result, 0, 7), ==, 0);
}

static void
assert_fails (ScStoreConnection *connection, const char *sql, const char *text, ScStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (sc_store_execute (connection, sql, SC_PARAMS (sc_text (text)), &error), ==, -1);
  g_assert_error (error, SC_STORE_ERROR, (int) code);
  if (*text)
    g_assert_null (strstr (error->message, text));
}

static void
test_errors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  sc_store_execute (connection, "CREATE TEMP TABLE t (x text UNIQUE)", SC_NO_PARAMS, &error);
  sc_store_execute (connection, "INSERT INTO t VALUES ('secret')", SC_NO_PARAMS, &error);
  g_assert_no_error (error);

  assert_fails (connection, "INSERT INTO t VALUES ($1)", "secret", SC_STORE_ERROR_UNIQUE);
  assert_fails (connection, "INSERT INTO t VALUES ($1)", "\xff", SC_STORE_ERROR_INVALID);
  assert_fails (connection, "SELECT * FROM nowhere WHERE x = $1", "", SC_STORE_ERROR_PROTOCOL);
  assert_fails (connection, "SELECT $1; SELECT 2", "", SC_STORE_ERROR_PROTOCOL);
}

static gint64
count_rows (ScStoreConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection, "SELECT count(*) FROM kept", SC_NO_PARAMS, &error);
  g_assert_no_error (error);
  return sc_store_result_get_int (result, 0, 0);
}

static void
insert_row (ScStoreConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (sc_store_begin (connection, &error));
  sc_store_execute (connection, "INSERT INTO kept VALUES (1)", SC_NO_PARAMS, &error);
  g_assert_no_error (error);
}

static void
test_release_rolls_back (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) setup = sc_store_acquire (store, &error);
  sc_store_execute (setup, "CREATE TABLE kept (x bigint)", SC_NO_PARAMS, &error);
  g_clear_pointer (&setup, sc_store_connection_release);
  {
    g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
    insert_row (connection);
  }
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_rows (connection), ==, 0);

  insert_row (connection);
  g_assert_true (sc_store_commit (connection, &error));
  g_assert_cmpint (count_rows (connection), ==, 1);
}

static void
test_no_commit_after_failure (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_assert_true (sc_store_begin (connection, &error));
  g_assert_no_error (error);
  sc_store_execute (connection, "SELECT 1/0", SC_NO_PARAMS, NULL);
  g_assert_false (sc_store_commit (connection, &error));
  g_assert_error (error, SC_STORE_ERROR, SC_STORE_ERROR_PROTOCOL);
}

static void
run (ScStoreConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;
  sc_store_execute (connection, sql, SC_NO_PARAMS, &error);
  g_assert_no_error (error);
}

static gint64
count_plans (ScStoreConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "SELECT count(*) FROM pg_prepared_statements WHERE statement NOT LIKE '%pg_prepared%'",
    SC_NO_PARAMS,
    &error);
  g_assert_no_error (error);
  return sc_store_result_get_int (result, 0, 0);
}

static char *
ask (ScStoreConnection *connection, ScStoreValue value, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection, "SELECT x, $1 FROM changing", SC_PARAMS (value), error);
  return result ? g_strdup (sc_store_result_get_text (result, 0, 0)) : NULL;
}

static void
assert_asks (ScStoreConnection *connection, ScStoreValue value, gint64 n_plans)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = ask (connection, value, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "7");
  g_assert_cmpint (count_plans (connection), ==, n_plans);
}

/* Once for each list of types, from the second time on. */
static void
test_prepares_what_comes_again (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  run (connection, "CREATE TEMP TABLE changing AS SELECT 7 AS x");
  gint64 before = count_plans (connection);
  assert_asks (connection, sc_text ("a"), before);
  assert_asks (connection, sc_text ("b"), before + 1);
  assert_asks (connection, sc_text ("c"), before + 1);
  assert_asks (connection, sc_int (1), before + 1);
  assert_asks (connection, sc_text (NULL), before + 1);
  assert_asks (connection, sc_int (2), before + 2);
  assert_asks (connection, sc_text (NULL), before + 3);
  run (connection, "DROP TABLE changing");
}

/* A migration comes while the connection is open: nothing is noticed outside a transaction; within
 * one, which the server gives up, the next one works. */
static void
test_survives_a_migration (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  run (connection, "CREATE TEMP TABLE changing AS SELECT 7 AS x");
  for (guint i = 0; i < 2; i++)
    g_free (ask (connection, sc_text ("a"), &error));
  g_assert_no_error (error);

  run (connection, "ALTER TABLE changing ALTER x TYPE text");
  g_autofree char *text = ask (connection, sc_text ("a"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "7");

  for (guint i = 0; i < 2; i++)
    g_free (ask (connection, sc_text ("a"), &error));
  run (connection, "ALTER TABLE changing ALTER x TYPE integer USING x::integer");
  g_assert_true (sc_store_begin (connection, &error));
  g_assert_null (ask (connection, sc_text ("a"), &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  sc_store_rollback (connection);
  g_assert_true (sc_store_begin (connection, &error));
  g_autofree char *again = ask (connection, sc_text ("a"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, "7");
  sc_store_rollback (connection);
  run (connection, "DROP TABLE changing");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cluster = sct_cluster_new ();
  g_autofree char *conninfo = sct_cluster_create_database (cluster, "query", NULL);
  store = sc_store_new (conninfo, 2);
  g_test_add_func ("/store/query/values-come-back", test_values_come_back);
  g_test_add_func ("/store/query/errors", test_errors);
  g_test_add_func ("/store/query/release-rolls-back", test_release_rolls_back);
  g_test_add_func ("/store/query/no-commit-after-failure", test_no_commit_after_failure);
  g_test_add_func ("/store/query/prepares-what-comes-again", test_prepares_what_comes_again);
  g_test_add_func ("/store/query/survives-a-migration", test_survives_a_migration);
  int status = g_test_run ();
  sc_store_free (store);
  sct_cluster_free (cluster);
  return status;
}
