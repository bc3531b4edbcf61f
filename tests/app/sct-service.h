/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-fake-api.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SctService:
 * @api: the server of the program
 * @bus: the session bus
 *
 * The real program without a window, over a server in this process, started by the bus with the
 * file that is installed for that.
 */
typedef struct {
  ScFakeApi *api;
  GDBusConnection *bus;

  /*< private >*/
  guint watch;
  gboolean owned;
} SctService;

void sct_service_init (SctService *self, const char *program, const char *file);
void sct_service_set_environment (SctService *self, const char *name, const char *value);
void sct_service_sign_in (SctService *self);
void sct_service_start (SctService *self);
void sct_service_quit (SctService *self);
void sct_service_clear (SctService *self);

G_END_DECLS
