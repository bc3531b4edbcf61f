/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A quota of so many calls a second, measured over any second. */

#include "config.h"

#include "sc-rate.h"

struct _ScRate {
  guint per_second;
  guint next;
  gint64 times[]; /* of the latest calls, as a ring */
};

/**
 * sc_rate_new:
 * @per_second: the quota, at least 1
 *
 * Returns: (transfer full): a quota of which nothing is used
 */
ScRate *
sc_rate_new (guint per_second)
{
  ScRate *self = g_malloc0 (sizeof *self + per_second * sizeof self->times[0]);
  self->per_second = per_second;
  return self;
}

/**
 * sc_rate_free:
 * @self: (transfer full): a quota
 */
void
sc_rate_free (ScRate *self)
{
  g_free (self);
}

/**
 * sc_rate_take:
 * @self: a quota
 * @now_us: a time that only grows, in microseconds
 *
 * Says whether one more call now keeps the quota, and counts it if so.
 *
 * Returns: %FALSE if the call is one too many
 */
gboolean
sc_rate_take (ScRate *self, gint64 now_us)
{
  gint64 *oldest = &self->times[self->next];
  if (*oldest != 0 && now_us - *oldest < G_USEC_PER_SEC)
    return FALSE;
  *oldest = now_us;
  self->next = (self->next + 1) % self->per_second;
  return TRUE;
}
