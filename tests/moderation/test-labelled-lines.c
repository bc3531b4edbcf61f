/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The review against lines that somebody labelled who did not know the rules: clean ones that look
 * bad, and bad ones that look clean. Both kinds of mistakes are printed, by category. A line that
 * is masked counts as stopped. Every second line was never looked at while the rules were written:
 * the figures for those say what to expect of lines that nobody has seen. */

#include "config.h"

#include "sc-line-review.h"
#include "sc-room-review.h"

#include <string.h>

/* How many mistakes in a hundred lines are as many as there were when the rules were written: of
 * lines that were not looked at, and of those that were. A change that makes more is a worse one.
 */
static const double most_stopped[] = { 2.2, 0.0 };
static const double most_passed[] = { 1.2, 0.0 };

typedef struct {
  guint lines[2]; /* by whether the line was looked at */
  guint mistakes[2];
} Count;

typedef struct {
  GHashTable *categories; /* "clean scunthorpe" -> Count */
  Count clean;
  Count bad;
} Tally;

static ScReviewRules *
make_rules (void)
{
  static const char text[] =
    "{\"modes\":{},\"rules\":{\"terms\":\"mask\",\"links\":\"hold\",\"repeats\":\"refuse\","
    "\"capitals\":\"refuse\"},\"languages\":[\"en\",\"de\"]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  ScReviewRules *rules = sc_review_rules_parse (bytes, &error);
  g_assert_no_error (error);
  return rules;
}

static const char *
review (ScRoomReview *room, const ScReviewRules *rules, const char *line, guint number)
{
  static char why[32];
  g_autofree char *clean = NULL;
  g_auto (ScReviewResult) result = { 0 };
  ScLineVerdict verdict = sc_line_review (line, &clean);
  if (verdict != SC_LINE_ALLOWED)
    return sc_line_verdict_get_reason (verdict);
  g_autofree char *person = g_strdup_printf ("person-%u", number);
  const ScSaid said = { .room = "room", .person = person, .text = clean, .now_us = 1 };
  sc_room_review_check (room, rules, &said, &result);
  g_strlcpy (why, result.rule ? result.rule : "", sizeof why);
  return result.action == SC_RULE_OFF ? NULL : why;
}

static void
count (Tally *tally, char **fields, guint number, const char *why)
{
  gboolean bad = g_str_equal (fields[0], "bad");
  gboolean seen = number % 2 == 0;
  gboolean mistake = bad != (why != NULL);
  char *name = g_strdup_printf ("%s %s", fields[0], fields[2]);
  Count *category = g_hash_table_lookup (tally->categories, name);
  if (!category) {
    category = g_new0 (Count, 1);
    g_hash_table_insert (tally->categories, name, category);
  } else {
    g_free (name);
  }
  Count *kind = bad ? &tally->bad : &tally->clean;
  kind->lines[seen]++;
  category->lines[seen]++;
  kind->mistakes[seen] += mistake;
  category->mistakes[seen] += mistake;
  if (mistake)
    g_test_message ("%s %s %s (%s): %s",
                    seen ? "seen" : "new",
                    fields[0],
                    fields[2],
                    why ? why : "passed",
                    fields[3]);
}

static void
print_count (const char *name, const Count *one)
{
  g_test_message ("%-26s %4u lines, mistakes: %3u of %3u seen, %3u of %3u new",
                  name,
                  one->lines[0] + one->lines[1],
                  one->mistakes[1],
                  one->lines[1],
                  one->mistakes[0],
                  one->lines[0]);
}

static double
get_percent (const Count *one, gboolean seen)
{
  return 100.0 * one->mistakes[seen] / MAX (one->lines[seen], 1);
}

static void
print (const Tally *tally)
{
  g_autoptr (GList) names = g_hash_table_get_keys (tally->categories);
  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  for (GList *at = names; at; at = at->next)
    print_count (at->data, g_hash_table_lookup (tally->categories, at->data));
  print_count ("clean lines stopped", &tally->clean);
  print_count ("bad lines passed", &tally->bad);
}

static void
test_lines (void)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "labelled-lines.tsv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (ScReviewRules) rules = make_rules ();
  g_autoptr (ScRoomReview) room = sc_room_review_new ();
  Tally tally = { .categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  for (guint i = 0; lines[i]; i++) {
    g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 4);
    if (lines[i][0] == '#' || g_strv_length (fields) != 4)
      continue;
    count (&tally, fields, i, review (room, rules, fields[3], i));
  }
  print (&tally);
  g_assert_cmpuint (tally.clean.lines[0] + tally.bad.lines[0], >=, 150);
  for (guint seen = 0; seen < 2; seen++) {
    g_assert_cmpfloat (get_percent (&tally.clean, seen), <=, most_stopped[seen]);
    g_assert_cmpfloat (get_percent (&tally.bad, seen), <=, most_passed[seen]);
  }
  g_hash_table_unref (tally.categories);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moderation/labelled-lines", test_lines);
  return g_test_run ();
}
