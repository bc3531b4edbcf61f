/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What anyone finds by a few words. */

#include "config.h"

#include "sc-handlers.h"
#include "sc-query.h"
#include "sc-search-results.h"
#include "sc-search-store.h"

/* What was found, each kind in its order. */
typedef struct {
  GPtrArray *channels;
  GPtrArray *live;
  GPtrArray *categories;
} Found;

static void
found_clear (Found *self)
{
  g_clear_pointer (&self->channels, g_ptr_array_unref);
  g_clear_pointer (&self->live, g_ptr_array_unref);
  g_clear_pointer (&self->categories, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

/* Returns the words, or makes the answer that says what is wrong with them. */
static char *
read_words (const char *text, ScResponse **ret_refusal)
{
  static const char *const allowed[] = { "q", NULL };
  g_autoptr (GHashTable) query = sc_query_parse (text, allowed);
  g_autofree char *words = query ? g_strdup (sc_query_get (query, "q")) : NULL;
  if (!words || !*g_strstrip (words))
    *ret_refusal =
      sc_response_new_fault (SC_FAULT_BAD_REQUEST, "q", "Please say what to look for, with “?q=”.");
  else if (g_utf8_strlen (words, -1) > SC_SEARCH_MAX)
    *ret_refusal = sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                          "q",
                                          "This is too long to look for: 100 characters at most.");
  return *ret_refusal ? NULL : g_steal_pointer (&words);
}

static gboolean
contains (const GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

static void
remove_all (GArray *ids, const GArray *others)
{
  for (guint i = ids->len; i > 0; i--)
    if (contains (others, g_array_index (ids, gint64, i - 1)))
      g_array_remove_index (ids, i - 1);
}

/* A stream may have been over already. */
static void
keep_live (GPtrArray *rows)
{
  for (guint i = rows->len; i > 0; i--) {
    ScChannelRow *row = g_ptr_array_index (rows, i - 1);
    if (!sc_channel_get_live (row->channel))
      g_ptr_array_remove_index (rows, i - 1);
  }
}

static gboolean
find_all (ScStoreConnection *connection, const ScSearchWords *words, Found *found, GError **error)
{
  g_autoptr (GArray) named =
    sc_search_store_find_channels (connection, words, SC_SEARCH_RESULTS_MAX, error);
  g_autoptr (GArray) streaming =
    named ? sc_search_store_find_streams (connection, words, 2 * SC_SEARCH_RESULTS_MAX, error)
          : NULL;
  if (!streaming)
    return FALSE;
  remove_all (streaming, named);
  g_array_set_size (streaming, MIN (streaming->len, SC_SEARCH_RESULTS_MAX));
  if (!(found->channels = sc_channel_store_list_these (connection, named, error)) ||
      !(found->live = sc_channel_store_list_these (connection, streaming, error)))
    return FALSE;
  keep_live (found->live);
  found->categories =
    sc_search_store_find_categories (connection, words, SC_SEARCH_RESULTS_MAX, error);
  return found->categories != NULL;
}

static gboolean
find (ScCall *call, const char *text, Found *found, GError **error)
{
  g_auto (ScSearchWords) words = { 0 };
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_search_store_fold (connection, text, &words, error))
    return FALSE;
  if (*words.folded)
    return find_all (connection, &words, found, error);
  found->channels = g_ptr_array_new ();
  found->live = g_ptr_array_new ();
  found->categories = g_ptr_array_new ();
  return TRUE;
}

/**
 * sc_handle_search:
 * @call: GET /v1/search?q=WORDS
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {channels, live, categories}, of each at most
 *   %SC_SEARCH_RESULTS_MAX, the likeliest first: channels by their names, others that are live by
 *   their titles, categories that are streamed
 */
ScResponse *
sc_handle_search (ScCall *call, GError **error)
{
  ScResponse *refusal = NULL;
  g_auto (Found) found = { 0 };
  g_autofree char *text = read_words (call->request->query, &refusal);
  if (!text)
    return refusal;
  if (!find (call, text, &found, error))
    return NULL;
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "channels", sc_call_view_channels (call, found.channels));
  json_object_set_array_member (body, "live", sc_call_view_channels (call, found.live));
  json_object_set_array_member (body, "categories", sc_view_categories (found.categories));
  return sc_response_new_json (200, body);
}
