/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The HTTP door of `streamcat-backend`: libsoup on a unix socket behind nginx, HTTP/1.1 only.
 *
 * libsoup's server lives in the main thread; each request goes to one of a few worker threads and
 * comes back as an answer. libsoup 3.6 bounds neither bodies nor what waits, and its Range and
 * chunked code has open defects: bodies with a length that their route allows come in, nothing else
 * does, and Range is taken out of the request before libsoup sees it.
 *
 * Where a request comes from, nginx says in X-Real-IP, which it sets itself whatever was sent;
 * nobody else reaches the socket. X-Forwarded-For, which anybody can write, is not read.
 */

#include "config.h"

#include "sc-front-door.h"

#include "sc-routes.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <sys/stat.h>

/* As many as may hash and wait to hash, and as may wait for AWS, who all hold no connection to the
 * database meanwhile, and eight for everybody else: a flood of sign-ins, or AWS that hangs, is told
 * to come again, and keeps nobody out. */
#define WORKERS (SC_PASSWORDS_AT_ONCE + SC_PASSWORDS_WAITING + SC_SERVICE_AWS_AT_ONCE + 8)

/* What is inside at once, working and waiting. More than that cannot be served in the seconds that
 * anybody waits. */
#define MAX_INSIDE 256

/* A request line is short where names have 32 characters. */
#define MAX_TARGET 512

#define SOCKET_MODE (S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP)
#define BACKLOG 128

struct _ScFrontDoor {
  ScService *service;
  SoupServer *server;
  GThreadPool *workers;
  char *socket_path;
  guint inside;
  gboolean closing;
  ScFrontDoorDone done;
  gpointer done_data;
};

/* A request on its way to a worker and back. */
typedef struct {
  ScFrontDoor *door;
  SoupServerMessage *message;
  char *path;
  char *query;
  char *authorization;
  char *idempotency_key;
  char *address;
  GBytes *body;
  ScResponse *response;
} Visit;

static void
visit_free (Visit *visit)
{
  g_clear_object (&visit->message);
  g_free (visit->path);
  g_free (visit->query);
  g_free (visit->authorization);
  g_free (visit->idempotency_key);
  g_free (visit->address);
  g_clear_pointer (&visit->body, g_bytes_unref);
  g_clear_pointer (&visit->response, sc_response_free);
  g_free (visit);
}

static void
write_response (SoupServerMessage *message, ScResponse *response)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  soup_server_message_set_status (message, response->status, NULL);
  /* nginx 1.30 keeps a connection of which only itself said that it ends. */
  if (soup_message_headers_header_contains (asked, "Connection", "close"))
    soup_message_headers_replace (headers, "Connection", "close");
  for (guint i = 0; i + 1 < response->headers->len; i += 2)
    soup_message_headers_replace (headers,
                                  response->headers->pdata[i],
                                  response->headers->pdata[i + 1]);
  if (response->body)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message),
                                    response->body);
}

/* The path is a stranger's: it is written so that it stays on its line. */
static void
log_cause (const char *method, const char *path, ScResponse *response)
{
  if (!response->cause)
    return;
  g_autofree char *escaped = g_strescape (path, NULL);
  g_message ("%s %s: %u: %s", method, escaped, response->status, response->cause);
}

static void
leave (ScFrontDoor *self)
{
  self->inside--;
  if (self->closing && self->inside == 0)
    self->done (self->done_data);
}

/* Back in the main thread. */
static gboolean
finish_visit (gpointer data)
{
  Visit *visit = data;
  log_cause (soup_server_message_get_method (visit->message), visit->path, visit->response);
  write_response (visit->message, visit->response);
  soup_server_message_unpause (visit->message);
  return G_SOURCE_REMOVE;
}

static void
work (gpointer data, gpointer user_data)
{
  Visit *visit = data;
  ScRequest request = {
    .method = soup_server_message_get_method (visit->message),
    .path = visit->path,
    .query = visit->query,
    .authorization = visit->authorization,
    .idempotency_key = visit->idempotency_key,
    .address = visit->address,
    .body = visit->body,
  };
  visit->response = sc_service_handle (visit->door->service, &request);
  g_main_context_invoke_full (NULL,
                              G_PRIORITY_DEFAULT,
                              finish_visit,
                              visit,
                              (GDestroyNotify) visit_free);
}

static void
refuse (SoupServerMessage *message, ScFault fault)
{
  g_autoptr (ScResponse) response = sc_response_new_fault (fault, NULL, NULL);
  write_response (message, response);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Connection",
                                "close");
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

/* What has to be refused before its body is read. */
static gboolean
is_refused (ScFrontDoor *self, SoupServerMessage *message, ScFault *ret_fault)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  if (soup_message_headers_get_one (headers, "Transfer-Encoding") || strlen (path) > MAX_TARGET)
    *ret_fault = SC_FAULT_BAD_REQUEST;
  else if (soup_message_headers_get_content_length (headers) >
           (goffset) sc_routes_get_body_max (soup_server_message_get_method (message), path))
    *ret_fault = SC_FAULT_BODY_TOO_LARGE;
  else if (self->closing || self->inside > MAX_INSIDE)
    *ret_fault = SC_FAULT_BUSY;
  else
    return FALSE;
  return TRUE;
}

static void
on_message_finished (SoupServerMessage *message, ScFrontDoor *self)
{
  leave (self);
}

/* The headers are there, the body is not. */
static void
on_early_request (SoupServer *server,
                  SoupServerMessage *message,
                  const char *path,
                  GHashTable *query,
                  gpointer user_data)
{
  ScFrontDoor *self = user_data;
  ScFault fault;
  self->inside++;
  g_signal_connect (message, "finished", G_CALLBACK (on_message_finished), self);
  soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");
  if (is_refused (self, message, &fault))
    refuse (message, fault);
}

/* The whole request is there. */
static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  ScFrontDoor *self = user_data;
  GUri *uri = soup_server_message_get_uri (message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  Visit *visit = g_new0 (Visit, 1);
  visit->door = self;
  visit->message = g_object_ref (message);
  visit->path = g_strdup (g_uri_get_path (uri));
  visit->query = g_strdup (g_uri_get_query (uri));
  visit->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  visit->idempotency_key = g_strdup (soup_message_headers_get_list (headers, "Idempotency-Key"));
  visit->address = g_strdup (soup_message_headers_get_one (headers, "X-Real-IP"));
  visit->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  soup_server_message_pause (message);
  g_thread_pool_push (self->workers, visit, NULL);
}

/**
 * sc_front_door_new:
 * @service: the rules; outlives the door
 *
 * Makes a door for the thread that calls this, which runs the default main context.
 *
 * Returns: (transfer full): a door that is not open yet
 */
ScFrontDoor *
sc_front_door_new (ScService *service)
{
  ScFrontDoor *self = g_new0 (ScFrontDoor, 1);
  self->service = service;
  self->server = soup_server_new (NULL, NULL);
  self->workers = g_thread_pool_new (work, self, WORKERS, FALSE, NULL);
  soup_server_add_early_handler (self->server, NULL, on_early_request, self, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  return self;
}

/**
 * sc_front_door_free:
 * @self: (nullable): a door that was never open, or whose close is done
 */
void
sc_front_door_free (ScFrontDoor *self)
{
  if (!self)
    return;
  g_thread_pool_free (self->workers, FALSE, TRUE);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  if (self->socket_path)
    g_unlink (self->socket_path);
  g_free (self->socket_path);
  g_free (self);
}

/* Binds with the mode already narrowed: between bind and chmod nobody else could connect. */
static gboolean
bind_socket (GSocket *socket, const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_unlink (path);
  mode_t old = umask (0777 & ~SOCKET_MODE);
  gboolean bound = g_socket_bind (socket, address, FALSE, error);
  umask (old);
  return bound;
}

/**
 * sc_front_door_listen:
 * @self: a door
 * @socket_path: where its unix socket shall be; what is there is replaced
 * @error: an error of %G_IO_ERROR
 *
 * Opens the door: whoever shares the user or the group may come in.
 *
 * Returns: %TRUE if it is open
 */
gboolean
sc_front_door_listen (ScFrontDoor *self, const char *socket_path, GError **error)
{
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  if (!socket || !bind_socket (socket, socket_path, error))
    return FALSE;
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_listen (socket, error) ||
      !soup_server_listen_socket (self->server, socket, 0, error))
    return FALSE;
  self->socket_path = g_strdup (socket_path);
  return TRUE;
}

/**
 * sc_front_door_close:
 * @self: a door that is open
 * @done: called when the last request has its answer, perhaps at once
 * @user_data: for @done
 *
 * Lets nobody in any more and waits for those who are inside.
 */
void
sc_front_door_close (ScFrontDoor *self, ScFrontDoorDone done, gpointer user_data)
{
  if (self->closing)
    return;
  self->closing = TRUE;
  self->done = done;
  self->done_data = user_data;
  if (self->inside == 0)
    done (user_data);
}
