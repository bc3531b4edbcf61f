/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What an operator types, and what they read. */

#include "config.h"

#include "sc-migrate.h"
#include "sct-cluster.h"

#include <gio/gio.h>
#include <string.h>

static SctCluster *cluster;
static char *conninfo;

/* Runs `streamcat-backend admin` with some words. Returns what it printed. */
static char *
run (int status, const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_setenv (launcher, "STREAMCAT_DATABASE", conninfo, TRUE);
  g_subprocess_launcher_setenv (launcher, "AWS_REGION", "us-west-2", TRUE);
  g_subprocess_launcher_setenv (launcher, "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", TRUE);
  g_subprocess_launcher_setenv (launcher, "AWS_SECRET_ACCESS_KEY", "an example", TRUE);
  g_subprocess_launcher_setenv (launcher, "AWS_ENDPOINT_URL", "http://127.0.0.1:9", TRUE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_ptr_array_add (argv, (gpointer) SCT_BACKEND);
  g_ptr_array_add (argv, (gpointer) "admin");
  for (guint i = 0; words[i]; i++)
    g_ptr_array_add (argv, (gpointer) words[i]);
  g_ptr_array_add (argv, NULL);
  g_autoptr (GSubprocess) process =
    g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  char *output = NULL;
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s", output);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, status);
  return output;
}

#define RUN(status, ...) run (status, (const char *const[]) { __VA_ARGS__, NULL })

static void
run_sql (const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStore) store = sc_store_new (conninfo, 1);
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  sc_store_run_script (connection, sql, &error);
  g_assert_no_error (error);
}

static void
test_usage (void)
{
  static const char *const wrong[][4] = {
    { NULL },
    { "list", NULL },
    { "reports", "--some", NULL },
    { "close", NULL },
    { "close", "x", NULL },
    { "suspend", "ada", NULL },
    { "suspend", "ada", "--reason", NULL },
    { "restore", NULL },
  };
  g_autofree char *help = RUN (0, "--help");
  const char *const commands[] = { "reports", "close ID", "suspend NAME", "restore NAME" };
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_assert_nonnull (strstr (help, commands[i]));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *output = run (1, wrong[i]);
    g_assert_cmpstr (output, ==, help);
  }
}

/* A reporter's words do not move an operator's cursor. */
static void
test_reports (void)
{
  g_autofree char *nothing = RUN (0, "reports");
  g_assert_cmpstr (nothing, ==, "No reports.\n");
  run_sql ("INSERT INTO reports (reporter_id, user_id, kind, line_id, content, person_id, reason,"
           " words, at) SELECT b.id, a.id, 'line', 'abcdABCD1234', E'rude\\x1b[2J', a.id, 'hate',"
           " E'look\\nhere', '2026-10-24T12:00:00Z' FROM users a, users b"
           " WHERE a.name = 'ada' AND b.name = 'bob'");
  g_autofree char *listed = RUN (0, "reports");
  g_assert_cmpstr (listed,
                   ==,
                   "1: hate, about a line of ada\n"
                   "  at: 2026-10-24T12:00:00.000Z\n"
                   "  reported by: bob\n"
                   "  said by: ada\n"
                   "  line: rude [2J\n"
                   "  words: look here\n");
  g_autofree char *closed = RUN (0, "close", "1");
  g_assert_cmpstr (closed, ==, "Closed report 1.\n");
  g_autofree char *again = RUN (1, "close", "1");
  g_assert_nonnull (strstr (again, "There is no open report 1"));
  g_autofree char *open = RUN (0, "reports");
  g_assert_cmpstr (open, ==, "No reports.\n");
  g_autofree char *all = RUN (0, "reports", "--all");
  g_assert_nonnull (strstr (all, "  closed: "));
}

static void
test_suspend (void)
{
  g_autofree char *nobody = RUN (1, "suspend", "nobody", "--reason", "spam");
  g_assert_nonnull (strstr (nobody, "There is nobody of this name"));
  g_autofree char *empty = RUN (1, "suspend", "bob", "--reason", "");
  g_assert_nonnull (strstr (empty, "must have 1 to 500 characters"));
  g_autofree char *done = RUN (0, "suspend", "bob", "--reason", "spam");
  g_assert_cmpstr (done,
                   ==,
                   "Closed the account: signing in is refused.\n"
                   "Signed out everywhere: 0 sessions.\n"
                   "Had no stream key.\n"
                   "Was not live.\n"
                   "Put out of 0 rooms.\n");
  g_autofree char *restored = RUN (0, "restore", "bob");
  g_assert_cmpstr (restored,
                   ==,
                   "Opened the account: signing in is possible again.\n"
                   "Needs no new stream key.\n");
}

/* AWS is nowhere here. */
static void
test_aws_fails (void)
{
  run_sql ("UPDATE channels SET arn = 'arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh',"
           " stream_key_arn = 'arn:aws:ivs:us-west-2:123456789012:stream-key/g1H2I3j4k5L6'"
           " WHERE name = 'ada'");
  g_autofree char *output = RUN (1, "suspend", "ada", "--reason", "spam");
  g_assert_nonnull (strstr (output, "FAILED: Deleted the stream key: "));
  g_assert_nonnull (strstr (output, "FAILED: Stopped the stream: "));
  g_assert_nonnull (strstr (output, "Not all was done; please do it again"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cluster = sct_cluster_new ();
  conninfo = sct_cluster_create_database (cluster, "admin", NULL);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScStore) store = sc_store_new (conninfo, 1);
    sc_migrate (store, NULL, &error);
    g_assert_no_error (error);
  }
  run_sql ("INSERT INTO users (name, password_hash) VALUES ('ada', 'x'), ('bob', 'x');"
           "INSERT INTO channels (user_id, name, title) SELECT id, name, 'x' FROM users");
  g_test_add_func ("/admin/usage", test_usage);
  g_test_add_func ("/admin/reports", test_reports);
  g_test_add_func ("/admin/suspend", test_suspend);
  g_test_add_func ("/admin/aws-fails", test_aws_fails);
  int status = g_test_run ();
  sct_cluster_free (cluster);
  g_free (conninfo);
  return status;
}
