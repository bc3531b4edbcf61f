/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The control plane of Amazon IVS Chat: rooms. Rules and defaults are those of botocore's model
 * ivschat 2020-07-14. */

#include "config.h"

#include "sc-json.h"
#include "sc-operation.h"
#include "sc-time.h"

/* "Service Quotas", Amazon IVS Chat User Guide: rooms per region. */
#define ROOMS_MAX 50000

#define ROOMS_PAGE 50

/* Defaults of CreateRoom. */
#define MESSAGE_RATE 10
#define MESSAGE_LENGTH 500

#define LOGGING_PATTERN "arn:aws:ivschat:[a-z0-9-]+:[0-9]+:logging-configuration/[a-zA-Z0-9-]+"
#define LAMBDA_PATTERN "|arn:aws:lambda:[a-z0-9-]+:[0-9]{12}:function:.+"
#define ROOM_PATTERN "arn:aws:ivschat:[a-z0-9-]+:[0-9]+:room/[a-zA-Z0-9-]+"

static const char *const fallback_results[] = { "ALLOW", "DENY", NULL };

static const ScInputRule review_handler_rules[] = {
  { .name = "uri", .kind = SC_INPUT_STRING, .max = 170, .pattern = LAMBDA_PATTERN },
  { .name = "fallbackResult", .kind = SC_INPUT_STRING, .values = fallback_results },
  {},
};

static const ScInputRule logging_rule[] = {
  { .name = "loggingConfigurationIdentifiers",
    .kind = SC_INPUT_STRING,
    .min = 1,
    .max = 128,
    .pattern = LOGGING_PATTERN },
};

static const ScInputRule create_room_rules[] = {
  { .name = "name", .kind = SC_INPUT_STRING, .max = 128, .pattern = SC_INPUT_NAME_PATTERN },
  { .name = "maximumMessageRatePerSecond", .kind = SC_INPUT_INTEGER, .min = 1, .max = 100 },
  { .name = "maximumMessageLength", .kind = SC_INPUT_INTEGER, .min = 1, .max = 500 },
  { .name = "messageReviewHandler", .kind = SC_INPUT_OBJECT, .members = review_handler_rules },
  { .name = "loggingConfigurationIdentifiers",
    .kind = SC_INPUT_LIST,
    .max = 3,
    .members = logging_rule },
  { .name = "tags", .kind = SC_INPUT_MAP, .max = 50, .members = sc_input_tag },
  {},
};

static const ScInputRule list_rooms_rules[] = {
  { .name = "name", .kind = SC_INPUT_STRING, .max = 128, .pattern = SC_INPUT_NAME_PATTERN },
  { .name = "messageReviewHandlerUri",
    .kind = SC_INPUT_STRING,
    .max = 170,
    .pattern = LAMBDA_PATTERN },
  { .name = "loggingConfigurationIdentifier",
    .kind = SC_INPUT_STRING,
    .min = 1,
    .max = 128,
    .pattern = LOGGING_PATTERN },
  { .name = "maxResults", .kind = SC_INPUT_INTEGER, .min = 1, .max = 50 },
  { .name = "nextToken", .kind = SC_INPUT_STRING, .max = 1024 },
  {},
};

static const ScInputRule update_room_rules[] = {
  { .name = "identifier",
    .kind = SC_INPUT_STRING,
    .required = TRUE,
    .min = 1,
    .max = 128,
    .pattern = ROOM_PATTERN },
  { .name = "name", .kind = SC_INPUT_STRING, .max = 128, .pattern = SC_INPUT_NAME_PATTERN },
  { .name = "maximumMessageRatePerSecond", .kind = SC_INPUT_INTEGER, .min = 1, .max = 100 },
  { .name = "maximumMessageLength", .kind = SC_INPUT_INTEGER, .min = 1, .max = 500 },
  { .name = "messageReviewHandler", .kind = SC_INPUT_OBJECT, .members = review_handler_rules },
  { .name = "loggingConfigurationIdentifiers",
    .kind = SC_INPUT_LIST,
    .max = 3,
    .members = logging_rule },
  {},
};

static const ScInputRule room_rules[] = {
  { .name = "identifier",
    .kind = SC_INPUT_STRING,
    .required = TRUE,
    .min = 1,
    .max = 128,
    .pattern = ROOM_PATTERN },
  {},
};

static const char *const room_summary[] = {
  "arn",        "id",         "name", "messageReviewHandler",
  "createTime", "updateTime", "tags", "loggingConfigurationIdentifiers",
  NULL,
};

static gboolean
fail_not_found (ScControlCall *call, const char *arn, GError **error)
{
  g_set_str (&call->detail.resource, arn);
  g_set_error (error, SC_CONTROL_ERROR, SC_CONTROL_ERROR_NOT_FOUND, "Resource: %s not found", arn);
  return FALSE;
}

static gboolean
is_there (ScControlCall *call, const char *type, const char *arn)
{
  const ScControlHooks *hooks = call->hooks;
  return hooks->has_resource && hooks->has_resource (type, arn, hooks->data);
}

/* Says whether the function and the logging configurations that the input names are there. */
static gboolean
check_references (ScControlCall *call, GError **error)
{
  JsonObject *handler = sc_json_get_object_or_null (call->input, "messageReviewHandler");
  const char *uri = handler ? sc_json_get_string_or (handler, "uri", "") : "";
  if (*uri && !is_there (call, "AWS::Lambda::Function", uri))
    return fail_not_found (call, uri, error);

  JsonArray *logging = sc_json_get_array (call->input, "loggingConfigurationIdentifiers", NULL);
  for (guint i = 0; logging && i < json_array_get_length (logging); i++) {
    const char *arn = json_array_get_string_element (logging, i);
    if (!is_there (call, "AWS::IVSChat::LoggingConfiguration", arn))
      return fail_not_found (call, arn, error);
  }
  return TRUE;
}

static JsonObject *
make_room (ScControlCall *call)
{
  JsonObject *input = call->input;
  gint64 rate = MESSAGE_RATE;
  gint64 length = MESSAGE_LENGTH;
  sc_json_get_int (input, "maximumMessageRatePerSecond", 1, G_MAXINT, &rate, NULL);
  sc_json_get_int (input, "maximumMessageLength", 1, G_MAXINT, &length, NULL);
  g_autofree char *arn = sc_control_call_make_arn (call, "ivschat", "room");
  g_autofree char *now = sc_time_to_string (g_get_real_time ());
  JsonObject *room = json_object_new ();
  json_object_set_string_member (room, "arn", arn);
  json_object_set_string_member (room, "id", sc_arn_get_id (arn));
  json_object_set_string_member (room, "name", sc_json_get_string_or (input, "name", ""));
  json_object_set_string_member (room, "createTime", now);
  json_object_set_string_member (room, "updateTime", now);
  json_object_set_int_member (room, "maximumMessageRatePerSecond", rate);
  json_object_set_int_member (room, "maximumMessageLength", length);
  json_object_set_object_member (room, "tags", json_object_new ());
  json_object_set_array_member (room, "loggingConfigurationIdentifiers", json_array_new ());
  sc_control_copy (input, "messageReviewHandler", room);
  sc_control_copy (input, "loggingConfigurationIdentifiers", room);
  sc_control_copy (input, "tags", room);
  return room;
}

static JsonObject *
create_room (ScControlCall *call, gpointer data, GError **error)
{
  if (!check_references (call, error))
    return NULL;
  if (sc_cloud_count (call->cloud, SC_CLOUD_ROOM) >= ROOMS_MAX) {
    call->detail.limit = ROOMS_MAX;
    g_set_error (error,
                 SC_CONTROL_ERROR,
                 SC_CONTROL_ERROR_QUOTA,
                 "The account has its %u rooms",
                 ROOMS_MAX);
    return NULL;
  }
  g_autoptr (JsonObject) room = make_room (call);
  return sc_cloud_add (call->cloud, SC_CLOUD_ROOM, room, error) ? g_steal_pointer (&room) : NULL;
}

static gboolean
has_logging (JsonObject *room, const char *arn)
{
  JsonArray *logging = sc_json_get_array (room, "loggingConfigurationIdentifiers", NULL);
  for (guint i = 0; logging && i < json_array_get_length (logging); i++) {
    if (g_str_equal (json_array_get_string_element (logging, i), arn))
      return TRUE;
  }
  return FALSE;
}

/* Says whether a room is asked for by the input of ListRooms, whose filters all count. */
static gboolean
is_asked_for (JsonObject *room, gconstpointer data)
{
  JsonObject *input = (JsonObject *) data;
  const char *name = sc_json_get_string_or (input, "name", "");
  const char *uri = sc_json_get_string_or (input, "messageReviewHandlerUri", "");
  const char *logging = sc_json_get_string_or (input, "loggingConfigurationIdentifier", "");
  JsonObject *handler = sc_json_get_object_or_null (room, "messageReviewHandler");
  const char *room_uri = handler ? sc_json_get_string_or (handler, "uri", "") : "";
  return (!*name || g_str_equal (sc_json_get_string_or (room, "name", ""), name)) &&
         (!*uri || g_str_equal (room_uri, uri)) && (!*logging || has_logging (room, logging));
}

static JsonObject *
list_rooms (ScControlCall *call, gpointer data, GError **error)
{
  guint limit = 0;
  guint64 after = 0;
  if (!sc_control_call_read_page (call, ROOMS_PAGE, &limit, &after, error))
    return NULL;
  g_autoptr (GPtrArray) page =
    sc_cloud_list (call->cloud, SC_CLOUD_ROOM, is_asked_for, call->input, limit, &after);
  return sc_control_list_to_json ("rooms", page, room_summary, after);
}

static JsonObject *
get_room (ScControlCall *call, gpointer data, GError **error)
{
  const char *arn = json_object_get_string_member (call->input, "identifier");
  JsonObject *room = sc_cloud_find (call->cloud, SC_CLOUD_ROOM, arn);
  if (room)
    return json_object_ref (room);
  fail_not_found (call, arn, error);
  return NULL;
}

static JsonObject *
dup_room (JsonObject *room)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;
  json_object_iter_init (&iter, room);
  while (json_object_iter_next (&iter, &member, &node))
    json_object_set_member (copy, member, json_node_copy (node));
  return copy;
}

/* Unlike on AWS, a room that somebody entered since the start goes on as it was until the next. */
static JsonObject *
update_room (ScControlCall *call, gpointer data, GError **error)
{
  const char *arn = json_object_get_string_member (call->input, "identifier");
  JsonObject *room = sc_cloud_find (call->cloud, SC_CLOUD_ROOM, arn);
  if (!room) {
    fail_not_found (call, arn, error);
    return NULL;
  }
  if (!check_references (call, error))
    return NULL;
  static const char *const members[] = {
    "name",
    "maximumMessageRatePerSecond",
    "maximumMessageLength",
    "messageReviewHandler",
    "loggingConfigurationIdentifiers",
  };
  g_autoptr (JsonObject) changed = dup_room (room);
  g_autofree char *now = sc_time_to_string (g_get_real_time ());
  json_object_set_string_member (changed, "updateTime", now);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    sc_control_copy (call->input, members[i], changed);
  return sc_cloud_replace (call->cloud, SC_CLOUD_ROOM, changed, error) ? g_steal_pointer (&changed)
                                                                       : NULL;
}

static JsonObject *
delete_room (ScControlCall *call, gpointer data, GError **error)
{
  const char *arn = json_object_get_string_member (call->input, "identifier");
  if (!sc_cloud_find (call->cloud, SC_CLOUD_ROOM, arn)) {
    fail_not_found (call, arn, error);
    return NULL;
  }
  return sc_cloud_remove (call->cloud, SC_CLOUD_ROOM, arn, error) ? json_object_new () : NULL;
}

const ScControlOperation sc_chat_operations[] = {
  { "ivschat", "CreateRoom", create_room_rules, create_room, 0, 0 },
  { "ivschat", "GetRoom", room_rules, get_room, 0, 0 },
  { "ivschat", "ListRooms", list_rooms_rules, list_rooms, 0, 0 },
  { "ivschat", "UpdateRoom", update_room_rules, update_room, 0, 0 },
  { "ivschat", "DeleteRoom", room_rules, delete_room, 204, 0 },
  {},
};
