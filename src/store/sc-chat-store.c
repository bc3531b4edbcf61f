/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Chat: whose room it is, and what was said there. */

#include "config.h"

#include "sc-chat-store.h"

/* What was said when nothing was recorded. Recordings are shown with what was said meanwhile. */
#define LINES_KEPT_US (365 * G_TIME_SPAN_DAY)

/* Longer than CloudWatch Logs and Lambda deliver again, 24 hours and 6: a line that is not there
 * after that does not come any more. */
#define MARKS_KEPT_US (7 * G_TIME_SPAN_DAY)

/**
 * sc_room_row_free:
 * @self: (nullable): a room
 */
void
sc_room_row_free (ScRoomRow *self)
{
  if (!self)
    return;
  g_free (self->arn);
  g_free (self->asker_public_id);
  g_free (self->ban_reason);
  g_free (self);
}

/* Whom the streamer has banned moderates nothing meanwhile. */
static ScChatRole
read_role (ScStoreResult *result, gint64 asker_id)
{
  if (asker_id == 0)
    return SC_CHAT_GUEST;
  if (asker_id == sc_store_result_get_int (result, 0, 0))
    return SC_CHAT_STREAMER;
  gboolean is_banned = sc_store_result_get_bool (result, 0, 5);
  return sc_store_result_get_bool (result, 0, 3) && !is_banned ? SC_CHAT_MODERATOR : SC_CHAT_VIEWER;
}

static ScRoomRow *
read_room (ScStoreResult *result, gint64 asker_id)
{
  ScRoomRow *room = g_new0 (ScRoomRow, 1);
  room->owner_id = sc_store_result_get_int (result, 0, 0);
  room->arn = g_strdup (sc_store_result_get_text (result, 0, 1));
  room->asker_public_id = g_strdup (sc_store_result_get_text (result, 0, 2));
  room->asker_role = read_role (result, asker_id);
  room->follows = sc_store_result_get_bool (result, 0, 4);
  room->is_banned = sc_store_result_get_bool (result, 0, 5);
  room->banned_until = sc_store_result_get_time (result, 0, 6);
  room->ban_reason = g_strdup (sc_store_result_get_text (result, 0, 7));
  room->modes.slow_seconds = (guint) sc_store_result_get_int (result, 0, 8);
  room->modes.followers_only = sc_store_result_get_bool (result, 0, 9);
  room->modes.read_only = sc_store_result_get_bool (result, 0, 10);
  room->modes.emoji_only = sc_store_result_get_bool (result, 0, 11);
  room->rules_written = sc_store_result_get_int (result, 0, 12);
  room->rules_wanted = sc_store_result_get_int (result, 0, 13);
  return room;
}

/**
 * sc_chat_store_find_room:
 * @connection: a connection
 * @channel_name: a channel's name, in any case
 * @asker: who asks, and when
 * @ret_room: (out) (transfer full) (nullable): the channel's room, or %NULL if there is no such
 *   channel, or its owner is leaving; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_chat_store_find_room (ScStoreConnection *connection,
                         const char *channel_name,
                         const ScRoomAsker *asker,
                         ScRoomRow **ret_room,
                         GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "SELECT c.user_id, c.room_arn, u.public_id::text, m.person_id IS NOT NULL,"
    " f.person_id IS NOT NULL, b.person_id IS NOT NULL, b.until, b.reason, s.slow_seconds,"
    " s.followers_only, s.read_only, s.emoji_only, s.written_version, s.wanted_version"
    " FROM channels c JOIN chat_settings s ON s.user_id = c.user_id"
    " LEFT JOIN users u ON u.id = $2"
    " LEFT JOIN moderators m ON m.user_id = c.user_id AND m.person_id = u.id"
    " LEFT JOIN follows f ON f.user_id = c.user_id AND f.person_id = u.id"
    " LEFT JOIN bans b ON b.user_id = c.user_id AND b.person_id = u.id"
    " AND (b.until IS NULL OR b.until > $3)"
    " WHERE lower(c.name) = lower($1) AND NOT EXISTS"
    " (SELECT 1 FROM errands d WHERE d.user_id = c.user_id AND d.kind = 'deletion')",
    SC_PARAMS (sc_text (channel_name), sc_int (asker->user_id), sc_time (asker->now)),
    error);
  if (!result)
    return FALSE;
  *ret_room = sc_store_result_count (result) == 1 ? read_room (result, asker->user_id) : NULL;
  return TRUE;
}

/**
 * sc_chat_store_find_channel:
 * @connection: a connection
 * @room_id: the last part of a room's ARN
 * @ret_user_id: (out): whose channel has the room, 0 for nobody's; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_chat_store_find_channel (ScStoreConnection *connection,
                            const char *room_id,
                            gint64 *ret_user_id,
                            GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT user_id FROM channels WHERE split_part(room_arn, ':room/', 2) = $1",
                    SC_PARAMS (sc_text (room_id)),
                    error);
  if (!result)
    return FALSE;
  *ret_user_id = sc_store_result_count (result) > 0 ? sc_store_result_get_int (result, 0, 0) : 0;
  return TRUE;
}

/* Of a person's lines that come after they were purged, those are purged too that were said before
 * the person was out, which takes a room some seconds, and not by then let in again. The action is
 * the first that purged them. */
#define PURGED_BY                                                                                  \
  "(SELECT a.id FROM mod_actions a JOIN users u ON u.id = a.person_id"                             \
  " WHERE a.user_id = $1 AND u.public_id::text = $4 AND a.kind IN ('timeout', 'ban')"              \
  " AND a.undone_at IS NULL AND a.at >= $3::timestamptz - interval '10 seconds'"                   \
  " AND NOT EXISTS (SELECT FROM mod_actions o WHERE o.user_id = a.user_id"                         \
  " AND o.person_id = a.person_id AND o.kind = 'unban' AND o.undone_at IS NULL"                    \
  " AND o.place > a.place AND o.at <= $3) ORDER BY a.place LIMIT 1)"

/* What moderators did about a line before it came is compared with what it is, and gets what they
 * did not say. */
#define CHECK_ACTIONS                                                                              \
  "UPDATE mod_actions a SET content = COALESCE(a.content, l.content),"                             \
  " person_id = COALESCE(a.person_id, (SELECT id FROM users WHERE public_id::text = "              \
  "l.sender_id)),"                                                                                 \
  " line_check = CASE WHEN COALESCE(a.content, l.content) = l.content"                             \
  " AND (a.person_id IS NULL OR EXISTS (SELECT FROM users p WHERE p.id = a.person_id"              \
  " AND p.public_id::text = l.sender_id)) THEN 'same' ELSE 'differs' END FROM added l"             \
  " WHERE a.user_id = l.user_id AND a.line_id = l.id AND a.line_check IS NULL"

/**
 * sc_chat_store_find_line:
 * @connection: a connection
 * @user_id: the channel's owner
 * @line_id: the id of a line
 * @ret_sender_id: (out) (transfer full): who said it; untouched if it is not there, or on failure
 * @ret_content: (out) (transfer full): what it says; untouched if it is not there, or on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_chat_store_find_line (ScStoreConnection *connection,
                         gint64 user_id,
                         const char *line_id,
                         char **ret_sender_id,
                         char **ret_content,
                         GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT sender_id, content FROM chat_lines"
                    " WHERE user_id = $1 AND id = $2 AND sent_at IS NOT NULL",
                    SC_PARAMS (sc_int (user_id), sc_text (line_id)),
                    error);
  if (!result)
    return FALSE;
  if (sc_store_result_count (result) == 1) {
    *ret_sender_id = g_strdup (sc_store_result_get_text (result, 0, 0));
    *ret_content = g_strdup (sc_store_result_get_text (result, 0, 1));
  }
  return TRUE;
}

/**
 * sc_chat_store_add_line:
 * @connection: a connection in a transaction that holds sc_moderation_store_lock()
 * @user_id: the channel's owner
 * @line: a line
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Writes a line down, with its place in the channel's streams. One that is there stays as it is,
 * one that was deleted before it came is there as a deleted one, and so is one whose sender was
 * banned or timed out between saying it and now. What moderators did about it before it came is
 * compared with it.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_chat_store_add_line (ScStoreConnection *connection,
                        gint64 user_id,
                        const ScLineRow *line,
                        gint64 now,
                        GError **error)
{
  return sc_store_execute (
           connection,
           "WITH added AS (INSERT INTO chat_lines AS l (user_id, id, sent_at, sender_id, "
           "sender_name,"
           " sender_role, content, received_at, stream_id, offset_ms, purged_by)"
           " SELECT $1, $2, $3, $4, $5, $6, $7, $8, p.stream_id, p.offset_ms, " PURGED_BY
           " FROM (VALUES (1)) one LEFT JOIN LATERAL chat_line_place($1, $3) p ON true"
           " ON CONFLICT (user_id, id) DO UPDATE SET sent_at = excluded.sent_at,"
           " sender_id = excluded.sender_id, sender_name = excluded.sender_name,"
           " sender_role = excluded.sender_role, content = excluded.content,"
           " stream_id = excluded.stream_id, offset_ms = excluded.offset_ms,"
           " purged_by = excluded.purged_by, arrival = excluded.arrival WHERE l.sent_at IS NULL"
           " RETURNING user_id, id, sender_id, content) " CHECK_ACTIONS,
           SC_PARAMS (sc_int (user_id),
                      sc_text (line->id),
                      sc_time (line->sent_at),
                      sc_text (line->sender_id),
                      sc_text (line->sender_name),
                      sc_text (sc_chat_role_to_string (line->sender_role)),
                      sc_text (line->content),
                      sc_time (now)),
           error) >= 0;
}

/**
 * sc_chat_store_delete_line:
 * @connection: a connection
 * @user_id: the channel's owner
 * @line_id: the id of a line, which may not be there yet
 * @deleted_at: when a moderator deleted it, microseconds since the epoch
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Marks a line as deleted, unless that was taken back since.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_chat_store_delete_line (ScStoreConnection *connection,
                           gint64 user_id,
                           const char *line_id,
                           gint64 deleted_at,
                           gint64 now,
                           GError **error)
{
  return sc_store_execute (
           connection,
           "INSERT INTO chat_lines AS l (user_id, id, deleted_at, received_at)"
           " VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, id) DO UPDATE SET"
           " deleted_at = LEAST(l.deleted_at, excluded.deleted_at)"
           " WHERE l.restored_at IS NULL OR l.restored_at < excluded.deleted_at",
           SC_PARAMS (sc_int (user_id), sc_text (line_id), sc_time (deleted_at), sc_time (now)),
           error) >= 0;
}

/* A stream that no recording has, or that none is made of: what was said in it goes with the years.
 */
#define NOT_RECORDED                                                                               \
  "NOT EXISTS (SELECT FROM recording_streams m JOIN recordings r ON r.id = m.recording_id"         \
  " WHERE m.stream_id = s.id AND r.failure IS NULL AND r.deleted_at IS NULL)"

/**
 * sc_chat_store_forget_lines:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Removes lines that came a year ago, except of streams that a recording has, and marks whose line
 * never came.
 *
 * Returns: %TRUE if they are gone
 */
gboolean
sc_chat_store_forget_lines (ScStoreConnection *connection, gint64 now, GError **error)
{
  const ScStoreValue before[] = { sc_time (now - LINES_KEPT_US) };
  return sc_store_execute (connection,
                           "DELETE FROM chat_lines WHERE stream_id IS NULL AND received_at < $1",
                           before,
                           1,
                           error) >= 0 &&
         sc_store_execute (connection,
                           "DELETE FROM chat_lines l USING streams s WHERE s.begins_at < $1"
                           " AND " NOT_RECORDED " AND l.stream_id = s.id AND l.received_at < $1",
                           before,
                           1,
                           error) >= 0 &&
         sc_store_execute (connection,
                           "DELETE FROM chat_lines WHERE sent_at IS NULL AND received_at < $1",
                           SC_PARAMS (sc_time (now - MARKS_KEPT_US)),
                           error) >= 0;
}
