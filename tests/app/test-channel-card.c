/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the card of a channel shows of a stream: the newest picture, which is fetched again after a
 * while, and how many watch. */

#include "config.h"

#include "hls-server.h"
#include "sc-channel-card.h"
#include "sc-pictures.h"
#include "sc-thumbnail.h"
#include "sct-window.h"

#include <glib/gstdio.h>

#define GIVE_UP_SECONDS 30
#define NOW G_GINT64_CONSTANT (1760000600000000)

#define RED 0xc01c28ff
#define BLUE 0x1a5fb4ff

typedef struct {
  char *folder;
  HlsServer *server;
  ScHttp *http;
  ScPictures *pictures;
  ScChannel *channel;
  GtkWidget *card;
  GtkWidget *window;
} Fixture;

static void
write_picture (Fixture *self, guint32 colour)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "thumb.jpg", NULL);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1280, 720);
  gdk_pixbuf_fill (pixbuf, colour);
  gdk_pixbuf_save (pixbuf, path, "jpeg", &error, NULL);
  g_assert_no_error (error);
}

static void
set_stream (Fixture *self, gint64 ended_at, gint64 viewers)
{
  g_autoptr (ScStream) stream = sc_stream_new ("st-1");
  stream->started_at = NOW - 600 * G_USEC_PER_SEC;
  stream->ended_at = ended_at;
  stream->viewers = viewers;
  sc_channel_set_stream (self->channel, stream);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  self->folder = g_dir_make_tmp ("channel-card-XXXXXX", &error);
  g_assert_no_error (error);
  write_picture (self, RED);
  self->server = hls_server_new (self->folder, NULL);
  self->http = sc_http_new (GIVE_UP_SECONDS);
  self->pictures = sc_pictures_new (self->http);

  g_autoptr (GString) url = g_string_new (hls_server_get_uri (self->server));
  g_string_replace (url, "master.m3u8", "thumb.jpg", 1);
  self->channel = sc_channel_new ("ada", "Notes on the engine");
  sc_channel_set_thumbnail_url (self->channel, url->str);
  set_stream (self, 0, 7);
  self->card = sc_channel_card_new (self->pictures, NULL);
  g_object_set (self->card, "channel", self->channel, "now", NOW, NULL);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), self->card);
  self->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), box);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->channel);
  g_assert_finalize_object (self->pictures);
  g_assert_finalize_object (self->http);
  hls_server_free (self->server);
  hls_folder_remove (self->folder);
  g_free (self->folder);
}

static gboolean
on_give_up (gpointer condition)
{
  g_error ("not within %d s: %s", GIVE_UP_SECONDS, (const char *) condition);
  return G_SOURCE_REMOVE;
}

#define wait_for(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint give_up = g_timeout_add_seconds (GIVE_UP_SECONDS, on_give_up, (char *) #condition);      \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (give_up);                                                                     \
  }                                                                                                \
  G_STMT_END

/* The colour in the middle of the picture, to what a JPEG keeps of it. */
static gboolean
shows (Fixture *self, guint32 wanted)
{
  GtkWidget *thumbnail = sct_find (self->window, SC_TYPE_THUMBNAIL, NULL);
  GtkWidget *picture = thumbnail ? sct_find (thumbnail, GTK_TYPE_PICTURE, NULL) : NULL;
  GdkPaintable *paintable = picture ? gtk_picture_get_paintable (GTK_PICTURE (picture)) : NULL;
  if (!paintable)
    return FALSE;
  GdkTexture *texture = GDK_TEXTURE (paintable);
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4;
  g_autofree guchar *pixels = g_malloc (stride * (gsize) gdk_texture_get_height (texture));
  gdk_texture_download (texture, pixels, stride);
  const guint32 *pixel = (const guint32 *) pixels;
  return ABS ((int) (*pixel >> 16 & 0xff) - (int) (wanted >> 24)) < 16 &&
         ABS ((int) (*pixel & 0xff) - (int) (wanted >> 8 & 0xff)) < 16;
}

static void
test_live (Fixture *self, gconstpointer data)
{
  wait_for (shows (self, RED));
  g_assert_nonnull (sct_find (self->card, GTK_TYPE_LABEL, "7 viewers"));
  set_stream (self, 0, 1);
  g_assert_nonnull (sct_find (self->card, GTK_TYPE_LABEL, "1 viewer"));
  set_stream (self, 0, SC_STREAM_VIEWERS_UNKNOWN);
  g_assert_null (sct_find (self->card, GTK_TYPE_LABEL, "viewer"));
  set_stream (self, NOW, SC_STREAM_VIEWERS_UNKNOWN);
  g_assert_null (sct_find (self->card, SC_TYPE_THUMBNAIL, NULL));
}

/* Lets time pass, and says whether the next picture is there. */
static gboolean
passes (Fixture *self)
{
  gint64 now = 0;
  g_object_get (self->card, "now", &now, NULL);
  g_object_set (self->card, "now", now + 30 * G_USEC_PER_SEC, NULL);
  g_assert_true (shows (self, RED) || shows (self, BLUE));
  return shows (self, RED);
}

/* What was shown stays until the next is there, and where the next cannot be had. */
static void
test_another_picture (Fixture *self, gconstpointer data)
{
  wait_for (shows (self, RED));
  write_picture (self, BLUE);
  g_object_set (self->card, "now", NOW + G_USEC_PER_SEC, NULL);
  g_assert_true (shows (self, RED));
  g_object_set (self->card, "now", NOW + 60 * G_USEC_PER_SEC, NULL);
  g_assert_true (shows (self, RED));
  wait_for (shows (self, BLUE));

  write_picture (self, RED);
  hls_server_set_status (self->server, 404);
  guint before = hls_server_get_n_requests (self->server);
  g_object_set (self->card, "now", NOW + 120 * G_USEC_PER_SEC, NULL);
  wait_for (hls_server_get_n_requests (self->server) > before);
  const char *url = sc_channel_get_thumbnail_url (self->channel);
  g_autoptr (DexFuture) after = sc_pictures_load_anew (self->pictures, url, 300);
  wait_for (!dex_future_is_pending (after));
  g_assert_true (shows (self, BLUE));
  hls_server_set_status (self->server, 0);
  wait_for (passes (self));
}

static int
get_picture_width (Fixture *self)
{
  GtkWidget *thumbnail = sct_find (self->window, SC_TYPE_THUMBNAIL, NULL);
  GtkWidget *picture = sct_find (thumbnail, GTK_TYPE_PICTURE, NULL);
  GdkPaintable *paintable = picture ? gtk_picture_get_paintable (GTK_PICTURE (picture)) : NULL;
  return paintable ? gdk_paintable_get_intrinsic_width (paintable) : 0;
}

/* A picture is little wider than its place, and another one when that becomes wider. */
static void
test_wider (Fixture *self, gconstpointer data)
{
  wait_for (shows (self, RED));
  g_assert_cmpint (get_picture_width (self), ==, 320);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 500, 400);
  wait_for (get_picture_width (self) == 512);
}

/* Returns how long the picture was on screen, microseconds. */
static gint64
scroll_past (GtkWidget *thumbnail)
{
  gint64 start = g_get_monotonic_time ();
  gtk_widget_set_visible (thumbnail, TRUE);
  for (guint i = 0; i < 200; i++)
    g_main_context_iteration (NULL, FALSE);
  gtk_widget_set_visible (thumbnail, FALSE);
  return g_get_monotonic_time () - start;
}

/* What is on screen for less than a tenth of a second is not fetched. */
static void
test_scrolled_past (Fixture *self, gconstpointer data)
{
  GtkWidget *thumbnail = sct_find (self->window, SC_TYPE_THUMBNAIL, NULL);
  guint n_short = 0;
  while (n_short < 3) {
    gtk_widget_set_visible (thumbnail, FALSE);
    guint before = hls_server_get_n_requests (self->server);
    if (scroll_past (thumbnail) > G_TIME_SPAN_SECOND / 10) { /* a busy machine */
      gtk_widget_set_visible (thumbnail, TRUE);
      wait_for (passes (self));
      continue;
    }
    g_assert_cmpuint (hls_server_get_n_requests (self->server), ==, before);
    n_short++;
  }
  gtk_widget_set_visible (thumbnail, TRUE);
  wait_for (shows (self, RED));
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  add ("/channel-card/live", test_live);
  add ("/channel-card/another-picture", test_another_picture);
  add ("/channel-card/scrolled-past", test_scrolled_past);
  add ("/channel-card/wider", test_wider);
  return g_test_run ();
}
