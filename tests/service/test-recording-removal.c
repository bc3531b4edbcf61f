/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The objects of recordings that were deleted, in the local cloud's buckets: each fault at each
 * call, with its outcome written or lost, and the process killed at each statement. In the end
 * nothing of the recording is there, and all of its neighbours is. */

#include "config.h"

#include "sc-recording-removal.h"
#include "sc-recording-shelf-store.h"
#include "sct-fault.h"
#include "sct-person.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define BUCKET "streamcat-recordings"
#define FOLDER "2026/10/24/9/0/a1"

/* More than any fault that a test orders can cost. */
#define MAX_ROUNDS 20

static const char *program;

typedef struct {
  SctPerson person;
  ScService *service;
  char *objects; /* the folder of the channel's recordings */
} Fixture;

typedef struct {
  const char *operation;
  SctFault fault;
  gboolean is_lost; /* the outcome, as if the process had died there */
} Cell;

typedef struct {
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
  char *environment[] = { NULL };
  ScService *service = sc_service_new (saga->store, saga->aws, environment);
  sc_service_set_clock (service, read_clock, saga);
  return service;
}

static gint64
ask (Fixture *self, const char *sql)
{
  return sct_provisioning_ask (self->person.saga, sql, self->person.user_id);
}

static char *
dup_channel_id (SctPerson *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (person->saga->store, &error);
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT split_part (arn, '/', 2) FROM channels WHERE user_id = $1",
                    SC_PARAMS (sc_int (person->user_id)),
                    &error);
  g_assert_no_error (error);
  return g_strdup (sc_store_result_get_text (result, 0, 0));
}

static void
write_object (Fixture *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (self->objects, name, NULL);
  g_autofree char *folder = g_path_get_dirname (file);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (file, "object", -1, &error);
  g_assert_no_error (error);
}

static gboolean
is_there (Fixture *self, const char *name)
{
  g_autofree char *file = g_build_filename (self->objects, name, NULL);
  return g_file_test (file, G_FILE_TEST_EXISTS);
}

static void
record (Fixture *self, const char *prefix)
{
  g_autofree char *sql =
    g_strdup_printf ("INSERT INTO recordings (id, user_id, title, bucket, prefix, started_at,"
                     " duration_ms, playlist, width, height) VALUES ('%s', $1, 't', '" BUCKET "',"
                     " '%s', now(), 1, 'm', 2, 2) RETURNING user_id",
                     self->person.name,
                     prefix);
  ask (self, sql);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  sct_person_set_up (&self->person, data);
  sct_provisioning_finish (self->person.saga, self->person.user_id);
  self->service = make_service (self->person.saga);
  g_autofree char *id = dup_channel_id (&self->person);
  g_autofree char *path = g_strdup_printf (BUCKET "/ivs/v1/123456789012/%s", id);
  g_autofree char *prefix = g_strdup_printf ("ivs/v1/123456789012/%s/" FOLDER, id);
  self->objects = sct_control_build_object (sct_control, path);
  write_object (self, FOLDER "/events/recording-ended.json");
  write_object (self, FOLDER "/media/hls/720p30/playlist.m3u8");
  write_object (self, FOLDER "/media/hls/720p30/0.ts");
  write_object (self, FOLDER "x/media/hls/720p30/0.ts");
  record (self, prefix);
  sct_control_forget (sct_control);
  self->person.saga->ahead_us = 0; /* other processes go by the real clock */
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->objects);
  sc_service_free (self->service);
  sct_person_tear_down (&self->person, data);
}

static void
delete_recording (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->person.saga->store, &error);
  g_assert_true (sc_recording_shelf_store_remove (connection,
                                                  self->person.user_id,
                                                  self->person.name,
                                                  read_clock (self->person.saga),
                                                  &found,
                                                  &error));
  g_assert_true (found);
}

static void
resume (Fixture *self)
{
  sc_recording_removal_resume (self->service, G_MAXINT64, NULL);
}

static gint64
ask_due (Fixture *self)
{
  return ask (self,
              "SELECT coalesce (max ((extract (epoch FROM removal_at) * 1000000)::bigint), 0)"
              " FROM recordings WHERE user_id = $1");
}

/* Lets time pass until the removal is due, and goes on then, until there is none. */
static void
finish (Fixture *self)
{
  for (int i = 0; i < MAX_ROUNDS; i++) {
    resume (self);
    gint64 due = ask_due (self);
    if (due == 0)
      return;
    sct_provisioning_pass (self->person.saga, MAX (0, due - read_clock (self->person.saga)) + 1);
  }
  g_error ("The objects of user %" G_GINT64_FORMAT " never went", self->person.user_id);
}

static void
finish_and_check (Fixture *self)
{
  finish (self);
  g_assert_false (is_there (self, FOLDER));
  g_assert_true (is_there (self, FOLDER "x/media/hls/720p30/0.ts"));
}

/* Loses the outcome of the step whose call has just been made. */
static gboolean
lose_outcome (const char *sql, gpointer user_data, GError **error)
{
  const Cell *cell = user_data;
  if (!g_str_has_prefix (sql, "UPDATE recordings SET removal_at") ||
      sct_control_ask (sct_control, cell->operation, "calls") == 0)
    return TRUE;
  g_set_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE, "The connection is lost");
  return FALSE;
}

static void
test_cell (Fixture *self, gconstpointer data)
{
  const Cell *cell = data;
  delete_recording (self);
  sct_fault_order (sct_control, cell->operation, &cell->fault);
  if (cell->is_lost)
    sc_store_set_gate (self->person.saga->store, lose_outcome, (gpointer) cell);
  resume (self);
  sc_store_set_gate (self->person.saga->store, NULL, NULL);
  finish_and_check (self);
  g_assert_cmpint (sct_control_ask (sct_control, cell->operation, "calls"), >, 0);
}

static gboolean
spring (const char *sql, gpointer user_data, GError **error)
{
  Point *point = user_data;
  if (g_str_has_prefix (sql, point->statement) && --point->nth == 0)
    raise (SIGKILL);
  return TRUE;
}

/* What the child of the test below does: --child CONNINFO URL STATEMENT NTH. */
static int
run_child (char *argv[])
{
  Point point = { argv[4], (int) g_ascii_strtoll (argv[5], NULL, 10) };
  g_autoptr (SctProvisioning) saga = sct_provisioning_new (argv[2], argv[3]);
  ScService *service = make_service (saga);
  sc_store_set_gate (saga->store, spring, &point);
  sc_recording_removal_resume (service, G_MAXINT64, NULL);
  sc_service_free (service);
  return 0;
}

static void
test_killed (Fixture *self, gconstpointer data)
{
  const Point *point = data;
  g_autofree char *nth = g_strdup_printf ("%d", point->nth);
  char *argv[] = { (char *) program,
                   (char *) "--child",
                   sct_conninfo,
                   (char *) sct_control_get_url (sct_control),
                   (char *) point->statement,
                   nth,
                   NULL };
  GPid pid = 0;
  int status = 0;
  g_autoptr (GError) error = NULL;
  delete_recording (self);
  g_spawn_async (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  finish_and_check (self);
}

/* More objects than a page has. */
static void
test_many_objects (Fixture *self, gconstpointer data)
{
  for (int i = 0; i < 600; i++) {
    g_autofree char *name = g_strdup_printf (FOLDER "/media/hls/720p30/%d.ts", i);
    write_object (self, name);
  }
  delete_recording (self);
  finish_and_check (self);
  g_assert_cmpint (sct_control_ask (sct_control, "DeleteObjects", "calls"), ==, 3);
}

/* A report that names another place than the channel's own removes nothing there. */
static void
test_other_places (Fixture *self, gconstpointer data)
{
  static const char *const prefixes[] = { "", "ivs/v1", "ivs/v1/123456789012", "rules", "/" };
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++) {
    ask (self, "DELETE FROM recordings WHERE user_id = $1 RETURNING user_id");
    record (self, prefixes[i]);
    delete_recording (self);
    resume (self);
    g_assert_cmpint (ask_due (self), >, read_clock (self->person.saga));
  }
  g_assert_cmpint (sct_control_ask (sct_control, "DeleteObjects", "calls"), ==, 0);
  g_assert_true (is_there (self, FOLDER "/media/hls/720p30/0.ts"));
  ask (self, "DELETE FROM recordings WHERE user_id = $1 RETURNING user_id");
}

static void
add (const char *path, gconstpointer data, gpointer function)
{
  g_test_add_vtable (path,
                     sizeof (Fixture),
                     data,
                     (GTestFixtureFunc) set_up,
                     (GTestFixtureFunc) function,
                     (GTestFixtureFunc) tear_down);
}

static void
add_cells (GPtrArray *cells)
{
  static const char *const operations[] = { "ListObjectsV2", "DeleteObjects" };
  static const char *const faults[] = { "none",    "throttle",    "quota", "denied",
                                        "pending", "fail_before", NULL };
  for (guint i = 0; i < G_N_ELEMENTS (operations) * SCT_N_FAULTS * 2; i++) {
    const Cell cell = { operations[i / (SCT_N_FAULTS * 2)],
                        sct_faults[i / 2 % SCT_N_FAULTS],
                        i % 2 == 1 };
    /* Connections that break or hang are in the matrix of the errands, which make the same calls.
     */
    if (!g_strv_contains (faults, cell.fault.kind))
      continue;
    g_autofree char *path = g_strdup_printf ("/recording-removal/%s/%s/%s",
                                             cell.operation,
                                             cell.fault.name,
                                             cell.is_lost ? "lost" : "written");
    g_ptr_array_add (cells, g_memdup2 (&cell, sizeof cell));
    add (path, cells->pdata[cells->len - 1], test_cell);
  }
}

int
main (int argc, char *argv[])
{
  static const Point points[] = {
    { "WITH removal", 1 },
    { "WITH removal", 2 },
    { "UPDATE recordings SET removal_at", 1 },
    { "UPDATE recordings SET removal_at", 2 },
  };
  if (argc == 6 && g_str_equal (argv[1], "--child"))
    return run_child (argv);
  g_test_init (&argc, &argv, NULL);
  program = argv[0];
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  sct_person_open_world ();
  add_cells (cells);
  for (guint i = 0; i < G_N_ELEMENTS (points); i++) {
    g_autofree char *path = g_strdup_printf ("/recording-removal/killed/%u", i);
    add (path, &points[i], test_killed);
  }
  add ("/recording-removal/many-objects", NULL, test_many_objects);
  add ("/recording-removal/other-places", NULL, test_other_places);
  int result = g_test_run ();
  sct_person_close_world ();
  return result;
}
