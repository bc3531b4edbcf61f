/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pages of recordings, the newest first: a cursor is TIME_ID, the place of the last one, so that
 * what comes new meanwhile moves nothing. Where the recordings are served is a setting: without it
 * nothing could be played, and the lists are empty. */

#include "config.h"

#include "sc-recording-pages.h"

#include "sc-list-page.h"
#include "sc-query.h"
#include "sc-recording-view.h"
#include "sc-time.h"

#include <string.h>

#define LIMIT_DEFAULT 50

static gboolean
read_cursor (ScRecordingsWanted *wanted, const char *text)
{
  const char *separator = strchr (text, '_');
  if (!separator || !separator[1])
    return FALSE;
  g_autofree char *time = g_strndup (text, (gsize) (separator - text));
  wanted->before_id = separator + 1;
  return g_ascii_string_to_signed (time, 10, 1, SC_TIME_MAX_US, &wanted->before_at, NULL);
}

/**
 * sc_call_read_recordings_page:
 * @call: a request for recordings, with ?before= and ?limit=
 * @ret_wanted: (out caller-allocates): the page, with one recording more than it shall have
 * @ret_query: (out) (transfer full) (nullable): what has its texts
 *
 * Returns: (transfer full) (nullable): the answer if the query says something else
 */
ScResponse *
sc_call_read_recordings_page (ScCall *call, ScRecordingsWanted *ret_wanted, GHashTable **ret_query)
{
  static const char *const allowed[] = { "before", "limit", NULL };
  GHashTable *query = sc_query_parse (call->request->query, allowed);
  const char *before = query ? sc_query_get (query, "before") : NULL;
  gint64 limit = LIMIT_DEFAULT;
  *ret_query = query;
  *ret_wanted = (ScRecordingsWanted) { 0 };
  if (!query || (before && !read_cursor (ret_wanted, before)) ||
      !sc_query_get_int (query, "limit", 1, SC_LIST_PAGE_MAX, &limit))
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  NULL,
                                  "The query is not one of this list's.");
  ret_wanted->limit = (guint) limit + 1;
  return NULL;
}

static void
set_older (JsonObject *body, const ScRecordingRow *last)
{
  g_autofree char *cursor =
    g_strdup_printf ("%" G_GINT64_FORMAT "_%s", last->media.started_at, last->id);
  json_object_set_string_member (body, "older", cursor);
}

/**
 * sc_call_answer_recordings:
 * @call: the request
 * @rows: (element-type ScRecordingRow): what there is of the page
 * @wanted: the page
 * @is_own: whether who asks is their streamer
 *
 * Returns: (transfer full): 200 {recordings, older}; "older" is the "before" of the next page, or
 *   null
 */
ScResponse *
sc_call_answer_recordings (ScCall *call,
                           GPtrArray *rows,
                           const ScRecordingsWanted *wanted,
                           gboolean is_own)
{
  const char *base = sc_service_get_recordings_url (call->service);
  guint shown = base ? MIN (rows->len, wanted->limit - 1) : 0;
  JsonArray *recordings = json_array_new ();
  for (guint i = 0; i < shown; i++)
    json_array_add_object_element (recordings, sc_view_recording (base, rows->pdata[i], is_own));
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "recordings", recordings);
  json_object_set_null_member (body, "older");
  if (shown > 0 && rows->len > shown)
    set_older (body, rows->pdata[shown - 1]);
  return sc_response_new_json (200, body);
}
