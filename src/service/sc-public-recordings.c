/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What anyone may watch that is over. */

#include "config.h"

#include "sc-channel-store.h"
#include "sc-recording-pages.h"
#include "sc-recording-view.h"

/**
 * sc_handle_list_recordings:
 * @call: GET /v1/recordings, with ?before= and ?limit=
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {recordings, older}, the newest first
 */
ScResponse *
sc_handle_list_recordings (ScCall *call, GError **error)
{
  ScRecordingsWanted wanted = { 0 };
  g_autoptr (GHashTable) query = NULL;
  ScResponse *refusal = sc_call_read_recordings_page (call, &wanted, &query);
  if (refusal)
    return refusal;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) rows =
    connection ? sc_recording_store_list (connection, &wanted, error) : NULL;
  return rows ? sc_call_answer_recordings (call, rows, &wanted, FALSE) : NULL;
}

/**
 * sc_handle_list_recordings_of:
 * @call: GET /v1/channels/NAME/recordings, with ?before= and ?limit=
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {recordings, older}, the newest first, or 404
 */
ScResponse *
sc_handle_list_recordings_of (ScCall *call, GError **error)
{
  ScRecordingsWanted wanted = { 0 };
  g_autoptr (GHashTable) query = NULL;
  ScResponse *refusal = sc_call_read_recordings_page (call, &wanted, &query);
  if (refusal)
    return refusal;
  g_autoptr (ScChannelRow) row = NULL;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_channel_store_find (connection, call->name, &row, error))
    return NULL;
  if (!row)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  g_autoptr (GPtrArray) rows = sc_recording_store_list_of (connection, call->name, &wanted, error);
  return rows ? sc_call_answer_recordings (call, rows, &wanted, FALSE) : NULL;
}

/**
 * sc_handle_get_recording:
 * @call: GET /v1/recordings/ID
 * @error: an error of a layer below
 *
 * Where a link leads. Its streamer may have a hidden one, too.
 *
 * Returns: (transfer full) (nullable): 200 {recording}, or 404
 */
ScResponse *
sc_handle_get_recording (ScCall *call, GError **error)
{
  g_autoptr (ScRecordingRow) row = NULL;
  const char *base = sc_service_get_recordings_url (call->service);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection ||
      !sc_recording_store_find (connection, call->user ? call->user->id : 0, call->id, &row, error))
    return NULL;
  if (!row || !base)
    return sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "recording", sc_view_recording (base, row, FALSE));
  return sc_response_new_json (200, body);
}
