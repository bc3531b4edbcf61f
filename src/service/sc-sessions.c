/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Signing in and out. */

#include "config.h"

#include "sc-account-password.h"
#include "sc-credential-store.h"
#include "sc-guard.h"
#include "sc-handlers.h"
#include "sc-secret.h"
#include "sc-session-store.h"
#include "sc-token.h"
#include "sc-validate.h"

/* Finds the user by name without saying whether there is one: the hash is checked either way. No
 * connection is held meanwhile, or sixteen waiting sign-ins would hold them all. */
static gboolean
check_credentials (ScCall *call, const char *password, ScUser **user, GError **error)
{
  const char *name = json_object_get_string_member (call->body, "name");
  {
    g_autoptr (ScStoreConnection) connection =
      sc_store_acquire (sc_service_get_store (call->service), error);
    if (!connection || !sc_user_store_find (connection, name, user, error))
      return FALSE;
  }

  gboolean right = FALSE;
  if (!sc_passwords_verify (sc_service_get_passwords (call->service),
                            password,
                            *user ? (*user)->password_hash : NULL,
                            &right,
                            error))
    return FALSE;
  if (!right)
    g_clear_pointer (user, sc_user_free);
  return TRUE;
}

/* Hashes the password anew where the parameters have risen since. */
static gboolean
renew_hash (ScCall *call, const ScUser *user, const char *password, char **ret_hash, GError **error)
{
  if (!sc_passwords_is_outdated (user->password_hash))
    return TRUE;
  *ret_hash = sc_passwords_hash (sc_service_get_passwords (call->service), password, error);
  return *ret_hash != NULL;
}

/* What a sign-in makes, before it is committed. */
typedef struct {
  const ScUser *user;
  const char *device;   /* nullable */
  const char *new_hash; /* nullable: the same password, hashed with today's parameters */
  guint8 token_hash[SC_TOKEN_HASH_SIZE];
} NewSession;

/* Adds the session if the password is still the one that was compared. */
static gboolean
insert_session (ScCall *call, const NewSession *session, gboolean *ret_same, GError **error)
{
  const ScUser *user = session->user;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_store_begin (connection, error))
    return FALSE;
  gboolean held =
    session->new_hash
      ? sc_credential_store_change_password (connection, user, session->new_hash, ret_same, error)
      : sc_credential_store_hold_password (connection, user, ret_same, error);
  if (!held || !*ret_same)
    return held;
  return sc_session_store_insert (connection,
                                  session->token_hash,
                                  user->id,
                                  session->device,
                                  sc_service_now (call->service),
                                  error) &&
         sc_store_commit (connection, error);
}

static ScResponse *
sign_in (ScCall *call, const ScUser *user, const char *device, GError **error)
{
  const char *password = json_object_get_string_member (call->body, "password");
  g_autofree char *new_hash = NULL;
  if (!renew_hash (call, user, password, &new_hash, error))
    return NULL;
  NewSession session = { .user = user, .device = device, .new_hash = new_hash };
  gboolean same = FALSE;
  ScResponse *response = NULL;
  char *token = sc_token_new ();
  sc_token_hash (token, session.token_hash);
  if (insert_session (call, &session, &same, error))
    response = same ? sc_response_new_json (201, sc_account_view_session (call, user, token))
                    : sc_response_new_fault (SC_FAULT_BUSY, NULL, NULL);
  sc_secret_free (token);
  return response;
}

/* A wrong password and an unknown name get the same answer after the same work. */
static ScResponse *
try_to_sign_in (ScCall *call, GError **error)
{
  const char *device = NULL;
  ScResponse *refusal = sc_account_refuse_device (call->body, &device);
  if (refusal)
    return refusal;
  const char *password = json_object_get_string_member (call->body, "password");
  if (g_utf8_strlen (password, -1) > SC_PASSWORD_MAX) /* as wrong as any, and not worth hashing */
    return sc_response_new_fault (SC_FAULT_WRONG_CREDENTIALS, NULL, NULL);

  g_autoptr (ScUser) user = NULL;
  if (!check_credentials (call, password, &user, error))
    return NULL;
  if (!user)
    return sc_response_new_fault (SC_FAULT_WRONG_CREDENTIALS, NULL, NULL);
  refusal = sc_account_refuse_suspended (user);
  return refusal ? refusal : sign_in (call, user, device, error);
}

/**
 * sc_handle_sign_in:
 * @call: POST /v1/sessions {name, password, device?}
 * @error: an error of a layer below
 *
 * How often wrong passwords may come, sc-guard.c says. Where the password is changed in just this
 * moment, the person is told to come again.
 *
 * Returns: (transfer full) (nullable): 201 {token, expires_at, user}, with deletes_at where the
 *   account is to go and the session is good for keeping it alone, 401, 403 for who is suspended,
 *   or 429
 */
ScResponse *
sc_handle_sign_in (ScCall *call, GError **error)
{
  const char *name = json_object_get_string_member (call->body, "name");
  return sc_guard_run (call, name, try_to_sign_in, error);
}

/**
 * sc_handle_sign_out:
 * @call: DELETE /v1/session
 * @error: an error of a layer below
 *
 * Ends the session of the token that asks.
 *
 * Returns: (transfer full) (nullable): 204
 */
ScResponse *
sc_handle_sign_out (ScCall *call, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_session_store_delete (connection, call->token_hash, error))
    return NULL;
  return sc_response_new_empty ();
}
