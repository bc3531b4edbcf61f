/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScControlError:
 *
 * The errors that the control planes answer, named after Amazon's.
 */
typedef enum {
  SC_CONTROL_ERROR_VALIDATION,
  SC_CONTROL_ERROR_ACCESS_DENIED,
  SC_CONTROL_ERROR_PENDING_VERIFICATION,
  SC_CONTROL_ERROR_NOT_FOUND,
  SC_CONTROL_ERROR_NO_SECRET,
  SC_CONTROL_ERROR_NOT_BROADCASTING,
  SC_CONTROL_ERROR_CONFLICT,
  SC_CONTROL_ERROR_QUOTA,
  SC_CONTROL_ERROR_THROTTLED,
  SC_CONTROL_ERROR_INTERNAL,
  SC_CONTROL_ERROR_STREAM_UNAVAILABLE,
  SC_CONTROL_ERROR_MISSING_SIGNATURE,
  SC_CONTROL_ERROR_BAD_SIGNATURE,
  SC_CONTROL_ERROR_UNKNOWN_KEY,
  SC_CONTROL_ERROR_UNKNOWN_OPERATION,
  SC_CONTROL_ERROR_TOO_LARGE,
} ScControlError;

#define SC_CONTROL_ERROR (sc_control_error_quark ())
GQuark sc_control_error_quark (void);

/**
 * ScControlErrorDetail:
 * @service: the signing name of the service that answers
 * @resource: (nullable) (owned): the ARN that the error is about
 * @member: (nullable): the member of the input that the error is about
 * @limit: the quota that was met, or 0
 *
 * What some services put into an error's body besides its message.
 */
typedef struct {
  const char *service;
  char *resource;
  const char *member;
  guint limit;
} ScControlErrorDetail;

guint sc_control_error_get_status (const GError *error);
const char *sc_control_error_get_name (const GError *error);
JsonObject *sc_control_error_to_json (const GError *error, const ScControlErrorDetail *detail);

G_END_DECLS
