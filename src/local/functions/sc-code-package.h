/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScCodePackageError:
 * @SC_CODE_PACKAGE_ERROR_DAMAGED: the file is no zip, or an entry of it is not what it says
 * @SC_CODE_PACKAGE_ERROR_UNSUPPORTED: it is a zip that AWS Lambda would take and this cannot read
 */
typedef enum {
  SC_CODE_PACKAGE_ERROR_DAMAGED,
  SC_CODE_PACKAGE_ERROR_UNSUPPORTED,
} ScCodePackageError;

#define SC_CODE_PACKAGE_ERROR (sc_code_package_error_quark ())
GQuark sc_code_package_error_quark (void);

char *sc_code_package_unpack (const char *zip, const char *directory, GError **error);

G_END_DECLS
