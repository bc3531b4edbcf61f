/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Log groups, what they keep, and what their subscription filters hand on. */

#include "config.h"

#include "sc-json.h"
#include "sc-log-batch.h"
#include "sc-log-store.h"

#define GROUP "/aws/vendedlogs/streamcat-chat"
#define STREAM "aws/IVSChatLogs/1.0/room_g1H2I3j4k5L6"
#define TIME_US G_GINT64_CONSTANT (1792844792123456)

/* A store with a filter, and what came of it. */
typedef struct {
  ScLogStore *store;
  GPtrArray *batches; /* of JsonObject */
} Fixture;

static void
on_event (const char *arn, GBytes *event, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;
  g_assert_cmpstr (arn, ==, "arn:target");
  g_ptr_array_add (fixture->batches, sc_log_batch_decode (event, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const ScLogFilter filter = { "to-the-database", GROUP, "arn:target" };
  const ScLogFilter lost = { "lost", "other", "arn:target" };
  fixture->batches = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  fixture->store = sc_log_store_new ("123456789012", on_event, fixture);
  sc_log_store_add_group (fixture->store, GROUP, GPOINTER_TO_UINT (data));
  g_assert_true (sc_log_store_add_filter (fixture->store, &filter));
  g_assert_false (sc_log_store_add_filter (fixture->store, &lost));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sc_log_store_free (fixture->store);
  g_ptr_array_unref (fixture->batches);
}

static void
put (Fixture *fixture, const char *stream, const char *message)
{
  g_assert_true (sc_log_store_put (fixture->store, GROUP, stream, TIME_US, message));
}

static JsonObject *
get_batch (Fixture *fixture, guint i)
{
  return g_ptr_array_index (fixture->batches, i);
}

static JsonArray *
get_events (Fixture *fixture, guint i)
{
  return json_object_get_array_member (get_batch (fixture, i), "logEvents");
}

static void
test_batch_has_its_form (Fixture *fixture, gconstpointer data)
{
  put (fixture, STREAM, "{\"a\":\"\u00fc\"}");
  put (fixture, STREAM, "second");
  while (fixture->batches->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_autofree char *text = sc_json_to_string (get_batch (fixture, 0));
  g_assert_cmpstr (
    text,
    ==,
    "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"123456789012\",\"logGroup\":\"" GROUP
    "\",\"logStream\":\"" STREAM
    "\",\"subscriptionFilters\":[\"to-the-database\"],\"logEvents\":[{\"id\":"
    "\"00000000000000000000000000000000000000000000000000000001\",\"timestamp\":"
    "1792844792123,\"message\":\"{\\\"a\\\":\\\"\u00fc\\\"}\"},{\"id\":"
    "\"00000000000000000000000000000000000000000000000000000002\",\"timestamp\":"
    "1792844792123,\"message\":\"second\"}]}");
}

/* A batch is of one stream, and goes when it is full. */
static void
test_batches (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 250; i++) {
    put (fixture, STREAM, "x");
    put (fixture, "other", "y");
  }
  g_assert_cmpuint (fixture->batches->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (json_array_get_length (get_events (fixture, i)), ==, 100);
  sc_log_store_flush (fixture->store);
  g_assert_cmpuint (fixture->batches->len, ==, 6);
  guint64 last = 0;
  for (guint i = 0; i < 6; i++) {
    const char *stream = json_object_get_string_member (get_batch (fixture, i), "logStream");
    JsonArray *events = get_events (fixture, i);
    for (guint j = 0; g_str_equal (stream, STREAM) && j < json_array_get_length (events); j++) {
      JsonObject *event = json_array_get_object_element (events, j);
      guint64 id = g_ascii_strtoull (json_object_get_string_member (event, "id") + 36, NULL, 10);
      g_assert_cmpuint (id, >, last);
      last = id;
    }
  }
  g_autofree char *large = g_strnfill (200 * 1024, 'x');
  put (fixture, STREAM, large);
  put (fixture, STREAM, large);
  g_assert_cmpuint (fixture->batches->len, ==, 7);
}

static guint
count_kept (Fixture *fixture, const char *stream)
{
  g_autoptr (JsonArray) events = sc_log_store_list (fixture->store, GROUP, stream);
  return json_array_get_length (events);
}

/* Twenty megabytes do not stay, and what is oldest goes first. */
static void
test_size_is_bounded (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (200 * 1024, 'x');
  put (fixture, "oldest", "x");
  for (guint i = 0; i < 100; i++)
    put (fixture, STREAM, large);
  g_assert_cmpuint (count_kept (fixture, "oldest"), ==, 0);
  g_assert_cmpuint (count_kept (fixture, STREAM), <=, 16 * 1024 / 200);
  g_assert_cmpuint (count_kept (fixture, STREAM), >=, 16 * 1024 / 200 - 2);
}

static void
test_retention (Fixture *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time ();
  gint64 before = now - 8 * G_TIME_SPAN_DAY;
  g_assert_true (sc_log_store_put (fixture->store, GROUP, STREAM, before, "old"));
  g_assert_true (sc_log_store_put (fixture->store, GROUP, STREAM, now, "new"));
  g_autoptr (JsonArray) events = sc_log_store_list (fixture->store, GROUP, STREAM);
  g_assert_cmpuint (json_array_get_length (events), ==, 1);
  JsonObject *event = json_array_get_object_element (events, 0);
  g_assert_cmpstr (json_object_get_string_member (event, "message"), ==, "new");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (256 * 1024 + 1, 'x');
  g_assert_false (sc_log_store_put (fixture->store, GROUP, STREAM, TIME_US, huge));
  g_assert_false (sc_log_store_put (fixture->store, "other", STREAM, TIME_US, "x"));
  g_assert_cmpuint (count_kept (fixture, STREAM), ==, 0);
}

#define ADD(name, days, function)                                                                  \
  g_test_add ("/log-store/" name, Fixture, GUINT_TO_POINTER (days), set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("batch-has-its-form", 0, test_batch_has_its_form);
  ADD ("batches", 0, test_batches);
  ADD ("size-is-bounded", 0, test_size_is_bounded);
  ADD ("retention", 7, test_retention);
  ADD ("refused", 7, test_refused);
  return g_test_run ();
}
