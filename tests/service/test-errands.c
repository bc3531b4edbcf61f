/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Another stream key, and the end of an account, against the local cloud's control planes and
 * buckets and a real PostgreSQL: each fault at each call, with its outcome written or lost, and the
 * process killed at each statement. In the end a channel has exactly one key, and not the old one;
 * of an account that was deleted there is nothing. */

#include "config.h"

#include "sc-errands.h"
#include "sct-fault.h"
#include "sct-files.h"
#include "sct-person.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define BUCKET "streamcat-recordings"

/* A call that hangs is given up after it; one that is given up for a busy machine is made again. */
#define HASTE_MS 400

/* More than any fault that a test orders can cost. */
#define MAX_ROUNDS 60

static const char *program;
static GPtrArray *rows; /* what the tests of the matrix are given */

typedef struct {
  SctPerson person;
  ScService *service;
  ScAws *hasty;
  char *channel_arn;
  char *key_arn;
  char *objects; /* the folder of the channel's recordings */
} Fixture;

typedef struct {
  ScErrandKind kind;
  const char *operation;
  SctFault fault;
  gboolean is_lost; /* the outcome, as if the process had died there */
} Cell;

typedef struct {
  ScErrandKind kind;
  const char *statement;
  int nth;
} Point;

static gint64
read_clock (gpointer data)
{
  return g_get_real_time () + ((SctProvisioning *) data)->ahead_us;
}

static ScService *
make_service (SctProvisioning *saga)
{
  char *environment[] = { (char *) "STREAMCAT_RULES_BUCKET=" BUCKET, NULL };
  ScService *service = sc_service_new (saga->store, saga->aws, environment);
  sc_service_set_clock (service, read_clock, saga);
  return service;
}

static char *
dup_text (SctPerson *person, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (person->saga->store, &error);
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection, sql, SC_PARAMS (sc_int (person->user_id)), &error);
  g_assert_no_error (error);
  return g_strdup (sc_store_result_get_text (result, 0, 0));
}

static void
write_object (const char *directory, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (directory, name, NULL);
  g_autofree char *folder = g_path_get_dirname (file);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (file, "object", -1, &error);
  g_assert_no_error (error);
}

/* A recording of some objects, the rules of the room, and somebody else's recording beside. */
static void
write_objects (Fixture *self)
{
  const char *id = strrchr (self->channel_arn, '/') + 1;
  g_autofree char *path = g_strdup_printf (BUCKET "/ivs/v1/123456789012/%s", id);
  self->objects = sct_control_build_object (sct_control, path);
  write_object (self->objects, "2026/10/24/9/0/a1/events/recording-ended.json");
  write_object (self->objects, "2026/10/24/9/0/a1/media/hls/720p30/playlist.m3u8");
  write_object (self->objects, "2026/10/24/9/0/a1/media/hls/720p30/0.ts");
  g_autofree char *other = g_strconcat (self->objects, "x", NULL);
  write_object (other, "0.ts");
}

static void
record (Fixture *self)
{
  g_autofree char *sql =
    g_strdup_printf ("INSERT INTO recordings (id, user_id, title, bucket, prefix)"
                     " VALUES ('%s', $1, 't', '" BUCKET "', 'ivs/v1') RETURNING user_id",
                     self->person.name);
  sct_provisioning_ask (self->person.saga, sql, self->person.user_id);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const ScAwsPatience haste = { .timeout_ms = HASTE_MS };
  sct_person_set_up (&self->person, data);
  sct_provisioning_finish (self->person.saga, self->person.user_id);
  self->service = make_service (self->person.saga);
  self->hasty = sc_aws_new_like (self->person.saga->aws, &haste);
  self->channel_arn = dup_text (&self->person, "SELECT arn FROM channels WHERE user_id = $1");
  self->key_arn =
    dup_text (&self->person, "SELECT stream_key_arn FROM channels WHERE user_id = $1");
  write_objects (self);
  record (self);
  sct_provisioning_pass (self->person.saga, 2 * G_TIME_SPAN_SECOND); /* all turns are free */
  self->person.saga->ahead_us = 0; /* other processes go by the real clock */
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->channel_arn);
  g_free (self->key_arn);
  g_free (self->objects);
  sc_aws_free (self->hasty);
  sc_service_free (self->service);
  sct_person_tear_down (&self->person, data);
}

static void
want (Fixture *self, const char *type, const char *latency_mode)
{
  g_autoptr (GError) error = NULL;
  const ScErrand wanted = { .user_id = self->person.user_id,
                            .wanted_type = (char *) type,
                            .wanted_latency_mode = (char *) latency_mode,
                            .next_at = read_clock (self->person.saga) };
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->person.saga->store, &error);
  sc_errand_store_begin_settings (connection, &wanted, &error);
  g_assert_no_error (error);
}

static void
begin (Fixture *self, ScErrandKind kind)
{
  g_autoptr (GError) error = NULL;
  gint64 now = read_clock (self->person.saga);
  if (kind == SC_ERRAND_SETTINGS) {
    want (self, "ADVANCED_HD", "NORMAL");
    return;
  }
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->person.saga->store, &error);
  if (kind == SC_ERRAND_KEY)
    sc_errand_store_begin_key (connection, self->person.user_id, TRUE, now, &error);
  else
    sc_errand_store_begin_deletion (connection, self->person.user_id, &now, &error);
  g_assert_no_error (error);
}

static gint64
ask (Fixture *self, const char *sql)
{
  return sct_provisioning_ask (self->person.saga, sql, self->person.user_id);
}

/* Goes on until nothing is due now, or the database fails. */
static void
advance (Fixture *self)
{
  gboolean moved = TRUE;
  while (moved &&
         sc_errands_advance (self->service, self->hasty, self->person.user_id, &moved, NULL)) {
  }
}

/* Lets time pass until the errand is due, and goes on then, until there is none. */
static void
finish (Fixture *self)
{
  for (int i = 0; i < MAX_ROUNDS; i++) {
    advance (self);
    if (ask (self, "SELECT count(*) FROM errands WHERE user_id = $1") == 0)
      return;
    gint64 due =
      ask (self,
           "SELECT (extract (epoch FROM greatest (next_at, lease_until)) * 1000000)::bigint"
           " FROM errands WHERE user_id = $1 ORDER BY kind LIMIT 1");
    sct_provisioning_pass (self->person.saga, MAX (0, due - read_clock (self->person.saga)) + 1);
  }
  g_error ("The errand of user %" G_GINT64_FORMAT " was never done", self->person.user_id);
}

static void
check_key (Fixture *self)
{
  g_autofree char *key =
    dup_text (&self->person, "SELECT stream_key_arn FROM channels WHERE user_id = $1");
  g_assert_cmpstr (key, !=, self->key_arn);
  g_assert_cmpuint (sct_control_count_keys (sct_control, self->channel_arn), ==, 1);
  g_autofree char *channel =
    sct_control_dup_member (sct_control, SC_CLOUD_STREAM_KEY, key, "channelArn");
  g_assert_cmpstr (channel, ==, self->channel_arn);
  g_assert_cmpint (sct_control_ask (sct_control, "StopStream", "effects"), ==, 1);
}

static void
assert_member (Fixture *self, const char *member, const char *expected)
{
  g_autofree char *value =
    sct_control_dup_member (sct_control, SC_CLOUD_CHANNEL, self->channel_arn, member);
  g_assert_cmpstr (value, ==, expected);
}

/* The row says what Amazon IVS says. */
static void
check_settings (Fixture *self, const char *type, const char *latency_mode)
{
  g_autofree char *row_type =
    dup_text (&self->person, "SELECT channel_type FROM channels WHERE user_id = $1");
  g_autofree char *row_mode =
    dup_text (&self->person, "SELECT latency_mode FROM channels WHERE user_id = $1");
  assert_member (self, "type", type);
  assert_member (self, "latencyMode", latency_mode);
  g_assert_cmpstr (row_type, ==, type);
  g_assert_cmpstr (row_mode, ==, latency_mode);
}

static void
check_cloud_is_empty (Fixture *self)
{
  g_autofree char *prefix = g_strconcat (self->person.name, "-", NULL);
  g_autofree char *other = g_strconcat (self->objects, "x/0.ts", NULL);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_CHANNEL, prefix), ==, 0);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_ROOM, prefix), ==, 0);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_STAGE, prefix), ==, 0);
  g_assert_cmpuint (sct_control_count_keys (sct_control, self->channel_arn), ==, 0);
  g_assert_false (g_file_test (self->objects, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

static void
check_deleted (Fixture *self)
{
  check_cloud_is_empty (self);
  g_assert_cmpint (ask (self, "SELECT count(*) FROM channels WHERE user_id = $1"), ==, 0);
  g_assert_cmpint (ask (self, "SELECT count(*) FROM recordings WHERE user_id = $1"), ==, 0);
  g_assert_cmpint (ask (self, "SELECT count(*) FROM provision_steps WHERE user_id = $1"), ==, 0);
  g_assert_cmpint (ask (self, "SELECT count(*) FROM users WHERE id = $1 AND name LIKE 'deleted-%'"),
                   ==,
                   1);
  g_autofree char *sql =
    g_strdup_printf ("SELECT count(*) FROM reserved_names WHERE name = '%s' AND $1 > 0",
                     self->person.name);
  g_assert_cmpint (ask (self, sql), ==, 1);
}

static void
finish_and_check (Fixture *self, ScErrandKind kind)
{
  finish (self);
  if (kind == SC_ERRAND_KEY)
    check_key (self);
  else if (kind == SC_ERRAND_SETTINGS)
    check_settings (self, "ADVANCED_HD", "NORMAL");
  else
    check_deleted (self);
}

/* --- each fault at each call -------------------------------------------------------------------
 */

/* Loses the outcome of the step whose call has just failed. */
static gboolean
lose_outcome (const char *sql, gpointer user_data, GError **error)
{
  const Cell *cell = user_data;
  gboolean is_outcome = g_str_has_prefix (sql, "UPDATE errands SET step") ||
                        g_str_has_prefix (sql, "DELETE FROM errands");
  if (!is_outcome || sct_control_ask (sct_control, cell->operation, "calls") == 0)
    return TRUE;
  g_set_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE, "The connection is lost");
  return FALSE;
}

static void
test_cell (Fixture *self, gconstpointer data)
{
  const Cell *cell = data;
  if (cell->kind != SC_ERRAND_SETTINGS)
    sct_control_set_live (sct_control);
  begin (self, cell->kind);
  sct_fault_order (sct_control, cell->operation, &cell->fault);
  if (cell->is_lost)
    sc_store_set_gate (self->person.saga->store, lose_outcome, (gpointer) cell);
  advance (self);
  sc_store_set_gate (self->person.saga->store, NULL, NULL);
  finish_and_check (self, cell->kind);
  g_assert_cmpint (sct_control_ask (sct_control, cell->operation, "calls"), >, 0);
}

/* --- killed at each statement ------------------------------------------------------------------
 */

static gboolean
spring (const char *sql, gpointer user_data, GError **error)
{
  Point *point = user_data;
  if (g_str_has_prefix (sql, point->statement) && --point->nth == 0)
    raise (SIGKILL);
  return TRUE;
}

/* What the child of the test below does: --child CONNINFO URL USER STATEMENT NTH. */
static int
run_child (char *argv[])
{
  Point point = { SC_ERRAND_KEY, argv[5], (int) g_ascii_strtoll (argv[6], NULL, 10) };
  g_autoptr (SctProvisioning) saga = sct_provisioning_new (argv[2], argv[3]);
  ScService *service = make_service (saga);
  gint64 user_id = g_ascii_strtoll (argv[4], NULL, 10);
  gboolean moved = TRUE;
  sc_store_set_gate (saga->store, spring, &point);
  while (moved && sc_errands_advance (service, saga->aws, user_id, &moved, NULL)) {
  }
  sc_service_free (service);
  return 0;
}

static void
die_at (Fixture *self, const Point *point)
{
  g_autofree char *user = g_strdup_printf ("%" G_GINT64_FORMAT, self->person.user_id);
  g_autofree char *nth = g_strdup_printf ("%d", point->nth);
  char *argv[] = { (char *) program,
                   (char *) "--child",
                   sct_conninfo,
                   (char *) sct_control_get_url (sct_control),
                   user,
                   (char *) point->statement,
                   nth,
                   NULL };
  GPid pid = 0;
  int status = 0;
  g_autoptr (GError) error = NULL;
  g_spawn_async (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

static void
test_killed (Fixture *self, gconstpointer data)
{
  const Point *point = data;
  if (point->kind != SC_ERRAND_SETTINGS)
    sct_control_set_live (sct_control);
  begin (self, point->kind);
  ask (self, "DELETE FROM recordings WHERE user_id = $1 RETURNING user_id"); /* and no waiting */
  die_at (self, point);
  finish_and_check (self, point->kind);
}

/* --- what else may happen -----------------------------------------------------------------------
 */

/* A stream that comes back between its end and the channel's. */
static void
test_live_again (Fixture *self, gconstpointer data)
{
  begin (self, SC_ERRAND_DELETION);
  sct_control_order (sct_control, "DeleteRoom", "throttle", 1);
  advance (self);
  sct_control_set_live (sct_control);
  finish_and_check (self, SC_ERRAND_DELETION);
  g_assert_cmpint (sct_control_ask (sct_control, "StopStream", "effects"), ==, 1);
}

/* What was being made when the account went is removed by one pass of the janitor. */
static void
test_nothing_is_made_for_a_leaver (Fixture *self, gconstpointer data)
{
  begin (self, SC_ERRAND_KEY);
  begin (self, SC_ERRAND_DELETION);
  finish_and_check (self, SC_ERRAND_DELETION);
  g_assert_cmpint (sct_control_ask (sct_control, "CreateStreamKey", "calls"), ==, 0);
  g_assert_cmpuint (sct_provisioning_sweep (self->person.saga, FALSE), ==, 0);
}

/* More objects than a page has. */
static void
test_many_objects (Fixture *self, gconstpointer data)
{
  for (int i = 0; i < 600; i++) {
    g_autofree char *name = g_strdup_printf ("2026/10/24/9/0/a1/media/hls/720p30/%d.ts", i);
    write_object (self->objects, name);
  }
  begin (self, SC_ERRAND_DELETION);
  finish_and_check (self, SC_ERRAND_DELETION);
  g_assert_cmpint (sct_control_ask (sct_control, "DeleteObjects", "calls"), ==, 3);
}

/* Suspended users get no key, and those who had none get one. */
static void
test_without_a_key (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ask (self, "UPDATE channels SET stream_key_arn = NULL WHERE user_id = $1 RETURNING user_id");
  ask (self,
       "UPDATE users SET suspended_at = now(), suspended_reason = 'r' WHERE id = $1 RETURNING id");
  begin (self, SC_ERRAND_KEY);
  advance (self);
  g_assert_cmpint (sct_control_ask (sct_control, "ListStreamKeys", "calls"), ==, 0);
  ask (self,
       "UPDATE users SET suspended_at = NULL, suspended_reason = NULL WHERE id = $1 RETURNING id");
  sct_control_set_live (sct_control);
  finish_and_check (self, SC_ERRAND_KEY);
}

/* What another process holds is left to it, until that must have died. */
static void
test_held (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScErrand) held = NULL;
  begin (self, SC_ERRAND_KEY);
  {
    const ScErrandWish wish = { self->person.user_id, read_clock (self->person.saga) };
    g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->person.saga->store, &error);
    g_assert_true (sc_errand_store_take (connection, &wish, &held, &error));
    g_assert_nonnull (held);
  }
  advance (self);
  g_assert_cmpint (sct_control_ask (sct_control, "DeleteStreamKey", "calls"), ==, 0);
  sct_control_set_live (sct_control);
  finish_and_check (self, SC_ERRAND_KEY);
}

/* --- another type or latency mode
 * -----------------------------------------------------------------
 */

static void
begin_stream (Fixture *self)
{
  ask (self,
       "INSERT INTO streams (id, user_id, created_at, started_at) VALUES ('st-1', $1, now(),"
       " now()) RETURNING user_id");
  sct_control_set_live (sct_control);
}

static void
end_stream (Fixture *self)
{
  g_assert_true (sct_control_end_live (sct_control));
  ask (self, "UPDATE streams SET ended_at = now() WHERE user_id = $1 RETURNING user_id");
}

/* What is known to be live is not asked about, and is changed at once when it is over. */
static void
test_waits_for_the_stream (Fixture *self, gconstpointer data)
{
  begin_stream (self);
  begin (self, SC_ERRAND_SETTINGS);
  advance (self);
  g_assert_cmpint (sct_control_ask (sct_control, "UpdateChannel", "calls"), ==, 0);
  check_settings (self, "BASIC", "LOW");
  end_stream (self);
  advance (self);
  check_settings (self, "ADVANCED_HD", "NORMAL");
  assert_member (self, "preset", "HIGHER_BANDWIDTH_DELIVERY");
}

/* Nobody told us of the stream yet. */
static void
test_live_after_all (Fixture *self, gconstpointer data)
{
  sct_control_set_live (sct_control);
  begin (self, SC_ERRAND_SETTINGS);
  advance (self);
  check_settings (self, "BASIC", "LOW");
  g_assert_true (sct_control_end_live (sct_control));
  finish_and_check (self, SC_ERRAND_SETTINGS);
}

/* Before the errand is done, somebody wants something else. */
static void
test_another_wish (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScErrand) held = NULL;
  begin (self, SC_ERRAND_SETTINGS);
  const ScErrandWish wish = { self->person.user_id, read_clock (self->person.saga) };
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->person.saga->store, &error);
  g_assert_true (sc_errand_store_take (connection, &wish, &held, &error));
  want (self, "ADVANCED_SD", NULL);
  ScErrandCall call = { self->service, self->hasty, held };
  g_assert_true (sc_channel_settings_perform (&call, &error));
  held->attempts = 0;
  g_assert_true (sc_errand_store_put (connection, held, &error));
  g_clear_pointer (&connection, sc_store_connection_release);
  check_settings (self, "ADVANCED_HD", "NORMAL");
  finish (self);
  check_settings (self, "ADVANCED_SD", "NORMAL");
  want (self, "BASIC", NULL);
  finish (self);
  check_settings (self, "BASIC", "NORMAL");
  assert_member (self, "preset", NULL);
  g_assert_cmpint (sct_control_ask (sct_control, "UpdateChannel", "calls"), ==, 3);
  want (self, "BASIC", "NORMAL"); /* as it is */
  finish (self);
  g_assert_cmpint (sct_control_ask (sct_control, "UpdateChannel", "calls"), ==, 3);
}

/* --- the matrix ----------------------------------------------------------------------------------
 */

static void
add (const char *path, gpointer data, gpointer function)
{
  if (data)
    g_ptr_array_add (rows, data);
  g_test_add_vtable (path,
                     sizeof (Fixture),
                     data,
                     (GTestFixtureFunc) set_up,
                     (GTestFixtureFunc) function,
                     (GTestFixtureFunc) tear_down);
}

static const char *const kind_names[] = { "key", "deletion", "settings" };

/* The whole matrix takes half a minute or more: it is for the slow suite, and these are for the
 * others. */
static gboolean
is_for_all (const SctFault *fault, gboolean is_lost)
{
  static const char *const written[] = {
    "429", "500-after", "reset-before", "timeout-after", "late-in-lists", NULL,
  };
  static const char *const lost[] = { "none", "500-after", NULL };
  return g_test_slow () || g_strv_contains (is_lost ? lost : written, fault->name);
}

static gboolean
makes_sense (const char *operation, const SctFault *fault)
{
  gboolean is_object = g_str_has_suffix (operation, "Objects") || strstr (operation, "ObjectsV2");
  /* Only what is made can be late; what S3 does has no fault after its effect. */
  if (g_str_equal (fault->kind, "late"))
    return g_str_has_prefix (operation, "Create");
  return !is_object || !fault->effect || g_str_equal (fault->kind, "none");
}

static void
add_cells (ScErrandKind kind, const char *const *operations, guint n_operations)
{
  for (guint i = 0; i < n_operations * SCT_N_FAULTS * 2; i++) {
    const Cell cell = { kind,
                        operations[i / (SCT_N_FAULTS * 2)],
                        sct_faults[i / 2 % SCT_N_FAULTS],
                        i % 2 == 1 };
    g_autofree char *path = g_strdup_printf ("/errands/%s/%s/%s/%s",
                                             kind_names[kind],
                                             cell.operation,
                                             cell.fault.name,
                                             cell.is_lost ? "lost" : "written");
    if (makes_sense (cell.operation, &cell.fault) && is_for_all (&cell.fault, cell.is_lost))
      add (path, g_memdup2 (&cell, sizeof cell), test_cell);
  }
}

static void
add_points (ScErrandKind kind, const char *statement, int count)
{
  for (int nth = 1; nth <= count; nth++) {
    const Point point = { kind, statement, nth };
    g_autofree char *name = g_ascii_strdown (statement, -1);
    g_strdelimit (name, " ", '-');
    g_autofree char *path =
      g_strdup_printf ("/errands/%s/killed/%s-%d", kind_names[kind], name, nth);
    add (path, g_memdup2 (&point, sizeof point), test_killed);
  }
}

int
main (int argc, char *argv[])
{
  static const char *const key[] = { "DeleteStreamKey", "StopStream", "CreateStreamKey" };
  static const char *const settings[] = { "UpdateChannel" };
  static const char *const deletion[] = { "ListStreamKeys", "DeleteStreamKey", "StopStream",
                                          "DeleteStage",    "DeleteRoom",      "DeleteChannel",
                                          "ListObjectsV2",  "DeleteObjects" };
  if (argc == 7 && g_str_equal (argv[1], "--child"))
    return run_child (argv);
  g_test_init (&argc, &argv, NULL);
  program = argv[0];
  rows = g_ptr_array_new_with_free_func (g_free);
  sct_person_open_world ();

  add_cells (SC_ERRAND_KEY, key, G_N_ELEMENTS (key));
  add_points (SC_ERRAND_KEY, "WITH due AS", 3);
  add_points (SC_ERRAND_KEY, "COMMIT", 3);
  add_points (SC_ERRAND_KEY, "DELETE FROM errands", 1);
  add_cells (SC_ERRAND_DELETION, deletion, G_N_ELEMENTS (deletion));
  add_points (SC_ERRAND_DELETION, "WITH due AS", 9);
  add_points (SC_ERRAND_DELETION, "COMMIT", 9);
  add_points (SC_ERRAND_DELETION, "DELETE FROM channels", 1);
  add ("/errands/deletion/live-again", NULL, test_live_again);
  add ("/errands/deletion/nothing-is-made-for-a-leaver", NULL, test_nothing_is_made_for_a_leaver);
  add ("/errands/deletion/many-objects", NULL, test_many_objects);
  add ("/errands/key/without-a-key", NULL, test_without_a_key);
  add ("/errands/key/held", NULL, test_held);
  add_cells (SC_ERRAND_SETTINGS, settings, G_N_ELEMENTS (settings));
  add_points (SC_ERRAND_SETTINGS, "WITH due AS", 1);
  add_points (SC_ERRAND_SETTINGS, "COMMIT", 1);
  add_points (SC_ERRAND_SETTINGS, "DELETE FROM errands", 1);
  add ("/errands/settings/waits-for-the-stream", NULL, test_waits_for_the_stream);
  add ("/errands/settings/live-after-all", NULL, test_live_after_all);
  add ("/errands/settings/another-wish", NULL, test_another_wish);
  int result = g_test_run ();

  g_ptr_array_unref (rows);
  sct_person_close_world ();
  return result;
}
