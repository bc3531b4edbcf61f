/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who gets which chat token, and what Amazon IVS Chat is asked for. */

#include "config.h"

#include "sc-json.h"
#include "sct-answer.h"
#include "sct-service.h"

#include <string.h>

#define ROOM_ARN "arn:aws:ivschat:us-west-2:123456789012:room/g1H2I3j4k5L6"
#define TOKEN "AQICAHgmW1o.example.chat-token"

typedef struct {
  SctAnswer *answer;
  SctService *service;
  char *ada;
  char *bob;
} Fixture;

static JsonObject *
make_output (void)
{
  JsonObject *output = json_object_new ();
  json_object_set_string_member (output, "token", TOKEN);
  json_object_set_string_member (output, "tokenExpirationTime", "2026-11-23T05:01:00Z");
  json_object_set_string_member (output, "sessionExpirationTime", "2026-11-23T06:00:00Z");
  return output;
}

static JsonObject *
make_error (const char *type)
{
  JsonObject *output = json_object_new ();
  json_object_set_string_member (output, "__type", type);
  return output;
}

static void
set_up_with (Fixture *fixture, guint status, JsonObject *output)
{
  fixture->answer = sct_answer_new (status, output);
  json_object_unref (output);
  g_auto (GStrv) environment = sct_answer_dup_environment (fixture->answer);
  fixture->service = sct_service_new (g_environ_getenv (environment, "AWS_ENDPOINT_URL"));
  fixture->ada = sct_service_sign_up (fixture->service, "Ada");
  fixture->bob = sct_service_sign_up (fixture->service, "bob");
  sct_service_run (fixture->service,
                   "UPDATE channels SET room_arn = '" ROOM_ARN "' WHERE name = 'Ada'");
}

static void
tear_down (Fixture *fixture)
{
  g_free (fixture->ada);
  g_free (fixture->bob);
  sct_service_free (fixture->service);
  sct_answer_free (fixture->answer);
}

static JsonObject *
open_chat (Fixture *fixture, const char *token)
{
  g_autoptr (ScResponse) response =
    sct_service_call (fixture->service, "POST", "/v1/channels/ada/chat", token, NULL);
  g_assert_cmpuint (response->status, ==, 201);
  g_assert_cmpstr (sc_response_get_header (response, "Cache-Control"), ==, "no-store");
  g_autoptr (JsonObject) body = sct_response_object (response);
  JsonObject *chat = json_object_get_object_member (body, "chat");
  g_assert_cmpstr (json_object_get_string_member (chat, "token"), ==, TOKEN);
  g_assert_cmpstr (json_object_get_string_member (chat, "endpoint"),
                   ==,
                   "wss://edge.ivschat.us-west-2.amazonaws.com");
  g_assert_cmpstr (json_object_get_string_member (chat, "session_expires_at"),
                   ==,
                   "2026-11-23T06:00:00.000Z");
  return json_object_ref (chat);
}

/* What the app is told and what Amazon IVS Chat was asked for must be the same. */
static void
assert_asked (Fixture *fixture, JsonObject *chat, const char *name, const char *capabilities)
{
  g_autoptr (JsonNode) node = sct_answer_dup_input (fixture->answer);
  JsonObject *input = json_node_get_object (node);
  g_assert_cmpstr (sct_answer_get_path (fixture->answer), ==, "/CreateChatToken");
  g_assert_cmpstr (json_object_get_string_member (input, "roomIdentifier"), ==, ROOM_ARN);
  g_assert_cmpint (json_object_get_int_member (input, "sessionDurationInMinutes"), ==, 60);
  g_assert_cmpstr (json_object_get_string_member (input, "userId"),
                   ==,
                   json_object_get_string_member (chat, "user_id"));
  JsonObject *attributes = sc_json_get_object_or_null (input, "attributes");
  g_assert_cmpstr (attributes ? json_object_get_string_member (attributes, "name") : NULL,
                   ==,
                   name);
  const char *role = json_object_get_string_member (chat, "role");
  g_assert_cmpstr (attributes ? json_object_get_string_member (attributes, "role") : "guest",
                   ==,
                   role);
  g_assert_cmpstr (attributes ? json_object_get_string_member (attributes, "follows") : "0",
                   ==,
                   json_object_get_boolean_member (chat, "follows") ? "1" : "0");
  g_assert_cmpstr (sc_json_get_string_or (chat, "name", NULL), ==, name);
  g_assert_true (name || json_object_get_null_member (chat, "name"));
  g_autofree char *asked = json_to_string (json_object_get_member (input, "capabilities"), FALSE);
  g_autofree char *told = json_to_string (json_object_get_member (chat, "capabilities"), FALSE);
  g_assert_cmpstr (asked, ==, capabilities);
  g_assert_cmpstr (told, ==, capabilities);
}

static void
test_who_may_what (void)
{
  Fixture fixture;
  set_up_with (&fixture, 200, make_output ());
  g_autoptr (JsonObject) guest = open_chat (&fixture, NULL);
  assert_asked (&fixture, guest, NULL, "[]");
  g_autoptr (JsonObject) user = open_chat (&fixture, fixture.bob);
  assert_asked (&fixture, user, "bob", "[\"SEND_MESSAGE\"]");
  g_autoptr (JsonObject) owner = open_chat (&fixture, fixture.ada);
  assert_asked (&fixture, owner, "Ada", "[\"SEND_MESSAGE\"]");
  tear_down (&fixture);
}

/* A user is the same to all rooms, whatever their number; two guests are two, though they be one
 * person. */
static void
test_ids (void)
{
  Fixture fixture;
  set_up_with (&fixture, 200, make_output ());
  g_autoptr (JsonObject) bob = open_chat (&fixture, fixture.bob);
  g_autoptr (JsonObject) again = open_chat (&fixture, fixture.bob);
  g_autoptr (JsonObject) ada = open_chat (&fixture, fixture.ada);
  g_autoptr (JsonObject) guest = open_chat (&fixture, NULL);
  g_autoptr (JsonObject) other = open_chat (&fixture, NULL);
  const char *id = json_object_get_string_member (bob, "user_id");
  g_assert_true (g_uuid_string_is_valid (id));
  g_assert_cmpstr (id, ==, json_object_get_string_member (again, "user_id"));
  g_assert_cmpstr (id, !=, json_object_get_string_member (ada, "user_id"));
  const char *guest_id = json_object_get_string_member (guest, "user_id");
  g_assert_true (g_regex_match_simple ("^viewer-[A-Za-z0-9]{22}$", guest_id, 0, 0));
  g_assert_cmpstr (guest_id, !=, json_object_get_string_member (other, "user_id"));
  tear_down (&fixture);
}

static void
test_refused (void)
{
  static const struct {
    const char *target;
    const char *token;
    guint status;
    const char *code;
  } rows[] = {
    { "/v1/channels/nobody/chat", NULL, 404, "no_such_channel" },
    { "/v1/channels/bob/chat", NULL, 409, "channel_not_ready" },
    { "/v1/channels/ada/chat", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 401, "unauthorized" },
    { "/v1/channels/ada/chat", "", 401, "unauthorized" },
  };
  Fixture fixture;
  set_up_with (&fixture, 200, make_output ());
  guint before = sct_answer_get_count (fixture.answer);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (ScResponse) response =
      sct_service_call (fixture.service, "POST", rows[i].target, rows[i].token, NULL);
    sct_assert_fault (response, rows[i].status, rows[i].code, NULL);
  }
  g_assert_cmpuint (sct_answer_get_count (fixture.answer), ==, before);
  tear_down (&fixture);
}

static void
test_aws_refuses (void)
{
  static const struct {
    const char *type;
    guint aws_status;
    guint status;
    const char *code;
  } rows[] = {
    { "ThrottlingException", 429, 503, "busy" },
    { "InternalServerException", 500, 502, "upstream_unavailable" },
    { "ResourceNotFoundException", 404, 502, "upstream_unavailable" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Fixture fixture;
    set_up_with (&fixture, rows[i].aws_status, make_error (rows[i].type));
    g_autoptr (ScResponse) response =
      sct_service_call (fixture.service, "POST", "/v1/channels/ada/chat", NULL, NULL);
    sct_assert_fault (response, rows[i].status, rows[i].code, NULL);
    g_assert_cmpint (sc_response_get_header (response, "Retry-After") != NULL,
                     ==,
                     rows[i].status == 503);
    g_assert_null (strstr (response->cause, TOKEN));
    tear_down (&fixture);
  }
}

/* The endpoint is the environment's where it names one. */
static void
test_endpoint (void)
{
  Fixture fixture;
  set_up_with (&fixture, 200, make_output ());
  char *environment[] = { (char *) "STREAMCAT_CHAT_ENDPOINT=wss://localhost:4321", NULL };
  g_autoptr (ScService) service =
    sc_service_new (fixture.service->store, fixture.service->aws, environment);
  const ScRequest request = { .method = "POST", .path = "/v1/channels/ADA/chat" };
  g_autoptr (ScResponse) response = sc_service_handle (service, &request);
  g_autoptr (JsonObject) body = sct_response_object (response);
  JsonObject *chat = json_object_get_object_member (body, "chat");
  g_assert_cmpstr (json_object_get_string_member (chat, "endpoint"), ==, "wss://localhost:4321");
  g_clear_pointer (&service, sc_service_free);
  tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/chat/who-may-what", test_who_may_what);
  g_test_add_func ("/service/chat/ids", test_ids);
  g_test_add_func ("/service/chat/refused", test_refused);
  g_test_add_func ("/service/chat/aws-refuses", test_aws_refuses);
  g_test_add_func ("/service/chat/endpoint", test_endpoint);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
