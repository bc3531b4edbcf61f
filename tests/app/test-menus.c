/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Menus of pages that come and go. */

#include "config.h"

#include "sc-chat-tools.h"
#include "sc-fake-api.h"
#include "sc-menu.h"
#include "sc-player-view.h"
#include "sc-quality-button.h"
#include "sc-speed-button.h"
#include "sct-window.h"

static GMenuModel *
dup_first_section (GtkMenuButton *button)
{
  GMenuModel *menu = gtk_menu_button_get_menu_model (button);
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++) {
    GMenuModel *section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
    if (section && g_menu_model_get_n_items (section) > 0)
      return section;
    g_clear_object (&section);
  }
  g_assert_not_reached ();
}

/* The first button of a widget that has a menu. */
static GtkMenuButton *
find_button (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)))
    return GTK_MENU_BUTTON (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkMenuButton *button = find_button (child);
    if (button)
      return button;
  }
  return NULL;
}

static gboolean
is_empty (gpointer section)
{
  return g_menu_model_get_n_items (section) == 0;
}

/* GTK keeps the sections; what was in them is gone with the widget. */
static void
test_menu_goes (gconstpointer data)
{
  GType (*get_type) (void) = (GType (*) (void)) data;
  GtkWidget *window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), g_object_new (get_type (), NULL));
  gtk_window_present (GTK_WINDOW (window));
  g_autoptr (GMenuModel) section =
    dup_first_section (find_button (gtk_window_get_child (GTK_WINDOW (window))));
  gtk_window_destroy (GTK_WINDOW (window));
  sc_test_wait_until (is_empty, section);
}

static void
test_items_have_names (gconstpointer data)
{
  GType (*get_type) (void) = (GType (*) (void)) data;
  GtkWidget *window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), g_object_new (get_type (), NULL));
  gtk_window_present (GTK_WINDOW (window));
  g_assert_cmpuint (sct_open_menus (window), >, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
assert_focus (GtkWidget *window, const char *expected)
{
  g_autofree char *text = NULL;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_nonnull (focus);
  g_object_get (focus, "text", &text, NULL);
  g_assert_cmpstr (text, ==, expected);
}

/* A menu of choices opens at the one that is made. */
static void
test_begins_with_the_chosen (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) choose =
    g_simple_action_new_stateful ("choose", G_VARIANT_TYPE_STRING, g_variant_new_string ("two"));
  GtkWidget *window = gtk_window_new ();
  GtkWidget *button = gtk_menu_button_new ();
  g_menu_append (menu, "One", "menus.choose::one");
  g_menu_append (menu, "Two", "menus.choose::two");
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (choose));
  gtk_widget_insert_action_group (button, "menus", G_ACTION_GROUP (group));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  sc_menu_mend (GTK_MENU_BUTTON (button));
  gtk_window_set_child (GTK_WINDOW (window), button);
  gtk_window_present (GTK_WINDOW (window));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  sct_wait_frames (window, 2);
  assert_focus (window, "Two");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  g_action_change_state (G_ACTION (choose), g_variant_new_string ("one"));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  sct_wait_frames (window, 2);
  assert_focus (window, "One");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_submenus (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) submenu = g_menu_new ();
  g_menu_append (submenu, "One", "app.quit");
  g_menu_append_submenu (section, "More", G_MENU_MODEL (submenu));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  sc_menu_empty (G_MENU_MODEL (menu));
  g_assert_cmpint (g_menu_model_get_n_items (G_MENU_MODEL (menu)), ==, 0);
  g_assert_cmpint (g_menu_model_get_n_items (G_MENU_MODEL (section)), ==, 0);
  g_assert_cmpint (g_menu_model_get_n_items (G_MENU_MODEL (submenu)), ==, 0);
}

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  g_test_add_func ("/menus/submenus", test_submenus);
  g_test_add_func ("/menus/begins-with-the-chosen", test_begins_with_the_chosen);
#define ADD(name, get_type)                                                                        \
  g_test_add_data_func ("/menus/" name "/goes", (gconstpointer) get_type, test_menu_goes);         \
  g_test_add_data_func ("/menus/" name "/names", (gconstpointer) get_type, test_items_have_names)
  ADD ("speed", sc_speed_button_get_type);
  ADD ("quality", sc_quality_button_get_type);
  ADD ("chat", sc_chat_tools_get_type);
  ADD ("player", sc_player_view_get_type);
  return g_test_run ();
}
