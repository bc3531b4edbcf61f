/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What GIO loads for the network when the first request needs it. */

#include "config.h"

#include "sc-net-library.h"

#include <gio/gio.h>

static gpointer
load (gpointer unused)
{
  (void) g_proxy_resolver_get_default ();
  (void) g_tls_backend_get_default ();
  (void) g_network_monitor_get_default ();
  return NULL;
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
  g_thread_unref (g_thread_new ("net-load", load, NULL));
}
