/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a stream goes, judged from what is measured, from what the encoder said of itself, and from
 * what Amazon IVS reported. Pure functions, for any thread. */

#include "config.h"

#include "sc-health.h"

/* What was reported is over unless it is reported again: Amazon IVS says that something begins, and
 * only of starvation that it ends. */
#define REPORT_LASTS (60 * G_USEC_PER_SEC)

/* Encoders that are called constant are not; Amazon IVS reports what is really too much. */
#define SPARE 1.1

/* So many of the frames that are meant to come are enough, as an average over some seconds. */
#define ENOUGH_FRAMES 0.8

/**
 * sc_health_get_newest:
 * @status: how a stream goes
 *
 * Returns: (transfer none) (nullable): what was measured last
 */
const ScStreamSample *
sc_health_get_newest (ScStreamStatus *status)
{
  const GArray *samples = sc_stream_status_get_fields (status)->samples;
  return samples && samples->len ? &g_array_index (samples, ScStreamSample, samples->len - 1)
                                 : NULL;
}

/* Whether something of that kind was reported of the stream lately, about that limit if one is
 * named. */
static gboolean
was_reported (const ScStreamStatusFields *fields, const char *kind, const char *limit, gint64 since)
{
  for (guint i = 0; fields->reports && i < fields->reports->len; i++) {
    const ScStreamReport *report = g_ptr_array_index (fields->reports, i);
    if (report->at >= since && g_str_equal (report->kind, kind) &&
        (!report->stream_id || g_strcmp0 (report->stream_id, fields->id) == 0) &&
        (!limit || g_strcmp0 (report->limit_name, limit) == 0))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_picture_large (const ScIngestVideo *video, const ScChannelLimits *limits)
{
  /* A picture that stands upright may have as many pixels as one that lies. */
  gint64 longer = MAX (video->width, video->height);
  gint64 shorter = MIN (video->width, video->height);
  return longer > limits->width || shorter > limits->height;
}

static ScHealth
judge_ended (const ScStreamStatusFields *fields)
{
  gint64 about_the_end = fields->ended_at - REPORT_LASTS;
  return was_reported (fields, "stream_failure", NULL, about_the_end) ? SC_HEALTH_BROKEN
                                                                      : SC_HEALTH_OFFLINE;
}

static ScHealth
judge_sample (const ScStreamSample *sample,
              const ScIngestVideo *video,
              const ScChannelLimits *limits)
{
  if ((double) sample->bitrate > limits->bitrate * SPARE)
    return SC_HEALTH_BITRATE;
  if (sample->frame_rate > limits->frame_rate * SPARE)
    return SC_HEALTH_FRAME_RATE;
  if (sample->keyframe_interval > SC_KEYFRAME_SECONDS_MAX)
    return SC_HEALTH_KEYFRAMES;
  if (video && video->frame_rate > 0 && sample->frame_rate >= 0 &&
      sample->frame_rate < video->frame_rate * ENOUGH_FRAMES)
    return SC_HEALTH_FEW_FRAMES;
  return SC_HEALTH_GOOD;
}

static ScHealth
judge_live (ScStreamStatus *status, const ScChannelLimits *limits, gint64 now)
{
  const ScStreamStatusFields *fields = sc_stream_status_get_fields (status);
  const ScStreamSample *sample = sc_health_get_newest (status);
  gint64 since = now - REPORT_LASTS;

  if (fields->health == SC_STREAM_HEALTH_STARVING)
    return SC_HEALTH_STARVING;
  if (was_reported (fields, "limit_breach", "Ingest Bitrate", since))
    return SC_HEALTH_BITRATE;
  if (was_reported (fields, "limit_breach", "Ingest Resolution", since) ||
      (fields->video && is_picture_large (fields->video, limits)))
    return SC_HEALTH_PICTURE;
  ScHealth measured = sample ? judge_sample (sample, fields->video, limits) : SC_HEALTH_GOOD;
  if (measured != SC_HEALTH_GOOD)
    return measured;
  if (was_reported (fields, "takeover_failure", NULL, since))
    return SC_HEALTH_SECOND_ENCODER;
  gboolean is_known = sample || fields->health == SC_STREAM_HEALTH_HEALTHY;
  return is_known ? SC_HEALTH_GOOD : SC_HEALTH_WAITING;
}

/**
 * sc_health_get_limits:
 * @fields: how a stream goes
 * @channel_type: (nullable): of the channel
 *
 * Returns: what the channel takes of it; while the size of the picture is not known, of the largest
 */
ScChannelLimits
sc_health_get_limits (const ScStreamStatusFields *fields, const char *channel_type)
{
  gint64 height = fields->video ? MIN (fields->video->height, fields->video->width) : 0;
  return sc_channel_type_get_limits (channel_type, height > 0 ? (guint) height : G_MAXUINT);
}

/**
 * sc_health_judge:
 * @status: (nullable): how the own stream goes
 * @channel_type: (nullable): of the channel
 * @now: microseconds since the epoch
 *
 * Returns: what whoever streams should know first
 */
ScHealth
sc_health_judge (ScStreamStatus *status, const char *channel_type, gint64 now)
{
  const ScStreamStatusFields *fields = status ? sc_stream_status_get_fields (status) : NULL;
  if (!fields || !fields->id)
    return SC_HEALTH_OFFLINE;
  if (!sc_stream_status_is_live (status))
    return judge_ended (fields);
  const ScChannelLimits limits = sc_health_get_limits (fields, channel_type);
  return judge_live (status, &limits, now);
}

/**
 * sc_health_is_trouble:
 * @health: how a stream goes
 *
 * Returns: whether there is something to do about it
 */
gboolean
sc_health_is_trouble (ScHealth health)
{
  return health == SC_HEALTH_BROKEN || health > SC_HEALTH_GOOD;
}
