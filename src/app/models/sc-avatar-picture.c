/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Any picture, made into what the server takes as a picture of somebody: upright, square, of 256
 * pixels, in PNG, and without all that cameras write into their files. It is read on a thread of
 * the pool, piece by piece, and given up as soon as it says that it is too large. */

#include "config.h"

#include "sc-avatar-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define PIECE_SIZE (64 * 1024)

/* What the decoder has said so far. */
typedef struct {
  gboolean too_large;
  int height; /* of what it makes, in rows */
  int rows;   /* of them that are there */
} Progress;

static void
fail (GError **error, GdkPixbufError code, const char *words)
{
  g_set_error_literal (error, GDK_PIXBUF_ERROR, (int) code, words);
}

/* A size of nothing has the decoder stop before it takes memory for the whole. No other is asked
 * for: a decoder that scales does not say how much of the picture there was. */
static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  Progress *progress = user_data;
  progress->too_large = (gint64) width * height > SC_AVATAR_PIXELS_MAX;
  if (progress->too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static void
on_area_prepared (GdkPixbufLoader *loader, gpointer user_data)
{
  Progress *progress = user_data;
  progress->height = gdk_pixbuf_get_height (gdk_pixbuf_loader_get_pixbuf (loader));
}

static void
on_area_updated (GdkPixbufLoader *loader, int x, int y, int width, int height, gpointer user_data)
{
  Progress *progress = user_data;
  progress->rows = MAX (progress->rows, y + height);
}

static gboolean
feed (GdkPixbufLoader *loader, GInputStream *stream, Progress *progress, GError **error)
{
  gsize total = 0;
  g_autofree guint8 *piece = g_malloc (PIECE_SIZE);
  for (;;) {
    gssize size = g_input_stream_read (stream, piece, PIECE_SIZE, NULL, error);
    if (size <= 0)
      return size == 0;
    total += (gsize) size;
    progress->too_large |= total > SC_AVATAR_FILE_MAX;
    if (progress->too_large || !gdk_pixbuf_loader_write (loader, piece, (gsize) size, error))
      return FALSE;
  }
}

/* The decoders of some formats take a file that ends too early for a whole one. */
static GdkPixbuf *
decode (GInputStream *stream, GError **error)
{
  Progress progress = { 0 };
  g_autoptr (GError) cause = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &progress);
  g_signal_connect (loader, "area-prepared", G_CALLBACK (on_area_prepared), &progress);
  g_signal_connect (loader, "area-updated", G_CALLBACK (on_area_updated), &progress);
  gboolean is_fed = feed (loader, stream, &progress, &cause);
  gboolean is_closed = gdk_pixbuf_loader_close (loader, is_fed ? &cause : NULL);
  GdkPixbuf *pixbuf = is_fed && is_closed ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (pixbuf && !progress.too_large && progress.rows >= progress.height)
    return gdk_pixbuf_apply_embedded_orientation (pixbuf);
  if (progress.too_large)
    fail (error, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY, "The picture is too large");
  else if (cause)
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    fail (error, GDK_PIXBUF_ERROR_CORRUPT_IMAGE, "The picture is not whole");
  return NULL;
}

/* The middle of it. */
static GdkPixbuf *
make_square (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  int side = MIN (width, height);
  g_autoptr (GdkPixbuf) middle =
    gdk_pixbuf_new_subpixbuf (pixbuf, (width - side) / 2, (height - side) / 2, side, side);
  return gdk_pixbuf_scale_simple (middle, SC_AVATAR_SIDE, SC_AVATAR_SIDE, GDK_INTERP_BILINEAR);
}

/**
 * sc_avatar_picture_make:
 * @stream: a picture of any kind that GdkPixbuf knows
 * @error: an error of %GDK_PIXBUF_ERROR, %GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY where it is too
 *   large, or of %G_IO_ERROR
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): its middle, upright, as %SC_AVATAR_SIDE pixels of PNG
 */
GBytes *
sc_avatar_picture_make (GInputStream *stream, GError **error)
{
  char *data = NULL;
  gsize size = 0;
  g_autoptr (GdkPixbuf) upright = decode (stream, error);
  g_autoptr (GdkPixbuf) square = upright ? make_square (upright) : NULL;
  if (!square || !gdk_pixbuf_save_to_buffer (square, &data, &size, "png", error, NULL))
    return NULL;
  return g_bytes_new_take (data, size);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (data, cancellable, &error);
  GBytes *png = stream ? sc_avatar_picture_make (G_INPUT_STREAM (stream), &error) : NULL;
  if (png)
    g_task_return_pointer (task, png, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *png = g_task_propagate_pointer (G_TASK (result), &error);
  if (png)
    dex_promise_resolve_boxed (promise, G_TYPE_BYTES, png);
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

/**
 * sc_avatar_picture_read:
 * @file: a file that somebody chose
 *
 * Main thread.
 *
 * Returns: (transfer full): a future that resolves to what sc_avatar_picture_make() makes of it, as
 *   %G_TYPE_BYTES, or rejects with its errors
 */
DexFuture *
sc_avatar_picture_read (GFile *file)
{
  DexPromise *promise = dex_promise_new_cancellable ();
  g_autoptr (GTask) task =
    g_task_new (NULL, dex_promise_get_cancellable (promise), on_read, dex_ref (promise));
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, read_in_thread);
  return DEX_FUTURE (promise);
}
