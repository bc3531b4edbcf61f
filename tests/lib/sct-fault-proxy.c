/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-fault-proxy.h"

#include "sct-fault-http.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

/* Everything happens in the proxy's thread, in callbacks of its context; only the faults are
 * shared, under a lock. A flow is one direction of a connection: pieces wait in it until they are
 * due. */

/* What takes its time as a whole: about three packets, so that a rate is no row of bursts. */
#define PIECE_SIZE 4096
/* What a flow holds before it reads no more, as a router's buffer would. */
#define QUEUE_MAX (256 * 1024)
/* When a client does not take what is due, it is tried again after this. */
#define RETRY_US 1000

typedef struct {
  GBytes *bytes;
  gint64 due;
} Piece;

typedef struct _Connection Connection;

typedef struct {
  Connection *connection;
  GSocket *from;
  GSocket *to;
  GSource *reading; /* %NULL while the queue is full, or from its end on */
  GSource *timer;
  GQueue pieces;
  gsize queued;
  gint64 last_due;
  guint64 taken; /* bytes since the faults last changed */
  gboolean ended;
} Flow;

struct _Connection {
  SctFaultProxy *proxy;
  GSocket *client;
  GSocket *server;
  Flow up;
  Flow down;
  GByteArray *request;
  GByteArray *answer; /* a playlist on its way that is to be spoilt, or %NULL */
};

struct _SctFaultProxy {
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GSocket *listener;
  guint16 port;
  guint16 upstream_port;
  GList *connections;
  gint64 link_free; /* when the bytes to the clients have left, at the bandwidth */
  GBytes *stale;
  GMutex lock;
  SctFaults faults;
  gint n_requests;
};

static void connection_free (Connection *self);

static SctFaults
get_faults (SctFaultProxy *self)
{
  g_mutex_lock (&self->lock);
  SctFaults faults = self->faults;
  g_mutex_unlock (&self->lock);
  return faults;
}

static void
piece_free (Piece *piece)
{
  g_bytes_unref (piece->bytes);
  g_free (piece);
}

/* Returns when a piece of @size that comes now has arrived. */
static gint64
find_due (Flow *flow, gsize size, const SctFaults *faults)
{
  SctFaultProxy *proxy = flow->connection->proxy;
  gboolean down = flow == &flow->connection->down;
  gint64 at = g_get_monotonic_time ();
  if (down && faults->bandwidth > 0) {
    at = MAX (at, proxy->link_free) + (gint64) (size * 8 * G_USEC_PER_SEC / faults->bandwidth);
    proxy->link_free = at;
  }
  at += faults->delay_ms * 1000;
  if (down && faults->jitter_ms > 0)
    at += g_random_int_range (0, (gint32) faults->jitter_ms * 1000 + 1);
  flow->last_due = MAX (flow->last_due, at);
  return flow->last_due;
}

static void
set_timer (Flow *flow)
{
  const Piece *next = g_queue_peek_head (&flow->pieces);
  SctFaults faults = get_faults (flow->connection->proxy);
  if (faults.stall)
    g_source_set_ready_time (flow->timer, -1);
  else if (next)
    g_source_set_ready_time (flow->timer, next->due);
  else
    g_source_set_ready_time (flow->timer, flow->ended ? 0 : -1);
}

/* Puts @bytes into @flow, in pieces that each have their time. */
static void
put (Flow *flow, GBytes *bytes)
{
  SctFaults faults = get_faults (flow->connection->proxy);
  gsize size = g_bytes_get_size (bytes);
  for (gsize at = 0; at < size; at += PIECE_SIZE) {
    Piece *piece = g_new0 (Piece, 1);
    piece->bytes = g_bytes_new_from_bytes (bytes, at, MIN (PIECE_SIZE, size - at));
    piece->due = find_due (flow, g_bytes_get_size (piece->bytes), &faults);
    g_queue_push_tail (&flow->pieces, piece);
  }
  flow->queued += size;
  set_timer (flow);
}

/* Passes a request on, unless it is to be answered here. */
static void
handle_request (Connection *self, const char *request)
{
  SctFaults faults = get_faults (self->proxy);
  g_autofree char *path = g_strndup (request, strcspn (request, "\r"));
  g_atomic_int_inc (&self->proxy->n_requests);
  if (faults.status && (!faults.match || strstr (path, faults.match))) {
    g_autoptr (GBytes) refusal = sct_fault_http_refuse (faults.status);
    put (&self->down, refusal);
    return;
  }
  if (faults.playlist != SCT_PLAYLIST_AS_IS && strstr (path, ".m3u8") && !self->answer)
    self->answer = g_byte_array_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (request, strlen (request));
  put (&self->up, bytes);
}

static void
take_from_client (Connection *self, const guint8 *data, gsize size)
{
  g_byte_array_append (self->request, data, (guint) size);
  if (sct_fault_http_is_request (self->request)) {
    char *request;
    while ((request = sct_fault_http_take_request (self->request))) {
      handle_request (self, request);
      g_free (request);
    }
    return;
  }
  g_autoptr (GBytes) bytes = g_bytes_new (self->request->data, self->request->len);
  g_byte_array_set_size (self->request, 0);
  put (&self->up, bytes);
}

static void
spoil_answer (Connection *self)
{
  SctFaultProxy *proxy = self->proxy;
  SctFaults faults = get_faults (proxy);
  g_autoptr (GBytes) answer = sct_fault_http_take_answer (self->answer);
  if (!answer)
    return;
  g_autoptr (GBytes) spoilt = sct_fault_http_spoil (answer, faults.playlist);
  if (faults.playlist == SCT_PLAYLIST_STALE && !proxy->stale)
    proxy->stale = g_bytes_ref (spoilt);
  put (&self->down, faults.playlist == SCT_PLAYLIST_STALE ? proxy->stale : spoilt);
  g_clear_pointer (&self->answer, g_byte_array_unref);
}

static void
take_from_server (Connection *self, const guint8 *data, gsize size)
{
  if (self->answer) {
    g_byte_array_append (self->answer, data, (guint) size);
    spoil_answer (self);
    return;
  }
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  put (&self->down, bytes);
}

static gboolean
on_readable (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  Flow *flow = user_data;
  guint8 data[PIECE_SIZE];
  gssize size = g_socket_receive (socket, (char *) data, sizeof data, NULL, NULL);
  if (size <= 0) {
    flow->ended = TRUE;
    g_clear_pointer (&flow->reading, g_source_unref);
    set_timer (flow);
    return G_SOURCE_REMOVE;
  }
  if (flow == &flow->connection->up)
    take_from_client (flow->connection, data, (gsize) size);
  else
    take_from_server (flow->connection, data, (gsize) size);
  if (flow->queued < QUEUE_MAX)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&flow->reading, g_source_unref);
  return G_SOURCE_REMOVE;
}

static void
read_on (Flow *flow)
{
  if (flow->reading || flow->ended || flow->queued >= QUEUE_MAX)
    return;
  flow->reading = g_socket_create_source (flow->from, G_IO_IN, NULL);
  g_source_set_callback (flow->reading, G_SOURCE_FUNC (on_readable), flow, NULL);
  g_source_attach (flow->reading, flow->connection->proxy->context);
}

/* Sends as much of @piece as may be. Returns -1 when that is the end, 0 when it is not taken now.
 */
static gssize
send_piece (Flow *flow, Piece *piece)
{
  SctFaults faults = get_faults (flow->connection->proxy);
  gboolean down = flow == &flow->connection->down;
  gsize size;
  const char *data = g_bytes_get_data (piece->bytes, &size);
  if (down && faults.truncate_after > 0) {
    if (flow->taken >= faults.truncate_after)
      return -1;
    size = MIN (size, faults.truncate_after - flow->taken);
  }
  g_autoptr (GError) error = NULL;
  gssize sent = g_socket_send (flow->to, data, size, NULL, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return 0;
  return sent;
}

/* Takes @sent bytes from the front of the queue. */
static void
drop_sent (Flow *flow, gsize sent)
{
  Piece *piece = g_queue_peek_head (&flow->pieces);
  gsize size = g_bytes_get_size (piece->bytes);
  flow->queued -= sent;
  flow->taken += sent;
  if (sent == size) {
    piece_free (g_queue_pop_head (&flow->pieces));
    return;
  }
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (piece->bytes, sent, size - sent);
  g_bytes_unref (piece->bytes);
  piece->bytes = g_steal_pointer (&rest);
}

static void
connection_end (Connection *self)
{
  self->proxy->connections = g_list_remove (self->proxy->connections, self);
  connection_free (self);
}

static gboolean
on_due (gpointer user_data)
{
  Flow *flow = user_data;
  Piece *piece;
  while ((piece = g_queue_peek_head (&flow->pieces)) && piece->due <= g_get_monotonic_time ()) {
    gssize sent = send_piece (flow, piece);
    if (sent < 0) {
      connection_end (flow->connection);
      return G_SOURCE_REMOVE;
    }
    if (sent == 0) {
      g_source_set_ready_time (flow->timer, g_get_monotonic_time () + RETRY_US);
      return G_SOURCE_CONTINUE;
    }
    drop_sent (flow, (gsize) sent);
  }
  if (!piece && flow->ended) {
    connection_end (flow->connection);
    return G_SOURCE_REMOVE;
  }
  read_on (flow);
  set_timer (flow);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_timer (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static void
flow_init (Flow *flow, Connection *connection, GSocket *from, GSocket *to)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_timer };
  flow->connection = connection;
  flow->from = from;
  flow->to = to;
  g_queue_init (&flow->pieces);
  flow->timer = g_source_new (&funcs, sizeof (GSource));
  g_source_set_callback (flow->timer, on_due, flow, NULL);
  g_source_attach (flow->timer, connection->proxy->context);
  read_on (flow);
}

static void
flow_clear (Flow *flow)
{
  if (flow->reading) {
    g_source_destroy (flow->reading);
    g_source_unref (flow->reading);
  }
  g_source_destroy (flow->timer);
  g_source_unref (flow->timer);
  g_queue_clear_full (&flow->pieces, (GDestroyNotify) piece_free);
}

static void
connection_free (Connection *self)
{
  flow_clear (&self->up);
  flow_clear (&self->down);
  g_socket_close (self->client, NULL);
  g_socket_close (self->server, NULL);
  g_object_unref (self->client);
  g_object_unref (self->server);
  g_byte_array_unref (self->request);
  g_clear_pointer (&self->answer, g_byte_array_unref);
  g_free (self);
}

/* Has the end of @socket be a reset instead of an orderly close. */
static void
set_abrupt (GSocket *socket)
{
  const struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

static GSocket *
connect_upstream (SctFaultProxy *self)
{
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) address =
    g_inet_socket_address_new_from_string ("127.0.0.1", self->upstream_port);
  if (!g_socket_connect (socket, address, NULL, NULL))
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  return g_steal_pointer (&socket);
}

static gboolean
on_client (GSocket *listener, GIOCondition condition, gpointer user_data)
{
  SctFaultProxy *self = user_data;
  g_autoptr (GSocket) client = g_socket_accept (listener, NULL, NULL);
  if (!client)
    return G_SOURCE_CONTINUE;
  SctFaults faults = get_faults (self);
  g_autoptr (GSocket) server = faults.refuse ? NULL : connect_upstream (self);
  if (!server) {
    set_abrupt (client);
    return G_SOURCE_CONTINUE;
  }
  g_socket_set_blocking (client, FALSE);
  g_socket_set_option (client, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_socket_set_option (server, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  Connection *connection = g_new0 (Connection, 1);
  connection->proxy = self;
  connection->request = g_byte_array_new ();
  connection->client = g_steal_pointer (&client);
  connection->server = g_steal_pointer (&server);
  flow_init (&connection->up, connection, connection->client, connection->server);
  flow_init (&connection->down, connection, connection->server, connection->client);
  self->connections = g_list_prepend (self->connections, connection);
  return G_SOURCE_CONTINUE;
}

static gpointer
run (gpointer data)
{
  SctFaultProxy *self = data;
  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_list_free_full (g_steal_pointer (&self->connections), (GDestroyNotify) connection_free);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/**
 * sct_fault_proxy_new:
 * @upstream_port: where the server listens, on loopback
 *
 * Returns: (transfer full): a proxy on a free port of loopback, without faults
 */
SctFaultProxy *
sct_fault_proxy_new (guint16 upstream_port)
{
  g_autoptr (GError) error = NULL;
  SctFaultProxy *self = g_new0 (SctFaultProxy, 1);
  g_mutex_init (&self->lock);
  self->upstream_port = upstream_port;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->listener =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_socket_bind (self->listener, any, TRUE, &error);
  g_assert_no_error (error);
  g_socket_set_listen_backlog (self->listener, SOMAXCONN);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  g_socket_set_blocking (self->listener, FALSE);
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (self->listener, NULL);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_autoptr (GSource) source = g_socket_create_source (self->listener, G_IO_IN, NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (on_client), self, NULL);
  g_source_attach (source, self->context);
  self->thread = g_thread_new ("fault-proxy", run, self);
  return self;
}

/* Has the proxy's thread call @function, also when it only begins to run. */
static void
call_in_thread (SctFaultProxy *self, GSourceFunc function, gpointer user_data)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, function, user_data, NULL);
  g_source_attach (source, self->context);
}

static gboolean
on_quit (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

/**
 * sct_fault_proxy_free:
 * @self: a proxy
 *
 * Closes every connection and stops it.
 */
void
sct_fault_proxy_free (SctFaultProxy *self)
{
  call_in_thread (self, on_quit, self->loop);
  g_thread_join (self->thread);
  g_socket_close (self->listener, NULL);
  g_object_unref (self->listener);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_pointer (&self->stale, g_bytes_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * sct_fault_proxy_get_port:
 * @self: a proxy
 *
 * Returns: where it listens, on loopback
 */
guint16
sct_fault_proxy_get_port (SctFaultProxy *self)
{
  return self->port;
}

/* What waits takes as long as the network makes it now: a queue before a link that was slow drains
 * as fast as the link is. */
static void
reckon_anew (Flow *flow, const SctFaults *faults)
{
  flow->last_due = 0;
  for (GList *l = flow->pieces.head; l; l = l->next) {
    Piece *piece = l->data;
    piece->due = find_due (flow, g_bytes_get_size (piece->bytes), faults);
  }
  set_timer (flow);
}

static gboolean
on_changed (gpointer user_data)
{
  SctFaultProxy *self = user_data;
  SctFaults faults = get_faults (self);
  g_clear_pointer (&self->stale, g_bytes_unref);
  self->link_free = 0;
  for (GList *l = self->connections; l; l = l->next) {
    Connection *connection = l->data;
    connection->down.taken = 0;
    reckon_anew (&connection->up, &faults);
    reckon_anew (&connection->down, &faults);
  }
  return G_SOURCE_REMOVE;
}

/**
 * sct_fault_proxy_set:
 * @self: a proxy
 * @faults: what it shall do from now on; its strings have to stay
 */
void
sct_fault_proxy_set (SctFaultProxy *self, const SctFaults *faults)
{
  g_mutex_lock (&self->lock);
  self->faults = *faults;
  g_mutex_unlock (&self->lock);
  call_in_thread (self, on_changed, self);
}

static gboolean
on_reset (gpointer user_data)
{
  SctFaultProxy *self = user_data;
  while (self->connections) {
    Connection *connection = self->connections->data;
    set_abrupt (connection->client);
    connection_end (connection);
  }
  return G_SOURCE_REMOVE;
}

/**
 * sct_fault_proxy_reset:
 * @self: a proxy
 *
 * Resets every connection; new ones are taken.
 */
void
sct_fault_proxy_reset (SctFaultProxy *self)
{
  call_in_thread (self, on_reset, self);
}

/**
 * sct_fault_proxy_get_n_requests:
 * @self: a proxy
 *
 * Returns: how many requests came so far
 */
guint
sct_fault_proxy_get_n_requests (SctFaultProxy *self)
{
  return (guint) g_atomic_int_get (&self->n_requests);
}
