/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether one is told when a channel that one follows goes live. It shows what is wanted at once,
 * and takes it back where the server does not take it; it waits for the server before it can be
 * changed again. */

#include "config.h"

#include "sc-bell-button.h"

#include "sc-error-dialog.h"
#include "sc-follow-words.h"

#include <glib/gi18n.h>

struct _ScBellButton {
  AdwBin parent_instance;

  GtkToggleButton *button;
  ScFollowing *following; /* (nullable): of the channel, while shown */
  DexFuture *setting;
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

/* Returns whether it is as the server has it. */
static gboolean
is_settled (ScBellButton *self, gboolean *ret_notify)
{
  return sc_following_get_bell (self->following, ret_notify) &&
         *ret_notify == gtk_toggle_button_get_active (self->button);
}

static DexFuture *
on_set (DexFuture *future, gpointer user_data)
{
  g_autoptr (ScBellButton) self = g_object_ref (user_data);
  g_autoptr (GError) error = NULL;
  gboolean notify = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), TRUE);
  if (dex_future_get_value (future, &error) || !self->following)
    return dex_future_new_true ();
  if (!is_settled (self, &notify))
    gtk_toggle_button_set_active (self->button, notify);
  sc_toast_error (GTK_WIDGET (self),
                  notify ? _ ("You are still told when this channel goes live.")
                         : _ ("You are not told yet when this channel goes live."),
                  error);
  return dex_future_new_true ();
}

static void
on_toggled (ScBellButton *self)
{
  gboolean notify = FALSE;
  update (self);
  if (!self->following || is_settled (self, &notify))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), FALSE);
  dex_clear (&self->setting);
  self->setting =
    dex_future_finally (sc_following_set_notify (self->following, !notify), on_set, self, NULL);
}

static void
sc_bell_button_dispose (GObject *object)
{
  ScBellButton *self = SC_BELL_BUTTON (object);

  dex_clear (&self->setting);
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
