/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ingest.h"

#include "sc-ingest-session.h"

/* The RTMP server: who may connect, and who publishes. Strangers, that is connections that have not
 * shown a key, are few and short-lived: a newcomer above the bound turns the least advanced of them
 * away, and among equals the oldest, so that idle half-handshakes do not keep a real encoder out.
 */

/* Strangers of one address at a time. An encoder needs one for some milliseconds. */
#define MAX_STRANGERS_PER_ADDRESS 20
/* Strangers altogether: each costs a socket and 20 KiB. */
#define MAX_STRANGERS 256
/* Connections that the kernel keeps for us to accept, as many as we then take at once: where it
 * drops one, TCP comes again a second later, and a unix socket refuses it. */
#define BACKLOG MAX_STRANGERS
/* Streams at a time, each with a process that takes a few percent of a core. */
#define MAX_SESSIONS 64

struct _ScIngest {
  GObject parent_instance;
  ScIngestSessionConfig config;
  GSocketService *services[2]; /* by ScIngestProtocol */
  GPtrArray *strangers;        /* of ScRtmpConnection, oldest first */
  GHashTable *encoders;        /* ScRtmpConnection -> ScIngestSession, not owned */
  GHashTable *sessions;        /* channel id -> ScIngestSession */
};

G_DEFINE_FINAL_TYPE (ScIngest, sc_ingest, G_TYPE_OBJECT)

/* --- strangers --- */

static void
forget_stranger (ScIngest *self, ScRtmpConnection *connection)
{
  g_ptr_array_remove (self->strangers, connection);
}

/* Returns the stranger to turn away among those of @address, or of all where it is NULL, but never
 * @newcomer; counts them in *ret_count. */
static ScRtmpConnection *
find_least_advanced (ScIngest *self,
                     const char *address,
                     ScRtmpConnection *newcomer,
                     guint *ret_count)
{
  ScRtmpConnection *least = NULL;
  *ret_count = 0;
  for (guint i = 0; i < self->strangers->len; i++) {
    ScRtmpConnection *one = g_ptr_array_index (self->strangers, i);
    if (address && g_strcmp0 (address, sc_rtmp_connection_get_address (one)) != 0)
      continue;
    ++*ret_count;
    if (one != newcomer &&
        (!least || sc_rtmp_connection_get_progress (one) < sc_rtmp_connection_get_progress (least)))
      least = one;
  }
  return least;
}

/* Turns one away if there are more than @max. */
static void
make_room (ScIngest *self, const char *address, ScRtmpConnection *newcomer, guint max)
{
  guint count;
  ScRtmpConnection *least = find_least_advanced (self, address, newcomer, &count);
  if (count <= max || !least)
    return;
  sc_rtmp_connection_close (least);
  forget_stranger (self, least);
}

static void
on_addressed (ScRtmpConnection *connection, gpointer user_data)
{
  make_room (user_data,
             sc_rtmp_connection_get_address (connection),
             connection,
             MAX_STRANGERS_PER_ADDRESS);
}

/* --- encoders --- */

static void
tell_refused (ScIngest *self, const ScIngestSession *session)
{
  if (self->config.delegate.refused)
    self->config.delegate.refused (sc_ingest_session_get_channel (session),
                                   sc_ingest_session_get_stream (session),
                                   self->config.user_data);
}

static ScRtmpVerdict
on_publish (ScRtmpConnection *connection, const char *key, gpointer user_data)
{
  ScIngest *self = user_data;
  g_autofree char *channel_id = self->config.delegate.authorize (key, self->config.user_data);
  if (!channel_id)
    return SC_RTMP_DENY;
  if (g_hash_table_contains (self->sessions, channel_id)) {
    tell_refused (self, g_hash_table_lookup (self->sessions, channel_id));
    return SC_RTMP_BUSY;
  }
  if (g_hash_table_size (self->sessions) >= MAX_SESSIONS)
    return SC_RTMP_UNABLE;
  g_autoptr (GError) error = NULL;
  ScIngestSession *session = sc_ingest_session_new (&self->config, channel_id, connection, &error);
  if (!session) {
    g_warning ("No publisher process: %s", error->message);
    return SC_RTMP_UNABLE;
  }
  g_hash_table_insert (self->sessions, (gpointer) sc_ingest_session_get_channel (session), session);
  g_hash_table_insert (self->encoders, g_object_ref (connection), session);
  forget_stranger (self, connection);
  return SC_RTMP_ACCEPT;
}

static void
on_media (ScRtmpConnection *connection,
          guint8 type,
          guint32 timestamp,
          GBytes *body,
          gpointer user_data)
{
  ScIngest *self = user_data;
  ScIngestSession *session = g_hash_table_lookup (self->encoders, connection);
  if (session)
    sc_ingest_session_push (session, type, timestamp, body);
}

static void
on_closed (ScRtmpConnection *connection, ScIngestReason reason, gpointer user_data)
{
  ScIngest *self = user_data;
  ScIngestSession *session = g_hash_table_lookup (self->encoders, connection);
  if (!session)
    return; /* still a stranger while it lingers */
  g_hash_table_remove (self->encoders, connection);
  sc_ingest_session_leave (session, reason);
}

static void
on_gone (ScRtmpConnection *connection, gpointer user_data)
{
  forget_stranger (user_data, connection);
}

static void
on_session_over (ScIngestSession *session, gpointer owner)
{
  ScIngest *self = owner;
  ScRtmpConnection *connection = sc_ingest_session_get_connection (session);
  if (connection)
    g_hash_table_remove (self->encoders, connection);
  g_hash_table_remove (self->sessions, sc_ingest_session_get_channel (session));
  sc_ingest_session_free (session);
}

/* --- the object --- */

static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *socket,
             GObject *source,
             gpointer user_data)
{
  static const ScRtmpConnectionDelegate delegate = {
    on_addressed, on_publish, on_media, on_closed, on_gone,
  };
  ScIngest *self = user_data;
  ScIngestProtocol protocol =
    service == self->services[SC_INGEST_PROXIED] ? SC_INGEST_PROXIED : SC_INGEST_RTMP;
  ScRtmpConnection *connection = sc_rtmp_connection_new (socket, protocol, &delegate, self);
  g_ptr_array_add (self->strangers, connection);
  make_room (self, NULL, connection, MAX_STRANGERS);
  if (sc_rtmp_connection_get_address (connection))
    on_addressed (connection, self);
  return TRUE;
}

static void
sc_ingest_dispose (GObject *object)
{
  sc_ingest_close (SC_INGEST (object));
  G_OBJECT_CLASS (sc_ingest_parent_class)->dispose (object);
}

static void
sc_ingest_finalize (GObject *object)
{
  ScIngest *self = SC_INGEST (object);
  g_ptr_array_unref (self->strangers);
  g_hash_table_unref (self->encoders);
  g_hash_table_unref (self->sessions);
  g_object_unref (self->config.origin);
  g_free (self->config.publisher_program);
  for (guint i = 0; i < G_N_ELEMENTS (self->services); i++)
    g_object_unref (self->services[i]);
  G_OBJECT_CLASS (sc_ingest_parent_class)->finalize (object);
}

static void
sc_ingest_class_init (ScIngestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = sc_ingest_dispose;
  object_class->finalize = sc_ingest_finalize;
}

static void
sc_ingest_init (ScIngest *self)
{
  self->strangers = g_ptr_array_new_with_free_func (g_object_unref);
  self->encoders = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->sessions = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < G_N_ELEMENTS (self->services); i++) {
    self->services[i] = g_socket_service_new ();
    g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->services[i]), BACKLOG);
    g_signal_connect (self->services[i], "incoming", G_CALLBACK (on_incoming), self);
  }
}

/**
 * sc_ingest_new:
 * @origin: where segments go
 * @publisher_program: the path of streamcat-publisher
 * @delegate: whom to ask and tell
 * @user_data: passed to @delegate
 *
 * Returns: (transfer full): an ingest that listens nowhere yet
 */
ScIngest *
sc_ingest_new (ScOrigin *origin,
               const char *publisher_program,
               const ScIngestDelegate *delegate,
               gpointer user_data)
{
  ScIngest *self = g_object_new (SC_TYPE_INGEST, NULL);
  self->config = (ScIngestSessionConfig) {
    .origin = g_object_ref (origin),
    .publisher_program = g_strdup (publisher_program),
    .delegate = *delegate,
    .user_data = user_data,
    .over = on_session_over,
    .owner = self,
  };
  return self;
}

/**
 * sc_ingest_listen:
 * @self: an ingest
 * @address: where
 * @protocol: what is spoken there
 * @error: an error of %G_IO_ERROR
 *
 * Returns: %FALSE when it cannot listen
 */
gboolean
sc_ingest_listen (ScIngest *self,
                  GSocketAddress *address,
                  ScIngestProtocol protocol,
                  GError **error)
{
  return g_socket_listener_add_address (G_SOCKET_LISTENER (self->services[protocol]),
                                        address,
                                        G_SOCKET_TYPE_STREAM,
                                        G_SOCKET_PROTOCOL_DEFAULT,
                                        NULL,
                                        NULL,
                                        error);
}

/**
 * sc_ingest_listen_loopback:
 * @self: an ingest
 * @port: a port, or 0 for any
 * @protocol: what is spoken there
 * @error: an error of %G_IO_ERROR
 *
 * Listens at 127.0.0.1.
 *
 * Returns: the port, or 0 when it cannot
 */
guint16
sc_ingest_listen_loopback (ScIngest *self, guint16 port, ScIngestProtocol protocol, GError **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GSocketAddress) effective = NULL;
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->services[protocol]),
                                      address,
                                      G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT,
                                      NULL,
                                      &effective,
                                      error))
    return 0;
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
}

/**
 * sc_ingest_stop:
 * @self: an ingest
 * @channel_id: a channel
 *
 * Ends the channel's stream now; Amazon IVS's StopStream. The encoder may come back. The delegate
 * is told of the end before this returns.
 *
 * Returns: %FALSE when the channel has no stream
 */
gboolean
sc_ingest_stop (ScIngest *self, const char *channel_id)
{
  ScIngestSession *session = g_hash_table_lookup (self->sessions, channel_id);
  if (!session)
    return FALSE;
  sc_ingest_session_stop (session);
  return TRUE;
}

/**
 * sc_ingest_refuse_second:
 * @self: an ingest
 * @channel_id: the channel of an encoder that would like to begin
 *
 * Has the streamer told of it where the channel's key is in use.
 *
 * Returns: %TRUE if it is, so that the encoder is to be refused
 */
gboolean
sc_ingest_refuse_second (ScIngest *self, const char *channel_id)
{
  const ScIngestSession *session = g_hash_table_lookup (self->sessions, channel_id);
  if (session)
    tell_refused (self, session);
  return session != NULL;
}

/**
 * sc_ingest_put_metadata:
 * @self: an ingest
 * @channel_id: a channel
 * @text: at most %SC_METADATA_MAX bytes
 *
 * Puts timed metadata into the channel's stream now, in all its renditions; Amazon IVS's
 * PutMetadata.
 *
 * Returns: %FALSE when the channel has no stream that takes them
 */
gboolean
sc_ingest_put_metadata (ScIngest *self, const char *channel_id, const char *text)
{
  ScIngestSession *session = g_hash_table_lookup (self->sessions, channel_id);
  return session && sc_ingest_session_put_metadata (session, text);
}

/**
 * sc_ingest_close:
 * @self: an ingest
 *
 * Listens no more, and ends every stream.
 */
void
sc_ingest_close (ScIngest *self)
{
  GHashTableIter iter;
  gpointer session;
  for (guint i = 0; i < G_N_ELEMENTS (self->services); i++) {
    g_socket_service_stop (self->services[i]);
    g_socket_listener_close (G_SOCKET_LISTENER (self->services[i]));
  }
  for (guint i = 0; i < self->strangers->len; i++)
    sc_rtmp_connection_close (g_ptr_array_index (self->strangers, i));
  g_ptr_array_set_size (self->strangers, 0);
  for (;;) {
    g_hash_table_iter_init (&iter, self->sessions);
    if (!g_hash_table_iter_next (&iter, NULL, &session))
      return;
    sc_ingest_session_stop (session);
  }
}

/**
 * sc_ingest_reason_to_string:
 * @reason: why a session is over
 *
 * Returns: a word for logs and events
 */
const char *
sc_ingest_reason_to_string (ScIngestReason reason)
{
  static const char *const words[] = { "completed", "vanished",  "stalled",
                                       "stopped",   "bad-media", "failed" };
  return words[reason];
}
