/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Requests as Amazon API Gateway hands them to a function, and its answers back: payload format 2.0
 * ("API Gateway Developer Guide, Create AWS Lambda proxy integrations for HTTP APIs"). */

#include "config.h"

#include "sc-gateway-event.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-time.h"

#include <string.h>

#define ROUTE "$default"

/* AWS Lambda's own bound on an answer. */
#define ANSWER_MAX (6 * 1024 * 1024)

/* Names come in lower case, and what came more than once is joined. libsoup joins lists alone. */
static void
add_header (const char *name, const char *value, gpointer data)
{
  JsonObject *headers = data;
  g_autofree char *key = g_ascii_strdown (name, -1);
  const char *before = sc_json_get_string_or (headers, key, NULL);
  g_autofree char *joined = before ? g_strconcat (before, ",", value, NULL) : g_strdup (value);
  json_object_set_string_member (headers, key, joined);
}

static JsonObject *
describe_http (SoupServerMessage *message, JsonObject *headers)
{
  JsonObject *http = json_object_new ();
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  json_object_set_string_member (http, "method", soup_server_message_get_method (message));
  json_object_set_string_member (http, "path", path);
  json_object_set_string_member (http, "protocol", "HTTP/1.1");
  json_object_set_string_member (http,
                                 "sourceIp",
                                 sc_json_get_string_or (headers, "x-real-ip", "127.0.0.1"));
  json_object_set_string_member (http,
                                 "userAgent",
                                 sc_json_get_string_or (headers, "user-agent", ""));
  return http;
}

static JsonObject *
describe_context (SoupServerMessage *message, JsonObject *headers)
{
  gint64 now_us = g_get_real_time ();
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *time = sc_time_to_string (now_us);
  JsonObject *context = json_object_new ();
  json_object_set_string_member (context, "apiId", "local");
  json_object_set_object_member (context, "http", describe_http (message, headers));
  json_object_set_string_member (context, "requestId", id);
  json_object_set_string_member (context, "routeKey", ROUTE);
  json_object_set_string_member (context, "stage", ROUTE);
  json_object_set_string_member (context, "time", time);
  json_object_set_int_member (context, "timeEpoch", now_us / 1000);
  return context;
}

/* A text goes as it is, anything else in base64. */
static void
add_body (SoupServerMessage *message, JsonObject *event)
{
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  gsize size = g_bytes_get_size (body);
  const char *data = g_bytes_get_data (body, NULL);
  gboolean is_text = size == 0 || g_utf8_validate_len (data, size, NULL);
  g_autofree char *text =
    is_text ? g_strndup (data, size) : g_base64_encode ((const guchar *) data, size);
  if (size > 0)
    json_object_set_string_member (event, "body", text);
  json_object_set_boolean_member (event, "isBase64Encoded", !is_text);
}

/**
 * sc_gateway_event_new:
 * @message: a request whose body is there
 *
 * Returns: (transfer full): the event that a function gets for it
 */
GBytes *
sc_gateway_event_new (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);
  JsonObject *headers = json_object_new ();
  soup_message_headers_foreach (soup_server_message_get_request_headers (message),
                                add_header,
                                headers);
  g_autoptr (JsonObject) event = json_object_new ();
  json_object_set_string_member (event, "version", "2.0");
  json_object_set_string_member (event, "routeKey", ROUTE);
  json_object_set_string_member (event, "rawPath", g_uri_get_path (uri));
  json_object_set_string_member (event, "rawQueryString", query ? query : "");
  json_object_set_object_member (event, "headers", headers);
  json_object_set_object_member (event, "requestContext", describe_context (message, headers));
  add_body (message, event);
  return sc_json_to_bytes (event);
}

static void
answer_headers (SoupServerMessage *message, JsonObject *answer)
{
  SoupMessageHeaders *all = soup_server_message_get_response_headers (message);
  JsonObject *headers = sc_json_get_object_or_null (answer, "headers");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  if (headers)
    json_object_iter_init (&iter, headers);
  while (headers && json_object_iter_next (&iter, &name, &node))
    soup_message_headers_replace (all, name, sc_json_get_string_or (headers, name, ""));
}

/**
 * sc_gateway_event_answer:
 * @message: the request
 * @answer: what the function said to its event
 * @error: an error of %SC_DATA_ERROR: it is no answer, and nothing was written
 *
 * Turns a function's answer into the request's.
 *
 * Returns: %TRUE if it is one
 */
gboolean
sc_gateway_event_answer (SoupServerMessage *message, GBytes *answer, GError **error)
{
  gint64 status = 0;
  g_autoptr (JsonObject) object = sc_json_parse (answer, ANSWER_MAX, error);
  if (!object || !sc_json_get_int (object, "statusCode", 200, 599, &status, error))
    return FALSE;
  const char *body = sc_json_get_string_or (object, "body", "");
  gsize size = strlen (body);
  guchar *data = NULL;
  if (sc_json_get_bool_or (object, "isBase64Encoded", FALSE))
    data = g_base64_decode (body, &size);
  soup_server_message_set_status (message, (guint) status, NULL);
  if (size > 0)
    soup_server_message_set_response (message,
                                      "application/json",
                                      data ? SOUP_MEMORY_TAKE : SOUP_MEMORY_COPY,
                                      data ? (const char *) data : body,
                                      size);
  else
    g_free (data);
  answer_headers (message, object);
  return TRUE;
}
