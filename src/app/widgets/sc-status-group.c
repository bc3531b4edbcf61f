/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the own channel stands: being made, waiting for a stream, or what arrives of it. The bit rate
 * is asked for only while a stream is on and the group is on show. */

#include "config.h"

#include "sc-status-group.h"

#include "sc-closures.h"
#include "sc-health.h"
#include "sc-stream-watch.h"

struct _ScStatusGroup {
  AdwPreferencesGroup parent_instance;

  ScOwnChannel *own_channel;
  ScStreamWatch *watch;
  AdwActionRow *row;
  GtkStack *stack;
  GtkImage *icon;
  GtkWidget *retry_button;
  GtkWidget *live_button;
};

G_DEFINE_FINAL_TYPE (ScStatusGroup, sc_status_group, ADW_TYPE_PREFERENCES_GROUP)

/* Of the stream that is on: the last answer may be about the one before. */
static gint64
get_bitrate (ScStatusGroup *self)
{
  ScStreamStatus *status = sc_stream_watch_get_status (self->watch);
  const ScStreamSample *newest =
    status && sc_stream_status_is_live (status) ? sc_health_get_newest (status) : NULL;
  return newest ? newest->bitrate : -1;
}

static void
show_words (ScStatusGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  g_autofree char *words = channel ? sc_status_words (channel, get_bitrate (self)) : NULL;
  if (words)
    adw_action_row_set_subtitle (self->row, words);
}

static void
show_title (ScStatusGroup *self, ScChannel *channel)
{
  g_autofree char *title = sc_status_title (channel);
  AdwPreferencesRow *row = ADW_PREFERENCES_ROW (self->row);
  if (g_strcmp0 (title, adw_preferences_row_get_title (row)) == 0)
    return;
  gtk_accessible_announce (GTK_ACCESSIBLE (row),
                           title,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  adw_preferences_row_set_title (row, title);
}

static void
decide_watching (ScStatusGroup *self)
{
  ScChannel *channel = self->own_channel ? sc_own_channel_get_channel (self->own_channel) : NULL;
  if (channel)
    sc_stream_watch_set_wanted (self->watch,
                                sc_channel_get_live (channel) &&
                                  gtk_widget_get_mapped (GTK_WIDGET (self)));
}

static void
on_own_channel_updated (ScStatusGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  if (!channel)
    return;
  ScChannelState state = sc_channel_get_state (channel);
  gboolean is_live = sc_channel_get_live (channel);

  show_title (self, channel);
  show_words (self);
  gtk_image_set_from_icon_name (self->icon, sc_status_icon (channel));
  gtk_stack_set_visible_child_name (self->stack,
                                    state == SC_CHANNEL_PROVISIONING ? "busy" : "icon");
  gtk_widget_set_visible (self->retry_button, state == SC_CHANNEL_FAILED);
  gtk_widget_set_visible (self->live_button, is_live);
  if (is_live)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "error");
  decide_watching (self);
}

static void
sc_status_group_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_status_group_parent_class)->map (widget);
  decide_watching (SC_STATUS_GROUP (widget));
}

static void
sc_status_group_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_status_group_parent_class)->unmap (widget);
  decide_watching (SC_STATUS_GROUP (widget));
}

static void
sc_status_group_dispose (GObject *object)
{
  ScStatusGroup *self = SC_STATUS_GROUP (object);

  if (self->watch)
    sc_stream_watch_stop (self->watch);
  g_clear_object (&self->watch);
  g_clear_object (&self->own_channel);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_STATUS_GROUP);

  G_OBJECT_CLASS (sc_status_group_parent_class)->dispose (object);
}

static void
sc_status_group_class_init (ScStatusGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sc_status_group_dispose;
  widget_class->map = sc_status_group_map;
  widget_class->unmap = sc_status_group_unmap;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/status-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ScStatusGroup, row);
  gtk_widget_class_bind_template_child (widget_class, ScStatusGroup, stack);
  gtk_widget_class_bind_template_child (widget_class, ScStatusGroup, icon);
  gtk_widget_class_bind_template_child (widget_class, ScStatusGroup, retry_button);
  gtk_widget_class_bind_template_child (widget_class, ScStatusGroup, live_button);
}

static void
sc_status_group_init (ScStatusGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_status_group_set_own_channel:
 * @self: a group
 * @own_channel: the channel to show; once
 */
void
sc_status_group_set_own_channel (ScStatusGroup *self, ScOwnChannel *own_channel)
{
  self->own_channel = g_object_ref (own_channel);
  self->watch = sc_stream_watch_new (sc_own_channel_get_client (own_channel));
  g_signal_connect_object (own_channel,
                           "updated",
                           G_CALLBACK (on_own_channel_updated),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch,
                           "refreshed",
                           G_CALLBACK (show_words),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * sc_status_group_show_busy:
 * @self: a group
 *
 * Shows that the server is asked, until it has answered.
 */
void
sc_status_group_show_busy (ScStatusGroup *self)
{
  gtk_stack_set_visible_child_name (self->stack, "busy");
}
