/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who is signed in to which server. The one place that gives the client its token.
 *
 * A secret store may be absent, locked or waiting for a person: nothing here waits for it. A
 * session begins at once and is kept when the store has said so; a store that fails loses nothing
 * but the keeping. Main thread only; the application owns it, pages watch its properties.
 */

#include "config.h"

#include "sc-client-error.h"
#include "sc-future.h"
#include "sc-secret.h"
#include "sc-session-private.h"

/* So long the first page does not yet say "Sign In" to somebody who may be signed in. */
#define RESTORE_PATIENCE_SECONDS 2

typedef enum {
  PROP_SERVER = 1,
  PROP_STATE,
  PROP_SIGNED_IN,
  PROP_NAME,
  PROP_KEEPING,
} ScSessionProperty;

static GParamSpec *properties[PROP_KEEPING + 1];

G_DEFINE_FINAL_TYPE (ScSession, sc_session, G_TYPE_OBJECT)

typedef struct {
  GWeakRef session;
  ScSecretStore *store;
  char *server;
} Restore;

static void
restore_free (Restore *restore)
{
  g_weak_ref_clear (&restore->session);
  g_object_unref (restore->store);
  g_free (restore->server);
  g_free (restore);
}

static void
set_state (ScSession *self, ScSessionState state, const char *name)
{
  gboolean was_signed_in = sc_session_get_signed_in (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  if (self->state != state) {
    self->state = state;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  }
  if (was_signed_in != sc_session_get_signed_in (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNED_IN]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sc_session_set_keeping:
 * @self: the session
 * @keeping: whether it outlives the program
 */
void
sc_session_set_keeping (ScSession *self, ScSessionKeeping keeping)
{
  if (self->keeping == keeping)
    return;
  self->keeping = keeping;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEEPING]);
}

/**
 * sc_session_stop_waiting:
 * @self: the session
 *
 * Lets go of what the secret store and the server were asked.
 */
void
sc_session_stop_waiting (ScSession *self)
{
  dex_clear (&self->restoring);
  dex_clear (&self->checking);
  dex_clear (&self->saving);
}

/**
 * sc_session_leave:
 * @self: the session
 *
 * Forgets the person here; the server and the store are not asked.
 */
void
sc_session_leave (ScSession *self)
{
  sc_session_stop_waiting (self);
  sc_client_set_token (self->client, NULL);
  g_clear_pointer (&self->recovery_code, sc_secret_free);
  self->deletes_at = 0;
  sc_session_set_keeping (self, SC_SESSION_KEEPING);
  set_state (self, SC_SESSION_SIGNED_OUT, NULL);
}

/**
 * sc_session_enter:
 * @self: the session
 * @credentials: of who is signed in from now on
 */
void
sc_session_enter (ScSession *self, const ScCredentials *credentials)
{
  sc_client_set_token (self->client, credentials->token);
  sc_secret_free (self->recovery_code);
  self->recovery_code = g_strdup (credentials->recovery_code);
  self->deletes_at = credentials->deletes_at;
  set_state (self, SC_SESSION_SIGNED_IN, credentials->name);
}

static DexFuture *
on_checked (DexFuture *future, gpointer user_data)
{
  ScSession *self = user_data;
  g_autoptr (GError) error = NULL;
  if (!dex_future_get_value (future, &error) &&
      g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_ACCOUNT_DELETED)) {
    self->deletes_at = sc_client_error_get_until (error);
    g_signal_emit_by_name (self, "leaving");
  }
  return dex_future_new_true ();
}

/* The server is the judge of a kept token; a refusal arrives as ScClient::unauthorized. */
static void
check_token (ScSession *self)
{
  dex_clear (&self->checking);
  self->checking = dex_future_finally (sc_client_who_am_i (self->client), on_checked, self, NULL);
}

static void
use_restored (ScSession *self, const ScCredentials *credentials)
{
  if (!credentials || credentials->expires_at <= g_get_real_time ()) {
    set_state (self, SC_SESSION_SIGNED_OUT, NULL);
    return;
  }
  sc_session_enter (self, credentials);
  sc_session_set_keeping (self, SC_SESSION_KEPT);
  check_token (self);
}

static DexFuture *
restore_fiber (gpointer user_data)
{
  Restore *restore = user_data;
  g_autoptr (DexFuture) load = sc_secret_store_load (restore->store, restore->server);

  /* A rejection of either half is told apart below. */
  (void) dex_await (dex_future_first (dex_ref (load),
                                      dex_timeout_new_seconds (RESTORE_PATIENCE_SECONDS),
                                      NULL),
                    NULL);
  g_autoptr (ScSession) self = g_weak_ref_get (&restore->session);
  if (self && dex_future_is_pending (load))
    set_state (self, SC_SESSION_SIGNED_OUT, NULL);
  g_clear_object (&self);

  g_autoptr (ScCredentials) credentials = dex_await_boxed (g_steal_pointer (&load), NULL);
  self = g_weak_ref_get (&restore->session);
  if (self && self->state != SC_SESSION_SIGNED_IN)
    use_restored (self, credentials);
  return dex_future_new_true ();
}

static void
restore (ScSession *self)
{
  if (!sc_session_get_server (self)) {
    set_state (self, SC_SESSION_SIGNED_OUT, NULL);
    return;
  }
  Restore *args = g_new0 (Restore, 1);
  g_weak_ref_init (&args->session, self);
  args->store = g_object_ref (self->store);
  args->server = g_strdup (sc_session_get_server (self));
  set_state (self, SC_SESSION_RESTORING, NULL);
  self->restoring = sc_spawn (restore_fiber, args, (GDestroyNotify) restore_free);
}

/**
 * sc_session_forget:
 * @self: the session
 *
 * Has the store forget who is signed in. One that cannot now keeps a token that the server refuses
 * from here on.
 */
void
sc_session_forget (ScSession *self)
{
  dex_clear (&self->forgetting);
  self->forgetting = sc_secret_store_clear (self->store, sc_session_get_server (self));
}

static void
on_client_unauthorized (ScSession *self)
{
  if (self->state != SC_SESSION_SIGNED_IN)
    return;
  sc_session_forget (self);
  sc_session_leave (self);
  g_signal_emit_by_name (self, "expired");
}

static void
sc_session_dispose (GObject *object)
{
  ScSession *self = SC_SESSION (object);

  sc_session_stop_waiting (self);
  dex_clear (&self->forgetting);
  g_clear_object (&self->client);
  g_clear_object (&self->store);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->recovery_code, sc_secret_free);

  G_OBJECT_CLASS (sc_session_parent_class)->dispose (object);
}

static void
sc_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScSession *self = SC_SESSION (object);

  switch ((ScSessionProperty) id) {
  case PROP_SERVER:
    g_value_set_string (value, sc_session_get_server (self));
    break;
  case PROP_STATE:
    g_value_set_uint (value, self->state);
    break;
  case PROP_SIGNED_IN:
    g_value_set_boolean (value, sc_session_get_signed_in (self));
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_KEEPING:
    g_value_set_uint (value, self->keeping);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_session_class_init (ScSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sc_session_dispose;
  object_class->get_property = sc_session_get_property;

  properties[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, flags);
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, SC_SESSION_SIGNED_IN, 0, flags);
  properties[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_KEEPING] =
    g_param_spec_uint ("keeping", NULL, NULL, 0, SC_SESSION_NOT_KEPT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * ScSession::leaving:
   *
   * The account of who is signed in is to be deleted, which sc_session_restore_account() ends.
   */
  g_signal_new ("leaving",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);

  /**
   * ScSession::expired:
   *
   * The server ended the session; the person was signed out.
   */
  g_signal_new ("expired",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);
}

static void
sc_session_init (ScSession *self)
{
  self->state = SC_SESSION_SIGNED_OUT;
}

/**
 * sc_session_new:
 * @client: the client that gets the token
 * @store: where credentials stay
 *
 * Returns: (transfer full): a session with nobody signed in; sc_session_set_server() comes next
 */
ScSession *
sc_session_new (ScClient *client, ScSecretStore *store)
{
  ScSession *self = g_object_new (SC_TYPE_SESSION, NULL);
  self->client = g_object_ref (client);
  self->store = g_object_ref (store);
  g_signal_connect_object (client,
                           "unauthorized",
                           G_CALLBACK (on_client_unauthorized),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * sc_session_get_client:
 * @self: the session
 *
 * Returns: (transfer none): the client that pages talk through
 */
ScClient *
sc_session_get_client (ScSession *self)
{
  return self->client;
}

/**
 * sc_session_get_server:
 * @self: the session
 *
 * Returns: (nullable): the server's address
 */
const char *
sc_session_get_server (ScSession *self)
{
  return sc_client_get_server (self->client);
}

/**
 * sc_session_set_server:
 * @self: the session
 * @server: (nullable): the server's address
 *
 * Goes to another server: the person is signed out here, not there, and whoever was signed in at
 * the new one is again as soon as the secret store says so.
 */
void
sc_session_set_server (ScSession *self, const char *server)
{
  g_autofree char *before = g_strdup (sc_session_get_server (self));
  sc_client_set_server (self->client, server);
  if (g_strcmp0 (before, sc_session_get_server (self)) == 0)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  sc_session_leave (self);
  restore (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sc_session_get_state:
 * @self: the session
 *
 * Returns: whether somebody is signed in, or that is not known yet
 */
ScSessionState
sc_session_get_state (ScSession *self)
{
  return self->state;
}

/**
 * sc_session_get_signed_in:
 * @self: the session
 *
 * Returns: whether somebody is signed in
 */
gboolean
sc_session_get_signed_in (ScSession *self)
{
  return self->state == SC_SESSION_SIGNED_IN;
}

/**
 * sc_session_get_name:
 * @self: the session
 *
 * Returns: (nullable): the name of who is signed in
 */
const char *
sc_session_get_name (ScSession *self)
{
  return self->name;
}

/**
 * sc_session_get_keeping:
 * @self: the session
 *
 * Returns: whether the session outlives the program
 */
ScSessionKeeping
sc_session_get_keeping (ScSession *self)
{
  return self->keeping;
}
