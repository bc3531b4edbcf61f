/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a streamer makes of the own recordings: another title, hidden, gone. */

#include "config.h"

#include "sc-json.h"
#include "sc-recording-pages.h"
#include "sc-recording-shelf-store.h"
#include "sc-recording-view.h"
#include "sc-text-fields.h"

/**
 * sc_handle_list_own_recordings:
 * @call: GET /v1/me/recordings, with ?before= and ?limit=
 * @error: an error of a layer below
 *
 * Lists what can be watched of the own channel, hidden or not.
 *
 * Returns: (transfer full) (nullable): 200 {recordings, older}, the newest first; "older" is the
 *   "before" of the next page, or null
 */
ScResponse *
sc_handle_list_own_recordings (ScCall *call, GError **error)
{
  ScRecordingsWanted wanted = { 0 };
  g_autoptr (GHashTable) query = NULL;
  ScResponse *refusal = sc_call_read_recordings_page (call, &wanted, &query);
  if (refusal)
    return refusal;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) rows =
    connection ? sc_recording_store_list_own (connection, call->user->id, &wanted, error) : NULL;
  return rows ? sc_call_answer_recordings (call, rows, &wanted, TRUE) : NULL;
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
