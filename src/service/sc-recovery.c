/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The way back in for who forgot the password: the code that they were shown once. A code is good
 * once, and whoever uses it gets a new password, a new session and a new code. */

#include "config.h"

#include "sc-account-password.h"
#include "sc-credential-store.h"
#include "sc-guard.h"
#include "sc-handlers.h"
#include "sc-recovery-code.h"
#include "sc-secret.h"
#include "sc-session-store.h"
#include "sc-token.h"

/* What a recovery makes, before it is committed. */
typedef struct {
  const char *device;
  guint8 used_hash[SC_RECOVERY_HASH_SIZE];
  guint8 code_hash[SC_RECOVERY_HASH_SIZE];
  guint8 token_hash[SC_TOKEN_HASH_SIZE];
  char *code;
  char *token;
  char *password_hash;
} Recovery;

static void
recovery_clear (Recovery *self)
{
  sc_secret_free (self->code);
  sc_secret_free (self->token);
  g_free (self->password_hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Recovery, recovery_clear)

static ScResponse *
refuse_code (void)
{
  return sc_response_new_fault (SC_FAULT_WRONG_CODE, "code", NULL);
}

/* Finds whose code it is, without saying whether there is such a user. */
static gboolean
find_user (ScCall *call, Recovery *recovery, ScUser **ret_user, GError **error)
{
  const char *name = json_object_get_string_member (call->body, "name");
  const char *typed = json_object_get_string_member (call->body, "code");
  if (!sc_token_hash_recovery_code (typed, recovery->used_hash))
    return TRUE;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  return connection &&
         sc_credential_store_find_recovery (connection, name, recovery->used_hash, ret_user, error);
}

static gboolean
commit (ScCall *call,
        const Recovery *recovery,
        const ScUser *user,
        gboolean *ret_done,
        GError **error)
{
  gint64 now = sc_service_now (call->service);
  gboolean changed = FALSE;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_store_begin (connection, error) ||
      !sc_credential_store_use_recovery (connection,
                                         user->id,
                                         recovery->used_hash,
                                         ret_done,
                                         error) ||
      !sc_credential_store_change_password (connection,
                                            user,
                                            recovery->password_hash,
                                            &changed,
                                            error))
    return FALSE;
  *ret_done = *ret_done && changed;
  return !*ret_done ||
         (sc_credential_store_set_recovery (connection, user->id, recovery->code_hash, error) &&
          sc_session_store_end_all (connection, user->id, NULL, error) &&
          sc_session_store_insert (connection,
                                   recovery->token_hash,
                                   user->id,
                                   recovery->device,
                                   now,
                                   error) &&
          sc_store_commit (connection, error));
}

/* Makes the new password, session and code. */
static gboolean
recover (ScCall *call, Recovery *recovery, const ScUser *user, gboolean *ret_done, GError **error)
{
  const char *password = json_object_get_string_member (call->body, "password");
  recovery->password_hash =
    sc_passwords_hash (sc_service_get_passwords (call->service), password, error);
  if (!recovery->password_hash)
    return FALSE;
  recovery->token = sc_token_new ();
  recovery->code = sc_recovery_code_new ();
  sc_token_hash (recovery->token, recovery->token_hash);
  sc_token_hash_recovery_code (recovery->code, recovery->code_hash);

  g_autoptr (GError) cause = NULL;
  if (commit (call, recovery, user, ret_done, &cause))
    return TRUE;
  *ret_done = sc_account_has_hash (call, user->name, recovery->password_hash);
  if (!*ret_done)
    g_propagate_error (error, g_steal_pointer (&cause));
  return *ret_done;
}

static ScResponse *
try_to_recover (ScCall *call, GError **error)
{
  g_auto (Recovery) recovery = { 0 };
  const char *password = json_object_get_string_member (call->body, "password");
  ScResponse *refusal = sc_account_refuse_password (password, "password");
  if (!refusal)
    refusal = sc_account_refuse_device (call->body, &recovery.device);
  if (refusal)
    return refusal;

  g_autoptr (ScUser) user = NULL;
  if (!find_user (call, &recovery, &user, error))
    return NULL;
  if (!user)
    return refuse_code ();
  refusal = sc_account_refuse_suspended (user);
  if (refusal)
    return refusal;

  gboolean done = FALSE;
  if (!recover (call, &recovery, user, &done, error))
    return NULL;
  if (!done) /* somebody was quicker with the same code */
    return refuse_code ();
  JsonObject *body = sc_account_view_session (call, user, recovery.token);
  json_object_set_string_member (body, "recovery_code", recovery.code);
  return sc_response_new_json (201, body);
}

/**
 * sc_handle_recover:
 * @call: POST /v1/recovery {name, code, password, device?}
 * @error: an error of a layer below
 *
 * Gives the account a new password and ends all its sessions, for whoever has its recovery code,
 * which is used up by that. A wrong code and an unknown name get the same answer, and only the
 * right one costs a hash.
 *
 * Returns: (transfer full) (nullable): 201 {token, expires_at, user, recovery_code}, or 403
 */
ScResponse *
sc_handle_recover (ScCall *call, GError **error)
{
  const char *name = json_object_get_string_member (call->body, "name");
  return sc_guard_run (call, name, try_to_recover, error);
}

static ScResponse *
try_to_renew_code (ScCall *call, GError **error)
{
  ScResponse *refusal = NULL;
  g_autoptr (ScUser) user = sc_account_check_password (call, "password", &refusal, error);
  if (!user)
    return refusal;
  g_auto (Recovery) recovery = { .code = sc_recovery_code_new () };
  sc_token_hash_recovery_code (recovery.code, recovery.code_hash);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection ||
      !sc_credential_store_set_recovery (connection, user->id, recovery.code_hash, error))
    return NULL;
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "recovery_code", recovery.code);
  return sc_response_new_json (201, body);
}

/**
 * sc_handle_new_recovery_code:
 * @call: POST /v1/me/recovery-code {password}
 * @error: an error of a layer below
 *
 * Makes the only code that is good from now on.
 *
 * Returns: (transfer full) (nullable): 201 {recovery_code}, or 403 if the password is another
 */
ScResponse *
sc_handle_new_recovery_code (ScCall *call, GError **error)
{
  return sc_guard_run (call, call->user->name, try_to_renew_code, error);
}
