/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where somebody stopped in recordings. It is theirs alone: kept in a file of the user's, and no
 * server knows of it. Main thread only. */

#include "config.h"

#include "sc-places.h"

#include "sc-file-writer.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-recording.h"

/* As our API has it: ids of recording sessions of Amazon IVS have 16 characters. */
#define ID_MAX 64

typedef struct {
  char *recording;
  gint64 at_ms;
} Place;

struct _ScPlaces {
  GObject parent_instance;

  ScFileWriter *writer;
  GPtrArray *places; /* of Place, the newest first */
};

typedef enum {
  SIGNAL_CHANGED,
} ScPlacesSignal;

static guint signals[SIGNAL_CHANGED + 1];

G_DEFINE_FINAL_TYPE (ScPlaces, sc_places, G_TYPE_OBJECT)

static void
place_free (gpointer data)
{
  Place *place = data;
  g_free (place->recording);
  g_free (place);
}

static gboolean
find (ScPlaces *self, const char *recording, guint *ret_number)
{
  for (guint i = 0; i < self->places->len; i++) {
    const Place *place = self->places->pdata[i];
    if (g_str_equal (place->recording, recording)) {
      *ret_number = i;
      return TRUE;
    }
  }
  return FALSE;
}

static Place *
read_place (JsonArray *array, guint number, GError **error)
{
  JsonObject *object = sc_json_get_element (array, number, error);
  gint64 at_ms = 0;
  g_autofree char *recording = NULL;
  if (!object || !sc_json_read_id (object, "recording", ID_MAX, &recording, error) ||
      !sc_json_get_int (object, "at_ms", 0, SC_RECORDING_MAX_MS, &at_ms, error))
    return NULL;
  Place *place = g_new0 (Place, 1);
  place->recording = g_steal_pointer (&recording);
  place->at_ms = at_ms;
  return place;
}

/* What cannot be read is as good as nothing: it is only where somebody stopped. */
static void
read_file (ScPlaces *self, const char *path)
{
  char *text = NULL;
  gsize size = 0;
  if (!g_file_get_contents (path, &text, &size, NULL))
    return;
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, size);
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, NULL);
  JsonArray *array = object ? sc_json_get_array (object, "places", NULL) : NULL;
  guint n_places = array ? MIN (json_array_get_length (array), SC_PLACES_MAX) : 0;
  for (guint i = 0; i < n_places; i++) {
    Place *place = read_place (array, i, NULL);
    if (place)
      g_ptr_array_add (self->places, place);
  }
}

static char *
write_text (ScPlaces *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < self->places->len; i++) {
    const Place *place = self->places->pdata[i];
    JsonObject *member = json_object_new ();
    json_object_set_string_member (member, "recording", place->recording);
    json_object_set_int_member (member, "at_ms", place->at_ms);
    json_array_add_object_element (array, member);
  }
  json_object_set_array_member (object, "places", array);
  return sc_json_to_string (object);
}

static void
sc_places_finalize (GObject *object)
{
  ScPlaces *self = SC_PLACES (object);

  g_clear_pointer (&self->writer, sc_file_writer_free);
  g_ptr_array_unref (self->places);

  G_OBJECT_CLASS (sc_places_parent_class)->finalize (object);
}

static void
sc_places_class_init (ScPlacesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_places_finalize;

  /**
   * ScPlaces::changed:
   * @self: the places
   * @recording: the id of the recording whose place is another one
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          SC_TYPE_PLACES,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_STRING);
}

static void
sc_places_init (ScPlaces *self)
{
  self->places = g_ptr_array_new_with_free_func (place_free);
}

/**
 * sc_places_dup_path:
 *
 * Returns: (transfer full): the file of whoever has the program run
 */
char *
sc_places_dup_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "streamcat", "places.json", NULL);
}

/**
 * sc_places_new:
 * @path: the file that they are kept in, which need not be there
 *
 * Returns: (transfer full): where somebody stopped
 */
ScPlaces *
sc_places_new (const char *path)
{
  ScPlaces *self = g_object_new (SC_TYPE_PLACES, NULL);
  self->writer = sc_file_writer_new (path);
  read_file (self, path);
  return self;
}

/**
 * sc_places_new_of_user:
 *
 * Returns: (transfer full): where whoever has the program run stopped
 */
ScPlaces *
sc_places_new_of_user (void)
{
  g_autofree char *path = sc_places_dup_path ();
  return sc_places_new (path);
}

/**
 * sc_places_get:
 * @self: the places
 * @recording: the id of a recording
 *
 * Returns: where somebody stopped in it, microseconds, or 0
 */
gint64
sc_places_get (ScPlaces *self, const char *recording)
{
  guint number = 0;
  if (!find (self, recording, &number))
    return 0;
  return ((const Place *) self->places->pdata[number])->at_ms * 1000;
}

/**
 * sc_places_keep:
 * @self: the places
 * @recording: the id of a recording
 * @place: where somebody is in it, microseconds
 * @length: how long it is, microseconds
 *
 * Keeps the place, and forgets the oldest of too many. Shortly after the start, and at the end,
 * there is nothing to go on with: then the one that was kept is forgotten.
 */
void
sc_places_keep (ScPlaces *self, const char *recording, gint64 place, gint64 length)
{
  gboolean is_between = place >= SC_PLACES_MARGIN_US && place <= length - SC_PLACES_MARGIN_US;
  guint number = 0;
  gboolean is_kept = find (self, recording, &number);
  if (!is_between && !is_kept)
    return;
  if (is_kept)
    g_ptr_array_remove_index (self->places, number);
  if (is_between) {
    Place *kept = g_new0 (Place, 1);
    kept->recording = g_strdup (recording);
    kept->at_ms = place / 1000;
    g_ptr_array_insert (self->places, 0, kept);
    if (self->places->len > SC_PLACES_MAX)
      g_ptr_array_set_size (self->places, SC_PLACES_MAX);
  }
  sc_file_writer_write (self->writer, write_text (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, recording);
}

/**
 * sc_places_flush:
 * @self: the places
 *
 * Waits until all that was kept is in the file, as it is when @self is gone.
 */
void
sc_places_flush (ScPlaces *self)
{
  sc_file_writer_flush (self->writer);
}
