/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean sc_json_has (JsonObject *object, const char *member);
JsonObject *sc_json_get_element (JsonArray *array, guint index, GError **error);

gboolean sc_json_read_text (JsonObject *object,
                            const char *member,
                            gsize max_characters,
                            char **ret_value,
                            GError **error);
gboolean sc_json_read_id (JsonObject *object,
                          const char *member,
                          gsize max_characters,
                          char **ret_value,
                          GError **error);
gboolean
sc_json_read_web_url (JsonObject *object, const char *member, char **ret_url, GError **error);
gboolean sc_json_read_choice (JsonObject *object,
                              const char *member,
                              const char *const *choices,
                              guint *ret_choice,
                              GError **error);
gboolean
sc_json_read_moment (JsonObject *object, const char *member, gint64 *ret_time_us, GError **error);
gboolean
sc_json_read_time (JsonObject *object, const char *member, gint64 *ret_time_us, GError **error);
gboolean
sc_json_read_bool (JsonObject *object, const char *member, gboolean *ret_value, GError **error);
gboolean sc_json_read_texts (JsonObject *object,
                             const char *member,
                             guint max_texts,
                             gsize max_characters,
                             char ***ret_texts,
                             GError **error);

void sc_json_add_string (JsonObject *object, const char *member, const char *value);
void sc_json_set_texts (JsonObject *object, const char *member, const char *const *texts);
void sc_json_set_time (JsonObject *object, const char *member, gint64 time_us);

G_END_DECLS
