/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Replays golden.json: for each exchange the client must send this input, signed, to the right
 * place, and must read this output as expected. */

#include "config.h"

#include "sc-ivs-realtime.h"
#include "sc-ivs.h"
#include "sc-ivschat.h"
#include "sc-json.h"
#include "sc-secrets.h"
#include "sct-answer.h"

#include <string.h>

static JsonNode *
node_from (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

static JsonNode *
node_true (gboolean done)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  json_node_set_boolean (node, TRUE);
  return done ? node : (json_node_unref (node), NULL);
}

typedef JsonObject *(*ToJson) (gconstpointer item, gboolean detail);

static JsonNode *
node_from_page (GPtrArray *page, ToJson to_json)
{
  if (!page)
    return NULL;
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < page->len; i++)
    json_array_add_object_element (array, to_json (page->pdata[i], FALSE));
  g_ptr_array_unref (page);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  return node;
}

static JsonNode *
create_channel (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  g_autoptr (GHashTable) tags = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (tags, (char *) "app", (char *) "streamcat");
  const ScIvsChannel wanted = { .name = (char *) json_object_get_string_member (input, "name"),
                                .type = (char *) "BASIC",
                                .latency_mode = (char *) "LOW",
                                .tags = tags };
  g_autoptr (ScIvsStreamKey) key = NULL;
  g_autoptr (ScIvsChannel) channel = sc_ivs_create_channel (aws, &wanted, &key, error);
  if (!channel)
    return NULL;
  g_assert_cmpstr (key->value, ==, "sk_us-west-2_abcdABCDefgh_567890abcdef");
  return node_from (sc_ivs_channel_to_json (channel, TRUE));
}

static JsonNode *
get_channel (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  const char *arn = json_object_get_string_member (input, "arn");
  g_autoptr (ScIvsChannel) channel = sc_ivs_get_channel (aws, arn, error);
  return channel ? node_from (sc_ivs_channel_to_json (channel, TRUE)) : NULL;
}

static JsonNode *
list_channels (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  const char *name = json_object_get_string_member (input, "filterByName");
  GPtrArray *page = sc_ivs_list_channels (aws, name, token, error);
  g_assert_cmpstr (*token, ==, "more");
  return node_from_page (page, (ToJson) sc_ivs_channel_to_json);
}

static JsonNode *
delete_channel (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  return node_true (
    sc_ivs_delete_channel (aws, json_object_get_string_member (input, "arn"), error));
}

static JsonNode *
get_stream_key (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  const char *arn = json_object_get_string_member (input, "arn");
  g_autoptr (ScIvsStreamKey) key = sc_ivs_get_stream_key (aws, arn, error);
  return key ? node_from (sc_ivs_stream_key_to_json (key, TRUE)) : NULL;
}

static JsonNode *
create_stream_key (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  const char *arn = json_object_get_string_member (input, "channelArn");
  g_autoptr (ScIvsStreamKey) key = sc_ivs_create_stream_key (aws, arn, "streamcat", error);
  return key ? node_from (sc_ivs_stream_key_to_json (key, TRUE)) : NULL;
}

static JsonNode *
delete_stream_key (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  return node_true (
    sc_ivs_delete_stream_key (aws, json_object_get_string_member (input, "arn"), error));
}

static JsonNode *
list_stream_keys (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  const char *arn = json_object_get_string_member (input, "channelArn");
  return node_from_page (sc_ivs_list_stream_keys (aws, arn, error),
                         (ToJson) sc_ivs_stream_key_to_json);
}

static JsonNode *
get_stream (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  const char *arn = json_object_get_string_member (input, "channelArn");
  g_autoptr (ScIvsStream) stream = sc_ivs_get_stream (aws, arn, error);
  return stream ? node_from (sc_ivs_stream_to_json (stream, TRUE)) : NULL;
}

static JsonNode *
list_streams (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  return node_from_page (sc_ivs_list_streams (aws, token, error), (ToJson) sc_ivs_stream_to_json);
}

static JsonNode *
stop_stream (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  return node_true (
    sc_ivs_stop_stream (aws, json_object_get_string_member (input, "channelArn"), error));
}

static JsonNode *
get_stream_session (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  const char *arn = json_object_get_string_member (input, "channelArn");
  g_autoptr (ScIvsStreamSession) session = sc_ivs_get_stream_session (aws, arn, NULL, error);
  return session ? node_from (sc_ivs_stream_session_to_json (session, TRUE)) : NULL;
}

static JsonNode *
create_room (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  g_autoptr (ScIvsRoom) wanted = NULL;
  json_object_set_string_member (input, "arn", "-");
  wanted = sc_ivs_room_from_json (input, error);
  json_object_remove_member (input, "arn");
  g_clear_pointer (&wanted->arn, g_free);
  g_autoptr (ScIvsRoom) room = sc_ivschat_create_room (aws, wanted, error);
  return room ? node_from (sc_ivs_room_to_json (room, TRUE)) : NULL;
}

static JsonNode *
list_rooms (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  const char *name = json_object_get_string_member (input, "name");
  return node_from_page (sc_ivschat_list_rooms (aws, name, token, error),
                         (ToJson) sc_ivs_room_to_json);
}

static JsonNode *
update_room (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  JsonObject *handler = json_object_get_object_member (input, "messageReviewHandler");
  JsonArray *given = json_object_get_array_member (input, "loggingConfigurationIdentifiers");
  char *logging[] = { (char *) json_array_get_string_element (given, 0), NULL };
  const ScIvsRoom changed = {
    .arn = (char *) json_object_get_string_member (input, "identifier"),
    .review_uri = (char *) json_object_get_string_member (handler, "uri"),
    .review_fallback = (char *) json_object_get_string_member (handler, "fallbackResult"),
    .logging_configuration_arns = logging,
  };
  return node_true (sc_ivschat_update_room (aws, &changed, error));
}

static JsonNode *
delete_room (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  return node_true (
    sc_ivschat_delete_room (aws, json_object_get_string_member (input, "identifier"), error));
}

static JsonNode *
create_chat_token (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *given = json_object_get_array_member (input, "capabilities");
  for (guint i = 0; i < json_array_get_length (given); i++)
    g_strv_builder_add (builder, json_array_get_string_element (given, i));
  g_auto (GStrv) capabilities = g_strv_builder_end (builder);
  JsonObject *attributes = sc_json_get_object_or_null (input, "attributes");
  const ScIvsChatTokenWanted wanted = {
    .room_arn = json_object_get_string_member (input, "roomIdentifier"),
    .user_id = json_object_get_string_member (input, "userId"),
    .name = attributes ? json_object_get_string_member (attributes, "name") : NULL,
    .role = attributes ? json_object_get_string_member (attributes, "role") : NULL,
    .follows = attributes != NULL,
    .capabilities = (const char *const *) capabilities,
    .session_minutes = (guint) json_object_get_int_member (input, "sessionDurationInMinutes"),
  };
  g_autoptr (ScIvsChatToken) made = sc_ivschat_create_token (aws, &wanted, error);
  return made ? node_from (sc_ivs_chat_token_to_json (made, TRUE)) : NULL;
}

static JsonNode *
send_event (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  return node_true (sc_ivschat_send_event (aws,
                                           json_object_get_string_member (input, "roomIdentifier"),
                                           json_object_get_string_member (input, "eventName"),
                                           json_object_get_object_member (input, "attributes"),
                                           error));
}

static JsonNode *
delete_message (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  return node_true (
    sc_ivschat_delete_message (aws,
                               json_object_get_string_member (input, "roomIdentifier"),
                               json_object_get_string_member (input, "id"),
                               sc_json_get_string_or (input, "reason", NULL),
                               error));
}

static JsonNode *
disconnect_user (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  return node_true (
    sc_ivschat_disconnect_user (aws,
                                json_object_get_string_member (input, "roomIdentifier"),
                                json_object_get_string_member (input, "userId"),
                                sc_json_get_string_or (input, "reason", NULL),
                                error));
}

static JsonNode *
create_stage (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  json_object_set_string_member (input, "arn", "-");
  g_autoptr (ScIvsStage) wanted = sc_ivs_stage_from_json (input, error);
  json_object_remove_member (input, "arn");
  g_clear_pointer (&wanted->arn, g_free);
  g_autoptr (ScIvsStage) stage = sc_ivs_realtime_create_stage (aws, wanted, error);
  return stage ? node_from (sc_ivs_stage_to_json (stage, TRUE)) : NULL;
}

static JsonNode *
list_stages (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  g_set_str (token, "page2");
  GPtrArray *page = sc_ivs_realtime_list_stages (aws, token, error);
  g_assert_null (*token);
  return node_from_page (page, (ToJson) sc_ivs_stage_to_json);
}

static JsonNode *
delete_stage (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  return node_true (
    sc_ivs_realtime_delete_stage (aws, json_object_get_string_member (input, "arn"), error));
}

static JsonNode *
get_secret_value (ScAws *aws, JsonObject *input, char **token, GError **error)
{
  const char *id = json_object_get_string_member (input, "SecretId");
  g_autofree char *value = sc_secrets_get_value (aws, id, error);
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, value);
  return node;
}

static const struct {
  const char *operation;
  JsonNode *(*run) (ScAws *aws, JsonObject *input, char **token, GError **error);
} runners[] = {
  { "CreateChannel", create_channel },
  { "GetChannel", get_channel },
  { "ListChannels", list_channels },
  { "DeleteChannel", delete_channel },
  { "GetStreamKey", get_stream_key },
  { "CreateStreamKey", create_stream_key },
  { "DeleteStreamKey", delete_stream_key },
  { "ListStreamKeys", list_stream_keys },
  { "GetStream", get_stream },
  { "ListStreams", list_streams },
  { "StopStream", stop_stream },
  { "GetStreamSession", get_stream_session },
  { "CreateRoom", create_room },
  { "ListRooms", list_rooms },
  { "UpdateRoom", update_room },
  { "DeleteRoom", delete_room },
  { "CreateChatToken", create_chat_token },
  { "SendEvent", send_event },
  { "DeleteMessage", delete_message },
  { "DisconnectUser", disconnect_user },
  { "CreateStage", create_stage },
  { "ListStages", list_stages },
  { "DeleteStage", delete_stage },
  { "GetSecretValue", get_secret_value },
};

static const char *const codes[] = {
  "THROTTLED", "QUOTA",    "DENIED",      "PENDING_VERIFICATION",
  "NOT_FOUND", "CONFLICT", "INVALID",     "NOT_BROADCASTING",
  "SERVER",    "UNCLEAR",  "UNREACHABLE", "PROTOCOL",
};

static JsonNode *
run (ScAws *aws, JsonObject *exchange, GError **error)
{
  const char *operation = json_object_get_string_member (exchange, "operation");
  JsonObject *input = json_object_get_object_member (exchange, "input");
  g_autofree char *token = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (runners); i++) {
    if (g_str_equal (runners[i].operation, operation))
      return runners[i].run (aws, input, &token, error);
  }
  g_assert_not_reached ();
}

static void
check_result (JsonNode *expected, JsonNode *result, const GError *error)
{
  if (error) {
    g_assert_cmpstr (g_quark_to_string (error->domain), ==, "sc-aws-error-quark");
    g_assert_cmpstr (codes[error->code], ==, json_node_get_string (expected));
    return;
  }
  g_autofree char *shown = json_to_string (result, TRUE);
  g_test_message ("%s", shown);
  g_assert_true (json_node_equal (expected, result));
}

static void
check_request (SctAnswer *answer, JsonObject *exchange)
{
  const char *operation = json_object_get_string_member (exchange, "operation");
  const char *service = json_object_get_string_member (exchange, "signing_name");
  gboolean is_rest = !g_str_equal (service, "secretsmanager");
  g_autofree char *path = g_strconcat ("/", is_rest ? operation : "", NULL);
  g_assert_cmpstr (sct_answer_get_path (answer), ==, path);
  g_assert_cmpstr (sct_answer_get_signing_name (answer), ==, service);
  g_autoptr (JsonNode) sent = sct_answer_dup_input (answer);
  g_assert_true (json_node_equal (json_object_get_member (exchange, "input"), sent));
}

static void
test_exchange (gconstpointer data)
{
  JsonObject *exchange = (JsonObject *) data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SctAnswer) answer =
    sct_answer_new ((guint) json_object_get_int_member (exchange, "status"),
                    sc_json_get_object_or_null (exchange, "output"));
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_auto (GStrv) environment = sct_answer_dup_environment (answer);
  g_autoptr (ScAws) aws = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
  sc_aws_set_wait (aws, sct_answer_no_wait, NULL);

  g_autoptr (JsonNode) result = run (aws, exchange, &error);
  check_request (answer, exchange);
  check_result (json_object_get_member (exchange, "expect"), result, error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "golden.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  json_parser_load_from_file (parser, file, &error);
  g_assert_no_error (error);
  JsonArray *exchanges =
    json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                  "exchanges");
  for (guint i = 0; i < json_array_get_length (exchanges); i++) {
    JsonObject *exchange = json_array_get_object_element (exchanges, i);
    g_autofree char *path = g_strdup_printf ("/clients/%02u-%s",
                                             i,
                                             json_object_get_string_member (exchange, "operation"));
    g_test_add_data_func (path, exchange, test_exchange);
  }
  return g_test_run ();
}
