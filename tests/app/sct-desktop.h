/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SctDesktop:
 * @shown: what was shown, "[ID: TITLE, BODY]" each
 * @withdrawn: what was taken back, "[ID]" each
 * @asked: whether each that asked to stay wants to be started with the desktop, "on " or "off "
 * @answer: what the next is answered; 0 for yes
 * @early: whether the answer comes before the call's
 *
 * A desktop that shows notifications (org.gtk.Notifications) and is asked whether an application
 * may stay in the background (org.freedesktop.portal.Background), on the session bus.
 */
typedef struct {
  GString *shown;
  GString *withdrawn;
  GString *asked;
  guint answer;
  gboolean early;

  /*< private >*/
  GDBusConnection *bus;
  GDBusInterfaceSkeleton *notifications;
  GDBusInterfaceSkeleton *background;
  guint names[2];
  guint n_owned;
} SctDesktop;

void sct_desktop_init (SctDesktop *self);
void sct_desktop_clear (SctDesktop *self);
void sct_desktop_forget_background (SctDesktop *self);

G_END_DECLS
