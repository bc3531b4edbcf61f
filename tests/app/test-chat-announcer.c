/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a screen reader hears of a chat: a line that comes alone as it is, and of many one number.
 */

#include "config.h"

#include "sc-chat-announcer.h"
#include "sc-chat-line.h"
#include "sct-wait.h"

/* Longer than a test takes to say all its lines, and shorter than anybody waits. */
#define PAUSE_MS 200
#define GIVE_UP_SECONDS 30

typedef struct {
  ScChatAnnouncer *announcer;
  GListStore *lines;
  GPtrArray *heard;
} Fixture;

static void
on_announce (const char *words, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (words));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->lines = g_list_store_new (SC_TYPE_CHAT_LINE);
  fixture->heard = g_ptr_array_new_with_free_func (g_free);
  fixture->announcer = sc_chat_announcer_new (on_announce, fixture->heard, PAUSE_MS);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->announcer, sc_chat_announcer_free);
  g_object_unref (fixture->lines);
  g_ptr_array_unref (fixture->heard);
}

static void
say (Fixture *fixture, const char *text)
{
  g_autoptr (ScChatLine) line = sc_chat_line_new_own ("u-bob", "bob", SC_CHAT_VIEWER, text);
  sc_chat_line_set_state (line, SC_CHAT_LINE_SHOWN);
  g_list_store_append (fixture->lines, line);
  sc_chat_announcer_tell (fixture->announcer, G_LIST_MODEL (fixture->lines), 1);
}

static void
say_many (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    say (fixture, "lol");
}

static void
assert_heard (Fixture *fixture, guint n, const char *newest)
{
  g_assert_cmpuint (fixture->heard->len, ==, n);
  g_assert_cmpstr (g_ptr_array_index (fixture->heard, n - 1), ==, newest);
}

static void
test_alone (Fixture *fixture, gconstpointer data)
{
  say (fixture, "hello");
  assert_heard (fixture, 1, "bob said hello");
}

/* Within the pause nothing is said; after it, once what came in it. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  say (fixture, "hello");
  say_many (fixture, 20);
  assert_heard (fixture, 1, "bob said hello");
  sct_wait_for (GIVE_UP_SECONDS, fixture->heard->len > 1);
  assert_heard (fixture, 2, "20 New Messages");

  /* What was told is not told again, and the pause begins anew. */
  say (fixture, "who won?");
  assert_heard (fixture, 2, "20 New Messages");
  sct_wait_for (GIVE_UP_SECONDS, fixture->heard->len > 2);
  assert_heard (fixture, 3, "bob said who won?");
}

/* A batch that comes as one. */
static void
test_batch (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++) {
    g_autoptr (ScChatLine) line = sc_chat_line_new_own ("u-bob", "bob", SC_CHAT_VIEWER, "lol");
    g_list_store_append (fixture->lines, line);
  }
  sc_chat_announcer_tell (fixture->announcer, G_LIST_MODEL (fixture->lines), 20);
  assert_heard (fixture, 1, "20 New Messages");
}

static gboolean
on_over (gpointer user_data)
{
  gboolean *is_over = user_data;
  *is_over = TRUE;
  return G_SOURCE_REMOVE;
}

/* After a pause in which nobody said anything the next line is told at once. */
static void
test_after_silence (Fixture *fixture, gconstpointer data)
{
  gboolean is_over = FALSE;
  say (fixture, "hello");
  g_timeout_add_full (G_PRIORITY_LOW, PAUSE_MS + 1, on_over, &is_over, NULL);
  sct_wait_for (GIVE_UP_SECONDS, is_over);
  assert_heard (fixture, 1, "bob said hello");
  say (fixture, "anybody?");
  assert_heard (fixture, 2, "bob said anybody?");
}

/* What is not told when the view goes is never told. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  gboolean is_over = FALSE;
  say_many (fixture, 2);
  g_clear_pointer (&fixture->announcer, sc_chat_announcer_free);
  g_timeout_add_full (G_PRIORITY_LOW, PAUSE_MS + 1, on_over, &is_over, NULL);
  sct_wait_for (GIVE_UP_SECONDS, is_over);
  assert_heard (fixture, 1, "bob said lol");
}

#define add(name, test) g_test_add ("/chat-announcer/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("alone", test_alone);
  add ("many", test_many);
  add ("batch", test_batch);
  add ("after-silence", test_after_silence);
  add ("gone", test_gone);
  return g_test_run ();
}
