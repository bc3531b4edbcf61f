/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a streamer makes of the own recordings: another title, hidden, gone. */

#include "config.h"

#include "sc-handlers.h"
#include "sc-json.h"
#include "sc-list-page.h"
#include "sc-query.h"
#include "sc-recording-shelf-store.h"
#include "sc-recording-view.h"
#include "sc-text-fields.h"
#include "sc-time.h"

#include <string.h>

#define LIMIT_DEFAULT 50

/* TIME_ID, the place of a page's last recording: what comes new meanwhile moves nothing. */
static gboolean
read_cursor (ScOwnRecordings *wanted, const char *text)
{
  const char *separator = strchr (text, '_');
  if (!separator || !separator[1])
    return FALSE;
  g_autofree char *time = g_strndup (text, (gsize) (separator - text));
  wanted->before_id = separator + 1;
  return g_ascii_string_to_signed (time, 10, 1, SC_TIME_MAX_US, &wanted->before_at, NULL);
}

static void
set_older (JsonObject *body, const ScRecordingRow *last)
{
  g_autofree char *cursor =
    g_strdup_printf ("%" G_GINT64_FORMAT "_%s", last->media.started_at, last->id);
  json_object_set_string_member (body, "older", cursor);
}

static ScResponse *
answer_page (ScCall *call, GPtrArray *rows, guint limit)
{
  const char *base = sc_service_get_recordings_url (call->service);
  guint shown = base ? MIN (rows->len, limit) : 0;
  JsonArray *recordings = json_array_new ();
  for (guint i = 0; i < shown; i++)
    json_array_add_object_element (recordings, sc_view_recording (base, rows->pdata[i], TRUE));
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "recordings", recordings);
  json_object_set_null_member (body, "older");
  if (shown > 0 && rows->len > limit)
    set_older (body, rows->pdata[limit - 1]);
  return sc_response_new_json (200, body);
}

/**
 * sc_handle_list_own_recordings:
 * @call: GET /v1/me/recordings
 * @error: an error of a layer below
 *
 * Lists what can be watched of the own channel, hidden or not, with "before" and "limit" in pages.
 *
 * Returns: (transfer full) (nullable): 200 {recordings, older}, the newest first; "older" is the
 *   "before" of the next page, or null
 */
ScResponse *
sc_handle_list_own_recordings (ScCall *call, GError **error)
{
  static const char *const allowed[] = { "before", "limit", NULL };
  g_autoptr (GHashTable) query = sc_query_parse (call->request->query, allowed);
  const char *before = query ? sc_query_get (query, "before") : NULL;
  ScOwnRecordings wanted = { .user_id = call->user->id };
  gint64 limit = LIMIT_DEFAULT;
  if (!query || (before && !read_cursor (&wanted, before)) ||
      !sc_query_get_int (query, "limit", 1, SC_LIST_PAGE_MAX, &limit))
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  NULL,
                                  "The query is not one of this list's.");
  wanted.limit = (guint) limit + 1;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) rows =
    connection ? sc_recording_store_list_own (connection, &wanted, error) : NULL;
  return rows ? answer_page (call, rows, (guint) limit) : NULL;
}

static ScResponse *
answer_recording (ScCall *call, const ScRecordingRow *row)
{
  const char *base = sc_service_get_recordings_url (call->service);
  if (!row || !base)
    return sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "recording", sc_view_recording (base, row, TRUE));
  return sc_response_new_json (200, body);
}

/**
 * sc_handle_patch_recording:
 * @call: PATCH /v1/me/recordings/ID {title?, category?, hidden?}
 * @error: an error of a layer below
 *
 * Changes an own recording. One that is hidden is seen by nobody else: it is in no list, has no
 * chat, and counts no views; what is in the bucket can still be fetched by whoever has its address.
 *
 * Returns: (transfer full) (nullable): 200 {recording}, 400, or 404
 */
ScResponse *
sc_handle_patch_recording (ScCall *call, GError **error)
{
  ScResponse *refusal = sc_text_fields_refuse (call->body);
  if (refusal)
    return refusal;
  g_autofree char *title = sc_text_fields_dup (call->body, "title");
  g_autofree char *category = sc_text_fields_dup (call->body, "category");
  const ScRecordingChange change = {
    .title = title,
    .category = category,
    .changes_hidden = json_object_has_member (call->body, "hidden"),
    .is_hidden = sc_json_get_bool_or (call->body, "hidden", FALSE),
  };
  g_autoptr (ScRecordingRow) row = NULL;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection ||
      !sc_recording_shelf_store_change (connection, call->user->id, call->id, &change, error) ||
      !sc_recording_store_find_own (connection, call->user->id, call->id, &row, error))
    return NULL;
  return answer_recording (call, row);
}

/**
 * sc_handle_delete_recording:
 * @call: DELETE /v1/me/recordings/ID
 * @error: an error of a layer below
 *
 * Deletes an own recording for good: from now on it is in no list, and tick removes what is in the
 * bucket.
 *
 * Returns: (transfer full) (nullable): 202 {}, also where it was deleted before, or 404
 */
ScResponse *
sc_handle_delete_recording (ScCall *call, GError **error)
{
  gboolean found = FALSE;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_recording_shelf_store_remove (connection,
                                                       call->user->id,
                                                       call->id,
                                                       sc_service_now (call->service),
                                                       &found,
                                                       error))
    return NULL;
  return found ? sc_response_new_json (202, json_object_new ())
               : sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
}
