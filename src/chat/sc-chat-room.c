/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A chat room as one person has it on screen: the lines, who one is there, and what one may do.
 *
 * It brings together the link (the connection), the outbox (what we say), the history (what was
 * said before) and the list (what is on show). Lines and drafts outlive connections. Main thread
 * only; a page owns it.
 */

#include "config.h"

#include "sc-chat-room-private.h"
#include "sc-chat-text.h"

/* What was on its way when a connection broke may have been overtaken. */
#define OVERLAP_US (2 * (gint64) G_USEC_PER_SEC)

typedef enum {
  PROP_LINES = 1,
  PROP_STATE,
  PROP_ERROR,
  PROP_CAPABILITIES,
  PROP_REASON,
  PROP_BANNED_UNTIL,
  PROP_MODES,
  PROP_ROLE,
  PROP_FOLLOWS,
  PROP_BAR,
  PROP_SLOW_UNTIL,
  PROP_MAX_LINES,
} ScChatRoomProperty;

static GParamSpec *properties[PROP_MAX_LINES + 1];

enum {
  SIGNAL_HELD_CHANGED,
  SIGNAL_CHANNEL_CHANGED,
  SIGNAL_NOTICE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScChatRoom, sc_chat_room, G_TYPE_OBJECT)

static void
notify (ScChatRoom *self, ScChatRoomProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/**
 * sc_chat_room_set_reason:
 * @self: a room
 * @reason: (nullable): why we were removed
 */
void
sc_chat_room_set_reason (ScChatRoom *self, const char *reason)
{
  if (g_set_str (&self->reason, reason))
    notify (self, PROP_REASON);
}

/**
 * sc_chat_room_give_up:
 * @self: a room
 * @code: why
 * @why: the same in words
 *
 * What is under way stays undone.
 */
void
sc_chat_room_give_up (ScChatRoom *self, ScChatError code, const char *why)
{
  g_autoptr (GError) problem = g_error_new_literal (SC_CHAT_ERROR, (int) code, why);
  sc_chat_outbox_give_up (self->outbox, problem);
}

/**
 * sc_chat_room_set_slow_until:
 * @self: a room
 * @until: when we may speak next, by g_get_monotonic_time()
 */
void
sc_chat_room_set_slow_until (ScChatRoom *self, gint64 until)
{
  if (self->slow_until == until)
    return;
  self->slow_until = until;
  sc_chat_outbox_hold_until (self->outbox, until);
  notify (self, PROP_SLOW_UNTIL);
}

/* In slow mode the answer to a line says when the next may come. */
static void
follow_slow_mode (ScChatRoom *self)
{
  gboolean slow = self->modes.slow_seconds > 0 && sc_chat_room_get_role (self) < SC_CHAT_MODERATOR;
  sc_chat_outbox_set_single (self->outbox, slow);
}

/**
 * sc_chat_room_set_modes:
 * @self: a room
 * @modes: how it is run from now on
 */
void
sc_chat_room_set_modes (ScChatRoom *self, const ScChatModes *modes)
{
  if (sc_chat_modes_equal (&self->modes, modes))
    return;
  self->modes = *modes;
  follow_slow_mode (self);
  if (modes->slow_seconds == 0)
    sc_chat_room_set_slow_until (self, 0);
  notify (self, PROP_MODES);
  notify (self, PROP_BAR);
}

/**
 * sc_chat_room_tell_held:
 * @self: a room
 * @count: how many lines wait for a moderator
 */
void
sc_chat_room_tell_held (ScChatRoom *self, guint count)
{
  g_signal_emit (self, signals[SIGNAL_HELD_CHANGED], 0, count);
}

/**
 * sc_chat_room_tell_channel:
 * @self: a room
 *
 * Says that the channel is another than it was.
 */
void
sc_chat_room_tell_channel (ScChatRoom *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANNEL_CHANGED], 0);
}

/**
 * sc_chat_room_tell_notice:
 * @self: a room
 * @notice: what happened
 * @user_id: (nullable): to whom
 */
void
sc_chat_room_tell_notice (ScChatRoom *self, ScChatNotice notice, const char *user_id)
{
  g_signal_emit (self, signals[SIGNAL_NOTICE], 0, (guint) notice, user_id);
}

/* Nobody's lines are sent in somebody else's name. */
static void
follow_person (ScChatRoom *self)
{
  const ScChatToken *token = sc_chat_link_get_token (self->link);
  if (!token)
    return;
  if (self->user_id && !g_str_equal (self->user_id, token->user_id))
    sc_chat_room_give_up (self, SC_CHAT_ERROR_UNAUTHORIZED, "Somebody else is in the room now");
  g_set_str (&self->user_id, token->user_id);
  if (self->session_expires_at != token->session_expires_at) {
    self->session_expires_at = token->session_expires_at;
    sc_chat_room_set_modes (self, &token->modes);
    follow_slow_mode (self); /* what we are may have changed */
  }
}

/* What was said while there was no connection, and before the first one, only the log has. */
static void
follow_opening (ScChatRoom *self)
{
  if (self->was_open)
    return;
  self->was_open = TRUE;
  if (sc_chat_sieve_unpurge (sc_chat_list_get_sieve (self->lines), SC_CHAT_ROOM_OUT))
    sc_chat_list_sift (self->lines);
  self->opened_at = g_get_monotonic_time ();
  sc_chat_history_catch_up (self->history,
                            self->newest > 0 ? self->newest - OVERLAP_US : SC_CHAT_HISTORY_NEVER);
}

static void
notify_all (ScChatRoom *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  notify (self, PROP_STATE);
  notify (self, PROP_ERROR);
  notify (self, PROP_CAPABILITIES);
  notify (self, PROP_REASON);
  notify (self, PROP_BANNED_UNTIL);
  notify (self, PROP_ROLE);
  notify (self, PROP_FOLLOWS);
  notify (self, PROP_BAR);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_link_changed (ScChatRoom *self)
{
  ScChatState state = sc_chat_link_get_state (self->link);
  follow_person (self);
  if (state == SC_CHAT_REFUSED)
    sc_chat_room_give_up (self, SC_CHAT_ERROR_REFUSED, "There is no way into the room");
  else if (state == SC_CHAT_BANNED)
    sc_chat_room_give_up (self, SC_CHAT_ERROR_FORBIDDEN, "Banned from the room");
  else if (state == SC_CHAT_OPEN)
    sc_chat_outbox_go_on (self->outbox);
  if (state == SC_CHAT_OPEN)
    follow_opening (self);
  else
    self->was_open = FALSE;
  notify_all (self);
}

static void
on_link_lost (ScChatRoom *self)
{
  sc_chat_outbox_connection_lost (self->outbox);
}

static void
on_line_settled (ScChatLine *line, gpointer user_data)
{
  ScChatRoom *self = user_data;
  sc_chat_list_settle (self->lines, line);
}

static gboolean
send_request (const char *request, gpointer user_data)
{
  ScChatRoom *self = user_data;
  return sc_chat_link_send (self->link, request);
}

static void
sc_chat_room_dispose (GObject *object)
{
  ScChatRoom *self = SC_CHAT_ROOM (object);

  if (self->link)
    g_signal_handlers_disconnect_by_data (self->link, self);
  g_clear_handle_id (&self->renew_source, g_source_remove);
  g_clear_object (&self->link);
  g_clear_pointer (&self->history, sc_chat_history_free);
  g_clear_pointer (&self->outbox, sc_chat_outbox_free);
  g_clear_pointer (&self->parts, sc_chat_parts_free);
  g_clear_pointer (&self->names, sc_chat_names_free);
  g_clear_pointer (&self->roles, g_hash_table_unref);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->reason, g_free);

  G_OBJECT_CLASS (sc_chat_room_parent_class)->dispose (object);
}

static void
sc_chat_room_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChatRoom *self = SC_CHAT_ROOM (object);

  switch ((ScChatRoomProperty) id) {
  case PROP_LINES:
    g_value_set_object (value, self->lines);
    break;
  case PROP_STATE:
    g_value_set_uint (value, sc_chat_room_get_state (self));
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, sc_chat_room_get_error (self));
    break;
  case PROP_CAPABILITIES:
    g_value_set_uint (value, sc_chat_room_get_capabilities (self));
    break;
  case PROP_REASON:
    g_value_set_string (value, sc_chat_room_get_reason (self));
    break;
  case PROP_BANNED_UNTIL:
    g_value_set_int64 (value, sc_chat_room_get_banned_until (self));
    break;
  case PROP_MODES:
    g_value_set_boxed (value, &self->modes);
    break;
  case PROP_ROLE:
    g_value_set_uint (value, sc_chat_room_get_role (self));
    break;
  case PROP_FOLLOWS:
    g_value_set_boolean (value, sc_chat_room_get_follows (self));
    break;
  case PROP_BAR:
    g_value_set_uint (value, sc_chat_room_get_bar (self));
    break;
  case PROP_SLOW_UNTIL:
    g_value_set_int64 (value, self->slow_until);
    break;
  case PROP_MAX_LINES:
    g_value_set_uint (value, sc_chat_list_get_max (self->lines));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_chat_room_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScChatRoom *self = SC_CHAT_ROOM (object);

  switch ((ScChatRoomProperty) id) {
  case PROP_MAX_LINES:
    sc_chat_list_set_max (self->lines, g_value_get_uint (value));
    g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_LINES:
  case PROP_STATE:
  case PROP_ERROR:
  case PROP_CAPABILITIES:
  case PROP_REASON:
  case PROP_BANNED_UNTIL:
  case PROP_MODES:
  case PROP_ROLE:
  case PROP_FOLLOWS:
  case PROP_BAR:
  case PROP_SLOW_UNTIL:
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
install_signals (void)
{
  /**
   * ScChatRoom::held-changed:
   * @count: how many lines wait for a moderator
   */
  signals[SIGNAL_HELD_CHANGED] = g_signal_new ("held-changed",
                                               SC_TYPE_CHAT_ROOM,
                                               G_SIGNAL_RUN_LAST,
                                               0,
                                               NULL,
                                               NULL,
                                               NULL,
                                               G_TYPE_NONE,
                                               1,
                                               G_TYPE_UINT);

  /**
   * ScChatRoom::channel-changed:
   *
   * The channel is live or offline now, or changed otherwise: whoever shows it should ask.
   */
  signals[SIGNAL_CHANNEL_CHANGED] = g_signal_new ("channel-changed",
                                                  SC_TYPE_CHAT_ROOM,
                                                  G_SIGNAL_RUN_LAST,
                                                  0,
                                                  NULL,
                                                  NULL,
                                                  NULL,
                                                  G_TYPE_NONE,
                                                  0);

  /**
   * ScChatRoom::notice:
   * @notice: a #ScChatNotice
   * @user_id: (nullable): whom it is about
   *
   * Something happened that moderators should see.
   */
  signals[SIGNAL_NOTICE] = g_signal_new ("notice",
                                         SC_TYPE_CHAT_ROOM,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         2,
                                         G_TYPE_UINT,
                                         G_TYPE_STRING);
}

static void
sc_chat_room_class_init (ScChatRoomClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags writable = flags | G_PARAM_WRITABLE;

  object_class->dispose = sc_chat_room_dispose;
  object_class->get_property = sc_chat_room_get_property;
  object_class->set_property = sc_chat_room_set_property;

  properties[PROP_LINES] = g_param_spec_object ("lines", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, SC_CHAT_BANNED, 0, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_CAPABILITIES] =
    g_param_spec_uint ("capabilities", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  properties[PROP_BANNED_UNTIL] =
    g_param_spec_int64 ("banned-until", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_MODES] = g_param_spec_boxed ("modes", NULL, NULL, SC_TYPE_CHAT_MODES, flags);
  properties[PROP_ROLE] = g_param_spec_uint ("role", NULL, NULL, 0, SC_CHAT_STREAMER, 0, flags);
  properties[PROP_FOLLOWS] = g_param_spec_boolean ("follows", NULL, NULL, FALSE, flags);
  properties[PROP_BAR] =
    g_param_spec_uint ("bar", NULL, NULL, 0, SC_CHAT_BAR_NOT_ALLOWED, SC_CHAT_BAR_UNKNOWN, flags);
  properties[PROP_SLOW_UNTIL] =
    g_param_spec_int64 ("slow-until", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_MAX_LINES] = g_param_spec_uint ("max-lines",
                                                  NULL,
                                                  NULL,
                                                  SC_CHAT_LIST_LEAST,
                                                  G_MAXUINT / 2,
                                                  SC_CHAT_LIST_MAX,
                                                  writable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  install_signals ();
}

static void
sc_chat_room_init (ScChatRoom *self)
{
  self->parts = sc_chat_parts_new ();
  self->names = sc_chat_names_new ();
  self->roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * sc_chat_room_new:
 * @ask: gets a token; asked for each connection
 * @user_data: for @ask
 * @free_user_data: (nullable): frees @user_data
 * @timing: how patient to be, usually &sc_chat_timing
 *
 * Returns: (transfer full): a room that one is not in yet
 */
ScChatRoom *
sc_chat_room_new (ScChatTokenFunc ask,
                  gpointer user_data,
                  GDestroyNotify free_user_data,
                  const ScChatTiming *timing)
{
  ScChatRoom *self = g_object_new (SC_TYPE_CHAT_ROOM, NULL);
  self->link = sc_chat_link_new (ask, user_data, free_user_data, timing);
  self->lines = sc_chat_list_new (timing->batch_ms);
  self->timing = *timing;
  self->outbox = sc_chat_outbox_new (timing, send_request, on_line_settled, self);
  self->history = sc_chat_history_new (timing,
                                       sc_chat_room_take_page,
                                       sc_chat_room_take_gap,
                                       sc_chat_room_take_check,
                                       self);
  g_signal_connect_swapped (self->link, "changed", G_CALLBACK (on_link_changed), self);
  g_signal_connect_swapped (self->link, "push", G_CALLBACK (sc_chat_room_take_push), self);
  g_signal_connect_swapped (self->link, "lost", G_CALLBACK (on_link_lost), self);
  return self;
}
