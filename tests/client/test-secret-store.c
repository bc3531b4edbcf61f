/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The desktop's own Secret Service, on the private session bus that tests/desktop.sh starts. */

#include "config.h"

#include "sc-fake-api.h"
#include "sc-secret-store.h"

#define SERVER "https://streamcat.example"

static void
wait_done (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  sc_test_wait (future);
  dex_future_get_value (future, &error);
  g_assert_no_error (error);
  dex_unref (future);
}

static ScCredentials *
load (ScSecretStore *store, const char *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) future = sc_secret_store_load (store, server);
  sc_test_wait (future);
  const GValue *value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return g_value_dup_boxed (value);
}

static void
test_keyring (void)
{
  g_autoptr (ScSecretStore) store = sc_secret_store_libsecret_new ();
  g_autoptr (ScCredentials) credentials =
    sc_credentials_new ("mia", "t0k3n", G_GINT64_CONSTANT (4070908800000000));
  g_assert_true (sc_secret_store_survives (store));
  g_assert_null (load (store, SERVER));

  wait_done (sc_secret_store_save (store, SERVER, credentials));
  g_autoptr (ScCredentials) found = load (store, SERVER);
  g_assert_cmpstr (found->name, ==, "mia");
  g_assert_cmpstr (found->token, ==, "t0k3n");
  g_assert_cmpint (found->expires_at, ==, credentials->expires_at);
  g_assert_null (load (store, "https://other.example"));

  wait_done (sc_secret_store_clear (store, SERVER));
  g_assert_null (load (store, SERVER));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/secret-store/keyring", test_keyring);
  return g_test_run ();
}
