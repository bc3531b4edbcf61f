/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* /v1/search, /v1/categories, and what is live of one of these. */

#include "config.h"

#include "sc-category.h"
#include "sc-channel.h"
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

static gpointer
read_channel (JsonObject *object, GError **error)
{
  return sc_channel_from_json (object, error);
}

static gboolean
read_channels (JsonObject *answer, GValue *ret_value, GError **error)
{
  return sc_client_take_page (
    sc_list_page_from_json (answer, "channels", SC_TYPE_CHANNEL, read_channel, error),
    ret_value);
}

/**
 * sc_client_list_live_in:
 * @self: the client
 * @category: a category
 * @before: (nullable): the end of a page, for those after it
 *
 * GET /v1/channels?live=1&category=.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_LIST_PAGE of the #ScChannel that
 *   stream it now, the newest stream first
 */
DexFuture *
sc_client_list_live_in (ScClient *self, const char *category, const char *before)
{
  g_autofree char *path = sc_client_path_with_query ("/v1/channels",
                                                     "live",
                                                     "1",
                                                     "category",
                                                     category,
                                                     "before",
                                                     before ?: "",
                                                     NULL);
  return sc_client_call (self, "GET", path, NULL, read_channels);
}
