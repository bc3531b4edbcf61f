/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A room over real WebSockets and a server in this process: the way in and back in, what is said,
 * what is refused, and that nothing which was typed is lost or said twice.
 */

#include "config.h"

#include "sc-chat-list.h"
#include "sc-chat-outbox.h"
#include "sc-fake-api.h"
#include "sct-room.h"

static void
test_reads (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  sc_fake_room_broadcast (fixture->server,
                          "{\"Type\":\"MESSAGE\",\"Id\":\"m1\",\"RequestId\":\"\","
                          "\"Content\":\"  so\\tlong\u202e \","
                          "\"SendTime\":\"2026-01-05T14:33:32.894089757Z\","
                          "\"Sender\":{\"UserId\":\"ada\",\"Attributes\":{\"name\":\"ada\"}}}");
  ScChatLine *line = sct_room_get_line (fixture, 0);
  g_assert_cmpstr (sc_chat_line_get_text (line), ==, "so long");
  g_assert_cmpstr (sc_chat_line_get_name (line), ==, "ada");
  g_assert_cmpstr (sc_chat_line_get_user_id (line), ==, "ada");
  g_assert_cmpint (sc_chat_line_get_time (line), ==, 1767623612894089);
  g_assert_false (sc_chat_line_get_own (line));

  /* The same once more, what is no message, and then another. */
  sc_fake_room_say (fixture->server, "ada", "m1", "hello");
  sc_fake_room_say (fixture->server, "ada", "m2", "\u202e");
  sc_fake_room_broadcast (fixture->server, "{\"Type\":\"MESSAGE\"}");
  sc_fake_room_broadcast (fixture->server, "[[[");
  sc_fake_room_broadcast (fixture->server, "{\"Type\":\"EVENT\",\"EventName\":\"party\"}");
  sc_fake_room_say (fixture->server, "ada", "m3", "again");
  g_assert_cmpstr (sc_chat_line_get_text (sct_room_get_line (fixture, 1)), ==, "again");
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 2);
  g_assert_cmpint (sc_chat_room_get_state (fixture->room), ==, SC_CHAT_OPEN);
}

static void
test_says (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  sct_room_say (fixture, " hi\nthere ");
  ScChatLine *line = sct_room_get_line (fixture, 0);
  g_assert_cmpint (sc_chat_line_get_state (line), ==, SC_CHAT_LINE_SENDING);
  g_assert_true (sc_chat_line_get_own (line));
  sct_room_wait_line (fixture, line, SC_CHAT_LINE_SHOWN);
  g_assert_cmpstr (sc_chat_line_get_id (line), ==, "sent-1");
  g_assert_cmpstr (sc_fake_room_get_last_text (fixture->server), ==, "hi there");
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 1);
}

/* 500 code points pass, whatever bytes they have; one more does not. */
static void
test_bounds (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 500; i++)
    g_string_append (text, "😀");
  sct_room_say (fixture, text->str);
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 0), SC_CHAT_LINE_SHOWN);
  g_string_append (text, "x");
  sct_room_assert_not_sent (fixture, text->str, SC_CHAT_ERROR_TOO_LONG);
  sct_room_assert_not_sent (fixture, " \n\x01 ", SC_CHAT_ERROR_EMPTY);
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 1);
}

static void
test_reader_cannot_send (SctRoom *fixture, gconstpointer data)
{
  fixture->capabilities = SC_CHAT_READ;
  sct_room_enter (fixture);
  sct_room_assert_not_sent (fixture, "hi", SC_CHAT_ERROR_FORBIDDEN);
}

static const struct {
  guint code;
  ScChatError error;
} refusals[] = {
  { 400, SC_CHAT_ERROR_BAD_REQUEST }, { 403, SC_CHAT_ERROR_FORBIDDEN },
  { 404, SC_CHAT_ERROR_NOT_FOUND },   { 406, SC_CHAT_ERROR_REJECTED },
  { 413, SC_CHAT_ERROR_TOO_LONG },    { 500, SC_CHAT_ERROR_SERVICE },
};

static void
test_refusals (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    sc_fake_room_refuse_next (fixture->server, refusals[i].code, "Not\\u0007 nice");
    sct_room_say (fixture, "hi");
    ScChatLine *line = sct_room_get_line (fixture, i);
    sct_room_wait_line (fixture, line, SC_CHAT_LINE_FAILED);
    const GError *problem = sc_chat_line_get_problem (line);
    g_assert_error (problem, SC_CHAT_ERROR, (int) refusals[i].error);
    g_assert_cmpstr (problem->message, ==, "Not nice");
  }
}

static void
test_sends_again (SctRoom *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sct_room_enter (fixture);
  sc_fake_room_refuse_next (fixture->server, 500, "failed");
  sct_room_say (fixture, "first");
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 0), SC_CHAT_LINE_FAILED);
  sct_room_say (fixture, "second");
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 1), SC_CHAT_LINE_SHOWN);

  sc_chat_room_send_again (fixture->room, sct_room_get_line (fixture, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 2);
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 1), SC_CHAT_LINE_SHOWN);
  g_assert_cmpstr (sc_chat_line_get_text (sct_room_get_line (fixture, 0)), ==, "second");
  g_assert_cmpstr (sc_chat_line_get_text (sct_room_get_line (fixture, 1)), ==, "first");
}

/* Each connection has a token of its own; what was typed meanwhile is sent, once. */
static void
test_comes_back (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  sc_fake_room_say (fixture->server, "ada", "m1", "before");
  sct_room_get_line (fixture, 0);
  sc_fake_room_set_status (fixture->server, 503);
  sc_fake_room_cut (fixture->server);
  sct_room_wait_state (fixture, SC_CHAT_WAITING);
  sct_room_say (fixture, "while away");
  ScChatLine *line = sct_room_get_line (fixture, 1);
  g_assert_cmpint (sc_chat_line_get_state (line), ==, SC_CHAT_LINE_WAITING);
  guint n_asked = fixture->n_asked;
  while (fixture->n_asked < n_asked + 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (sc_chat_line_get_state (line), ==, SC_CHAT_LINE_WAITING);

  sc_fake_room_set_status (fixture->server, 0);
  sct_room_wait_line (fixture, line, SC_CHAT_LINE_SHOWN);
  g_assert_cmpuint (sc_fake_room_count_requests (fixture->server), ==, 1);
  sc_fake_room_say (fixture->server, "ada", "m2", "after");
  g_assert_cmpstr (sc_chat_line_get_text (sct_room_get_line (fixture, 2)), ==, "after");
  g_assert_cmpstr (sc_chat_line_get_text (sct_room_get_line (fixture, 0)), ==, "before");
  g_assert_cmpuint (fixture->n_asked, >=, 4);
}

/* What may have arrived is not said again by itself. */
static void
test_unconfirmed (SctRoom *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sct_room_enter (fixture);
  sc_fake_room_set_silent (fixture->server, TRUE);
  sct_room_say (fixture, "hello?");
  sct_room_wait_requests (fixture, 1);
  sc_fake_room_cut (fixture->server);
  ScChatLine *line = sct_room_get_line (fixture, 0);
  sct_room_wait_line (fixture, line, SC_CHAT_LINE_UNCONFIRMED);
  sc_fake_room_set_silent (fixture->server, FALSE);
  sct_room_wait_opened (fixture, 2);
  sct_room_wait_state (fixture, SC_CHAT_OPEN);
  sct_room_say (fixture, "and now");
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 1), SC_CHAT_LINE_SHOWN);
  g_assert_cmpuint (sc_fake_room_count_requests (fixture->server), ==, 2);
  g_assert_cmpint (sc_chat_line_get_state (line), ==, SC_CHAT_LINE_UNCONFIRMED);

  sc_chat_room_send_again (fixture->room, line, &error);
  g_assert_no_error (error);
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 1), SC_CHAT_LINE_SHOWN);
  g_assert_cmpstr (sc_fake_room_get_last_text (fixture->server), ==, "hello?");
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 2);
}

static void
test_no_echo (SctRoom *fixture, gconstpointer data)
{
  ScChatTiming timing = sct_room_timing;
  timing.echo_ms = 20;
  sct_room_make (fixture, &timing);
  sct_room_enter (fixture);
  sc_fake_room_set_silent (fixture->server, TRUE);
  sct_room_say (fixture, "one");
  sct_room_say (fixture, "two");
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 0), SC_CHAT_LINE_UNCONFIRMED);
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 1), SC_CHAT_LINE_UNCONFIRMED);

  /* Better late than never, from whichever connection. */
  sc_fake_room_say (fixture->server, "mia", "m9", "two");
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 1), SC_CHAT_LINE_SHOWN);
  sc_chat_room_discard (fixture->room, sct_room_get_line (fixture, 0));
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 1);
}

static void
assert_heard_in_order (SctRoom *fixture)
{
  const GPtrArray *heard = sc_fake_room_get_texts (fixture->server);
  g_assert_cmpuint (heard->len, ==, SC_CHAT_OUTBOX_MAX);
  for (guint i = 0; i < heard->len; i++) {
    g_autofree char *typed = g_strdup_printf ("typed %u", i);
    g_assert_cmpstr (heard->pdata[i], ==, typed);
    g_assert_cmpstr (sc_chat_line_get_text (sct_room_get_line (fixture, i)), ==, typed);
  }
}

/* What waited is said once there is a connection, in the order in which it was typed. */
static void
test_outbox_is_bounded (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  sc_fake_room_set_status (fixture->server, 503);
  sc_fake_room_cut (fixture->server);
  sct_room_wait_state (fixture, SC_CHAT_WAITING);
  for (guint i = 0; i < SC_CHAT_OUTBOX_MAX; i++) {
    g_autofree char *text = g_strdup_printf ("typed %u", i);
    sct_room_say (fixture, text);
  }
  sct_room_assert_not_sent (fixture, "one too many", SC_CHAT_ERROR_FULL);
  sc_fake_room_set_status (fixture->server, 0);
  for (guint i = 0; i < SC_CHAT_OUTBOX_MAX; i++)
    sct_room_wait_line (fixture, sct_room_get_line (fixture, i), SC_CHAT_LINE_SHOWN);
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, SC_CHAT_OUTBOX_MAX);
  g_assert_cmpuint (sc_fake_room_count_requests (fixture->server), ==, SC_CHAT_OUTBOX_MAX);
  assert_heard_in_order (fixture);
}

typedef struct {
  ScChatRoom *room;
  gboolean was_away;
} Watch;

static void
on_state (Watch *watch)
{
  watch->was_away |= sc_chat_room_get_state (watch->room) != SC_CHAT_OPEN;
}

/* A session that ends has a successor before that, and nobody sees a gap; what is on its way on
 * the old connection still arrives, and nothing comes twice. */
static void
test_renews (SctRoom *fixture, gconstpointer data)
{
  fixture->lifetime_ms = 400;
  sc_chat_room_start (fixture->room);
  sct_room_wait_state (fixture, SC_CHAT_OPEN);
  Watch watch = { .room = fixture->room };
  g_signal_connect_swapped (fixture->room, "notify::state", G_CALLBACK (on_state), &watch);
  fixture->lifetime_ms = 3600 * 1000;
  sct_room_wait_opened (fixture, 2);
  g_assert_cmpuint (sc_fake_room_count_open (fixture->server), ==, 2);
  sct_room_say (fixture, "through the change");
  sc_fake_room_say (fixture->server, "ada", "m1", "to both");
  sct_room_wait_alone (fixture);
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 0), SC_CHAT_LINE_SHOWN);
  sct_room_get_line (fixture, 1);
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 2);
  g_assert_false (watch.was_away);
  g_assert_cmpuint (fixture->n_asked, ==, 2);
  g_signal_handlers_disconnect_by_data (fixture->room, &watch);
}

/* While no successor can be had, the old connection serves to its end. */
static void
test_renewal_fails (SctRoom *fixture, gconstpointer data)
{
  fixture->lifetime_ms = 200;
  sct_room_enter (fixture);
  fixture->failure = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "No token");
  while (fixture->n_asked < 4)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (sc_chat_room_get_state (fixture->room), ==, SC_CHAT_OPEN);
  sc_fake_room_close (fixture->server, 1000);
  sct_room_wait_state (fixture, SC_CHAT_WAITING);
  g_clear_error (&fixture->failure);
  sct_room_wait_state (fixture, SC_CHAT_OPEN);
}

static void
test_token_fails (SctRoom *fixture, gconstpointer data)
{
  fixture->failure = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "No token");
  sc_chat_room_start (fixture->room);
  while (fixture->n_asked < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (sc_chat_room_get_error (fixture->room));
  g_clear_error (&fixture->failure);
  sct_room_wait_state (fixture, SC_CHAT_OPEN);
  g_assert_null (sc_chat_room_get_error (fixture->room));
}

static void
test_refused (SctRoom *fixture, gconstpointer data)
{
  fixture->failure = g_error_new (SC_CHAT_ERROR, SC_CHAT_ERROR_REFUSED, "No room");
  sc_chat_room_start (fixture->room);
  sct_room_wait_state (fixture, SC_CHAT_REFUSED);
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  g_clear_error (&fixture->failure);
  sct_room_enter (fixture);
}

/* A server that lets everybody in and throws them out again is not asked without end. */
static void
test_backs_off (SctRoom *fixture, gconstpointer data)
{
  ScChatTiming timing = sct_room_timing;
  timing.backoff_base_ms = timing.backoff_cap_ms = 3600 * 1000;
  sct_room_make (fixture, &timing);
  sct_room_enter (fixture);
  sc_fake_room_close (fixture->server, 1011);
  sct_room_wait_state (fixture, SC_CHAT_WAITING);
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  sct_room_enter (fixture); /* whoever does not want to wait asks */
  g_assert_cmpuint (fixture->n_asked, ==, 2);
}

static void
test_too_large (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  g_autofree char *text = g_strnfill (SC_CHAT_PUSH_MAX_BYTES, 'x');
  sc_fake_room_say (fixture->server, "ada", "m1", text);
  sct_room_wait_opened (fixture, 2);
  sct_room_wait_state (fixture, SC_CHAT_OPEN);
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 0);
}

static void
test_removed (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  sc_fake_room_set_silent (fixture->server, TRUE);
  sct_room_say (fixture, "rude");
  sc_fake_room_broadcast (fixture->server,
                          "{\"Type\":\"EVENT\",\"Id\":\"v\",\"EventName\":\"aws:DISCONNECT_USER\","
                          "\"Attributes\":{\"UserId\":\"mia\",\"Reason\":\"rude\"}}");
  sct_room_wait_state (fixture, SC_CHAT_REMOVED);
  g_assert_cmpstr (sc_chat_room_get_reason (fixture->room), ==, "rude");
  g_assert_cmpuint (sc_chat_room_get_capabilities (fixture->room), ==, SC_CHAT_READ);
  g_assert_cmpint (sc_chat_line_get_state (sct_room_get_line (fixture, 0)),
                   ==,
                   SC_CHAT_LINE_UNCONFIRMED);
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  sct_room_enter (fixture);
  g_assert_null (sc_chat_room_get_reason (fixture->room));
}

/* What one person typed is not sent in the name of the next. */
static void
test_other_person (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  sc_fake_room_set_status (fixture->server, 503);
  sc_fake_room_cut (fixture->server);
  sct_room_wait_state (fixture, SC_CHAT_WAITING);
  sct_room_say (fixture, "mine");
  sc_fake_room_set_status (fixture->server, 0);
  fixture->user_id = "viewer-1";
  fixture->capabilities = SC_CHAT_READ;
  sc_chat_room_change_person (fixture->room);
  g_assert_cmpuint (sc_chat_room_get_capabilities (fixture->room), ==, SC_CHAT_READ);
  ScChatLine *line = sct_room_get_line (fixture, 0);
  g_assert_error (sc_chat_line_get_problem (line), SC_CHAT_ERROR, SC_CHAT_ERROR_UNAUTHORIZED);
  sct_room_wait_state (fixture, SC_CHAT_OPEN);
  sct_room_assert_not_sent (fixture, "hi", SC_CHAT_ERROR_FORBIDDEN);
  g_assert_cmpuint (sc_fake_room_count_requests (fixture->server), ==, 0);
}

/* Whoever signs in or out misses nothing of what others say. */
static void
test_changes_person (SctRoom *fixture, gconstpointer data)
{
  fixture->user_id = "viewer-1";
  fixture->capabilities = SC_CHAT_READ;
  sct_room_enter (fixture);
  fixture->user_id = "mia";
  fixture->capabilities = SC_CHAT_SEND;
  sc_chat_room_change_person (fixture->room);
  sc_fake_room_say (fixture->server, "ada", "m1", "in between");
  sct_room_get_line (fixture, 0);
  sct_room_wait_opened (fixture, 2);
  sct_room_wait_alone (fixture);
  while (sc_chat_room_get_capabilities (fixture->room) == SC_CHAT_READ)
    g_main_context_iteration (NULL, TRUE);
  sct_room_say (fixture, "now me");
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 1), SC_CHAT_LINE_SHOWN);
}

static void
test_stops (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  sc_chat_room_stop (fixture->room);
  g_assert_cmpint (sc_chat_room_get_state (fixture->room), ==, SC_CHAT_IDLE);
  while (sc_fake_room_count_open (fixture->server) > 0)
    g_main_context_iteration (NULL, TRUE);
  sc_chat_room_start (fixture->room);
  sc_chat_room_stop (fixture->room); /* before it is in */
  sct_room_enter (fixture);
}

#define FLOOD 1500

static gboolean
on_tick (gpointer data)
{
  (*(guint *) data)++;
  return G_SOURCE_CONTINUE;
}

static void
on_items_changed (guint *n_changes)
{
  (*n_changes)++;
}

/* Fifteen hundred lines at once: the list keeps to its bound, the view changes a few times and not
 * a thousand, and the main loop has time for others. */
static void
test_flood (SctRoom *fixture, gconstpointer data)
{
  guint n_ticks = 0, n_changes = 0;
  sct_room_enter (fixture);
  guint source = g_idle_add (on_tick, &n_ticks);
  g_signal_connect_swapped (sc_chat_room_get_lines (fixture->room),
                            "items-changed",
                            G_CALLBACK (on_items_changed),
                            &n_changes);
  for (guint i = 1; i <= FLOOD; i++) {
    g_autofree char *id = g_strdup_printf ("m%u", i);
    sc_fake_room_say (fixture->server, "ada", id, id);
  }
  ScChatLine *newest = NULL;
  while (!newest || g_strcmp0 (sc_chat_line_get_text (newest), "m1500") != 0) {
    g_main_context_iteration (NULL, TRUE);
    guint n = sct_room_count_lines (fixture);
    g_assert_cmpuint (n, <=, SC_CHAT_LIST_MAX);
    newest = n > 0 ? sct_room_get_line (fixture, n - 1) : NULL;
  }
  g_source_remove (source);
  g_assert_cmpuint (n_changes, <, FLOOD / 2);
  g_assert_cmpuint (n_ticks, >, 10);
  g_assert_cmpuint (sct_room_count_lines (fixture), >=, SC_CHAT_LIST_MAX / 10 * 9);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, test)                                                                            \
  g_test_add ("/room/" name, SctRoom, NULL, sct_room_set_up, test, sct_room_tear_down)
  ADD ("reads", test_reads);
  ADD ("says", test_says);
  ADD ("bounds", test_bounds);
  ADD ("reader-cannot-send", test_reader_cannot_send);
  ADD ("refusals", test_refusals);
  ADD ("sends-again", test_sends_again);
  ADD ("comes-back", test_comes_back);
  ADD ("unconfirmed", test_unconfirmed);
  ADD ("no-echo", test_no_echo);
  ADD ("outbox-is-bounded", test_outbox_is_bounded);
  ADD ("renews", test_renews);
  ADD ("renewal-fails", test_renewal_fails);
  ADD ("token-fails", test_token_fails);
  ADD ("refused", test_refused);
  ADD ("backs-off", test_backs_off);
  ADD ("too-large", test_too_large);
  ADD ("removed", test_removed);
  ADD ("other-person", test_other_person);
  ADD ("changes-person", test_changes_person);
  ADD ("stops", test_stops);
  ADD ("flood", test_flood);
  return g_test_run ();
}
