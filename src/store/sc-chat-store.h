/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-modes.h"
#include "sc-chat-role.h"
#include "sc-store-query.h"

G_BEGIN_DECLS

/**
 * ScRoomAsker:
 * @user_id: the number of the user who asks, 0 for a guest
 * @now: microseconds since the epoch
 */
typedef struct {
  gint64 user_id;
  gint64 now;
} ScRoomAsker;

/**
 * ScRoomRow:
 * @owner_id: the channel's owner
 * @arn: (nullable): the room, or %NULL while there is none
 * @asker_public_id: (nullable): who the one who asks is to others; %NULL for a guest
 * @asker_role: what they are there
 * @follows: whether they follow the channel
 * @is_banned: whether they may not enter now
 * @banned_until: when that ends, microseconds since the epoch, 0 for never
 * @ban_reason: (nullable): why
 * @modes: how the room is run at the moment
 * @rules_written: the version of the room's rules that is in the bucket, 0 for none
 * @rules_wanted: the one that is to be there
 *
 * A channel's room, as somebody is to enter it.
 */
typedef struct {
  gint64 owner_id;
  char *arn;
  char *asker_public_id;
  ScChatRole asker_role;
  gboolean follows;
  gboolean is_banned;
  gint64 banned_until;
  char *ban_reason;
  ScChatModes modes;
  gint64 rules_written;
  gint64 rules_wanted;
} ScRoomRow;

/**
 * ScLineRow:
 * @id: the message's id, unique in its room
 * @sent_at: microseconds since the epoch
 * @sender_id: who sent it: a user's public id
 * @sender_name: (nullable): the name they had
 * @sender_role: who they were in the room
 * @content: what they said
 *
 * A line of chat. The strings are borrowed.
 */
typedef struct {
  const char *id;
  gint64 sent_at;
  const char *sender_id;
  const char *sender_name;
  ScChatRole sender_role;
  const char *content;
} ScLineRow;

void sc_room_row_free (ScRoomRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRoomRow, sc_room_row_free)

gboolean sc_chat_store_find_room (ScStoreConnection *connection,
                                  const char *channel_name,
                                  const ScRoomAsker *asker,
                                  ScRoomRow **ret_room,
                                  GError **error);
gboolean sc_chat_store_find_channel (ScStoreConnection *connection,
                                     const char *room_id,
                                     gint64 *ret_user_id,
                                     GError **error);
gboolean sc_chat_store_find_line (ScStoreConnection *connection,
                                  gint64 user_id,
                                  const char *line_id,
                                  char **ret_sender_id,
                                  char **ret_content,
                                  GError **error);
gboolean sc_chat_store_add_line (ScStoreConnection *connection,
                                 gint64 user_id,
                                 const ScLineRow *line,
                                 gint64 now,
                                 GError **error);
gboolean sc_chat_store_delete_line (ScStoreConnection *connection,
                                    gint64 user_id,
                                    const char *line_id,
                                    gint64 deleted_at,
                                    gint64 now,
                                    GError **error);
gboolean sc_chat_store_forget_lines (ScStoreConnection *connection, gint64 now, GError **error);

G_END_DECLS
