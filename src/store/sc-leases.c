/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-leases.h"

/**
 * sc_leases_take:
 * @connection: a connection
 * @lease: the lease wanted
 * @now_us: the time, microseconds since the epoch
 * @ret_taken: (out): %TRUE if it is now the holder's; untouched on failure
 * @error: any %SC_STORE_ERROR
 *
 * Takes a lease if nobody else holds it. Nobody needs to give it back: it ends by itself.
 *
 * Returns: %TRUE if the question was answered
 */
gboolean
sc_leases_take (ScStoreConnection *connection,
                const ScLease *lease,
                gint64 now_us,
                gboolean *ret_taken,
                GError **error)
{
  gint64 rows =
    sc_store_execute (connection,
                      "INSERT INTO leases AS l (name, holder, until) VALUES ($1, $2, $3)"
                      " ON CONFLICT (name) DO UPDATE"
                      " SET holder = excluded.holder, until = excluded.until"
                      " WHERE l.until <= $4 OR l.holder = excluded.holder",
                      SC_PARAMS (sc_text (lease->name),
                                 sc_text (lease->holder),
                                 sc_time (lease->until_us),
                                 sc_time (now_us)),
                      error);
  if (rows < 0)
    return FALSE;
  *ret_taken = rows > 0;
  return TRUE;
}
