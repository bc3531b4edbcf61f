/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What an encoder sends, counted: bits, pictures, and how far apart key pictures are. Pure. */

#include "config.h"

#include "sc-ingest-meter.h"

#include "sc-rtmp-parser.h"

/* Amazon IVS's metrics of the last three hours have a value for every 5 s ("Monitoring Amazon IVS
 * Low-Latency Streaming"). */
#define WINDOW_US (5 * G_USEC_PER_SEC)

/* Key pictures further apart are timestamps that jumped, forwards or back. */
#define INTERVAL_MAX_MS 60000

/* FLV tags, E.4.3.1 of the format: the kind of picture, and after it what a packet of AVC is. */
#define FLV_KEYFRAME 1
#define FLV_AVC_PICTURE 1

static void
take_picture (ScIngestMeter *self, guint32 timestamp, const guint8 *data, gsize size)
{
  self->video_bytes += size;
  if (size < 2 || data[1] != FLV_AVC_PICTURE)
    return;
  self->n_frames++;
  if (data[0] >> 4 != FLV_KEYFRAME)
    return;
  guint32 step = timestamp - self->keyframe_at;
  if (self->has_keyframe && step > 0 && step <= INTERVAL_MAX_MS)
    self->interval_ms = step;
  self->has_keyframe = TRUE;
  self->keyframe_at = timestamp;
}

/* How much of the stream came, by its own clock: what was held up comes faster than it was made,
 * and is no higher bitrate. Sound and picture take turns, so that some timestamps are a little
 * older. */
static void
take_time (ScIngestMeter *self, guint32 timestamp)
{
  guint32 ahead = timestamp - self->newest_at, behind = self->newest_at - timestamp;
  gboolean is_jump = ahead > INTERVAL_MAX_MS && behind > INTERVAL_MAX_MS;
  if (self->has_time && ahead <= INTERVAL_MAX_MS)
    self->media_ms += ahead;
  if (!self->has_time || is_jump || ahead <= INTERVAL_MAX_MS)
    self->newest_at = timestamp;
  self->has_time = TRUE;
}

/**
 * sc_ingest_meter_take:
 * @self: a stream's meter
 * @type: an FLV tag's type: 8 sound, 9 picture; others do not count
 * @timestamp: milliseconds; it may wrap around
 * @body: the tag's body
 */
void
sc_ingest_meter_take (ScIngestMeter *self, guint8 type, guint32 timestamp, GBytes *body)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (body, &size);
  if (type == SC_RTMP_VIDEO || type == SC_RTMP_AUDIO)
    take_time (self, timestamp);
  if (type == SC_RTMP_VIDEO)
    take_picture (self, timestamp, data, size);
  else if (type == SC_RTMP_AUDIO)
    self->audio_bytes += size;
}

/**
 * sc_ingest_meter_read:
 * @self: a stream's meter
 * @now_us: monotonic time
 * @ret_measure: (out): what came since the last reading; untouched if it is too early
 *
 * Returns: %TRUE every 5 s, and then counts anew
 */
gboolean
sc_ingest_meter_read (ScIngestMeter *self, gint64 now_us, ScIngestMeasure *ret_measure)
{
  if (self->window_start_us == 0)
    self->window_start_us = now_us;
  gint64 length_us = now_us - self->window_start_us;
  if (length_us < WINDOW_US)
    return FALSE;
  guint64 made_us = MAX ((guint64) length_us, self->media_ms * 1000);
  *ret_measure = (ScIngestMeasure) {
    .video_bitrate = self->video_bytes * 8 * G_USEC_PER_SEC / made_us,
    .audio_bitrate = self->audio_bytes * 8 * G_USEC_PER_SEC / made_us,
    .frame_rate = self->n_frames * (double) G_USEC_PER_SEC / (double) length_us,
    .keyframe_interval = self->interval_ms / 1000.0,
  };
  self->window_start_us = now_us;
  self->video_bytes = self->audio_bytes = 0;
  self->n_frames = 0;
  self->media_ms = 0;
  return TRUE;
}
