/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What GTK 4.18 does not do for menus.
 *
 * It makes a private button for each item whose label is no part of the accessibility tree, so that
 * a screen reader meets items without a name.
 *
 * GtkPopoverMenu keeps a reference to each section of its model for good. Whoever watches one
 * channel after the other would fill the memory with the menus of their pages: what is in the
 * sections is dropped when a menu goes.
 *
 * A menu of choices opens with the focus on the first one, whichever is made.
 *
 * A menu button is a shell around the toggle that has the focus, and lets each be named by the
 * other, which doubles a name. */

#include "config.h"

#include "sc-menu.h"

/* GTK_BUTTON_ROLE_RADIO, which is private to GTK as the button is. */
#define ROLE_RADIO 2

static gboolean
is_item (GtkWidget *widget)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton");
}

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
give_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * sc_menu_name_items:
 * @menu: a popover menu, or a part of one
 *
 * Names its items for screen readers.
 */
void
sc_menu_name_items (GtkWidget *menu)
{
  if (is_item (menu)) {
    g_autofree char *text = NULL;
    g_object_get (menu, "text", &text, NULL);
    g_autofree char *name = strip_mnemonic (text ? text : "");
    give_name (menu, name);
  }
  for (GtkWidget *at = gtk_widget_get_first_child (menu); at; at = gtk_widget_get_next_sibling (at))
    sc_menu_name_items (at);
}

/**
 * sc_menu_empty:
 * @menu: the model of a menu that is not needed any more
 *
 * Empties it, and what it consists of.
 */
void
sc_menu_empty (GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++) {
    g_autoptr (GMenuLinkIter) links = g_menu_model_iterate_item_links (menu, i);
    GMenuModel *part;
    while (g_menu_link_iter_get_next (links, NULL, &part)) {
      sc_menu_empty (part);
      g_object_unref (part);
    }
  }
  if (G_IS_MENU (menu))
    g_menu_remove_all (G_MENU (menu));
}

static gboolean
is_choice (GtkWidget *widget)
{
  int role = 0;
  if (is_item (widget))
    g_object_get (widget, "role", &role, NULL);
  return role == ROLE_RADIO;
}

/* The one of the choices in @widget that is made. */
static GtkWidget *
find_chosen (GtkWidget *widget)
{
  gboolean active = FALSE;
  if (is_choice (widget))
    g_object_get (widget, "active", &active, NULL);
  GtkWidget *chosen = active ? widget : NULL;
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at && !chosen;
       at = gtk_widget_get_next_sibling (at))
    chosen = find_chosen (at);
  return chosen;
}

/* What begins with choices begins with the one of them that is made, not with the first one. */
static void
focus_chosen (GtkWidget *popover)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (popover));
  if (!focus || !gtk_widget_is_ancestor (focus, popover) || !is_choice (focus))
    return;
  GtkWidget *chosen = find_chosen (gtk_widget_get_parent (focus));
  if (chosen)
    gtk_widget_grab_focus (chosen);
}

static void
on_button_active (GtkMenuButton *button)
{
  GtkPopover *popover = gtk_menu_button_get_popover (button);
  if (!gtk_menu_button_get_active (button) || !popover)
    return;
  sc_menu_name_items (GTK_WIDGET (popover));
  focus_chosen (GTK_WIDGET (popover));
}

static void
on_gone (gpointer user_data, GObject *button)
{
  g_autoptr (GMenuModel) menu = user_data;
  sc_menu_empty (menu);
}

/**
 * sc_menu_mend:
 * @button: a menu button, whose menu is nobody else's
 *
 * Names the menu's items and has the focus on what is chosen of them whenever the menu opens, and
 * empties it when the button goes.
 */
void
sc_menu_mend (GtkMenuButton *button)
{
  GMenuModel *menu = gtk_menu_button_get_menu_model (button);
  g_signal_connect (button, "notify::active", G_CALLBACK (on_button_active), NULL);
  g_object_weak_ref (G_OBJECT (button), on_gone, g_object_ref (menu));
}

/**
 * sc_menu_name_button:
 * @button: a menu button
 * @name: what a screen reader calls it
 */
void
sc_menu_name_button (GtkMenuButton *button, const char *name)
{
  GtkWidget *shell = GTK_WIDGET (button);
  give_name (shell, name);
  give_name (gtk_widget_get_first_child (shell), name);
}
