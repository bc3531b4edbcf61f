/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-live-pause.h"

/**
 * sc_live_pause_begin:
 * @self: a pause
 * @now: monotonic time, microseconds
 * @latency: what it is, microseconds, or -1
 * @behind: how far behind by a pause before the viewer is, microseconds
 *
 * The viewer pauses, and is to be left where they are.
 */
void
sc_live_pause_begin (ScLivePause *self, gint64 now, gint64 latency, gint64 behind)
{
  *self = (ScLivePause) { .at = now, .latency = latency, .behind = behind, .holds = TRUE };
}

/**
 * sc_live_pause_end:
 * @self: a pause
 * @now: monotonic time, microseconds
 *
 * The viewer goes on; after a pause that is none to speak of they are at live as before.
 */
void
sc_live_pause_end (ScLivePause *self, gint64 now)
{
  self->holds = self->holds && self->behind + now - self->at >= SC_LIVE_BEHIND_US;
  self->at = 0;
}

/**
 * sc_live_pause_see:
 * @self: a pause
 * @behind: how far behind the source says that it left the viewer, microseconds
 *
 * Who was behind and is not any more, as where the network came to need as much, is at live again.
 * The first reports after a pause may not know of it yet.
 */
void
sc_live_pause_see (ScLivePause *self, gint64 behind)
{
  if (!self->holds || self->at > 0)
    return;
  gboolean is_late = behind >= SC_LIVE_BEHIND_US;
  self->holds = is_late || !self->is_late;
  self->is_late = is_late;
}
