/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-stage.h"
#include "sc-player-library.h"

#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>

/* Plays a live stream for a minute, or an hour: bench-drift PROGRAMS [--hour]. Prints by tenths of
 * that time how far the latency, by the server's clock, is from what the player aims at. Fails when
 * that is too far at the median of one of them, or playback ran dry. */

#define SETTLE_SECONDS 15
#define LOOK_MS 200
#define N_ROWS 10
#define MOST_OFF_MS 100

/* What was seen in a tenth of the time. */
typedef struct {
  GArray *off; /* of double: latency - target, milliseconds */
  double latency;
  double target;
  double slowest;
  double fastest;
  guint stalls;
} Row;

typedef struct {
  ScPlayerLive *live;
  GMainLoop *loop;
  GObject *paintable;
  BenchStage *stage;
  Row *row; /* or NULL while it settles */
} Watch;

static void
on_contents (GdkPaintable *paintable, gpointer user_data)
{
  bench_stage_see_frame (user_data);
}

static void
on_paintable (ScPlayer *player, GParamSpec *pspec, gpointer user_data)
{
  Watch *watch = user_data;
  if (watch->paintable)
    g_signal_handlers_disconnect_by_func (watch->paintable, on_contents, watch->stage);
  g_set_object (&watch->paintable, sc_player_get_paintable (player));
  if (watch->paintable)
    g_signal_connect (watch->paintable,
                      "invalidate-contents",
                      G_CALLBACK (on_contents),
                      watch->stage);
}

static gboolean
on_look (gpointer user_data)
{
  Watch *watch = user_data;
  g_auto (ScLiveStatistics) now = { 0 };
  sc_player_live_get_statistics (watch->live, &now);
  Row *row = watch->row;
  if (!row || now.latency < 0)
    return G_SOURCE_CONTINUE;
  double off = (double) (now.latency - now.target) / 1000;
  g_array_append_val (row->off, off);
  row->latency = (double) now.latency / G_USEC_PER_SEC;
  row->target = (double) now.target / G_USEC_PER_SEC;
  row->slowest = MIN (row->slowest, now.rate);
  row->fastest = MAX (row->fastest, now.rate);
  row->stalls = now.stalls;
  return G_SOURCE_CONTINUE;
}

static gboolean
on_over (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
run_for (Watch *watch, guint seconds)
{
  g_timeout_add_seconds (seconds, on_over, watch->loop);
  g_main_loop_run (watch->loop);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;
  return left < right ? -1 : left > right;
}

/* Returns: the median of what @row was off, milliseconds */
static double
print_row (guint from, guint to, Row *row)
{
  g_array_sort (row->off, compare);
  guint n = row->off->len;
  if (n == 0)
    g_error ("The latency is not known");
  double median = g_array_index (row->off, double, n / 2);
  printf ("%5u to %4u %9.2f %9.2f %9.0f %9.0f %9.0f %9.3f %9.3f %7u\n",
          from,
          to,
          row->latency,
          row->target,
          g_array_index (row->off, double, 0),
          median,
          g_array_index (row->off, double, n - 1),
          row->slowest,
          row->fastest,
          row->stalls);
  fflush (stdout);
  return median;
}

/* Returns: the worst median, milliseconds */
static double
run_rows (Watch *watch, guint seconds, guint *ret_stalls)
{
  double worst = 0;
  guint before = 0;
  for (guint i = 0; i < N_ROWS; i++) {
    Row row = { .off = g_array_new (FALSE, FALSE, sizeof (double)), .slowest = 1, .fastest = 1 };
    watch->row = &row;
    run_for (watch, seconds / N_ROWS);
    watch->row = NULL;
    double median = print_row (i * seconds / N_ROWS, (i + 1) * seconds / N_ROWS, &row);
    worst = MAX (worst, ABS (median));
    before = i == 0 ? row.stalls : before;
    *ret_stalls = row.stalls - before;
    g_array_unref (row.off);
  }
  return worst;
}

static gboolean
hold (const char *what, double value, double most, const char *unit)
{
  gboolean held = value <= most;
  printf ("  %s   %s: %.0f %s, at most %.0f\n",
          held ? "held        " : "bound missed",
          what,
          value,
          unit,
          most);
  return held;
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    g_error ("usage: bench-drift PROGRAMS [--hour]");
  guint seconds = argc > 2 && g_str_equal (argv[2], "--hour") ? 3600 : 60;
  sc_player_library_init ();
  gtk_init ();
  BenchStage *stage = bench_stage_new (argv[1], sc_player_sinks_for_gtk (FALSE));
  ScPlayer *player = bench_stage_get_player (stage);
  Watch watch = {
    .live = sc_player_get_live (player),
    .loop = g_main_loop_new (NULL, FALSE),
    .stage = stage,
  };
  g_signal_connect (player, "notify::paintable", G_CALLBACK (on_paintable), &watch);
  if (!bench_stage_open (stage))
    g_error ("No picture");
  g_timeout_add (LOOK_MS, on_look, &watch);
  run_for (&watch, SETTLE_SECONDS);
  printf ("drift: the app's player for %u s, after %u s; off is latency less target\n"
          "%13s %9s %9s %9s %9s %9s %9s %9s %7s\n",
          seconds,
          SETTLE_SECONDS,
          "seconds",
          "latency s",
          "target s",
          "least off",
          "median ms",
          "most off",
          "slowest",
          "fastest",
          "stalls");
  guint stalls = 0;
  double worst = run_rows (&watch, seconds, &stalls);
  printf ("\nbounds\n");
  gboolean held = hold ("latency off its target, worst median", worst, MOST_OFF_MS, "ms");
  held &= hold ("playback ran dry", stalls, 0, "times");
  fflush (stdout);
  bench_stage_free (stage);
  exit (held ? EXIT_SUCCESS : EXIT_FAILURE);
}
