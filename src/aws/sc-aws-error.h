/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScAwsError:
 * @SC_AWS_ERROR_THROTTLED: too many calls of this operation; nothing happened
 * @SC_AWS_ERROR_QUOTA: the account may have no more of these
 * @SC_AWS_ERROR_DENIED: the credentials are wrong, out of date, or may not do this
 * @SC_AWS_ERROR_PENDING_VERIFICATION: the account is still being verified
 * @SC_AWS_ERROR_NOT_FOUND: the resource does not exist
 * @SC_AWS_ERROR_CONFLICT: the resource is in use, as a channel that is live
 * @SC_AWS_ERROR_INVALID: the request is not valid
 * @SC_AWS_ERROR_NOT_BROADCASTING: the channel is not live
 * @SC_AWS_ERROR_SERVER: the service failed; the call may or may not have had its effect
 * @SC_AWS_ERROR_UNCLEAR: no whole answer came; the call may or may not have had its effect
 * @SC_AWS_ERROR_UNREACHABLE: the call never left; it had no effect
 * @SC_AWS_ERROR_PROTOCOL: the answer makes no sense; the call may have had its effect
 *
 * How a call of AWS ends without a result, the error domain of `aws`.
 */
typedef enum {
  SC_AWS_ERROR_THROTTLED,
  SC_AWS_ERROR_QUOTA,
  SC_AWS_ERROR_DENIED,
  SC_AWS_ERROR_PENDING_VERIFICATION,
  SC_AWS_ERROR_NOT_FOUND,
  SC_AWS_ERROR_CONFLICT,
  SC_AWS_ERROR_INVALID,
  SC_AWS_ERROR_NOT_BROADCASTING,
  SC_AWS_ERROR_SERVER,
  SC_AWS_ERROR_UNCLEAR,
  SC_AWS_ERROR_UNREACHABLE,
  SC_AWS_ERROR_PROTOCOL,
} ScAwsError;

#define SC_AWS_ERROR (sc_aws_error_quark ())
GQuark sc_aws_error_quark (void);

ScAwsError sc_aws_error_classify (guint status, const char *type);
gboolean sc_aws_error_is_unclear (const GError *error);
gboolean sc_aws_error_is_passing (const GError *error);

G_END_DECLS
