/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SC_TYPE_STATE_DIR (sc_state_dir_get_type ())
G_DECLARE_FINAL_TYPE (ScStateDir, sc_state_dir, SC, STATE_DIR, GObject)

ScStateDir *sc_state_dir_open (const char *path, gboolean fresh, GError **error);
const char *sc_state_dir_get_run (ScStateDir *self);
const char *sc_state_dir_get_log (ScStateDir *self);
char *sc_state_dir_build (ScStateDir *self, const char *name);

gboolean sc_private_file_write (const char *path, const char *contents, GError **error);
gboolean sc_private_json_write (const char *path, JsonObject *object, GError **error);
JsonObject *sc_private_json_read (const char *path, gsize max_bytes, GError **error);

G_END_DECLS
