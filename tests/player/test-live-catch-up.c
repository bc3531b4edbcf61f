/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "live-front.h"
#include "sc-live-src.h"
#include "sc-tempo.h"
#include "tone.h"

#include <gst/gst.h>

/* A viewer who wanted to be far behind and then does not: the live source catches up, under
 * playbin3 and on a real stream with a tone of 440 Hz, and nobody hears it. */

#define PATIENCE_SECONDS 40
#define FAR_MS 3000
/* What ffmpeg's sine has. */
#define VOLUME 0.125
/* The encoder makes half as much of it again in one place. A cut wave is many times that. */
#define AAC_TOLERANCE 2.0
/* How much of the slower sound is listened to, and of the faster. */
#define SLOW_SECONDS 10
#define FAST_SECONDS 3

typedef struct {
  GstElement *playbin;
  GstElement *source;
  double rate;

  GMutex lock; /* guards what follows */
  gboolean records;
  GArray *samples; /* of float, the first channel */
  int sample_rate;
} Viewer;

static void
on_sound (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer user_data)
{
  Viewer *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  int channels = 1;
  GstMapInfo map;
  g_mutex_lock (&self->lock);
  g_assert_cmpstr (gst_structure_get_string (structure, "format"), ==, "F32LE");
  gst_structure_get_int (structure, "channels", &channels);
  gst_structure_get_int (structure, "rate", &self->sample_rate);
  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  const float *samples = (const float *) (const void *) map.data;
  gsize n = map.size / sizeof (float) / (gsize) channels;
  for (gsize i = 0; self->records && i < n; i++)
    g_array_append_val (self->samples, samples[i * (gsize) channels]);
  gst_buffer_unmap (buffer, &map);
  g_mutex_unlock (&self->lock);
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  Viewer *self = user_data;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_LATENCY)
    gst_bin_recalculate_latency (GST_BIN (self->playbin));
  else if (gst_message_has_name (message, "sc-live-stats"))
    gst_structure_get_double (gst_message_get_structure (message), "rate", &self->rate);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), !=, GST_MESSAGE_ERROR);
  return G_SOURCE_CONTINUE;
}

static void
on_source_setup (GstElement *playbin, GstElement *source, gpointer user_data)
{
  Viewer *self = user_data;
  g_set_object (&self->source, source);
  g_object_set (source, "target-latency", FAR_MS, NULL);
}

static void
play (Viewer *self, const char *uri)
{
  GstElement *sound = gst_element_factory_make ("fakesink", NULL);
  GstElement *picture = gst_element_factory_make ("fakesink", NULL);
  g_mutex_init (&self->lock);
  self->samples = g_array_new (FALSE, FALSE, sizeof (float));
  g_object_set (sound, "sync", TRUE, "signal-handoffs", TRUE, NULL);
  g_object_set (picture, "sync", TRUE, NULL);
  g_signal_connect (sound, "handoff", G_CALLBACK (on_sound), self);
  self->playbin = gst_object_ref_sink (gst_element_factory_make ("playbin3", NULL));
  g_object_set (self->playbin, "uri", uri, "video-sink", picture, "audio-sink", sound, NULL);
  g_object_set (self->playbin, "audio-filter", g_object_new (SC_TYPE_TEMPO, NULL), NULL);
  g_signal_connect (self->playbin, "source-setup", G_CALLBACK (on_source_setup), self);
  gst_element_set_state (self->playbin, GST_STATE_PLAYING);
}

static guint
count_samples (Viewer *self)
{
  g_mutex_lock (&self->lock);
  guint n = self->samples->len;
  g_mutex_unlock (&self->lock);
  return n;
}

static void
record (Viewer *self)
{
  g_mutex_lock (&self->lock);
  self->records = TRUE;
  g_mutex_unlock (&self->lock);
}

static gboolean
on_patience_over (gpointer user_data)
{
  g_error ("Waited in vain for: %s", (const char *) user_data);
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until @condition; messages come five times a second. */
#define WAIT_FOR(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint patience_ =                                                                              \
      g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_over, (gpointer) #condition);           \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (patience_);                                                                   \
  }                                                                                                \
  G_STMT_END

static void
test_tone (void)
{
  SctStudio *studio = sct_studio_new ();
  LiveFront *front = live_front_new (studio);
  g_autoptr (GSubprocess) encoder = sct_studio_encode (studio, "sk_one", "-t 60");
  sct_studio_wait (studio, "start one *");
  g_autofree char *uri = live_front_get_uri (front, "");
  Viewer viewer = { 0 };
  play (&viewer, uri);
  g_autoptr (GstBus) bus = gst_element_get_bus (viewer.playbin);
  guint watch = gst_bus_add_watch (bus, on_message, &viewer);
  WAIT_FOR (viewer.rate > 0 && viewer.rate < 0.98);
  record (&viewer);
  guint n = count_samples (&viewer);
  WAIT_FOR (count_samples (&viewer) > n + SLOW_SECONDS * (guint) viewer.sample_rate);
  g_object_set (viewer.source, "target-latency", 0, NULL);
  WAIT_FOR (viewer.rate > 1.005);
  n = count_samples (&viewer);
  WAIT_FOR (count_samples (&viewer) > n + FAST_SECONDS * (guint) viewer.sample_rate);
  gst_element_set_state (viewer.playbin, GST_STATE_NULL);

  Tone tone = tone_hear (viewer.samples, viewer.sample_rate, VOLUME, AAC_TOLERANCE);
  g_assert_cmpfloat (tone.lowest, >, 439);
  g_assert_cmpfloat (tone.highest, <, 441);
  g_assert_cmpuint (tone.n_clicks, ==, 0);
  g_source_remove (watch);
  gst_clear_object (&viewer.playbin);
  g_clear_object (&viewer.source);
  g_array_unref (viewer.samples);
  g_mutex_clear (&viewer.lock);
  g_subprocess_force_exit (encoder);
  live_front_free (front);
  sct_studio_free (studio);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  sc_live_src_register (NULL);
  g_test_add_func ("/live-catch-up/tone", test_tone);
  return g_test_run ();
}
