/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-server-clock.h"

/* A Date header has whole seconds (RFC 9110, 5.6.7). That says more than it seems: each answer
 * bounds how far the server's clock is ahead of ours from both sides, and answers whose seconds end
 * at different moments bound it ever closer, down to how long a request takes. */

#define SECOND G_USEC_PER_SEC
/* How far two clocks that somebody sets right drift apart: what NTP daemons call a bad crystal. */
#define DRIFT_PPM 50
/* A cache answers with the date of when it asked, which is never later than now. So a date that is
 * too early is believed only if there is no other for so many answers in a row. */
#define BELIEVED 5

static gint64
drift_since (const ScServerClock *self, gint64 now)
{
  return MAX (now - self->seen, 0) * DRIFT_PPM / 1000000;
}

/* What was known grows old. */
static void
widen (ScServerClock *self, gint64 now)
{
  gint64 drift = self->n_answers > 0 ? drift_since (self, now) : 0;
  self->earliest -= drift;
  self->latest += self->n_dates > 0 ? drift : 0;
  self->seen = now;
  self->n_answers++;
}

static void
begin_anew (ScServerClock *self, gint64 earliest, gint64 latest)
{
  self->earliest = earliest;
  self->latest = latest;
  self->n_answers = 1;
  self->n_dates = 1;
  self->n_against = 0;
}

/**
 * sc_server_clock_see_date:
 * @self: what is known
 * @date_us: the Date of an answer, microseconds since the epoch
 * @sent: our time of day when the request left, microseconds since the epoch
 * @received: and when the answer came
 *
 * Some time between @sent and @received, the server's clock was in the second that begins at
 * @date_us. Where that cannot be together with what was known, a clock was set: it begins anew.
 */
void
sc_server_clock_see_date (ScServerClock *self, gint64 date_us, gint64 sent, gint64 received)
{
  gint64 earliest = date_us - received;
  gint64 latest = date_us + SECOND - sent;
  gboolean knows_least = self->n_answers > 0;
  gboolean knows_most = self->n_dates > 0;
  widen (self, received);
  if (knows_least && latest < self->earliest) {
    if (++self->n_against >= BELIEVED)
      begin_anew (self, earliest, latest);
    return;
  }
  if (knows_most && earliest > self->latest) {
    begin_anew (self, earliest, latest);
    return;
  }
  self->n_against = 0;
  self->n_dates++;
  self->earliest = knows_least ? MAX (self->earliest, earliest) : earliest;
  self->latest = knows_most ? MIN (self->latest, latest) : latest;
}

/**
 * sc_server_clock_see_time:
 * @self: what is known
 * @time_us: the server's time of day when it wrote an answer, microseconds since the epoch
 * @received: our time of day when the answer came
 *
 * A playlist's own time, as #EXT-X-SESSION-DATA has it: exact, but as old as the playlist.
 */
void
sc_server_clock_see_time (ScServerClock *self, gint64 time_us, gint64 received)
{
  gint64 earliest = time_us - received;
  gboolean knows_least = self->n_answers > 0;
  widen (self, received);
  self->earliest = knows_least ? MAX (self->earliest, earliest) : earliest;
  if (self->n_dates > 0)
    self->earliest = MIN (self->earliest, self->latest);
}

/**
 * sc_server_clock_get:
 * @self: what is known
 * @now: our time of day, microseconds since the epoch
 * @ret_time_us: (out): the server's, most likely; untouched if it is not known
 *
 * Returns: %FALSE if there was no answer yet
 */
gboolean
sc_server_clock_get (const ScServerClock *self, gint64 now, gint64 *ret_time_us)
{
  if (self->n_answers == 0)
    return FALSE;
  gint64 latest = self->n_dates > 0 ? self->latest : self->earliest;
  *ret_time_us = now + self->earliest + (latest - self->earliest) / 2;
  return TRUE;
}

/**
 * sc_server_clock_get_uncertainty:
 * @self: what is known
 *
 * Returns: how far sc_server_clock_get() may be off, microseconds; %G_MAXINT64 if that is not known
 */
gint64
sc_server_clock_get_uncertainty (const ScServerClock *self)
{
  return self->n_dates > 0 ? (self->latest - self->earliest) / 2 : G_MAXINT64;
}
