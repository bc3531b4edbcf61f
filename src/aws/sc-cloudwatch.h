/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

/**
 * ScCloudwatchRange:
 * @from: microseconds since the epoch
 * @until: microseconds since the epoch, not in it
 * @period: seconds that one average is of: 5 in the last three hours, else whole minutes
 *
 * Of when metrics are wanted.
 */
typedef struct {
  gint64 from;
  gint64 until;
  guint period;
} ScCloudwatchRange;

/**
 * ScCloudwatchSample:
 * @at: when the period began, microseconds since the epoch
 * @video_bitrate: bits a second, or -1
 * @frame_rate: frames a second, or -1
 * @keyframe_interval: seconds, or -1
 * @views: how many watched, or -1
 *
 * What Amazon IVS measured of a channel, averages of a period.
 */
typedef struct {
  gint64 at;
  double video_bitrate;
  double frame_rate;
  double keyframe_interval;
  double views;
} ScCloudwatchSample;

GArray *sc_cloudwatch_get_channel (ScAws *aws,
                                   const char *channel_id,
                                   const ScCloudwatchRange *range,
                                   GError **error);

G_END_DECLS
