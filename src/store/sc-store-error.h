/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScStoreError:
 * @SC_STORE_ERROR_UNAVAILABLE: the database cannot be reached or is going down; whether the
 *   statement had an effect is unknown
 * @SC_STORE_ERROR_BUSY: no connection became free, or a statement or lock took too long; nothing
 *   was changed
 * @SC_STORE_ERROR_UNIQUE: a row with such a key is there already
 * @SC_STORE_ERROR_SERIALIZATION: the transaction lost against another one and may be tried again
 * @SC_STORE_ERROR_INVALID: the database refuses a value: too long, not of its type, against a rule
 * @SC_STORE_ERROR_PROTOCOL: the statement and the schema do not fit: a mistake in this program
 *
 * What can go wrong with the database, the error domain of `store`.
 */
typedef enum {
  SC_STORE_ERROR_UNAVAILABLE,
  SC_STORE_ERROR_BUSY,
  SC_STORE_ERROR_UNIQUE,
  SC_STORE_ERROR_SERIALIZATION,
  SC_STORE_ERROR_INVALID,
  SC_STORE_ERROR_PROTOCOL,
} ScStoreError;

#define SC_STORE_ERROR (sc_store_error_quark ())
GQuark sc_store_error_quark (void);

ScStoreError sc_store_error_from_sqlstate (const char *sqlstate);

G_END_DECLS
