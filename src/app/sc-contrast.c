/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What high contrast changes of the application's style. libadwaita 1.10 warns of a style-hc.css
 * that it would load by itself, for media queries have come since, which GTK 4.18 does not know. */

#include "config.h"

#include "sc-contrast.h"

#include <adwaita.h>

#define STYLE "/io/github/streamcat/StreamCat/high-contrast.css"

static void
on_high_contrast (AdwStyleManager *manager, GParamSpec *pspec, gpointer style)
{
  GdkDisplay *display = gdk_display_get_default ();
  gtk_style_context_remove_provider_for_display (display, style);
  if (!adw_style_manager_get_high_contrast (manager))
    return;
  gtk_css_provider_load_from_resource (style, STYLE);
  gtk_style_context_add_provider_for_display (display,
                                              style,
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
free_style (gpointer style, GClosure *closure)
{
  g_object_unref (style);
}

/**
 * sc_contrast_follow:
 *
 * Has the application's style follow whether a person wants high contrast, from now on. Once, after
 * the rest of the style was loaded. Main thread only.
 */
void
sc_contrast_follow (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkCssProvider *style = gtk_css_provider_new ();
  g_signal_connect_data (manager,
                         "notify::high-contrast",
                         G_CALLBACK (on_high_contrast),
                         style,
                         free_style,
                         G_CONNECT_DEFAULT);
  on_high_contrast (manager, NULL, style);
}
