/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who is signed in, with a secret store that works, that refuses, and that never answers. */

#include "config.h"

#include "sc-fake-api.h"
#include "sc-future.h"
#include "sc-session.h"

#define SIGNED_IN "{'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z','user':{'name':'mia'}}"
#define UNAUTHORIZED "{'error':{'code':'unauthorized','message':'No.','field':null}}"

#define FUTURE_US (G_GINT64_CONSTANT (4070908800) * G_USEC_PER_SEC)

/* A store that does nothing, or nothing in time: a keyring that is absent, or locked. */

typedef struct {
  GObject parent_instance;
  gboolean silent;
} BadStore;

typedef struct {
  GObjectClass parent_class;
} BadStoreClass;

static GType bad_store_get_type (void);

static DexFuture *
fail (BadStore *self)
{
  if (self->silent)
    return dex_future_new_infinite ();
  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "There is no keyring");
}

static DexFuture *
bad_store_load (ScSecretStore *store, const char *server)
{
  return fail ((BadStore *) store);
}

static DexFuture *
bad_store_save (ScSecretStore *store, const char *server, const ScCredentials *credentials)
{
  return fail ((BadStore *) store);
}

static void
bad_store_iface_init (ScSecretStoreInterface *iface)
{
  iface->load = bad_store_load;
  iface->save = bad_store_save;
  iface->clear = bad_store_load;
  iface->survives = TRUE;
}

G_DEFINE_TYPE_WITH_CODE (BadStore,
                         bad_store,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (SC_TYPE_SECRET_STORE, bad_store_iface_init))

static void
bad_store_class_init (BadStoreClass *klass)
{
}

static void
bad_store_init (BadStore *self)
{
}

static ScSecretStore *
bad_store_new (gboolean silent)
{
  BadStore *self = g_object_new (bad_store_get_type (), NULL);
  self->silent = silent;
  return SC_SECRET_STORE (self);
}

typedef struct {
  ScFakeApi *api;
  ScClient *client;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScHttp) http = sc_http_new (5);
  fixture->api = sc_fake_api_new ();
  fixture->client = sc_client_new (http);
  sc_fake_api_answer (fixture->api, "POST /v1/sessions", 201, SIGNED_IN);
  sc_fake_api_answer (fixture->api, "GET /v1/me", 200, "{'user':{'name':'mia'}}");
  sc_fake_api_answer (fixture->api, "DELETE /v1/session", 204, "");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->client);
  sc_fake_api_free (fixture->api);
}

static gboolean
is_restored (gpointer session)
{
  return sc_session_get_state (session) != SC_SESSION_RESTORING;
}

static gboolean
is_signed_out (gpointer session)
{
  return sc_session_get_state (session) == SC_SESSION_SIGNED_OUT;
}

static gboolean
is_decided (gpointer session)
{
  return sc_session_get_keeping (session) != SC_SESSION_KEEPING;
}

static ScSession *
start_session (Fixture *fixture, ScSecretStore *store)
{
  ScSession *session = sc_session_new (fixture->client, store);
  sc_session_set_server (session, sc_fake_api_get_url (fixture->api));
  sc_test_wait_until (is_restored, session);
  return session;
}

static void
sign_in (ScSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) future = sc_session_sign_in (session, "mia", "password");
  sc_test_wait (future);
  dex_future_get_value (future, &error);
  g_assert_no_error (error);
  g_assert_true (sc_session_get_signed_in (session));
  g_assert_cmpstr (sc_session_get_name (session), ==, "mia");
}

static gboolean
is_stored (ScFakeApi *api, ScSecretStore *store)
{
  g_autoptr (DexFuture) future = sc_secret_store_load (store, sc_fake_api_get_url (api));
  sc_test_wait (future);
  return g_value_get_boxed (dex_future_get_value (future, NULL)) != NULL;
}

static void
test_memory (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScSecretStore) store = sc_secret_store_memory_new ();
  g_autoptr (ScSession) session = start_session (fixture, store);
  g_assert_false (sc_session_get_signed_in (session));
  sign_in (session);
  sc_test_wait_until (is_decided, session);
  g_assert_cmpint (sc_session_get_keeping (session), ==, SC_SESSION_NOT_KEPT);
  g_assert_true (is_stored (fixture->api, store));

  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (ScClient) client = sc_client_new (http);
  g_autoptr (ScSession) again = sc_session_new (client, store);
  sc_session_set_server (again, sc_fake_api_get_url (fixture->api));
  sc_test_wait_until (is_restored, again);
  g_assert_cmpstr (sc_session_get_name (again), ==, "mia");

  g_autoptr (DexFuture) future = sc_session_sign_out (session);
  g_assert_false (sc_session_get_signed_in (session));
  sc_test_wait (future);
  g_assert_cmpstr (sc_fake_api_get_authorization (fixture->api, "DELETE /v1/session"),
                   ==,
                   "Bearer t0k3n");
  g_assert_false (is_stored (fixture->api, store));
  g_assert_finalize_object (g_steal_pointer (&again));
  g_assert_finalize_object (g_steal_pointer (&session));
}

static void
test_absent_store (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScSecretStore) store = bad_store_new (FALSE);
  g_autoptr (ScSession) session = start_session (fixture, store);
  sign_in (session);
  sc_test_wait_until (is_decided, session);
  g_assert_cmpint (sc_session_get_keeping (session), ==, SC_SESSION_NOT_KEPT);
  g_assert_true (sc_session_get_signed_in (session));
  g_assert_finalize_object (g_steal_pointer (&session));
}

/* Nobody waits for a store that is waiting itself, not even before it has answered at all. */
static void
test_silent_store (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScSecretStore) store = bad_store_new (TRUE);
  g_autoptr (ScSession) session = sc_session_new (fixture->client, store);
  sc_session_set_server (session, sc_fake_api_get_url (fixture->api));
  g_assert_cmpint (sc_session_get_state (session), ==, SC_SESSION_RESTORING);
  sign_in (session);
  g_assert_cmpint (sc_session_get_keeping (session), ==, SC_SESSION_KEEPING);

  g_autoptr (DexFuture) future = sc_session_sign_out (session);
  sc_test_wait (future);
  g_assert_false (sc_session_get_signed_in (session));
  g_assert_finalize_object (g_steal_pointer (&session));
}

static void
test_silent_store_times_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScSecretStore) store = bad_store_new (TRUE);
  g_autoptr (ScSession) session = start_session (fixture, store);
  g_assert_cmpint (sc_session_get_state (session), ==, SC_SESSION_SIGNED_OUT);
  g_assert_finalize_object (g_steal_pointer (&session));
}

static void
keep (Fixture *fixture, ScSecretStore *store, gint64 expires_at)
{
  g_autoptr (ScCredentials) credentials = sc_credentials_new ("mia", "old", expires_at);
  g_autoptr (DexFuture) future =
    sc_secret_store_save (store, sc_fake_api_get_url (fixture->api), credentials);
  sc_test_wait (future);
}

static void
test_expired_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScSecretStore) store = sc_secret_store_memory_new ();
  keep (fixture, store, g_get_real_time () - 1);
  g_autoptr (ScSession) session = start_session (fixture, store);
  g_assert_false (sc_session_get_signed_in (session));
  g_assert_cmpuint (sc_fake_api_count (fixture->api, "GET /v1/me"), ==, 0);
}

static void
on_expired (gboolean *expired)
{
  *expired = TRUE;
}

static void
test_refused_token (Fixture *fixture, gconstpointer data)
{
  gboolean expired = FALSE;
  g_autoptr (ScFakeApi) api = sc_fake_api_new ();
  sc_fake_api_answer (api, "GET /v1/me", 401, UNAUTHORIZED);
  g_autoptr (ScSecretStore) store = sc_secret_store_memory_new ();
  g_autoptr (ScCredentials) credentials = sc_credentials_new ("mia", "old", FUTURE_US);
  g_autoptr (DexFuture) kept = sc_secret_store_save (store, sc_fake_api_get_url (api), credentials);
  sc_test_wait (kept);

  g_autoptr (ScSession) session = sc_session_new (fixture->client, store);
  g_signal_connect_swapped (session, "expired", G_CALLBACK (on_expired), &expired);
  sc_session_set_server (session, sc_fake_api_get_url (api));
  sc_test_wait_until (is_restored, session);
  g_assert_true (sc_session_get_signed_in (session));
  sc_test_wait_until (is_signed_out, session);
  g_assert_true (expired);
  g_assert_false (is_stored (api, store));
}

/* The network is no judge of a token: offline, the person stays signed in. */
static void
test_unreachable_server (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScSecretStore) store = sc_secret_store_memory_new ();
  g_autoptr (ScCredentials) credentials = sc_credentials_new ("mia", "old", FUTURE_US);
  g_autoptr (DexFuture) kept = sc_secret_store_save (store, "http://127.0.0.1:1", credentials);
  sc_test_wait (kept);

  g_autoptr (ScSession) session = sc_session_new (fixture->client, store);
  sc_session_set_server (session, "http://127.0.0.1:1");
  sc_test_wait_until (is_restored, session);
  g_autoptr (DexFuture) future = sc_client_who_am_i (fixture->client);
  sc_test_wait (future);
  g_assert_true (sc_session_get_signed_in (session));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)
  ADD ("/session/memory", test_memory);
  ADD ("/session/absent-store", test_absent_store);
  ADD ("/session/silent-store", test_silent_store);
  ADD ("/session/silent-store-times-out", test_silent_store_times_out);
  ADD ("/session/expired-token", test_expired_token);
  ADD ("/session/refused-token", test_refused_token);
  ADD ("/session/unreachable-server", test_unreachable_server);
  return g_test_run ();
}
