/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody who streams keeps beside their encoder: the own picture without its sound, how long
 * and to how many, the title, how the stream goes, and the chat. It asks and plays only while it is
 * on screen; its chat goes on. After a stream it has that stream's figures.
 */

#include "config.h"

#include "sc-cockpit-view.h"

#include "sc-channel-chat.h"
#include "sc-chat-panel.h"
#include "sc-error-words.h"
#include "sc-future.h"
#include "sc-health-group.h"
#include "sc-load-view.h"
#include "sc-own-picture.h"
#include "sc-player-keys.h"
#include "sc-reports-group.h"
#include "sc-stream-charts.h"
#include "sc-stream-watch.h"
#include "sc-time-words.h"
#include "sc-title-group.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScCockpitView {
  AdwBin parent_instance;

  ScOwnChannel *own_channel;
  ScStreamWatch *watch;
  ScChatRoom *room;
  DexFuture *stopping;
  guint tick; /* while on screen: the time that it is live */

  ScOwnPicture *picture;
  ScLoadView *load_view;
  GtkLabel *age;
  GtkWidget *figures;
  GtkLabel *uptime;
  GtkLabel *viewers;
  GtkLabel *peak;
  ScTitleGroup *title_group;
  ScTitleGroup *category_group;
  ScHealthGroup *health_group;
  ScStreamCharts *charts;
  ScReportsGroup *reports_group;
  GtkWidget *stop_button;
  AdwToggleGroup *switcher;
  GtkWidget *side;
  ScChatPanel *chat;
};

G_DEFINE_FINAL_TYPE (ScCockpitView, sc_cockpit_view, ADW_TYPE_BIN)

static const ScStreamStatusFields *
get_fields (ScCockpitView *self)
{
  ScStreamStatus *status = self->watch ? sc_stream_watch_get_status (self->watch) : NULL;
  return status ? sc_stream_status_get_fields (status) : NULL;
}

static void
show_count (GtkLabel *label, gint64 count)
{
  g_autofree char *text =
    count >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, count) : g_strdup (_ ("–"));
  gtk_label_set_text (label, text);
}

static void
show_uptime (ScCockpitView *self)
{
  const ScStreamStatusFields *fields = get_fields (self);
  if (!fields || fields->started_at == 0) {
    gtk_label_set_text (self->uptime, _ ("–"));
    return;
  }
  gint64 until = fields->ended_at ? fields->ended_at : g_get_real_time ();
  g_autofree char *clock = sc_clock_words (MAX (until - fields->started_at, 0));
  gtk_label_set_text (self->uptime, clock);
}

static const char *
get_channel_type (ScCockpitView *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  return channel ? sc_channel_get_channel_type (channel) : NULL;
}

/* What is known stays on show when the server cannot say more, and how old it is. */
static void
show_answer (ScCockpitView *self)
{
  const GError *error = sc_stream_watch_get_error (self->watch);
  gboolean is_known = sc_stream_watch_get_status (self->watch) != NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->age), is_known && error);
  if (is_known)
    sc_load_view_show_content (self->load_view);
  else if (error)
    sc_load_view_show_error (self->load_view, error);
  if (!is_known || !error)
    return;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *words = sc_as_of_words (sc_stream_watch_get_answered_at (self->watch), zone);
  gtk_label_set_text (self->age, words);
}

static void
on_watch_refreshed (ScCockpitView *self)
{
  ScStreamStatus *status = sc_stream_watch_get_status (self->watch);
  const ScStreamStatusFields *fields = get_fields (self);
  const char *type = get_channel_type (self);
  gboolean is_live = status && sc_stream_status_is_live (status);

  show_answer (self);
  gtk_widget_set_visible (self->figures, fields && fields->id);
  show_uptime (self);
  show_count (self->viewers, is_live ? fields->viewers : -1);
  show_count (self->peak, fields ? fields->peak_viewers : -1);
  sc_own_picture_set_starving (self->picture,
                               is_live && fields->health == SC_STREAM_HEALTH_STARVING);
  sc_health_group_show (self->health_group, status, type, g_get_real_time ());
  sc_stream_charts_show (self->charts, status, type);
  sc_reports_group_show (self->reports_group, status);
  gtk_widget_set_visible (self->stop_button, is_live);
}

static void
on_own_channel_updated (ScCockpitView *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  sc_own_picture_follow (self->picture, channel);
  if (channel && sc_channel_get_state (channel) == SC_CHANNEL_READY &&
      sc_chat_room_get_state (self->room) == SC_CHAT_IDLE)
    sc_chat_room_start (self->room);
}

/* What begins and ends is asked for at once. */
static void
on_channel_changed (ScCockpitView *self)
{
  sc_stream_watch_refresh (self->watch);
}

static gboolean
on_tick (gpointer data)
{
  show_uptime (data);
  return G_SOURCE_CONTINUE;
}

/* Narrow, either the stream or the chat is there; wide, both. */
static void
on_switched (ScCockpitView *self)
{
  gboolean is_narrow = gtk_widget_get_visible (GTK_WIDGET (self->switcher));
  gboolean wants_chat = g_strcmp0 (adw_toggle_group_get_active_name (self->switcher), "chat") == 0;
  gtk_widget_set_visible (self->side, !is_narrow || !wants_chat);
  gtk_widget_set_visible (GTK_WIDGET (self->chat), !is_narrow || wants_chat);
}

static DexFuture *
on_stopped (DexFuture *future, gpointer user_data)
{
  ScCockpitView *self = user_data;
  g_autoptr (GError) error = NULL;
  gtk_widget_set_sensitive (self->stop_button, TRUE);
  if (dex_future_get_value (future, &error)) {
    sc_toast (GTK_WIDGET (self), _ ("Your stream ends"));
  } else {
    g_autofree char *words = sc_stop_failure_words (error);
    sc_toast_error (GTK_WIDGET (self), words, error);
  }
  sc_stream_watch_refresh (self->watch);
  return dex_future_new_true ();
}

static void
stop (ScCockpitView *self, ScClient *client)
{
  gtk_widget_set_sensitive (self->stop_button, FALSE);
  dex_clear (&self->stopping);
  DexFuture *asked = sc_client_stop_stream (client);
  /* What was confirmed goes on when nobody waits for it any more. */
  dex_future_disown (dex_ref (asked));
  self->stopping = dex_future_finally (asked, on_stopped, self, NULL);
}

static void
on_stop_confirmed (ScCockpitView *self)
{
  stop (self, sc_own_channel_get_client (self->own_channel));
}

static void
ask_to_stop (ScCockpitView *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
    _ ("End Your Stream?"),
    _ ("Your viewers see its end within seconds. Stop your encoder too: many connect again by "
       "themselves, which begins another stream.")));
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "end", _ ("_End Stream"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "end", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog,
                           "response::end",
                           G_CALLBACK (on_stop_confirmed),
                           self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
sc_cockpit_view_map (GtkWidget *widget)
{
  ScCockpitView *self = SC_COCKPIT_VIEW (widget);
  GTK_WIDGET_CLASS (sc_cockpit_view_parent_class)->map (widget);
  if (!self->watch)
    return;
  sc_stream_watch_start (self->watch);
  on_own_channel_updated (self);
  g_clear_handle_id (&self->tick, g_source_remove);
  self->tick = g_timeout_add_seconds (1, on_tick, self);
}

static void
sc_cockpit_view_unmap (GtkWidget *widget)
{
  ScCockpitView *self = SC_COCKPIT_VIEW (widget);
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->watch)
    sc_stream_watch_stop (self->watch);
  GTK_WIDGET_CLASS (sc_cockpit_view_parent_class)->unmap (widget);
}

static void
sc_cockpit_view_dispose (GObject *object)
{
  ScCockpitView *self = SC_COCKPIT_VIEW (object);

  dex_clear (&self->stopping);
  g_clear_handle_id (&self->tick, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_COCKPIT_VIEW);
  g_clear_object (&self->watch);
  g_clear_object (&self->room);
  g_clear_object (&self->own_channel);

  G_OBJECT_CLASS (sc_cockpit_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/cockpit-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, picture);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, load_view);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, age);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, figures);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, uptime);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, viewers);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, peak);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, title_group);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, category_group);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, health_group);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, charts);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, reports_group);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, stop_button);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, switcher);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, side);
  gtk_widget_class_bind_template_child (widget_class, ScCockpitView, chat);
  gtk_widget_class_bind_template_callback (widget_class, on_switched);
  gtk_widget_class_bind_template_callback (widget_class, ask_to_stop);
  gtk_widget_class_bind_template_callback (widget_class, sc_cockpit_view_reload);
}

static void
sc_cockpit_view_class_init (ScCockpitViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_CHAT_PANEL);
  g_type_ensure (SC_TYPE_HEALTH_GROUP);
  g_type_ensure (SC_TYPE_LOAD_VIEW);
  g_type_ensure (SC_TYPE_OWN_PICTURE);
  g_type_ensure (SC_TYPE_REPORTS_GROUP);
  g_type_ensure (SC_TYPE_STREAM_CHARTS);
  g_type_ensure (SC_TYPE_TITLE_GROUP);

  G_OBJECT_CLASS (klass)->dispose = sc_cockpit_view_dispose;
  widget_class->map = sc_cockpit_view_map;
  widget_class->unmap = sc_cockpit_view_unmap;
  bind_template (widget_class);
}

static void
sc_cockpit_view_init (ScCockpitView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ScPlayerView *view = sc_own_picture_get_view (self->picture);
  sc_player_keys_add (GTK_WIDGET (self), view);
  sc_player_keys_add_live (GTK_WIDGET (self), view);
}

/**
 * sc_cockpit_view_set_channel:
 * @self: the view
 * @session: whose channel it is
 * @own_channel: that channel
 * @moderation: of its chat
 * @settings: the settings of the application
 */
void
sc_cockpit_view_set_channel (ScCockpitView *self,
                             ScSession *session,
                             ScOwnChannel *own_channel,
                             ScChatModeration *moderation,
                             GSettings *settings)
{
  const char *name = sc_session_get_name (session);
  self->own_channel = g_object_ref (own_channel);
  self->watch = sc_stream_watch_new (sc_session_get_client (session));
  self->room = sc_channel_chat_new (session, name);
  sc_title_group_set_own_channel (self->title_group, own_channel);
  sc_title_group_set_own_channel (self->category_group, own_channel);
  g_object_set (self->chat,
                "room",
                self->room,
                "session",
                session,
                "moderation",
                moderation,
                "settings",
                settings,
                NULL);
  g_signal_connect_object (self->watch,
                           "refreshed",
                           G_CALLBACK (on_watch_refreshed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->room,
                           "channel-changed",
                           G_CALLBACK (on_channel_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (own_channel,
                           "updated",
                           G_CALLBACK (on_own_channel_updated),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * sc_cockpit_view_get_room:
 * @self: the view, with a channel
 *
 * Returns: (transfer none): the channel's chat
 */
ScChatRoom *
sc_cockpit_view_get_room (ScCockpitView *self)
{
  return self->room;
}

/**
 * sc_cockpit_view_reload:
 * @self: the view
 *
 * Asks how the stream goes now instead of later, and opens its picture again, if it is on screen.
 */
void
sc_cockpit_view_reload (ScCockpitView *self)
{
  if (!self->watch)
    return;
  if (!sc_stream_watch_get_status (self->watch))
    sc_load_view_show_loading (self->load_view);
  sc_stream_watch_refresh (self->watch);
  sc_own_picture_reload (self->picture);
}

/**
 * sc_cockpit_view_get_chat_view:
 * @self: the view
 *
 * Returns: (transfer none): where the chat's messages are
 */
ScChatView *
sc_cockpit_view_get_chat_view (ScCockpitView *self)
{
  return sc_chat_panel_get_view (self->chat);
}

/**
 * sc_cockpit_view_focus_chat:
 * @self: the view, on screen
 *
 * Gives the focus to where one types, which is on show from then on.
 */
void
sc_cockpit_view_focus_chat (ScCockpitView *self)
{
  adw_toggle_group_set_active_name (self->switcher, "chat");
  gtk_widget_grab_focus (GTK_WIDGET (self->chat));
}

/**
 * sc_cockpit_view_focus_player:
 * @self: the view, on screen
 *
 * Gives the focus to the picture, or to what is there in its place.
 */
void
sc_cockpit_view_focus_player (ScCockpitView *self)
{
  adw_toggle_group_set_active_name (self->switcher, "stream");
  GtkWidget *view = GTK_WIDGET (sc_own_picture_get_view (self->picture));
  if (!gtk_widget_get_mapped (view) || !gtk_widget_grab_focus (view))
    gtk_widget_child_focus (self->side, GTK_DIR_TAB_FORWARD);
}
