/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whom one has blocked, with a button each that ends it. Not there while nobody is. */

#include "config.h"

#include "sc-blocked-group.h"

#include "sc-chat-blocks.h"
#include "sc-chat-words.h"

#include <glib/gi18n.h>

struct _ScBlockedGroup {
  AdwPreferencesGroup parent_instance;

  GSettings *settings;
  GPtrArray *rows; /* of GtkWidget, which the group owns */
};

G_DEFINE_FINAL_TYPE (ScBlockedGroup, sc_blocked_group, ADW_TYPE_PREFERENCES_GROUP)

static void
unblock (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_chat_blocks_remove (SC_BLOCKED_GROUP (widget)->settings,
                         g_variant_get_string (parameter, NULL));
}

static GtkWidget *
make_row (const ScChatBlock *block)
{
  g_autofree char *name = sc_chat_name_words (block->name);
  /* Translators: %s is a name */
  g_autofree char *words = g_strdup_printf (_ ("Unblock %s"), name);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Unblock"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "blocked.unblock");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", block->user_id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words,
                                  -1);

  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_blocks (ScBlockedGroup *self)
{
  g_autoptr (GPtrArray) blocks = sc_chat_blocks_list (self->settings);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < blocks->len; i++) {
    GtkWidget *row = make_row (blocks->pdata[i]);
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    g_ptr_array_add (self->rows, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self), blocks->len > 0);
}

static void
sc_blocked_group_finalize (GObject *object)
{
  ScBlockedGroup *self = SC_BLOCKED_GROUP (object);

  g_ptr_array_unref (self->rows);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sc_blocked_group_parent_class)->finalize (object);
}

static void
sc_blocked_group_class_init (ScBlockedGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_blocked_group_finalize;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "blocked.unblock", "s", unblock);
}

static void
sc_blocked_group_init (ScBlockedGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Blocked People"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * sc_blocked_group_set_settings:
 * @self: a group
 * @settings: the settings of the application; once
 *
 * Shows who is blocked.
 */
void
sc_blocked_group_set_settings (ScBlockedGroup *self, GSettings *settings)
{
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings,
                           "changed::chat-blocks",
                           G_CALLBACK (show_blocks),
                           self,
                           G_CONNECT_SWAPPED);
  show_blocks (self);
}
