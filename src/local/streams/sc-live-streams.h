/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-event-bus.h"
#include "sc-media-info.h"
#include "sc-rate.h"
#include "sc-stream-limits.h"
#include "sc-stream-metric.h"

G_BEGIN_DECLS

typedef struct _ScLiveStreams ScLiveStreams;

/**
 * ScLiveStream:
 * @channel_arn: the channel
 * @channel_name: its name
 * @stream_id: "st-" and letters
 * @created_at: when the encoder was let in, microseconds since the epoch
 * @started_at: when there was a picture, or 0
 * @ended_at: when there was none any more, or 0
 * @open: whether the encoder is still there
 * @is_starving: whether media come too late
 * @sequence: higher than that of every session before it
 * @info: what the encoder sends, valid from @started_at on
 * @n_over: how many measurements in a row broke a limit of the channel
 * @encoder: (nullable): what the encoder calls itself
 * @events: (element-type JsonObject): of the shape StreamEvent, the oldest first
 * @metrics: (element-type ScStreamMetric): what was measured, the oldest first
 * @metadata: (nullable): the quota of its timed metadata
 *
 * One stream session of a channel.
 */
typedef struct {
  char *channel_arn;
  char *channel_name;
  char *stream_id;
  gint64 created_at;
  gint64 started_at;
  gint64 ended_at;
  gboolean open;
  gboolean is_starving;
  guint64 sequence;
  ScMediaInfo info;
  guint n_over;
  ScRate *metadata;
  char *encoder;
  GPtrArray *events;
  GQueue metrics;
} ScLiveStream;

ScLiveStreams *sc_live_streams_new (ScEventBus *bus);
void sc_live_streams_free (ScLiveStreams *self);

void sc_live_streams_create (ScLiveStreams *self,
                             const char *channel_arn,
                             const char *channel_name,
                             const char *stream_id);
void sc_live_streams_start (ScLiveStreams *self, const char *stream_id, const ScMediaInfo *info);
void sc_live_streams_announce (ScLiveStreams *self, const char *stream_id, const char *encoder);
void sc_live_streams_change (ScLiveStreams *self, const char *stream_id, const ScMediaInfo *info);
void
sc_live_streams_set_starving (ScLiveStreams *self, const char *stream_id, gboolean is_starving);
void sc_live_streams_tell_limits (ScLiveStreams *self,
                                  const char *stream_id,
                                  const ScStreamLimit *limits,
                                  guint n_limits);
gboolean sc_live_streams_check_limits (ScLiveStreams *self,
                                       const char *stream_id,
                                       const ScStreamLimit *limits,
                                       guint n_limits);
void sc_live_streams_refuse (ScLiveStreams *self, const char *stream_id);
void
sc_live_streams_measure (ScLiveStreams *self, const char *stream_id, const ScStreamMetric *metric);
void sc_live_streams_end (ScLiveStreams *self, const char *stream_id);
void sc_live_streams_close (ScLiveStreams *self, const char *stream_id);

gboolean
sc_live_streams_take_metadata (ScLiveStreams *self, const char *channel_arn, guint per_second);

const ScLiveStream *sc_live_streams_find_open (ScLiveStreams *self, const char *stream_id);
GPtrArray *sc_live_streams_list_metrics (ScLiveStreams *self,
                                         const char *channel_id,
                                         gint64 from,
                                         gint64 until);
const ScLiveStream *sc_live_streams_find_live (ScLiveStreams *self, const char *channel_arn);
const ScLiveStream *
sc_live_streams_find_session (ScLiveStreams *self, const char *channel_arn, const char *stream_id);
GPtrArray *sc_live_streams_page_live (ScLiveStreams *self, guint limit, guint64 *after);
const char *sc_live_stream_get_health (const ScLiveStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLiveStreams, sc_live_streams_free)

G_END_DECLS
