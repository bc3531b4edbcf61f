/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A sign-up that comes again, as its answer was lost: the account is there, and nobody has its
 * session. The answer of the first time is not kept, as it has secrets in it: who has the key, the
 * name and the password gets a new one, and a new recovery code. */

#include "config.h"

#include "sc-sign-up-again.h"

#include "sc-account-views.h"
#include "sc-channel-store.h"
#include "sc-credential-store.h"
#include "sc-json.h"
#include "sc-recovery-code.h"
#include "sc-repeats.h"
#include "sc-session-store.h"
#include "sc-token.h"

/* Finds the account that this very request made; %NULL if it made none. */
static gboolean
find_made (ScCall *call, const char *name, ScUser **ret_user, GError **error)
{
  ScRepeat repeat;
  gint64 user_id = 0;
  if (!sc_repeats_read_sign_up (call, name, &repeat))
    return TRUE;
  g_autoptr (ScUser) user = NULL;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_repeat_store_find_user (connection, &repeat, &user_id, error) ||
      !sc_user_store_find (connection, name, &user, error))
    return FALSE;
  if (user && user->id == user_id)
    *ret_user = g_steal_pointer (&user);
  return TRUE;
}

static ScResponse *
answer_again (ScCall *call, const ScUser *user, GError **error)
{
  gint64 now = sc_service_now (call->service);
  const char *device = sc_json_get_string_or (call->body, "device", NULL);
  guint8 token_hash[SC_TOKEN_HASH_SIZE], code_hash[SC_RECOVERY_HASH_SIZE];
  g_autofree char *token = sc_token_new ();
  g_autofree char *code = sc_recovery_code_new ();
  sc_token_hash (token, token_hash);
  sc_token_hash_recovery_code (code, code_hash);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (ScChannelRow) row =
    connection ? sc_channel_store_get_own (connection, user->id, error) : NULL;
  if (!row || !sc_store_begin (connection, error) ||
      !sc_credential_store_set_recovery (connection, user->id, code_hash, error) ||
      !sc_session_store_insert (connection, token_hash, user->id, device, now, error) ||
      !sc_store_commit (connection, error))
    return NULL;
  JsonObject *body = sc_view_session (token, user->name, now);
  json_object_set_string_member (body, "recovery_code", code);
  json_object_set_object_member (body, "channel", sc_view_own_channel (row));
  return sc_response_new_json (201, body);
}

/**
 * sc_sign_up_again:
 * @call: a sign-up
 * @taken: (transfer full): the answer that the name is taken
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 201 with a new session if it was this request, by its
 *   Idempotency-Key, that took the name, 422 if it comes with another password, else @taken
 */
ScResponse *
sc_sign_up_again (ScCall *call, ScResponse *taken, GError **error)
{
  g_autoptr (ScResponse) otherwise = taken;
  g_autoptr (ScUser) user = NULL;
  gboolean right = FALSE;
  if (!find_made (call, json_object_get_string_member (call->body, "name"), &user, error))
    return NULL;
  if (!user)
    return g_steal_pointer (&otherwise);
  if (!sc_passwords_verify (sc_service_get_passwords (call->service),
                            json_object_get_string_member (call->body, "password"),
                            user->password_hash,
                            &right,
                            error))
    return NULL;
  return right ? answer_again (call, user, error)
               : sc_response_new_fault (SC_FAULT_IDEMPOTENCY_MISMATCH, NULL, NULL);
}
