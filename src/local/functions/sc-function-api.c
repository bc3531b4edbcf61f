/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The local AWS Lambda, as much of it as our programs call: Invoke with the invocation type Event
 * ("Invoke", AWS Lambda API Reference), which queues an event and does not wait for its function.
 * Main thread. */

#include "config.h"

#include "sc-function-api.h"

#include "sc-control-answer.h"
#include "sc-control-service.h"
#include "sc-json.h"

#include <string.h>

#define PATH_BEGIN "/2015-03-31/functions/"
#define PATH_END "/invocations"

/* Returns the function that a path names, or NULL where it is none of an invocation. */
static char *
find_function_name (const char *path)
{
  if (!g_str_has_prefix (path, PATH_BEGIN) || !g_str_has_suffix (path, PATH_END))
    return NULL;
  const char *name = path + strlen (PATH_BEGIN);
  gsize size = strlen (name) - strlen (PATH_END);
  return size > 0 && !memchr (name, '/', size) ? g_strndup (name, size) : NULL;
}

static gboolean
fail (ScControlError code, const char *why, GError **error)
{
  g_set_error_literal (error, SC_CONTROL_ERROR, (int) code, why);
  return FALSE;
}

static gboolean
invoke (ScFunctionHost *host, SoupServerMessage *message, const char *path, GError **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *type = soup_message_headers_get_one (headers, "X-Amz-Invocation-Type");
  g_autofree char *name = find_function_name (path);
  g_autoptr (GBytes) event =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonObject) object = sc_json_parse (event, SC_JSON_MAX_BYTES, NULL);
  if (!name || soup_server_message_get_method (message) != SOUP_METHOD_POST ||
      g_strcmp0 (type, "Event") != 0)
    return fail (SC_CONTROL_ERROR_UNKNOWN_OPERATION,
                 "The local cloud knows Invoke with the invocation type Event only.",
                 error);
  if (!object)
    return fail (SC_CONTROL_ERROR_VALIDATION, "The event is not JSON.", error);
  if (!sc_function_host_has (host, name))
    return fail (SC_CONTROL_ERROR_NOT_FOUND, "There is no such function.", error);
  return sc_function_host_invoke (host, name, event) ||
         fail (SC_CONTROL_ERROR_THROTTLED, "Too many events wait for this function.", error);
}

static const char *
get_operation (SoupServerMessage *message)
{
  return "Invoke";
}

static void
answer (SoupServerMessage *message, const char *path, const GError *refusal, gpointer data)
{
  const ScControlErrorDetail detail = { .service = "lambda" };
  g_autoptr (GError) error = NULL;
  if (refusal || !invoke (data, message, path, &error)) {
    sc_control_answer_error (message, refusal ? refusal : error, &detail);
    return;
  }
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  soup_server_message_set_status (message, SOUP_STATUS_ACCEPTED, NULL);
  soup_message_headers_set_content_length (headers, 0);
}

/**
 * sc_function_api_add:
 * @host: the functions, by their ARNs; lives until @control is closed
 * @control: gets the service
 *
 * Lets programs invoke functions.
 */
void
sc_function_api_add (ScFunctionHost *host, ScControl *control)
{
  static const ScControlService service = { "lambda", get_operation, answer };
  sc_control_add_service (control, &service, host);
}
