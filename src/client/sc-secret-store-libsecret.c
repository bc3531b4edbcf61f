/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The desktop's Secret Service, or the secret portal's file inside Flatpak, through libsecret.
 * Where there is neither, every future rejects. Main thread only. */

#include "config.h"

#include "sc-secret-store.h"

#include <libsecret/secret.h>
#include <string.h>

struct _ScSecretStoreLibsecret {
  GObject parent_instance;
};

static const SecretSchema schema = {
  .name = SC_APP_ID ".Session",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "server", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

/* The first talk with the service agrees on a key, which is arithmetic for some milliseconds: a
 * window that opens meanwhile is not kept waiting by it. */
static void
look_up (GTask *task, gpointer source, gpointer server, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  char *secret = secret_password_lookup_sync (&schema, cancellable, &error, "server", server, NULL);
  if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, secret, (GDestroyNotify) secret_password_free);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  char *secret = g_task_propagate_pointer (G_TASK (result), &error);
  if (error) {
    dex_promise_reject (promise, g_steal_pointer (&error));
    return;
  }

  /* What cannot be read is as good as nothing, but it is not ours to delete. */
  ScCredentials *credentials = secret ? sc_credentials_from_secret (secret, NULL) : NULL;
  secret_password_free (secret);
  dex_promise_resolve_boxed (promise, SC_TYPE_CREDENTIALS, credentials);
}

static DexFuture *
sc_secret_store_libsecret_load (ScSecretStore *store, const char *server)
{
  DexPromise *promise = dex_promise_new_cancellable ();
  g_autoptr (GTask) task =
    g_task_new (store, dex_promise_get_cancellable (promise), on_looked_up, dex_ref (promise));
  g_task_set_source_tag (task, sc_secret_store_libsecret_load);
  g_task_set_task_data (task, g_strdup (server), g_free);
  g_task_run_in_thread (task, look_up);
  return DEX_FUTURE (promise);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  if (secret_password_store_finish (result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

static DexFuture *
sc_secret_store_libsecret_save (ScSecretStore *store,
                                const char *server,
                                const ScCredentials *credentials)
{
  DexPromise *promise = dex_promise_new_cancellable ();
  g_autofree char *label = g_strdup_printf ("StreamCat: %s", server);
  g_autofree char *secret = sc_credentials_to_secret (credentials);
  secret_password_store (&schema,
                         SECRET_COLLECTION_DEFAULT,
                         label,
                         secret,
                         dex_promise_get_cancellable (promise),
                         on_stored,
                         dex_ref (promise),
                         "server",
                         server,
                         NULL);
  explicit_bzero (secret, strlen (secret));
  return DEX_FUTURE (promise);
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  secret_password_clear_finish (result, &error);
  if (error)
    dex_promise_reject (promise, g_steal_pointer (&error));
  else
    dex_promise_resolve_boolean (promise, TRUE);
}

static DexFuture *
sc_secret_store_libsecret_clear (ScSecretStore *store, const char *server)
{
  DexPromise *promise = dex_promise_new_cancellable ();
  secret_password_clear (&schema,
                         dex_promise_get_cancellable (promise),
                         on_cleared,
                         dex_ref (promise),
                         "server",
                         server,
                         NULL);
  return DEX_FUTURE (promise);
}

static void
secret_store_iface_init (ScSecretStoreInterface *iface)
{
  iface->load = sc_secret_store_libsecret_load;
  iface->save = sc_secret_store_libsecret_save;
  iface->clear = sc_secret_store_libsecret_clear;
  iface->survives = TRUE;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ScSecretStoreLibsecret,
                               sc_secret_store_libsecret,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SC_TYPE_SECRET_STORE,
                                                      secret_store_iface_init))

static void
sc_secret_store_libsecret_class_init (ScSecretStoreLibsecretClass *klass)
{
}

static void
sc_secret_store_libsecret_init (ScSecretStoreLibsecret *self)
{
}

/**
 * sc_secret_store_libsecret_new:
 *
 * Returns: (transfer full): the desktop's store; making one asks it nothing yet
 */
ScSecretStore *
sc_secret_store_libsecret_new (void)
{
  return g_object_new (SC_TYPE_SECRET_STORE_LIBSECRET, NULL);
}
