/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A real stream for tests: H.264 and AAC in one-second MPEG-TS segments, made once by GStreamer and
 * served by a SoupServer in this process. It can refuse, talk rubbish, leave the end open, and cut
 * every connection.
 */

#include "config.h"

#include "hls-server.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <libsoup/soup.h>

#define MASTER "/master.m3u8"
#define LADDER "/ladder.m3u8"
#define GARBAGE_SIZE 65536

struct _HlsServer {
  SoupServer *server;
  GSList *connections;
  char *folder;
  char *uri;
  char *ladder_uri;
  guint status;
  gboolean garbage;
  gboolean live;
  char *token; /* that playlists are to be had by, or NULL */
  gboolean admits;
  guint n_requests;
  guint n_refused;
  char *held; /* the path that is never answered */
  guint n_held;
  gint64 live_since; /* when its playlist was first asked for, monotonic; 0 before */
};

/* What a live playlist has at first: as far back as players start, and more. */
#define LIVE_SEGMENTS 5

#define FRAMES_PER_SECOND 30
#define AUDIO_RATE 44100
#define AUDIO_FRAME 1024

/**
 * hls_run_pipeline:
 * @description: as gst-launch reads it
 *
 * Runs it to its end.
 */
void
hls_run_pipeline (const char *description)
{
  g_autoptr (GError) error = NULL;
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
}

static void
make_stream (const char *folder, guint seconds)
{
  g_autofree char *description = g_strdup_printf (
    "videotestsrc num-buffers=%u ! video/x-raw,width=%d,height=%d,framerate=30/1 "
    "! x264enc speed-preset=ultrafast tune=zerolatency key-int-max=30 bitrate=300 "
    "! h264parse ! sink.video "
    "audiotestsrc num-buffers=%u ! audio/x-raw,rate=44100,channels=2 ! avenc_aac ! aacparse "
    "! sink.audio hlssink2 name=sink target-duration=1 max-files=0 playlist-length=0 "
    "location=%s/%%d.ts playlist-location=%s/media.m3u8",
    seconds * FRAMES_PER_SECOND,
    HLS_WIDTH,
    HLS_HEIGHT,
    seconds * AUDIO_RATE / AUDIO_FRAME,
    folder,
    folder);
  hls_run_pipeline (description);
}

/**
 * hls_folder_new:
 *
 * Returns: (transfer full): a temporary folder with a stream of five seconds
 */
char *
hls_folder_new (void)
{
  return hls_folder_new_of (5);
}

/**
 * hls_folder_new_of:
 * @seconds: how long it shall be
 *
 * Returns: (transfer full): a temporary folder with a stream
 */
char *
hls_folder_new_of (guint seconds)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("hls-XXXXXX", &error);
  g_assert_no_error (error);
  make_stream (folder, seconds);
  return folder;
}

/**
 * hls_folder_remove:
 * @path: what hls_folder_new() returned
 *
 * Removes it with all that is in it.
 */
void
hls_folder_remove (const char *path)
{
  const char *name = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  while ((name = g_dir_read_name (folder))) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    g_unlink (file);
  }
  g_rmdir (path);
}

/**
 * hls_certificate_new:
 * @folder: where its files go, %HLS_CERTIFICATE and %HLS_KEY
 *
 * Returns: (transfer full): a certificate of localhost that is its own authority
 */
GTlsCertificate *
hls_certificate_new (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *cert = g_build_filename (folder, HLS_CERTIFICATE, NULL);
  g_autofree char *key = g_build_filename (folder, HLS_KEY, NULL);
  const char *const argv[] = {
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=localhost",
    "-addext",
    "subjectAltName=DNS:localhost",
    "-keyout",
    key,
    "-out",
    cert,
    NULL,
  };
  g_spawn_sync (NULL,
                (char **) argv,
                NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL,
                NULL,
                NULL,
                NULL,
                NULL,
                &error);
  g_assert_no_error (error);
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (cert, key, &error);
  g_assert_no_error (error);
  return certificate;
}

/* A live playlist grows by the clock, a segment a second, until it has all. Returns its size. */
static gsize
cut_live (HlsServer *self, const char *playlist)
{
  gint64 now = g_get_monotonic_time ();
  self->live_since = self->live_since ? self->live_since : now;
  gint64 segments = LIVE_SEGMENTS + (now - self->live_since) / G_USEC_PER_SEC;
  const char *end = strstr (playlist, "#EXT-X-ENDLIST");
  g_assert_nonnull (end);
  const char *next = strstr (playlist, "#EXTINF");
  for (gint64 i = 0; i < segments && next; i++)
    next = strstr (next + 1, "#EXTINF");
  return (next ? next : end) - playlist;
}

static GBytes *
read_file (HlsServer *self, const char *path)
{
  g_autofree char *file = g_build_filename (self->folder, path, NULL);
  char *text = NULL;
  gsize size = 0;
  if (!g_file_get_contents (file, &text, &size, NULL))
    return NULL;
  if (self->live && g_str_has_suffix (path, ".m3u8"))
    size = cut_live (self, text);
  return g_bytes_new_take (text, size);
}

static GBytes *
answer (HlsServer *self, const char *path)
{
  static const char master[] = "#EXTM3U\n"
                               "#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180\n"
                               "media.m3u8\n";
  static const char ladder[] =
    "#EXTM3U\n"
    "#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180,STABLE-VARIANT-ID=\"" HLS_HIGH "\"\n"
    "media.m3u8\n"
    "#EXT-X-STREAM-INF:BANDWIDTH=300000,RESOLUTION=320x180,STABLE-VARIANT-ID=\"" HLS_LOW "\"\n"
    "media.m3u8?low\n";
  if (g_str_equal (path, MASTER))
    return g_bytes_new_static (master, sizeof master - 1);
  if (g_str_equal (path, LADDER))
    return g_bytes_new_static (ladder, sizeof ladder - 1);
  if (self->garbage && g_str_has_suffix (path, ".ts"))
    return g_bytes_new_take (g_strnfill (GARBAGE_SIZE, 'x'), GARBAGE_SIZE);
  return read_file (self, path);
}

/* A master that is asked for with the token opens the way to the other playlists. */
static gboolean
is_refused (HlsServer *self, const char *path, GHashTable *query)
{
  if (!self->token || !g_str_has_suffix (path, ".m3u8"))
    return FALSE;
  const char *token = query ? g_hash_table_lookup (query, "token") : NULL;
  if (g_str_equal (path, MASTER))
    self->admits = g_strcmp0 (token, self->token) == 0;
  self->n_refused += self->admits ? 0 : 1;
  return !self->admits;
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  HlsServer *self = user_data;
  self->n_requests++;
  if (g_strcmp0 (path, self->held) == 0) {
    self->n_held++;
    soup_server_message_pause (message);
    return;
  }
  if (is_refused (self, path, query)) {
    soup_server_message_set_status (message, SOUP_STATUS_FORBIDDEN, NULL);
    return;
  }
  g_autoptr (GBytes) body = self->status ? NULL : answer (self, path);
  if (!body) {
    soup_server_message_set_status (message, self->status ? self->status : 404, NULL);
    return;
  }
  const char *type =
    g_str_has_suffix (path, ".m3u8") ? "application/vnd.apple.mpegurl" : "video/mp2t";
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message),
                                         type,
                                         NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
}

static void
on_request_started (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  HlsServer *self = user_data;
  GSocket *socket = soup_server_message_get_socket (message);
  if (!g_slist_find (self->connections, socket))
    self->connections = g_slist_prepend (self->connections, g_object_ref (socket));
}

/**
 * hls_server_new:
 * @folder: what hls_folder_new() returned
 * @certificate: (nullable): for HTTPS; %NULL for HTTP
 *
 * Returns: (transfer full): a server on a free port of localhost
 */
HlsServer *
hls_server_new (const char *folder, GTlsCertificate *certificate)
{
  g_autoptr (GError) error = NULL;
  HlsServer *self = g_new0 (HlsServer, 1);

  self->folder = g_strdup (folder);
  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (on_request_started), self);
  SoupServerListenOptions options = certificate ? SOUP_SERVER_LISTEN_HTTPS : 0;
  soup_server_listen_local (self->server, 0, options, &error);
  g_assert_no_error (error);

  GSList *uris = soup_server_get_uris (self->server);
  const char *scheme = certificate ? "https" : "http";
  int port = g_uri_get_port (uris->data);
  self->uri = g_strdup_printf ("%s://localhost:%d" MASTER, scheme, port);
  self->ladder_uri = g_strdup_printf ("%s://localhost:%d" LADDER, scheme, port);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

/**
 * hls_server_free:
 * @self: a server
 *
 * Stops it.
 */
void
hls_server_free (HlsServer *self)
{
  g_signal_handlers_disconnect_by_data (self->server, self);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_slist_free_full (self->connections, g_object_unref);
  g_free (self->folder);
  g_free (self->held);
  g_free (self->token);
  g_free (self->uri);
  g_free (self->ladder_uri);
  g_free (self);
}

/**
 * hls_server_get_uri:
 * @self: a server
 *
 * Returns: (transfer none): the address of the multivariant playlist
 */
const char *
hls_server_get_uri (HlsServer *self)
{
  return self->uri;
}

/**
 * hls_server_get_ladder_uri:
 * @self: a server
 *
 * Returns: (transfer none): the address of another one, with the renditions %HLS_HIGH and %HLS_LOW,
 * which are the same but for their names
 */
const char *
hls_server_get_ladder_uri (HlsServer *self)
{
  return self->ladder_uri;
}

/**
 * hls_server_set_status:
 * @self: a server
 * @status: what to answer to everything, or 0 to serve
 */
void
hls_server_set_status (HlsServer *self, guint status)
{
  self->status = status;
}

/**
 * hls_server_set_garbage:
 * @self: a server
 * @garbage: whether the segments are no media
 */
void
hls_server_set_garbage (HlsServer *self, gboolean garbage)
{
  self->garbage = garbage;
}

/**
 * hls_server_set_live:
 * @self: a server
 * @live: whether the media playlist leaves its end open and grows, from when it is next asked for
 */
void
hls_server_set_live (HlsServer *self, gboolean live)
{
  self->live = live;
  self->live_since = 0;
}

/**
 * hls_server_set_token:
 * @self: a server
 * @token: what a query "token" of the multivariant playlist has to be, from now on; before that,
 *   no playlist is to be had
 */
void
hls_server_set_token (HlsServer *self, const char *token)
{
  g_set_str (&self->token, token);
  self->admits = FALSE;
  self->n_refused = 0;
}

/**
 * hls_server_get_n_refused:
 * @self: a server
 *
 * Returns: how many playlists were refused since the token changed
 */
guint
hls_server_get_n_refused (HlsServer *self)
{
  return self->n_refused;
}

/**
 * hls_server_get_admits:
 * @self: a server
 *
 * Returns: whether somebody came with the token
 */
gboolean
hls_server_get_admits (HlsServer *self)
{
  return self->admits;
}

/**
 * hls_server_get_n_requests:
 * @self: a server
 *
 * Returns: how often it was asked for anything
 */
guint
hls_server_get_n_requests (HlsServer *self)
{
  return self->n_requests;
}

/**
 * hls_server_hold:
 * @self: a server
 * @path: what is never answered from now on
 */
void
hls_server_hold (HlsServer *self, const char *path)
{
  g_set_str (&self->held, path);
}

/**
 * hls_server_get_n_held:
 * @self: a server
 *
 * Returns: how many requests were not answered
 */
guint
hls_server_get_n_held (HlsServer *self)
{
  return self->n_held;
}

/**
 * hls_server_cut:
 * @self: a server
 *
 * Stops listening and closes every connection in the middle of what it does.
 */
void
hls_server_cut (HlsServer *self)
{
  soup_server_disconnect (self->server);
  for (GSList *l = self->connections; l; l = l->next)
    (void) g_socket_shutdown (l->data, TRUE, TRUE, NULL);
}
