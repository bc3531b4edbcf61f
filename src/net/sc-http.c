/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One HTTP exchange at a time over libsoup: HTTP/1.1, no cookies, no redirects, no cache, no
 * authentication, no content decoding, an answer of bounded size within a bounded time.
 *
 * Both halves may be used from any thread at once: the asynchronous one calls back in the caller's
 * thread-default main context, the blocking one runs the asynchronous one in a context of its own.
 * A request that is not idempotent gets a new connection, so that it cannot be lost on one that the
 * server has just closed; nothing is ever repeated here but by libsoup what is idempotent, on such.
 */

#include "config.h"

#include "sc-http.h"

#include <libsoup/soup.h>
#include <string.h>

/* As many as a backend has worker threads, and then some; libsoup's 2 for a host would queue. */
#define MAX_CONNECTIONS 64

#define READ_SIZE 16384

struct _ScHttp {
  GObject parent_instance;

  SoupSession *session;
  guint timeout_ms;
};

G_DEFINE_FINAL_TYPE (ScHttp, sc_http, G_TYPE_OBJECT)

G_DEFINE_BOXED_TYPE (ScHttpResponse, sc_http_response, sc_http_response_ref, sc_http_response_unref)

/* What one exchange needs while it is under way; owned by its task. */
typedef struct {
  SoupMessage *message;
  GCancellable *cancellable; /* ours: the caller's, the deadline and the size bound end in it */
  GSource *outer;            /* dispatched when the caller's is cancelled, or NULL */
  GSource *deadline;
  GInputStream *stream;
  GBytes *sent; /* the request's body, or NULL */
  GByteArray *body;
  gsize max_bytes;
  ScNetPhase phase;
  gboolean is_cancelled;
  gboolean timed_out;
} Exchange;

static void
exchange_free (Exchange *exchange)
{
  if (exchange->deadline)
    g_source_destroy (exchange->deadline);
  g_clear_pointer (&exchange->deadline, g_source_unref);
  if (exchange->outer)
    g_source_destroy (exchange->outer);
  g_clear_pointer (&exchange->outer, g_source_unref);
  g_clear_object (&exchange->cancellable);
  g_signal_handlers_disconnect_by_data (exchange->message, exchange); /* libsoup may keep it */
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_clear_pointer (&exchange->sent, g_bytes_unref);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_free (exchange);
}

static void
clear_response (ScHttpResponse *self)
{
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
}

static void
take_header (const char *name, const char *value, gpointer user_data)
{
  GHashTable *headers = user_data;
  g_autofree char *key = g_ascii_strdown (name, -1);
  const char *before = g_hash_table_lookup (headers, key);
  char *joined = before ? g_strconcat (before, ", ", value, NULL) : g_strdup (value);
  g_hash_table_insert (headers, g_steal_pointer (&key), joined);
}

static ScHttpResponse *
make_response (Exchange *exchange)
{
  ScHttpResponse *response = g_atomic_rc_box_new0 (ScHttpResponse);
  response->status = soup_message_get_status (exchange->message);
  response->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (soup_message_get_response_headers (exchange->message),
                                take_header,
                                response->headers);
  response->body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
  return response;
}

/* Ends the exchange with the code that its cause and its phase stand for. */
static void
fail (GTask *task, const GError *cause)
{
  Exchange *exchange = g_task_get_task_data (task);
  ScNetError code = sc_net_error_classify (cause, exchange->phase);
  const char *why = cause->message;
  if (exchange->timed_out) {
    code = exchange->phase == SC_NET_CONNECTING ? SC_NET_ERROR_REFUSED : SC_NET_ERROR_TIMEOUT;
    why = "the time was up";
  }
  g_task_return_new_error (task,
                           SC_NET_ERROR,
                           (int) code,
                           "No answer from %s: %s",
                           g_uri_get_host (soup_message_get_uri (exchange->message)),
                           why);
}

static void on_body_read (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_more (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_input_stream_read_bytes_async (exchange->stream,
                                   READ_SIZE,
                                   G_PRIORITY_DEFAULT,
                                   exchange->cancellable,
                                   on_body_read,
                                   task);
}

static void
fail_too_large (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) cause = g_error_new (G_IO_ERROR,
                                          G_IO_ERROR_MESSAGE_TOO_LARGE,
                                          "the answer has more than %" G_GSIZE_FORMAT " bytes",
                                          exchange->max_bytes);
  fail (task, cause);
}

static void
on_body_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (exchange->stream, result, &error);
  if (!bytes) {
    fail (task, error);
    return;
  }

  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  if (size == 0) {
    g_task_return_pointer (task, make_response (exchange), (GDestroyNotify) sc_http_response_unref);
    return;
  }
  if (exchange->body->len + size > exchange->max_bytes) {
    fail_too_large (task);
    return;
  }
  g_byte_array_append (exchange->body, data, (guint) size);
  read_more (g_steal_pointer (&task));
}

static void
on_message_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->is_cancelled)
    g_cancellable_cancel (exchange->cancellable);
  if (exchange->stream)
    read_more (g_steal_pointer (&task));
  else
    fail (task, error);
}

static void
on_message_starting (SoupMessage *message, Exchange *exchange)
{
  exchange->phase = SC_NET_WAITING;
}

/* libsoup 3.6.5 repeats a request without its body: the stream that it had is read to its end. */
static void
on_message_restarted (SoupMessage *message, Exchange *exchange)
{
  if (exchange->sent)
    soup_message_set_request_body_from_bytes (message, NULL, exchange->sent);
}

static void
on_message_got_headers (SoupMessage *message, Exchange *exchange)
{
  exchange->phase = SC_NET_READING;
}

/* libsoup 3.6.5 lets go twice of what it works on where it is cancelled after the headers came and
 * before on_message_sent() is called: that waits until it was. */
static void
cancel (Exchange *exchange)
{
  exchange->is_cancelled = TRUE;
  if (exchange->phase != SC_NET_READING || exchange->stream)
    g_cancellable_cancel (exchange->cancellable);
}

static gboolean
on_deadline (gpointer user_data)
{
  Exchange *exchange = user_data;
  exchange->timed_out = TRUE;
  cancel (exchange);
  return G_SOURCE_REMOVE;
}

static gboolean
on_outer_cancelled (GCancellable *outer, gpointer user_data)
{
  cancel (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
header_is_sound (const char *name, const char *value)
{
  return name[0] && !strpbrk (name, "\r\n: ") && !strpbrk (value, "\r\n");
}

static SoupMessage *
make_message (const ScHttpRequest *request)
{
  g_autoptr (SoupMessage) message = soup_message_new (request->method, request->url);
  if (!message)
    return NULL;
  const char *scheme = g_uri_get_scheme (soup_message_get_uri (message));
  if (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https"))
    return NULL;

  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  for (const char *const *pair = request->headers; pair && pair[0]; pair += 2) {
    if (!header_is_sound (pair[0], pair[1]))
      return NULL;
    soup_message_headers_append (headers, pair[0], pair[1]);
  }
  if (request->body)
    soup_message_set_request_body_from_bytes (message, NULL, request->body);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (request->is_idempotent)
    soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  soup_message_set_force_http1 (message, TRUE);
  return g_steal_pointer (&message);
}

static Exchange *
exchange_new (ScHttp *self, const ScHttpRequest *request, SoupMessage *message, GCancellable *outer)
{
  Exchange *exchange = g_new0 (Exchange, 1);
  exchange->message = g_object_ref (message);
  exchange->cancellable = g_cancellable_new ();
  exchange->sent = request->body ? g_bytes_ref (request->body) : NULL;
  exchange->body = g_byte_array_new ();
  exchange->max_bytes = request->max_response_bytes ?: SC_HTTP_MAX_RESPONSE_BYTES;
  g_signal_connect (message, "starting", G_CALLBACK (on_message_starting), exchange);
  g_signal_connect (message, "restarted", G_CALLBACK (on_message_restarted), exchange);
  g_signal_connect (message, "got-headers", G_CALLBACK (on_message_got_headers), exchange);
  if (outer) {
    exchange->outer = g_cancellable_source_new (outer);
    g_source_set_callback (exchange->outer, G_SOURCE_FUNC (on_outer_cancelled), exchange, NULL);
    g_source_attach (exchange->outer, g_main_context_get_thread_default ());
  }
  if (self->timeout_ms > 0) {
    exchange->deadline = g_timeout_source_new (self->timeout_ms);
    g_source_set_callback (exchange->deadline, on_deadline, exchange, NULL);
    g_source_attach (exchange->deadline, g_main_context_get_thread_default ());
  }
  return exchange;
}

static void
sc_http_finalize (GObject *object)
{
  ScHttp *self = SC_HTTP (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (sc_http_parent_class)->finalize (object);
}

static void
sc_http_class_init (ScHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_http_finalize;
}

static void
sc_http_init (ScHttp *self)
{
  self->session = soup_session_new_with_options ("max-conns",
                                                 MAX_CONNECTIONS,
                                                 "max-conns-per-host",
                                                 MAX_CONNECTIONS,
                                                 "timeout",
                                                 0,
                                                 NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
}

/**
 * sc_http_new:
 * @timeout_seconds: how long a whole exchange may take, from the name's resolution to the last byte
 * of the answer; 0 for no bound
 *
 * Returns: (transfer full): an HTTP client, to be shared by all threads that talk with that
 * patience
 */
ScHttp *
sc_http_new (guint timeout_seconds)
{
  return sc_http_new_ms (timeout_seconds * 1000);
}

/**
 * sc_http_new_ms:
 * @timeout_ms: the same in milliseconds, for who has no second
 *
 * Returns: (transfer full): an HTTP client
 */
ScHttp *
sc_http_new_ms (guint timeout_ms)
{
  ScHttp *self = g_object_new (SC_TYPE_HTTP, NULL);
  self->timeout_ms = timeout_ms;
  return self;
}

/**
 * sc_http_forget_connections:
 * @self: the client, without an exchange under way
 *
 * Closes the connections that are kept for the next exchange, as after a pause of the process: the
 * other side may be gone without a word.
 */
void
sc_http_forget_connections (ScHttp *self)
{
  soup_session_abort (self->session);
}

/**
 * sc_http_send_async:
 * @self: the client
 * @request: what to send; not needed after this call returns
 * @cancellable: (nullable): to give up early
 * @callback: called in the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Starts an exchange. An answer of any status is a success.
 */
void
sc_http_send_async (ScHttp *self,
                    const ScHttpRequest *request,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, sc_http_send_async);
  g_autoptr (SoupMessage) message = make_message (request);
  if (!message) {
    g_task_return_new_error (task,
                             SC_NET_ERROR,
                             SC_NET_ERROR_PROTOCOL,
                             "The address or a header of the request is not valid");
    return;
  }

  Exchange *exchange = exchange_new (self, request, message, cancellable);
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);
  soup_session_send_async (self->session,
                           message,
                           G_PRIORITY_DEFAULT,
                           exchange->cancellable,
                           on_message_sent,
                           g_steal_pointer (&task));
}

/**
 * sc_http_send_finish:
 * @self: the client
 * @result: what the callback got
 * @error: any %SC_NET_ERROR
 *
 * Returns: (transfer full): the answer
 */
ScHttpResponse *
sc_http_send_finish (ScHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_blocking_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

/**
 * sc_http_send:
 * @self: the client
 * @request: what to send
 * @cancellable: (nullable): to give up early, from another thread
 * @error: any %SC_NET_ERROR
 *
 * The same exchange, waiting for its end. For worker threads; a main loop would stand still.
 *
 * Returns: (transfer full): the answer
 */
ScHttpResponse *
sc_http_send (ScHttp *self, const ScHttpRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_main_context_push_thread_default (context);
  sc_http_send_async (self, request, cancellable, on_blocking_sent, &result);
  while (!result)
    g_main_context_iteration (context, TRUE);
  ScHttpResponse *response = sc_http_send_finish (self, result, error);
  g_clear_object (&result);
  while (g_main_context_iteration (context, FALSE)) /* libsoup tidies up in idle callbacks */
    ;
  g_main_context_pop_thread_default (context);
  return response;
}

/**
 * sc_http_response_ref:
 * @self: an answer
 *
 * Returns: (transfer full): @self
 */
ScHttpResponse *
sc_http_response_ref (ScHttpResponse *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * sc_http_response_unref:
 * @self: (transfer full): an answer
 *
 * Lets go of it.
 */
void
sc_http_response_unref (ScHttpResponse *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_response);
}

/**
 * sc_http_response_get_header:
 * @self: an answer
 * @name: a header's name, in any case
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
sc_http_response_get_header (const ScHttpResponse *self, const char *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  return g_hash_table_lookup (self->headers, key);
}
