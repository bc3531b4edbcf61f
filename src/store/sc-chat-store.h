/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

/**
 * ScChatRoom:
 * @owner_id: the channel's owner
 * @arn: (nullable): the room, or %NULL while there is none
 * @asker_public_id: (nullable): who the one who asks is to others; %NULL for a guest
 *
 * A channel's room, as somebody is to enter it.
 */
typedef struct {
  gint64 owner_id;
  char *arn;
  char *asker_public_id;
} ScChatRoom;

void sc_chat_room_free (ScChatRoom *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatRoom, sc_chat_room_free)

gboolean sc_chat_store_find_room (ScStoreConnection *connection,
                                  const char *channel_name,
                                  gint64 asker_id,
                                  ScChatRoom **ret_room,
                                  GError **error);

G_END_DECLS
