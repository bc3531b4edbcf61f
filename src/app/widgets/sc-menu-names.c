/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Names for the items of a menu. GTK 4.18 makes a private button for each item whose label is no
 * part of the accessibility tree, so that a screen reader meets items without a name. */

#include "config.h"

#include "sc-menu-names.h"

/* "Sign _Out" without the mark of its mnemonic. */
static char *
strip_mnemonic (const char *text)
{
  GString *stripped = g_string_new (NULL);
  for (const char *at = text; *at; at++) {
    if (*at == '_' && at[1])
      at++;
    g_string_append_c (stripped, *at);
  }
  return g_string_free_and_steal (stripped);
}

static void
name_items (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton")) {
    g_autofree char *text = NULL;
    g_object_get (widget, "text", &text, NULL);
    g_autofree char *name = strip_mnemonic (text ? text : "");
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    name,
                                    -1);
  }
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at;
       at = gtk_widget_get_next_sibling (at))
    name_items (at);
}

static void
on_button_active (GtkMenuButton *button)
{
  GtkPopover *popover = gtk_menu_button_get_popover (button);
  if (gtk_menu_button_get_active (button) && popover)
    name_items (GTK_WIDGET (popover));
}

/**
 * sc_menu_names_give:
 * @menu: a popover menu
 *
 * Names the menu's items.
 */
void
sc_menu_names_give (GtkWidget *menu)
{
  name_items (menu);
}

/**
 * sc_menu_names_keep:
 * @button: a menu button with a menu model
 *
 * Names the menu's items whenever the menu opens.
 */
void
sc_menu_names_keep (GtkMenuButton *button)
{
  g_signal_connect (button, "notify::active", G_CALLBACK (on_button_active), NULL);
}
