/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Appearance, latency, chat, server, and who is signed in. Every change counts at once. */

#include "config.h"

#include "sc-preferences-dialog.h"

#include "sc-blocked-group.h"
#include "sc-closures.h"
#include "sc-field-hint.h"
#include "sc-live-words.h"
#include "sc-notify-group.h"
#include "sc-private-cover.h"

#include <glib/gi18n.h>

struct _ScPreferencesDialog {
  AdwPreferencesDialog parent_instance;

  GSettings *settings;
  ScSession *session;
  AdwComboRow *appearance_row;
  AdwComboRow *latency_row;
  ScNotifyGroup *notify_group;
  AdwSwitchRow *in_time_row;
  AdwSpinRow *lines_row;
  ScPrivateCover *blocked_cover;
  ScBlockedGroup *blocked_group;
  AdwComboRow *streamer_mode_row;
  AdwEntryRow *server_row;
  ScFieldHint *server_hint;
  GtkWidget *account_group;
  AdwActionRow *account_row;
};

G_DEFINE_FINAL_TYPE (ScPreferencesDialog, sc_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static void
on_server_changed (ScPreferencesDialog *self)
{
  sc_field_hint_set_problem (self->server_hint, NULL);
}

static void
on_server_applied (ScPreferencesDialog *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->server_row));
  g_autofree char *problem = sc_server_problem (typed, /* finished= */ TRUE);
  sc_field_hint_set_problem (self->server_hint, problem);
  if (problem)
    return;
  g_autofree char *address = sc_server_address (typed);
  g_settings_set_string (self->settings, "server-url", address);
}

static void
on_sign_out_clicked (ScPreferencesDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-out", NULL);
}

/* One dialog at a time. */
static void
on_account_activated (ScPreferencesDialog *self)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  adw_dialog_close (ADW_DIALOG (self));
  gtk_widget_activate_action (window, "win.account", NULL);
}

static void
on_appearance_selected (ScPreferencesDialog *self)
{
  g_settings_set_enum (self->settings,
                       "appearance",
                       (int) adw_combo_row_get_selected (self->appearance_row));
}

/* The setting may change from outside, too. */
static void
show_appearance (ScPreferencesDialog *self)
{
  adw_combo_row_set_selected (self->appearance_row,
                              (guint) g_settings_get_enum (self->settings, "appearance"));
}

static void
fill_latencies (ScPreferencesDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (guint i = 0; i < SC_LATENCY_CHOICES; i++)
    gtk_string_list_take (names, sc_latency_choice_words (i));
  adw_combo_row_set_model (self->latency_row, G_LIST_MODEL (names));
}

static void
on_latency_selected (ScPreferencesDialog *self)
{
  guint choice = adw_combo_row_get_selected (self->latency_row);
  g_settings_set_uint (self->settings, "target-latency", sc_latency_choice_to_ms (choice));
}

static void
show_latency (ScPreferencesDialog *self)
{
  guint ms = g_settings_get_uint (self->settings, "target-latency");
  adw_combo_row_set_selected (self->latency_row, sc_latency_choice_from_ms (ms));
}

static void
on_streamer_mode_selected (ScPreferencesDialog *self)
{
  g_settings_set_enum (self->settings,
                       "streamer-mode",
                       (int) adw_combo_row_get_selected (self->streamer_mode_row));
}

static void
show_streamer_mode (ScPreferencesDialog *self)
{
  adw_combo_row_set_selected (self->streamer_mode_row,
                              (guint) g_settings_get_enum (self->settings, "streamer-mode"));
}

static const char *
keeping_words (ScSessionKeeping keeping)
{
  switch (keeping) {
  case SC_SESSION_KEPT:
    return _ ("You stay signed in on this computer.");
  case SC_SESSION_NOT_KEPT:
    return _ ("You stay signed in until StreamCat closes: there is no password store here.");
  case SC_SESSION_KEEPING:
  default:
    return "";
  }
}

static void
show_account (ScPreferencesDialog *self)
{
  const char *name = sc_session_get_name (self->session);
  gtk_widget_set_visible (self->account_group, sc_session_get_signed_in (self->session));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->account_row), name ? name : "");
  adw_action_row_set_subtitle (self->account_row,
                               keeping_words (sc_session_get_keeping (self->session)));
}

static void
show_server (ScPreferencesDialog *self)
{
  const char *server = sc_session_get_server (self->session);
  const char *from_environment = g_getenv ("STREAMCAT_SERVER");

  adw_entry_row_set_show_apply_button (self->server_row, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->server_row), server ? server : "");
  adw_entry_row_set_show_apply_button (self->server_row, TRUE);
  if (from_environment && *from_environment) {
    gtk_widget_set_sensitive (GTK_WIDGET (self->server_row), FALSE);
    g_object_set (self->server_hint,
                  "hint",
                  _ ("The environment variable STREAMCAT_SERVER decides this."),
                  NULL);
  }
}

static void
sc_preferences_dialog_dispose (GObject *object)
{
  ScPreferencesDialog *self = SC_PREFERENCES_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_PREFERENCES_DIALOG);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sc_preferences_dialog_parent_class)->dispose (object);
}

static void
sc_preferences_dialog_class_init (ScPreferencesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_BLOCKED_GROUP);
  g_type_ensure (SC_TYPE_FIELD_HINT);
  g_type_ensure (SC_TYPE_NOTIFY_GROUP);
  g_type_ensure (SC_TYPE_PRIVATE_COVER);

  object_class->dispose = sc_preferences_dialog_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ScPreferencesDialog, appearance_row);
  gtk_widget_class_bind_template_child (widget_class, ScPreferencesDialog, latency_row);
  gtk_widget_class_bind_template_child (widget_class, ScPreferencesDialog, notify_group);
  gtk_widget_class_bind_template_child (widget_class, ScPreferencesDialog, in_time_row);
  gtk_widget_class_bind_template_child (widget_class, ScPreferencesDialog, lines_row);
  gtk_widget_class_bind_template_child (widget_class, ScPreferencesDialog, blocked_cover);
  gtk_widget_class_bind_template_child (widget_class, ScPreferencesDialog, blocked_group);
  gtk_widget_class_bind_template_child (widget_class, ScPreferencesDialog, streamer_mode_row);
  gtk_widget_class_bind_template_child (widget_class, ScPreferencesDialog, server_row);
  gtk_widget_class_bind_template_child (widget_class, ScPreferencesDialog, server_hint);
  gtk_widget_class_bind_template_child (widget_class, ScPreferencesDialog, account_group);
  gtk_widget_class_bind_template_child (widget_class, ScPreferencesDialog, account_row);
  gtk_widget_class_bind_template_callback (widget_class, on_server_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_server_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_out_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_account_activated);
}

static void
sc_preferences_dialog_init (ScPreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
follow_settings (ScPreferencesDialog *self)
{
  const struct {
    const char *signal;
    void (*show) (ScPreferencesDialog *self);
    AdwComboRow *row;
    void (*on_selected) (ScPreferencesDialog *self);
  } rows[] = {
    { "changed::appearance", show_appearance, self->appearance_row, on_appearance_selected },
    { "changed::target-latency", show_latency, self->latency_row, on_latency_selected },
    { "changed::streamer-mode",
      show_streamer_mode,
      self->streamer_mode_row,
      on_streamer_mode_selected },
  };
  fill_latencies (self);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    rows[i].show (self);
    g_signal_connect_object (self->settings,
                             rows[i].signal,
                             G_CALLBACK (rows[i].show),
                             self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (rows[i].row,
                             "notify::selected",
                             G_CALLBACK (rows[i].on_selected),
                             self,
                             G_CONNECT_SWAPPED);
  }
}

/**
 * sc_preferences_dialog_new:
 * @settings: what is shown and changed
 * @session: who is signed in
 * @mode: whether others may see the screen
 *
 * Returns: (transfer floating): the dialog
 */
ScPreferencesDialog *
sc_preferences_dialog_new (GSettings *settings, ScSession *session, ScStreamerMode *mode)
{
  ScPreferencesDialog *self = g_object_new (SC_TYPE_PREFERENCES_DIALOG, NULL);
  self->settings = g_object_ref (settings);
  self->session = g_object_ref (session);

  follow_settings (self);
  g_settings_bind (settings, "chat-in-time", self->in_time_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "chat-lines", self->lines_row, "value", G_SETTINGS_BIND_DEFAULT);
  sc_notify_group_set_settings (self->notify_group, settings);
  sc_private_cover_set_mode (self->blocked_cover, mode);
  sc_blocked_group_set_settings (self->blocked_group, settings);
  g_signal_connect_object (session, "notify", G_CALLBACK (show_account), self, G_CONNECT_SWAPPED);
  show_server (self);
  show_account (self);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->appearance_row));
  return self;
}
