/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The server's side of the AWS Lambda Runtime API, version 2018-06-01, for one runtime at a time:
 * GET .../invocation/next (held until there is an event), POST .../invocation/ID/response,
 * POST .../invocation/ID/error and POST .../init/error. Main thread; listens on loopback alone. */

#include "config.h"

#include "sc-runtime-api.h"

#include "sc-id.h"

#include <libsoup/soup.h>
#include <string.h>

#define PREFIX "/2018-06-01/runtime"
#define INVOCATION PREFIX "/invocation/"

/* AWS Lambda takes no larger answer. */
#define ANSWER_MAX (6 * 1024 * 1024)

/* Of an error's document only its type is told on: it names the kind and cannot hold a secret of
 * the handler's. */
#define ERROR_TYPE_HEADER "Lambda-Runtime-Function-Error-Type"

struct _ScRuntimeApi {
  SoupServer *server;
  char *address;
  ScRuntimeDelegate delegate;
  gpointer user_data;
  SoupServerMessage *waiting; /* the held request for the next event */
  char *request_id;           /* of the event that the runtime works on */
};

static void
answer_json (SoupServerMessage *message, guint status, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message,
                                    "application/json",
                                    SOUP_MEMORY_COPY,
                                    body,
                                    strlen (body));
}

static void
refuse (SoupServerMessage *message, guint status, const char *type)
{
  g_autofree char *body =
    g_strdup_printf ("{\"errorType\":\"%s\",\"errorMessage\":\"%s\"}", type, type);
  answer_json (message, status, body);
}

/* The connection of a held request broke: the runtime is gone. */
static void
on_waiting_disconnected (SoupServerMessage *message, gpointer user_data)
{
  ScRuntimeApi *self = user_data;
  if (self->waiting != message)
    return;
  g_signal_handlers_disconnect_by_data (message, self);
  g_clear_object (&self->waiting);
}

/* Takes the held request out, ready to be answered. */
static SoupServerMessage *
take_waiting (ScRuntimeApi *self)
{
  SoupServerMessage *message = g_steal_pointer (&self->waiting);
  if (message)
    g_signal_handlers_disconnect_by_data (message, self);
  return message;
}

static void
handle_next (ScRuntimeApi *self, SoupServerMessage *message)
{
  if (self->waiting) {
    refuse (message, SOUP_STATUS_FORBIDDEN, "InvalidStateTransition");
    return;
  }
  if (self->request_id) {
    g_clear_pointer (&self->request_id, g_free);
    self->delegate.failed ("the runtime asked for more without an answer", self->user_data);
  }
  self->waiting = g_object_ref (message);
  g_signal_connect (message, "disconnected", G_CALLBACK (on_waiting_disconnected), self);
  soup_server_message_pause (message);
  self->delegate.ready (self->user_data);
}

static const char *
get_error_type (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *type = soup_message_headers_get_one (headers, ERROR_TYPE_HEADER);
  return type ? type : "the function reported an error";
}

/* POST .../invocation/ID/response and .../invocation/ID/error. */
static void
handle_answer (ScRuntimeApi *self, SoupServerMessage *message, const char *rest)
{
  const char *slash = strchr (rest, '/');
  g_autofree char *id = slash ? g_strndup (rest, slash - rest) : NULL;
  gboolean is_response = slash && g_str_equal (slash, "/response");
  if (!slash || (!is_response && !g_str_equal (slash, "/error"))) {
    refuse (message, SOUP_STATUS_NOT_FOUND, "NotFound");
    return;
  }
  if (g_strcmp0 (id, self->request_id) != 0) {
    refuse (message, SOUP_STATUS_BAD_REQUEST, "InvalidRequestID");
    return;
  }
  g_clear_pointer (&self->request_id, g_free);
  if (is_response &&
      soup_server_message_get_request_body (message)->length > (goffset) ANSWER_MAX) {
    refuse (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "RequestEntityTooLarge");
    self->delegate.failed ("the answer is larger than AWS Lambda takes", self->user_data);
    return;
  }
  answer_json (message, SOUP_STATUS_ACCEPTED, "{\"status\":\"OK\"}");
  if (is_response) {
    g_autoptr (GBytes) answer =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
    self->delegate.answered (answer, self->user_data);
  } else {
    self->delegate.failed (get_error_type (message), self->user_data);
  }
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  ScRuntimeApi *self = user_data;
  const char *method = soup_server_message_get_method (message);
  gboolean is_post = g_str_equal (method, "POST");
  if (g_str_equal (method, "GET") && g_str_equal (path, INVOCATION "next")) {
    handle_next (self, message);
  } else if (is_post && g_str_has_prefix (path, INVOCATION)) {
    handle_answer (self, message, path + strlen (INVOCATION));
  } else if (is_post && g_str_equal (path, PREFIX "/init/error")) {
    answer_json (message, SOUP_STATUS_ACCEPTED, "{\"status\":\"OK\"}");
    self->delegate.failed (get_error_type (message), self->user_data);
  } else {
    refuse (message, SOUP_STATUS_NOT_FOUND, "NotFound");
  }
}

static char *
make_address (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  char *address = g_strdup_printf ("127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return address;
}

/**
 * sc_runtime_api_new:
 * @delegate: what to call
 * @user_data: for @delegate
 * @error: why no port could be had
 *
 * Listens on a free port of 127.0.0.1.
 *
 * Returns: (transfer full) (nullable): the server
 */
ScRuntimeApi *
sc_runtime_api_new (const ScRuntimeDelegate *delegate, gpointer user_data, GError **error)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;
  ScRuntimeApi *self = g_new0 (ScRuntimeApi, 1);
  self->address = make_address (server);
  self->server = g_steal_pointer (&server);
  self->delegate = *delegate;
  self->user_data = user_data;
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  return self;
}

/**
 * sc_runtime_api_free:
 * @self: (nullable): a server
 *
 * Ends every connection.
 */
void
sc_runtime_api_free (ScRuntimeApi *self)
{
  if (!self)
    return;
  sc_runtime_api_reset (self);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->address);
  g_free (self);
}

/**
 * sc_runtime_api_get_address:
 * @self: a server
 *
 * Returns: (transfer none): "127.0.0.1:PORT", the value for AWS_LAMBDA_RUNTIME_API
 */
const char *
sc_runtime_api_get_address (ScRuntimeApi *self)
{
  return self->address;
}

/**
 * sc_runtime_api_is_waiting:
 * @self: a server
 *
 * Returns: %TRUE while a runtime waits for an event
 */
gboolean
sc_runtime_api_is_waiting (ScRuntimeApi *self)
{
  return self->waiting != NULL;
}

/**
 * sc_runtime_api_send:
 * @self: a server whose runtime waits
 * @request_id: the event's
 * @function_arn: the function that is invoked
 * @deadline_us: when the answer has to be there, microseconds since the epoch
 * @event: the event's JSON
 *
 * Gives the runtime its next event.
 */
void
sc_runtime_api_send (ScRuntimeApi *self,
                     const char *request_id,
                     const char *function_arn,
                     gint64 deadline_us,
                     GBytes *event)
{
  g_autoptr (SoupServerMessage) message = take_waiting (self);
  g_return_if_fail (message != NULL);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *deadline = g_strdup_printf ("%" G_GINT64_FORMAT, deadline_us / 1000);
  g_autofree char *trace = sc_id_new ("Root=1-", 22);
  soup_message_headers_replace (headers, "Lambda-Runtime-Aws-Request-Id", request_id);
  soup_message_headers_replace (headers, "Lambda-Runtime-Deadline-Ms", deadline);
  soup_message_headers_replace (headers, "Lambda-Runtime-Invoked-Function-Arn", function_arn);
  soup_message_headers_replace (headers, "Lambda-Runtime-Trace-Id", trace);
  soup_message_headers_set_content_type (headers, "application/json", NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), event);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  g_free (self->request_id);
  self->request_id = g_strdup (request_id);
  soup_server_message_unpause (message);
}

/**
 * sc_runtime_api_reset:
 * @self: a server
 *
 * Forgets the runtime, which is gone, and the event that it had.
 */
void
sc_runtime_api_reset (ScRuntimeApi *self)
{
  g_clear_pointer (&self->request_id, g_free);
  g_autoptr (SoupServerMessage) message = take_waiting (self);
  if (!message)
    return;
  soup_server_message_set_status (message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
  soup_server_message_unpause (message);
}
