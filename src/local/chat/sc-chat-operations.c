/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The control plane of Amazon IVS Chat, inside rooms: CreateChatToken, SendEvent, DeleteMessage and
 * DisconnectUser. Rules and defaults are those of botocore's model ivschat 2020-07-14. */

#include "config.h"

#include "sc-chat-operations.h"

#include "sc-chat-server.h"
#include "sc-json.h"
#include "sc-room-shapes.h"
#include "sc-time.h"

/* "Service Quotas", Amazon IVS Chat User Guide. */
#define TOKENS_PER_SECOND 200
#define EVENTS_PER_SECOND 100

/* CreateChatToken, default. */
#define SESSION_MINUTES 60

/* The model bounds neither how often a capability is named nor how many attributes there are: the
 * attributes' bytes are checked apart. */
#define CAPABILITIES_MAX 64
#define ATTRIBUTES_MAX SC_ROOM_ATTRIBUTES_MAX_BYTES

static const char *const capabilities[] = {
  "SEND_MESSAGE",
  "DISCONNECT_USER",
  "DELETE_MESSAGE",
  NULL,
};

#define ROOM_RULE                                                                                  \
  { .name = "roomIdentifier",                                                                      \
    .kind = SC_INPUT_STRING,                                                                       \
    .required = TRUE,                                                                              \
    .min = 1,                                                                                      \
    .max = 128,                                                                                    \
    .pattern = "arn:aws:ivschat:[a-z0-9-]+:[0-9]+:room/[a-zA-Z0-9-]+" }
#define USER_RULE                                                                                  \
  { .name = "userId", .kind = SC_INPUT_STRING, .required = TRUE, .min = 1, .max = 128 }
#define REASON_RULE { .name = "reason", .kind = SC_INPUT_STRING, .min = 1, .max = 256 }
#define ATTRIBUTES_RULE                                                                            \
  { .name = "attributes", .kind = SC_INPUT_MAP, .max = ATTRIBUTES_MAX, .members = attribute_rules }

static const ScInputRule attribute_rules[] = {
  { .name = "attributes", .kind = SC_INPUT_STRING, .max = SC_ROOM_ATTRIBUTES_MAX_BYTES },
  { .name = "attributes", .kind = SC_INPUT_STRING, .max = SC_ROOM_ATTRIBUTES_MAX_BYTES },
};

static const ScInputRule capability_rule[] = {
  { .name = "capabilities", .kind = SC_INPUT_STRING, .values = capabilities },
};

static const ScInputRule token_rules[] = {
  ROOM_RULE,
  USER_RULE,
  { .name = "capabilities",
    .kind = SC_INPUT_LIST,
    .max = CAPABILITIES_MAX,
    .members = capability_rule },
  { .name = "sessionDurationInMinutes", .kind = SC_INPUT_INTEGER, .min = 1, .max = 180 },
  ATTRIBUTES_RULE,
  {},
};

static const ScInputRule event_rules[] = {
  ROOM_RULE,
  { .name = "eventName", .kind = SC_INPUT_STRING, .required = TRUE, .min = 1, .max = 100 },
  ATTRIBUTES_RULE,
  {},
};

static const ScInputRule delete_rules[] = {
  ROOM_RULE,
  { .name = "id",
    .kind = SC_INPUT_STRING,
    .required = TRUE,
    .min = 12,
    .max = 12,
    .pattern = "[a-zA-Z0-9]+" },
  REASON_RULE,
  {},
};

static const ScInputRule disconnect_rules[] = { ROOM_RULE, USER_RULE, REASON_RULE, {} };

/* Returns the ARN of the room that the input names, or NULL with NOT_FOUND. */
static const char *
find_room (ScControlCall *call, GError **error)
{
  const char *arn = json_object_get_string_member (call->input, "roomIdentifier");
  if (sc_cloud_find (call->cloud, SC_CLOUD_ROOM, arn))
    return arn;
  g_set_str (&call->detail.resource, arn);
  g_set_error (error, SC_CONTROL_ERROR, SC_CONTROL_ERROR_NOT_FOUND, "Resource: %s not found", arn);
  return NULL;
}

/* Reads the attributes, whose bytes together are bounded. */
static gboolean
read_attributes (ScControlCall *call, JsonObject **ret_attributes, GError **error)
{
  JsonObject *attributes = sc_json_get_object_or_null (call->input, "attributes");
  g_autoptr (GError) local_error = NULL;
  if (attributes && !sc_room_attributes_check (attributes, &local_error)) {
    call->detail.member = "attributes";
    g_set_error_literal (error,
                         SC_CONTROL_ERROR,
                         SC_CONTROL_ERROR_VALIDATION,
                         local_error->message);
    return FALSE;
  }
  *ret_attributes = attributes;
  return TRUE;
}

static ScRoomCapability
read_capabilities (JsonObject *input)
{
  ScRoomCapability together = 0;
  JsonArray *names = sc_json_get_array (input, "capabilities", NULL);
  for (guint i = 0; names && i < json_array_get_length (names); i++) {
    ScRoomCapability capability = 0;
    sc_room_capability_from_string (json_array_get_string_element (names, i), &capability);
    together |= capability;
  }
  return together;
}

static void
set_time (JsonObject *object, const char *member, gint64 from_now_seconds)
{
  g_autofree char *time =
    sc_time_to_string (g_get_real_time () + from_now_seconds * G_USEC_PER_SEC);
  json_object_set_string_member (object, member, time);
}

static JsonObject *
create_chat_token (ScControlCall *call, gpointer data, GError **error)
{
  JsonObject *attributes = NULL;
  const char *arn = find_room (call, error);
  if (!arn || !read_attributes (call, &attributes, error))
    return NULL;
  gint64 minutes = SESSION_MINUTES;
  sc_json_get_int (call->input, "sessionDurationInMinutes", 1, 180, &minutes, NULL);
  ScRoomSession *session = g_new0 (ScRoomSession, 1);
  session->room_arn = g_strdup (arn);
  session->user_id = g_strdup (json_object_get_string_member (call->input, "userId"));
  session->capabilities = read_capabilities (call->input);
  session->attributes = attributes ? json_object_ref (attributes) : NULL;
  g_autofree char *token = sc_chat_server_issue_token (data, session, (guint) minutes);
  if (!token) {
    g_set_error_literal (error, SC_CONTROL_ERROR, SC_CONTROL_ERROR_THROTTLED, "Rate exceeded");
    return NULL;
  }
  JsonObject *answer = json_object_new ();
  json_object_set_string_member (answer, "token", token);
  set_time (answer, "tokenExpirationTime", SC_ROOM_TOKEN_SECONDS);
  set_time (answer, "sessionExpirationTime", minutes * 60);
  return answer;
}

static JsonObject *
answer_id (const char *id)
{
  JsonObject *answer = json_object_new ();
  json_object_set_string_member (answer, "id", id);
  return answer;
}

static JsonObject *
send_event (ScControlCall *call, gpointer data, GError **error)
{
  JsonObject *attributes = NULL;
  const char *arn = find_room (call, error);
  if (!arn || !read_attributes (call, &attributes, error))
    return NULL;
  const char *name = json_object_get_string_member (call->input, "eventName");
  g_autofree char *id = sc_room_id_new ();
  g_autoptr (JsonObject) event = sc_room_event_to_json (id, name, attributes);
  sc_chat_server_send_event (data, arn, event);
  return answer_id (id);
}

static JsonObject *
delete_message (ScControlCall *call, gpointer data, GError **error)
{
  const char *arn = find_room (call, error);
  if (!arn)
    return NULL;
  g_autofree char *id = sc_room_id_new ();
  g_autoptr (JsonObject) event =
    sc_room_delete_to_json (id,
                            json_object_get_string_member (call->input, "id"),
                            sc_json_get_string_or (call->input, "reason", NULL));
  sc_chat_server_send_event (data, arn, event);
  return answer_id (id);
}

static JsonObject *
disconnect_user (ScControlCall *call, gpointer data, GError **error)
{
  const char *arn = find_room (call, error);
  if (!arn)
    return NULL;
  const char *user_id = json_object_get_string_member (call->input, "userId");
  const char *reason = sc_json_get_string_or (call->input, "reason", NULL);
  g_autofree char *id = sc_room_id_new ();
  g_autoptr (JsonObject) event = sc_room_disconnect_to_json (id, user_id, reason);
  sc_chat_server_send_event (data, arn, event);
  sc_chat_server_disconnect (data, arn, user_id);
  return json_object_new ();
}

const ScControlOperation sc_chat_room_operations[] = {
  { "ivschat", "CreateChatToken", token_rules, create_chat_token, 0, TOKENS_PER_SECOND },
  { "ivschat", "SendEvent", event_rules, send_event, 0, EVENTS_PER_SECOND },
  { "ivschat", "DeleteMessage", delete_rules, delete_message, 0, EVENTS_PER_SECOND },
  { "ivschat", "DisconnectUser", disconnect_rules, disconnect_user, 0, EVENTS_PER_SECOND },
  {},
};
