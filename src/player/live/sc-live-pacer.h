/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-timing.h"

G_BEGIN_DECLS

/* One unbroken timeline has one epoch; the next discontinuity begins another. */

/**
 * ScLivePlace:
 * @map: when what is to be shown
 * @serial: changes with @map
 */
typedef struct {
  ScLiveMap map;
  guint serial;
} ScLivePlace;

typedef struct _ScLivePacer ScLivePacer;

ScLivePacer *sc_live_pacer_new (void);
void sc_live_pacer_free (ScLivePacer *self);
void sc_live_pacer_reset (ScLivePacer *self);

void sc_live_pacer_set_wanted (ScLivePacer *self, gint64 wanted);
void sc_live_pacer_set_sink_latency (ScLivePacer *self, gint64 latency);
void sc_live_pacer_set_held (ScLivePacer *self, gboolean held);
void sc_live_pacer_start (ScLivePacer *self, gint64 now, gint64 monotonic);
void sc_live_pacer_pause (ScLivePacer *self);

void sc_live_pacer_arrive (ScLivePacer *self, guint epoch, gint64 pts, gint64 monotonic);
gint64 sc_live_pacer_get_due (ScLivePacer *self, guint epoch, gint64 pts);
void sc_live_pacer_place (ScLivePacer *self,
                          guint epoch,
                          gint64 pts,
                          gint64 now,
                          ScLivePlace *ret_place);

gboolean sc_live_pacer_get_shown (ScLivePacer *self, gint64 now, guint *ret_epoch, gint64 *ret_pts);
gint64 sc_live_pacer_get_buffer (ScLivePacer *self, gint64 now);
void sc_live_pacer_view (ScLivePacer *self, ScLiveTimingView *ret_view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLivePacer, sc_live_pacer_free)

G_END_DECLS
