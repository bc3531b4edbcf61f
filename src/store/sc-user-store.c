/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-user-store.h"

/**
 * sc_user_free:
 * @self: (nullable): a user
 */
void
sc_user_free (ScUser *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->password_hash);
  g_free (self->suspended_reason);
  g_free (self);
}

/**
 * sc_user_store_insert:
 * @connection: a connection, in the transaction that makes the account
 * @name: a valid name
 * @password_hash: what a password is compared with
 * @ret_id: (out): the user's number; untouched on failure
 * @error: %SC_STORE_ERROR_UNIQUE if the name is taken, in whatever case
 *
 * Returns: %TRUE if the user was added
 */
gboolean
sc_user_store_insert (ScStoreConnection *connection,
                      const char *name,
                      const char *password_hash,
                      gint64 *ret_id,
                      GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "INSERT INTO users (name, password_hash) VALUES ($1, $2) RETURNING id",
                    SC_PARAMS (sc_text (name), sc_text (password_hash)),
                    error);
  if (!result)
    return FALSE;
  *ret_id = sc_store_result_get_int (result, 0, 0);
  return TRUE;
}

/**
 * sc_user_store_find:
 * @connection: a connection
 * @name: a name, in any case
 * @ret_user: (out) (transfer full) (nullable): the user, or %NULL if there is none; untouched on
 *   failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_user_store_find (ScStoreConnection *connection,
                    const char *name,
                    ScUser **ret_user,
                    GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT u.id, u.name, u.password_hash, u.suspended_reason, e.deletes_at"
                    " FROM users u " SC_USER_DELETION_OF_U " WHERE lower(u.name) = lower($1)",
                    SC_PARAMS (sc_text (name)),
                    error);
  if (!result)
    return FALSE;
  *ret_user = NULL;
  if (sc_store_result_count (result) == 0)
    return TRUE;
  ScUser *user = g_new0 (ScUser, 1);
  user->id = sc_store_result_get_int (result, 0, 0);
  user->name = g_strdup (sc_store_result_get_text (result, 0, 1));
  user->password_hash = g_strdup (sc_store_result_get_text (result, 0, 2));
  user->suspended_reason = g_strdup (sc_store_result_get_text (result, 0, 3));
  user->deletes_at = sc_store_result_get_time (result, 0, 4);
  *ret_user = user;
  return TRUE;
}

/**
 * sc_user_store_set_hash:
 * @connection: a connection
 * @id: a user's number
 * @password_hash: the same password, hashed with today's parameters
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it was stored
 */
gboolean
sc_user_store_set_hash (ScStoreConnection *connection,
                        gint64 id,
                        const char *password_hash,
                        GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE users SET password_hash = $2 WHERE id = $1",
                           SC_PARAMS (sc_int (id), sc_text (password_hash)),
                           error) >= 0;
}
