/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-credentials.h"

#include <libdex.h>

G_BEGIN_DECLS

#define SC_TYPE_SECRET_STORE (sc_secret_store_get_type ())
G_DECLARE_INTERFACE (ScSecretStore, sc_secret_store, SC, SECRET_STORE, GObject)

/**
 * ScSecretStoreInterface:
 * @load: see sc_secret_store_load()
 * @save: see sc_secret_store_save()
 * @clear: see sc_secret_store_clear()
 * @survives: whether what is saved outlives the program
 *
 * Keeps the credentials of one person for each server.
 */
struct _ScSecretStoreInterface {
  GTypeInterface parent_iface;

  DexFuture *(*load) (ScSecretStore *self, const char *server);
  DexFuture *(*save) (ScSecretStore *self, const char *server, const ScCredentials *credentials);
  DexFuture *(*clear) (ScSecretStore *self, const char *server);
  gboolean survives;
};

DexFuture *sc_secret_store_load (ScSecretStore *self, const char *server);
DexFuture *
sc_secret_store_save (ScSecretStore *self, const char *server, const ScCredentials *credentials);
DexFuture *sc_secret_store_clear (ScSecretStore *self, const char *server);
gboolean sc_secret_store_survives (ScSecretStore *self);

#define SC_TYPE_SECRET_STORE_MEMORY (sc_secret_store_memory_get_type ())
G_DECLARE_FINAL_TYPE (ScSecretStoreMemory, sc_secret_store_memory, SC, SECRET_STORE_MEMORY, GObject)
ScSecretStore *sc_secret_store_memory_new (void);

#define SC_TYPE_SECRET_STORE_LIBSECRET (sc_secret_store_libsecret_get_type ())
G_DECLARE_FINAL_TYPE (ScSecretStoreLibsecret,
                      sc_secret_store_libsecret,
                      SC,
                      SECRET_STORE_LIBSECRET,
                      GObject)
ScSecretStore *sc_secret_store_libsecret_new (void);

G_END_DECLS
