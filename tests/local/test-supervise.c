/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-child.h"
#include "sc-spawn.h"
#include "sc-state-dir.h"
#include "sc-supervisor.h"
#include "sct-files.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

static char *work_dir;

static void
probe_always (gpointer data, GTask *task)
{
  g_autoptr (GTask) owned = task;
  guint *asked = data;
  (*asked)++;
  g_task_return_boolean (owned, TRUE);
}

/* Says "not yet" to the first two questions. */
static void
probe_third_time (gpointer data, GTask *task)
{
  g_autoptr (GTask) owned = task;
  guint *asked = data;
  if (++*asked < 3)
    g_task_return_new_error (owned, G_IO_ERROR, G_IO_ERROR_BUSY, "not yet");
  else
    g_task_return_boolean (owned, TRUE);
}

static ScChild *
add_child (ScSupervisor *supervisor, const char *script, ScProbe probe, guint *asked)
{
  const char *const argv[] = { "sh", "-c", script, NULL };
  const ScChildSpec spec = {
    .name = "sleeper",
    .argv = argv,
    .stop_signal = SIGTERM,
    .death_signal = SIGKILL,
    .probe = probe,
    .probe_data = asked,
  };
  return sc_supervisor_add (supervisor, &spec);
}

static void
on_ready (ScChild *child, guint *ready)
{
  (*ready)++;
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *stopped = user_data;
  sc_supervisor_stop_finish (SC_SUPERVISOR (source), result);
  *stopped = TRUE;
}

static void
stop (ScSupervisor *supervisor)
{
  gboolean stopped = FALSE;
  sc_supervisor_stop_async (supervisor, on_stopped, &stopped);
  while (!stopped)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for (const guint *count, guint at_least)
{
  while (*count < at_least)
    g_main_context_iteration (NULL, TRUE);
}

/* A process that ends by itself is there again, and said to be ready again. */
static void
test_starts_again (void)
{
  g_autoptr (ScSupervisor) supervisor = sc_supervisor_new (work_dir);
  guint asked = 0;
  guint ready = 0;
  ScChild *child = add_child (supervisor, "kill -9 $$", probe_always, &asked);
  g_signal_connect (child, "ready", G_CALLBACK (on_ready), &ready);
  sc_child_start (child);
  wait_for (&ready, 3);
  g_assert_cmpuint (sc_child_get_starts (child), >=, 3);
  stop (supervisor);
}

static void
test_asks_until_it_answers (void)
{
  g_autoptr (ScSupervisor) supervisor = sc_supervisor_new (work_dir);
  guint asked = 0;
  guint ready = 0;
  ScChild *child = add_child (supervisor, "exec sleep infinity", probe_third_time, &asked);
  g_signal_connect (child, "ready", G_CALLBACK (on_ready), &ready);
  sc_child_start (child);
  g_assert_false (sc_child_get_ready (child));
  wait_for (&ready, 1);
  g_assert_cmpuint (asked, ==, 3);
  g_assert_cmpuint (sc_child_get_starts (child), ==, 1);
  stop (supervisor);
}

/* The last started goes first, and the end is the end: nothing starts again. */
static void
test_stops_in_order (void)
{
  g_autofree char *order = g_build_filename (work_dir, "order", NULL);
  g_autofree char *first =
    g_strdup_printf ("trap 'echo first >> %s; exit' TERM; echo up; while :; do sleep 0.01; done",
                     order);
  g_autofree char *second =
    g_strdup_printf ("trap 'echo second >> %s; exit' TERM; echo up; while :; do sleep 0.01; done",
                     order);
  g_autofree char *log = g_build_filename (work_dir, "sleeper.log", NULL);
  g_autoptr (ScSupervisor) supervisor = sc_supervisor_new (work_dir);
  guint asked = 0;
  g_unlink (log);
  sc_child_start (add_child (supervisor, first, probe_always, &asked));
  sc_child_start (add_child (supervisor, second, probe_always, &asked));

  g_autofree char *said = NULL;
  while (g_strcmp0 (said, "up\nup\n") != 0) {
    g_clear_pointer (&said, g_free);
    g_main_context_iteration (NULL, FALSE);
    g_file_get_contents (log, &said, NULL, NULL);
  }
  stop (supervisor);

  g_autofree char *ends = NULL;
  g_assert_true (g_file_get_contents (order, &ends, NULL, NULL));
  g_assert_cmpstr (ends, ==, "second\nfirst\n");
}

/* Plays the local cloud for test_dies_with_its_parent(): starts a child, says its pid, hangs. */
G_NORETURN static void
play_parent (const char *log)
{
  const char *const argv[] = { "sh", "-c", "echo $$; exec sleep infinity", NULL };
  g_autoptr (GSubprocess) child = sc_spawn (argv, NULL, log, SIGKILL, NULL);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

/* SIGKILL leaves the parent no say: the kernel alone ends the child. */
static void
test_dies_with_its_parent (const char *self)
{
  g_autofree char *log = g_build_filename (work_dir, "orphan", NULL);
  g_autoptr (GError) error = NULL;
  prctl (PR_SET_CHILD_SUBREAPER, 1); /* orphans become ours, so that their end can be waited for */
  g_autoptr (GSubprocess) parent =
    g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self, "--parent", log, NULL);
  g_assert_no_error (error);

  g_autofree char *line = NULL;
  while (!line || !strchr (line, '\n')) {
    g_clear_pointer (&line, g_free);
    g_file_get_contents (log, &line, NULL, NULL);
  }
  pid_t orphan = (pid_t) g_ascii_strtoll (line, NULL, 10);
  g_assert_cmpint (kill (orphan, 0), ==, 0);

  g_subprocess_force_exit (parent);
  g_subprocess_wait (parent, NULL, NULL);
  int status = 0;
  g_assert_cmpint (waitpid (orphan, &status, 0), ==, orphan);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
}

static void
assert_refused (const char *path, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStateDir) dir = sc_state_dir_open (path, TRUE, &error);
  g_assert_null (dir);
  g_assert_error (error, G_IO_ERROR, code);
}

static void
test_state_dir (void)
{
  g_autofree char *path = g_build_filename (work_dir, "state", NULL);
  g_autofree char *kept = g_build_filename (path, "log", "kept", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStateDir) dir = sc_state_dir_open (path, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (sc_private_file_write (kept, "x", NULL));
  assert_refused (path, G_IO_ERROR_BUSY);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));

  g_clear_object (&dir);
  dir = sc_state_dir_open (path, FALSE, NULL);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_clear_object (&dir);
  dir = sc_state_dir_open (path, TRUE, NULL);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
}

static void
test_state_dir_refuses (void)
{
  g_autofree char *home = g_build_filename (work_dir, "home", NULL);
  g_autofree char *precious = g_build_filename (home, "precious", NULL);
  g_mkdir (home, 0700);
  g_assert_true (g_file_set_contents (precious, "x", -1, NULL));
  assert_refused (home, G_IO_ERROR_NOT_EMPTY);
  g_assert_true (g_file_test (precious, G_FILE_TEST_EXISTS));

  g_autofree char *name = g_strnfill (100, 'x');
  g_autofree char *long_path = g_build_filename (work_dir, name, NULL);
  assert_refused (long_path, G_IO_ERROR_FILENAME_TOO_LONG);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--parent"))
    play_parent (argv[2]);

  g_test_init (&argc, &argv, NULL);
  work_dir = g_dir_make_tmp ("sc-supervise-XXXXXX", NULL);
  g_test_add_func ("/supervise/starts-again", test_starts_again);
  g_test_add_func ("/supervise/asks-until-it-answers", test_asks_until_it_answers);
  g_test_add_func ("/supervise/stops-in-order", test_stops_in_order);
  g_test_add_data_func ("/supervise/dies-with-its-parent",
                        argv[0],
                        (GTestDataFunc) test_dies_with_its_parent);
  g_test_add_func ("/supervise/state-dir", test_state_dir);
  g_test_add_func ("/supervise/state-dir-refuses", test_state_dir_refuses);
  int status = g_test_run ();
  sct_remove_tree (work_dir);
  g_free (work_dir);
  return status;
}
