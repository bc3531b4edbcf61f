/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sessions: who holds a token. The caller says what time it is. */

#include "config.h"

#include "sc-session-store.h"

/* How often a session in use writes that it is: once an hour is fine enough for days of idleness.
 */
#define TOUCH_AFTER_US G_TIME_SPAN_HOUR

/* Removes what is expired, and all but the most recently used that leave room for one more. */
static gboolean
make_room (ScStoreConnection *connection, gint64 user_id, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM sessions WHERE user_id = $1 AND (expires_at <= $2"
                           " OR used_at <= $3 OR token_hash IN (SELECT token_hash FROM sessions"
                           " WHERE user_id = $1 ORDER BY used_at DESC, token_hash OFFSET $4))",
                           SC_PARAMS (sc_int (user_id),
                                      sc_time (now),
                                      sc_time (now - SC_SESSION_IDLE_US),
                                      sc_int (SC_SESSIONS_PER_USER - 1)),
                           error) >= 0;
}

/**
 * sc_session_store_insert:
 * @connection: a connection inside a transaction
 * @token_hash: (array fixed-size=32): SHA-256 of the token
 * @user_id: whose it is
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Adds a session that ends after %SC_SESSION_AGE_US at the latest.
 *
 * Returns: %TRUE if it was added
 */
gboolean
sc_session_store_insert (ScStoreConnection *connection,
                         const guint8 *token_hash,
                         gint64 user_id,
                         gint64 now,
                         GError **error)
{
  return make_room (connection, user_id, now, error) &&
         sc_store_execute (connection,
                           "INSERT INTO sessions (token_hash, user_id, created_at, used_at,"
                           " expires_at) VALUES ($1, $2, $3, $3, $4)",
                           SC_PARAMS (sc_bytes (token_hash, SC_TOKEN_HASH_SIZE),
                                      sc_int (user_id),
                                      sc_time (now),
                                      sc_time (now + SC_SESSION_AGE_US)),
                           error) >= 0;
}

static gboolean
touch (ScStoreConnection *connection, const guint8 *token_hash, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE sessions SET used_at = $2 WHERE token_hash = $1",
                           SC_PARAMS (sc_bytes (token_hash, SC_TOKEN_HASH_SIZE), sc_time (now)),
                           error) >= 0;
}

/**
 * sc_session_store_find_user:
 * @connection: a connection
 * @token_hash: (array fixed-size=32): SHA-256 of the token
 * @now: microseconds since the epoch
 * @ret_user: (out) (transfer full) (nullable): who holds the token; %NULL if it is unknown, revoked
 *   or expired, or they are suspended; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_session_store_find_user (ScStoreConnection *connection,
                            const guint8 *token_hash,
                            gint64 now,
                            ScUser **ret_user,
                            GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT u.id, u.name, s.used_at, e.deletes_at FROM sessions s"
                    " JOIN users u ON u.id = s.user_id " SC_USER_DELETION_OF_U
                    " WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.used_at > $3"
                    " AND u.suspended_at IS NULL",
                    SC_PARAMS (sc_bytes (token_hash, SC_TOKEN_HASH_SIZE),
                               sc_time (now),
                               sc_time (now - SC_SESSION_IDLE_US)),
                    error);
  if (!result)
    return FALSE;
  if (sc_store_result_count (result) == 0) {
    *ret_user = NULL;
    return TRUE;
  }
  if (now - sc_store_result_get_time (result, 0, 2) >= TOUCH_AFTER_US &&
      !touch (connection, token_hash, now, error))
    return FALSE;

  ScUser *user = g_new0 (ScUser, 1);
  user->id = sc_store_result_get_int (result, 0, 0);
  user->name = g_strdup (sc_store_result_get_text (result, 0, 1));
  user->deletes_at = sc_store_result_get_time (result, 0, 3);
  *ret_user = user;
  return TRUE;
}

/**
 * sc_session_store_delete:
 * @connection: a connection
 * @token_hash: (array fixed-size=32): SHA-256 of the token
 * @error: an error of %SC_STORE_ERROR
 *
 * Ends a session at once, everywhere.
 *
 * Returns: %TRUE if it is gone
 */
gboolean
sc_session_store_delete (ScStoreConnection *connection, const guint8 *token_hash, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM sessions WHERE token_hash = $1",
                           SC_PARAMS (sc_bytes (token_hash, SC_TOKEN_HASH_SIZE)),
                           error) >= 0;
}

/**
 * sc_session_store_forget_expired:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Removes the sessions that no token opens any more.
 *
 * Returns: %TRUE if they are gone
 */
gboolean
sc_session_store_forget_expired (ScStoreConnection *connection, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM sessions WHERE expires_at <= $1 OR used_at <= $2",
                           SC_PARAMS (sc_time (now), sc_time (now - SC_SESSION_IDLE_US)),
                           error) >= 0;
}
