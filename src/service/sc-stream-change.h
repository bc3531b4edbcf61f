/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-room-calls.h"
#include "sc-stream-store.h"

G_BEGIN_DECLS

/**
 * ScStreamChange:
 * @service: the service
 * @connection: a connection inside a transaction with the channel's lock; %NULL when it is over
 * @user_id: the channel's owner, 0 if the channel is not ours
 * @before: what viewers saw before
 * @orders: what the room is to be told
 *
 * Something that may change what viewers see of a channel.
 */
typedef struct {
  ScService *service;
  ScStoreConnection *connection;
  gint64 user_id;
  ScStreamView before;
  ScRoomOrders orders;
} ScStreamChange;

gboolean sc_stream_change_begin (ScStreamChange *self,
                                 ScService *service,
                                 const char *channel_arn,
                                 GError **error);
gboolean sc_stream_change_commit (ScStreamChange *self, GError **error);
void sc_stream_change_clear (ScStreamChange *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScStreamChange, sc_stream_change_clear)

gboolean sc_stream_change_order (ScRoomOrders *orders,
                                 const char *state,
                                 const char *stream_id,
                                 GError **error);

G_END_DECLS
