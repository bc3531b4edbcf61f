/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Events of Amazon IVS Chat's message review handler, and what it is answered: by a room's rules,
 * which are fetched, kept, and given up when they are too old. */

#include "config.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-review-event.h"

#include <string.h>

#define EVENT                                                                                      \
  "{\"Content\":%s,\"MessageId\":\"I4fme01f7HYM\",\"RoomArn\":\"arn:aws:ivschat:us-west-2:"        \
  "123456789012:room/g1H2I3j4k5L6\",\"Attributes\":{\"k\":\"v\"},\"Sender\":{\"Attributes\":"      \
  "{\"name\":\"ada\",\"role\":\"%s\",\"follows\":\"1\"},"                                          \
  "\"UserId\":\"7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11\",\"Ip\":\"203.0.113.7\"}}"

#define RULES(more) "{\"modes\":{},\"rules\":{\"capitals\":\"hold\"},\"terms\":[\"blorg\"]" more "}"

#define SECOND G_TIME_SPAN_SECOND

/* The bucket, the queue and the clock of a test. */
typedef struct {
  GMutex lock;
  GCond changed;
  const char *rules; /* NULL: the bucket fails */
  gboolean stuck;    /* a fetch waits until it is not */
  guint fetches;
  gint64 now_us;
  gboolean hold_fails;
  GBytes *held;
  ScReviewer reviewer;
} Fixture;

static GBytes *
fetch (const char *room, gpointer user_data, GError **error)
{
  Fixture *fixture = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fixture->lock);
  g_assert_cmpstr (room, ==, "g1H2I3j4k5L6");
  fixture->fetches++;
  while (fixture->stuck)
    g_cond_wait (&fixture->changed, &fixture->lock);
  if (fixture->rules)
    return g_bytes_new (fixture->rules, strlen (fixture->rules));
  g_set_error_literal (error, SC_DATA_ERROR, SC_DATA_ERROR_MISSING, "no bucket");
  return NULL;
}

static gboolean
hold (GBytes *line, gpointer user_data, GError **error)
{
  Fixture *fixture = user_data;
  if (fixture->hold_fails) {
    g_set_error_literal (error, SC_DATA_ERROR, SC_DATA_ERROR_MISSING, "no queue");
    return FALSE;
  }
  g_clear_pointer (&fixture->held, g_bytes_unref);
  fixture->held = g_bytes_ref (line);
  return TRUE;
}

static gint64
read_clock (gpointer user_data)
{
  return ((Fixture *) user_data)->now_us;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_mutex_init (&fixture->lock);
  g_cond_init (&fixture->changed);
  fixture->rules = RULES ("");
  fixture->now_us = SECOND;
  fixture->reviewer = (ScReviewer) { .rules = sc_rules_cache_new (fetch, fixture),
                                     .review = sc_room_review_new (),
                                     .hold = hold,
                                     .hold_data = fixture };
  sc_rules_cache_set_clock (fixture->reviewer.rules, read_clock, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sc_rules_cache_free (fixture->reviewer.rules);
  sc_room_review_free (fixture->reviewer.review);
  g_clear_pointer (&fixture->held, g_bytes_unref);
  g_mutex_clear (&fixture->lock);
  g_cond_clear (&fixture->changed);
}

static JsonObject *
review_as (Fixture *fixture, const char *role, const char *content, GError **error)
{
  g_autoptr (GString) text = g_string_new (EVENT);
  g_string_replace (text, "%s", content, 1);
  g_string_replace (text, "\"%s\"", role, 1);
  g_autoptr (GBytes) event = g_bytes_new (text->str, text->len);
  g_autoptr (GBytes) answer = sc_review_event_answer (event, &fixture->reviewer, error);
  return answer ? sc_json_parse (answer, SC_JSON_MAX_BYTES, error) : NULL;
}

static void
assert_answer_to (Fixture *fixture, const char *role, const char *content, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = review_as (fixture, role, content, &error);
  g_assert_no_error (error);
  g_autofree char *text = sc_json_to_string (answer);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_allowed (Fixture *fixture, const char *content, const char *clean)
{
  g_autofree char *expected =
    g_strdup_printf ("{\"Content\":\"%s\",\"ReviewResult\":\"ALLOW\",\"Attributes\":{}}", clean);
  assert_answer_to (fixture, "\"viewer\"", content, expected);
}

static void
assert_denied (Fixture *fixture, const char *content, const char *reason)
{
  g_autofree char *expected = g_strdup_printf (
    "{\"Content\":\"-\",\"ReviewResult\":\"DENY\",\"Attributes\":{\"Reason\":\"%s\"}}",
    reason);
  assert_answer_to (fixture, "\"viewer\"", content, expected);
}

static void
test_answers (Fixture *fixture, gconstpointer data)
{
  assert_allowed (fixture, "\"hello \"", "hello");
  assert_denied (fixture, "\"a\\u0007\"", "control_character");
  assert_denied (fixture, "\" \"", "empty");
  g_autofree char *longer = g_strnfill (501, 'x');
  g_autofree char *quoted = g_strconcat ("\"", longer, "\"", NULL);
  assert_denied (fixture, quoted, "too_long");
  assert_allowed (fixture, "\"you blorg\"", "you \u2022\u2022\u2022\u2022\u2022");
  assert_denied (fixture, "\"nooooooooooooooooooooooo\"", "repeat");
}

/* What is no event has no answer, and without an answer nobody sees the line. */
static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  static const char *const contents[] = { "1", "null", "{}", "[\"x\"]", "\"x", "", "\"a\\ud800\"" };
  static const char *const events[] = {
    "{\"Content\":\"x\",\"MessageId\":\"m\",\"RoomArn\":\"a:room/r\"}",
    "{\"Content\":\"x\",\"MessageId\":\"m\",\"Sender\":{\"UserId\":\"u\"}}",
    "{\"Content\":\"x\",\"MessageId\":\"m\",\"RoomArn\":\"room\",\"Sender\":{\"UserId\":\"u\"}}",
    "{\"Content\":\"x\",\"MessageId\":\"m\",\"RoomArn\":\"a:room/\",\"Sender\":{\"UserId\":\"u\"}}",
    "{\"Content\":\"x\",\"MessageId\":\"m\",\"RoomArn\":\"a:room/../r\",\"Sender\":{\"UserId\":"
    "\"u\"}}",
    "{\"Content\":\"x\",\"RoomArn\":\"a:room/r\",\"Sender\":{\"UserId\":\"u\"}}",
    "{\"Content\":\"x\",\"MessageId\":\"m\",\"RoomArn\":\"a:room/r\",\"Sender\":{}}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonObject) answer = review_as (fixture, "\"viewer\"", contents[i], &error);
    if (answer)
      g_assert_cmpstr (json_object_get_string_member (answer, "ReviewResult"), ==, "DENY");
    else
      g_assert_true (error->domain == SC_DATA_ERROR);
  }
  for (guint i = 0; i < G_N_ELEMENTS (events); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) event = g_bytes_new (events[i], strlen (events[i]));
    g_assert_null (sc_review_event_answer (event, &fixture->reviewer, &error));
    g_assert_true (error->domain == SC_DATA_ERROR);
  }
  g_autofree char *huge = g_strnfill (SC_JSON_MAX_BYTES + 1, 'x');
  g_autofree char *quoted = g_strconcat ("\"", huge, "\"", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (review_as (fixture, "\"viewer\"", quoted, &error));
  g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TOO_LARGE);
  g_assert_cmpuint (fixture->fetches, ==, 0);
}

static void
test_held (Fixture *fixture, gconstpointer data)
{
  assert_denied (fixture, "\"WHY IS NOBODY HERE \"", "held");
  g_autoptr (JsonObject) line = sc_json_parse (fixture->held, SC_JSON_MAX_BYTES, NULL);
  static const char *const members[][2] = {
    { "room_id", "g1H2I3j4k5L6" },
    { "message_id", "I4fme01f7HYM" },
    { "user_id", "7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11" },
    { "name", "ada" },
    { "role", "viewer" },
    { "content", "WHY IS NOBODY HERE" },
    { "rule", "capitals" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_cmpstr (json_object_get_string_member (line, members[i][0]), ==, members[i][1]);
  g_assert_true (json_object_has_member (line, "at"));

  fixture->hold_fails = TRUE;
  assert_denied (fixture, "\"IS REALLY NOBODY HERE\"", "unavailable");
}

/* Moderators are bound by no rules, be there any or not. */
static void
test_moderators (Fixture *fixture, gconstpointer data)
{
  static const char *const roles[] = { "\"streamer\"", "\"moderator\"" };
  fixture->rules = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++) {
    assert_answer_to (fixture,
                      roles[i],
                      "\"you blorg \"",
                      "{\"Content\":\"you blorg\",\"ReviewResult\":\"ALLOW\",\"Attributes\":{}}");
    assert_answer_to (fixture,
                      roles[i],
                      "\"\\u0007\"",
                      "{\"Content\":\"-\",\"ReviewResult\":\"DENY\",\"Attributes\":{\"Reason\":"
                      "\"control_character\"}}");
  }
  assert_denied (fixture, "\"hi\"", "unavailable");
  static const char *const others[] = { "\"Streamer\"", "\"\"", "1" };
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    assert_answer_to (fixture,
                      others[i],
                      "\"hi\"",
                      "{\"Content\":\"-\",\"ReviewResult\":\"DENY\",\"Attributes\":{\"Reason\":"
                      "\"unavailable\"}}");
}

/* A token outlives what its bearer was made a moderator for. */
static void
test_banned_moderator (Fixture *fixture, gconstpointer data)
{
  fixture->rules = RULES (",\"muted\":[{\"user_id\":\"7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11\"}]");
  assert_answer_to (fixture,
                    "\"moderator\"",
                    "\"hi\"",
                    "{\"Content\":\"-\",\"ReviewResult\":\"DENY\",\"Attributes\":{\"Reason\":"
                    "\"muted\"}}");
}

/* A copy is asked for again after 5 s, and good for 60. */
static void
test_ages (Fixture *fixture, gconstpointer data)
{
  assert_allowed (fixture, "\"one\"", "one");
  fixture->now_us += 5 * SECOND - 1;
  fixture->rules = RULES (",\"muted\":[{\"user_id\":\"7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11\"}]");
  assert_allowed (fixture, "\"two\"", "two");
  g_assert_cmpuint (fixture->fetches, ==, 1);
  fixture->now_us += 1;
  assert_denied (fixture, "\"three\"", "muted");
  g_assert_cmpuint (fixture->fetches, ==, 2);

  static const char *const broken[] = { NULL, "", "{}", "{\"modes\":{},\"rules\":1}" };
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
    fixture->rules = broken[i];
    fixture->now_us += 10 * SECOND;
    assert_denied (fixture, "\"four\"", "muted");
    g_assert_cmpuint (fixture->fetches, ==, 3 + i);
  }
  fixture->now_us += 20 * SECOND - 1;
  assert_denied (fixture, "\"five\"", "muted");
  fixture->now_us += 1;
  assert_denied (fixture, "\"six\"", "unavailable");
  fixture->rules = RULES ("");
  assert_allowed (fixture, "\"seven\"", "seven");
}

/* No line waits for a bucket that hangs, and there is one fetch at a time; what it brings at last
 * is for the next line. */
static void
test_stuck (Fixture *fixture, gconstpointer data)
{
  fixture->stuck = TRUE;
  assert_denied (fixture, "\"one\"", "unavailable");
  assert_denied (fixture, "\"two\"", "unavailable");
  g_mutex_lock (&fixture->lock);
  g_assert_cmpuint (fixture->fetches, ==, 1);
  fixture->stuck = FALSE;
  g_cond_broadcast (&fixture->changed);
  g_mutex_unlock (&fixture->lock);
  assert_allowed (fixture, "\"three\"", "three");
  g_assert_cmpuint (fixture->fetches, ==, 1);
}

typedef struct {
  ScRulesCache *cache;
  guint got;
} Asker;

static GBytes *
fetch_any (const char *room, gpointer user_data, GError **error)
{
  g_atomic_int_inc ((gint *) user_data);
  return g_bytes_new_static (RULES (""), strlen (RULES ("")));
}

static gpointer
ask (gpointer data)
{
  Asker *asker = data;
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *room = g_strdup_printf ("room%u", i % 300);
    g_autoptr (ScReviewRules) rules = sc_rules_cache_get (asker->cache, room);
    asker->got += rules != NULL;
  }
  return NULL;
}

/* More rooms than it keeps, from several threads. */
static void
test_crowd (void)
{
  gint fetches = 0;
  GThread *threads[4];
  Asker askers[4] = { 0 };
  g_autoptr (ScRulesCache) cache = sc_rules_cache_new (fetch_any, &fetches);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    askers[i].cache = cache;
    threads[i] = g_thread_new ("asker", ask, &askers[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_thread_join (threads[i]);
    g_assert_cmpuint (askers[i].got, >, 0);
  }
  g_assert_cmpint (fetches, >=, 300);
  g_assert_cmpint (fetches, <=, 4000);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "answers", test_answers },
    { "garbage", test_garbage },
    { "held", test_held },
    { "ages", test_ages },
    { "moderators", test_moderators },
    { "banned-moderator", test_banned_moderator },
    { "stuck", test_stuck },
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/lambda/review/", tests[i].name, NULL);
    g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
  }
  g_test_add_func ("/lambda/review/crowd", test_crowd);
  return g_test_run ();
}
