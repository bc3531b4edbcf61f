/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pages of lists, the newest first: a cursor is the place of the last row, its time and its id, so
 * that what comes new meanwhile moves nothing. */

#include "config.h"

#include "sc-page.h"

#include "sc-list-page.h"

#include <string.h>

#define LIMIT_DEFAULT 50

/* A query of ours has a cursor of 60 characters and two or three numbers. */
#define QUERY_MAX 512

static gboolean
read_number (const char *text, gint64 min, gint64 max, gint64 *ret_number)
{
  return g_ascii_string_to_signed (text, 10, min, max, ret_number, NULL);
}

/* TIME_UUID */
static gboolean
read_cursor (ScPageWanted *self, const char *text)
{
  const char *separator = strchr (text, '_');
  if (!separator || !g_uuid_string_is_valid (separator + 1))
    return FALSE;
  g_autofree char *time = g_strndup (text, (gsize) (separator - text));
  g_set_str (&self->before_id, separator + 1);
  return read_number (time, 1, G_MAXINT64, &self->before_at);
}

static gboolean
read_parameter (ScPageWanted *self, const char *name, const char *value)
{
  gint64 limit = 0;
  if (g_str_equal (name, "before"))
    return read_cursor (self, value);
  if (g_str_equal (name, "user_id")) {
    g_set_str (&self->user_id, value);
    return g_uuid_string_is_valid (value);
  }
  if (!g_str_equal (name, "limit") || !read_number (value, 1, SC_LIST_PAGE_MAX, &limit))
    return FALSE;
  self->limit = (guint) limit + 1;
  return TRUE;
}

static ScResponse *
refuse (const char *name)
{
  return sc_response_new_fault (SC_FAULT_BAD_REQUEST, name, "The query is not one of this list's.");
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
  *self = (ScPageWanted) { .limit = LIMIT_DEFAULT + 1 };
  if (!query)
    return NULL;
  if (strlen (query) > QUERY_MAX)
    return refuse (NULL);
  GUriParamsIter iter;
  g_autoptr (GError) error = NULL;
  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_NONE);
  for (;;) {
    g_autofree char *name = NULL, *value = NULL;
    if (!g_uri_params_iter_next (&iter, &name, &value, &error))
      return error ? refuse (NULL) : NULL;
    if (!read_parameter (self, name, value))
      return refuse (NULL);
  }
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
