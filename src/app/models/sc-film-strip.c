/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The pictures that Amazon IVS took of a recording at an interval: thumb0.jpg, thumb1.jpg and so on
 * ("Auto-Record to Amazon S3"). Neither their number nor the interval stands anywhere. The number
 * is found by asking for some, once somebody wants to see one; the interval follows from it, and
 * from how long the recording is. Main thread only. */

#include "config.h"

#include "sc-film-strip.h"

#include "sc-client-error.h"
#include "sc-future.h"
#include "sc-pictures.h"

/* The shortest interval that a recording configuration may have, milliseconds
 * ("ThumbnailConfiguration", Amazon IVS API Reference). */
#define INTERVAL_MIN_MS 1000

/* What a preview needs on screens with two pixels where others have one. */
#define SHOWN_WIDTH 384

struct _ScFilmStrip {
  GObject parent_instance;

  ScPictures *pictures;
  char *folder;
  gint64 length_ms;
  DexFuture *counting; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (ScFilmStrip, sc_film_strip, G_TYPE_OBJECT)

typedef struct {
  ScPictures *pictures;
  char *folder;
  guint most;
} Count;

static void
count_free (gpointer data)
{
  Count *count = data;
  g_object_unref (count->pictures);
  g_free (count->folder);
  g_free (count);
}

static DexFuture *
load_number (ScPictures *pictures, const char *folder, guint number)
{
  g_autofree char *url = g_strdup_printf ("%s/thumb%u.jpg", folder, number);
  return sc_pictures_load (pictures, url, SHOWN_WIDTH);
}

/* All before @low are there, @high is not. */
static DexFuture *
count_fiber (gpointer user_data)
{
  const Count *count = user_data;
  guint low = 0, high = count->most;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    g_autoptr (GError) error = NULL;
    if (dex_await (load_number (count->pictures, count->folder, middle), &error))
      low = middle + 1;
    else if (g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_NOT_FOUND))
      high = middle;
    else
      return dex_future_new_for_error (g_steal_pointer (&error));
  }
  return dex_future_new_for_uint (low);
}

static void
start_counting (ScFilmStrip *self)
{
  Count *count = g_new0 (Count, 1);
  count->pictures = g_object_ref (self->pictures);
  count->folder = g_strdup (self->folder);
  count->most = (guint) (self->length_ms / INTERVAL_MIN_MS) + 1;
  dex_clear (&self->counting);
  self->counting = sc_spawn (count_fiber, count, count_free);
}

typedef struct {
  ScPictures *pictures;
  char *folder;
  gint64 place_ms;
  gint64 length_ms;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;
  g_object_unref (load->pictures);
  g_free (load->folder);
  g_free (load);
}

static DexFuture *
on_counted (DexFuture *future, gpointer user_data)
{
  const Load *load = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  gint64 n_pictures = value ? g_value_get_uint (value) : 0;
  if (n_pictures == 0)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There are no pictures");
  gint64 number = load->place_ms * n_pictures / MAX (load->length_ms, 1);
  return load_number (load->pictures, load->folder, (guint) CLAMP (number, 0, n_pictures - 1));
}

static void
sc_film_strip_finalize (GObject *object)
{
  ScFilmStrip *self = SC_FILM_STRIP (object);

  dex_clear (&self->counting);
  g_object_unref (self->pictures);
  g_free (self->folder);

  G_OBJECT_CLASS (sc_film_strip_parent_class)->finalize (object);
}

static void
sc_film_strip_class_init (ScFilmStripClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_film_strip_finalize;
}

static void
sc_film_strip_init (ScFilmStrip *self)
{
}

/**
 * sc_film_strip_new:
 * @http: what fetches the pictures
 * @recording: a recording, whose thumbnails are somewhere
 *
 * Returns: (transfer full): the pictures, of which nothing is fetched yet
 */
ScFilmStrip *
sc_film_strip_new (ScHttp *http, ScRecording *recording)
{
  const ScRecordingFields *fields = sc_recording_get_fields (recording);
  ScFilmStrip *self = g_object_new (SC_TYPE_FILM_STRIP, NULL);
  self->pictures = sc_pictures_new (http);
  self->folder = g_strdup (fields->thumbnails_url);
  self->length_ms = fields->duration_ms;
  return self;
}

/**
 * sc_film_strip_load:
 * @self: the pictures of a recording
 * @place: a place in it, microseconds
 *
 * Dropping the future cancels.
 *
 * Returns: (transfer full): a future that resolves to the #GdkTexture that is nearest, or rejects
 *   where there is none
 */
DexFuture *
sc_film_strip_load (ScFilmStrip *self, gint64 place)
{
  if (!self->counting || dex_future_is_rejected (self->counting))
    start_counting (self);
  Load *load = g_new0 (Load, 1);
  load->pictures = g_object_ref (self->pictures);
  load->folder = g_strdup (self->folder);
  load->place_ms = place / 1000;
  load->length_ms = self->length_ms;
  return dex_future_then (dex_ref (self->counting), on_counted, load, load_free);
}
