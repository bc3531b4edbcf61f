/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hls-server.h"
#include "sc-live-feed.h"
#include "sc-live-src.h"
#include "sct-mutate.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

/* Broken bytes from a server: mutated segments through the byte path, mutated playlists at whole
 * elements. Nothing crashes, and when good data comes again, it is shown. */

#define N_SEGMENTS 2000
#define N_PLAYLISTS 10000
/* An element asks once or twice a second; so many at once take half a minute. */
#define N_ELEMENTS 96
#define SEED 20
#define GIVE_UP_SECONDS 30
#define STREAM_SECONDS 30
/* A live window, and how far its segments reach ahead. */
#define WINDOW 6
/* Frames that say that it plays again: a second of them. */
#define ENOUGH_FRAMES 30
#define GOOD_SECONDS 60
/* How often it is looked how far they are. */
#define LOOK_MS 50

static gboolean
on_give_up (gpointer user_data)
{
  g_error ("gave up waiting for %s", (const char *) user_data);
  return G_SOURCE_REMOVE;
}

/* --- segments --- */

typedef struct {
  GMainContext *context;
  ScLiveFeed *feed;
  GRand *rand;
  GBytes *seeds[2]; /* MPEG-TS, fragmented MP4 */
  gint frames;      /* atomic */
  gboolean has_ended;
  guint errors;
} Path;

static void
on_caps (ScLiveKind kind, GstCaps *caps, gpointer user_data)
{
}

static void
on_frame (ScLiveKind kind, guint epoch, GstBuffer *frame, gpointer user_data)
{
  Path *path = user_data;
  g_atomic_int_add (&path->frames, kind == SC_LIVE_VIDEO);
  gst_buffer_unref (frame);
}

static void
on_segment (guint64 sequence, guint epoch, gint64 pts, gpointer user_data)
{
}

static void
on_text (const char *owner, const char *text, guint epoch, gint64 pts, gpointer user_data)
{
  g_assert_true (g_utf8_validate (owner, -1, NULL));
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
on_end (gpointer user_data)
{
  Path *path = user_data;
  path->has_ended = TRUE;
}

static void
on_error (const GError *error, gpointer user_data)
{
  Path *path = user_data;
  path->errors++;
}

static GBytes *
read_file (const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *data;
  gsize size;
  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static GBytes *
make_fmp4 (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *description =
    g_strdup_printf ("videotestsrc num-buffers=30 ! video/x-raw,width=320,height=180 ! "
                     "x264enc tune=zerolatency speed-preset=ultrafast ! h264parse ! "
                     "mp4mux fragment-duration=200 ! "
                     "filesink location=%s/seed.mp4",
                     folder);
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message =
    gst_bus_timed_pop_filtered (bus,
                                GST_CLOCK_TIME_NONE,
                                (GstMessageType) (GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return read_file (folder, "seed.mp4");
}

/* Passes @bytes in pieces, as a network does. */
static void
push_in_pieces (Path *path, const GByteArray *bytes)
{
  for (guint at = 0; at < bytes->len;) {
    guint size = MIN (1 + sct_below (path->rand, 16 * 1024), bytes->len - at);
    g_autoptr (GBytes) piece = g_bytes_new (bytes->data + at, size);
    sc_live_feed_push (path->feed, piece);
    at += size;
  }
}

/* Has a segment pass, mutated @mutations times over, and waits until all of it came out. */
static void
pass_segment (Path *path, guint number, guint mutations)
{
  gboolean is_fmp4 = number % 2;
  const ScLiveRun run = {
    .sequence = number,
    .is_fmp4 = is_fmp4,
    .is_new = TRUE,
    .breaks = sct_below (path->rand, 2),
  };
  gsize size;
  const guint8 *data = g_bytes_get_data (path->seeds[is_fmp4], &size);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_byte_array_append (bytes, data, (guint) size);
  for (guint i = 0; i < mutations; i++)
    sct_mutate (path->rand, bytes);
  g_autofree char *what = g_strdup_printf ("the end of segment %u", number);
  g_autoptr (GSource) give_up = g_timeout_source_new_seconds (GIVE_UP_SECONDS);
  g_source_set_callback (give_up, on_give_up, what, NULL);
  g_source_attach (give_up, path->context);
  path->has_ended = FALSE;
  sc_live_feed_begin (path->feed, &run);
  push_in_pieces (path, bytes);
  sc_live_feed_finish (path->feed);
  while (!path->has_ended)
    g_main_context_iteration (path->context, TRUE);
  g_source_destroy (give_up);
}

static void
test_segments (gconstpointer folder)
{
  static const ScLiveFeedFuncs funcs = { on_caps, on_frame, on_segment, on_text, on_end, on_error };
  Path path = { .context = g_main_context_new (), .rand = g_rand_new_with_seed (SEED) };
  path.seeds[0] = read_file (folder, "0.ts");
  path.seeds[1] = make_fmp4 (folder);
  path.feed = sc_live_feed_new (&funcs, &path);
  for (guint i = 0; i < N_SEGMENTS; i++)
    pass_segment (&path, i, 1 + i % 8);
  g_test_message ("%d frames and %u errors in broken segments", path.frames, path.errors);
  for (guint i = 0; i < 2; i++) {
    g_atomic_int_set (&path.frames, 0);
    pass_segment (&path, N_SEGMENTS + i, 0);
    g_assert_cmpint (g_atomic_int_get (&path.frames), >=, ENOUGH_FRAMES - 2);
  }
  sc_live_feed_free (path.feed);
  g_main_context_unref (path.context);
  g_rand_free (path.rand);
  g_bytes_unref (path.seeds[0]);
  g_bytes_unref (path.seeds[1]);
}

/* --- playlists --- */

/* The server has a thread of its own: closing an element waits for its last request. */
typedef struct {
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *server;
  const char *folder;
  GRand *rand;
  char *base;
  gint playlists; /* mutated ones that were given, atomic */
  gint is_good;   /* atomic */
  gint64 start;
} Stream;

typedef struct {
  Stream *stream;
  GstElement *pipeline;
  guint bus_watch;
  gint frames; /* atomic */
  guint restarts;
} Viewer;

/* A window of segments of a second; those of the next turn begin with a discontinuity. Two are
 * prefetches, though the server has them whole. */
static char *
write_media (Stream *stream)
{
  gint64 newest = WINDOW + (g_get_monotonic_time () - stream->start) / G_USEC_PER_SEC;
  gint64 first = newest - WINDOW;
  GString *text = g_string_new ("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n");
  g_string_append_printf (text, "#EXT-X-MEDIA-SEQUENCE:%" G_GINT64_FORMAT "\n", first);
  for (gint64 i = first; i < newest + 2; i++) {
    gint64 file = i % STREAM_SECONDS;
    if (file == 0)
      g_string_append (text,
                       i < newest ? "#EXT-X-DISCONTINUITY\n" : "#EXT-X-PREFETCH-DISCONTINUITY\n");
    if (i < newest)
      g_string_append (text, "#EXTINF:1.000,live\n");
    else
      g_string_append (text, "#EXT-X-PREFETCH:");
    g_string_append_printf (text, "%s/%" G_GINT64_FORMAT ".ts\n", stream->base, file);
  }
  return g_string_free_and_steal (text);
}

static char *
write_master (Stream *stream)
{
  return g_strdup_printf ("#EXTM3U\n"
                          "#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180,"
                          "CODECS=\"avc1.42C00D,mp4a.40.2\",IVS-NAME=\"180p\"\n"
                          "%s/media.m3u8\n"
                          "#EXT-X-STREAM-INF:BANDWIDTH=300000,RESOLUTION=320x180,"
                          "CODECS=\"avc1.42C00D,mp4a.40.2\",IVS-NAME=\"other\"\n"
                          "%s/media.m3u8\n",
                          stream->base,
                          stream->base);
}

/* Mutates every playlist, but a master mostly not, or nobody would get beyond it. */
static GBytes *
answer_playlist (Stream *stream, gboolean is_master)
{
  char *text = is_master ? write_master (stream) : write_media (stream);
  if (g_atomic_int_get (&stream->is_good) || (is_master && sct_below (stream->rand, 4)))
    return g_bytes_new_take (text, strlen (text));
  GByteArray *bytes = g_byte_array_new_take ((guint8 *) text, strlen (text));
  g_atomic_int_inc (&stream->playlists);
  sct_mutate (stream->rand, bytes);
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
answer_segment (Stream *stream, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *file = g_build_filename (stream->folder, name, NULL);
  char *data;
  gsize size;
  return g_file_get_contents (file, &data, &size, NULL) ? g_bytes_new_take (data, size) : NULL;
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  g_autoptr (GBytes) body = g_str_has_suffix (path, ".m3u8")
                              ? answer_playlist (user_data, g_str_has_suffix (path, "/master.m3u8"))
                              : answer_segment (user_data, path);
  soup_server_message_set_status (message, body ? SOUP_STATUS_OK : SOUP_STATUS_NOT_FOUND, NULL);
  if (body && g_bytes_get_size (body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
}

static gpointer
serve (gpointer data)
{
  Stream *stream = data;
  g_main_context_push_thread_default (stream->context);
  g_main_loop_run (stream->loop);
  soup_server_disconnect (stream->server);
  g_clear_object (&stream->server);
  g_main_context_pop_thread_default (stream->context);
  return NULL;
}

static gboolean
on_quit (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
stream_init (Stream *stream, const char *folder)
{
  g_autoptr (GError) error = NULL;
  stream->folder = folder;
  stream->rand = g_rand_new_with_seed (SEED);
  stream->start = g_get_monotonic_time ();
  stream->context = g_main_context_new ();
  stream->loop = g_main_loop_new (stream->context, FALSE);
  g_main_context_push_thread_default (stream->context);
  stream->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (stream->server, NULL, on_request, stream, NULL);
  soup_server_listen_local (stream->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  GSList *uris = soup_server_get_uris (stream->server);
  stream->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_context_pop_thread_default (stream->context);
  stream->thread = g_thread_new ("server", serve, stream);
}

static void
stream_clear (Stream *stream)
{
  g_autoptr (GSource) quit = g_idle_source_new ();
  g_source_set_callback (quit, on_quit, stream->loop, NULL);
  g_source_attach (quit, stream->context);
  g_thread_join (stream->thread);
  g_main_loop_unref (stream->loop);
  g_main_context_unref (stream->context);
  g_rand_free (stream->rand);
  g_free (stream->base);
}

static void
on_handoff (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer user_data)
{
  Viewer *viewer = user_data;
  g_atomic_int_inc (&viewer->frames);
}

static void
on_pad_added (GstElement *source, GstPad *pad, gpointer user_data)
{
  Viewer *viewer = user_data;
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", TRUE, "async", FALSE, NULL);
  if (g_str_has_prefix (GST_PAD_NAME (pad), "video")) {
    g_object_set (sink, "signal-handoffs", TRUE, NULL);
    g_signal_connect (sink, "handoff", G_CALLBACK (on_handoff), viewer);
  }
  gst_bin_add (GST_BIN (viewer->pipeline), sink);
  gst_element_sync_state_with_parent (sink);
  g_autoptr (GstPad) target = gst_element_get_static_pad (sink, "sink");
  g_assert_cmpint (gst_pad_link (pad, target), ==, GST_PAD_LINK_OK);
}

static void viewer_open (Viewer *viewer);

static void
viewer_close (Viewer *viewer)
{
  g_source_remove (viewer->bus_watch);
  gst_element_set_state (viewer->pipeline, GST_STATE_NULL);
  gst_clear_object (&viewer->pipeline);
}

/* Whoever gave up opens again, as a person would. */
static gboolean
on_again (gpointer user_data)
{
  Viewer *viewer = user_data;
  viewer->restarts++;
  viewer_close (viewer);
  viewer_open (viewer);
  return G_SOURCE_REMOVE;
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR ||
      GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS) {
    gst_bus_set_flushing (bus, TRUE);
    g_idle_add (on_again, user_data);
  }
  return G_SOURCE_CONTINUE;
}

static void
viewer_open (Viewer *viewer)
{
  g_autofree char *uri = g_strdup_printf ("ivs+%s/master.m3u8", viewer->stream->base);
  viewer->pipeline = gst_pipeline_new (NULL);
  GstElement *source = gst_element_factory_make ("ivssrc", "source");
  g_assert_nonnull (source);
  g_assert_true (gst_uri_handler_set_uri (GST_URI_HANDLER (source), uri, NULL));
  g_signal_connect (source, "pad-added", G_CALLBACK (on_pad_added), viewer);
  gst_bin_add (GST_BIN (viewer->pipeline), source);
  g_autoptr (GstBus) bus = gst_element_get_bus (viewer->pipeline);
  viewer->bus_watch = gst_bus_add_watch (bus, on_message, viewer);
  gst_element_set_state (viewer->pipeline, GST_STATE_PLAYING);
}

static gboolean
on_impatience (gpointer user_data)
{
  Viewer *viewers = user_data;
  for (guint i = 0; i < N_ELEMENTS; i++) {
    g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (viewers[i].pipeline), "source");
    g_autoptr (GstStructure) stats = NULL;
    g_object_get (source, "stats", &stats, NULL);
    g_autofree char *text = stats ? gst_structure_to_string (stats) : NULL;
    if (g_atomic_int_get (&viewers[i].frames) < ENOUGH_FRAMES)
      g_test_message ("%u: %d frames, %s", i, g_atomic_int_get (&viewers[i].frames), text);
  }
  return on_give_up ("everybody to see it again");
}

/* Returns how many viewers have seen enough. */
static guint
count_content (Viewer *viewers)
{
  guint content = 0;
  for (guint i = 0; i < N_ELEMENTS; i++)
    content += g_atomic_int_get (&viewers[i].frames) >= ENOUGH_FRAMES;
  return content;
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_playlists (gconstpointer folder)
{
  Stream stream = { 0 };
  g_autofree Viewer *viewers = g_new0 (Viewer, N_ELEMENTS);
  guint restarts = 0, frames = 0;
  stream_init (&stream, folder);
  for (guint i = 0; i < N_ELEMENTS; i++) {
    viewers[i].stream = &stream;
    viewer_open (&viewers[i]);
  }
  guint tick = g_timeout_add (LOOK_MS, on_tick, NULL);
  while (g_atomic_int_get (&stream.playlists) < N_PLAYLISTS)
    g_main_context_iteration (NULL, TRUE);
  g_atomic_int_set (&stream.is_good, 1);
  for (guint i = 0; i < N_ELEMENTS; i++) {
    restarts += viewers[i].restarts;
    frames += (guint) g_atomic_int_get (&viewers[i].frames);
    g_atomic_int_set (&viewers[i].frames, 0);
  }
  g_test_message ("%u frames and %u openings meanwhile", frames, restarts + N_ELEMENTS);
  guint give_up = g_timeout_add_seconds (GOOD_SECONDS, on_impatience, viewers);
  while (count_content (viewers) < N_ELEMENTS)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (give_up);
  for (guint i = 0; i < N_ELEMENTS; i++)
    viewer_close (&viewers[i]);
  stream_clear (&stream);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_assert_true (sc_live_src_register (NULL));
  g_autofree char *folder = hls_folder_new_of (STREAM_SECONDS);
  g_test_add_data_func ("/live-mutations/segments", folder, test_segments);
  g_test_add_data_func ("/live-mutations/playlists", folder, test_playlists);
  int result = g_test_run ();
  hls_folder_remove (folder);
  return result;
}
