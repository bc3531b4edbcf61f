/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-run.h"

/**
 * sct_run:
 * @argv: a program, looked for in PATH, and its arguments
 * @ret_complaints: (out): what it said on standard error
 *
 * Runs a program and waits for its end, however it ends.
 *
 * Returns: (transfer full): its standard output
 */
char *
sct_run (const char *const *argv, char **ret_complaints)
{
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  g_spawn_sync (NULL,
                (char **) argv,
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                &output,
                ret_complaints,
                NULL,
                &error);
  g_assert_no_error (error);
  return output;
}

/**
 * sct_run_silent:
 * @argv: a program, looked for in PATH, and its arguments
 *
 * Runs a program, waits for its end, and fails the test where it complains.
 *
 * Returns: (transfer full): its standard output
 */
char *
sct_run_silent (const char *const *argv)
{
  g_autofree char *complaints = NULL;
  char *output = sct_run (argv, &complaints);
  g_assert_cmpstr (complaints, ==, "");
  return output;
}
