/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-rooms.h"

#include "sc-chat-operations.h"
#include "sc-json.h"
#include "sct-files.h"

#include <gio/gunixsocketaddress.h>

/* What takes longer than this does not come, on a busy machine either. */
#define WAIT_SECONDS 30

#define CHAT "arn:aws:ivschat:us-west-2:123456789012:"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  JsonObject *object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  return object;
}

static gint64
read_clock (gpointer data)
{
  return ((SctRooms *) data)->now_us;
}

static void
free_review (gpointer data)
{
  SctReview *review = data;
  json_object_unref (review->event);
  g_free (review);
}

static void
on_review (const ScChatReview *asked, ScChatReviewed done, gpointer done_data, gpointer data)
{
  SctRooms *self = data;
  g_assert_cmpstr (asked->function_arn,
                   ==,
                   "arn:aws:lambda:us-west-2:123456789012:function:review");
  if (self->answers_now) {
    g_autoptr (GBytes) answer =
      self->review_answer ? g_bytes_new (self->review_answer, strlen (self->review_answer)) : NULL;
    done (answer, done_data);
    return;
  }
  SctReview *review = g_new0 (SctReview, 1);
  review->event = sc_json_parse (asked->event, SC_JSON_MAX_BYTES, NULL);
  review->timeout_ms = asked->timeout_ms;
  review->done = done;
  review->done_data = done_data;
  g_ptr_array_add (self->reviews, review);
}

static void
on_log (const char *logging_arn, const char *room_arn, JsonObject *record, gpointer data)
{
  SctRooms *self = data;
  g_assert_cmpstr (logging_arn, ==, CHAT "logging-configuration/log");
  g_assert_cmpstr (room_arn, ==, self->room_arn);
  g_ptr_array_add (self->records, json_object_ref (record));
}

/**
 * sct_rooms_new:
 * @room: members of a room, in JSON
 *
 * Returns: (transfer full): rooms that can be entered, with that one
 */
SctRooms *
sct_rooms_new (const char *room)
{
  g_autoptr (GError) error = NULL;
  SctRooms *self = g_new0 (SctRooms, 1);
  const ScChatHooks hooks = { on_review, on_log, self };
  self->now_us = 1000 * G_USEC_PER_SEC;
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->reviews = g_ptr_array_new_with_free_func (free_review);
  self->folder = g_dir_make_tmp ("sct-rooms-XXXXXX", &error);
  g_assert_no_error (error);
  self->socket = g_build_filename (self->folder, "chat.sock", NULL);
  g_autofree char *file = g_build_filename (self->folder, "cloud.json", NULL);
  self->cloud = sc_cloud_new (file, &error);
  g_assert_no_error (error);
  self->server = sc_chat_server_new (self->cloud, &hooks);
  sc_chat_server_set_clock (self->server, read_clock, self);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->socket);
  sc_chat_server_listen (self->server, address, &error);
  g_assert_no_error (error);
  self->session = soup_session_new_with_options ("remote-connectable", address, NULL);
  self->room_arn = sct_rooms_add (self, room);
  return self;
}

/**
 * sct_rooms_free:
 * @self: (transfer full): rooms
 */
void
sct_rooms_free (SctRooms *self)
{
  while (self->reviews->len > 0)
    sct_rooms_answer (self, 0, NULL);
  sc_chat_server_close (self->server);
  g_assert_finalize_object (self->server);
  g_object_unref (self->cloud);
  g_object_unref (self->session);
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->reviews);
  sct_remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->socket);
  g_free (self->room_arn);
  g_free (self);
}

/**
 * sct_rooms_add:
 * @self: rooms
 * @room: members of one more, in JSON
 *
 * Returns: (transfer full): its ARN
 */
char *
sct_rooms_add (SctRooms *self, const char *room)
{
  g_autoptr (GError) error = NULL;
  guint number = sc_cloud_count (self->cloud, SC_CLOUD_ROOM);
  g_autofree char *arn = g_strdup_printf (CHAT "room/abcdABCDef%02u", number);
  g_autofree char *text = g_strdup_printf ("{\"arn\":\"%s\"%s}", arn, room);
  g_autoptr (JsonObject) document = parse (text);
  sc_cloud_add (self->cloud, SC_CLOUD_ROOM, document, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&arn);
}

/**
 * sct_rooms_call:
 * @self: rooms
 * @operation: an operation of the control plane
 * @input: the members of its input but the room, in JSON
 * @error: what it answers else
 *
 * Returns: (transfer full) (nullable): its answer
 */
JsonObject *
sct_rooms_call (SctRooms *self, const char *operation, const char *input, GError **error)
{
  g_autofree char *text = g_strdup_printf ("{\"roomIdentifier\":\"%s\"%s}", self->room_arn, input);
  g_autoptr (JsonObject) object = parse (text);
  ScControlCall call = { .input = object, .cloud = self->cloud };
  const ScControlOperation *found = sc_chat_room_operations;
  while (!g_str_equal (found->name, operation))
    found++;
  JsonObject *answer = sc_input_check (found->input, object, NULL, error)
                         ? found->handle (&call, self->server, error)
                         : NULL;
  g_free (call.detail.resource);
  return answer;
}

/**
 * sct_rooms_make_token:
 * @self: rooms
 * @user_id: who
 * @capabilities: what they may do, as elements of a JSON array
 *
 * Returns: (transfer full): a token of CreateChatToken for a session of ten minutes
 */
char *
sct_rooms_make_token (SctRooms *self, const char *user_id, const char *capabilities)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *input =
    g_strdup_printf (",\"userId\":\"%s\",\"capabilities\":[%s],\"sessionDurationInMinutes\":10,"
                     "\"attributes\":{\"name\":\"%s\"}",
                     user_id,
                     capabilities,
                     user_id);
  g_autoptr (JsonObject) answer = sct_rooms_call (self, "CreateChatToken", input, &error);
  g_assert_no_error (error);
  return g_strdup (json_object_get_string_member (answer, "token"));
}

/**
 * sct_rooms_answer:
 * @self: rooms
 * @index: a review that waits
 * @answer: (nullable): what the handler answers, or %NULL where it fails
 */
void
sct_rooms_answer (SctRooms *self, guint index, const char *answer)
{
  g_assert_cmpuint (index, <, self->reviews->len);
  SctReview *review = g_ptr_array_steal_index (self->reviews, index);
  g_autoptr (GBytes) bytes = answer ? g_bytes_new (answer, strlen (answer)) : NULL;
  review->done (bytes, review->done_data);
  free_review (review);
}

static gboolean
on_late (gpointer data)
{
  g_error ("It does not come");
  return G_SOURCE_REMOVE;
}

/**
 * sct_wait_for:
 * @there: says whether it is there
 * @data: data for @there
 *
 * Runs the main loop until it is there; fails the test where it does not come.
 */
void
sct_wait_for (gboolean (*there) (gpointer data), gpointer data)
{
  guint late = g_timeout_add_seconds (WAIT_SECONDS, on_late, NULL);
  while (!there (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static void
on_message (SoupWebsocketConnection *socket, int type, GBytes *bytes, SctGuest *self)
{
  g_autoptr (GError) error = NULL;
  JsonObject *push = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  g_assert_cmpint (type, ==, SOUP_WEBSOCKET_DATA_TEXT);
  g_queue_push_tail (&self->pushes, push);
}

static void
on_closed (SoupWebsocketConnection *socket, SctGuest *self)
{
  self->is_closed = TRUE;
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SctGuest *self = user_data;
  g_autoptr (GError) error = NULL;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  self->socket = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  self->status = soup_message_get_status (message);
  if (!self->socket)
    return;
  g_signal_connect (self->socket, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->socket, "closed", G_CALLBACK (on_closed), self);
}

static gboolean
has_status (gpointer data)
{
  return ((SctGuest *) data)->status != 0;
}

static gboolean
has_push (gpointer data)
{
  return ((SctGuest *) data)->pushes.length > 0;
}

static gboolean
has_closed (gpointer data)
{
  return ((SctGuest *) data)->is_closed;
}

/**
 * sct_guest_new:
 * @rooms: rooms
 * @token: (nullable): a token
 *
 * Returns: (transfer full): somebody who knocked; the status says whether they are in
 */
SctGuest *
sct_guest_new (SctRooms *rooms, const char *token)
{
  const char *protocols[] = { token, NULL };
  g_autoptr (SoupMessage) message = soup_message_new ("GET", "ws://localhost/");
  SctGuest *self = g_new0 (SctGuest, 1);
  self->rooms = rooms;
  g_queue_init (&self->pushes);
  soup_session_websocket_connect_async (rooms->session,
                                        message,
                                        NULL,
                                        token ? (char **) protocols : NULL,
                                        G_PRIORITY_DEFAULT,
                                        NULL,
                                        on_connected,
                                        self);
  sct_wait_for (has_status, self);
  return self;
}

/**
 * sct_guest_enter:
 * @rooms: rooms
 * @user_id: who
 * @capabilities: what they may do, as elements of a JSON array
 *
 * Returns: (transfer full): somebody in the first room
 */
SctGuest *
sct_guest_enter (SctRooms *rooms, const char *user_id, const char *capabilities)
{
  g_autofree char *token = sct_rooms_make_token (rooms, user_id, capabilities);
  SctGuest *self = sct_guest_new (rooms, token);
  g_assert_cmpuint (self->status, ==, 101);
  g_assert_cmpstr (soup_websocket_connection_get_protocol (self->socket), ==, token);
  return self;
}

/**
 * sct_guest_free:
 * @self: (transfer full): somebody
 *
 * Closes their connection in order, and waits for it.
 */
void
sct_guest_free (SctGuest *self)
{
  if (self->socket && !self->is_closed) {
    if (soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN)
      soup_websocket_connection_close (self->socket, 1000, NULL);
    sct_wait_for (has_closed, self);
  }
  g_queue_clear_full (&self->pushes, (GDestroyNotify) json_object_unref);
  g_clear_object (&self->socket);
  g_free (self);
}

/**
 * sct_guest_ask:
 * @self: somebody in a room
 * @request: a message of the Messaging API, in JSON
 */
void
sct_guest_ask (SctGuest *self, const char *request)
{
  soup_websocket_connection_send_text (self->socket, request);
}

/**
 * sct_guest_wait:
 * @self: somebody in a room
 *
 * Returns: (transfer full): the next thing that they hear
 */
JsonObject *
sct_guest_wait (SctGuest *self)
{
  sct_wait_for (has_push, self);
  return g_queue_pop_head (&self->pushes);
}

/**
 * sct_guest_wait_closed:
 * @self: somebody in a room
 *
 * Waits until their connection is closed, with nothing that they did not look at.
 *
 * Returns: the code of the close
 */
guint
sct_guest_wait_closed (SctGuest *self)
{
  sct_wait_for (has_closed, self);
  g_assert_cmpuint (self->pushes.length, ==, 0);
  return soup_websocket_connection_get_close_code (self->socket);
}

/**
 * sct_guest_assert_error:
 * @self: somebody in a room
 * @code: the code of the error that they hear next
 * @request_id: the request that it is about
 */
void
sct_guest_assert_error (SctGuest *self, int code, const char *request_id)
{
  g_autoptr (JsonObject) push = sct_guest_wait (self);
  g_assert_cmpstr (json_object_get_string_member (push, "Type"), ==, "ERROR");
  g_assert_cmpint (json_object_get_int_member (push, "ErrorCode"), ==, code);
  g_assert_cmpstr (json_object_get_string_member (push, "RequestId"), ==, request_id);
  g_assert_cmpuint (strlen (json_object_get_string_member (push, "Id")), ==, 12);
  g_assert_cmpstr (json_object_get_string_member (push, "ErrorMessage"), !=, "");
}

/**
 * sct_guest_assert_line:
 * @self: somebody in a room
 * @content: the line that they hear next
 * @request_id: the request that it answers, or ""
 */
void
sct_guest_assert_line (SctGuest *self, const char *content, const char *request_id)
{
  g_autoptr (JsonObject) push = sct_guest_wait (self);
  g_assert_cmpstr (json_object_get_string_member (push, "Type"), ==, "MESSAGE");
  g_assert_cmpstr (json_object_get_string_member (push, "Content"), ==, content);
  g_assert_cmpstr (json_object_get_string_member (push, "RequestId"), ==, request_id);
}
