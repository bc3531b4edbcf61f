/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A secret store that ends with the program. Main thread only. */

#include "config.h"

#include "sc-secret-store.h"

struct _ScSecretStoreMemory {
  GObject parent_instance;

  GHashTable *credentials;
};

static DexFuture *
sc_secret_store_memory_load (ScSecretStore *store, const char *server)
{
  ScSecretStoreMemory *self = SC_SECRET_STORE_MEMORY (store);
  const ScCredentials *found = g_hash_table_lookup (self->credentials, server);
  return dex_future_new_take_boxed (SC_TYPE_CREDENTIALS, sc_credentials_copy (found));
}

static DexFuture *
sc_secret_store_memory_save (ScSecretStore *store,
                             const char *server,
                             const ScCredentials *credentials)
{
  ScSecretStoreMemory *self = SC_SECRET_STORE_MEMORY (store);
  g_hash_table_insert (self->credentials, g_strdup (server), sc_credentials_copy (credentials));
  return dex_future_new_true ();
}

static DexFuture *
sc_secret_store_memory_clear (ScSecretStore *store, const char *server)
{
  ScSecretStoreMemory *self = SC_SECRET_STORE_MEMORY (store);
  g_hash_table_remove (self->credentials, server);
  return dex_future_new_true ();
}

static void
secret_store_iface_init (ScSecretStoreInterface *iface)
{
  iface->load = sc_secret_store_memory_load;
  iface->save = sc_secret_store_memory_save;
  iface->clear = sc_secret_store_memory_clear;
  iface->survives = FALSE;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ScSecretStoreMemory,
                               sc_secret_store_memory,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SC_TYPE_SECRET_STORE,
                                                      secret_store_iface_init))

static void
sc_secret_store_memory_finalize (GObject *object)
{
  ScSecretStoreMemory *self = SC_SECRET_STORE_MEMORY (object);

  g_hash_table_unref (self->credentials);

  G_OBJECT_CLASS (sc_secret_store_memory_parent_class)->finalize (object);
}

static void
sc_secret_store_memory_class_init (ScSecretStoreMemoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = sc_secret_store_memory_finalize;
}

static void
sc_secret_store_memory_init (ScSecretStoreMemory *self)
{
  self->credentials =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sc_credentials_free);
}

/**
 * sc_secret_store_memory_new:
 *
 * Returns: (transfer full): an empty store
 */
ScSecretStore *
sc_secret_store_memory_new (void)
{
  return g_object_new (SC_TYPE_SECRET_STORE_MEMORY, NULL);
}
