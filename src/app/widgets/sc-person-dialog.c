/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The card of a person in a chat: who they are, and for moderators what they wrote, what was done
 * to them, which streamer mode covers, and what there is to do. The server says again after each
 * act how things stand.
 */

#include "config.h"

#include "sc-person-dialog.h"

#include "sc-audit-words.h"
#include "sc-avatar.h"
#include "sc-ban-dialog.h"
#include "sc-chat-blocks.h"
#include "sc-chat-person.h"
#include "sc-chat-words.h"
#include "sc-load-view.h"
#include "sc-menu.h"
#include "sc-moderation-toasts.h"
#include "sc-moderation-words.h"
#include "sc-private-cover.h"
#include "sc-report-dialog.h"
#include "sc-time-words.h"
#include "sc-timeout-choices.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScPersonDialog {
  AdwDialog parent_instance;

  ScChatModeration *moderation;
  GSettings *settings;
  ScChatRole role;
  ScChatLine *line;
  ScChatPerson *person;
  DexFuture *loading;
  DexFuture *appointing;

  ScLoadView *load_view;
  ScAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *facts_label;
  GtkWidget *ban_group;
  AdwActionRow *ban_row;
  GtkMenuButton *timeout_button;
  GtkWidget *ban_button;
  GtkWidget *unban_button;
  GtkWidget *promote_button;
  GtkWidget *demote_button;
  GtkWidget *block_button;
  GtkWidget *unblock_button;
  GtkWidget *report_button;
  AdwPreferencesGroup *lines_group;
  GtkWidget *actions_section;
  ScPrivateCover *actions_cover;
  AdwPreferencesGroup *actions_group;
  GPtrArray *rows; /* of the two groups; they own them */
};

G_DEFINE_FINAL_TYPE (ScPersonDialog, sc_person_dialog, ADW_TYPE_DIALOG)

static const char *
get_user_id (ScPersonDialog *self)
{
  return sc_chat_line_get_user_id (self->line);
}

static const char *
get_name (ScPersonDialog *self)
{
  return self->person && self->person->name ? self->person->name
                                            : sc_chat_line_get_name (self->line);
}

/* What is shown. */

static void
show_facts (ScPersonDialog *self)
{
  const ScChatPerson *person = self->person;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *name = sc_chat_name_words (get_name (self));
  g_autofree char *since = sc_recorded_words (person->since, g_get_real_time (), zone);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  if (sc_chat_badge_words (person->role))
    g_ptr_array_add (facts, g_strdup (sc_chat_badge_words (person->role)));
  if (person->since > 0)
    /* Translators: when somebody's account was made, as "2 hours ago" or "3 March 2026" */
    g_ptr_array_add (facts, g_strdup_printf (_ ("Here since: %s"), since));
  if (person->follows)
    g_ptr_array_add (facts, g_strdup (_ ("Follows the channel")));
  g_autofree char *words = g_strjoinv ("\n", (char **) facts->pdata);
  sc_avatar_set_text (self->avatar, name);
  sc_avatar_set_url (self->avatar, person->avatar_url);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->facts_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->facts_label), *words != '\0');
}

static void
show_ban (ScPersonDialog *self)
{
  gtk_widget_set_visible (self->ban_group, self->person->ban != NULL);
  if (!self->person->ban)
    return;
  const ScChatBanFields *ban = sc_chat_ban_get_fields (self->person->ban);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *words = sc_ban_words (ban, zone);
  g_autofree char *details = sc_ban_details (ban, g_get_real_time (), zone);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->ban_row), words);
  adw_action_row_set_subtitle (self->ban_row, details);
}

static void
add_row (ScPersonDialog *self, AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (ScPersonDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = self->rows->pdata[i];
    GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
  }
  g_ptr_array_set_size (self->rows, 0);
}

static void
show_line (ScPersonDialog *self, const ScChatRecord *record, GTimeZone *zone)
{
  g_autofree char *when = sc_recorded_words (record->sent_at, g_get_real_time (), zone);
  g_autofree char *words = record->is_deleted
                             /* Translators: %s is when a message was written, as "2 hours ago" */
                             ? g_strdup_printf (_ ("%s, deleted since"), when)
                             : g_steal_pointer (&when);
  add_row (self, self->lines_group, record->text, words);
}

static void
show_lists (ScPersonDialog *self)
{
  const ScChatPerson *person = self->person;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gboolean known = person->lines && person->actions;
  clear_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self->lines_group), known && person->lines->len > 0);
  guint n = known ? g_list_model_get_n_items (G_LIST_MODEL (person->actions)) : 0;
  gtk_widget_set_visible (self->actions_section, n > 0);
  for (guint i = 0; known && i < person->lines->len; i++)
    show_line (self, person->lines->pdata[i], zone);
  for (guint i = 0; i < n; i++) {
    g_autoptr (ScModerationAction) item = g_list_model_get_item (G_LIST_MODEL (person->actions), i);
    const ScModerationActionFields *action = sc_moderation_action_get_fields (item);
    g_autofree char *words = sc_audit_words (action);
    g_autofree char *details = sc_audit_details (action, g_get_real_time (), zone);
    add_row (self, self->actions_group, words, details);
  }
}

static void
show_buttons (ScPersonDialog *self)
{
  const ScChatPerson *person = self->person;
  gboolean other = !sc_chat_line_get_own (self->line);
  gboolean outranks = other && self->role >= SC_CHAT_MODERATOR && person->role < self->role;
  gboolean appoints = other && self->role == SC_CHAT_STREAMER;
  g_auto (GStrv) blocks = sc_chat_blocks_list_ids (self->settings);
  gboolean blocked = g_strv_contains ((const char *const *) blocks, person->user_id);
  gboolean for_good = person->ban && sc_chat_ban_get_fields (person->ban)->until == 0;
  gtk_widget_set_visible (GTK_WIDGET (self->timeout_button), outranks && !for_good);
  gtk_widget_set_visible (self->ban_button, outranks && !person->ban);
  gtk_widget_set_visible (self->unban_button, outranks && person->ban);
  gtk_widget_set_visible (self->promote_button, appoints && person->role == SC_CHAT_VIEWER);
  gtk_widget_set_visible (self->demote_button, appoints && person->role == SC_CHAT_MODERATOR);
  gtk_widget_set_visible (self->block_button, other && !blocked);
  gtk_widget_set_visible (self->unblock_button, other && blocked);
  gtk_widget_set_visible (self->report_button, other && self->role > SC_CHAT_GUEST);
}

static void
show_person (ScPersonDialog *self)
{
  show_facts (self);
  show_ban (self);
  show_lists (self);
  show_buttons (self);
  sc_load_view_show_content (self->load_view);
}

/* Loading. */

static DexFuture *
on_loaded (DexFuture *future, gpointer user_data)
{
  ScPersonDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  if (value) {
    g_clear_pointer (&self->person, sc_chat_person_free);
    self->person = g_value_dup_boxed (value);
    show_person (self);
  } else if (!self->person) {
    sc_load_view_show_error (self->load_view, error);
  }
  return dex_future_new_true ();
}

static void
reload (ScPersonDialog *self)
{
  if (!self->person)
    sc_load_view_show_loading (self->load_view);
  dex_clear (&self->loading);
  self->loading =
    dex_future_finally (sc_client_get_person (sc_chat_moderation_get_client (self->moderation),
                                              sc_chat_moderation_get_channel (self->moderation),
                                              get_user_id (self)),
                        on_loaded,
                        self,
                        NULL);
}

/* What there is to do. */

static void
act (ScPersonDialog *self, ScModerationKind kind, guint seconds)
{
  const ScModerationOrder order = {
    .kind = kind,
    .user_id = get_user_id (self),
    .user_name = get_name (self),
    .seconds = seconds,
  };
  sc_chat_moderation_act (self->moderation, &order);
}

static void
time_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  act (SC_PERSON_DIALOG (widget), SC_MODERATION_TIMEOUT, g_variant_get_uint32 (parameter));
}

static void
time_out_for_reason (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScPersonDialog *self = SC_PERSON_DIALOG (widget);
  sc_ban_dialog_present_timeout (widget, self->moderation, get_user_id (self), get_name (self));
}

static void
ban (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScPersonDialog *self = SC_PERSON_DIALOG (widget);
  sc_ban_dialog_present (widget, self->moderation, get_user_id (self), get_name (self));
}

static void
unban (GtkWidget *widget, const char *action, GVariant *parameter)
{
  act (SC_PERSON_DIALOG (widget), SC_MODERATION_UNBAN, 0);
}

static DexFuture *
on_appointed (DexFuture *future, gpointer user_data)
{
  ScPersonDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *pending = dex_future_get_value (future, &error);
  if (!pending) {
    sc_toast_error (GTK_WIDGET (self->load_view), sc_moderation_failure_words (error), error);
    return dex_future_new_true ();
  }
  if (g_value_get_uint (pending) > 0) {
    g_autofree char *words = sc_moderation_pending_words (_ ("Done"));
    sc_toast (GTK_WIDGET (self->load_view), words);
  }
  reload (self);
  return dex_future_new_true ();
}

static void
appoint (ScPersonDialog *self, gboolean moderates)
{
  dex_clear (&self->appointing);
  self->appointing =
    dex_future_finally (sc_client_set_moderator (sc_chat_moderation_get_client (self->moderation),
                                                 sc_chat_moderation_get_channel (self->moderation),
                                                 get_name (self),
                                                 moderates),
                        on_appointed,
                        self,
                        NULL);
}

static void
promote (GtkWidget *widget, const char *action, GVariant *parameter)
{
  appoint (SC_PERSON_DIALOG (widget), TRUE);
}

static void
demote (GtkWidget *widget, const char *action, GVariant *parameter)
{
  appoint (SC_PERSON_DIALOG (widget), FALSE);
}

static void
block (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScPersonDialog *self = SC_PERSON_DIALOG (widget);
  sc_chat_blocks_add (self->settings, get_user_id (self), get_name (self));
  show_buttons (self);
  gtk_widget_grab_focus (self->unblock_button);
}

static void
unblock (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScPersonDialog *self = SC_PERSON_DIALOG (widget);
  sc_chat_blocks_remove (self->settings, get_user_id (self));
  show_buttons (self);
  gtk_widget_grab_focus (self->block_button);
}

static void
report (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScPersonDialog *self = SC_PERSON_DIALOG (widget);
  sc_report_dialog_present (GTK_WIDGET (self->load_view),
                            sc_chat_moderation_get_client (self->moderation),
                            sc_chat_moderation_get_channel (self->moderation),
                            self->line);
}

static void
sc_person_dialog_dispose (GObject *object)
{
  ScPersonDialog *self = SC_PERSON_DIALOG (object);

  dex_clear (&self->loading);
  dex_clear (&self->appointing);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_PERSON_DIALOG);
  g_clear_pointer (&self->person, sc_chat_person_free);
  g_clear_object (&self->moderation);
  g_clear_object (&self->settings);
  g_clear_object (&self->line);

  G_OBJECT_CLASS (sc_person_dialog_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct {
    const char *name;
    const char *type;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "person.time-out", "u", time_out },
    { "person.time-out-for-reason", NULL, time_out_for_reason },
    { "person.ban", NULL, ban },
    { "person.unban", NULL, unban },
    { "person.promote", NULL, promote },
    { "person.demote", NULL, demote },
    { "person.block", NULL, block },
    { "person.unblock", NULL, unblock },
    { "person.report", NULL, report },
  };
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class,
                                     actions[i].name,
                                     actions[i].type,
                                     actions[i].activate);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/person-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, load_view);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, avatar);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, name_label);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, facts_label);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, ban_group);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, ban_row);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, timeout_button);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, ban_button);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, unban_button);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, promote_button);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, demote_button);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, block_button);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, unblock_button);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, report_button);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, lines_group);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, actions_section);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, actions_cover);
  gtk_widget_class_bind_template_child (widget_class, ScPersonDialog, actions_group);
  gtk_widget_class_bind_template_callback (widget_class, reload);
}

static void
sc_person_dialog_class_init (ScPersonDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_AVATAR);
  g_type_ensure (SC_TYPE_LOAD_VIEW);
  g_type_ensure (SC_TYPE_PRIVATE_COVER);

  object_class->dispose = sc_person_dialog_dispose;
  install_actions (widget_class);
  bind_template (widget_class);
}

static void
sc_person_dialog_init (ScPersonDialog *self)
{
  g_autoptr (GMenuModel) choices =
    sc_timeout_choices_make_menu ("person.time-out", "person.time-out-for-reason");
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->timeout_button, choices);
  sc_menu_mend (self->timeout_button);
}

/**
 * sc_person_dialog_new:
 * @moderation: what is done in the chat
 * @settings: the settings of the application
 * @mode: (nullable): whether others may see the screen
 * @role: the reader's own in this chat
 * @line: a line of the person
 *
 * Returns: (transfer floating): the person's card, which begins to load
 */
ScPersonDialog *
sc_person_dialog_new (ScChatModeration *moderation,
                      GSettings *settings,
                      ScStreamerMode *mode,
                      ScChatRole role,
                      ScChatLine *line)
{
  static const char *const changes[] = { "done", "undone" };
  ScPersonDialog *self = g_object_new (SC_TYPE_PERSON_DIALOG, NULL);
  self->moderation = g_object_ref (moderation);
  self->settings = g_object_ref (settings);
  sc_avatar_set_http (self->avatar,
                      sc_client_get_http (sc_chat_moderation_get_client (moderation)));
  sc_private_cover_set_mode (self->actions_cover, mode);
  self->role = role;
  self->line = g_object_ref (line);
  g_autofree char *name = sc_chat_name_words (sc_chat_line_get_name (line));
  adw_dialog_set_title (ADW_DIALOG (self), name);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (moderation, changes[i], G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  sc_moderation_toasts_keep (GTK_WIDGET (self->load_view), moderation);
  reload (self);
  return self;
}
