/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-rendition-choice.h"

#define SECOND G_USEC_PER_SEC
#define KB 1024

/* The ladder that Amazon IVS makes of a 1080p stream, and sound alone; in no order. */
enum {
  P480,
  P1080,
  AUDIO,
  P160,
  P720,
  P360,
  N_RENDITIONS
};
static const guint bandwidths[] = { 1400000, 6000000, 160000, 230000, 2900000, 630000 };
static const int heights[] = { 480, 1080, 0, 160, 720, 360 };

#define LARGEST_STEP 2.8

static ScRenditionChoice *
make_choice (void)
{
  ScRenditionChoice *choice = sc_rendition_choice_new ();
  sc_rendition_choice_set_ladder (choice, bandwidths, heights, N_RENDITIONS);
  return choice;
}

static void
see_bandwidth (ScRenditionChoice *choice, double bandwidth, gint64 now)
{
  gint64 duration = (gint64) (32 * KB * 8.0 * SECOND / bandwidth);
  sc_rendition_choice_see_probe (choice, 32 * KB, now, now + duration, now);
}

static guint
ask (ScRenditionChoice *choice, guint current, gint64 now, double cushion)
{
  const ScRenditionFacts facts = { now, (gint64) (cushion * SECOND), SECOND, TRUE };
  return sc_rendition_choice_next (choice, current, &facts);
}

static void
test_first (void)
{
  g_autoptr (ScRenditionChoice) choice = make_choice ();
  g_assert_cmpuint (sc_rendition_choice_get_bandwidth (choice), ==, 0);
  g_assert_cmpuint (sc_rendition_choice_get_first (choice), ==, P480);
  sc_rendition_choice_see_burst (choice, 1000 * KB, 8192 * 1000 / 20);
  g_assert_cmpuint (sc_rendition_choice_get_bandwidth (choice), ==, 20000000);
  g_assert_cmpuint (sc_rendition_choice_get_first (choice), ==, P1080);
  sc_rendition_choice_see_burst (choice, 1000 * KB, SECOND); /* at least that: no news */
  g_assert_cmpuint (sc_rendition_choice_get_bandwidth (choice), ==, 20000000);
  sc_rendition_choice_set_max_height (choice, 720);
  g_assert_cmpuint (sc_rendition_choice_get_first (choice), ==, P720);
  sc_rendition_choice_set_max_height (choice, 100); /* less than there is: as if no limit */
  g_assert_cmpuint (sc_rendition_choice_get_first (choice), ==, P1080);
  sc_rendition_choice_set_fixed (choice, AUDIO);
  g_assert_cmpuint (sc_rendition_choice_get_first (choice), ==, AUDIO);
  sc_rendition_choice_set_fixed (choice, N_RENDITIONS); /* of another stream */
  g_assert_cmpuint (sc_rendition_choice_get_first (choice), ==, P1080);
}

/* A picture as long as there is one that may come through. */
static void
test_first_of_little (void)
{
  const struct {
    double bandwidth;
    guint first;
  } cases[] = { { 300000, P160 }, { 240000, P160 }, { 200000, AUDIO }, { 50000, AUDIO } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ScRenditionChoice) choice = make_choice ();
    see_bandwidth (choice, cases[i].bandwidth, SECOND);
    g_assert_cmpuint (sc_rendition_choice_get_first (choice), ==, cases[i].first);
  }
}

/* A stream with one rendition, or none yet. */
static void
test_single (void)
{
  g_autoptr (ScRenditionChoice) choice = sc_rendition_choice_new ();
  g_assert_cmpuint (sc_rendition_choice_get_first (choice), ==, 0);
  g_assert_cmpuint (ask (choice, 0, SECOND, 1), ==, 0);
  sc_rendition_choice_set_ladder (choice, bandwidths + P1080, heights + P1080, 1);
  g_assert_cmpuint (sc_rendition_choice_get_first (choice), ==, 0);
  sc_rendition_choice_see_stall (choice, SECOND);
  g_assert_cmpuint (ask (choice, 0, 2 * SECOND, 0), ==, 0);
  sc_rendition_choice_set_ladder (choice, bandwidths + AUDIO, heights + AUDIO, 1);
  g_assert_cmpuint (sc_rendition_choice_get_first (choice), ==, 0);
  g_assert_cmpuint (ask (choice, 5, 3 * SECOND, 1), ==, 0); /* of another ladder */
}

static void
test_fixed (void)
{
  g_autoptr (ScRenditionChoice) choice = make_choice ();
  sc_rendition_choice_set_fixed (choice, P1080);
  const ScRenditionFacts within = { SECOND, SECOND, SECOND, FALSE };
  g_assert_cmpuint (sc_rendition_choice_next (choice, P480, &within), ==, P480);
  g_assert_cmpuint (ask (choice, P480, SECOND, 1), ==, P1080);
  sc_rendition_choice_see_stall (choice, SECOND);
  sc_rendition_choice_set_max_height (choice, 480);
  g_assert_cmpuint (ask (choice, P1080, 2 * SECOND, 0), ==, P1080);
  sc_rendition_choice_set_fixed (choice, -1);
  g_assert_cmpuint (ask (choice, P1080, 3 * SECOND, 1), ==, P480);
}

/* Up: only when it fitted for ten seconds, and only with a cushion. */
static void
test_up (void)
{
  g_autoptr (ScRenditionChoice) choice = make_choice ();
  for (gint64 t = 0; t <= 40; t += 2) {
    see_bandwidth (choice, t < 10 ? 4000000 : 11000000, t * SECOND);
    guint next = ask (choice, P480, t * SECOND, t < 30 ? 0.6 : 0.9);
    g_assert_cmpuint (next, ==, t < 30 ? P480 : P1080);
    if (next != P480)
      break;
  }
  g_autoptr (ScRenditionChoice) second = make_choice ();
  gint64 up = 0;
  for (gint64 t = 1; t <= 40 && up == 0; t++) {
    see_bandwidth (second, 6000000, t * SECOND);
    up = ask (second, P480, t * SECOND, 1) == P720 ? t : 0;
  }
  g_assert_cmpint (up, ==, 11);
}

/* Down: at once, when the cushion melts or playback stood; to what fits. */
static void
test_down (void)
{
  g_autoptr (ScRenditionChoice) choice = make_choice ();
  see_bandwidth (choice, 20000000, SECOND);
  const ScRenditionFacts within = { SECOND, 0, SECOND, FALSE };
  g_assert_cmpuint (sc_rendition_choice_next (choice, P1080, &within), ==, P1080);
  g_assert_cmpuint (ask (choice, P1080, SECOND, 0.55), ==, P1080);
  g_assert_cmpuint (ask (choice, P1080, SECOND, 0.45), ==, P720);
  g_assert_cmpuint (ask (choice, P720, 2 * SECOND, 0.45), ==, P720); /* wait for the first of it */
  for (int i = 0; i < 4; i++)
    see_bandwidth (choice, 900000, 3 * SECOND);
  sc_rendition_choice_see_stall (choice, 3 * SECOND);
  g_assert_cmpuint (ask (choice, P720, 4 * SECOND, 1), ==, P360);
  g_assert_cmpuint (ask (choice, P360, 6 * SECOND, 1), ==, P360);
  for (int i = 0; i < 20; i++)
    see_bandwidth (choice, 200000, 7 * SECOND);
  g_assert_cmpuint (ask (choice, P360, 8 * SECOND, 0), ==, P160);
  g_assert_cmpuint (ask (choice, P160, 10 * SECOND, 0), ==, AUDIO);
  g_assert_cmpuint (ask (choice, AUDIO, 12 * SECOND, 0), ==, AUDIO);
}

/* What a line carried once is no reason to go up, however much it was. */
static void
test_narrowed (void)
{
  g_autoptr (ScRenditionChoice) choice = make_choice ();
  gint64 now = 0;
  for (; now < 60 * SECOND; now += 2 * SECOND)
    see_bandwidth (choice, 500000000, now);
  see_bandwidth (choice, 700000, now);
  g_assert_cmpuint (ask (choice, P1080, now, 0.2), ==, P160);
  for (gint64 end = now + 60 * SECOND; now < end; now += 2 * SECOND) {
    see_bandwidth (choice, 700000, now);
    g_assert_cmpuint (ask (choice, P160, now, 1), ==, P160);
  }
  g_assert_cmpuint (sc_rendition_choice_get_bandwidth (choice), <, 1000000);
}

typedef struct {
  guint current;
  double cushion; /* seconds */
  double noise;
  guint n_ups;
  guint n_switches;
  guint n_stalls;
  gint64 last_up;
} Viewer;

/* A segment of two seconds: it comes in two seconds, or slower. What a probe gets beside it is what
 * is left of the line, half of it at least. */
static void
play_segment (ScRenditionChoice *choice, Viewer *viewer, double line, GRand *rand, gint64 now)
{
  double rate = bandwidths[viewer->current];
  double lost = MAX (2 * rate / line - 2, 0);
  double share = MAX (line - rate, line / 2) * (1 - viewer->noise * g_rand_double (rand));
  see_bandwidth (choice, share, now);
  viewer->cushion = MIN (viewer->cushion - lost + (lost == 0 ? 0.3 : 0), 1);
  if (viewer->cushion < 0) {
    viewer->n_stalls++;
    sc_rendition_choice_see_stall (choice, now);
    viewer->cushion = 0.15;
  }
  guint next = ask (choice, viewer->current, now, viewer->cushion);
  if (bandwidths[next] > bandwidths[viewer->current]) {
    g_assert_cmpint (now - viewer->last_up, >=, 10 * SECOND);
    viewer->last_up = now;
    viewer->n_ups++;
  }
  viewer->n_switches += next != viewer->current;
  viewer->current = next;
}

/* Whatever the line, soon it plays something that comes through, as good as the rule allows, and
 * then stays with it. */
static void
test_networks (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  for (int i = 0; i < 2000; i++) {
    g_autoptr (ScRenditionChoice) choice = make_choice ();
    Viewer viewer = { .cushion = 1, .noise = 0.3 * g_rand_double (rand), .last_up = -SECOND * 60 };
    double line = 300000 * (1 + 60 * g_rand_double (rand) * g_rand_double (rand));
    viewer.current = sc_rendition_choice_get_first (choice);
    gint64 now = 0;
    for (; now < 60 * SECOND; now += 2 * SECOND)
      play_segment (choice, &viewer, line, rand, now);
    guint n_switches = viewer.n_switches;
    guint n_stalls = viewer.n_stalls;
    for (; now < 600 * SECOND; now += 2 * SECOND)
      play_segment (choice, &viewer, line, rand, now);
    g_assert_cmpuint (n_stalls, <=, 8);
    g_assert_cmpuint (viewer.n_stalls, ==, n_stalls);
    g_assert_cmpuint (viewer.n_switches - n_switches, <=, 2);
    g_assert_cmpfloat (bandwidths[viewer.current], <=, line);
    double usable = 0.6 * 0.7 * line / 2; /* of the least that a probe finds */
    if (usable > bandwidths[P160])
      g_assert_cmpfloat (bandwidths[viewer.current] * LARGEST_STEP, >=, MIN (usable, 6000000));
  }
}

/* A line that changes, from one moment to the next: it never stays with what stalls. */
static void
test_changes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  for (int i = 0; i < 500; i++) {
    g_autoptr (ScRenditionChoice) choice = make_choice ();
    Viewer viewer = { .cushion = 1, .noise = 0.3 * g_rand_double (rand), .last_up = -SECOND * 60 };
    viewer.current = sc_rendition_choice_get_first (choice);
    gint64 now = 0;
    for (int stretch = 0; stretch < 10; stretch++) {
      double line = 300000 * (1 + 60 * g_rand_double (rand) * g_rand_double (rand));
      gint64 calm = now + 30 * SECOND;
      gint64 end = now + 60 * SECOND;
      for (; now < calm; now += 2 * SECOND)
        play_segment (choice, &viewer, line, rand, now);
      guint n_stalls = viewer.n_stalls;
      for (; now < end; now += 2 * SECOND)
        play_segment (choice, &viewer, line, rand, now);
      g_assert_cmpuint (viewer.n_stalls, ==, n_stalls);
      g_assert_cmpfloat (bandwidths[viewer.current], <=, line * 1.02); /* melts for a minute */
    }
  }
}

/* A rendition that seems to fit and never does: it is tried ever less often. */
static void
test_no_flapping (void)
{
  g_autoptr (ScRenditionChoice) choice = make_choice ();
  guint current = P720;
  gint64 since = 0;
  guint n_ups = 0;
  for (gint64 now = 0; now < 1800 * SECOND; now += 2 * SECOND) {
    see_bandwidth (choice, 30000000, now);
    gboolean stalls = current == P1080 && now - since >= 4 * SECOND;
    guint next = ask (choice, current, now, stalls ? 0 : 1);
    n_ups += current == P720 && next == P1080;
    since = next != current ? now : since;
    g_assert_true (!stalls || next == P720);
    current = next;
  }
  g_assert_cmpuint (n_ups, >=, 3);
  g_assert_cmpuint (n_ups, <=, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live-choice/first", test_first);
  g_test_add_func ("/live-choice/first-of-little", test_first_of_little);
  g_test_add_func ("/live-choice/single", test_single);
  g_test_add_func ("/live-choice/fixed", test_fixed);
  g_test_add_func ("/live-choice/up", test_up);
  g_test_add_func ("/live-choice/down", test_down);
  g_test_add_func ("/live-choice/narrowed", test_narrowed);
  g_test_add_func ("/live-choice/networks", test_networks);
  g_test_add_func ("/live-choice/changes", test_changes);
  g_test_add_func ("/live-choice/no-flapping", test_no_flapping);
  return g_test_run ();
}
