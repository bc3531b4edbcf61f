/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* That a page of lines costs the same however many there are, and the look for rooms whose rules
 * are behind however many are not: each statement that reads them is asked how it would be done.
 * With --lines 1000000 the times that it prints are of a busy channel's year. */

#include "config.h"

#include "sc-chat-page.h"
#include "sc-chat-settings-store.h"
#include "sc-chat-store.h"
#include "sct-room-log.h"

#include <stdlib.h>
#include <string.h>

#define ROOM_ARN "arn:aws:ivschat:us-west-2:123456789012:room/g1H2I3j4k5L6"
#define LOG_STREAM "aws/IVSChatLogs/1.0/room_g1H2I3j4k5L6"
#define HISTORY "/v1/channels/ada/chat/lines"
#define REPLAY "/v1/recordings/r/chat"
#define ROUNDS 50

/* Ten streams of an hour each, a day apart, with a tenth of the lines each; every twentieth line is
 * deleted. A recording has three of the streams. */
#define FILL                                                                                       \
  "SET statement_timeout = 0;"                                                                     \
  "UPDATE channels SET room_arn = '" ROOM_ARN "', arn = 'arn';"                                    \
  "INSERT INTO streams (id, user_id, started_at, ended_at)"                                        \
  " SELECT 'st-' || n, user_id, '2026-01-01Z'::timestamptz + n * interval '1 day',"                \
  " '2026-01-01 01:00Z'::timestamptz + n * interval '1 day' FROM channels, generate_series(0, 9)"  \
  " n;"                                                                                            \
  "INSERT INTO chat_lines (user_id, id, sent_at, sender_id, sender_name, sender_role, content,"    \
  " received_at, stream_id, offset_ms, deleted_at)"                                                \
  " SELECT user_id, 'm' || n, s.started_at + o * interval '1 ms', 'u' || n %% 100, 'bob',"         \
  " 'viewer', 'a line of chat as people write them', s.started_at, s.id, o,"                       \
  " CASE WHEN n %% 20 = 0 THEN s.started_at END"                                                   \
  " FROM channels JOIN streams s USING (user_id), generate_series(0, %u) n,"                       \
  " LATERAL (SELECT (n / 10) * 36000000::bigint / %u AS o) p WHERE s.id = 'st-' || n %% 10;"       \
  "INSERT INTO recordings (id, user_id, title, bucket, prefix, started_at, duration_ms, playlist," \
  " width, height) SELECT 'r', user_id, 't', 'b', 'p', '2026-01-03Z', 10800000, 'x', 1, 1"         \
  " FROM channels;"                                                                                \
  "INSERT INTO recording_streams VALUES ('r', 'st-2'), ('r', 'st-3'), ('r', 'st-4');"              \
  "ANALYZE; RESET statement_timeout"

/* Channels with a room whose rules are in the bucket, as nearly all are. */
#define FILL_CHANNELS                                                                              \
  "INSERT INTO users (name, password_hash, created_at) SELECT 'streamer-' || n, 'x', now()"        \
  " FROM generate_series(1, 5000) n;"                                                              \
  "INSERT INTO channels (user_id, name, title, room_arn) SELECT id, name, 'x', 'a:room/' || id"    \
  " FROM users WHERE name LIKE 'streamer-%';"                                                      \
  "UPDATE chat_settings SET written_version = wanted_version;"                                     \
  "ANALYZE"

static guint n_lines = 100000;

static SctService *
make_service (void)
{
  SctService *self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  g_autofree char *sql = g_strdup_printf (FILL, n_lines - 1, n_lines);
  gint64 begin = g_get_monotonic_time ();
  sct_service_run (self, sql);
  g_test_message ("%u lines written in %" G_GINT64_FORMAT " ms",
                  n_lines,
                  (g_get_monotonic_time () - begin) / 1000);
  return self;
}

static gboolean
keep_statement (const char *sql, gpointer user_data, GError **error)
{
  if (strstr (sql, "chat_lines"))
    g_hash_table_add (user_data, g_strdup (sql));
  return TRUE;
}

static ScChatPage *
get_page (SctService *self, const char *target)
{
  g_autoptr (ScResponse) response = sct_service_call (self, "GET", target, NULL, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) object = sct_response_object (response);
  return sc_chat_page_from_json (object, NULL);
}

/* What is looked at at the newest end, in the middle and at the oldest. */
static GPtrArray *
list_targets (SctService *self)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ScChatPage) newest = get_page (self, HISTORY);
  g_autoptr (ScChatPage) replay = get_page (self, REPLAY "?from_ms=5000000");
  g_ptr_array_add (targets, g_strdup (HISTORY));
  g_ptr_array_add (targets, g_strconcat (HISTORY "?before=", newest->older, NULL));
  g_ptr_array_add (targets, g_strconcat (HISTORY "?after=", newest->newer, NULL));
  g_ptr_array_add (targets, g_strdup (HISTORY "?after=MQ"));
  g_ptr_array_add (targets, g_strdup (REPLAY));
  g_ptr_array_add (targets, g_strdup (REPLAY "?from_ms=5000000"));
  g_ptr_array_add (targets, g_strdup (REPLAY "?before_ms=10799000&limit=100"));
  g_ptr_array_add (targets, g_strconcat (REPLAY "?cursor=", replay->newer, NULL));
  return targets;
}

static void
time_page (SctService *self, const char *target)
{
  gint64 begin = g_get_monotonic_time ();
  for (guint i = 0; i < ROUNDS; i++) {
    g_autoptr (ScResponse) response = sct_service_call (self, "GET", target, NULL, NULL);
    g_assert_cmpuint (response->status, ==, 200);
  }
  g_test_message ("%s: %.2f ms a page",
                  target,
                  (double) (g_get_monotonic_time () - begin) / 1000 / ROUNDS);
}

/* Asks with the values of a page in the middle. */
static ScStoreResult *
query_plan (ScStoreConnection *connection, const char *statement, GError **error)
{
  g_autofree char *sql = g_strconcat ("EXPLAIN ", statement, NULL);
  if (strstr (statement, "l.stream_id = $1"))
    return sc_store_query (
      connection,
      sql,
      SC_PARAMS (sc_text ("st-3"), sc_int (900000), sc_text ("m"), sc_int (3600000), sc_int (501)),
      error);
  if (strstr (statement, "l.arrival > $2"))
    return sc_store_query (connection,
                           sql,
                           SC_PARAMS (sc_int (1), sc_int (n_lines / 2), sc_int (101)),
                           error);
  return sc_store_query (connection,
                         sql,
                         SC_PARAMS (sc_int (1),
                                    sc_time (G_GINT64_CONSTANT (1767400200000000)),
                                    sc_text ("m"),
                                    sc_int (101)),
                         error);
}

static char *
join_plan (ScStoreResult *result)
{
  g_autoptr (GString) plan = g_string_new (NULL);
  for (guint i = 0; i < sc_store_result_count (result); i++)
    g_string_append_printf (plan, "%s\n", sc_store_result_get_text (result, i, 0));
  return g_string_free_and_steal (g_steal_pointer (&plan));
}

static char *
explain (SctService *self, const char *statement)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  g_autoptr (ScStoreResult) result = query_plan (connection, statement, &error);
  g_assert_no_error (error);
  return join_plan (result);
}

static void
test_plans (gconstpointer data)
{
  SctService *self = (SctService *) data;
  g_autoptr (GPtrArray) targets = list_targets (self);
  g_autoptr (GHashTable) statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sc_store_set_gate (self->store, keep_statement, statements);
  for (guint i = 0; i < targets->len; i++)
    time_page (self, targets->pdata[i]);
  sc_store_set_gate (self->store, NULL, NULL);
  GHashTableIter iter;
  gpointer statement = NULL;
  guint count = 0;
  g_hash_table_iter_init (&iter, statements);
  for (; g_hash_table_iter_next (&iter, &statement, NULL); count++) {
    g_autofree char *plan = explain (self, statement);
    g_test_message ("%s\n%s", (char *) statement, plan);
    g_assert_null (strstr (plan, "Seq Scan on chat_lines"));
    g_assert_null (strstr (plan, "Bitmap"));
    g_assert_true (strstr (plan, "chat_lines_shown") || strstr (plan, "chat_lines_arrivals") ||
                   strstr (plan, "chat_lines_replay"));
  }
  g_assert_cmpuint (count, ==, 4);
}

static void
tell_time (const char *what, gint64 begin)
{
  g_test_message ("%s: %" G_GINT64_FORMAT " ms", what, (g_get_monotonic_time () - begin) / 1000);
}

/* What happens seldom, and is done in one statement all the same. */
static void
test_seldom (gconstpointer data)
{
  SctService *self = (SctService *) data;
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  sct_service_run (self,
                   "SET statement_timeout = 0;"
                   "UPDATE streams SET started_at = started_at - interval '1 s' WHERE id = 'st-5';"
                   "RESET statement_timeout");
  tell_time ("A stream's begin moved, with a tenth of the lines", begin);
  g_assert_cmpint (sct_service_ask_number (self,
                                           "SELECT count(*) FROM chat_lines"
                                           " WHERE stream_id = 'st-5' AND id = 'm5'"
                                           " AND offset_ms = 1000"),
                   ==,
                   1);
  g_autofree char *line = sct_room_log_line ("new", self->now, "u", "x");
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < ROUNDS; i++)
    sct_room_log_deliver (self, LOG_STREAM, (const char *const[]) { line, NULL });
  g_test_message ("A delivery of one line: %.2f ms",
                  (double) (g_get_monotonic_time () - begin) / 1000 / ROUNDS);
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  begin = g_get_monotonic_time ();
  g_assert_true (sc_chat_store_forget_lines (connection, self->now, &error));
  tell_time ("Looking for old lines, of which there are none", begin);
}

/* A channel's settings are there with it, and want to be written with its room, and with another.
 */
static void
test_rows (gconstpointer data)
{
  SctService *self = (SctService *) data;
  g_autofree char *bob = sct_service_sign_up (self, "bob");
  static const char *const version =
    "SELECT s.wanted_version FROM chat_settings s JOIN channels c USING (user_id)"
    " WHERE c.name = 'bob'";
  g_assert_cmpint (sct_service_ask_number (self, version), ==, 0);
  sct_service_run (self, "UPDATE channels SET room_arn = 'a:room/b' WHERE name = 'bob'");
  g_assert_cmpint (sct_service_ask_number (self, version), ==, 1);
  sct_service_run (self, "UPDATE channels SET room_arn = 'a:room/b' WHERE name = 'bob'");
  g_assert_cmpint (sct_service_ask_number (self, version), ==, 1);
  sct_service_run (self, "UPDATE channels SET room_arn = 'a:room/c' WHERE name = 'bob'");
  g_assert_cmpint (sct_service_ask_number (self, version), ==, 2);
}

static gboolean
keep_only (const char *sql, gpointer user_data, GError **error)
{
  char **kept = user_data;
  g_assert_null (*kept);
  *kept = g_strdup (sql);
  return TRUE;
}

static void
test_behind (gconstpointer data)
{
  SctService *self = (SctService *) data;
  g_autoptr (GError) error = NULL;
  g_autofree char *statement = NULL;
  sct_service_run (self, FILL_CHANNELS);
  sct_service_run (self,
                   "UPDATE chat_settings s SET wanted_version = 2 FROM channels c"
                   " WHERE c.user_id = s.user_id AND c.name = 'streamer-777'");
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  sc_store_set_gate (self->store, keep_only, &statement);
  g_autoptr (GArray) owners =
    sc_chat_settings_store_list_behind (connection, self->now, 50, &error);
  sc_store_set_gate (self->store, NULL, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (owners->len, ==, 1);

  g_autofree char *sql = g_strconcat ("EXPLAIN ", statement, NULL);
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection, sql, SC_PARAMS (sc_time (self->now), sc_int (50)), &error);
  g_autofree char *plan = join_plan (result);
  g_test_message ("%s\n%s", statement, plan);
  g_assert_null (strstr (plan, "Seq Scan"));
  g_assert_nonnull (strstr (plan, "chat_settings_behind"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (argc == 3 && g_str_equal (argv[1], "--lines"))
    n_lines = (guint) atoi (argv[2]);
  sct_service_set_up ();
  SctService *service = make_service ();
  g_test_add_data_func ("/service/chat-plans/pages", service, test_plans);
  g_test_add_data_func ("/service/chat-plans/seldom", service, test_seldom);
  g_test_add_data_func ("/service/chat-plans/rows", service, test_rows);
  g_test_add_data_func ("/service/chat-plans/behind", service, test_behind);
  int status = g_test_run ();
  sct_service_free (service);
  sct_service_tear_down ();
  return status;
}
