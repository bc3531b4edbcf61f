/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One channel, kept up to date while started. The channel's object stays the same and notifies what
 * changes; ::refreshed tells of every answer and every failure. Main thread only.
 */

#include "config.h"

#include "sc-channel-watch.h"

#include "sc-refresh.h"

/* The end and the return of a stream are on the page this much later at most. The product promises
 * five seconds from the encoder's end to the word "offline", of which the event's way takes some.
 */
#define REFRESH_MS 2000
/* All who watch hear of a change in the same instant, and would go on asking in step: a thousand
 * are a question a millisecond so. */
#define SPREAD_MS 1000

struct _ScChannelWatch {
  GObject parent_instance;

  ScClient *client;
  char *name;
  ScChannel *channel;
  DexFuture *refreshing;
  GError *error;
  gint64 now;
};

typedef enum {
  PROP_CHANNEL = 1,
  PROP_ERROR,
  PROP_NOW,
} ScChannelWatchProperty;

static GParamSpec *properties[PROP_NOW + 1];
static guint refreshed_signal;

G_DEFINE_FINAL_TYPE (ScChannelWatch, sc_channel_watch, G_TYPE_OBJECT)

static void
notify (ScChannelWatch *self, ScChannelWatchProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
take_channel (ScChannelWatch *self, ScChannel *newer)
{
  if (self->channel) {
    sc_channel_update (self->channel, newer);
    return;
  }
  self->channel = g_object_ref (newer);
  notify (self, PROP_CHANNEL);
}

static void
take_answer (gpointer owner, gpointer newer, GError *error)
{
  ScChannelWatch *self = owner;
  gboolean had_error = self->error != NULL;
  g_clear_error (&self->error);
  self->error = error;
  self->now = g_get_real_time ();

  g_object_freeze_notify (G_OBJECT (self));
  if (newer)
    take_channel (self, newer);
  if (error || had_error)
    notify (self, PROP_ERROR);
  notify (self, PROP_NOW);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, refreshed_signal, 0);
}

static const ScRefresh refresh = {
  .interval_ms = REFRESH_MS,
  .ask = sc_client_get_channel,
  .take = take_answer,
};

static void
sc_channel_watch_dispose (GObject *object)
{
  ScChannelWatch *self = SC_CHANNEL_WATCH (object);

  dex_clear (&self->refreshing);
  g_clear_object (&self->client);
  g_clear_object (&self->channel);
  g_clear_error (&self->error);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (sc_channel_watch_parent_class)->dispose (object);
}

static void
sc_channel_watch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChannelWatch *self = SC_CHANNEL_WATCH (object);

  switch ((ScChannelWatchProperty) id) {
  case PROP_CHANNEL:
    g_value_set_object (value, self->channel);
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
sc_channel_watch_class_init (ScChannelWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sc_channel_watch_dispose;
  object_class->get_property = sc_channel_watch_get_property;

  properties[PROP_CHANNEL] = g_param_spec_object ("channel", NULL, NULL, SC_TYPE_CHANNEL, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * ScChannelWatch::refreshed:
   *
   * The server has answered or failed to, whether or not anything changed.
   */
  refreshed_signal = g_signal_new ("refreshed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
sc_channel_watch_init (ScChannelWatch *self)
{
  self->now = g_get_real_time ();
}

/**
 * sc_channel_watch_new:
 * @client: whom to ask
 * @name: the channel's name
 *
 * Returns: (transfer full): a watch that does not ask yet
 */
ScChannelWatch *
sc_channel_watch_new (ScClient *client, const char *name)
{
  ScChannelWatch *self = g_object_new (SC_TYPE_CHANNEL_WATCH, NULL);
  self->client = g_object_ref (client);
  self->name = g_strdup (name);
  return self;
}

/**
 * sc_channel_watch_start:
 * @self: the watch
 *
 * Asks now, and every few seconds until sc_channel_watch_stop().
 */
void
sc_channel_watch_start (ScChannelWatch *self)
{
  dex_clear (&self->refreshing);
  self->refreshing = sc_refresh_start (&refresh, self, self->client, self->name);
}

/**
 * sc_channel_watch_refresh:
 * @self: the watch
 *
 * Asks within a second instead of later, if it is started.
 */
void
sc_channel_watch_refresh (ScChannelWatch *self)
{
  if (!self->refreshing)
    return;
  dex_clear (&self->refreshing);
  self->refreshing = sc_refresh_start_within (&refresh, self, self->client, self->name, SPREAD_MS);
}

/**
 * sc_channel_watch_stop:
 * @self: the watch
 *
 * Asks no more; what is known stays.
 */
void
sc_channel_watch_stop (ScChannelWatch *self)
{
  dex_clear (&self->refreshing);
}

/**
 * sc_channel_watch_get_channel:
 * @self: the watch
 *
 * Returns: (transfer none) (nullable): the channel, once it was read; always the same object
 */
ScChannel *
sc_channel_watch_get_channel (ScChannelWatch *self)
{
  return self->channel;
}

/**
 * sc_channel_watch_get_error:
 * @self: the watch
 *
 * Returns: (transfer none) (nullable): why the last question failed
 */
const GError *
sc_channel_watch_get_error (ScChannelWatch *self)
{
  return self->error;
}

/**
 * sc_channel_watch_get_now:
 * @self: the watch
 *
 * Returns: when the server last answered or failed to, microseconds since the epoch
 */
gint64
sc_channel_watch_get_now (ScChannelWatch *self)
{
  return self->now;
}
