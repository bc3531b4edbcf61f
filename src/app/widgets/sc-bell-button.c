/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether one is told when a channel that one follows goes live. */

#include "config.h"

#include "sc-bell-button.h"

#include "sc-follow-words.h"

#include <glib/gi18n.h>

struct _ScBellButton {
  AdwBin parent_instance;

  GtkToggleButton *button;
  ScFollowing *following; /* (nullable): of the channel, while shown */
};

G_DEFINE_FINAL_TYPE (ScBellButton, sc_bell_button, ADW_TYPE_BIN)

static void
update (ScBellButton *self)
{
  gboolean is_on = gtk_toggle_button_get_active (self->button);
  const char *hint = sc_bell_hint (is_on);
  gtk_button_set_icon_name (GTK_BUTTON (self->button),
                            is_on ? "preferences-system-notifications-symbolic"
                                  : "notifications-disabled-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Tell When Live"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  hint,
                                  -1);
}

static void
on_toggled (ScBellButton *self)
{
  update (self);
  if (self->following)
    sc_following_set_notify (self->following, gtk_toggle_button_get_active (self->button));
}

static void
sc_bell_button_dispose (GObject *object)
{
  ScBellButton *self = SC_BELL_BUTTON (object);

  g_clear_object (&self->following);

  G_OBJECT_CLASS (sc_bell_button_parent_class)->dispose (object);
}

static void
sc_bell_button_class_init (ScBellButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_bell_button_dispose;
}

static void
sc_bell_button_init (ScBellButton *self)
{
  self->button = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->button,
                           "toggled",
                           G_CALLBACK (on_toggled),
                           self,
                           G_CONNECT_SWAPPED);
  update (self);
}

/**
 * sc_bell_button_show:
 * @self: a bell
 * @following: (nullable): whether somebody follows the channel
 *
 * Shows what is wanted, if they do; else it is not there.
 */
void
sc_bell_button_show (ScBellButton *self, ScFollowing *following)
{
  gboolean notify = FALSE;
  gboolean is_there = following && sc_following_get_bell (following, &notify);
  g_set_object (&self->following, (is_there ? following : NULL));
  gtk_widget_set_visible (GTK_WIDGET (self), is_there);
  if (is_there)
    gtk_toggle_button_set_active (self->button, notify);
}
