/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What AWS knows of a stream that somebody looks at: its health and its viewers from Amazon IVS,
 * of all streams at once; what its encoder said from there too, once; and what was measured from
 * Amazon CloudWatch. What is found is stored, so that everybody who looks within some seconds costs
 * one question, and a chart is there when the stream is over. No connection of the pool is held
 * while AWS is asked. */

#include "config.h"

#include "sc-stream-look.h"

#include "sc-cloudwatch.h"
#include "sc-ivs.h"
#include "sc-leases.h"
#include "sc-reconcile.h"
#include "sc-stream-status-store.h"
#include "sc-time.h"
#include "sc-viewer-store.h"

#include <string.h>

/* Amazon IVS measures every 5 s, and has 5 calls of each operation a second for all channels. */
#define LOOK_PERIOD_US (5 * G_TIME_SPAN_SECOND)

/* Metrics come late, and one that came is averaged anew while its period lasts. So long after a
 * stream's end all of it is there, and who asked then need not ask again. */
#define OVERLAP_US (60 * G_TIME_SPAN_SECOND)
#define SETTLED_US (2 * G_TIME_SPAN_MINUTE)

/* Where AWS does not answer about a stream that is over, nobody asks again before that. */
#define PAUSE_US G_TIME_SPAN_MINUTE

/* Characters of what an encoder says of itself; our answers have 256 bytes of it. */
#define TEXT_MAX 64

/* So much is asked in steps of 5 s; more of it in minutes, of which an answer has few enough. */
#define FINE_US (10 * G_TIME_SPAN_MINUTE)
#define FINE_SECONDS 5

/* How finely Amazon CloudWatch still has what is older than that ("Concepts", of its guide). */
static const struct {
  gint64 age_us;
  guint seconds;
} periods[] = {
  { 63 * G_TIME_SPAN_DAY, 3600 },
  { 15 * G_TIME_SPAN_DAY, 300 },
  { 0, 60 },
};

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

/* The lease is the period: whoever takes it asks about all streams, for everybody. */
static gboolean
take_turn (const Look *look, gboolean *ret_taken, GError **error)
{
  g_autofree char *holder = g_uuid_string_random ();
  const ScLease lease = { "look", holder, look->now + LOOK_PERIOD_US };
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (look->service), error);
  return connection && sc_leases_take (connection, &lease, look->now, ret_taken, error);
}

/* A failure here is none of the answer's: what is stored is shown as it is. */
static gboolean
look_at_streams (const Look *look, GError **error)
{
  gboolean is_taken = FALSE;
  if (look->known->ended_at != 0)
    return TRUE;
  if (!take_turn (look, &is_taken, error))
    return FALSE;
  if (is_taken)
    sc_reconcile_look (look->service, NULL);
  return TRUE;
}

static gint64
known_or_not (gint64 value)
{
  return value > 0 ? value : SC_STREAM_UNKNOWN;
}

/* What an encoder calls itself is as long as it likes, and what is too long cannot be read again.
 */
static char *
dup_cut (const char *text)
{
  return text && g_utf8_strlen (text, -1) > TEXT_MAX ? g_utf8_substring (text, 0, TEXT_MAX)
                                                     : g_strdup (text);
}

static void
set_ingest (ScStreamStatusFields *fields, const ScIvsStreamSession *session)
{
  if (session->video_width > 0) {
    fields->video = g_new0 (ScIngestVideo, 1);
    *fields->video = (ScIngestVideo) {
      .codec = dup_cut (session->video_codec),
      .encoder = dup_cut (session->video_encoder),
      .profile = dup_cut (session->video_profile),
      .level = dup_cut (session->video_level),
      .width = session->video_width,
      .height = known_or_not (session->video_height),
      .frame_rate = (double) known_or_not (session->video_frame_rate),
      .bitrate = known_or_not (session->video_bitrate),
    };
  }
  if (session->audio_codec) {
    fields->audio = g_new0 (ScIngestAudio, 1);
    *fields->audio = (ScIngestAudio) {
      .codec = dup_cut (session->audio_codec),
      .bitrate = known_or_not (session->audio_bitrate),
      .sample_rate = known_or_not (session->audio_sample_rate),
      .channels = known_or_not (session->audio_channels),
    };
  }
}

static gboolean
look_at_ingest (const Look *look, GError **error)
{
  if (look->known->video || look->known->audio)
    return TRUE;
  g_autoptr (ScIvsStreamSession) session =
    sc_ivs_get_stream_session (sc_service_get_quick_aws (look->service),
                               look->channel_arn,
                               look->known->id,
                               NULL);
  g_auto (ScStreamStatusFields) fields = { 0 };
  if (session)
    set_ingest (&fields, session);
  if (!fields.video && !fields.audio)
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

static guint
find_period (gint64 from, gint64 end, gint64 now)
{
  if (end - from <= FINE_US && now - from <= FINE_US)
    return FINE_SECONDS;
  guint i = 0;
  while (now - from < periods[i].age_us)
    i++;
  return periods[i].seconds;
}

/* From the newest that is there, else from the begin; whole periods, as all that is asked of one
 * is its average. */
static ScCloudwatchRange
find_range (const Look *look, gint64 measured_at)
{
  const ScStreamStatusFields *known = look->known;
  gint64 end = known->ended_at ? known->ended_at : look->now;
  gint64 from = MAX (known->started_at, measured_at - OVERLAP_US);
  guint period = find_period (from, end, look->now);
  return (ScCloudwatchRange) {
    .from = from - from % (period * G_TIME_SPAN_SECOND),
    .until = end + G_TIME_SPAN_SECOND,
    .period = period,
  };
}

/* A period that ended before the stream began is of the channel's stream before it. */
static gboolean
write_samples (const Look *look, GArray *found, guint period, GError **error)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (ScStreamSample));
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
    if (sample.at + period * G_TIME_SPAN_SECOND > look->known->started_at)
      g_array_append_val (samples, sample);
  }
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (look->service), error);
  return connection && sc_viewer_store_add_samples (connection, look->known->id, samples, error);
}

/* Says whether AWS answered. */
static gboolean
look_at_metrics (const Look *look, gboolean *ret_answered, GError **error)
{
  const char *slash = strrchr (look->channel_arn, '/');
  *ret_answered = !slash || look->known->started_at == 0;
  if (*ret_answered)
    return TRUE;
  gint64 measured_at = 0;
  if (!find_measured (look, &measured_at, error))
    return FALSE;
  const ScCloudwatchRange range = find_range (look, measured_at);
  g_autoptr (GArray) found =
    sc_cloudwatch_get_channel (sc_service_get_quick_aws (look->service), slash + 1, &range, NULL);
  *ret_answered = found != NULL;
  return !found || write_samples (look, found, range.period, error);
}

/* A stream that is over is asked about until all is there, and then never again. */
static gboolean
settle (const Look *look, gboolean is_answered, GError **error)
{
  gint64 ended_at = look->known->ended_at;
  if (ended_at == 0 || (is_answered && look->now < ended_at + SETTLED_US))
    return TRUE;
  gint64 looked_at = is_answered ? SC_TIME_MAX_US : look->now + PAUSE_US - LOOK_PERIOD_US;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (look->service), error);
  return connection &&
         sc_stream_status_store_put_off (connection, look->known->id, looked_at, error);
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
  gboolean is_answered = FALSE;
  *ret_new = FALSE;
  if (!channel_arn)
    return TRUE;
  return claim (&look, ret_new, error) &&
         (!*ret_new ||
          (look_at_streams (&look, error) && look_at_ingest (&look, error) &&
           look_at_metrics (&look, &is_answered, error) && settle (&look, is_answered, error)));
}
