/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScDataError:
 * @SC_DATA_ERROR_SYNTAX: the bytes are not strict JSON, or not UTF-8
 * @SC_DATA_ERROR_TOO_LARGE: the bytes are more than the caller allowed
 * @SC_DATA_ERROR_MISSING: a required member is absent
 * @SC_DATA_ERROR_TYPE: a member has another type than asked for
 * @SC_DATA_ERROR_RANGE: a member is of the right type and outside its bounds
 *
 * What can be wrong with a value that came from outside, the error domain of `core`. The message
 * names the member and what was expected; it never quotes the value, which may be a secret.
 */
typedef enum {
  SC_DATA_ERROR_SYNTAX,
  SC_DATA_ERROR_TOO_LARGE,
  SC_DATA_ERROR_MISSING,
  SC_DATA_ERROR_TYPE,
  SC_DATA_ERROR_RANGE,
} ScDataError;

#define SC_DATA_ERROR (sc_data_error_quark ())
GQuark sc_data_error_quark (void);

G_END_DECLS
