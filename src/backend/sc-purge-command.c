/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* `streamcat-backend purge`: what is to go, before a site is taken down. It shows first; only --yes
 * removes. */

#include "config.h"

#include "sc-purge-command.h"

#include "sc-purge.h"

#include <stdlib.h>

static const char help[] =
  "Usage: streamcat-backend purge [--yes]\n"
  "\n"
  "Lists the stages, rooms, channels, recording configurations and logging configurations of this\n"
  "account and region that are tagged project=streamcat; with --yes, removes them. Recordings,\n"
  "logs and the database stay.\n";

static void
print_resource (const char *kind,
                const char *name,
                const char *arn,
                const GError *error,
                gpointer user_data)
{
  const gboolean *in_earnest = user_data;
  const char *done = error ? "FAILED" : *in_earnest ? "Removed" : "Found";
  g_print ("%s %s %s %s", done, kind, name ? name : "-", arn);
  g_print (error ? ": %s\n" : "\n", error ? error->message : "");
}

/**
 * sc_purge_command_run:
 * @argc: how many words there are
 * @argv: (array length=argc): what follows "purge"
 * @environment: (array zero-terminated=1): as of g_get_environ()
 *
 * Shows or removes what is tagged as ours, and prints it.
 *
 * Returns: what the program is to end with: 0 if nothing is left, or nothing was to be removed
 */
int
sc_purge_command_run (int argc, char **argv, char **environment)
{
  gboolean in_earnest = argc == 1 && g_str_equal (argv[0], "--yes");
  if (argc > 0 && !in_earnest) {
    gboolean asked = argc == 1 && g_str_equal (argv[0], "--help");
    (asked ? g_print : g_printerr) ("%s", help);
    return asked ? EXIT_SUCCESS : EXIT_FAILURE;
  }
  const ScPurgeOrder order = { in_earnest, print_resource, &in_earnest };
  guint left = 0;
  g_autoptr (GError) error = NULL;
  if (!sc_purge (environment, &order, &left, &error)) {
    g_printerr ("streamcat-backend: %s\n", error->message);
    return EXIT_FAILURE;
  }
  if (!in_earnest)
    g_print ("%u found; nothing was removed. To remove them: streamcat-backend purge --yes\n",
             left);
  else if (left > 0)
    g_printerr ("streamcat-backend: %u are left; please do it again\n", left);
  return in_earnest && left > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
