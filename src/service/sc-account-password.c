/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Changing the own password, and what every route that takes a password has in common. */

#include "config.h"

#include "sc-account-password.h"

#include "sc-account-views.h"
#include "sc-credential-store.h"
#include "sc-guard.h"
#include "sc-handlers.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-repeats.h"
#include "sc-session-store.h"
#include "sc-validate.h"

/**
 * sc_account_refuse_password:
 * @password: what somebody wants as a password
 * @field: the member of the body that it is
 *
 * Returns: (transfer full) (nullable): the answer if it cannot be one
 */
ScResponse *
sc_account_refuse_password (const char *password, const char *field)
{
  static const char *const sentences[] = {
    [SC_INVALID_EMPTY] = "The password is empty.",
    [SC_INVALID_TOO_SHORT] = "A password has at least 8 characters.",
    [SC_INVALID_TOO_LONG] = "A password has at most 256 characters.",
    [SC_INVALID_CHARACTER] = "The password has a character that cannot be read.",
  };
  ScInvalid invalid = sc_validate_password (password);
  return invalid == SC_VALID
           ? NULL
           : sc_response_new_fault (SC_FAULT_INVALID_PASSWORD, field, sentences[invalid]);
}

/**
 * sc_account_refuse_device:
 * @body: a body that may say what the machine is called
 * @ret_device: (out) (nullable): what it is called; untouched on failure
 *
 * Returns: (transfer full) (nullable): the answer if it cannot be called that
 */
ScResponse *
sc_account_refuse_device (JsonObject *body, const char **ret_device)
{
  const char *device = sc_json_get_string_or (body, "device", NULL);
  if (device && sc_validate_device (device) != SC_VALID)
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  "device",
                                  "A device has 1 to 64 characters on one line.");
  *ret_device = device;
  return NULL;
}

/**
 * sc_account_refuse_suspended:
 * @user: somebody who has shown that the account is theirs: nobody else learns why it is suspended
 *
 * Returns: (transfer full) (nullable): the answer if they are suspended
 */
ScResponse *
sc_account_refuse_suspended (const ScUser *user)
{
  if (!user->suspended_reason)
    return NULL;
  JsonObject *details = json_object_new ();
  json_object_set_string_member (details, "reason", user->suspended_reason);
  return sc_response_new_fault_with (SC_FAULT_SUSPENDED, details);
}

/**
 * sc_account_view_session:
 * @call: the request that a new session is the answer to
 * @user: whose it is
 * @token: its token
 *
 * Returns: (transfer full): {token, expires_at, user}, with deletes_at where the account is to go
 *   and the session is good for keeping it alone
 */
JsonObject *
sc_account_view_session (ScCall *call, const ScUser *user, const char *token)
{
  JsonObject *body = sc_view_session (token, user->name, sc_service_now (call->service));
  if (user->deletes_at)
    sc_json_set_time (body, "deletes_at", user->deletes_at);
  return body;
}

/**
 * sc_account_check_password:
 * @call: a request of somebody who is signed in
 * @field: the member of its body that is their password
 * @ret_refusal: (out) (transfer full): the answer if it is not
 * @error: an error of a layer below
 *
 * Makes sure that it is the person who asks, and not somebody at their open desktop.
 *
 * Returns: (transfer full) (nullable): the person, with the hash that the password was compared
 *   with; %NULL with *@ret_refusal or @error
 */
ScUser *
sc_account_check_password (ScCall *call,
                           const char *field,
                           ScResponse **ret_refusal,
                           GError **error)
{
  const char *password = json_object_get_string_member (call->body, field);
  g_autoptr (ScUser) user = NULL;
  {
    g_autoptr (ScStoreConnection) connection =
      sc_store_acquire (sc_service_get_store (call->service), error);
    if (!connection || !sc_user_store_find (connection, call->user->name, &user, error))
      return NULL;
  }

  /* One that is too long is as wrong as any, and not worth hashing. */
  gboolean right = FALSE;
  if (user && g_utf8_strlen (password, -1) <= SC_PASSWORD_MAX &&
      !sc_passwords_verify (sc_service_get_passwords (call->service),
                            password,
                            user->password_hash,
                            &right,
                            error))
    return NULL;
  if (right)
    return g_steal_pointer (&user);
  *ret_refusal = sc_response_new_fault (SC_FAULT_WRONG_PASSWORD, field, NULL);
  return NULL;
}

/**
 * sc_account_has_hash:
 * @call: a request whose change of a password may or may not have been committed when the
 *   connection broke
 * @name: whose password
 * @hash: the hash that it was to get, which no other change makes
 *
 * Returns: whether the change was committed; %FALSE also where the database does not say
 */
gboolean
sc_account_has_hash (ScCall *call, const char *name, const char *hash)
{
  g_autoptr (ScUser) user = NULL;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), NULL);
  return connection && sc_user_store_find (connection, name, &user, NULL) && user &&
         g_str_equal (user->password_hash, hash);
}

/* The new password, and the end of all other sessions, in one transaction. */
static gboolean
change (ScCall *call, const ScUser *user, const char *hash, gboolean *ret_changed, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_store_begin (connection, error) ||
      !sc_credential_store_change_password (connection, user, hash, ret_changed, error))
    return FALSE;
  return !*ret_changed ||
         (sc_session_store_end_all (connection, user->id, call->token_hash, error) &&
          sc_repeats_commit (call, connection, 204, NULL, error));
}

static ScResponse *
try_to_change_password (ScCall *call, GError **error)
{
  const char *new_password = json_object_get_string_member (call->body, "new");
  ScResponse *refusal = sc_account_refuse_password (new_password, "new");
  if (refusal)
    return refusal;
  g_autoptr (ScUser) user = sc_account_check_password (call, "current", &refusal, error);
  if (!user)
    return refusal;
  g_autofree char *hash =
    sc_passwords_hash (sc_service_get_passwords (call->service), new_password, error);
  if (!hash)
    return NULL;

  gboolean changed = FALSE;
  g_autoptr (GError) cause = NULL;
  if (!change (call, user, hash, &changed, &cause) &&
      !sc_account_has_hash (call, user->name, hash)) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return NULL;
  }
  if (!cause && !changed) /* somebody was quicker, and the current password is another now */
    return sc_response_new_fault (SC_FAULT_WRONG_PASSWORD, "current", NULL);
  return sc_response_new_empty ();
}

/**
 * sc_handle_change_password:
 * @call: POST /v1/me/password {current, new}
 * @error: an error of a layer below
 *
 * Whoever is signed in elsewhere with the old password is signed out.
 *
 * Returns: (transfer full) (nullable): 204, or 403 if the current password is another
 */
ScResponse *
sc_handle_change_password (ScCall *call, GError **error)
{
  return sc_guard_run (call, call->user->name, try_to_change_password, error);
}
