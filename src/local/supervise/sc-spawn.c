/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Processes that cannot outlive this one.
 *
 * The kernel signals a child when the thread that made it ends, so everything here is called from
 * the main thread, or from one that waits for its child. */

#include "config.h"

#include "sc-spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A log beyond this is set aside when its process starts again, so that none fills the disk. */
#define LOG_MAX_BYTES (8 * 1024 * 1024)

/* What a failed command may add to an error's message: its last words, not its whole log. */
#define LAST_WORDS_MAX 400

typedef struct {
  int death_signal;
  pid_t parent;
} Setup;

/* Runs in the child between fork and exec: async-signal-safe calls only. A parent that died before
 * prctl() would never be noticed, so it is asked for once more. The process group of its own keeps
 * a terminal's Ctrl+C from reaching the child before the supervisor stops it in order. */
static void
on_child_setup (gpointer user_data)
{
  const Setup *setup = user_data;
  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, setup->death_signal);
  if (getppid () != setup->parent)
    _exit (EXIT_FAILURE);
}

static GSubprocessLauncher *
make_launcher (GSubprocessFlags flags, const char *const *environment, int death_signal)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);
  Setup *setup = g_new (Setup, 1);
  *setup = (Setup) { .death_signal = death_signal, .parent = getpid () };
  g_subprocess_launcher_set_child_setup (launcher, on_child_setup, setup, g_free);
  if (environment)
    g_subprocess_launcher_set_environ (launcher, (char **) environment);
  return launcher;
}

/**
 * sc_log_set_aside:
 * @path: a log that nobody writes now
 *
 * Renames a log that grew too large to PATH.1, over an earlier one.
 */
void
sc_log_set_aside (const char *path)
{
  struct stat info;
  if (stat (path, &info) != 0 || info.st_size <= LOG_MAX_BYTES)
    return;
  g_autofree char *aside = g_strconcat (path, ".1", NULL);
  rename (path, aside);
}

/* Opens the log for appending. */
static int
open_log (const char *path, GError **error)
{
  sc_log_set_aside (path);
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0)
    g_set_error (error,
                 G_IO_ERROR,
                 g_io_error_from_errno (errno),
                 "The log %s cannot be written: %s",
                 path,
                 g_strerror (errno));
  return fd;
}

/**
 * sc_spawn:
 * @argv: program and arguments; never a secret, for every user of the machine can read them
 * @environment: (nullable): the whole environment as "NAME=VALUE", or %NULL for this process's own
 * @log_path: the file that its output is appended to
 * @death_signal: what the kernel sends it when this process dies, %SIGKILL unless it has children
 *   of its own to take along
 * @error: %G_IO_ERROR or %G_SPAWN_ERROR
 *
 * Starts a process that dies with this one. Main thread.
 *
 * Returns: (transfer full) (nullable): the process
 */
GSubprocess *
sc_spawn (const char *const *argv,
          const char *const *environment,
          const char *log_path,
          int death_signal,
          GError **error)
{
  int log = open_log (log_path, error);
  if (log < 0)
    return NULL;

  g_autoptr (GSubprocessLauncher) launcher =
    make_launcher (G_SUBPROCESS_FLAGS_NONE, environment, death_signal);
  g_subprocess_launcher_take_stdout_fd (launcher, log);
  g_subprocess_launcher_set_flags (launcher, G_SUBPROCESS_FLAGS_STDERR_MERGE);
  return g_subprocess_launcher_spawnv (launcher, argv, error);
}

/* Returns the end of what a command said, on one line. */
static char *
last_words (const char *output)
{
  g_autofree char *text = g_strstrip (g_strdup (output ? output : ""));
  gsize length = strlen (text);
  const char *from = text;
  if (length > LAST_WORDS_MAX) {
    from = text + length - LAST_WORDS_MAX;
    while ((*from & 0xc0) == 0x80) /* not from the middle of a character */
      from++;
  }
  return g_strdelimit (g_strdup (from), "\n", ' ');
}

static gboolean
judge_command (GSubprocess *process, const char *name, const char *output, GError **error)
{
  if (g_subprocess_get_successful (process))
    return TRUE;
  g_autofree char *words = last_words (output);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVAL, "%s failed: %s", name, words);
  return FALSE;
}

/**
 * sc_command_run:
 * @argv: program and arguments
 * @error: %G_IO_ERROR or %G_SPAWN_ERROR; the message ends with what the command said last
 *
 * Runs a command to its end and blocks meanwhile: for the preparations before the main loop runs.
 *
 * Returns: %TRUE if it exited with 0
 */
gboolean
sc_command_run (const char *const *argv, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
    make_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL, SIGKILL);
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, argv, error);
  g_autofree char *output = NULL;
  if (!process || !g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, error))
    return FALSE;
  return judge_command (process, argv[0], output, error);
}

static void
on_command_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GSubprocess *process = G_SUBPROCESS (source);
  g_autofree char *output = NULL;
  GError *error = NULL;
  if (!g_subprocess_communicate_utf8_finish (process, result, &output, NULL, &error)) {
    g_subprocess_force_exit (process);
    g_task_return_error (task, error);
  } else if (!judge_command (process, g_task_get_task_data (task), output, &error)) {
    g_task_return_error (task, error);
  } else {
    g_task_return_boolean (task, TRUE);
  }
}

/**
 * sc_command_run_async:
 * @argv: program and arguments
 * @environment: (nullable): the whole environment, or %NULL for this process's own
 * @input: (nullable): what it reads from its standard input; the place for a secret
 * @cancellable: (nullable): ends the command when cancelled
 * @callback: called in the main context when the command ended
 * @user_data: data for @callback
 *
 * Runs a command to its end without blocking.
 */
void
sc_command_run_async (const char *const *argv,
                      const char *const *environment,
                      const char *input,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_task_data (task, g_strdup (argv[0]), g_free);

  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE;
  if (input)
    flags |= G_SUBPROCESS_FLAGS_STDIN_PIPE;
  g_autoptr (GSubprocessLauncher) launcher = make_launcher (flags, environment, SIGKILL);
  GError *error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  if (!process) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  g_subprocess_communicate_utf8_async (process, input, cancellable, on_command_done, task);
}

/**
 * sc_command_run_finish:
 * @result: what the callback got
 * @error: why it failed; the message ends with what the command said last
 *
 * Returns: %TRUE if the command exited with 0
 */
gboolean
sc_command_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sc_find_program:
 * @name: a program's name
 * @directory: (nullable): where to look first
 *
 * Returns: (transfer full) (nullable): the path of the program in @directory, else in the PATH
 */
char *
sc_find_program (const char *name, const char *directory)
{
  if (directory) {
    g_autofree char *path = g_build_filename (directory, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
      return g_steal_pointer (&path);
  }
  return g_find_program_in_path (name);
}
