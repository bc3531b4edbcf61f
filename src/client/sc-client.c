/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Our API, typed: the server's address, the token, and one future-returning function for each route
 * in the file of its resource (sc-client-users.c, sc-client-chat.c and so on).
 *
 * Every future rejects with an error of %SC_CLIENT_ERROR, or with a cancellation; dropping it
 * cancels the exchange. Main thread only; the application owns it through its session.
 */

#include "config.h"

#include "sc-client.h"

#include "sc-client-call.h"
#include "sc-secret.h"
#include "sc-validate.h"

#include <string.h>

struct _ScClient {
  GObject parent_instance;

  ScHttp *http;
  char *server;
  char *token;
  ScActs *acts;
  ScAhead *ahead;
  char *device;
  char *viewer;
};

G_DEFINE_FINAL_TYPE (ScClient, sc_client, G_TYPE_OBJECT)

static void
sc_client_finalize (GObject *object)
{
  ScClient *self = SC_CLIENT (object);

  g_clear_object (&self->http);
  sc_acts_free (self->acts);
  sc_ahead_free (self->ahead);
  g_free (self->server);
  sc_secret_free (self->token);
  g_free (self->device);
  g_free (self->viewer);

  G_OBJECT_CLASS (sc_client_parent_class)->finalize (object);
}

static void
sc_client_class_init (ScClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = sc_client_finalize;

  /**
   * ScClient::unauthorized:
   *
   * The server refused our token: the session is over.
   */
  g_signal_new ("unauthorized",
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
sc_client_init (ScClient *self)
{
  self->acts = sc_acts_new ();
  self->ahead = sc_ahead_new ();
}

/**
 * sc_client_new:
 * @http: what carries the requests
 *
 * Returns: (transfer full): a client that has no server yet
 */
ScClient *
sc_client_new (ScHttp *http)
{
  ScClient *self = g_object_new (SC_TYPE_CLIENT, NULL);
  self->http = g_object_ref (http);
  self->viewer = g_uuid_string_random ();
  return self;
}

/**
 * sc_client_get_http:
 * @self: the client
 *
 * Returns: (transfer none): what carries the requests
 */
ScHttp *
sc_client_get_http (ScClient *self)
{
  return self->http;
}

/**
 * sc_client_get_acts:
 * @self: the client
 *
 * Returns: (transfer none): what was done and has no answer yet
 */
ScActs *
sc_client_get_acts (ScClient *self)
{
  return self->acts;
}

/**
 * sc_client_get_ahead:
 * @self: the client
 *
 * Returns: (transfer none): what was asked before its time
 */
ScAhead *
sc_client_get_ahead (ScClient *self)
{
  return self->ahead;
}

/**
 * sc_client_get_server:
 * @self: the client
 *
 * Returns: (nullable): the server's address without a slash at its end
 */
const char *
sc_client_get_server (ScClient *self)
{
  return self->server;
}

/**
 * sc_client_set_server:
 * @self: the client
 * @server: (nullable): an http or https address; slashes at its end do not count
 *
 * Says where requests go from now on. A token never follows to another server: it is forgotten.
 */
void
sc_client_set_server (ScClient *self, const char *server)
{
  g_autofree char *address = server && *server ? g_strdup (server) : NULL;
  for (char *end = address ? address + strlen (address) : NULL; end > address && end[-1] == '/';)
    *--end = '\0';
  if (g_set_str (&self->server, address))
    sc_client_set_token (self, NULL);
}

/**
 * sc_client_get_token:
 * @self: the client
 *
 * Returns: (nullable): the bearer token
 */
const char *
sc_client_get_token (ScClient *self)
{
  return self->token;
}

/**
 * sc_client_set_token:
 * @self: the client
 * @token: (nullable): the bearer token that requests carry from now on
 */
void
sc_client_set_token (ScClient *self, const char *token)
{
  char *before = g_steal_pointer (&self->token);
  self->token = g_strdup (token);
  sc_secret_free (before);
}

/**
 * sc_client_get_viewer:
 * @self: the client
 *
 * Returns: a random uuid by which views of recordings are counted; it says nothing about whose they
 *   are, and is another one the next time
 */
const char *
sc_client_get_viewer (ScClient *self)
{
  return self->viewer;
}

/**
 * sc_client_get_device:
 * @self: the client
 *
 * Returns: (nullable): what this machine is called in the list of where one is signed in
 */
const char *
sc_client_get_device (ScClient *self)
{
  return self->device;
}

/**
 * sc_client_set_device:
 * @self: the client
 * @device: (nullable): what this machine is called; what sc_validate_device() refuses is not said
 */
void
sc_client_set_device (ScClient *self, const char *device)
{
  g_set_str (&self->device, sc_validate_device (device) == SC_VALID ? device : NULL);
}
