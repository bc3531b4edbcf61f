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
  const ScFunctionPlace place = { program, shared, fixture->directory, 1 };
  const ScFunctionConfig config = { "fake", ARN, handler ? handler : "good", 1, 128, own };
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
  ADD ("unknown-function", NULL, test_unknown_function);
  return g_test_run ();
}
