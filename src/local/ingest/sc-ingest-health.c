/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ingest-health.h"

/* A stream starves when what comes is behind what it plays: nothing comes, or too little. How far
 * behind is seen against the least delay of late, so that an encoder that paused and goes on at its
 * pace is healthy again. Amazon IVS does not say where it draws the lines. Pure. */

#define STARVES_US (3 * G_USEC_PER_SEC)
#define RECOVERED_US G_USEC_PER_SEC
#define WINDOW_US (10 * G_USEC_PER_SEC)
/* Timestamps that jump further than this begin anew. */
#define JUMP_MS 10000

static void
begin (ScIngestHealth *self, guint32 timestamp, gint64 now_us)
{
  self->has_media = TRUE;
  self->timestamp = timestamp;
  self->media_us = 0;
  self->window_start_us = now_us;
  self->delay = self->previous_delay = now_us;
}

/**
 * sc_ingest_health_take:
 * @self: a stream's health
 * @timestamp: of sound or picture that came, milliseconds; it may wrap around
 * @now_us: monotonic time
 */
void
sc_ingest_health_take (ScIngestHealth *self, guint32 timestamp, gint64 now_us)
{
  gint32 step = (gint32) (timestamp - self->timestamp);
  if (!self->has_media || ABS (step) > JUMP_MS) {
    begin (self, timestamp, now_us);
    return;
  }
  if (step > 0) { /* sound and picture are not in one order */
    self->timestamp = timestamp;
    self->media_us += step * G_GINT64_CONSTANT (1000);
  }
  gint64 delay = now_us - self->media_us;
  if (now_us - self->window_start_us < WINDOW_US) {
    self->delay = MIN (self->delay, delay);
    return;
  }
  self->window_start_us = now_us;
  self->previous_delay = self->delay;
  self->delay = delay;
}

/**
 * sc_ingest_health_is_starving:
 * @self: a stream's health
 * @now_us: monotonic time
 *
 * Returns: %TRUE from the time on at which media are 3 s late until they are in time again
 */
gboolean
sc_ingest_health_is_starving (ScIngestHealth *self, gint64 now_us)
{
  gint64 least = MIN (self->delay, self->previous_delay);
  gint64 late = self->has_media ? now_us - self->media_us - least : 0;
  self->is_starving = late > (self->is_starving ? RECOVERED_US : STARVES_US);
  return self->is_starving;
}
