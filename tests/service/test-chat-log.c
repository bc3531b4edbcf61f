/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The log of chat rooms: lines doubled, late, deleted before they came; records that are none;
 * events that are none. */

#include "config.h"

#include "sc-chat-log.h"
#include "sc-chat-store.h"
#include "sc-error.h"
#include "sct-room-log.h"
#include "sct-service.h"

#include <string.h>

#define ROOM_ARN "arn:aws:ivschat:us-west-2:123456789012:room/g1H2I3j4k5L6"
#define STREAM "aws/IVSChatLogs/1.0/room_g1H2I3j4k5L6"

#define LINE(id, content)                                                                          \
  "{\"event_timestamp\":\"2026-10-24T12:26:32.089Z\",\"type\":\"MESSAGE\",\"version\":\"1.0\","    \
  "\"payload\":{\"Type\":\"MESSAGE\",\"Id\":\"" id "\",\"RequestId\":\"\",\"Attributes\":{},"      \
  "\"Content\":\"" content "\",\"SendTime\":\"2026-10-24T12:26:32.089757321Z\",\"Sender\":{"       \
  "\"UserId\":\"7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11\",\"Attributes\":{\"name\":\"bob\"}}}}"

#define EVENT(name, attributes)                                                                    \
  "{\"event_timestamp\":\"2026-10-24T12:27:00Z\",\"type\":\"EVENT\",\"version\":\"1.0\","          \
  "\"payload\":"                                                                                   \
  "{\"Type\":\"EVENT\",\"Id\":\"1OjMY6p8h4uv\",\"RequestId\":\"\",\"EventName\":\"" name           \
  "\",\"Attributes\":" attributes ",\"SendTime\":\"2026-10-24T12:27:00.5Z\"}}"

#define DELETED(id) EVENT ("aws:DELETE_MESSAGE", "{\"MessageID\":\"" id "\",\"Reason\":\"x\"}")

#define DELIVER(self, ...)                                                                         \
  sct_room_log_deliver (self, STREAM, (const char *const[]) { __VA_ARGS__, NULL })

static SctService *
make_service (void)
{
  SctService *self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  g_autofree char *bob = sct_service_sign_up (self, "bob");
  sct_service_run (self, "UPDATE channels SET room_arn = '" ROOM_ARN "' WHERE name = 'ada'");
  return self;
}

static gint64
count (SctService *self, const char *condition)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT count(*) FROM chat_lines l JOIN channels c USING (user_id) WHERE %s",
                     condition);
  return sct_service_ask_number (self, sql);
}

static void
test_lines (void)
{
  g_autoptr (SctService) self = make_service ();
  DELIVER (self, LINE ("a", "hello \u00fc"), LINE ("b", "it's"));
  g_assert_cmpint (count (self,
                          "c.name = 'ada' AND l.id = 'a' AND content = 'hello \u00fc'"
                          " AND sender_id = '7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11'"
                          " AND sender_name = 'bob' AND deleted_at IS NULL"
                          " AND sent_at = '2026-10-24T12:26:32.089757Z'"),
                   ==,
                   1);
  g_assert_cmpint (count (self, "TRUE"), ==, 2);
  /* Again, and with other words: what is there stays. */
  DELIVER (self, LINE ("a", "changed"), LINE ("b", "it's"), LINE ("c", "new"));
  g_assert_cmpint (count (self, "TRUE"), ==, 3);
  g_assert_cmpint (count (self, "content = 'changed'"), ==, 0);
}

/* In whatever order line and deletion come, and how often: the line is there, and deleted. */
static void
test_deleted (void)
{
  static const char *const orders[][5] = {
    { LINE ("a", "x"), DELETED ("a"), NULL },
    { DELETED ("a"), LINE ("a", "x"), NULL },
    { DELETED ("a"), LINE ("a", "x"), DELETED ("a"), LINE ("a", "x"), NULL },
    { LINE ("a", "x"), EVENT ("aws:DELETE_MESSAGE", "{\"MessageId\":\"a\"}"), NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_autoptr (SctService) self = make_service ();
    for (guint j = 0; j < 5 && orders[i][j]; j++)
      DELIVER (self, orders[i][j]);
    g_assert_cmpint (
      count (self, "content = 'x' AND deleted_at = '2026-10-24T12:27:00.5Z' AND l.id = 'a'"),
      ==,
      1);
    g_assert_cmpint (count (self, "TRUE"), ==, 1);
  }
}

/* Nothing said in one room reaches another, and a room of nobody's is let pass. */
static void
test_rooms_are_apart (void)
{
  g_autoptr (SctService) self = make_service ();
  sct_service_run (self,
                   "UPDATE channels SET room_arn = 'arn:aws:ivschat:us-west-2:123456789012:"
                   "room/other' WHERE name = 'bob'");
  DELIVER (self, LINE ("a", "x"));
  static const char *const deletion[] = { DELETED ("a"), NULL };
  sct_room_log_deliver (self, "aws/IVSChatLogs/1.0/room_other", deletion);
  sct_room_log_deliver (self, "aws/IVSChatLogs/1.0/room_nobodys", deletion);
  g_assert_cmpint (count (self, "c.name = 'ada' AND deleted_at IS NULL"), ==, 1);
  g_assert_cmpint (count (self, "c.name = 'bob' AND content IS NULL"), ==, 1);
}

static void
test_garbage_records (void)
{
  static const char *const bad[] = {
    "",
    "x",
    "[]",
    "{}",
    "{\"type\":\"MESSAGE\"}",
    "{\"type\":\"MESSAGE\",\"payload\":{}}",
    "{\"type\":1,\"payload\":{\"SendTime\":\"2026-10-24T12:26:32Z\"}}",
    "{\"type\":\"MESSAGE\",\"payload\":{\"Id\":\"a\",\"Content\":\"b\",\"SendTime\":\"noon\","
    "\"Sender\":{\"UserId\":\"u\"}}}",
    "{\"type\":\"MESSAGE\",\"payload\":{\"Id\":\"a\",\"Content\":\"b\",\"SendTime\":"
    "\"2026-10-24T12:26:32Z\",\"Sender\":[]}}",
    LINE ("nul", "a\\u0000b"),
    LINE ("half", "a\\ud800b"),
    EVENT ("aws:DELETE_MESSAGE", "{}"),
    EVENT ("aws:DELETE_MESSAGE", "[]"),
    LINE ("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567"
          "89012345678901234567890123456789012345678901234567890",
          "long id"),
    NULL,
  };
  g_autoptr (SctService) self = make_service ();
  for (guint i = 0; bad[i]; i++) {
    g_test_message ("%s", bad[i]);
    g_test_expect_message ("streamcat", G_LOG_LEVEL_MESSAGE, "A record of the chat log*");
    DELIVER (self, bad[i]);
    g_test_assert_expected_messages ();
  }
  g_assert_cmpint (count (self, "TRUE"), ==, 0);
  for (guint i = 0; bad[i]; i++)
    g_test_expect_message ("streamcat", G_LOG_LEVEL_MESSAGE, "A record of the chat log*");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_add (builder, LINE ("first", "x"));
  g_strv_builder_addv (builder, (const char **) bad);
  g_strv_builder_add_many (builder,
                           LINE ("last", "x"),
                           EVENT ("aws:DISCONNECT_USER", "{\"UserId\":\"u\"}"),
                           EVENT ("own", "{}"),
                           NULL);
  g_auto (GStrv) mixed = g_strv_builder_end (builder);
  sct_room_log_deliver (self, STREAM, (const char *const *) mixed);
  g_test_assert_expected_messages ();
  g_assert_cmpint (count (self, "l.id IN ('first', 'last')"), ==, 2);
  g_assert_cmpint (count (self, "TRUE"), ==, 2);
}

static void
assert_refused (SctService *self, GBytes *event)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (sc_chat_log_apply (self->service, event, &error));
  g_test_message ("%s", error->message);
  g_assert_true (error->domain == SC_DATA_ERROR);
  g_bytes_unref (event);
}

static void
test_garbage_events (void)
{
  static const char *const texts[] = {
    "",
    "{}",
    "{\"awslogs\":{}}",
    "{\"awslogs\":{\"data\":1}}",
    "{\"awslogs\":{\"data\":\"\"}}",
    "{\"awslogs\":{\"data\":\"****\"}}",
    "{\"awslogs\":{\"data\":\"aGVsbG8=\"}}",
    "{\"awslogs\":{\"data\":\"H4sIAAAAAAAAA8tIzcnJBwCGphA2\"}}", /* cut short */
  };
  static const char *const insides[] = {
    "",
    "[]",
    "{}",
    "{\"messageType\":\"DATA_MESSAGE\"}",
    "{\"messageType\":\"DATA_MESSAGE\",\"logStream\":\"" STREAM "\"}",
    "{\"messageType\":\"DATA_MESSAGE\",\"logStream\":\"other\",\"logEvents\":[]}",
  };
  g_autoptr (SctService) self = make_service ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (self, g_bytes_new (texts[i], strlen (texts[i])));
  for (guint i = 0; i < G_N_ELEMENTS (insides); i++)
    assert_refused (self, sct_room_log_wrap_text (insides[i]));

  /* A hundred megabytes of nothing in a hundred kilobytes. */
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (100 << 20), 100 << 20);
  g_autoptr (GBytes) bomb = sct_room_log_wrap (zeros);
  g_autoptr (GError) error = NULL;
  g_assert_false (sc_chat_log_apply (self->service, bomb, &error));
  g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "inflates")); /* it was not inflated to the end */
}

static void
test_control_message (void)
{
  g_autoptr (SctService) self = make_service ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) event =
    sct_room_log_wrap_text ("{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[]}");
  g_assert_true (sc_chat_log_apply (self->service, event, &error));
  g_assert_no_error (error);
}

typedef struct {
  int left;
} Gate;

static gboolean
fail_nth (const char *sql, gpointer user_data, GError **error)
{
  Gate *gate = user_data;
  if (gate->left-- != 0)
    return TRUE;
  g_set_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE, "Lost before: %s", sql);
  return FALSE;
}

/* The connection is lost at each statement in turn: nothing is half done, and the next delivery has
 * all of it. */
static void
test_interrupted (void)
{
  static const char *const messages[] = { LINE ("a", "x"), DELETED ("b"), LINE ("b", "y"), NULL };
  g_autoptr (GBytes) event = sct_room_log_make_event (STREAM, messages);
  guint interrupted = 0;
  for (int n = 0;; n++) {
    g_autoptr (SctService) self = make_service ();
    g_autoptr (GError) error = NULL;
    Gate gate = { n };
    sc_store_set_gate (self->store, fail_nth, &gate);
    gboolean whole = sc_chat_log_apply (self->service, event, &error);
    sc_store_set_gate (self->store, NULL, NULL);
    if (whole)
      break;
    interrupted++;
    g_assert_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE);
    g_assert_cmpint (count (self, "TRUE"), ==, 0);
    g_clear_error (&error);
    g_assert_true (sc_chat_log_apply (self->service, event, &error));
    g_assert_cmpint (count (self, "content IS NOT NULL"), ==, 2);
    g_assert_cmpint (count (self, "deleted_at IS NOT NULL"), ==, 1);
  }
  g_assert_cmpuint (interrupted, >=, 5);
}

static void
test_old_rows_go (void)
{
  g_autoptr (SctService) self = make_service ();
  DELIVER (self, LINE ("a", "x"), DELETED ("mark"));
  const struct {
    guint days;
    gint64 lines;
  } steps[] = { { 6, 2 }, { 8, 1 }, { 364, 1 }, { 366, 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
    g_assert_true (
      sc_chat_store_forget_lines (connection, self->now + steps[i].days * G_TIME_SPAN_DAY, &error));
    g_clear_pointer (&connection, sc_store_connection_release);
    g_assert_cmpint (count (self, "TRUE"), ==, steps[i].lines);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/chat-log/lines", test_lines);
  g_test_add_func ("/service/chat-log/deleted", test_deleted);
  g_test_add_func ("/service/chat-log/rooms-are-apart", test_rooms_are_apart);
  g_test_add_func ("/service/chat-log/garbage-records", test_garbage_records);
  g_test_add_func ("/service/chat-log/garbage-events", test_garbage_events);
  g_test_add_func ("/service/chat-log/control-message", test_control_message);
  g_test_add_func ("/service/chat-log/interrupted", test_interrupted);
  g_test_add_func ("/service/chat-log/old-rows-go", test_old_rows_go);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
