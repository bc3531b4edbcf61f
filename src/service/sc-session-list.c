/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where somebody is signed in, and ending that. */

#include "config.h"

#include "sc-account-views.h"
#include "sc-handlers.h"
#include "sc-query.h"
#include "sc-session-store.h"

/**
 * sc_handle_list_sessions:
 * @call: GET /v1/sessions
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {sessions: [{id, device, created_at, used_at,
 *   expires_at, current}]}, the one used last first
 */
ScResponse *
sc_handle_list_sessions (ScCall *call, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) rows = connection ? sc_session_store_list (connection,
                                                                   call->user->id,
                                                                   call->token_hash,
                                                                   sc_service_now (call->service),
                                                                   error)
                                          : NULL;
  if (!rows)
    return NULL;
  JsonArray *sessions = json_array_new ();
  for (guint i = 0; i < rows->len; i++)
    json_array_add_object_element (sessions, sc_view_session_row (rows->pdata[i]));
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "sessions", sessions);
  return sc_response_new_json (200, body);
}

/**
 * sc_handle_end_session:
 * @call: DELETE /v1/sessions/ID
 * @error: an error of a layer below
 *
 * Signs out one machine of the person who asks.
 *
 * Returns: (transfer full) (nullable): 204, or 404 if they have no such session
 */
ScResponse *
sc_handle_end_session (ScCall *call, GError **error)
{
  gboolean ended = FALSE;
  if (!g_uuid_string_is_valid (call->id))
    return sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_session_store_end (connection, call->user->id, call->id, &ended, error))
    return NULL;
  return ended ? sc_response_new_empty () : sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
}

/**
 * sc_handle_end_sessions:
 * @call: DELETE /v1/sessions, or DELETE /v1/sessions?keep=current
 * @error: an error of a layer below
 *
 * Signs out all machines of the person who asks, or all others.
 *
 * Returns: (transfer full) (nullable): 204
 */
ScResponse *
sc_handle_end_sessions (ScCall *call, GError **error)
{
  static const char *const allowed[] = { "keep", NULL };
  g_autoptr (GHashTable) query = sc_query_parse (call->request->query, allowed);
  const char *keep = query ? sc_query_get (query, "keep") : NULL;
  if (!query || (keep && !g_str_equal (keep, "current")))
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST, "keep", NULL);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection ||
      !sc_session_store_end_all (connection, call->user->id, keep ? call->token_hash : NULL, error))
    return NULL;
  return sc_response_new_empty ();
}
