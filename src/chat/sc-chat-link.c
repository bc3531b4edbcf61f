/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The way into a room, kept open: a token, a connection, and both again when it ends.
 *
 *   idle ── start ──> connecting ── opened ──> open ── closed ──> waiting ── time ──> connecting
 *                         └── failed ──> waiting            removed, refused: until start again
 *                         └── banned ──> banned ── let in ──> connecting
 *
 * A token opens one connection, so each attempt asks for a new one. Amazon ends a session after its
 * time: its successor is opened before that, and only then is the old connection closed, so nothing
 * that is said in between is missed; both bring it, and whoever listens drops what comes twice.
 * While a successor is sought the state stays open. Main thread; the room owns it.
 */

#include "config.h"

#include "sc-chat-link.h"

#include "sc-chat-sockets.h"

struct _ScChatLink {
  GObject parent_instance;

  ScChatTokenFunc ask;
  gpointer user_data;
  GDestroyNotify free_user_data;
  ScChatTiming timing;

  ScChatState state;
  GError *error;      /* why there is no connection */
  ScChatToken *token; /* of the current connection, or of the last; without its secret */
  ScChatToken *next_token;
  ScChatSockets *sockets;
  DexFuture *asking;
  guint attempts; /* that failed since there was a good connection */
  gint64 opened_at;
  guint retry_source;
  guint renew_source;
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
static void knock (ScChatLink *self);

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
drop_attempt (ScChatLink *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  dex_clear (&self->asking);
  sc_chat_sockets_drop_next (self->sockets);
  g_clear_pointer (&self->next_token, sc_chat_token_free);
}

static void
drop_all (ScChatLink *self)
{
  drop_attempt (self);
  g_clear_handle_id (&self->renew_source, g_source_remove);
  if (sc_chat_sockets_drop_all (self->sockets))
    g_signal_emit (self, signals[SIGNAL_LOST], 0);
}

static void
on_retry_due (gpointer user_data)
{
  ScChatLink *self = user_data;
  self->retry_source = 0;
  if (self->state == SC_CHAT_BANNED)
    knock (self);
  else
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

/* To the end of the ban, but not too long: somebody may end it before. Clocks differ: one that is
 * over by ours and not by the server's is asked about again and again, each time later. */
static void
wait_for_end_of_ban (ScChatLink *self, gint64 until)
{
  gint64 left_ms = (until - g_get_real_time ()) / 1000;
  gint64 check_ms = g_random_int_range (0, (gint32) self->timing.ban_check_ms / 4 + 1) +
                    (gint64) self->timing.ban_check_ms * 3 / 4;
  if (until == 0 || left_ms > 0)
    self->attempts = 0;
  gint64 end_ms =
    MAX (left_ms, 0) + 1 + sc_chat_timing_get_backoff (&self->timing, self->attempts++);
  retry_after (self, until == 0 ? check_ms : MIN (check_ms, end_ms));
}

static void
be_banned (ScChatLink *self, const GError *error)
{
  g_autoptr (GError) kept = g_error_copy (error);
  drop_all (self);
  wait_for_end_of_ban (self, sc_chat_error_get_until (kept));
  set_state (self, SC_CHAT_BANNED, kept);
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
    be_banned (self, error);
    return;
  }
  if (self->state == SC_CHAT_BANNED) { /* there was no answer: it is as it was */
    wait_for_end_of_ban (self, sc_chat_error_get_until (self->error));
    return;
  }
  if (sc_chat_sockets_is_silenced (self->sockets))
    drop_all (self);
  retry_later (self);
  if (!sc_chat_sockets_has_current (self->sockets))
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
on_opened (ScChatLink *self)
{
  g_clear_pointer (&self->token, sc_chat_token_free);
  self->token = g_steal_pointer (&self->next_token);
  self->opened_at = g_get_monotonic_time ();
  plan_renewal (self);
  set_state (self, SC_CHAT_OPEN, NULL);
}

static void
on_push (ScChatLink *self, GBytes *message)
{
  g_signal_emit (self, signals[SIGNAL_PUSH], 0, message);
}

static gboolean
is_trying (ScChatLink *self)
{
  return sc_chat_sockets_has_next (self->sockets) ||
         (self->asking && dex_future_is_pending (self->asking));
}

static void
on_ended (ScChatLink *self, const GError *error)
{
  if (g_get_monotonic_time () - self->opened_at >= (gint64) self->timing.stable_ms * 1000)
    self->attempts = 0;
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
  if (self->state == SC_CHAT_BANNED)
    set_state (self, SC_CHAT_CONNECTING, NULL);
  sc_chat_sockets_connect (self->sockets, self->next_token);
  return dex_future_new_true ();
}

/* Asks for a token. */
static void
knock (ScChatLink *self)
{
  drop_attempt (self);
  self->asking = dex_future_finally (self->ask (self->user_data), on_token, self, NULL);
}

static void
begin (ScChatLink *self)
{
  drop_attempt (self);
  if (!sc_chat_sockets_has_current (self->sockets))
    set_state (self, SC_CHAT_CONNECTING, self->error);
  knock (self);
}

static void
sc_chat_link_dispose (GObject *object)
{
  ScChatLink *self = SC_CHAT_LINK (object);

  if (self->sockets) {
    g_signal_handlers_disconnect_by_data (self->sockets, self);
    drop_all (self);
  }
  g_clear_object (&self->sockets);
  if (self->free_user_data)
    self->free_user_data (g_steal_pointer (&self->user_data));
  self->free_user_data = NULL;
  g_clear_pointer (&self->token, sc_chat_token_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sc_chat_link_parent_class)->dispose (object);
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
  self->sockets = sc_chat_sockets_new (timing->drain_ms);
  g_signal_connect_swapped (self->sockets, "opened", G_CALLBACK (on_opened), self);
  g_signal_connect_swapped (self->sockets, "failed", G_CALLBACK (take_failure), self);
  g_signal_connect_swapped (self->sockets, "ended", G_CALLBACK (on_ended), self);
  g_signal_connect_swapped (self->sockets, "push", G_CALLBACK (on_push), self);
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
 * Leaves the room, and comes back when the ban is over, or somebody ends it. Until when it is, the
 * room may have said late: the next answer to who asks for a token says it exactly, so one is asked
 * for now, and every %ScChatTiming.ban_check_ms.
 */
void
sc_chat_link_ban (ScChatLink *self, const GError *error)
{
  be_banned (self, error);
  if (self->state == SC_CHAT_BANNED)
    knock (self);
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
  sc_chat_sockets_silence (self->sockets);
  g_clear_handle_id (&self->renew_source, g_source_remove);
  g_clear_pointer (&self->token, sc_chat_token_free);
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
  return sc_chat_sockets_send (self->sockets, request);
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
