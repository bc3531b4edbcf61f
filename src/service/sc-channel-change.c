/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a streamer makes of the own channel: other words about it. */

#include "config.h"

#include "sc-channel-change.h"

#include "sc-account-views.h"
#include "sc-handlers.h"
#include "sc-stream-change.h"
#include "sc-text-fields.h"

/**
 * sc_answer_own_channel:
 * @call: a call about the own channel
 * @row: the channel
 *
 * Returns: (transfer full): 200 {channel}
 */
ScResponse *
sc_answer_own_channel (ScCall *call, ScChannelRow *row)
{
  ScProvisioner *provisioner = sc_service_get_quick_provisioner (call->service);
  g_autofree char *avatar_url = sc_service_dup_object_url (call->service, row->avatar);
  JsonObject *body = json_object_new ();
  sc_channel_set_avatar_url (row->channel, avatar_url);
  sc_channel_set_channel_type (row->channel, sc_provisioner_get_channel_type (provisioner));
  json_object_set_object_member (body, "channel", sc_view_own_channel (row));
  return sc_response_new_json (200, body);
}

/* Stores the words and orders that the room is told, both or none; what is the same is no news. */
static gboolean
write_words (ScRoomOrders *orders, const ScChannelWords *words, GError **error)
{
  gboolean is_new = FALSE;
  return sc_store_begin (orders->connection, error) &&
         sc_channel_store_set_words (orders->connection, orders->user_id, words, &is_new, error) &&
         (!is_new || sc_stream_change_order (orders, "changed", NULL, error)) &&
         sc_store_commit (orders->connection, error);
}

static ScChannelRow *
change (ScCall *call, const ScChannelWords *words, ScRoomOrders *orders, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection)
    return NULL;
  sc_room_orders_init (orders, connection, call->user->id);
  orders->now = sc_service_now (call->service);
  return write_words (orders, words, error)
           ? sc_channel_store_get_own (connection, call->user->id, error)
           : NULL;
}

/**
 * sc_handle_patch_own_channel:
 * @call: PATCH /v1/me/channel {title?, category?, about?}
 * @error: an error of a layer below
 *
 * Changes what is there, all or nothing, and tells the channel's room.
 *
 * Returns: (transfer full) (nullable): 200 {channel}, or 400
 */
ScResponse *
sc_handle_patch_own_channel (ScCall *call, GError **error)
{
  ScResponse *refusal = sc_text_fields_refuse (call->body);
  if (refusal)
    return refusal;
  g_autofree char *title = sc_text_fields_dup (call->body, "title");
  g_autofree char *category = sc_text_fields_dup (call->body, "category");
  g_autofree char *about = sc_text_fields_dup (call->body, "about");
  const ScChannelWords words = { title, category, about };

  guint pending = 0;
  g_auto (ScRoomOrders) orders = { 0 };
  g_autoptr (ScChannelRow) row = change (call, &words, &orders, error);
  if (!row)
    return NULL;
  sc_room_calls_make (call->service, &orders, &pending, NULL);
  return sc_answer_own_channel (call, row);
}
