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
#define SHOWN_WIDTH 640

/* Of 640 by 360 pixels: 60 MB. */
#define KEPT 64

struct _ScPictures {
  GObject parent_instance;

  ScHttp *http;
  GHashTable *textures; /* by URL */
  GQueue order;         /* the URLs, the oldest first; the table owns them */
};

G_DEFINE_FINAL_TYPE (ScPictures, sc_pictures, G_TYPE_OBJECT)

typedef struct {
  ScPictures *pictures;
  DexPromise *promise;
  char *url;
  gboolean is_kept; /* once it is there */
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->pictures);
  dex_unref (load->promise);
  g_free (load->url);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  gboolean *too_large = user_data;
  *too_large = (gint64) width * height > MAX_PIXELS;
  if (*too_large)
    gdk_pixbuf_loader_set_size (loader, 1, 1);
  else if (width > SHOWN_WIDTH)
    gdk_pixbuf_loader_set_size (loader, SHOWN_WIDTH, MAX (1, height * SHOWN_WIDTH / width));
}

static GdkTexture *
make_texture (GdkPixbuf *pixbuf)
{
  g_autoptr (GBytes) pixels = gdk_pixbuf_read_pixel_bytes (pixbuf);
  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf),
                                 gdk_pixbuf_get_height (pixbuf),
                                 gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8
                                                                   : GDK_MEMORY_R8G8B8,
                                 pixels,
                                 (gsize) gdk_pixbuf_get_rowstride (pixbuf));
}

/**
 * sc_picture_decode:
 * @bytes: a picture as it came from a server
 * @error: an error of %GDK_PIXBUF_ERROR
 *
 * Makes it no wider than a card needs. Any thread.
 *
 * Returns: (transfer full) (nullable): the picture
 */
GdkTexture *
sc_picture_decode (GBytes *bytes, GError **error)
{
  gboolean too_large = FALSE;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &too_large);
  gboolean written = gdk_pixbuf_loader_write_bytes (loader, bytes, error);
  if (!gdk_pixbuf_loader_close (loader, written ? error : NULL) || !written)
    return NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf && !too_large)
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
  GError *error = NULL;
  GdkTexture *texture = sc_picture_decode (data, &error);
  if (texture)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
keep (ScPictures *self, const char *url, GdkTexture *texture)
{
  char *key = g_strdup (url);
  if (g_hash_table_contains (self->textures, url)) {
    g_free (key);
    return;
  }
  g_hash_table_insert (self->textures, key, g_object_ref (texture));
  g_queue_push_tail (&self->order, key);
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
  if (load->is_kept)
    keep (load->pictures, load->url, texture);
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
  g_autoptr (GBytes) body = g_bytes_ref (response->body);
  GCancellable *cancellable = dex_promise_get_cancellable (load->promise);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, on_decoded, g_steal_pointer (&load));
  g_task_set_task_data (task, g_steal_pointer (&body), (GDestroyNotify) g_bytes_unref);
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

static DexFuture *
fetch (ScPictures *self, const char *url, gboolean is_kept)
{
  Load *load = g_new0 (Load, 1);
  load->pictures = g_object_ref (self);
  load->promise = dex_promise_new_cancellable ();
  load->url = g_strdup (url);
  load->is_kept = is_kept;
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
 * sc_pictures_load:
 * @self: the pictures
 * @url: where one is
 *
 * Dropping the future cancels.
 *
 * Returns: (transfer full): a future that resolves to a #GdkTexture, or rejects with an error of
 *   %SC_NET_ERROR, %SC_CLIENT_ERROR (%SC_CLIENT_ERROR_NOT_FOUND where there is none) or
 *   %GDK_PIXBUF_ERROR
 */
DexFuture *
sc_pictures_load (ScPictures *self, const char *url)
{
  GdkTexture *kept = g_hash_table_lookup (self->textures, url);
  return kept ? dex_future_new_take_object (g_object_ref (kept)) : fetch (self, url, TRUE);
}

/**
 * sc_pictures_load_anew:
 * @self: the pictures
 * @url: where one is that is another one after a while
 *
 * As sc_pictures_load(), but asks the server each time and keeps nothing.
 *
 * Returns: (transfer full): a future as of sc_pictures_load()
 */
DexFuture *
sc_pictures_load_anew (ScPictures *self, const char *url)
{
  return fetch (self, url, FALSE);
}
