/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The program `streamcat`. */

#include "config.h"

#include "sc-application.h"
#include "sc-net-library.h"
#include "sc-player-library.h"
#include "sc-secret.h"
#include "sc-trust.h"

#include <glib/gi18n.h>
#include <libdex.h>
#include <locale.h>

int
main (int argc, char *argv[])
{
  sc_secret_forbid_core_files ();
  setlocale (LC_ALL, "");
  const char *locales = g_getenv ("STREAMCAT_LOCALEDIR"); /* for a run from the build folder */
  bindtextdomain (SC_GETTEXT_PACKAGE, locales ? locales : SC_LOCALEDIR);
  bind_textdomain_codeset (SC_GETTEXT_PACKAGE, "UTF-8");
  textdomain (SC_GETTEXT_PACKAGE);

  sc_net_library_load ();
  g_autoptr (GError) error = NULL;
  if (!sc_trust_certificate_file (g_getenv ("SSL_CERT_FILE"), &error))
    g_printerr ("streamcat: SSL_CERT_FILE cannot be read, ignoring: %s\n", error->message);
  dex_init ();
  sc_player_library_init_later ();

  ScApplication *application = sc_application_new ();
  int status = g_application_run (G_APPLICATION (application), argc, argv);
  g_object_unref (application);
  sc_player_library_finish ();
  return status;
}
