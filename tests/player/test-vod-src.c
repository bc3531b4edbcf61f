/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The source of recordings by itself, under a plain playbin3: that all of a recording comes, that a
 * seek lands just where it shall, that it can be stopped at any moment, and what becomes of a bad
 * network and of servers that answer otherwise.
 */

#include "config.h"

#include "hls-server.h"
#include "sc-vod-src.h"
#include "sct-fault-proxy.h"
#include "sct-files.h"
#include "sct-wait.h"

#include <gst/gst.h>

/* More than the source reads ahead at once. */
#define SECONDS 12

/* Files are opened by the server for the connections that it still has. */
#define SLACK 6

#define SEEKS 200
#define STOPS 60

#define SCT_THREADS "/proc/self/task"

#define LOW_WIDTH 160

#define FRAME (GST_SECOND / 30)

/* Nothing here takes ten seconds; this is when to give up. */
#define GIVE_UP_SECONDS 60

typedef struct {
  HlsServer *server;
  SctFaultProxy *proxy;
  GstElement *playbin;
  guint bus_watch;
  gboolean ended;
  guint arrivals; /* how often it was ready to show a picture: the start, and each seek */
  int buffering;  /* the last that was told, or -1 */
  guint dry;      /* how often playback was to wait */
  gboolean waits; /* whether it does wait */
  int width;      /* of the picture, atomic */
  GError *error;
  guint status;

  GMutex lock;        /* guards what follows */
  GstClockTime first; /* stream time of the first picture since it was reset */
  GstClockTime last;  /* of the last */
  guint pictures;
  guint backwards; /* pictures that came before the one before them */
} Fixture;

static void
reset (Fixture *fixture)
{
  g_mutex_lock (&fixture->lock);
  fixture->first = GST_CLOCK_TIME_NONE;
  fixture->last = GST_CLOCK_TIME_NONE;
  fixture->pictures = 0;
  g_mutex_unlock (&fixture->lock);
}

static void
on_picture (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment = NULL;
  gst_event_parse_segment (event, &segment);
  guint64 time = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  int width = 0;
  gst_structure_get_int (gst_caps_get_structure (caps, 0), "width", &width);
  g_atomic_int_set (&fixture->width, width);
  g_mutex_lock (&fixture->lock);
  if (fixture->pictures == 0)
    fixture->first = time;
  else if (time < fixture->last)
    fixture->backwards++;
  fixture->last = time;
  fixture->pictures++;
  g_mutex_unlock (&fixture->lock);
  g_main_context_wakeup (NULL);
}

static GstElement *
make_sink (Fixture *fixture, gboolean is_video, gboolean in_time)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", in_time, "signal-handoffs", is_video, NULL);
  if (is_video) {
    g_signal_connect (sink, "handoff", G_CALLBACK (on_picture), fixture);
    g_signal_connect (sink, "preroll-handoff", G_CALLBACK (on_picture), fixture);
  }
  return sink;
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  Fixture *fixture = user_data;
  const GstStructure *details = NULL;
  GstMessageType type = GST_MESSAGE_TYPE (message);
  if (type == GST_MESSAGE_EOS) {
    fixture->ended = TRUE;
  } else if (type == GST_MESSAGE_ASYNC_DONE) {
    fixture->arrivals++;
  } else if (type == GST_MESSAGE_BUFFERING) {
    gst_message_parse_buffering (message, &fixture->buffering);
    fixture->dry += fixture->buffering == 0;
    if (fixture->waits)
      gst_element_set_state (fixture->playbin,
                             fixture->buffering < 100 ? GST_STATE_PAUSED : GST_STATE_PLAYING);
  } else if (type == GST_MESSAGE_ERROR && !fixture->error) {
    gst_message_parse_error (message, &fixture->error, NULL);
    gst_message_parse_error_details (message, &details);
    if (details)
      gst_structure_get_uint (details, "http-status-code", &fixture->status);
  }
  return G_SOURCE_CONTINUE;
}

#define wait_for(condition) sct_wait_for (GIVE_UP_SECONDS, condition)

/* Opens a playlist of the server behind the proxy, paused. */
static void
open_playlist (Fixture *fixture, const char *path, gboolean in_time)
{
  g_autofree char *uri = g_strdup_printf (SC_VOD_SCHEME_PREFIX "http://localhost:%d/%s",
                                          sct_fault_proxy_get_port (fixture->proxy),
                                          path);
  fixture->playbin = gst_object_ref_sink (gst_element_factory_make ("playbin3", NULL));
  g_object_set (fixture->playbin,
                "uri",
                uri,
                "video-sink",
                make_sink (fixture, TRUE, in_time),
                "audio-sink",
                make_sink (fixture, FALSE, in_time),
                NULL);
  g_autoptr (GstBus) bus = gst_element_get_bus (fixture->playbin);
  fixture->bus_watch = gst_bus_add_watch (bus, on_message, fixture);
  fixture->ended = FALSE;
  fixture->arrivals = 0;
  fixture->buffering = -1;
  fixture->dry = 0;
  reset (fixture);
  gst_element_set_state (fixture->playbin, GST_STATE_PAUSED);
}

static void
open_recording (Fixture *fixture)
{
  open_playlist (fixture, "master.m3u8", TRUE);
  wait_for (fixture->arrivals > 0 || fixture->error);
  g_assert_no_error (fixture->error);
}

static void
close_recording (Fixture *fixture)
{
  gst_element_set_state (fixture->playbin, GST_STATE_NULL);
  g_clear_handle_id (&fixture->bus_watch, g_source_remove);
  gst_clear_object (&fixture->playbin);
}

/* Ends what the network does to us. */
static void
heal (Fixture *fixture)
{
  const SctFaults none = { 0 };
  sct_fault_proxy_set (fixture->proxy, &none);
}

static void
seek_to (Fixture *fixture, GstClockTime time, GstSeekFlags how)
{
  guint before = fixture->arrivals;
  reset (fixture);
  g_assert_true (gst_element_seek_simple (fixture->playbin,
                                          GST_FORMAT_TIME,
                                          GST_SEEK_FLAG_FLUSH | how,
                                          (gint64) time));
  wait_for (fixture->arrivals > before || fixture->error);
  g_assert_no_error (fixture->error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_mutex_init (&fixture->lock);
  fixture->server = hls_server_new (data, NULL);
  g_autoptr (GUri) uri = g_uri_parse (hls_server_get_uri (fixture->server), G_URI_FLAGS_NONE, NULL);
  fixture->proxy = sct_fault_proxy_new ((guint16) g_uri_get_port (uri));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->playbin)
    close_recording (fixture);
  g_clear_error (&fixture->error);
  g_clear_pointer (&fixture->proxy, sct_fault_proxy_free);
  g_clear_pointer (&fixture->server, hls_server_free);
  g_mutex_clear (&fixture->lock);
}

static void
play_to_the_end (Fixture *fixture, const char *path)
{
  open_playlist (fixture, path, FALSE);
  gst_element_set_state (fixture->playbin, GST_STATE_PLAYING);
  wait_for (fixture->ended || fixture->error);
}

/* All of it came, in order, at its place; a picture may be handed over twice, for the preroll. */
static void
assert_all_of_it (Fixture *fixture)
{
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->first, ==, 0);
  g_assert_cmpuint (fixture->pictures, >=, SECONDS * 30);
  g_assert_cmpuint (fixture->pictures, <=, SECONDS * 30 + 1);
  g_assert_cmpuint (fixture->backwards, ==, 0);
  g_assert_cmpuint (fixture->last, >=, SECONDS * GST_SECOND - 2 * FRAME);
  g_assert_cmpuint (fixture->last, <=, SECONDS * GST_SECOND);
}

static void
test_all_of_it (Fixture *fixture, gconstpointer data)
{
  gint64 duration = 0;
  play_to_the_end (fixture, "master.m3u8");
  g_assert_true (gst_element_query_duration (fixture->playbin, GST_FORMAT_TIME, &duration));
  g_assert_cmpint (ABS (duration - SECONDS * (gint64) GST_SECOND), <, (gint64) FRAME);
  assert_all_of_it (fixture);
  g_assert_cmpuint (fixture->dry, ==, 0);
}

static void
test_byte_ranges (Fixture *fixture, gconstpointer data)
{
  play_to_the_end (fixture, "ranges.m3u8");
  assert_all_of_it (fixture);
}

/* The encoder came back, and its clock began again. */
static void
test_discontinuity (Fixture *fixture, gconstpointer data)
{
  play_to_the_end (fixture, "again.m3u8");
  assert_all_of_it (fixture);
}

static void
test_gap (Fixture *fixture, gconstpointer data)
{
  play_to_the_end (fixture, "gap.m3u8");
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->pictures, <=, (SECONDS - 1) * 30 + 1);
  g_assert_cmpuint (fixture->last, >=, SECONDS * GST_SECOND - 2 * FRAME);
}

/* The first picture is the one that is to be seen at that time. */
static void
test_exact (Fixture *fixture, gconstpointer data)
{
  static const guint64 places[] = { 5500, 0, 11900, 3001, 7999, 100, 1000 };
  open_recording (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    GstClockTime place = places[i] * GST_MSECOND;
    seek_to (fixture, place, GST_SEEK_FLAG_ACCURATE);
    g_assert_cmpuint (fixture->first, <=, place);
    g_assert_cmpuint (fixture->first + FRAME, >, place);
  }
}

/* Segments have a second each here. */
static void
test_key_unit (Fixture *fixture, gconstpointer data)
{
  static const struct {
    GstSeekFlags how;
    guint64 from;
    guint64 to;
  } cases[] = {
    { GST_SEEK_FLAG_KEY_UNIT, 5700, 5000 },
    { GST_SEEK_FLAG_KEY_UNIT | GST_SEEK_FLAG_SNAP_BEFORE, 5700, 5000 },
    { GST_SEEK_FLAG_KEY_UNIT | GST_SEEK_FLAG_SNAP_AFTER, 5300, 6000 },
    { GST_SEEK_FLAG_KEY_UNIT | GST_SEEK_FLAG_SNAP_NEAREST, 5300, 5000 },
    { GST_SEEK_FLAG_KEY_UNIT | GST_SEEK_FLAG_SNAP_NEAREST, 5700, 6000 },
  };
  open_recording (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    seek_to (fixture, cases[i].from * GST_MSECOND, cases[i].how);
    g_assert_cmpuint (fixture->first, ==, cases[i].to * GST_MSECOND);
  }
}

static void
test_beyond_the_end (Fixture *fixture, gconstpointer data)
{
  open_recording (fixture);
  g_assert_true (gst_element_seek_simple (fixture->playbin,
                                          GST_FORMAT_TIME,
                                          GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                                          2 * SECONDS * GST_SECOND));
  gst_element_set_state (fixture->playbin, GST_STATE_PLAYING);
  wait_for (fixture->ended || fixture->error);
  g_assert_no_error (fixture->error);
}

static GstElement *
find_source (GstBin *bin)
{
  g_auto (GValue) found = G_VALUE_INIT;
  g_autoptr (GstIterator) iterator = gst_bin_iterate_all_by_element_factory_name (bin, "ivsvodsrc");
  g_assert_cmpint (gst_iterator_next (iterator, &found), ==, GST_ITERATOR_OK);
  return g_value_dup_object (&found);
}

/* What no seek can do is refused, and nothing happens. */
static void
test_refused_seeks (Fixture *fixture, gconstpointer data)
{
  static const struct {
    double rate;
    GstFormat format;
    GstSeekType start;
  } cases[] = {
    { -1, GST_FORMAT_TIME, GST_SEEK_TYPE_SET },
    { 1, GST_FORMAT_BYTES, GST_SEEK_TYPE_SET },
    { 2, GST_FORMAT_TIME, GST_SEEK_TYPE_NONE },
  };
  open_recording (fixture);
  g_autoptr (GstElement) source = find_source (GST_BIN (fixture->playbin));
  g_autoptr (GstPad) pad = gst_element_get_static_pad (source, "src");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_false (gst_pad_send_event (pad,
                                        gst_event_new_seek (cases[i].rate,
                                                            cases[i].format,
                                                            GST_SEEK_FLAG_FLUSH,
                                                            cases[i].start,
                                                            0,
                                                            GST_SEEK_TYPE_NONE,
                                                            0)));
}

static void
test_addresses (void)
{
  static const char *const bad[] = { "http://localhost/", "ivsvod+file:///etc/passwd", "ivsvod+" };
  g_autoptr (GstElement) source =
    gst_object_ref_sink (gst_element_factory_make ("ivsvodsrc", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (gst_uri_handler_set_uri (GST_URI_HANDLER (source), bad[i], &error));
    g_assert_nonnull (error);
  }
  g_object_set (source, "uri", SC_VOD_SCHEME_PREFIX "https://localhost/a.m3u8", NULL);
  g_autofree char *uri = gst_uri_handler_get_uri (GST_URI_HANDLER (source));
  g_assert_cmpstr (uri, ==, "ivsvod+https://localhost/a.m3u8");
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Every seek drops a download in some moment of it. */
static void
test_many_seeks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  open_recording (fixture);
  seek_to (fixture, GST_SECOND, GST_SEEK_FLAG_ACCURATE);
  guint files = sct_count_entries (SCT_OPEN_FILES);
  guint threads = sct_count_entries (SCT_THREADS);
  for (guint i = 0; i < SEEKS; i++) {
    GstClockTime place = (guint64) g_rand_int_range (rand, 0, SECONDS * 1000) * GST_MSECOND;
    g_assert_true (gst_element_seek_simple (fixture->playbin,
                                            GST_FORMAT_TIME,
                                            GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                                            (gint64) place));
    for (int turns = g_rand_int_range (rand, 0, 20); turns > 0; turns--)
      g_main_context_iteration (NULL, turns % 4 == 0);
  }
  wait_for (fixture->arrivals > 0);
  seek_to (fixture, 4500 * GST_MSECOND, GST_SEEK_FLAG_ACCURATE);
  wait_for (fixture->first == 4500 * GST_MSECOND);
  guint tick = g_timeout_add (50, on_tick, NULL);
  wait_for (sct_count_entries (SCT_THREADS) <= threads + SLACK);
  wait_for (sct_count_entries (SCT_OPEN_FILES) <= files + SLACK);
  g_source_remove (tick);
}

/* Stopped while it asks, reads, plays. */
static void
test_stop_at_any_moment (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint tick = g_timeout_add (1, on_tick, NULL);
  open_recording (fixture);
  close_recording (fixture);
  guint files = sct_count_entries (SCT_OPEN_FILES);
  for (guint i = 0; i < STOPS; i++) {
    open_playlist (fixture, i % 2 ? "master.m3u8" : "ranges.m3u8", i % 3 == 0);
    for (int turns = g_rand_int_range (rand, 0, 60); turns > 0; turns--)
      g_main_context_iteration (NULL, TRUE);
    close_recording (fixture);
  }
  g_assert_no_error (fixture->error);
  wait_for (sct_count_entries (SCT_OPEN_FILES) <= files + SLACK);
  g_source_remove (tick);
}

/* A server that has fallen silent holds up nobody who leaves. */
static void
test_stop_while_silent (Fixture *fixture, gconstpointer data)
{
  const SctFaults silent = { .stall = TRUE };
  const SctFaults slow = { .bandwidth = 50000 };
  for (guint i = 0; i < 2; i++) {
    heal (fixture);
    if (i == 0)
      sct_fault_proxy_set (fixture->proxy, &silent);
    else
      sct_fault_proxy_set (fixture->proxy, &slow);
    guint requests = sct_fault_proxy_get_n_requests (fixture->proxy);
    guint tick = g_timeout_add (1, on_tick, NULL);
    open_playlist (fixture, "master.m3u8", TRUE);
    wait_for (i == 0 || sct_fault_proxy_get_n_requests (fixture->proxy) > requests + 2);
    g_source_remove (tick);
    gint64 before = g_get_monotonic_time ();
    close_recording (fixture);
    g_assert_cmpint (g_get_monotonic_time () - before, <, 5 * G_USEC_PER_SEC);
  }
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *path;
    guint status;
    const char *match;
    int code;
  } cases[] = {
    { "master.m3u8", 404, "/master", GST_RESOURCE_ERROR_NOT_FOUND },
    { "master.m3u8", 403, "/master", GST_RESOURCE_ERROR_NOT_AUTHORIZED },
    { "master.m3u8", 410, "/media", GST_RESOURCE_ERROR_NOT_FOUND },
    { "master.m3u8", 403, ".ts", GST_RESOURCE_ERROR_NOT_AUTHORIZED },
    { "master.m3u8", 302, ".ts", GST_RESOURCE_ERROR_OPEN_READ },
    { "none.m3u8", 0, NULL, GST_RESOURCE_ERROR_NOT_FOUND },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const SctFaults faults = { .status = cases[i].status, .match = cases[i].match };
    sct_fault_proxy_set (fixture->proxy, &faults);
    play_to_the_end (fixture, cases[i].path);
    g_assert_error (fixture->error, GST_RESOURCE_ERROR, cases[i].code);
    g_assert_cmpuint (fixture->status, ==, cases[i].status ? cases[i].status : 404);
    close_recording (fixture);
    g_clear_error (&fixture->error);
  }
}

static void
test_no_recording (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = { "0.ts", "empty.m3u8", "nested.m3u8", "fragmented.m3u8" };
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    play_to_the_end (fixture, paths[i]);
    g_assert_error (fixture->error, GST_STREAM_ERROR, GST_STREAM_ERROR_DEMUX);
    close_recording (fixture);
    g_clear_error (&fixture->error);
  }
}

/* Nobody is told of what is over when it is asked for again. */
static void
test_trouble_that_passes (Fixture *fixture, gconstpointer data)
{
  static const SctFaults cases[] = {
    { .status = 503, .match = "/master" },
    { .status = 500, .match = "/3.ts" },
    { .refuse = TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint before = sct_fault_proxy_get_n_requests (fixture->proxy);
    guint tick = g_timeout_add (1, on_tick, NULL);
    sct_fault_proxy_set (fixture->proxy, &cases[i]);
    open_playlist (fixture, "master.m3u8", FALSE);
    gst_element_set_state (fixture->playbin, GST_STATE_PLAYING);
    wait_for (cases[i].refuse || sct_fault_proxy_get_n_requests (fixture->proxy) > before + 1);
    heal (fixture);
    g_source_remove (tick);
    wait_for (fixture->ended || fixture->error);
    assert_all_of_it (fixture);
    close_recording (fixture);
  }
}

/* Every connection breaks in the middle of a segment; it goes on from the byte that it came to. */
static void
test_cut_connections (Fixture *fixture, gconstpointer data)
{
  const SctFaults cut = { .truncate_after = 30000 };
  sct_fault_proxy_set (fixture->proxy, &cut);
  play_to_the_end (fixture, "master.m3u8");
  assert_all_of_it (fixture);
}

static void
test_runs_dry (Fixture *fixture, gconstpointer data)
{
  const SctFaults slow = { .bandwidth = 150000 };
  fixture->waits = TRUE;
  open_recording (fixture);
  sct_fault_proxy_set (fixture->proxy, &slow);
  seek_to (fixture, 2 * GST_SECOND, GST_SEEK_FLAG_ACCURATE);
  gst_element_set_state (fixture->playbin, GST_STATE_PLAYING);
  wait_for (fixture->dry > 0);
  heal (fixture);
  wait_for (fixture->buffering == 100);
  guint before = fixture->pictures;
  wait_for (fixture->pictures > before + 30);
  g_assert_no_error (fixture->error);
}

/* Over a line that does not carry the best rendition, the other one is played after a while. */
static void
test_steps_down (Fixture *fixture, gconstpointer data)
{
  const SctFaults slow = { .bandwidth = 160000 };
  fixture->waits = TRUE;
  open_playlist (fixture, "steps.m3u8", TRUE);
  wait_for (fixture->arrivals > 0);
  g_assert_cmpint (g_atomic_int_get (&fixture->width), ==, HLS_WIDTH);
  sct_fault_proxy_set (fixture->proxy, &slow);
  seek_to (fixture, 0, GST_SEEK_FLAG_ACCURATE);
  gst_element_set_state (fixture->playbin, GST_STATE_PLAYING);
  wait_for (g_atomic_int_get (&fixture->width) == LOW_WIDTH);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->backwards, ==, 0);
}

/* A rendition that does not answer holds up neither a seek nor who leaves. */
static void
test_seek_while_choosing (Fixture *fixture, gconstpointer data)
{
  const SctFaults slow = { .bandwidth = 160000 };
  fixture->waits = TRUE;
  hls_server_hold (fixture->server, "/low.m3u8");
  open_playlist (fixture, "steps.m3u8", TRUE);
  wait_for (fixture->arrivals > 0);
  sct_fault_proxy_set (fixture->proxy, &slow);
  seek_to (fixture, 0, GST_SEEK_FLAG_ACCURATE);
  gst_element_set_state (fixture->playbin, GST_STATE_PLAYING);
  wait_for (hls_server_get_n_held (fixture->server) == 1);
  heal (fixture);
  gint64 before = g_get_monotonic_time ();
  seek_to (fixture, 9 * GST_SECOND, GST_SEEK_FLAG_ACCURATE);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 5 * G_USEC_PER_SEC);
  gst_element_set_state (fixture->playbin, GST_STATE_PLAYING);
  wait_for (fixture->ended || fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (hls_server_get_n_held (fixture->server), ==, 1);
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Writes all segments into one file, and a playlist of its ranges. */
static void
write_ranges (const char *folder)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GString) playlist = g_string_new ("#EXTM3U\n#EXT-X-TARGETDURATION:1\n");
  for (guint i = 0; i < SECONDS; i++) {
    char *data = NULL;
    gsize size = 0;
    g_autofree char *name = g_strdup_printf ("%s/%u.ts", folder, i);
    g_assert_true (g_file_get_contents (name, &data, &size, NULL));
    g_string_append_printf (playlist,
                            "#EXTINF:1,\n#EXT-X-BYTERANGE:%" G_GSIZE_FORMAT "@%u\nall.ts\n",
                            size,
                            all->len);
    g_byte_array_append (all, (guint8 *) data, (guint) size);
    g_free (data);
  }
  g_string_append (playlist, "#EXT-X-ENDLIST\n");
  g_autofree char *path = g_build_filename (folder, "all.ts", NULL);
  g_assert_true (g_file_set_contents (path, (char *) all->data, all->len, NULL));
  write_file (folder, "ranges.m3u8", playlist->str);
}

/* Writes a playlist of the files "PREFIX0.ts" and on; the one at @index has a tag before it, and
 * numbers begin again at @wrap. */
static void
write_list (const char *folder, const char *name, const char *prefix, guint wrap, const char *tag)
{
  GString *playlist = g_string_new ("#EXTM3U\n#EXT-X-TARGETDURATION:1\n");
  for (guint i = 0; i < SECONDS; i++)
    g_string_append_printf (playlist,
                            "%s#EXTINF:1,\n%s%u.ts\n",
                            i == SECONDS / 2 ? tag : "",
                            prefix,
                            i % wrap);
  g_string_append (playlist, "#EXT-X-ENDLIST\n");
  g_autofree char *text = g_string_free (playlist, FALSE);
  write_file (folder, name, text);
}

static void
make_low_rendition (const char *folder)
{
  g_autofree char *description = g_strdup_printf (
    "videotestsrc num-buffers=%d ! video/x-raw,width=%d,height=90,framerate=30/1 "
    "! x264enc speed-preset=ultrafast tune=zerolatency key-int-max=30 bitrate=50 "
    "! h264parse ! sink.video "
    "audiotestsrc num-buffers=%d ! audio/x-raw,rate=44100,channels=2 "
    "! avenc_aac bitrate=48000 ! aacparse "
    "! sink.audio hlssink2 name=sink target-duration=1 max-files=0 playlist-length=0 "
    "location=%s/low%%d.ts playlist-location=%s/low-media.m3u8",
    SECONDS * 30,
    LOW_WIDTH,
    SECONDS * 44100 / 1024,
    folder,
    folder);
  hls_run_pipeline (description);
}

static char *
make_folder (void)
{
  char *folder = hls_folder_new_of (SECONDS);
  write_ranges (folder);
  make_low_rendition (folder);
  write_list (folder, "again.m3u8", "", SECONDS / 2, "#EXT-X-DISCONTINUITY\n");
  write_list (folder, "gap.m3u8", "", SECONDS, "#EXT-X-GAP\n");
  write_list (folder, "low.m3u8", "low", SECONDS, "");
  write_file (folder,
              "steps.m3u8",
              "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=130000,RESOLUTION=160x90\nlow.m3u8\n"
              "#EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180\nmedia.m3u8\n");
  write_file (folder, "empty.m3u8", "#EXTM3U\n#EXT-X-ENDLIST\n");
  write_file (folder, "nested.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=500000\nsteps.m3u8\n");
  write_file (folder,
              "fragmented.m3u8",
              "#EXTM3U\n#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:1,\n0.mp4\n#EXT-X-ENDLIST\n");
  return folder;
}

#define add(path, test) g_test_add (path, Fixture, folder, set_up, test, tear_down)

static void
add_tests (const char *folder)
{
  add ("/vod-src/all-of-it", test_all_of_it);
  add ("/vod-src/byte-ranges", test_byte_ranges);
  add ("/vod-src/discontinuity", test_discontinuity);
  add ("/vod-src/gap", test_gap);
  add ("/vod-src/exact", test_exact);
  add ("/vod-src/key-unit", test_key_unit);
  add ("/vod-src/beyond-the-end", test_beyond_the_end);
  add ("/vod-src/refused-seeks", test_refused_seeks);
  add ("/vod-src/many-seeks", test_many_seeks);
  add ("/vod-src/stop-at-any-moment", test_stop_at_any_moment);
  add ("/vod-src/stop-while-silent", test_stop_while_silent);
  add ("/vod-src/refusals", test_refusals);
  add ("/vod-src/no-recording", test_no_recording);
  add ("/vod-src/trouble-that-passes", test_trouble_that_passes);
  add ("/vod-src/cut-connections", test_cut_connections);
  add ("/vod-src/runs-dry", test_runs_dry);
  add ("/vod-src/steps-down", test_steps_down);
  add ("/vod-src/seek-while-choosing", test_seek_while_choosing);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* GStreamer 1.26 warns now and then of an uridecodebin3 that it stops itself after an error. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  gst_init (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (sc_vod_source_register (&error));
  g_autofree char *folder = make_folder ();
  g_test_add_func ("/vod-src/addresses", test_addresses);
  add_tests (folder);
  int result = g_test_run ();
  hls_folder_remove (folder);
  return result;
}
