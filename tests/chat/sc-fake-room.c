/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-fake-room.h"

#include "sc-json.h"
#include "sc-time.h"

typedef struct {
  ScFakeRoom *room;
  SoupWebsocketConnection *socket;
  ScChatToken *token;
} Guest;

struct _ScFakeRoom {
  SoupServer *server;
  char *url;
  GHashTable *tokens; /* not used yet, by their secret */
  GPtrArray *guests;
  guint n_tokens;
  guint n_opened;
  guint n_requests;
  guint n_messages;
  guint status;
  guint refusal_code;
  char *refusal;
  GPtrArray *texts; /* of all messages that it took, in order */
  gboolean silent;
};

static void
guest_free (Guest *guest)
{
  g_signal_handlers_disconnect_by_data (guest->socket, guest);
  g_object_unref (guest->socket);
  sc_chat_token_free (guest->token);
  g_free (guest);
}

static gboolean
is_open (const Guest *guest)
{
  return soup_websocket_connection_get_state (guest->socket) == SOUP_WEBSOCKET_STATE_OPEN;
}

static void
tell (Guest *guest, const char *json)
{
  if (is_open (guest))
    soup_websocket_connection_send_text (guest->socket, json);
}

static void
refuse (Guest *guest, const char *request_id, guint code, const char *why)
{
  g_autofree char *json =
    g_strdup_printf ("{\"Type\":\"ERROR\",\"ErrorCode\":%u,\"ErrorMessage\":\"%s\",\"Id\":\"e\","
                     "\"RequestId\":\"%s\"}",
                     code,
                     why,
                     request_id);
  tell (guest, json);
}

static char *
make_message (const char *id,
              const char *request_id,
              const char *text,
              const char *user_id,
              const char *name)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonObject *sender = json_object_new ();
  JsonObject *attributes = json_object_new ();
  json_object_set_string_member (attributes, "name", name);
  json_object_set_string_member (sender, "UserId", user_id);
  json_object_set_object_member (sender, "Attributes", attributes);
  json_object_set_string_member (object, "Type", "MESSAGE");
  json_object_set_string_member (object, "Id", id);
  json_object_set_string_member (object, "RequestId", request_id);
  json_object_set_string_member (object, "Content", text);
  g_autofree char *now = sc_time_to_string_exact (g_get_real_time ());
  json_object_set_string_member (object, "SendTime", now);
  json_object_set_object_member (object, "Sender", sender);
  return sc_json_to_string (object);
}

/* Whoever sent it learns which request it was; the others do not. */
static void
take_message (Guest *guest, JsonObject *request, const char *request_id)
{
  ScFakeRoom *self = guest->room;
  const char *text = json_object_get_string_member (request, "Content");
  g_autofree char *id = g_strdup_printf ("sent-%u", ++self->n_messages);
  g_ptr_array_add (self->texts, g_strdup (text));
  for (guint i = 0; i < self->guests->len; i++) {
    Guest *other = self->guests->pdata[i];
    g_autofree char *json = make_message (id,
                                          other == guest ? request_id : "",
                                          text,
                                          guest->token->user_id,
                                          guest->token->name);
    tell (other, json);
  }
}

static void
announce (ScFakeRoom *self, const char *event, const char *member, const char *value)
{
  g_autofree char *json =
    g_strdup_printf ("{\"Type\":\"EVENT\",\"Id\":\"v\",\"RequestId\":\"\",\"EventName\":\"%s\","
                     "\"Attributes\":{\"%s\":\"%s\",\"Reason\":\"because\"},"
                     "\"SendTime\":\"2026-01-05T14:33:32.894089757Z\"}",
                     event,
                     member,
                     value);
  sc_fake_room_broadcast (self, json);
}

static void
take_disconnect (ScFakeRoom *self, const char *user_id)
{
  announce (self, "aws:DISCONNECT_USER", "UserId", user_id);
  for (guint i = self->guests->len; i-- > 0;) {
    Guest *guest = self->guests->pdata[i];
    if (g_str_equal (guest->token->user_id, user_id) && is_open (guest))
      soup_websocket_connection_close (guest->socket, 1000, NULL);
  }
}

static void
take_request (Guest *guest, JsonObject *request)
{
  ScFakeRoom *self = guest->room;
  const char *action = json_object_get_string_member (request, "Action");
  const char *request_id = json_object_get_string_member (request, "RequestId");
  static const struct {
    const char *action;
    ScChatCapabilities needed;
  } actions[] = {
    { "SEND_MESSAGE", SC_CHAT_SEND },
    { "DELETE_MESSAGE", SC_CHAT_DELETE },
    { "DISCONNECT_USER", SC_CHAT_DISCONNECT },
  };
  guint i = 0;
  while (!g_str_equal (actions[i].action, action))
    i++;
  if (!(guest->token->capabilities & actions[i].needed))
    refuse (guest, request_id, 403, "Not allowed");
  else if (i == 0)
    take_message (guest, request, request_id);
  else if (i == 1)
    announce (self,
              "aws:DELETE_MESSAGE",
              "MessageID",
              json_object_get_string_member (request, "Id"));
  else
    take_disconnect (self, json_object_get_string_member (request, "UserId"));
}

static void
on_message (Guest *guest, int type, GBytes *bytes)
{
  ScFakeRoom *self = guest->room;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) request = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  self->n_requests++;
  if (self->silent)
    return;
  if (self->refusal_code == 0) {
    take_request (guest, request);
    return;
  }
  refuse (guest,
          json_object_get_string_member (request, "RequestId"),
          self->refusal_code,
          self->refusal);
  self->refusal_code = 0;
}

static void
on_closed (Guest *guest)
{
  g_ptr_array_remove (guest->room->guests, guest);
}

static const char *
get_secret (SoupServerMessage *message)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                       "Sec-WebSocket-Protocol");
}

static void
on_handshake (SoupServer *server,
              SoupServerMessage *message,
              const char *path,
              GHashTable *query,
              gpointer user_data)
{
  ScFakeRoom *self = user_data;
  const char *secret = get_secret (message);
  if (self->status)
    soup_server_message_set_status (message, self->status, NULL);
  else if (!secret || !g_hash_table_contains (self->tokens, secret))
    soup_server_message_set_status (message, 403, NULL);
  else /* as the service does; a browser goes away without it */
    soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                  "Sec-WebSocket-Protocol",
                                  secret);
}

static void
on_socket (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           SoupWebsocketConnection *socket,
           gpointer user_data)
{
  ScFakeRoom *self = user_data;
  Guest *guest = g_new0 (Guest, 1);
  const char *secret = get_secret (message);
  guest->room = self;
  guest->socket = g_object_ref (socket);
  guest->token = sc_chat_token_copy (g_hash_table_lookup (self->tokens, secret));
  g_hash_table_remove (self->tokens, secret);
  g_ptr_array_add (self->guests, guest);
  self->n_opened++;
  g_signal_connect_swapped (socket, "message", G_CALLBACK (on_message), guest);
  g_signal_connect_swapped (socket, "closed", G_CALLBACK (on_closed), guest);
}

/**
 * sc_fake_room_new:
 *
 * Returns: (transfer full): a room on a free port of the loopback
 */
ScFakeRoom *
sc_fake_room_new (void)
{
  ScFakeRoom *self = g_new0 (ScFakeRoom, 1);
  g_autoptr (GError) error = NULL;
  self->tokens =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sc_chat_token_free);
  self->guests = g_ptr_array_new_with_free_func ((GDestroyNotify) guest_free);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->server, NULL, on_handshake, self, NULL);
  soup_server_add_websocket_handler (self->server, NULL, NULL, NULL, on_socket, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  GSList *uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("ws://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

/**
 * sc_fake_room_free:
 * @self: (transfer full): the room
 */
void
sc_fake_room_free (ScFakeRoom *self)
{
  sc_fake_room_cut (self);
  g_ptr_array_unref (self->guests);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_hash_table_unref (self->tokens);
  g_free (self->url);
  g_free (self->refusal);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

/**
 * sc_fake_room_get_url:
 * @self: the room
 *
 * Returns: its endpoint
 */
const char *
sc_fake_room_get_url (ScFakeRoom *self)
{
  return self->url;
}

/**
 * sc_fake_room_make_token:
 * @self: the room
 * @user_id: for whom
 * @name: (nullable): what they are called
 * @capabilities: what they may do
 * @lifetime_ms: how long the session is said to last
 *
 * Returns: (transfer full): a token that opens one connection
 */
ScChatToken *
sc_fake_room_make_token (ScFakeRoom *self,
                         const char *user_id,
                         const char *name,
                         ScChatCapabilities capabilities,
                         gint64 lifetime_ms)
{
  ScChatToken *token = g_new0 (ScChatToken, 1);
  token->endpoint = g_strdup (self->url);
  token->token = g_strdup_printf ("secret-%u", self->n_tokens++);
  token->session_expires_at = g_get_real_time () + lifetime_ms * 1000;
  token->user_id = g_strdup (user_id);
  token->name = g_strdup (name);
  token->capabilities = capabilities;
  g_hash_table_insert (self->tokens, g_strdup (token->token), sc_chat_token_copy (token));
  return token;
}

/**
 * sc_fake_room_broadcast:
 * @self: the room
 * @json: what everybody gets
 */
void
sc_fake_room_broadcast (ScFakeRoom *self, const char *json)
{
  for (guint i = 0; i < self->guests->len; i++)
    tell (self->guests->pdata[i], json);
}

/**
 * sc_fake_room_announce:
 * @self: the room
 * @event: an event's name
 * @attributes: its attributes, JSON with ' for "
 *
 * Tells everybody of an event.
 */
void
sc_fake_room_announce (ScFakeRoom *self, const char *event, const char *attributes)
{
  g_autofree char *now = sc_time_to_string_exact (g_get_real_time ());
  g_autofree char *object = g_strdelimit (g_strdup (attributes), "'", '"');
  g_autofree char *json =
    g_strdup_printf ("{\"Type\":\"EVENT\",\"Id\":\"v\",\"RequestId\":\"\",\"EventName\":\"%s\","
                     "\"Attributes\":%s,\"SendTime\":\"%s\"}",
                     event,
                     object,
                     now);
  sc_fake_room_broadcast (self, json);
}

/**
 * sc_fake_room_say:
 * @self: the room
 * @user_id: who says it, and what they are called
 * @id: the message's id
 * @text: what they say
 */
void
sc_fake_room_say (ScFakeRoom *self, const char *user_id, const char *id, const char *text)
{
  g_autofree char *json = make_message (id, "", text, user_id, user_id);
  sc_fake_room_broadcast (self, json);
}

/**
 * sc_fake_room_cut:
 * @self: the room
 *
 * Tears every connection down without a word.
 */
void
sc_fake_room_cut (ScFakeRoom *self)
{
  for (guint i = self->guests->len; i-- > 0;) {
    Guest *guest = self->guests->pdata[i];
    GIOStream *stream = soup_websocket_connection_get_io_stream (guest->socket);
    g_signal_handlers_disconnect_by_data (guest->socket, guest);
    if (stream)
      g_io_stream_close (stream, NULL, NULL);
  }
  g_ptr_array_set_size (self->guests, 0);
}

/**
 * sc_fake_room_close:
 * @self: the room
 * @code: the code that everybody gets
 *
 * Ends every connection as a server does.
 */
void
sc_fake_room_close (ScFakeRoom *self, gushort code)
{
  for (guint i = 0; i < self->guests->len; i++) {
    Guest *guest = self->guests->pdata[i];
    if (is_open (guest))
      soup_websocket_connection_close (guest->socket, code, NULL);
  }
}

/**
 * sc_fake_room_set_status:
 * @self: the room
 * @status: what handshakes are answered with; 0 lets them pass
 */
void
sc_fake_room_set_status (ScFakeRoom *self, guint status)
{
  self->status = status;
}

/**
 * sc_fake_room_set_silent:
 * @self: the room
 * @silent: whether requests get no answer
 */
void
sc_fake_room_set_silent (ScFakeRoom *self, gboolean silent)
{
  self->silent = silent;
}

/**
 * sc_fake_room_refuse_next:
 * @self: the room
 * @code: the ErrorCode
 * @message: the ErrorMessage
 *
 * Refuses the next request.
 */
void
sc_fake_room_refuse_next (ScFakeRoom *self, guint code, const char *message)
{
  self->refusal_code = code;
  g_set_str (&self->refusal, message);
}

/**
 * sc_fake_room_count_open:
 * @self: the room
 *
 * Returns: how many connections there are
 */
guint
sc_fake_room_count_open (ScFakeRoom *self)
{
  return self->guests->len;
}

/**
 * sc_fake_room_count_opened:
 * @self: the room
 *
 * Returns: how many connections there have been
 */
guint
sc_fake_room_count_opened (ScFakeRoom *self)
{
  return self->n_opened;
}

/**
 * sc_fake_room_count_requests:
 * @self: the room
 *
 * Returns: how many requests have come
 */
guint
sc_fake_room_count_requests (ScFakeRoom *self)
{
  return self->n_requests;
}

/**
 * sc_fake_room_get_last_text:
 * @self: the room
 *
 * Returns: (nullable): the text of the last message that the room took
 */
const char *
sc_fake_room_get_last_text (ScFakeRoom *self)
{
  return self->texts->len > 0 ? self->texts->pdata[self->texts->len - 1] : NULL;
}

/**
 * sc_fake_room_get_texts:
 * @self: the room
 *
 * Returns: (transfer none) (element-type utf8): the texts of all messages that the room took, in
 * the order in which it did
 */
const GPtrArray *
sc_fake_room_get_texts (ScFakeRoom *self)
{
  return self->texts;
}
