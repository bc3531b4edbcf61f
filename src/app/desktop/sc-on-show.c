/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody has before their eyes. Main thread only. */

#include "config.h"

#include "sc-on-show.h"

#include "sc-channel-page.h"

/**
 * sc_on_show_get_navigation:
 * @window: a window of the application
 *
 * Returns: (transfer none) (nullable): its pages
 */
AdwNavigationView *
sc_on_show_get_navigation (GtkWindow *window)
{
  GtkWidget *toasts = ADW_IS_APPLICATION_WINDOW (window)
                        ? adw_application_window_get_content (ADW_APPLICATION_WINDOW (window))
                        : NULL;
  GtkWidget *pages =
    ADW_IS_TOAST_OVERLAY (toasts) ? adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (toasts)) : NULL;
  return ADW_IS_NAVIGATION_VIEW (pages) ? ADW_NAVIGATION_VIEW (pages) : NULL;
}

/* The mini player is a window as well, without pages. */
static GtkWindow *
find_window (GtkApplication *application)
{
  for (GList *at = gtk_application_get_windows (application); at; at = at->next)
    if (sc_on_show_get_navigation (at->data))
      return at->data;
  return NULL;
}

/**
 * sc_on_show_dup_channel:
 * @application: the application
 *
 * A window that the desktop says is out of sight, minimized or on another workspace, shows nothing.
 *
 * Returns: (transfer full) (nullable): the name of the channel whose page is in sight
 */
char *
sc_on_show_dup_channel (GtkApplication *application)
{
  GtkWindow *window = find_window (application);
  if (!window || !gtk_widget_get_mapped (GTK_WIDGET (window)) || gtk_window_is_suspended (window))
    return NULL;
  AdwNavigationPage *page =
    adw_navigation_view_get_visible_page (sc_on_show_get_navigation (window));
  char *name = NULL;
  if (SC_IS_CHANNEL_PAGE (page))
    g_object_get (page, "name", &name, NULL);
  return name;
}
