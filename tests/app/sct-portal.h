/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SctPortal:
 *
 * What a window asks a person by the desktop's portal: for files
 * (org.freedesktop.portal.FileChooser) and to open links (org.freedesktop.portal.OpenURI). GTK asks
 * it so in a sandbox, and where sct_portal_prefer() said so. Its process serves all of a test
 * program, one at a time.
 */
typedef struct {
  /*< private >*/
  GDBusConnection *bus;
  GDBusProxy *calls;
  char *question; /* (nullable) */
} SctPortal;

void sct_portal_prefer (void);
void sct_portal_init (SctPortal *self);
void sct_portal_clear (SctPortal *self);
void sct_portal_assert_asked (SctPortal *self, const char *wanted);
void sct_portal_choose (SctPortal *self, GFile *file);
void sct_portal_cancel (SctPortal *self);

G_END_DECLS
