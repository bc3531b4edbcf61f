/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* /v1/search and /v1/categories. */

#include "config.h"

#include "sc-category.h"
#include "sc-client-call.h"
#include "sc-client-path.h"
#include "sc-list-page.h"
#include "sc-search-results.h"

static gboolean
read_results (JsonObject *answer, GValue *ret_value, GError **error)
{
  ScSearchResults *results = sc_search_results_from_json (answer, error);
  if (!results)
    return FALSE;
  g_value_init (ret_value, SC_TYPE_SEARCH_RESULTS);
  g_value_take_boxed (ret_value, results);
  return TRUE;
}

/**
 * sc_client_search:
 * @self: the client
 * @words: what to look for, at most %SC_SEARCH_MAX characters
 *
 * GET /v1/search.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_SEARCH_RESULTS
 */
DexFuture *
sc_client_search (ScClient *self, const char *words)
{
  g_autofree char *path = sc_client_path_with_query ("/v1/search", "q", words, NULL);
  return sc_client_call (self, "GET", path, NULL, read_results);
}

static gpointer
read_category (JsonObject *object, GError **error)
{
  return sc_category_from_json (object, error);
}

static gboolean
read_categories (JsonObject *answer, GValue *ret_value, GError **error)
{
  return sc_client_take_page (
    sc_list_page_from_json (answer, "categories", SC_TYPE_CATEGORY, read_category, error),
    ret_value);
}

/**
 * sc_client_list_categories:
 * @self: the client
 * @before: (nullable): the end of a page, for those after it
 *
 * GET /v1/categories.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_LIST_PAGE of #ScCategory that are
 *   streamed, the most watched first
 */
DexFuture *
sc_client_list_categories (ScClient *self, const char *before)
{
  g_autofree char *path =
    sc_client_path_with_query ("/v1/categories", "before", before ?: "", NULL);
  return sc_client_call (self, "GET", path, NULL, read_categories);
}
