/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Tells those who run the server of a message or of a channel. What was typed stays until it is
 * sent.
 */

#include "config.h"

#include "sc-report-dialog.h"

#include "sc-chat-words.h"
#include "sc-client-error.h"
#include "sc-error-words.h"
#include "sc-field-hint.h"
#include "sc-future.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScReportDialog {
  AdwDialog parent_instance;

  ScClient *client;
  char *channel;
  ScChatLine *line;
  GtkWidget *parent; /* weak: where it is said that the report was sent */
  DexFuture *sending;

  GtkWidget *send_button;
  GtkLabel *quote_label;
  AdwPreferencesGroup *reasons_group;
  GtkEditable *words_row;
  ScFieldHint *words_hint;
  GtkLabel *problem_label;
  GtkCheckButton *checks[SC_REPORT_OTHER + 1];
};

G_DEFINE_FINAL_TYPE (ScReportDialog, sc_report_dialog, ADW_TYPE_DIALOG)

static const char *const reasons[SC_REPORT_OTHER + 1] = {
  [SC_REPORT_SPAM] = N_ ("Advertising, or the same again and again"),
  [SC_REPORT_HATE] = N_ ("Hate against people"),
  [SC_REPORT_SEXUAL] = N_ ("Sexual content"),
  [SC_REPORT_VIOLENCE] = N_ ("Threats or violence"),
  [SC_REPORT_OTHER] = N_ ("Something else"),
};

static void
update (ScReportDialog *self)
{
  gboolean chosen = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (self->checks); i++)
    chosen |= gtk_check_button_get_active (self->checks[i]);
  gboolean sending = self->sending && dex_future_is_pending (self->sending);
  gtk_widget_set_sensitive (self->send_button,
                            chosen && !sending && !sc_field_hint_has_problem (self->words_hint));
}

static void
on_words_changed (ScReportDialog *self)
{
  glong length = g_utf8_strlen (gtk_editable_get_text (self->words_row), -1);
  glong over = length - SC_REPORT_WORDS_MAX;
  g_autofree char *problem = over > 0 ? g_strdup_printf (ngettext ("%ld character too many.",
                                                                   "%ld characters too many.",
                                                                   (gulong) over),
                                                         over)
                                      : NULL;
  sc_field_hint_set_problem (self->words_hint, problem);
  update (self);
}

static const char *
failure_words (const GError *error)
{
  if (g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_TOO_MANY_REPORTS))
    return _ ("You have reported much within an hour. Try again later.");
  return sc_error_words (error).body;
}

static void
show_problem (ScReportDialog *self, const char *problem)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  gtk_label_set_label (self->problem_label, problem ? problem : "");
  if (problem)
    gtk_accessible_announce (GTK_ACCESSIBLE (self),
                             problem,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static DexFuture *
on_sent (DexFuture *future, gpointer user_data)
{
  ScReportDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  if (dex_future_get_value (future, &error)) {
    if (self->parent)
      sc_toast (self->parent, _ ("Thank you. The report was sent."));
    adw_dialog_force_close (ADW_DIALOG (self));
  } else if (!sc_error_is_cancelled (error)) {
    show_problem (self, failure_words (error));
    gtk_widget_set_sensitive (self->send_button, TRUE);
  }
  return dex_future_new_true ();
}

static ScReportReason
get_reason (ScReportDialog *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->checks); i++)
    if (gtk_check_button_get_active (self->checks[i]))
      return (ScReportReason) i;
  return SC_REPORT_OTHER;
}

static void
send (ScReportDialog *self)
{
  g_autofree char *words = g_strstrip (g_strdup (gtk_editable_get_text (self->words_row)));
  const ScReport given = {
    .reason = get_reason (self),
    .line_id = self->line ? sc_chat_line_get_id (self->line) : NULL,
    .line_text = self->line ? sc_chat_line_get_text (self->line) : NULL,
    .user_id = self->line ? sc_chat_line_get_user_id (self->line) : NULL,
    .words = *words ? words : NULL,
  };
  show_problem (self, NULL);
  dex_clear (&self->sending);
  self->sending = dex_future_finally (sc_client_report (self->client, self->channel, &given),
                                      on_sent,
                                      self,
                                      NULL);
  update (self);
}

static void
add_reasons (ScReportDialog *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++) {
    GtkWidget *row = adw_action_row_new ();
    GtkWidget *check = gtk_check_button_new ();
    self->checks[i] = GTK_CHECK_BUTTON (check);
    if (i > 0)
      gtk_check_button_set_group (self->checks[i], self->checks[0]);
    gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (reasons[i]));
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
    adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
    gtk_accessible_update_property (GTK_ACCESSIBLE (check),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ (reasons[i]),
                                    -1);
    adw_preferences_group_add (self->reasons_group, row);
    g_signal_connect_object (check, "toggled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  }
}

static void
sc_report_dialog_dispose (GObject *object)
{
  ScReportDialog *self = SC_REPORT_DIALOG (object);

  dex_clear (&self->sending);
  g_clear_weak_pointer (&self->parent);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_REPORT_DIALOG);
  g_clear_object (&self->client);
  g_clear_object (&self->line);
  g_clear_pointer (&self->channel, g_free);

  G_OBJECT_CLASS (sc_report_dialog_parent_class)->dispose (object);
}

static void
sc_report_dialog_class_init (ScReportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_FIELD_HINT);

  object_class->dispose = sc_report_dialog_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/report-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ScReportDialog, send_button);
  gtk_widget_class_bind_template_child (widget_class, ScReportDialog, quote_label);
  gtk_widget_class_bind_template_child (widget_class, ScReportDialog, reasons_group);
  gtk_widget_class_bind_template_child (widget_class, ScReportDialog, words_row);
  gtk_widget_class_bind_template_child (widget_class, ScReportDialog, words_hint);
  gtk_widget_class_bind_template_child (widget_class, ScReportDialog, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, on_words_changed);
  gtk_widget_class_bind_template_callback (widget_class, send);
}

static void
sc_report_dialog_init (ScReportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_reasons (self);
  update (self);
}

static void
show_subject (ScReportDialog *self)
{
  if (!self->line) {
    /* Translators: %s is the name of a channel */
    g_autofree char *title = g_strdup_printf (_ ("Report the Channel of %s"), self->channel);
    adw_dialog_set_title (ADW_DIALOG (self), title);
    gtk_widget_set_visible (GTK_WIDGET (self->quote_label), FALSE);
    return;
  }
  const char *text = sc_chat_line_get_text (self->line);
  g_autofree char *who = sc_chat_name_words (sc_chat_line_get_name (self->line));
  /* Translators: a name, and what that person said in a chat */
  g_autofree char *words = g_strdup_printf (_ ("%s said “%s”"), who, text ? text : "");
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Report a Message"));
  gtk_label_set_label (self->quote_label, words);
}

/**
 * sc_report_dialog_present:
 * @parent: a widget below a toast overlay
 * @client: the client of whoever is signed in
 * @channel: the name of a channel
 * @line: (nullable): the message to report; %NULL to report the channel
 *
 * Asks what is wrong, and tells those who run the server.
 */
void
sc_report_dialog_present (GtkWidget *parent,
                          ScClient *client,
                          const char *channel,
                          ScChatLine *line)
{
  ScReportDialog *self = g_object_new (SC_TYPE_REPORT_DIALOG, NULL);
  g_set_weak_pointer (&self->parent, parent);
  self->client = g_object_ref (client);
  self->channel = g_strdup (channel);
  self->line = line ? g_object_ref (line) : NULL;
  show_subject (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
