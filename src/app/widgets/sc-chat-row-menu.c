/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The menu of a row of a chat, and the button to it in the row's corner. Both are made when they
 * are wanted, and go again: a list has hundreds of rows. Main thread only; the row owns it. */

#include "config.h"

#include "sc-chat-row-menu.h"

#include "sc-chat-line-actions.h"
#include "sc-chat-words.h"
#include "sc-menu.h"

#include <glib/gi18n.h>

struct _ScChatRowMenu {
  GtkWidget *row;    /* owns this */
  GtkWidget *button; /* (nullable) */
  GtkWidget *menu;   /* (nullable) */
  guint drop_source;
};

/**
 * sc_chat_row_menu_new:
 * @row: a row, which lives longer and has the action "row.menu"
 *
 * Returns: (transfer full): the menu of its line, not on show
 */
ScChatRowMenu *
sc_chat_row_menu_new (GtkWidget *row)
{
  ScChatRowMenu *self = g_new0 (ScChatRowMenu, 1);
  self->row = row;
  return self;
}

static void
drop_menu (ScChatRowMenu *self)
{
  if (!self->menu)
    return;
  GtkPopoverMenu *menu = GTK_POPOVER_MENU (self->menu);
  g_autoptr (GMenuModel) model = g_object_ref (gtk_popover_menu_get_menu_model (menu));
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  sc_menu_empty (model);
}

/**
 * sc_chat_row_menu_free:
 * @self: (nullable) (transfer full): a menu
 */
void
sc_chat_row_menu_free (ScChatRowMenu *self)
{
  if (!self)
    return;
  g_clear_handle_id (&self->drop_source, g_source_remove);
  drop_menu (self);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_free (self);
}

static void
place (GtkPopover *menu, double x, double y)
{
  const GdkRectangle point = { (int) x, (int) y, 1, 1 };
  gtk_popover_set_pointing_to (menu, x < 0 ? NULL : &point);
  gtk_popover_set_has_arrow (menu, FALSE);
  gtk_popover_set_position (menu, GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (menu), x < 0 ? GTK_ALIGN_END : GTK_ALIGN_START);
}

static void
drop (gpointer user_data)
{
  ScChatRowMenu *self = user_data;
  self->drop_source = 0;
  drop_menu (self);
}

/* Its item is activated after it is closed, and would find no action any more. */
static void
on_closed (GtkPopover *menu, gpointer user_data)
{
  ScChatRowMenu *self = user_data;
  if (self->drop_source == 0)
    self->drop_source = g_idle_add_once (drop, self);
}

/**
 * sc_chat_row_menu_open:
 * @self: a menu
 * @line: the line of the row
 * @x: where in the row, pixels; below 0 for its end
 * @y: where in the row, pixels
 *
 * Shows what can be done with the line, if anything can.
 */
void
sc_chat_row_menu_open (ScChatRowMenu *self, ScChatLine *line, double x, double y)
{
  if (self->menu)
    return;
  g_autoptr (GMenuModel) model = sc_chat_line_actions_make_menu (self->row, line);
  if (!model)
    return;
  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_widget_set_parent (self->menu, self->row);
  sc_menu_name_items (self->menu);
  place (GTK_POPOVER (self->menu), x, y);
  g_signal_connect (self->menu, "closed", G_CALLBACK (on_closed), self);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static GtkWidget *
make_button (ScChatLine *line)
{
  g_autofree char *name = sc_chat_name_words (sc_chat_line_get_name (line));
  /* Translators: a menu of a chat message; %s is the name of who said it */
  g_autofree char *words = g_strdup_printf (_ ("Menu of the Message of %s"), name);
  GtkWidget *button = gtk_button_new_from_icon_name ("view-more-symbolic");
  gtk_widget_add_css_class (button, "chat-menu");
  gtk_widget_set_tooltip_text (button, words);
  gtk_widget_set_focusable (button, FALSE); /* the row's key opens the menu */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "row.menu");
  return button;
}

/**
 * sc_chat_row_menu_show_button:
 * @self: a menu
 * @line: (nullable): the line of the row, while the pointer or the focus is there
 *
 * Shows the button, or hides it; not while the menu is open.
 */
void
sc_chat_row_menu_show_button (ScChatRowMenu *self, ScChatLine *line)
{
  if (line && !self->button) {
    self->button = make_button (line);
    gtk_widget_insert_before (self->button, self->row, NULL);
  } else if (!line && !self->menu) {
    g_clear_pointer (&self->button, gtk_widget_unparent);
  }
}

/**
 * sc_chat_row_menu_allocate:
 * @self: a menu
 * @width: how wide the row is, pixels
 *
 * To be called when the row is laid out.
 */
void
sc_chat_row_menu_allocate (ScChatRowMenu *self, int width)
{
  GtkRequisition size;
  if (self->button) {
    gtk_widget_get_preferred_size (self->button, NULL, &size);
    gtk_widget_size_allocate (self->button,
                              &(GtkAllocation) { width - size.width, 0, size.width, size.height },
                              -1);
  }
  if (self->menu)
    gtk_popover_present (GTK_POPOVER (self->menu));
}
