/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The program `streamcat-review`: the function chat_review, which every line of chat waits for. It
 * is a program of its own, without the database and what that brings along, because it is started
 * and asked within 200 ms. */

#include "config.h"

#include "sc-error.h"
#include "sc-review-event.h"
#include "sc-runtime.h"

#include <stdlib.h>
#include <unistd.h>

int
main (int argc, char *argv[])
{
  const char *api = g_getenv ("AWS_LAMBDA_RUNTIME_API");
  if (!api) {
    g_printerr ("streamcat-review: AWS Lambda starts this; AWS_LAMBDA_RUNTIME_API is not set\n");
    return EXIT_FAILURE;
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (ScRuntime) runtime = sc_runtime_new (api);
  if (g_strcmp0 (g_getenv ("_HANDLER"), "chat_review") != 0) {
    g_set_error_literal (&error,
                         SC_DATA_ERROR,
                         SC_DATA_ERROR_RANGE,
                         "_HANDLER names no function of this program");
    sc_runtime_fail_init (runtime, error);
  } else {
    sc_runtime_run (runtime, sc_review_event_answer, NULL, &error);
  }
  g_printerr ("streamcat-review: %s\n", error->message);
  /* A handler may still be at work: what it uses goes with the process. */
  _exit (EXIT_FAILURE);
}
