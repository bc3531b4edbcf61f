/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-error.h"
#include "sc-gateway.h"
#include "sc-json.h"
#include "sct-service.h"

#include <string.h>

/* An event as API Gateway sends it, payload format 2.0. */
static GBytes *
make_event (const char *method, const char *path, const char *more)
{
  char *text = g_strdup_printf (
    "{\"version\":\"2.0\",\"routeKey\":\"$default\",\"rawPath\":\"%s\",\"rawQueryString\":\"\","
    "\"headers\":{\"host\":\"x\"},\"requestContext\":{\"http\":{\"method\":\"%s\",\"path\":\"%s\","
    "\"protocol\":\"HTTP/1.1\",\"sourceIp\":\"192.0.2.1\"},\"stage\":\"$default\"}%s}",
    path,
    method,
    path,
    more);
  return g_bytes_new_take (text, strlen (text));
}

static JsonObject *
handle (SctService *self, GBytes *event)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = sc_gateway_handle (self->service, event, &error);
  g_assert_no_error (error);
  return sc_json_parse (answer, SC_JSON_MAX_BYTES, &error);
}

static void
assert_answer (SctService *self, GBytes *event, gint64 status, const char *part)
{
  g_autoptr (JsonObject) answer = handle (self, event);
  const char *body = sc_json_get_string_or (answer, "body", "");
  g_test_message ("%s", body);
  g_assert_cmpint (json_object_get_int_member (answer, "statusCode"), ==, status);
  g_assert_nonnull (strstr (body, part));
  JsonObject *headers = json_object_get_object_member (answer, "headers");
  g_assert_cmpstr (json_object_get_string_member (headers, "Cache-Control"), ==, "no-store");
  g_bytes_unref (event);
}

static void
test_bodies (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  assert_answer (self,
                 make_event ("POST",
                             "/v1/users",
                             ",\"body\":\"{\\\"name\\\":\\\"ada\\\",\\\"password\\\":"
                             "\\\"password of ada\\\"}\",\"isBase64Encoded\":false"),
                 201,
                 "\"token\"");
  /* {"name":"ada","password":"password of ada"} */
  assert_answer (self,
                 make_event ("POST",
                             "/v1/sessions",
                             ",\"body\":\"eyJuYW1lIjoiYWRhIiwicGFzc3dvcmQiOiJwYXNzd29yZCBvZiBhZG"
                             "EifQ==\",\"isBase64Encoded\":true"),
                 201,
                 "\"token\"");
  assert_answer (self, make_event ("POST", "/v1/users", ""), 400, "bad_request");
  assert_answer (self,
                 make_event ("POST", "/v1/users", ",\"body\":\"%%%\",\"isBase64Encoded\":true"),
                 400,
                 "bad_request");
  assert_answer (self, make_event ("GET", "/v1/channels/ada", ""), 200, "\"ada\"");
}

static void
test_token_and_query (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  g_autofree char *text =
    g_strdup_printf ("{\"rawPath\":\"/v1/me\",\"headers\":{\"authorization\":\"Bearer %s\"},"
                     "\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
                     token);
  assert_answer (self, g_bytes_new (text, strlen (text)), 200, "{\"user\":{\"name\":\"ada\"}}");
  static const char list[] = "{\"rawPath\":\"/v1/channels\",\"rawQueryString\":\"live=1\","
                             "\"requestContext\":{\"http\":{\"method\":\"GET\"}}}";
  assert_answer (self,
                 g_bytes_new_static (list, strlen (list)),
                 200,
                 "{\"channels\":[],\"older\":null}");
}

/* 204 has no body in the answer, not an empty object. */
static void
test_no_body (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  g_autofree char *text =
    g_strdup_printf ("{\"rawPath\":\"/v1/session\",\"headers\":{\"authorization\":\"Bearer %s\"},"
                     "\"requestContext\":{\"http\":{\"method\":\"DELETE\"}}}",
                     token);
  g_autoptr (GBytes) event = g_bytes_new (text, strlen (text));
  g_autoptr (JsonObject) answer = handle (self, event);
  g_assert_cmpint (json_object_get_int_member (answer, "statusCode"), ==, 204);
  g_assert_false (json_object_has_member (answer, "body"));
}

static void
test_not_a_request (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  static const char *const events[] = {
    "{}",
    "{\"rawPath\":\"/\"}",
    "{\"rawPath\":7,\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
    "{\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
    "{\"rawPath\":\"/\",\"requestContext\":{\"http\":[]}}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (events); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) event = g_bytes_new_static (events[i], strlen (events[i]));
    g_assert_null (sc_gateway_handle (self->service, event, &error));
    g_assert_cmpuint (error->domain, ==, SC_DATA_ERROR);
  }
  g_autofree char *large = g_strnfill (600 * 1024, ' ');
  assert_answer (self, g_bytes_new (large, strlen (large)), 413, "body_too_large");
  assert_answer (self, g_bytes_new_static ("x", 1), 400, "bad_request");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/lambda/gateway/bodies", test_bodies);
  g_test_add_func ("/lambda/gateway/token-and-query", test_token_and_query);
  g_test_add_func ("/lambda/gateway/no-body", test_no_body);
  g_test_add_func ("/lambda/gateway/not-a-request", test_not_a_request);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
