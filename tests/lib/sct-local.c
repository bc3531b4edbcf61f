/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-local.h"

#include "sct-files.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>

/* A first start makes a cluster and certificates, under sanitizers on a busy machine. */
#define READY_SECONDS 90

/* Where the programs are: meson sets it for every test. */
#define PROGRAM_VARIABLE "STREAMCAT_LOCAL"

/**
 * sct_local_new:
 *
 * Returns: (transfer full): a cloud with an empty state directory, not started
 */
SctLocal *
sct_local_new (void)
{
  SctLocal *self = g_new0 (SctLocal, 1);
  g_autoptr (GError) error = NULL;
  self->folder = g_dir_make_tmp ("sct-local-XXXXXX", &error);
  g_assert_no_error (error);
  self->state_dir = g_build_filename (self->folder, "state", NULL);
  self->ready_file = g_build_filename (self->folder, "ready.json", NULL);
  self->log_file = g_build_filename (self->folder, "cloud.log", NULL);
  return self;
}

/**
 * sct_local_free:
 * @self: (transfer full): a cloud
 *
 * Stops it where it runs and removes all of it.
 */
void
sct_local_free (SctLocal *self)
{
  if (self->process)
    sct_local_stop (self);
  sct_remove_tree (self->folder);
  g_clear_pointer (&self->ready, json_object_unref);
  g_free (self->folder);
  g_free (self->state_dir);
  g_free (self->ready_file);
  g_free (self->log_file);
  g_free (self);
}

/* The test may crash: nothing of the cloud outlives it. */
static void
on_child_setup (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/**
 * sct_local_start:
 * @self: a cloud that does not run
 * @extra: (nullable): more arguments, ended by %NULL
 *
 * Starts it without waiting.
 */
void
sct_local_start (SctLocal *self, const char *const *extra)
{
  const char *program = g_getenv (PROGRAM_VARIABLE);
  g_assert_nonnull (program);
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  g_strv_builder_add_many (argv,
                           program,
                           "--state-dir",
                           self->state_dir,
                           "--ready-file",
                           self->ready_file,
                           NULL);
  if (extra)
    g_strv_builder_addv (argv, (const char **) extra);
  g_auto (GStrv) arguments = g_strv_builder_end (argv);

  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_set_stdout_file_path (launcher, self->log_file);
  g_subprocess_launcher_set_child_setup (launcher, on_child_setup, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments, &error);
  g_assert_no_error (error);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *ended = user_data;
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  if (ended)
    *ended = TRUE;
}

/* Fails the test with what the cloud said. */
static void
give_up (SctLocal *self, const char *why)
{
  g_autofree char *words = NULL;
  g_file_get_contents (self->log_file, &words, NULL, NULL);
  g_error ("The local cloud %s: %s", why, words);
}

/**
 * sct_local_wait_ready:
 * @self: a started cloud
 *
 * Waits for the ready file and reads it. Fails the test where it does not come.
 */
void
sct_local_wait_ready (SctLocal *self)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean ended = FALSE;
  gint64 until = g_get_monotonic_time () + READY_SECONDS * G_USEC_PER_SEC;
  guint tick = g_timeout_add (20, on_tick, NULL);
  g_subprocess_wait_async (self->process, cancellable, on_ended, &ended);
  while (!g_file_test (self->ready_file, G_FILE_TEST_EXISTS)) {
    g_main_context_iteration (NULL, TRUE);
    if (ended || g_get_monotonic_time () > until)
      give_up (self, ended ? "ended" : "is not ready in time");
  }
  g_source_remove (tick);
  g_cancellable_cancel (cancellable);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);

  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  json_parser_load_from_file (parser, self->ready_file, &error);
  g_assert_no_error (error);
  g_clear_pointer (&self->ready, json_object_unref);
  self->ready = json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/**
 * sct_local_stop:
 * @self: a started cloud
 *
 * Ends it in order, and checks that it calls that a success.
 */
void
sct_local_stop (SctLocal *self)
{
  g_autoptr (GSubprocess) process = g_steal_pointer (&self->process);
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_subprocess_get_successful (process));
}

/**
 * sct_local_get:
 * @self: a ready cloud
 * @member: a member of the ready file
 *
 * Returns: (transfer none): its string
 */
const char *
sct_local_get (SctLocal *self, const char *member)
{
  return json_object_get_string_member (self->ready, member);
}

/**
 * sct_local_url:
 * @self: a ready cloud
 * @path: a path of the API, as "/v1/users"
 *
 * Returns: (transfer full): its URL
 */
char *
sct_local_url (SctLocal *self, const char *path)
{
  return g_strconcat (sct_local_get (self, "api_url"), path, NULL);
}

/**
 * sct_local_read_log:
 * @self: a cloud
 * @name: a log, as "backend"
 *
 * Returns: (transfer full) (nullable): what the process said so far
 */
char *
sct_local_read_log (SctLocal *self, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".log", NULL);
  g_autofree char *path = g_build_filename (self->state_dir, "log", file, NULL);
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/**
 * sct_local_list_children:
 * @self: a started cloud, where there is /proc
 *
 * Returns: (transfer full): the process ids of its programs
 */
char **
sct_local_list_children (SctLocal *self)
{
  const char *parent = g_subprocess_get_identifier (self->process);
  g_autofree char *path = g_strdup_printf ("/proc/%s/task/%s/children", parent, parent);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return g_strsplit (g_strstrip (text), " ", -1);
}

/**
 * sct_local_find_child:
 * @self: a started cloud, where there is /proc
 * @program: what the path of a program ends with: "/nginx"
 *
 * Returns: the process that runs it, or 0
 */
GPid
sct_local_find_child (SctLocal *self, const char *program)
{
  g_auto (GStrv) pids = sct_local_list_children (self);
  for (guint i = 0; pids[i]; i++) {
    g_autofree char *link = g_strdup_printf ("/proc/%s/exe", pids[i]);
    g_autofree char *exe = g_file_read_link (link, NULL);
    if (exe && g_str_has_suffix (exe, program))
      return (GPid) g_ascii_strtoll (pids[i], NULL, 10);
  }
  return 0;
}
