/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Events of Amazon IVS Chat's message review handler, and what it is answered. */

#include "config.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-review-event.h"

#include <string.h>

#define EVENT                                                                                      \
  "{\"Content\":%s,\"MessageId\":\"I4fme01f7HYM\",\"RoomArn\":\"arn:aws:ivschat:us-west-2:"        \
  "123456789012:room/g1H2I3j4k5L6\",\"Attributes\":{\"k\":\"v\"},\"Sender\":{\"Attributes\":"      \
  "{\"name\":\"ada\"},\"UserId\":\"7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11\",\"Ip\":\"203.0.113.7\"}" \
  "}"

static JsonObject *
review (const char *content, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (EVENT, "%s", 2);
  g_autofree char *text = g_strjoinv (content, parts);
  g_autoptr (GBytes) event = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) answer = sc_review_event_answer (event, NULL, error);
  return answer ? sc_json_parse (answer, SC_JSON_MAX_BYTES, error) : NULL;
}

static void
assert_answer (const char *content, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = review (content, &error);
  g_assert_no_error (error);
  g_autofree char *text = sc_json_to_string (answer);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_answers (void)
{
  assert_answer ("\"hello \"",
                 "{\"Content\":\"hello\",\"ReviewResult\":\"ALLOW\",\"Attributes\":{}}");
  assert_answer ("\"a\\u0007\"",
                 "{\"Content\":\"-\",\"ReviewResult\":\"DENY\",\"Attributes\":{\"Reason\":"
                 "\"control_character\"}}");
  assert_answer (
    "\" \"",
    "{\"Content\":\"-\",\"ReviewResult\":\"DENY\",\"Attributes\":{\"Reason\":\"empty\"}}");
  g_autofree char *longer = g_strnfill (501, 'x');
  g_autofree char *quoted = g_strconcat ("\"", longer, "\"", NULL);
  assert_answer (quoted,
                 "{\"Content\":\"-\",\"ReviewResult\":\"DENY\",\"Attributes\":{\"Reason\":"
                 "\"too_long\"}}");
}

/* What is no event has no answer, and without an answer nobody sees the line. */
static void
test_garbage (void)
{
  static const char *const contents[] = { "1", "null", "{}", "[\"x\"]", "\"x", "", "\"a\\ud800\"" };
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonObject) answer = review (contents[i], &error);
    if (answer)
      g_assert_cmpstr (json_object_get_string_member (answer, "ReviewResult"), ==, "DENY");
    else
      g_assert_true (error->domain == SC_DATA_ERROR);
  }
  g_autofree char *huge = g_strnfill (SC_JSON_MAX_BYTES + 1, 'x');
  g_autofree char *quoted = g_strconcat ("\"", huge, "\"", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (review (quoted, &error));
  g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TOO_LARGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lambda/review/answers", test_answers);
  g_test_add_func ("/lambda/review/garbage", test_garbage);
  return g_test_run ();
}
