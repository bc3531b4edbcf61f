/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* `streamcat-backend admin`: what the operators of a site do about people. Each step is told; what
 * fails is told as well, and the program ends with 1. */

#include "config.h"

#include "sc-admin.h"

#include "sc-deployment.h"
#include "sc-report-store.h"
#include "sc-suspension.h"
#include "sc-time.h"

#include <stdlib.h>
#include <string.h>

#define REASON_MAX 500

static const char help[] = "Usage: streamcat-backend admin COMMAND\n"
                           "\n"
                           "  reports [--all]               list the open reports, or all\n"
                           "  close ID                      close a report\n"
                           "  suspend NAME --reason TEXT    keep somebody off the site\n"
                           "  restore NAME                  let somebody in again\n";

static int
fail_usage (void)
{
  g_printerr ("%s", help);
  return EXIT_FAILURE;
}

static int
fail (const GError *error)
{
  g_printerr ("streamcat-backend: %s\n", error->message);
  return EXIT_FAILURE;
}

/* What a stranger wrote must not move the cursor of who reads it. */
static char *
dup_harmless (const char *text)
{
  GString *harmless = g_string_new (NULL);
  for (const char *p = text; *p; p = g_utf8_next_char (p)) {
    gunichar character = g_utf8_get_char (p);
    g_string_append_unichar (harmless,
                             g_unichar_isprint (character) &&
                                 g_unichar_type (character) != G_UNICODE_FORMAT
                               ? character
                               : ' ');
  }
  return g_string_free_and_steal (harmless);
}

static void
print_text (ScStoreResult *result, guint row, ScReportColumn column, const char *label)
{
  const char *text = sc_store_result_get_text (result, row, column);
  if (!text)
    return;
  g_autofree char *harmless = dup_harmless (text);
  g_print ("  %s: %s\n", label, harmless);
}

static void
print_time (ScStoreResult *result, guint row, ScReportColumn column, const char *label)
{
  gint64 time = sc_store_result_get_time (result, row, column);
  if (time == 0)
    return;
  g_autofree char *text = sc_time_to_string (time);
  g_print ("  %s: %s\n", label, text);
}

static void
print_report (ScStoreResult *result, guint row, gpointer user_data)
{
  guint *count = user_data;
  (*count)++;
  g_print ("%s: %s, about a %s of %s\n",
           sc_store_result_get_text (result, row, SC_REPORT_ID),
           sc_store_result_get_text (result, row, SC_REPORT_REASON),
           sc_store_result_get_text (result, row, SC_REPORT_KIND),
           sc_store_result_get_text (result, row, SC_REPORT_CHANNEL));
  print_time (result, row, SC_REPORT_AT, "at");
  print_text (result, row, SC_REPORT_REPORTER, "reported by");
  print_text (result, row, SC_REPORT_PERSON, "said by");
  print_text (result, row, SC_REPORT_CONTENT, "line");
  print_text (result, row, SC_REPORT_WORDS, "words");
  print_time (result, row, SC_REPORT_CLOSED_AT, "closed");
}

static int
list_reports (char **environment, gboolean all)
{
  guint count = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStore) store = sc_deployment_open_store (environment, &error);
  g_autoptr (ScStoreConnection) connection = store ? sc_store_acquire (store, &error) : NULL;
  if (!connection || !sc_report_store_list (connection, all, print_report, &count, &error))
    return fail (error);
  if (count == 0)
    g_print ("No reports.\n");
  return EXIT_SUCCESS;
}

static int
close_report (char **environment, const char *number)
{
  gint64 id = 0;
  gboolean closed = FALSE;
  g_autoptr (GError) error = NULL;
  if (!g_ascii_string_to_signed (number, 10, 1, G_MAXINT64, &id, NULL))
    return fail_usage ();
  g_autoptr (ScStore) store = sc_deployment_open_store (environment, &error);
  g_autoptr (ScStoreConnection) connection = store ? sc_store_acquire (store, &error) : NULL;
  if (!connection || !sc_report_store_close (connection, id, g_get_real_time (), &closed, &error))
    return fail (error);
  if (closed) {
    g_print ("Closed report %s.\n", number);
    return EXIT_SUCCESS;
  }
  g_printerr ("streamcat-backend: There is no open report %s\n", number);
  return EXIT_FAILURE;
}

static void
print_step (const char *step, const GError *error, gpointer user_data)
{
  if (error)
    g_print ("FAILED: %s: %s\n", step, error->message);
  else
    g_print ("%s.\n", step);
}

static int
change_user (char **environment, const char *name, const char *reason)
{
  gboolean found = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScDeployment) deployment = sc_deployment_new (environment, &error);
  if (!deployment)
    return fail (error);
  ScService *service = sc_deployment_get_service (deployment);
  const ScSuspensionOrder order = { name, reason, print_step, NULL };
  gboolean well =
    reason ? sc_suspend_user (service, &order, &found) : sc_restore_user (service, &order, &found);
  if (!found)
    g_printerr ("streamcat-backend: There is nobody of this name\n");
  else if (!well)
    g_printerr ("streamcat-backend: Not all was done; please do it again\n");
  return well ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int
suspend (char **environment, const char *name, const char *reason)
{
  if (!*reason || !g_utf8_validate (reason, -1, NULL) || g_utf8_strlen (reason, -1) > REASON_MAX) {
    g_printerr ("streamcat-backend: The reason must have 1 to %d characters\n", REASON_MAX);
    return EXIT_FAILURE;
  }
  return change_user (environment, name, reason);
}

/**
 * sc_admin_run:
 * @argc: how many words there are
 * @argv: (array length=argc): what follows "admin"
 * @environment: (array zero-terminated=1): as of g_get_environ()
 *
 * Runs one command of an operator and prints what it did.
 *
 * Returns: what the program is to end with
 */
int
sc_admin_run (int argc, char **argv, char **environment)
{
  const char *command = argc > 0 ? argv[0] : "";
  if (g_str_equal (command, "--help") || g_str_equal (command, "help")) {
    g_print ("%s", help);
    return EXIT_SUCCESS;
  }
  if (g_str_equal (command, "reports") && argc == 1)
    return list_reports (environment, FALSE);
  if (g_str_equal (command, "reports") && argc == 2 && g_str_equal (argv[1], "--all"))
    return list_reports (environment, TRUE);
  if (g_str_equal (command, "close") && argc == 2)
    return close_report (environment, argv[1]);
  if (g_str_equal (command, "suspend") && argc == 4 && g_str_equal (argv[2], "--reason"))
    return suspend (environment, argv[1], argv[3]);
  if (g_str_equal (command, "restore") && argc == 2)
    return change_user (environment, argv[1], NULL);
  return fail_usage ();
}
