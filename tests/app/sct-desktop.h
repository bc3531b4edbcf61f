/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SctDesktopKind:
 * @SCT_DESKTOP_GNOME: shows notifications by org.gtk.Notifications, under the application's ids
 * @SCT_DESKTOP_OTHER: shows them by org.freedesktop.Notifications, and counts them from 1
 * @SCT_DESKTOP_SANDBOX: has applications in sandboxes, whose notifications go to
 *   org.freedesktop.portal.Notification, under the application's ids
 */
typedef enum {
  SCT_DESKTOP_GNOME,
  SCT_DESKTOP_OTHER,
  SCT_DESKTOP_SANDBOX,
} SctDesktopKind;

/**
 * SctDesktop:
 * @shown: what was shown, "[ID: TITLE, BODY]" each
 * @withdrawn: what was taken back, "[ID]" each
 *
 * A desktop that shows notifications and is asked whether an application may stay in the background
 * (org.freedesktop.portal.Background), on the session bus. python-dbusmock plays it; its processes
 * serve all desktops of a test program, one at a time.
 */
typedef struct {
  GString *shown;
  GString *withdrawn;

  /*< private >*/
  GDBusConnection *bus;
  SctDesktopKind kind;
  GDBusProxy *calls;
  guint n_shown;
} SctDesktop;

void sct_desktop_init (SctDesktop *self, SctDesktopKind kind);
void sct_desktop_clear (SctDesktop *self);
void sct_desktop_click (SctDesktop *self, guint id);
void sct_desktop_click_named (SctDesktop *self, const char *application, const char *id);
void sct_desktop_answer (SctDesktop *self, guint response, gboolean early);
char *sct_desktop_dup_asked (SctDesktop *self);
void sct_desktop_forget_background (SctDesktop *self);

G_END_DECLS
