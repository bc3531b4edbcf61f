/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScServerClock:
 * @earliest: the least that the server's clock can be ahead of ours, microseconds
 * @latest: the most
 * @n_answers: how many answers that rests on
 *
 * What several answers say together of the server's time of day. A plain value, %{0} to begin with.
 */
typedef struct {
  gint64 earliest;
  gint64 latest;
  guint n_answers;
} ScServerClock;

void sc_server_clock_see_date (ScServerClock *self, gint64 date_us, gint64 sent, gint64 received);
void sc_server_clock_see_time (ScServerClock *self, gint64 time_us, gint64 received);
gboolean sc_server_clock_get (const ScServerClock *self, gint64 now, gint64 *ret_time_us);
gint64 sc_server_clock_get_uncertainty (const ScServerClock *self);

G_END_DECLS
