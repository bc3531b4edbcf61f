/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-service.h"

G_BEGIN_DECLS

/* Tells viewers that the channel is another than they see. */
#define SC_ROOM_CHANNEL_EVENT "streamcat:CHANNEL"

/**
 * ScRoomOrders:
 * @connection: the connection whose transaction orders; borrowed
 * @user_id: the channel's owner
 * @action_id: (nullable): the action that wants it; borrowed
 * @now: microseconds since the epoch
 * @ids: what is ordered so far
 *
 * What a room is to be told once a transaction is committed.
 */
typedef struct {
  ScStoreConnection *connection;
  gint64 user_id;
  const char *action_id;
  gint64 now;
  GPtrArray *ids;
} ScRoomOrders;

void sc_room_orders_init (ScRoomOrders *self, ScStoreConnection *connection, gint64 user_id);
void sc_room_orders_clear (ScRoomOrders *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScRoomOrders, sc_room_orders_clear)

gboolean sc_room_orders_add_event (ScRoomOrders *self,
                                   const char *name,
                                   JsonObject *attributes,
                                   gboolean replaces,
                                   GError **error);
gboolean sc_room_orders_add_delete (ScRoomOrders *self,
                                    const char *message_id,
                                    const char *reason,
                                    GError **error);
gboolean sc_room_orders_add_disconnect (ScRoomOrders *self,
                                        const char *public_id,
                                        const char *reason,
                                        gint64 until,
                                        GError **error);

gboolean
sc_room_calls_make (ScService *service, ScRoomOrders *orders, guint *ret_pending, GError **error);
gboolean sc_room_calls_run_due (ScService *service, GError **error);

G_END_DECLS
