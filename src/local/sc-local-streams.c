/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where the parts that a stream passes meet: the ingest asks here whose key it is and tells what
 * becomes of it; the registry of streams, and by it the control plane and the bus, hear of it.
 *
 * Lives in the main thread; the local cloud owns it. */

#include "config.h"

#include "sc-local-streams.h"

#include "sc-json.h"
#include "sc-ladder-plan.h"
#include "sc-live-streams.h"
#include "sc-metric-operations.h"
#include "sc-stream-operations.h"

struct _ScLocalStreams {
  ScCloud *cloud;
  ScLocalEncoders encoders;      /* empty without an ingest */
  ScLocalRecordings *recordings; /* or NULL */
  guint renditions;              /* the most besides the source */
  ScLiveStreams *streams;
  ScStreamPlane plane;
};

static char *
authorize (const char *key, gpointer user_data)
{
  ScLocalStreams *self = user_data;
  JsonObject *channel = sc_cloud_find_channel_by_key (self->cloud, key);
  return channel ? g_strdup (sc_arn_get_id (json_object_get_string_member (channel, "arn"))) : NULL;
}

static guint
count_renditions (const char *channel_id, gpointer user_data)
{
  ScLocalStreams *self = user_data;
  JsonObject *channel = sc_cloud_find_channel_by_id (self->cloud, channel_id);
  const char *type = channel ? json_object_get_string_member (channel, "type") : NULL;
  return sc_ladder_count_for_type (type, self->renditions);
}

static void
on_session_created (const char *channel_id, const char *stream_id, gpointer user_data)
{
  ScLocalStreams *self = user_data;
  JsonObject *channel = sc_cloud_find_channel_by_id (self->cloud, channel_id);
  if (channel)
    sc_live_streams_create (self->streams,
                            json_object_get_string_member (channel, "arn"),
                            json_object_get_string_member (channel, "name"),
                            stream_id);
}

/* What is announced breaks nothing, what is sent does. Returns how many limits that are. */
static guint
find_broken (ScLocalStreams *self,
             const ScLiveStream *stream,
             guint64 bitrate,
             ScStreamLimit ret_broken[SC_STREAM_LIMITS_MAX])
{
  JsonObject *channel = sc_cloud_find (self->cloud, SC_CLOUD_CHANNEL, stream->channel_arn);
  const char *type = channel ? json_object_get_string_member (channel, "type") : NULL;
  ScMediaInfo info = stream->info;
  info.bandwidth = (guint) MIN (bitrate, G_MAXUINT);
  return sc_stream_limits_find (type, &info, ret_broken);
}

/* Returns FALSE if the stream has to end. */
static gboolean
check_limits (ScLocalStreams *self, const ScLiveStream *stream, const ScIngestMeasure *measure)
{
  ScStreamLimit broken[SC_STREAM_LIMITS_MAX];
  guint count = find_broken (self, stream, measure->video_bitrate + measure->audio_bitrate, broken);
  return sc_live_streams_check_limits (self->streams, stream->stream_id, broken, count);
}

static void
on_announced (const char *channel_id,
              const char *stream_id,
              const char *encoder,
              gpointer user_data)
{
  ScLocalStreams *self = user_data;
  sc_live_streams_announce (self->streams, stream_id, encoder);
}

static void
on_stream_start (const char *channel_id,
                 const char *stream_id,
                 const ScMediaInfo *info,
                 gpointer user_data)
{
  ScLocalStreams *self = user_data;
  sc_live_streams_start (self->streams, stream_id, info);
  if (self->recordings)
    sc_local_recordings_begin (self->recordings, channel_id, stream_id, info);
}

static void
on_segment (const char *channel_id, const char *stream_id, ScSegment *segment, gpointer user_data)
{
  ScLocalStreams *self = user_data;
  if (self->recordings)
    sc_recorder_append (sc_local_recordings_get_recorder (self->recordings), stream_id, segment);
}

static void
on_stream_changed (const char *channel_id,
                   const char *stream_id,
                   const ScMediaInfo *info,
                   gpointer user_data)
{
  ScLocalStreams *self = user_data;
  sc_live_streams_change (self->streams, stream_id, info);
}

static void
on_health_changed (const char *channel_id,
                   const char *stream_id,
                   gboolean is_starving,
                   gpointer user_data)
{
  ScLocalStreams *self = user_data;
  sc_live_streams_set_starving (self->streams, stream_id, is_starving);
}

static guint
count_viewers (const char *channel_id, gpointer user_data)
{
  ScLocalStreams *self = user_data;
  const ScLocalEncoders *encoders = &self->encoders;
  return encoders->count_viewers ? encoders->count_viewers (channel_id, encoders->user_data) : 0;
}

static gboolean
on_measured (const char *channel_id,
             const char *stream_id,
             const ScIngestMeasure *measure,
             gpointer user_data)
{
  ScLocalStreams *self = user_data;
  const ScLiveStream *stream = sc_live_streams_find_open (self->streams, stream_id);
  if (!stream)
    return TRUE;
  const ScStreamMetric metric = {
    .at = g_get_real_time (),
    .values = {
      [SC_METRIC_VIDEO_BITRATE] = (double) measure->video_bitrate,
      [SC_METRIC_AUDIO_BITRATE] = (double) measure->audio_bitrate,
      [SC_METRIC_FRAME_RATE] = measure->frame_rate,
      [SC_METRIC_KEYFRAME_INTERVAL] = measure->keyframe_interval,
      [SC_METRIC_VIEWS] = count_viewers (channel_id, self),
    },
  };
  sc_live_streams_measure (self->streams, stream_id, &metric);
  return check_limits (self, stream, measure);
}

static void
on_exceeded (const char *channel_id, const char *stream_id, guint64 bitrate, gpointer user_data)
{
  ScLocalStreams *self = user_data;
  ScStreamLimit broken[SC_STREAM_LIMITS_MAX];
  const ScLiveStream *stream = sc_live_streams_find_open (self->streams, stream_id);
  if (stream)
    sc_live_streams_tell_limits (self->streams,
                                 stream_id,
                                 broken,
                                 find_broken (self, stream, bitrate, broken));
}

static void
on_refused (const char *channel_id, const char *stream_id, gpointer user_data)
{
  ScLocalStreams *self = user_data;
  sc_live_streams_refuse (self->streams, stream_id);
}

static void
on_stream_end (const char *channel_id, const char *stream_id, gpointer user_data)
{
  ScLocalStreams *self = user_data;
  sc_live_streams_end (self->streams, stream_id);
  if (self->recordings)
    sc_recorder_end (sc_local_recordings_get_recorder (self->recordings), stream_id);
}

static void
on_session_ended (const char *channel_id,
                  const char *stream_id,
                  ScIngestReason reason,
                  gpointer user_data)
{
  ScLocalStreams *self = user_data;
  sc_live_streams_close (self->streams, stream_id);
}

const ScIngestDelegate sc_local_streams_delegate = {
  .authorize = authorize,
  .count_renditions = count_renditions,
  .session_created = on_session_created,
  .announced = on_announced,
  .stream_start = on_stream_start,
  .stream_changed = on_stream_changed,
  .health_changed = on_health_changed,
  .measured = on_measured,
  .exceeded = on_exceeded,
  .refused = on_refused,
  .segment = on_segment,
  .stream_end = on_stream_end,
  .session_ended = on_session_ended,
};

/* StopStream. */
static gboolean
stop_stream (const char *channel_arn, gpointer user_data)
{
  ScLocalStreams *self = user_data;
  const ScLocalEncoders *encoders = &self->encoders;
  return encoders->stop && encoders->stop (sc_arn_get_id (channel_arn), encoders->user_data);
}

/* GetStream and ListStreams. */
static gint64
count_viewers_of (const char *channel_arn, gpointer user_data)
{
  return count_viewers (sc_arn_get_id (channel_arn), user_data);
}

/* PutMetadata. */
static gboolean
put_metadata (const char *channel_arn, const char *text, gpointer user_data)
{
  ScLocalStreams *self = user_data;
  const ScLocalEncoders *encoders = &self->encoders;
  return encoders->put_metadata &&
         encoders->put_metadata (sc_arn_get_id (channel_arn), text, encoders->user_data);
}

/**
 * sc_local_streams_new:
 * @cloud: the channels and their keys
 * @control: gets the operations on streams
 * @bus: gets the events; the three outlive what is returned
 *
 * Returns: (transfer full): what stands between ingest and cloud
 */
ScLocalStreams *
sc_local_streams_new (ScCloud *cloud, ScControl *control, ScEventBus *bus)
{
  ScLocalStreams *self = g_new0 (ScLocalStreams, 1);
  self->cloud = g_object_ref (cloud);
  self->streams = sc_live_streams_new (bus);
  self->plane =
    (ScStreamPlane) { self->streams, stop_stream, put_metadata, count_viewers_of, self };
  sc_control_add_operations (control, sc_stream_operations, &self->plane);
  sc_control_add_operations (control, sc_metric_operations, self->streams);
  return self;
}

/**
 * sc_local_streams_free:
 * @self: (nullable): what sc_local_streams_new() made; its control planes are closed
 */
void
sc_local_streams_free (ScLocalStreams *self)
{
  if (!self)
    return;
  sc_live_streams_free (self->streams);
  g_object_unref (self->cloud);
  g_free (self);
}

/**
 * sc_local_streams_set_encoders:
 * @self: what stands between ingest and cloud
 * @encoders: what can be ordered of them; %NULL when there are none any more
 */
void
sc_local_streams_set_encoders (ScLocalStreams *self, const ScLocalEncoders *encoders)
{
  self->encoders = encoders ? *encoders : (ScLocalEncoders) { 0 };
}

/**
 * sc_local_streams_set_recordings:
 * @self: what stands between ingest and cloud
 * @recordings: (nullable): records the streams from now on; outlives @self or is taken back
 */
void
sc_local_streams_set_recordings (ScLocalStreams *self, ScLocalRecordings *recordings)
{
  self->recordings = recordings;
}

/**
 * sc_local_streams_set_renditions:
 * @self: what stands between ingest and cloud
 * @renditions: into how many renditions besides the source streams are transcoded at the most,
 * where their channel's type has any; 0 at first
 */
void
sc_local_streams_set_renditions (ScLocalStreams *self, guint renditions)
{
  self->renditions = renditions;
}

/**
 * sc_local_streams_find_passphrase:
 * @self: what stands between ingest and cloud
 * @key: what an SRT encoder showed
 * @ret_channel: (out) (transfer full): the id of the channel whose stream key it is
 *
 * Returns: (transfer full) (nullable): what the encoder has to know besides, a secret; %NULL for no
 *   key, or a channel that takes no SRT
 */
char *
sc_local_streams_find_passphrase (ScLocalStreams *self, const char *key, char **ret_channel)
{
  JsonObject *channel = sc_cloud_find_channel_by_key (self->cloud, key);
  JsonObject *srt = channel ? sc_json_get_object_or_null (channel, "srt") : NULL;
  if (!srt)
    return NULL;
  *ret_channel = g_strdup (sc_arn_get_id (json_object_get_string_member (channel, "arn")));
  return g_strdup (json_object_get_string_member (srt, "passphrase"));
}

/**
 * sc_local_streams_is_live:
 * @self: what stands between ingest and cloud
 * @channel_arn: a channel
 *
 * Returns: %TRUE while the channel has a stream that can be watched
 */
gboolean
sc_local_streams_is_live (ScLocalStreams *self, const char *channel_arn)
{
  return sc_live_streams_find_live (self->streams, channel_arn) != NULL;
}
