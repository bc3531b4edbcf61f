/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScServerClock:
 * @earliest: the least that the server's clock can be ahead of ours, microseconds
 * @latest: the most; nothing while @n_dates is 0
 * @n_answers: how many answers that rests on
 * @n_dates: how many of them had a date
 * @n_against: how many dates in a row said that it is less
 * @seen: when the last answer came, by our clock
 *
 * What several answers say together of the server's time of day. A plain value, %{0} to begin with.
 */
typedef struct {
  gint64 earliest;
  gint64 latest;
  guint n_answers;
  guint n_dates;
  guint n_against;
  gint64 seen;
} ScServerClock;

void sc_server_clock_see_date (ScServerClock *self, gint64 date_us, gint64 sent, gint64 received);
void sc_server_clock_see_time (ScServerClock *self, gint64 time_us, gint64 received);
gboolean sc_server_clock_get (const ScServerClock *self, gint64 now, gint64 *ret_time_us);
gint64 sc_server_clock_get_uncertainty (const ScServerClock *self);

G_END_DECLS
