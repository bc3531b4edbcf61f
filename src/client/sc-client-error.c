/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Failures of the network and error answers of our API as errors of one domain. Pure functions. */

#include "config.h"

#include "sc-client-error.h"

#include "sc-json-members.h"
#include "sc-json.h"

/* GLib's getter of extended errors returns %NULL to a caller of the wrong domain, which gcc takes
 * for possible here. */
#pragma GCC diagnostic ignored "-Wnull-dereference"

/* The sentence is for the details that a person may open; more than this is not a sentence. */
#define MESSAGE_MAX 500
#define CODE_MAX 40

/* What a server may ask one to wait; more is a mistake of whoever says so. */
#define WAIT_MAX (24 * 60 * 60)

typedef struct {
  char *field;
  gint64 until;
  guint wait; /* seconds */
} ScClientErrorPrivate;

static void
sc_client_error_private_init (ScClientErrorPrivate *private)
{
}

static void
sc_client_error_private_copy (const ScClientErrorPrivate *source, ScClientErrorPrivate *target)
{
  target->field = g_strdup (source->field);
  target->until = source->until;
  target->wait = source->wait;
}

static void
sc_client_error_private_clear (ScClientErrorPrivate *private)
{
  /* GLib hands over nothing for an error of another domain, and GCC 16 knows. */
  if (private)
    g_free (private->field);
}

G_DEFINE_EXTENDED_ERROR (ScClientError, sc_client_error)

/* The codes of our API's error answers. "method_not_allowed" and "body_too_large" can only be this
 * program's own mistake, so they are one with "bad_request". */
static const struct {
  const char *code;
  ScClientError error;
} codes[] = {
  { "bad_request", SC_CLIENT_ERROR_BAD_REQUEST },
  { "method_not_allowed", SC_CLIENT_ERROR_BAD_REQUEST },
  { "body_too_large", SC_CLIENT_ERROR_BAD_REQUEST },
  { "invalid_name", SC_CLIENT_ERROR_INVALID_NAME },
  { "invalid_password", SC_CLIENT_ERROR_INVALID_PASSWORD },
  { "invalid_title", SC_CLIENT_ERROR_INVALID_TITLE },
  { "name_taken", SC_CLIENT_ERROR_NAME_TAKEN },
  { "wrong_credentials", SC_CLIENT_ERROR_WRONG_CREDENTIALS },
  { "wrong_password", SC_CLIENT_ERROR_WRONG_PASSWORD },
  { "wrong_code", SC_CLIENT_ERROR_WRONG_CODE },
  { "unauthorized", SC_CLIENT_ERROR_UNAUTHORIZED },
  { "not_found", SC_CLIENT_ERROR_NOT_FOUND },
  { "no_such_channel", SC_CLIENT_ERROR_NOT_FOUND },
  { "busy", SC_CLIENT_ERROR_BUSY },
  { "channel_not_ready", SC_CLIENT_ERROR_CHANNEL_NOT_READY },
  { "not_live", SC_CLIENT_ERROR_NOT_LIVE },
  { "upstream_unavailable", SC_CLIENT_ERROR_UPSTREAM },
  { "internal", SC_CLIENT_ERROR_INTERNAL },
  { "forbidden", SC_CLIENT_ERROR_FORBIDDEN },
  { "banned", SC_CLIENT_ERROR_BANNED },
  { "suspended", SC_CLIENT_ERROR_SUSPENDED },
  { "account_deleted", SC_CLIENT_ERROR_ACCOUNT_DELETED },
  { "no_such_user", SC_CLIENT_ERROR_NOT_FOUND },
  { "decided", SC_CLIENT_ERROR_DECIDED },
  { "too_late", SC_CLIENT_ERROR_TOO_LATE },
  { "not_undoable", SC_CLIENT_ERROR_TOO_LATE },
  { "undone", SC_CLIENT_ERROR_UNDONE },
  { "too_many_reports", SC_CLIENT_ERROR_TOO_MANY_REPORTS },
  { "too_many_attempts", SC_CLIENT_ERROR_TOO_MANY_ATTEMPTS },
  { "too_many_follows", SC_CLIENT_ERROR_TOO_MANY_FOLLOWS },
  { "in_progress", SC_CLIENT_ERROR_BUSY },
  { "idempotency_mismatch", SC_CLIENT_ERROR_BAD_REQUEST },
};

/**
 * sc_client_error_get_field:
 * @error: an error of any domain
 *
 * Returns: (nullable): the member of the request that is at fault, as "name"
 */
const char *
sc_client_error_get_field (const GError *error)
{
  if (!error || error->domain != SC_CLIENT_ERROR)
    return NULL;
  return sc_client_error_get_private (error)->field;
}

/**
 * sc_client_error_get_until:
 * @error: an error of any domain
 *
 * Returns: until when a ban holds, or a deleted account can be restored, microseconds since the
 *   epoch; 0 for a ban for good, and for what is neither
 */
gint64
sc_client_error_get_until (const GError *error)
{
  if (!error || error->domain != SC_CLIENT_ERROR)
    return 0;
  return sc_client_error_get_private (error)->until;
}

/**
 * sc_client_error_get_wait:
 * @error: an error of any domain
 *
 * Returns: after how many seconds the server takes the request, as it said with the error (RFC
 * 9110, 10.2.3); 0 if it did not
 */
guint
sc_client_error_get_wait (const GError *error)
{
  if (!error || error->domain != SC_CLIENT_ERROR)
    return 0;
  return sc_client_error_get_private (error)->wait;
}

/**
 * sc_client_error_from_net:
 * @cause: an error of %SC_NET_ERROR, or any other
 *
 * Returns: (transfer full): the error of %SC_CLIENT_ERROR that it amounts to; a cancellation stays
 *   what it is
 */
GError *
sc_client_error_from_net (const GError *cause)
{
  if (cause->domain != SC_NET_ERROR || cause->code == SC_NET_ERROR_CANCELLED)
    return g_error_copy (cause);

  ScClientError code = SC_CLIENT_ERROR_UNREACHABLE;
  switch ((ScNetError) cause->code) {
  case SC_NET_ERROR_TLS:
    code = SC_CLIENT_ERROR_UNTRUSTED;
    break;
  case SC_NET_ERROR_TIMEOUT:
    code = SC_CLIENT_ERROR_TIMED_OUT;
    break;
  case SC_NET_ERROR_TOO_LARGE:
  case SC_NET_ERROR_PROTOCOL:
    code = SC_CLIENT_ERROR_PROTOCOL;
    break;
  case SC_NET_ERROR_RESOLVE:
  case SC_NET_ERROR_REFUSED:
  case SC_NET_ERROR_RESET:
  case SC_NET_ERROR_TRUNCATED:
  case SC_NET_ERROR_CANCELLED:
  default:
    break;
  }
  return g_error_new_literal (SC_CLIENT_ERROR, code, cause->message);
}

static ScClientError
code_from_string (const char *code, guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i].code, code) == 0)
      return codes[i].error;
  return status >= 500 ? SC_CLIENT_ERROR_INTERNAL : SC_CLIENT_ERROR_PROTOCOL;
}

/* What stands before our server, as nginx, answers without our JSON. */
static ScClientError
code_from_status (guint status)
{
  switch (status) {
  case 401:
    return SC_CLIENT_ERROR_UNAUTHORIZED;
  case 429:
  case 503:
    return SC_CLIENT_ERROR_BUSY;
  case 502:
  case 504:
    return SC_CLIENT_ERROR_UNREACHABLE;
  default:
    return status >= 500 ? SC_CLIENT_ERROR_INTERNAL : SC_CLIENT_ERROR_PROTOCOL;
  }
}

/* An end that cannot be read is none: who is let in again sooner finds out by asking. */
static GError *
new_ban (JsonObject *said)
{
  const char *reason = sc_json_get_string (said, "reason", MESSAGE_MAX, NULL);
  GError *error = g_error_new_literal (SC_CLIENT_ERROR, SC_CLIENT_ERROR_BANNED, reason ?: "");
  sc_json_read_time (said, "until", &sc_client_error_get_private (error)->until, NULL);
  return error;
}

/* A date is none that our server says. */
static guint
read_wait (const ScHttpResponse *response)
{
  guint64 seconds = 0;
  const char *text = sc_http_response_get_header (response, "retry-after");
  if (!text || !g_ascii_string_to_unsigned (text, 10, 1, WAIT_MAX, &seconds, NULL))
    return 0;
  return (guint) seconds;
}

/**
 * sc_client_error_from_response:
 * @response: an answer whose status is not a success
 *
 * Returns: (transfer full): the error that it says, with the field at fault
 */
GError *
sc_client_error_from_response (const ScHttpResponse *response)
{
  g_autoptr (JsonObject) body = sc_json_parse (response->body, SC_JSON_MAX_BYTES, NULL);
  JsonObject *said = body ? sc_json_get_object_or_null (body, "error") : NULL;
  const char *code = said ? sc_json_get_string (said, "code", CODE_MAX, NULL) : NULL;
  const char *message = said ? sc_json_get_string (said, "message", MESSAGE_MAX, NULL) : NULL;
  if (!code || !message)
    return g_error_new (SC_CLIENT_ERROR,
                        code_from_status (response->status),
                        "The server answered with HTTP status %u",
                        response->status);

  ScClientError number = code_from_string (code, response->status);
  if (number == SC_CLIENT_ERROR_BANNED)
    return new_ban (said);
  GError *error = g_error_new_literal (SC_CLIENT_ERROR, number, message);
  sc_client_error_get_private (error)->wait = read_wait (response);
  sc_client_error_get_private (error)->field =
    g_strdup (sc_json_get_string_or (said, "field", NULL));
  if (number == SC_CLIENT_ERROR_ACCOUNT_DELETED)
    sc_json_read_time (said, "deletes_at", &sc_client_error_get_private (error)->until, NULL);
  return error;
}
