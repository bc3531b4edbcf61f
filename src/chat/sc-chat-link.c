/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The way into a room, kept open: a token, a connection, and both again when it ends.
 *
 *   idle ── start ──> connecting ── opened ──> open ── closed ──> waiting ── time ──> connecting
 *                         └── failed ──> waiting            removed, refused: until start again
 *                         └── banned ──> banned ── its end ──> connecting
 *
 * A token opens one connection, so each attempt asks for a new one. Amazon ends a session after its
 * time: its successor is opened before that, and only then is the old connection closed, so nothing
 * that is said in between is missed; both bring it, and whoever listens drops what comes twice.
 * While a successor is sought the state stays open. Main thread; the room owns it.
 */

#include "config.h"

#include "sc-chat-link.h"

#include "sc-chat-inbox.h"
#include "sc-chat-push.h"
#include "sc-websocket.h"

/* From the name's resolution to the answer of the handshake; a person waits. */
#define CONNECT_SECONDS 15

/* Well below the minute or more after which routers forget a silent connection. */
#define KEEPALIVE_SECONDS 30

struct _ScChatLink {
  GObject parent_instance;

  ScChatTokenFunc ask;
  gpointer user_data;
  GDestroyNotify free_user_data;
  ScChatTiming timing;

  ScChatState state;
  GError *error;        /* why there is no connection */
  ScChatToken *token;   /* of the current connection, or of the last; without its secret */
  ScWebsocket *current; /* what is sent goes here */
  ScWebsocket *old;     /* on its way out, and still listened to */
  ScWebsocket *next;    /* not open yet */
  ScChatToken *next_token;
  DexFuture *asking;
  ScChatInbox *inbox;
  gboolean stale; /* the current connection speaks for somebody who left */
  guint attempts; /* that failed since there was a good connection */
  gint64 opened_at;
  guint retry_source;
  guint renew_source;
  guint drain_source;
};

enum {
  SIGNAL_CHANGED,
  SIGNAL_PUSH,
  SIGNAL_LOST,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScChatLink, sc_chat_link, G_TYPE_OBJECT)

static void begin (ScChatLink *self);

static void
set_state (ScChatLink *self, ScChatState state, const GError *error)
{
  GError *kept = error ? g_error_copy (error) : NULL;
  g_clear_error (&self->error);
  self->error = kept;
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
drop_socket (ScWebsocket **socket)
{
  if (*socket)
    sc_websocket_close (*socket);
  g_clear_object (socket);
}

static void
drop_attempt (ScChatLink *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  dex_clear (&self->asking);
  drop_socket (&self->next);
  g_clear_pointer (&self->next_token, sc_chat_token_free);
}

static void
drop_all (ScChatLink *self)
{
  gboolean had_connection = self->current != NULL;
  drop_attempt (self);
  sc_chat_inbox_clear (self->inbox);
  g_clear_handle_id (&self->renew_source, g_source_remove);
  g_clear_handle_id (&self->drain_source, g_source_remove);
  drop_socket (&self->current);
  drop_socket (&self->old);
  self->stale = FALSE;
  if (had_connection)
    g_signal_emit (self, signals[SIGNAL_LOST], 0);
}

static void
on_retry_due (gpointer user_data)
{
  ScChatLink *self = user_data;
  self->retry_source = 0;
  begin (self);
}

static void
retry_after (ScChatLink *self, gint64 delay_ms)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  self->retry_source = g_timeout_add_once ((guint) MIN (delay_ms, G_MAXINT), on_retry_due, self);
}

static void
retry_later (ScChatLink *self)
{
  retry_after (self, sc_chat_timing_get_backoff (&self->timing, self->attempts++));
}

/* An attempt came to nothing. A connection that is there stays, unless it is not ours any more. */
static void
take_failure (ScChatLink *self, const GError *error)
{
  drop_attempt (self);
  if (g_error_matches (error, SC_CHAT_ERROR, SC_CHAT_ERROR_REFUSED)) {
    drop_all (self);
    set_state (self, SC_CHAT_REFUSED, error);
    return;
  }
  if (g_error_matches (error, SC_CHAT_ERROR, SC_CHAT_ERROR_BANNED)) {
    sc_chat_link_ban (self, error);
    return;
  }
  if (self->stale)
    drop_all (self);
  retry_later (self);
  if (!self->current)
    set_state (self, SC_CHAT_WAITING, error);
}

static void
on_renewal_due (gpointer user_data)
{
  ScChatLink *self = user_data;
  self->renew_source = 0;
  begin (self);
}

static void
plan_renewal (ScChatLink *self)
{
  g_clear_handle_id (&self->renew_source, g_source_remove);
  gint64 left_ms = (self->token->session_expires_at - g_get_real_time ()) / 1000;
  gint64 delay_ms = left_ms - MIN ((gint64) self->timing.renew_margin_ms, left_ms / 4);
  /* A clock that is wrong must not make us ask again and again: then the server's close counts. */
  if (left_ms > 0)
    self->renew_source =
      g_timeout_add_once ((guint) MIN (delay_ms, G_MAXINT), on_renewal_due, self);
}

static void
on_drained (gpointer user_data)
{
  ScChatLink *self = user_data;
  self->drain_source = 0;
  drop_socket (&self->old);
}

/* The old connection goes once what is under way on it has come. */
static void
retire (ScChatLink *self, ScWebsocket *socket)
{
  drop_socket (&self->old);
  g_clear_handle_id (&self->drain_source, g_source_remove);
  self->old = socket;
  if (self->stale)
    drop_socket (&self->old);
  else if (socket)
    self->drain_source = g_timeout_add_once (self->timing.drain_ms, on_drained, self);
}

static void
on_socket_opened (ScWebsocket *socket, ScChatLink *self)
{
  if (socket != self->next)
    return;
  retire (self, g_steal_pointer (&self->current));
  self->current = g_steal_pointer (&self->next);
  self->stale = FALSE;
  g_clear_pointer (&self->token, sc_chat_token_free);
  self->token = g_steal_pointer (&self->next_token);
  self->opened_at = g_get_monotonic_time ();
  plan_renewal (self);
  set_state (self, SC_CHAT_OPEN, NULL);
}

static void
on_inbox (GBytes *message, GObject *owner)
{
  g_signal_emit (owner, signals[SIGNAL_PUSH], 0, message);
}

static void
on_socket_message (ScWebsocket *socket, GBytes *message, ScChatLink *self)
{
  if (socket != self->current && socket != self->old)
    return;
  sc_chat_inbox_add (self->inbox, message);
}

static gboolean
is_trying (ScChatLink *self)
{
  return self->next || (self->asking && dex_future_is_pending (self->asking));
}

static void
lose_current (ScChatLink *self, const GError *error)
{
  sc_chat_inbox_deliver_all (self->inbox); /* it may say why */
  if (!self->current)
    return;
  if (g_get_monotonic_time () - self->opened_at >= (gint64) self->timing.stable_ms * 1000)
    self->attempts = 0;
  g_clear_object (&self->current);
  g_clear_handle_id (&self->renew_source, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_LOST], 0);
  if (is_trying (self)) {
    set_state (self, SC_CHAT_CONNECTING, error);
    return;
  }
  if (self->retry_source == 0)
    retry_later (self);
  set_state (self, SC_CHAT_WAITING, error);
}

static void
on_socket_closed (ScWebsocket *socket, guint code, const GError *error, ScChatLink *self)
{
  if (socket == self->next)
    take_failure (self, error);
  else if (socket == self->current)
    lose_current (self, error);
  else if (socket == self->old)
    g_clear_object (&self->old);
}

static void
connect_to_room (ScChatLink *self)
{
  const ScWebsocketOptions options = {
    .url = self->next_token->endpoint,
    .protocol = self->next_token->token,
    .max_message_bytes = SC_CHAT_PUSH_MAX_BYTES,
    .timeout_seconds = CONNECT_SECONDS,
    .keepalive_seconds = KEEPALIVE_SECONDS,
  };
  self->next = sc_websocket_new (&options);
  g_signal_connect_object (self->next, "opened", G_CALLBACK (on_socket_opened), self, 0);
  g_signal_connect_object (self->next, "message", G_CALLBACK (on_socket_message), self, 0);
  g_signal_connect_object (self->next, "closed", G_CALLBACK (on_socket_closed), self, 0);
}

static DexFuture *
on_token (DexFuture *future, gpointer user_data)
{
  ScChatLink *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  if (!value) {
    take_failure (self, error);
    return dex_future_new_true ();
  }
  self->next_token = g_value_dup_boxed (value);
  connect_to_room (self);
  return dex_future_new_true ();
}

static void
begin (ScChatLink *self)
{
  drop_attempt (self);
  if (!self->current)
    set_state (self, SC_CHAT_CONNECTING, self->error);
  self->asking = dex_future_finally (self->ask (self->user_data), on_token, self, NULL);
}

static void
sc_chat_link_dispose (GObject *object)
{
  ScChatLink *self = SC_CHAT_LINK (object);

  drop_all (self);
  if (self->free_user_data)
    self->free_user_data (g_steal_pointer (&self->user_data));
  self->free_user_data = NULL;
  g_clear_pointer (&self->token, sc_chat_token_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sc_chat_link_parent_class)->dispose (object);
}

static void
sc_chat_link_finalize (GObject *object)
{
  sc_chat_inbox_free (SC_CHAT_LINK (object)->inbox);

  G_OBJECT_CLASS (sc_chat_link_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, GType parameter)
{
  return g_signal_new (name,
                       SC_TYPE_CHAT_LINK,
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
sc_chat_link_class_init (ScChatLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_chat_link_dispose;
  G_OBJECT_CLASS (klass)->finalize = sc_chat_link_finalize;

  /**
   * ScChatLink::changed:
   *
   * State, error or token changed, or there is a new connection.
   */
  signals[SIGNAL_CHANGED] = new_signal ("changed", 0);

  /**
   * ScChatLink::push:
   * @message: JSON, foreign
   *
   * The room has sent something.
   */
  signals[SIGNAL_PUSH] = new_signal ("push", G_TYPE_BYTES);

  /**
   * ScChatLink::lost:
   *
   * The connection that requests went to has ended without a successor.
   */
  signals[SIGNAL_LOST] = new_signal ("lost", 0);
}

static void
sc_chat_link_init (ScChatLink *self)
{
  self->inbox = sc_chat_inbox_new (on_inbox, G_OBJECT (self));
}

/**
 * sc_chat_link_new:
 * @ask: gets a token
 * @user_data: for @ask
 * @free_user_data: (nullable): frees @user_data
 * @timing: how patient to be
 *
 * Returns: (transfer full): a link that is idle
 */
ScChatLink *
sc_chat_link_new (ScChatTokenFunc ask,
                  gpointer user_data,
                  GDestroyNotify free_user_data,
                  const ScChatTiming *timing)
{
  ScChatLink *self = g_object_new (SC_TYPE_CHAT_LINK, NULL);
  self->ask = ask;
  self->user_data = user_data;
  self->free_user_data = free_user_data;
  self->timing = *timing;
  return self;
}

/**
 * sc_chat_link_start:
 * @self: a link
 *
 * Goes into the room now, unless it is in there; does not wait longer where it waits.
 */
void
sc_chat_link_start (ScChatLink *self)
{
  if (self->state == SC_CHAT_OPEN || self->state == SC_CHAT_CONNECTING)
    return;
  self->attempts = 0;
  begin (self);
}

/**
 * sc_chat_link_leave:
 * @self: a link
 * @state: %SC_CHAT_IDLE, or %SC_CHAT_REMOVED where it was not our wish
 *
 * Leaves the room.
 */
void
sc_chat_link_leave (ScChatLink *self, ScChatState state)
{
  drop_all (self);
  set_state (self, state, NULL);
}

/**
 * sc_chat_link_ban:
 * @self: a link
 * @error: an %SC_CHAT_ERROR_BANNED
 *
 * Leaves the room, and comes back when the ban is over. Clocks differ: one that is over by ours and
 * not by the server's is asked about again and again, each time later.
 */
void
sc_chat_link_ban (ScChatLink *self, const GError *error)
{
  gint64 until = sc_chat_error_get_until (error);
  gint64 left_ms = MAX ((until - g_get_real_time ()) / 1000, 0) + 1;
  g_autoptr (GError) kept = g_error_copy (error);
  drop_all (self);
  if (until > 0)
    retry_after (self, left_ms + sc_chat_timing_get_backoff (&self->timing, self->attempts++));
  set_state (self, SC_CHAT_BANNED, kept);
}

/**
 * sc_chat_link_renew:
 * @self: a link
 *
 * Opens a connection with a fresh token in place of the one that is there, if one is: what one may
 * do has changed, or the session is over.
 */
void
sc_chat_link_renew (ScChatLink *self)
{
  if (self->state == SC_CHAT_OPEN && !is_trying (self))
    begin (self);
}

/**
 * sc_chat_link_change_person:
 * @self: a link
 *
 * Somebody else is at the screen now. The connection of who was there before brings what is said
 * until the new one is there, and sends nothing more.
 */
void
sc_chat_link_change_person (ScChatLink *self)
{
  if (self->state == SC_CHAT_IDLE)
    return;
  drop_socket (&self->old);
  g_clear_handle_id (&self->renew_source, g_source_remove);
  g_clear_pointer (&self->token, sc_chat_token_free);
  self->stale = self->current != NULL;
  self->attempts = 0;
  begin (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * sc_chat_link_send:
 * @self: a link
 * @request: JSON
 *
 * Returns: %FALSE if it certainly was not sent; after %TRUE it may still be lost
 */
gboolean
sc_chat_link_send (ScChatLink *self, const char *request)
{
  return self->current && !self->stale && sc_websocket_send (self->current, request);
}

/**
 * sc_chat_link_get_state:
 * @self: a link
 *
 * Returns: how it stands to the room
 */
ScChatState
sc_chat_link_get_state (ScChatLink *self)
{
  return self->state;
}

/**
 * sc_chat_link_get_error:
 * @self: a link
 *
 * Returns: (transfer none) (nullable): why it is not in the room; of any domain
 */
const GError *
sc_chat_link_get_error (ScChatLink *self)
{
  return self->error;
}

/**
 * sc_chat_link_get_token:
 * @self: a link
 *
 * Returns: (transfer none) (nullable): who we are in the room, or were when we last were in there;
 *   %NULL while that is not known
 */
const ScChatToken *
sc_chat_link_get_token (ScChatLink *self)
{
  return self->token;
}
