/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who is live now, or which of the channels that somebody follows are. While started it asks the
 * server every few seconds and brings its list up to date in place: a channel that stays keeps its
 * object, so that a card on show changes its words and nothing moves. Main thread only.
 */

#include "config.h"

#include "sc-live-list.h"

#include "sc-channel.h"
#include "sc-list-follow.h"
#include "sc-list-page.h"
#include "sc-refresh.h"

/* Somebody who goes live is on Home this much later at most; one request per open Home page. */
#define REFRESH_MS 5000
/* Of those whom one follows one is told a little later. */
#define FOLLOWED_REFRESH_MS 15000
/* As many as a page has at most: who is live is on the first one. */
#define FOLLOWED_MAX SC_LIST_PAGE_MAX

struct _ScLiveList {
  GObject parent_instance;

  ScClient *client;
  const ScRefresh *refresh;
  GListStore *channels;
  DexFuture *refreshing;
  GError *error;
  gint64 now;
  gboolean loaded;
  gboolean has_more;
};

typedef enum {
  PROP_CHANNELS = 1,
  PROP_LOADED,
  PROP_ERROR,
  PROP_NOW,
  PROP_HAS_MORE,
} ScLiveListProperty;

static GParamSpec *properties[PROP_HAS_MORE + 1];

G_DEFINE_FINAL_TYPE (ScLiveList, sc_live_list, G_TYPE_OBJECT)

static void
notify (ScLiveList *self, ScLiveListProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_error (ScLiveList *self, GError *error)
{
  if (!self->error && !error)
    return;
  g_clear_error (&self->error);
  self->error = error;
  notify (self, PROP_ERROR);
}

static void
set_loaded (ScLiveList *self, gboolean loaded)
{
  if (self->loaded == loaded)
    return;
  self->loaded = loaded;
  notify (self, PROP_LOADED);
}

static void
set_now (ScLiveList *self, gint64 now)
{
  self->now = now;
  notify (self, PROP_NOW);
}

static ScChannel *
find_channel (ScLiveList *self, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->channels)); i++) {
    g_autoptr (ScChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->channels), i);
    if (g_str_equal (sc_channel_get_name (channel), name))
      return channel;
  }
  return NULL;
}

/* The channels of @newer, each by the object that the list has for it, brought up to date. */
static GPtrArray *
keep_objects (ScLiveList *self, GListModel *newer)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (newer); i++) {
    g_autoptr (ScChannel) fresh = g_list_model_get_item (newer, i);
    ScChannel *shown = find_channel (self, sc_channel_get_name (fresh));
    if (shown)
      sc_channel_update (shown, fresh);
    g_ptr_array_add (kept, g_object_ref (shown ? shown : fresh));
  }
  return kept;
}

/**
 * sc_live_list_take:
 * @self: the list
 * @newer: the #ScChannel that are live, in the order to show
 *
 * Makes the list the same as @newer with one change of the part that differs, and none if only what
 * the channels say has changed.
 */
void
sc_live_list_take (ScLiveList *self, GListModel *newer)
{
  g_autoptr (GPtrArray) kept = keep_objects (self, newer);
  sc_list_follow (self->channels, kept, g_direct_equal);
}

static void
set_has_more (ScLiveList *self, gboolean has_more)
{
  if (self->has_more == has_more)
    return;
  self->has_more = has_more;
  notify (self, PROP_HAS_MORE);
}

static void
take_answer (gpointer owner, const ScListPage *page, GError *error)
{
  ScLiveList *self = owner;
  g_object_freeze_notify (G_OBJECT (self));
  if (page) {
    sc_live_list_take (self, G_LIST_MODEL (page->items));
    set_has_more (self, page->older != NULL);
    set_loaded (self, TRUE);
  }
  set_error (self, error);
  set_now (self, g_get_real_time ());
  g_object_thaw_notify (G_OBJECT (self));
}

static DexFuture *
ask (ScClient *client, const char *name)
{
  return sc_client_list_live (client);
}

static const ScRefresh of_all = {
  .interval_ms = REFRESH_MS,
  .ask = ask,
  .take_page = take_answer,
};

static DexFuture *
ask_followed (ScClient *client, const char *name)
{
  return sc_client_list_followed (client, NULL, FOLLOWED_MAX);
}

static const ScRefresh of_followed = {
  .interval_ms = FOLLOWED_REFRESH_MS,
  .ask = ask_followed,
  .take_page = take_answer,
};

static void
sc_live_list_dispose (GObject *object)
{
  ScLiveList *self = SC_LIVE_LIST (object);

  dex_clear (&self->refreshing);
  g_clear_object (&self->client);
  g_clear_object (&self->channels);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sc_live_list_parent_class)->dispose (object);
}

static void
sc_live_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScLiveList *self = SC_LIVE_LIST (object);

  switch ((ScLiveListProperty) id) {
  case PROP_CHANNELS:
    g_value_set_object (value, self->channels);
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
    g_value_set_boolean (value, self->has_more);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_live_list_class_init (ScLiveListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sc_live_list_dispose;
  object_class->get_property = sc_live_list_get_property;

  properties[PROP_CHANNELS] =
    g_param_spec_object ("channels", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_HAS_MORE] = g_param_spec_boolean ("has-more", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_live_list_init (ScLiveList *self)
{
  self->channels = g_list_store_new (SC_TYPE_CHANNEL);
  self->now = g_get_real_time ();
}

/**
 * sc_live_list_new:
 * @client: whom to ask
 *
 * Returns: (transfer full): an empty list that does not ask yet
 */
ScLiveList *
sc_live_list_new (ScClient *client)
{
  ScLiveList *self = g_object_new (SC_TYPE_LIVE_LIST, NULL);
  self->client = g_object_ref (client);
  self->refresh = &of_all;
  return self;
}

/**
 * sc_live_list_new_followed:
 * @client: whom to ask, with a token
 *
 * Returns: (transfer full): an empty list that does not ask yet, of the channels that whose token
 *   it is follows: those that are live first, then as many others as fit
 */
ScLiveList *
sc_live_list_new_followed (ScClient *client)
{
  ScLiveList *self = sc_live_list_new (client);
  self->refresh = &of_followed;
  return self;
}

/**
 * sc_live_list_start:
 * @self: the list
 *
 * Asks now, and every few seconds until sc_live_list_stop().
 */
void
sc_live_list_start (ScLiveList *self)
{
  dex_clear (&self->refreshing);
  self->refreshing = sc_refresh_start (self->refresh, self, self->client, NULL);
}

/**
 * sc_live_list_stop:
 * @self: the list
 *
 * Asks no more; what is there stays.
 */
void
sc_live_list_stop (ScLiveList *self)
{
  dex_clear (&self->refreshing);
}

/**
 * sc_live_list_get_channels:
 * @self: the list
 *
 * Returns: (transfer none): the #ScChannel that are live, as the server orders them
 */
GListModel *
sc_live_list_get_channels (ScLiveList *self)
{
  return G_LIST_MODEL (self->channels);
}

/**
 * sc_live_list_get_has_more:
 * @self: the list
 *
 * Returns: whether the server has more than the list, which is the first page of it
 */
gboolean
sc_live_list_get_has_more (ScLiveList *self)
{
  return self->has_more;
}

/**
 * sc_live_list_get_loaded:
 * @self: the list
 *
 * Returns: whether the server has answered once
 */
gboolean
sc_live_list_get_loaded (ScLiveList *self)
{
  return self->loaded;
}

/**
 * sc_live_list_get_error:
 * @self: the list
 *
 * Returns: (transfer none) (nullable): why the last question failed; the list is older then
 */
const GError *
sc_live_list_get_error (ScLiveList *self)
{
  return self->error;
}
