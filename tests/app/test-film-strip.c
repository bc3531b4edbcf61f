/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The pictures of a recording, whose number nothing but asking for them tells. */

#include "config.h"

#include "sc-client-error.h"
#include "sc-film-strip.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gdk/gdk.h>
#include <libsoup/soup.h>

#define N_PICTURES 6
#define LENGTH_MS 24000
#define WIDTH(number) (32 + 16 * (int) (number))

typedef struct {
  SoupServer *server;
  ScHttp *http;
  ScFilmStrip *strip;
  guint missing_status;
  guint failing; /* answers to come that say 503 */
} Fixture;

static void
append_picture (SoupServerMessage *message, guint number)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH (number), 18);
  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  char *bytes = NULL;
  gsize size = 0;
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &size, "jpeg", NULL, NULL));
  soup_server_message_set_response (message, "image/jpeg", SOUP_MEMORY_TAKE, bytes, size);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Fixture *self = user_data;
  guint number = 0;
  g_assert_cmpint (sscanf (path, "/strip/thumb%u.jpg", &number), ==, 1);
  guint status = number < N_PICTURES ? 200 : self->missing_status;
  if (self->failing > 0) {
    self->failing--;
    status = 503;
  }
  soup_server_message_set_status (message, status, NULL);
  if (status == 200)
    append_picture (message, number);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->missing_status = 404;
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  GSList *uris = soup_server_get_uris (self->server);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%d/strip", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  const ScRecordingFields fields = { .id = "a",
                                     .channel = "ada",
                                     .title = "Engines",
                                     .playback_url = "https://x/m.m3u8",
                                     .thumbnails_url = url,
                                     .duration_ms = LENGTH_MS };
  g_autoptr (ScRecording) recording = sc_recording_new (&fields);
  self->http = sc_http_new (5);
  self->strip = sc_film_strip_new (self->http, recording);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->strip);
  g_clear_object (&self->http);
  g_clear_object (&self->server);
}

/* Returns the width of the picture at a place, or 0 with @error. */
static int
load (Fixture *self, gint64 place_ms, GError **error)
{
  g_autoptr (DexFuture) future = sc_film_strip_load (self->strip, place_ms * 1000);
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  const GValue *value = dex_future_get_value (future, error);
  return value ? gdk_texture_get_width (g_value_get_object (value)) : 0;
}

static void
assert_pictures (Fixture *self)
{
  for (guint i = 0; i < N_PICTURES; i++) {
    g_autoptr (GError) error = NULL;
    int width = load (self, (LENGTH_MS / N_PICTURES) * i + 1, &error);
    g_assert_no_error (error);
    g_assert_cmpint (width, ==, WIDTH (i));
  }
}

static void
test_pictures (Fixture *self, gconstpointer data)
{
  assert_pictures (self);
}

/* As a bucket answers that may not be listed. */
static void
test_forbidden (Fixture *self, gconstpointer data)
{
  self->missing_status = 403;
  assert_pictures (self);
}

/* A server that is busy does not say that there is no picture: they are counted again. */
static void
test_busy (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  self->failing = 1;
  g_assert_cmpint (load (self, 0, &error), ==, 0);
  g_assert_error (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_PROTOCOL);
  assert_pictures (self);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  add ("/film-strip/pictures", test_pictures);
  add ("/film-strip/forbidden", test_forbidden);
  add ("/film-strip/busy", test_busy);
  return g_test_run ();
}
