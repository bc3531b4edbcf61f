/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sessions: who holds a token. The caller says what time it is. */

#include "config.h"

#include "sc-session-store.h"

/* How often a session in use writes that it is: once an hour is fine enough for days of idleness.
 */
#define TOUCH_AFTER_US G_TIME_SPAN_HOUR

/**
 * sc_session_row_free:
 * @self: (nullable): a session
 */
void
sc_session_row_free (ScSessionRow *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->device);
  g_free (self);
}

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
 * @device: (nullable): what its machine is called
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
                         const char *device,
                         gint64 now,
                         GError **error)
{
  return make_room (connection, user_id, now, error) &&
         sc_store_execute (connection,
                           "INSERT INTO sessions (token_hash, user_id, created_at, used_at,"
                           " expires_at, device) VALUES ($1, $2, $3, $3, $4, $5)",
                           SC_PARAMS (sc_bytes (token_hash, SC_TOKEN_HASH_SIZE),
                                      sc_int (user_id),
                                      sc_time (now),
                                      sc_time (now + SC_SESSION_AGE_US),
                                      sc_text (device)),
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
 * sc_session_store_list:
 * @connection: a connection
 * @user_id: whose sessions
 * @token_hash: (array fixed-size=32): SHA-256 of the token that asks
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScSessionRow): the sessions that are good, the
 *   one used last first
 */
GPtrArray *
sc_session_store_list (ScStoreConnection *connection,
                       gint64 user_id,
                       const guint8 *token_hash,
                       gint64 now,
                       GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT id, device, created_at, used_at, expires_at, token_hash = $2"
                    " FROM sessions WHERE user_id = $1 AND expires_at > $3 AND used_at > $4"
                    " ORDER BY used_at DESC, id",
                    SC_PARAMS (sc_int (user_id),
                               sc_bytes (token_hash, SC_TOKEN_HASH_SIZE),
                               sc_time (now),
                               sc_time (now - SC_SESSION_IDLE_US)),
                    error);
  if (!result)
    return NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sc_session_row_free);
  for (guint i = 0; i < sc_store_result_count (result); i++) {
    ScSessionRow *row = g_new0 (ScSessionRow, 1);
    row->id = g_strdup (sc_store_result_get_text (result, i, 0));
    row->device = g_strdup (sc_store_result_get_text (result, i, 1));
    row->created_at = sc_store_result_get_time (result, i, 2);
    row->used_at = sc_store_result_get_time (result, i, 3);
    row->expires_at = sc_store_result_get_time (result, i, 4);
    row->is_current = sc_store_result_get_bool (result, i, 5);
    g_ptr_array_add (rows, row);
  }
  return rows;
}

/**
 * sc_session_store_end:
 * @connection: a connection
 * @user_id: whose session it must be
 * @id: its id, a uuid
 * @ret_ended: (out): whether there was such a session; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_session_store_end (ScStoreConnection *connection,
                      gint64 user_id,
                      const char *id,
                      gboolean *ret_ended,
                      GError **error)
{
  gint64 count = sc_store_execute (connection,
                                   "DELETE FROM sessions WHERE user_id = $1 AND id = $2::uuid",
                                   SC_PARAMS (sc_int (user_id), sc_text (id)),
                                   error);
  if (count < 0)
    return FALSE;
  *ret_ended = count > 0;
  return TRUE;
}

/**
 * sc_session_store_end_all:
 * @connection: a connection
 * @user_id: whose sessions
 * @kept: (nullable) (array fixed-size=32): SHA-256 of the token whose session stays
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if all but that one are gone
 */
gboolean
sc_session_store_end_all (ScStoreConnection *connection,
                          gint64 user_id,
                          const guint8 *kept,
                          GError **error)
{
  const ScStoreValue none = { .type = SC_STORE_NULL };
  return sc_store_execute (
           connection,
           "DELETE FROM sessions WHERE user_id = $1 AND token_hash IS DISTINCT FROM $2",
           SC_PARAMS (sc_int (user_id), kept ? sc_bytes (kept, SC_TOKEN_HASH_SIZE) : none),
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
