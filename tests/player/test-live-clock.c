/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-server-clock.h"

#define MS 1000
#define SECOND (1000 * MS)
#define START (G_GINT64_CONSTANT (1790000000) * SECOND)

/* A server whose clock is @ahead of ours, asked over a network. */
typedef struct {
  GRand *rand;
  gint64 now;
  gint64 ahead;
  int longest; /* that a request takes, each way */
} Server;

static void
ask (Server *server, ScServerClock *clock, gint64 age)
{
  gint64 sent = server->now;
  gint64 answered = sent + g_rand_int_range (server->rand, 1, server->longest);
  server->now = answered + g_rand_int_range (server->rand, 1, server->longest);
  gint64 date = (answered + server->ahead - age) / SECOND * SECOND;
  sc_server_clock_see_date (clock, date, sent, server->now);
}

static gint64
get_error (const Server *server, const ScServerClock *clock)
{
  gint64 found = 0;
  g_assert_true (sc_server_clock_get (clock, server->now, &found));
  return found - server->now - server->ahead;
}

static void
test_nothing (void)
{
  const ScServerClock clock = { 0 };
  gint64 found = 7;
  g_assert_false (sc_server_clock_get (&clock, START, &found));
  g_assert_cmpint (found, ==, 7);
  g_assert_cmpint (sc_server_clock_get_uncertainty (&clock), ==, G_MAXINT64);
}

static void
test_one_date (void)
{
  ScServerClock clock = { 0 };
  gint64 found = 0;
  sc_server_clock_see_date (&clock, START, START - 300 * MS, START - 200 * MS);
  g_assert_true (sc_server_clock_get (&clock, START, &found));
  g_assert_cmpint (found, ==, START + 750 * MS);
  g_assert_cmpint (sc_server_clock_get_uncertainty (&clock), ==, 550 * MS);
}

/* Answers at all moments bound it to little more than how long a request takes, however far the
 * clocks are apart, and although they drift. It is never said to be surer than it is. */
static void
test_converges (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  for (int i = 0; i < 500; i++) {
    ScServerClock clock = { 0 };
    Server server = {
      .rand = rand,
      .now = START + g_rand_int_range (rand, 0, SECOND),
      .ahead = (gint64) g_rand_int_range (rand, -100000, 100000) * 37 * MS,
      .longest = g_rand_int_range (rand, 2, 100 * MS),
    };
    int drift = g_rand_int_range (rand, -40, 41);
    gint64 base = server.ahead;
    for (int n = 0; n < 200; n++) {
      ask (&server, &clock, 0);
      server.now += g_rand_int_range (rand, 0, 2 * SECOND);
      server.ahead = base + (server.now - START) * drift / 1000000;
      gint64 slack = 2 * SECOND * 50 / 1000000 + 1;
      gint64 error = ABS (get_error (&server, &clock));
      g_assert_cmpint (error, <=, sc_server_clock_get_uncertainty (&clock) + slack);
    }
    g_assert_cmpint (sc_server_clock_get_uncertainty (&clock), <, server.longest + 40 * MS);
    g_assert_cmpuint (clock.n_answers, ==, 200);
  }
}

/* Somebody sets a clock, either way. */
static void
test_step (void)
{
  for (int direction = -1; direction <= 1; direction += 2) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (2);
    ScServerClock clock = { 0 };
    Server server = { .rand = rand, .now = START, .longest = 50 * MS };
    for (int n = 0; n < 50; n++, server.now += 1100 * MS)
      ask (&server, &clock, 0);
    server.ahead = direction * 20 * SECOND;
    for (int n = 0; n < 50; n++, server.now += 1100 * MS)
      ask (&server, &clock, 0);
    g_assert_cmpint (ABS (get_error (&server, &clock)), <, 100 * MS);
  }
}

/* A cache that answers now and then with what it heard a while ago changes nothing. */
static void
test_cache (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  ScServerClock clock = { 0 };
  Server server = { .rand = rand, .now = START, .longest = 50 * MS };
  for (int n = 0; n < 100; n++, server.now += 1100 * MS) {
    ask (&server, &clock, n % 3 != 1 ? 0 : 10 * SECOND);
    if (n > 30)
      g_assert_cmpint (ABS (get_error (&server, &clock)), <, 100 * MS);
  }
}

/* A playlist's own time: all there is, or a bound besides the dates. */
static void
test_time (void)
{
  ScServerClock clock = { 0 };
  gint64 found = 0;
  sc_server_clock_see_time (&clock, START - 40 * MS, START);
  g_assert_true (sc_server_clock_get (&clock, START, &found));
  g_assert_cmpint (found, ==, START - 40 * MS);
  g_assert_cmpint (sc_server_clock_get_uncertainty (&clock), ==, G_MAXINT64);

  sc_server_clock_see_date (&clock, START, START + 300 * MS, START + 400 * MS);
  g_assert_cmpint (clock.earliest, ==, -40 * MS - 20);
  g_assert_cmpint (clock.latest, ==, 700 * MS);
  sc_server_clock_see_time (&clock, START + 500 * MS, START + 400 * MS);
  g_assert_cmpint (clock.earliest, ==, 100 * MS);
  sc_server_clock_see_time (&clock, START + 9 * SECOND, START + 400 * MS);
  g_assert_cmpint (sc_server_clock_get_uncertainty (&clock), ==, 0);
  g_assert_cmpint (clock.latest, ==, 700 * MS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live-clock/nothing", test_nothing);
  g_test_add_func ("/live-clock/one-date", test_one_date);
  g_test_add_func ("/live-clock/converges", test_converges);
  g_test_add_func ("/live-clock/step", test_step);
  g_test_add_func ("/live-clock/cache", test_cache);
  g_test_add_func ("/live-clock/time", test_time);
  return g_test_run ();
}
