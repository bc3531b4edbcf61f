/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What becomes of lines by their room's rules: modes, actions, masks, and what is remembered. */

#include "config.h"

#include "sc-room-review.h"

#include <string.h>
#include <time.h>

#define SECOND G_TIME_SPAN_SECOND
#define START (1000 * SECOND)

/* A line has four times as many code points as another, and may take so many times as long: four
 * times if what is done for each is the same, and sixteen if it is done for each pair. */
#define SHORT 125
#define LONG (4 * SHORT)
#define MOST_TIMES 10

static ScRoomReview *review;

static ScReviewRules *
make_rules (const char *modes, const char *actions, const char *more)
{
  g_autofree char *text =
    g_strdup_printf ("{\"modes\":{%s},\"rules\":{%s},\"terms\":[\"blorg\"],\"languages\":[\"en\"],"
                     "\"allowed_links\":[\"example.org\"]%s}",
                     modes,
                     actions,
                     more);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ScReviewRules *rules = sc_review_rules_parse (bytes, &error);
  g_assert_no_error (error);
  return rules;
}

/* Says it as a viewer; returns "allowed: TEXT", or what became of it and why. */
static char *
say_at (const ScReviewRules *rules, const char *person, const char *text, gint64 now_us)
{
  const ScSaid said = {
    .room = "room",
    .person = person,
    .is_moderator = g_str_has_prefix (person, "moderator"),
    .follows = g_str_has_prefix (person, "follower"),
    .text = text,
    .now_us = now_us,
  };
  g_auto (ScReviewResult) result = { 0 };
  sc_room_review_check (review, rules, &said, &result);
  if (result.action <= SC_RULE_MASK)
    return g_strdup (result.text);
  g_assert_null (result.text);
  return g_strdup_printf ("<%s %s>", result.reason, result.rule ? result.rule : "-");
}

static void
assert_said (const ScReviewRules *rules, const char *text, const char *expected)
{
  static guint number;
  g_autofree char *person = g_strdup_printf ("person-%u", number++);
  g_autofree char *got = say_at (rules, person, text, START);
  g_assert_cmpstr (got, ==, expected);
}

static void
test_actions (void)
{
  static const char *const lines[] = {
    "you blorg",
    "see example.com",
    "nooooooooooooooooooooo",
    "STOP SHOUTING AT ME",
  };
  static const char *const names[] = { "terms", "links", "repeats", "capitals" };
  static const char *const masked[] = {
    "you \u2022\u2022\u2022\u2022\u2022",
    "see \u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022",
    "nooo",
    "stop shouting at me",
  };
  static const char *const refused[] = { "<term terms>",
                                         "<link links>",
                                         "<repeat repeats>",
                                         "<capitals capitals>" };
  static const char *const words[] = { "off", "mask", "hold", "refuse" };
  for (guint rule = 0; rule < SC_N_RULES; rule++) {
    for (guint action = 0; action < G_N_ELEMENTS (words); action++) {
      g_autofree char *actions =
        g_strdup_printf ("\"terms\":\"%s\",\"links\":\"%s\",\"repeats\":\"%s\",\"capitals\":\"%s\"",
                         words[rule == 0 ? action : 0],
                         words[rule == 1 ? action : 0],
                         words[rule == 2 ? action : 0],
                         words[rule == 3 ? action : 0]);
      g_autofree char *held = g_strdup_printf ("<held %s>", names[rule]);
      const char *const expected[] = { lines[rule], masked[rule], held, refused[rule] };
      g_autoptr (ScReviewRules) rules = make_rules ("", actions, "");
      assert_said (rules, lines[rule], expected[action]);
      assert_said (rules, "a harmless line", "a harmless line");
    }
  }
}

/* The strictest action decides, and of two masks both are seen. */
static void
test_together (void)
{
  g_autoptr (ScReviewRules) masks =
    make_rules ("", "\"terms\":\"mask\",\"links\":\"mask\",\"capitals\":\"mask\"", "");
  assert_said (masks,
               "BLORG AND A.COM AND SO ON",
               "\u2022\u2022\u2022\u2022\u2022 and \u2022\u2022\u2022\u2022\u2022 and so on");
  g_autoptr (ScReviewRules) mixed = make_rules ("", "\"terms\":\"mask\",\"links\":\"hold\"", "");
  assert_said (mixed, "blorg a.com", "<held links>");
  g_autoptr (ScReviewRules) strict = make_rules ("", "\"terms\":\"refuse\",\"links\":\"hold\"", "");
  assert_said (strict, "blorg a.com", "<term terms>");
  assert_said (strict, "example.org and b l o r g", "<term terms>");
  assert_said (strict, "see example.org", "see example.org");
}

/* No mask makes a line longer, whatever it hides. */
static void
test_mask_length (void)
{
  static const char *const lines[] = {
    "b l o r g",
    "bl\u200borg",
    "\uff42\uff4c\uff4f\uff52\uff47 blorg",
    "blo\u0308\u0301rg",
    "\U0001d41b\U0001d425\U0001d428\U0001d42b\U0001d420",
  };
  g_autoptr (ScReviewRules) rules = make_rules ("", "", "");
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *person = g_strdup_printf ("masked-%u", i);
    g_autofree char *got = say_at (rules, person, lines[i], START);
    g_assert_nonnull (strstr (got, "\u2022"));
    g_assert_null (strstr (got, "b"));
    g_assert_cmpint (g_utf8_strlen (got, -1), <=, g_utf8_strlen (lines[i], -1));
  }
}

static void
assert_says_at (const ScReviewRules *rules,
                const char *person,
                const char *text,
                gint64 now_us,
                const char *expected)
{
  g_autofree char *got = say_at (rules, person, text, now_us);
  g_assert_cmpstr (got, ==, expected);
}

static void
test_modes (void)
{
  g_autoptr (ScReviewRules) closed = make_rules ("\"read_only\":true", "", "");
  g_autoptr (ScReviewRules) followers = make_rules ("\"followers_only\":true", "", "");
  g_autoptr (ScReviewRules) emoji = make_rules ("\"emoji_only\":true", "", "");
  assert_says_at (closed, "follower-1", "hi", START, "<read_only ->");
  assert_says_at (closed, "moderator-1", "hi", START, "hi");
  assert_says_at (followers, "stranger", "hi", START, "<followers_only ->");
  assert_says_at (followers, "follower-1", "hi", START, "hi");
  assert_says_at (followers, "moderator-1", "hi", START, "hi");
  assert_says_at (emoji, "emoji-1", "hi", START, "<emoji_only ->");
  assert_says_at (emoji, "emoji-1", "\U0001f431 \u2764\ufe0f", START, "\U0001f431 \u2764\ufe0f");
  assert_says_at (emoji, "moderator-1", "hi", START, "hi");
}

static void
test_muted (void)
{
  g_autoptr (ScReviewRules) rules =
    make_rules ("",
                "",
                ",\"muted\":[{\"user_id\":\"ada\",\"until\":null},"
                "{\"user_id\":\"bob\",\"until\":\"1970-01-01T00:20:00Z\"}]");
  assert_says_at (rules, "ada", "hi", START, "<muted ->");
  assert_says_at (rules, "bob", "hi", 1199 * SECOND, "<muted ->");
  assert_says_at (rules, "bob", "hi", 1200 * SECOND, "hi");
}

/* Who is refused has not used up the turn. */
static void
test_slow (void)
{
  g_autoptr (ScReviewRules) rules = make_rules ("\"slow_seconds\":10", "\"terms\":\"refuse\"", "");
  assert_says_at (rules, "slow-1", "you blorg", START, "<term terms>");
  assert_says_at (rules, "slow-1", "one", START, "one");
  assert_says_at (rules, "slow-1", "two", START, "<slow:10 ->");
  assert_says_at (rules, "slow-1", "two", START + 100, "<slow:10 ->");
  assert_says_at (rules, "slow-1", "two", START + 9 * SECOND + 1, "<slow:1 ->");
  assert_says_at (rules, "slow-2", "two", START, "two");
  assert_says_at (rules, "slow-1", "two", START + 10 * SECOND, "two");
  assert_says_at (rules, "slow-1", "three", START + 11 * SECOND, "<slow:9 ->");
  assert_says_at (rules, "moderator-1", "one", START, "one");
  assert_says_at (rules, "moderator-1", "two", START, "two");
}

static void
test_said_again (void)
{
  g_autoptr (ScReviewRules) rules = make_rules ("", "", "");
  g_autoptr (ScReviewRules) masks = make_rules ("", "\"repeats\":\"mask\"", "");
  const char *line = "come and watch me instead";
  const char *refused = "<repeat repeats>";
  assert_says_at (rules, "again-1", line, START, line);
  assert_says_at (rules, "again-1", "Come and watch me instead!!", START + SECOND, refused);
  assert_says_at (masks, "again-1", line, START + SECOND, refused); /* nothing to cut there */
  assert_says_at (rules, "again-2", line, START + SECOND, line);
  assert_says_at (rules, "again-1", line, START + 31 * SECOND, line);
  assert_says_at (rules, "again-1", "gg", START, "gg");
  assert_says_at (rules, "again-1", "gg", START, "gg");
  assert_says_at (rules, "again-1", "gg", START, refused);
}

/* What is said again is refused also where something else, or some of it, could be masked. */
static void
test_masked_again (void)
{
  g_autoptr (ScReviewRules) rules = make_rules ("", "\"terms\":\"mask\",\"repeats\":\"mask\"", "");
  g_autoptr (ScReviewRules) holds = make_rules ("", "\"terms\":\"hold\",\"repeats\":\"mask\"", "");
  const char *term = "look at this blorg here";
  const char *cut = "look at this nooooooooooooooooooooo";
  const char *refused = "<repeat repeats>";
  assert_says_at (rules, "mask-1", term, START, "look at this \u2022\u2022\u2022\u2022\u2022 here");
  assert_says_at (rules, "mask-1", term, START + SECOND, refused);
  assert_says_at (rules, "mask-2", cut, START, "look at this nooo");
  assert_says_at (rules, "mask-2", cut, START + SECOND, refused);
  assert_says_at (holds, "mask-3", term, START, "<held terms>");
  assert_says_at (holds, "mask-3", term, START + SECOND, refused);
}

/* Memory is bounded: with thousands of people the first are forgotten. */
static void
test_crowd (void)
{
  g_autoptr (ScRecentLines) recent = sc_recent_lines_new ();
  for (guint i = 0; i < 10000; i++) {
    g_autofree char *person = g_strdup_printf ("p%u", i);
    sc_recent_lines_add (recent, "room", person, "key", i + 1);
  }
  g_assert_cmpint (sc_recent_lines_get_last (recent, "room", "p0"), ==, 0);
  g_assert_cmpint (sc_recent_lines_get_last (recent, "room", "p9999"), ==, 10000);
  g_assert_cmpint (sc_recent_lines_get_last (recent, "another", "p9999"), ==, 0);
  g_assert_cmpuint (sc_recent_lines_count_same (recent, "room", "p9999", "key", 1), ==, 1);
  g_assert_cmpuint (sc_recent_lines_count_same (recent, "room", "p9999", "else", 1), ==, 0);
  g_assert_cmpuint (sc_recent_lines_count_same (recent, "room", "p9999", "key", 10001), ==, 0);
}

static ScReviewRules *
make_many_terms (void)
{
  g_autoptr (GString) terms = g_string_new (NULL);
  for (guint i = 0; i < SC_REVIEW_RULES_MAX_TERMS - 1; i++)
    g_string_append_printf (terms, "%s\"%x%x*\"", i ? "," : "", i * 2654435761u, i);
  g_autofree char *text = g_strdup_printf ("{\"modes\":{},\"rules\":{\"capitals\":\"mask\"},"
                                           "\"languages\":[\"en\",\"de\"],\"terms\":[%s]}",
                                           terms->str);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return sc_review_rules_parse (bytes, NULL);
}

static char *
make_line (const char *text, glong length)
{
  g_autoptr (GString) line = g_string_new (NULL);
  while (g_utf8_strlen (line->str, -1) < length)
    g_string_append (line, text);
  return g_string_free_and_steal (g_steal_pointer (&line));
}

static double
get_processor_ms (void)
{
  struct timespec used;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return (double) used.tv_sec * 1000 + (double) used.tv_nsec / 1e6;
}

/* The least that a review of it took, of a processor's time, milliseconds. */
static double
measure (const ScReviewRules *rules, const char *text, glong length)
{
  static guint number;
  g_autofree char *line = make_line (text, length);
  double least = G_MAXDOUBLE;
  for (guint run = 0; run < 10; run++) {
    g_autofree char *person = g_strdup_printf ("speed-%u", number++);
    double start = get_processor_ms ();
    g_autofree char *got = say_at (rules, person, line, START);
    least = MIN (least, get_processor_ms () - start);
  }
  return least;
}

/* The site's terms and 500 of the channel's own, against lines as long as can be. */
static void
test_speed (void)
{
  static const char *const texts[] = {
    "just a line of chat as people write them, with some words in it that say nothing ",
    "d13s 1st 3in T3xt m1t v1el 5tuff, w-i-t-h s.i.g.n.s a n d s p a c e s ",
    "1l!|$5@a*",
    "\u0441\u043e\u0440\u0435 \U0001d41b\U0001d425\u0308 ",
  };
  g_autoptr (ScReviewRules) rules = make_many_terms ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    double few = measure (rules, texts[i], SHORT), many = measure (rules, texts[i], LONG);
    g_test_message ("%d and %d code points of \"%s\": %.3f and %.3f ms",
                    SHORT,
                    LONG,
                    texts[i],
                    few,
                    many);
    g_assert_cmpfloat (many, <, few * MOST_TIMES);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  review = sc_room_review_new ();
  g_test_add_func ("/moderation/room-review/actions", test_actions);
  g_test_add_func ("/moderation/room-review/together", test_together);
  g_test_add_func ("/moderation/room-review/mask-length", test_mask_length);
  g_test_add_func ("/moderation/room-review/modes", test_modes);
  g_test_add_func ("/moderation/room-review/muted", test_muted);
  g_test_add_func ("/moderation/room-review/slow", test_slow);
  g_test_add_func ("/moderation/room-review/said-again", test_said_again);
  g_test_add_func ("/moderation/room-review/said-masked-again", test_masked_again);
  g_test_add_func ("/moderation/room-review/crowd", test_crowd);
  g_test_add_func ("/moderation/room-review/speed", test_speed);
  int status = g_test_run ();
  sc_room_review_free (review);
  return status;
}
