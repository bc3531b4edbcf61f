/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A pause that a test can end. Main thread only. */

#include "config.h"

#include "sc-delay.h"

static DexFuture *
begin_real (guint seconds, gpointer data)
{
  return dex_timeout_new_seconds ((int) seconds);
}

const ScDelay sc_delay_real = { begin_real, NULL };

/**
 * sc_delay_begin:
 * @self: how time passes
 * @seconds: how long
 *
 * Returns: (transfer full): a future that is settled when the time is over; the real one rejects
 *   then, as a timeout of libdex does
 */
DexFuture *
sc_delay_begin (const ScDelay *self, guint seconds)
{
  return self->begin (seconds, self->data);
}
