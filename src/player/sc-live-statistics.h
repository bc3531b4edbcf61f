/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * ScLiveStatistics:
 * @latency: from the origin's clock to the picture, microseconds, or -1
 * @target: what is aimed at, microseconds
 * @buffer: what is there and not shown yet, microseconds
 * @bitrate: of what is shown, bits a second
 * @bandwidth: what the network seems to carry, bits a second, or 0
 * @rate: how fast it plays, 1 at rest
 * @frames: shown since it was opened
 * @dropped: not shown because they came too late
 * @stalls: how often the picture stood
 * @frame_rate: frames a second, over the last second
 * @decoder: (nullable): the video decoder's name in GStreamer
 * @quality: (nullable): id of the rendition that is shown
 */
typedef struct {
  gint64 latency;
  gint64 target;
  gint64 buffer;
  guint bitrate;
  guint bandwidth;
  double rate;
  guint64 frames;
  guint64 dropped;
  guint stalls;
  double frame_rate;
  char *decoder;
  char *quality;
} ScLiveStatistics;

void sc_live_statistics_clear (ScLiveStatistics *self);
void sc_live_statistics_copy (const ScLiveStatistics *self, ScLiveStatistics *ret_copy);
void sc_live_statistics_take (ScLiveStatistics *self, const GstStructure *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScLiveStatistics, sc_live_statistics_clear)

G_END_DECLS
