/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The connections to a room: the current one, one that is being opened and takes its place then,
 * and one on its way out, which is still listened to for a while. Whoever listens drops what comes
 * twice. Main thread; the link owns it. */

#include "config.h"

#include "sc-chat-sockets.h"

#include "sc-chat-inbox.h"
#include "sc-chat-push.h"
#include "sc-websocket.h"

/* From the name's resolution to the answer of the handshake; a person waits. */
#define CONNECT_SECONDS 15

/* Well below the minute or more after which routers forget a silent connection. */
#define KEEPALIVE_SECONDS 30

struct _ScChatSockets {
  GObject parent_instance;

  ScWebsocket *current; /* what is sent goes here */
  ScWebsocket *old;     /* on its way out, and still listened to */
  ScWebsocket *next;    /* not open yet */
  ScChatInbox *inbox;
  gboolean silenced; /* the current one speaks for somebody who left */
  guint drain_ms;
  guint drain_source;
};

enum {
  SIGNAL_OPENED,
  SIGNAL_FAILED,
  SIGNAL_ENDED,
  SIGNAL_PUSH,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScChatSockets, sc_chat_sockets, G_TYPE_OBJECT)

static void
drop (ScWebsocket **socket)
{
  if (*socket)
    sc_websocket_close (*socket);
  g_clear_object (socket);
}

static void
on_drained (gpointer user_data)
{
  ScChatSockets *self = user_data;
  self->drain_source = 0;
  drop (&self->old);
}

/* The old connection goes once what is under way on it has come. */
static void
retire (ScChatSockets *self, ScWebsocket *socket)
{
  drop (&self->old);
  g_clear_handle_id (&self->drain_source, g_source_remove);
  self->old = socket;
  if (self->silenced)
    drop (&self->old);
  else if (socket)
    self->drain_source = g_timeout_add_once (self->drain_ms, on_drained, self);
}

static void
on_opened (ScWebsocket *socket, ScChatSockets *self)
{
  if (socket != self->next)
    return;
  retire (self, g_steal_pointer (&self->current));
  self->current = g_steal_pointer (&self->next);
  self->silenced = FALSE;
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

static void
on_inbox (GBytes *message, GObject *owner)
{
  g_signal_emit (owner, signals[SIGNAL_PUSH], 0, message);
}

static void
on_message (ScWebsocket *socket, GBytes *message, ScChatSockets *self)
{
  if (socket == self->current || socket == self->old)
    sc_chat_inbox_add (self->inbox, message);
}

static void
end_current (ScChatSockets *self, const GError *error)
{
  sc_chat_inbox_deliver_all (self->inbox); /* it may say why */
  if (!self->current)
    return;
  g_clear_object (&self->current);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, error);
}

static void
on_closed (ScWebsocket *socket, guint code, const GError *error, ScChatSockets *self)
{
  if (socket == self->next)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  else if (socket == self->current)
    end_current (self, error);
  else if (socket == self->old)
    g_clear_object (&self->old);
}

static void
sc_chat_sockets_dispose (GObject *object)
{
  sc_chat_sockets_drop_all (SC_CHAT_SOCKETS (object));

  G_OBJECT_CLASS (sc_chat_sockets_parent_class)->dispose (object);
}

static void
sc_chat_sockets_finalize (GObject *object)
{
  sc_chat_inbox_free (SC_CHAT_SOCKETS (object)->inbox);

  G_OBJECT_CLASS (sc_chat_sockets_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, GType parameter)
{
  return g_signal_new (name,
                       SC_TYPE_CHAT_SOCKETS,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       parameter ? 1 : 0,
                       parameter);
}

static void
sc_chat_sockets_class_init (ScChatSocketsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_chat_sockets_dispose;
  G_OBJECT_CLASS (klass)->finalize = sc_chat_sockets_finalize;

  /**
   * ScChatSockets::opened:
   *
   * What was being opened is the current one now.
   */
  signals[SIGNAL_OPENED] = new_signal ("opened", 0);
  /**
   * ScChatSockets::failed:
   * @error: why what was being opened did not open
   */
  signals[SIGNAL_FAILED] = new_signal ("failed", G_TYPE_ERROR);
  /**
   * ScChatSockets::ended:
   * @error: why there is no current one any more
   */
  signals[SIGNAL_ENDED] = new_signal ("ended", G_TYPE_ERROR);
  /**
   * ScChatSockets::push:
   * @message: what the room sent: JSON, foreign
   */
  signals[SIGNAL_PUSH] = new_signal ("push", G_TYPE_BYTES);
}

static void
sc_chat_sockets_init (ScChatSockets *self)
{
  self->inbox = sc_chat_inbox_new (on_inbox, G_OBJECT (self));
}

/**
 * sc_chat_sockets_new:
 * @drain_ms: how long one that has a successor is still listened to, milliseconds
 *
 * Returns: (transfer full): no connections
 */
ScChatSockets *
sc_chat_sockets_new (guint drain_ms)
{
  ScChatSockets *self = g_object_new (SC_TYPE_CHAT_SOCKETS, NULL);
  self->drain_ms = drain_ms;
  return self;
}

/**
 * sc_chat_sockets_connect:
 * @self: connections, none of which is being opened
 * @token: opens one
 *
 * Begins to open a connection: #ScChatSockets::opened or #ScChatSockets::failed says what became of
 * it.
 */
void
sc_chat_sockets_connect (ScChatSockets *self, const ScChatToken *token)
{
  const ScWebsocketOptions options = {
    .url = token->endpoint,
    .protocol = token->token,
    .max_message_bytes = SC_CHAT_PUSH_MAX_BYTES,
    .timeout_seconds = CONNECT_SECONDS,
    .keepalive_seconds = KEEPALIVE_SECONDS,
  };
  self->next = sc_websocket_new (&options);
  g_signal_connect_object (self->next, "opened", G_CALLBACK (on_opened), self, 0);
  g_signal_connect_object (self->next, "message", G_CALLBACK (on_message), self, 0);
  g_signal_connect_object (self->next, "closed", G_CALLBACK (on_closed), self, 0);
}

/**
 * sc_chat_sockets_drop_next:
 * @self: connections
 *
 * Opens none after all.
 */
void
sc_chat_sockets_drop_next (ScChatSockets *self)
{
  drop (&self->next);
}

/**
 * sc_chat_sockets_drop_all:
 * @self: connections
 *
 * Closes all of them, and hears nothing more of what they brought.
 *
 * Returns: whether there was a current one
 */
gboolean
sc_chat_sockets_drop_all (ScChatSockets *self)
{
  gboolean had_current = self->current != NULL;
  sc_chat_inbox_clear (self->inbox);
  g_clear_handle_id (&self->drain_source, g_source_remove);
  drop (&self->next);
  drop (&self->current);
  drop (&self->old);
  self->silenced = FALSE;
  return had_current;
}

/**
 * sc_chat_sockets_silence:
 * @self: connections
 *
 * Who the current one speaks for has left: it brings what is said, and sends nothing more.
 */
void
sc_chat_sockets_silence (ScChatSockets *self)
{
  drop (&self->old);
  self->silenced = self->current != NULL;
}

/**
 * sc_chat_sockets_send:
 * @self: connections
 * @request: JSON
 *
 * Returns: %FALSE if it certainly was not sent; after %TRUE it may still be lost
 */
gboolean
sc_chat_sockets_send (ScChatSockets *self, const char *request)
{
  return self->current && !self->silenced && sc_websocket_send (self->current, request);
}

/**
 * sc_chat_sockets_has_current:
 * @self: connections
 *
 * Returns: whether one is open
 */
gboolean
sc_chat_sockets_has_current (ScChatSockets *self)
{
  return self->current != NULL;
}

/**
 * sc_chat_sockets_has_next:
 * @self: connections
 *
 * Returns: whether one is being opened
 */
gboolean
sc_chat_sockets_has_next (ScChatSockets *self)
{
  return self->next != NULL;
}

/**
 * sc_chat_sockets_is_silenced:
 * @self: connections
 *
 * Returns: whether the current one speaks for somebody who left
 */
gboolean
sc_chat_sockets_is_silenced (ScChatSockets *self)
{
  return self->silenced;
}
