/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where the control that had the focus goes, as the button of the last row of a list, the window
 * has none, and a dialog hears no key any more: neither Escape nor its own. The dialog is given it
 * back. */

#include "config.h"

#include "sc-dialog-focus.h"

static gboolean
give_back (gpointer user_data)
{
  AdwApplicationWindow *window = user_data;
  AdwDialog *dialog = adw_application_window_get_visible_dialog (window);
  if (dialog && !gtk_window_get_focus (GTK_WINDOW (window)))
    gtk_widget_child_focus (GTK_WIDGET (dialog), GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

/* Who takes the focus away may be about to give it to somebody. */
static void
on_focus (AdwApplicationWindow *window)
{
  if (!gtk_window_get_focus (GTK_WINDOW (window)))
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, give_back, g_object_ref (window), g_object_unref);
}

/**
 * sc_dialog_focus_keep:
 * @window: a window
 *
 * Has the dialog that @window shows keep the keyboard's focus, whatever goes.
 */
void
sc_dialog_focus_keep (AdwApplicationWindow *window)
{
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus), NULL);
}
