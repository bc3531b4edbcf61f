/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Chat: whose room it is, and what was said there. */

#include "config.h"

#include "sc-chat-store.h"

/**
 * sc_chat_room_free:
 * @self: (nullable): a room
 */
void
sc_chat_room_free (ScChatRoom *self)
{
  if (!self)
    return;
  g_free (self->arn);
  g_free (self->asker_public_id);
  g_free (self);
}

/**
 * sc_chat_store_find_room:
 * @connection: a connection
 * @channel_name: a channel's name, in any case
 * @asker_id: the number of the user who asks, 0 for a guest
 * @ret_room: (out) (transfer full) (nullable): the channel's room, or %NULL if there is no such
 *   channel; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_chat_store_find_room (ScStoreConnection *connection,
                         const char *channel_name,
                         gint64 asker_id,
                         ScChatRoom **ret_room,
                         GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT c.user_id, c.room_arn, u.public_id::text FROM channels c"
                    " LEFT JOIN users u ON u.id = $2 WHERE lower(c.name) = lower($1)",
                    SC_PARAMS (sc_text (channel_name), sc_int (asker_id)),
                    error);
  if (!result)
    return FALSE;
  ScChatRoom *room = NULL;
  if (sc_store_result_count (result) == 1) {
    room = g_new0 (ScChatRoom, 1);
    room->owner_id = sc_store_result_get_int (result, 0, 0);
    room->arn = g_strdup (sc_store_result_get_text (result, 0, 1));
    room->asker_public_id = g_strdup (sc_store_result_get_text (result, 0, 2));
  }
  *ret_room = room;
  return TRUE;
}
