/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-frame-rate.h"

/**
 * sc_frame_rate_see:
 * @self: a measurement
 * @frames: how many were shown since the beginning
 * @now: monotonic time, microseconds
 *
 * Returns: frames a second since the oldest look that counts, or 0 at the first one
 */
double
sc_frame_rate_see (ScFrameRate *self, guint64 frames, gint64 now)
{
  guint newest = self->n % SC_FRAME_RATE_LOOKS;
  self->frames[newest] = frames;
  self->times[newest] = now;
  self->n++;

  guint oldest = self->n > SC_FRAME_RATE_LOOKS ? self->n % SC_FRAME_RATE_LOOKS : 0;
  double seconds = (double) (now - self->times[oldest]) / G_USEC_PER_SEC;
  return seconds > 0 ? (double) (frames - self->frames[oldest]) / seconds : 0.0;
}
