/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A program that has a thread load what the network needs, and reads its settings meanwhile. */

#include "config.h"

#include "sc-net-library.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gio.h>
#include <gio/gsettingsbackend.h>
#include <unistd.h>

/* Moments after the thread began, in which settings are read: some of them come just when it, too,
 * would like to have them, and holds what the other one needs. */
#define MOMENTS 100
#define MOMENT_US 80
#define MOMENT "STREAMCAT_TEST_MOMENT"
#define GIVE_UP_US (10 * G_USEC_PER_SEC)

static void
test_settings_meanwhile (void)
{
  if (g_test_subprocess ()) {
    /* Where Flatpaks are built there is no session bus, of which libproxy warns. */
    g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
    gint64 moment = g_get_monotonic_time () + g_ascii_strtoll (g_getenv (MOMENT), NULL, 10);
    sc_net_library_load ();
    while (g_get_monotonic_time () < moment)
      g_thread_yield ();
    g_autoptr (GObject) backend = G_OBJECT (g_settings_backend_get_default ());
    g_assert_nonnull (backend);
    (void) g_tls_backend_get_default ();
    _exit (0); /* not by what a library does at the end, while the thread still loads others */
  }
  for (guint i = 0; i < MOMENTS; i++) {
    g_autofree char *moment = g_strdup_printf ("%u", i * MOMENT_US);
    g_setenv (MOMENT, moment, TRUE);
    g_test_trap_subprocess (NULL, GIVE_UP_US, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
  }
}

int
main (int argc, char *argv[])
{
  g_unsetenv ("GIO_USE_PROXY_RESOLVER"); /* the tests' own reads no settings, and so cannot hang */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net-library/settings-meanwhile", test_settings_meanwhile);
  return g_test_run ();
}
