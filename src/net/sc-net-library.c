/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What GIO loads for the network when the first request needs it. */

#include "config.h"

#include "sc-net-library.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gio.h>
#include <gio/gsettingsbackend.h>

static gpointer
load (gpointer unused)
{
  (void) g_proxy_resolver_get_default ();
  (void) g_tls_backend_get_default ();
  (void) g_network_monitor_get_default ();
  return NULL;
}

/* GNOME's proxies are in the settings, and GIO 2.84 looks them up while it holds the lock on its
 * modules. Whoever asks for settings for the first time just then wants the two the other way
 * round, and both wait for ever: so they are there before. */
static void
load_settings (void)
{
  g_object_unref (g_settings_backend_get_default ());
}

/**
 * sc_net_library_load:
 *
 * Has a thread load it, while a program that shows a window opens that. Who needs it sooner waits
 * for the thread. To be called once, at the start of a program.
 */
void
sc_net_library_load (void)
{
  load_settings ();
  g_thread_unref (g_thread_new ("net-load", load, NULL));
}
