/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Requests that come again with the same Idempotency-Key, because an answer was lost on its way or
 * somebody pressed a button twice (IETF draft "The Idempotency-Key HTTP Header Field").
 *
 * A key belongs to a user and a route. The first request with it claims it, is done, and its answer
 * is kept for a day; the same request again gets that answer and does nothing. A request that is
 * not the same (another path, query or body) gets 422, and one that comes while the first is being
 * done 409, to come again in a second. An answer that says that nothing was done for no fault of
 * the request (5xx, 429) is not kept: the next one is done.
 *
 * The process may die, or the database's answer get lost, at any place. So the transaction that
 * does what was asked keeps an answer as well, which the real one replaces, and does nothing where
 * somebody else has the claim by now. Before that transaction nothing was done, and once the claim
 * has ended, after a minute, the request is done; after it there is an answer.
 *
 * No secret gets into the database this way: of the key only a hash is kept, of the request only an
 * HMAC under the key, and routes that answer with a secret (%SC_REPEAT_SECRET) keep nothing. Those
 * are harmless twice, but for the sign-up: its transaction writes down which account its key made,
 * and the same request again gets a new session of that account.
 */

#include "config.h"

#include "sc-repeats.h"

#include "sc-json.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (SC_REPEAT_HASH_SIZE == crypto_hash_sha256_BYTES);
G_STATIC_ASSERT (SC_REPEAT_HASH_SIZE == crypto_auth_hmacsha256_BYTES);

static void
add_text (crypto_hash_sha256_state *state, const char *text)
{
  crypto_hash_sha256_update (state, (const guint8 *) text, strlen (text) + 1);
}

static void
make_key (ScCall *call, gint64 user_id, const char *what, guint8 *ret_key)
{
  g_autofree char *who = g_strdup_printf ("%" G_GINT64_FORMAT, user_id);
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init (&state);
  add_text (&state, who);
  add_text (&state, call->request->method);
  add_text (&state, what);
  add_text (&state, call->request->idempotency_key);
  crypto_hash_sha256_final (&state, ret_key);
}

static void
make_request (ScCall *call, gboolean with_body, guint8 *ret_request)
{
  const ScRequest *request = call->request;
  const char *query = request->query ? request->query : "";
  gsize size = 0;
  const guint8 *body = with_body && request->body ? g_bytes_get_data (request->body, &size) : NULL;
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init (&state,
                               (const guint8 *) request->idempotency_key,
                               strlen (request->idempotency_key));
  crypto_auth_hmacsha256_update (&state,
                                 (const guint8 *) request->path,
                                 strlen (request->path) + 1);
  crypto_auth_hmacsha256_update (&state, (const guint8 *) query, strlen (query) + 1);
  if (size > 0)
    crypto_auth_hmacsha256_update (&state, body, size);
  crypto_auth_hmacsha256_final (&state, ret_request);
}

static ScResponse *
make_answer (const ScRepeatAnswer *answer)
{
  ScResponse *self = sc_response_new_empty ();
  self->status = answer->status;
  if (answer->body) {
    self->body = g_bytes_ref (answer->body);
    sc_response_add_header (self, "Content-Type", "application/json");
  }
  return self;
}

/* The answer of a request that is not to be done now; NULL if it is the caller's to do. */
static ScResponse *
answer_early (ScRepeatState state, const ScRepeatAnswer *answer)
{
  switch (state) {
  case SC_REPEAT_RUNNING:
    return sc_response_new_fault (SC_FAULT_IN_PROGRESS, NULL, NULL);
  case SC_REPEAT_OTHER:
    return sc_response_new_fault (SC_FAULT_IDEMPOTENCY_MISMATCH, NULL, NULL);
  case SC_REPEAT_DONE:
    return make_answer (answer);
  case SC_REPEAT_CLAIMED:
  default:
    return NULL;
  }
}

static gboolean
claim (ScCall *call, const ScRepeat *repeat, ScResponse **ret_answer, GError **error)
{
  ScRepeatState state = SC_REPEAT_RUNNING;
  ScRepeatAnswer answer = { 0 };
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_repeat_store_claim (connection, repeat, &state, &answer, error))
    return FALSE;
  *ret_answer = answer_early (state, &answer);
  g_clear_pointer (&answer.body, g_bytes_unref);
  return TRUE;
}

/* What cannot be written down now is done again after the claim, as if this process had died. */
static void
settle (ScCall *call, const ScRepeat *repeat, const ScResponse *response)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), NULL);
  if (!connection)
    return;
  if (!response || response->status >= 500 || response->status == 429) {
    sc_repeat_store_release (connection, repeat, NULL);
    return;
  }
  const ScRepeatAnswer answer = { response->status, response->body };
  sc_repeat_store_finish (connection, repeat, &answer, NULL);
}

/**
 * sc_repeats_is_key:
 * @text: an Idempotency-Key header
 *
 * Returns: %TRUE if it is 1 to %SC_IDEMPOTENCY_KEY_MAX visible ASCII characters
 */
gboolean
sc_repeats_is_key (const char *text)
{
  gsize size = 0;
  while (size <= SC_IDEMPOTENCY_KEY_MAX && text[size] > ' ' && text[size] < 0x7f)
    size++;
  return size > 0 && size <= SC_IDEMPOTENCY_KEY_MAX && text[size] == '\0';
}

/**
 * sc_repeats_commit:
 * @call: a request to a route whose answers are kept
 * @connection: the connection whose transaction does what was asked
 * @status: what it is answered should the process not get to say more: 2xx
 * @body: (nullable): and with what
 * @error: an error of %SC_STORE_ERROR; whether it was committed is in the claim then
 *
 * Commits what was asked and an answer to it together. Without an Idempotency-Key it commits.
 *
 * Returns: %TRUE if all of it is durable
 */
gboolean
sc_repeats_commit (ScCall *call,
                   ScStoreConnection *connection,
                   guint status,
                   JsonObject *body,
                   GError **error)
{
  if (!call->repeat)
    return sc_store_commit (connection, error);
  g_autoptr (GBytes) bytes = body ? sc_json_to_bytes (body) : NULL;
  const ScRepeatAnswer answer = { status, bytes };
  return sc_repeat_store_keep (connection, call->repeat, &answer, error) &&
         sc_store_commit (connection, error);
}

/**
 * sc_repeats_run:
 * @call: a request that may pass
 * @route: its route
 * @error: an error of a layer below
 *
 * Calls the route's handler, unless the request has an Idempotency-Key and was done before.
 *
 * Returns: (transfer full) (nullable): the answer
 */
ScResponse *
sc_repeats_run (ScCall *call, const ScRoute *route, GError **error)
{
  if (!call->request->idempotency_key || route->repeat != SC_REPEAT_KEPT || !call->user)
    return route->handler (call, error);

  ScRepeat repeat = { .user_id = call->user->id, .at = sc_service_now (call->service) };
  make_key (call, call->user->id, route->pattern, repeat.key);
  make_request (call, TRUE, repeat.request);
  ScResponse *response = NULL;
  if (!claim (call, &repeat, &response, error) || response)
    return response;
  call->repeat = &repeat;
  response = route->handler (call, error);
  call->repeat = NULL;
  settle (call, &repeat, response);
  return response;
}

/**
 * sc_repeats_read_sign_up:
 * @call: a sign-up
 * @name: the name it asks for
 * @ret_repeat: (out): what its key is, still without a user
 *
 * Returns: %TRUE if it has a key
 */
gboolean
sc_repeats_read_sign_up (ScCall *call, const char *name, ScRepeat *ret_repeat)
{
  if (!call->request->idempotency_key)
    return FALSE;
  ScRepeat repeat = { .at = sc_service_now (call->service) };
  g_autofree char *lower = g_ascii_strdown (name, -1);
  make_key (call, 0, lower, repeat.key);
  make_request (call, FALSE, repeat.request);
  *ret_repeat = repeat;
  return TRUE;
}
