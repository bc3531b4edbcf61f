/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a moderator does, undoes, and is told. */

#include "config.h"

#include "sc-chat-moderation.h"
#include "sc-client-error.h"
#include "sc-fake-api.h"
#include "sc-moderation-words.h"

#define ACTIONS "POST /v1/channels/ada/chat/actions"
#define UNDO ACTIONS "/5f0c4b0e-0000-4000-8000-000000000001/undo"
#define ACTION(undone, undoable)                                                                   \
  "{'action':{'id':'5f0c4b0e-0000-4000-8000-000000000001','kind':'ban',"                           \
  "'at':'2026-11-26T05:00:00.000000Z','actor':{'user_id':'u-ada','name':'ada'},"                   \
  "'person':{'user_id':'u-bob','name':'bob'},'line':null,'reason':null,'until':null,"              \
  "'undone_at':" undone ",'undoable_until':" undoable "},'pending':0}"
#define BANNED ACTION ("null", "'2026-11-26T05:00:10.000000Z'")
#define UNDONE ACTION ("'2026-11-26T05:00:05.000000Z'", "null")

typedef struct {
  ScFakeApi *api;
  ScClient *client;
  ScChatModeration *moderation;
  guint n_done;
  guint n_undone;
  GError *error;
} Fixture;

static void
on_done (Fixture *fixture)
{
  fixture->n_done++;
}

static void
on_undone (Fixture *fixture)
{
  fixture->n_undone++;
}

static void
on_failed (Fixture *fixture, guint kind, const GError *error)
{
  g_assert_cmpuint (kind, ==, SC_MODERATION_BAN);
  fixture->error = g_error_copy (error);
}

static gboolean
is_answered (gpointer data)
{
  Fixture *fixture = data;
  return fixture->n_done + fixture->n_undone > 0 || fixture->error;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScHttp) http = sc_http_new (5);
  fixture->api = sc_fake_api_new ();
  fixture->client = sc_client_new (http);
  sc_client_set_server (fixture->client, sc_fake_api_get_url (fixture->api));
  sc_client_set_token (fixture->client, "t0k3n");
  fixture->moderation = sc_chat_moderation_new (fixture->client, "ada");
  g_signal_connect_swapped (fixture->moderation, "done", G_CALLBACK (on_done), fixture);
  g_signal_connect_swapped (fixture->moderation, "undone", G_CALLBACK (on_undone), fixture);
  g_signal_connect_swapped (fixture->moderation, "failed", G_CALLBACK (on_failed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_error (&fixture->error);
  g_assert_finalize_object (fixture->moderation);
  g_object_unref (fixture->client);
  sc_fake_api_free (fixture->api);
}

static void
ban_bob (Fixture *fixture)
{
  const ScModerationOrder order = {
    .kind = SC_MODERATION_BAN,
    .user_id = "u-bob",
    .user_name = "bob",
  };
  sc_chat_moderation_act (fixture->moderation, &order);
  sc_test_wait_until (is_answered, fixture);
}

static void
test_acts_and_undoes (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, ACTIONS, 201, BANNED);
  sc_fake_api_answer (fixture->api, UNDO, 200, UNDONE);
  ban_bob (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->n_done, ==, 1);
  g_assert_nonnull (strstr (sc_fake_api_get_body (fixture->api, ACTIONS), "\"u-bob\""));
  g_assert_nonnull (sc_chat_moderation_get_undoable (fixture->moderation));

  fixture->n_done = 0;
  g_autoptr (ScModerationAction) action =
    g_object_ref (sc_chat_moderation_get_undoable (fixture->moderation));
  sc_chat_moderation_undo (fixture->moderation, action);
  g_assert_null (sc_chat_moderation_get_undoable (fixture->moderation));
  sc_test_wait_until (is_answered, fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->n_undone, ==, 1);
  g_assert_cmpuint (sc_fake_api_count (fixture->api, UNDO), ==, 1);
}

static void
test_fails (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api,
                      ACTIONS,
                      403,
                      "{'error':{'code':'forbidden','message':'Not a streamer'}}");
  ban_bob (fixture);
  g_assert_error (fixture->error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_FORBIDDEN);
  g_assert_cmpuint (fixture->n_done, ==, 0);
  g_assert_null (sc_chat_moderation_get_undoable (fixture->moderation));
}

static void
test_words (void)
{
  static const struct {
    ScModerationActionFields action;
    const char *done;
    const char *undone;
  } cases[] = {
    { { .kind = SC_MODERATION_DELETE }, "Message deleted", "The message is back" },
    { { .kind = SC_MODERATION_TIMEOUT,
        .person_name = "bob",
        .until = 600 * (gint64) G_USEC_PER_SEC },
      "bob is timed out for 10 minutes",
      "bob may write again" },
    { { .kind = SC_MODERATION_BAN, .person_name = "bob", .pending = 1 },
      "bob is banned. The chat does not answer yet and is told again",
      "bob may write again. The chat does not answer yet and is told again" },
    { { .kind = SC_MODERATION_BAN }, "Somebody is banned", "Somebody may write again" },
    { { .kind = SC_MODERATION_UNBAN, .person_name = "bob" }, "bob may come back", "Undone" },
    { { .kind = SC_MODERATION_MODES }, "The chat is run so from now on", "Undone" },
    { { .kind = SC_MODERATION_MOD, .person_name = "bob" }, "bob is a moderator now", "Undone" },
    { { .kind = SC_MODERATION_UNMOD, .person_name = "bob" },
      "bob is no moderator any more",
      "Undone" },
    { { .kind = SC_MODERATION_RULES }, "Done", "Undone" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *done = sc_moderation_done_words (&cases[i].action);
    g_autofree char *undone = sc_moderation_undone_words (&cases[i].action);
    g_assert_cmpstr (done, ==, cases[i].done);
    g_assert_cmpstr (undone, ==, cases[i].undone);
  }
}

static void
test_durations (void)
{
  static const struct {
    gint64 seconds;
    const char *words;
  } cases[] = {
    { 1, "1 minute" },    { 60, "1 minute" },     { 90, "2 minutes" },    { 600, "10 minutes" },
    { 3600, "1 hour" },   { 5400, "90 minutes" }, { 86400, "1 day" },     { 86401, "24 hours" },
    { 604800, "1 week" }, { 777600, "9 days" },   { 1209600, "2 weeks" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = sc_moderation_duration_words (cases[i].seconds);
    g_assert_cmpstr (words, ==, cases[i].words);
  }
}

/* Each failure of the server that a moderator can meet has words of its own. */
static void
test_failures (void)
{
  static const ScClientError codes[] = {
    SC_CLIENT_ERROR_FORBIDDEN, SC_CLIENT_ERROR_NOT_FOUND, SC_CLIENT_ERROR_TOO_LATE,
    SC_CLIENT_ERROR_UNDONE,    SC_CLIENT_ERROR_DECIDED,   SC_CLIENT_ERROR_UNREACHABLE,
    SC_CLIENT_ERROR_TIMED_OUT, SC_CLIENT_ERROR_BUSY,
  };
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "?");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_add (seen, (gpointer) sc_moderation_failure_words (other));
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (GError) error = g_error_new_literal (SC_CLIENT_ERROR, (int) codes[i], "?");
    g_assert_true (g_hash_table_add (seen, (gpointer) sc_moderation_failure_words (error)));
  }
}

#define add(name, test)                                                                            \
  g_test_add ("/chat-moderation/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  add ("acts-and-undoes", test_acts_and_undoes);
  add ("fails", test_fails);
  g_test_add_func ("/chat-moderation/words", test_words);
  g_test_add_func ("/chat-moderation/durations", test_durations);
  g_test_add_func ("/chat-moderation/failures", test_failures);
  return g_test_run ();
}
