/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pages of lists, the newest first: a cursor is the place of the last row, its time and its id, so
 * that what comes new meanwhile moves nothing. */

#include "config.h"

#include "sc-page.h"

#include "sc-list-page.h"
#include "sc-query.h"
#include "sc-time.h"

#include <string.h>

#define LIMIT_DEFAULT 50

/* TIME_UUID */
static gboolean
read_cursor (ScPageWanted *self, const char *text)
{
  const char *separator = strchr (text, '_');
  if (!separator || !g_uuid_string_is_valid (separator + 1))
    return FALSE;
  g_autofree char *time = g_strndup (text, (gsize) (separator - text));
  g_set_str (&self->before_id, separator + 1);
  return g_ascii_string_to_signed (time, 10, 1, SC_TIME_MAX_US, &self->before_at, NULL);
}

static gboolean
read_query (ScPageWanted *self, GHashTable *query)
{
  gint64 limit = LIMIT_DEFAULT;
  const char *before = sc_query_get (query, "before");
  const char *user_id = sc_query_get (query, "user_id");
  if ((before && !read_cursor (self, before)) || (user_id && !g_uuid_string_is_valid (user_id)) ||
      !sc_query_get_int (query, "limit", 1, SC_LIST_PAGE_MAX, &limit))
    return FALSE;
  g_set_str (&self->user_id, user_id);
  self->limit = (guint) limit + 1;
  return TRUE;
}

/**
 * sc_page_wanted_read:
 * @self: (out caller-allocates): what is wanted; sc_page_wanted_clear() frees it
 * @query: (nullable): a query of "before", "limit" and "user_id", none of which need be there
 *
 * Returns: (transfer full) (nullable): the answer if the query says something else
 */
ScResponse *
sc_page_wanted_read (ScPageWanted *self, const char *query)
{
  static const char *const allowed[] = { "before", "limit", "user_id", NULL };
  *self = (ScPageWanted) { 0 };
  g_autoptr (GHashTable) parameters = sc_query_parse (query, allowed);
  if (parameters && read_query (self, parameters))
    return NULL;
  return sc_response_new_fault (SC_FAULT_BAD_REQUEST, NULL, "The query is not one of this list's.");
}

/**
 * sc_page_wanted_clear:
 * @self: what was wanted
 *
 * Frees what it holds.
 */
void
sc_page_wanted_clear (ScPageWanted *self)
{
  g_clear_pointer (&self->before_id, g_free);
  g_clear_pointer (&self->user_id, g_free);
}

/**
 * sc_page_set_older:
 * @body: an answer's body
 * @at: the time of the last row, microseconds since the epoch; 0 if there are no more
 * @id: (nullable): its uuid
 *
 * Says where the next page begins.
 */
void
sc_page_set_older (JsonObject *body, gint64 at, const char *id)
{
  if (at == 0) {
    json_object_set_null_member (body, "older");
    return;
  }
  g_autofree char *cursor = g_strdup_printf ("%" G_GINT64_FORMAT "_%s", at, id);
  json_object_set_string_member (body, "older", cursor);
}
