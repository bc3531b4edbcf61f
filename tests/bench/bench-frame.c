/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gtk/gtk.h>
#include <stdio.h>

/* Says when a program drew what it is there for. Preloaded into a GTK program that is otherwise as
 * it is, it prints "painted TIME" once: microseconds of the monotonic clock, after the first frame
 * of a window in which a widget of the type that BENCH_WIDGET names is there in full, with no page
 * of a stack still fading in; without that variable, after the first frame of all. */

static gboolean
is_fading (GtkWidget *widget)
{
  for (; widget; widget = gtk_widget_get_parent (widget))
    if (GTK_IS_STACK (widget) && gtk_stack_get_transition_running (GTK_STACK (widget)))
      return TRUE;
  return FALSE;
}

static gboolean
is_there (GtkWidget *widget, const char *type)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type))
    return !is_fading (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (is_there (child, type))
      return TRUE;
  return FALSE;
}

static void
on_painted (GdkFrameClock *clock, gpointer window)
{
  const char *type = g_getenv ("BENCH_WIDGET");
  if (type && !is_there (window, type))
    return;
  g_signal_handlers_disconnect_by_func (clock, on_painted, window);
  printf ("painted %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  fflush (stdout);
}

static void
on_realize (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window),
                    "after-paint",
                    G_CALLBACK (on_painted),
                    window);
}

static gboolean
on_window_added (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer unused)
{
  g_signal_connect_after (g_value_get_object (&values[1]),
                          "realize",
                          G_CALLBACK (on_realize),
                          NULL);
  return TRUE;
}

__attribute__ ((constructor)) static void
watch_windows (void)
{
  g_unsetenv ("LD_PRELOAD"); /* what the program starts is not asked */
  g_type_class_ref (GTK_TYPE_APPLICATION);
  g_signal_add_emission_hook (g_signal_lookup ("window-added", GTK_TYPE_APPLICATION),
                              0,
                              on_window_added,
                              NULL,
                              NULL);
}
