/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ivschat.h"

#include "sc-aws-answer.h"

/* The most that the API model allows on a page ("MaxRoomResults"). */
#define PAGE_SIZE 50

/**
 * sc_ivschat_create_room:
 * @aws: a client
 * @wanted: its name, tags, review_uri, review_fallback and logging_configuration_arns
 * @error: any %SC_AWS_ERROR
 *
 * Makes a room. Called twice, it makes two: see sc_aws_error_is_unclear().
 *
 * Returns: (transfer full) (nullable): the room
 */
ScIvsRoom *
sc_ivschat_create_room (ScAws *aws, const ScIvsRoom *wanted, GError **error)
{
  const ScAwsOperation operation = { SC_AWS_IVS_CHAT, "CreateRoom", FALSE };
  g_autoptr (JsonObject) input = sc_ivs_room_to_json (wanted, TRUE);
  g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, error);
  if (!output)
    return NULL;
  return sc_aws_read_root (output, (ScAwsReader) sc_ivs_room_from_json, error);
}

/**
 * sc_ivschat_list_rooms:
 * @aws: a client
 * @name: (nullable): only rooms of exactly this name
 * @token: (inout): %NULL for the first page; replaced by where this one ends, %NULL after the last
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScIvsRoom): a page of summaries
 */
GPtrArray *
sc_ivschat_list_rooms (ScAws *aws, const char *name, char **token, GError **error)
{
  static const ScAwsList list = { { SC_AWS_IVS_CHAT, "ListRooms", TRUE },
                                  "rooms",
                                  (ScAwsReader) sc_ivs_room_from_json,
                                  (GDestroyNotify) sc_ivs_room_free,
                                  PAGE_SIZE };
  g_autoptr (JsonObject) input = json_object_new ();
  if (name)
    json_object_set_string_member (input, "name", name);
  return sc_aws_call_list (aws, &list, input, token, error);
}

/**
 * sc_ivschat_update_room:
 * @aws: a client
 * @changed: its arn, and what it is to have: review_uri, review_fallback and
 *   logging_configuration_arns
 * @error: any %SC_AWS_ERROR
 *
 * Says who reviews and who logs what is said in a room.
 *
 * Returns: %TRUE if it was done
 */
gboolean
sc_ivschat_update_room (ScAws *aws, const ScIvsRoom *changed, GError **error)
{
  const ScAwsOperation operation = { SC_AWS_IVS_CHAT, "UpdateRoom", TRUE };
  JsonArray *logging = json_array_new ();
  for (guint i = 0; changed->logging_configuration_arns && changed->logging_configuration_arns[i];
       i++)
    json_array_add_string_element (logging, changed->logging_configuration_arns[i]);
  JsonObject *handler = json_object_new ();
  json_object_set_string_member (handler, "uri", changed->review_uri);
  json_object_set_string_member (handler, "fallbackResult", changed->review_fallback);
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, "identifier", changed->arn);
  json_object_set_object_member (input, "messageReviewHandler", handler);
  json_object_set_array_member (input, "loggingConfigurationIdentifiers", logging);
  g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, error);
  return output != NULL;
}

/**
 * sc_ivschat_delete_room:
 * @aws: a client
 * @arn: a room's ARN
 * @error: any %SC_AWS_ERROR
 *
 * Deletes a room.
 *
 * Returns: %TRUE if it was done
 */
gboolean
sc_ivschat_delete_room (ScAws *aws, const char *arn, GError **error)
{
  const ScAwsOperation operation = { SC_AWS_IVS_CHAT, "DeleteRoom", TRUE };
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, "identifier", arn);
  g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, error);
  return output != NULL;
}

static JsonObject *
make_attributes (const ScIvsChatTokenWanted *wanted)
{
  JsonObject *attributes = json_object_new ();
  if (wanted->name)
    json_object_set_string_member (attributes, "name", wanted->name);
  if (wanted->role) {
    json_object_set_string_member (attributes, "role", wanted->role);
    json_object_set_string_member (attributes, "follows", wanted->follows ? "1" : "0");
  }
  return attributes;
}

/**
 * sc_ivschat_create_token:
 * @aws: a client
 * @wanted: for whom
 * @error: any %SC_AWS_ERROR
 *
 * Makes a token for one connection. A token that nobody uses is void within a minute, so that a
 * second one does no harm.
 *
 * Returns: (transfer full) (nullable): the token
 */
ScIvsChatToken *
sc_ivschat_create_token (ScAws *aws, const ScIvsChatTokenWanted *wanted, GError **error)
{
  const ScAwsOperation operation = { SC_AWS_IVS_CHAT, "CreateChatToken", TRUE };
  g_autoptr (JsonObject) input = json_object_new ();
  JsonArray *capabilities = json_array_new ();
  for (guint i = 0; wanted->capabilities[i]; i++)
    json_array_add_string_element (capabilities, wanted->capabilities[i]);
  json_object_set_string_member (input, "roomIdentifier", wanted->room_arn);
  json_object_set_string_member (input, "userId", wanted->user_id);
  json_object_set_array_member (input, "capabilities", capabilities);
  json_object_set_int_member (input, "sessionDurationInMinutes", wanted->session_minutes);
  if (wanted->name || wanted->role)
    json_object_set_object_member (input, "attributes", make_attributes (wanted));
  g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, error);
  if (!output)
    return NULL;
  return sc_aws_read_root (output, (ScAwsReader) sc_ivs_chat_token_from_json, error);
}

static gboolean
call_room (ScAws *aws, const char *name, JsonObject *input, GError **error)
{
  const ScAwsOperation operation = { SC_AWS_IVS_CHAT, name, TRUE };
  g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, error);
  return output != NULL;
}

/**
 * sc_ivschat_send_event:
 * @aws: a client
 * @room_arn: a room's ARN
 * @name: the event's name, at most 100 characters
 * @attributes: (transfer none): strings, of at most 1 KB together
 * @error: any %SC_AWS_ERROR
 *
 * Sends an event to everybody in a room. Those who read it may see it twice.
 *
 * Returns: %TRUE if it was sent
 */
gboolean
sc_ivschat_send_event (ScAws *aws,
                       const char *room_arn,
                       const char *name,
                       JsonObject *attributes,
                       GError **error)
{
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, "roomIdentifier", room_arn);
  json_object_set_string_member (input, "eventName", name);
  json_object_set_object_member (input, "attributes", json_object_ref (attributes));
  return call_room (aws, "SendEvent", input, error);
}

/**
 * sc_ivschat_delete_message:
 * @aws: a client
 * @room_arn: a room's ARN
 * @message_id: the id of a line, 12 letters and digits
 * @reason: (nullable): why, which everybody in the room gets
 * @error: any %SC_AWS_ERROR
 *
 * Tells everybody in a room to hide a line.
 *
 * Returns: %TRUE if they were told
 */
gboolean
sc_ivschat_delete_message (ScAws *aws,
                           const char *room_arn,
                           const char *message_id,
                           const char *reason,
                           GError **error)
{
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, "roomIdentifier", room_arn);
  json_object_set_string_member (input, "id", message_id);
  if (reason)
    json_object_set_string_member (input, "reason", reason);
  return call_room (aws, "DeleteMessage", input, error);
}

/**
 * sc_ivschat_disconnect_user:
 * @aws: a client
 * @room_arn: a room's ARN
 * @user_id: who they are in the room
 * @reason: (nullable): why, which everybody in the room gets
 * @error: any %SC_AWS_ERROR
 *
 * Closes all connections that somebody has to a room. They may come back with another token.
 *
 * Returns: %TRUE if they are closed, or there was none
 */
gboolean
sc_ivschat_disconnect_user (ScAws *aws,
                            const char *room_arn,
                            const char *user_id,
                            const char *reason,
                            GError **error)
{
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, "roomIdentifier", room_arn);
  json_object_set_string_member (input, "userId", user_id);
  if (reason)
    json_object_set_string_member (input, "reason", reason);
  return call_room (aws, "DisconnectUser", input, error);
}
