/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One WebSocket connection as a client over libsoup, from the handshake to its end: it connects
 * once, tells what comes, and ends once. Text only. No cookies, no redirects, no authentication.
 *
 * For the thread whose main context runs; whoever made it owns it. Dropping it closes it.
 */

#include "config.h"

#include "sc-websocket.h"

#include <libsoup/soup.h>
#include <string.h>

/* How long a peer may take to answer a ping before it counts as gone: a phone's network that
 * wakes up needs a few seconds. */
#define PONG_SECONDS 15

struct _ScWebsocket {
  GObject parent_instance;

  SoupSession *session;
  SoupWebsocketConnection *connection; /* once the handshake is done */
  GCancellable *cancellable;
  GError *failure; /* what libsoup said before the end */
  gsize max_message_bytes;
  guint keepalive_seconds;
  guint timeout_source;
  gboolean ended;
};

enum {
  SIGNAL_OPENED,
  SIGNAL_MESSAGE,
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScWebsocket, sc_websocket, G_TYPE_OBJECT)

/* Ends it once, whatever happens next. */
static void
end (ScWebsocket *self, guint code, const GError *error)
{
  if (self->ended)
    return;
  self->ended = TRUE;
  g_clear_handle_id (&self->timeout_source, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0, code, error);
}

static void
end_with_error (ScWebsocket *self, const GError *cause, ScNetPhase phase)
{
  g_autoptr (GError) error = g_error_new (SC_NET_ERROR,
                                          (int) sc_net_error_classify (cause, phase),
                                          "No connection: %s",
                                          cause->message);
  end (self, 0, error);
}

static void
on_message (ScWebsocket *self, int type, GBytes *message)
{
  if (!self->ended && type == SOUP_WEBSOCKET_DATA_TEXT)
    g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, message);
}

static void
on_error (ScWebsocket *self, GError *error)
{
  g_clear_error (&self->failure);
  self->failure = g_error_copy (error);
}

static void
on_closed (ScWebsocket *self)
{
  if (self->failure)
    end_with_error (self, self->failure, SC_NET_WAITING);
  else
    end (self, soup_websocket_connection_get_close_code (self->connection), NULL);
}

/* libsoup 3.6 bounds a frame and no message; a newer one can bound both. */
static void
bound_connection (ScWebsocket *self)
{
  GObject *connection = G_OBJECT (self->connection);
  g_object_set (connection,
                "max-incoming-payload-size",
                (guint64) self->max_message_bytes,
                "keepalive-interval",
                self->keepalive_seconds,
                "keepalive-pong-timeout",
                self->keepalive_seconds ? PONG_SECONDS : 0,
                NULL);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (connection), "max-total-message-size"))
    g_object_set (connection, "max-total-message-size", (guint64) self->max_message_bytes, NULL);
}

static void
follow_connection (ScWebsocket *self)
{
  static const struct {
    const char *signal;
    GCallback callback;
  } followed[] = {
    { "message", G_CALLBACK (on_message) },
    { "error", G_CALLBACK (on_error) },
    { "closed", G_CALLBACK (on_closed) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (followed); i++)
    g_signal_connect_object (self->connection,
                             followed[i].signal,
                             followed[i].callback,
                             self,
                             G_CONNECT_SWAPPED);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScWebsocket) self = user_data;
  g_autoptr (GError) error = NULL;
  self->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  g_clear_handle_id (&self->timeout_source, g_source_remove);
  if (self->ended)
    return;
  if (!self->connection) {
    gboolean refused = error->domain == SOUP_WEBSOCKET_ERROR;
    end_with_error (self, error, refused ? SC_NET_READING : SC_NET_CONNECTING);
    return;
  }
  bound_connection (self);
  follow_connection (self);
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

static void
on_timeout (gpointer user_data)
{
  ScWebsocket *self = user_data;
  self->timeout_source = 0;
  g_autoptr (GError) error =
    g_error_new_literal (SC_NET_ERROR, SC_NET_ERROR_TIMEOUT, "No connection: the time was up");
  g_cancellable_cancel (self->cancellable);
  end (self, 0, error);
}

static void
on_connection_gone (SoupWebsocketConnection *connection)
{
  g_object_unref (connection);
}

/* The closing handshake outlives us: libsoup ends it by itself after some seconds. */
static void
let_connection_go (ScWebsocket *self)
{
  SoupWebsocketConnection *connection = g_steal_pointer (&self->connection);
  if (!connection)
    return;
  g_signal_handlers_disconnect_by_data (connection, self);
  if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_CLOSED) {
    g_object_unref (connection);
    return;
  }
  g_signal_connect (connection, "closed", G_CALLBACK (on_connection_gone), NULL);
  if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (connection, SC_WEBSOCKET_CLOSED_NORMALLY, NULL);
}

static void
sc_websocket_dispose (GObject *object)
{
  ScWebsocket *self = SC_WEBSOCKET (object);

  sc_websocket_close (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_error (&self->failure);

  G_OBJECT_CLASS (sc_websocket_parent_class)->dispose (object);
}

static void
sc_websocket_class_init (ScWebsocketClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sc_websocket_dispose;

  /**
   * ScWebsocket::opened:
   *
   * The handshake is done.
   */
  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * ScWebsocket::message:
   * @message: the text, valid UTF-8
   *
   * The server has sent a text message.
   */
  signals[SIGNAL_MESSAGE] = g_signal_new ("message",
                                          type,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_BYTES);

  /**
   * ScWebsocket::closed:
   * @code: the code that the server closed with, 0 if it gave none
   * @error: (nullable): an error of %SC_NET_ERROR if it never opened or broke
   *
   * It is over; comes once, and not after sc_websocket_close().
   */
  signals[SIGNAL_CLOSED] = g_signal_new ("closed",
                                         type,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         2,
                                         G_TYPE_UINT,
                                         G_TYPE_ERROR);
}

static void
sc_websocket_init (ScWebsocket *self)
{
  self->cancellable = g_cancellable_new ();
  self->session = soup_session_new ();
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
}

static gboolean
on_bad_url (gpointer user_data)
{
  ScWebsocket *self = user_data;
  g_autoptr (GError) error =
    g_error_new_literal (SC_NET_ERROR, SC_NET_ERROR_PROTOCOL, "The address is not valid");
  end (self, 0, error);
  return G_SOURCE_REMOVE;
}

static SoupMessage *
make_message (const char *url)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, url);
  const char *scheme = message ? g_uri_get_scheme (soup_message_get_uri (message)) : NULL;
  if (g_strcmp0 (scheme, "wss") != 0 && g_strcmp0 (scheme, "ws") != 0)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  return g_steal_pointer (&message);
}

/**
 * sc_websocket_new:
 * @options: how to connect; not needed after this call returns
 *
 * Begins to connect. What becomes of it, the signals tell, never before this call returns.
 *
 * Returns: (transfer full): a connection that is not open yet
 */
ScWebsocket *
sc_websocket_new (const ScWebsocketOptions *options)
{
  ScWebsocket *self = g_object_new (SC_TYPE_WEBSOCKET, NULL);
  self->max_message_bytes = options->max_message_bytes;
  self->keepalive_seconds = options->keepalive_seconds;

  g_autoptr (SoupMessage) message = make_message (options->url);
  if (!message) {
    g_idle_add_full (G_PRIORITY_DEFAULT, on_bad_url, g_object_ref (self), g_object_unref);
    return self;
  }
  char *protocols[] = { (char *) options->protocol, NULL };
  self->timeout_source = g_timeout_add_seconds_once (options->timeout_seconds, on_timeout, self);
  soup_session_websocket_connect_async (self->session,
                                        message,
                                        /* origin= */ NULL,
                                        protocols,
                                        G_PRIORITY_DEFAULT,
                                        self->cancellable,
                                        on_connected,
                                        g_object_ref (self));
  return self;
}

/**
 * sc_websocket_send:
 * @self: a connection
 * @text: valid UTF-8
 *
 * Sends a text message, if the connection is open.
 *
 * Returns: %FALSE if it certainly was not sent; after %TRUE it may still be lost
 */
gboolean
sc_websocket_send (ScWebsocket *self, const char *text)
{
  if (self->ended || !self->connection ||
      soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return FALSE;
  soup_websocket_connection_send_text (self->connection, text);
  return TRUE;
}

/**
 * sc_websocket_close:
 * @self: a connection
 *
 * Ends it, or the attempt to connect. No signal comes any more.
 */
void
sc_websocket_close (ScWebsocket *self)
{
  self->ended = TRUE;
  g_clear_handle_id (&self->timeout_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  let_connection_go (self);
}
