/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The HTTP client against a server that answers each connection with fixed bytes: the faults that a
 * well-behaved server library cannot make. */

#include "config.h"

#include "sc-http.h"

#include <string.h>

/* Some ten times through all turns that an exchange takes. */
#define CANCEL_TRIES 300

typedef struct {
  const char *answer;
  gboolean hang;
  gboolean deaf; /* closes without having read */
  gboolean keeps_alive;
  gboolean cuts_second; /* of the first connection, when it has been read */
  gint n_connections;
  char request[8192];
  char last[8192]; /* the head of the last one that was answered */
} Script;

typedef struct {
  GSocketService *service;
  Script *script; /* the service owns it: a connection may outlive the test */
  char *url;
} Fixture;

static gssize
read_head (GInputStream *input, char *buffer, gsize size)
{
  gsize length = 0;
  buffer[0] = '\0';
  while (!strstr (buffer, "\r\n\r\n") && length < size - 1) {
    gssize got = g_input_stream_read (input, buffer + length, size - 1 - length, NULL, NULL);
    if (got <= 0)
      return -1;
    length += (gsize) got;
    buffer[length] = '\0';
  }
  return (gssize) length;
}

static gboolean
on_run (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        Script *script)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char head[sizeof script->request];
  guint n_requests = 0;
  g_atomic_int_inc (&script->n_connections);
  do {
    if (script->deaf || read_head (input, head, sizeof head) < 0)
      return TRUE;
    if (g_atomic_int_get (&script->n_connections) == 1)
      memcpy (script->request, head, sizeof head);
    if (script->cuts_second && ++n_requests > 1 && g_atomic_int_get (&script->n_connections) == 1)
      return TRUE;
    memcpy (script->last, head, sizeof head);
    g_output_stream_write_all (output, script->answer, strlen (script->answer), NULL, NULL, NULL);
  } while (script->keeps_alive);
  char byte;
  while (script->hang && g_input_stream_read (input, &byte, 1, NULL, NULL) > 0)
    ;
  return TRUE;
}

static void
free_script (gpointer script, GClosure *closure)
{
  g_free (script);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->service = g_threaded_socket_service_new (128);
  guint16 port =
    g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (fixture->service), NULL, NULL);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%u/CreateChannel", port);
  fixture->script = g_new0 (Script, 1);
  g_signal_connect_data (fixture->service,
                         "run",
                         G_CALLBACK (on_run),
                         fixture->script,
                         (GClosureNotify) free_script,
                         0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  g_clear_object (&fixture->service);
  g_free (fixture->url);
}

/* The service accepts in the default main context; a thread turns it while a test blocks. */
static gpointer
turn_default_context (gpointer running)
{
  while (g_atomic_int_get ((gint *) running))
    g_main_context_iteration (NULL, TRUE);
  return NULL;
}

static ScHttpResponse *
send (Fixture *fixture, guint timeout, const ScHttpRequest *request, GError **error)
{
  g_autoptr (ScHttp) http = sc_http_new (timeout);
  gint running = TRUE;
  GThread *thread = g_thread_new ("server", turn_default_context, &running);
  ScHttpResponse *response = sc_http_send (http, request, NULL, error);
  g_atomic_int_set (&running, FALSE);
  g_main_context_wakeup (NULL);
  g_thread_join (thread);
  return response;
}

static void
test_exchange (Fixture *fixture, gconstpointer data)
{
  fixture->script->answer = "HTTP/1.1 302 Found\r\nLocation: /x\r\nSet-Cookie: a=b\r\nX-Two: 1\r\n"
                            "x-two: 2\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"a\":1}", 7);
  const char *headers[] = { "Content-Type", "application/json", "X-Amz-Date", "now", NULL };
  const ScHttpRequest request = { "POST", fixture->url, headers, body, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ScHttpResponse) response = send (fixture, 5, &request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 302); /* never followed */
  g_assert_cmpstr (sc_http_response_get_header (response, "X-TWO"), ==, "1, 2");
  g_assert_cmpmem (g_bytes_get_data (response->body, NULL),
                   g_bytes_get_size (response->body),
                   "{}",
                   2);
  g_assert_cmpint (fixture->script->n_connections, ==, 1);

  g_assert_true (g_str_has_prefix (fixture->script->request, "POST /CreateChannel HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (fixture->script->request, "Content-Length: 7\r\n"));
  g_assert_nonnull (strstr (fixture->script->request, "X-Amz-Date: now\r\n"));
  g_assert_null (strstr (fixture->script->request, "Accept-Encoding"));
}

typedef struct {
  const char *answer;
  gboolean hang;
  gsize max_bytes;
  ScNetError expected;
} Fault;

static void
test_fault (Fixture *fixture, gconstpointer data)
{
  const Fault *fault = data;
  fixture->script->answer = fault->answer;
  fixture->script->hang = fault->hang;
  const ScHttpRequest request = { "POST", fixture->url, NULL, NULL, fault->max_bytes };
  g_autoptr (GError) error = NULL;
  g_autoptr (ScHttpResponse) response = send (fixture, 1, &request, &error);
  g_assert_null (response);
  g_assert_error (error, SC_NET_ERROR, (int) fault->expected);
  g_assert_true (sc_net_error_was_sent (error));
  g_assert_cmpint (fixture->script->n_connections, ==, 1); /* never repeated */
}

static const Fault reset = { "", FALSE, 0, SC_NET_ERROR_RESET };
static const Fault hang = { "", TRUE, 0, SC_NET_ERROR_TIMEOUT };
static const Fault hang_inside = { "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
                                   TRUE,
                                   0,
                                   SC_NET_ERROR_TIMEOUT };
static const Fault half = { "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\"",
                            FALSE,
                            0,
                            SC_NET_ERROR_TRUNCATED };
static const Fault half_chunked = {
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"a",
  FALSE,
  0,
  SC_NET_ERROR_TRUNCATED
};
static const Fault large = { "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789",
                             FALSE,
                             8,
                             SC_NET_ERROR_TOO_LARGE };
static const Fault noise = { "SSH-2.0-OpenSSH\r\n\r\n", FALSE, 0, SC_NET_ERROR_PROTOCOL };

/* A handshake that fails has sent nothing. */
static void
test_no_tls_there (Fixture *fixture, gconstpointer data)
{
  fixture->script->deaf = TRUE;
  g_autofree char *url = g_strconcat ("https", fixture->url + strlen ("http"), NULL);
  const ScHttpRequest request = { "POST", url, NULL, NULL, 0 };
  g_autoptr (GError) error = NULL;
  g_assert_null (send (fixture, 5, &request, &error));
  g_assert_false (sc_net_error_was_sent (error));
}

typedef struct {
  const char *method;
  int n_connections;
} Reuse;

/* What may not be repeated gets a connection that the server cannot have closed meanwhile; more of
 * them than the client may have open at once. */
static void
test_reuse (Fixture *fixture, gconstpointer data)
{
  const Reuse *row = data;
  fixture->script->answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
  fixture->script->keeps_alive = TRUE;
  const ScHttpRequest request = { row->method, fixture->url, NULL, NULL, 0 };
  g_autoptr (ScHttp) http = sc_http_new (5);
  gint running = TRUE;
  GThread *thread = g_thread_new ("server", turn_default_context, &running);
  for (int i = 0; i < 100; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScHttpResponse) response = sc_http_send (http, &request, NULL, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpint (fixture->script->n_connections, ==, row->n_connections);
  g_clear_object (&http);
  g_atomic_int_set (&running, FALSE);
  g_main_context_wakeup (NULL);
  g_thread_join (thread);
}

static const Reuse get_reuses = { "GET", 1 };
static const Reuse post_does_not = { "POST", 100 };

/* A PUT whose kept connection the server closes meanwhile goes out again on another, whole. */
static void
test_repeats_whole (Fixture *fixture, gconstpointer data)
{
  fixture->script->answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
  fixture->script->keeps_alive = TRUE;
  fixture->script->cuts_second = TRUE;
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"a\":1}", 7);
  const char *headers[] = { "Content-Type", "application/json", NULL };
  const ScHttpRequest request = { .method = data,
                                  .url = fixture->url,
                                  .headers = headers,
                                  .body = body,
                                  .is_idempotent = TRUE };
  g_autoptr (ScHttp) http = sc_http_new (5);
  gint running = TRUE;
  GThread *thread = g_thread_new ("server", turn_default_context, &running);
  for (int i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScHttpResponse) response = sc_http_send (http, &request, NULL, &error);
    g_assert_no_error (error);
    g_assert_nonnull (strstr (fixture->script->last, "\r\nContent-Length: 7\r\n"));
    g_assert_nonnull (strstr (fixture->script->last, "\r\nContent-Type: application/json\r\n"));
  }
  g_assert_cmpint (fixture->script->n_connections, ==, 2);
  g_clear_object (&http);
  g_atomic_int_set (&running, FALSE);
  g_main_context_wakeup (NULL);
  g_thread_join (thread);
}

static void
test_nobody_listens (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_socket_listener_close (listener);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/", port);
  const ScHttpRequest request = { "GET", url, NULL, NULL, 0 };
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (GError) error = NULL;
  g_assert_null (sc_http_send (http, &request, NULL, &error));
  g_assert_error (error, SC_NET_ERROR, SC_NET_ERROR_REFUSED);
  g_assert_false (sc_net_error_was_sent (error));
}

static void
test_a_bad_request_stays_home (void)
{
  const char *smuggled[] = { "X-A", "1\r\nX-B: 2", NULL };
  const ScHttpRequest requests[] = {
    { "GET", "file:///etc/passwd", NULL, NULL, 0 },
    { "GET", "not a url", NULL, NULL, 0 },
    { "GET", "http://127.0.0.1:1/", smuggled, NULL, 0 },
  };
  g_autoptr (ScHttp) http = sc_http_new (5);
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (sc_http_send (http, &requests[i], NULL, &error));
    g_assert_error (error, SC_NET_ERROR, SC_NET_ERROR_PROTOCOL);
  }
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  fixture->script->answer = "";
  fixture->script->hang = TRUE;
  const ScHttpRequest request = { "GET", fixture->url, NULL, NULL, 0 };
  g_autoptr (ScHttp) http = sc_http_new (0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  sc_http_send_async (http, &request, cancellable, on_sent, &result);
  while (g_atomic_int_get (&fixture->script->n_connections) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  while (!result)
    g_main_context_iteration (NULL, TRUE);

  g_autoptr (GError) error = NULL;
  g_assert_null (sc_http_send_finish (http, result, &error));
  g_assert_error (error, SC_NET_ERROR, SC_NET_ERROR_CANCELLED);
}

/* Sends a request and cancels it after so many turns of the main context. Returns FALSE where the
 * answer was there before. */
static gboolean
cancel_after (Fixture *fixture, guint turns)
{
  const ScHttpRequest request = { "GET", fixture->url, NULL, NULL, 0 };
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  sc_http_send_async (http, &request, cancellable, on_sent, &result);
  for (guint i = 0; i < turns && !result; i++)
    g_main_context_iteration (NULL, TRUE);
  gboolean in_time = !result;
  g_cancellable_cancel (cancellable);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (ScHttpResponse) response = sc_http_send_finish (http, result, &error);
  if (in_time && !response)
    g_assert_error (error, SC_NET_ERROR, SC_NET_ERROR_CANCELLED);
  return in_time;
}

/* Whenever a request is cancelled, libsoup lives: there is a moment in which it would not. */
static void
test_cancel_at_any_time (Fixture *fixture, gconstpointer data)
{
  fixture->script->answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
  fixture->script->keeps_alive = TRUE;
  guint turns = 0;
  for (guint tries = 0; tries < CANCEL_TRIES; tries++)
    turns = cancel_after (fixture, turns) ? turns + 1 : 0;
  g_test_message ("the last one after %u turns", turns);
}

typedef struct {
  ScHttp *http;
  const char *url;
} Crowd;

static gpointer
send_many (gpointer data)
{
  const Crowd *crowd = data;
  const ScHttpRequest request = { "GET", crowd->url, NULL, NULL, 0 };
  for (int i = 0; i < 50; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScHttpResponse) response = sc_http_send (crowd->http, &request, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (response->status, ==, 200);
  }
  return NULL;
}

static void
test_many_threads_share_one_client (Fixture *fixture, gconstpointer data)
{
  fixture->script->answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
  g_autoptr (ScHttp) http = sc_http_new (10);
  Crowd crowd = { http, fixture->url };
  gint running = TRUE;
  GThread *server = g_thread_new ("server", turn_default_context, &running);
  GThread *threads[8];
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("client", send_many, &crowd);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_atomic_int_set (&running, FALSE);
  g_main_context_wakeup (NULL);
  g_thread_join (server);
  g_assert_cmpint (fixture->script->n_connections, ==, 400);
}

#define ADD(path, data, function) g_test_add (path, Fixture, data, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/http/exchange", NULL, test_exchange);
  ADD ("/http/reset", &reset, test_fault);
  ADD ("/http/hang", &hang, test_fault);
  ADD ("/http/hang-inside", &hang_inside, test_fault);
  ADD ("/http/half", &half, test_fault);
  ADD ("/http/half-chunked", &half_chunked, test_fault);
  ADD ("/http/too-large", &large, test_fault);
  ADD ("/http/noise", &noise, test_fault);
  ADD ("/http/no-tls-there", NULL, test_no_tls_there);
  ADD ("/http/get-reuses-a-connection", &get_reuses, test_reuse);
  ADD ("/http/post-does-not", &post_does_not, test_reuse);
  ADD ("/http/put-repeats-whole", "PUT", test_repeats_whole);
  ADD ("/http/cancel", NULL, test_cancel);
  ADD ("/http/cancel-at-any-time", NULL, test_cancel_at_any_time);
  ADD ("/http/many-threads-share-one-client", NULL, test_many_threads_share_one_client);
  g_test_add_func ("/http/nobody-listens", test_nobody_listens);
  g_test_add_func ("/http/a-bad-request-stays-home", test_a_bad_request_stays_home);
  return g_test_run ();
}
