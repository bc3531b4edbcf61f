/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Asks whether a person is to be banned, or for how long they are to be timed out, and why. */

#include "config.h"

#include "sc-ban-dialog.h"

#include "sc-chat-words.h"
#include "sc-timeout-choices.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Of SC_TIMEOUT_CHOICES, what is chosen at first: 10 minutes. */
#define FIRST_CHOICE 1

typedef struct {
  ScChatModeration *moderation;
  char *user_id;
  char *name;
  GtkEditable *reason;   /* the dialog's */
  GtkDropDown *duration; /* (nullable): the dialog's */
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;
  g_object_unref (question->moderation);
  g_free (question->user_id);
  g_free (question->name);
  g_free (question);
}

static void
on_response (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;
  if (g_str_equal (response, "cancel"))
    return;
  const char *reason = gtk_editable_get_text (question->reason);
  GtkDropDown *duration = question->duration;
  const ScModerationOrder order = {
    .kind = duration ? SC_MODERATION_TIMEOUT : SC_MODERATION_BAN,
    .user_id = question->user_id,
    .user_name = question->name,
    .seconds = duration ? sc_timeout_choice_get_seconds (gtk_drop_down_get_selected (duration)) : 0,
    .reason = *reason ? reason : NULL,
  };
  sc_chat_moderation_act (question->moderation, &order);
}

static void
name_field (GtkWidget *field, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
make_duration (void)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  for (guint i = 0; i < SC_TIMEOUT_CHOICES; i++)
    gtk_string_list_append (labels, sc_timeout_choice_get_label (i));
  GtkWidget *duration = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (duration), FIRST_CHOICE);
  name_field (duration, _ ("How long"));
  return duration;
}

static GtkWidget *
make_reason (void)
{
  GtkWidget *entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Reason, which they read"));
  gtk_entry_set_max_length (GTK_ENTRY (entry), SC_REASON_MAX);
  name_field (entry, _ ("Reason, which they read"));
  return entry;
}

static void
add_fields (AdwAlertDialog *alert, Question *question, gboolean with_duration)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *duration = with_duration ? make_duration () : NULL;
  GtkWidget *reason = make_reason ();
  if (duration)
    gtk_box_append (GTK_BOX (box), duration);
  gtk_box_append (GTK_BOX (box), reason);
  adw_alert_dialog_set_extra_child (alert, box);
  question->duration = duration ? GTK_DROP_DOWN (duration) : NULL;
  question->reason = GTK_EDITABLE (reason);
}

static Question *
question_new (ScChatModeration *moderation, const char *user_id, const char *name)
{
  Question *question = g_new0 (Question, 1);
  question->moderation = g_object_ref (moderation);
  question->user_id = g_strdup (user_id);
  question->name = g_strdup (name);
  return question;
}

static void
ask (AdwDialog *dialog, Question *question, const char *answer, GtkWidget *parent)
{
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  const char *id = question->duration ? "time-out" : "ban";
  adw_alert_dialog_add_responses (alert, "cancel", _ ("_Cancel"), id, answer, NULL);
  adw_alert_dialog_set_response_appearance (alert, id, ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_signal_connect_data (dialog,
                         "response",
                         G_CALLBACK (on_response),
                         question,
                         question_free,
                         G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, parent);
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
  Question *question = question_new (moderation, user_id, name);
  add_fields (ADW_ALERT_DIALOG (dialog), question, FALSE);
  ask (dialog, question, _ ("_Ban"), parent);
}

/**
 * sc_ban_dialog_present_timeout:
 * @parent: a widget of the window
 * @moderation: what times out
 * @user_id: a person
 * @name: (nullable): what they are called
 *
 * Asks for how long and why, and times the person out if that is what the answer is.
 */
void
sc_ban_dialog_present_timeout (GtkWidget *parent,
                               ScChatModeration *moderation,
                               const char *user_id,
                               const char *name)
{
  g_autofree char *words = sc_chat_name_words (name);
  /* Translators: %s is a name */
  g_autofree char *heading = g_strdup_printf (_ ("Time %s Out?"), words);
  AdwDialog *dialog = adw_alert_dialog_new (
    heading,
    _ ("They are out of the chat until it is over, and what they wrote is hidden from everybody."));
  Question *question = question_new (moderation, user_id, name);
  add_fields (ADW_ALERT_DIALOG (dialog), question, TRUE);
  ask (dialog, question, _ ("_Time Out"), parent);
}
