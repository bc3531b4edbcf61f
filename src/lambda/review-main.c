/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The program `streamcat-review`: the function chat_review, which every line of chat waits for. It
 * is a program of its own, without the database and what that brings along, because it is started
 * and asked within 200 ms. */

#include "config.h"

#include "sc-error.h"
#include "sc-lambda.h"
#include "sc-review-event.h"
#include "sc-runtime.h"
#include "sc-s3.h"
#include "sc-secret.h"
#include "sc-trust.h"

#include <stdlib.h>
#include <unistd.h>

/* A fetch that takes longer is of no use to the lines that wait, and little to those that follow.
 */
#define FETCH_MS 1000

/* Of the 200 ms that a line has, less the 100 ms that it waits for rules. */
#define HOLD_MS 80

/* Nothing has this key: asking for it opens the connection that the first line needs. */
#define WARM_ROOM "0"

typedef struct {
  const char *bucket;
  const char *held_function; /* NULL: lines cannot be held */
  ScAws *objects;
  ScAws *events;
} Cloud;

static GBytes *
fetch_rules (const char *room, gpointer user_data, GError **error)
{
  const Cloud *cloud = user_data;
  g_autofree char *key = g_strdup_printf ("rules/%s.json", room);
  return sc_s3_get_object (cloud->objects, cloud->bucket, key, SC_REVIEW_RULES_MAX_BYTES, error);
}

static gboolean
hold_line (GBytes *line, gpointer user_data, GError **error)
{
  const Cloud *cloud = user_data;
  if (cloud->held_function)
    return sc_lambda_invoke_event (cloud->events, cloud->held_function, line, error);
  g_set_error_literal (error,
                       SC_DATA_ERROR,
                       SC_DATA_ERROR_MISSING,
                       "STREAMCAT_CHAT_HELD_ARN is not set");
  return FALSE;
}

static gboolean
open_cloud (Cloud *cloud, GError **error)
{
  static const ScAwsPatience fetching = { .timeout_ms = FETCH_MS };
  static const ScAwsPatience holding = { .timeout_ms = HOLD_MS };
  cloud->bucket = g_getenv ("STREAMCAT_RULES_BUCKET");
  cloud->held_function = g_getenv ("STREAMCAT_CHAT_HELD_ARN");
  if (!cloud->bucket) {
    g_set_error_literal (error,
                         SC_DATA_ERROR,
                         SC_DATA_ERROR_MISSING,
                         "STREAMCAT_RULES_BUCKET is not set");
    return FALSE;
  }
  g_auto (GStrv) environment = g_get_environ ();
  g_autoptr (ScHttp) http = sc_http_new_ms (FETCH_MS);
  g_autoptr (ScAws) model = sc_aws_new (environment, http, error);
  if (!model)
    return FALSE;
  cloud->objects = sc_aws_new_like (model, &fetching);
  cloud->events = sc_aws_new_like (model, &holding);
  g_autoptr (GBytes) nothing = fetch_rules (WARM_ROOM, cloud, NULL);
  return TRUE;
}

static void
on_thawed (gpointer user_data)
{
  const Cloud *cloud = user_data;
  sc_aws_forget_connections (cloud->objects);
  sc_aws_forget_connections (cloud->events);
}

static void
run (ScRuntime *runtime, GError **error)
{
  Cloud cloud = { 0 };
  if (g_strcmp0 (g_getenv ("_HANDLER"), "chat_review") != 0)
    g_set_error_literal (error,
                         SC_DATA_ERROR,
                         SC_DATA_ERROR_RANGE,
                         "_HANDLER names no function of this program");
  if (*error || !sc_trust_certificate_file (g_getenv ("SSL_CERT_FILE"), error) ||
      !open_cloud (&cloud, error)) {
    sc_runtime_fail_init (runtime, *error);
    return;
  }
  ScReviewer reviewer = { .rules = sc_rules_cache_new (fetch_rules, &cloud),
                          .review = sc_room_review_new (),
                          .hold = hold_line,
                          .hold_data = &cloud };
  sc_runtime_set_thawed (runtime, SC_RUNTIME_PAUSE_US, on_thawed, &cloud);
  sc_runtime_run (runtime, sc_review_event_answer, &reviewer, error);
}

int
main (int argc, char *argv[])
{
  const char *api = g_getenv ("AWS_LAMBDA_RUNTIME_API");
  sc_secret_forbid_core_files ();
  if (!api) {
    g_printerr ("streamcat-review: AWS Lambda starts this; AWS_LAMBDA_RUNTIME_API is not set\n");
    return EXIT_FAILURE;
  }
  GError *error = NULL;
  ScRuntime *runtime = sc_runtime_new (api);
  run (runtime, &error);
  g_printerr ("streamcat-review: %s\n", error->message);
  /* A handler may still be at work: what it uses goes with the process. */
  _exit (EXIT_FAILURE);
}
