/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Servers that say that a stream is elsewhere: how far they are followed, and what relative
 * addresses are of then. */

#include "config.h"

#include "hls-server.h"
#include "sc-live-fetch.h"
#include "sc-live-src.h"
#include "sct-files.h"
#include "sct-wait.h"

#include <gst/gst.h>
#include <libsoup/soup.h>

/* The answer that was asked for, and as many more as are followed. */
#define MOST_ASKED 6
#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define MAX_BYTES 1024
#define GIVE_UP_SECONDS 30

#define PLAYLIST "application/vnd.apple.mpegurl"
#define MASTER "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180\nmedia.m3u8\n"
#define MEDIA                                                                                      \
  "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:1\n"                  \
  "#EXTINF:2,\n1.ts\n#EXTINF:2,\n2.ts\n#EXTINF:2,\n3.ts\n#EXTINF:2,\n4.ts\n"

typedef struct {
  char *folder;
  SoupServer *plain;
  SoupServer *secure;
  SoupSession *session;
  GPtrArray *asked;    /* the paths, in order */
  GHashTable *answers; /* path to text */
  GHashTable *moves;   /* path to location */
  gboolean is_done;
  guint status;
  char *uri; /* where the answer came from */
  char *body;
  GError *error;
} Stage;

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Stage *stage = user_data;
  const char *location = g_hash_table_lookup (stage->moves, path);
  const char *text = g_hash_table_lookup (stage->answers, path);
  g_ptr_array_add (stage->asked, g_strdup (path));
  if (location)
    soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, location);
  else if (text)
    soup_server_message_set_response (message, PLAYLIST, SOUP_MEMORY_COPY, text, strlen (text));
  soup_server_message_set_status (message,
                                  location ? SOUP_STATUS_FOUND
                                  : text   ? SOUP_STATUS_OK
                                           : SOUP_STATUS_NOT_FOUND,
                                  NULL);
}

static SoupServer *
listen_as (Stage *stage, GTlsCertificate *certificate)
{
  g_autoptr (GError) error = NULL;
  SoupServer *server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (server, NULL, on_request, stage, NULL);
  soup_server_listen_local (server, 0, certificate ? SOUP_SERVER_LISTEN_HTTPS : 0, &error);
  g_assert_no_error (error);
  return server;
}

static void
set_up (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  stage->folder = g_dir_make_tmp ("redirects-XXXXXX", &error);
  g_assert_no_error (error);
  g_autoptr (GTlsCertificate) certificate = hls_certificate_new (stage->folder);
  g_autofree char *file = g_build_filename (stage->folder, HLS_CERTIFICATE, NULL);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (file, &error);
  g_assert_no_error (error);
  stage->asked = g_ptr_array_new_with_free_func (g_free);
  stage->answers = g_hash_table_new (g_str_hash, g_str_equal);
  stage->moves = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  stage->plain = listen_as (stage, NULL);
  stage->secure = listen_as (stage, certificate);
  stage->session = soup_session_new ();
  soup_session_set_tls_database (stage->session, database);
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  soup_session_abort (stage->session);
  g_object_unref (stage->session);
  g_object_unref (stage->plain);
  g_object_unref (stage->secure);
  g_ptr_array_unref (stage->asked);
  g_hash_table_unref (stage->answers);
  g_hash_table_unref (stage->moves);
  g_clear_error (&stage->error);
  g_free (stage->uri);
  g_free (stage->body);
  sct_remove_tree (stage->folder);
  g_free (stage->folder);
}

static char *
make_uri (SoupServer *server, const char *path)
{
  g_autoslist (GUri) uris = soup_server_get_uris (server);
  return g_strdup_printf ("%s://localhost:%d%s",
                          g_uri_get_scheme (uris->data),
                          g_uri_get_port (uris->data),
                          path);
}

static void
on_done (ScLiveFetch *fetch, const GError *error, gpointer user_data)
{
  Stage *stage = user_data;
  g_autoptr (GBytes) body = sc_live_fetch_get_body (fetch);
  gsize size = 0;
  const char *bytes = g_bytes_get_data (body, &size);
  stage->body = g_strndup (bytes ? bytes : "", size);
  stage->uri = sc_live_fetch_dup_uri (fetch);
  stage->status = sc_live_fetch_get_answer (fetch)->status;
  stage->error = error ? g_error_copy (error) : NULL;
  stage->is_done = TRUE;
}

static void
fetch (Stage *stage, SoupServer *server, const char *path)
{
  static const ScLiveFetchFuncs funcs = { .on_done = on_done };
  g_autofree char *uri = make_uri (server, path);
  const ScLiveRequest request = { .uri = uri, .patience = PATIENCE_US, .max_bytes = MAX_BYTES };
  sc_live_fetch_start (stage->session, &request, &funcs, stage);
  sct_wait_for (GIVE_UP_SECONDS, stage->is_done);
}

static gboolean
was_asked (Stage *stage, const char *path)
{
  return g_ptr_array_find_with_equal_func (stage->asked, path, g_str_equal, NULL);
}

static void
assert_not_followed (Stage *stage)
{
  g_assert_error (stage->error, G_IO_ERROR, G_IO_ERROR_FAILED_HANDLED);
  g_assert_cmpuint (stage->status, ==, SOUP_STATUS_FOUND);
  g_assert_cmpstr (stage->body, ==, "");
}

/* What was asked for by TLS is not taken in the clear. */
static void
test_not_in_the_clear (Stage *stage, gconstpointer data)
{
  g_hash_table_insert (stage->answers, "/there", "playlist");
  g_hash_table_insert (stage->moves, "/here", make_uri (stage->plain, "/there"));
  fetch (stage, stage->secure, "/here");
  assert_not_followed (stage);
  g_assert_false (was_asked (stage, "/there"));
}

/* Not by a way round either: from the clear to TLS is followed, and not back. */
static void
test_up_and_down (Stage *stage, gconstpointer data)
{
  g_hash_table_insert (stage->answers, "/there", "playlist");
  g_hash_table_insert (stage->moves, "/here", make_uri (stage->secure, "/up"));
  g_hash_table_insert (stage->moves, "/up", make_uri (stage->plain, "/there"));
  fetch (stage, stage->plain, "/here");
  assert_not_followed (stage);
  g_assert_true (was_asked (stage, "/up"));
  g_assert_false (was_asked (stage, "/there"));
}

static void
test_to_tls (Stage *stage, gconstpointer data)
{
  g_autofree char *there = make_uri (stage->secure, "/there");
  g_hash_table_insert (stage->answers, "/there", "playlist");
  g_hash_table_insert (stage->moves, "/here", g_strdup (there));
  fetch (stage, stage->plain, "/here");
  g_assert_no_error (stage->error);
  g_assert_cmpuint (stage->status, ==, SOUP_STATUS_OK);
  g_assert_cmpstr (stage->body, ==, "playlist");
  g_assert_cmpstr (stage->uri, ==, there);
}

/* A server on the network has no business with our files. */
static void
test_no_file (Stage *stage, gconstpointer data)
{
  g_hash_table_insert (stage->moves, "/here", g_strdup ("file:///etc/hostname"));
  fetch (stage, stage->plain, "/here");
  assert_not_followed (stage);
}

static void
test_circle (Stage *stage, gconstpointer data)
{
  g_hash_table_insert (stage->moves, "/one", g_strdup ("/two"));
  g_hash_table_insert (stage->moves, "/two", g_strdup ("/one"));
  fetch (stage, stage->plain, "/one");
  assert_not_followed (stage);
  g_assert_cmpuint (stage->asked->len, ==, MOST_ASKED);
}

static void
test_as_far_as_allowed (Stage *stage, gconstpointer data)
{
  g_hash_table_insert (stage->answers, "/5", "playlist");
  for (guint i = 0; i < MOST_ASKED - 1; i++)
    g_hash_table_insert (stage->moves,
                         (char *) g_intern_string ((char[]) { '/', (char) ('0' + i), 0 }),
                         g_strdup_printf ("/%u", i + 1));
  fetch (stage, stage->plain, "/0");
  g_assert_no_error (stage->error);
  g_assert_cmpstr (stage->body, ==, "playlist");
  g_assert_cmpuint (stage->asked->len, ==, MOST_ASKED);
}

/* The element itself: a master that is elsewhere, whose rendition is elsewhere again. */
static void
test_new_base (Stage *stage, gconstpointer data)
{
  g_autofree char *live = make_uri (stage->plain, "/a/live.m3u8");
  g_autofree char *uri = g_strdup_printf ("ivs+%s", live);
  g_hash_table_insert (stage->moves, "/a/live.m3u8", g_strdup ("/b/master.m3u8"));
  g_hash_table_insert (stage->answers, "/b/master.m3u8", MASTER);
  g_hash_table_insert (stage->moves, "/b/media.m3u8", g_strdup ("../c/d/list.m3u8"));
  g_hash_table_insert (stage->answers, "/c/d/list.m3u8", MEDIA);
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  GstElement *source = gst_element_factory_make ("ivssrc", NULL);
  g_assert_true (gst_uri_handler_set_uri (GST_URI_HANDLER (source), uri, NULL));
  gst_bin_add (GST_BIN (pipeline), source);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  sct_wait_for (GIVE_UP_SECONDS, was_asked (stage, "/c/d/4.ts") || was_asked (stage, "/c/d/3.ts"));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  for (guint i = 0; i < stage->asked->len; i++) {
    const char *path = g_ptr_array_index (stage->asked, i);
    g_assert_true (!g_str_has_suffix (path, ".ts") || g_str_has_prefix (path, "/c/d/"));
    g_assert_false (g_str_equal (path, "/a/media.m3u8"));
  }
}

#define add(name, test) g_test_add ("/live-redirects/" name, Stage, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  sc_live_src_register (NULL);
  add ("not-in-the-clear", test_not_in_the_clear);
  add ("up-and-down", test_up_and_down);
  add ("to-tls", test_to_tls);
  add ("no-file", test_no_file);
  add ("circle", test_circle);
  add ("as-far-as-allowed", test_as_far_as_allowed);
  add ("new-base", test_new_base);
  return g_test_run ();
}
