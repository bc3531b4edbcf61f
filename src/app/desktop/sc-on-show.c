/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody has before their eyes. Main thread only. */

#include "config.h"

#include "sc-on-show.h"

#include "sc-channel-page.h"
#include "sc-mini.h"
#include "sc-window.h"

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

/* A window that the desktop says is out of sight, minimized or on another workspace, shows nothing.
 */
static gboolean
is_in_sight (gpointer window)
{
  return window && gtk_widget_get_mapped (GTK_WIDGET (window)) &&
         !gtk_window_is_suspended (GTK_WINDOW (window));
}

static void
add_name (GStrvBuilder *names, gpointer page)
{
  g_autofree char *name = NULL;
  if (!SC_IS_CHANNEL_PAGE (page))
    return;
  g_object_get (page, "name", &name, NULL);
  g_strv_builder_add (names, name);
}

/**
 * sc_on_show_dup_channels:
 *
 * Returns: (transfer full): the names of the channels that are in sight: the one whose page a
 * window shows, and the one that the mini player does
 */
GStrv
sc_on_show_dup_channels (void)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  ScWindow *window = sc_window_find ();
  ScMiniPlayer *mini = sc_mini_find ();
  if (is_in_sight (window))
    add_name (names,
              adw_navigation_view_get_visible_page (
                sc_on_show_get_navigation (GTK_WINDOW (window))));
  if (is_in_sight (mini))
    add_name (names, sc_mini_player_get_page (mini));
  return g_strv_builder_end (names);
}
