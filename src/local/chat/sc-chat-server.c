/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All rooms of the local cloud and who is in them: Amazon IVS Chat's Messaging API.
 *
 * Listens on a unix socket behind nginx, which ends TLS. Lives in the main thread; the local cloud
 * owns it. */

#include "config.h"

#include "sc-chat-server.h"

#include "sc-json.h"
#include "sc-room.h"

#include <libsoup/soup.h>

/* "Service Quotas", Amazon IVS Chat User Guide. */
#define REQUESTS_PER_SECOND 10
#define LINES_PER_SECOND 1000

/* A room full of people that come back at once, faster than they are taken in. GLib's default is
 * 10, and nginx answers 502 where a socket's queue is full. */
#define BACKLOG 512

/* How often everybody's time is looked at. */
#define CHECK_SECONDS 1

struct _ScChatServer {
  GObject parent_instance;

  ScCloud *cloud;
  ScChatHooks hooks;
  ScChatClock clock;
  gpointer clock_data;
  GSocketService *service;
  ScRoomTokens *tokens;
  ScRate *lines;
  GHashTable *rooms;  /* ARN to ScRoom; one that nobody entered yet is not there */
  GQueue strangers;   /* of ScWsConnection, oldest first */
  GHashTable *people; /* ScWsConnection to ScRoomPerson */
  guint check_id;
};

G_DEFINE_FINAL_TYPE (ScChatServer, sc_chat_server, G_TYPE_OBJECT)

static gint64
get_now (ScChatServer *self)
{
  return self->clock (self->clock_data);
}

/* Returns the room, or NULL where there is none. */
static ScRoom *
find_room (ScChatServer *self, const char *arn)
{
  ScRoom *room = g_hash_table_lookup (self->rooms, arn);
  if (room)
    return room;
  JsonObject *document = sc_cloud_find (self->cloud, SC_CLOUD_ROOM, arn);
  if (!document)
    return NULL;
  room = sc_room_new (document, &self->hooks);
  g_hash_table_insert (self->rooms, g_strdup (arn), room);
  return room;
}

static void
free_person (gpointer data)
{
  ScRoomPerson *person = data;
  sc_ws_connection_cut (person->connection);
  g_object_unref (person->connection);
  sc_room_session_free (person->session);
  sc_rate_free (person->rate);
  g_free (person->address);
  g_free (person);
}

/* --- requests --- */

static void
answer_error (ScRoomPerson *person, const GError *error, const char *request_id)
{
  g_autoptr (JsonObject) push = sc_room_error_to_json (error, request_id, NULL);
  g_autofree char *text = sc_json_to_string (push);
  g_autoptr (GBytes) frame = sc_ws_frame_new_text (text);
  sc_ws_connection_send (person->connection, frame);
}

/* Does what a request asks for that keeps the rules. */
static gboolean
act (ScChatServer *self, ScRoomPerson *person, const ScRoomRequest *request, GError **error)
{
  ScRoom *room = find_room (self, person->session->room_arn);
  g_autofree char *id = sc_room_id_new ();
  g_autoptr (JsonObject) event = NULL;
  if (request->action == SC_ROOM_CAPABILITY_SEND_MESSAGE) {
    if (sc_rate_take (self->lines, get_now (self)))
      return sc_room_say (room, person, request, get_now (self), error);
    g_set_error_literal (error, SC_ROOM_ERROR, SC_ROOM_ERROR_TOO_MANY, "Rate limit exceeded");
    return FALSE;
  }
  if (request->action == SC_ROOM_CAPABILITY_DELETE_MESSAGE) {
    event = sc_room_delete_to_json (id, request->id, request->reason);
    sc_room_send (room, event, person, request->request_id);
    return TRUE;
  }
  event = sc_room_disconnect_to_json (id, request->user_id, request->reason);
  sc_room_send (room, event, person, request->request_id);
  sc_room_disconnect (room, request->user_id);
  return TRUE;
}

/* Says whether a person may ask for this now. */
static gboolean
may_ask (ScChatServer *self, ScRoomPerson *person, const ScRoomRequest *request, GError **error)
{
  if ((person->session->capabilities & request->action) != 0)
    return TRUE;
  g_set_error_literal (error,
                       SC_ROOM_ERROR,
                       SC_ROOM_ERROR_FORBIDDEN,
                       "The token does not have the capability");
  return FALSE;
}

static gboolean
keeps_time_and_rate (ScChatServer *self, ScRoomPerson *person, GError **error)
{
  gint64 now = get_now (self);
  if (now >= person->session->expires_us) {
    g_set_error_literal (error,
                         SC_ROOM_ERROR,
                         SC_ROOM_ERROR_UNAUTHORIZED,
                         "The connection has expired");
    return FALSE;
  }
  if (sc_rate_take (person->rate, now))
    return TRUE;
  g_set_error_literal (error, SC_ROOM_ERROR, SC_ROOM_ERROR_TOO_MANY, "Request rate limit exceeded");
  return FALSE;
}

static void
on_message (ScWsConnection *connection, const char *text, gsize size, gpointer user_data)
{
  ScChatServer *self = user_data;
  ScRoomPerson *person = g_hash_table_lookup (self->people, connection);
  ScRoom *room = person ? find_room (self, person->session->room_arn) : NULL;
  if (!room)
    return; /* deleted: the connection is being closed */
  g_autoptr (GError) error = NULL;
  g_auto (ScRoomRequest) request = { 0 };
  gboolean understood =
    sc_room_request_read (text, size, sc_room_get_content_max (room), &request, &error);
  g_autoptr (GError) time_error = NULL;
  if (!keeps_time_and_rate (self, person, &time_error))
    answer_error (person, time_error, request.request_id);
  else if (!understood || !may_ask (self, person, &request, &error) ||
           !act (self, person, &request, &error))
    answer_error (person, error, request.request_id);
}

/* --- coming and going --- */

static guint
on_requested (ScWsConnection *connection, const ScWsRequest *request, gpointer user_data)
{
  ScChatServer *self = user_data;
  if (!request->protocol)
    return SOUP_STATUS_UNAUTHORIZED;
  g_autoptr (ScRoomSession) session =
    sc_room_tokens_redeem (self->tokens, request->protocol, get_now (self));
  if (!session)
    return SOUP_STATUS_UNAUTHORIZED;
  if (!find_room (self, session->room_arn))
    return SOUP_STATUS_NOT_FOUND;
  if (g_hash_table_size (self->people) >= SC_CHAT_CONNECTIONS_MAX)
    return SOUP_STATUS_SERVICE_UNAVAILABLE;
  ScRoomPerson *person = g_new0 (ScRoomPerson, 1);
  person->connection = g_object_ref (connection);
  person->session = g_steal_pointer (&session);
  person->address = g_strdup (request->address);
  person->rate = sc_rate_new (REQUESTS_PER_SECOND);
  g_hash_table_insert (self->people, connection, person);
  return SOUP_STATUS_SWITCHING_PROTOCOLS;
}

static void
forget_stranger (ScChatServer *self, ScWsConnection *connection)
{
  if (g_queue_remove (&self->strangers, connection))
    g_object_unref (connection);
}

static void
on_opened (ScWsConnection *connection, gpointer user_data)
{
  ScChatServer *self = user_data;
  ScRoomPerson *person = g_hash_table_lookup (self->people, connection);
  sc_room_enter (find_room (self, person->session->room_arn), person);
  forget_stranger (self, connection);
}

static void
on_closed (ScWsConnection *connection, gpointer user_data)
{
  ScChatServer *self = user_data;
  ScRoomPerson *person = g_hash_table_lookup (self->people, connection);
  ScRoom *room = person ? g_hash_table_lookup (self->rooms, person->session->room_arn) : NULL;
  if (room)
    sc_room_leave (room, person);
  g_hash_table_remove (self->people, connection);
  forget_stranger (self, connection);
}

static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *stream,
             GObject *source,
             gpointer user_data)
{
  static const ScWsDelegate delegate = { on_requested, on_opened, on_message, on_closed };
  ScChatServer *self = user_data;
  if (self->strangers.length >= SC_CHAT_STRANGERS_MAX) {
    g_autoptr (ScWsConnection) oldest = g_queue_pop_head (&self->strangers);
    sc_ws_connection_cut (oldest);
  }
  g_queue_push_tail (&self->strangers, sc_ws_connection_new (stream, &delegate, self));
  return TRUE;
}

static void
on_removed (ScCloud *cloud, guint kind, const char *arn, gpointer user_data)
{
  ScChatServer *self = user_data;
  g_autofree char *key = NULL;
  ScRoom *room = NULL;
  if (kind != SC_CLOUD_ROOM ||
      !g_hash_table_steal_extended (self->rooms, arn, (gpointer *) &key, (gpointer *) &room))
    return;
  sc_room_close (room);
  sc_room_unref (room);
}

/* --- time --- */

/* A session that is over is told so by an error, upon which Amazon's own clients come back with a
 * new token, and is closed where that does not help. */
static void
check_session (ScChatServer *self, ScRoomPerson *person)
{
  gint64 over = get_now (self) - person->session->expires_us;
  if (over < 0)
    return;
  g_autoptr (GError) error =
    g_error_new_literal (SC_ROOM_ERROR, SC_ROOM_ERROR_UNAUTHORIZED, "The connection has expired");
  if (!person->is_told)
    answer_error (person, error, "");
  person->is_told = TRUE;
  if (over >= SC_WS_CLOSE_SECONDS * G_USEC_PER_SEC)
    sc_ws_connection_close (person->connection, SC_WS_CODE_NORMAL, "The session is over");
}

static gboolean
on_check (gpointer user_data)
{
  ScChatServer *self = user_data;
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GPtrArray) people = g_hash_table_get_values_as_ptr_array (self->people);
  for (guint i = 0; i < people->len; i++) {
    ScRoomPerson *person = g_ptr_array_index (people, i);
    check_session (self, person);
    sc_ws_connection_check (person->connection, now);
  }
  for (GList *link = self->strangers.head; link;) {
    ScWsConnection *stranger = link->data;
    link = link->next;
    sc_ws_connection_check (stranger, now);
  }
  return G_SOURCE_CONTINUE;
}

/* --- the object --- */

static gint64
read_clock (gpointer data)
{
  return g_get_monotonic_time ();
}

static void
sc_chat_server_dispose (GObject *object)
{
  sc_chat_server_close (SC_CHAT_SERVER (object));
  G_OBJECT_CLASS (sc_chat_server_parent_class)->dispose (object);
}

static void
sc_chat_server_finalize (GObject *object)
{
  ScChatServer *self = SC_CHAT_SERVER (object);
  g_clear_object (&self->cloud);
  g_clear_object (&self->service);
  g_clear_pointer (&self->tokens, sc_room_tokens_free);
  g_clear_pointer (&self->lines, sc_rate_free);
  g_clear_pointer (&self->rooms, g_hash_table_unref);
  g_clear_pointer (&self->people, g_hash_table_unref);
  G_OBJECT_CLASS (sc_chat_server_parent_class)->finalize (object);
}

static void
sc_chat_server_class_init (ScChatServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = sc_chat_server_dispose;
  object_class->finalize = sc_chat_server_finalize;
}

static void
sc_chat_server_init (ScChatServer *self)
{
  self->clock = read_clock;
  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  self->tokens = sc_room_tokens_new ();
  self->lines = sc_rate_new (LINES_PER_SECOND);
  self->rooms =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sc_room_unref);
  self->people = g_hash_table_new_full (NULL, NULL, NULL, free_person);
  g_queue_init (&self->strangers);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
}

/**
 * sc_chat_server_new:
 * @cloud: the rooms as resources
 * @hooks: what other parts do; copied
 *
 * Returns: (transfer full): the rooms, which nobody can enter yet
 */
ScChatServer *
sc_chat_server_new (ScCloud *cloud, const ScChatHooks *hooks)
{
  ScChatServer *self = g_object_new (SC_TYPE_CHAT_SERVER, NULL);
  self->cloud = g_object_ref (cloud);
  self->hooks = *hooks;
  g_signal_connect_object (cloud, "removed", G_CALLBACK (on_removed), self, 0);
  return self;
}

/**
 * sc_chat_server_set_clock:
 * @self: the rooms
 * @clock: tells the time by which tokens and sessions end and rates are measured
 * @data: data for @clock
 *
 * Replaces the monotonic clock.
 */
void
sc_chat_server_set_clock (ScChatServer *self, ScChatClock clock, gpointer data)
{
  self->clock = clock;
  self->clock_data = data;
}

/**
 * sc_chat_server_listen:
 * @self: the rooms
 * @address: where
 * @error: an error of %G_IO_ERROR
 *
 * Returns: %FALSE when it cannot listen
 */
gboolean
sc_chat_server_listen (ScChatServer *self, GSocketAddress *address, GError **error)
{
  if (self->check_id == 0)
    self->check_id = g_timeout_add_seconds (CHECK_SECONDS, on_check, self);
  return g_socket_listener_add_address (G_SOCKET_LISTENER (self->service),
                                        address,
                                        G_SOCKET_TYPE_STREAM,
                                        G_SOCKET_PROTOCOL_DEFAULT,
                                        NULL,
                                        NULL,
                                        error);
}

/**
 * sc_chat_server_cut:
 * @self: the rooms
 *
 * Cuts the connection of everybody who is in, without a word, as a broken line would.
 */
void
sc_chat_server_cut (ScChatServer *self)
{
  g_autoptr (GList) connections = g_hash_table_get_keys (self->people);
  for (GList *at = connections; at; at = at->next)
    on_closed (at->data, self);
}

/**
 * sc_chat_server_close:
 * @self: the rooms
 *
 * Listens no more, and cuts everybody off.
 */
void
sc_chat_server_close (ScChatServer *self)
{
  ScWsConnection *stranger = NULL;
  GHashTableIter iter;
  gpointer room = NULL;
  g_clear_handle_id (&self->check_id, g_source_remove);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    sc_room_close (room);
  g_hash_table_remove_all (self->rooms);
  g_hash_table_remove_all (self->people);
  while ((stranger = g_queue_pop_head (&self->strangers))) {
    sc_ws_connection_cut (stranger);
    g_object_unref (stranger);
  }
}

/* --- for the control plane --- */

/**
 * sc_chat_server_issue_token:
 * @self: the rooms
 * @session: (transfer full): who may come in; its end is set
 * @minutes: how long they may stay, from now on
 *
 * Returns: (transfer full) (nullable): a token, or %NULL where too many are out
 */
char *
sc_chat_server_issue_token (ScChatServer *self, ScRoomSession *session, guint minutes)
{
  gint64 now = get_now (self);
  session->expires_us = now + (gint64) minutes * 60 * G_USEC_PER_SEC;
  return sc_room_tokens_issue (self->tokens, session, now);
}

/**
 * sc_chat_server_send_event:
 * @self: the rooms
 * @room_arn: a room
 * @push: an event, without its time
 *
 * Sends an event to everybody in a room, and logs it. Where there is no such room nothing happens.
 */
void
sc_chat_server_send_event (ScChatServer *self, const char *room_arn, JsonObject *push)
{
  ScRoom *room = find_room (self, room_arn);
  if (room)
    sc_room_send (room, push, NULL, "");
}

/**
 * sc_chat_server_disconnect:
 * @self: the rooms
 * @room_arn: a room
 * @user_id: a person
 *
 * Closes every connection that a person has to a room.
 */
void
sc_chat_server_disconnect (ScChatServer *self, const char *room_arn, const char *user_id)
{
  ScRoom *room = find_room (self, room_arn);
  if (room)
    sc_room_disconnect (room, user_id);
}
