/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The element `ivssrc` under playbin3, on a real origin with a real encoder. */

#include "config.h"

#include "live-front.h"
#include "sc-live-src.h"
#include "sc-live-trouble.h"

#include <gst/gst.h>

#define PATIENCE_SECONDS 25
#define ENCODER "-t 60"
#define MS GST_MSECOND

/* A viewer without a screen. */
typedef struct {
  GstElement *playbin;
  GstElement *source;
  guint bus_watch;
  gboolean ended;
  GError *error;
  guint status;
  char *quality;
  gint64 latency;
  gint64 behind;
  guint trouble;
  GPtrArray *qualities; /* of char * */
  GPtrArray *texts;     /* of char * */

  GMutex lock; /* guards what follows */
  guint frames;
  guint sounds;
  gint64 last_pts;
  gint64 widest; /* the longest way from one frame to the next in the stream, ns */
  int height;
} Viewer;

static void
on_frame (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer user_data)
{
  Viewer *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  gint64 pts = (gint64) GST_BUFFER_PTS (buffer);
  g_mutex_lock (&self->lock);
  if (self->frames > 0)
    self->widest = MAX (self->widest, pts - self->last_pts);
  self->last_pts = pts;
  self->frames++;
  gst_structure_get_int (gst_caps_get_structure (caps, 0), "height", &self->height);
  g_mutex_unlock (&self->lock);
}

static void
on_sound (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer user_data)
{
  Viewer *self = user_data;
  g_mutex_lock (&self->lock);
  self->sounds++;
  g_mutex_unlock (&self->lock);
}

static guint
count_frames (Viewer *self)
{
  g_mutex_lock (&self->lock);
  guint frames = self->frames;
  g_mutex_unlock (&self->lock);
  return frames;
}

static void
take_stats (Viewer *self, const GstStructure *stats)
{
  gst_structure_get (stats,
                     "latency",
                     G_TYPE_INT64,
                     &self->latency,
                     "behind",
                     G_TYPE_INT64,
                     &self->behind,
                     "trouble",
                     G_TYPE_UINT,
                     &self->trouble,
                     NULL);
  g_set_str (&self->quality, gst_structure_get_string (stats, "quality"));
}

static void
take_qualities (Viewer *self, const GstStructure *structure)
{
  const GValue *list = gst_structure_get_value (structure, "list");
  g_ptr_array_set_size (self->qualities, 0);
  for (guint i = 0; i < gst_value_list_get_size (list); i++) {
    const GstStructure *quality = gst_value_get_structure (gst_value_list_get_value (list, i));
    g_ptr_array_add (self->qualities, g_strdup (gst_structure_get_string (quality, "id")));
  }
}

static void
take_error (Viewer *self, GstMessage *message)
{
  const GstStructure *details = NULL;
  g_clear_error (&self->error);
  gst_message_parse_error (message, &self->error, NULL);
  gst_message_parse_error_details (message, &details);
  if (details)
    gst_structure_get_uint (details, "http-status-code", &self->status);
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  Viewer *self = user_data;
  const GstStructure *structure = gst_message_get_structure (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    self->ended = TRUE;
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    take_error (self, message);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_LATENCY)
    gst_bin_recalculate_latency (GST_BIN (self->playbin));
  else if (gst_message_has_name (message, "sc-live-stats"))
    take_stats (self, structure);
  else if (gst_message_has_name (message, "sc-live-qualities"))
    take_qualities (self, structure);
  else if (gst_message_has_name (message, "sc-live-metadata"))
    g_ptr_array_add (self->texts, g_strdup (gst_structure_get_string (structure, "text")));
  return G_SOURCE_CONTINUE;
}

static void
on_source_setup (GstElement *playbin, GstElement *source, gpointer user_data)
{
  Viewer *self = user_data;
  g_set_object (&self->source, source);
}

static GstElement *
make_sink (Viewer *self, GCallback on_handoff)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", TRUE, "signal-handoffs", TRUE, NULL);
  g_signal_connect (sink, "handoff", on_handoff, self);
  return sink;
}

static Viewer *
viewer_new (const char *uri)
{
  Viewer *self = g_new0 (Viewer, 1);
  g_mutex_init (&self->lock);
  self->latency = -1;
  self->qualities = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->playbin = gst_object_ref_sink (gst_element_factory_make ("playbin3", NULL));
  g_object_set (self->playbin,
                "uri",
                uri,
                "video-sink",
                make_sink (self, G_CALLBACK (on_frame)),
                "audio-sink",
                make_sink (self, G_CALLBACK (on_sound)),
                "audio-filter",
                gst_element_factory_make ("scaletempo", NULL),
                NULL);
  g_signal_connect (self->playbin, "source-setup", G_CALLBACK (on_source_setup), self);
  g_autoptr (GstBus) bus = gst_element_get_bus (self->playbin);
  self->bus_watch = gst_bus_add_watch (bus, on_message, self);
  gst_element_set_state (self->playbin, GST_STATE_PLAYING);
  return self;
}

static void
viewer_free (Viewer *self)
{
  g_source_remove (self->bus_watch);
  gst_element_set_state (self->playbin, GST_STATE_NULL);
  gst_object_unref (self->playbin);
  g_clear_object (&self->source);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->qualities);
  g_ptr_array_unref (self->texts);
  g_free (self->quality);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gboolean
on_patience_over (gpointer user_data)
{
  g_error ("Waited in vain for: %s", (const char *) user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_look (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until @condition, which is looked at several times a frame. */
#define WAIT_FOR(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint patience_ =                                                                              \
      g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_over, (gpointer) #condition);           \
    guint look_ = g_timeout_add (10, on_look, NULL);                                               \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (patience_);                                                                   \
    g_source_remove (look_);                                                                       \
  }                                                                                                \
  G_STMT_END

static void
wait_for_frames (Viewer *self, guint n)
{
  guint before = count_frames (self);
  WAIT_FOR (count_frames (self) >= before + n || self->error);
  g_assert_no_error (self->error);
}

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

static Viewer *
open_stage (Stage *stage)
{
  g_autofree char *uri = live_front_get_uri (stage->front, "");
  Viewer *viewer = viewer_new (uri);
  wait_for_frames (viewer, 20);
  return viewer;
}

static void
test_plays (Stage *stage, gconstpointer data)
{
  Viewer *viewer = open_stage (stage);
  WAIT_FOR (viewer->latency >= 0);
  wait_for_frames (viewer, 60);
  g_assert_cmpuint (viewer->sounds, >, 60);
  g_assert_cmpuint (viewer->qualities->len, ==, 1);
  g_assert_cmpuint (viewer->trouble, ==, SC_LIVE_FINE);
  /* A segment's length is what every player is behind that cannot read one that is being made. */
  g_assert_cmpint (viewer->latency, <, 2 * G_USEC_PER_SEC);
  g_test_message ("latency %d ms", (int) (viewer->latency / 1000));
  viewer_free (viewer);
}

static void
test_ends (Stage *stage, gconstpointer data)
{
  Viewer *viewer = open_stage (stage);
  stop_encoder (stage);
  WAIT_FOR (viewer->ended || viewer->error);
  g_assert_no_error (viewer->error);
  viewer_free (viewer);
}

/* A playlist that says that the stream ended is not believed at once. */
static void
test_pause_of_streamer (Stage *stage, gconstpointer data)
{
  Viewer *viewer = open_stage (stage);
  stage->front->pauses = TRUE;
  WAIT_FOR (viewer->trouble == SC_LIVE_PAUSED || viewer->ended);
  g_assert_false (viewer->ended);
  stage->front->pauses = FALSE;
  wait_for_frames (viewer, 60);
  WAIT_FOR (viewer->trouble == SC_LIVE_FINE);
  viewer_free (viewer);
}

/* The frame that was shown last is followed by the next one, however long the pause was. */
static void
test_pause_of_viewer (Stage *stage, gconstpointer data)
{
  Viewer *viewer = open_stage (stage);
  wait_for_frames (viewer, 60);
  g_object_set (viewer->source, "held", TRUE, NULL);
  gst_element_set_state (viewer->playbin, GST_STATE_PAUSED);
  viewer->widest = 0;
  gint64 until = g_get_monotonic_time () + 3 * G_USEC_PER_SEC;
  WAIT_FOR (g_get_monotonic_time () >= until);
  gst_element_set_state (viewer->playbin, GST_STATE_PLAYING);
  wait_for_frames (viewer, 60);
  g_assert_cmpint (viewer->widest, <, 200 * MS);
  WAIT_FOR (viewer->behind > 2 * G_USEC_PER_SEC);
  g_assert_cmpint (viewer->latency, >, 2 * G_USEC_PER_SEC);

  g_signal_emit_by_name (viewer->source, "return-to-live");
  WAIT_FOR (viewer->behind == 0 && viewer->latency < 2 * G_USEC_PER_SEC);
  wait_for_frames (viewer, 30);
  g_assert_cmpuint (viewer->trouble, ==, SC_LIVE_FINE);
  viewer_free (viewer);
}

/* Without what is being made there are the whole segments, and the latency that this gives. */
static void
test_without_prefetch (Stage *stage, gconstpointer data)
{
  stage->front->hides_prefetch = TRUE;
  Viewer *viewer = open_stage (stage);
  wait_for_frames (viewer, 180);
  WAIT_FOR (viewer->latency > 0);
  g_assert_cmpint (viewer->latency, <, 8 * G_USEC_PER_SEC);
  viewer_free (viewer);
}

static void
test_broken_prefetch (Stage *stage, gconstpointer data)
{
  stage->front->breaks_prefetch = TRUE;
  Viewer *viewer = open_stage (stage);
  wait_for_frames (viewer, 90);
  stage->front->breaks_prefetch = FALSE;
  wait_for_frames (viewer, 90);
  viewer_free (viewer);
}

static void
test_nonsense (Stage *stage, gconstpointer data)
{
  Viewer *viewer = open_stage (stage);
  stage->front->spoils = TRUE;
  WAIT_FOR (viewer->trouble != SC_LIVE_FINE);
  stage->front->spoils = FALSE;
  wait_for_frames (viewer, 60);
  viewer_free (viewer);
}

static void
test_not_there (Stage *stage, gconstpointer data)
{
  g_autofree char *uri =
    g_strdup_printf ("ivs+http://127.0.0.1:%u/api/video/v1/us-west-2.1.channel.none.m3u8",
                     stage->front->port);
  Viewer *viewer = viewer_new (uri);
  WAIT_FOR (viewer->error);
  g_assert_error (viewer->error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND);
  g_assert_cmpuint (viewer->status, ==, 404);
  viewer_free (viewer);
}

static void
test_no_server (Stage *stage, gconstpointer data)
{
  Viewer *viewer = viewer_new ("ivs+http://127.0.0.1:9/none.m3u8");
  WAIT_FOR (viewer->error);
  g_assert_error (viewer->error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ);
  viewer_free (viewer);
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
  Viewer *viewer = viewer_new (old_uri);
  WAIT_FOR (viewer->error);
  g_assert_cmpuint (viewer->status, ==, 403);
  viewer_free (viewer);

  viewer = viewer_new (old_uri);
  gst_element_set_state (viewer->playbin, GST_STATE_READY);
  g_signal_connect (viewer->playbin,
                    "source-setup",
                    G_CALLBACK (on_source_with_token),
                    new_uri + strlen ("ivs+"));
  gst_element_set_state (viewer->playbin, GST_STATE_PLAYING);
  wait_for_frames (viewer, 20);
  g_assert_cmpuint (stage->front->n_refused, >=, 2);
  viewer_free (viewer);
}

/* Every frame of the stream is shown, whichever rendition it is from. */
static void
test_quality (Stage *stage, gconstpointer data)
{
  Viewer *viewer = open_stage (stage);
  WAIT_FOR (viewer->qualities->len == 2 && viewer->height > 0);
  const char *small = g_ptr_array_index (viewer->qualities, 1);
  g_autofree char *chosen = g_strdup (small);
  wait_for_frames (viewer, 60);
  viewer->widest = 0;
  g_object_set (viewer->source, "quality", chosen, NULL);
  WAIT_FOR (g_strcmp0 (viewer->quality, chosen) == 0 && viewer->height < 180);
  wait_for_frames (viewer, 60);
  g_object_set (viewer->source, "quality", g_ptr_array_index (viewer->qualities, 0), NULL);
  WAIT_FOR (viewer->height == 180);
  wait_for_frames (viewer, 60);
  g_assert_cmpint (viewer->widest, <, 100 * MS);
  viewer_free (viewer);
}

static void
test_metadata (Stage *stage, gconstpointer data)
{
  Viewer *viewer = open_stage (stage);
  g_assert_true (sc_ingest_put_metadata (stage->studio->ingest, "one", "a question"));
  WAIT_FOR (g_ptr_array_find_with_equal_func (viewer->texts, "a question", g_str_equal, NULL));
  viewer_free (viewer);
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
  g_test_add ("/live-source/quality", Stage, NULL, set_up_ladder, test_quality, tear_down);
  return g_test_run ();
}
