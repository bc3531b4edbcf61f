/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who may pass which route: every route of the table asked by everybody, straight and through API
 * Gateway's door. */

#include "config.h"

#include "sc-gateway.h"
#include "sc-json.h"
#include "sc-routes.h"
#include "sct-matrix.h"
#include "sct-service.h"

#include <string.h>

/* What everybody has, but for sessions. */
static gint64
digest (SctService *service)
{
  return sct_service_ask_number (
    service,
    "SELECT hashtextextended(concat("
    "(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM users t), '/',"
    "(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM channels t), '/',"
    "(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM moderators t), '/',"
    "(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM bans t), '/',"
    "(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM chat_settings t), '/',"
    "(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM follows t), '/',"
    "(SELECT count(*) FROM mod_actions), '/', (SELECT count(*) FROM reports), '/',"
    "(SELECT count(*) FROM sessions), '/', (SELECT count(*) FROM room_calls), '/',"
    "(SELECT count(*) FROM room_visits), '/', (SELECT count(*) FROM repeats)), 0)");
}

static JsonObject *
make_event (const SctQuestion *question)
{
  g_autofree char *authorization =
    question->token ? g_strconcat ("Bearer ", question->token, NULL) : NULL;
  JsonObject *http = json_object_new (), *context = json_object_new ();
  JsonObject *headers = json_object_new (), *event = json_object_new ();
  json_object_set_string_member (http, "method", question->method);
  json_object_set_object_member (context, "http", http);
  if (authorization)
    json_object_set_string_member (headers, "authorization", authorization);
  json_object_set_object_member (event, "requestContext", context);
  json_object_set_object_member (event, "headers", headers);
  json_object_set_string_member (event, "rawPath", question->target);
  if (question->body)
    json_object_set_string_member (event, "body", question->body);
  return event;
}

/* What API Gateway gets from the function. */
static guint
ask_gateway (const SctQuestion *question, JsonObject **ret_body, gpointer user_data)
{
  SctService *service = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) event = make_event (question);
  g_autoptr (GBytes) bytes = sc_json_to_bytes (event);
  g_autoptr (GBytes) written = sc_gateway_handle (service->service, bytes, &error);
  g_assert_no_error (error);
  g_autoptr (JsonObject) object = sc_json_parse (written, G_MAXSIZE, &error);
  g_assert_no_error (error);
  const char *text = sc_json_get_string_or (object, "body", NULL);
  g_autoptr (GBytes) inner = text ? g_bytes_new (text, strlen (text)) : NULL;
  *ret_body = inner ? sc_json_parse (inner, G_MAXSIZE, &error) : NULL;
  g_assert_no_error (error);
  return (guint) json_object_get_int_member (object, "statusCode");
}

static guint
ask_service (const SctQuestion *question, JsonObject **ret_body, gpointer user_data)
{
  g_autoptr (ScResponse) response = sct_service_call (user_data,
                                                      question->method,
                                                      question->target,
                                                      question->token,
                                                      question->body);
  *ret_body = response->body ? sct_response_object (response) : NULL;
  return response->status;
}

static void
assert_cell (SctMatrix *self, SctService *service, const ScRoute *route, SctAsker asker)
{
  static const SctMatrixAsk doors[] = { ask_service, ask_gateway };
  gboolean is_refused = sct_matrix_is_refused (route, asker);
  sct_service_run (service, "DELETE FROM sessions");
  gint64 before = is_refused ? digest (service) : 0;
  for (guint i = 0; i < G_N_ELEMENTS (doors); i++) {
    self->ask = doors[i];
    sct_matrix_assert_cell (self, route, asker);
  }
  if (!is_refused)
    return;
  sct_service_run (service, "DELETE FROM sessions");
  g_assert_cmpint (digest (service), ==, before);
}

static SctMatrix
make_matrix (SctService *service)
{
  SctMatrix self = {
    .store = service->store,
    .now = service->now,
    .ask = ask_service,
    .user_data = service,
  };
  sct_matrix_make_people (&self);
  return self;
}

static void
test_matrix (void)
{
  g_autoptr (SctService) service = sct_service_new (NULL);
  SctMatrix self = make_matrix (service);
  guint n_routes, n_refused = 0;
  const ScRoute *routes = sc_routes_get (&n_routes);
  for (guint i = 0; i < n_routes; i++) {
    for (SctAsker asker = 0; asker < SCT_N_ASKERS; asker++) {
      assert_cell (&self, service, &routes[i], asker);
      n_refused += sct_matrix_is_refused (&routes[i], asker);
    }
  }
  g_test_message ("%u cells, %u of them refused", n_routes * SCT_N_ASKERS, n_refused);
}

/* What a moderator may not change among what they may. */
static void
test_rules_are_the_streamers (void)
{
  g_autoptr (SctService) service = sct_service_new (NULL);
  SctMatrix self = make_matrix (service);
  static const char path[] = "/v1/channels/ada/chat/settings";
  static const char body[] = "{\"rules\":{\"links\":\"off\"}}";
  g_autofree char *moderator = sct_matrix_make_token (&self, SCT_MODERATOR);
  g_autofree char *owner = sct_matrix_make_token (&self, SCT_OWNER);
  g_autoptr (ScResponse) refused = sct_service_call (service, "PATCH", path, moderator, body);
  sct_assert_fault (refused, 403, "forbidden", NULL);
  g_autoptr (ScResponse) done = sct_service_call (service, "PATCH", path, owner, body);
  g_assert_cmpuint (done->status, !=, 403);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/matrix/every-cell", test_matrix);
  g_test_add_func ("/service/matrix/rules-are-the-streamers", test_rules_are_the_streamers);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
