/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A streamer's own channel: how it stands, what the encoder needs, and the title. It keeps itself
 * up to date while it is on show. */

#include "config.h"

#include "sc-my-channel-page.h"

#include "sc-about-group.h"
#include "sc-avatar-row.h"
#include "sc-chat-tools.h"
#include "sc-closures.h"
#include "sc-cockpit-view.h"
#include "sc-encoder-group.h"
#include "sc-ingest-group.h"
#include "sc-load-view.h"
#include "sc-own-channel.h"
#include "sc-own-recordings-dialog.h"
#include "sc-set-up-group.h"
#include "sc-settings-group.h"
#include "sc-status-group.h"
#include "sc-title-group.h"

#include <glib/gi18n.h>

struct _ScMyChannelPage {
  AdwNavigationPage parent_instance;

  ScSession *session;
  ScOwnChannel *own_channel;
  ScStreamerMode *mode;
  gboolean has_begun; /* a reading has chosen what is on show */

  ScLoadView *load_view;
  AdwBanner *banner;
  AdwViewStack *stack;
  GtkWidget *switcher;
  ScCockpitView *cockpit;
  ScStatusGroup *status_group;
  ScSetUpGroup *set_up_group;
  ScIngestGroup *ingest_group;
  ScEncoderGroup *choices_group;
  ScTitleGroup *title_group;
  ScAvatarRow *avatar_row;
  ScTitleGroup *category_group;
  ScAboutGroup *about_group;
  ScSettingsGroup *settings_group;
  ScChatTools *chat_tools;
};

G_DEFINE_FINAL_TYPE (ScMyChannelPage, sc_my_channel_page, ADW_TYPE_NAVIGATION_PAGE)

static void
set_ready (ScMyChannelPage *self, gboolean ready)
{
  static const char *const actions[] = { "page.copy-server", "page.copy-key",   "page.show-key",
                                         "page.show-live",   "page.focus-chat", "page.focus-player",
                                         "page.watch" };
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], ready);
}

static void
show_channel (ScMyChannelPage *self, ScChannel *channel)
{
  const char *server = sc_channel_get_ingest_server (channel);
  gboolean ready = sc_channel_get_state (channel) == SC_CHANNEL_READY && server;

  gtk_widget_set_visible (GTK_WIDGET (self->choices_group), ready);
  gtk_widget_set_visible (GTK_WIDGET (self->settings_group), ready);
  sc_encoder_group_set_channel (self->choices_group, channel);
  gtk_widget_set_visible (self->switcher, ready);
  set_ready (self, ready);
  if (!self->has_begun && sc_channel_get_live (channel))
    adw_view_stack_set_visible_child_name (self->stack, "live");
  self->has_begun = TRUE;
}

static void
on_own_channel_updated (ScMyChannelPage *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  const GError *error = sc_own_channel_get_error (self->own_channel);

  if (channel)
    show_channel (self, channel);
  adw_banner_set_revealed (self->banner, channel && error);
  if (channel)
    sc_load_view_show_content (self->load_view);
  else if (error)
    sc_load_view_show_error (self->load_view, error);
}

static void
on_protocol_changed (ScMyChannelPage *self)
{
  const char *server = sc_ingest_group_get_srt_server (self->ingest_group);
  sc_encoder_group_set_srt_server (self->choices_group, server);
  sc_set_up_group_set_srt_server (self->set_up_group, server);
}

static void
reload (ScMyChannelPage *self)
{
  if (!sc_own_channel_get_channel (self->own_channel))
    sc_load_view_show_loading (self->load_view);
  else
    sc_status_group_show_busy (self->status_group);
  sc_own_channel_start (self->own_channel);
  sc_cockpit_view_reload (self->cockpit);
}

static void
reload_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  reload (SC_MY_CHANNEL_PAGE (widget));
}

static void
copy_server (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_ingest_group_copy_server (SC_MY_CHANNEL_PAGE (widget)->ingest_group);
}

static void
copy_key (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_ingest_group_copy_key (SC_MY_CHANNEL_PAGE (widget)->ingest_group);
}

static void
show_key (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScMyChannelPage *self = SC_MY_CHANNEL_PAGE (widget);
  adw_view_stack_set_visible_child_name (self->stack, "setup");
  sc_ingest_group_toggle_key (self->ingest_group);
}

static void
take_encoder_ready (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_set_up_group_take_encoder_ready (SC_MY_CHANNEL_PAGE (widget)->set_up_group);
}

static void
show_live (GtkWidget *widget, const char *action, GVariant *parameter)
{
  adw_view_stack_set_visible_child_name (SC_MY_CHANNEL_PAGE (widget)->stack, "live");
}

static void
focus_chat (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScMyChannelPage *self = SC_MY_CHANNEL_PAGE (widget);
  adw_view_stack_set_visible_child_name (self->stack, "live");
  sc_cockpit_view_focus_chat (self->cockpit);
}

static void
focus_player (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScMyChannelPage *self = SC_MY_CHANNEL_PAGE (widget);
  adw_view_stack_set_visible_child_name (self->stack, "live");
  sc_cockpit_view_focus_player (self->cockpit);
}

static void
watch (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScMyChannelPage *self = SC_MY_CHANNEL_PAGE (widget);
  const char *name = sc_channel_get_name (sc_own_channel_get_channel (self->own_channel));
  gtk_widget_activate_action (widget, "win.open-channel", "s", name);
}

static void
show_recordings (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScClient *client = sc_session_get_client (SC_MY_CHANNEL_PAGE (widget)->session);
  adw_dialog_present (ADW_DIALOG (sc_own_recordings_dialog_new (client)), widget);
}

static void
sc_my_channel_page_showing (AdwNavigationPage *page)
{
  ScMyChannelPage *self = SC_MY_CHANNEL_PAGE (page);
  sc_own_channel_start (self->own_channel);
  sc_streamer_mode_set_own_channel (self->mode, self->own_channel);
}

static void
sc_my_channel_page_hidden (AdwNavigationPage *page)
{
  ScMyChannelPage *self = SC_MY_CHANNEL_PAGE (page);
  sc_ingest_group_hide_key (self->ingest_group);
  sc_own_channel_stop (self->own_channel);
  sc_streamer_mode_set_own_channel (self->mode, NULL);
}

static void
sc_my_channel_page_dispose (GObject *object)
{
  ScMyChannelPage *self = SC_MY_CHANNEL_PAGE (object);

  if (self->own_channel)
    sc_own_channel_stop (self->own_channel);
  if (self->mode)
    sc_streamer_mode_set_own_channel (self->mode, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_MY_CHANNEL_PAGE);
  g_clear_object (&self->own_channel);
  g_clear_object (&self->mode);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sc_my_channel_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct {
    const char *name;
    GtkWidgetActionActivateFunc activate;
    guint key;
    GdkModifierType modifiers;
  } actions[] = {
    { "page.reload", reload_action, GDK_KEY_r, GDK_CONTROL_MASK },
    { "page.copy-server", copy_server, GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "page.copy-key", copy_key, GDK_KEY_k, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "page.show-key", show_key, GDK_KEY_h, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "page.show-live", show_live, GDK_KEY_y, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "page.focus-chat", focus_chat, GDK_KEY_t, GDK_CONTROL_MASK },
    { "page.watch", watch, GDK_KEY_p, GDK_CONTROL_MASK },
    { "page.recordings", show_recordings, GDK_KEY_v, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  };
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++) {
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
    gtk_widget_class_add_binding_action (widget_class,
                                         actions[i].key,
                                         actions[i].modifiers,
                                         actions[i].name,
                                         NULL);
  }
  gtk_widget_class_install_action (widget_class, "page.focus-player", NULL, focus_player);
  gtk_widget_class_install_action (widget_class, "page.encoder-ready", NULL, take_encoder_ready);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "page.reload", NULL);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/my-channel-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, load_view);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, banner);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, cockpit);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, status_group);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, set_up_group);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, ingest_group);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, choices_group);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, title_group);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, avatar_row);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, category_group);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, about_group);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, settings_group);
  gtk_widget_class_bind_template_child (widget_class, ScMyChannelPage, chat_tools);
  gtk_widget_class_bind_template_callback (widget_class, reload);
}

static void
sc_my_channel_page_class_init (ScMyChannelPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  AdwNavigationPageClass *page_class = ADW_NAVIGATION_PAGE_CLASS (klass);

  g_type_ensure (SC_TYPE_AVATAR_ROW);
  g_type_ensure (SC_TYPE_CHAT_TOOLS);
  g_type_ensure (SC_TYPE_COCKPIT_VIEW);
  g_type_ensure (SC_TYPE_ENCODER_GROUP);
  g_type_ensure (SC_TYPE_INGEST_GROUP);
  g_type_ensure (SC_TYPE_LOAD_VIEW);
  g_type_ensure (SC_TYPE_ABOUT_GROUP);
  g_type_ensure (SC_TYPE_SET_UP_GROUP);
  g_type_ensure (SC_TYPE_SETTINGS_GROUP);
  g_type_ensure (SC_TYPE_STATUS_GROUP);
  g_type_ensure (SC_TYPE_TITLE_GROUP);

  object_class->dispose = sc_my_channel_page_dispose;
  page_class->showing = sc_my_channel_page_showing;
  page_class->hidden = sc_my_channel_page_hidden;

  install_actions (GTK_WIDGET_CLASS (klass));
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
sc_my_channel_page_init (ScMyChannelPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_ready (self, FALSE);
}

static void
set_chat (ScMyChannelPage *self, GSettings *settings)
{
  const char *name = sc_session_get_name (self->session);
  if (!name)
    return;
  g_autoptr (ScChatModeration) moderation =
    sc_chat_moderation_new (sc_session_get_client (self->session), name);
  sc_cockpit_view_set_channel (self->cockpit,
                               self->session,
                               self->own_channel,
                               moderation,
                               settings);
  sc_chat_tools_set_own_chat (self->chat_tools,
                              moderation,
                              sc_cockpit_view_get_room (self->cockpit),
                              sc_cockpit_view_get_chat_view (self->cockpit),
                              settings);
}

/**
 * sc_my_channel_page_new:
 * @session: whose channel it is
 * @settings: the settings of the application
 * @mode: whether others may see the screen
 *
 * Returns: (transfer floating): the page
 */
ScMyChannelPage *
sc_my_channel_page_new (ScSession *session, GSettings *settings, ScStreamerMode *mode)
{
  ScMyChannelPage *self = g_object_new (SC_TYPE_MY_CHANNEL_PAGE, NULL);
  self->session = g_object_ref (session);
  self->mode = g_object_ref (mode);
  self->own_channel = sc_own_channel_new (sc_session_get_client (session));
  sc_ingest_group_set_channel (self->ingest_group,
                               sc_session_get_client (session),
                               self->own_channel);
  sc_ingest_group_set_mode (self->ingest_group, mode);
  g_signal_connect_object (self->ingest_group,
                           "protocol-changed",
                           G_CALLBACK (on_protocol_changed),
                           self,
                           G_CONNECT_SWAPPED);
  sc_status_group_set_own_channel (self->status_group, self->own_channel);
  sc_set_up_group_set_own_channel (self->set_up_group, self->own_channel);
  sc_title_group_set_own_channel (self->title_group, self->own_channel);
  sc_avatar_row_set_own_channel (self->avatar_row, self->own_channel);
  sc_title_group_set_own_channel (self->category_group, self->own_channel);
  sc_about_group_set_own_channel (self->about_group, self->own_channel);
  sc_settings_group_set_own_channel (self->settings_group, self->own_channel);
  sc_chat_tools_set_mode (self->chat_tools, mode);
  set_chat (self, settings);
  g_signal_connect_object (self->own_channel,
                           "updated",
                           G_CALLBACK (on_own_channel_updated),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}
