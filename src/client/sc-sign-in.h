/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScSignInFields:
 * @id: what it is ended by
 * @device: (nullable): what the machine is called
 * @created_at: since when, microseconds since the epoch
 * @used_at: when it was used last, to the hour
 * @is_current: whether it is this program's own
 *
 * All that is said of a place where somebody is signed in.
 */
typedef struct {
  const char *id;
  const char *device;
  gint64 created_at;
  gint64 used_at;
  gboolean is_current;
} ScSignInFields;

#define SC_TYPE_SIGN_IN (sc_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (ScSignIn, sc_sign_in, SC, SIGN_IN, GObject)

ScSignIn *sc_sign_in_from_json (JsonObject *object, GError **error);
const ScSignInFields *sc_sign_in_get_fields (ScSignIn *self);

G_END_DECLS
