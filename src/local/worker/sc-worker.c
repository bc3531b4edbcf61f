/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-worker.h"

#include "sc-secret.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* A process of ours that parses or decodes what strangers sent: it dies with its parent, may use
 * only so much, and has only the plugins in it that it needs. */

/* Whether more address space than the bound is reserved already, as it is under a sanitizer. */
static gboolean
is_beyond (gsize max_memory)
{
  g_autofree char *pages = NULL;
  if (!g_file_get_contents ("/proc/self/statm", &pages, NULL, NULL))
    return FALSE;
  return g_ascii_strtoull (pages, NULL, 10) > max_memory / (guint64) sysconf (_SC_PAGESIZE);
}

/**
 * sc_worker_confine:
 * @max_memory: the most address space, bytes
 *
 * Binds this process to its parent and bounds what it may use. To be called first.
 */
void
sc_worker_confine (gsize max_memory)
{
  const struct rlimit memory = { max_memory, max_memory };
  pid_t parent = getppid ();
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (getppid () != parent)
    _exit (EXIT_FAILURE);
  if (!is_beyond (max_memory))
    setrlimit (RLIMIT_AS, &memory);
  sc_secret_forbid_core_files ();
}

/**
 * sc_worker_load:
 * @plugins: the names of further plugins, ended by %NULL
 * @error: an error of %GST_PLUGIN_ERROR
 *
 * Returns: %FALSE when a plugin is not there
 */
gboolean
sc_worker_load (const char *const *plugins, GError **error)
{
  for (gsize i = 0; plugins[i]; i++) {
    g_autofree char *name = g_strdup_printf ("libgst%s.so", plugins[i]);
    g_autofree char *path = g_build_filename (SC_GST_PLUGIN_DIR, name, NULL);
    g_autoptr (GstPlugin) plugin = gst_plugin_load_file (path, error);
    if (!plugin)
      return FALSE;
  }
  return TRUE;
}

/**
 * sc_worker_init_gstreamer:
 * @argc: of main()
 * @argv: of main()
 * @plugins: the names of the only plugins that there will be, ended by %NULL
 * @error: an error of %GST_PLUGIN_ERROR
 *
 * Initialises GStreamer without a registry: none is read, written or scanned for.
 *
 * Returns: %FALSE when a plugin is not there
 */
gboolean
sc_worker_init_gstreamer (int *argc, char ***argv, const char *const *plugins, GError **error)
{
  g_setenv ("GST_PLUGIN_SYSTEM_PATH_1_0", "", TRUE);
  g_setenv ("GST_PLUGIN_PATH_1_0", "", TRUE);
  g_setenv ("GST_REGISTRY_1_0", "/dev/null", TRUE);
  g_setenv ("GST_REGISTRY_UPDATE", "no", TRUE);
  gst_registry_fork_set_enabled (FALSE);
  gst_init (argc, argv);
  return sc_worker_load (plugins, error);
}
