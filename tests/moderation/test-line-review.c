/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which lines of chat others may read, and how they read them. */

#include "config.h"

#include "sc-line-review.h"

static char *
repeat (const char *text, guint times)
{
  GString *string = g_string_new (NULL);
  for (guint i = 0; i < times; i++)
    g_string_append (string, text);
  return g_string_free (string, FALSE);
}

static void
test_allowed (void)
{
  static const char *const rows[][2] = {
    { "hello", "hello" },
    { "  hello there \u00a0", "hello there" },
    { "\u200bhi\ufeff", "hi" },
    { "x", "x" },
    { "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467" },
    { "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
      "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645" },
    { "\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd" },
    { "<b>\"&\\u0000</b>", "<b>\"&\\u0000</b>" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *clean = NULL;
    g_assert_cmpint (sc_line_review (rows[i][0], &clean), ==, SC_LINE_ALLOWED);
    g_assert_cmpstr (clean, ==, rows[i][1]);
  }
  g_assert_null (sc_line_verdict_get_reason (SC_LINE_ALLOWED));
}

static void
test_denied (void)
{
  static const struct {
    const char *line;
    ScLineVerdict verdict;
  } rows[] = {
    { "", SC_LINE_EMPTY },
    { "  \u3000\u00a0", SC_LINE_EMPTY },
    { "\u200b", SC_LINE_EMPTY },
    { "a\nb", SC_LINE_CHARACTER },
    { "a\n", SC_LINE_CHARACTER },
    { "\tb", SC_LINE_CHARACTER },
    { "\x1b[31m", SC_LINE_CHARACTER },
    { "\x7f", SC_LINE_CHARACTER },
    { "a\xc2\x85", SC_LINE_CHARACTER },
    { "a\u2028b", SC_LINE_CHARACTER },
    { "a\u202eb", SC_LINE_CHARACTER },
    { "a\u2066b", SC_LINE_CHARACTER },
    { "a\xef\xbf\xbe", SC_LINE_CHARACTER },
    { "a\xff", SC_LINE_CHARACTER },
    { "a\xc0\x80", SC_LINE_CHARACTER },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    char *clean = NULL;
    g_test_message ("%u", i);
    g_assert_cmpint (sc_line_review (rows[i].line, &clean), ==, rows[i].verdict);
    g_assert_null (clean);
    g_assert_nonnull (sc_line_verdict_get_reason (rows[i].verdict));
  }
}

/* Lengths are of code points, whatever bytes they take, and of what others get to read. */
static void
test_length (void)
{
  static const char *const characters[] = { "a", "\u00e9", "\u4e2d", "\U0001f600" };
  for (guint i = 0; i < G_N_ELEMENTS (characters); i++) {
    g_autofree char *longest = repeat (characters[i], SC_LINE_MAX);
    g_autofree char *longer = repeat (characters[i], SC_LINE_MAX + 1);
    g_autofree char *padded = g_strconcat (" ", longest, " ", NULL);
    g_autofree char *clean = NULL;
    g_autofree char *trimmed = NULL;
    g_assert_cmpint (sc_line_review (longest, &clean), ==, SC_LINE_ALLOWED);
    g_assert_cmpint (sc_line_review (padded, &trimmed), ==, SC_LINE_ALLOWED);
    g_assert_cmpstr (clean, ==, longest);
    g_assert_cmpstr (trimmed, ==, longest);
    g_assert_cmpint (sc_line_review (longer, NULL), ==, SC_LINE_TOO_LONG);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moderation/line-review/allowed", test_allowed);
  g_test_add_func ("/moderation/line-review/denied", test_denied);
  g_test_add_func ("/moderation/line-review/length", test_length);
  return g_test_run ();
}
