/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* GtkPopoverMenu keeps a reference to each section of its model for good (GTK 4.18). Whoever
 * watches one channel after the other would fill the memory with the menus of their pages: what is
 * in the sections is dropped when a menu goes. */

#include "config.h"

#include "sc-menu-sections.h"

/**
 * sc_menu_sections_empty:
 * @menu: the model of a menu that is not needed any more
 *
 * Empties it, and what it consists of.
 */
void
sc_menu_sections_empty (GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++) {
    g_autoptr (GMenuLinkIter) links = g_menu_model_iterate_item_links (menu, i);
    GMenuModel *part;
    while (g_menu_link_iter_get_next (links, NULL, &part)) {
      sc_menu_sections_empty (part);
      g_object_unref (part);
    }
  }
  if (G_IS_MENU (menu))
    g_menu_remove_all (G_MENU (menu));
}

static void
on_gone (gpointer user_data, GObject *button)
{
  g_autoptr (GMenuModel) menu = user_data;
  sc_menu_sections_empty (menu);
}

/**
 * sc_menu_sections_empty_with:
 * @button: a menu button, whose menu is nobody else's
 *
 * Empties the menu when the button goes.
 */
void
sc_menu_sections_empty_with (GtkMenuButton *button)
{
  GMenuModel *menu = gtk_menu_button_get_menu_model (button);
  g_object_weak_ref (G_OBJECT (button), on_gone, g_object_ref (menu));
}
