/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Amazon's errors: their status, their name, and the form of their bodies (botocore's models
 * ivs, ivschat and ivs-realtime of 2020-07-14; secretsmanager of 2017-10-17). */

#include "config.h"

#include "sc-control-error.h"

#include "sc-cloud.h"

G_DEFINE_QUARK (sc-control-error, sc_control_error)

typedef struct {
  guint status;
  const char *name;
} ErrorKind;

static const ErrorKind kinds[] = {
  [SC_CONTROL_ERROR_VALIDATION] = { 400, "ValidationException" },
  [SC_CONTROL_ERROR_ACCESS_DENIED] = { 403, "AccessDeniedException" },
  [SC_CONTROL_ERROR_PENDING_VERIFICATION] = { 403, "PendingVerification" },
  [SC_CONTROL_ERROR_NOT_FOUND] = { 404, "ResourceNotFoundException" },
  [SC_CONTROL_ERROR_NO_SECRET] = { 400, "ResourceNotFoundException" },
  [SC_CONTROL_ERROR_NOT_BROADCASTING] = { 404, "ChannelNotBroadcasting" },
  [SC_CONTROL_ERROR_CONFLICT] = { 409, "ConflictException" },
  [SC_CONTROL_ERROR_QUOTA] = { 402, "ServiceQuotaExceededException" },
  [SC_CONTROL_ERROR_THROTTLED] = { 429, "ThrottlingException" },
  [SC_CONTROL_ERROR_INTERNAL] = { 500, "InternalServerException" },
  [SC_CONTROL_ERROR_STREAM_UNAVAILABLE] = { 503, "StreamUnavailable" },
  [SC_CONTROL_ERROR_MISSING_SIGNATURE] = { 403, "MissingAuthenticationTokenException" },
  [SC_CONTROL_ERROR_BAD_SIGNATURE] = { 403, "InvalidSignatureException" },
  [SC_CONTROL_ERROR_UNKNOWN_KEY] = { 403, "UnrecognizedClientException" },
  [SC_CONTROL_ERROR_UNKNOWN_OPERATION] = { 404, "UnknownOperationException" },
  [SC_CONTROL_ERROR_TOO_LARGE] = { 413, "RequestEntityTooLargeException" },
};

static const ErrorKind *
get_kind (const GError *error)
{
  gboolean ours = error->domain == SC_CONTROL_ERROR && (gsize) error->code < G_N_ELEMENTS (kinds);
  return &kinds[ours ? error->code : SC_CONTROL_ERROR_INTERNAL];
}

/**
 * sc_control_error_get_status:
 * @error: an error; one of another domain counts as internal
 *
 * Returns: the HTTP status
 */
guint
sc_control_error_get_status (const GError *error)
{
  return get_kind (error)->status;
}

/**
 * sc_control_error_get_name:
 * @error: an error; one of another domain counts as internal
 *
 * Returns: (transfer none): what goes into the header x-amzn-ErrorType
 */
const char *
sc_control_error_get_name (const GError *error)
{
  return get_kind (error)->name;
}

/* Amazon IVS Chat says more than a sentence. */
static void
add_chat_members (JsonObject *body, const GError *error, const ScControlErrorDetail *detail)
{
  if (detail->resource || detail->limit > 0) {
    json_object_set_string_member (body,
                                   "resourceId",
                                   detail->resource ? sc_arn_get_id (detail->resource) : "");
    json_object_set_string_member (body, "resourceType", "ROOM");
  }
  if (detail->limit > 0)
    json_object_set_int_member (body, "limit", detail->limit);
  if (!g_error_matches (error, SC_CONTROL_ERROR, SC_CONTROL_ERROR_VALIDATION))
    return;

  json_object_set_string_member (body,
                                 "reason",
                                 detail->member ? "FIELD_VALIDATION_FAILED" : "OTHER");
  if (detail->member) {
    JsonObject *field = json_object_new ();
    json_object_set_string_member (field, "name", detail->member);
    json_object_set_string_member (field, "message", error->message);
    JsonArray *fields = json_array_new ();
    json_array_add_object_element (fields, field);
    json_object_set_array_member (body, "fieldList", fields);
  }
}

/**
 * sc_control_error_to_json:
 * @error: an error
 * @detail: what it is about
 *
 * Returns: (transfer full): the body as the service at hand writes it
 */
JsonObject *
sc_control_error_to_json (const GError *error, const ScControlErrorDetail *detail)
{
  JsonObject *body = json_object_new ();
  gboolean chat = g_strcmp0 (detail->service, "ivschat") == 0;
  gboolean secrets = g_strcmp0 (detail->service, "secretsmanager") == 0;
  json_object_set_string_member (body,
                                 chat || secrets ? "message" : "exceptionMessage",
                                 error->message);
  if (secrets)
    json_object_set_string_member (body, "__type", get_kind (error)->name);
  if (chat)
    add_chat_members (body, error, detail);
  return body;
}
