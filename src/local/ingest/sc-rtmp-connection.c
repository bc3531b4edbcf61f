/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-rtmp-connection.h"

#include "sc-proxy-line.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

/* The socket of one encoder: reads into the conversation, writes what it answers, keeps the time.
 * What an encoder can cost here is one read buffer, the conversation's bounds, and the answers,
 * which are short. Main context only; whoever made it owns it, and each pending operation does. */

#define STRANGER_READ_SIZE 4096
#define READ_SIZE (64 * 1024)
/* Answers that may wait to be sent: all that a conversation can say is less. */
#define MAX_UNSENT (64 * 1024)
/* After the last word we still read for so long, so that the encoder gets to read it: closing a
 * socket with unread bytes in it takes back what was sent. */
#define LINGER_SECONDS 2

struct _ScRtmpConnection {
  GObject parent_instance;
  GSocketConnection *socket;
  ScRtmpConnectionDelegate delegate;
  gpointer user_data;
  ScRtmpSession *session;
  GCancellable *cancellable;
  char *address;
  GByteArray *proxy_line; /* until it is read, NULL without a proxy */
  GByteArray *out;        /* to be sent */
  GByteArray *sending;    /* being sent, or NULL */
  guint8 *buffer;
  gsize buffer_size;
  gint64 last_byte_us;
  guint timer_id;
  gboolean is_stranger; /* no key was accepted */
  gboolean is_feeding;  /* the conversation writes to out */
  gboolean is_reading;
  gboolean is_paused;
  gboolean is_over;   /* the delegate knows; only what is in out is still to be sent */
  gboolean is_closed; /* the socket is closed */
};

G_DEFINE_FINAL_TYPE (ScRtmpConnection, sc_rtmp_connection, G_TYPE_OBJECT)

static void read_next (ScRtmpConnection *self);

/* Tells the delegate that it is over, once. */
static void
end (ScRtmpConnection *self, ScIngestReason reason)
{
  if (self->is_over)
    return;
  self->is_over = TRUE;
  self->delegate.closed (self, reason, self->user_data);
}

/* Closes the socket. The delegate may drop its reference to a stranger now. */
static void
leave (ScRtmpConnection *self)
{
  if (self->is_closed)
    return;
  g_autoptr (ScRtmpConnection) alive = g_object_ref (self);
  sc_rtmp_connection_close (self);
  if (self->is_stranger)
    self->delegate.gone (self, self->user_data);
}

static gboolean
on_linger_over (gpointer user_data)
{
  ScRtmpConnection *self = user_data;
  self->timer_id = 0;
  leave (self);
  return G_SOURCE_REMOVE;
}

/* --- sending --- */

static void send_next (ScRtmpConnection *self);

/* Everything is said: waits for the encoder to close, for a while. */
static void
linger (ScRtmpConnection *self)
{
  g_socket_shutdown (g_socket_connection_get_socket (self->socket), FALSE, TRUE, NULL);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->timer_id = g_timeout_add_seconds (LINGER_SECONDS, on_linger_over, self);
  self->is_paused = FALSE;
  read_next (self);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScRtmpConnection) self = user_data;
  gboolean ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_clear_pointer (&self->sending, g_byte_array_unref);
  if (self->is_closed)
    return;
  if (!ok) {
    end (self, SC_INGEST_VANISHED);
    leave (self);
    return;
  }
  send_next (self);
}

static void
send_next (ScRtmpConnection *self)
{
  if (self->sending || self->is_feeding || self->is_closed)
    return;
  if (self->out->len == 0) {
    if (self->is_over)
      linger (self);
    return;
  }
  self->sending = g_steal_pointer (&self->out);
  self->out = g_byte_array_new ();
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (self->socket)),
                                   self->sending->data,
                                   self->sending->len,
                                   G_PRIORITY_DEFAULT,
                                   self->cancellable,
                                   on_sent,
                                   g_object_ref (self));
}

/* --- receiving --- */

static void
use_big_buffer (ScRtmpConnection *self)
{
  self->buffer_size = READ_SIZE;
  self->buffer = g_realloc (self->buffer, self->buffer_size);
}

/* Takes the proxy's line off the front of *data. Returns FALSE when there is nothing behind it. */
static gboolean
take_proxy_line (ScRtmpConnection *self, const guint8 **data, gsize *size, GError **error)
{
  gsize consumed;
  g_byte_array_append (self->proxy_line, *data, (guint) *size);
  if (!sc_proxy_line_read (self->proxy_line->data,
                           self->proxy_line->len,
                           &consumed,
                           &self->address,
                           error))
    return FALSE;
  gsize before = self->proxy_line->len - *size;
  *data += consumed - before;
  *size -= consumed - before;
  g_clear_pointer (&self->proxy_line, g_byte_array_unref);
  self->delegate.addressed (self, self->user_data);
  return *size > 0 && !self->is_closed;
}

/* Gives the conversation what came. */
static void
feed (ScRtmpConnection *self, const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  gboolean goes_on = TRUE;
  self->is_feeding = TRUE;
  if (self->proxy_line && !take_proxy_line (self, &data, &size, &error))
    goes_on = error == NULL;
  else
    goes_on = sc_rtmp_session_feed (self->session, data, size, self->out, &error);
  self->is_feeding = FALSE;
  if (self->is_closed)
    return;
  if (goes_on && self->out->len > MAX_UNSENT) {
    end (self, SC_INGEST_VANISHED);
    leave (self);
    return;
  }
  if (!goes_on)
    end (self, error ? SC_INGEST_BAD_MEDIA : SC_INGEST_COMPLETED);
  send_next (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScRtmpConnection) self = user_data;
  gssize count = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  self->is_reading = FALSE;
  if (self->is_closed)
    return;
  if (count <= 0) {
    end (self, SC_INGEST_VANISHED);
    leave (self);
    return;
  }
  self->last_byte_us = g_get_monotonic_time ();
  if (!self->is_over)
    feed (self, self->buffer, (gsize) count);
  if (sc_rtmp_session_is_publishing (self->session) && self->buffer_size < READ_SIZE)
    use_big_buffer (self);
  read_next (self);
}

static void
read_next (ScRtmpConnection *self)
{
  if (self->is_reading || self->is_paused || self->is_closed)
    return;
  self->is_reading = TRUE;
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (self->socket)),
                             self->buffer,
                             self->buffer_size,
                             G_PRIORITY_DEFAULT,
                             self->cancellable,
                             on_read,
                             g_object_ref (self));
}

/* --- time --- */

static gboolean
on_idle_check (gpointer user_data)
{
  ScRtmpConnection *self = user_data;
  gint64 silence = g_get_monotonic_time () - self->last_byte_us;
  if (self->is_paused || silence < SC_RTMP_IDLE_SECONDS * G_USEC_PER_SEC)
    return G_SOURCE_CONTINUE;
  self->timer_id = 0;
  end (self, SC_INGEST_STALLED);
  leave (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_stranger_time_over (gpointer user_data)
{
  ScRtmpConnection *self = user_data;
  self->timer_id = 0;
  if (sc_rtmp_session_is_publishing (self->session)) {
    self->timer_id = g_timeout_add_seconds (1, on_idle_check, self);
    return G_SOURCE_REMOVE;
  }
  end (self, SC_INGEST_VANISHED);
  leave (self);
  return G_SOURCE_REMOVE;
}

/* --- the conversation --- */

static ScRtmpVerdict
on_session_publish (const char *key, gpointer user_data)
{
  ScRtmpConnection *self = user_data;
  ScRtmpVerdict verdict = self->delegate.publish (self, key, self->user_data);
  self->is_stranger = verdict != SC_RTMP_ACCEPT;
  return verdict;
}

static void
on_session_media (guint8 type, guint32 timestamp, GBytes *body, gpointer user_data)
{
  ScRtmpConnection *self = user_data;
  if (!self->is_over)
    self->delegate.media (self, type, timestamp, body, self->user_data);
}

/* --- the object --- */

static void
sc_rtmp_connection_finalize (GObject *object)
{
  ScRtmpConnection *self = SC_RTMP_CONNECTION (object);
  sc_rtmp_connection_close (self);
  sc_rtmp_session_free (self->session);
  g_clear_pointer (&self->proxy_line, g_byte_array_unref);
  g_clear_pointer (&self->sending, g_byte_array_unref);
  g_byte_array_unref (self->out);
  g_object_unref (self->cancellable);
  g_object_unref (self->socket);
  g_free (self->address);
  g_free (self->buffer);
  G_OBJECT_CLASS (sc_rtmp_connection_parent_class)->finalize (object);
}

static void
sc_rtmp_connection_class_init (ScRtmpConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_rtmp_connection_finalize;
}

static void
sc_rtmp_connection_init (ScRtmpConnection *self)
{
  self->cancellable = g_cancellable_new ();
  self->out = g_byte_array_new ();
}

/* Returns the peer's address without its port, or "local" for a unix socket. */
static char *
peer_address (GSocketConnection *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_connection_get_remote_address (socket, NULL);
  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("local");
  return g_inet_address_to_string (
    g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/**
 * sc_rtmp_connection_new:
 * @socket: an accepted connection
 * @protocol: what is spoken on it
 * @delegate: whom to ask and tell
 * @user_data: passed to @delegate
 *
 * Returns: (transfer full): a connection that is being read
 */
ScRtmpConnection *
sc_rtmp_connection_new (GSocketConnection *socket,
                        ScIngestProtocol protocol,
                        const ScRtmpConnectionDelegate *delegate,
                        gpointer user_data)
{
  static const ScRtmpSessionDelegate session_delegate = { on_session_publish, on_session_media };
  ScRtmpConnection *self = g_object_new (SC_TYPE_RTMP_CONNECTION, NULL);
  self->socket = g_object_ref (socket);
  if (protocol == SC_INGEST_RTMP)
    g_socket_set_option (g_socket_connection_get_socket (socket),
                         IPPROTO_TCP,
                         TCP_NODELAY,
                         TRUE,
                         NULL);
  self->delegate = *delegate;
  self->is_stranger = TRUE;
  self->user_data = user_data;
  self->session = sc_rtmp_session_new (&session_delegate, self);
  self->buffer_size = STRANGER_READ_SIZE;
  self->buffer = g_malloc (self->buffer_size);
  self->timer_id = g_timeout_add_seconds (SC_RTMP_STRANGER_SECONDS, on_stranger_time_over, self);
  if (protocol == SC_INGEST_PROXIED)
    self->proxy_line = g_byte_array_new ();
  else
    self->address = peer_address (socket);
  read_next (self);
  return self;
}

/**
 * sc_rtmp_connection_get_address:
 * @self: a connection
 *
 * Returns: (nullable): the encoder's IP address; %NULL before the proxy told it
 */
const char *
sc_rtmp_connection_get_address (ScRtmpConnection *self)
{
  return self->address;
}

/**
 * sc_rtmp_connection_get_progress:
 * @self: a connection
 *
 * Returns: how far it is; a stranger with a smaller number is the better one to turn away, first
 * of all who only lingers
 */
guint
sc_rtmp_connection_get_progress (ScRtmpConnection *self)
{
  return self->is_over ? 0 : 1 + sc_rtmp_session_progress (self->session);
}

/**
 * sc_rtmp_connection_set_paused:
 * @self: a connection
 * @paused: whether to read no more for now
 *
 * While it is paused the encoder's network holds its bytes back.
 */
void
sc_rtmp_connection_set_paused (ScRtmpConnection *self, gboolean paused)
{
  self->is_paused = paused && !self->is_over;
  self->last_byte_us = g_get_monotonic_time ();
  read_next (self);
}

/**
 * sc_rtmp_connection_refuse:
 * @self: a connection that publishes
 * @description: why, a sentence for the streamer
 *
 * Tells the encoder why it cannot go on, and closes. The delegate hears no more.
 */
void
sc_rtmp_connection_refuse (ScRtmpConnection *self, const char *description)
{
  if (self->is_over || self->is_closed)
    return;
  self->is_over = TRUE;
  sc_rtmp_session_refuse (self->session, description, self->out);
  send_next (self);
}

/**
 * sc_rtmp_connection_close:
 * @self: a connection
 *
 * Closes at once. The delegate hears no more.
 */
void
sc_rtmp_connection_close (ScRtmpConnection *self)
{
  if (self->is_closed)
    return;
  self->is_over = TRUE;
  self->is_closed = TRUE;
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_socket_close (g_socket_connection_get_socket (self->socket), NULL);
}
