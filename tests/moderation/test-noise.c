/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Lines that shout others down, and lines that are only glad. */

#include "config.h"

#include "sc-noise.h"

#include <string.h>

static char *
repeat (const char *unit, guint times)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < times; i++)
    g_string_append (text, unit);
  return g_string_free (text, FALSE);
}

static void
test_repeats (void)
{
  static const struct {
    const char *unit;
    guint fine;
    guint too_much;
  } rows[] = {
    { "a", 14, 15 },
    { "!", 14, 15 },
    { "\U0001f431", 10, 11 },
    { "\U0001f1e9\U0001f1ea", 10, 11 },
    { "\U0001f468\u200d\U0001f469\u200d\U0001f467 ", 5, 11 },
    { "\u2588\u2591", 6, 7 },
    { "ha", 19, 20 },
    { "la la ", 2, 3 },
    { "Kappa ", 5, 6 },
    { "one two ", 3, 4 },
    { "one two three four ", 3, 4 },
    { "e\u0301", 30, 0 },
    { "o\u0302\u0301", 30, 0 }, /* Vietnamese, taken apart */
    { "a\u0300\u0301\u0302", 0, 1 },
    { "\u0e19\u0e49\u0e33 ", 5, 0 }, /* Thai */
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *fine = repeat (rows[i].unit, rows[i].fine);
    g_autofree char *too_much = repeat (rows[i].unit, rows[i].too_much);
    g_test_message ("%s", rows[i].unit);
    if (rows[i].fine && strcmp (rows[i].unit, "e\u0301") != 0 &&
        strcmp (rows[i].unit, "o\u0302\u0301") != 0)
      g_assert_false (sc_noise_find_repeats (fine, NULL));
    if (rows[i].too_much)
      g_assert_true (sc_noise_find_repeats (too_much, NULL));
  }
}

static void
test_joy (void)
{
  static const char *const lines[] = {
    "nooooooooo!!!",
    "yes yes yes yes",
    "hahahahahahahahaha",
    "gg wp, gg all",
    "that that that is, is",
    "Ha\u0300 No\u0323\u0302i",
    "\U0001f1e9\U0001f1ea vs \U0001f1eb\U0001f1f7",
    "==> so it goes",
    "1000000000",
  };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_test_message ("%s", lines[i]);
    g_assert_false (sc_noise_find_repeats (lines[i], NULL));
  }
}

/* What stays of a line where the rest is cut is no noise any more. */
static void
test_excess (void)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (ScSpan));
  g_assert_true (sc_noise_find_repeats ("so nooooooooooooooooooooo", spans));
  g_assert_cmpuint (spans->len, ==, 1);
  g_assert_cmpuint (g_array_index (spans, ScSpan, 0).begin, ==, 7);
  g_assert_cmpuint (g_array_index (spans, ScSpan, 0).end, ==, 25);
}

static void
test_capitals (void)
{
  static const char *const loud[] = {
    "STOP SHOUTING AT ME",
    "WHY IS NOBODY READING THIS",
    "\u00c4RGERE MICH NICHT \u00dcBER DAS",
    "\u0427\u0422\u041e \u042d\u0422\u041e \u0422\u0410\u041a\u041e\u0415 \u0422\u0410\u041c",
  };
  static const char *const quiet[] = {
    "",
    "GG WP",
    "OMG YES",
    "NASA and ESA and the BBC say so",
    "I AM",
    "!!!!!!!!!",
    "\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e",
    "Hello World, This Is Me",
    "12345678",
  };
  for (guint i = 0; i < G_N_ELEMENTS (loud); i++)
    g_assert_true (sc_noise_has_capitals (loud[i]));
  for (guint i = 0; i < G_N_ELEMENTS (quiet); i++)
    g_assert_false (sc_noise_has_capitals (quiet[i]));
}

static void
test_emoji (void)
{
  static const char *const emoji[] = {
    "\U0001f431",
    "\U0001f431 \U0001f44d\U0001f3fd",
    "\u2764\ufe0f",
    "1\ufe0f\u20e3",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1e9\U0001f1ea",
    "\u26bd",
  };
  static const char *const others[] = { "",   " ",      "a", "\U0001f431 a",   "1",
                                        ":)", "\u200d", "!", "h\ufe0fi\ufe0f", "\u043d\ufe0f" };
  for (guint i = 0; i < G_N_ELEMENTS (emoji); i++)
    g_assert_true (sc_noise_is_emoji (emoji[i]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (sc_noise_is_emoji (others[i]));
}

static void
test_keys (void)
{
  static const char *const same[][2] = {
    { "hello there", "HELLO, theeeere!!!" },
    { "buy now", "buy  now." },
    { "\U0001f431", "\U0001f431 \U0001f431" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (same); i++) {
    g_autofree char *one = sc_noise_make_key (same[i][0]);
    g_autofree char *other = sc_noise_make_key (same[i][1]);
    g_assert_cmpstr (one, ==, other);
  }
  g_autofree char *one = sc_noise_make_key ("!!");
  g_autofree char *other = sc_noise_make_key ("??");
  g_assert_cmpstr (one, !=, other);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moderation/noise/repeats", test_repeats);
  g_test_add_func ("/moderation/noise/joy", test_joy);
  g_test_add_func ("/moderation/noise/excess", test_excess);
  g_test_add_func ("/moderation/noise/capitals", test_capitals);
  g_test_add_func ("/moderation/noise/emoji", test_emoji);
  g_test_add_func ("/moderation/noise/keys", test_keys);
  return g_test_run ();
}
