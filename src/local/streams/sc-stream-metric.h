/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScMetric:
 *
 * What Amazon IVS measures of a stream ("Monitoring Amazon IVS Low-Latency Streaming").
 */
typedef enum {
  SC_METRIC_VIDEO_BITRATE,
  SC_METRIC_AUDIO_BITRATE,
  SC_METRIC_FRAME_RATE,
  SC_METRIC_KEYFRAME_INTERVAL,
  SC_METRIC_VIEWS,
  SC_METRIC_COUNT,
} ScMetric;

/**
 * ScStreamMetric:
 * @at: when, microseconds since the epoch
 * @values: of each #ScMetric: bits a second, frames a second, seconds, viewers
 *
 * What was measured in some seconds.
 */
typedef struct {
  gint64 at;
  double values[SC_METRIC_COUNT];
} ScStreamMetric;

G_END_DECLS
