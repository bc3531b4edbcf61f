/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-packager.h"

#include <errno.h>
#include <gst/gst.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* streamcat-publisher: packages one encoder's stream. FLV on standard input, records (sc-record.h)
 * on standard output. One process a stream: whatever a stream's bytes do to the parsers in here,
 * they do it to this stream alone. */

/* What one stream may cost. Measured: 45 MB of address space beyond the libraries at 8.5 Mb/s. */
#define MAX_MEMORY (1024UL * 1024 * 1024)

/* The only plugins there are in this process: no registry is read, written or scanned for. */
static const char *const plugins[] = {
  "coreelements", "flv", "videoparsersbad", "audioparsers", "mpegtsmux",
};

static gboolean
load_plugins (GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plugins); i++) {
    g_autofree char *name = g_strdup_printf ("libgst%s.so", plugins[i]);
    g_autofree char *path = g_build_filename (SC_GST_PLUGIN_DIR, name, NULL);
    g_autoptr (GstPlugin) plugin = gst_plugin_load_file (path, error);
    if (!plugin)
      return FALSE;
  }
  return TRUE;
}

static void
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0) {
    gssize count = write (fd, data, size);
    if (count < 0 && errno != EINTR)
      _exit (EXIT_FAILURE); /* the parent is gone, and with it all reason to be */
    if (count > 0) {
      data += count;
      size -= (gsize) count;
    }
  }
}

static void
on_record (const ScRecord *record, gpointer user_data)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  sc_record_write (record, out);
  write_all (STDOUT_FILENO, out->data, out->len);
}

/* Whether more address space than the bound is reserved already, as it is under a sanitizer. */
static gboolean
is_beyond_bound (void)
{
  g_autofree char *pages = NULL;
  if (!g_file_get_contents ("/proc/self/statm", &pages, NULL, NULL))
    return FALSE;
  return g_ascii_strtoull (pages, NULL, 10) > MAX_MEMORY / (guint64) sysconf (_SC_PAGESIZE);
}

/* Binds this process to its parent and bounds what it may use. */
static void
confine (void)
{
  const struct rlimit memory = { MAX_MEMORY, MAX_MEMORY };
  const struct rlimit none = { 0, 0 };
  pid_t parent = getppid ();
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (getppid () != parent)
    _exit (EXIT_FAILURE);
  if (!is_beyond_bound ())
    setrlimit (RLIMIT_AS, &memory);
  setrlimit (RLIMIT_CORE, &none);
}

static void
init_gstreamer (int *argc, char ***argv)
{
  g_setenv ("GST_PLUGIN_SYSTEM_PATH_1_0", "", TRUE);
  g_setenv ("GST_PLUGIN_PATH_1_0", "", TRUE);
  g_setenv ("GST_REGISTRY_1_0", "/dev/null", TRUE);
  g_setenv ("GST_REGISTRY_UPDATE", "no", TRUE);
  gst_registry_fork_set_enabled (FALSE);
  gst_init (argc, argv);
}

static int
finish (const ScRecord *record)
{
  on_record (record, NULL);
  return record->type == SC_RECORD_EOS ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (ScRecord) last = { .type = SC_RECORD_EOS };
  confine ();
  init_gstreamer (&argc, &argv);
  g_autoptr (ScPackager) packager = NULL;
  if (load_plugins (&error))
    packager = sc_packager_new (STDIN_FILENO, on_record, NULL, &error);
  if (!packager) {
    fprintf (stderr, "streamcat-publisher: %s\n", error->message);
    return EXIT_FAILURE;
  }
  if (!sc_packager_run (packager, &last.message))
    last.type = SC_RECORD_ERROR;
  return finish (&last);
}
