/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who moderates the chat of a channel. The streamer adds and removes people, at once; the others
 * see who there is.
 */

#include "config.h"

#include "sc-moderators-group.h"

#include "sc-client-error.h"
#include "sc-error-words.h"
#include "sc-field-hint.h"
#include "sc-future.h"
#include "sc-moderation-words.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScModeratorsGroup {
  AdwPreferencesGroup parent_instance;

  ScClient *client;
  char *channel;
  gboolean is_streamer;
  DexFuture *appointing;

  AdwEntryRow *name_row;
  ScFieldHint *hint;
  GPtrArray *rows; /* the moderators'; the group owns them */
};

G_DEFINE_FINAL_TYPE (ScModeratorsGroup, sc_moderators_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *
appointment_words (const GError *error)
{
  if (g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_NOT_FOUND))
    return _ ("There is nobody of this name.");
  return sc_error_words (error).body;
}

static void
set_busy (ScModeratorsGroup *self, gboolean busy)
{
  gtk_editable_set_editable (GTK_EDITABLE (self->name_row), !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "moderators.remove", !busy);
}

static DexFuture *
on_moderators (DexFuture *future, gpointer user_data)
{
  ScModeratorsGroup *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  set_busy (self, FALSE);
  if (value) {
    const ScChatSettings *settings = g_value_get_boxed (value);
    gtk_editable_set_text (GTK_EDITABLE (self->name_row), "");
    sc_moderators_group_show (self, settings);
    if (settings->pending > 0) {
      g_autofree char *words = sc_moderation_pending_words (_ ("Done"));
      sc_toast (GTK_WIDGET (self), words);
    }
  } else if (!sc_error_is_cancelled (error)) {
    sc_field_hint_set_problem (self->hint, appointment_words (error));
  }
  return dex_future_new_true ();
}

typedef struct {
  ScClient *client;
  char *channel;
  char *name;
  gboolean moderates;
} Appointment;

static void
appointment_free (gpointer data)
{
  Appointment *appointment = data;
  g_object_unref (appointment->client);
  g_free (appointment->channel);
  g_free (appointment->name);
  g_free (appointment);
}

/* Resolves to the settings, which have the moderators, and what is pending of the change. */
static DexFuture *
appoint_fiber (gpointer data)
{
  Appointment *args = data;
  g_autoptr (GError) error = NULL;
  guint pending = dex_await_uint (
    sc_client_set_moderator (args->client, args->channel, args->name, args->moderates),
    &error);
  if (error)
    return dex_future_new_for_error (g_steal_pointer (&error));
  ScChatSettings *settings =
    dex_await_boxed (sc_client_get_chat_settings (args->client, args->channel), &error);
  if (!settings)
    return dex_future_new_for_error (g_steal_pointer (&error));
  settings->pending = pending;
  return dex_future_new_take_boxed (SC_TYPE_CHAT_SETTINGS, settings);
}

static void
appoint (ScModeratorsGroup *self, const char *name, gboolean moderates)
{
  Appointment *args = g_new0 (Appointment, 1);
  args->client = g_object_ref (self->client);
  args->channel = g_strdup (self->channel);
  args->name = g_strdup (name);
  args->moderates = moderates;
  dex_clear (&self->appointing);
  self->appointing = dex_future_finally (sc_spawn (appoint_fiber, args, appointment_free),
                                         on_moderators,
                                         self,
                                         NULL);
  set_busy (self, TRUE);
}

static void
on_name_changed (ScModeratorsGroup *self)
{
  sc_field_hint_set_problem (self->hint, NULL);
}

static void
on_name_applied (ScModeratorsGroup *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->name_row));
  g_autofree char *name = g_strstrip (g_strdup (text));
  if (*name)
    appoint (self, name, TRUE);
}

static void
remove_moderator (GtkWidget *widget, const char *action, GVariant *parameter)
{
  appoint (SC_MODERATORS_GROUP (widget), g_variant_get_string (parameter, NULL), FALSE);
}

static GtkWidget *
make_moderator_row (ScModeratorsGroup *self, const ScChatModerator *moderator)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), moderator->name);
  if (!self->is_streamer)
    return row;
  /* Translators: %s is the name of a moderator, who is one no more after that */
  g_autofree char *words = g_strdup_printf (_ ("Remove %s from the Moderators"), moderator->name);
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  gtk_widget_set_tooltip_text (button, words);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "moderators.remove");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", moderator->name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
sc_moderators_group_dispose (GObject *object)
{
  ScModeratorsGroup *self = SC_MODERATORS_GROUP (object);

  dex_clear (&self->appointing);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_MODERATORS_GROUP);
  g_clear_pointer (&self->channel, g_free);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (sc_moderators_group_parent_class)->dispose (object);
}

static void
sc_moderators_group_class_init (ScModeratorsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_FIELD_HINT);

  G_OBJECT_CLASS (klass)->dispose = sc_moderators_group_dispose;
  gtk_widget_class_install_action (widget_class, "moderators.remove", "s", remove_moderator);
  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/moderators-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ScModeratorsGroup, name_row);
  gtk_widget_class_bind_template_child (widget_class, ScModeratorsGroup, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_name_applied);
}

static void
sc_moderators_group_init (ScModeratorsGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_moderators_group_set_channel:
 * @self: a group
 * @client: the client of a moderator or of the streamer
 * @channel: the name of a channel
 * @is_streamer: whether the channel is theirs
 *
 * Says whose moderators they are, and whether they can be changed.
 */
void
sc_moderators_group_set_channel (ScModeratorsGroup *self,
                                 ScClient *client,
                                 const char *channel,
                                 gboolean is_streamer)
{
  self->client = g_object_ref (client);
  self->channel = g_strdup (channel);
  self->is_streamer = is_streamer;
  gtk_widget_set_visible (GTK_WIDGET (self->name_row), is_streamer);
}

/**
 * sc_moderators_group_show:
 * @self: a group
 * @settings: the settings of the chat
 *
 * Shows the moderators of @settings.
 */
void
sc_moderators_group_show (ScModeratorsGroup *self, const ScChatSettings *settings)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < settings->moderators->len; i++) {
    GtkWidget *row = make_moderator_row (self, settings->moderators->pdata[i]);
    adw_preferences_group_add (group, row);
    g_ptr_array_add (self->rows, row);
  }
}
