/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether a program that crashes leaves its memory in a file. */

#include "config.h"

#include "sct-core-file.h"

#include "sct-files.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/**
 * sct_core_file_allow:
 * @unused: nothing
 *
 * The set-up of a child that dies with the test: nothing but the program itself keeps it from
 * leaving a core file.
 */
void
sct_core_file_allow (gpointer unused)
{
  struct rlimit cores;
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (getrlimit (RLIMIT_CORE, &cores) == 0) {
    cores.rlim_cur = cores.rlim_max;
    setrlimit (RLIMIT_CORE, &cores);
  }
}

/**
 * sct_core_file_crash:
 * @process: a program
 *
 * Has it die as of a fault of its own, and waits for that.
 */
void
sct_core_file_crash (GSubprocess *process)
{
  g_subprocess_send_signal (process, SIGABRT);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (process));
}

/**
 * sct_core_file_find:
 * @folder: where a program ran
 *
 * Returns: (transfer full) (nullable): the path of its core file
 */
char *
sct_core_file_find (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (entries));)
    if (g_str_has_prefix (name, "core"))
      return g_build_filename (folder, name, NULL);
  return NULL;
}

/**
 * sct_core_file_is_forbidden:
 * @pid: of a process, as /proc has it
 *
 * Returns: whether it has the limit with which Linux makes no core file, and hands it to no program
 * either; %TRUE where the process is gone
 */
gboolean
sct_core_file_is_forbidden (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "limits", NULL);
  g_autofree char *limits = NULL;
  if (!g_file_get_contents (path, &limits, NULL, NULL) || limits[0] == '\0')
    return TRUE;
  return g_regex_match_simple ("^Max core file size +1 +1 +bytes", limits, G_REGEX_MULTILINE, 0);
}

/**
 * sct_core_file_is_made:
 *
 * Returns: whether a program that does not forbid it leaves a core file on this machine, in the
 * folder in which it runs
 */
gboolean
sct_core_file_is_made (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("streamcat-core-XXXXXX", &error);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_subprocess_launcher_set_cwd (launcher, folder);
  g_subprocess_launcher_set_child_setup (launcher, sct_core_file_allow, NULL, NULL);
  g_autoptr (GSubprocess) sleeper =
    g_subprocess_launcher_spawn (launcher, &error, "sleep", "600", NULL);
  g_assert_no_error (error);
  sct_core_file_crash (sleeper);
  g_autofree char *core = sct_core_file_find (folder);
  sct_remove_tree (folder);
  return core != NULL;
}
