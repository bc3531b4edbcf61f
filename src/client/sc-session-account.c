/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a person does about their account: they make one, come in, go, and come back to it. */

#include "config.h"

#include "sc-secret.h"
#include "sc-session-private.h"

static DexFuture *
on_saved (DexFuture *future, gpointer user_data)
{
  ScSession *self = user_data;
  gboolean kept = dex_future_is_resolved (future) && sc_secret_store_survives (self->store);
  sc_session_set_keeping (self, kept ? SC_SESSION_KEPT : SC_SESSION_NOT_KEPT);
  return dex_future_new_true ();
}

static DexFuture *
on_credentials (DexFuture *future, gpointer user_data)
{
  ScSession *self = user_data;
  const ScCredentials *credentials = g_value_get_boxed (dex_future_get_value (future, NULL));
  sc_session_stop_waiting (self);
  dex_clear (&self->forgetting);
  sc_session_enter (self, credentials);
  sc_session_set_keeping (self, SC_SESSION_KEEPING);
  if (self->deletes_at)
    g_signal_emit_by_name (self, "leaving");
  self->saving = dex_future_finally (sc_secret_store_save (self->store,
                                                           sc_session_get_server (self),
                                                           credentials),
                                     on_saved,
                                     self,
                                     NULL);
  return dex_future_new_true ();
}

/**
 * sc_session_sign_up:
 * @self: the session
 * @name: the new user's name
 * @password: the new user's password
 *
 * Makes an account and signs in to it.
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects with %SC_CLIENT_ERROR
 */
DexFuture *
sc_session_sign_up (ScSession *self, const char *name, const char *password)
{
  return dex_future_then (sc_client_sign_up (self->client, name, password),
                          on_credentials,
                          g_object_ref (self),
                          g_object_unref);
}

/**
 * sc_session_sign_in:
 * @self: the session
 * @name: the user's name
 * @password: the user's password
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects with %SC_CLIENT_ERROR
 */
DexFuture *
sc_session_sign_in (ScSession *self, const char *name, const char *password)
{
  return dex_future_then (sc_client_sign_in (self->client, name, password),
                          on_credentials,
                          g_object_ref (self),
                          g_object_unref);
}

/**
 * sc_session_recover:
 * @self: the session
 * @name: the user's name
 * @code: their recovery code
 * @password: their new password
 *
 * Gives the account a new password and signs in to it.
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects with %SC_CLIENT_ERROR
 */
DexFuture *
sc_session_recover (ScSession *self, const char *name, const char *code, const char *password)
{
  return dex_future_then (sc_client_recover (self->client, name, code, password),
                          on_credentials,
                          g_object_ref (self),
                          g_object_unref);
}

/**
 * sc_session_take_recovery_code:
 * @self: the session
 *
 * Returns: (transfer full) (nullable): the recovery code that came with a sign-up or a recovery,
 * for whoever asks first; to be freed by sc_secret_free()
 */
char *
sc_session_take_recovery_code (ScSession *self)
{
  return g_steal_pointer (&self->recovery_code);
}

/**
 * sc_session_get_deletes_at:
 * @self: the session
 *
 * Returns: when the account of who is signed in is deleted, microseconds since the epoch; 0 where
 * it stays
 */
gint64
sc_session_get_deletes_at (ScSession *self)
{
  return self->deletes_at;
}

static DexFuture *
on_restored (DexFuture *future, gpointer user_data)
{
  SC_SESSION (user_data)->deletes_at = 0;
  return dex_future_new_true ();
}

/**
 * sc_session_restore_account:
 * @self: the session of somebody whose account is to be deleted
 *
 * Keeps the account.
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects with %SC_CLIENT_ERROR
 */
DexFuture *
sc_session_restore_account (ScSession *self)
{
  return dex_future_then (sc_client_restore_account (self->client),
                          on_restored,
                          g_object_ref (self),
                          g_object_unref);
}

static DexFuture *
on_out_everywhere (DexFuture *future, gpointer user_data)
{
  ScSession *self = user_data;
  sc_session_forget (self);
  sc_session_leave (self);
  return dex_future_new_true ();
}

/**
 * sc_session_sign_out_everywhere:
 * @self: the session
 *
 * Ends all sessions of who is signed in, and then this one here: while the server does not know,
 * nothing has changed.
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects with %SC_CLIENT_ERROR
 */
DexFuture *
sc_session_sign_out_everywhere (ScSession *self)
{
  return dex_future_then (sc_client_sign_out_everywhere (self->client),
                          on_out_everywhere,
                          g_object_ref (self),
                          g_object_unref);
}

/**
 * sc_session_sign_out:
 * @self: the session
 *
 * Signs out here at once, then tells the server.
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects with %SC_CLIENT_ERROR if
 *   the server does not know yet
 */
DexFuture *
sc_session_sign_out (ScSession *self)
{
  DexFuture *told = sc_client_sign_out (self->client);
  sc_session_forget (self);
  sc_session_leave (self);
  return told;
}
