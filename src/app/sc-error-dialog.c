/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The dialog behind "Details": what happened, and what a report needs. Main thread only. */

#include "config.h"

#include "sc-error-dialog.h"

#include "sc-error-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static void
on_dialog_response (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  if (g_strcmp0 (response, "copy") != 0)
    return;
  GtkLabel *details = GTK_LABEL (adw_alert_dialog_get_extra_child (dialog));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (dialog)),
                          gtk_label_get_label (details));
}

static GtkWidget *
make_details_label (const GError *error)
{
  g_autofree char *details = sc_error_details (error);
  GtkWidget *label = gtk_label_new (details);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "caption");
  return label;
}

/**
 * sc_error_dialog_present:
 * @parent: a widget of the window
 * @error: what happened
 *
 * Shows an error in words, and below them what a report needs.
 */
void
sc_error_dialog_present (GtkWidget *parent, const GError *error)
{
  const ScErrorWords words = sc_error_words (error);
  AdwDialog *dialog = adw_alert_dialog_new (words.title, words.body);

  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), make_details_label (error));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "copy",
                                  _ ("_Copy Details"),
                                  "close",
                                  _ ("_Close"),
                                  NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "close");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "close");
  g_signal_connect (dialog, "response", G_CALLBACK (on_dialog_response), NULL);
  adw_dialog_present (dialog, parent);
}
