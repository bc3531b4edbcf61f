/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "tour-wait.h"

/* How often a condition without an event of its own is looked at again. */
#define LOOK_AGAIN_MS 40

G_DEFINE_QUARK (tour-error-quark, tour_error)

static gboolean
on_look_again (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * tour_wait:
 * @seconds: the longest to wait
 * @condition: what to wait for; asked again after each event of the main context
 * @data: passed to @condition
 *
 * The one place where the tour waits: it runs the default main context until @condition holds.
 * Main thread.
 *
 * Returns: %TRUE if @condition held in time
 */
gboolean
tour_wait (double seconds, TourCondition condition, gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  guint tick = g_timeout_add (LOOK_AGAIN_MS, on_look_again, NULL);
  gboolean held = condition (data);
  while (!held && g_get_monotonic_time () < deadline) {
    g_main_context_iteration (NULL, TRUE);
    held = condition (data);
  }
  g_source_remove (tick);
  return held;
}
