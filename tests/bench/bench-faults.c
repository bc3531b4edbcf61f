/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-stage.h"
#include "sc-player-library.h"

#include <fcntl.h>
#include <gtk/gtk.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Has the app's player live through cuts of its network: bench-faults PROGRAMS [--quick]. Prints a
 * table: when pictures move again, and how long the main thread, which draws them, was blocked.
 * Fails when a bound is missed. */

/* A frame of 60 Hz: a main thread that is blocked for longer misses one. */
#define FRAME_BUDGET_MS (1000.0 / 60)
#define HEARTBEAT_MS 5
#define RECOVERY_SECONDS 3.0
#define SWITCHES 20

/* How long the main thread did not look after its work, at most, and how long of that it wanted to
 * and waited for a processor, which is the machine's doing (schedstat, see Documentation/scheduler/
 * sched-stats in Linux). */
typedef struct {
  int schedstat;
  gint64 last;
  gint64 last_waited;
  gint64 blocked_us;
  gint64 waited_us;
} Heart;

/* Returns for how long this thread waited for a processor so far, microseconds; 0 where Linux does
 * not say. */
static gint64
read_waited (const Heart *heart)
{
  char text[128] = "";
  gint64 ran, waited = 0;
  if (heart->schedstat < 0 || pread (heart->schedstat, text, sizeof text - 1, 0) <= 0)
    return 0;
  sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &ran, &waited);
  return waited / 1000;
}

static gboolean
on_heartbeat (gpointer user_data)
{
  Heart *heart = user_data;
  gint64 waited = read_waited (heart);
  gint64 now = g_get_monotonic_time ();
  if (heart->last) {
    gint64 wait = waited - heart->last_waited;
    heart->waited_us = MAX (heart->waited_us, wait);
    heart->blocked_us = MAX (heart->blocked_us, now - heart->last - HEARTBEAT_MS * 1000 - wait);
  }
  heart->last = now;
  heart->last_waited = waited;
  return G_SOURCE_CONTINUE;
}

static void
on_contents (GdkPaintable *paintable, gpointer user_data)
{
  bench_stage_see_frame (user_data);
}

typedef struct {
  BenchStage *stage;
  GtkPicture *picture;
  GObject *paintable;
} Show;

static void
on_paintable (ScPlayer *player, GParamSpec *pspec, gpointer user_data)
{
  Show *show = user_data;
  GObject *paintable = sc_player_get_paintable (player);
  if (show->paintable)
    g_signal_handlers_disconnect_by_func (show->paintable, on_contents, show->stage);
  g_set_object (&show->paintable, paintable);
  if (show->paintable)
    g_signal_connect (show->paintable,
                      "invalidate-contents",
                      G_CALLBACK (on_contents),
                      show->stage);
  gtk_picture_set_paintable (show->picture, paintable ? GDK_PAINTABLE (paintable) : NULL);
}

static void
present (Show *show)
{
  GtkWidget *window = gtk_window_new ();
  show->picture = GTK_PICTURE (gtk_picture_new ());
  g_signal_connect (bench_stage_get_player (show->stage),
                    "notify::paintable",
                    G_CALLBACK (on_paintable),
                    show);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 360);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (show->picture));
  gtk_window_present (GTK_WINDOW (window));
}

/* The longest that the main thread was blocked in all that was looked at. */
static void
note_beats (Heart *worst, const Heart *heart)
{
  worst->blocked_us = MAX (worst->blocked_us, heart->blocked_us);
  worst->waited_us = MAX (worst->waited_us, heart->waited_us);
}

static void
print_opening (const char *name, double seconds, const Heart *heart)
{
  printf ("%-40s %9.2f %9s %9s %9.1f %9.1f\n",
          name,
          seconds,
          "",
          "",
          (double) heart->blocked_us / 1000,
          (double) heart->waited_us / 1000);
  fflush (stdout);
}

static void
print_row (const BenchCut *cut, const BenchRecovery *recovery, const Heart *heart)
{
  g_autofree char *again =
    recovery->recovered ? g_strdup_printf ("%.2f", recovery->seconds) : g_strdup ("never");
  printf ("%-40s %9s %9.2f %9.2f %9.1f %9.1f%s\n",
          cut->name,
          again,
          recovery->stood,
          recovery->latency,
          (double) heart->blocked_us / 1000,
          (double) heart->waited_us / 1000,
          recovery->failed ? "  gave up, opened again" : "");
  fflush (stdout);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;
  return left < right ? -1 : left > right;
}

/* The smallest value that 95 of 100 do not exceed. */
static double
find_late (GArray *values)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, (guint) ceil (0.95 * values->len) - 1);
}

static gboolean
hold (const char *what, double value, double most, const char *unit)
{
  gboolean held = value <= most;
  printf ("  %s   %s: %.2f %s, at most %.2f\n",
          held ? "held        " : "bound missed",
          what,
          value,
          unit,
          most);
  return held;
}

/* Where the main thread itself waited for a processor for longer than a frame, so did whatever it
 * waits for, the X server first: that says nothing of us. */
static gboolean
hold_main_thread (double blocked_ms, double waited_ms)
{
  if (blocked_ms <= FRAME_BUDGET_MS || waited_ms <= FRAME_BUDGET_MS)
    return hold ("main thread blocked", blocked_ms, FRAME_BUDGET_MS, "ms, a frame at 60 Hz");
  printf ("  not measured   main thread blocked: the machine is busy, it had to wait %.1f ms\n",
          waited_ms);
  return TRUE;
}

static int
judge (GArray *seconds, guint failures, double blocked_ms, double waited_ms)
{
  printf ("\nbounds\n");
  gboolean held = hold ("moving again, 95 of 100", find_late (seconds), RECOVERY_SECONDS, "s");
  held &= hold ("cuts that the player gave up at", failures, 0, "");
  held &= hold_main_thread (blocked_ms, waited_ms);
  return held ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Opens the stream, and then goes from channel to channel. */
static void
run_openings (BenchStage *stage, Heart *heart, Heart *worst)
{
  double longest = 0;
  gint64 begin = g_get_monotonic_time ();
  heart->blocked_us = heart->waited_us = 0;
  if (!bench_stage_open (stage))
    g_error ("No picture");
  print_opening ("opening, pictures move steadily",
                 (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC,
                 heart);
  note_beats (worst, heart);
  heart->blocked_us = heart->waited_us = 0;
  for (guint i = 0; i < SWITCHES; i++)
    longest = MAX (longest, bench_stage_switch (stage));
  print_opening (G_STRINGIFY (SWITCHES) " channel switches, the slowest", longest, heart);
  note_beats (worst, heart);
}

static int
run_cuts (BenchStage *stage, Heart *heart, Heart *worst, gboolean quick)
{
  guint n, failures = 0;
  const BenchCut *cuts = bench_stage_get_cuts (&n);
  g_autoptr (GArray) seconds = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < n; i++) {
    if (quick && !cuts[i].is_short)
      continue;
    heart->blocked_us = heart->waited_us = 0;
    BenchRecovery recovery = bench_stage_cut (stage, &cuts[i]);
    if (cuts[i].asleep)
      heart->blocked_us = heart->waited_us = 0; /* which is what sleeping is */
    print_row (&cuts[i], &recovery, heart);
    double took = recovery.recovered ? recovery.seconds : INFINITY;
    g_array_append_val (seconds, took);
    failures += recovery.failed;
    note_beats (worst, heart);
  }
  return judge (seconds,
                failures,
                (double) worst->blocked_us / 1000,
                (double) worst->waited_us / 1000);
}

static void
print_header (double load)
{
  printf ("faults: the app's player, its window on a virtual screen; %u processors, and others' "
          "load is %.1f\n"
          "a frame is %.1f ms: a main thread that is blocked for longer misses one\n"
          "%-40s %9s %9s %9s %9s %9s\n%-40s %9s %9s %9s %9s %9s\n",
          g_get_num_processors (),
          load,
          FRAME_BUDGET_MS,
          "",
          "moving",
          "stood",
          "latency",
          "blocked",
          "waited",
          "cut",
          "again, s",
          "s",
          "then, s",
          "ms",
          "for CPU");
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    g_error ("usage: bench-faults PROGRAMS [--quick]");
  double load = 0;
  (void) getloadavg (&load, 1);
  sc_player_library_init ();
  gtk_init ();
  BenchStage *stage = bench_stage_new (argv[1], sc_player_sinks_for_gtk (FALSE));
  Show show = { .stage = stage };
  present (&show);
  bench_stage_warm (stage);
  Heart worst = { 0 };
  Heart heart = { .schedstat = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC) };
  g_timeout_add_full (G_PRIORITY_HIGH, HEARTBEAT_MS, on_heartbeat, &heart, NULL);
  print_header (load);
  run_openings (stage, &heart, &worst);
  int status = run_cuts (stage, &heart, &worst, argc > 2 && g_str_equal (argv[2], "--quick"));
  fflush (stdout);
  bench_stage_free (stage);
  exit (status);
}
