/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-live-timing.h"
#include "sc-stretch.h"
#include "sc-tempo.h"
#include "tone.h"

#include <gst/app/gstappsink.h>
#include <gst/audio/audio.h>
#include <gst/audio/gstaudiosink.h>

/* A tone that is played faster and slower keeps its pitch and has no clicks: what the live source
 * does when it catches up. */

#define RATE 48000
#define FREQUENCY 440.0
#define VOLUME 0.5
#define TOLERANCE 1.2
#define SPEED 4
#define MS (G_GINT64_CONSTANT (1000000))

/* A device that writes down what it is given, four times as fast as a card would: the pipeline goes
 * by that device's clock. */
#define RECORDER_TYPE (recorder_get_type ())
G_DECLARE_FINAL_TYPE (Recorder, recorder, SCT, RECORDER, GstAudioSink)

struct _Recorder {
  GstAudioSink parent;
  GMutex lock;
  GCond never;
  GArray *samples; /* of float */
  gint64 begin;
};

G_DEFINE_FINAL_TYPE (Recorder, recorder, GST_TYPE_AUDIO_SINK)

static gboolean
recorder_open (GstAudioSink *sink)
{
  return TRUE;
}

static gboolean
recorder_prepare (GstAudioSink *sink, GstAudioRingBufferSpec *spec)
{
  spec->segsize = RATE / 100 * (gint) sizeof (float);
  spec->segtotal = 20;
  return TRUE;
}

static gint
recorder_write (GstAudioSink *sink, gpointer data, guint length)
{
  Recorder *self = SCT_RECORDER (sink);
  g_mutex_lock (&self->lock);
  if (self->begin == 0)
    self->begin = g_get_monotonic_time ();
  gint64 due = self->begin + (gint64) self->samples->len * G_USEC_PER_SEC / RATE / SPEED;
  while (g_cond_wait_until (&self->never, &self->lock, due))
    ;
  g_array_append_vals (self->samples, data, length / sizeof (float));
  g_mutex_unlock (&self->lock);
  return (gint) length;
}

static guint
recorder_delay (GstAudioSink *sink)
{
  return 0;
}

static void
recorder_finalize (GObject *object)
{
  Recorder *self = SCT_RECORDER (object);
  g_array_unref (self->samples);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->never);
  G_OBJECT_CLASS (recorder_parent_class)->finalize (object);
}

static void
recorder_init (Recorder *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->never);
  self->samples = g_array_new (FALSE, FALSE, sizeof (float));
}

static void
recorder_class_init (RecorderClass *klass)
{
  static GstStaticPadTemplate template =
    GST_STATIC_PAD_TEMPLATE ("sink",
                             GST_PAD_SINK,
                             GST_PAD_ALWAYS,
                             GST_STATIC_CAPS ("audio/x-raw, format=" GST_AUDIO_NE (
                               F32) ", layout=interleaved, rate=48000, channels=1"));
  G_OBJECT_CLASS (klass)->finalize = recorder_finalize;
  GST_AUDIO_SINK_CLASS (klass)->open = recorder_open;
  GST_AUDIO_SINK_CLASS (klass)->close = recorder_open;
  GST_AUDIO_SINK_CLASS (klass)->unprepare = recorder_open;
  GST_AUDIO_SINK_CLASS (klass)->prepare = recorder_prepare;
  GST_AUDIO_SINK_CLASS (klass)->write = recorder_write;
  GST_AUDIO_SINK_CLASS (klass)->delay = recorder_delay;
  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (klass), &template);
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass),
                                         "Recorder",
                                         "Sink/Audio",
                                         "Keeps samples",
                                         "StreamCat");
}

/* From which place in the stream on it plays how fast. */
typedef struct {
  gint64 pts;
  double rate;
} Change;

static const Change changes[] = { { 1000 * MS, 1.05 },
                                  { 3000 * MS, 0.97 },
                                  { 5000 * MS, 1.02 },
                                  { 6000 * MS, 1.0 } };

typedef struct {
  guint n_changes;
  ScLiveMap map;
  gboolean instant;
} Player;

static GstEvent *
make_segment (const ScLiveMap *map)
{
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.rate = map->rate;
  segment.start = segment.time = segment.position = (guint64) map->pts;
  segment.base = (guint64) map->running;
  return gst_event_new_segment (&segment);
}

/* Sends a change on its way in front of the buffer that it begins with. */
static GstPadProbeReturn
on_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Player *player = user_data;
  gint64 pts = (gint64) GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));
  if (player->n_changes == G_N_ELEMENTS (changes) || pts < changes[player->n_changes].pts)
    return GST_PAD_PROBE_OK;
  double rate = changes[player->n_changes++].rate;
  player->map = (ScLiveMap) { pts, sc_live_map_running (&player->map, pts), rate, FALSE };
  if (player->instant)
    gst_pad_push_event (pad, gst_event_new_instant_rate_change (rate, GST_SEGMENT_FLAG_NONE));
  else
    gst_pad_push_event (pad, make_segment (&player->map));
  return GST_PAD_PROBE_OK;
}

static void
wait_for_end (GstElement *pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message =
    gst_bus_timed_pop_filtered (bus, 30 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
}

#define SOURCE                                                                                     \
  "audiotestsrc name=source freq=440 volume=0.5 samplesperbuffer=1024 num-buffers=328 ! "          \
  "audio/x-raw,rate=48000,channels=1 ! audioconvert ! "

static GstElement *
make_pipeline (Player *player, const char *description)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_assert_no_error (error);
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (source, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_buffer, player, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  return g_steal_pointer (&pipeline);
}

/* Returns: (transfer full): what a device was given of seven seconds of tone */
static GArray *
record (Player *player)
{
  g_autoptr (GstElement) pipeline = make_pipeline (player, SOURCE "recorder name=recorder");
  g_autoptr (GstElement) recorder = gst_bin_get_by_name (GST_BIN (pipeline), "recorder");
  wait_for_end (pipeline);
  GArray *samples = g_array_ref (SCT_RECORDER (recorder)->samples);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return samples;
}

/* A sink shows sound by its running time: it must follow on what was before. */
static void
take_sample (GstSample *sample, GArray *samples)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  const GstSegment *segment = gst_sample_get_segment (sample);
  gint64 end = (gint64) samples->len * GST_SECOND / RATE;
  guint64 running = gst_segment_to_running_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  g_assert_cmpfloat (segment->rate, ==, 1);
  g_assert_cmpint (ABS ((gint64) running - end), <=, 1000);
  GstMapInfo map;
  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_array_append_vals (samples, map.data, (guint) (map.size / sizeof (float)));
  gst_buffer_unmap (buffer, &map);
}

/* Returns: (transfer full): what comes out of the tempo of seven seconds of tone */
static GArray *
stretch (Player *player)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (GstElement) pipeline =
    make_pipeline (player, SOURCE "sctempo ! appsink name=sink sync=false");
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (GST_APP_SINK (sink));
  while (sample) {
    take_sample (sample, samples);
    gst_sample_unref (sample);
    sample = gst_app_sink_pull_sample (GST_APP_SINK (sink));
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return samples;
}

static void
test_segments (void)
{
  Player player = { .map = { 0, 0, 1, FALSE } };
  g_autoptr (GArray) samples = stretch (&player);
  g_assert_cmpuint (player.n_changes, ==, G_N_ELEMENTS (changes));
  Tone sound = tone_hear (samples, RATE, VOLUME, TOLERANCE);
  g_assert_cmpfloat (sound.lowest, >, FREQUENCY - 1);
  g_assert_cmpfloat (sound.highest, <, FREQUENCY + 1);
  g_assert_cmpuint (sound.n_clicks, ==, 0);
  double whole = 328 * 1024.0 / RATE;
  double expected = (double) sc_live_map_running (&player.map, (gint64) (whole * 1e9)) / 1e9;
  g_assert_cmpfloat_with_epsilon (sound.seconds, expected, 0.01);
}

/* The other way there is, which the live source does not go: the sink itself plays faster, and the
 * pitch goes with it. */
static void
test_instant (void)
{
  Player player = { .map = { 0, 0, 1, FALSE }, .instant = TRUE };
  g_autoptr (GArray) samples = record (&player);
  Tone sound = tone_hear (samples, RATE, VOLUME, TOLERANCE);
  g_assert_cmpfloat (sound.highest, >, FREQUENCY + 5);
}

/* At rate 1 nothing is done to sound, not in the last bit. */
static void
test_untouched (void)
{
  Player player = { .map = { 0, 0, 1, FALSE }, .n_changes = G_N_ELEMENTS (changes) };
  g_autoptr (GArray) samples = stretch (&player);
  g_assert_cmpuint (samples->len, ==, 328 * 1024);
  Tone sound = tone_hear (samples, RATE, VOLUME, TOLERANCE);
  g_assert_cmpuint (sound.n_clicks, ==, 0);
}

/* Whatever is pushed and whatever is wanted: no sample is lost but those that are counted, nothing
 * gets louder, and what is too long or too short becomes less so. */
static void
test_stretch (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  static const guint rates[] = { 8000, 44100, 48000 };
  for (int i = 0; i < 30; i++) {
    guint channels = (guint) g_rand_int_range (rand, 1, 3);
    guint rate = rates[i % 3];
    g_autoptr (ScStretch) it = sc_stretch_new (rate, channels);
    g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (float));
    gint64 pushed = 0;
    gint64 shortened = 0;
    for (int n = 0; n < 100; n++) {
      float frames[2 * 3000];
      guint length = (guint) g_rand_int_range (rand, 0, 3000);
      gint64 surplus = g_rand_int_range (rand, -2000, 2000) * rate / 48000;
      for (guint s = 0; s < length * channels; s++)
        frames[s] = (float) g_rand_double_range (rand, -1, 1);
      sc_stretch_push (it, frames, length);
      pushed += length;
      gint64 by = sc_stretch_pull (it, surplus, out);
      shortened += by;
      g_assert_cmpint (ABS (surplus - by), <=, MAX (ABS (surplus), rate * 8 / 1000));
      gint64 held = (gint64) sc_stretch_get_held (it);
      g_assert_cmpint (held, <=, surplus > 0 ? rate * 21 / 1000 : 0);
      g_assert_cmpint (out->len, ==, (pushed - shortened - held) * channels);
    }
    for (guint s = 0; s < out->len; s++)
      g_assert_cmpfloat (ABS (g_array_index (out, float, s)), <=, 1);
  }
}

/* What comes out of a tempo, in running times. */
typedef struct {
  GstSegment segment;
  guint64 gap;
  guint64 gap_length;
  guint64 sound;
} Heard;

static guint64
to_running (const Heard *heard, guint64 pts)
{
  return gst_segment_to_running_time (&heard->segment, GST_FORMAT_TIME, pts);
}

static gboolean
hear_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  Heard *heard = pad->chaindata;
  guint64 pts;
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT) {
    gst_event_copy_segment (event, &heard->segment);
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_GAP) {
    gst_event_parse_gap (event, &pts, &heard->gap_length);
    heard->gap = to_running (heard, pts);
  }
  gst_event_unref (event);
  return TRUE;
}

static GstFlowReturn
hear_sound (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  Heard *heard = pad->chaindata;
  heard->sound = to_running (heard, GST_BUFFER_PTS (buffer));
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

static void
push_sound (GstPad *pad, gint64 pts)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, RATE * sizeof (float), NULL);
  gst_buffer_memset (buffer, 0, 0, RATE * sizeof (float));
  GST_BUFFER_PTS (buffer) = (guint64) pts;
  g_assert_cmpint (gst_pad_push (pad, buffer), ==, GST_FLOW_OK);
}

/* Sound that is missing takes as long at a rate as it would if it were there: what comes behind it
 * is in its place. */
static void
check_gap (double rate)
{
  Heard heard = { 0 };
  g_autoptr (GstElement) tempo = gst_object_ref_sink (gst_element_factory_make ("sctempo", NULL));
  g_autoptr (GstPad) sink = gst_element_get_static_pad (tempo, "sink");
  g_autoptr (GstPad) src = gst_element_get_static_pad (tempo, "src");
  g_autoptr (GstPad) in = gst_object_ref_sink (gst_pad_new ("in", GST_PAD_SRC));
  g_autoptr (GstPad) out = gst_object_ref_sink (gst_pad_new ("out", GST_PAD_SINK));
  g_autoptr (GstCaps) caps = gst_caps_from_string (
    "audio/x-raw,format=" GST_AUDIO_NE (F32) ",layout=interleaved,rate=48000,channels=1");
  const ScLiveMap map = { 10000 * MS, 3000 * MS, rate, FALSE };
  gst_pad_set_event_function (out, hear_event);
  gst_pad_set_chain_function_full (out, hear_sound, &heard, NULL);
  g_assert_cmpint (gst_pad_link (in, sink), ==, GST_PAD_LINK_OK);
  g_assert_cmpint (gst_pad_link (src, out), ==, GST_PAD_LINK_OK);
  gst_pad_set_active (out, TRUE);
  gst_pad_set_active (in, TRUE);
  gst_element_set_state (tempo, GST_STATE_PLAYING);
  gst_pad_push_event (in, gst_event_new_stream_start ("sound"));
  gst_pad_push_event (in, gst_event_new_caps (caps));
  gst_pad_push_event (in, make_segment (&map));
  push_sound (in, 10000 * MS);
  gst_pad_push_event (in, gst_event_new_gap (11000 * MS, 5000 * MS));
  push_sound (in, 16000 * MS);
  g_assert_cmpuint (heard.gap, ==, (guint64) sc_live_map_running (&map, 11000 * MS));
  g_assert_cmpuint (heard.gap_length, ==, (guint64) (5000e6 / rate));
  g_assert_cmpuint (heard.sound, ==, (guint64) sc_live_map_running (&map, 16000 * MS));
  gst_element_set_state (tempo, GST_STATE_NULL);
}

static void
test_gap (void)
{
  check_gap (0.5);
  check_gap (1);
  check_gap (2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  sc_tempo_register (NULL);
  gst_element_register (NULL, "recorder", GST_RANK_NONE, RECORDER_TYPE);
  g_test_add_func ("/live-tone/segments", test_segments);
  g_test_add_func ("/live-tone/untouched", test_untouched);
  g_test_add_func ("/live-tone/stretch", test_stretch);
  g_test_add_func ("/live-tone/gap", test_gap);
  g_test_add_func ("/live-tone/instant", test_instant);
  return g_test_run ();
}
