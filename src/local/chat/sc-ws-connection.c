/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The server's end of one WebSocket: handshake, frames, pings and the close, on a socket.
 *
 * What a client can cost here is its request, one message, and a bounded queue of frames, whose
 * bytes all readers share. Lives in the main thread; whoever made it owns it. */

#include "config.h"

#include "sc-ws-connection.h"

#include <errno.h>
#include <glib-unix.h>
#include <libsoup/soup.h>
#include <sys/socket.h>
#include <sys/uio.h>

/* Read at once, so often in a row before others have their turn. */
#define READ_BYTES 4096
#define READS_IN_A_ROW 4

/* Frames handed to the kernel at once. */
#define FRAMES_AT_ONCE 64

typedef enum {
  STATE_HANDSHAKE,
  STATE_OPEN,
  STATE_CLOSING, /* our last frame is sent or queued */
  STATE_GONE,
} State;

struct _ScWsConnection {
  GObject parent_instance;

  GSocketConnection *stream;
  int fd; /* of it */
  ScWsDelegate delegate;
  gpointer user_data;
  State state;
  gboolean is_last;    /* the client has said its last, or is not listened to any more */
  GByteArray *request; /* in the handshake */
  ScWsParser *parser;

  GQueue queue; /* of GBytes */
  gsize queued_bytes;
  gsize sent; /* of the first frame */

  guint read_id;
  guint write_id;
  guint overflow_id;
  gint64 began_us; /* the handshake or the close */
  gint64 heard_us;
  gint64 asked_us;  /* the latest ping of ours */
  gint64 second_us; /* in which events are counted */
  guint n_events;
};

G_DEFINE_FINAL_TYPE (ScWsConnection, sc_ws_connection, G_TYPE_OBJECT)

static void
sc_ws_connection_dispose (GObject *object)
{
  sc_ws_connection_cut (SC_WS_CONNECTION (object));
  G_OBJECT_CLASS (sc_ws_connection_parent_class)->dispose (object);
}

static void
sc_ws_connection_finalize (GObject *object)
{
  ScWsConnection *self = SC_WS_CONNECTION (object);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->request, g_byte_array_unref);
  g_clear_pointer (&self->parser, sc_ws_parser_free);
  G_OBJECT_CLASS (sc_ws_connection_parent_class)->finalize (object);
}

static void
sc_ws_connection_class_init (ScWsConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = sc_ws_connection_dispose;
  object_class->finalize = sc_ws_connection_finalize;
}

static void
sc_ws_connection_init (ScWsConnection *self)
{
  g_queue_init (&self->queue);
  self->request = g_byte_array_new ();
  self->began_us = self->heard_us = self->asked_us = g_get_monotonic_time ();
}

/* Ends the connection and tells the owner, from the main loop alone. */
static void
vanish (ScWsConnection *self)
{
  if (self->state == STATE_GONE)
    return;
  g_autoptr (ScWsConnection) kept = g_object_ref (self);
  sc_ws_connection_cut (self);
  self->delegate.closed (self, self->user_data);
}

/* --- sending --- */

/* Takes what the kernel took off the queue. */
static void
drop_sent (ScWsConnection *self, gsize count)
{
  self->queued_bytes -= count;
  count += self->sent;
  while (self->queue.head && count >= g_bytes_get_size (self->queue.head->data)) {
    g_autoptr (GBytes) frame = g_queue_pop_head (&self->queue);
    count -= g_bytes_get_size (frame);
  }
  self->sent = count;
}

/* Hands the kernel what it takes. Returns FALSE where the client is gone. */
static gboolean
flush (ScWsConnection *self)
{
  struct iovec pieces[FRAMES_AT_ONCE];
  guint n_pieces = 0;
  gsize skip = self->sent;
  for (GList *link = self->queue.head; link && n_pieces < FRAMES_AT_ONCE; link = link->next) {
    gsize size = 0;
    const guint8 *data = g_bytes_get_data (link->data, &size);
    pieces[n_pieces++] = (struct iovec) { (void *) (data + skip), size - skip };
    skip = 0;
  }
  const struct msghdr message = { .msg_iov = pieces, .msg_iovlen = n_pieces };
  gssize count = sendmsg (self->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (count < 0)
    return errno == EAGAIN || errno == EINTR;
  drop_sent (self, (gsize) count);
  return TRUE;
}

/* Everything is said on both sides: lets the client close, and keeps reading until it does, since
 * a socket closed with unread bytes takes back what it sent. */
static void
shut_down (ScWsConnection *self)
{
  if (self->state == STATE_CLOSING && self->is_last && !self->queue.head)
    shutdown (self->fd, SHUT_WR);
}

static gboolean
on_writable (int fd, GIOCondition condition, gpointer user_data)
{
  ScWsConnection *self = user_data;
  if (!flush (self)) {
    self->write_id = 0;
    vanish (self);
    return G_SOURCE_REMOVE;
  }
  if (self->queue.head)
    return G_SOURCE_CONTINUE;
  self->write_id = 0;
  shut_down (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_overflow (gpointer user_data)
{
  ScWsConnection *self = user_data;
  self->overflow_id = 0;
  vanish (self);
  return G_SOURCE_REMOVE;
}

/* Queues bytes for the next turn of the main loop: a burst then goes out at once, and nobody is
 * told of an end while the owner goes through its clients. */
static void
enqueue (ScWsConnection *self, GBytes *bytes)
{
  g_queue_push_tail (&self->queue, g_bytes_ref (bytes));
  self->queued_bytes += g_bytes_get_size (bytes);
  if (self->write_id == 0)
    self->write_id = g_unix_fd_add (self->fd, G_IO_OUT, on_writable, self);
}

static gboolean
has_room (const ScWsConnection *self, GBytes *frame)
{
  return self->queue.length < SC_WS_QUEUE_MAX_FRAMES &&
         self->queued_bytes + g_bytes_get_size (frame) <= SC_WS_QUEUE_MAX_BYTES;
}

/**
 * sc_ws_connection_send:
 * @self: a connection
 * @frame: a frame, shared with other connections
 *
 * Sends a frame to a client that is in. One that does not read is cut instead; the delegate hears
 * of it later.
 */
void
sc_ws_connection_send (ScWsConnection *self, GBytes *frame)
{
  if (self->state != STATE_OPEN || self->overflow_id != 0)
    return;
  if (has_room (self, frame))
    enqueue (self, frame);
  else
    self->overflow_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_overflow, self, NULL);
}

/**
 * sc_ws_connection_close:
 * @self: a connection
 * @code: why
 * @reason: why, in at most 123 bytes
 *
 * Sends what is queued and the last frame, and waits a while for the client's own. Nothing that the
 * client says is heard any more; the delegate is told when it is gone.
 */
void
sc_ws_connection_close (ScWsConnection *self, ScWsCode code, const char *reason)
{
  if (self->state != STATE_OPEN)
    return;
  g_autoptr (GBytes) frame = sc_ws_frame_new_close (code, reason);
  self->state = STATE_CLOSING;
  self->began_us = g_get_monotonic_time ();
  enqueue (self, frame);
}

/* --- receiving --- */

/* Answers a request for a WebSocket. Returns the bytes of it, or 0 where it is over with. */
static gsize
answer_request (ScWsConnection *self)
{
  gssize size = sc_ws_request_measure (self->request->data, self->request->len);
  if (size == 0)
    return 0;
  g_autoptr (ScWsRequest) request =
    size > 0 ? sc_ws_request_new (self->request->data, (gsize) size) : NULL;
  guint status =
    request ? self->delegate.requested (self, request, self->user_data) : SOUP_STATUS_BAD_REQUEST;
  if (self->state == STATE_GONE)
    return 0;
  gboolean accepted = status == SOUP_STATUS_SWITCHING_PROTOCOLS;
  g_autoptr (GBytes) answer = accepted ? sc_ws_request_accept (request) : sc_ws_refuse (status);
  self->state = accepted ? STATE_OPEN : STATE_CLOSING;
  self->is_last = !accepted;
  self->began_us = g_get_monotonic_time ();
  enqueue (self, answer);
  if (!accepted)
    return 0;
  self->parser = sc_ws_parser_new ();
  self->delegate.opened (self, self->user_data);
  return (gsize) size;
}

/* Says whether a client says more than anybody has to say. */
static gboolean
is_flood (ScWsConnection *self)
{
  if (self->heard_us - self->second_us >= G_USEC_PER_SEC) {
    self->second_us = self->heard_us;
    self->n_events = 0;
  }
  return ++self->n_events > SC_WS_FLOOD_PER_SECOND;
}

static void
answer_ping (ScWsConnection *self)
{
  gsize size = 0;
  const char *payload = sc_ws_parser_get_payload (self->parser, &size);
  g_autoptr (GBytes) pong = sc_ws_frame_new_pong (payload, size);
  sc_ws_connection_send (self, pong);
}

static void
handle_event (ScWsConnection *self, ScWsEvent event)
{
  gsize size = 0;
  const char *text = NULL;
  if (event == SC_WS_EVENT_CLOSE || event == SC_WS_EVENT_BROKEN) {
    self->is_last = TRUE;
    sc_ws_connection_close (self, sc_ws_parser_get_code (self->parser), "");
    shut_down (self);
  } else if (self->state == STATE_CLOSING) {
    return; /* only its close is waited for */
  } else if (is_flood (self)) {
    self->is_last = TRUE;
    sc_ws_connection_close (self, SC_WS_CODE_POLICY, "Too many messages");
  } else if (event == SC_WS_EVENT_PING) {
    answer_ping (self);
  } else if (event == SC_WS_EVENT_TEXT) {
    text = sc_ws_parser_get_payload (self->parser, &size);
    self->delegate.message (self, text, size, self->user_data);
  }
}

static void
read_frames (ScWsConnection *self, const guint8 *data, gsize size)
{
  while (self->state != STATE_GONE && !self->is_last) {
    ScWsEvent event = sc_ws_parser_read (self->parser, &data, &size);
    if (event == SC_WS_EVENT_NONE)
      return;
    handle_event (self, event);
  }
}

static void
take (ScWsConnection *self, const guint8 *data, gsize size)
{
  if (self->state != STATE_HANDSHAKE) {
    read_frames (self, data, size);
    return;
  }
  g_byte_array_append (self->request, data, (guint) size);
  gsize used = answer_request (self);
  if (used == 0)
    return;
  g_autoptr (GByteArray) request = g_steal_pointer (&self->request);
  read_frames (self, request->data + used, request->len - used);
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (ScWsConnection) self = g_object_ref (user_data);
  guint8 buffer[READ_BYTES];
  for (guint i = 0; i < READS_IN_A_ROW && self->state != STATE_GONE; i++) {
    gssize count = recv (fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
      break;
    if (count <= 0) {
      vanish (self);
      break;
    }
    self->heard_us = g_get_monotonic_time ();
    take (self, buffer, (gsize) count);
  }
  return self->state != STATE_GONE;
}

/* --- time and life --- */

/**
 * sc_ws_connection_check:
 * @self: a connection
 * @now_us: the monotonic time
 *
 * Pings whom nothing came from, and cuts who takes too long; called every second or so, and not
 * from the delegate.
 */
void
sc_ws_connection_check (ScWsConnection *self, gint64 now_us)
{
  const guint patience[] = {
    [STATE_HANDSHAKE] = SC_WS_HANDSHAKE_SECONDS,
    [STATE_OPEN] = SC_WS_SILENCE_SECONDS,
    [STATE_CLOSING] = SC_WS_CLOSE_SECONDS,
    [STATE_GONE] = 0,
  };
  gint64 since = self->state == STATE_OPEN ? self->heard_us : self->began_us;
  if (now_us - since >= patience[self->state] * G_USEC_PER_SEC) {
    vanish (self);
    return;
  }
  if (self->state == STATE_OPEN && now_us - self->asked_us >= SC_WS_PING_SECONDS * G_USEC_PER_SEC) {
    g_autoptr (GBytes) ping = sc_ws_frame_new_ping ();
    self->asked_us = now_us;
    sc_ws_connection_send (self, ping);
  }
}

/**
 * sc_ws_connection_new:
 * @stream: a connected socket
 * @delegate: whom to tell
 * @user_data: data for @delegate
 *
 * Returns: (transfer full): a connection that waits for its request
 */
ScWsConnection *
sc_ws_connection_new (GSocketConnection *stream, const ScWsDelegate *delegate, gpointer user_data)
{
  ScWsConnection *self = g_object_new (SC_TYPE_WS_CONNECTION, NULL);
  self->stream = g_object_ref (stream);
  self->fd = g_socket_get_fd (g_socket_connection_get_socket (stream));
  self->delegate = *delegate;
  self->user_data = user_data;
  self->read_id = g_unix_fd_add (self->fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, self);
  return self;
}

/**
 * sc_ws_connection_cut:
 * @self: a connection
 *
 * Ends it at once. The delegate hears no more.
 */
void
sc_ws_connection_cut (ScWsConnection *self)
{
  if (self->state == STATE_GONE)
    return;
  self->state = STATE_GONE;
  g_clear_handle_id (&self->read_id, g_source_remove);
  g_clear_handle_id (&self->write_id, g_source_remove);
  g_clear_handle_id (&self->overflow_id, g_source_remove);
  g_queue_clear_full (&self->queue, (GDestroyNotify) g_bytes_unref);
  g_io_stream_close (G_IO_STREAM (self->stream), NULL, NULL);
}
