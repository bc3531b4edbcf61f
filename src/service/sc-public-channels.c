/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What anyone may see: who is live, and a channel. */

#include "config.h"

#include "sc-channel-store.h"
#include "sc-handlers.h"

/**
 * sc_call_view_channel:
 * @call: a request
 * @row: a channel
 *
 * Returns: (transfer full): the channel as anyone may see it
 */
JsonObject *
sc_call_view_channel (ScCall *call, ScChannelRow *row)
{
  g_autofree char *avatar_url = sc_service_dup_object_url (call->service, row->avatar);
  sc_channel_set_avatar_url (row->channel, avatar_url);
  return sc_channel_to_json (row->channel, FALSE);
}

/**
 * sc_handle_list_live:
 * @call: GET /v1/channels?live=1
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {channels}, the newest start first
 */
ScResponse *
sc_handle_list_live (ScCall *call, GError **error)
{
  if (g_strcmp0 (call->request->query, "live=1") != 0)
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  "live",
                                  "This list is of live channels: please add “?live=1”.");

  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) rows = connection ? sc_channel_store_list_live (connection, error) : NULL;
  if (!rows)
    return NULL;
  JsonArray *channels = json_array_sized_new (rows->len);
  for (guint i = 0; i < rows->len; i++) {
    ScChannelRow *row = g_ptr_array_index (rows, i);
    json_array_add_object_element (channels, sc_call_view_channel (call, row));
  }
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "channels", channels);
  return sc_response_new_json (200, body);
}

/**
 * sc_handle_get_channel:
 * @call: GET /v1/channels/NAME
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {channel}, or 404
 */
ScResponse *
sc_handle_get_channel (ScCall *call, GError **error)
{
  g_autoptr (ScChannelRow) row = NULL;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_channel_store_find (connection, call->name, &row, error))
    return NULL;
  if (!row)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "channel", sc_call_view_channel (call, row));
  return sc_response_new_json (200, body);
}
