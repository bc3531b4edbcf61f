/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GHashTable *sc_query_parse (const char *query, const char *const *allowed);
const char *sc_query_get (GHashTable *query, const char *name);
gboolean
sc_query_get_int (GHashTable *query, const char *name, gint64 min, gint64 max, gint64 *ret_value);

G_END_DECLS
