/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An HTTP API of Amazon API Gateway with one route, $default, to one function. It listens on a unix
 * socket behind nginx, which bounds what comes. Main thread. */

#include "config.h"

#include "sc-http-api.h"

#include "sc-gateway-event.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

/* The longest time that an HTTP API waits for its function ("Amazon API Gateway quotas"). */
#define TIMEOUT_MS 30000

struct _ScHttpApi {
  ScFunctionHost *host;
  char *function;
  SoupServer *server;
};

/* A request that waits for the function. */
typedef struct {
  SoupServerMessage *message;
  gboolean disconnected;
} Exchange;

static void
on_disconnected (SoupServerMessage *message, gpointer user_data)
{
  Exchange *exchange = user_data;
  exchange->disconnected = TRUE;
}

static void
answer_failure (SoupServerMessage *message, guint status, const char *words)
{
  g_autofree char *body = g_strdup_printf ("{\"message\":\"%s\"}", words);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message,
                                    "application/json",
                                    SOUP_MEMORY_COPY,
                                    body,
                                    strlen (body));
}

static void
answer_error (SoupServerMessage *message, const GError *error)
{
  if (g_error_matches (error, SC_FUNCTION_ERROR, SC_FUNCTION_ERROR_FAILED))
    answer_failure (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, "Internal Server Error");
  else
    answer_failure (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "Service Unavailable");
}

static void
on_answered (GBytes *answer, const GError *error, gpointer user_data)
{
  Exchange *exchange = user_data;
  if (!exchange->disconnected) {
    if (error)
      answer_error (exchange->message, error);
    else if (!sc_gateway_event_answer (exchange->message, answer, NULL))
      answer_failure (exchange->message,
                      SOUP_STATUS_INTERNAL_SERVER_ERROR,
                      "Internal Server Error");
    soup_server_message_unpause (exchange->message);
  }
  g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  g_object_unref (exchange->message);
  g_free (exchange);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  ScHttpApi *self = user_data;
  Exchange *exchange = g_new0 (Exchange, 1);
  exchange->message = g_object_ref (message);
  g_signal_connect (message, "disconnected", G_CALLBACK (on_disconnected), exchange);
  soup_server_message_pause (message);
  g_autoptr (GBytes) event = sc_gateway_event_new (message);
  if (sc_function_host_call (self->host, self->function, event, TIMEOUT_MS, on_answered, exchange))
    return;
  g_autoptr (GError) busy =
    g_error_new_literal (SC_FUNCTION_ERROR, SC_FUNCTION_ERROR_CLOSED, "too many calls wait");
  on_answered (NULL, busy, exchange);
}

/**
 * sc_http_api_new:
 * @host: has the function; lives longer
 * @function: its ARN
 * @socket: the unix socket to listen on; one that a killed run left is replaced
 * @error: why it cannot listen
 *
 * Returns: (transfer full) (nullable): the API, which takes requests from now on
 */
ScHttpApi *
sc_http_api_new (ScFunctionHost *host, const char *function, const char *socket, GError **error)
{
  g_unlink (socket);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (socket);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  if (!soup_server_listen (server, address, 0, error))
    return NULL;
  ScHttpApi *self = g_new0 (ScHttpApi, 1);
  self->host = host;
  self->function = g_strdup (function);
  self->server = g_steal_pointer (&server);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  return self;
}

/**
 * sc_http_api_free:
 * @self: (nullable): an API
 *
 * Ends every connection. What the function still answers is thrown away.
 */
void
sc_http_api_free (ScHttpApi *self)
{
  if (!self)
    return;
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->function);
  g_free (self);
}
