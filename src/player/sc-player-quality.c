/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A rendition of a live stream. It does not change. */

#include "config.h"

#include "sc-player-quality-private.h"

struct _ScPlayerQuality {
  GObject parent_instance;

  char *id;
  int height;
  double frame_rate;
  guint bandwidth;
  gboolean is_source;
};

G_DEFINE_FINAL_TYPE (ScPlayerQuality, sc_player_quality, G_TYPE_OBJECT)

static void
sc_player_quality_finalize (GObject *object)
{
  ScPlayerQuality *self = SC_PLAYER_QUALITY (object);

  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (sc_player_quality_parent_class)->finalize (object);
}

static void
sc_player_quality_class_init (ScPlayerQualityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_player_quality_finalize;
}

static void
sc_player_quality_init (ScPlayerQuality *self)
{
}

/**
 * sc_player_quality_new:
 * @id: its name in the multivariant playlist
 * @height: of the picture in pixels, or 0 while unknown
 * @frame_rate: frames a second, or 0 while unknown
 * @bandwidth: bits a second
 * @is_source: whether it is what the streamer sends, not transcoded
 *
 * Returns: (transfer full): a rendition
 */
ScPlayerQuality *
sc_player_quality_new (const char *id,
                       int height,
                       double frame_rate,
                       guint bandwidth,
                       gboolean is_source)
{
  ScPlayerQuality *self = g_object_new (SC_TYPE_PLAYER_QUALITY, NULL);
  self->id = g_strdup (id);
  self->height = height;
  self->frame_rate = frame_rate;
  self->bandwidth = bandwidth;
  self->is_source = is_source;
  return self;
}

/**
 * sc_player_quality_get_id:
 * @self: a rendition
 *
 * Returns: (transfer none): its name in the multivariant playlist
 */
const char *
sc_player_quality_get_id (ScPlayerQuality *self)
{
  return self->id;
}

/**
 * sc_player_quality_get_height:
 * @self: a rendition
 *
 * Returns: the height of its picture in pixels, or 0
 */
int
sc_player_quality_get_height (ScPlayerQuality *self)
{
  return self->height;
}

/**
 * sc_player_quality_get_frame_rate:
 * @self: a rendition
 *
 * Returns: frames a second, or 0
 */
double
sc_player_quality_get_frame_rate (ScPlayerQuality *self)
{
  return self->frame_rate;
}

/**
 * sc_player_quality_get_bandwidth:
 * @self: a rendition
 *
 * Returns: bits a second
 */
guint
sc_player_quality_get_bandwidth (ScPlayerQuality *self)
{
  return self->bandwidth;
}

/**
 * sc_player_quality_get_is_source:
 * @self: a rendition
 *
 * Returns: whether it is what the streamer sends
 */
gboolean
sc_player_quality_get_is_source (ScPlayerQuality *self)
{
  return self->is_source;
}

/* Returns what a structure of the source's list says, or NULL where it is none. */
static ScPlayerQuality *
make_from_value (const GValue *value)
{
  int height = 0;
  double frame_rate = 0;
  guint bandwidth = 0;
  gboolean is_source = FALSE;
  if (!GST_VALUE_HOLDS_STRUCTURE (value))
    return NULL;
  const GstStructure *quality = gst_value_get_structure (value);
  const char *id = gst_structure_get_string (quality, "id");
  if (!id || !*id)
    return NULL;
  gst_structure_get_int (quality, "height", &height);
  gst_structure_get_double (quality, "frame-rate", &frame_rate);
  gst_structure_get_uint (quality, "bandwidth", &bandwidth);
  gst_structure_get_boolean (quality, "is-source", &is_source);
  return sc_player_quality_new (id, height, frame_rate, bandwidth, is_source);
}

/* A GCompareDataFunc: the better one first. */
static int
compare (gconstpointer one, gconstpointer other, gpointer user_data)
{
  ScPlayerQuality *a = (ScPlayerQuality *) one;
  ScPlayerQuality *b = (ScPlayerQuality *) other;
  int height_a = sc_player_quality_get_height (a);
  int height_b = sc_player_quality_get_height (b);
  guint bandwidth_a = sc_player_quality_get_bandwidth (a);
  guint bandwidth_b = sc_player_quality_get_bandwidth (b);
  if (height_a != height_b)
    return height_a > height_b ? -1 : 1;
  return bandwidth_a == bandwidth_b ? 0 : bandwidth_a > bandwidth_b ? -1 : 1;
}

/**
 * sc_player_quality_list_take:
 * @list: of #ScPlayerQuality
 * @message: the source's, with what takes their place; what is no rendition is left out
 */
void
sc_player_quality_list_take (GListStore *list, const GstStructure *message)
{
  const GValue *values = gst_structure_get_value (message, "list");
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = values && GST_VALUE_HOLDS_LIST (values) ? gst_value_list_get_size (values) : 0;
  for (guint i = 0; i < n; i++) {
    ScPlayerQuality *quality = make_from_value (gst_value_list_get_value (values, i));
    if (quality)
      g_ptr_array_add (found, quality);
  }
  g_list_store_splice (list,
                       0,
                       g_list_model_get_n_items (G_LIST_MODEL (list)),
                       found->pdata,
                       found->len);
  g_list_store_sort (list, compare, NULL);
}

/**
 * sc_player_quality_list_has:
 * @list: of #ScPlayerQuality
 * @id: of a rendition
 *
 * Returns: whether it is among them
 */
gboolean
sc_player_quality_list_has (GListModel *list, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (ScPlayerQuality) quality = g_list_model_get_item (list, i);
    if (g_strcmp0 (sc_player_quality_get_id (quality), id) == 0)
      return TRUE;
  }
  return FALSE;
}
