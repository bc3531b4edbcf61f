/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the chat of a channel is run. Modes and rules are saved together by a button, and what could
 * not be saved stays as it was typed, with the reason at its field; moderators come and go at once.
 * Only the streamer changes rules and moderators; the others read them.
 */

#include "config.h"

#include "sc-chat-settings-dialog.h"

#include "sc-chat-rules-change.h"
#include "sc-client-error.h"
#include "sc-field-hint.h"
#include "sc-future.h"
#include "sc-lines-group.h"
#include "sc-load-view.h"
#include "sc-moderation-words.h"
#include "sc-moderators-group.h"
#include "sc-private-cover.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScChatSettingsDialog {
  AdwDialog parent_instance;

  ScClient *client;
  char *channel;
  gboolean is_streamer;
  ScChatSettings *saved; /* as the server has them */
  ScChatSettings *sent;  /* while they are being saved */
  gboolean filling;
  DexFuture *loading;
  DexFuture *saving;

  ScLoadView *load_view;
  AdwSpinRow *slow_row;
  ScFieldHint *slow_hint;
  AdwSwitchRow *followers_row;
  AdwSwitchRow *read_only_row;
  AdwSwitchRow *emoji_row;
  AdwPreferencesGroup *rules_group;
  AdwComboRow *terms_rule_row;
  AdwComboRow *links_rule_row;
  AdwComboRow *repeats_rule_row;
  AdwComboRow *capitals_rule_row;
  GtkWidget *languages_group;
  AdwSwitchRow *english_row;
  AdwSwitchRow *german_row;
  ScFieldHint *languages_hint;
  ScPrivateCover *terms_cover;
  ScLinesGroup *terms_group;
  ScLinesGroup *links_group;
  ScModeratorsGroup *moderators_group;
};

G_DEFINE_FINAL_TYPE (ScChatSettingsDialog, sc_chat_settings_dialog, ADW_TYPE_DIALOG)

/* What is in the fields. */

static ScChatModes
get_modes (ScChatSettingsDialog *self)
{
  return (ScChatModes) {
    .slow_seconds = (guint) adw_spin_row_get_value (self->slow_row),
    .followers_only = adw_switch_row_get_active (self->followers_row),
    .read_only = adw_switch_row_get_active (self->read_only_row),
    .emoji_only = adw_switch_row_get_active (self->emoji_row),
  };
}

static void
take_language (GStrvBuilder *builder, AdwSwitchRow *row, const char *language)
{
  if (adw_switch_row_get_active (row))
    g_strv_builder_add (builder, language);
}

/* A language that is not on show stays. */
static char **
get_languages (ScChatSettingsDialog *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  take_language (builder, self->english_row, "en");
  take_language (builder, self->german_row, "de");
  for (guint i = 0; self->saved->languages[i]; i++) {
    const char *language = self->saved->languages[i];
    if (!g_str_equal (language, "en") && !g_str_equal (language, "de"))
      g_strv_builder_add (builder, language);
  }
  return g_strv_builder_end (builder);
}

static ScChatRuleAction
get_rule (AdwComboRow *row)
{
  return (ScChatRuleAction) adw_combo_row_get_selected (row);
}

static ScChatSettings *
get_settings (ScChatSettingsDialog *self)
{
  ScChatSettings *settings = sc_chat_settings_copy (self->saved);
  settings->modes = get_modes (self);
  settings->rules = (ScChatRules) {
    .terms = get_rule (self->terms_rule_row),
    .links = get_rule (self->links_rule_row),
    .repeats = get_rule (self->repeats_rule_row),
    .capitals = get_rule (self->capitals_rule_row),
  };
  g_strfreev (settings->languages);
  g_strfreev (settings->terms);
  g_strfreev (settings->allowed_links);
  settings->languages = get_languages (self);
  settings->terms = sc_lines_group_get_lines (self->terms_group);
  settings->allowed_links = sc_lines_group_get_lines (self->links_group);
  return settings;
}

/* Whether the fields say something else than @settings. */
static gboolean
differs_from (ScChatSettingsDialog *self, const ScChatSettings *settings)
{
  g_autoptr (ScChatSettings) typed = get_settings (self);
  return !sc_chat_modes_equal (&typed->modes, &settings->modes) ||
         sc_chat_rules_differ (typed, settings);
}

static gboolean
is_edited (ScChatSettingsDialog *self)
{
  return self->saved && differs_from (self, self->saved);
}

static void
update (ScChatSettingsDialog *self)
{
  gboolean edited = is_edited (self);
  gboolean wrong = sc_lines_group_has_problem (self->terms_group) ||
                   sc_lines_group_has_problem (self->links_group);
  adw_dialog_set_can_close (ADW_DIALOG (self), !edited);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "settings.save",
                                 edited && !self->sent && !wrong);
}

static void
on_edited (ScChatSettingsDialog *self)
{
  if (self->filling)
    return;
  sc_field_hint_set_problem (self->slow_hint, NULL);
  sc_field_hint_set_problem (self->languages_hint, NULL);
  update (self);
}

/* Filling the fields. */

static void
fill_rule (AdwComboRow *row, ScChatRuleAction action)
{
  adw_combo_row_set_selected (row, (guint) action);
}

static gboolean
has_language (const ScChatSettings *settings, const char *language)
{
  return g_strv_contains ((const char *const *) settings->languages, language);
}

static void
fill (ScChatSettingsDialog *self)
{
  const ScChatSettings *saved = self->saved;
  self->filling = TRUE;
  adw_spin_row_set_value (self->slow_row, saved->modes.slow_seconds);
  adw_switch_row_set_active (self->followers_row, saved->modes.followers_only);
  adw_switch_row_set_active (self->read_only_row, saved->modes.read_only);
  adw_switch_row_set_active (self->emoji_row, saved->modes.emoji_only);
  fill_rule (self->terms_rule_row, saved->rules.terms);
  fill_rule (self->links_rule_row, saved->rules.links);
  fill_rule (self->repeats_rule_row, saved->rules.repeats);
  fill_rule (self->capitals_rule_row, saved->rules.capitals);
  adw_switch_row_set_active (self->english_row, has_language (saved, "en"));
  adw_switch_row_set_active (self->german_row, has_language (saved, "de"));
  sc_lines_group_set_lines (self->terms_group, (const char *const *) saved->terms);
  sc_lines_group_set_lines (self->links_group, (const char *const *) saved->allowed_links);
  self->filling = FALSE;
  sc_moderators_group_show (self->moderators_group, saved);
  update (self);
}

static DexFuture *
on_loaded (DexFuture *future, gpointer user_data)
{
  ScChatSettingsDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  if (!value) {
    sc_load_view_show_error (self->load_view, error);
    return dex_future_new_true ();
  }
  g_clear_pointer (&self->saved, sc_chat_settings_free);
  self->saved = g_value_dup_boxed (value);
  fill (self);
  sc_load_view_show_content (self->load_view);
  return dex_future_new_true ();
}

static void
load (ScChatSettingsDialog *self)
{
  sc_load_view_show_loading (self->load_view);
  dex_clear (&self->loading);
  self->loading = dex_future_finally (sc_client_get_chat_settings (self->client, self->channel),
                                      on_loaded,
                                      self,
                                      NULL);
}

/* Saving. */

static void
show_failure (ScChatSettingsDialog *self, const GError *error)
{
  const char *field = sc_client_error_get_field (error);
  if (g_strcmp0 (field, "terms") == 0)
    sc_lines_group_set_problem (self->terms_group, error->message);
  else if (g_strcmp0 (field, "allowed_links") == 0)
    sc_lines_group_set_problem (self->links_group, error->message);
  else if (g_strcmp0 (field, "languages") == 0)
    sc_field_hint_set_problem (self->languages_hint, error->message);
  else if (g_strcmp0 (field, "modes") == 0 || g_strcmp0 (field, "slow_seconds") == 0)
    sc_field_hint_set_problem (self->slow_hint, error->message);
  sc_toast_error (GTK_WIDGET (self->load_view), _ ("The settings could not be saved."), error);
}

static void
say_saved (ScChatSettingsDialog *self)
{
  const char *saved = _ ("Settings saved");
  g_autofree char *pending = self->saved->pending > 0 ? sc_moderation_pending_words (saved) : NULL;
  sc_toast (GTK_WIDGET (self->load_view), pending ? pending : saved);
}

typedef struct {
  ScClient *client;
  char *channel;
  ScChatSettings *settings;
  gboolean modes;
  gboolean rules;
} SaveArgs;

static void
save_args_free (gpointer data)
{
  SaveArgs *args = data;
  g_object_unref (args->client);
  g_free (args->channel);
  sc_chat_settings_free (args->settings);
  g_free (args);
}

/* Resolves to the settings as the server has them now. */
static DexFuture *
save_fiber (gpointer data)
{
  SaveArgs *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScChatSettings) newer = NULL;
  if (args->modes) {
    newer = dex_await_boxed (sc_client_set_chat_modes (args->client,
                                                       args->channel,
                                                       &args->settings->modes),
                             &error);
    if (!newer)
      return dex_future_new_for_error (g_steal_pointer (&error));
  }
  if (args->rules) {
    g_clear_pointer (&newer, sc_chat_settings_free);
    newer = dex_await_boxed (sc_client_set_chat_rules (args->client, args->channel, args->settings),
                             &error);
    if (!newer)
      return dex_future_new_for_error (g_steal_pointer (&error));
  }
  return dex_future_new_take_boxed (SC_TYPE_CHAT_SETTINGS, g_steal_pointer (&newer));
}

static DexFuture *
on_saved (DexFuture *future, gpointer user_data)
{
  ScChatSettingsDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  if (value) {
    gboolean typed_on = differs_from (self, self->sent);
    g_clear_pointer (&self->saved, sc_chat_settings_free);
    self->saved = g_value_dup_boxed (value);
    if (!typed_on)
      fill (self);
    say_saved (self);
  } else if (!sc_error_is_cancelled (error)) {
    show_failure (self, error);
  }
  g_clear_pointer (&self->sent, sc_chat_settings_free);
  update (self);
  return dex_future_new_true ();
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatSettingsDialog *self = SC_CHAT_SETTINGS_DIALOG (widget);
  SaveArgs *args = g_new0 (SaveArgs, 1);
  args->client = g_object_ref (self->client);
  args->channel = g_strdup (self->channel);
  args->settings = get_settings (self);
  args->modes = !sc_chat_modes_equal (&args->settings->modes, &self->saved->modes);
  args->rules = self->is_streamer && sc_chat_rules_differ (args->settings, self->saved);
  self->sent = sc_chat_settings_copy (args->settings);
  dex_clear (&self->saving);
  self->saving =
    dex_future_finally (sc_spawn (save_fiber, args, save_args_free), on_saved, self, NULL);
  update (self);
}

static void
on_discard_response (ScChatSettingsDialog *self, const char *response)
{
  if (g_str_equal (response, "discard"))
    adw_dialog_force_close (ADW_DIALOG (self));
}

static void
sc_chat_settings_dialog_close_attempt (AdwDialog *dialog)
{
  AdwDialog *question =
    adw_alert_dialog_new (_ ("Discard Changes?"), _ ("The changed settings are not saved yet."));
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (question);
  adw_alert_dialog_add_responses (alert, "cancel", _ ("_Cancel"), "discard", _ ("_Discard"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_signal_connect_object (alert,
                           "response",
                           G_CALLBACK (on_discard_response),
                           dialog,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (question, GTK_WIDGET (dialog));
}

static void
sc_chat_settings_dialog_dispose (GObject *object)
{
  ScChatSettingsDialog *self = SC_CHAT_SETTINGS_DIALOG (object);

  dex_clear (&self->loading);
  dex_clear (&self->saving);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_CHAT_SETTINGS_DIALOG);
  g_clear_pointer (&self->saved, sc_chat_settings_free);
  g_clear_pointer (&self->sent, sc_chat_settings_free);
  g_clear_pointer (&self->channel, g_free);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (sc_chat_settings_dialog_parent_class)->dispose (object);
}

#define bind_child(name)                                                                           \
  gtk_widget_class_bind_template_child (widget_class, ScChatSettingsDialog, name)

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/chat-settings-dialog.ui");
  bind_child (load_view);
  bind_child (slow_row);
  bind_child (slow_hint);
  bind_child (followers_row);
  bind_child (read_only_row);
  bind_child (emoji_row);
  bind_child (rules_group);
  bind_child (terms_rule_row);
  bind_child (links_rule_row);
  bind_child (repeats_rule_row);
  bind_child (capitals_rule_row);
  bind_child (languages_group);
  bind_child (english_row);
  bind_child (german_row);
  bind_child (languages_hint);
  bind_child (terms_cover);
  bind_child (terms_group);
  bind_child (links_group);
  bind_child (moderators_group);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
}

static void
sc_chat_settings_dialog_class_init (ScChatSettingsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_FIELD_HINT);
  g_type_ensure (SC_TYPE_LINES_GROUP);
  g_type_ensure (SC_TYPE_LOAD_VIEW);
  g_type_ensure (SC_TYPE_MODERATORS_GROUP);
  g_type_ensure (SC_TYPE_PRIVATE_COVER);

  G_OBJECT_CLASS (klass)->dispose = sc_chat_settings_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->close_attempt = sc_chat_settings_dialog_close_attempt;
  gtk_widget_class_install_action (widget_class, "settings.save", NULL, save);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_s,
                                       GDK_CONTROL_MASK,
                                       "settings.save",
                                       NULL);
  bind_template (widget_class);
}

static void
fill_choices (ScChatSettingsDialog *self)
{
  AdwComboRow *rows[] = { self->terms_rule_row,
                          self->links_rule_row,
                          self->repeats_rule_row,
                          self->capitals_rule_row };
  const char *const choices[] = {
    /* Translators: what a rule of the chat does with a message: nothing */
    C_ ("rule", "Off"),
    /* Translators: what a rule of the chat does with a message: dots in place of the words */
    C_ ("rule", "Mask"),
    /* Translators: what a rule of the chat does with a message: it waits for a moderator */
    C_ ("rule", "Hold"),
    /* Translators: what a rule of the chat does with a message: nobody sees it */
    C_ ("rule", "Refuse"),
    NULL,
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GtkStringList) model = gtk_string_list_new (choices);
    adw_combo_row_set_model (rows[i], G_LIST_MODEL (model));
  }
}

static void
sc_chat_settings_dialog_init (ScChatSettingsDialog *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "settings.save", FALSE);
  fill_choices (self);
  sc_lines_group_set_limits (self->terms_group, SC_CHAT_TERMS_MAX, SC_CHAT_TERM_MAX);
  sc_lines_group_set_limits (self->links_group, SC_CHAT_LINKS_MAX, SC_CHAT_LINK_MAX);
  self->filling = FALSE;
}

static void
show_rights (ScChatSettingsDialog *self)
{
  GtkWidget *rows[] = { GTK_WIDGET (self->terms_rule_row),   GTK_WIDGET (self->links_rule_row),
                        GTK_WIDGET (self->repeats_rule_row), GTK_WIDGET (self->capitals_rule_row),
                        GTK_WIDGET (self->english_row),      GTK_WIDGET (self->german_row) };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_set_sensitive (rows[i], self->is_streamer);
  sc_lines_group_set_editable (self->terms_group, self->is_streamer);
  sc_lines_group_set_editable (self->links_group, self->is_streamer);
  if (!self->is_streamer)
    adw_preferences_group_set_description (self->rules_group,
                                           _ ("Only the streamer can change these."));
}

/**
 * sc_chat_settings_dialog_new:
 * @client: the client of a moderator or of the streamer
 * @channel: the name of a channel
 * @is_streamer: whether the channel is theirs
 * @mode: (nullable): whether others may see the screen
 *
 * Returns: (transfer floating): a dialog in which the chat's settings are changed
 */
ScChatSettingsDialog *
sc_chat_settings_dialog_new (ScClient *client,
                             const char *channel,
                             gboolean is_streamer,
                             ScStreamerMode *mode)
{
  ScChatSettingsDialog *self = g_object_new (SC_TYPE_CHAT_SETTINGS_DIALOG, NULL);
  self->client = g_object_ref (client);
  self->channel = g_strdup (channel);
  self->is_streamer = is_streamer;
  sc_moderators_group_set_channel (self->moderators_group, client, channel, is_streamer);
  sc_private_cover_set_mode (self->terms_cover, mode);
  show_rights (self);
  load (self);
  return self;
}
