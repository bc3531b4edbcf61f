/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The own channel: its state, its title, its stream key. */

#include "config.h"

#include "sc-account-views.h"
#include "sc-channel-store.h"
#include "sc-errands.h"
#include "sc-handlers.h"
#include "sc-ivs.h"
#include "sc-stream-change.h"
#include "sc-validate.h"

static ScChannelRow *
read_own (ScCall *call, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  return connection ? sc_channel_store_get_own (connection, call->user->id, error) : NULL;
}

static ScResponse *
answer_own (ScCall *call, ScChannelRow *row)
{
  ScProvisioner *provisioner = sc_service_get_quick_provisioner (call->service);
  JsonObject *body = json_object_new ();
  sc_channel_set_channel_type (row->channel, sc_provisioner_get_channel_type (provisioner));
  json_object_set_object_member (body, "channel", sc_view_own_channel (row));
  return sc_response_new_json (200, body);
}

static gboolean
advance (ScCall *call, ScChannelRow *row, GError **error)
{
  ScProvisionOutcome outcome;
  gboolean moved;
  if (row->is_key_resetting)
    return sc_errands_advance (call->service,
                               sc_service_get_quick_aws (call->service),
                               call->user->id,
                               &moved,
                               error);
  return sc_provision_advance (sc_service_get_quick_provisioner (call->service),
                               call->user->id,
                               &outcome,
                               error);
}

/**
 * sc_handle_get_own_channel:
 * @call: GET /v1/me/channel
 * @error: an error of a layer below
 *
 * Shows the channel; one that is not ready, or whose key is not, is taken a step further first.
 *
 * Returns: (transfer full) (nullable): 200 {channel}
 */
ScResponse *
sc_handle_get_own_channel (ScCall *call, GError **error)
{
  g_autoptr (ScChannelRow) row = read_own (call, error);
  if (!row)
    return NULL;
  if (sc_channel_get_state (row->channel) == SC_CHANNEL_READY && !row->is_key_resetting)
    return answer_own (call, row);
  if (!advance (call, row, error))
    return NULL;
  g_autoptr (ScChannelRow) newer = read_own (call, error);
  return newer ? answer_own (call, newer) : NULL;
}

static ScResponse *
refuse_title (ScInvalid invalid)
{
  static const char *const sentences[] = {
    [SC_INVALID_EMPTY] = "The title is empty.",
    [SC_INVALID_TOO_LONG] = "A title has at most 140 characters.",
    [SC_INVALID_CHARACTER] = "A title is one line of text.",
  };
  return sc_response_new_fault (SC_FAULT_INVALID_TITLE, "title", sentences[invalid]);
}

/* Stores a title and orders that the room is told, both or none; one that is the same is no news.
 */
static gboolean
write_title (ScRoomOrders *orders, const char *title, GError **error)
{
  gboolean is_new = FALSE;
  return sc_store_begin (orders->connection, error) &&
         sc_channel_store_set_title (orders->connection, orders->user_id, title, &is_new, error) &&
         (!is_new || sc_stream_change_order (orders, "changed", NULL, error)) &&
         sc_store_commit (orders->connection, error);
}

static ScChannelRow *
change_title (ScCall *call, const char *title, ScRoomOrders *orders, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection)
    return NULL;
  sc_room_orders_init (orders, connection, call->user->id);
  orders->now = sc_service_now (call->service);
  return write_title (orders, title, error)
           ? sc_channel_store_get_own (connection, call->user->id, error)
           : NULL;
}

/**
 * sc_handle_patch_own_channel:
 * @call: PATCH /v1/me/channel {title}
 * @error: an error of a layer below
 *
 * Changes the title, and tells the channel's room.
 *
 * Returns: (transfer full) (nullable): 200 {channel}
 */
ScResponse *
sc_handle_patch_own_channel (ScCall *call, GError **error)
{
  g_autofree char *title = g_strdup (json_object_get_string_member (call->body, "title"));
  ScInvalid invalid = sc_validate_title (title);
  if (invalid != SC_VALID)
    return refuse_title (invalid);

  guint pending = 0;
  g_auto (ScRoomOrders) orders = { 0 };
  g_autoptr (ScChannelRow) row = change_title (call, g_strstrip (title), &orders, error);
  if (!row)
    return NULL;
  sc_room_calls_make (call->service, &orders, &pending, NULL);
  return answer_own (call, row);
}

/**
 * sc_handle_get_stream_key:
 * @call: GET /v1/me/channel/key
 * @error: an error of a layer below
 *
 * Asks Amazon IVS for the key each time: we never keep it.
 *
 * Returns: (transfer full) (nullable): 200 {key}, or 409 before the channel and its key
 *   are ready
 */
ScResponse *
sc_handle_get_stream_key (ScCall *call, GError **error)
{
  g_autoptr (ScChannelRow) row = read_own (call, error);
  if (!row)
    return NULL;
  if (sc_channel_get_state (row->channel) != SC_CHANNEL_READY)
    return sc_response_new_fault (SC_FAULT_CHANNEL_NOT_READY, NULL, NULL);
  if (row->is_key_resetting || !row->stream_key_arn)
    return sc_response_new_fault (SC_FAULT_CHANNEL_NOT_READY,
                                  NULL,
                                  "Another stream key is being made.");

  g_autoptr (ScIvsStreamKey) key =
    sc_ivs_get_stream_key (sc_service_get_quick_aws (call->service), row->stream_key_arn, error);
  if (!key)
    return NULL;
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "key", key->value);
  return sc_response_new_json (200, body);
}
