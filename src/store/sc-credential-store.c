/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What opens an account: the password's hash and the recovery code's. Each changes only from what
 * its caller saw, so that of two who change it at once one wins and the other learns that. */

#include "config.h"

#include "sc-credential-store.h"

/**
 * sc_credential_store_set_recovery:
 * @connection: a connection
 * @id: a user's number
 * @recovery_hash: (array fixed-size=32): SHA-256 of the only code that is good from now on
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it was stored
 */
gboolean
sc_credential_store_set_recovery (ScStoreConnection *connection,
                                  gint64 id,
                                  const guint8 *recovery_hash,
                                  GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE users SET recovery_hash = $2 WHERE id = $1",
                           SC_PARAMS (sc_int (id), sc_bytes (recovery_hash, SC_RECOVERY_HASH_SIZE)),
                           error) >= 0;
}

/**
 * sc_credential_store_find_recovery:
 * @connection: a connection
 * @name: a name, in any case
 * @recovery_hash: (array fixed-size=32): SHA-256 of a code
 * @ret_user: (out) (transfer full) (nullable): whose code it is; %NULL if there is no such user or
 *   it is not theirs; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_credential_store_find_recovery (ScStoreConnection *connection,
                                   const char *name,
                                   const guint8 *recovery_hash,
                                   ScUser **ret_user,
                                   GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT u.id, u.name, u.password_hash, u.suspended_reason, e.deletes_at"
                    " FROM users u " SC_USER_DELETION_OF_U
                    " WHERE lower(u.name) = lower($1) AND u.recovery_hash = $2",
                    SC_PARAMS (sc_text (name), sc_bytes (recovery_hash, SC_RECOVERY_HASH_SIZE)),
                    error);
  if (!result)
    return FALSE;
  *ret_user = sc_store_result_count (result) > 0 ? sc_user_from_row (result) : NULL;
  return TRUE;
}

/**
 * sc_credential_store_use_recovery:
 * @connection: a connection inside a transaction
 * @id: a user's number
 * @recovery_hash: (array fixed-size=32): SHA-256 of their code
 * @ret_used: (out): whether it was good, and is not any more; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_credential_store_use_recovery (ScStoreConnection *connection,
                                  gint64 id,
                                  const guint8 *recovery_hash,
                                  gboolean *ret_used,
                                  GError **error)
{
  gint64 count =
    sc_store_execute (connection,
                      "UPDATE users SET recovery_hash = NULL"
                      " WHERE id = $1 AND recovery_hash = $2",
                      SC_PARAMS (sc_int (id), sc_bytes (recovery_hash, SC_RECOVERY_HASH_SIZE)),
                      error);
  if (count < 0)
    return FALSE;
  *ret_used = count > 0;
  return TRUE;
}

/**
 * sc_credential_store_change_password:
 * @connection: a connection inside a transaction
 * @user: whose password it is, with the hash that it has
 * @new_hash: the hash that it gets
 * @ret_changed: (out): whether it still had the one that the caller saw; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_credential_store_change_password (ScStoreConnection *connection,
                                     const ScUser *user,
                                     const char *new_hash,
                                     gboolean *ret_changed,
                                     GError **error)
{
  gint64 count = sc_store_execute (
    connection,
    "UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2",
    SC_PARAMS (sc_int (user->id), sc_text (user->password_hash), sc_text (new_hash)),
    error);
  if (count < 0)
    return FALSE;
  *ret_changed = count > 0;
  return TRUE;
}

/**
 * sc_credential_store_hold_password:
 * @connection: a connection inside a transaction
 * @user: whose password it is, with the hash that somebody's password was compared with
 * @ret_same: (out): whether it is still that one; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Keeps the password from being changed until the transaction ends: a session that is made with the
 * old password is there when the change ends all sessions, or is not made at all.
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_credential_store_hold_password (ScStoreConnection *connection,
                                   const ScUser *user,
                                   gboolean *ret_same,
                                   GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT 1 FROM users WHERE id = $1 AND password_hash = $2 FOR SHARE",
                    SC_PARAMS (sc_int (user->id), sc_text (user->password_hash)),
                    error);
  if (!result)
    return FALSE;
  *ret_same = sc_store_result_count (result) > 0;
  return TRUE;
}
