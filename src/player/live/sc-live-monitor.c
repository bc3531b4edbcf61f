/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the live source tells of itself: how far behind the origin the picture is, what that makes
 * of the viewer's target, and why the picture stands when it does. Pure. */

#include "config.h"

#include "sc-live-monitor.h"

#include "sc-live-trouble.h"

#define NS_PER_US 1000

/* A picture that stands for less is a stutter, and needs no words. */
#define STANDS_NS (400 * G_GINT64_CONSTANT (1000000))
/* Bytes this fresh say that the network carries something. */
#define FRESH_US G_USEC_PER_SEC
/* An answer this fresh says that the server is there. */
#define ANSWER_US (3 * G_USEC_PER_SEC)

/**
 * sc_live_monitor_init:
 * @self: (out): nothing is known
 */
void
sc_live_monitor_init (ScLiveMonitor *self)
{
  *self = (ScLiveMonitor) { .base = SC_HLS_NONE };
}

/**
 * sc_live_monitor_see_answer:
 * @self: a monitor
 * @answer: of a server of the stream
 * @real: our time of day when it was read, microseconds since the epoch
 */
void
sc_live_monitor_see_answer (ScLiveMonitor *self, const ScLiveAnswer *answer, gint64 real)
{
  gint64 shift = real - g_get_monotonic_time ();
  self->answered_at = answer->last_byte;
  if (answer->date_us > 0)
    sc_server_clock_see_date (&self->clock,
                              answer->date_us,
                              answer->sent + shift,
                              answer->first_byte + shift);
}

/**
 * sc_live_monitor_see_playlist:
 * @self: a monitor
 * @playlist: that just came
 * @real: our time of day
 */
void
sc_live_monitor_see_playlist (ScLiveMonitor *self, const ScHlsPlaylist *playlist, gint64 real)
{
  if (playlist->server_time_us != SC_HLS_NONE)
    sc_server_clock_see_time (&self->clock, playlist->server_time_us, real);
  if (!playlist->is_master)
    sc_live_dates_see_playlist (&self->dates, playlist);
}

/**
 * sc_live_monitor_get_latency:
 * @self: a monitor
 * @look: what is shown
 *
 * Returns: from the making of the picture that is shown to now, by the server's clock,
 * microseconds; -1 while unknown
 */
gint64
sc_live_monitor_get_latency (const ScLiveMonitor *self, const ScLiveLook *look)
{
  gint64 made = 0;
  gint64 server = 0;
  if (!look->shows || !sc_live_dates_get (&self->dates, look->epoch, look->pts, &made) ||
      !sc_server_clock_get (&self->clock, look->real, &server))
    return -1;
  return MAX (server - made, 0);
}

/**
 * sc_live_monitor_get_server_offset:
 * @self: a monitor
 * @look: what is shown
 *
 * Returns: how far the server's time of day is ahead of ours, microseconds; 0 while unknown
 */
gint64
sc_live_monitor_get_server_offset (const ScLiveMonitor *self, const ScLiveLook *look)
{
  gint64 server = 0;
  return sc_server_clock_get (&self->clock, look->real, &server) ? server - look->real : 0;
}

/**
 * sc_live_monitor_get_wanted:
 * @self: a monitor
 * @target: the latency that the viewer chose, microseconds; 0 for automatic
 * @latency: what it is, microseconds, or -1
 * @view: how the timing stands
 *
 * Returns: how long pieces shall wait for that, nanoseconds; 0 for automatic
 */
gint64
sc_live_monitor_get_wanted (ScLiveMonitor *self,
                            gint64 target,
                            gint64 latency,
                            const ScLiveTimingView *view)
{
  if (latency >= 0)
    self->base = MAX (latency - view->cushion / NS_PER_US, 0);
  if (target == 0)
    return 0;
  gint64 base = self->base == SC_HLS_NONE ? 0 : self->base;
  return MAX (target - base, 1) * NS_PER_US;
}

/**
 * sc_live_monitor_get_trouble:
 * @self: a monitor
 * @look: what is shown
 *
 * Returns: a #ScLiveTrouble: why the picture stands, if it does
 */
guint
sc_live_monitor_get_trouble (const ScLiveMonitor *self, const ScLiveLook *look)
{
  if (!look->is_playing || !look->shows || look->buffer > -STANDS_NS)
    return SC_LIVE_FINE;
  if (self->news == SC_LIVE_NEWS_ENDED)
    return SC_LIVE_PAUSED;
  if (self->news == SC_LIVE_NEWS_LOST)
    return SC_LIVE_LOST;
  if (look->now - look->last_byte < FRESH_US)
    return SC_LIVE_SLOW;
  if (self->news == SC_LIVE_NEWS_NOTHING_NEW)
    return SC_LIVE_STARVED;
  return look->now - self->answered_at < ANSWER_US ? SC_LIVE_STARVED : SC_LIVE_LOST;
}
