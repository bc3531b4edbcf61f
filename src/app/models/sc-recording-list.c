/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What can be watched that is over, of a channel or of all. While started it asks the server every
 * few seconds; a recording that stays keeps its object, so that its card and its picture stay. What
 * somebody had it show beyond the newest page stays behind that, as it was. Main thread only.
 */

#include "config.h"

#include "sc-recording-list.h"

#include "sc-list-follow.h"
#include "sc-recording.h"
#include "sc-refresh.h"

#include <string.h>

/* A recording is on show this much later at most than the server knows of it: soon where somebody
 * has just seen the stream end, later on Home, which may be open all day. */
#define REFRESH_MS 5000
#define REFRESH_OF_ALL_MS 15000

struct _ScRecordingList {
  GObject parent_instance;

  ScClient *client;
  char *channel;
  GListStore *recordings;
  char *older;   /* (nullable): where the server goes on after the last one */
  gboolean more; /* whether there is more than the newest page, or about to be */
  DexFuture *refreshing;
  DexFuture *asking_more;
  GError *error;
  GError *more_error;
  gint64 now;
  gboolean loaded;
};

typedef enum {
  PROP_RECORDINGS = 1,
  PROP_N_RECORDINGS,
  PROP_LOADED,
  PROP_ERROR,
  PROP_NOW,
  PROP_HAS_MORE,
  PROP_MORE_ERROR,
} ScRecordingListProperty;

static GParamSpec *properties[PROP_MORE_ERROR + 1];

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

/* The order of the server's lists. */
static int
compare_places (ScRecording *left, ScRecording *right)
{
  const ScRecordingFields *a = sc_recording_get_fields (left);
  const ScRecordingFields *b = sc_recording_get_fields (right);
  if (a->started_at != b->started_at)
    return a->started_at > b->started_at ? -1 : 1;
  return strcmp (a->id, b->id);
}

/* What is on show behind the newest page, unless what is between is not known: so many came new. */
static GPtrArray *
list_rest (ScRecordingList *self, GPtrArray *newest)
{
  g_autoptr (GPtrArray) shown = list_items (G_LIST_MODEL (self->recordings));
  GPtrArray *rest = g_ptr_array_new_with_free_func (g_object_unref);
  if (shown->len == 0 || newest->len == 0)
    return rest;
  ScRecording *last = newest->pdata[newest->len - 1];
  if (compare_places (last, shown->pdata[0]) < 0)
    return rest;
  for (guint i = 0; i < shown->len; i++)
    if (compare_places (last, shown->pdata[i]) < 0)
      g_ptr_array_add (rest, g_object_ref (shown->pdata[i]));
  return rest;
}

static void
set_older (ScRecordingList *self, const char *older)
{
  if (g_set_str (&self->older, older))
    notify (self, PROP_HAS_MORE);
}

static void
set_more_error (ScRecordingList *self, GError *error)
{
  if (!self->more_error && !error)
    return;
  g_clear_error (&self->more_error);
  self->more_error = error;
  notify (self, PROP_MORE_ERROR);
}

/* The list is just the newest page from now on, which is what a page that is asked for may follow.
 */
static void
forget_rest (ScRecordingList *self, const char *older)
{
  if (self->more && older && g_strcmp0 (self->older, older) == 0)
    return;
  self->more = FALSE;
  dex_clear (&self->asking_more);
  set_more_error (self, NULL);
  set_older (self, older);
}

/**
 * sc_recording_list_take:
 * @self: the list
 * @newest: the newest #ScRecording that can be watched, in the order to show
 *
 * Makes the list begin as @newest does with one change of the part that differs: a new recording
 * comes in at the top and the others stay.
 */
void
sc_recording_list_take (ScRecordingList *self, const ScListPage *newest)
{
  g_autoptr (GPtrArray) items = list_items (G_LIST_MODEL (newest->items));
  g_autoptr (GPtrArray) rest = self->more && newest->older ? list_rest (self, items) : NULL;
  if (!rest || rest->len == 0)
    forget_rest (self, newest->older);
  else
    g_ptr_array_extend_and_steal (items, g_steal_pointer (&rest));
  sc_list_follow (self->recordings, items, is_same);
}

/**
 * sc_recording_list_add:
 * @self: the list
 * @page: the #ScRecording after the last one
 *
 * Shows a page more.
 */
void
sc_recording_list_add (ScRecordingList *self, const ScListPage *page)
{
  g_autoptr (GPtrArray) items = list_items (G_LIST_MODEL (page->items));
  g_list_store_splice (self->recordings, count (self), 0, items->pdata, items->len);
  self->more = TRUE;
  set_older (self, page->older);
  notify (self, PROP_N_RECORDINGS);
}

static DexFuture *
on_more (DexFuture *future, gpointer user_data)
{
  g_autoptr (ScRecordingList) self = g_object_ref (user_data);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_object_freeze_notify (G_OBJECT (self));
  if (value)
    sc_recording_list_add (self, g_value_get_boxed (value));
  set_more_error (self, g_steal_pointer (&error));
  g_object_thaw_notify (G_OBJECT (self));
  return dex_future_new_true ();
}

static void
take_answer (gpointer owner, const ScListPage *newest, GError *error)
{
  ScRecordingList *self = owner;
  gboolean had_error = self->error != NULL;
  g_clear_error (&self->error);
  self->error = error;
  self->now = g_get_real_time ();

  g_object_freeze_notify (G_OBJECT (self));
  if (newest) {
    sc_recording_list_take (self, newest);
    notify (self, PROP_N_RECORDINGS);
  }
  if (newest && !self->loaded) {
    self->loaded = TRUE;
    notify (self, PROP_LOADED);
  }
  if (error || had_error)
    notify (self, PROP_ERROR);
  notify (self, PROP_NOW);
  g_object_thaw_notify (G_OBJECT (self));
}

static DexFuture *
ask_newest (ScClient *client, const char *channel)
{
  return sc_client_list_recordings (client, channel, NULL);
}

static const ScRefresh of_channel = {
  .interval_ms = REFRESH_MS,
  .ask = ask_newest,
  .take_page = take_answer,
};

static const ScRefresh of_all = {
  .interval_ms = REFRESH_OF_ALL_MS,
  .ask = ask_newest,
  .take_page = take_answer,
};

static void
sc_recording_list_dispose (GObject *object)
{
  ScRecordingList *self = SC_RECORDING_LIST (object);

  dex_clear (&self->refreshing);
  dex_clear (&self->asking_more);
  g_clear_object (&self->client);
  g_clear_object (&self->recordings);
  g_clear_pointer (&self->older, g_free);
  g_clear_error (&self->error);
  g_clear_error (&self->more_error);
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
  case PROP_HAS_MORE:
    g_value_set_boolean (value, self->older != NULL);
    break;
  case PROP_MORE_ERROR:
    g_value_set_boxed (value, self->more_error);
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
  properties[PROP_HAS_MORE] = g_param_spec_boolean ("has-more", NULL, NULL, FALSE, flags);
  properties[PROP_MORE_ERROR] = g_param_spec_boxed ("more-error", NULL, NULL, G_TYPE_ERROR, flags);
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
 * sc_recording_list_load_more:
 * @self: the list
 *
 * Asks for what is older than the last one, if there is any and nothing is asked already.
 */
void
sc_recording_list_load_more (ScRecordingList *self)
{
  if (!self->older || (self->asking_more && dex_future_is_pending (self->asking_more)))
    return;
  self->more = TRUE; /* the page that comes goes on with what is last now */
  dex_clear (&self->asking_more);
  self->asking_more =
    dex_future_finally (sc_client_list_recordings (self->client, self->channel, self->older),
                        on_more,
                        self,
                        NULL);
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
