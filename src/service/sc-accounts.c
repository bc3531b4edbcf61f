/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Signing up, and who am I. An account is a user, a channel, the plan of its resources and a
 * session, in one transaction: all or nothing. */

#include "config.h"

#include "sc-account-password.h"
#include "sc-account-views.h"
#include "sc-channel-store.h"
#include "sc-credential-store.h"
#include "sc-guard.h"
#include "sc-handlers.h"
#include "sc-json.h"
#include "sc-recovery-code.h"
#include "sc-repeats.h"
#include "sc-secret.h"
#include "sc-session-store.h"
#include "sc-sign-up-again.h"
#include "sc-token.h"
#include "sc-validate.h"

/* How long a sign-up waits for its channel: most are ready within it, and nobody who waits for a
 * throttled one is kept from the application. */
#define PROVISION_BUDGET_US (2 * G_TIME_SPAN_SECOND)

static ScResponse *
refuse_name (ScInvalid invalid)
{
  static const char *const sentences[] = {
    [SC_INVALID_EMPTY] = "The name is empty.",
    [SC_INVALID_TOO_SHORT] = "A name has at least 3 characters.",
    [SC_INVALID_TOO_LONG] = "A name has at most 32 characters.",
    [SC_INVALID_CHARACTER] = "A name has only the letters a to z, digits, “-” and “_”.",
    [SC_INVALID_START] = "A name starts with a letter or a digit.",
  };
  return sc_response_new_fault (SC_FAULT_INVALID_NAME, "name", sentences[invalid]);
}

static ScResponse *
refuse_invalid (JsonObject *body, const char **ret_device)
{
  ScInvalid invalid = sc_validate_name (json_object_get_string_member (body, "name"));
  if (invalid != SC_VALID)
    return refuse_name (invalid);
  const char *password = json_object_get_string_member (body, "password");
  ScResponse *refusal = sc_account_refuse_password (password, "password");
  return refusal ? refusal : sc_account_refuse_device (body, ret_device);
}

/* Says early that a name is taken: a hash costs 55 ms, and the unique index decides anyway. */
static gboolean
is_taken (ScCall *call, const char *name, gboolean *ret_taken, GError **error)
{
  g_autoptr (ScUser) user = NULL;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_user_store_find (connection, name, &user, error))
    return FALSE;
  *ret_taken = user != NULL;
  return TRUE;
}

typedef struct {
  const char *name;
  const char *device; /* nullable */
  const char *password_hash;
  guint8 token_hash[SC_TOKEN_HASH_SIZE];
  guint8 recovery_hash[SC_RECOVERY_HASH_SIZE];
  gint64 now;
  const ScRepeat *repeat; /* nullable */
} NewAccount;

/* Which request made the account, if it can come again. */
static gboolean
note_repeat (ScStoreConnection *connection,
             const NewAccount *account,
             gint64 user_id,
             GError **error)
{
  if (!account->repeat)
    return TRUE;
  ScRepeat repeat = *account->repeat;
  repeat.user_id = user_id;
  return sc_repeat_store_add (connection, &repeat, error);
}

static gboolean
insert_account (ScStoreConnection *connection,
                const NewAccount *account,
                gint64 *ret_user_id,
                GError **error)
{
  g_autofree char *title = g_strdup_printf ("%s's live stream", account->name);
  return sc_store_begin (connection, error) &&
         sc_user_store_insert (connection,
                               account->name,
                               account->password_hash,
                               ret_user_id,
                               error) &&
         sc_credential_store_set_recovery (connection,
                                           *ret_user_id,
                                           account->recovery_hash,
                                           error) &&
         sc_channel_store_insert (connection, *ret_user_id, account->name, title, error) &&
         sc_provision_begin (connection, *ret_user_id, account->now, error) &&
         sc_session_store_insert (connection,
                                  account->token_hash,
                                  *ret_user_id,
                                  account->device,
                                  account->now,
                                  error) &&
         note_repeat (connection, account, *ret_user_id, error) &&
         sc_store_commit (connection, error);
}

/* The connection broke while the account was being committed: its session tells whether it was. */
static gboolean
settle (ScCall *call, const NewAccount *account, gint64 *ret_user_id)
{
  g_autoptr (ScUser) user = NULL;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), NULL);
  if (!connection ||
      !sc_session_store_find_user (connection, account->token_hash, account->now, &user, NULL) ||
      !user)
    return FALSE;
  *ret_user_id = user->id;
  return TRUE;
}

/* Makes the account. Where somebody else took the name meanwhile, the answer is in @ret_refusal. */
static gboolean
make_account (ScCall *call,
              const NewAccount *account,
              gint64 *ret_user_id,
              ScResponse **ret_refusal,
              GError **error)
{
  g_autoptr (GError) cause = NULL;
  {
    g_autoptr (ScStoreConnection) connection =
      sc_store_acquire (sc_service_get_store (call->service), error);
    if (!connection)
      return FALSE;
    if (insert_account (connection, account, ret_user_id, &cause))
      return TRUE;
  }
  if (g_error_matches (cause, SC_STORE_ERROR, SC_STORE_ERROR_UNIQUE)) {
    *ret_refusal = sc_response_new_fault (SC_FAULT_NAME_TAKEN, "name", NULL);
    return FALSE;
  }
  if (g_error_matches (cause, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE) &&
      settle (call, account, ret_user_id))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* Makes the channel as far as it gets in the time. What goes wrong is in its row, and tick goes on
 * from there: the account exists whatever happens here. */
static void
provision_for_a_while (ScCall *call, gint64 user_id)
{
  gint64 deadline = g_get_monotonic_time () + PROVISION_BUDGET_US;
  ScProvisionOutcome outcome = SC_PROVISION_MOVED;
  while (outcome == SC_PROVISION_MOVED && g_get_monotonic_time () < deadline)
    if (!sc_provision_advance (sc_service_get_quick_provisioner (call->service),
                               user_id,
                               &outcome,
                               NULL))
      return;
}

/* The account as it is now. Where the database fails just here, the account stands all the same:
 * its person gets the session with what is known. */
static ScResponse *
answer_signed_up (ScCall *call, gint64 user_id, const char *name, JsonObject *body)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), NULL);
  g_autoptr (ScChannelRow) row =
    connection ? sc_channel_store_get_own (connection, user_id, NULL) : NULL;
  g_autofree char *title = g_strdup_printf ("%s's live stream", name);
  g_autoptr (ScChannel) bare = sc_channel_new (name, title);
  json_object_set_object_member (body,
                                 "channel",
                                 row ? sc_view_own_channel (row) : sc_channel_to_json (bare, TRUE));
  return sc_response_new_json (201, body);
}

/* Makes the account with a new session and a new recovery code, whose secrets leave with the answer
 * alone. */
static ScResponse *
sign_up (ScCall *call, NewAccount *account, GError **error)
{
  ScResponse *response = NULL;
  char *token = sc_token_new ();
  char *code = sc_recovery_code_new ();
  sc_token_hash (token, account->token_hash);
  sc_token_hash_recovery_code (code, account->recovery_hash);
  account->now = sc_service_now (call->service);
  gint64 user_id = 0;
  if (make_account (call, account, &user_id, &response, error)) {
    provision_for_a_while (call, user_id);
    JsonObject *body = sc_view_session (token, account->name, account->now);
    json_object_set_string_member (body, "recovery_code", code);
    response = answer_signed_up (call, user_id, account->name, body);
  }
  sc_secret_free (token);
  sc_secret_free (code);
  return response;
}

static ScResponse *
try_to_sign_up (ScCall *call, GError **error)
{
  NewAccount account = { .name = json_object_get_string_member (call->body, "name") };
  const char *password = json_object_get_string_member (call->body, "password");
  ScResponse *refusal = refuse_invalid (call->body, &account.device);
  if (refusal)
    return refusal;

  gboolean taken = FALSE;
  if (!is_taken (call, account.name, &taken, error))
    return NULL;
  if (taken)
    return sc_response_new_fault (SC_FAULT_NAME_TAKEN, "name", NULL);
  g_autofree char *hash =
    sc_passwords_hash (sc_service_get_passwords (call->service), password, error);
  ScRepeat repeat;
  if (sc_repeats_read_sign_up (call, account.name, &repeat))
    account.repeat = &repeat;
  account.password_hash = hash;
  return hash ? sign_up (call, &account, error) : NULL;
}

static ScResponse *
sign_up_once (ScCall *call, GError **error)
{
  ScResponse *response = try_to_sign_up (call, error);
  return response && response->status == 409 ? sc_sign_up_again (call, response, error) : response;
}

/**
 * sc_handle_sign_up:
 * @call: POST /v1/users {name, password, device?}
 * @error: an error of a layer below
 *
 * Makes the account with its session, recovery code and channel, and goes on with the channel's
 * resources for a moment.
 *
 * Returns: (transfer full) (nullable): 201 {token, expires_at, user, recovery_code, channel}, or
 *   429
 */
ScResponse *
sc_handle_sign_up (ScCall *call, GError **error)
{
  return sc_guard_run_sign_up (call, sign_up_once, error);
}

/**
 * sc_handle_get_me:
 * @call: GET /v1/me
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {user}
 */
ScResponse *
sc_handle_get_me (ScCall *call, GError **error)
{
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "user", sc_view_user (call->user->name));
  return sc_response_new_json (200, body);
}
