/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A stream that has an end, as a recording: how long it is, where it is, and going elsewhere in it.
 * What counts is the picture that reaches the sink, not what the player says of it.
 */

#include "config.h"

#include "hls-server.h"
#include "sc-player-library.h"
#include "sc-player.h"
#include "sct-wait.h"
#include "tone.h"

#include <gst/audio/audio.h>

/* Longer than what is read ahead and decoded of it at once. */
#define SECONDS 40

/* Nothing here takes ten seconds; this is when to give up. */
#define GIVE_UP_SECONDS 60

#define S G_USEC_PER_SEC

/* What the stream has to hear. */
#define SOUND_RATE 44100
#define FREQUENCY 440.0
#define VOLUME 0.8
#define TOLERANCE 1.3
#define ENDS 8192

/* Where a picture was from, and when it was shown, by the pipeline's clock. */
typedef struct {
  gint64 place_ms;
  gint64 running_ms;
} Picture;

typedef struct {
  HlsServer *server;
  ScPlayer *player;
  ScPlayerSinks sinks;
  gboolean in_time; /* whether sinks keep the clock's time */
  int picture_ms;   /* where the last picture was from, atomic */
  int pictures;     /* atomic */
  int open_sinks;   /* atomic */

  GMutex lock;     /* guards what follows */
  Picture picture; /* the last one */
  double rate;     /* that it was shown at */
  GArray *samples; /* of float: what was heard at another rate than 1 */
} Fixture;

static void
on_picture (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment = NULL;
  gst_event_parse_segment (event, &segment);
  guint64 time = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  guint64 running = gst_segment_to_running_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  g_mutex_lock (&fixture->lock);
  fixture->picture = (Picture) { (gint64) (time / GST_MSECOND), (gint64) (running / GST_MSECOND) };
  fixture->rate = segment->rate;
  g_mutex_unlock (&fixture->lock);
  g_atomic_int_set (&fixture->picture_ms, (int) (time / GST_MSECOND));
  g_atomic_int_inc (&fixture->pictures);
  g_main_context_wakeup (NULL);
}

/* Sound comes at rate 1, however fast it is. */
static void
on_sound (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment = NULL;
  GstMapInfo map;
  gst_event_parse_segment (event, &segment);
  g_assert_cmpfloat (segment->rate, ==, 1);
  if (G_APPROX_VALUE (segment->applied_rate, 1, DBL_EPSILON))
    return;
  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_mutex_lock (&fixture->lock);
  g_array_append_vals (fixture->samples, map.data, (guint) (map.size / sizeof (float)));
  g_mutex_unlock (&fixture->lock);
  gst_buffer_unmap (buffer, &map);
}

static void
on_sink_gone (gpointer user_data, GObject *object)
{
  Fixture *fixture = user_data;
  g_atomic_int_add (&fixture->open_sinks, -1);
  g_main_context_wakeup (NULL);
}

static GstElement *
make_sink (Fixture *fixture)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", fixture->in_time, NULL);
  g_atomic_int_inc (&fixture->open_sinks);
  g_object_weak_ref (G_OBJECT (sink), on_sink_gone, fixture);
  return sink;
}

static GstElement *
make_video_sink (GObject **ret_paintable, gpointer user_data)
{
  GstElement *sink = make_sink (user_data);
  g_object_set (sink, "signal-handoffs", TRUE, NULL);
  g_signal_connect (sink, "handoff", G_CALLBACK (on_picture), user_data);
  g_signal_connect (sink, "preroll-handoff", G_CALLBACK (on_picture), user_data);
  *ret_paintable = g_object_new (G_TYPE_OBJECT, NULL);
  return sink;
}

static GstElement *
make_audio_sink (gpointer user_data)
{
  GstElement *bin = gst_bin_new (NULL);
  GstElement *convert = gst_element_factory_make ("audioconvert", NULL);
  GstElement *sink = make_sink (user_data);
  g_autoptr (GstCaps) caps = gst_caps_from_string (
    "audio/x-raw,format=" GST_AUDIO_NE (F32) ",channels=1,rate=" G_STRINGIFY (SOUND_RATE));
  g_object_set (sink, "signal-handoffs", TRUE, NULL);
  g_signal_connect (sink, "handoff", G_CALLBACK (on_sound), user_data);
  gst_bin_add_many (GST_BIN (bin), convert, sink, NULL);
  gst_element_link_filtered (convert, sink, caps);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (convert, "sink");
  gst_element_add_pad (bin, gst_ghost_pad_new ("sink", pad));
  return bin;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = hls_server_new (data, NULL);
  fixture->in_time = TRUE;
  g_mutex_init (&fixture->lock);
  fixture->samples = g_array_new (FALSE, FALSE, sizeof (float));
  fixture->sinks = (ScPlayerSinks) { make_video_sink, make_audio_sink, fixture };
  fixture->player = sc_player_new (&fixture->sinks);
}

#define wait_for(condition) sct_wait_for (GIVE_UP_SECONDS, condition)

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->player));
  wait_for (g_atomic_int_get (&fixture->open_sinks) == 0);
  g_clear_pointer (&fixture->server, hls_server_free);
  g_array_unref (fixture->samples);
  g_mutex_clear (&fixture->lock);
}

static void
open_and_play (Fixture *fixture)
{
  sc_player_open_recording (fixture->player, hls_server_get_uri (fixture->server));
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING ||
            sc_player_get_state (fixture->player) == SC_PLAYER_FAILED);
  g_assert_no_error (sc_player_get_error (fixture->player));
}

/* Whether the last picture is from within a second of a place. */
static gboolean
is_at (Fixture *fixture, int second)
{
  int picture = g_atomic_int_get (&fixture->picture_ms);
  return ABS (picture - second * 1000) < 1000;
}

static gint64
distance (gint64 a, gint64 b)
{
  return ABS (a - b);
}

static void
test_duration_and_position (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (sc_player_get_duration (fixture->player), ==, 0);
  open_and_play (fixture);
  wait_for (sc_player_get_duration (fixture->player) > 0);
  g_assert_cmpint (distance (sc_player_get_duration (fixture->player), SECONDS * S), <, S);
  wait_for (sc_player_get_position (fixture->player) >= S);
  int picture = g_atomic_int_get (&fixture->picture_ms);
  g_assert_cmpint (ABS (picture - sc_player_get_position (fixture->player) / 1000), <, 1000);
  sc_player_stop (fixture->player);
  g_assert_cmpint (sc_player_get_duration (fixture->player), ==, 0);
  g_assert_cmpint (sc_player_get_position (fixture->player), ==, 0);
}

/* One that is not over has what is there by now. */
static void
test_no_end (Fixture *fixture, gconstpointer data)
{
  hls_server_set_live (fixture->server, TRUE);
  open_and_play (fixture);
  wait_for (sc_player_get_duration (fixture->player) > 0);
  g_assert_cmpint (sc_player_get_duration (fixture->player), <, SECONDS / 2 * S);
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_ENDED);
}

/* Whatever it does, it is to be closed at any moment of it. */
static void
test_close_while_seeking (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 6; i++) {
    open_and_play (fixture);
    wait_for (sc_player_get_duration (fixture->player) > 0);
    for (guint j = 0; j <= i; j++) {
      sc_player_seek (fixture->player, (17 * i + j) % SECONDS * S, j % 2);
      g_main_context_iteration (NULL, FALSE);
    }
    sc_player_stop (fixture->player);
  }
}

static void
test_seek_to_the_middle (Fixture *fixture, gconstpointer data)
{
  open_and_play (fixture);
  wait_for (sc_player_get_duration (fixture->player) > 0);
  sc_player_seek (fixture->player, SECONDS / 2 * S, TRUE);
  g_assert_cmpint (sc_player_get_position (fixture->player), ==, SECONDS / 2 * S);
  g_assert_cmpint (sc_player_get_state (fixture->player), ==, SC_PLAYER_LOADING);
  wait_for (is_at (fixture, SECONDS / 2));
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING);
  g_assert_cmpint (distance (sc_player_get_position (fixture->player), SECONDS / 2 * S), <, 2 * S);
  wait_for (sc_player_get_position (fixture->player) > (SECONDS / 2 + 1) * S);
}

static void
test_seek_while_paused (Fixture *fixture, gconstpointer data)
{
  open_and_play (fixture);
  wait_for (sc_player_get_duration (fixture->player) > 0);
  sc_player_set_paused (fixture->player, TRUE);
  sc_player_seek (fixture->player, 30 * S, TRUE);
  g_assert_cmpint (sc_player_get_state (fixture->player), ==, SC_PLAYER_PAUSED);
  wait_for (is_at (fixture, 30));
  sc_player_seek (fixture->player, 10 * S, TRUE);
  wait_for (is_at (fixture, 10));
  g_assert_cmpint (sc_player_get_state (fixture->player), ==, SC_PLAYER_PAUSED);
  g_assert_cmpint (distance (sc_player_get_position (fixture->player), 10 * S), <, S);
  sc_player_set_paused (fixture->player, FALSE);
  wait_for (sc_player_get_position (fixture->player) > 11 * S);
}

/* A hand that drags ends where it lets go. */
static void
test_drag (Fixture *fixture, gconstpointer data)
{
  open_and_play (fixture);
  wait_for (sc_player_get_duration (fixture->player) > 0);
  for (guint i = 0; i < 100; i++) {
    sc_player_seek (fixture->player, i * SECONDS * S / 100, FALSE);
    g_main_context_iteration (NULL, FALSE);
  }
  sc_player_seek (fixture->player, 15 * S, TRUE);
  wait_for (is_at (fixture, 15));
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING);
  wait_for (sc_player_get_position (fixture->player) > 16 * S);
  g_assert_cmpint (sc_player_get_position (fixture->player), <, 20 * S);
}

static void
test_ends_and_begins_again (Fixture *fixture, gconstpointer data)
{
  open_and_play (fixture);
  wait_for (sc_player_get_duration (fixture->player) > 0);
  sc_player_seek (fixture->player, (SECONDS - 2) * S, TRUE);
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_ENDED);
  gint64 duration = sc_player_get_duration (fixture->player);
  g_assert_cmpint (duration, >, 0);
  g_assert_cmpint (sc_player_get_position (fixture->player), ==, duration);
  wait_for (g_atomic_int_get (&fixture->open_sinks) == 0);

  sc_player_seek (fixture->player, 20 * S, TRUE);
  g_assert_cmpint (sc_player_get_position (fixture->player), ==, 20 * S);
  wait_for (is_at (fixture, 20));
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING);
  wait_for (sc_player_get_position (fixture->player) > 21 * S);
}

static void
test_seek_to_the_end (Fixture *fixture, gconstpointer data)
{
  open_and_play (fixture);
  wait_for (sc_player_get_duration (fixture->player) > 0);
  sc_player_seek (fixture->player, G_MAXINT64, TRUE);
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_ENDED);
}

static double
get_shown_rate (Fixture *fixture)
{
  g_mutex_lock (&fixture->lock);
  double rate = fixture->rate;
  g_mutex_unlock (&fixture->lock);
  return rate;
}

static Picture
get_picture (Fixture *fixture)
{
  g_mutex_lock (&fixture->lock);
  Picture picture = fixture->picture;
  g_mutex_unlock (&fixture->lock);
  return picture;
}

/* How far the picture goes in a second of the clock that shows it. */
static double
measure_speed (Fixture *fixture, double wanted)
{
  wait_for (G_APPROX_VALUE (get_shown_rate (fixture), wanted, DBL_EPSILON));
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING);
  Picture before = get_picture (fixture);
  gint64 since = g_get_monotonic_time ();
  gint64 position = sc_player_get_position (fixture->player);
  wait_for (get_picture (fixture).running_ms >= before.running_ms + 1500);
  wait_for (sc_player_get_position (fixture->player) >= position + (gint64) (wanted * S));
  g_assert_cmpint (g_get_monotonic_time () - since, >, S);
  Picture after = get_picture (fixture);
  g_assert_cmpint (ABS (after.place_ms - sc_player_get_position (fixture->player) / 1000), <, 1000);
  return (double) (after.place_ms - before.place_ms) /
         (double) (after.running_ms - before.running_ms);
}

/* How fast it is outlives what the viewer does with the recording. */
static void
test_speed (Fixture *fixture, gconstpointer data)
{
  open_and_play (fixture);
  wait_for (sc_player_get_duration (fixture->player) > 0);
  g_assert_cmpfloat (sc_player_get_rate (fixture->player), ==, 1);
  g_assert_cmpfloat_with_epsilon (measure_speed (fixture, 1), 1, 0.05);
  gint64 before = sc_player_get_position (fixture->player);
  sc_player_set_rate (fixture->player, 3);
  g_assert_cmpfloat (sc_player_get_rate (fixture->player), ==, 2);
  g_assert_cmpint (distance (sc_player_get_position (fixture->player), before), <, S);
  g_assert_cmpfloat_with_epsilon (measure_speed (fixture, 2), 2, 0.05);

  sc_player_set_paused (fixture->player, TRUE);
  sc_player_seek (fixture->player, 20 * S, TRUE);
  wait_for (is_at (fixture, 20));
  sc_player_set_paused (fixture->player, FALSE);
  g_assert_cmpfloat_with_epsilon (measure_speed (fixture, 2), 2, 0.05);

  sc_player_seek (fixture->player, (SECONDS - 1) * S, TRUE);
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_ENDED);
  sc_player_set_rate (fixture->player, 0.5);
  sc_player_seek (fixture->player, 10 * S, TRUE);
  g_assert_cmpfloat_with_epsilon (measure_speed (fixture, 0.5), 0.5, 0.05);
}

/* Sinks that do not go elsewhere: the way in which a pipeline refuses a seek. */
static gboolean
refuse_event (GstElement *sink, GstEvent *event)
{
  gst_event_unref (event);
  return FALSE;
}

/* What the viewer is told is how fast it goes. */
static void
test_refused_speed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GstElement) sink = gst_object_ref_sink (gst_element_factory_make ("fakesink", NULL));
  GstElementClass *klass = GST_ELEMENT_GET_CLASS (sink);
  gboolean (*send_event) (GstElement *, GstEvent *) = klass->send_event;
  open_and_play (fixture);
  wait_for (sc_player_get_duration (fixture->player) > 0);
  sc_player_set_rate (fixture->player, 2);
  wait_for (G_APPROX_VALUE (get_shown_rate (fixture), 2, DBL_EPSILON));
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING);
  klass->send_event = refuse_event;
  sc_player_set_rate (fixture->player, 0.5);
  g_assert_cmpfloat (sc_player_get_rate (fixture->player), ==, 0.5);
  wait_for (G_APPROX_VALUE (sc_player_get_rate (fixture->player), 2, DBL_EPSILON));
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING);
  klass->send_event = send_event;
  g_assert_cmpfloat_with_epsilon (measure_speed (fixture, 2), 2, 0.05);
}

/* Takes off what the encoder makes of the begin and the end of a tone. */
static void
cut_ends (GArray *samples)
{
  g_assert_cmpuint (samples->len, >, 2 * ENDS);
  g_array_set_size (samples, samples->len - ENDS);
  g_array_remove_range (samples, 0, ENDS);
}

/* A voice stays that voice. */
static void
hear_speed (Fixture *fixture, double rate)
{
  fixture->in_time = FALSE;
  g_array_set_size (fixture->samples, 0);
  sc_player_set_rate (fixture->player, rate);
  sc_player_open_recording (fixture->player, hls_server_get_uri (fixture->server));
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_ENDED);
  wait_for (g_atomic_int_get (&fixture->open_sinks) == 0);
  double seconds = (double) fixture->samples->len / SOUND_RATE;
  g_assert_cmpfloat_with_epsilon (seconds, SECONDS / rate, 0.3 / rate);
  cut_ends (fixture->samples);
  Tone tone = tone_hear (fixture->samples, SOUND_RATE, VOLUME, TOLERANCE);
  g_assert_cmpfloat (tone.lowest, >, FREQUENCY - 2);
  g_assert_cmpfloat (tone.highest, <, FREQUENCY + 2);
  g_assert_cmpuint (tone.n_clicks, ==, 0);
}

static void
test_pitch (Fixture *fixture, gconstpointer data)
{
  static const double rates[] = { 0.5, 1.25, 2 };
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    hear_speed (fixture, rates[i]);
}

static void
test_nothing_open (Fixture *fixture, gconstpointer data)
{
  sc_player_seek (fixture->player, S, TRUE);
  g_assert_cmpint (sc_player_get_position (fixture->player), ==, 0);
  g_assert_cmpint (sc_player_get_state (fixture->player), ==, SC_PLAYER_IDLE);
}

#define add(path, test) g_test_add (path, Fixture, folder, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* GStreamer 1.26 warns now and then of an uridecodebin3 that it stops itself after an error. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  sc_player_library_init ();
  g_autofree char *folder = hls_folder_new_of (SECONDS);
  add ("/vod/duration-and-position", test_duration_and_position);
  add ("/vod/no-end", test_no_end);
  add ("/vod/close-while-seeking", test_close_while_seeking);
  add ("/vod/seek-to-the-middle", test_seek_to_the_middle);
  add ("/vod/seek-while-paused", test_seek_while_paused);
  add ("/vod/drag", test_drag);
  add ("/vod/ends-and-begins-again", test_ends_and_begins_again);
  add ("/vod/seek-to-the-end", test_seek_to_the_end);
  add ("/vod/speed", test_speed);
  add ("/vod/refused-speed", test_refused_speed);
  add ("/vod/pitch", test_pitch);
  add ("/vod/nothing-open", test_nothing_open);
  int result = g_test_run ();
  sc_player_library_finish ();
  hls_folder_remove (folder);
  return result;
}
