/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who follows which channel. */

#include "config.h"

#include "sc-follow-store.h"

/**
 * sc_follow_store_set:
 * @connection: a connection
 * @person_id: somebody
 * @user_id: the channel's owner
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if they follow the channel, or follow %SC_FOLLOWS_MAX others
 */
gboolean
sc_follow_store_set (ScStoreConnection *connection,
                     gint64 person_id,
                     gint64 user_id,
                     gint64 now,
                     GError **error)
{
  return sc_store_execute (
           connection,
           "INSERT INTO follows (person_id, user_id, at) SELECT $1, $2, $3"
           " WHERE (SELECT count(*) FROM follows WHERE person_id = $1) < $4"
           " ON CONFLICT DO NOTHING",
           SC_PARAMS (sc_int (person_id), sc_int (user_id), sc_time (now), sc_int (SC_FOLLOWS_MAX)),
           error) >= 0;
}

/**
 * sc_follow_store_unset:
 * @connection: a connection
 * @person_id: somebody
 * @user_id: the channel's owner
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if they do not follow the channel
 */
gboolean
sc_follow_store_unset (ScStoreConnection *connection,
                       gint64 person_id,
                       gint64 user_id,
                       GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM follows WHERE person_id = $1 AND user_id = $2",
                           SC_PARAMS (sc_int (person_id), sc_int (user_id)),
                           error) >= 0;
}

/**
 * sc_follow_store_list:
 * @connection: a connection
 * @person_id: somebody
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the names of the channels that they follow, in order
 */
char **
sc_follow_store_list (ScStoreConnection *connection, gint64 person_id, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT c.name FROM follows f JOIN channels c ON c.user_id = f.user_id"
                    " WHERE f.person_id = $1 ORDER BY lower(c.name)",
                    SC_PARAMS (sc_int (person_id)),
                    error);
  return sc_store_result_read_texts (result);
}
