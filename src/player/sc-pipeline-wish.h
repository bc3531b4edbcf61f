/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player-position.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * ScPipelineWish:
 * @state: where it shall be; %GST_STATE_NULL for good
 * @volume: linear factor, 0 to 1
 * @muted: whether to be silent
 * @restart_clock: once: choose another clock
 * @measure_latency: once: ask the sinks anew
 * @seek: once: where to go; %SC_PLAYER_NOWHERE for nowhere
 * @rate: how fast to go on from there, 1 being the speed that it was made at
 *
 * What a pipeline shall be like.
 */
typedef struct {
  GstState state;
  double volume;
  gboolean muted;
  gboolean restart_clock;
  gboolean measure_latency;
  ScPlayerSeek seek;
  double rate;
} ScPipelineWish;

void sc_pipeline_wish_init (ScPipelineWish *self);
ScPipelineWish sc_pipeline_wish_take (ScPipelineWish *self);
void sc_pipeline_wish_apply (const ScPipelineWish *self, GstElement *playbin);

G_END_DECLS
