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

/* So long it is said why a stream was refused or ended. */
#define END_LASTS (10 * G_TIME_SPAN_MINUTE)

/* What was measured so long before the newest sample says nothing of now: Amazon IVS has a figure a
 * minute, and each comes late. */
#define MEASURED_LASTS (2 * G_TIME_SPAN_MINUTE)

/* So many of the frames that are meant to come are enough, as an average over some seconds. */
#define ENOUGH_FRAMES 0.8

static gboolean
is_measured (const ScStreamSample *sample)
{
  return sample->bitrate >= 0 || sample->frame_rate >= 0 || sample->keyframe_interval >= 0;
}

/**
 * sc_health_get_newest:
 * @status: how a stream goes
 *
 * Viewers are counted more often than what arrives is measured, and known sooner: samples that have
 * nothing else are passed over.
 *
 * Returns: (transfer none) (nullable): what was measured last of what arrives, unless that is old
 */
const ScStreamSample *
sc_health_get_newest (ScStreamStatus *status)
{
  const GArray *samples = sc_stream_status_get_fields (status)->samples;
  guint n_samples = samples ? samples->len : 0;
  if (n_samples == 0)
    return NULL;
  gint64 since = g_array_index (samples, ScStreamSample, n_samples - 1).at - MEASURED_LASTS;
  for (guint i = n_samples; i > 0; i--) {
    const ScStreamSample *sample = &g_array_index (samples, ScStreamSample, i - 1);
    if (sample->at < since)
      return NULL;
    if (is_measured (sample))
      return sample;
  }
  return NULL;
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

/**
 * sc_health_find_failure:
 * @fields: how a stream goes
 *
 * Returns: (transfer none) (nullable): the newest report of a failure that can be what ended it
 */
const ScStreamReport *
sc_health_find_failure (const ScStreamStatusFields *fields)
{
  for (guint i = 0; fields->reports && i < fields->reports->len; i++) {
    const ScStreamReport *report = g_ptr_array_index (fields->reports, i);
    if (report->at >= fields->ended_at - REPORT_LASTS &&
        g_strcmp0 (report->kind, "stream_failure") == 0)
      return report;
  }
  return NULL;
}

/* What a report makes of a stream that is not live. */
static ScHealth
judge_report (const ScStreamReport *report)
{
  if (g_strcmp0 (report->kind, "stream_failure") == 0)
    return SC_HEALTH_BROKEN;
  if (g_strcmp0 (report->kind, "limit_breach") != 0)
    return SC_HEALTH_OFFLINE;
  if (g_strcmp0 (report->limit_name, "Ingest Bitrate") == 0)
    return SC_HEALTH_BITRATE;
  return g_strcmp0 (report->limit_name, "Ingest Resolution") == 0 ? SC_HEALTH_PICTURE
                                                                  : SC_HEALTH_OFFLINE;
}

/* A stream that Amazon IVS refuses may have been none to it: its report is of another stream, or of
 * the channel alone, and soon old. One that begins answers for itself alone. */
static gboolean
is_about_the_end (const ScStreamStatusFields *fields, const ScStreamReport *report, gint64 now)
{
  gboolean is_own = fields->id && g_strcmp0 (report->stream_id, fields->id) == 0;
  gboolean has_ended = !fields->id || fields->ended_at != 0;
  if (report->at < fields->ended_at - REPORT_LASTS || (!has_ended && !is_own))
    return FALSE;
  return now - report->at <= END_LASTS || (is_own && judge_report (report) == SC_HEALTH_BROKEN);
}

static ScHealth
judge_offline (const ScStreamStatusFields *fields, gint64 now)
{
  for (guint i = 0; fields->reports && i < fields->reports->len; i++) {
    const ScStreamReport *report = g_ptr_array_index (fields->reports, i);
    ScHealth health = judge_report (report);
    if (health != SC_HEALTH_OFFLINE && is_about_the_end (fields, report, now))
      return health;
  }
  if (!fields->id)
    return SC_HEALTH_OFFLINE;
  if (fields->ended_at == 0)
    return SC_HEALTH_WAITING;
  /* An encoder that takes its leave does not starve first; a line that is cut does. */
  return fields->health == SC_STREAM_HEALTH_STARVING && now - fields->ended_at <= END_LASTS
           ? SC_HEALTH_BROKEN
           : SC_HEALTH_OFFLINE;
}

static ScHealth
judge_sample (const ScStreamSample *sample,
              const ScIngestVideo *video,
              const ScChannelLimits *limits)
{
  if ((double) sample->bitrate > limits->bitrate * SC_HEALTH_SPARE)
    return SC_HEALTH_BITRATE;
  if (sample->frame_rate > limits->frame_rate * SC_HEALTH_SPARE)
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
  if (!fields)
    return SC_HEALTH_OFFLINE;
  if (!sc_stream_status_is_live (status))
    return judge_offline (fields, now);
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
