/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Tells who is signed in, by a notification of the desktop, that a channel that they follow goes
 * live. It asks the server every few seconds while they want to be told. A click shows the channel,
 * by the application's action "watch". Main thread only. */

#include "config.h"

#include "sc-live-notifier.h"

#include "sc-on-show.h"
#include "sc-refresh.h"

#include <glib/gi18n.h>

#define KEY_WANTED "notify-live"

struct _ScLiveNotifier {
  GObject parent_instance;

  GtkApplication *application; /* owns this */
  GSettings *settings;
  ScSession *session;
  ScLiveNews *news;
  DexFuture *refreshing;
};

G_DEFINE_FINAL_TYPE (ScLiveNotifier, sc_live_notifier, G_TYPE_OBJECT)

/* One of a channel at a time: a newer one takes the place of what is still there. */
static char *
dup_id (const char *channel)
{
  return g_strconcat ("live-", channel, NULL);
}

static void
tell (ScLiveNotifier *self, ScNewsItem *item)
{
  const char *channel = sc_news_item_get_channel (item);
  const char *title = sc_news_item_get_title (item);
  g_autofree char *id = dup_id (channel);
  /* Translators: %s is the name of a channel */
  g_autofree char *heading = g_strdup_printf (_ ("%s is live"), channel);
  g_autoptr (GNotification) notification = g_notification_new (heading);
  if (title && *title)
    g_notification_set_body (notification, title);
  g_notification_set_default_action_and_target (notification, "app.watch", "s", channel);
  g_notification_add_button_with_target (notification, _ ("Watch"), "app.watch", "s", channel);
  g_application_send_notification (G_APPLICATION (self->application), id, notification);
}

static void
withdraw (ScLiveNotifier *self, const char *channel)
{
  g_autofree char *id = dup_id (channel);
  g_application_withdraw_notification (G_APPLICATION (self->application), id);
}

static DexFuture *
ask (ScClient *client, const char *name)
{
  return sc_client_list_live_followed (client);
}

/* Without an answer all stays as it was: what begins meanwhile is told of later. */
static void
take_answer (gpointer owner, gpointer answer, GError *error)
{
  ScLiveNotifier *self = owner;
  g_clear_error (&error);
  if (!answer)
    return;
  g_auto (GStrv) on_show = sc_on_show_dup_channels ();
  g_autoptr (GPtrArray) news =
    sc_live_news_take (self->news, answer, (const char *const *) on_show);
  for (guint i = 0; i < news->len; i++)
    tell (self, news->pdata[i]);
}

static const ScRefresh refresh = {
  .interval_ms = SC_LIVE_NOTIFIER_INTERVAL_MS,
  .ask = ask,
  .take = take_answer,
};

static void
follow (ScLiveNotifier *self)
{
  const char *name = sc_session_get_name (self->session);
  const char *server = sc_session_get_server (self->session);
  gboolean is_somebody = sc_session_get_signed_in (self->session) && name && server;
  g_autofree char *person = is_somebody ? g_strdup_printf ("%s at %s", name, server) : NULL;
  dex_clear (&self->refreshing);
  sc_live_news_set_person (self->news, person);
  if (!person)
    return;
  if (g_settings_get_boolean (self->settings, KEY_WANTED))
    self->refreshing =
      sc_refresh_start (&refresh, self, sc_session_get_client (self->session), NULL);
  else
    sc_live_news_skip (self->news);
}

static void
sc_live_notifier_dispose (GObject *object)
{
  ScLiveNotifier *self = SC_LIVE_NOTIFIER (object);

  dex_clear (&self->refreshing);
  g_clear_object (&self->news);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sc_live_notifier_parent_class)->dispose (object);
}

static void
sc_live_notifier_class_init (ScLiveNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_live_notifier_dispose;
}

static void
sc_live_notifier_init (ScLiveNotifier *self)
{
}

/**
 * sc_live_notifier_new:
 * @application: must live longer; it has an action "watch" with the name of a channel
 * @settings: the settings of the application
 * @session: who is told
 *
 * Returns: (transfer full): what tells them, while they are signed in and want to be told
 */
ScLiveNotifier *
sc_live_notifier_new (GtkApplication *application, GSettings *settings, ScSession *session)
{
  ScLiveNotifier *self = g_object_new (SC_TYPE_LIVE_NOTIFIER, NULL);
  self->application = application;
  self->settings = g_object_ref (settings);
  self->session = g_object_ref (session);
  self->news = sc_live_news_new (settings);
  g_signal_connect_object (self->news, "forgotten", G_CALLBACK (withdraw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::name", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings,
                           "changed::" KEY_WANTED,
                           G_CALLBACK (follow),
                           self,
                           G_CONNECT_SWAPPED);
  follow (self);
  return self;
}

/**
 * sc_live_notifier_get_news:
 * @self: what tells somebody
 *
 * Returns: (transfer none): what they were told
 */
ScLiveNews *
sc_live_notifier_get_news (ScLiveNotifier *self)
{
  return self->news;
}

/**
 * sc_live_notifier_see:
 * @self: what tells somebody
 * @channel: the name of a channel that they look at
 *
 * They need not be told of it any more.
 */
void
sc_live_notifier_see (ScLiveNotifier *self, const char *channel)
{
  sc_live_news_read (self->news, channel);
  withdraw (self, channel);
}
