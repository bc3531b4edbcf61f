/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Lines that are taken away with their sender, and given back. A line that comes through the log
 * after the action that took its sender's lines away is born purged (sc_chat_store_add_line()). */

#include "config.h"

#include "sc-line-removal.h"

/**
 * sc_line_removal_purge:
 * @connection: a connection inside the transaction of the action
 * @purge: whose lines
 * @error: an error of %SC_STORE_ERROR
 *
 * Takes all lines of a person away that are known.
 *
 * Returns: (transfer full) (nullable): the ids of the newest %SC_PURGE_DELETES_MAX of them, the
 *   newest first
 */
char **
sc_line_removal_purge (ScStoreConnection *connection, const ScPurge *purge, GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "WITH purged AS (UPDATE chat_lines SET purged_by = $3::uuid WHERE user_id = $1"
    " AND sender_id = $2 AND sent_at IS NOT NULL AND purged_by IS NULL AND deleted_at IS NULL"
    " RETURNING id, sent_at) SELECT id FROM purged ORDER BY sent_at DESC, id DESC LIMIT $4",
    SC_PARAMS (sc_int (purge->user_id),
               sc_text (purge->person_public_id),
               sc_text (purge->action_id),
               sc_int (SC_PURGE_DELETES_MAX)),
    error);
  return sc_store_result_read_texts (result);
}

/**
 * sc_line_removal_restore_purged:
 * @connection: a connection inside the transaction that undoes the action
 * @action_id: the action that took lines away
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Gives them back, and remembers it for deletions of before that the log reports later.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_line_removal_restore_purged (ScStoreConnection *connection,
                                const char *action_id,
                                gint64 now,
                                GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE chat_lines SET purged_by = NULL, deleted_at = NULL,"
                           " restored_at = $2 WHERE purged_by = $1::uuid",
                           SC_PARAMS (sc_text (action_id), sc_time (now)),
                           error) >= 0;
}

/**
 * sc_line_removal_restore:
 * @connection: a connection inside the transaction that undoes the deletion
 * @user_id: the channel's owner
 * @line_id: a line, which may not be there yet
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Gives a deleted line back, and remembers it for the deletion that the log reports later.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_line_removal_restore (ScStoreConnection *connection,
                         gint64 user_id,
                         const char *line_id,
                         gint64 now,
                         GError **error)
{
  return sc_store_execute (connection,
                           "INSERT INTO chat_lines (user_id, id, restored_at, received_at)"
                           " VALUES ($1, $2, $3, $3) ON CONFLICT (user_id, id) DO UPDATE SET"
                           " deleted_at = NULL, restored_at = excluded.restored_at",
                           SC_PARAMS (sc_int (user_id), sc_text (line_id), sc_time (now)),
                           error) >= 0;
}
