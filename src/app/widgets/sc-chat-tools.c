/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What there is to do about a chat, in the header bar: for moderators the messages that wait, with
 * their number, the log and the settings; for viewers the report of the channel; and where the bar
 * is narrow, the channel's recordings. It also opens the dialogs that the messages ask for. On a
 * streamer's own page nobody needs to be in the room for them.
 */

#include "config.h"

#include "sc-chat-tools.h"

#include "sc-chat-settings-dialog.h"
#include "sc-held-dialog.h"
#include "sc-menu.h"
#include "sc-moderation-log-dialog.h"
#include "sc-person-dialog.h"
#include "sc-report-dialog.h"

#include <glib/gi18n.h>

struct _ScChatTools {
  AdwBin parent_instance;

  ScChatModeration *moderation;
  ScChatRoom *room; /* (nullable): says what one may do, if that is not known without it */
  GSettings *settings;
  ScStreamerMode *mode; /* (nullable) */
  ScHeldQueue *queue;
  GtkWidget *held_button;
  GtkLabel *held_label;
  GtkMenuButton *menu_button;
  gboolean with_recordings;
};

enum {
  PROP_WITH_RECORDINGS = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScChatTools, sc_chat_tools, ADW_TYPE_BIN)

static ScChatRole
get_role (ScChatTools *self)
{
  return self->room ? sc_chat_room_get_role (self->room) : SC_CHAT_STREAMER;
}

static void
present (ScChatTools *self, gpointer dialog)
{
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
show_held (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatTools *self = SC_CHAT_TOOLS (widget);
  present (self, sc_held_dialog_new (self->queue, self->mode));
}

static void
show_log (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatTools *self = SC_CHAT_TOOLS (widget);
  present (self, sc_moderation_log_dialog_new (self->moderation, self->mode));
}

static void
show_settings (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatTools *self = SC_CHAT_TOOLS (widget);
  present (self,
           sc_chat_settings_dialog_new (sc_chat_moderation_get_client (self->moderation),
                                        sc_chat_moderation_get_channel (self->moderation),
                                        get_role (self) == SC_CHAT_STREAMER,
                                        self->mode));
}

static void
show_recordings (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "page.recordings", NULL);
}

static void
report_channel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatTools *self = SC_CHAT_TOOLS (widget);
  sc_report_dialog_present (widget,
                            sc_chat_moderation_get_client (self->moderation),
                            sc_chat_moderation_get_channel (self->moderation),
                            /* line= */ NULL);
}

static void
on_person_requested (ScChatTools *self, ScChatLine *line)
{
  present (
    self,
    sc_person_dialog_new (self->moderation, self->settings, self->mode, get_role (self), line));
}

static void
on_report_requested (ScChatTools *self, ScChatLine *line)
{
  sc_report_dialog_present (GTK_WIDGET (self),
                            sc_chat_moderation_get_client (self->moderation),
                            sc_chat_moderation_get_channel (self->moderation),
                            line);
}

static void
show_n_held (ScChatTools *self)
{
  guint n = sc_held_queue_get_n_held (self->queue);
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *words =
    g_strdup_printf (ngettext ("%u message waits", "%u messages wait", n), n);
  gtk_label_set_label (self->held_label, number);
  gtk_widget_set_tooltip_text (self->held_button, words);
  gtk_widget_set_visible (self->held_button, n > 0 && get_role (self) >= SC_CHAT_MODERATOR);
}

static void
on_held_changed (ScChatTools *self)
{
  if (get_role (self) >= SC_CHAT_MODERATOR)
    sc_held_queue_refresh (self->queue);
}

static void
show_what_there_is (ScChatTools *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chat.recordings", self->with_recordings);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->with_recordings ||
                            (self->moderation && get_role (self) > SC_CHAT_GUEST));
}

static void
on_role_changed (ScChatTools *self)
{
  static const char *const actions[] = { "chat.held", "chat.log", "chat.settings" };
  ScChatRole role = get_role (self);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], role >= SC_CHAT_MODERATOR);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "chat.report",
                                 role == SC_CHAT_VIEWER || role == SC_CHAT_MODERATOR);
  show_what_there_is (self);
  show_n_held (self);
  on_held_changed (self);
}

static char *
menu_words (GObject *object, gboolean with_recordings)
{
  return g_strdup (with_recordings ? _ ("More") : _ ("More About the Chat"));
}

static void
sc_chat_tools_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ScChatTools *self = SC_CHAT_TOOLS (object);
  switch (prop_id) {
  case PROP_WITH_RECORDINGS:
    g_value_set_boolean (value, self->with_recordings);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
sc_chat_tools_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ScChatTools *self = SC_CHAT_TOOLS (object);
  switch (prop_id) {
  case PROP_WITH_RECORDINGS:
    if (self->with_recordings == g_value_get_boolean (value))
      break;
    self->with_recordings = g_value_get_boolean (value);
    show_what_there_is (self);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
sc_chat_tools_dispose (GObject *object)
{
  ScChatTools *self = SC_CHAT_TOOLS (object);

  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_CHAT_TOOLS);
  g_clear_object (&self->queue);
  g_clear_object (&self->room);
  g_clear_object (&self->settings);
  g_clear_object (&self->mode);
  g_clear_object (&self->moderation);

  G_OBJECT_CLASS (sc_chat_tools_parent_class)->dispose (object);
}

static void
sc_chat_tools_class_init (ScChatToolsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = sc_chat_tools_get_property;
  object_class->set_property = sc_chat_tools_set_property;
  object_class->dispose = sc_chat_tools_dispose;

  /* Whether the menu leads to the recordings of the page's channel, too: by "page.recordings". */
  properties[PROP_WITH_RECORDINGS] =
    g_param_spec_boolean ("with-recordings",
                          NULL,
                          NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "chat.recordings", NULL, show_recordings);
  gtk_widget_class_install_action (widget_class, "chat.held", NULL, show_held);
  gtk_widget_class_install_action (widget_class, "chat.log", NULL, show_log);
  gtk_widget_class_install_action (widget_class, "chat.settings", NULL, show_settings);
  gtk_widget_class_install_action (widget_class, "chat.report", NULL, report_channel);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/chat-tools.ui");
  gtk_widget_class_bind_template_child (widget_class, ScChatTools, held_button);
  gtk_widget_class_bind_template_child (widget_class, ScChatTools, held_label);
  gtk_widget_class_bind_template_child (widget_class, ScChatTools, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, menu_words);
}

static void
sc_chat_tools_init (ScChatTools *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sc_menu_mend (self->menu_button);
  show_what_there_is (self);
}

static void
follow_chat (ScChatTools *self, ScChatRoom *room, ScChatView *view)
{
  g_signal_connect_object (room,
                           "held-changed",
                           G_CALLBACK (on_held_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view,
                           "person-requested",
                           G_CALLBACK (on_person_requested),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view,
                           "report-requested",
                           G_CALLBACK (on_report_requested),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
take (ScChatTools *self, ScChatModeration *moderation, GSettings *settings)
{
  self->moderation = g_object_ref (moderation);
  self->settings = g_object_ref (settings);
  self->queue = sc_held_queue_new (sc_chat_moderation_get_client (moderation),
                                   sc_chat_moderation_get_channel (moderation));
  g_signal_connect_object (self->queue,
                           "notify::n-held",
                           G_CALLBACK (show_n_held),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * sc_chat_tools_set_mode:
 * @self: tools
 * @mode: whether others may see the screen
 */
void
sc_chat_tools_set_mode (ScChatTools *self, ScStreamerMode *mode)
{
  g_set_object (&self->mode, mode);
}

/**
 * sc_chat_tools_set_chat:
 * @self: tools that have no chat yet
 * @moderation: what is done in the chat
 * @room: the chat's room, which says what one may do in it
 * @view: where its messages are
 * @settings: the settings of the application
 *
 * Says which chat they are for.
 */
void
sc_chat_tools_set_chat (ScChatTools *self,
                        ScChatModeration *moderation,
                        ScChatRoom *room,
                        ScChatView *view,
                        GSettings *settings)
{
  take (self, moderation, settings);
  self->room = g_object_ref (room);
  g_signal_connect_object (room,
                           "notify::role",
                           G_CALLBACK (on_role_changed),
                           self,
                           G_CONNECT_SWAPPED);
  follow_chat (self, room, view);
  on_role_changed (self);
}

/**
 * sc_chat_tools_set_own_chat:
 * @self: tools that have no chat yet
 * @moderation: what is done in the chat
 * @room: the chat's room
 * @view: where its messages are
 * @settings: the settings of the application
 *
 * Says that they are for the chat of one's own channel, also while nobody is in its room here.
 */
void
sc_chat_tools_set_own_chat (ScChatTools *self,
                            ScChatModeration *moderation,
                            ScChatRoom *room,
                            ScChatView *view,
                            GSettings *settings)
{
  take (self, moderation, settings);
  follow_chat (self, room, view);
  on_role_changed (self);
}
