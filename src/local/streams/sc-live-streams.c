/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The stream sessions of the local Amazon IVS: what GetStream, ListStreams and GetStreamSession
 * answer from, and the events that every change puts on the bus. The product hears of a stream by
 * those events alone. Main thread. */

#include "config.h"

#include "sc-live-streams.h"

#include "sc-stream-events.h"

#include <string.h>

/* Amazon IVS remembers sessions for 60 days; one machine needs the latest ones. */
#define SESSIONS_MAX 1000

/* Three hours of one every 5 s. */
#define METRICS_MAX 2160

/* So many measurements in a row above a limit are a breach. */
#define OVER_MAX 2

struct _ScLiveStreams {
  ScEventBus *bus;
  GPtrArray *sessions; /* of ScLiveStream, the newest last */
  guint64 sequence;    /* of the newest */
};

static void
free_stream (ScLiveStream *self)
{
  g_free (self->channel_arn);
  g_free (self->channel_name);
  g_free (self->stream_id);
  g_clear_pointer (&self->metadata, sc_rate_free);
  g_queue_clear_full (&self->metrics, g_free);
  g_free (self->encoder);
  g_ptr_array_unref (self->events);
  g_free (self);
}

static gboolean
is_live (const ScLiveStream *stream)
{
  return stream->started_at != 0 && stream->ended_at == 0;
}

static void
put_state (ScLiveStreams *self, const ScLiveStream *stream, const char *name)
{
  sc_stream_events_put (self->bus, stream, "IVS Stream State Change", name, NULL);
}

static ScLiveStream *
find_open (ScLiveStreams *self, const char *stream_id)
{
  for (guint i = self->sessions->len; i > 0; i--) {
    ScLiveStream *stream = g_ptr_array_index (self->sessions, i - 1);
    if (stream->open && g_str_equal (stream->stream_id, stream_id))
      return stream;
  }
  return NULL;
}

/* Forgets the oldest session that is over, so that one more has room. */
static void
make_room (ScLiveStreams *self)
{
  for (guint i = 0; self->sessions->len >= SESSIONS_MAX && i < self->sessions->len; i++) {
    const ScLiveStream *stream = g_ptr_array_index (self->sessions, i);
    if (!stream->open)
      g_ptr_array_remove_index (self->sessions, i--);
  }
}

/**
 * sc_live_streams_new:
 * @bus: where the events go; has to outlive what is returned
 *
 * Returns: (transfer full): a registry without streams
 */
ScLiveStreams *
sc_live_streams_new (ScEventBus *bus)
{
  ScLiveStreams *self = g_new0 (ScLiveStreams, 1);
  self->bus = bus;
  self->sessions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_stream);
  return self;
}

/**
 * sc_live_streams_free:
 * @self: (nullable): a registry
 */
void
sc_live_streams_free (ScLiveStreams *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->sessions);
  g_free (self);
}

/**
 * sc_live_streams_create:
 * @self: a registry
 * @channel_arn: the channel
 * @channel_name: its name
 * @stream_id: the session's own id
 *
 * An encoder was let in: "Session Created".
 */
void
sc_live_streams_create (ScLiveStreams *self,
                        const char *channel_arn,
                        const char *channel_name,
                        const char *stream_id)
{
  make_room (self);
  ScLiveStream *stream = g_new0 (ScLiveStream, 1);
  stream->channel_arn = g_strdup (channel_arn);
  stream->channel_name = g_strdup (channel_name);
  stream->stream_id = g_strdup (stream_id);
  stream->created_at = g_get_real_time ();
  stream->open = TRUE;
  stream->sequence = ++self->sequence;
  stream->events = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_ptr_array_add (self->sessions, stream);
  put_state (self, stream, "Session Created");
}

/**
 * sc_live_streams_start:
 * @self: a registry
 * @stream_id: an open session
 * @info: what the encoder sends
 *
 * The first segment can be watched: "Stream Start".
 */
void
sc_live_streams_start (ScLiveStreams *self, const char *stream_id, const ScMediaInfo *info)
{
  ScLiveStream *stream = find_open (self, stream_id);
  if (!stream || stream->started_at != 0)
    return;
  stream->started_at = g_get_real_time ();
  stream->info = *info;
  put_state (self, stream, "Stream Start");
}

/**
 * sc_live_streams_announce:
 * @self: a registry
 * @stream_id: an open session
 * @encoder: what the encoder calls itself
 */
void
sc_live_streams_announce (ScLiveStreams *self, const char *stream_id, const char *encoder)
{
  ScLiveStream *stream = find_open (self, stream_id);
  if (stream)
    g_set_str (&stream->encoder, encoder);
}

/**
 * sc_live_streams_change:
 * @self: a registry
 * @stream_id: an open session
 * @info: what the encoder sends now
 *
 * The picture or the sound changed. Amazon IVS has no event for that.
 */
void
sc_live_streams_change (ScLiveStreams *self, const char *stream_id, const ScMediaInfo *info)
{
  ScLiveStream *stream = find_open (self, stream_id);
  if (stream)
    stream->info = *info;
}

/**
 * sc_live_streams_set_starving:
 * @self: a registry
 * @stream_id: an open session
 * @is_starving: whether media come too late
 *
 * "Starvation Start" or "Starvation End" of a live stream, where that is news.
 */
void
sc_live_streams_set_starving (ScLiveStreams *self, const char *stream_id, gboolean is_starving)
{
  ScLiveStream *stream = find_open (self, stream_id);
  if (!stream || !is_live (stream) || stream->is_starving == is_starving)
    return;
  stream->is_starving = is_starving;
  sc_stream_events_put (self->bus,
                        stream,
                        "IVS Stream Health Change",
                        is_starving ? "Starvation Start" : "Starvation End",
                        NULL);
}

/**
 * sc_live_streams_tell_limits:
 * @self: a registry
 * @stream_id: an open session, started or not
 * @limits: the limits that it breaks
 * @n_limits: how many
 *
 * "IVS Limit Breach" for each, at once.
 */
void
sc_live_streams_tell_limits (ScLiveStreams *self,
                             const char *stream_id,
                             const ScStreamLimit *limits,
                             guint n_limits)
{
  const ScLiveStream *stream = find_open (self, stream_id);
  for (guint i = 0; stream && i < n_limits; i++)
    sc_stream_events_put_limit (self->bus, stream, &limits[i]);
}

/**
 * sc_live_streams_check_limits:
 * @self: a registry
 * @stream_id: an open session
 * @limits: the limits that what was measured now breaks
 * @n_limits: how many
 *
 * "IVS Limit Breach" for each, where a limit was broken the time before too: one measurement of
 * 5 s can be a burst. Amazon IVS does not say how long it waits; of what comes then, "Service
 * Quotas" has that the stream probably is disconnected immediately.
 *
 * Returns: %FALSE if that was told, and the stream has to end
 */
gboolean
sc_live_streams_check_limits (ScLiveStreams *self,
                              const char *stream_id,
                              const ScStreamLimit *limits,
                              guint n_limits)
{
  ScLiveStream *stream = find_open (self, stream_id);
  if (!stream)
    return TRUE;
  stream->n_over = n_limits > 0 ? stream->n_over + 1 : 0;
  if (stream->n_over < OVER_MAX)
    return TRUE;
  sc_live_streams_tell_limits (self, stream_id, limits, n_limits);
  return FALSE;
}

/**
 * sc_live_streams_refuse:
 * @self: a registry
 * @stream_id: an open session
 *
 * Another encoder came with its key: "Stream Takeover Failure". The local cloud has no takeover, so
 * that none has a higher priority. Amazon IVS does not say whether an encoder without a priority
 * attempts one; here it does, or whoever streams would not hear of it.
 */
void
sc_live_streams_refuse (ScLiveStreams *self, const char *stream_id)
{
  const ScLiveStream *stream = find_open (self, stream_id);
  if (stream)
    sc_stream_events_put (self->bus,
                          stream,
                          "IVS Stream State Change",
                          "Stream Takeover Failure",
                          "StreamTakeoverInvalidPriority");
}

/**
 * sc_live_streams_measure:
 * @self: a registry
 * @stream_id: an open session
 * @metric: what was measured of it
 *
 * Keeps what was measured in the last three hours, for which Amazon IVS keeps it every 5 s.
 */
void
sc_live_streams_measure (ScLiveStreams *self, const char *stream_id, const ScStreamMetric *metric)
{
  ScLiveStream *stream = find_open (self, stream_id);
  if (!stream)
    return;
  g_queue_push_tail (&stream->metrics, g_memdup2 (metric, sizeof *metric));
  if (g_queue_get_length (&stream->metrics) > METRICS_MAX)
    g_free (g_queue_pop_head (&stream->metrics));
}

/**
 * sc_live_streams_list_metrics:
 * @self: a registry
 * @channel_id: the last part of a channel's ARN
 * @from: microseconds since the epoch
 * @until: microseconds since the epoch, not in it
 *
 * Returns: (transfer container) (element-type ScStreamMetric): what was measured of the channel's
 *   streams, the oldest first
 */
GPtrArray *
sc_live_streams_list_metrics (ScLiveStreams *self,
                              const char *channel_id,
                              gint64 from,
                              gint64 until)
{
  GPtrArray *metrics = g_ptr_array_new ();
  for (guint i = 0; i < self->sessions->len; i++) {
    const ScLiveStream *stream = g_ptr_array_index (self->sessions, i);
    const char *slash = strrchr (stream->channel_arn, '/');
    if (!slash || !g_str_equal (slash + 1, channel_id))
      continue;
    for (const GList *l = stream->metrics.head; l; l = l->next) {
      ScStreamMetric *metric = l->data;
      if (metric->at >= from && metric->at < until)
        g_ptr_array_add (metrics, metric);
    }
  }
  return metrics;
}

/**
 * sc_live_streams_find_open:
 * @self: a registry
 * @stream_id: a session
 *
 * Returns: (transfer none) (nullable): the session, if it is open
 */
const ScLiveStream *
sc_live_streams_find_open (ScLiveStreams *self, const char *stream_id)
{
  return find_open (self, stream_id);
}

/**
 * sc_live_streams_end:
 * @self: a registry
 * @stream_id: an open session
 *
 * No more segments will come: "Stream End", where there was a start.
 */
void
sc_live_streams_end (ScLiveStreams *self, const char *stream_id)
{
  ScLiveStream *stream = find_open (self, stream_id);
  if (!stream || !is_live (stream))
    return;
  stream->ended_at = g_get_real_time ();
  put_state (self, stream, "Stream End");
}

/**
 * sc_live_streams_close:
 * @self: a registry
 * @stream_id: an open session
 *
 * The encoder is gone: "Session Ended", and "Stream End" before it where that is missing.
 */
void
sc_live_streams_close (ScLiveStreams *self, const char *stream_id)
{
  ScLiveStream *stream = find_open (self, stream_id);
  if (!stream)
    return;
  sc_live_streams_end (self, stream_id);
  stream->open = FALSE;
  if (stream->ended_at == 0)
    stream->ended_at = g_get_real_time ();
  put_state (self, stream, "Session Ended");
}

static ScLiveStream *
find_live (ScLiveStreams *self, const char *channel_arn)
{
  for (guint i = self->sessions->len; i > 0; i--) {
    ScLiveStream *stream = g_ptr_array_index (self->sessions, i - 1);
    if (is_live (stream) && g_str_equal (stream->channel_arn, channel_arn))
      return stream;
  }
  return NULL;
}

/**
 * sc_live_streams_take_metadata:
 * @self: a registry
 * @channel_arn: a channel with a live stream
 * @per_second: the stream's quota
 *
 * Says whether the stream may get metadata once more now, and counts it if so.
 *
 * Returns: %FALSE if that is one too many
 */
gboolean
sc_live_streams_take_metadata (ScLiveStreams *self, const char *channel_arn, guint per_second)
{
  ScLiveStream *stream = find_live (self, channel_arn);
  if (!stream->metadata)
    stream->metadata = sc_rate_new (per_second);
  return sc_rate_take (stream->metadata, g_get_monotonic_time ());
}

/**
 * sc_live_streams_find_live:
 * @self: a registry
 * @channel_arn: a channel
 *
 * Returns: (transfer none) (nullable): the channel's live stream
 */
const ScLiveStream *
sc_live_streams_find_live (ScLiveStreams *self, const char *channel_arn)
{
  return find_live (self, channel_arn);
}

/**
 * sc_live_streams_find_session:
 * @self: a registry
 * @channel_arn: a channel
 * @stream_id: (nullable): one of its sessions, or %NULL for the newest
 *
 * Returns: (transfer none) (nullable): the session, live or over
 */
const ScLiveStream *
sc_live_streams_find_session (ScLiveStreams *self, const char *channel_arn, const char *stream_id)
{
  for (guint i = self->sessions->len; i > 0; i--) {
    const ScLiveStream *stream = g_ptr_array_index (self->sessions, i - 1);
    if (g_str_equal (stream->channel_arn, channel_arn) &&
        (!stream_id || g_str_equal (stream->stream_id, stream_id)))
      return stream;
  }
  return NULL;
}

/**
 * sc_live_streams_page_live:
 * @self: a registry
 * @limit: the most streams
 * @after: (inout): the sequence after which the page begins, 0 at first; where the next page
 * begins, or 0 where there is none
 *
 * Returns: (transfer container): live streams, the oldest first
 */
GPtrArray *
sc_live_streams_page_live (ScLiveStreams *self, guint limit, guint64 *after)
{
  GPtrArray *live = g_ptr_array_new ();
  guint64 last = 0;
  for (guint i = 0; i < self->sessions->len; i++) {
    ScLiveStream *stream = g_ptr_array_index (self->sessions, i);
    if (!is_live (stream) || stream->sequence <= *after)
      continue;
    if (live->len == limit) {
      *after = last;
      return live;
    }
    last = stream->sequence;
    g_ptr_array_add (live, stream);
  }
  *after = 0;
  return live;
}

/**
 * sc_live_stream_get_health:
 * @self: a live stream
 *
 * Returns: its health as GetStream says it
 */
const char *
sc_live_stream_get_health (const ScLiveStream *self)
{
  return self->is_starving ? "STARVING" : "HEALTHY";
}
