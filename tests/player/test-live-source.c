/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The element `ivssrc` under playbin3, on a real origin with a real encoder. */

#include "config.h"

#include "live-front.h"
#include "live-viewer.h"
#include "sc-live-src.h"
#include "sc-live-trouble.h"
#include "sc-ts-scanner.h"

#include <gst/gst.h>

#define ENCODER "-t 60"
#define MS GST_MSECOND

/* So many texts are timed. */
#define TIMED_TEXTS 6
/* A text is told within this of its picture, or, as the sink wakes up a moment after the clock said
 * so, before that. */
#define LATE_US (50 * G_TIME_SPAN_MILLISECOND)
#define EARLY_US (10 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  SctStudio *studio;
  LiveFront *front;
  GSubprocess *encoder;
} Stage;

static void
set_up_with (Stage *stage, guint renditions)
{
  stage->studio = sct_studio_new ();
  stage->studio->renditions = renditions;
  stage->front = live_front_new (stage->studio);
  stage->encoder = sct_studio_encode (stage->studio, "sk_one", ENCODER);
  sct_studio_wait (stage->studio, "start one *");
}

static void
set_up (Stage *stage, gconstpointer data)
{
  set_up_with (stage, 0);
}

static void
set_up_ladder (Stage *stage, gconstpointer data)
{
  set_up_with (stage, 1);
}

static void
stop_encoder (Stage *stage)
{
  g_subprocess_send_signal (stage->encoder, SIGINT);
  g_autofree char *said = sct_studio_finish (stage->studio, stage->encoder);
  g_clear_object (&stage->encoder);
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  if (stage->encoder)
    stop_encoder (stage);
  live_front_free (stage->front);
  sct_studio_free (stage->studio);
}

static LiveViewer *
open_stage (Stage *stage)
{
  g_autofree char *uri = live_front_get_uri (stage->front, "");
  LiveViewer *viewer = live_viewer_new (uri);
  live_viewer_wait_for_frames (viewer, 20);
  return viewer;
}

static void
test_plays (Stage *stage, gconstpointer data)
{
  LiveViewer *viewer = open_stage (stage);
  live_viewer_wait_for (viewer->latency >= 0);
  live_viewer_wait_for_frames (viewer, 60);
  g_assert_cmpuint (viewer->sounds, >, 60);
  g_assert_cmpuint (viewer->qualities->len, ==, 1);
  g_assert_cmpuint (viewer->trouble, ==, SC_LIVE_FINE);
  /* A segment's length is what every player is behind that cannot read one that is being made. */
  g_assert_cmpint (viewer->latency, <, 2 * G_USEC_PER_SEC);
  g_test_message ("latency %d ms", (int) (viewer->latency / 1000));
  live_viewer_free (viewer);
}

static void
test_ends (Stage *stage, gconstpointer data)
{
  LiveViewer *viewer = open_stage (stage);
  stop_encoder (stage);
  live_viewer_wait_for (viewer->ended || viewer->error);
  g_assert_no_error (viewer->error);
  live_viewer_free (viewer);
}

/* A playlist that says that the stream ended is not believed at once. */
static void
test_pause_of_streamer (Stage *stage, gconstpointer data)
{
  LiveViewer *viewer = open_stage (stage);
  stage->front->pauses = TRUE;
  live_viewer_wait_for (viewer->trouble == SC_LIVE_PAUSED || viewer->ended);
  g_assert_false (viewer->ended);
  stage->front->pauses = FALSE;
  live_viewer_wait_for_frames (viewer, 60);
  live_viewer_wait_for (viewer->trouble == SC_LIVE_FINE);
  live_viewer_free (viewer);
}

/* The frame that was shown last is followed by the next one, however long the pause was. */
static void
test_pause_of_viewer (Stage *stage, gconstpointer data)
{
  LiveViewer *viewer = open_stage (stage);
  live_viewer_wait_for_frames (viewer, 60);
  g_object_set (viewer->source, "held", TRUE, NULL);
  gst_element_set_state (viewer->playbin, GST_STATE_PAUSED);
  viewer->widest = 0;
  gint64 until = g_get_monotonic_time () + 3 * G_USEC_PER_SEC;
  live_viewer_wait_for (g_get_monotonic_time () >= until);
  gst_element_set_state (viewer->playbin, GST_STATE_PLAYING);
  live_viewer_wait_for_frames (viewer, 60);
  g_assert_cmpint (viewer->widest, <, 200 * MS);
  live_viewer_wait_for (viewer->behind > 2 * G_USEC_PER_SEC);
  g_assert_cmpint (viewer->latency, >, 2 * G_USEC_PER_SEC);

  g_signal_emit_by_name (viewer->source, "return-to-live");
  live_viewer_wait_for (viewer->behind == 0 && viewer->latency < 2 * G_USEC_PER_SEC);
  live_viewer_wait_for_frames (viewer, 30);
  g_assert_cmpuint (viewer->trouble, ==, SC_LIVE_FINE);
  live_viewer_free (viewer);
}

/* Without what is being made there are the whole segments, and the latency that this gives. */
static void
test_without_prefetch (Stage *stage, gconstpointer data)
{
  stage->front->hides_prefetch = TRUE;
  LiveViewer *viewer = open_stage (stage);
  live_viewer_wait_for_frames (viewer, 180);
  live_viewer_wait_for (viewer->latency > 0);
  g_assert_cmpint (viewer->latency, <, 8 * G_USEC_PER_SEC);
  live_viewer_free (viewer);
}

static void
test_broken_prefetch (Stage *stage, gconstpointer data)
{
  stage->front->breaks_prefetch = TRUE;
  LiveViewer *viewer = open_stage (stage);
  live_viewer_wait_for_frames (viewer, 90);
  stage->front->breaks_prefetch = FALSE;
  live_viewer_wait_for_frames (viewer, 90);
  live_viewer_free (viewer);
}

static void
test_nonsense (Stage *stage, gconstpointer data)
{
  LiveViewer *viewer = open_stage (stage);
  stage->front->spoils = TRUE;
  live_viewer_wait_for (viewer->trouble != SC_LIVE_FINE);
  stage->front->spoils = FALSE;
  live_viewer_wait_for_frames (viewer, 60);
  live_viewer_free (viewer);
}

static void
test_not_there (Stage *stage, gconstpointer data)
{
  g_autofree char *uri =
    g_strdup_printf ("ivs+http://127.0.0.1:%u/api/video/v1/us-west-2.1.channel.none.m3u8",
                     stage->front->port);
  LiveViewer *viewer = live_viewer_new (uri);
  live_viewer_wait_for (viewer->error);
  g_assert_error (viewer->error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND);
  g_assert_cmpuint (viewer->status, ==, 404);
  live_viewer_free (viewer);
}

static void
test_no_server (Stage *stage, gconstpointer data)
{
  LiveViewer *viewer = live_viewer_new ("ivs+http://127.0.0.1:9/none.m3u8");
  live_viewer_wait_for (viewer->error);
  g_assert_error (viewer->error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ);
  live_viewer_free (viewer);
}

/* On the source's thread. */
static char *
on_refresh (GstElement *source, gpointer user_data)
{
  return g_strdup (user_data);
}

static void
on_source_with_token (GstElement *playbin, GstElement *source, gpointer user_data)
{
  g_signal_connect (source, "refresh-uri", G_CALLBACK (on_refresh), user_data);
}

static void
test_token (Stage *stage, gconstpointer data)
{
  stage->front->token = "new";
  g_autofree char *old_uri = live_front_get_uri (stage->front, "?token=old");
  g_autofree char *new_uri = live_front_get_uri (stage->front, "?token=new");
  LiveViewer *viewer = live_viewer_new (old_uri);
  live_viewer_wait_for (viewer->error);
  g_assert_cmpuint (viewer->status, ==, 403);
  live_viewer_free (viewer);

  viewer = live_viewer_new (old_uri);
  gst_element_set_state (viewer->playbin, GST_STATE_READY);
  g_signal_connect (viewer->playbin,
                    "source-setup",
                    G_CALLBACK (on_source_with_token),
                    new_uri + strlen ("ivs+"));
  gst_element_set_state (viewer->playbin, GST_STATE_PLAYING);
  live_viewer_wait_for_frames (viewer, 20);
  g_assert_cmpuint (stage->front->n_refused, >=, 2);
  live_viewer_free (viewer);
}

/* Every frame of the stream is shown, whichever rendition it is from. */
static void
test_quality (Stage *stage, gconstpointer data)
{
  LiveViewer *viewer = open_stage (stage);
  live_viewer_wait_for (viewer->qualities->len == 2 && viewer->height > 0);
  const char *small = g_ptr_array_index (viewer->qualities, 1);
  g_autofree char *chosen = g_strdup (small);
  live_viewer_wait_for_frames (viewer, 60);
  viewer->widest = 0;
  g_object_set (viewer->source, "quality", chosen, NULL);
  live_viewer_wait_for (g_strcmp0 (viewer->quality, chosen) == 0 && viewer->height < 180);
  live_viewer_wait_for_frames (viewer, 60);
  g_object_set (viewer->source, "quality", g_ptr_array_index (viewer->qualities, 0), NULL);
  live_viewer_wait_for (viewer->height == 180);
  live_viewer_wait_for_frames (viewer, 60);
  g_assert_cmpint (viewer->widest, <, 100 * MS);
  live_viewer_free (viewer);
}

static void
test_metadata (Stage *stage, gconstpointer data)
{
  LiveViewer *viewer = open_stage (stage);
  g_assert_true (sc_ingest_put_metadata (stage->studio->ingest, "one", "a question"));
  live_viewer_wait_for (
    g_ptr_array_find_with_equal_func (viewer->texts, "a question", g_str_equal, NULL));
  live_viewer_free (viewer);
}

/* What the origin has of timed metadata is compared with when it was told. */
typedef struct {
  LiveViewer *viewer;
  GArray *latenesses; /* of gint64, microseconds */
} Timing;

static void
on_pes (ScTsKind kind, guint64 pts, gpointer user_data)
{
}

static void
on_text (const char *owner, const char *text, guint64 ticks, gpointer user_data)
{
  Timing *timing = user_data;
  gint64 pts = (gint64) gst_util_uint64_scale (ticks, GST_SECOND, 90000);
  gint64 lateness;
  if (live_viewer_get_lateness (timing->viewer, text, pts, &lateness))
    g_array_append_val (timing->latenesses, lateness);
}

/* Returns (transfer full): how late each text was that is in a whole segment. */
static GArray *
measure_latenesses (Stage *stage, LiveViewer *viewer)
{
  Timing timing = { viewer, g_array_new (FALSE, FALSE, sizeof (gint64)) };
  const ScTsScannerFuncs funcs = { on_pes, on_text, &timing };
  g_autofree char *rendition = sct_studio_rendition (stage->studio, "one");
  g_autofree char *playlist = sct_studio_get_text (stage->studio, rendition, NULL);
  g_autoptr (GPtrArray) segments = sct_studio_segments (playlist, "");
  for (guint i = 0; i < segments->len; i++) {
    gsize size;
    g_autoptr (ScTsScanner) scanner = sc_ts_scanner_new (&funcs);
    g_autoptr (GBytes) body = sct_studio_get (stage->studio, g_ptr_array_index (segments, i), NULL);
    const guint8 *data = g_bytes_get_data (body, &size);
    sc_ts_scanner_feed (scanner, data, size);
  }
  return timing.latenesses;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;
  return left < right ? -1 : left > right;
}

/* Each segment has metadata of the origin's own. On a busy machine one may be late, but not most.
 */
static void
test_metadata_time (Stage *stage, gconstpointer data)
{
  LiveViewer *viewer = open_stage (stage);
  g_autoptr (GArray) latenesses = NULL;
  for (guint n = 0, asked = 0; n < TIMED_TEXTS;) {
    g_autofree char *text = g_strdup_printf ("question %u", ++asked);
    live_viewer_wait_for_frames (viewer, 15);
    g_assert_true (sc_ingest_put_metadata (stage->studio->ingest, "one", text));
    g_clear_pointer (&latenesses, g_array_unref);
    latenesses = measure_latenesses (stage, viewer);
    n = latenesses->len;
  }
  g_array_sort (latenesses, compare_times);
  gint64 median = g_array_index (latenesses, gint64, latenesses->len / 2);
  g_test_message ("told %d us after the picture, %d to %d",
                  (int) median,
                  (int) g_array_index (latenesses, gint64, 0),
                  (int) g_array_index (latenesses, gint64, latenesses->len - 1));
  g_assert_cmpint (median, >=, -EARLY_US);
  g_assert_cmpint (median, <=, LATE_US);
  live_viewer_free (viewer);
}

static void
add (const char *name, void (*test) (Stage *stage, gconstpointer data))
{
  g_autofree char *path = g_strdup_printf ("/live-source/%s", name);
  g_test_add (path, Stage, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  sc_live_src_register (NULL);
  add ("plays", test_plays);
  add ("ends", test_ends);
  add ("pause-of-streamer", test_pause_of_streamer);
  add ("pause-of-viewer", test_pause_of_viewer);
  add ("without-prefetch", test_without_prefetch);
  add ("broken-prefetch", test_broken_prefetch);
  add ("nonsense", test_nonsense);
  add ("not-there", test_not_there);
  add ("no-server", test_no_server);
  add ("token", test_token);
  add ("metadata", test_metadata);
  add ("metadata-time", test_metadata_time);
  g_test_add ("/live-source/quality", Stage, NULL, set_up_ladder, test_quality, tear_down);
  return g_test_run ();
}
