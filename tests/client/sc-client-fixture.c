/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-client-fixture.h"

/* The longest that an exchange with this process takes, seconds. */
#define EXCHANGE_SECONDS 5

/**
 * sc_client_fixture_set_up:
 * @self: a fixture
 * @data: not used
 *
 * Starts the server, and a client that knows where it is.
 */
void
sc_client_fixture_set_up (ScClientFixture *self, gconstpointer data)
{
  g_autoptr (ScHttp) http = sc_http_new (EXCHANGE_SECONDS);
  self->api = sc_fake_api_new ();
  self->client = sc_client_new (http);
  sc_client_set_server (self->client, sc_fake_api_get_url (self->api));
}

/**
 * sc_client_fixture_tear_down:
 * @self: a fixture
 * @data: not used
 *
 * Frees both; nobody else may have the client.
 */
void
sc_client_fixture_tear_down (ScClientFixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->client);
  sc_fake_api_free (self->api);
}

/**
 * sc_test_session_new:
 *
 * Returns: (transfer full): a session of nobody yet, with no server, that keeps its secrets in
 *   memory
 */
ScSession *
sc_test_session_new (void)
{
  g_autoptr (ScHttp) http = sc_http_new (EXCHANGE_SECONDS);
  g_autoptr (ScClient) client = sc_client_new (http);
  g_autoptr (ScSecretStore) store = sc_secret_store_memory_new ();
  return sc_session_new (client, store);
}

/**
 * sc_test_get_value:
 * @future: a call that succeeds
 *
 * Waits for it.
 *
 * Returns: (transfer none): what it resolves to, as long as the future, which the test frees
 */
const GValue *
sc_test_get_value (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  sc_test_wait (future);
  const GValue *value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return value;
}
