/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What one does with an account: the password, the recovery code, its end, and taking that back. */

#include "config.h"

#include "sc-client-call.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-recovery-code.h"

static gboolean
read_deletes_at (JsonObject *answer, GValue *ret_value, GError **error)
{
  gint64 deletes_at = 0;
  if (!sc_json_read_moment (answer, "deletes_at", &deletes_at, error))
    return FALSE;
  g_value_init (ret_value, G_TYPE_INT64);
  g_value_set_int64 (ret_value, deletes_at);
  return TRUE;
}

/**
 * sc_client_delete_account:
 * @self: the client, with a token
 * @password: the account's password
 *
 * DELETE /v1/me: the account is closed and out of sight at once, and deleted some days later. Its
 * sessions are good for sc_client_restore_account() and signing out; all else is
 * %SC_CLIENT_ERROR_ACCOUNT_DELETED.
 *
 * Returns: (transfer full): a future that resolves to when it is deleted, a #gint64 of microseconds
 *   since the epoch
 */
DexFuture *
sc_client_delete_account (ScClient *self, const char *password)
{
  JsonObject *body = json_object_new ();
  sc_json_set_string (body, "password", password);
  return sc_client_call (self, "DELETE", "/v1/me", body, read_deletes_at);
}

/**
 * sc_client_restore_account:
 * @self: the client, with a token of an account that is to be deleted
 *
 * POST /v1/me/restore: the account stays as it was. %SC_CLIENT_ERROR_TOO_LATE once it is being
 * deleted.
 *
 * Returns: (transfer full): a future that resolves to %TRUE
 */
DexFuture *
sc_client_restore_account (ScClient *self)
{
  return sc_client_call (self, "POST", "/v1/me/restore", NULL, NULL);
}

/**
 * sc_client_recover:
 * @self: the client
 * @name: the user's name
 * @code: their recovery code, as they typed it
 * @password: their new password
 *
 * POST /v1/recovery: the code is used up, and all sessions of before are over.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CREDENTIALS with a new code
 */
DexFuture *
sc_client_recover (ScClient *self, const char *name, const char *code, const char *password)
{
  JsonObject *body = json_object_new ();
  sc_json_set_string (body, "name", name);
  sc_json_set_string (body, "code", code);
  sc_json_set_string (body, "password", password);
  sc_json_add_string (body, "device", sc_client_get_device (self));
  return sc_client_call (self, "POST", "/v1/recovery", body, sc_client_read_credentials);
}

/**
 * sc_client_change_password:
 * @self: the client, with a token
 * @password: the password that the account has
 * @new_password: the one that it gets
 *
 * POST /v1/me/password: all other sessions are over.
 *
 * Returns: (transfer full): a future that resolves to %TRUE
 */
DexFuture *
sc_client_change_password (ScClient *self, const char *password, const char *new_password)
{
  JsonObject *body = json_object_new ();
  sc_json_set_string (body, "current", password);
  sc_json_set_string (body, "new", new_password);
  return sc_client_call (self, "POST", "/v1/me/password", body, NULL);
}

static gboolean
read_code (JsonObject *answer, GValue *ret_value, GError **error)
{
  const char *code = sc_json_get_string (answer, "recovery_code", SC_RECOVERY_CODE_MAX, error);
  if (!code)
    return FALSE;
  g_value_init (ret_value, G_TYPE_STRING);
  g_value_set_string (ret_value, code);
  return TRUE;
}

/**
 * sc_client_new_recovery_code:
 * @self: the client, with a token
 * @password: the account's password
 *
 * POST /v1/me/recovery-code: the code of before is good no more.
 *
 * Returns: (transfer full): a future that resolves to the code as a string
 */
DexFuture *
sc_client_new_recovery_code (ScClient *self, const char *password)
{
  JsonObject *body = json_object_new ();
  sc_json_set_string (body, "password", password);
  return sc_client_call (self, "POST", "/v1/me/recovery-code", body, read_code);
}
