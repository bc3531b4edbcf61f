/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A recording's chat in step with its picture: play, jump, speed, and what fails. */

#include "config.h"

#include "sc-chat-line.h"
#include "sc-chat-list.h"
#include "sc-chat-replay.h"
#include "sc-fake-api.h"
#include "sct-room.h"

typedef struct {
  ScFakeLog *log;
  ScChatReplay *replay;
  guint n_lines;
} Fixture;

/* Two lines a second: line n is at n/2 s, from 0 to 2,999. */
#define N_LINES 3000
#define STEP_MS 500

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->log = sc_fake_log_new ();
  for (guint i = 0; i < N_LINES; i++) {
    g_autofree char *id = g_strdup_printf ("%u", i);
    sc_fake_log_store_at (fixture->log, id, (gint64) i * STEP_MS);
  }
  fixture->replay =
    sc_chat_replay_new (sc_fake_log_ask_replay, fixture->log, NULL, &sct_room_timing);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->replay);
  sc_fake_log_free (fixture->log);
}

static gboolean
is_loaded (gpointer data)
{
  Fixture *fixture = data;
  return !sc_chat_replay_get_loading (fixture->replay);
}

static void
set_position (Fixture *fixture, gint64 position_ms)
{
  sc_chat_replay_set_position (fixture->replay, position_ms);
  sc_test_wait_until (is_loaded, fixture);
}

static guint
get_number (Fixture *fixture, guint position)
{
  g_autoptr (ScChatLine) line =
    g_list_model_get_item (sc_chat_replay_get_lines (fixture->replay), position);
  g_assert_cmpint (sc_chat_line_get_offset (line), >=, 0);
  return (guint) g_ascii_strtoull (sc_chat_line_get_id (line), NULL, 10);
}

/* No gap, no double, and the last one is that of the place. */
static void
assert_in_step (Fixture *fixture, guint last)
{
  guint n = g_list_model_get_n_items (sc_chat_replay_get_lines (fixture->replay));
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <=, SC_CHAT_LIST_MAX);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (get_number (fixture, i), ==, last + 1 - n + i);
}

static void
test_plays (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_LINES; i++) {
    set_position (fixture, (gint64) i * STEP_MS + i % 3);
    assert_in_step (fixture, i);
  }
  set_position (fixture, (gint64) N_LINES * STEP_MS);
  assert_in_step (fixture, N_LINES - 1);
  g_assert_cmpuint (sc_fake_log_count_asked (fixture->log), <, 10);
}

/* Sixteen times as fast, with a word from the player once in 4 s of the recording. */
static void
test_speed (Fixture *fixture, gconstpointer data)
{
  set_position (fixture, 0);
  for (guint i = 8; i < N_LINES; i += 8) {
    set_position (fixture, (gint64) i * STEP_MS);
    assert_in_step (fixture, i);
  }
}

static void
test_jumps (Fixture *fixture, gconstpointer data)
{
  set_position (fixture, 0);
  assert_in_step (fixture, 0);
  set_position (fixture, 1000 * STEP_MS);
  assert_in_step (fixture, 1000);
  g_assert_cmpuint (g_list_model_get_n_items (sc_chat_replay_get_lines (fixture->replay)),
                    ==,
                    SC_CHAT_REPLAY_SHOWN);
  set_position (fixture, 1001 * STEP_MS);
  assert_in_step (fixture, 1001);
  guint n_asked = sc_fake_log_count_asked (fixture->log);
  set_position (fixture, 980 * STEP_MS); /* ten seconds back */
  assert_in_step (fixture, 980);
  set_position (fixture, 1010 * STEP_MS); /* and on */
  assert_in_step (fixture, 1010);
  g_assert_cmpuint (sc_fake_log_count_asked (fixture->log), ==, n_asked);
  set_position (fixture, 200 * STEP_MS);
  assert_in_step (fixture, 200);
  set_position (fixture, 2500 * STEP_MS);
  assert_in_step (fixture, 2500);
  set_position (fixture, 2500 * STEP_MS - 20); /* trembles */
  assert_in_step (fixture, 2500);
  set_position (fixture, 10 * STEP_MS);
  assert_in_step (fixture, 10);
}

/* Whoever drags the slider gets the lines of where it stops. */
static void
test_scrubs (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    sc_chat_replay_set_position (fixture->replay, (i * 7919 % N_LINES) * STEP_MS);
  set_position (fixture, 700 * STEP_MS);
  assert_in_step (fixture, 700);
}

static gboolean
has_no_error (gpointer data)
{
  Fixture *fixture = data;
  return !sc_chat_replay_get_error (fixture->replay);
}

static gboolean
has_error (gpointer data)
{
  return !has_no_error (data);
}

static gboolean
has_gone_on (gpointer data)
{
  Fixture *fixture = data;
  return sc_fake_log_count_asked (fixture->log) >= 2;
}

/* Whoever jumps and stays there is told of no other place: what follows is asked for all the same.
 */
static void
test_stands_still (Fixture *fixture, gconstpointer data)
{
  set_position (fixture, 10 * STEP_MS);
  g_assert_cmpuint (sc_fake_log_count_asked (fixture->log), ==, 1);
  sc_test_wait_until (has_gone_on, fixture);
  assert_in_step (fixture, 10);
}

static void
test_fails (Fixture *fixture, gconstpointer data)
{
  sc_fake_log_fail (fixture->log, 3);
  sc_chat_replay_set_position (fixture->replay, 500 * STEP_MS);
  sc_test_wait_until (has_error, fixture);
  sc_test_wait_until (has_no_error, fixture);
  assert_in_step (fixture, 500);
  sc_fake_log_fail (fixture->log, 2);
  set_position (fixture, 501 * STEP_MS);
  sc_test_wait_until (has_error, fixture);
  sc_test_wait_until (has_no_error, fixture);
  set_position (fixture, 502 * STEP_MS);
  assert_in_step (fixture, 502);
}

static void
test_blocks (Fixture *fixture, gconstpointer data)
{
  const char *const blocked[] = { "ada", NULL };
  set_position (fixture, 50 * STEP_MS);
  sc_chat_replay_set_blocked (fixture->replay, blocked);
  g_assert_cmpuint (g_list_model_get_n_items (sc_chat_replay_get_lines (fixture->replay)), ==, 0);
  set_position (fixture, 900 * STEP_MS);
  g_assert_cmpuint (g_list_model_get_n_items (sc_chat_replay_get_lines (fixture->replay)), ==, 0);
  sc_chat_replay_set_blocked (fixture->replay, NULL);
  assert_in_step (fixture, 900);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, test) g_test_add ("/replay/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("plays", test_plays);
  ADD ("speed", test_speed);
  ADD ("jumps", test_jumps);
  ADD ("scrubs", test_scrubs);
  ADD ("stands-still", test_stands_still);
  ADD ("fails", test_fails);
  ADD ("blocks", test_blocks);
  return g_test_run ();
}
