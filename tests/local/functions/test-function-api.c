/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Events for functions through the local AWS Lambda, handed over by our own client. */

#include "config.h"

#include "sc-function-api.h"
#include "sc-lambda.h"
#include "sct-files.h"

#include <string.h>

#define ARN "arn:aws:lambda:us-west-2:123456789012:function:fake"

static const char *program;

typedef struct {
  char *folder;
  ScControl *control;
  ScFunctionHost *host;
  guint done;
} Fixture;

/* A call from a thread of its own, while the main thread answers. */
typedef struct {
  ScAws *aws;
  const char *function;
  const char *event;
  gboolean invoked;
  GError *error;
  gint over; /* atomic */
} Call;

static void
on_attempt (const char *arn, ScFunctionOutcome outcome, const char *reason, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_assert_cmpint (outcome, ==, SC_FUNCTION_DONE);
  fixture->done++;
}

static void
start_functions (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *journal = g_strdup_printf ("FAKE_JOURNAL=%s/journal", fixture->folder);
  const char *const shared[] = { "AWS_REGION=us-west-2", NULL };
  const char *const own[] = { journal, NULL };
  const ScFunctionPlace place = { shared, fixture->folder, 1 };
  const ScFunctionConfig config = { "fake", ARN, program, "good", 5, 128, own };
  fixture->host = sc_function_host_new (&place);
  sc_function_host_set_listener (fixture->host, on_attempt, fixture);
  g_assert_true (sc_function_host_add (fixture->host, &config, &error));
  sc_function_host_start (fixture->host);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const ScControlPlace place = {
    .region = "us-west-2",
    .account = "123456789012",
    .access_key_id = "AKIATEST",
    .secret_access_key = "secret",
  };
  g_autoptr (GError) error = NULL;
  fixture->folder = g_dir_make_tmp ("function-api-XXXXXX", &error);
  g_autofree char *file = g_build_filename (fixture->folder, "cloud.json", NULL);
  g_autoptr (ScCloud) cloud = sc_cloud_new (file, &error);
  g_assert_no_error (error);
  fixture->control = sc_control_new (cloud, &place, FALSE);
  start_functions (fixture);
  sc_function_api_add (fixture->host, fixture->control);
  sc_control_listen (fixture->control, 0, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sc_control_close (fixture->control);
  g_object_unref (fixture->control);
  sc_function_host_free (fixture->host);
  sct_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static ScAws *
make_aws (Fixture *fixture, const char *secret)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url =
    g_strdup_printf ("http://127.0.0.1:%u", sc_control_get_port (fixture->control));
  g_auto (GStrv) environment = g_environ_setenv (NULL, "AWS_ENDPOINT_URL", url, TRUE);
  environment = g_environ_setenv (environment, "AWS_REGION", "us-west-2", TRUE);
  environment = g_environ_setenv (environment, "AWS_ACCESS_KEY_ID", "AKIATEST", TRUE);
  environment = g_environ_setenv (environment, "AWS_SECRET_ACCESS_KEY", secret, TRUE);
  g_autoptr (ScHttp) http = sc_http_new (5);
  ScAws *aws = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
  return aws;
}

static gpointer
run_call (gpointer data)
{
  Call *call = data;
  g_autoptr (GBytes) event = g_bytes_new_static (call->event, strlen (call->event));
  call->invoked = sc_lambda_invoke_event (call->aws, call->function, event, &call->error);
  g_atomic_int_set (&call->over, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

/* Invokes a function; returns -1, or the error's code. */
static int
invoke (Fixture *fixture, const char *secret, const char *function, const char *event)
{
  g_autoptr (ScAws) aws = make_aws (fixture, secret);
  Call call = { .aws = aws, .function = function, .event = event };
  GThread *thread = g_thread_new ("caller", run_call, &call);
  while (!g_atomic_int_get (&call.over))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  g_assert_true (call.invoked == !call.error);
  int code = call.error ? call.error->code : -1;
  g_clear_error (&call.error);
  return code;
}

static void
test_event (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (invoke (fixture, "secret", ARN, "{\"tag\":\"one\"}"), ==, -1);
  g_assert_cmpint (invoke (fixture, "secret", ARN, "{\"tag\":\"two\"}"), ==, -1);
  while (fixture->done < 2)
    g_main_context_iteration (NULL, TRUE);
  g_autofree char *file = g_build_filename (fixture->folder, "journal", NULL);
  g_autofree char *journal = NULL;
  g_file_get_contents (file, &journal, NULL, NULL);
  g_assert_cmpstr (journal, ==, "one\ntwo\n");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (invoke (fixture, "secret", ARN "s", "{}"), ==, SC_AWS_ERROR_NOT_FOUND);
  g_assert_cmpint (invoke (fixture, "secret", ARN, "no JSON"), ==, SC_AWS_ERROR_INVALID);
  g_assert_cmpint (invoke (fixture, "wrong", ARN, "{}"), ==, SC_AWS_ERROR_DENIED);
  g_assert_cmpuint (fixture->done, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add ("/function-api/event", Fixture, NULL, set_up, test_event, tear_down);
  g_test_add ("/function-api/refused", Fixture, NULL, set_up, test_refused, tear_down);
  return g_test_run ();
}
