/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where credentials stay between two runs: the interface. Main thread only. */

#include "config.h"

#include "sc-secret-store.h"

G_DEFINE_INTERFACE (ScSecretStore, sc_secret_store, G_TYPE_OBJECT)

static void
sc_secret_store_default_init (ScSecretStoreInterface *iface)
{
}

/**
 * sc_secret_store_load:
 * @self: the store
 * @server: the server's address
 *
 * Looks for credentials. This may wait for a person who unlocks the store, without an end: nothing
 * may depend on it.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CREDENTIALS, %NULL if there are
 *   none, or rejects if the store cannot be read
 */
DexFuture *
sc_secret_store_load (ScSecretStore *self, const char *server)
{
  return SC_SECRET_STORE_GET_IFACE (self)->load (self, server);
}

/**
 * sc_secret_store_save:
 * @self: the store
 * @server: the server's address
 * @credentials: what to keep in place of what was kept for @server
 *
 * Keeps credentials; as sc_secret_store_load() this may wait for a person.
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects if nothing was kept
 */
DexFuture *
sc_secret_store_save (ScSecretStore *self, const char *server, const ScCredentials *credentials)
{
  return SC_SECRET_STORE_GET_IFACE (self)->save (self, server, credentials);
}

/**
 * sc_secret_store_clear:
 * @self: the store
 * @server: the server's address
 *
 * Forgets what is kept for @server.
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects if that was not possible
 */
DexFuture *
sc_secret_store_clear (ScSecretStore *self, const char *server)
{
  return SC_SECRET_STORE_GET_IFACE (self)->clear (self, server);
}

/**
 * sc_secret_store_survives:
 * @self: the store
 *
 * Returns: whether what is saved outlives the program
 */
gboolean
sc_secret_store_survives (ScSecretStore *self)
{
  return SC_SECRET_STORE_GET_IFACE (self)->survives;
}
