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
 * sc_user_from_row:
 * @result: a row of id, name, password_hash, suspended_reason and deletes_at
 *
 * Returns: (transfer full): the user
 */
ScUser *
sc_user_from_row (ScStoreResult *result)
{
  ScUser *user = g_new0 (ScUser, 1);
  user->id = sc_store_result_get_int (result, 0, 0);
  user->name = g_strdup (sc_store_result_get_text (result, 0, 1));
  user->password_hash = g_strdup (sc_store_result_get_text (result, 0, 2));
  user->suspended_reason = g_strdup (sc_store_result_get_text (result, 0, 3));
  user->deletes_at = sc_store_result_get_time (result, 0, 4);
  return user;
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
  *ret_user = sc_store_result_count (result) > 0 ? sc_user_from_row (result) : NULL;
  return TRUE;
}
