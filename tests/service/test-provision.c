/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The saga against the local cloud's control planes and a real PostgreSQL: each fault at each step,
 * and the process killed at each step. Whatever happens, each user ends with exactly one channel,
 * one room and one stage, and the janitor leaves nothing else. */

#include "config.h"

#include "sc-ivschat.h"
#include "sct-fault.h"
#include "sct-person.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

static const char *program;
static GPtrArray *rows; /* what the tests of the matrix are given */

static const char *const creates[] = { "CreateChannel", "CreateRoom", "CreateStage" };

/* Ready, and by way of no resource that the janitor would have to remove. */
static void
finish_without_waste (SctPerson *person)
{
  sct_provisioning_finish (person->saga, person->user_id);
  for (gsize i = 0; i < G_N_ELEMENTS (creates); i++)
    g_assert_cmpint (sct_control_ask (sct_control, creates[i], "effects"), ==, 1);
  sct_person_finish_and_check (person);
}

static void
test_nothing_in_the_way (SctPerson *person, gconstpointer data)
{
  sct_provisioning_advance (person->saga, person->user_id);
  g_autofree char *state = sct_provisioning_dup_state (person->saga, person->user_id);
  g_assert_cmpstr (state, ==, "ready"); /* at once */
  g_assert_cmpint (sct_control_ask (sct_control, "CreateChannel", "calls"), ==, 1);
  g_assert_cmpint (sct_control_ask (sct_control, "ListChannels", "calls"), ==, 0);
  sct_person_finish_and_check (person);
}

/* --- each fault at each step ------------------------------------------------------------------ */

typedef struct {
  const char *operation;
  SctFault fault;
  guint place;        /* of the operation among the creates */
  gboolean is_commit; /* the fault's outcome does not get committed */
  gboolean is_killed;
} Cell;

static void
order (const Cell *cell)
{
  sct_fault_order (sct_control, cell->operation, &cell->fault);
}

static const char *
list_for (const char *create)
{
  if (g_str_equal (create, "CreateChannel"))
    return "ListChannels";
  return g_str_equal (create, "CreateRoom") ? "ListRooms" : "ListStages";
}

/* --- the database fails, or the process dies, at each step -------------------------------------
 */

/* Statements of a provisioning, each of which comes once a step, before its call. */
static const struct {
  const char *name;
  const char *statement;
} moments[] = {
  { "take", "WITH due AS" },              /* before anything is written */
  { "turn", "INSERT INTO call_buckets" }, /* written, nothing called */
};

/* Called, and no outcome written; the outcome written, and not committed. */
#define OUTCOME "UPDATE provision_steps SET state"
#define COMMIT "COMMIT"

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
test_lost_connection (SctPerson *person, gconstpointer data)
{
  Trap trap = { *(const Point *) data, FALSE };
  sc_store_set_gate (person->saga->store, spring, &trap);
  sct_provisioning_advance (person->saga, person->user_id);
  g_assert_cmpint (trap.point.nth, <=, 0);
  finish_without_waste (person);
}

/* What the child of the tests below does: --child CONNINFO URL USER STATEMENT NTH HASTE. */
static int
run_child (char *argv[])
{
  gboolean is_hasty = g_str_equal (argv[7], "hasty");
  g_autoptr (SctProvisioning) saga = is_hasty ? sct_provisioning_new_hasty (argv[2], argv[3])
                                              : sct_provisioning_new (argv[2], argv[3]);
  Trap trap = { { argv[5], (int) g_ascii_strtoll (argv[6], NULL, 10) }, TRUE };
  sc_store_set_gate (saga->store, spring, &trap);
  sct_provisioning_advance (saga, g_ascii_strtoll (argv[4], NULL, 10));
  return 0;
}

static GPid
start_child (SctPerson *person, const Point *point, gboolean is_hasty)
{
  g_autofree char *user = g_strdup_printf ("%" G_GINT64_FORMAT, person->user_id);
  g_autofree char *nth = g_strdup_printf ("%d", point->nth);
  char *argv[] = { (char *) program,
                   (char *) "--child",
                   sct_conninfo,
                   (char *) sct_control_get_url (sct_control),
                   user,
                   (char *) point->statement,
                   nth,
                   (char *) (is_hasty ? "hasty" : "patient"),
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
test_killed_at_statement (SctPerson *person, gconstpointer data)
{
  await_death (start_child (person, data, FALSE));
  finish_without_waste (person);
}

/* --- each cell of the matrix --------------------------------------------------------------------
 */

static gboolean
is_hang (const Cell *cell)
{
  return g_str_equal (cell->fault.kind, "hang");
}

/* The process dies after the call and before its outcome is written or committed, or while the call
 * is on its way. */
static void
die (SctPerson *person, const Cell *cell)
{
  const Point point = { cell->is_commit ? COMMIT : OUTCOME, (int) cell->place + 1 };
  GPid pid = start_child (person, &point, cell->is_commit && is_hang (cell));
  if (is_hang (cell) && !cell->is_commit) {
    while (sct_control_ask (sct_control, cell->operation, "faults") == 0)
      g_thread_yield ();
    kill (pid, SIGKILL);
  }
  await_death (pid);
}

/* Comes to the call that fails, gives it up where it hangs, and where the cell says so loses the
 * database when the outcome is to be committed. */
static void
live (SctPerson *person, const Cell *cell)
{
  Trap trap = { { COMMIT, (int) cell->place + 1 }, FALSE };
  g_autoptr (SctProvisioning) hasty =
    sct_provisioning_new_hasty (sct_conninfo, sct_control_get_url (sct_control));
  SctProvisioning *saga = is_hang (cell) ? hasty : person->saga;
  if (cell->is_commit)
    sc_store_set_gate (saga->store, spring, &trap);
  sct_provisioning_advance (saga, person->user_id);
  sc_store_set_gate (saga->store, NULL, NULL);
  g_assert_true (!cell->is_commit || trap.point.nth <= 0);
}

/* A second Create only where the first had no effect that a List could show, and never before a
 * List where its outcome was unclear. */
static void
check_cost (const Cell *cell, guint wasted)
{
  gboolean lost = cell->is_killed || cell->is_commit;
  g_assert_cmpint (sct_control_ask (sct_control, cell->operation, "faults"),
                   ==,
                   g_str_equal (cell->fault.kind, "none") ? 0 : 1);
  g_assert_cmpint (sct_control_ask (sct_control, cell->operation, "effects"), ==, 1 + wasted);
  gboolean listed = sct_control_ask (sct_control, list_for (cell->operation), "calls") > 0;
  g_assert_cmpint (listed, ==, cell->fault.unclear || lost);
}

static void
test_cell (SctPerson *person, gconstpointer data)
{
  const Cell *cell = data;
  gboolean lost = cell->is_killed || cell->is_commit;
  guint wasted = g_str_equal (cell->fault.kind, "late") && !lost ? 1 : 0;
  order (cell);
  if (cell->is_killed)
    die (person, cell);
  else
    live (person, cell);
  sct_provisioning_finish (person->saga, person->user_id);
  check_cost (cell, wasted);
  g_assert_cmpuint (sct_provisioning_sweep (person->saga, FALSE), ==, wasted);
  sct_person_finish_and_check (person);
}

/* The List that settles an unclear Create fails too, with all its repetitions. */
static void
test_fault_of_the_list (SctPerson *person, gconstpointer data)
{
  const Cell *cell = data;
  order (cell);
  sct_control_order (sct_control, list_for (cell->operation), "fail_before", 4);
  sct_provisioning_finish (person->saga, person->user_id);
  g_assert_cmpint (sct_control_ask (sct_control, cell->operation, "effects"), ==, 1);
  g_assert_cmpint (sct_control_ask (sct_control, list_for (cell->operation), "calls"), ==, 5);
  sct_person_finish_and_check (person);
}

typedef struct {
  const char *kind;
  const char *expected;
} Reason;

static void
test_reason (SctPerson *person, gconstpointer data)
{
  const Reason *row = data;
  sct_control_order (sct_control, "CreateRoom", row->kind, 2);
  sct_provisioning_advance (person->saga, person->user_id);
  g_autofree char *state = sct_provisioning_dup_state (person->saga, person->user_id);
  g_assert_cmpstr (state, ==, row->expected);
  g_assert_cmpint (sct_control_ask (sct_control, "CreateRoom", "calls"),
                   ==,
                   1); /* not at once again */
  sct_person_finish_and_check (person);
}

/* Each Create of a stage fails, each List between finds nothing: the owner is told, and the tries
 * become rare. */
static void
test_out_of_reach (SctPerson *person, gconstpointer data)
{
  g_autofree char *state = g_strdup ("");
  sct_control_order (sct_control, "CreateStage", "fail_before", 8);
  for (int i = 0; i < 20 && !g_str_equal (state, "failed unavailable"); i++) {
    sct_provisioning_advance (person->saga, person->user_id);
    sct_provisioning_pass (person->saga, 61 * G_TIME_SPAN_SECOND);
    g_free (state);
    state = sct_provisioning_dup_state (person->saga, person->user_id);
  }
  g_assert_cmpstr (state, ==, "failed unavailable");
  g_assert_cmpint (sct_control_ask (sct_control, "CreateStage", "calls"), ==, 5);
  finish_without_waste (person);
}

static char *
dup_room_arn (SctPerson *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (person->saga->store, &error);
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT room_arn FROM channels WHERE user_id = $1",
                    SC_PARAMS (sc_int (person->user_id)),
                    &error);
  g_assert_no_error (error);
  return g_strdup (sc_store_result_get_text (result, 0, 0));
}

/* A room from before there was a review gets it from the janitor. */
static void
test_room_of_before (SctPerson *person, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sct_person_finish_and_check (person);
  g_autofree char *arn = dup_room_arn (person);
  const ScIvsRoom bare = { .arn = arn,
                           .review_uri = (char *) "",
                           .review_fallback = (char *) "ALLOW" };
  g_assert_true (sc_ivschat_update_room (person->saga->aws, &bare, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sct_provisioning_sweep (person->saga, TRUE), ==, 0);
  g_autofree char *review =
    sct_control_dup_member (sct_control, SC_CLOUD_ROOM, arn, "messageReviewHandler");
  g_assert_cmpstr (review, ==, "{\"uri\":\"\",\"fallbackResult\":\"ALLOW\"}");
  g_assert_cmpuint (sct_provisioning_sweep (person->saga, FALSE), ==, 0);
  sct_person_finish_and_check (person);
  gint64 updates = sct_control_ask (sct_control, "UpdateRoom", "calls");
  g_assert_cmpuint (sct_provisioning_sweep (person->saga, FALSE), ==, 0);
  g_assert_cmpint (sct_control_ask (sct_control, "UpdateRoom", "calls"), ==, updates);
}

/* After all the others: the janitor finds nothing, and each user has what it should. */
static void
check_all (void)
{
  g_autoptr (SctProvisioning) saga =
    sct_provisioning_new (sct_conninfo, sct_control_get_url (sct_control));
  saga->control = sct_control;
  sct_provisioning_pass (saga, 24 * G_TIME_SPAN_HOUR);
  g_assert_cmpuint (sct_provisioning_sweep (saga, FALSE), ==, 0);
  gint64 users = sct_provisioning_ask (saga, "SELECT count(*) FROM users WHERE id > $1", 0);
  g_assert_cmpint (sct_provisioning_ask (saga,
                                         "SELECT count(*) FROM channels WHERE state = 'ready'"
                                         " AND user_id > $1",
                                         0),
                   ==,
                   users);
  g_assert_cmpint (sct_control_count (sct_control, SC_CLOUD_ROOM, ""), ==, users);
  g_assert_cmpint (sct_control_count (sct_control, SC_CLOUD_STAGE, ""), ==, users);
}

/* --- the matrix ---------------------------------------------------------------------------------
 */

static void
add_test (const char *path, gpointer data, gpointer function)
{
  g_ptr_array_add (rows, data);
  g_test_add_vtable (path,
                     sizeof (SctPerson),
                     data,
                     (GTestFixtureFunc) sct_person_set_up,
                     (GTestFixtureFunc) function,
                     (GTestFixtureFunc) sct_person_tear_down);
}

static void
add_cell (const char *row, const Cell *cell)
{
  g_autofree char *path = g_strdup_printf ("/provision/%s/%s/%s",
                                           row,
                                           cell->fault.name,
                                           cell->is_killed ? "killed" : "lives");
  add_test (path, g_memdup2 (cell, sizeof *cell), test_cell);
}

static void
add_fault (guint fault, gboolean is_killed)
{
  for (guint place = 0; place < G_N_ELEMENTS (creates); place++) {
    const Cell cell = { creates[place], sct_faults[fault], place, FALSE, is_killed };
    add_cell (creates[place], &cell);
  }
  /* One create each here, by turns, and all of them in the suite slow. */
  for (guint place = 0; place < G_N_ELEMENTS (creates); place++) {
    const Cell commit = { creates[place], sct_faults[fault], place, TRUE, is_killed };
    g_autofree char *row = g_strdup_printf ("commit-of-%s", creates[place]);
    if (g_test_slow () || place == fault % G_N_ELEMENTS (creates))
      add_cell (row, &commit);
  }
}

static void
add_point (const char *group, guint moment, int nth, gpointer function)
{
  const Point point = { moments[moment].statement, nth };
  g_autofree char *path = g_strdup_printf ("/provision/%s/%s-%d", group, moments[moment].name, nth);
  add_test (path, g_memdup2 (&point, sizeof point), function);
}

static void
add_matrix (void)
{
  /* First, while a List has one page. */
  for (guint place = 0; place < G_N_ELEMENTS (creates); place++) {
    const Cell cell = { creates[place], sct_faults[SCT_FAULT_500_AFTER], place, FALSE, FALSE };
    g_autofree char *path = g_strdup_printf ("/provision/fault-of-the-list/%s", creates[place]);
    add_test (path, g_memdup2 (&cell, sizeof cell), test_fault_of_the_list);
  }
  for (guint fault = 0; fault < SCT_N_FAULTS; fault++) {
    add_fault (fault, FALSE);
    add_fault (fault, TRUE);
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

  if (argc == 8 && g_str_equal (argv[1], "--child"))
    return run_child (argv);
  g_test_init (&argc, &argv, NULL);
  program = argv[0];
  rows = g_ptr_array_new_with_free_func (g_free);
  sct_person_open_world ();

  SCT_PERSON_ADD ("/provision/nothing-in-the-way", NULL, test_nothing_in_the_way);
  add_matrix ();
  SCT_PERSON_ADD ("/provision/reason/quota", &quota, test_reason);
  SCT_PERSON_ADD ("/provision/reason/denied", &denied, test_reason);
  SCT_PERSON_ADD ("/provision/reason/pending", &pending, test_reason);
  SCT_PERSON_ADD ("/provision/reason/out-of-reach", NULL, test_out_of_reach);
  SCT_PERSON_ADD ("/provision/room-of-before", NULL, test_room_of_before);
  int result = g_test_run ();
  check_all ();

  g_ptr_array_unref (rows);
  sct_person_close_world ();
  return result;
}
