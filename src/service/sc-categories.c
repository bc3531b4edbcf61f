/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is being streamed, of which a cursor is the place of the last one: how many watch it, how
 * many stream it, and what it is called. */

#include "config.h"

#include "sc-cursor.h"
#include "sc-handlers.h"
#include "sc-json.h"
#include "sc-list-page.h"
#include "sc-query.h"
#include "sc-search-store.h"

#define LIMIT_DEFAULT 50

static gboolean
read_place (const char *cursor, ScCategoryPlace *place, char ***ret_items)
{
  g_auto (GStrv) items = sc_cursor_to_texts (cursor, 3);
  if (!items || !g_ascii_string_to_signed (items[0], 10, 0, G_MAXINT64, &place->viewers, NULL) ||
      !g_ascii_string_to_signed (items[1], 10, 0, G_MAXINT64, &place->n_live, NULL))
    return FALSE;
  place->key = items[2];
  *ret_items = g_steal_pointer (&items);
  return TRUE;
}

static char *
write_place (ScCategoryRow *row)
{
  g_autofree char *viewers =
    g_strdup_printf ("%" G_GINT64_FORMAT, sc_category_get_viewers (row->category));
  g_autofree char *n_live =
    g_strdup_printf ("%" G_GINT64_FORMAT, sc_category_get_n_live (row->category));
  return sc_cursor_from_texts ((const char *const[]) { viewers, n_live, row->key, NULL });
}

/**
 * sc_view_categories:
 * @rows: (element-type ScCategoryRow): categories
 *
 * Returns: (transfer full): the categories as anyone may see them
 */
JsonArray *
sc_view_categories (GPtrArray *rows)
{
  JsonArray *categories = json_array_sized_new (rows->len);
  for (guint i = 0; i < rows->len; i++) {
    ScCategoryRow *row = g_ptr_array_index (rows, i);
    json_array_add_object_element (categories, sc_category_to_json (row->category));
  }
  return categories;
}

static ScResponse *
answer_with (GPtrArray *rows, guint limit)
{
  JsonObject *body = json_object_new ();
  g_autofree char *older = rows->len > limit ? write_place (rows->pdata[limit - 1]) : NULL;
  g_ptr_array_set_size (rows, (int) MIN (rows->len, limit));
  json_object_set_array_member (body, "categories", sc_view_categories (rows));
  sc_json_set_string (body, "older", older);
  return sc_response_new_json (200, body);
}

/**
 * sc_handle_list_categories:
 * @call: GET /v1/categories, with ?before= and ?limit=
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {categories, older}, the most watched first
 */
ScResponse *
sc_handle_list_categories (ScCall *call, GError **error)
{
  static const char *const allowed[] = { "before", "limit", NULL };
  gint64 limit = LIMIT_DEFAULT;
  ScCategoryPlace place = { 0 };
  g_auto (GStrv) items = NULL;
  g_autoptr (GHashTable) query = sc_query_parse (call->request->query, allowed);
  const char *before = query ? sc_query_get (query, "before") : NULL;
  if (!query || (before && !read_place (before, &place, &items)) ||
      !sc_query_get_int (query, "limit", 1, SC_LIST_PAGE_MAX, &limit))
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  NULL,
                                  "The query is not one of this list's.");

  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) rows = connection ? sc_search_store_list_categories (connection,
                                                                             before ? &place : NULL,
                                                                             (guint) limit + 1,
                                                                             error)
                                          : NULL;
  return rows ? answer_with (rows, (guint) limit) : NULL;
}
