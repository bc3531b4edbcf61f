/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Functions through the Lambda Runtime API, with a runtime of its own process that answers, fails,
 * crashes, hangs. */

#include "config.h"

#include "sc-function-host.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define ARN "arn:aws:lambda:us-west-2:123456789012:function:fake"

static const char *program;

typedef struct {
  ScFunctionHost *host;
  char *directory;
  char *journal;
  guint done, failed, dropped;
} Fixture;

static void
on_attempt (const char *arn, ScFunctionOutcome outcome, const char *reason, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_test_message ("%d: %s", outcome, reason);
  g_assert_cmpstr (arn, ==, ARN);
  fixture->done += outcome == SC_FUNCTION_DONE;
  fixture->failed += outcome == SC_FUNCTION_FAILED;
  fixture->dropped += outcome == SC_FUNCTION_DROPPED;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  const char *handler = user_data;
  g_autoptr (GError) error = NULL;
  fixture->directory = g_dir_make_tmp ("functions-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->journal = g_build_filename (fixture->directory, "journal", NULL);
  g_autofree char *variable = g_strconcat ("FAKE_JOURNAL=", fixture->journal, NULL);
  const char *const shared[] = { "AWS_REGION=us-west-2", NULL };
  const char *const own[] = { variable, NULL };
  const ScFunctionPlace place = { shared, fixture->directory, 1 };
  const ScFunctionConfig config = { "fake", ARN, program, handler ? handler : "good", 1, 128, own };
  fixture->host = sc_function_host_new (&place);
  sc_function_host_set_listener (fixture->host, on_attempt, fixture);
  g_assert_true (sc_function_host_add (fixture->host, &config, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *log = g_build_filename (fixture->directory, "fake.log", NULL);
  sc_function_host_free (fixture->host);
  g_unlink (log);
  g_unlink (fixture->journal);
  g_rmdir (fixture->directory);
  g_free (fixture->journal);
  g_free (fixture->directory);
}

static void
invoke (Fixture *fixture, const char *tag, guint fail, const char *how)
{
  g_autofree char *text =
    g_strdup_printf ("{\"tag\":\"%s\",\"fail\":%u,\"how\":\"%s\"}", tag, fail, how);
  g_autoptr (GBytes) event = g_bytes_new (text, strlen (text));
  g_assert_true (sc_function_host_invoke (fixture->host, ARN, event));
}

static void
wait_for (Fixture *fixture, guint done, guint dropped)
{
  while (fixture->done < done || fixture->dropped < dropped)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_journal (Fixture *fixture, const char *expected)
{
  g_autofree char *text = NULL;
  g_file_get_contents (fixture->journal, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_answers_in_order (Fixture *fixture, gconstpointer user_data)
{
  invoke (fixture, "a", 0, "");
  invoke (fixture, "b", 0, "");
  sc_function_host_start (fixture->host);
  invoke (fixture, "c", 0, "");
  wait_for (fixture, 3, 0);
  assert_journal (fixture, "a\nb\nc\n");
  g_assert_cmpuint (fixture->failed, ==, 0);
}

static void
test_tried_again (Fixture *fixture, gconstpointer user_data)
{
  static const char *const hows[] = { "error", "crash", "exit", "silent" };
  sc_function_host_start (fixture->host);
  for (guint i = 0; i < G_N_ELEMENTS (hows); i++) {
    invoke (fixture, hows[i], 2, hows[i]);
    wait_for (fixture, i + 1, 0);
    g_assert_cmpuint (fixture->failed, ==, 2 * (i + 1));
  }
  g_assert_cmpuint (fixture->dropped, ==, 0);
}

static void
test_dropped_after_three (Fixture *fixture, gconstpointer user_data)
{
  sc_function_host_start (fixture->host);
  invoke (fixture, "bad", 99, "error");
  wait_for (fixture, 0, 1);
  assert_journal (fixture, "bad\nbad\nbad\n");
  g_assert_cmpuint (fixture->failed, ==, 2);
  invoke (fixture, "good", 0, "");
  wait_for (fixture, 1, 1);
}

static void
test_hang_is_ended (Fixture *fixture, gconstpointer user_data)
{
  sc_function_host_start (fixture->host);
  invoke (fixture, "hang", 1, "hang");
  wait_for (fixture, 1, 0);
  assert_journal (fixture, "hang\nhang\n");
  g_assert_cmpuint (fixture->failed, ==, 1);
}

/* A process that ends between two events costs none of them an attempt. */
static void
test_end_between_events (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) last = g_bytes_new_static ("{\"tag\":\"x\",\"last\":true}", 23);
  sc_function_host_start (fixture->host);
  for (guint i = 1; i <= 5; i++) {
    g_assert_true (sc_function_host_invoke (fixture->host, ARN, last));
    wait_for (fixture, i, 0);
  }
  g_assert_cmpuint (fixture->failed, ==, 0);
  assert_journal (fixture, "x\nx\nx\nx\nx\n");
}

/* A function that cannot start must not be started for ever. */
static void
test_broken_start_ends (Fixture *fixture, gconstpointer user_data)
{
  sc_function_host_start (fixture->host);
  invoke (fixture, "x", 0, "");
  wait_for (fixture, 0, 1);
  g_assert_cmpuint (fixture->failed, ==, 2);
  assert_journal (fixture, NULL);
}

static void
test_queue_is_bounded (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) event = g_bytes_new ("{}", 2);
  guint taken = 0;
  while (sc_function_host_invoke (fixture->host, ARN, event))
    taken++;
  g_assert_cmpuint (taken, ==, 1000);
  g_assert_cmpuint (fixture->dropped, ==, 1);
}

/* What became of a call. */
typedef struct {
  char *answer;
  GError *error;
  guint times;
} Call;

static void
on_call_done (GBytes *answer, const GError *error, gpointer user_data)
{
  Call *call = user_data;
  g_assert_true (!answer != !error);
  if (answer)
    call->answer = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  g_clear_error (&call->error);
  if (error)
    call->error = g_error_copy (error);
  call->times++;
}

static void
clear_call (Call *call)
{
  g_assert_cmpuint (call->times, ==, 1);
  g_clear_error (&call->error);
  g_free (call->answer);
}

static void
start_call (Fixture *fixture, const char *text, guint timeout_ms, Call *call)
{
  g_autoptr (GBytes) event = g_bytes_new (text, strlen (text));
  *call = (Call) { 0 };
  g_assert_true (
    sc_function_host_call (fixture->host, ARN ":live", event, timeout_ms, on_call_done, call));
  g_assert_cmpuint (call->times, ==, 0); /* never before the call returned */
}

static void
wait_for_call (Call *call)
{
  while (call->times == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
provision (Fixture *fixture, guint warm)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (sc_function_host_add_alias (fixture->host, ARN ":live", ARN, warm, &error));
  g_assert_no_error (error);
  g_assert_true (sc_function_host_has (fixture->host, ARN ":live"));
  sc_function_host_start (fixture->host);
}

/* Longer than any machine takes for what comes, and for what must not come shorter than that. */
#define LONG_MS 60000
#define SHORT_MS 200

static void
test_call_answers (Fixture *fixture, gconstpointer user_data)
{
  Call first, second;
  provision (fixture, 0);
  start_call (fixture, "{\"tag\":\"a\",\"answer\":\"one\"}", LONG_MS, &first);
  start_call (fixture, "{\"tag\":\"b\",\"answer\":\"two\"}", LONG_MS, &second);
  wait_for_call (&second);
  g_assert_cmpstr (first.answer, ==, "one");
  g_assert_cmpstr (second.answer, ==, "two");
  clear_call (&first);
  clear_call (&second);
}

/* A call is not tried again: whoever waits is told at once. */
static void
test_call_fails (Fixture *fixture, gconstpointer user_data)
{
  static const char *const hows[] = { "error", "crash", "exit", "silent" };
  provision (fixture, 2);
  for (guint i = 0; i < G_N_ELEMENTS (hows); i++) {
    Call call;
    g_autofree char *text =
      g_strdup_printf ("{\"tag\":\"%s\",\"fail\":1,\"how\":\"%s\"}", hows[i], hows[i]);
    start_call (fixture, text, LONG_MS, &call);
    wait_for_call (&call);
    g_assert_error (call.error, SC_FUNCTION_ERROR, SC_FUNCTION_ERROR_FAILED);
    clear_call (&call);
  }
  assert_journal (fixture, "error\ncrash\nexit\nsilent\n");
}

/* The time of a call is over long before the function's own: the line is lost, another process
 * goes on, and one that answers late answers nobody. */
static void
test_call_times_out (Fixture *fixture, gconstpointer user_data)
{
  Call first, hanging, next, waiting;
  provision (fixture, 2);
  start_call (fixture, "{\"tag\":\"a\"}", LONG_MS, &first);
  wait_for_call (&first);
  start_call (fixture, "{\"tag\":\"h\",\"fail\":1,\"how\":\"hang\"}", SHORT_MS, &hanging);
  wait_for_call (&hanging);
  g_assert_error (hanging.error, SC_FUNCTION_ERROR, SC_FUNCTION_ERROR_TIMEOUT);
  g_assert_cmpuint (fixture->dropped, ==, 0); /* its process is still at it */
  start_call (fixture, "{\"tag\":\"n\"}", LONG_MS, &next);
  wait_for_call (&next);
  g_assert_cmpstr (next.answer, ==, "{}");
  g_assert_cmpuint (fixture->dropped, ==, 0);
  wait_for (fixture, 2, 1); /* now it is ended */
  g_assert_cmpuint (hanging.times, ==, 1);
  start_call (fixture, "{\"tag\":\"h\"}", LONG_MS, &waiting);
  wait_for_call (&waiting);
  g_assert_cmpstr (waiting.answer, ==, "{}");
  clear_call (&first);
  clear_call (&hanging);
  clear_call (&next);
  clear_call (&waiting);
}

/* With provisioned concurrency events are worked on side by side. */
static void
test_side_by_side (Fixture *fixture, gconstpointer user_data)
{
  Call hanging[2], next;
  provision (fixture, 3);
  for (guint i = 0; i < 2; i++)
    start_call (fixture, "{\"tag\":\"h\",\"fail\":9,\"how\":\"hang\"}", LONG_MS, &hanging[i]);
  start_call (fixture, "{\"tag\":\"n\"}", LONG_MS, &next);
  wait_for_call (&next);
  g_assert_cmpstr (next.answer, ==, "{}");
  g_assert_cmpuint (fixture->dropped, ==, 0);
  for (guint i = 0; i < 2; i++) {
    wait_for_call (&hanging[i]);
    g_assert_error (hanging[i].error, SC_FUNCTION_ERROR, SC_FUNCTION_ERROR_FAILED);
    clear_call (&hanging[i]);
  }
  clear_call (&next);
}

/* Whoever waits when all ends is told, whether the call waits or is worked on. */
static void
test_calls_end_with_the_host (Fixture *fixture, gconstpointer user_data)
{
  Call first, second;
  provision (fixture, 1);
  start_call (fixture, "{\"tag\":\"h\",\"fail\":9,\"how\":\"hang\"}", LONG_MS, &first);
  start_call (fixture, "{\"tag\":\"n\"}", LONG_MS, &second);
  sc_function_host_free (g_steal_pointer (&fixture->host));
  g_assert_error (first.error, SC_FUNCTION_ERROR, SC_FUNCTION_ERROR_CLOSED);
  g_assert_error (second.error, SC_FUNCTION_ERROR, SC_FUNCTION_ERROR_CLOSED);
  clear_call (&first);
  clear_call (&second);
}

static void
test_calls_are_bounded (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) event = g_bytes_new ("{}", 2);
  guint taken = 0;
  Call call = { 0 };
  while (sc_function_host_call (fixture->host, ARN, event, LONG_MS, on_call_done, &call))
    taken++;
  g_assert_cmpuint (taken, ==, 256);
  g_assert_false (
    sc_function_host_call (fixture->host, "arn:of:none", event, 1, on_call_done, &call));
  sc_function_host_free (g_steal_pointer (&fixture->host));
  g_assert_cmpuint (call.times, ==, taken);
  call.times = 1;
  clear_call (&call);
}

static void
test_unknown_function (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) event = g_bytes_new ("{}", 2);
  g_assert_false (sc_function_host_invoke (fixture->host, "arn:of:none", event));
}

#define ADD(name, handler, function)                                                               \
  g_test_add ("/functions/" name, Fixture, handler, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  ADD ("answers-in-order", NULL, test_answers_in_order);
  ADD ("tried-again", NULL, test_tried_again);
  ADD ("dropped-after-three", NULL, test_dropped_after_three);
  ADD ("hang-is-ended", NULL, test_hang_is_ended);
  ADD ("end-between-events", NULL, test_end_between_events);
  ADD ("broken-start-ends", "broken", test_broken_start_ends);
  ADD ("queue-is-bounded", NULL, test_queue_is_bounded);
  ADD ("call-answers", NULL, test_call_answers);
  ADD ("call-fails", NULL, test_call_fails);
  ADD ("call-times-out", NULL, test_call_times_out);
  ADD ("side-by-side", NULL, test_side_by_side);
  ADD ("calls-end-with-the-host", NULL, test_calls_end_with_the_host);
  ADD ("calls-are-bounded", NULL, test_calls_are_bounded);
  ADD ("unknown-function", NULL, test_unknown_function);
  return g_test_run ();
}
