/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What can be watched that is over, of a channel or of all. While started it asks the server every
 * few seconds; a recording that stays keeps its object, so that its card and its picture stay. Main
 * thread only.
 */

#include "config.h"

#include "sc-recording-list.h"

#include "sc-list-follow.h"
#include "sc-recording.h"
#include "sc-refresh.h"

/* A recording is on show this much later at most than the server knows of it: soon where somebody
 * has just seen the stream end, later on Home, which may be open all day. */
#define REFRESH_MS 5000
#define REFRESH_OF_ALL_MS 15000

struct _ScRecordingList {
  GObject parent_instance;

  ScClient *client;
  char *channel;
  GListStore *recordings;
  DexFuture *refreshing;
  GError *error;
  gint64 now;
  gboolean loaded;
};

typedef enum {
  PROP_RECORDINGS = 1,
  PROP_N_RECORDINGS,
  PROP_LOADED,
  PROP_ERROR,
  PROP_NOW,
} ScRecordingListProperty;

static GParamSpec *properties[PROP_NOW + 1];

G_DEFINE_FINAL_TYPE (ScRecordingList, sc_recording_list, G_TYPE_OBJECT)

static void
notify (ScRecordingList *self, ScRecordingListProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static guint
count (ScRecordingList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->recordings));
}

/* Returns TRUE if two objects are the same recording, in the same words. */
static gboolean
is_same (gconstpointer shown, gconstpointer newer)
{
  const ScRecordingFields *a = sc_recording_get_fields ((ScRecording *) shown);
  const ScRecordingFields *b = sc_recording_get_fields ((ScRecording *) newer);
  return g_str_equal (a->id, b->id) && g_str_equal (a->title, b->title) &&
         g_str_equal (a->playback_url, b->playback_url) &&
         g_strcmp0 (a->thumbnail_url, b->thumbnail_url) == 0;
}

static GPtrArray *
list_items (GListModel *model)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (items, g_list_model_get_item (model, i));
  return items;
}

/**
 * sc_recording_list_take:
 * @self: the list
 * @newer: the #ScRecording that can be watched, in the order to show
 *
 * Makes the list the same as @newer with one change of the part that differs: a new recording comes
 * in at the top and the others stay.
 */
void
sc_recording_list_take (ScRecordingList *self, GListModel *newer)
{
  g_autoptr (GPtrArray) items = list_items (newer);
  sc_list_follow (self->recordings, items, is_same);
}

static void
take_answer (gpointer owner, gpointer newer, GError *error)
{
  ScRecordingList *self = owner;
  gboolean had_error = self->error != NULL;
  g_clear_error (&self->error);
  self->error = error;
  self->now = g_get_real_time ();

  g_object_freeze_notify (G_OBJECT (self));
  if (newer) {
    sc_recording_list_take (self, newer);
    notify (self, PROP_N_RECORDINGS);
  }
  if (newer && !self->loaded) {
    self->loaded = TRUE;
    notify (self, PROP_LOADED);
  }
  if (error || had_error)
    notify (self, PROP_ERROR);
  notify (self, PROP_NOW);
  g_object_thaw_notify (G_OBJECT (self));
}

static const ScRefresh of_channel = {
  .interval_ms = REFRESH_MS,
  .ask = sc_client_list_recordings,
  .take = take_answer,
};

static const ScRefresh of_all = {
  .interval_ms = REFRESH_OF_ALL_MS,
  .ask = sc_client_list_recordings,
  .take = take_answer,
};

static void
sc_recording_list_dispose (GObject *object)
{
  ScRecordingList *self = SC_RECORDING_LIST (object);

  dex_clear (&self->refreshing);
  g_clear_object (&self->client);
  g_clear_object (&self->recordings);
  g_clear_error (&self->error);
  g_clear_pointer (&self->channel, g_free);

  G_OBJECT_CLASS (sc_recording_list_parent_class)->dispose (object);
}

static void
sc_recording_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScRecordingList *self = SC_RECORDING_LIST (object);

  switch ((ScRecordingListProperty) id) {
  case PROP_RECORDINGS:
    g_value_set_object (value, self->recordings);
    break;
  case PROP_N_RECORDINGS:
    g_value_set_uint (value, count (self));
    break;
  case PROP_LOADED:
    g_value_set_boolean (value, self->loaded);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  case PROP_NOW:
    g_value_set_int64 (value, self->now);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_recording_list_class_init (ScRecordingListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sc_recording_list_dispose;
  object_class->get_property = sc_recording_list_get_property;

  properties[PROP_RECORDINGS] =
    g_param_spec_object ("recordings", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_N_RECORDINGS] =
    g_param_spec_uint ("n-recordings", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_recording_list_init (ScRecordingList *self)
{
  self->recordings = g_list_store_new (SC_TYPE_RECORDING);
  self->now = g_get_real_time ();
}

/**
 * sc_recording_list_new:
 * @client: whom to ask
 * @channel: (nullable): the name of a channel; %NULL for all
 *
 * Returns: (transfer full): an empty list that does not ask yet
 */
ScRecordingList *
sc_recording_list_new (ScClient *client, const char *channel)
{
  ScRecordingList *self = g_object_new (SC_TYPE_RECORDING_LIST, NULL);
  self->client = g_object_ref (client);
  self->channel = g_strdup (channel);
  return self;
}

/**
 * sc_recording_list_start:
 * @self: the list
 *
 * Asks now, and every few seconds until sc_recording_list_stop().
 */
void
sc_recording_list_start (ScRecordingList *self)
{
  dex_clear (&self->refreshing);
  self->refreshing =
    sc_refresh_start (self->channel ? &of_channel : &of_all, self, self->client, self->channel);
}

/**
 * sc_recording_list_stop:
 * @self: the list
 *
 * Asks no more; what is there stays.
 */
void
sc_recording_list_stop (ScRecordingList *self)
{
  dex_clear (&self->refreshing);
}

/**
 * sc_recording_list_get_recordings:
 * @self: the list
 *
 * Returns: (transfer none): the #ScRecording, the newest first
 */
GListModel *
sc_recording_list_get_recordings (ScRecordingList *self)
{
  return G_LIST_MODEL (self->recordings);
}
