/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-stage.h"
#include "sc-player-library.h"

#include <gst/gst.h>

/* That the player lives through cuts of its network: the short ones of `./dev bench faults`, which
 * says how soon. One player through all of them, as what one leaves behind is what ails the next.
 */

typedef struct {
  BenchStage *stage; /* %NULL until there is one; frames before that do not count */
} Show;

static void
on_handoff (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer user_data)
{
  Show *show = user_data;
  bench_stage_see_frame (show->stage);
}

static GstElement *
make_sink (void)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", TRUE, NULL);
  return sink;
}

static GstElement *
make_video_sink (GObject **ret_paintable, gpointer user_data)
{
  GstElement *sink = make_sink ();
  g_object_set (sink, "signal-handoffs", TRUE, NULL);
  g_signal_connect (sink, "handoff", G_CALLBACK (on_handoff), user_data);
  *ret_paintable = g_object_new (G_TYPE_OBJECT, NULL);
  return sink;
}

static GstElement *
make_audio_sink (gpointer user_data)
{
  return make_sink ();
}

static void
test_cuts (void)
{
  Show show = { 0 };
  ScPlayerSinks sinks = { make_video_sink, make_audio_sink, &show };
  show.stage = bench_stage_new (g_getenv ("STREAMCAT_BENCH"), &sinks);
  g_assert_true (bench_stage_open (show.stage));
  guint n;
  const BenchCut *cuts = bench_stage_get_cuts (&n);
  for (guint i = 0; i < n; i++) {
    if (!cuts[i].is_short)
      continue;
    BenchRecovery recovery = bench_stage_cut (show.stage, &cuts[i]);
    g_test_message ("%s: %.2f s after its end", cuts[i].name, recovery.seconds);
    g_assert_true (recovery.recovered);
    g_assert_false (recovery.failed);
  }
  bench_stage_free (show.stage);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sc_player_library_init ();
  g_test_add_func ("/faults/cuts", test_cuts);
  int result = g_test_run ();
  sc_player_library_finish ();
  return result;
}
