/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pictures from the web, small enough to be shown in a list: fetched through our HTTP session,
 * bounded, decoded on a thread of the pool, and kept for a while. Main thread only, but for
 * sc_picture_decode().
 */

#include "config.h"

#include "sc-pictures.h"

#include "sc-client-error.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/* A thumbnail of 1920 by 1080 pixels has some 300 KB. */
#define MAX_BYTES (2 * 1024 * 1024)

/* What is decoded at most before it is made smaller: more than any thumbnail of Amazon IVS (1920 by
 * 1080), and 64 MB while it lasts. */
#define MAX_PIXELS (16 * 1000 * 1000)

/* Twice the width of a card, for screens with two pixels where others have one. */
#define WIDTH_MAX 640

/* What is little wider than it is shown is drawn at once; pixman takes a picture that is made
 * smaller by a quarter and more through a filter, 20 times a frame where there is no GPU. Few
 * widths, so that what is kept for one card serves the next. */
#define WIDTH_STEP 64

/* Of 320 by 180 pixels 15 MB, and 60 on screens with two pixels where others have one. */
#define KEPT 64

struct _ScPictures {
  GObject parent_instance;

  ScHttp *http;
  GHashTable *textures; /* by width and URL */
  GQueue order;         /* those, the oldest first; the table owns them */
};

G_DEFINE_FINAL_TYPE (ScPictures, sc_pictures, G_TYPE_OBJECT)

typedef struct {
  ScPictures *pictures;
  DexPromise *promise;
  char *key; /* (nullable): what it is kept by once it is there */
  guint width;
} Load;

typedef struct {
  GBytes *bytes;
  guint width;
} Decoding;

static void
load_free (Load *load)
{
  g_object_unref (load->pictures);
  dex_unref (load->promise);
  g_free (load->key);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static void
decoding_free (gpointer data)
{
  Decoding *decoding = data;
  g_bytes_unref (decoding->bytes);
  g_free (decoding);
}

typedef struct {
  int width;
  gboolean too_large;
} Bounds;

static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  Bounds *bounds = user_data;
  bounds->too_large = (gint64) width * height > MAX_PIXELS;
  if (bounds->too_large)
    gdk_pixbuf_loader_set_size (loader, 1, 1);
  else if (width > bounds->width)
    gdk_pixbuf_loader_set_size (loader, bounds->width, MAX (1, height * bounds->width / width));
}

/* In the format of cairo's surfaces: where there is no GPU, GTK would convert each picture again
 * for each frame that it is in. */
static GdkTexture *
make_texture (GdkPixbuf *pixbuf)
{
  g_autoptr (GBytes) pixels = gdk_pixbuf_read_pixel_bytes (pixbuf);
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  g_autoptr (GdkTexture) decoded =
    gdk_memory_texture_new (width,
                            height,
                            gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8
                                                              : GDK_MEMORY_R8G8B8,
                            pixels,
                            (gsize) gdk_pixbuf_get_rowstride (pixbuf));
  g_autoptr (GdkTextureDownloader) downloader = gdk_texture_downloader_new (decoded);
  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_DEFAULT);
  gsize stride = 0;
  g_autoptr (GBytes) drawn = gdk_texture_downloader_download_bytes (downloader, &stride);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, drawn, stride);
}

/**
 * sc_picture_decode:
 * @bytes: a picture as it came from a server
 * @width: what it is made no wider than, pixels
 * @error: an error of %GDK_PIXBUF_ERROR
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the picture
 */
GdkTexture *
sc_picture_decode (GBytes *bytes, guint width, GError **error)
{
  Bounds bounds = { .width = (int) width };
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &bounds);
  gboolean written = gdk_pixbuf_loader_write_bytes (loader, bytes, error);
  if (!gdk_pixbuf_loader_close (loader, written ? error : NULL) || !written)
    return NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf && !bounds.too_large)
    return make_texture (pixbuf);
  g_set_error_literal (error,
                       GDK_PIXBUF_ERROR,
                       GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY,
                       "The picture has too many pixels");
  return NULL;
}

static void
decode_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Decoding *decoding = data;
  GError *error = NULL;
  GdkTexture *texture = sc_picture_decode (decoding->bytes, decoding->width, &error);
  if (texture)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
keep (ScPictures *self, const char *key, GdkTexture *texture)
{
  if (g_hash_table_contains (self->textures, key))
    return;
  char *owned = g_strdup (key);
  g_hash_table_insert (self->textures, owned, g_object_ref (texture));
  g_queue_push_tail (&self->order, owned);
  if (self->order.length > KEPT)
    g_hash_table_remove (self->textures, g_queue_pop_head (&self->order));
}

static void
on_decoded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  GError *error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);
  if (!texture) {
    dex_promise_reject (load->promise, error);
    return;
  }
  if (load->key)
    keep (load->pictures, load->key, texture);
  dex_promise_resolve_object (load->promise, g_steal_pointer (&texture));
}

/* A bucket whose objects may not be listed says 403 of those that are not there ("GetObject",
 * Amazon S3 API Reference). */
static GError *
make_refusal (guint status)
{
  gboolean is_missing = status == 403 || status == 404 || status == 410;
  return g_error_new (SC_CLIENT_ERROR,
                      is_missing ? SC_CLIENT_ERROR_NOT_FOUND : SC_CLIENT_ERROR_PROTOCOL,
                      "HTTP status %u",
                      status);
}

static void
on_response (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  GError *error = NULL;
  g_autoptr (ScHttpResponse) response = sc_http_send_finish (SC_HTTP (source), result, &error);
  if (!response) {
    dex_promise_reject (load->promise, error);
    return;
  }
  if (response->status != 200) {
    dex_promise_reject (load->promise, make_refusal (response->status));
    return;
  }
  Decoding *decoding = g_new0 (Decoding, 1);
  decoding->bytes = g_bytes_ref (response->body);
  decoding->width = load->width;
  GCancellable *cancellable = dex_promise_get_cancellable (load->promise);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, on_decoded, g_steal_pointer (&load));
  g_task_set_task_data (task, decoding, decoding_free);
  g_task_run_in_thread (task, decode_in_thread);
}

static void
sc_pictures_finalize (GObject *object)
{
  ScPictures *self = SC_PICTURES (object);

  g_clear_object (&self->http);
  g_queue_clear (&self->order);
  g_hash_table_unref (self->textures);

  G_OBJECT_CLASS (sc_pictures_parent_class)->finalize (object);
}

static void
sc_pictures_class_init (ScPicturesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_pictures_finalize;
}

static void
sc_pictures_init (ScPictures *self)
{
  self->textures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * sc_pictures_new:
 * @http: what fetches them
 *
 * Returns: (transfer full): no pictures yet
 */
ScPictures *
sc_pictures_new (ScHttp *http)
{
  ScPictures *self = g_object_new (SC_TYPE_PICTURES, NULL);
  self->http = g_object_ref (http);
  return self;
}

/**
 * sc_pictures_get_width:
 * @width: how wide a picture is shown, device pixels
 *
 * Returns: how wide it is made at most
 */
guint
sc_pictures_get_width (guint width)
{
  return CLAMP ((width + WIDTH_STEP - 1) / WIDTH_STEP * WIDTH_STEP, WIDTH_STEP, WIDTH_MAX);
}

static char *
dup_key (const char *url, guint width)
{
  return g_strdup_printf ("%u %s", sc_pictures_get_width (width), url);
}

static DexFuture *
fetch (ScPictures *self, const char *url, guint width, const char *key)
{
  Load *load = g_new0 (Load, 1);
  load->pictures = g_object_ref (self);
  load->promise = dex_promise_new_cancellable ();
  load->width = sc_pictures_get_width (width);
  load->key = g_strdup (key);
  const ScHttpRequest request = { .method = "GET", .url = url, .max_response_bytes = MAX_BYTES };
  DexFuture *future = dex_ref (DEX_FUTURE (load->promise));
  sc_http_send_async (self->http,
                      &request,
                      dex_promise_get_cancellable (load->promise),
                      on_response,
                      load);
  return future;
}

/**
 * sc_pictures_get_kept:
 * @self: the pictures
 * @url: where one is
 * @width: how wide it is shown, device pixels
 *
 * Returns: (transfer none) (nullable): the picture, if it is here
 */
GdkTexture *
sc_pictures_get_kept (ScPictures *self, const char *url, guint width)
{
  g_autofree char *key = dup_key (url, width);
  return g_hash_table_lookup (self->textures, key);
}

/**
 * sc_pictures_load:
 * @self: the pictures
 * @url: where one is
 * @width: how wide it is shown, device pixels
 *
 * Makes it little wider than that. Dropping the future cancels.
 *
 * Returns: (transfer full): a future that resolves to a #GdkTexture, or rejects with an error of
 *   %SC_NET_ERROR, %SC_CLIENT_ERROR (%SC_CLIENT_ERROR_NOT_FOUND where there is none) or
 *   %GDK_PIXBUF_ERROR
 */
DexFuture *
sc_pictures_load (ScPictures *self, const char *url, guint width)
{
  g_autofree char *key = dup_key (url, width);
  GdkTexture *kept = g_hash_table_lookup (self->textures, key);
  return kept ? dex_future_new_take_object (g_object_ref (kept)) : fetch (self, url, width, key);
}

/**
 * sc_pictures_load_anew:
 * @self: the pictures
 * @url: where one is that is another one after a while
 * @width: how wide it is shown, device pixels
 *
 * As sc_pictures_load(), but asks the server each time and keeps nothing.
 *
 * Returns: (transfer full): a future as of sc_pictures_load()
 */
DexFuture *
sc_pictures_load_anew (ScPictures *self, const char *url, guint width)
{
  return fetch (self, url, width, /* key= */ NULL);
}
