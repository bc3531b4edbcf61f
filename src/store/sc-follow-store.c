/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who follows which channel. */

#include "config.h"

#include "sc-follow-store.h"

/**
 * sc_follow_store_read:
 * @connection: a connection
 * @person_id: somebody
 * @user_id: the channel's owner
 * @ret_follow: (out caller-allocates): whether they follow the channel and want to be told of it,
 *   and how many follow; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_follow_store_read (ScStoreConnection *connection,
                      gint64 person_id,
                      gint64 user_id,
                      ScFollow *ret_follow,
                      GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT f.notify IS NOT NULL,"
                    " coalesce ((SELECT followers FROM follower_counts WHERE user_id = $2), 0),"
                    " coalesce (f.notify, true) FROM (SELECT 1) one"
                    " LEFT JOIN follows f ON f.person_id = $1 AND f.user_id = $2",
                    SC_PARAMS (sc_int (person_id), sc_int (user_id)),
                    error);
  if (!result)
    return FALSE;
  ret_follow->following = sc_store_result_get_bool (result, 0, 0);
  ret_follow->followers = sc_store_result_get_int (result, 0, 1);
  ret_follow->notify = sc_store_result_get_bool (result, 0, 2);
  return TRUE;
}

/**
 * sc_follow_store_set:
 * @connection: a connection
 * @person_id: somebody
 * @user_id: the channel's owner
 * @now: microseconds since the epoch
 * @ret_full: (out): whether they follow %SC_FOLLOWS_MAX others, and this channel not; untouched on
 *   failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Whoever follows the channel already goes on doing so since then.
 *
 * Returns: %FALSE if the database could not do it
 */
gboolean
sc_follow_store_set (ScStoreConnection *connection,
                     gint64 person_id,
                     gint64 user_id,
                     gint64 now,
                     gboolean *ret_full,
                     GError **error)
{
  ScFollow follow = { .following = TRUE };
  gint64 added = sc_store_execute (
    connection,
    "INSERT INTO follows (person_id, user_id, at) SELECT $1, $2, $3"
    " WHERE (SELECT count(*) FROM follows WHERE person_id = $1) < $4"
    " ON CONFLICT DO NOTHING",
    SC_PARAMS (sc_int (person_id), sc_int (user_id), sc_time (now), sc_int (SC_FOLLOWS_MAX)),
    error);
  if (added < 0 ||
      (added == 0 && !sc_follow_store_read (connection, person_id, user_id, &follow, error)))
    return FALSE;
  *ret_full = !follow.following;
  return TRUE;
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
 * sc_follow_store_set_notify:
 * @connection: a connection
 * @person_id: somebody
 * @user_id: the channel's owner
 * @notify: whether they want to be told when it goes live
 * @ret_following: (out): whether they follow the channel; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not do it
 */
gboolean
sc_follow_store_set_notify (ScStoreConnection *connection,
                            gint64 person_id,
                            gint64 user_id,
                            gboolean notify,
                            gboolean *ret_following,
                            GError **error)
{
  gint64 changed =
    sc_store_execute (connection,
                      "UPDATE follows SET notify = $3 WHERE person_id = $1 AND user_id = $2",
                      SC_PARAMS (sc_int (person_id), sc_int (user_id), sc_bool (notify)),
                      error);
  if (changed < 0)
    return FALSE;
  *ret_following = changed > 0;
  return TRUE;
}
