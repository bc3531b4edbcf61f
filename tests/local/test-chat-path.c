/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A line of chat on its whole way, at the whole program: a token from the API, the room's WebSocket
 * through the edge, the review function, the log, the chat_log function, PostgreSQL. */

#include "config.h"

#include "sc-store.h"
#include "sct-api.h"
#include "sct-files.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

/* What takes longer than this does not come, on a busy machine either. */
#define WAIT_SECONDS 30
#define POLL_MS 50

#define SAY(id, content)                                                                           \
  "{\"Action\":\"SEND_MESSAGE\",\"RequestId\":\"" id "\",\"Content\":\"" content "\"}"

typedef struct {
  SctLocal *cloud;
  SctApi *api;
  ScStore *store;
  SoupSession *session;
} Fixture;

/* Somebody in the room. */
typedef struct {
  Fixture *fixture;
  char *token;
  char *user_id;
  SoupWebsocketConnection *socket;
  GQueue pushes; /* of JsonObject */
} Person;

static void
start (Fixture *fixture, const char *const *extra)
{
  g_autoptr (GError) error = NULL;
  fixture->cloud = sct_local_new ();
  sct_local_start (fixture->cloud, extra);
  sct_local_wait_ready (fixture->cloud);
  fixture->api = sct_api_new (fixture->cloud);
  sct_api_sign_up (fixture->api, "alice");
  g_autofree char *key = sct_api_wait_for_key (fixture->api);
  g_autofree char *conninfo =
    g_strdup_printf ("host='%s/run' dbname=streamcat user=streamcat passfile='%s/database.pass'",
                     fixture->cloud->state_dir,
                     fixture->cloud->state_dir);
  fixture->store = sc_store_new (conninfo, 1);
  g_autoptr (GTlsDatabase) trust =
    g_tls_file_database_new (sct_local_get (fixture->cloud, "ca_file"), &error);
  g_assert_no_error (error);
  fixture->session = soup_session_new_with_options ("tls-database", trust, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  start (fixture, data);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->session);
  sc_store_free (fixture->store);
  sct_api_free (fixture->api);
  sct_local_free (fixture->cloud);
}

static gboolean
on_late (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until @there says so. */
static void
wait_until (gboolean (*there) (gpointer data), gpointer data)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (WAIT_SECONDS, on_late, &late);
  while (!there (data)) {
    g_main_context_iteration (NULL, TRUE);
    g_assert_false (late);
  }
  g_source_remove (source);
}

static void
on_message (SoupWebsocketConnection *socket,
            SoupWebsocketDataType type,
            GBytes *bytes,
            Person *person)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size = 0;
  const char *text = g_bytes_get_data (bytes, &size);
  g_assert_true (json_parser_load_from_data (parser, text, (gssize) size, NULL));
  g_queue_push_tail (&person->pushes,
                     json_object_ref (json_node_get_object (json_parser_get_root (parser))));
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Person *person = user_data;
  g_autoptr (GError) error = NULL;
  person->socket = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
  g_signal_connect (person->socket, "message", G_CALLBACK (on_message), person);
}

static gboolean
is_connected (gpointer data)
{
  return ((Person *) data)->socket != NULL;
}

static gboolean
has_push (gpointer data)
{
  return ((Person *) data)->pushes.length > 0;
}

/* Asks the API for a token, as @api, and enters alice's room with it. */
static Person *
enter (Fixture *fixture, SctApi *api)
{
  g_autoptr (JsonObject) body = NULL;
  Person *person = g_new0 (Person, 1);
  g_assert_cmpuint (sct_api_call (api, "POST", "/v1/channels/alice/chat", NULL, &body), ==, 201);
  JsonObject *chat = json_object_get_object_member (body, "chat");
  const char *endpoint = json_object_get_string_member (chat, "endpoint");
  g_assert_cmpstr (endpoint, ==, sct_local_get (fixture->cloud, "chat_url"));
  person->fixture = fixture;
  person->token = g_strdup (json_object_get_string_member (chat, "token"));
  person->user_id = g_strdup (json_object_get_string_member (chat, "user_id"));
  g_queue_init (&person->pushes);
  const char *protocols[] = { person->token, NULL };
  g_autoptr (SoupMessage) message = soup_message_new ("GET", endpoint);
  soup_session_websocket_connect_async (fixture->session,
                                        message,
                                        NULL,
                                        (char **) protocols,
                                        G_PRIORITY_DEFAULT,
                                        NULL,
                                        on_connected,
                                        person);
  wait_until (is_connected, person);
  return person;
}

static void
leave (Person *person)
{
  g_signal_handlers_disconnect_by_data (person->socket, person);
  soup_websocket_connection_close (person->socket, 1000, NULL);
  g_object_unref (person->socket);
  g_queue_clear_full (&person->pushes, (GDestroyNotify) json_object_unref);
  g_free (person->token);
  g_free (person->user_id);
  g_free (person);
}

static JsonObject *
wait_for_push (Person *person)
{
  wait_until (has_push, person);
  return g_queue_pop_head (&person->pushes);
}

static JsonObject *
ask (Person *person, const char *request)
{
  soup_websocket_connection_send_text (person->socket, request);
  return wait_for_push (person);
}

static gboolean
is_unreviewed (JsonObject *push)
{
  return g_strcmp0 (json_object_get_string_member_with_default (push, "ErrorMessage", NULL),
                    "Rejected") == 0;
}

/* Asks until the review answers in time, which it need not on a busy machine. */
static JsonObject *
ask_patiently (Person *person, const char *request)
{
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  JsonObject *push = ask (person, request);
  while (is_unreviewed (push)) {
    g_assert_cmpint (g_get_monotonic_time (), <, until);
    json_object_unref (push);
    g_usleep (2 * POLL_MS * 1000); /* below the rate of the room */
    push = ask (person, request);
  }
  return push;
}

static void
assert_refused (JsonObject *push, const char *request_id)
{
  g_assert_cmpstr (json_object_get_string_member (push, "Type"), ==, "ERROR");
  g_assert_cmpint (json_object_get_int_member (push, "ErrorCode"), ==, 406);
  g_assert_cmpstr (json_object_get_string_member (push, "RequestId"), ==, request_id);
}

static gint64
count (Fixture *fixture, const char *condition, const char *one, const char *two)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM chat_lines WHERE ", condition, NULL);
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (fixture->store, &error);
  g_assert_no_error (error);
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection, sql, SC_PARAMS (sc_text (one), sc_text (two)), &error);
  g_assert_no_error (error);
  return sc_store_result_get_int (result, 0, 0);
}

static void
wait_for_count (Fixture *fixture, const char *condition, const char *one, const char *two)
{
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  while (count (fixture, condition, one, two) != 1) {
    g_assert_cmpint (g_get_monotonic_time (), <, until);
    g_usleep (POLL_MS * 1000);
  }
}

/* Waits for a line in the queue of those that moderators decide on. */
static void
wait_for_held (Fixture *fixture, const char *content)
{
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  for (gint64 found = 0; found != 1;) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScStoreConnection) connection = sc_store_acquire (fixture->store, &error);
    g_assert_no_error (error);
    g_autoptr (ScStoreResult) result =
      sc_store_query (connection,
                      "SELECT count(*) FROM held_lines WHERE content = $1 AND rule = 'links'",
                      SC_PARAMS (sc_text (content)),
                      &error);
    g_assert_no_error (error);
    found = sc_store_result_get_int (result, 0, 0);
    g_assert_cmpint (g_get_monotonic_time (), <, until);
    g_usleep (POLL_MS * 1000);
  }
}

static void
assert_never_logged (Fixture *fixture, const char *token)
{
  g_autofree char *path = g_build_filename (fixture->cloud->state_dir, "log", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_assert_nonnull (folder);
  for (const char *name; (name = g_dir_read_name (folder));) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    g_autofree char *text = NULL;
    if (g_file_get_contents (file, &text, NULL, NULL) && strstr (text, token))
      g_error ("%s has a chat token", name);
  }
}

static void
test_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SctApi) nobody = sct_api_new (fixture->cloud);
  Person *alice = enter (fixture, fixture->api);
  Person *guest = enter (fixture, nobody);
  /* A guest may not speak. */
  g_autoptr (JsonObject) refused = ask (guest, SAY ("r0", "hi"));
  g_assert_cmpint (json_object_get_int_member (refused, "ErrorCode"), ==, 403);
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (JsonObject) own = ask_patiently (alice, SAY ("r1", " hello \u00fc "));
  g_test_message ("from sending a line to its echo: %.1f ms",
                  (double) (g_get_monotonic_time () - start_us) / 1000);
  g_assert_cmpstr (json_object_get_string_member (own, "RequestId"), ==, "r1");
  g_assert_cmpstr (json_object_get_string_member (own, "Content"), ==, "hello \u00fc");
  g_autoptr (JsonObject) heard = wait_for_push (guest);
  g_assert_cmpstr (json_object_get_string_member (heard, "Content"), ==, "hello \u00fc");

  const char *id = json_object_get_string_member (own, "Id");
  const char *time = json_object_get_string_member (own, "SendTime");
  wait_for_count (fixture,
                  "id = $1 AND content = 'hello \u00fc' AND sender_name = 'alice'"
                  " AND sender_id = $2 AND deleted_at IS NULL",
                  id,
                  alice->user_id);
  wait_for_count (fixture,
                  "id = $1 AND sent_at BETWEEN $2::timestamptz - interval '1 microsecond'"
                  " AND $2::timestamptz + interval '1 microsecond'",
                  id,
                  time);

  /* The owner of the channel moderates, by the API: no token is one of a moderator. */
  g_autofree char *by_token =
    g_strdup_printf ("{\"Action\":\"DELETE_MESSAGE\",\"RequestId\":\"r2\",\"Id\":\"%s\"}", id);
  g_autoptr (JsonObject) forbidden = ask (alice, by_token);
  g_assert_cmpint (json_object_get_int_member (forbidden, "ErrorCode"), ==, 403);
  g_autofree char *order =
    g_strdup_printf ("{\"kind\":\"delete\",\"line_id\":\"%s\",\"user_id\":\"%s\",\"text\":\"x\"}",
                     id,
                     alice->user_id);
  g_assert_cmpuint (
    sct_api_call (fixture->api, "POST", "/v1/channels/alice/chat/actions", order, NULL),
    ==,
    201);
  g_autoptr (JsonObject) told = wait_for_push (guest);
  wait_for_count (fixture, "id = $1 AND deleted_at IS NOT NULL AND $2 = 'x'", id, "x");
  assert_never_logged (fixture, alice->token);
  assert_never_logged (fixture, guest->token);
  leave (alice);
  leave (guest);
}

static void
test_denied (Fixture *fixture, gconstpointer data)
{
  Person *alice = enter (fixture, fixture->api);
  g_autoptr (JsonObject) refused = ask_patiently (alice, SAY ("r1", "bell \\u0007"));
  assert_refused (refused, "r1");
  g_assert_cmpstr (json_object_get_string_member (refused, "ErrorMessage"),
                   ==,
                   "control_character");
  g_autoptr (JsonObject) said = ask_patiently (alice, SAY ("r2", "no bell"));
  g_assert_cmpstr (json_object_get_string_member (said, "Content"), ==, "no bell");
  wait_for_count (fixture, "content = $1 AND $2 = 'x'", "no bell", "x");
  g_assert_cmpint (count (fixture, "content <> $1 AND $2 = 'x'", "no bell", "x"), ==, 0);
  leave (alice);
}

static void
assert_says (Person *person, const char *request, const char *content)
{
  g_autoptr (JsonObject) push = ask_patiently (person, request);
  const char *said = json_object_get_string_member_with_default (push, "Content", NULL);
  const char *why = json_object_get_string_member_with_default (push, "ErrorMessage", NULL);
  g_assert_cmpstr (said ? said : why, ==, content);
}

static void
set_rules (Fixture *fixture, const char *rules)
{
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *text = g_strdup_printf ("{\"rules\":%s}", rules);
  guint status =
    sct_api_call (fixture->api, "PATCH", "/v1/channels/alice/chat/settings", text, &answer);
  g_assert_cmpuint (status, ==, 200);
}

/* A viewer's lines are masked, held and refused by the room's rules, and other rules are known
 * within seconds. */
static void
test_rules (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SctApi) api = sct_api_new (fixture->cloud);
  sct_api_sign_up (api, "bob");
  Person *bob = enter (fixture, api);
  assert_says (bob, SAY ("r1", "hello"), "hello");
  assert_says (bob, SAY ("r2", "oh f.u.c.k"), "oh \u2022\u2022\u2022\u2022\u2022\u2022\u2022");
  assert_says (bob, SAY ("r3", "nooooooooooooooooooooooo"), "repeat");
  assert_says (bob, SAY ("r4", "a.com"), "held");
  wait_for_held (fixture, "a.com");
  g_assert_cmpint (count (fixture, "content = $1 AND $2 = 'x'", "a.com", "x"), ==, 0);

  set_rules (fixture, "{\"terms\":\"refuse\"}");
  gint64 start_us = g_get_monotonic_time ();
  gboolean known = FALSE;
  for (guint i = 0; !known; i++) {
    g_autofree char *line = g_strdup_printf (SAY ("r5", "%u fuck"), i);
    g_autoptr (JsonObject) push = ask_patiently (bob, line);
    known = g_str_equal (json_object_get_string_member (push, "Type"), "ERROR");
    g_assert_cmpint (g_get_monotonic_time (), <, start_us + WAIT_SECONDS * G_USEC_PER_SEC);
    g_usleep (2 * POLL_MS * 1000);
  }
  g_test_message ("from new rules to lines that obey them: %.1f s",
                  (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC);
  leave (bob);
}

/* The review's processes, which are children of the cloud's. */
static guint
signal_reviews (Fixture *fixture, int signal_number)
{
  guint found = 0;
  const char *parent = g_subprocess_get_identifier (fixture->cloud->process);
  g_autofree char *field = g_strdup_printf ("\\(streamcat-revie\\) [A-Z] %s ", parent);
  g_autoptr (GDir) folder = g_dir_open ("/proc", 0, NULL);
  for (const char *name; (name = g_dir_read_name (folder));) {
    g_autofree char *path = g_build_filename ("/proc", name, "stat", NULL);
    g_autofree char *text = NULL;
    if (g_ascii_isdigit (*name) && g_file_get_contents (path, &text, NULL, NULL) &&
        g_regex_match_simple (field, text, 0, 0))
      found += kill ((pid_t) g_ascii_strtoll (name, NULL, 10), signal_number) == 0;
  }
  return found;
}

/* While the review hangs nobody says anything; it is ended when it has had its second, and the room
 * goes on. */
static void
test_review_hangs (Fixture *fixture, gconstpointer data)
{
  if (!sct_has_proc ())
    return;
  Person *alice = enter (fixture, fixture->api);
  g_autoptr (JsonObject) before = ask_patiently (alice, SAY ("r1", "before"));
  g_assert_cmpstr (json_object_get_string_member (before, "Type"), ==, "MESSAGE");
  g_assert_cmpuint (signal_reviews (fixture, SIGSTOP), ==, 2);
  g_autoptr (JsonObject) refused = ask (alice, SAY ("r2", "meanwhile"));
  assert_refused (refused, "r2");
  g_autoptr (JsonObject) after = ask_patiently (alice, SAY ("r3", "after"));
  g_assert_cmpstr (json_object_get_string_member (after, "Type"), ==, "MESSAGE");
  wait_for_count (fixture, "content = $1 AND $2 = 'x'", "after", "x");
  g_assert_cmpint (count (fixture, "content = $1 AND $2 = 'x'", "meanwhile", "x"), ==, 0);
  leave (alice);
}

/* A review that cannot even start says no to everything. */
static void
test_no_review (Fixture *fixture, gconstpointer data)
{
  Person *alice = enter (fixture, fixture->api);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (JsonObject) refused = ask (alice, SAY ("r1", "hello"));
    assert_refused (refused, "r1");
  }
  leave (alice);
}

int
main (int argc, char *argv[])
{
  static const char *const as_it_is[] = { NULL };
  static const char *const broken[] = { "--parameter", "ReviewCodeKey=/bin/false", NULL };
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/chat-path/line", Fixture, as_it_is, set_up, test_line, tear_down);
  g_test_add ("/chat-path/denied", Fixture, as_it_is, set_up, test_denied, tear_down);
  g_test_add ("/chat-path/rules", Fixture, as_it_is, set_up, test_rules, tear_down);
  g_test_add ("/chat-path/review-hangs", Fixture, as_it_is, set_up, test_review_hangs, tear_down);
  g_test_add ("/chat-path/no-review", Fixture, broken, set_up, test_no_review, tear_down);
  return g_test_run ();
}
