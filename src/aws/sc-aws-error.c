/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-aws-error.h"

#include <string.h>

G_DEFINE_QUARK (sc-aws-error-quark, sc_aws_error)

/* The exceptions of the four services' API models, and the ones that every AWS endpoint may answer
 * ("Common Error Types" in each API reference). */
static const struct {
  const char *type;
  ScAwsError code;
} types[] = {
  { "AccessDenied", SC_AWS_ERROR_DENIED },
  { "AccessDeniedException", SC_AWS_ERROR_DENIED },
  { "ChannelNotBroadcasting", SC_AWS_ERROR_NOT_BROADCASTING },
  { "ConflictException", SC_AWS_ERROR_CONFLICT },
  { "DecryptionFailure", SC_AWS_ERROR_DENIED },
  { "ExpiredTokenException", SC_AWS_ERROR_DENIED },
  { "IncompleteSignature", SC_AWS_ERROR_DENIED },
  { "IncompleteSignatureException", SC_AWS_ERROR_DENIED },
  { "InternalFailure", SC_AWS_ERROR_SERVER },
  { "InternalServerException", SC_AWS_ERROR_SERVER },
  { "InternalServiceError", SC_AWS_ERROR_SERVER },
  { "InvalidClientTokenId", SC_AWS_ERROR_DENIED },
  { "InvalidParameterException", SC_AWS_ERROR_INVALID },
  { "InvalidRequestException", SC_AWS_ERROR_INVALID },
  { "InvalidSignatureException", SC_AWS_ERROR_DENIED },
  { "LimitExceededException", SC_AWS_ERROR_QUOTA },
  { "MissingAuthenticationTokenException", SC_AWS_ERROR_DENIED },
  { "PendingVerification", SC_AWS_ERROR_PENDING_VERIFICATION },
  { "RequestExpired", SC_AWS_ERROR_DENIED },
  { "RequestLimitExceeded", SC_AWS_ERROR_THROTTLED },
  { "ResourceNotFoundException", SC_AWS_ERROR_NOT_FOUND },
  { "ServiceQuotaExceededException", SC_AWS_ERROR_QUOTA },
  { "ServiceUnavailable", SC_AWS_ERROR_SERVER },
  { "StreamUnavailable", SC_AWS_ERROR_SERVER },
  { "Throttling", SC_AWS_ERROR_THROTTLED },
  { "ThrottlingException", SC_AWS_ERROR_THROTTLED },
  { "TooManyRequestsException", SC_AWS_ERROR_THROTTLED },
  { "UnrecognizedClientException", SC_AWS_ERROR_DENIED },
  { "ValidationException", SC_AWS_ERROR_INVALID },
};

/* For exceptions that the models do not name, as a ThrottlingException of CreateChannel. */
static ScAwsError
classify_status (guint status)
{
  switch (status) {
  case 400:
    return SC_AWS_ERROR_INVALID;
  case 401:
  case 403:
    return SC_AWS_ERROR_DENIED;
  case 402:
    return SC_AWS_ERROR_QUOTA;
  case 404:
    return SC_AWS_ERROR_NOT_FOUND;
  case 409:
    return SC_AWS_ERROR_CONFLICT;
  case 429:
    return SC_AWS_ERROR_THROTTLED;
  default:
    return status >= 500 && status <= 599 ? SC_AWS_ERROR_SERVER : SC_AWS_ERROR_PROTOCOL;
  }
}

/**
 * sc_aws_error_classify:
 * @status: the HTTP status of an answer that is not a success
 * @type: (nullable): the exception, from "__type" or x-amzn-ErrorType, which may come as
 * "com.amazonaws.ivs#Name" and as "Name:http://..."
 *
 * Returns: the code; @type decides where it is known, @status where it is not
 */
ScAwsError
sc_aws_error_classify (guint status, const char *type)
{
  if (!type)
    return classify_status (status);
  const char *hash = strrchr (type, '#');
  const char *name = hash ? hash + 1 : type;
  gsize size = strcspn (name, ":");
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
    if (strlen (types[i].type) == size && strncmp (types[i].type, name, size) == 0)
      return types[i].code;
  }
  return classify_status (status);
}

/**
 * sc_aws_error_is_unclear:
 * @error: how a call ended
 *
 * Returns: %TRUE if the call may have had its effect all the same
 */
gboolean
sc_aws_error_is_unclear (const GError *error)
{
  return g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_SERVER) ||
         g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_UNCLEAR) ||
         g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_PROTOCOL);
}

/**
 * sc_aws_error_is_passing:
 * @error: how a call ended
 *
 * Returns: %TRUE if the same call may well succeed soon
 */
gboolean
sc_aws_error_is_passing (const GError *error)
{
  return sc_aws_error_is_unclear (error) ||
         g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_THROTTLED) ||
         g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_UNREACHABLE);
}
