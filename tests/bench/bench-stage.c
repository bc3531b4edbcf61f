/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-stage.h"

#include "sc-player-library.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The streamer and the origin are processes of their own (bench-publisher, bench-studio), so that
 * this process's main thread has the player alone to be blocked by. */

#define PATH "/api/video/v1/us-west-2.123456789012.channel.one.m3u8"

/* Pictures move while a new one comes within this. */
#define STILL_US (250 * 1000)
/* So long they have to move until they are believed. */
#define CALM_US (2500 * 1000)
/* Whoever has not recovered by then will not. */
#define PATIENCE_US (15 * G_USEC_PER_SEC)
/* The streamer is on for so long before the player comes. */
#define STREAM_MS 6000
#define LOOK_MS 10

struct _BenchStage {
  GSubprocess *studio;
  GSubprocess *publisher;
  SctFaultProxy *proxy;
  ScPlayer *player;
  char *url;
  gboolean failed;
  gboolean is_warm;
  GMutex lock; /* frames come from any thread */
  gint64 last_frame;
  gint64 run_start; /* since when pictures move */
  gint64 stood;     /* microseconds */
};

static const BenchCut cuts[] = {
  { "half the bitrate for 3 s", { .bandwidth = 1100000 }, FALSE, 3000, FALSE },
  { "a tenth of the bitrate for 2 s", { .bandwidth = 220000 }, FALSE, 2000, TRUE },
  { "9.6 kb/s for 4 s", { .bandwidth = 9600 }, FALSE, 4000, FALSE },
  { "just less than the bitrate for 8 s", { .bandwidth = 2000000 }, FALSE, 8000, FALSE },
  { "300 ms more latency for 3 s", { .delay_ms = 300 }, FALSE, 3000, FALSE },
  { "1 s more latency for 4 s", { .delay_ms = 1000 }, FALSE, 4000, FALSE },
  { "0 to 500 ms of jitter for 4 s", { .jitter_ms = 500 }, FALSE, 4000, FALSE },
  { "2 s more latency for 5 s", { .delay_ms = 2000 }, FALSE, 5000, FALSE },
  { "stall of 0.3 s", { .stall = TRUE }, FALSE, 300, FALSE },
  { "stall of 1 s", { .stall = TRUE }, FALSE, 1000, TRUE },
  { "stall of 3 s", { .stall = TRUE }, FALSE, 3000, FALSE },
  { "stall of 8 s", { .stall = TRUE }, FALSE, 8000, FALSE },
  { "all connections reset", { 0 }, TRUE, 1, TRUE },
  { "reset, and refused for 1 s", { .refuse = TRUE }, TRUE, 1000, FALSE },
  { "reset, and refused for 4 s", { .refuse = TRUE }, TRUE, 4000, FALSE },
  { "cut off after 1 byte, for 2 s", { .truncate_after = 1 }, FALSE, 2000, FALSE },
  { "cut off after 50 kB, for 3 s", { .truncate_after = 50000 }, FALSE, 3000, TRUE },
  { "503 to everything for 2 s", { .status = 503 }, FALSE, 2000, FALSE },
  { "500 to segments for 3 s", { .status = 500, .match = "/v1/segment/" }, FALSE, 3000, TRUE },
  { "502 to playlists for 5 s", { .status = 502, .match = ".m3u8" }, FALSE, 5000, FALSE },
  { "media sequence 1000 too low for 3 s", { .playlist = SCT_PLAYLIST_BACK }, FALSE, 3000, TRUE },
  { "media sequence 1000 too high for 3 s",
    { .playlist = SCT_PLAYLIST_AHEAD },
    FALSE,
    3000,
    FALSE },
  { "the same playlist for 5 s", { .playlist = SCT_PLAYLIST_STALE }, FALSE, 5000, FALSE },
  { "no playlist but rubbish for 3 s", { .playlist = SCT_PLAYLIST_GARBAGE }, FALSE, 3000, FALSE },
  { .name = "asleep for 6 s, connections lost",
    .reset = TRUE,
    .ms = 6000,
    .is_short = TRUE,
    .asleep = TRUE },
  { .name = "asleep for 30 s, connections lost", .reset = TRUE, .ms = 30000, .asleep = TRUE },
};

/**
 * bench_stage_get_cuts:
 * @ret_n: (out): how many
 *
 * Returns: (transfer none): what is done to the player
 */
const BenchCut *
bench_stage_get_cuts (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (cuts);
  return cuts;
}

static GSubprocess *
start (const char *programs, const char *name, const char *argument)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (programs, name, NULL);
  GSubprocess *process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                      &error,
                      path,
                      argument,
                      NULL);
  g_assert_no_error (error);
  return process;
}

/* Starts the origin, the network before it and the streamer. */
static void
start_stream (BenchStage *self, const char *programs)
{
  guint rtmp, http, unused;
  self->studio = start (programs, "bench-studio", NULL);
  g_autoptr (GDataInputStream) said =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->studio));
  g_autofree char *line = g_data_input_stream_read_line (said, NULL, NULL, NULL);
  if (!line || sscanf (line, "%u %u %u", &rtmp, &http, &unused) != 3)
    g_error ("bench-studio said no ports");
  self->proxy = sct_fault_proxy_new ((guint16) http);
  guint16 port = sct_fault_proxy_get_port (self->proxy);
  g_autofree char *base = g_strdup_printf ("base %u\n", port);
  GOutputStream *input = g_subprocess_get_stdin_pipe (self->studio);
  g_output_stream_write_all (input, base, strlen (base), NULL, NULL, NULL);
  self->url = g_strdup_printf ("http://127.0.0.1:%u" PATH, port);
  g_autofree char *ingest = g_strdup_printf ("rtmp://127.0.0.1:%u/app/sk_one", rtmp);
  self->publisher = start (programs, "bench-publisher", ingest);
}

static void
on_state (ScPlayer *player, GParamSpec *pspec, gpointer user_data)
{
  BenchStage *self = user_data;
  if (sc_player_get_state (player) == SC_PLAYER_FAILED)
    self->failed = TRUE;
}

/**
 * bench_stage_new:
 * @programs: the folder of bench-studio and bench-publisher
 * @sinks: where the player shows what it plays; whoever shows calls bench_stage_see_frame()
 *
 * Returns: (transfer full): a stage with a live streamer, and a player that opened nothing yet
 */
BenchStage *
bench_stage_new (const char *programs, const ScPlayerSinks *sinks)
{
  BenchStage *self = g_new0 (BenchStage, 1);
  g_mutex_init (&self->lock);
  start_stream (self, programs);
  self->player = sc_player_new (sinks);
  g_signal_connect (self->player, "notify::state", G_CALLBACK (on_state), self);
  return self;
}

/**
 * bench_stage_free:
 * @self: a stage
 *
 * Ends all of it.
 */
void
bench_stage_free (BenchStage *self)
{
  g_signal_handlers_disconnect_by_data (self->player, self);
  sc_player_stop (self->player);
  g_clear_object (&self->player);
  sc_player_library_finish (); /* until then a picture may still come */
  g_subprocess_force_exit (self->publisher);
  g_subprocess_force_exit (self->studio);
  g_clear_object (&self->publisher);
  g_clear_object (&self->studio);
  sct_fault_proxy_free (self->proxy);
  g_mutex_clear (&self->lock);
  g_free (self->url);
  g_free (self);
}

/**
 * bench_stage_get_player:
 * @self: a stage
 *
 * Returns: (transfer none): its player
 */
ScPlayer *
bench_stage_get_player (BenchStage *self)
{
  return self->player;
}

/**
 * bench_stage_see_frame:
 * @self: a stage
 *
 * A picture is shown. On any thread.
 */
void
bench_stage_see_frame (BenchStage *self)
{
  gint64 now = g_get_monotonic_time ();
  g_mutex_lock (&self->lock);
  if (now - self->last_frame > STILL_US) {
    self->stood += self->last_frame ? now - self->last_frame : 0;
    self->run_start = now;
  }
  self->last_frame = now;
  g_mutex_unlock (&self->lock);
}

/* Returns since when pictures move, or 0 while they stand. */
static gint64
get_run_start (BenchStage *self)
{
  g_mutex_lock (&self->lock);
  gboolean moves = g_get_monotonic_time () - self->last_frame <= STILL_US;
  gint64 start = moves ? self->run_start : 0;
  g_mutex_unlock (&self->lock);
  return start;
}

static gint64
get_last_frame (BenchStage *self)
{
  g_mutex_lock (&self->lock);
  gint64 last = self->last_frame;
  g_mutex_unlock (&self->lock);
  return last;
}

static gboolean
on_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint ms)
{
  gboolean over = FALSE;
  g_timeout_add (ms, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* Stands still: the alarm clock is a process that does nothing but this. */
static void
sleep_for (guint ms)
{
  pid_t alarm_clock = fork ();
  g_assert_cmpint (alarm_clock, >=, 0);
  if (alarm_clock == 0) {
    const struct timespec time = { ms / 1000, ms % 1000 * 1000000 };
    nanosleep (&time, NULL);
    kill (getppid (), SIGCONT);
    _exit (EXIT_SUCCESS);
  }
  kill (getpid (), SIGSTOP);
  waitpid (alarm_clock, NULL, 0);
}

/* Waits until pictures moved for a while, from @begin on at the earliest. Returns since when they
 * do, or 0 if they never did. A player that gave up is told to open again. */
static gint64
wait_for_calm (BenchStage *self, gint64 begin)
{
  gint64 give_up = g_get_monotonic_time () + PATIENCE_US;
  while (g_get_monotonic_time () < give_up) {
    gint64 start = get_run_start (self);
    if (start && g_get_monotonic_time () - MAX (start, begin) >= CALM_US)
      return MAX (start, begin);
    if (sc_player_get_state (self->player) == SC_PLAYER_FAILED)
      sc_player_open_live (self->player, self->url);
    run_for (LOOK_MS);
  }
  return 0;
}

/**
 * bench_stage_warm:
 * @self: a stage
 *
 * Waits until the stream is there to be opened.
 */
void
bench_stage_warm (BenchStage *self)
{
  if (!self->is_warm)
    run_for (STREAM_MS);
  self->is_warm = TRUE;
}

/**
 * bench_stage_switch:
 * @self: a stage whose player has the stream open
 *
 * Has the player leave the stream and open it again, as for another channel.
 *
 * Returns: seconds until it showed a picture; more than a person would wait if it never did
 */
double
bench_stage_switch (BenchStage *self)
{
  gint64 begin = g_get_monotonic_time ();
  sc_player_stop (self->player);
  sc_player_open_live (self->player, self->url);
  gint64 opened = g_get_monotonic_time ();
  while (get_last_frame (self) < opened && g_get_monotonic_time () < begin + PATIENCE_US)
    run_for (LOOK_MS);
  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

/**
 * bench_stage_open:
 * @self: a stage
 *
 * Has the player open the stream, once that is there.
 *
 * Returns: whether pictures move
 */
gboolean
bench_stage_open (BenchStage *self)
{
  bench_stage_warm (self);
  sc_player_open_live (self->player, self->url);
  return wait_for_calm (self, 0) > 0;
}

/**
 * bench_stage_cut:
 * @self: a stage
 * @cut: what happens
 *
 * Lets it happen, and waits until pictures move again.
 *
 * Returns: what came of it
 */
BenchRecovery
bench_stage_cut (BenchStage *self, const BenchCut *cut)
{
  static const SctFaults none = { 0 };
  self->failed = FALSE;
  g_mutex_lock (&self->lock);
  self->stood = 0;
  g_mutex_unlock (&self->lock);
  sct_fault_proxy_set (self->proxy, &cut->faults);
  if (cut->reset)
    sct_fault_proxy_reset (self->proxy);
  if (cut->asleep)
    sleep_for (cut->ms);
  else
    run_for (cut->ms);
  sct_fault_proxy_set (self->proxy, &none);
  gint64 back = g_get_monotonic_time ();
  gint64 moving = wait_for_calm (self, back);
  ScPlayerLive *live = sc_player_get_live (self->player);
  return (BenchRecovery) {
    .recovered = moving > 0,
    .seconds = (double) (MAX (moving, back) - back) / G_USEC_PER_SEC,
    .stood = (double) self->stood / G_USEC_PER_SEC,
    .latency = (double) sc_player_live_get_latency (live) / G_USEC_PER_SEC,
    .failed = self->failed,
  };
}
