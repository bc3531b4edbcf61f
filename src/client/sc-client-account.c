/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The end of an account, and taking it back. */

#include "config.h"

#include "sc-client-call.h"
#include "sc-json-members.h"
#include "sc-json.h"

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
