/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What anyone may watch that is over. Where the recordings are served is a setting: without it
 * nothing could be played, and the lists are empty. */

#include "config.h"

#include "sc-channel-store.h"
#include "sc-handlers.h"
#include "sc-recording-view.h"

static ScResponse *
answer_with (ScCall *call, GPtrArray *rows)
{
  const char *base = sc_service_get_recordings_url (call->service);
  JsonArray *recordings = json_array_new ();
  for (guint i = 0; base && i < rows->len; i++)
    json_array_add_object_element (recordings, sc_view_recording (base, rows->pdata[i], FALSE));
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "recordings", recordings);
  return sc_response_new_json (200, body);
}

/**
 * sc_handle_list_recordings:
 * @call: GET /v1/recordings
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {recordings}, the newest first
 */
ScResponse *
sc_handle_list_recordings (ScCall *call, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) rows = connection ? sc_recording_store_list (connection, error) : NULL;
  return rows ? answer_with (call, rows) : NULL;
}

/**
 * sc_handle_list_recordings_of:
 * @call: GET /v1/channels/NAME/recordings
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {recordings}, the newest first, or 404
 */
ScResponse *
sc_handle_list_recordings_of (ScCall *call, GError **error)
{
  g_autoptr (ScChannelRow) row = NULL;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_channel_store_find (connection, call->name, &row, error))
    return NULL;
  if (!row)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  g_autoptr (GPtrArray) rows = sc_recording_store_list_of (connection, call->name, error);
  return rows ? answer_with (call, rows) : NULL;
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
