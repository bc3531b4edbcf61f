/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Each way in which a room is closed to somebody, each code that it can send, and what then becomes
 * of what is typed. */

#include "config.h"

#include "sc-chat-room.h"
#include "sc-fake-api.h"
#include "sct-room.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

/* Whoever is not signed in is in the room, and reads. */
static void
test_signed_out (SctRoom *fixture, gconstpointer data)
{
  g_assert_cmpint (sc_chat_room_get_bar (fixture->room), ==, SC_CHAT_BAR_UNKNOWN);
  fixture->capabilities = SC_CHAT_READ;
  fixture->role = SC_CHAT_GUEST;
  sct_room_enter (fixture);
  g_assert_cmpint (sc_chat_room_get_bar (fixture->room), ==, SC_CHAT_BAR_SIGNED_OUT);
  sc_fake_room_say (fixture->server, "ada", "m1", "hello");
  sct_room_wait_count (fixture, 1);
  sct_room_assert_not_sent (fixture, "hi", SC_CHAT_ERROR_FORBIDDEN);
}

static void
test_denied (SctRoom *fixture, gconstpointer data)
{
  fixture->failure = g_error_new (SC_CHAT_ERROR, SC_CHAT_ERROR_REFUSED, "No room");
  sc_chat_room_start (fixture->room);
  sct_room_wait_state (fixture, SC_CHAT_REFUSED);
  g_assert_cmpint (sc_chat_room_get_bar (fixture->room), ==, SC_CHAT_BAR_OUT);
  sct_room_assert_not_sent (fixture, "hi", SC_CHAT_ERROR_FORBIDDEN);
}

/* The end of a ban is waited for. */
static void
test_banned_at_the_door (SctRoom *fixture, gconstpointer data)
{
  gint64 until = g_get_real_time () + SECOND / 20;
  fixture->failure = sc_chat_error_new_banned ("rude", until);
  sc_chat_room_start (fixture->room);
  sct_room_wait_state (fixture, SC_CHAT_BANNED);
  g_assert_cmpint (sc_chat_room_get_banned_until (fixture->room), ==, until);
  g_assert_cmpstr (sc_chat_room_get_reason (fixture->room), ==, "rude");
  g_assert_cmpint (sc_chat_room_get_bar (fixture->room), ==, SC_CHAT_BAR_BANNED);
  g_clear_error (&fixture->failure);
  sct_room_wait_state (fixture, SC_CHAT_OPEN);
  g_assert_cmpint (g_get_real_time (), >=, until);
  g_assert_cmpuint (fixture->n_asked, ==, 2);
  g_assert_null (sc_chat_room_get_reason (fixture->room));

  fixture->failure = sc_chat_error_new_banned (NULL, 0);
  sc_chat_room_change_person (fixture->room);
  sct_room_wait_state (fixture, SC_CHAT_BANNED);
  g_assert_cmpint (sc_chat_room_get_banned_until (fixture->room), ==, 0);
  g_assert_null (sc_chat_room_get_reason (fixture->room));
  g_clear_error (&fixture->failure);
  sct_room_enter (fixture); /* whoever asks is asked for again */
}

static void
on_due (gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* A server whose clock is behind says "not yet" once more; that is no reason to ask at once. */
static void
test_ban_is_longer_than_our_clock (SctRoom *fixture, gconstpointer data)
{
  ScChatTiming timing = sct_room_timing;
  timing.backoff_base_ms = timing.backoff_cap_ms = 3600 * 1000;
  sct_room_make (fixture, &timing);
  fixture->failure = sc_chat_error_new_banned (NULL, g_get_real_time () - SECOND);
  sc_chat_room_start (fixture->room);
  sct_room_wait_state (fixture, SC_CHAT_BANNED);
  gboolean due = FALSE;
  g_timeout_add_once (30, on_due, &due);
  while (!due)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_asked, ==, 1);
}

static void
disconnect (SctRoom *fixture, const char *reason)
{
  g_autofree char *attributes =
    g_strdup_printf ("{'UserId':'%s','Reason':'%s'}", fixture->user_id, reason);
  sc_fake_room_announce (fixture->server, "aws:DISCONNECT_USER", attributes);
  sc_fake_room_close (fixture->server, 1000);
}

/* The room may tell late of a timeout: when it is over, the API says. */
static void
test_timed_out (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  sc_fake_room_set_silent (fixture->server, TRUE);
  sct_room_say (fixture, "rude");
  gint64 until = g_get_real_time () + 540 * SECOND;
  fixture->failure = sc_chat_error_new_banned ("be nice", until);
  disconnect (fixture, "timeout:600 be nice");
  sct_room_wait_state (fixture, SC_CHAT_BANNED);
  sct_room_wait_asked (fixture, 2);
  while (sc_chat_room_get_banned_until (fixture->room) != until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (sc_chat_room_get_reason (fixture->room), ==, "be nice");
  g_assert_cmpint (sc_chat_line_get_state (sct_room_get_line (fixture, 0)),
                   ==,
                   SC_CHAT_LINE_UNCONFIRMED);
  sct_room_assert_not_sent (fixture, "hi", SC_CHAT_ERROR_FORBIDDEN);
}

/* Without an answer of the API, what the room said counts. */
static void
test_timed_out_unanswered (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  gint64 before = g_get_real_time ();
  fixture->failure = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "?");
  disconnect (fixture, "timeout:600");
  sct_room_wait_asked (fixture, 2);
  sct_room_wait_state (fixture, SC_CHAT_BANNED);
  gint64 until = sc_chat_room_get_banned_until (fixture->room);
  g_assert_cmpint (until, >=, before + 600 * SECOND);
  g_assert_cmpint (until, <=, g_get_real_time () + 600 * SECOND);
}

static void
test_timeout_passes (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  fixture->failure = sc_chat_error_new_banned (NULL, g_get_real_time () + SECOND / 20);
  disconnect (fixture, "timeout:600");
  sct_room_wait_asked (fixture, 2);
  sct_room_wait_state (fixture, SC_CHAT_BANNED);
  g_clear_error (&fixture->failure);
  sct_room_wait_state (fixture, SC_CHAT_OPEN);
  g_assert_cmpuint (fixture->n_asked, ==, 3);
}

static void
test_banned (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  fixture->failure = sc_chat_error_new_banned (NULL, 0);
  disconnect (fixture, "banned");
  sct_room_wait_state (fixture, SC_CHAT_BANNED);
  g_assert_cmpint (sc_chat_room_get_banned_until (fixture->room), ==, 0);
  g_assert_null (sc_chat_room_get_reason (fixture->room));
}

/* Whoever is let back in comes back by themselves; until then they are banned, whatever becomes of
 * the questions. */
static void
test_let_back_in (SctRoom *fixture, gconstpointer data)
{
  ScChatTiming timing = sct_room_timing;
  timing.ban_check_ms = 4;
  sct_room_make (fixture, &timing);
  sct_room_enter (fixture);
  sct_room_say (fixture, "you fool");
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 0), SC_CHAT_LINE_SHOWN);
  fixture->failure = sc_chat_error_new_banned ("rude", 0);
  disconnect (fixture, "banned rude");
  sct_room_wait_asked (fixture, 4);
  g_assert_cmpint (sc_chat_room_get_state (fixture->room), ==, SC_CHAT_BANNED);
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 0);
  g_clear_error (&fixture->failure);
  fixture->failure = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "?");
  sct_room_wait_asked (fixture, 7);
  g_assert_cmpint (sc_chat_room_get_state (fixture->room), ==, SC_CHAT_BANNED);
  g_assert_cmpstr (sc_chat_room_get_reason (fixture->room), ==, "rude");
  g_clear_error (&fixture->failure);
  sct_room_wait_state (fixture, SC_CHAT_OPEN);
  sct_room_say (fixture, "sorry");
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 1), SC_CHAT_LINE_SHOWN);
}

/* Any other reason is somebody's own words. */
static void
test_suspended (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  disconnect (fixture, "suspended");
  sct_room_wait_state (fixture, SC_CHAT_REMOVED);
  g_assert_cmpstr (sc_chat_room_get_reason (fixture->room), ==, "suspended");
  g_assert_cmpint (sc_chat_room_get_bar (fixture->room), ==, SC_CHAT_BAR_OUT);
}

/* Whoever is no moderator any more is disconnected, and welcome as a viewer. */
static void
test_let_go (SctRoom *fixture, gconstpointer data)
{
  fixture->role = SC_CHAT_MODERATOR;
  sct_room_enter (fixture);
  fixture->role = SC_CHAT_VIEWER;
  sc_fake_room_announce (fixture->server, "streamcat:ROLE", "{'UserId':'mia','Role':'viewer'}");
  disconnect (fixture, "role");
  sct_room_wait_opened (fixture, 2);
  sct_room_wait_alone (fixture);
  sct_room_wait_state (fixture, SC_CHAT_OPEN);
  g_assert_cmpint (sc_chat_room_get_role (fixture->room), ==, SC_CHAT_VIEWER);
}

static const gushort close_codes[] = { 1000, 1001, 1008, 1009, 1011, 1012, 1013, 4000, 4999 };

/* However a connection ends, there is another, with another token, and what was typed is sent. */
static void
test_close_codes (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (close_codes); i++) {
    sc_fake_room_close (fixture->server, close_codes[i]);
    sct_room_wait_state (fixture, SC_CHAT_WAITING);
    sct_room_say (fixture, "typed meanwhile");
    sct_room_wait_line (fixture, sct_room_get_line (fixture, i), SC_CHAT_LINE_SHOWN);
    g_assert_cmpuint (fixture->n_asked, ==, i + 2);
  }
  g_assert_cmpuint (sc_fake_room_count_requests (fixture->server), ==, G_N_ELEMENTS (close_codes));
}

static const guint statuses[] = { 400, 401, 403, 404, 429, 500, 503 };

/* However the door is shut, it is tried again, with another token. */
static void
test_handshakes (SctRoom *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    sct_room_make (fixture, &sct_room_timing);
    sc_fake_room_set_status (fixture->server, statuses[i]);
    fixture->n_asked = 0;
    sc_chat_room_start (fixture->room);
    sct_room_wait_asked (fixture, 3);
    sc_fake_room_set_status (fixture->server, 0);
    sct_room_wait_state (fixture, SC_CHAT_OPEN);
  }
}

/* A session that is over takes nothing: the line goes out with the next one, once. */
static void
test_unauthorized (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  sc_fake_room_refuse_next (fixture->server, 401, "expired");
  sct_room_say (fixture, "first");
  sct_room_say (fixture, "second");
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 0), SC_CHAT_LINE_SHOWN);
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 1), SC_CHAT_LINE_SHOWN);
  sct_room_wait_opened (fixture, 2);
  g_assert_cmpuint (sc_fake_room_count_requests (fixture->server), ==, 3);
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 2);
}

static void
test_unauthorized_for_good (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  sc_fake_room_refuse_next (fixture->server, 401, "expired");
  sct_room_say (fixture, "first");
  ScChatLine *line = sct_room_get_line (fixture, 0);
  sct_room_wait_requests (fixture, 1);
  sc_fake_room_refuse_next (fixture->server, 401, "expired");
  sct_room_wait_line (fixture, line, SC_CHAT_LINE_FAILED);
  g_assert_error (sc_chat_line_get_problem (line), SC_CHAT_ERROR, SC_CHAT_ERROR_UNAUTHORIZED);
}

static void
assert_refused (SctRoom *fixture, guint code, const char *reason, ScChatRefusal expected)
{
  guint n = sct_room_count_lines (fixture);
  sc_fake_room_refuse_next (fixture->server, code, reason);
  sct_room_say (fixture, "hi");
  ScChatLine *line = sct_room_get_line (fixture, n);
  sct_room_wait_line (fixture, line, SC_CHAT_LINE_FAILED);
  const ScChatRefusal *refusal = sc_chat_error_get_refusal (sc_chat_line_get_problem (line));
  g_assert_nonnull (refusal);
  g_assert_cmpint (refusal->code, ==, expected.code);
  g_assert_cmpuint (refusal->seconds, ==, expected.seconds);
}

static void
test_review (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  assert_refused (fixture, 406, "held", (ScChatRefusal) { SC_CHAT_REFUSAL_HELD, 0 });
  assert_refused (fixture, 406, "term", (ScChatRefusal) { SC_CHAT_REFUSAL_TERM, 0 });
  assert_refused (fixture, 406, "no.", (ScChatRefusal) { SC_CHAT_REFUSAL_OTHER, 0 });
  g_assert_cmpint (sc_chat_room_get_slow_until (fixture->room), ==, 0);
}

/* Whoever is too fast learns for how long, before typing the next line. */
static void
test_slow (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  assert_refused (fixture, 406, "slow:20", (ScChatRefusal) { SC_CHAT_REFUSAL_SLOW, 20 });
  gint64 left = sc_chat_room_get_slow_until (fixture->room) - g_get_monotonic_time ();
  g_assert_cmpint (left, >, 15 * SECOND);
  g_assert_cmpint (left, <=, 20 * SECOND);
  g_autoptr (GError) error = NULL;
  g_assert_false (sc_chat_room_send (fixture->room, "again", &error));
  g_assert_cmpuint (sc_chat_error_get_refusal (error)->seconds, ==, 20);

  sc_fake_room_announce (fixture->server,
                         "streamcat:MODES",
                         "{'SlowSeconds':'5','FollowersOnly':'0','ReadOnly':'0','EmojiOnly':'0'}");
  while (sc_chat_room_get_modes (fixture->room)->slow_seconds != 5)
    g_main_context_iteration (NULL, TRUE);
  sc_fake_room_announce (fixture->server,
                         "streamcat:MODES",
                         "{'SlowSeconds':'0','FollowersOnly':'0','ReadOnly':'0','EmojiOnly':'0'}");
  while (sc_chat_room_get_slow_until (fixture->room) != 0)
    g_main_context_iteration (NULL, TRUE);
  sct_room_say (fixture, "at once");
}

static void
test_too_fast (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  assert_refused (fixture, 429, "rate", (ScChatRefusal) { SC_CHAT_REFUSAL_SLOW, 1 });
  g_assert_cmpint (sc_chat_room_get_slow_until (fixture->room), >, g_get_monotonic_time ());
  g_assert_error (sc_chat_line_get_problem (sct_room_get_line (fixture, 0)),
                  SC_CHAT_ERROR,
                  SC_CHAT_ERROR_TOO_FAST);
  sct_room_say (fixture, "again"); /* goes out when the second is over */
  ScChatLine *line = sct_room_get_line (fixture, 1);
  g_assert_cmpint (sc_chat_line_get_state (line), ==, SC_CHAT_LINE_WAITING);
  sct_room_wait_line (fixture, line, SC_CHAT_LINE_SHOWN);
}

/* In slow mode each line of ours begins the wait for the next; what was typed while there was no
 * connection goes out one after the other, as the room takes it. */
static void
test_slow_mode (SctRoom *fixture, gconstpointer data)
{
  fixture->modes.slow_seconds = 30;
  sct_room_enter (fixture);
  sc_fake_room_set_status (fixture->server, 503);
  sc_fake_room_cut (fixture->server);
  sct_room_wait_state (fixture, SC_CHAT_WAITING);
  sct_room_say (fixture, "first");
  sct_room_say (fixture, "second");
  sc_fake_room_set_status (fixture->server, 0);
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 0), SC_CHAT_LINE_SHOWN);
  gint64 left = sc_chat_room_get_slow_until (fixture->room) - g_get_monotonic_time ();
  g_assert_cmpint (left, >, 25 * SECOND);
  g_assert_cmpint (sc_chat_line_get_state (sct_room_get_line (fixture, 1)),
                   ==,
                   SC_CHAT_LINE_WAITING);
  sct_room_assert_not_sent (fixture, "third", SC_CHAT_ERROR_REJECTED);
}

static void
test_moderators_are_not_slow (SctRoom *fixture, gconstpointer data)
{
  fixture->modes = (ScChatModes) { .slow_seconds = 30, .read_only = TRUE, .followers_only = TRUE };
  fixture->role = SC_CHAT_MODERATOR;
  sct_room_enter (fixture);
  sct_room_say (fixture, "first");
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 0), SC_CHAT_LINE_SHOWN);
  g_assert_cmpint (sc_chat_room_get_slow_until (fixture->room), ==, 0);
  g_assert_cmpint (sc_chat_line_get_role (sct_room_get_line (fixture, 0)), ==, SC_CHAT_MODERATOR);
}

static void
wait_bar (SctRoom *fixture, ScChatBar bar)
{
  while (sc_chat_room_get_bar (fixture->room) != bar)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_modes (SctRoom *fixture, gboolean read_only, gboolean followers_only)
{
  g_autofree char *attributes = g_strdup_printf ("{'SlowSeconds':'0','FollowersOnly':'%d',"
                                                 "'ReadOnly':'%d','EmojiOnly':'0'}",
                                                 followers_only,
                                                 read_only);
  sc_fake_room_announce (fixture->server, "streamcat:MODES", attributes);
}

/* Who came in while only moderators spoke has a token that cannot; the end of that brings another.
 */
static void
test_read_only (SctRoom *fixture, gconstpointer data)
{
  fixture->modes.read_only = TRUE;
  fixture->capabilities = SC_CHAT_READ;
  sct_room_enter (fixture);
  g_assert_cmpint (sc_chat_room_get_bar (fixture->room), ==, SC_CHAT_BAR_READ_ONLY);
  sct_room_assert_not_sent (fixture, "hi", SC_CHAT_ERROR_REJECTED);
  fixture->modes.read_only = FALSE;
  fixture->capabilities = SC_CHAT_SEND;
  set_modes (fixture, FALSE, FALSE);
  wait_bar (fixture, SC_CHAT_BAR_NONE);
  g_assert_cmpuint (fixture->n_asked, ==, 2);
  set_modes (fixture, TRUE, FALSE);
  wait_bar (fixture, SC_CHAT_BAR_READ_ONLY);
  g_assert_cmpuint (fixture->n_asked, ==, 2);
}

static void
test_followers_only (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  set_modes (fixture, FALSE, TRUE);
  wait_bar (fixture, SC_CHAT_BAR_FOLLOWERS_ONLY);
  sct_room_assert_not_sent (fixture, "hi", SC_CHAT_ERROR_REJECTED);
  fixture->follows = TRUE;
  fixture->modes.followers_only = TRUE;
  sc_chat_room_renew (fixture->room);
  wait_bar (fixture, SC_CHAT_BAR_NONE);
  g_assert_true (sc_chat_room_get_follows (fixture->room));
  g_assert_true (sc_chat_room_get_modes (fixture->room)->followers_only);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, test)                                                                            \
  g_test_add ("/room-states/" name, SctRoom, NULL, sct_room_set_up, test, sct_room_tear_down)
  ADD ("signed-out", test_signed_out);
  ADD ("denied", test_denied);
  ADD ("banned-at-the-door", test_banned_at_the_door);
  ADD ("ban-is-longer-than-our-clock", test_ban_is_longer_than_our_clock);
  ADD ("timed-out", test_timed_out);
  ADD ("timeout-passes", test_timeout_passes);
  ADD ("timed-out-unanswered", test_timed_out_unanswered);
  ADD ("banned", test_banned);
  ADD ("let-back-in", test_let_back_in);
  ADD ("suspended", test_suspended);
  ADD ("let-go", test_let_go);
  ADD ("close-codes", test_close_codes);
  ADD ("handshakes", test_handshakes);
  ADD ("unauthorized", test_unauthorized);
  ADD ("unauthorized-for-good", test_unauthorized_for_good);
  ADD ("review", test_review);
  ADD ("slow", test_slow);
  ADD ("too-fast", test_too_fast);
  ADD ("slow-mode", test_slow_mode);
  ADD ("moderators-are-not-slow", test_moderators_are_not_slow);
  ADD ("read-only", test_read_only);
  ADD ("followers-only", test_followers_only);
  return g_test_run ();
}
