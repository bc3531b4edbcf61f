/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The calls of Amazon IVS and Amazon IVS Chat that list and delete what the template made of them
 * (botocore's models ivs 2020-07-14 and ivschat 2020-07-14). Data: the stack. */

#include "config.h"

#include "sc-stack-operations.h"

#include "sc-json.h"
#include "sc-stack-private.h"

/* The template has a handful: one page holds them all. */
static const ScInputRule list_rules[] = {
  { .name = "maxResults", .kind = SC_INPUT_INTEGER, .min = 1, .max = 100 },
  { .name = "nextToken", .kind = SC_INPUT_STRING, .max = 1024 },
  {},
};

static const ScInputRule arn_rules[] = {
  { .name = "arn", .kind = SC_INPUT_STRING, .required = TRUE, .min = 1, .max = 128 },
  {},
};

static const ScInputRule identifier_rules[] = {
  { .name = "identifier", .kind = SC_INPUT_STRING, .required = TRUE, .min = 1, .max = 128 },
  {},
};

/* The template's list of tags as the mapping that the API answers with. */
static JsonObject *
make_tags (JsonObject *properties)
{
  JsonObject *tags = json_object_new ();
  JsonArray *list = json_object_has_member (properties, "Tags")
                      ? json_object_get_array_member (properties, "Tags")
                      : NULL;
  for (guint i = 0; list && i < json_array_get_length (list); i++) {
    JsonObject *tag = json_array_get_object_element (list, i);
    json_object_set_string_member (tags,
                                   sc_stack_get_text (tag, "Key"),
                                   sc_stack_get_text (tag, "Value"));
  }
  return tags;
}

static JsonObject *
make_summary (JsonObject *record)
{
  JsonObject *properties = json_object_get_object_member (record, "properties");
  JsonObject *attributes = json_object_get_object_member (record, "attributes");
  JsonObject *summary = json_object_new ();
  json_object_set_string_member (summary, "arn", sc_stack_get_text (attributes, "Arn"));
  json_object_set_string_member (summary, "name", sc_json_get_string_or (properties, "Name", ""));
  json_object_set_string_member (summary, "state", "ACTIVE");
  json_object_set_object_member (summary, "tags", make_tags (properties));
  return summary;
}

static JsonObject *
list_type (ScStack *stack, const char *type, const char *member)
{
  JsonArray *array = json_array_new ();
  JsonObjectIter iter;
  JsonNode *node;
  json_object_iter_init (&iter, stack->records);
  while (json_object_iter_next (&iter, NULL, &node)) {
    JsonObject *record = json_node_get_object (node);
    if (g_str_equal (json_object_get_string_member (record, "type"), type))
      json_array_add_object_element (array, make_summary (record));
  }
  JsonObject *answer = json_object_new ();
  json_object_set_array_member (answer, member, array);
  return answer;
}

static JsonObject *
list_recording_configurations (ScControlCall *call, gpointer data, GError **error)
{
  return list_type (data, "AWS::IVS::RecordingConfiguration", "recordingConfigurations");
}

static JsonObject *
list_logging_configurations (ScControlCall *call, gpointer data, GError **error)
{
  return list_type (data, "AWS::IVSChat::LoggingConfiguration", "loggingConfigurations");
}

static JsonObject *
delete_type (ScStack *stack, const char *type, const char *arn, GError **error)
{
  if (sc_stack_forget_resource (stack, type, arn))
    return json_object_new ();
  g_set_error (error, SC_CONTROL_ERROR, SC_CONTROL_ERROR_NOT_FOUND, "Resource: %s not found", arn);
  return NULL;
}

static gboolean
records_by (JsonObject *channel, gconstpointer arn)
{
  return g_str_equal (sc_json_get_string_or (channel, "recordingConfigurationArn", ""), arn);
}

static JsonObject *
delete_recording_configuration (ScControlCall *call, gpointer data, GError **error)
{
  const char *arn = json_object_get_string_member (call->input, "arn");
  guint64 after = 0;
  g_autoptr (GPtrArray) users =
    sc_cloud_page (call->cloud, SC_CLOUD_CHANNEL, records_by, arn, 1, &after);
  if (users->len == 0)
    return delete_type (data, "AWS::IVS::RecordingConfiguration", arn, error);
  g_set_error (error,
               SC_CONTROL_ERROR,
               SC_CONTROL_ERROR_CONFLICT,
               "Recording configuration %s is associated with a channel",
               arn);
  return NULL;
}

static JsonObject *
delete_logging_configuration (ScControlCall *call, gpointer data, GError **error)
{
  const char *arn = json_object_get_string_member (call->input, "identifier");
  return delete_type (data, "AWS::IVSChat::LoggingConfiguration", arn, error);
}

const ScControlOperation sc_stack_operations[] = {
  { "ivs", "ListRecordingConfigurations", list_rules, list_recording_configurations, 0, 0 },
  { "ivs", "DeleteRecordingConfiguration", arn_rules, delete_recording_configuration, 204, 0 },
  { "ivschat", "ListLoggingConfigurations", list_rules, list_logging_configurations, 0, 0 },
  { "ivschat",
    "DeleteLoggingConfiguration",
    identifier_rules,
    delete_logging_configuration,
    204,
    0 },
  {},
};
