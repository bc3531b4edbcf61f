/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the app starts fibers, and tells that it dropped one. Main thread only. */

#include "config.h"

#include "sc-future.h"

#include "sc-net-error.h"

static DexFuture *
keep_outcome (DexFuture *future, gpointer user_data)
{
  return dex_ref (future);
}

/**
 * sc_spawn:
 * @fiber: the story to run, at most 128 KiB deep
 * @args: (transfer full): its typed argument struct
 * @free_args: frees @args when the fiber has ended
 *
 * Starts a fiber on the main thread.
 *
 * libdex 0.10 does not stop a fiber whose own future is dropped; it does when a future that is
 * chained from it is. So this returns a chained one: keep it, and dex_clear() it in dispose.
 *
 * Returns: (transfer full): a future that resolves to what @fiber returns
 */
DexFuture *
sc_spawn (DexFiberFunc fiber, gpointer args, GDestroyNotify free_args)
{
  DexFuture *spawned =
    dex_scheduler_spawn (dex_scheduler_get_default (), /* stack_size= */ 0, fiber, args, free_args);
  return dex_future_finally (spawned, keep_outcome, NULL, NULL);
}

/**
 * sc_error_is_cancelled:
 * @error: (nullable): an error of any domain
 *
 * Returns: %TRUE if it only says that we gave up ourselves: nothing to tell anyone
 */
gboolean
sc_error_is_cancelled (const GError *error)
{
  return g_error_matches (error, DEX_ERROR, DEX_ERROR_FIBER_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, SC_NET_ERROR, SC_NET_ERROR_CANCELLED);
}
