/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Lines that wait for a moderator. */

#include "config.h"

#include "sc-held-store.h"

/* What nobody decided about in this time is of no talk any more; what was decided is in the audit.
 */
#define HELD_KEPT_US (14 * G_TIME_SPAN_DAY)

/* A room whose moderators are away takes no more: who floods it would fill the database. */
#define HELD_PER_ROOM_MAX 1000

/* Nor does one person take the place of all others'. */
#define HELD_PER_PERSON_MAX 20

/* The sender is looked up by the index of users: what is no UUID is nobody's. */
#define HELD                                                                                       \
  " FROM held_lines h LEFT JOIN users u ON u.public_id = CASE"                                     \
  " WHEN h.sender_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN h.sender_id::uuid END"   \
  " WHERE h.user_id = $1"

/* Whoever is banned has said nothing that anybody has to decide about, as long as they are. */
#define WAITS                                                                                      \
  " AND h.decided_at IS NULL AND NOT EXISTS (SELECT FROM bans b WHERE b.user_id = h.user_id"       \
  " AND b.person_id = u.id AND (b.until IS NULL OR b.until > $2))"

#define SELECT_HELD                                                                                \
  "SELECT h.id::text, h.at, h.sender_id, h.name, h.role, h.content, h.rule, h.message_id, u.id,"   \
  " h.decided_at IS NOT NULL" HELD

/**
 * sc_held_row_free:
 * @self: (nullable): a row
 */
void
sc_held_row_free (ScHeldRow *self)
{
  if (!self)
    return;
  g_clear_object (&self->line);
  g_free (self->message_id);
  g_free (self);
}

static ScHeldRow *
read_row (ScStoreResult *result, guint row)
{
  const ScHeldLineFields fields = {
    .id = sc_store_result_get_text (result, row, 0),
    .at = sc_store_result_get_time (result, row, 1),
    .user_id = sc_store_result_get_text (result, row, 2),
    .name = sc_store_result_get_text (result, row, 3),
    .role = sc_chat_role_from_string (sc_store_result_get_text (result, row, 4)),
    .text = sc_store_result_get_text (result, row, 5),
    .rule = sc_store_result_get_text (result, row, 6),
  };
  ScHeldRow *self = g_new0 (ScHeldRow, 1);
  self->line = sc_held_line_new (&fields);
  self->message_id = g_strdup (sc_store_result_get_text (result, row, 7));
  self->sender_id = sc_store_result_get_int (result, row, 8);
  self->is_decided = sc_store_result_get_bool (result, row, 9);
  return self;
}

/**
 * sc_held_store_insert:
 * @connection: a connection
 * @user_id: the channel's owner
 * @held: a line
 * @ret_new: (out): whether it was not there before; a full room takes none; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down, or need not be
 */
gboolean
sc_held_store_insert (ScStoreConnection *connection,
                      gint64 user_id,
                      const ScNewHeldLine *held,
                      gboolean *ret_new,
                      GError **error)
{
  const ScHeldLineFields *line = &held->line;
  gint64 added = sc_store_execute (
    connection,
    "INSERT INTO held_lines (id, user_id, message_id, sender_id, name, role, content, rule, at)"
    " SELECT $1::uuid, $2, $3, $4, $5, $6, $7, $8, $9 WHERE (SELECT count(*) FROM held_lines"
    " WHERE user_id = $2 AND decided_at IS NULL) < $10 AND (SELECT count(*) FROM held_lines"
    " WHERE user_id = $2 AND sender_id = $4 AND decided_at IS NULL) < $11 ON CONFLICT DO NOTHING",
    SC_PARAMS (sc_text (held->id),
               sc_int (user_id),
               sc_text (held->message_id),
               sc_text (line->user_id),
               sc_text (line->name),
               sc_text (sc_chat_role_to_string (line->role)),
               sc_text (line->text),
               sc_text (line->rule),
               sc_time (line->at),
               sc_int (HELD_PER_ROOM_MAX),
               sc_int (HELD_PER_PERSON_MAX)),
    error);
  if (added < 0)
    return FALSE;
  *ret_new = added > 0;
  return TRUE;
}

/**
 * sc_held_store_count:
 * @connection: a connection
 * @user_id: the channel's owner
 * @now: microseconds since the epoch
 * @ret_count: (out): how many lines wait; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_held_store_count (ScStoreConnection *connection,
                     gint64 user_id,
                     gint64 now,
                     gint64 *ret_count,
                     GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (connection,
                                                     "SELECT count(*)" HELD WAITS,
                                                     SC_PARAMS (sc_int (user_id), sc_time (now)),
                                                     error);
  if (!result)
    return FALSE;
  *ret_count = sc_store_result_get_int (result, 0, 0);
  return TRUE;
}

/**
 * sc_held_store_list:
 * @connection: a connection
 * @user_id: the channel's owner
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScHeldRow): the lines that wait, the oldest
 *   first, at most %SC_HELD_LINES_MAX
 */
GPtrArray *
sc_held_store_list (ScStoreConnection *connection, gint64 user_id, gint64 now, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    SELECT_HELD WAITS " ORDER BY h.at, h.id LIMIT $3",
                    SC_PARAMS (sc_int (user_id), sc_time (now), sc_int (SC_HELD_LINES_MAX)),
                    error);
  return sc_store_result_read_all (result,
                                   (ScStoreReadFunc) read_row,
                                   (GDestroyNotify) sc_held_row_free);
}

/**
 * sc_held_store_find:
 * @connection: a connection
 * @user_id: the channel's owner
 * @id: a line's uuid
 * @ret_row: (out) (transfer full) (nullable): the line, or %NULL if there is none of this id in the
 *   channel; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_held_store_find (ScStoreConnection *connection,
                    gint64 user_id,
                    const char *id,
                    ScHeldRow **ret_row,
                    GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (connection,
                                                     SELECT_HELD " AND h.id = $2::uuid",
                                                     SC_PARAMS (sc_int (user_id), sc_text (id)),
                                                     error);
  if (!result)
    return FALSE;
  *ret_row = sc_store_result_count (result) == 1 ? read_row (result, 0) : NULL;
  return TRUE;
}

/**
 * sc_held_store_decide:
 * @connection: a connection inside a transaction that has the channel's turn
 * @verdict: what is decided about a line that waits
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_held_store_decide (ScStoreConnection *connection, const ScHeldVerdict *verdict, GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE held_lines SET decided_at = $2, decided_by = $3, approved = $4"
                           " WHERE id = $1::uuid",
                           SC_PARAMS (sc_text (verdict->id),
                                      sc_time (verdict->now),
                                      sc_int (verdict->decided_by),
                                      sc_bool (verdict->approved)),
                           error) >= 0;
}

/**
 * sc_held_store_forget:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Removes old lines, decided about or not.
 *
 * Returns: %TRUE if they are gone
 */
gboolean
sc_held_store_forget (ScStoreConnection *connection, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM held_lines WHERE at < $1",
                           SC_PARAMS (sc_time (now - HELD_KEPT_US)),
                           error) >= 0;
}
