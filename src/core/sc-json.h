/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A 10 MB document of "[1,1,...]" costs json-glib 42 times its size: the bound is the defence. */
#define SC_JSON_MAX_BYTES (64 * 1024)

JsonObject *
sc_json_parse (GBytes *bytes, gsize max_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const char *
sc_json_get_string (JsonObject *object, const char *member, gsize max_characters, GError **error);
const char *sc_json_get_string_or (JsonObject *object, const char *member, const char *fallback);
gboolean sc_json_get_int (JsonObject *object,
                          const char *member,
                          gint64 min,
                          gint64 max,
                          gint64 *ret_value,
                          GError **error);
gboolean sc_json_get_bool_or (JsonObject *object, const char *member, gboolean fallback);
JsonObject *sc_json_get_object (JsonObject *object, const char *member, GError **error);
JsonObject *sc_json_get_object_or_null (JsonObject *object, const char *member);
JsonArray *sc_json_get_array (JsonObject *object, const char *member, GError **error);

void sc_json_set_string (JsonObject *object, const char *member, const char *value);
GBytes *sc_json_to_bytes (JsonObject *object);
char *sc_json_to_string (JsonObject *object);

G_END_DECLS
