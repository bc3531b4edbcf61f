/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-lambda.h"

#include "sc-aws-private.h"

#include <string.h>

/* "FunctionName" of Invoke (AWS Lambda API Reference): name, alias or ARN. */
#define FUNCTION_MAX 170

/* "Lambda quotas": what an asynchronous invocation takes. */
#define EVENT_MAX_BYTES (256 * 1024)

/* The answer to an asynchronous invocation has no body; an error's is short. */
#define ANSWER_MAX_BYTES 16384

static gboolean
is_function (const char *function)
{
  gsize size = strlen (function);
  return size > 0 && size <= FUNCTION_MAX &&
         strspn (function, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS ":-_") == size;
}

/**
 * sc_lambda_invoke_event:
 * @aws: a client
 * @function: the name or the ARN of a function or an alias of one
 * @event: what it gets, JSON, at most 256 KiB
 * @error: any %SC_AWS_ERROR
 *
 * Hands over an event and does not wait for what the function does with it (Invoke with the
 * invocation type Event, AWS Lambda API Reference). The function may get it twice, be it that AWS
 * repeats it or that we do. Blocks; any thread.
 *
 * Returns: %TRUE once the event is queued
 */
gboolean
sc_lambda_invoke_event (ScAws *aws, const char *function, GBytes *event, GError **error)
{
  static const ScAwsOperation operation = { SC_AWS_LAMBDA, "Invoke", TRUE };
  static const char *const headers[] = { "X-Amz-Invocation-Type", "Event", NULL };
  if (!is_function (function) || g_bytes_get_size (event) > EVENT_MAX_BYTES) {
    g_set_error_literal (error, SC_AWS_ERROR, SC_AWS_ERROR_INVALID, "Invoke: no function or event");
    return FALSE;
  }
  gboolean named;
  const char *endpoint = sc_aws_get_endpoint (aws, SC_AWS_LAMBDA, &named);
  g_autofree char *name = g_uri_escape_string (function, NULL, FALSE);
  g_autofree char *url = g_strdup_printf ("%s/2015-03-31/functions/%s/invocations", endpoint, name);
  const ScAwsRequest request = { .method = "POST",
                                 .url = url,
                                 .content_type = "application/json",
                                 .body = event,
                                 .headers = headers,
                                 .max_answer_bytes = ANSWER_MAX_BYTES };
  g_autoptr (GBytes) answer = sc_aws_send (aws, &operation, &request, error);
  return answer != NULL;
}
