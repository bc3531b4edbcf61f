/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The saga against the local cloud's control planes and a real PostgreSQL: each fault at each step,
 * and the process killed at each step. Whatever happens, each user ends with exactly one channel,
 * one room and one stage, and the janitor leaves nothing else. */

#include "config.h"

#include "sc-ivs.h"
#include "sc-migrate.h"
#include "sc-provision-steps.h"
#include "sc-time.h"
#include "sct-cluster.h"
#include "sct-provisioning.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

static SctCluster *cluster;
static SctCloud *cloud;
static char *conninfo;
static const char *program;
static GPtrArray *rows; /* what the tests of the matrix are given */

static const char *const creates[] = { "CreateChannel", "CreateRoom", "CreateStage" };

typedef struct {
  SctProvisioning *saga;
  char *name;
  gint64 user_id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static guint n_users;
  sct_cloud_forget (cloud);
  fixture->saga = sct_provisioning_new (conninfo, sct_cloud_get_url (cloud));
  fixture->name = g_strdup_printf ("user%u", n_users++);
  fixture->user_id = sct_provisioning_add_user (fixture->saga, fixture->name);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sct_provisioning_free (fixture->saga);
  g_free (fixture->name);
}

static void
assert_one_of_each (Fixture *fixture)
{
  g_autofree char *prefix = g_strconcat (fixture->name, "-", NULL);
  g_autofree char *state = sct_provisioning_dup_state (fixture->saga, fixture->user_id);
  g_assert_cmpstr (state, ==, "ready");
  g_assert_cmpuint (sct_cloud_count (cloud, SC_CLOUD_CHANNEL, prefix), ==, 1);
  g_assert_cmpuint (sct_cloud_count (cloud, SC_CLOUD_ROOM, prefix), ==, 1);
  g_assert_cmpuint (sct_cloud_count (cloud, SC_CLOUD_STAGE, prefix), ==, 1);
  g_assert_cmpint (sct_cloud_ask_most_in_a_second (cloud), <=, 5);
}

/* Lets the channel get ready and checks that the rows name what is there. */
static void
finish_and_check (Fixture *fixture)
{
  sct_provisioning_finish (fixture->saga, fixture->user_id);
  assert_one_of_each (fixture);
  g_assert_cmpint (
    sct_provisioning_ask (fixture->saga,
                          "SELECT count(*) FROM channels WHERE user_id = $1"
                          " AND playback_url LIKE 'https://%' AND ingest_endpoint <> ''"
                          " AND stream_key_arn LIKE 'arn:aws:ivs:%:stream-key/%'",
                          fixture->user_id),
    ==,
    1);

  g_autoptr (ScAws) aws = sct_cloud_new_aws (sct_cloud_get_url (cloud), 10);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (fixture->saga->store, &error);
  g_autoptr (ScStoreResult) row =
    sc_store_query (connection,
                    "SELECT arn, stream_key_arn FROM channels WHERE user_id = $1",
                    SC_PARAMS (sc_int (fixture->user_id)),
                    &error);
  g_autoptr (ScIvsChannel) channel =
    sc_ivs_get_channel (aws, sc_store_result_get_text (row, 0, 0), &error);
  g_assert_no_error (error);
  g_autoptr (ScIvsStreamKey) key =
    sc_ivs_get_stream_key (aws, sc_store_result_get_text (row, 0, 1), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (key->channel_arn, ==, channel->arn);
}

/* Ready, and by way of no resource that the janitor would have to remove. */
static void
finish_without_waste (Fixture *fixture)
{
  sct_provisioning_finish (fixture->saga, fixture->user_id);
  for (gsize i = 0; i < G_N_ELEMENTS (creates); i++)
    g_assert_cmpint (sct_cloud_ask (cloud, creates[i], "effects"), ==, 1);
  finish_and_check (fixture);
}

static void
test_nothing_in_the_way (Fixture *fixture, gconstpointer data)
{
  sct_provisioning_advance (fixture->saga, fixture->user_id);
  assert_one_of_each (fixture);
  g_assert_cmpint (sct_cloud_ask (cloud, "CreateChannel", "calls"), ==, 1);
  g_assert_cmpint (sct_cloud_ask (cloud, "ListChannels", "calls"), ==, 0);
  finish_and_check (fixture);
}

/* --- each fault at each step ------------------------------------------------------------------ */

typedef struct {
  const char *kind;
  gboolean effect;
  gboolean unclear;
} Fault;

static const Fault faults[] = {
  { "throttle", FALSE, FALSE }, { "fail_before", FALSE, TRUE }, { "fail_after", TRUE, TRUE },
  { "hang", TRUE, TRUE },       { "hang", FALSE, TRUE },        { "reset", TRUE, TRUE },
  { "reset", FALSE, TRUE },     { "half_body", TRUE, TRUE },
};

typedef struct {
  const char *operation;
  Fault fault;
} Cell;

static void
order (const Cell *cell)
{
  gboolean either =
    g_str_equal (cell->fault.kind, "hang") || g_str_equal (cell->fault.kind, "reset");
  if (either && !cell->fault.effect)
    sct_cloud_order_without_effect (cloud, cell->operation, cell->fault.kind);
  else
    sct_cloud_order (cloud, cell->operation, cell->fault.kind, 1);
}

static const char *
list_for (const char *create)
{
  if (g_str_equal (create, "CreateChannel"))
    return "ListChannels";
  return g_str_equal (create, "CreateRoom") ? "ListRooms" : "ListStages";
}

static void
test_fault (Fixture *fixture, gconstpointer data)
{
  const Cell *cell = data;
  order (cell);
  sct_provisioning_finish (fixture->saga, fixture->user_id);
  g_assert_cmpint (sct_cloud_ask (cloud, cell->operation, "faults"), ==, 1);
  /* A second Create only where the first had no effect, and never before a List where unclear. */
  g_assert_cmpint (sct_cloud_ask (cloud, cell->operation, "effects"), ==, 1);
  g_assert_cmpint (sct_cloud_ask (cloud, list_for (cell->operation), "calls"),
                   ==,
                   cell->fault.unclear ? 1 : 0);
  finish_and_check (fixture);
}

/* The List that settles an unclear Create fails too, with all its repetitions. */
static void
test_fault_of_the_list (Fixture *fixture, gconstpointer data)
{
  const Cell *cell = data;
  order (cell);
  sct_cloud_order (cloud, list_for (cell->operation), "fail_before", 4);
  sct_provisioning_finish (fixture->saga, fixture->user_id);
  g_assert_cmpint (sct_cloud_ask (cloud, cell->operation, "effects"), ==, 1);
  g_assert_cmpint (sct_cloud_ask (cloud, list_for (cell->operation), "calls"), ==, 5);
  finish_and_check (fixture);
}

typedef struct {
  const char *kind;
  const char *expected;
} Reason;

static void
test_reason (Fixture *fixture, gconstpointer data)
{
  const Reason *row = data;
  sct_cloud_order (cloud, "CreateRoom", row->kind, 2);
  sct_provisioning_advance (fixture->saga, fixture->user_id);
  g_autofree char *state = sct_provisioning_dup_state (fixture->saga, fixture->user_id);
  g_assert_cmpstr (state, ==, row->expected);
  g_assert_cmpint (sct_cloud_ask (cloud, "CreateRoom", "calls"), ==, 1); /* not at once again */
  finish_and_check (fixture);
}

/* Each Create of a stage fails, each List between finds nothing: the owner is told, and the tries
 * become rare. */
static void
test_out_of_reach (Fixture *fixture, gconstpointer data)
{
  g_autofree char *state = g_strdup ("");
  sct_cloud_order (cloud, "CreateStage", "fail_before", 8);
  for (int i = 0; i < 20 && !g_str_equal (state, "failed unavailable"); i++) {
    sct_provisioning_advance (fixture->saga, fixture->user_id);
    fixture->saga->ahead_us += 61 * G_TIME_SPAN_SECOND;
    g_free (state);
    state = sct_provisioning_dup_state (fixture->saga, fixture->user_id);
  }
  g_assert_cmpstr (state, ==, "failed unavailable");
  g_assert_cmpint (sct_cloud_ask (cloud, "CreateStage", "calls"), ==, 5);
  finish_without_waste (fixture);
}

/* --- the database fails, or the process dies, at each step -------------------------------------
 */

/* Statements of a provisioning, each of which comes once a step. */
static const struct {
  const char *name;
  const char *statement;
} moments[] = {
  { "take", "WITH due AS" },                         /* before anything is written */
  { "turn", "INSERT INTO call_buckets" },            /* written, nothing called */
  { "outcome", "UPDATE provision_steps SET state" }, /* called, no outcome written */
  { "commit", "COMMIT" },                            /* outcome written, not committed */
};

typedef struct {
  const char *statement;
  int nth;
} Point;

typedef struct {
  Point point;
  gboolean kill;
} Trap;

static gboolean
spring (const char *sql, gpointer user_data, GError **error)
{
  Trap *trap = user_data;
  if (!g_str_has_prefix (sql, trap->point.statement) || --trap->point.nth != 0)
    return TRUE;
  if (trap->kill)
    raise (SIGKILL);
  g_set_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE, "The connection is lost");
  return FALSE;
}

static void
test_lost_connection (Fixture *fixture, gconstpointer data)
{
  Trap trap = { *(const Point *) data, FALSE };
  sc_store_set_gate (fixture->saga->store, spring, &trap);
  sct_provisioning_advance (fixture->saga, fixture->user_id);
  g_assert_cmpint (trap.point.nth, <=, 0);
  finish_without_waste (fixture);
}

/* What the child of the tests below does: --child CONNINFO URL USER STATEMENT NTH. */
static int
run_child (char *argv[])
{
  g_autoptr (SctProvisioning) saga = sct_provisioning_new (argv[2], argv[3]);
  Trap trap = { { argv[5], (int) g_ascii_strtoll (argv[6], NULL, 10) }, TRUE };
  sc_store_set_gate (saga->store, spring, &trap);
  sct_provisioning_advance (saga, g_ascii_strtoll (argv[4], NULL, 10));
  return 0;
}

static GPid
start_child (Fixture *fixture, const Point *point)
{
  g_autofree char *user = g_strdup_printf ("%" G_GINT64_FORMAT, fixture->user_id);
  g_autofree char *nth = g_strdup_printf ("%d", point->nth);
  char *argv[] = { (char *) program,
                   (char *) "--child",
                   conninfo,
                   (char *) sct_cloud_get_url (cloud),
                   user,
                   (char *) point->statement,
                   nth,
                   NULL };
  GPid pid = 0;
  g_autoptr (GError) error = NULL;
  g_spawn_async (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  return pid;
}

static void
await_death (GPid pid)
{
  int status = 0;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

static void
test_killed_at_statement (Fixture *fixture, gconstpointer data)
{
  await_death (start_child (fixture, data));
  finish_without_waste (fixture);
}

/* Killed while the call is on its way, before or after its effect. */
static void
test_killed_in_call (Fixture *fixture, gconstpointer data)
{
  const Cell *cell = data;
  const Point never = { "never", 1 };
  order (cell);
  GPid pid = start_child (fixture, &never);
  while (sct_cloud_ask (cloud, cell->operation, "faults") == 0)
    g_thread_yield ();
  kill (pid, SIGKILL);
  await_death (pid);
  finish_without_waste (fixture);
}

/* --- many at once, and the janitor --------------------------------------------------------------
 */

static gpointer
advance_in_thread (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (SctProvisioning) saga = sct_provisioning_new (conninfo, sct_cloud_get_url (cloud));
  sct_provisioning_advance (saga, fixture->user_id);
  return NULL;
}

static void
test_many_hands_at_one_channel (Fixture *fixture, gconstpointer data)
{
  GThread *threads[6];
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("hand", advance_in_thread, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (creates); i++)
    g_assert_cmpint (sct_cloud_ask (cloud, creates[i], "calls"), ==, 1);
  finish_and_check (fixture);
}

static gpointer
resume_in_thread (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SctProvisioning) saga = sct_provisioning_new (conninfo, sct_cloud_get_url (cloud));
  sc_provision_resume (saga->provisioner, g_get_real_time () + 90 * G_TIME_SPAN_SECOND, &error);
  g_assert_no_error (error);
  return NULL;
}

static void
test_a_crowd_stays_within_the_quota (Fixture *fixture, gconstpointer data)
{
  GThread *threads[3];
  const guint size = g_test_slow () ? 200 : 7;
  for (guint i = 0; i < size; i++) {
    g_autofree char *name = g_strdup_printf ("crowd-%u", i);
    sct_provisioning_add_user (fixture->saga, name);
  }
  g_test_timer_start ();
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("tick", resume_in_thread, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_test_message ("%u channels in %.1f s", size, g_test_timer_elapsed ());
  finish_and_check (fixture);
  g_assert_cmpuint (sct_cloud_count (cloud, SC_CLOUD_CHANNEL, "crowd-"), ==, size);
  g_assert_cmpuint (sct_cloud_count (cloud, SC_CLOUD_ROOM, "crowd-"), ==, size);
  g_assert_cmpuint (sct_cloud_count (cloud, SC_CLOUD_STAGE, "crowd-"), ==, size);
}

static char *
dup_deployment (ScStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  char *deployment = sc_provision_steps_dup_deployment (connection, &error);
  g_assert_no_error (error);
  return deployment;
}

static char *
make_stray (Fixture *fixture, const char *name, const char *deployment)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = g_uuid_string_random ();
  g_autofree char *now = sc_time_to_string (g_get_real_time () + fixture->saga->ahead_us);
  g_autoptr (GHashTable) tags = g_hash_table_new (g_str_hash, g_str_equal);
  if (deployment) {
    g_hash_table_insert (tags, (char *) "project", (char *) "streamcat");
    g_hash_table_insert (tags, (char *) "deployment", (char *) deployment);
    g_hash_table_insert (tags, (char *) "token", token);
    g_hash_table_insert (tags, (char *) "created", now);
  }
  const ScIvsChannel wanted = { .name = (char *) name, .type = (char *) "BASIC", .tags = tags };
  g_autoptr (ScIvsStreamKey) key = NULL;
  g_autoptr (ScIvsChannel) channel =
    sc_ivs_create_channel (fixture->saga->aws, &wanted, &key, &error);
  g_assert_no_error (error);
  return g_strdup (channel->arn);
}

static void
test_the_janitor (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ours = dup_deployment (fixture->saga->store);
  g_autofree char *stray = make_stray (fixture, "stray-ours", ours);
  g_autofree char *foreign =
    make_stray (fixture, "stray-foreign", "00000000-0000-4000-8000-000000000000");
  g_autofree char *untagged = make_stray (fixture, "stray-untagged", NULL);

  g_autoptr (GPtrArray) young = NULL;
  g_assert_true (sc_provision_janitor (fixture->saga->provisioner, FALSE, &young, &error));
  g_assert_cmpuint (young->len, ==, 0);
  g_assert_cmpuint (sct_provisioning_sweep (fixture->saga, TRUE), ==, 1);
  g_assert_cmpuint (sct_cloud_count (cloud, SC_CLOUD_CHANNEL, "stray-"), ==, 3);
  g_assert_cmpuint (sct_provisioning_sweep (fixture->saga, FALSE), ==, 1);
  g_assert_cmpuint (sct_cloud_count (cloud, SC_CLOUD_CHANNEL, "stray-ours"), ==, 0);
  g_assert_cmpuint (sct_cloud_count (cloud, SC_CLOUD_CHANNEL, "stray-"), ==, 2);
  finish_and_check (fixture);
}

/* After all the others: the janitor finds nothing, and each user has what it should. */
static void
check_all (void)
{
  g_autoptr (SctProvisioning) saga = sct_provisioning_new (conninfo, sct_cloud_get_url (cloud));
  saga->ahead_us = 24 * G_TIME_SPAN_HOUR;
  g_assert_cmpuint (sct_provisioning_sweep (saga, FALSE), ==, 0);
  gint64 users = sct_provisioning_ask (saga, "SELECT count(*) FROM users WHERE id > $1", 0);
  g_assert_cmpint (sct_provisioning_ask (saga,
                                         "SELECT count(*) FROM channels WHERE state = 'ready'"
                                         " AND user_id > $1",
                                         0),
                   ==,
                   users);
  g_assert_cmpint (sct_cloud_count (cloud, SC_CLOUD_ROOM, ""), ==, users);
  g_assert_cmpint (sct_cloud_count (cloud, SC_CLOUD_STAGE, ""), ==, users);
}

/* --- the matrix ---------------------------------------------------------------------------------
 */

#define ADD(path, data, function) g_test_add (path, Fixture, data, set_up, function, tear_down)

static void
add_cell (const char *group, const char *operation, const Fault *fault, gpointer function)
{
  Cell *cell = g_new0 (Cell, 1);
  cell->operation = operation;
  cell->fault = *fault;
  g_ptr_array_add (rows, cell);
  g_autofree char *path = g_strdup_printf ("/provision/%s/%s/%s-%s",
                                           group,
                                           operation,
                                           fault->kind,
                                           fault->effect ? "after" : "before");
  g_test_add_vtable (path,
                     sizeof (Fixture),
                     cell,
                     (GTestFixtureFunc) set_up,
                     (GTestFixtureFunc) function,
                     (GTestFixtureFunc) tear_down);
}

static void
add_point (const char *group, guint moment, int nth, gpointer function)
{
  Point *point = g_new0 (Point, 1);
  point->statement = moments[moment].statement;
  point->nth = nth;
  g_ptr_array_add (rows, point);
  g_autofree char *path = g_strdup_printf ("/provision/%s/%s-%d", group, moments[moment].name, nth);
  g_test_add_vtable (path,
                     sizeof (Fixture),
                     point,
                     (GTestFixtureFunc) set_up,
                     (GTestFixtureFunc) function,
                     (GTestFixtureFunc) tear_down);
}

static void
add_matrix (void)
{
  static const Fault hang_after = { "hang", TRUE, TRUE };
  static const Fault hang_before = { "hang", FALSE, TRUE };
  for (gsize i = 0; i < G_N_ELEMENTS (creates); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (faults); j++)
      add_cell ("fault", creates[i], &faults[j], test_fault);
    add_cell ("fault-of-the-list", creates[i], &faults[2], test_fault_of_the_list);
    add_cell ("killed-in-call", creates[i], &hang_after, test_killed_in_call);
    add_cell ("killed-in-call", creates[i], &hang_before, test_killed_in_call);
  }
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++) {
    for (int nth = 1; nth <= 3; nth++) {
      add_point ("lost-connection", i, nth, test_lost_connection);
      add_point ("killed-at", i, nth, test_killed_at_statement);
    }
  }
}

int
main (int argc, char *argv[])
{
  static const Reason quota = { "quota", "failed quota" };
  static const Reason denied = { "denied", "failed denied" };
  static const Reason pending = { "pending", "failed denied" };

  if (argc == 7 && g_str_equal (argv[1], "--child"))
    return run_child (argv);
  g_test_init (&argc, &argv, NULL);
  program = argv[0];
  rows = g_ptr_array_new_with_free_func (g_free);
  cluster = sct_cluster_new ();
  cloud = sct_cloud_new ();
  conninfo = sct_cluster_create_database (cluster, "saga", NULL);
  g_autoptr (ScStore) store = sc_store_new (conninfo, 1);
  g_assert_true (sc_migrate (store, NULL, NULL));

  ADD ("/provision/nothing-in-the-way", NULL, test_nothing_in_the_way);
  add_matrix ();
  ADD ("/provision/reason/quota", &quota, test_reason);
  ADD ("/provision/reason/denied", &denied, test_reason);
  ADD ("/provision/reason/pending", &pending, test_reason);
  ADD ("/provision/reason/out-of-reach", NULL, test_out_of_reach);
  ADD ("/provision/many-hands-at-one-channel", NULL, test_many_hands_at_one_channel);
  ADD ("/provision/a-crowd-stays-within-the-quota", NULL, test_a_crowd_stays_within_the_quota);
  ADD ("/provision/the-janitor", NULL, test_the_janitor);
  int result = g_test_run ();
  check_all ();

  g_ptr_array_unref (rows);
  sct_cloud_free (cloud);
  sct_cluster_free (cluster);
  g_free (conninfo);
  return result;
}
