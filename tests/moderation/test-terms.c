/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Terms in lines, however they are written, and harmless words that have one in them. The terms are
 * made up, so that a test can be read by everybody: "blorg" is bad, and so is "grunzel". */

#include "config.h"

#include "sc-term-list.h"

#include <string.h>

static const char terms[] = "# a comment\n"
                            "\n"
                            "blorg\n"
                            "blorging\n"
                            "*zwack*\n"
                            "snoff*\n"
                            "*klonk\n"
                            "kess\n"
                            "mir\n"
                            "grünzel\n"
                            "go away now\n"
                            "1488\n"
                            "блоргъ\n"
                            "!zwackerton\n"
                            "!snoffel*\n"
                            "!mir space station\n"
                            "~or\n"
                            "~bl\n"
                            "~org\n";

static char *
find (const char *line, guint *ret_count)
{
  g_autoptr (ScTermList) list = sc_term_list_new_from_text (terms);
  g_autoptr (ScSkeleton) skeleton = sc_skeleton_new (line);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (ScSpan));
  gboolean found = sc_term_list_find (list, skeleton, spans);
  g_assert_true (found == (spans->len > 0));
  *ret_count = spans->len;
  if (!found)
    return NULL;
  const ScSpan *span = &g_array_index (spans, ScSpan, 0);
  g_assert_cmpuint (span->end, <=, g_utf8_strlen (line, -1));
  return g_utf8_substring (line, span->begin, span->end);
}

/* Each line has the term, and what is found of it is just the term. */
static void
test_found (void)
{
  static const char *const rows[][2] = {
    { "you blorg", "blorg" },
    { "BLORG", "BLORG" },
    { "bLoRg!", "bLoRg" },
    { "(blorg)", "blorg" },
    { "blorg123", "blorg" },
    { "what_a_blorg", "blorg" },
    { "youBlorgYou", "Blorg" },
    /* accents, marks, what cannot be seen */
    { "bl\u00f6rg", "bl\u00f6rg" },
    { "blo\u0308\u0301rg", "blo\u0308\u0301rg" },
    { "bl\u200borg", "bl\u200borg" },
    { "b\u00adl\u2060o\ufeffrg", "b\u00adl\u2060o\ufeffrg" },
    { "bl'org", "bl'org" },
    /* letters of other styles and scripts */
    { "\uff42\uff4c\uff4f\uff52\uff47", "\uff42\uff4c\uff4f\uff52\uff47" },
    { "\U0001d41b\U0001d425\U0001d428\U0001d42b\U0001d420",
      "\U0001d41b\U0001d425\U0001d428\U0001d42b\U0001d420" },
    { "\u24d1\u24db\u24de\u24e1\u24d6", "\u24d1\u24db\u24de\u24e1\u24d6" },
    { "bl\u043erg", "bl\u043erg" },
    { "\u0412L\u041eRG", "\u0412L\u041eRG" },
    { "bl\u03bfrg", "bl\u03bfrg" },
    { "\u0299\u029f\u1d0f\u0280\u0262", "\u0299\u029f\u1d0f\u0280\u0262" },
    { "\U0001f171\U0001f17b\U0001f17e\U0001f181\U0001f176",
      "\U0001f171\U0001f17b\U0001f17e\U0001f181\U0001f176" },
    /* digits and signs */
    { "bl0rg", "bl0rg" },
    { "8l0rg", "8l0rg" },
    { "b1org", "b1org" },
    { "b!org", "b!org" },
    { "k3$$", "k3$$" },
    { "zw@ck", "zw@ck" },
    { "bl*rg", "bl*rg" },
    { "b**rg", "b**rg" },
    { "bl.rg", "bl.rg" },
    { "bl#rg", "bl#rg" },
    { "1488", "1488" },
    /* stretched */
    { "blooooorg", "blooooorg" },
    { "bbbllloooorrrggg", "bbbllloooorrrggg" },
    { "bl0oOo0rg", "bl0oOo0rg" },
    { "kesssss", "kesssss" },
    /* in pieces */
    { "b l o r g", "b l o r g" },
    { "b  l  o  r  g", "b  l  o  r  g" },
    { "b.l.o.r.g", "b.l.o.r.g" },
    { "b-l-o-r-g", "b-l-o-r-g" },
    { "b_l_o_r_g you", "b_l_o_r_g" },
    { "bl-org", NULL },
    { "blo-rg", "blo-rg" },
    { "blo rg", "blo rg" },
    { "b lorg", "b lorg" },
    { "blor g", "blor g" },
    { "b l o r g i n g", "b l o r g" },
    { "b l oo o r g", "b l oo o r g" },
    /* within words, where the list says so */
    { "megazwackig", "zwack" },
    { "snoffing", "snoff" },
    { "megaklonk", "klonk" },
    /* umlauts */
    { "gr\u00fcnzel", "gr\u00fcnzel" },
    { "grunzel", "grunzel" },
    { "gruenzel", "gruenzel" },
    { "GRU\u0308NZEL", "GRU\u0308NZEL" },
    /* several words */
    { "just go away now please", "go away now" },
    { "goawaynow", "goawaynow" },
    { "GO, AWAY... now", "GO, AWAY... now" },
    { "g o away now", NULL },
    { "a w mir b", "mir" },
    { "Это блоргъ", "блоргъ" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint found;
    g_autofree char *text = find (rows[i][0], &found);
    g_test_message ("%s", rows[i][0]);
    g_assert_cmpstr (text, ==, rows[i][1]);
  }
}

static void
test_harmless (void)
{
  static const char *const lines[] = {
    "",
    "hello",
    "blor",
    "lorg",
    "ablorg",
    "blorgs",
    "bluorg",
    "bl org", /* two common words */
    "kes",    /* one s */
    "zwac",
    "Zwackerton",
    "zwackerton fc",
    "snoffelig",
    "klonkig",
    "the Mir space station",
    "55 3 k 3",
    "k355", /* too little of it is letters */
    "b.lorgan",
    "*b*",
    "b****",
    "sub lorgan",
    "may be lorg-like",
    "14:88",
    "go away",
    "мир", /* Russian, though it looks like something else */
    "это мир и труд",
    "blürg",
  };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    guint found;
    g_autofree char *text = find (lines[i], &found);
    g_test_message ("%s", lines[i]);
    g_assert_cmpstr (text, ==, NULL);
  }
}

static void
test_all_of_them (void)
{
  guint found;
  g_autofree char *text = find ("blorg, b l o r g and kess", &found);
  g_assert_cmpuint (found, ==, 3);
  g_assert_cmpstr (text, ==, "blorg");
}

/* What is no term is left out, and no list grows without bound. */
static void
test_bounds (void)
{
  g_autoptr (ScTermList) list = sc_term_list_new ();
  g_autofree char *longer = g_strnfill (SC_TERM_MAX + 1, 'x');
  static const char *const none[] = { "", " ", "x", "*", "**", "!", "~", "# x", "\u200b", "*x*" };
  sc_term_list_add (list, longer);
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    sc_term_list_add (list, none[i]);
  g_assert_cmpuint (sc_term_list_get_length (list), ==, 0);

  for (guint i = 0; i < 20000; i++) {
    g_autofree char *term = g_strdup_printf ("%u term %u", i * 7919, i);
    sc_term_list_add (list, term);
  }
  g_autoptr (ScSkeleton) skeleton = sc_skeleton_new ("7919 term 1");
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (ScSpan));
  g_assert_true (sc_term_list_find (list, skeleton, spans));
  g_assert_cmpuint (sc_term_list_get_length (list), >, 3000);
  g_assert_cmpuint (sc_term_list_get_length (list), <, 20000);
}

/* Terms that share beginnings, against lines that are made of them: the search stays linear. */
static void
test_hostile (void)
{
  static const char *const units[] = { "1l", "1", "a", "a ", "a.", "*", "1!l|", "s$5" };
  g_autoptr (ScTermList) list = sc_term_list_new ();
  for (guint i = 0; i < 2000; i++) {
    GString *term = g_string_new (NULL);
    for (guint bit = 0; bit < 12; bit++)
      g_string_append_c (term, (i >> bit) & 1 ? "lis"[(i + bit) % 3] : 'a');
    sc_term_list_add (list, term->str);
    g_string_free (term, TRUE);
  }
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autoptr (GString) line = g_string_new (NULL);
    while (g_utf8_strlen (line->str, -1) < 500)
      g_string_append (line, units[i]);
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (ScSpan));
    gint64 start = g_get_monotonic_time ();
    g_autoptr (ScSkeleton) skeleton = sc_skeleton_new (line->str);
    sc_term_list_find (list, skeleton, spans);
    g_test_message ("500 code points of \"%s\": %.3f ms",
                    units[i],
                    (g_get_monotonic_time () - start) / 1000.0);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moderation/terms/found", test_found);
  g_test_add_func ("/moderation/terms/harmless", test_harmless);
  g_test_add_func ("/moderation/terms/all-of-them", test_all_of_them);
  g_test_add_func ("/moderation/terms/bounds", test_bounds);
  g_test_add_func ("/moderation/terms/hostile", test_hostile);
  return g_test_run ();
}
