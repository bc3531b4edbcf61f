/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-backoff.h"

/**
 * sc_backoff_delay:
 * @attempt: how many tries have failed before, from 0
 * @base_us: the longest wait after the first failure, microseconds, above 0
 * @cap_us: the longest wait after any failure, microseconds
 * @random: a number from 0 up to 1, as g_random_double() gives it
 *
 * Exponential backoff with full jitter ("Timeouts, retries and backoff with jitter", Amazon
 * Builders' Library): evenly spread between nothing and the exponential bound, so that clients
 * which failed together do not come back together. A pure function.
 *
 * Returns: how long to wait before the next try, microseconds
 */
gint64
sc_backoff_delay (guint attempt, gint64 base_us, gint64 cap_us, double random)
{
  gint64 bound = base_us;
  for (guint i = 0; i < attempt && bound < cap_us; i++)
    bound = bound > cap_us / 2 ? cap_us : bound * 2;
  return (gint64) ((double) MIN (bound, cap_us) * random);
}
