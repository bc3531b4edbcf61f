/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The door for Amazon API Gateway: payload format 2.0 of HTTP APIs to a request, an answer back
 * ("API Gateway Developer Guide, Create AWS Lambda proxy integrations for HTTP APIs"). */

#include "config.h"

#include "sc-gateway.h"

#include "sc-error.h"
#include "sc-json.h"

#include <string.h>

/* A picture of 256 KiB in base64 inside JSON, and API Gateway's 10 KiB of headers twice over. */
#define EVENT_MAX (512 * 1024)

#define TEXT_MAX (128 * 1024)

/* The strings of a request, which the event owns, and its body. */
typedef struct {
  ScRequest request;
  GBytes *body;
} Parsed;

static GBytes *
decode_body (JsonObject *event)
{
  const char *text = sc_json_get_string_or (event, "body", NULL);
  if (!text)
    return NULL;
  if (!sc_json_get_bool_or (event, "isBase64Encoded", FALSE))
    return g_bytes_new (text, strlen (text));
  gsize size;
  guchar *data = g_base64_decode (text, &size);
  return g_bytes_new_take (data, size);
}

/* Header names arrive in lower case. */
static const char *
find_header (JsonObject *event, const char *name)
{
  JsonObject *headers = sc_json_get_object_or_null (event, "headers");
  return headers ? sc_json_get_string_or (headers, name, NULL) : NULL;
}

static gboolean
read_request (JsonObject *event, Parsed *parsed, GError **error)
{
  JsonObject *context = sc_json_get_object (event, "requestContext", error);
  JsonObject *http = context ? sc_json_get_object (context, "http", error) : NULL;
  const char *method = http ? sc_json_get_string (http, "method", TEXT_MAX, error) : NULL;
  const char *path = method ? sc_json_get_string (event, "rawPath", TEXT_MAX, error) : NULL;
  if (!path)
    return FALSE;
  const char *query = sc_json_get_string_or (event, "rawQueryString", NULL);
  parsed->body = decode_body (event);
  parsed->request = (ScRequest) {
    .method = method,
    .path = path,
    .query = query && *query ? query : NULL,
    .authorization = find_header (event, "authorization"),
    .idempotency_key = find_header (event, "idempotency-key"),
    .address = sc_json_get_string_or (http, "sourceIp", NULL),
    .body = parsed->body,
  };
  return TRUE;
}

static GBytes *
write_response (ScResponse *response)
{
  JsonObject *headers = json_object_new ();
  for (guint i = 0; i + 1 < response->headers->len; i += 2)
    json_object_set_string_member (headers,
                                   response->headers->pdata[i],
                                   response->headers->pdata[i + 1]);
  g_autoptr (JsonObject) object = json_object_new ();
  json_object_set_int_member (object, "statusCode", response->status);
  json_object_set_object_member (object, "headers", headers);
  json_object_set_boolean_member (object, "isBase64Encoded", FALSE);
  if (response->body) {
    gsize size;
    const char *data = g_bytes_get_data (response->body, &size);
    g_autofree char *text = g_strndup (data, size);
    json_object_set_string_member (object, "body", text);
  }
  return sc_json_to_bytes (object);
}

/* What cannot be read came from whoever sent the request: it is they who get the answer. */
static ScResponse *
refuse_unreadable (const GError *error)
{
  gboolean large = g_error_matches (error, SC_DATA_ERROR, SC_DATA_ERROR_TOO_LARGE);
  return sc_response_new_fault (large ? SC_FAULT_BODY_TOO_LARGE : SC_FAULT_BAD_REQUEST, NULL, NULL);
}

/**
 * sc_gateway_handle:
 * @service: the rules
 * @event: an event of API Gateway
 * @error: an error of %SC_DATA_ERROR if it is JSON and no such event
 *
 * Answers a request that came through API Gateway. Blocks.
 *
 * Returns: (transfer full) (nullable): the answer for API Gateway
 */
GBytes *
sc_gateway_handle (ScService *service, GBytes *event, GError **error)
{
  Parsed parsed = { 0 };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ScResponse) response = NULL;
  g_autoptr (JsonObject) object = sc_json_parse (event, EVENT_MAX, &local_error);
  if (!object) {
    response = refuse_unreadable (local_error);
    return write_response (response);
  }
  if (!read_request (object, &parsed, error))
    return NULL;
  response = sc_service_handle (service, &parsed.request);
  g_clear_pointer (&parsed.body, g_bytes_unref);
  if (response->cause)
    g_message ("%s: %u: %s", parsed.request.method, response->status, response->cause);
  return write_response (response);
}
