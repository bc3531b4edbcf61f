/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-time-words.h"

/* 2026-03-03T20:15:00Z */
#define EVENING G_GINT64_CONSTANT (1772568900000000)
#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

typedef struct {
  gint64 passed;
  const char *words;
} Case;

static void
test_live (void)
{
  static const Case cases[] = {
    { -5 * MINUTE, "Live for less than a minute" },
    { 0, "Live for less than a minute" },
    { 59 * SECOND, "Live for less than a minute" },
    { MINUTE, "Live for 1 minute" },
    { 2 * MINUTE - SECOND, "Live for 1 minute" },
    { 12 * MINUTE, "Live for 12 minutes" },
    { HOUR - SECOND, "Live for 59 minutes" },
    { HOUR, "Live since 20:15" },
    { 12 * HOUR - SECOND, "Live since 20:15" },
    { 12 * HOUR, "Live for 12 hours" },
    { 47 * HOUR, "Live for 47 hours" },
    { 2 * DAY, "Live for 2 days" },
    { 40 * DAY, "Live for 40 days" },
  };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = sc_live_words (EVENING, EVENING + cases[i].passed, utc);
    g_assert_cmpstr (words, ==, cases[i].words);
  }
}

static void
test_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (-2 * 3600);
  g_autofree char *words = sc_live_words (EVENING, EVENING + 3 * HOUR, zone);
  g_assert_cmpstr (words, ==, "Live since 18:15");
}

static void
test_as_of (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (-2 * 3600);
  g_autofree char *words = sc_as_of_words (EVENING, zone);
  g_assert_cmpstr (words, ==, "These figures are from 18:15. Trying to get newer ones…");
}

static void
test_ended (void)
{
  static const Case cases[] = {
    { -5 * MINUTE, "Was live a moment ago." },
    { 59 * SECOND, "Was live a moment ago." },
    { MINUTE, "Was live 1 minute ago." },
    { 59 * MINUTE, "Was live 59 minutes ago." },
    { HOUR, "Was live 1 hour ago." },
    { 2 * HOUR + 59 * MINUTE, "Was live 2 hours ago." },
    { 47 * HOUR, "Was live 47 hours ago." },
    { 2 * DAY, "Was live 2 days ago." },
    { 30 * DAY - SECOND, "Was live 29 days ago." },
    { 30 * DAY, "Was live on 3 March 2026." },
  };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = sc_ended_words (EVENING, EVENING + cases[i].passed, utc);
    g_assert_cmpstr (words, ==, cases[i].words);
  }
  g_autofree char *never = sc_ended_words (0, EVENING, utc);
  g_assert_cmpstr (never, ==, "Has not been live yet.");
}

static void
test_recorded (void)
{
  static const Case cases[] = {
    { -5 * MINUTE, "Less than a minute ago" },
    { MINUTE, "1 minute ago" },
    { HOUR - SECOND, "59 minutes ago" },
    { HOUR, "1 hour ago" },
    { 2 * DAY - SECOND, "47 hours ago" },
    { 2 * DAY, "2 days ago" },
    { 30 * DAY, "3 March 2026" },
  };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = sc_recorded_words (EVENING, EVENING + cases[i].passed, utc);
    g_assert_cmpstr (words, ==, cases[i].words);
  }
}

static void
test_clock (void)
{
  static const Case cases[] = {
    { -SECOND, "0:00" },
    { 0, "0:00" },
    { 59 * SECOND + 999999, "0:59" },
    { MINUTE, "1:00" },
    { 12 * MINUTE + 34 * SECOND, "12:34" },
    { HOUR + 2 * MINUTE + 3 * SECOND, "1:02:03" },
    { 47 * HOUR, "47:00:00" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = sc_clock_words (cases[i].passed);
    g_assert_cmpstr (words, ==, cases[i].words);
  }
  g_autofree char *nearly = sc_length_words (23 * SECOND + 980000);
  g_assert_cmpstr (nearly, ==, "0:24");
  g_autofree char *hardly = sc_length_words (24 * SECOND + 20000);
  g_assert_cmpstr (hardly, ==, "0:24");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-words/live", test_live);
  g_test_add_func ("/time-words/zone", test_zone);
  g_test_add_func ("/time-words/as-of", test_as_of);
  g_test_add_func ("/time-words/ended", test_ended);
  g_test_add_func ("/time-words/recorded", test_recorded);
  g_test_add_func ("/time-words/clock", test_clock);
  return g_test_run ();
}
