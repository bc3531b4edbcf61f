/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Asks whether a person is to be banned, and why. */

#include "config.h"

#include "sc-ban-dialog.h"

#include "sc-chat-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct {
  ScChatModeration *moderation;
  char *user_id;
  char *name;
} Ban;

static void
ban_free (gpointer data, GClosure *closure)
{
  Ban *ban = data;
  g_object_unref (ban->moderation);
  g_free (ban->user_id);
  g_free (ban->name);
  g_free (ban);
}

static GtkEditable *
get_reason (AdwAlertDialog *dialog)
{
  return GTK_EDITABLE (gtk_widget_get_first_child (adw_alert_dialog_get_extra_child (dialog)));
}

static void
on_response (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  Ban *ban = user_data;
  if (!g_str_equal (response, "ban"))
    return;
  const char *reason = gtk_editable_get_text (get_reason (dialog));
  const ScModerationOrder order = {
    .kind = SC_MODERATION_BAN,
    .user_id = ban->user_id,
    .user_name = ban->name,
    .reason = *reason ? reason : NULL,
  };
  sc_chat_moderation_act (ban->moderation, &order);
}

static GtkWidget *
make_reason (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Reason, which they read"));
  gtk_entry_set_max_length (GTK_ENTRY (entry), SC_REASON_MAX);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reason, which they read"),
                                  -1);
  gtk_box_append (GTK_BOX (box), entry);
  return box;
}

/**
 * sc_ban_dialog_present:
 * @parent: a widget of the window
 * @moderation: what bans
 * @user_id: a person
 * @name: (nullable): what they are called
 *
 * Asks, and bans the person if the answer is yes.
 */
void
sc_ban_dialog_present (GtkWidget *parent,
                       ScChatModeration *moderation,
                       const char *user_id,
                       const char *name)
{
  g_autofree char *words = sc_chat_name_words (name);
  /* Translators: %s is a name */
  g_autofree char *heading = g_strdup_printf (_ ("Ban %s?"), words);
  AdwDialog *dialog = adw_alert_dialog_new (
    heading,
    _ ("They are out of the chat at once, and what they wrote is hidden from everybody."));
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  adw_alert_dialog_set_extra_child (alert, make_reason ());
  adw_alert_dialog_add_responses (alert, "cancel", _ ("_Cancel"), "ban", _ ("_Ban"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "ban", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");

  Ban *ban = g_new0 (Ban, 1);
  ban->moderation = g_object_ref (moderation);
  ban->user_id = g_strdup (user_id);
  ban->name = g_strdup (name);
  g_signal_connect_data (dialog,
                         "response",
                         G_CALLBACK (on_response),
                         ban,
                         ban_free,
                         G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, parent);
}
