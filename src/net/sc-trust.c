/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-trust.h"

/**
 * sc_trust_certificate_file:
 * @path: (nullable): a file of certificates in PEM, usually the environment's SSL_CERT_FILE; %NULL
 *   or empty leaves the system's
 * @error: an error of %G_TLS_ERROR or %G_FILE_ERROR
 *
 * Makes these authorities count for every connection of this process. Call it in main, before
 * anything connects.
 *
 * Returns: %TRUE if connections may be made
 */
gboolean
sc_trust_certificate_file (const char *path, GError **error)
{
  if (!path || !*path)
    return TRUE;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, error);
  if (!database)
    return FALSE;
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
  return TRUE;
}
