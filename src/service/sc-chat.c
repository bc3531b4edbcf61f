/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What opens a channel's chat. The chat itself goes past us, straight to Amazon IVS Chat. */

#include "config.h"

#include "sc-handlers.h"
#include "sc-id.h"
#include "sc-ivschat.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-person-store.h"
#include "sc-room-rules.h"
#include "sc-time.h"

/* Amazon IVS Chat's own default; 180 is the most. Who stays longer comes back with a new token, and
 * is asked again who they are. */
#define SESSION_MINUTES 60

/* Random characters of a guest's id: nobody meets another's. */
#define GUEST_ID_LENGTH 22

static const char *const nothing[] = { NULL };
static const char *const speak[] = { "SEND_MESSAGE", NULL };

static ScResponse *
refuse_banned (const ScRoomRow *room)
{
  JsonObject *details = json_object_new ();
  sc_json_set_string (details, "reason", room->ban_reason);
  sc_json_set_time (details, "until", room->banned_until);
  return sc_response_new_fault_with (SC_FAULT_BANNED, details);
}

/* Before the review function knows the rules it lets nothing pass. */
static ScResponse *
ask_to_come_again (const GError *error)
{
  ScResponse *response = sc_response_new_fault (SC_FAULT_BUSY, NULL, NULL);
  response->cause = g_strdup (error->message);
  return response;
}

/* What nobody can get around, whatever client they use. Nobody moderates by a token: they come to
 * us, who know whether they still may, and write it down. */
static const char *const *
choose_capabilities (const ScRoomRow *room)
{
  if (room->asker_role >= SC_CHAT_MODERATOR)
    return speak;
  if (room->asker_role == SC_CHAT_GUEST || room->modes.read_only ||
      (room->modes.followers_only && !room->follows))
    return nothing;
  return speak;
}

static JsonObject *
view_chat (ScCall *call, const ScIvsChatTokenWanted *wanted, const ScIvsChatToken *token)
{
  g_autofree char *expires_at = sc_time_to_string (token->session_expires_at);
  JsonObject *chat = json_object_new ();
  json_object_set_string_member (chat, "endpoint", sc_service_get_chat_endpoint (call->service));
  json_object_set_string_member (chat, "token", token->token);
  json_object_set_string_member (chat, "session_expires_at", expires_at);
  json_object_set_string_member (chat, "user_id", wanted->user_id);
  if (wanted->name)
    json_object_set_string_member (chat, "name", wanted->name);
  else
    json_object_set_null_member (chat, "name");
  sc_json_set_texts (chat, "capabilities", wanted->capabilities);
  json_object_set_string_member (chat, "role", sc_chat_role_to_string (call->room->asker_role));
  json_object_set_object_member (chat, "modes", sc_chat_modes_to_json (&call->room->modes));
  json_object_set_boolean_member (chat, "follows", wanted->follows);
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "chat", chat);
  return body;
}

/* A ban or a suspension while Amazon IVS Chat was asked has found nobody to put out: it is looked
 * for again. */
static gboolean
let_in (ScCall *call, gboolean *ret_welcome, GError **error)
{
  *ret_welcome = TRUE;
  if (!call->user)
    return TRUE;
  {
    g_autoptr (ScStoreConnection) connection =
      sc_store_acquire (sc_service_get_store (call->service), error);
    if (!connection || !sc_person_store_note_visit (connection,
                                                    call->room->owner_id,
                                                    call->user->id,
                                                    sc_service_now (call->service),
                                                    ret_welcome,
                                                    error))
      return FALSE;
  }
  return sc_call_find_room (call, error);
}

/**
 * sc_handle_create_chat_token:
 * @call: POST /v1/channels/NAME/chat
 * @error: an error of a layer below
 *
 * Makes a token for one connection to the channel's room. A guest reads, a user speaks unless the
 * room's modes are against it, who is banned gets none. No connection to the database is held while
 * AWS is asked.
 *
 * Returns: (transfer full) (nullable): 201 {chat}, 403, 404, or 409 where there is no room yet
 */
ScResponse *
sc_handle_create_chat_token (ScCall *call, GError **error)
{
  if (!sc_call_find_room (call, error))
    return NULL;
  if (!call->room)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  if (call->room->is_banned)
    return refuse_banned (call->room);
  if (!call->room->arn)
    return sc_response_new_fault (SC_FAULT_CHANNEL_NOT_READY, NULL, NULL);
  g_autoptr (GError) local_error = NULL;
  if (!sc_room_rules_ensure (call->service, call->room, &local_error))
    return ask_to_come_again (local_error);

  g_autofree char *room_arn = g_strdup (call->room->arn);
  g_autofree char *user_id =
    call->user ? g_strdup (call->room->asker_public_id) : sc_id_new ("viewer-", GUEST_ID_LENGTH);
  const ScIvsChatTokenWanted wanted = {
    .room_arn = room_arn,
    .user_id = user_id,
    .name = call->user ? call->user->name : NULL,
    .role = call->user ? sc_chat_role_to_string (call->room->asker_role) : NULL,
    .follows = call->room->follows || call->room->asker_role >= SC_CHAT_MODERATOR,
    .capabilities = choose_capabilities (call->room),
    .session_minutes = SESSION_MINUTES,
  };
  g_autoptr (ScIvsChatToken) token =
    sc_ivschat_create_token (sc_service_get_chat_aws (call->service), &wanted, error);
  gboolean welcome = FALSE;
  if (!token || !let_in (call, &welcome, error))
    return NULL;
  if (!welcome)
    return sc_response_new_fault (SC_FAULT_UNAUTHORIZED, NULL, NULL);
  return call->room->is_banned ? refuse_banned (call->room)
                               : sc_response_new_json (201, view_chat (call, &wanted, token));
}
