/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-live-timer.h"

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_source_set_ready_time (source, -1);
  return callback (user_data);
}

/**
 * sc_live_timer_new:
 * @context: (nullable): where it is dispatched
 * @func: what it calls; returns %G_SOURCE_CONTINUE
 * @user_data: for @func
 *
 * Returns: (transfer full): a source with nothing but a ready time, which dispatching it takes away
 */
GSource *
sc_live_timer_new (GMainContext *context, GSourceFunc func, gpointer user_data)
{
  static GSourceFuncs funcs = { .dispatch = dispatch };
  GSource *timer = g_source_new (&funcs, sizeof (GSource));
  g_source_set_callback (timer, func, user_data, NULL);
  g_source_attach (timer, context);
  return timer;
}

/**
 * sc_live_timer_next_beat:
 * @n: of how many %SC_LIVE_BEAT_US, at least 1
 *
 * Returns: when the monotonic time is a multiple of @n beats next, microseconds
 */
gint64
sc_live_timer_next_beat (guint n)
{
  gint64 interval = n * SC_LIVE_BEAT_US;
  return (g_get_monotonic_time () / interval + 1) * interval;
}
