/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What AWS knows of a stream that somebody looks at: its health and its viewers from Amazon IVS,
 * what its encoder said from there too, once, and what was measured from Amazon CloudWatch. What is
 * found is stored, so that everybody who looks within some seconds costs one question, and a chart
 * is there when the stream is over. No connection of the pool is held while AWS is asked. */

#include "config.h"

#include "sc-stream-look.h"

#include "sc-cloudwatch.h"
#include "sc-ivs.h"
#include "sc-reconcile.h"
#include "sc-stream-status-store.h"
#include "sc-viewer-store.h"

#include <string.h>

/* Amazon IVS measures every 5 s, and GetStream has 5 calls a second for all channels. */
#define LOOK_PERIOD_US (5 * G_TIME_SPAN_SECOND)

/* Metrics come late, and one that came is averaged anew while its period lasts. */
#define OVERLAP_US (60 * G_TIME_SPAN_SECOND)

/* So much is asked in steps of 5 s; more of it in minutes, of which an answer has few enough. */
#define FINE_US (10 * G_TIME_SPAN_MINUTE)
#define FINE_SECONDS 5
#define MINUTE_SECONDS 60

typedef struct {
  ScService *service;
  const char *channel_arn;
  const ScStreamStatusFields *known;
  gint64 now;
} Look;

static gboolean
claim (const Look *look, gboolean *ret_claimed, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (look->service), error);
  return connection && sc_stream_status_store_claim (connection,
                                                     look->known->id,
                                                     look->now,
                                                     LOOK_PERIOD_US,
                                                     ret_claimed,
                                                     error);
}

/* A failure here is none of the answer's: what is stored is shown as it is. */
static gboolean
look_at_stream (const Look *look, GError **error)
{
  if (look->known->ended_at != 0)
    return TRUE;
  g_autoptr (ScIvsStream) stream =
    sc_ivs_get_stream (sc_service_get_quick_aws (look->service), look->channel_arn, NULL);
  return !stream || g_strcmp0 (stream->stream_id, look->known->id) != 0 ||
         sc_reconcile_note (look->service, stream, look->now, error);
}

static gint64
known_or_not (gint64 value)
{
  return value > 0 ? value : SC_STREAM_UNKNOWN;
}

static void
set_ingest (ScStreamStatusFields *fields, const ScIvsStreamSession *session)
{
  if (session->video_width > 0) {
    fields->video = g_new0 (ScIngestVideo, 1);
    *fields->video = (ScIngestVideo) {
      .codec = g_strdup (session->video_codec),
      .encoder = g_strdup (session->video_encoder),
      .profile = g_strdup (session->video_profile),
      .level = g_strdup (session->video_level),
      .width = session->video_width,
      .height = known_or_not (session->video_height),
      .frame_rate = (double) known_or_not (session->video_frame_rate),
      .bitrate = known_or_not (session->video_bitrate),
    };
  }
  if (session->audio_codec) {
    fields->audio = g_new0 (ScIngestAudio, 1);
    *fields->audio = (ScIngestAudio) {
      .codec = g_strdup (session->audio_codec),
      .bitrate = known_or_not (session->audio_bitrate),
      .sample_rate = known_or_not (session->audio_sample_rate),
      .channels = known_or_not (session->audio_channels),
    };
  }
}

static gboolean
look_at_ingest (const Look *look, GError **error)
{
  if (look->known->video)
    return TRUE;
  g_autoptr (ScIvsStreamSession) session =
    sc_ivs_get_stream_session (sc_service_get_quick_aws (look->service),
                               look->channel_arn,
                               look->known->id,
                               NULL);
  g_auto (ScStreamStatusFields) fields = { 0 };
  if (session)
    set_ingest (&fields, session);
  if (!fields.video)
    return TRUE;
  g_autoptr (JsonObject) ingest = sc_stream_status_write_ingest (&fields);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (look->service), error);
  return connection &&
         sc_stream_status_store_set_ingest (connection, look->known->id, ingest, error);
}

static gboolean
find_measured (const Look *look, gint64 *ret_at, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (look->service), error);
  return connection &&
         sc_stream_status_store_find_measured (connection, look->known->id, ret_at, error);
}

/* From the newest that is there, else from the begin. */
static ScCloudwatchRange
find_range (const Look *look, gint64 measured_at)
{
  const ScStreamStatusFields *known = look->known;
  gint64 end = known->ended_at ? known->ended_at : look->now;
  gint64 from = MAX (known->started_at, measured_at - OVERLAP_US);
  return (ScCloudwatchRange) {
    .from = from,
    .until = end + G_TIME_SPAN_SECOND,
    .period = end - from <= FINE_US && look->now - end <= FINE_US ? FINE_SECONDS : MINUTE_SECONDS,
  };
}

static gboolean
write_samples (const Look *look, GArray *found, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (look->service), error);
  if (!connection || !sc_store_begin (connection, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++) {
    const ScCloudwatchSample *measured = &g_array_index (found, ScCloudwatchSample, i);
    const ScStreamSample sample = {
      .at = measured->at,
      .bitrate = (gint64) measured->video_bitrate,
      .frame_rate = measured->frame_rate,
      .keyframe_interval =
        measured->keyframe_interval > 0 ? measured->keyframe_interval : SC_STREAM_UNKNOWN,
      .viewers = measured->views < 0 ? SC_STREAM_UNKNOWN : (gint64) (measured->views + 0.5),
    };
    if (!sc_viewer_store_add_sample (connection, look->known->id, &sample, error))
      return FALSE;
  }
  return sc_store_commit (connection, error);
}

static gboolean
look_at_metrics (const Look *look, GError **error)
{
  const char *slash = strrchr (look->channel_arn, '/');
  if (!slash || look->known->started_at == 0)
    return TRUE;
  gint64 measured_at = 0;
  if (!find_measured (look, &measured_at, error))
    return FALSE;
  const ScCloudwatchRange range = find_range (look, measured_at);
  g_autoptr (GArray) found =
    sc_cloudwatch_get_channel (sc_service_get_quick_aws (look->service), slash + 1, &range, NULL);
  return !found || write_samples (look, found, error);
}

/**
 * sc_stream_look:
 * @service: a service
 * @channel_arn: (nullable): a channel
 * @known: what is stored of one of its streams
 * @ret_new: (out): whether something may be stored that was not there before
 * @error: an error of %SC_STORE_ERROR
 *
 * Asks AWS about a stream, once in 5 s whoever wants to know, and stores what it says. What AWS
 * does not say is not there. Blocks for three exchanges with AWS at most.
 *
 * Returns: %TRUE if the database answered
 */
gboolean
sc_stream_look (ScService *service,
                const char *channel_arn,
                const ScStreamStatusFields *known,
                gboolean *ret_new,
                GError **error)
{
  const Look look = { service, channel_arn, known, sc_service_now (service) };
  *ret_new = FALSE;
  if (!channel_arn)
    return TRUE;
  return claim (&look, ret_new, error) &&
         (!*ret_new || (look_at_stream (&look, error) && look_at_ingest (&look, error) &&
                        look_at_metrics (&look, error)));
}
