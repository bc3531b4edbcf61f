/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-left-to-right.h"

/**
 * sc_left_to_right_set:
 * @widget: the controls of a video, or a part of them
 *
 * Lays it out from left to right, whatever the language: a tape runs that way for everybody, and so
 * do the signs for playing it. Menus in it stay as the language has them.
 */
void
sc_left_to_right_set (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget))
    return;
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at;
       at = gtk_widget_get_next_sibling (at))
    sc_left_to_right_set (at);
}
