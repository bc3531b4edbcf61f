/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The element `ivssrc` under playbin3 on segments of fragmented MP4 behind an EXT-X-MAP. */

#include "config.h"

#include "fmp4-origin.h"
#include "live-viewer.h"
#include "sc-live-src.h"
#include "sc-live-trouble.h"

typedef struct {
  Fmp4Origin *origin;
  LiveViewer *viewer;
} Stage;

static void
set_up (Stage *stage, gconstpointer data)
{
  stage->origin = fmp4_origin_new ();
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  live_viewer_free (stage->viewer);
  fmp4_origin_free (stage->origin);
}

static LiveViewer *
open_stage (Stage *stage)
{
  g_autofree char *uri = fmp4_origin_get_uri (stage->origin);
  stage->viewer = live_viewer_new (uri);
  live_viewer_settle (stage->viewer);
  return stage->viewer;
}

/* The sound must run as the picture does: 43 pieces a second, and 30 pictures. */
static void
wait_for_both (LiveViewer *viewer, guint n)
{
  guint before = viewer->sounds;
  live_viewer_wait_for_frames (viewer, n);
  live_viewer_wait_for (viewer->sounds >= before + n);
}

static void
assert_unbroken (LiveViewer *viewer)
{
  g_assert_no_error (viewer->error);
  g_assert_false (viewer->ended);
  g_assert_cmpuint (viewer->trouble, ==, SC_LIVE_FINE);
  g_assert_cmpint (viewer->widest, <, 100 * GST_MSECOND);
}

static void
test_plays (Stage *stage, gconstpointer data)
{
  LiveViewer *viewer = open_stage (stage);
  wait_for_both (viewer, 60);
  live_viewer_wait_for (viewer->latency >= 0);
  g_test_message ("latency %d ms, the longest that a picture stood: %d ms",
                  (int) (viewer->latency / 1000),
                  (int) (viewer->longest / GST_MSECOND));
  assert_unbroken (viewer);
  g_assert_cmpint (viewer->height, ==, FMP4_HEIGHT);
  g_assert_cmpint (viewer->latency, <, 2 * G_USEC_PER_SEC);
}

static void
test_whole_segments (Stage *stage, gconstpointer data)
{
  stage->origin->hides_prefetch = TRUE;
  LiveViewer *viewer = open_stage (stage);
  wait_for_both (viewer, 60);
  live_viewer_wait_for (viewer->latency >= 0);
  assert_unbroken (viewer);
  g_assert_cmpint (viewer->latency, <, 4 * G_USEC_PER_SEC);
}

/* From the segment on that is made in some seconds the picture is another. */
static LiveViewer *
watch_change (Stage *stage)
{
  stage->origin->change_at = fmp4_origin_get_newest (stage->origin) + 6;
  LiveViewer *viewer = open_stage (stage);
  g_assert_cmpint (viewer->height, ==, FMP4_HEIGHT);
  live_viewer_wait_for (viewer->height == FMP4_OTHER_HEIGHT || viewer->error);
  g_assert_no_error (viewer->error);
  return viewer;
}

/* The encoder came back with another picture, and its clock began again. */
static void
test_other_map (Stage *stage, gconstpointer data)
{
  stage->origin->hides_prefetch = data != NULL;
  stage->origin->breaks = TRUE;
  LiveViewer *viewer = watch_change (stage);
  viewer->widest = 0; /* from one timeline to the other */
  wait_for_both (viewer, 90);
  g_test_message ("the longest that a picture stood: %d ms", (int) (viewer->longest / GST_MSECOND));
  assert_unbroken (viewer);
}

/* Another picture on the same timeline, without a word but its map, which is not there at once. */
static void
test_other_map_goes_on (Stage *stage, gconstpointer data)
{
  stage->origin->n_refused = 1;
  LiveViewer *viewer = watch_change (stage);
  wait_for_both (viewer, 60);
  g_assert_cmpuint (stage->origin->n_refused, ==, 0);
  g_assert_cmpuint (stage->origin->n_heads, ==, 2);
  gint64 change = (gint64) (stage->origin->change_at * GST_SECOND);
  g_assert_cmpint (ABS (viewer->height_from - change), <, 100 * GST_MSECOND);
  assert_unbroken (viewer);
}

/* Another address of the same initialisation section is no reason to show anything else. */
static void
test_signed_anew (Stage *stage, gconstpointer data)
{
  stage->origin->signs_anew = TRUE;
  LiveViewer *viewer = open_stage (stage);
  wait_for_both (viewer, 90);
  assert_unbroken (viewer);
}

/* Every frame of the stream is shown, whichever rendition it is from. */
static void
test_quality (Stage *stage, gconstpointer data)
{
  static const int heights[] = { FMP4_HEIGHT, FMP4_OTHER_HEIGHT, FMP4_HEIGHT };
  stage->origin->is_ladder = TRUE;
  LiveViewer *viewer = open_stage (stage);
  for (guint i = 0; i < G_N_ELEMENTS (heights); i++) {
    g_autofree char *quality = g_strdup_printf ("%dp", heights[i]);
    g_object_set (viewer->source, "quality", quality, NULL);
    live_viewer_wait_for (viewer->height == heights[i] || viewer->error);
    wait_for_both (viewer, 30);
  }
  g_assert_cmpuint (viewer->qualities->len, ==, 2);
  assert_unbroken (viewer);
}

static void
add (const char *name, void (*test) (Stage *stage, gconstpointer data), gconstpointer data)
{
  g_autofree char *path = g_strdup_printf ("/live-fmp4/%s", name);
  g_test_add (path, Stage, data, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  sc_live_src_register (NULL);
  add ("plays", test_plays, NULL);
  add ("whole-segments", test_whole_segments, NULL);
  add ("other-map", test_other_map, NULL);
  add ("other-map-of-whole-segments", test_other_map, "hides prefetch");
  add ("other-map-goes-on", test_other_map_goes_on, NULL);
  add ("signed-anew", test_signed_anew, NULL);
  add ("quality", test_quality, NULL);
  return g_test_run ();
}
