/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How often recordings are watched. A view is one session of a viewer: the app makes a random
 * number when it starts, and sends it when a recording plays; the same number
 * counts once a day and recording, and the streamer's own never. Numbers cost nothing, so from one
 * network only so many count: more are answered in the same way and left out. */

#include "config.h"

#include "sc-guard.h"
#include "sc-handlers.h"
#include "sc-recording-shelf-store.h"

/* Two school classes at once, and then one more a minute. */
#define NETWORK_BURST 60
#define NETWORK_EVERY_US G_TIME_SPAN_MINUTE

static gboolean
may_count (ScCall *call, ScStoreConnection *connection, gboolean *ret_may, GError **error)
{
  gint64 wait_us = 0;
  ScLimit limit = { .burst = NETWORK_BURST, .every_us = NETWORK_EVERY_US };
  if (sc_guard_make_network_key (call->request->address, "view", limit.key) &&
      !sc_limit_store_take (connection, &limit, sc_service_now (call->service), &wait_us, error))
    return FALSE;
  *ret_may = wait_us == 0;
  return TRUE;
}

/**
 * sc_handle_watch_recording:
 * @call: PUT /v1/recordings/ID/view {session}
 * @error: an error of a layer below
 *
 * Counts that somebody watches a recording, once a session.
 *
 * Returns: (transfer full) (nullable): 204, 400, or 404
 */
ScResponse *
sc_handle_watch_recording (ScCall *call, GError **error)
{
  const ScRecordingView view = {
    .id = call->id,
    .session = json_object_get_string_member (call->body, "session"),
    .asker_id = call->user ? call->user->id : 0,
    .at = sc_service_now (call->service),
  };
  gboolean is_shown = FALSE, counts = FALSE;
  if (!g_uuid_string_is_valid (view.session))
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST, "session", NULL);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_recording_shelf_store_is_shown (connection, &view, &is_shown, error))
    return NULL;
  if (!is_shown)
    return sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
  if (!may_count (call, connection, &counts, error) ||
      (counts && !sc_recording_shelf_store_count (connection, &view, error)))
    return NULL;
  return sc_response_new_empty ();
}
