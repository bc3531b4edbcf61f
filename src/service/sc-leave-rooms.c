/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How somebody leaves all rooms: who is suspended, and whose account is to go. */

#include "config.h"

#include "sc-leave-rooms.h"

#include "sc-room-calls.h"
#include "sc-suspension-store.h"

/* As long as a connection to a room may live, and a token before it: in none of the rooms that they
 * were let into before that can they be. */
#define CONNECTED_US (62 * G_TIME_SPAN_MINUTE)

static gboolean
order_leave (ScRoomOrders *orders, const ScLeaver *leaver, GPtrArray *ids, GError **error)
{
  if (!sc_room_orders_add_disconnect (orders, leaver->public_id, leaver->reason, 0, error))
    return FALSE;
  g_ptr_array_extend_and_steal (ids, g_steal_pointer (&orders->ids));
  return TRUE;
}

/**
 * sc_leave_rooms_order:
 * @service: a service
 * @connection: a connection inside a transaction in which, or before which, the account was closed
 *   to tokens for rooms
 * @leaver: somebody
 * @ids: (inout) (element-type utf8): what is ordered is added to it, for sc_room_calls_make() once
 *   the transaction is committed
 * @error: an error of %SC_STORE_ERROR
 *
 * Orders that somebody leaves every room in which they may be, now, and once more when each token
 * that they have is void.
 *
 * Returns: %TRUE if it is ordered
 */
gboolean
sc_leave_rooms_order (ScService *service,
                      ScStoreConnection *connection,
                      const ScLeaver *leaver,
                      GPtrArray *ids,
                      GError **error)
{
  gint64 now = sc_service_now (service);
  g_autoptr (GArray) owners =
    sc_suspension_store_list_visited (connection, leaver->id, now - CONNECTED_US, error);
  if (!owners)
    return FALSE;
  for (guint i = 0; i < owners->len; i++) {
    g_auto (ScRoomOrders) orders = { 0 };
    sc_room_orders_init (&orders, connection, g_array_index (owners, gint64, i));
    orders.now = now;
    if (!order_leave (&orders, leaver, ids, error))
      return FALSE;
  }
  return TRUE;
}
