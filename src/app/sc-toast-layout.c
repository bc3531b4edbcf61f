/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Lays out the words of a toast, which wrap. AdwToastOverlay (libadwaita 1.7) gives a toast the
 * height of all its words beside each other, even where the window has less room than that: here
 * they ask for the height that they need in the width they were given. Main thread only. */

#include "config.h"

#include "sc-toast-layout.h"

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
words_measure (GtkWidget *widget,
               GtkOrientation orientation,
               int for_size,
               int *ret_minimum,
               int *ret_natural,
               int *ret_minimum_baseline,
               int *ret_natural_baseline)
{
  GtkWidget *words = gtk_widget_get_first_child (widget);
  if (!words)
    return;
  int width = gtk_widget_get_width (words); /* by the last allocation, or 0 */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    for_size = -1; /* for a height of one line it would be all words beside each other */
  else if (width > 0)
    for_size = MIN (for_size, width);
  gtk_widget_measure (words,
                      orientation,
                      for_size,
                      ret_minimum,
                      ret_natural,
                      ret_minimum_baseline,
                      ret_natural_baseline);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  gtk_widget_queue_resize (widget);
  return G_SOURCE_REMOVE;
}

/* What is asked for while sizes are given is forgotten: the next frame asks. */
static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *words = gtk_widget_get_first_child (widget);
  if (!words)
    return;
  int width_before = gtk_widget_get_width (words);
  gtk_widget_allocate (words, width, height, baseline, NULL);
  if (gtk_widget_get_width (words) != width_before)
    gtk_widget_add_tick_callback (widget, on_tick, NULL, NULL);
}

/**
 * sc_toast_layout_new:
 *
 * Returns: (transfer full): a layout for a widget whose one child is a label that wraps
 */
GtkLayoutManager *
sc_toast_layout_new (void)
{
  return gtk_custom_layout_new (get_request_mode, words_measure, allocate);
}
