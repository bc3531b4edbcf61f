/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SC_TYPE_CATEGORY (sc_category_get_type ())
G_DECLARE_FINAL_TYPE (ScCategory, sc_category, SC, CATEGORY, GObject)

ScCategory *sc_category_new (const char *name, gint64 n_live, gint64 viewers);
ScCategory *sc_category_from_json (JsonObject *object, GError **error);
JsonObject *sc_category_to_json (ScCategory *self);

const char *sc_category_get_name (ScCategory *self);
gint64 sc_category_get_n_live (ScCategory *self);
gint64 sc_category_get_viewers (ScCategory *self);

G_END_DECLS
