/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A chat room as one person has it on screen: the lines, who one is there, and what one may do.
 *
 * It brings together the link (the connection), the outbox (what we say), the orders (what a
 * moderator tells the room to do) and the list (what is on show). Lines and drafts outlive
 * connections. Main thread only; a page owns it.
 */

#include "config.h"

#include "sc-chat-room.h"

#include "sc-chat-list.h"
#include "sc-chat-orders.h"
#include "sc-chat-outbox.h"
#include "sc-chat-text.h"

struct _ScChatRoom {
  GObject parent_instance;

  ScChatLink *link;
  ScChatList *lines;
  ScChatOutbox *outbox;
  ScChatOrders *orders;
  char *user_id; /* whose lines the outbox has */
  char *reason;
};

typedef enum {
  PROP_LINES = 1,
  PROP_STATE,
  PROP_ERROR,
  PROP_CAPABILITIES,
  PROP_REASON,
} ScChatRoomProperty;

static GParamSpec *properties[PROP_REASON + 1];

G_DEFINE_FINAL_TYPE (ScChatRoom, sc_chat_room, G_TYPE_OBJECT)

static void
notify (ScChatRoom *self, ScChatRoomProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_reason (ScChatRoom *self, const char *reason)
{
  if (g_set_str (&self->reason, reason))
    notify (self, PROP_REASON);
}

/* What is under way stays undone; @code and @why are for the lines that waited. */
static void
give_up (ScChatRoom *self, ScChatError code, const char *why)
{
  g_autoptr (GError) problem = g_error_new_literal (SC_CHAT_ERROR, (int) code, why);
  sc_chat_outbox_give_up (self->outbox, problem);
  sc_chat_orders_give_up (self->orders, problem);
}

/* Nobody's lines are sent in somebody else's name. */
static void
follow_person (ScChatRoom *self)
{
  const ScChatToken *token = sc_chat_link_get_token (self->link);
  if (!token || g_strcmp0 (self->user_id, token->user_id) == 0)
    return;
  if (self->user_id)
    give_up (self, SC_CHAT_ERROR_UNAUTHORIZED, "Somebody else is in the room now");
  g_set_str (&self->user_id, token->user_id);
}

static void
on_link_changed (ScChatRoom *self)
{
  ScChatState state = sc_chat_link_get_state (self->link);
  follow_person (self);
  if (state == SC_CHAT_REFUSED)
    give_up (self, SC_CHAT_ERROR_REFUSED, "There is no way into the room");
  else if (state == SC_CHAT_OPEN)
    sc_chat_outbox_go_on (self->outbox);

  g_object_freeze_notify (G_OBJECT (self));
  notify (self, PROP_STATE);
  notify (self, PROP_ERROR);
  notify (self, PROP_CAPABILITIES);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_link_lost (ScChatRoom *self)
{
  g_autoptr (GError) problem =
    g_error_new_literal (SC_CHAT_ERROR, SC_CHAT_ERROR_NOT_CONNECTED, "The connection broke");
  sc_chat_outbox_connection_lost (self->outbox);
  sc_chat_orders_give_up (self->orders, problem);
}

static void
take_message (ScChatRoom *self, const ScChatPush *message)
{
  if (sc_chat_list_find (self->lines, message->id))
    return;
  gboolean own = g_strcmp0 (self->user_id, message->user_id) == 0;
  g_autoptr (ScChatLine) echoed = own ? sc_chat_outbox_take_echo (self->outbox, message) : NULL;
  if (echoed) {
    sc_chat_list_confirm (self->lines, echoed, message);
    return;
  }
  if (!*message->text) /* nothing but control characters */
    return;
  g_autoptr (ScChatLine) line = sc_chat_line_new (message, own);
  sc_chat_list_add (self->lines, line);
}

static void
take_deletion (ScChatRoom *self, const ScChatPush *event)
{
  ScChatLine *line = sc_chat_list_find (self->lines, event->id);
  if (line)
    sc_chat_line_set_state (line, SC_CHAT_LINE_DELETED);
  sc_chat_orders_done (self->orders, event->request_id, event->id);
}

static void
take_disconnection (ScChatRoom *self, const ScChatPush *event)
{
  sc_chat_orders_done (self->orders, event->request_id, event->user_id);
  const ScChatToken *token = sc_chat_link_get_token (self->link);
  if (!token || g_strcmp0 (token->user_id, event->user_id) != 0)
    return;
  set_reason (self, event->text);
  give_up (self, SC_CHAT_ERROR_FORBIDDEN, "Removed from the room");
  sc_chat_link_leave (self->link, SC_CHAT_REMOVED);
}

static void
take_error (ScChatRoom *self, const ScChatPush *push)
{
  g_autoptr (GError) problem = g_error_new_literal (SC_CHAT_ERROR,
                                                    (int) sc_chat_error_from_code (push->code),
                                                    push->text ? push->text : "");
  if (!sc_chat_outbox_refuse (self->outbox, push->request_id, problem))
    sc_chat_orders_refuse (self->orders, push->request_id, problem);
}

/* What is not what Amazon IVS Chat sends means nothing to us, and is nobody's fault on screen. */
static void
on_link_push (ScChatRoom *self, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScChatPush) push = sc_chat_push_parse (bytes, &error);
  if (!push) {
    g_debug ("A message from the room is dropped: %s", error->message);
    return;
  }
  switch (push->kind) {
  case SC_CHAT_PUSH_MESSAGE:
    take_message (self, push);
    break;
  case SC_CHAT_PUSH_DELETED:
    take_deletion (self, push);
    break;
  case SC_CHAT_PUSH_DISCONNECTED:
    take_disconnection (self, push);
    break;
  case SC_CHAT_PUSH_ERROR:
    take_error (self, push);
    break;
  case SC_CHAT_PUSH_OTHER:
  default:
    break;
  }
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
  g_clear_object (&self->link);
  g_clear_pointer (&self->outbox, sc_chat_outbox_free);
  g_clear_pointer (&self->orders, sc_chat_orders_free);
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
    g_value_set_string (value, self->reason);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_chat_room_class_init (ScChatRoomClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sc_chat_room_dispose;
  object_class->get_property = sc_chat_room_get_property;

  properties[PROP_LINES] = g_param_spec_object ("lines", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, SC_CHAT_REFUSED, 0, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_CAPABILITIES] =
    g_param_spec_uint ("capabilities", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_chat_room_init (ScChatRoom *self)
{
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
  self->outbox = sc_chat_outbox_new (timing, send_request, self);
  self->orders = sc_chat_orders_new (timing->echo_ms, send_request, self);
  g_signal_connect_swapped (self->link, "changed", G_CALLBACK (on_link_changed), self);
  g_signal_connect_swapped (self->link, "push", G_CALLBACK (on_link_push), self);
  g_signal_connect_swapped (self->link, "lost", G_CALLBACK (on_link_lost), self);
  return self;
}

/**
 * sc_chat_room_start:
 * @self: a room
 *
 * Goes in, and comes back by itself from then on. Where it waits to come back, or was removed or
 * refused, it tries now.
 */
void
sc_chat_room_start (ScChatRoom *self)
{
  set_reason (self, NULL);
  sc_chat_link_start (self->link);
}

/**
 * sc_chat_room_stop:
 * @self: a room
 *
 * Leaves; the lines stay.
 */
void
sc_chat_room_stop (ScChatRoom *self)
{
  sc_chat_link_leave (self->link, SC_CHAT_IDLE);
}

/**
 * sc_chat_room_change_person:
 * @self: a room
 *
 * Somebody signed in or out: what was not sent yet will not be, and the room is entered anew.
 */
void
sc_chat_room_change_person (ScChatRoom *self)
{
  give_up (self, SC_CHAT_ERROR_UNAUTHORIZED, "Somebody else is in the room now");
  set_reason (self, NULL);
  sc_chat_link_change_person (self->link);
}

/**
 * sc_chat_room_get_lines:
 * @self: a room
 *
 * Returns: (transfer none): the #ScChatLine on show, oldest first
 */
GListModel *
sc_chat_room_get_lines (ScChatRoom *self)
{
  return G_LIST_MODEL (self->lines);
}

/**
 * sc_chat_room_get_state:
 * @self: a room
 *
 * Returns: how we stand to it
 */
ScChatState
sc_chat_room_get_state (ScChatRoom *self)
{
  return sc_chat_link_get_state (self->link);
}

/**
 * sc_chat_room_get_error:
 * @self: a room
 *
 * Returns: (transfer none) (nullable): why we are not in there; of any domain
 */
const GError *
sc_chat_room_get_error (ScChatRoom *self)
{
  return sc_chat_link_get_error (self->link);
}

/**
 * sc_chat_room_get_capabilities:
 * @self: a room
 *
 * Returns: what we may do there, as far as is known; it stays known while a connection comes back
 */
ScChatCapabilities
sc_chat_room_get_capabilities (ScChatRoom *self)
{
  const ScChatToken *token = sc_chat_link_get_token (self->link);
  ScChatState state = sc_chat_room_get_state (self);
  gboolean out = state == SC_CHAT_REMOVED || state == SC_CHAT_REFUSED;
  return token && !out ? token->capabilities : SC_CHAT_READ;
}

/**
 * sc_chat_room_get_reason:
 * @self: a room
 *
 * Returns: (transfer none) (nullable): why we were removed, in the words of whoever did it
 */
const char *
sc_chat_room_get_reason (ScChatRoom *self)
{
  return self->reason;
}

static gboolean
may_send (ScChatRoom *self, GError **error)
{
  if (sc_chat_room_get_capabilities (self) & SC_CHAT_SEND)
    return TRUE;
  g_set_error_literal (error, SC_CHAT_ERROR, SC_CHAT_ERROR_FORBIDDEN, "May not send messages");
  return FALSE;
}

/**
 * sc_chat_room_send:
 * @self: a room
 * @text: what a person typed
 * @error: an error of %SC_CHAT_ERROR: EMPTY, TOO_LONG, FULL or FORBIDDEN
 *
 * Says something. The line is on show at once, and sent as soon as there is a connection; what
 * becomes of it, the line tells.
 *
 * Returns: whether there is such a line now
 */
gboolean
sc_chat_room_send (ScChatRoom *self, const char *text, GError **error)
{
  g_autofree char *clean = sc_chat_text_clean (text);
  glong length = g_utf8_strlen (clean, -1);
  if (length == 0 || length > SC_CHAT_TEXT_MAX) {
    g_set_error_literal (error,
                         SC_CHAT_ERROR,
                         length == 0 ? SC_CHAT_ERROR_EMPTY : SC_CHAT_ERROR_TOO_LONG,
                         "A message has 1 to 500 characters");
    return FALSE;
  }
  if (!may_send (self, error))
    return FALSE;

  const ScChatToken *token = sc_chat_link_get_token (self->link);
  g_autoptr (ScChatLine) line = sc_chat_line_new_own (token->user_id, token->name, clean);
  if (!sc_chat_outbox_put (self->outbox, line)) {
    g_set_error_literal (error, SC_CHAT_ERROR, SC_CHAT_ERROR_FULL, "Too many messages wait");
    return FALSE;
  }
  sc_chat_list_add_now (self->lines, line);
  return TRUE;
}

/**
 * sc_chat_room_send_again:
 * @self: a room
 * @line: a line of ours that failed or was not confirmed
 * @error: an error of %SC_CHAT_ERROR: FULL or FORBIDDEN
 *
 * Sends a line once more, as if it had just been typed: it moves to the end.
 *
 * Returns: whether it is on its way
 */
gboolean
sc_chat_room_send_again (ScChatRoom *self, ScChatLine *line, GError **error)
{
  g_autoptr (ScChatLine) kept = g_object_ref (line); /* the list may let go of it */
  if (!sc_chat_room_send (self, sc_chat_line_get_text (kept), error))
    return FALSE;
  sc_chat_room_discard (self, kept);
  return TRUE;
}

/**
 * sc_chat_room_discard:
 * @self: a room
 * @line: a line of ours that failed or was not confirmed
 *
 * Takes a line off the screen; the room is told nothing.
 */
void
sc_chat_room_discard (ScChatRoom *self, ScChatLine *line)
{
  sc_chat_outbox_drop (self->outbox, line);
  sc_chat_list_remove (self->lines, line);
}

/**
 * sc_chat_room_delete_line:
 * @self: a room
 * @line: a line that the room has
 *
 * Deletes a message for everybody.
 *
 * Returns: (transfer full): a future that resolves to %TRUE when it is deleted, or rejects with
 *   %SC_CHAT_ERROR
 */
DexFuture *
sc_chat_room_delete_line (ScChatRoom *self, ScChatLine *line)
{
  return sc_chat_orders_delete (self->orders, sc_chat_line_get_id (line));
}

/**
 * sc_chat_room_remove_person:
 * @self: a room
 * @line: a line of the person
 *
 * Removes a person's connections from the room.
 *
 * Returns: (transfer full): a future that resolves to %TRUE when that is done, or rejects with
 *   %SC_CHAT_ERROR
 */
DexFuture *
sc_chat_room_remove_person (ScChatRoom *self, ScChatLine *line)
{
  return sc_chat_orders_disconnect (self->orders, sc_chat_line_get_user_id (line));
}
