/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-recordings-dialog.h"

#include "sc-recordings-section.h"

#include <glib/gi18n.h>

/* Three cards beside each other. */
#define CONTENT_WIDTH 780
#define CONTENT_HEIGHT 560

static GtkWidget *
make_content (GtkWidget *section)
{
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (viewport), GTK_SCROLL_NATURAL);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), section);
  GtkWidget *window = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), viewport);
  GtkWidget *view = adw_toolbar_view_new ();
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), window);
  return view;
}

/**
 * sc_recordings_dialog_present:
 * @parent: a widget of the window
 * @client: whom to ask
 * @channel: the name of a channel
 *
 * Shows what can be watched of a channel, without leaving the page.
 */
void
sc_recordings_dialog_present (GtkWidget *parent, ScClient *client, const char *channel)
{
  /* Translators: %s is the name of a channel */
  g_autofree char *title = g_strdup_printf (_ ("Recordings of %s"), channel);
  GtkWidget *section =
    g_object_new (SC_TYPE_RECORDINGS_SECTION,
                  "empty-words",
                  _ ("There are none yet. What is streamed here can be watched when it is over."),
                  "has-heading",
                  FALSE,
                  NULL);
  sc_recordings_section_watch (SC_RECORDINGS_SECTION (section), client, channel);

  AdwDialog *dialog = adw_dialog_new ();
  adw_dialog_set_title (dialog, title);
  adw_dialog_set_content_width (dialog, CONTENT_WIDTH);
  adw_dialog_set_content_height (dialog, CONTENT_HEIGHT);
  adw_dialog_set_child (dialog, make_content (section));
  adw_dialog_present (dialog, parent);
}
