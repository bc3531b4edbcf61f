/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where a page begins for the keyboard. */

#include "config.h"

#include "sc-page-focus.h"

/**
 * sc_page_focus_begin:
 * @page: a page that stands still now
 * @field: where one begins to write on it
 *
 * Has the focus there. A quick hand writes while the page still slides in: it is left where it is.
 */
void
sc_page_focus_begin (AdwNavigationPage *page, GtkWidget *field)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  if (!GTK_IS_TEXT (focus) || !gtk_widget_is_ancestor (focus, GTK_WIDGET (page)))
    gtk_widget_grab_focus (field);
}
