/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was done in a chat, by whom and why, of all or of one person; and who is banned. What can be
 * undone still is undone here, and bans are lifted.
 */

#include "config.h"

#include "sc-moderation-log-dialog.h"

#include "sc-audit-export.h"
#include "sc-audit-words.h"
#include "sc-moderation-toasts.h"
#include "sc-moderation-words.h"
#include "sc-paged-view.h"
#include "sc-private-cover.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScModerationLogDialog {
  AdwDialog parent_instance;

  ScChatModeration *moderation;
  ScPagedList *actions;
  ScPagedList *bans;
  char *person_id; /* whose actions are on show, or NULL */
  DexFuture *undoing;

  AdwBanner *filter_banner;
  ScPrivateCover *cover;
  AdwViewStack *stack;
  ScPagedView *actions_view;
  ScPagedView *bans_view;
};

G_DEFINE_FINAL_TYPE (ScModerationLogDialog, sc_moderation_log_dialog, ADW_TYPE_DIALOG)

static DexFuture *
ask_actions (const char *before, gpointer user_data)
{
  ScModerationLogDialog *self = user_data;
  return sc_client_list_actions (sc_chat_moderation_get_client (self->moderation),
                                 sc_chat_moderation_get_channel (self->moderation),
                                 self->person_id,
                                 before);
}

static DexFuture *
ask_bans (const char *before, gpointer user_data)
{
  ScModerationLogDialog *self = user_data;
  return sc_client_list_bans (sc_chat_moderation_get_client (self->moderation),
                              sc_chat_moderation_get_channel (self->moderation),
                              before);
}

static void
reload (ScModerationLogDialog *self)
{
  sc_paged_list_reload (self->actions);
  sc_paged_list_reload (self->bans);
}

/* Of one person, or of all. */

static void
filter (ScModerationLogDialog *self, const char *person_id, const char *name)
{
  g_set_str (&self->person_id, person_id);
  if (person_id) {
    /* Translators: %s is a name */
    g_autofree char *words = g_strdup_printf (_ ("Actions about %s"), name ? name : person_id);
    adw_banner_set_title (self->filter_banner, words);
  }
  adw_banner_set_revealed (self->filter_banner, person_id != NULL);
  sc_paged_list_reload (self->actions);
}

static void
show_all (ScModerationLogDialog *self)
{
  filter (self, NULL, NULL);
}

static void
filter_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *person_id, *name;
  g_variant_get (parameter, "(&s&s)", &person_id, &name);
  filter (SC_MODERATION_LOG_DIALOG (widget), person_id, name);
}

/* Undoing. */

static DexFuture *
on_undone (DexFuture *future, gpointer user_data)
{
  ScModerationLogDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget *widget = GTK_WIDGET (self->cover);
  const GValue *value = dex_future_get_value (future, &error);
  if (value) {
    ScModerationAction *action = g_value_get_object (value);
    g_autofree char *words = sc_moderation_undone_words (sc_moderation_action_get_fields (action));
    sc_toast (widget, words);
  } else {
    sc_toast_error (widget, sc_moderation_failure_words (error), error);
  }
  reload (self);
  return dex_future_new_true ();
}

static void
undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScModerationLogDialog *self = SC_MODERATION_LOG_DIALOG (widget);
  dex_clear (&self->undoing);
  self->undoing =
    dex_future_finally (sc_client_undo_action (sc_chat_moderation_get_client (self->moderation),
                                               sc_chat_moderation_get_channel (self->moderation),
                                               g_variant_get_string (parameter, NULL)),
                        on_undone,
                        self,
                        NULL);
}

static void export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScModerationLogDialog *self = SC_MODERATION_LOG_DIALOG (widget);
  sc_audit_export_ask (GTK_WIDGET (self->cover),
                       sc_chat_moderation_get_client (self->moderation),
                       sc_chat_moderation_get_channel (self->moderation),
                       self->person_id);
}

static void
unban (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const ScModerationOrder order = {
    .kind = SC_MODERATION_UNBAN,
    .user_id = g_variant_get_string (parameter, NULL),
  };
  sc_chat_moderation_act (SC_MODERATION_LOG_DIALOG (widget)->moderation, &order);
}

/* Rows. */

static GtkWidget *
make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static GtkWidget *
add_button (GtkWidget *row, GtkWidget *button, const char *action, GVariant *target)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

static void
add_filter (ScModerationLogDialog *self, GtkWidget *row, const ScModerationActionFields *action)
{
  const char *name = action->person_name ? action->person_name : action->person_id;
  /* Translators: %s is a name */
  g_autofree char *words = g_strdup_printf (_ ("Show only what was done about %s"), name);
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-find-symbolic");
  gtk_widget_set_tooltip_text (button, words);
  gtk_widget_add_css_class (button, "flat");
  add_button (row, button, "log.filter", g_variant_new ("(ss)", action->person_id, name));
}

static GtkWidget *
make_action_row (gpointer item, gpointer user_data)
{
  ScModerationLogDialog *self = user_data;
  const ScModerationActionFields *action = sc_moderation_action_get_fields (item);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 now = g_get_real_time ();
  g_autofree char *words = sc_audit_words (action);
  g_autofree char *details = sc_audit_details (action, now, zone);
  GtkWidget *row = make_row (words, details);
  if (action->undone_at == 0 && action->undoable_until > now)
    add_button (row,
                gtk_button_new_with_mnemonic (_ ("_Undo")),
                "log.undo",
                g_variant_new_string (action->id));
  if (action->person_id && !self->person_id)
    add_filter (self, row, action);
  return row;
}

static GtkWidget *
make_ban_row (gpointer item, gpointer user_data)
{
  const ScChatBanFields *ban = sc_chat_ban_get_fields (item);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *until = sc_ban_words (ban, zone);
  g_autofree char *details = sc_ban_details (ban, g_get_real_time (), zone);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", until, details);
  GtkWidget *row = make_row (ban->name ? ban->name : _ ("Somebody"), subtitle);
  add_button (row,
              gtk_button_new_with_mnemonic (_ ("_Unban")),
              "log.unban",
              g_variant_new_string (ban->user_id));
  return row;
}

static void
sc_moderation_log_dialog_dispose (GObject *object)
{
  ScModerationLogDialog *self = SC_MODERATION_LOG_DIALOG (object);

  dex_clear (&self->undoing);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_MODERATION_LOG_DIALOG);
  g_clear_object (&self->actions);
  g_clear_object (&self->bans);
  g_clear_object (&self->moderation);
  g_clear_pointer (&self->person_id, g_free);

  G_OBJECT_CLASS (sc_moderation_log_dialog_parent_class)->dispose (object);
}

static void
sc_moderation_log_dialog_class_init (ScModerationLogDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_PAGED_VIEW);
  g_type_ensure (SC_TYPE_PRIVATE_COVER);

  G_OBJECT_CLASS (klass)->dispose = sc_moderation_log_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "log.filter", "(ss)", filter_action);
  gtk_widget_class_install_action (widget_class, "log.undo", "s", undo);
  gtk_widget_class_install_action (widget_class, "log.unban", "s", unban);
  gtk_widget_class_install_action (widget_class, "log.export", NULL, export);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_s,
                                       GDK_CONTROL_MASK,
                                       "log.export",
                                       NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/moderation-log-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ScModerationLogDialog, filter_banner);
  gtk_widget_class_bind_template_child (widget_class, ScModerationLogDialog, cover);
  gtk_widget_class_bind_template_child (widget_class, ScModerationLogDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ScModerationLogDialog, actions_view);
  gtk_widget_class_bind_template_child (widget_class, ScModerationLogDialog, bans_view);
  gtk_widget_class_bind_template_callback (widget_class, show_all);
}

static void
sc_moderation_log_dialog_init (ScModerationLogDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_moderation_log_dialog_new:
 * @moderation: what is done in a chat
 * @mode: (nullable): whether others may see the screen
 *
 * Returns: (transfer floating): a dialog that shows what was done, and who is banned
 */
ScModerationLogDialog *
sc_moderation_log_dialog_new (ScChatModeration *moderation, ScStreamerMode *mode)
{
  static const char *const changes[] = { "done", "undone" };
  ScModerationLogDialog *self = g_object_new (SC_TYPE_MODERATION_LOG_DIALOG, NULL);
  self->moderation = g_object_ref (moderation);
  sc_private_cover_set_mode (self->cover, mode);
  self->actions = sc_paged_list_new (ask_actions, self);
  self->bans = sc_paged_list_new (ask_bans, self);
  sc_paged_view_set_list (self->actions_view, self->actions, make_action_row, self);
  sc_paged_view_set_list (self->bans_view, self->bans, make_ban_row, self);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (moderation, changes[i], G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  sc_moderation_toasts_keep (GTK_WIDGET (self->cover), moderation);
  return self;
}
