/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How often passwords may be guessed, and accounts made.
 *
 * Every try is taken from limits before the password is looked at, so that a hundred tries at the
 * same moment are a hundred tries; a right password gives back what its try took, so that only
 * wrong ones count. A network is an IPv4 address or the /64 of an IPv6 one.
 *
 * - From a network that the account is not known from, a try takes one of three limits: the
 *   network's, the account's, and that of both together. Whoever guesses from one network has the
 *   last one's tries, whoever guesses one password for many accounts the network's, and whoever
 *   guesses for one account from many networks the account's, which are a hundred and then one an
 *   hour, wherever they come from.
 * - From a network that the account has signed in from within 90 days, or with a token of one of
 *   its sessions, only the limit of both together counts. So strangers cannot keep its person out
 *   where that person has been before ("device cookies", OWASP Authentication Cheat Sheet, "Login
 *   Throttling", without the cookie), and nobody is ever locked out for good.
 * - Somewhere else the right password signs in as long as strangers have not used up the account's
 *   hundred, which takes five networks at least, and then once an hour for whoever comes first.
 *
 * A success makes the limit of both together whole again, and gives the network's and the account's
 * no more than its own try back: nobody clears the way for guesses by signing in to an account of
 * their own.
 *
 * An account that does not exist has the same limits, asked for by the same statements, so that
 * neither the answer nor its time says whether there is one. Where a limit is used up, no password
 * is looked at, and the right one gets the same 429 as a wrong one.
 *
 * The rows are those of wrong tries that are not worked off yet. Two hashes at once (46 MiB and 55
 * ms each) are at most 40 wrong passwords a second, so that a flood of a day makes at most 40 rows
 * of an account, pair and network each in every second of an hour, five minutes, and a minute:
 * 160,000, some 20 MB, and they do not grow after that. Tick removes them.
 */

#include "config.h"

#include "sc-guard.h"

#include "sc-session-store.h"
#include "sc-token.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (SC_LIMIT_KEY_SIZE == crypto_hash_sha256_BYTES);

/* A key of its own for each kind of limit; the parts cannot run into one another. */
static void
make_key (const char *kind, const guint8 *place, const char *name, guint8 *ret_key)
{
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, (const guint8 *) kind, strlen (kind) + 1);
  if (place)
    crypto_hash_sha256_update (&state, place, SC_LIMIT_KEY_SIZE);
  if (name) {
    g_autofree char *lower = g_ascii_strdown (name, -1);
    crypto_hash_sha256_update (&state, (const guint8 *) lower, strlen (lower) + 1);
  }
  crypto_hash_sha256_final (&state, ret_key);
}

/* An IPv4 address inside an IPv6 one is the IPv4 address (RFC 4291, 2.5.5.2). */
static gboolean
find_network (const char *address, const guint8 **ret_bytes, gsize *ret_size, GInetAddress **inet)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  *inet = address ? g_inet_address_new_from_string (address) : NULL;
  if (!*inet)
    return FALSE;
  *ret_bytes = g_inet_address_to_bytes (*inet);
  *ret_size = 4;
  if (g_inet_address_get_family (*inet) == G_SOCKET_FAMILY_IPV4)
    return TRUE;
  if (memcmp (*ret_bytes, mapped, sizeof mapped) == 0)
    *ret_bytes += sizeof mapped;
  else
    *ret_size = 8;
  return TRUE;
}

static gboolean
make_place (const char *address, guint8 *ret_place)
{
  g_autoptr (GInetAddress) inet = NULL;
  const guint8 *bytes = NULL;
  gsize size = 0;
  gboolean is_known = find_network (address, &bytes, &size, &inet);
  crypto_hash_sha256 (ret_place, is_known ? bytes : (const guint8 *) "", size);
  return is_known;
}

/**
 * sc_guard_make_network_key:
 * @address: (nullable): where a request comes from
 * @kind: what is limited
 * @ret_key: (out) (array fixed-size=32): the key of the limit of its network
 *
 * Returns: %FALSE if it is not known where it comes from; there is no limit then
 */
gboolean
sc_guard_make_network_key (const char *address, const char *kind, guint8 *ret_key)
{
  guint8 place[SC_LIMIT_KEY_SIZE];
  gboolean is_known = make_place (address, place);
  make_key (kind, place, NULL, ret_key);
  return is_known;
}

static void
add_limit (ScGuard *self, guint burst, gint64 every_us, const guint8 *key)
{
  ScLimit *limit = &self->limits[self->count++];
  limit->burst = burst;
  limit->every_us = every_us;
  memcpy (limit->key, key, SC_LIMIT_KEY_SIZE);
}

/* Which limits a try is taken from. The order is everybody's, so that nobody waits for somebody who
 * waits for them. */
static void
choose_limits (ScGuard *self, const char *name, const ScKnown *known, const guint8 *token_hash)
{
  guint8 key[SC_LIMIT_KEY_SIZE];
  if (known->session) {
    make_key ("session", token_hash, name, key);
    add_limit (self, SC_GUARD_PAIR_BURST, SC_GUARD_PAIR_EVERY_US, key);
    return;
  }
  if (!known->place && self->has_place) {
    make_key ("network", self->place, NULL, key);
    add_limit (self, SC_GUARD_NETWORK_BURST, SC_GUARD_NETWORK_EVERY_US, key);
  }
  if (!known->place) {
    make_key ("account", NULL, name, key);
    add_limit (self, SC_GUARD_ACCOUNT_BURST, SC_GUARD_ACCOUNT_EVERY_US, key);
  }
  make_key ("pair", self->place, name, key);
  add_limit (self, SC_GUARD_PAIR_BURST, SC_GUARD_PAIR_EVERY_US, key);
}

static ScResponse *
refuse (gint64 wait_us)
{
  ScResponse *self = sc_response_new_fault (SC_FAULT_TOO_MANY_ATTEMPTS, NULL, NULL);
  g_autofree char *seconds =
    g_strdup_printf ("%" G_GINT64_FORMAT, (wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  sc_response_add_header (self, "Retry-After", seconds);
  return self;
}

/**
 * sc_guard_take_of_user:
 * @call: a request of somebody who is signed in
 * @kind: what is limited
 * @burst: how often they may do it at once
 * @every_us: after how long once more, in microseconds
 * @ret_refusal: (out) (transfer full): 429 with Retry-After, where it was too often; else untouched
 * @error: an error of the store
 *
 * Returns: %FALSE when the database fails
 */
gboolean
sc_guard_take_of_user (ScCall *call,
                       const char *kind,
                       guint burst,
                       gint64 every_us,
                       ScResponse **ret_refusal,
                       GError **error)
{
  gint64 wait_us = 0;
  ScLimit limit = { .burst = burst, .every_us = every_us };
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) call->user->id);
  make_key (kind, NULL, id, limit.key);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection ||
      !sc_limit_store_take (connection, &limit, sc_service_now (call->service), &wait_us, error))
    return FALSE;
  if (wait_us > 0)
    *ret_refusal = refuse (wait_us);
  return TRUE;
}

/* Takes from all limits, or from none. */
static gboolean
take_all (const ScGuard *self,
          ScStoreConnection *connection,
          gint64 now,
          ScResponse **ret_refusal,
          GError **error)
{
  gint64 wait_us = 0;
  if (!sc_store_begin (connection, error))
    return FALSE;
  for (guint i = 0; i < self->count && wait_us == 0; i++)
    if (!sc_limit_store_take (connection, &self->limits[i], now, &wait_us, error))
      return FALSE;
  if (wait_us == 0)
    return sc_store_commit (connection, error);
  sc_store_rollback (connection);
  *ret_refusal = refuse (wait_us);
  return FALSE;
}

/**
 * sc_guard_enter:
 * @call: a request that brings a password, or a code in its place
 * @name: the account it is for, which need not exist
 * @ret_guard: (out): the try
 * @ret_refusal: (out) (transfer full): 429 with Retry-After if there have been too many
 * @error: an error of %SC_STORE_ERROR
 *
 * Asks whether a password may be looked at. Who may look says by sc_guard_leave() what came of it.
 * Holds no connection afterwards.
 *
 * Returns: %TRUE if it may; else either @ret_refusal or @error is set
 */
gboolean
sc_guard_enter (ScCall *call,
                const char *name,
                ScGuard *ret_guard,
                ScResponse **ret_refusal,
                GError **error)
{
  gint64 now = sc_service_now (call->service);
  guint8 token_hash[SC_TOKEN_HASH_SIZE];
  gboolean has_token = sc_token_from_authorization (call->request->authorization, token_hash);
  ScGuard guard = { .count = 0 };
  guard.has_place = make_place (call->request->address, guard.place);

  ScKnown known = { 0 };
  const ScKnownAsker asker = { name, guard.place, has_token ? token_hash : NULL, now };
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_limit_store_find_known (connection, &asker, &known, error))
    return FALSE;
  choose_limits (&guard, name, &known, token_hash);
  *ret_guard = guard;
  return take_all (ret_guard, connection, now, ret_refusal, error);
}

static gboolean
give_back (const ScGuard *self, guint count, ScStoreConnection *connection)
{
  for (guint i = 0; i < count; i++)
    if (!sc_limit_store_give_back (connection, &self->limits[i], NULL))
      return FALSE;
  return TRUE;
}

/* The limit of both together comes last. */
static gboolean
pass (const ScGuard *self, ScCall *call, const char *name, ScStoreConnection *connection)
{
  gint64 now = sc_service_now (call->service);
  return sc_store_begin (connection, NULL) && give_back (self, self->count - 1, connection) &&
         sc_limit_store_clear (connection, &self->limits[self->count - 1], NULL) &&
         (!self->has_place ||
          sc_limit_store_note_place (connection, name, self->place, now, NULL)) &&
         sc_store_commit (connection, NULL);
}

/**
 * sc_guard_leave:
 * @self: a try that was let through
 * @call: its request
 * @name: the account it was for
 * @outcome: what came of it
 *
 * Gives back what a try took that was no wrong password, and remembers where the right one came
 * from. Where the database cannot be reached it stays as if the password had been wrong.
 */
void
sc_guard_leave (const ScGuard *self, ScCall *call, const char *name, ScGuardOutcome outcome)
{
  if (outcome == SC_GUARD_WRONG)
    return;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), NULL);
  if (!connection)
    return;
  if (outcome == SC_GUARD_RIGHT)
    pass (self, call, name, connection);
  else
    give_back (self, self->count, connection);
}

static ScGuardOutcome
read_outcome (const ScResponse *response)
{
  if (!response)
    return SC_GUARD_UNKNOWN;
  if (response->status >= 200 && response->status < 300)
    return SC_GUARD_RIGHT;
  return response->status == 401 || response->status == 403 ? SC_GUARD_WRONG : SC_GUARD_UNKNOWN;
}

/**
 * sc_guard_run:
 * @call: a request that brings a password, or a code in its place
 * @name: the account it is for, which need not exist
 * @handler: looks at it, and answers with 401 or 403 if it is wrong
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): the handler's answer, or 429 with Retry-After
 */
ScResponse *
sc_guard_run (ScCall *call, const char *name, ScHandler handler, GError **error)
{
  ScGuard guard;
  ScResponse *response = NULL;
  if (!sc_guard_enter (call, name, &guard, &response, error))
    return response;
  response = handler (call, error);
  sc_guard_leave (&guard, call, name, read_outcome (response));
  return response;
}

static gboolean
enter_sign_up (ScCall *call, ScGuard *guard, ScResponse **ret_refusal, GError **error)
{
  guint8 key[SC_LIMIT_KEY_SIZE];
  make_key ("sign-up", guard->place, NULL, key);
  add_limit (guard, SC_GUARD_SIGN_UP_BURST, SC_GUARD_SIGN_UP_EVERY_US, key);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  return connection &&
         take_all (guard, connection, sc_service_now (call->service), ret_refusal, error);
}

static gboolean
leave_sign_up (const ScGuard *guard, ScCall *call, gboolean made)
{
  const char *name = json_object_get_string_member (call->body, "name");
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), NULL);
  if (!connection)
    return FALSE;
  if (!made)
    return give_back (guard, guard->count, connection);
  gint64 now = sc_service_now (call->service);
  return sc_store_begin (connection, NULL) &&
         sc_limit_store_note_place (connection, name, guard->place, now, NULL) &&
         sc_store_commit (connection, NULL);
}

/**
 * sc_guard_run_sign_up:
 * @call: a request for an account
 * @handler: makes it
 * @error: an error of a layer below
 *
 * Where the front door does not know where the request comes from there is no limit.
 *
 * Returns: (transfer full) (nullable): the handler's answer, or 429 with Retry-After if too many
 *   accounts were made from its network
 */
ScResponse *
sc_guard_run_sign_up (ScCall *call, ScHandler handler, GError **error)
{
  ScGuard guard = { .count = 0 };
  ScResponse *response = NULL;
  guard.has_place = make_place (call->request->address, guard.place);
  if (!guard.has_place)
    return handler (call, error);
  if (!enter_sign_up (call, &guard, &response, error))
    return response;
  response = handler (call, error);
  leave_sign_up (&guard, call, response && response->status == 201);
  return response;
}
