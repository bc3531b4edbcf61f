/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether one is told that followed channels go live, and also while no window is open: for that
 * the desktop is asked, which asks the person. What it refuses is said, and the switch goes back.
 */

#include "config.h"

#include "sc-notify-group.h"

#include "sc-background.h"

#include <glib/gi18n.h>

#define KEY_LIVE "notify-live"
#define KEY_BACKGROUND "notify-in-background"

struct _ScNotifyGroup {
  AdwPreferencesGroup parent_instance;

  GSettings *settings;
  AdwSwitchRow *live_row;
  AdwSwitchRow *background_row;
  gboolean is_asking;
};

G_DEFINE_FINAL_TYPE (ScNotifyGroup, sc_notify_group, ADW_TYPE_PREFERENCES_GROUP)

static void
say (ScNotifyGroup *self, const char *words)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->background_row), words);
}

static const char *
usual_words (void)
{
  return _ ("StreamCat stays when you close its window, and starts with your computer");
}

static void
show_settings (ScNotifyGroup *self)
{
  gboolean is_on = g_settings_get_boolean (self->settings, KEY_LIVE);
  adw_switch_row_set_active (self->background_row,
                             self->is_asking ||
                               g_settings_get_boolean (self->settings, KEY_BACKGROUND));
  gtk_widget_set_sensitive (GTK_WIDGET (self->background_row), is_on && !self->is_asking);
}

/* The answer counts also when the dialog is closed meanwhile. */
typedef struct {
  GWeakRef group;
  GSettings *settings;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;
  g_weak_ref_clear (&asking->group);
  g_object_unref (asking->settings);
  g_free (asking);
}

static void
explain (ScNotifyGroup *self, const GError *error)
{
  const char *words =
    g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
      ? _ ("Your desktop did not allow this. You can change that in its settings, under Apps.")
      : _ ("Your desktop could not be asked for this, so that it stays off.");
  say (self, words);
  gtk_accessible_announce (GTK_ACCESSIBLE (self),
                           words,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static DexFuture *
on_answered (DexFuture *future, gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (GError) error = NULL;
  gboolean granted = dex_future_get_value (future, &error) != NULL;
  g_settings_set_boolean (asking->settings, KEY_BACKGROUND, granted);
  g_autoptr (ScNotifyGroup) self = g_weak_ref_get (&asking->group);
  if (!self || !self->settings)
    return dex_future_new_true ();
  self->is_asking = FALSE;
  show_settings (self);
  if (!granted)
    explain (self, error);
  return dex_future_new_true ();
}

static DexFuture *
request (gboolean is_wanted)
{
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = application ? g_application_get_dbus_connection (application) : NULL;
  return bus ? sc_background_request (bus,
                                      _ ("To tell you when channels that you follow go live."),
                                      is_wanted)
             : dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "No session bus");
}

static void
ask (ScNotifyGroup *self)
{
  Asking *asking = g_new0 (Asking, 1);
  g_weak_ref_init (&asking->group, self);
  asking->settings = g_object_ref (self->settings);
  self->is_asking = TRUE;
  say (self, usual_words ());
  show_settings (self);
  dex_future_disown (dex_future_finally (request (TRUE), on_answered, asking, asking_free));
}

static void
on_background_switched (ScNotifyGroup *self)
{
  gboolean is_wanted = adw_switch_row_get_active (self->background_row);
  if (self->is_asking || is_wanted == g_settings_get_boolean (self->settings, KEY_BACKGROUND))
    return;
  if (is_wanted) {
    ask (self);
    return;
  }
  g_settings_set_boolean (self->settings, KEY_BACKGROUND, FALSE);
  dex_future_disown (request (FALSE));
}

static AdwSwitchRow *
add_row (ScNotifyGroup *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_switch_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return ADW_SWITCH_ROW (row);
}

static void
sc_notify_group_dispose (GObject *object)
{
  g_clear_object (&SC_NOTIFY_GROUP (object)->settings);
  G_OBJECT_CLASS (sc_notify_group_parent_class)->dispose (object);
}

static void
sc_notify_group_class_init (ScNotifyGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_notify_group_dispose;
}

static void
sc_notify_group_init (ScNotifyGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Notifications"));
  self->live_row = add_row (self,
                            _ ("When Followed Channels Go _Live"),
                            _ ("The bell on a channel’s page switches it off for that one"));
  self->background_row = add_row (self, _ ("Also When the _Window Is Closed"), usual_words ());
}

/**
 * sc_notify_group_set_settings:
 * @self: a group
 * @settings: the settings of the application; once
 *
 * Shows and changes them.
 */
void
sc_notify_group_set_settings (ScNotifyGroup *self, GSettings *settings)
{
  static const char *const shown[] = { "changed::" KEY_LIVE, "changed::" KEY_BACKGROUND };
  self->settings = g_object_ref (settings);
  g_settings_bind (settings, KEY_LIVE, self->live_row, "active", G_SETTINGS_BIND_DEFAULT);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    g_signal_connect_object (settings,
                             shown[i],
                             G_CALLBACK (show_settings),
                             self,
                             G_CONNECT_SWAPPED);
  show_settings (self);
  g_signal_connect_object (self->background_row,
                           "notify::active",
                           G_CALLBACK (on_background_switched),
                           self,
                           G_CONNECT_SWAPPED);
}
