/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What opens a channel's chat. The chat itself goes past us, straight to Amazon IVS Chat. */

#include "config.h"

#include "sc-handlers.h"
#include "sc-id.h"
#include "sc-ivschat.h"
#include "sc-time.h"

/* Amazon IVS Chat's own default; 180 is the most. Who stays longer comes back with a new token, and
 * is asked again who they are. */
#define SESSION_MINUTES 60

/* Random characters of a guest's id: nobody meets another's. */
#define GUEST_ID_LENGTH 22

static const char *const nothing[] = { NULL };
static const char *const speak[] = { "SEND_MESSAGE", NULL };
static const char *const moderate[] = { "SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER", NULL };

static JsonObject *
view_chat (ScCall *call, const ScIvsChatTokenWanted *wanted, const ScIvsChatToken *token)
{
  g_autofree char *expires_at = sc_time_to_string (token->session_expires_at);
  JsonArray *capabilities = json_array_new ();
  for (guint i = 0; wanted->capabilities[i]; i++)
    json_array_add_string_element (capabilities, wanted->capabilities[i]);
  JsonObject *chat = json_object_new ();
  json_object_set_string_member (chat, "endpoint", sc_service_get_chat_endpoint (call->service));
  json_object_set_string_member (chat, "token", token->token);
  json_object_set_string_member (chat, "session_expires_at", expires_at);
  json_object_set_string_member (chat, "user_id", wanted->user_id);
  if (wanted->name)
    json_object_set_string_member (chat, "name", wanted->name);
  else
    json_object_set_null_member (chat, "name");
  json_object_set_array_member (chat, "capabilities", capabilities);
  json_object_set_string_member (chat, "role", wanted->role ? wanted->role : "guest");
  json_object_set_boolean_member (chat, "follows", wanted->follows);
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "chat", chat);
  return body;
}

/**
 * sc_handle_create_chat_token:
 * @call: POST /v1/channels/NAME/chat
 * @error: an error of a layer below
 *
 * Makes a token for one connection to the channel's room. A guest reads, a user speaks, the owner
 * moderates. No connection to the database is held while AWS is asked.
 *
 * Returns: (transfer full) (nullable): 201 {chat}, 404, or 409 where there is no room yet
 */
ScResponse *
sc_handle_create_chat_token (ScCall *call, GError **error)
{
  if (!sc_call_find_room (call, error))
    return NULL;
  const ScRoomRow *room = call->room;
  if (!room)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  if (!room->arn)
    return sc_response_new_fault (SC_FAULT_CHANNEL_NOT_READY, NULL, NULL);

  g_autofree char *guest_id = call->user ? NULL : sc_id_new ("viewer-", GUEST_ID_LENGTH);
  const ScIvsChatTokenWanted wanted = {
    .room_arn = room->arn,
    .user_id = call->user ? room->asker_public_id : guest_id,
    .name = call->user ? call->user->name : NULL,
    .role = call->user ? sc_room_role_to_string (room->asker_role) : NULL,
    .follows = room->follows || room->asker_role >= SC_ROOM_MODERATOR,
    .capabilities = !call->user                            ? nothing
                    : room->asker_role == SC_ROOM_STREAMER ? moderate
                                                           : speak,
    .session_minutes = SESSION_MINUTES,
  };
  g_autoptr (ScIvsChatToken) token =
    sc_ivschat_create_token (sc_service_get_chat_aws (call->service), &wanted, error);
  return token ? sc_response_new_json (201, view_chat (call, &wanted, token)) : NULL;
}
