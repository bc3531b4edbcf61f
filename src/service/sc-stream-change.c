/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What becomes of a channel is told in its room, where its viewers are: ordered in the transaction
 * that changes it and sent after that, at most once. Where that is lost, viewers find out by asking
 * as they do now and then. */

#include "config.h"

#include "sc-stream-change.h"

/**
 * sc_stream_change_begin:
 * @self: (out caller-allocates): a change; to be cleared also on failure
 * @service: a service
 * @channel_arn: the channel
 * @error: an error of %SC_STORE_ERROR
 *
 * Begins a transaction in which nobody else changes the channel's streams.
 *
 * Returns: %TRUE if it has begun, also if the channel is not ours
 */
gboolean
sc_stream_change_begin (ScStreamChange *self,
                        ScService *service,
                        const char *channel_arn,
                        GError **error)
{
  *self = (ScStreamChange) { .service = service };
  self->connection = sc_store_acquire (sc_service_get_store (service), error);
  if (!self->connection || !sc_store_begin (self->connection, error) ||
      !sc_stream_store_lock_channel (self->connection, channel_arn, &self->user_id, error))
    return FALSE;
  sc_room_orders_init (&self->orders, self->connection, self->user_id);
  self->orders.now = sc_service_now (service);
  return self->user_id == 0 ||
         sc_stream_store_read_view (self->connection, self->user_id, &self->before, error);
}

/**
 * sc_stream_change_clear:
 * @self: a change
 *
 * Frees what it holds; what is not committed is not done.
 */
void
sc_stream_change_clear (ScStreamChange *self)
{
  g_clear_pointer (&self->connection, sc_store_connection_release);
  sc_stream_view_clear (&self->before);
  sc_room_orders_clear (&self->orders);
}

/**
 * sc_stream_change_order:
 * @orders: orders
 * @state: what the channel is: "live", "offline", or "changed" where that is neither of them
 * @stream_id: (nullable): the stream that began or ended
 * @error: an error of %SC_STORE_ERROR
 *
 * Orders that the room is told of a change. One that was not told yet is void by it.
 *
 * Returns: %TRUE if it is ordered
 */
gboolean
sc_stream_change_order (ScRoomOrders *orders,
                        const char *state,
                        const char *stream_id,
                        GError **error)
{
  JsonObject *attributes = json_object_new ();
  json_object_set_string_member (attributes, "State", state);
  if (stream_id)
    json_object_set_string_member (attributes, "StreamId", stream_id);
  return sc_room_orders_add_event (orders, SC_ROOM_CHANNEL_EVENT, attributes, TRUE, error);
}

static gboolean
order_difference (ScStreamChange *self, GError **error)
{
  g_auto (ScStreamView) after = { 0 };
  const ScStreamView *before = &self->before;
  if (!sc_stream_store_read_view (self->connection, self->user_id, &after, error))
    return FALSE;
  if (g_strcmp0 (before->live_id, after.live_id) != 0)
    return sc_stream_change_order (&self->orders,
                                   after.live_id ? "live" : "offline",
                                   after.live_id ?: before->live_id,
                                   error);
  return before->is_starving == after.is_starving ||
         sc_stream_change_order (&self->orders, "changed", after.live_id, error);
}

/**
 * sc_stream_change_commit:
 * @self: a change of a channel that is ours
 * @error: an error of %SC_STORE_ERROR
 *
 * Makes the change last, and tells the room if viewers see another channel now. Blocks for some
 * seconds at most where Amazon IVS Chat hangs.
 *
 * Returns: %TRUE if the change is made, whether or not the room heard of it
 */
gboolean
sc_stream_change_commit (ScStreamChange *self, GError **error)
{
  if (!order_difference (self, error) || !sc_store_commit (self->connection, error))
    return FALSE;
  g_clear_pointer (&self->connection, sc_store_connection_release);
  guint pending = 0;
  sc_room_calls_make (self->service, &self->orders, &pending, NULL);
  return TRUE;
}
