/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Rooms of the app at the whole server: tokens from the API, TLS and the WebSocket through the edge
 * of a local cloud of the test's own, its review of every line. Three people: the streamer, a
 * viewer, and somebody who is not signed in. */

#include "config.h"

#include "sc-chat-room.h"
#include "sc-fake-api.h"
#include "sc-own-channel.h"
#include "sc-session.h"
#include "sct-files.h"
#include "sct-local.h"

#include <signal.h>

#define PASSWORD "analytical engine"
#define CHANNEL "ada"

typedef struct {
  ScSession *session;
  ScChatRoom *room;
  ScChatState state;
  guint n_lines;
  ScChatLine *line;
  ScChatLineState line_state;
  const char *text;
} Person;

static DexFuture *
ask (gpointer user_data)
{
  Person *person = user_data;
  return sc_client_create_chat_token (sc_session_get_client (person->session), CHANNEL);
}

static void
assert_done (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  sc_test_wait (future);
  dex_future_get_value (future, &error);
  g_assert_no_error (error);
  dex_unref (future);
}

static void
person_init (Person *person, SctLocal *local, const char *name)
{
  g_autoptr (ScHttp) http = sc_http_new (20);
  g_autoptr (ScClient) client = sc_client_new (http);
  g_autoptr (ScSecretStore) store = sc_secret_store_memory_new ();
  person->session = sc_session_new (client, store);
  sc_session_set_server (person->session, sct_local_get (local, "api_url"));
  if (name)
    assert_done (sc_session_sign_up (person->session, name, PASSWORD));
  person->room = sc_chat_room_new (ask, person, NULL, &sc_chat_timing);
}

static void
person_clear (Person *person)
{
  g_assert_finalize_object (person->room);
  g_assert_finalize_object (person->session);
}

static gboolean
is_in_state (gpointer data)
{
  Person *person = data;
  return sc_chat_room_get_state (person->room) == person->state;
}

static void
wait_state (Person *person, ScChatState state)
{
  person->state = state;
  sc_test_wait_until (is_in_state, person);
}

static gboolean
has_lines (gpointer data)
{
  Person *person = data;
  return g_list_model_get_n_items (sc_chat_room_get_lines (person->room)) >= person->n_lines;
}

static gboolean
is_line_in_state (gpointer data)
{
  Person *person = data;
  return sc_chat_line_get_state (person->line) == person->line_state;
}

/* Waits for a line, and for it to stand as it should; borrowed from the list. */
static ScChatLine *
wait_line (Person *person, guint position, ScChatLineState state)
{
  person->n_lines = position + 1;
  sc_test_wait_until (has_lines, person);
  g_autoptr (ScChatLine) line =
    g_list_model_get_item (sc_chat_room_get_lines (person->room), position);
  person->line = line;
  person->line_state = state;
  sc_test_wait_until (is_line_in_state, person);
  return line;
}

static guint
count_said (Person *person, const char *text)
{
  guint count = 0;
  GListModel *lines = sc_chat_room_get_lines (person->room);
  for (guint i = 0; i < g_list_model_get_n_items (lines); i++) {
    g_autoptr (ScChatLine) line = g_list_model_get_item (lines, i);
    count += sc_chat_line_get_state (line) == SC_CHAT_LINE_SHOWN &&
             g_str_equal (sc_chat_line_get_text (line), text);
  }
  return count;
}

static gboolean
has_heard (gpointer data)
{
  Person *person = data;
  return count_said (person, person->text) > 0;
}

static void
wait_text (Person *person, const char *text)
{
  person->text = text;
  sc_test_wait_until (has_heard, person);
}

static void
enter (Person *person)
{
  sc_chat_room_start (person->room);
  wait_state (person, SC_CHAT_OPEN);
}

static void
say (Person *person, const char *text)
{
  g_autoptr (GError) error = NULL;
  sc_chat_room_send (person->room, text, &error);
  g_assert_no_error (error);
}

static gboolean
is_ready (gpointer own_channel)
{
  ScChannel *channel = sc_own_channel_get_channel (own_channel);
  return channel && sc_channel_get_state (channel) == SC_CHANNEL_READY;
}

static void
wait_channel (Person *person)
{
  g_autoptr (ScOwnChannel) own_channel =
    sc_own_channel_new (sc_session_get_client (person->session));
  sc_own_channel_start (own_channel);
  sc_test_wait_until (is_ready, own_channel);
}

static void
assert_talk (Person *ada, Person *bob, Person *guest)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (sc_chat_room_send (guest->room, "hi", &error));
  g_assert_error (error, SC_CHAT_ERROR, SC_CHAT_ERROR_FORBIDDEN);

  say (bob, "hello, <all> \"of\" you 👋");
  const char *id = sc_chat_line_get_id (wait_line (bob, 0, SC_CHAT_LINE_SHOWN));
  Person *others[] = { ada, guest };
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    ScChatLine *line = wait_line (others[i], 0, SC_CHAT_LINE_SHOWN);
    g_assert_cmpstr (sc_chat_line_get_id (line), ==, id);
    g_assert_cmpstr (sc_chat_line_get_name (line), ==, "bob");
    g_assert_cmpstr (sc_chat_line_get_text (line), ==, "hello, <all> \"of\" you 👋");
    g_assert_false (sc_chat_line_get_own (line));
  }
}

static void
act (Person *moderator, const ScModerationOrder *order)
{
  assert_done (sc_client_act (sc_session_get_client (moderator->session), "ada", order));
}

static void
assert_moderation (Person *ada, Person *bob, Person *guest)
{
  ScChatLine *line = wait_line (ada, 0, SC_CHAT_LINE_SHOWN);
  const char *bob_id = sc_chat_line_get_user_id (line);
  act (ada,
       &(ScModerationOrder) { .kind = SC_MODERATION_DELETE,
                              .line_id = sc_chat_line_get_id (line),
                              .line_text = sc_chat_line_get_text (line),
                              .user_id = bob_id });
  wait_line (guest, 0, SC_CHAT_LINE_DELETED);
  wait_line (bob, 0, SC_CHAT_LINE_DELETED);
  act (ada, &(ScModerationOrder) { .kind = SC_MODERATION_BAN, .user_id = bob_id });
  wait_state (bob, SC_CHAT_BANNED);
  act (ada, &(ScModerationOrder) { .kind = SC_MODERATION_UNBAN, .user_id = bob_id });
  enter (bob);
  say (bob, "back");
  wait_text (bob, "back");
  wait_text (guest, "back");
}

/* Whoever signs out reads on. */
static void
assert_signed_out (Person *ada, Person *bob)
{
  assert_done (sc_session_sign_out (bob->session));
  sc_chat_room_change_person (bob->room);
  say (ada, "still there?");
  wait_text (bob, "still there?");
  wait_state (bob, SC_CHAT_OPEN);
  g_assert_cmpuint (sc_chat_room_get_capabilities (bob->room), ==, SC_CHAT_READ);
}

/* The connection is cut, it comes back, and what was typed meanwhile is said once. */
static void
assert_comes_back (SctLocal *local, Person *ada, Person *guest)
{
  pid_t edge = sct_local_find_child (local, "/nginx");
  g_assert_cmpint (edge, >, 0);
  kill (edge, SIGTERM);
  wait_state (ada, SC_CHAT_WAITING);
  say (ada, "while away");
  wait_state (guest, SC_CHAT_OPEN);
  wait_text (ada, "while away");
  say (ada, "and after");
  wait_text (ada, "and after");
  g_assert_cmpuint (count_said (ada, "while away"), ==, 1);
}

static void
test_whole (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SctLocal) local = sct_local_new ();
  Person ada, bob, guest;
  sct_local_start (local, NULL);
  sct_local_wait_ready (local);
  g_autoptr (GTlsDatabase) database =
    g_tls_file_database_new (sct_local_get (local, "ca_file"), &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);

  person_init (&ada, local, CHANNEL);
  person_init (&bob, local, "bob");
  person_init (&guest, local, NULL);
  wait_channel (&ada);
  enter (&ada);
  enter (&bob);
  enter (&guest);
  assert_talk (&ada, &bob, &guest);
  assert_moderation (&ada, &bob, &guest);
  assert_signed_out (&ada, &bob);
  if (sct_has_proc ())
    assert_comes_back (local, &ada, &guest);
  person_clear (&ada);
  person_clear (&bob);
  person_clear (&guest);
  sct_local_stop (local);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/real-room/whole", test_whole);
  return g_test_run ();
}
