/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which segment comes next, when its pictures were made, and why the picture stands: plain
 * functions. */

#include "config.h"

#include "sc-live-monitor.h"
#include "sc-live-plan.h"
#include "sc-live-trouble.h"

#define BASE "http://h/v/p.m3u8"
#define TIME_US (G_GINT64_CONSTANT (1790345182) * G_USEC_PER_SEC)
#define SECOND_NS G_GINT64_CONSTANT (1000000000)

/* Returns a playlist of @n whole segments of 2 s from @first on, and of @n_prefetch being made. The
 * address of segment s is /s/(s + @shift). */
static ScHlsPlaylist *
make_playlist (guint64 first, guint n, guint n_prefetch, gint64 shift, gboolean ended)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new ("#EXTM3U\n#EXT-X-TARGETDURATION:6\n");
  g_string_append_printf (text, "#EXT-X-MEDIA-SEQUENCE:%" G_GUINT64_FORMAT "\n", first);
  g_string_append (text, "#EXT-X-PROGRAM-DATE-TIME:2026-09-25T14:06:22.000Z\n");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "#EXTINF:2.000,live\n/s/%" G_GINT64_FORMAT ".ts?token=%u\n",
                            (gint64) first + i + shift,
                            g_random_int ());
  for (guint i = n; i < n + n_prefetch; i++)
    g_string_append_printf (text,
                            "#EXT-X-PREFETCH:http://h/s/%" G_GINT64_FORMAT ".ts\n",
                            (gint64) first + i + shift);
  if (ended)
    g_string_append (text, "#EXT-X-ENDLIST\n");
  ScHlsPlaylist *playlist = sc_hls_playlist_parse (text->str, text->len, BASE, &error);
  g_assert_no_error (error);
  return playlist;
}

/* Asserts that @plan gets segment @sequence of @playlist (which is freed) next, and has it done. */
static void
assert_gets (ScLivePlan *plan, ScHlsPlaylist *playlist, guint64 sequence, gboolean breaks)
{
  const ScHlsSegment *segment = NULL;
  sc_live_plan_see_playlist (plan);
  g_assert_cmpint (sc_live_plan_next (plan, playlist, FALSE, &segment), ==, SC_LIVE_STEP_GET);
  g_assert_cmpuint (segment->sequence, ==, sequence);
  g_assert_cmpint (plan->breaks, ==, breaks);
  sc_live_plan_begin (plan, segment);
  sc_live_plan_done (plan);
  sc_hls_playlist_free (playlist);
}

static void
assert_step (ScLivePlan *plan, ScHlsPlaylist *playlist, ScLiveStep step)
{
  const ScHlsSegment *segment = NULL;
  sc_live_plan_see_playlist (plan);
  g_assert_cmpint (sc_live_plan_next (plan, playlist, FALSE, &segment), ==, step);
  sc_hls_playlist_free (playlist);
}

static void
test_edge (void)
{
  ScLivePlan plan = { 0 };
  assert_gets (&plan, make_playlist (10, 15, 2, 0, FALSE), 25, FALSE);
  assert_gets (&plan, make_playlist (10, 15, 2, 0, FALSE), 26, FALSE);
  assert_step (&plan, make_playlist (10, 15, 2, 0, FALSE), SC_LIVE_STEP_POLL);
  assert_gets (&plan, make_playlist (12, 15, 2, 0, FALSE), 27, FALSE);
}

static void
test_whole_ones (void)
{
  ScLivePlan plan = { 0 };
  assert_gets (&plan, make_playlist (10, 15, 0, 0, FALSE), 24, FALSE);
  assert_step (&plan, make_playlist (10, 15, 0, 0, FALSE), SC_LIVE_STEP_POLL);
  assert_gets (&plan, make_playlist (11, 15, 0, 0, FALSE), 25, FALSE);
}

/* Sleep and resume, a network that was gone: the live edge, and a break. */
static void
test_left_behind (void)
{
  ScLivePlan plan = { 0 };
  assert_gets (&plan, make_playlist (10, 15, 2, 0, FALSE), 25, FALSE);
  assert_gets (&plan, make_playlist (100, 15, 2, 0, FALSE), 115, TRUE);
  assert_gets (&plan, make_playlist (105, 15, 2, 0, FALSE), 120, TRUE);
}

/* A viewer who paused keeps the place, or what is next to it. */
static void
test_held (void)
{
  ScLivePlan plan = { 0 };
  const ScHlsSegment *segment = NULL;
  assert_gets (&plan, make_playlist (10, 15, 2, 0, FALSE), 25, FALSE);
  g_autoptr (ScHlsPlaylist) later = make_playlist (20, 15, 2, 0, FALSE);
  g_assert_cmpint (sc_live_plan_next (&plan, later, TRUE, &segment), ==, SC_LIVE_STEP_GET);
  g_assert_cmpuint (segment->sequence, ==, 26);
  g_autoptr (ScHlsPlaylist) much_later = make_playlist (100, 15, 2, 0, FALSE);
  g_assert_cmpint (sc_live_plan_next (&plan, much_later, TRUE, &segment), ==, SC_LIVE_STEP_GET);
  g_assert_cmpuint (segment->sequence, ==, 100);
  g_assert_true (plan.breaks);
}

/* A server that counts anew, and says the same segments: nobody notices. */
static void
test_other_numbers (void)
{
  ScLivePlan plan = { 0 };
  assert_gets (&plan, make_playlist (1010, 15, 2, 0, FALSE), 1025, FALSE);
  assert_gets (&plan, make_playlist (11, 15, 2, 1000, FALSE), 26, FALSE);
  assert_gets (&plan, make_playlist (1012, 15, 2, 0, FALSE), 1027, FALSE);
}

/* Old copies are waited out; other segments with lower numbers are another stream. */
static void
test_lower_numbers (void)
{
  ScLivePlan plan = { 0 };
  assert_gets (&plan, make_playlist (1010, 15, 2, 0, FALSE), 1025, FALSE);
  for (guint i = 0; i < 3; i++)
    assert_step (&plan, make_playlist (11, 15, 2, 5000, FALSE), SC_LIVE_STEP_POLL);
  assert_gets (&plan, make_playlist (11, 15, 2, 5000, FALSE), 26, TRUE);
}

/* One old copy is one, however often it is looked at. */
static void
test_one_old_copy (void)
{
  ScLivePlan plan = { 0 };
  const ScHlsSegment *segment = NULL;
  assert_gets (&plan, make_playlist (1010, 15, 2, 0, FALSE), 1025, FALSE);
  g_autoptr (ScHlsPlaylist) old = make_playlist (11, 15, 2, 5000, FALSE);
  sc_live_plan_see_playlist (&plan);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (sc_live_plan_next (&plan, old, FALSE, &segment), ==, SC_LIVE_STEP_POLL);
  assert_gets (&plan, make_playlist (1011, 15, 2, 0, FALSE), 1026, FALSE);
}

static void
test_end (void)
{
  ScLivePlan plan = { 0 };
  assert_gets (&plan, make_playlist (10, 15, 2, 0, FALSE), 25, FALSE);
  assert_gets (&plan, make_playlist (12, 15, 0, 0, TRUE), 26, FALSE);
  assert_step (&plan, make_playlist (12, 15, 0, 0, TRUE), SC_LIVE_STEP_END);
  sc_live_plan_rejoin (&plan);
  assert_gets (&plan, make_playlist (14, 15, 2, 0, FALSE), 29, TRUE);
}

static void
test_rejoin_while_reading (void)
{
  ScLivePlan plan = { 0 };
  assert_gets (&plan, make_playlist (10, 15, 2, 0, FALSE), 25, FALSE);
  sc_live_plan_rejoin (&plan);
  sc_live_plan_done (&plan);
  assert_gets (&plan, make_playlist (11, 15, 2, 0, FALSE), 26, TRUE);
}

static void
test_dates (void)
{
  ScLiveDates dates = { 0 };
  gint64 made = 0;
  g_autoptr (ScHlsPlaylist) early = make_playlist (10, 15, 2, 0, FALSE);
  g_autoptr (ScHlsPlaylist) late = make_playlist (11, 15, 2, 0, FALSE);
  g_assert_false (sc_live_dates_get (&dates, 0, 0, &made));
  sc_live_dates_see_start (&dates, 25, 0, 100 * SECOND_NS);
  sc_live_dates_see_playlist (&dates, early);
  g_assert_true (sc_live_dates_get (&dates, 0, 101 * SECOND_NS, &made));
  g_assert_cmpint (made, ==, TIME_US + 31 * G_USEC_PER_SEC);
  /* What is known of a whole segment is better than what was extrapolated for it. */
  sc_live_dates_see_playlist (&dates, late);
  g_assert_true (sc_live_dates_get (&dates, 0, 101 * SECOND_NS, &made));
  g_assert_cmpint (made, ==, TIME_US + 29 * G_USEC_PER_SEC);
  g_assert_false (sc_live_dates_get (&dates, 1, 101 * SECOND_NS, &made));
}

static void
test_trouble (void)
{
  ScLiveMonitor monitor;
  ScLiveLook look = { .now = 100 * G_USEC_PER_SEC, .shows = TRUE, .is_playing = TRUE };
  sc_live_monitor_init (&monitor);
  look.buffer = SECOND_NS / 10;
  g_assert_cmpuint (sc_live_monitor_get_trouble (&monitor, &look), ==, SC_LIVE_FINE);
  look.buffer = -SECOND_NS;
  look.last_byte = look.now - 1000;
  g_assert_cmpuint (sc_live_monitor_get_trouble (&monitor, &look), ==, SC_LIVE_SLOW);
  look.last_byte = look.now - 2 * G_USEC_PER_SEC;
  monitor.answered_at = look.now - G_USEC_PER_SEC;
  g_assert_cmpuint (sc_live_monitor_get_trouble (&monitor, &look), ==, SC_LIVE_STARVED);
  monitor.answered_at = look.now - 9 * G_USEC_PER_SEC;
  g_assert_cmpuint (sc_live_monitor_get_trouble (&monitor, &look), ==, SC_LIVE_LOST);
  monitor.news = SC_LIVE_NEWS_NOTHING_NEW;
  g_assert_cmpuint (sc_live_monitor_get_trouble (&monitor, &look), ==, SC_LIVE_STARVED);
  monitor.news = SC_LIVE_NEWS_ENDED;
  g_assert_cmpuint (sc_live_monitor_get_trouble (&monitor, &look), ==, SC_LIVE_PAUSED);
  look.is_playing = FALSE;
  g_assert_cmpuint (sc_live_monitor_get_trouble (&monitor, &look), ==, SC_LIVE_FINE);
}

/* What a viewer's target leaves for waiting, when the way to us takes its part. */
static void
test_wanted (void)
{
  ScLiveMonitor monitor;
  const ScLiveTimingView view = { .cushion = SECOND_NS / 2 };
  sc_live_monitor_init (&monitor);
  g_assert_cmpint (sc_live_monitor_get_wanted (&monitor, 0, 700000, &view), ==, 0);
  g_assert_cmpint (monitor.base, ==, 200000);
  g_assert_cmpint (sc_live_monitor_get_wanted (&monitor, 1000000, 700000, &view),
                   ==,
                   SECOND_NS * 8 / 10);
  g_assert_cmpint (sc_live_monitor_get_wanted (&monitor, 100000, -1, &view), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live-plan/edge", test_edge);
  g_test_add_func ("/live-plan/whole-ones", test_whole_ones);
  g_test_add_func ("/live-plan/left-behind", test_left_behind);
  g_test_add_func ("/live-plan/held", test_held);
  g_test_add_func ("/live-plan/other-numbers", test_other_numbers);
  g_test_add_func ("/live-plan/lower-numbers", test_lower_numbers);
  g_test_add_func ("/live-plan/one-old-copy", test_one_old_copy);
  g_test_add_func ("/live-plan/end", test_end);
  g_test_add_func ("/live-plan/rejoin-while-reading", test_rejoin_while_reading);
  g_test_add_func ("/live-plan/dates", test_dates);
  g_test_add_func ("/live-plan/trouble", test_trouble);
  g_test_add_func ("/live-plan/wanted", test_wanted);
  return g_test_run ();
}
