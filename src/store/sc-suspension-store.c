/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who may not use the site at all. */

#include "config.h"

#include "sc-suspension-store.h"

/**
 * sc_suspect_free:
 * @self: (nullable): somebody
 */
void
sc_suspect_free (ScSuspect *self)
{
  if (!self)
    return;
  g_free (self->public_id);
  g_free (self->name);
  g_free (self->channel_arn);
  g_free (self->stream_key_arn);
  g_free (self);
}

/**
 * sc_suspension_store_find:
 * @connection: a connection
 * @name: a user's name, in any case
 * @ret_suspect: (out) (transfer full) (nullable): the user, or %NULL if there is none; untouched on
 *   failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_suspension_store_find (ScStoreConnection *connection,
                          const char *name,
                          ScSuspect **ret_suspect,
                          GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "SELECT u.id, u.public_id::text, u.name, u.suspended_at IS NOT NULL, c.arn, c.stream_key_arn"
    " FROM users u LEFT JOIN channels c ON c.user_id = u.id WHERE lower(u.name) = lower($1)",
    SC_PARAMS (sc_text (name)),
    error);
  if (!result)
    return FALSE;
  ScSuspect *suspect = NULL;
  if (sc_store_result_count (result) == 1) {
    suspect = g_new0 (ScSuspect, 1);
    suspect->id = sc_store_result_get_int (result, 0, 0);
    suspect->public_id = g_strdup (sc_store_result_get_text (result, 0, 1));
    suspect->name = g_strdup (sc_store_result_get_text (result, 0, 2));
    suspect->is_suspended = sc_store_result_get_bool (result, 0, 3);
    suspect->channel_arn = g_strdup (sc_store_result_get_text (result, 0, 4));
    suspect->stream_key_arn = g_strdup (sc_store_result_get_text (result, 0, 5));
  }
  *ret_suspect = suspect;
  return TRUE;
}

/**
 * sc_suspension_store_set:
 * @connection: a connection
 * @user_id: somebody
 * @reason: (nullable): why they may not sign in any more; %NULL to let them in again
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_suspension_store_set (ScStoreConnection *connection,
                         gint64 user_id,
                         const char *reason,
                         gint64 now,
                         GError **error)
{
  return sc_store_execute (
           connection,
           "UPDATE users SET suspended_reason = $2, suspended_at = $3 WHERE id = $1",
           SC_PARAMS (sc_int (user_id), sc_text (reason), sc_time (reason ? now : 0)),
           error) >= 0;
}

/**
 * sc_suspension_store_end_sessions:
 * @connection: a connection
 * @user_id: somebody
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: how many of their sessions were ended, negative on failure
 */
gint64
sc_suspension_store_end_sessions (ScStoreConnection *connection, gint64 user_id, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM sessions WHERE user_id = $1",
                           SC_PARAMS (sc_int (user_id)),
                           error);
}

/**
 * sc_suspension_store_set_key:
 * @connection: a connection
 * @user_id: whose channel
 * @stream_key_arn: (nullable): the key that it has now, or %NULL
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_suspension_store_set_key (ScStoreConnection *connection,
                             gint64 user_id,
                             const char *stream_key_arn,
                             GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE channels SET stream_key_arn = $2 WHERE user_id = $1",
                           SC_PARAMS (sc_int (user_id), sc_text (stream_key_arn)),
                           error) >= 0;
}

/**
 * sc_suspension_store_list_visited:
 * @connection: a connection
 * @user_id: somebody
 * @since: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the owners of the channels whose rooms
 *   they were let into since then
 */
GArray *
sc_suspension_store_list_visited (ScStoreConnection *connection,
                                  gint64 user_id,
                                  gint64 since,
                                  GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT user_id FROM room_visits WHERE person_id = $1 AND at >= $2"
                    " ORDER BY user_id",
                    SC_PARAMS (sc_int (user_id), sc_time (since)),
                    error);
  return sc_store_result_read_ints (result);
}
