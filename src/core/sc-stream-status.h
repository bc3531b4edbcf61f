/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-stream-report.h"

G_BEGIN_DECLS

/* What an answer has at most. */
#define SC_STREAM_STATUS_SAMPLES_MAX 240
#define SC_STREAM_STATUS_REPORTS_MAX 50

/* A number that nobody knows. */
#define SC_STREAM_UNKNOWN (-1)

/**
 * ScStreamHealth:
 *
 * Whether what arrives comes in time.
 */
typedef enum {
  SC_STREAM_HEALTH_UNKNOWN,
  SC_STREAM_HEALTH_HEALTHY,
  SC_STREAM_HEALTH_STARVING,
} ScStreamHealth;

/**
 * ScIngestVideo:
 * @codec: (nullable): such as "avc1.64001F"
 * @encoder: (nullable): what the encoder calls itself
 * @profile: (nullable): such as "High"
 * @level: (nullable): such as "4.2"
 * @width: in pixels, or %SC_STREAM_UNKNOWN
 * @height: in pixels, or %SC_STREAM_UNKNOWN
 * @frame_rate: that the encoder means to send, frames a second, or %SC_STREAM_UNKNOWN
 * @bitrate: that the encoder means to send, bits a second, or %SC_STREAM_UNKNOWN
 *
 * The picture as the encoder said at the stream's start that it sends it.
 */
typedef struct {
  char *codec;
  char *encoder;
  char *profile;
  char *level;
  gint64 width;
  gint64 height;
  double frame_rate;
  gint64 bitrate;
} ScIngestVideo;

/**
 * ScIngestAudio:
 * @codec: (nullable): such as "mp4a.40.2"
 * @bitrate: that the encoder means to send, bits a second, or %SC_STREAM_UNKNOWN
 * @sample_rate: samples a second, or %SC_STREAM_UNKNOWN
 * @channels: how many, or %SC_STREAM_UNKNOWN
 *
 * The sound as the encoder said at the stream's start that it sends it.
 */
typedef struct {
  char *codec;
  gint64 bitrate;
  gint64 sample_rate;
  gint64 channels;
} ScIngestAudio;

/**
 * ScStreamSample:
 * @at: when, microseconds since the epoch
 * @bitrate: of the picture that arrived, bits a second, or %SC_STREAM_UNKNOWN
 * @frame_rate: that arrived, frames a second, or %SC_STREAM_UNKNOWN
 * @keyframe_interval: seconds from one key frame to the next, or %SC_STREAM_UNKNOWN
 * @viewers: how many watched, or %SC_STREAM_UNKNOWN
 *
 * What was measured of a stream at one time.
 */
typedef struct {
  gint64 at;
  gint64 bitrate;
  double frame_rate;
  double keyframe_interval;
  gint64 viewers;
} ScStreamSample;

/**
 * ScChatPace:
 * @at: from when, microseconds since the epoch
 * @lines: how many were said a minute from then to the next
 *
 * How lively the chat was at one time of a stream.
 */
typedef struct {
  gint64 at;
  double lines;
} ScChatPace;

/**
 * ScStreamStatusFields:
 * @id: (nullable): the stream that is on, else the last one; %NULL if there never was one, and
 *   then the rest says nothing
 * @started_at: when its picture began, microseconds since the epoch, or 0 before that
 * @ended_at: when it ended, or 0 while it is on
 * @health: whether what arrives comes in time
 * @viewers: how many watch, or %SC_STREAM_UNKNOWN
 * @peak_viewers: the most that ever watched, or %SC_STREAM_UNKNOWN
 * @video: (nullable): the picture that the encoder sends
 * @audio: (nullable): the sound that the encoder sends
 * @samples: (element-type ScStreamSample): what was measured, the oldest first
 * @reports: (element-type ScStreamReport): what Amazon IVS reported, the newest first
 * @chat: (element-type ScChatPace): how lively the chat was, the oldest first; only of a stream
 * that was asked for by its id
 * @new_followers: who follow the channel since the stream, or %SC_STREAM_UNKNOWN; the same
 *
 * How a stream goes.
 */
typedef struct {
  char *id;
  gint64 started_at;
  gint64 ended_at;
  ScStreamHealth health;
  gint64 viewers;
  gint64 peak_viewers;
  ScIngestVideo *video;
  ScIngestAudio *audio;
  GArray *samples;
  GPtrArray *reports;
  GArray *chat;
  gint64 new_followers;
} ScStreamStatusFields;

void sc_ingest_video_free (ScIngestVideo *self);
void sc_ingest_audio_free (ScIngestAudio *self);
void sc_stream_status_fields_init (ScStreamStatusFields *self);
void sc_stream_status_fields_clear (ScStreamStatusFields *self);
JsonObject *sc_stream_status_write_ingest (const ScStreamStatusFields *fields);
gboolean
sc_stream_status_read_ingest (JsonObject *ingest, ScStreamStatusFields *fields, GError **error);

#define SC_TYPE_STREAM_STATUS (sc_stream_status_get_type ())
G_DECLARE_FINAL_TYPE (ScStreamStatus, sc_stream_status, SC, STREAM_STATUS, GObject)

ScStreamStatus *sc_stream_status_new (ScStreamStatusFields *fields);
const ScStreamStatusFields *sc_stream_status_get_fields (ScStreamStatus *self);
gboolean sc_stream_status_is_live (ScStreamStatus *self);

JsonObject *sc_stream_status_to_json (ScStreamStatus *self);
ScStreamStatus *sc_stream_status_from_json (JsonObject *object, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScIngestVideo, sc_ingest_video_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScIngestAudio, sc_ingest_audio_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScStreamStatusFields, sc_stream_status_fields_clear)

G_END_DECLS
