/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a chat says about itself, as tables; and the colours of names. */

#include "config.h"

#include "sc-chat-error.h"
#include "sc-chat-line-words.h"
#include "sc-chat-news.h"
#include "sc-chat-words.h"
#include "sc-client-error.h"
#include "sc-name-colour.h"

#include <math.h>
#include <stdlib.h>

static void
assert_words (char *words, const char *expected)
{
  g_assert_cmpstr (words, ==, expected);
  g_free (words);
}

static void
test_lines (void)
{
  assert_words (sc_chat_line_words ("mia", "hi", SC_CHAT_LINE_SHOWN), "mia said hi");
  assert_words (sc_chat_line_words (NULL, "hi", SC_CHAT_LINE_SHOWN), "Somebody said hi");
  assert_words (sc_chat_line_words ("mia", "", SC_CHAT_LINE_DELETED), "mia’s message was deleted");
  assert_words (sc_chat_line_text ("hi", SC_CHAT_LINE_SENDING), "hi");
  assert_words (sc_chat_line_text ("", SC_CHAT_LINE_DELETED), "Message deleted");
}

static const struct {
  ScChatLineState state;
  int problem; /* -1 for none */
  const char *reason;
  gboolean again;
  const char *note;
} notes[] = {
  { SC_CHAT_LINE_SHOWN, -1, NULL, FALSE, NULL },
  { SC_CHAT_LINE_SENDING, -1, NULL, FALSE, NULL },
  { SC_CHAT_LINE_WAITING, -1, NULL, FALSE, "Waiting to be sent…" },
  { SC_CHAT_LINE_UNCONFIRMED,
    -1,
    NULL,
    TRUE,
    "The chat did not confirm this message. Others may not see it." },
  { SC_CHAT_LINE_FAILED, SC_CHAT_ERROR_REJECTED, "No links", FALSE, "Not sent: No links" },
  { SC_CHAT_LINE_FAILED,
    SC_CHAT_ERROR_REJECTED,
    "",
    FALSE,
    "Not sent: the rules of this chat do not allow it." },
  { SC_CHAT_LINE_FAILED,
    SC_CHAT_ERROR_TOO_FAST,
    "rate limit exceeded",
    TRUE,
    "Not sent: too many messages at once. Wait a moment." },
  { SC_CHAT_LINE_FAILED,
    SC_CHAT_ERROR_TOO_LONG,
    "x",
    FALSE,
    "Not sent: this message is too long." },
};

static void
test_notes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++) {
    g_autoptr (GError) problem =
      notes[i].problem < 0 ? NULL
                           : g_error_new_literal (SC_CHAT_ERROR, notes[i].problem, notes[i].reason);
    assert_words (sc_chat_line_note (notes[i].state, problem), notes[i].note);
    g_assert_cmpint (sc_chat_line_may_be_sent_again (notes[i].state, problem), ==, notes[i].again);
  }
}

/* Every problem of a line has words of its own, but for those that no line has. */
static void
test_every_problem (void)
{
  for (int code = SC_CHAT_ERROR_REFUSED; code <= SC_CHAT_ERROR_SERVICE; code++) {
    g_autoptr (GError) problem = g_error_new_literal (SC_CHAT_ERROR, code, "");
    g_autofree char *note = sc_chat_line_note (SC_CHAT_LINE_FAILED, problem);
    g_assert_true (g_str_has_prefix (note, "Not sent: "));
  }
}

static void
test_counter (void)
{
  assert_words (sc_chat_counter_words (0), NULL);
  assert_words (sc_chat_counter_words (449), NULL);
  assert_words (sc_chat_counter_words (450), "50");
  assert_words (sc_chat_counter_words (500), "0");
  assert_words (sc_chat_counter_words (503), "−3");
  assert_words (sc_chat_text_problem (500), NULL);
  assert_words (sc_chat_text_problem (501),
                "1 character too many. A message has at most 500 characters.");
  assert_words (sc_chat_text_problem (1500),
                "1000 characters too many. A message has at most 500 characters.");
  assert_words (sc_chat_news_words (1), "1 New Message");
  assert_words (sc_chat_news_words (12), "12 New Messages");
}

static void
test_times (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (3600);
  const gint64 second = G_USEC_PER_SEC;
  const gint64 said = G_GINT64_CONSTANT (1672929212) * second; /* 2023-01-05 14:33:32 UTC */
  assert_words (sc_chat_time_words (said, said + 60 * second, zone), "15:33");
  assert_words (sc_chat_time_words (said, said + 48 * 3600 * second, zone), "5 Jan 15:33");
}

static void
test_banners (void)
{
  g_autoptr (GError) preparing =
    g_error_new_literal (SC_CLIENT_ERROR, SC_CLIENT_ERROR_CHANNEL_NOT_READY, "");
  g_assert_cmpstr (sc_chat_empty_page (SC_CHAT_OPEN), ==, "empty");
  g_assert_cmpstr (sc_chat_empty_page (SC_CHAT_WAITING), ==, "connecting");
  g_assert_cmpstr (sc_chat_empty_page (SC_CHAT_REFUSED), ==, "away");
  g_assert_cmpint (sc_chat_banner_choose (SC_CHAT_OPEN), ==, SC_CHAT_BANNER_NONE);
  g_assert_cmpint (sc_chat_banner_choose (SC_CHAT_CONNECTING), ==, SC_CHAT_BANNER_STAYS);
  g_assert_cmpint (sc_chat_banner_choose (SC_CHAT_WAITING), ==, SC_CHAT_BANNER_SHOWN);
  assert_words (sc_chat_banner_words (SC_CHAT_WAITING, NULL, NULL, NULL),
                "The chat is not connected. Trying again…");
  assert_words (sc_chat_banner_words (SC_CHAT_WAITING, preparing, NULL, NULL),
                "The chat is being prepared…");
  assert_words (sc_chat_banner_words (SC_CHAT_REMOVED, NULL, NULL, NULL),
                "You were removed from this chat.");
  assert_words (sc_chat_banner_words (SC_CHAT_REMOVED, NULL, "rude", NULL),
                "You were removed from this chat: rude");
  assert_words (sc_chat_banner_words (SC_CHAT_REFUSED, NULL, NULL, NULL),
                "This chat cannot be joined.");
}

static void
test_bars (void)
{
  assert_words (sc_chat_banner_words (SC_CHAT_BANNED, NULL, NULL, NULL),
                "You are banned from this chat.");
  assert_words (sc_chat_banner_words (SC_CHAT_BANNED, NULL, "rude", "14:30"),
                "You are timed out until 14:30. The moderators say: rude");
  assert_words (sc_chat_banner_words (SC_CHAT_BANNED, NULL, "", "14:30"),
                "You are timed out until 14:30.");
  assert_words (sc_chat_bar_words (SC_CHAT_BAR_READ_ONLY),
                "Only the streamer and moderators may write at the moment.");
  assert_words (sc_chat_bar_words (SC_CHAT_BAR_FOLLOWERS_ONLY),
                "Only followers of this channel may write at the moment.");
  assert_words (sc_chat_bar_words (SC_CHAT_BAR_NOT_ALLOWED), "You may not write in this chat.");
  g_assert_null (sc_chat_bar_words (SC_CHAT_BAR_NONE));
  g_assert_null (sc_chat_bar_words (SC_CHAT_BAR_UNKNOWN));
  g_assert_null (sc_chat_bar_words (SC_CHAT_BAR_SIGNED_OUT));
  g_assert_null (sc_chat_bar_words (SC_CHAT_BAR_OUT));
  g_assert_null (sc_chat_bar_words (SC_CHAT_BAR_BANNED));
  assert_words (sc_chat_wait_words (7), "You can write again in 7 s");
  assert_words (sc_chat_wait_words (0), "You can write again in 1 s");
}

/* Each reason of the review has words of its own, and only what may pass later is sent again. */
static void
test_refusals (void)
{
  static const gboolean again[SC_CHAT_REFUSAL_UNAVAILABLE + 1] = {
    [SC_CHAT_REFUSAL_SLOW] = TRUE,
    [SC_CHAT_REFUSAL_FOLLOWERS_ONLY] = TRUE,
    [SC_CHAT_REFUSAL_READ_ONLY] = TRUE,
    [SC_CHAT_REFUSAL_UNAVAILABLE] = TRUE,
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint code = SC_CHAT_REFUSAL_EMPTY; code <= SC_CHAT_REFUSAL_UNAVAILABLE; code++) {
    g_autoptr (GError) problem = sc_chat_error_new_refused (code, 7);
    char *words = sc_chat_line_note (SC_CHAT_LINE_FAILED, problem);
    gboolean held = code == SC_CHAT_REFUSAL_HELD;
    g_assert_true (g_str_has_prefix (words, held ? "Held for review" : "Not sent: "));
    g_assert_true (g_hash_table_add (seen, words));
    g_assert_true (sc_chat_error_is_held (problem) == held);
    g_assert_true (sc_chat_line_may_be_sent_again (SC_CHAT_LINE_FAILED, problem) == again[code]);
  }
  g_autoptr (GError) slow = sc_chat_error_new_refused (SC_CHAT_REFUSAL_SLOW, 7);
  assert_words (sc_chat_refusal_words (slow), "You can write again in 7 s");
  g_assert_false (sc_chat_error_is_held (NULL));
}

static void
test_badges (void)
{
  g_assert_cmpstr (sc_chat_badge_words (SC_CHAT_STREAMER), ==, "Streamer");
  g_assert_cmpstr (sc_chat_badge_words (SC_CHAT_MODERATOR), ==, "Moderator");
  g_assert_null (sc_chat_badge_icon (SC_CHAT_VIEWER));
  g_assert_null (sc_chat_badge_icon (SC_CHAT_GUEST));
}

/* WCAG 2.2, relative luminance of "#rrggbb". */
static double
luminance (const char *colour)
{
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  gulong value = strtoul (colour + 1, NULL, 16);
  double sum = 0;
  for (guint i = 0; i < 3; i++) {
    double part = (double) (value >> (16 - 8 * i) & 0xff) / 255;
    sum += weights[i] * (part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4));
  }
  return sum;
}

static double
contrast (const char *one, const char *other)
{
  double a = luminance (one), b = luminance (other);
  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

/* A view of libadwaita 1.7, and our own lines' tint of its blue over it: 9 % of #3584e4. */
static void
test_colours (void)
{
  static const char *const light[] = { "#ffffff", "#edf4fd" };
  static const char *const dark[] = { "#1d1d20", "#1f2632" };
  for (guint i = 0; i < SC_NAME_COLOURS; i++)
    for (guint j = 0; j < G_N_ELEMENTS (light); j++) {
      g_assert_cmpfloat (contrast (sc_name_colour_at (i, FALSE), light[j]), >=, 4.5);
      g_assert_cmpfloat (contrast (sc_name_colour_at (i, TRUE), dark[j]), >=, 4.5);
    }
  g_assert_cmpstr (sc_name_colour ("u-1", TRUE), ==, sc_name_colour ("u-1", TRUE));
  g_assert_nonnull (sc_name_colour (NULL, FALSE));
}

/* Whoever is many is still told apart: a hundred people use every colour. */
static void
test_colours_spread (void)
{
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < 100; i++) {
    g_autofree char *user_id = g_strdup_printf ("user-%u", i);
    g_hash_table_add (used, (gpointer) sc_name_colour (user_id, FALSE));
  }
  g_assert_cmpuint (g_hash_table_size (used), ==, SC_NAME_COLOURS);
}

static void
add_line (GListStore *lines, gboolean stored, gboolean own)
{
  const ScChatRecord record = { .id = (char *) "l",
                                .user_id = (char *) "u",
                                .text = (char *) "hi",
                                .offset_ms = -1 };
  const ScChatPush message = { .id = (char *) "l", .user_id = (char *) "u", .text = (char *) "hi" };
  g_autoptr (ScChatLine) line =
    stored ? sc_chat_line_new_stored (&record, own) : sc_chat_line_new (&message, own);
  g_list_store_append (lines, line);
}

/* What fills a chat when one comes is no news, and what others say then is. */
static void
test_news (void)
{
  g_autoptr (GListStore) lines = g_list_store_new (SC_TYPE_CHAT_LINE);
  for (guint i = 0; i < 100; i++)
    add_line (lines, TRUE, FALSE);
  g_assert_cmpuint (sc_chat_news_count (G_LIST_MODEL (lines), 0, 100), ==, 0);
  g_assert_cmpuint (sc_chat_news_count (G_LIST_MODEL (lines), 0, 50), ==, 0);
  add_line (lines, FALSE, FALSE);
  add_line (lines, FALSE, TRUE);
  add_line (lines, TRUE, FALSE);
  g_assert_cmpuint (sc_chat_news_count (G_LIST_MODEL (lines), 100, 3), ==, 2);

  g_list_store_remove_all (lines);
  add_line (lines, FALSE, FALSE);
  add_line (lines, FALSE, FALSE);
  g_assert_cmpuint (sc_chat_news_count (G_LIST_MODEL (lines), 0, 2), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chat-words/lines", test_lines);
  g_test_add_func ("/chat-words/notes", test_notes);
  g_test_add_func ("/chat-words/every-problem", test_every_problem);
  g_test_add_func ("/chat-words/counter", test_counter);
  g_test_add_func ("/chat-words/times", test_times);
  g_test_add_func ("/chat-words/banners", test_banners);
  g_test_add_func ("/chat-words/bars", test_bars);
  g_test_add_func ("/chat-words/refusals", test_refusals);
  g_test_add_func ("/chat-words/badges", test_badges);
  g_test_add_func ("/chat-words/colours", test_colours);
  g_test_add_func ("/chat-words/colours-spread", test_colours_spread);
  g_test_add_func ("/chat-words/news", test_news);
  return g_test_run ();
}
