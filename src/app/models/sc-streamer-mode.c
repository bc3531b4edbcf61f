/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether what only the streamer may see is to be covered: whoever streams their screen shows it to
 * everybody. Where nobody else reads the own channel, it finds out by itself whether that is live.
 * Main thread only. */

#include "config.h"

#include "sc-streamer-mode.h"

#include "sc-channel.h"
#include "sc-refresh.h"

#define SETTING "streamer-mode"

/* The page of the own channel reads more often; while it is on show, its readings count. */
#define REFRESH_MS 30000

struct _ScStreamerMode {
  GObject parent_instance;

  ScSession *session;
  GSettings *settings;
  ScOwnChannel *own_channel; /* (nullable): that is read elsewhere now */
  DexFuture *refreshing;
  gboolean is_live;
  gboolean is_on;
};

typedef enum {
  PROP_ON = 1,
} ScStreamerModeProperty;

static GParamSpec *properties[PROP_ON + 1];

G_DEFINE_FINAL_TYPE (ScStreamerMode, sc_streamer_mode, G_TYPE_OBJECT)

static ScStreamerModeChoice
get_choice (ScStreamerMode *self)
{
  return (ScStreamerModeChoice) g_settings_get_enum (self->settings, SETTING);
}

static void
decide (ScStreamerMode *self)
{
  ScStreamerModeChoice choice = get_choice (self);
  gboolean is_on =
    choice == SC_STREAMER_MODE_ALWAYS || (choice == SC_STREAMER_MODE_AUTOMATIC && self->is_live);
  if (is_on == self->is_on)
    return;
  self->is_on = is_on;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ON]);
}

static DexFuture *
ask (ScClient *client, const char *name)
{
  return sc_client_get_own_channel (client);
}

/* Without an answer all stays as it was: the stream goes on without our server. */
static void
take_answer (gpointer owner, gpointer answer, GError *error)
{
  ScStreamerMode *self = owner;
  g_clear_error (&error);
  if (answer)
    self->is_live = sc_channel_get_live (answer);
  decide (self);
}

static const ScRefresh refresh = {
  .interval_ms = REFRESH_MS,
  .ask = ask,
  .take = take_answer,
};

/* Asks also while the answer does not count: whoever goes back to Automatic while live stays
 * covered. */
static void
follow (ScStreamerMode *self)
{
  gboolean is_signed_in = sc_session_get_signed_in (self->session);
  dex_clear (&self->refreshing);
  if (is_signed_in && !self->own_channel && get_choice (self) != SC_STREAMER_MODE_NEVER)
    self->refreshing =
      sc_refresh_start (&refresh, self, sc_session_get_client (self->session), NULL);
  if (!is_signed_in)
    self->is_live = FALSE;
  decide (self);
}

/* As with answers of our own: one that failed changes nothing. */
static void
on_own_channel_updated (ScStreamerMode *self)
{
  if (!sc_own_channel_get_error (self->own_channel))
    self->is_live = sc_channel_get_live (sc_own_channel_get_channel (self->own_channel));
  decide (self);
}

static void
sc_streamer_mode_dispose (GObject *object)
{
  ScStreamerMode *self = SC_STREAMER_MODE (object);

  dex_clear (&self->refreshing);
  g_clear_object (&self->own_channel);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sc_streamer_mode_parent_class)->dispose (object);
}

static void
sc_streamer_mode_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((ScStreamerModeProperty) id) {
  case PROP_ON:
    g_value_set_boolean (value, sc_streamer_mode_get_on (SC_STREAMER_MODE (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_streamer_mode_class_init (ScStreamerModeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sc_streamer_mode_dispose;
  object_class->get_property = sc_streamer_mode_get_property;

  /**
   * ScStreamerMode:on:
   *
   * Whether private things are to be covered.
   */
  properties[PROP_ON] =
    g_param_spec_boolean ("on",
                          NULL,
                          NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_streamer_mode_init (ScStreamerMode *self)
{
}

/**
 * sc_streamer_mode_new:
 * @session: whose channel counts
 * @settings: the settings of the application
 *
 * Returns: (transfer full): a mode that follows both
 */
ScStreamerMode *
sc_streamer_mode_new (ScSession *session, GSettings *settings)
{
  ScStreamerMode *self = g_object_new (SC_TYPE_STREAMER_MODE, NULL);
  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (session,
                           "notify::signed-in",
                           G_CALLBACK (follow),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings,
                           "changed::" SETTING,
                           G_CALLBACK (follow),
                           self,
                           G_CONNECT_SWAPPED);
  follow (self);
  return self;
}

/**
 * sc_streamer_mode_get_on:
 * @self: the mode
 *
 * Returns: whether private things are to be covered
 */
gboolean
sc_streamer_mode_get_on (ScStreamerMode *self)
{
  return self->is_on;
}

/**
 * sc_streamer_mode_set_own_channel:
 * @self: the mode
 * @own_channel: (nullable): the own channel that somebody else reads from now on; %NULL when nobody
 *   does any more
 *
 * Asks nothing by itself while somebody else does.
 */
void
sc_streamer_mode_set_own_channel (ScStreamerMode *self, ScOwnChannel *own_channel)
{
  if (self->own_channel == own_channel)
    return;
  if (self->own_channel)
    g_signal_handlers_disconnect_by_func (self->own_channel, on_own_channel_updated, self);
  g_set_object (&self->own_channel, own_channel);
  if (own_channel)
    g_signal_connect_object (own_channel,
                             "updated",
                             G_CALLBACK (on_own_channel_updated),
                             self,
                             G_CONNECT_SWAPPED);
  follow (self);
}
