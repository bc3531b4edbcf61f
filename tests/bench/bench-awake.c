/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How long the main thread is at work at a time. */

#include "config.h"

#include "bench-awake.h"

#include <time.h>

#define FRAME_US 33000

static BenchAwake awake;
static gint64 since;      /* when the main thread went to work */
static gint64 used_since; /* what it had used of a processor then */

/* What the main thread has used of a processor, microseconds. */
static gint64
get_used (void)
{
  struct timespec used;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

/* The main loop works whenever it does not wait here. */
static int
poll_timed (GPollFD *fds, guint n_fds, int timeout)
{
  gint64 used = get_used () - used_since;
  awake.longest = MAX (awake.longest, g_get_monotonic_time () - since);
  awake.most = MAX (awake.most, used);
  awake.n_late += used > FRAME_US;
  int n = g_poll (fds, n_fds, timeout);
  since = g_get_monotonic_time ();
  used_since = get_used ();
  return n;
}

/**
 * bench_awake_begin:
 *
 * Measures the main context's thread from now on. Called on that thread, once.
 */
void
bench_awake_begin (void)
{
  since = g_get_monotonic_time ();
  used_since = get_used ();
  g_main_context_set_poll_func (NULL, poll_timed);
}

/**
 * bench_awake_take:
 *
 * Returns: what was since it was last asked
 */
BenchAwake
bench_awake_take (void)
{
  BenchAwake taken = awake;
  awake = (BenchAwake) { 0 };
  return taken;
}
