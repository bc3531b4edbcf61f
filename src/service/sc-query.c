/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What follows the "?" of a request. Plain functions, any thread. */

#include "config.h"

#include "sc-query.h"

#include <gio/gio.h>

/**
 * sc_query_parse:
 * @query: (nullable): a query, not decoded
 * @allowed: (array zero-terminated=1): the parameters of the route
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the parameters, decoded; %NULL if
 * it is no query, names one that the route does not have, or one twice
 */
GHashTable *
sc_query_parse (const char *query, const char *const *allowed)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GUriParamsIter iter;
  g_autoptr (GError) error = NULL;
  char *name = NULL, *value = NULL;
  g_uri_params_iter_init (&iter, query ?: "", -1, "&", G_URI_PARAMS_NONE);
  while (g_uri_params_iter_next (&iter, &name, &value, &error)) {
    gboolean is_known = g_strv_contains (allowed, name);
    if (!g_hash_table_insert (table, name, value) || !is_known)
      return NULL;
  }
  return error ? NULL : g_steal_pointer (&table);
}

/**
 * sc_query_get:
 * @query: the parameters
 * @name: the name of one
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
sc_query_get (GHashTable *query, const char *name)
{
  return g_hash_table_lookup (query, name);
}

/**
 * sc_query_get_int:
 * @query: the parameters
 * @name: the name of one
 * @min: the least value allowed
 * @max: the greatest value allowed
 * @ret_value: (inout): its value; untouched if it is not there, and on failure
 *
 * Returns: %FALSE if it is there and no whole number within the bounds
 */
gboolean
sc_query_get_int (GHashTable *query, const char *name, gint64 min, gint64 max, gint64 *ret_value)
{
  const char *text = sc_query_get (query, name);
  return !text || g_ascii_string_to_signed (text, 10, min, max, ret_value, NULL);
}
