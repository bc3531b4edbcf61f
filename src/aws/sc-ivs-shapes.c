/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ivs-shapes.h"

#include "sc-shape.h"

#define AT(type, member) G_STRUCT_OFFSET (type, member)
#define REQUIRED SC_SHAPE_REQUIRED
#define DETAIL SC_SHAPE_DETAIL

static const ScShapeMember ivs_channel_members[] = {
  { "arn", AT (ScIvsChannel, arn), SC_SHAPE_STRING, REQUIRED },
  { "name", AT (ScIvsChannel, name), SC_SHAPE_STRING, 0 },
  { "type", AT (ScIvsChannel, type), SC_SHAPE_STRING, 0 },
  { "latencyMode", AT (ScIvsChannel, latency_mode), SC_SHAPE_STRING, 0 },
  { "ingestEndpoint", AT (ScIvsChannel, ingest_endpoint), SC_SHAPE_STRING, DETAIL },
  { "playbackUrl", AT (ScIvsChannel, playback_url), SC_SHAPE_STRING, DETAIL },
  { "recordingConfigurationArn",
    AT (ScIvsChannel, recording_configuration_arn),
    SC_SHAPE_STRING,
    0 },
  { "srt.endpoint", AT (ScIvsChannel, srt_endpoint), SC_SHAPE_STRING, DETAIL },
  { "srt.passphrase", AT (ScIvsChannel, srt_passphrase), SC_SHAPE_STRING, DETAIL },
  { "authorized", AT (ScIvsChannel, authorized), SC_SHAPE_BOOLEAN, 0 },
  { "insecureIngest", AT (ScIvsChannel, insecure_ingest), SC_SHAPE_BOOLEAN, 0 },
  { "tags", AT (ScIvsChannel, tags), SC_SHAPE_TAGS, 0 },
  { NULL },
};

static const ScShape ivs_channel_shape = { sizeof (ScIvsChannel), ivs_channel_members };

/**
 * sc_ivs_channel_to_json:
 * @self: a channel
 * @detail: %FALSE for the summary that lists show
 *
 * Returns: (transfer full): it as Amazon IVS writes it
 */
JsonObject *
sc_ivs_channel_to_json (const ScIvsChannel *self, gboolean detail)
{
  return sc_shape_to_json (&ivs_channel_shape, self, detail);
}

/**
 * sc_ivs_channel_from_json:
 * @object: a channel as Amazon IVS writes it, or its summary
 * @error: any %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the channel
 */
ScIvsChannel *
sc_ivs_channel_from_json (JsonObject *object, GError **error)
{
  return sc_shape_from_json (&ivs_channel_shape, object, error);
}

/**
 * sc_ivs_channel_free:
 * @self: (nullable) (transfer full): a channel
 *
 * Frees it.
 */
void
sc_ivs_channel_free (ScIvsChannel *self)
{
  sc_shape_free (&ivs_channel_shape, self);
}

static const ScShapeMember ivs_stream_key_members[] = {
  { "arn", AT (ScIvsStreamKey, arn), SC_SHAPE_STRING, REQUIRED },
  { "channelArn", AT (ScIvsStreamKey, channel_arn), SC_SHAPE_STRING, 0 },
  { "value", AT (ScIvsStreamKey, value), SC_SHAPE_STRING, DETAIL },
  { "tags", AT (ScIvsStreamKey, tags), SC_SHAPE_TAGS, 0 },
  { NULL },
};

static const ScShape ivs_stream_key_shape = { sizeof (ScIvsStreamKey), ivs_stream_key_members };

/**
 * sc_ivs_stream_key_to_json:
 * @self: a stream key
 * @detail: %FALSE for the summary that lists show
 *
 * Returns: (transfer full): it as Amazon IVS writes it
 */
JsonObject *
sc_ivs_stream_key_to_json (const ScIvsStreamKey *self, gboolean detail)
{
  return sc_shape_to_json (&ivs_stream_key_shape, self, detail);
}

/**
 * sc_ivs_stream_key_from_json:
 * @object: a stream key as Amazon IVS writes it, or its summary
 * @error: any %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the stream key
 */
ScIvsStreamKey *
sc_ivs_stream_key_from_json (JsonObject *object, GError **error)
{
  return sc_shape_from_json (&ivs_stream_key_shape, object, error);
}

/**
 * sc_ivs_stream_key_free:
 * @self: (nullable) (transfer full): a stream key
 *
 * Frees it.
 */
void
sc_ivs_stream_key_free (ScIvsStreamKey *self)
{
  sc_shape_free (&ivs_stream_key_shape, self);
}

static const ScShapeMember ivs_room_members[] = {
  { "arn", AT (ScIvsRoom, arn), SC_SHAPE_STRING, REQUIRED },
  { "id", AT (ScIvsRoom, id), SC_SHAPE_STRING, 0 },
  { "name", AT (ScIvsRoom, name), SC_SHAPE_STRING, 0 },
  { "messageReviewHandler.uri", AT (ScIvsRoom, review_uri), SC_SHAPE_STRING, 0 },
  { "messageReviewHandler.fallbackResult", AT (ScIvsRoom, review_fallback), SC_SHAPE_STRING, 0 },
  { "loggingConfigurationIdentifiers",
    AT (ScIvsRoom, logging_configuration_arns),
    SC_SHAPE_STRINGS,
    0 },
  { "maximumMessageRatePerSecond", AT (ScIvsRoom, max_message_rate), SC_SHAPE_INTEGER, DETAIL },
  { "maximumMessageLength", AT (ScIvsRoom, max_message_length), SC_SHAPE_INTEGER, DETAIL },
  { "createTime", AT (ScIvsRoom, created_at), SC_SHAPE_TIME, 0 },
  { "updateTime", AT (ScIvsRoom, updated_at), SC_SHAPE_TIME, 0 },
  { "tags", AT (ScIvsRoom, tags), SC_SHAPE_TAGS, 0 },
  { NULL },
};

static const ScShape ivs_room_shape = { sizeof (ScIvsRoom), ivs_room_members };

/**
 * sc_ivs_room_to_json:
 * @self: a room
 * @detail: %FALSE for the summary that lists show
 *
 * Returns: (transfer full): it as Amazon IVS writes it
 */
JsonObject *
sc_ivs_room_to_json (const ScIvsRoom *self, gboolean detail)
{
  return sc_shape_to_json (&ivs_room_shape, self, detail);
}

/**
 * sc_ivs_room_from_json:
 * @object: a room as Amazon IVS writes it, or its summary
 * @error: any %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the room
 */
ScIvsRoom *
sc_ivs_room_from_json (JsonObject *object, GError **error)
{
  return sc_shape_from_json (&ivs_room_shape, object, error);
}

/**
 * sc_ivs_room_free:
 * @self: (nullable) (transfer full): a room
 *
 * Frees it.
 */
void
sc_ivs_room_free (ScIvsRoom *self)
{
  sc_shape_free (&ivs_room_shape, self);
}

static const ScShapeMember ivs_chat_token_members[] = {
  { "token", AT (ScIvsChatToken, token), SC_SHAPE_STRING, REQUIRED },
  { "tokenExpirationTime", AT (ScIvsChatToken, expires_at), SC_SHAPE_TIME, REQUIRED },
  { "sessionExpirationTime", AT (ScIvsChatToken, session_expires_at), SC_SHAPE_TIME, REQUIRED },
  { NULL },
};

static const ScShape ivs_chat_token_shape = { sizeof (ScIvsChatToken), ivs_chat_token_members };

/**
 * sc_ivs_chat_token_to_json:
 * @self: a chat token
 * @detail: unused; there is no summary
 *
 * Returns: (transfer full): it as Amazon IVS Chat writes it
 */
JsonObject *
sc_ivs_chat_token_to_json (const ScIvsChatToken *self, gboolean detail)
{
  return sc_shape_to_json (&ivs_chat_token_shape, self, detail);
}

/**
 * sc_ivs_chat_token_from_json:
 * @object: a chat token as Amazon IVS Chat writes it
 * @error: any %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the chat token
 */
ScIvsChatToken *
sc_ivs_chat_token_from_json (JsonObject *object, GError **error)
{
  return sc_shape_from_json (&ivs_chat_token_shape, object, error);
}

/**
 * sc_ivs_chat_token_free:
 * @self: (nullable) (transfer full): a chat token
 *
 * Frees it.
 */
void
sc_ivs_chat_token_free (ScIvsChatToken *self)
{
  sc_shape_free (&ivs_chat_token_shape, self);
}

static const ScShapeMember ivs_stage_members[] = {
  { "arn", AT (ScIvsStage, arn), SC_SHAPE_STRING, REQUIRED },
  { "name", AT (ScIvsStage, name), SC_SHAPE_STRING, 0 },
  { "activeSessionId", AT (ScIvsStage, active_session_id), SC_SHAPE_STRING, 0 },
  { "endpoints.events", AT (ScIvsStage, events_endpoint), SC_SHAPE_STRING, DETAIL },
  { "endpoints.whip", AT (ScIvsStage, whip_endpoint), SC_SHAPE_STRING, DETAIL },
  { "endpoints.rtmp", AT (ScIvsStage, rtmp_endpoint), SC_SHAPE_STRING, DETAIL },
  { "endpoints.rtmps", AT (ScIvsStage, rtmps_endpoint), SC_SHAPE_STRING, DETAIL },
  { "tags", AT (ScIvsStage, tags), SC_SHAPE_TAGS, 0 },
  { NULL },
};

static const ScShape ivs_stage_shape = { sizeof (ScIvsStage), ivs_stage_members };

/**
 * sc_ivs_stage_to_json:
 * @self: a stage
 * @detail: %FALSE for the summary that lists show
 *
 * Returns: (transfer full): it as Amazon IVS writes it
 */
JsonObject *
sc_ivs_stage_to_json (const ScIvsStage *self, gboolean detail)
{
  return sc_shape_to_json (&ivs_stage_shape, self, detail);
}

/**
 * sc_ivs_stage_from_json:
 * @object: a stage as Amazon IVS writes it, or its summary
 * @error: any %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the stage
 */
ScIvsStage *
sc_ivs_stage_from_json (JsonObject *object, GError **error)
{
  return sc_shape_from_json (&ivs_stage_shape, object, error);
}

/**
 * sc_ivs_stage_free:
 * @self: (nullable) (transfer full): a stage
 *
 * Frees it.
 */
void
sc_ivs_stage_free (ScIvsStage *self)
{
  sc_shape_free (&ivs_stage_shape, self);
}

static const ScShapeMember ivs_stream_members[] = {
  { "channelArn", AT (ScIvsStream, channel_arn), SC_SHAPE_STRING, REQUIRED },
  { "streamId", AT (ScIvsStream, stream_id), SC_SHAPE_STRING, REQUIRED },
  { "state", AT (ScIvsStream, state), SC_SHAPE_STRING, 0 },
  { "health", AT (ScIvsStream, health), SC_SHAPE_STRING, 0 },
  { "playbackUrl", AT (ScIvsStream, playback_url), SC_SHAPE_STRING, DETAIL },
  { "startTime", AT (ScIvsStream, started_at), SC_SHAPE_TIME, 0 },
  { "viewerCount", AT (ScIvsStream, viewer_count), SC_SHAPE_COUNT, 0 },
  { NULL },
};

static const ScShape ivs_stream_shape = { sizeof (ScIvsStream), ivs_stream_members };

/**
 * sc_ivs_stream_to_json:
 * @self: a stream
 * @detail: %FALSE for the summary that lists show
 *
 * Returns: (transfer full): it as Amazon IVS writes it
 */
JsonObject *
sc_ivs_stream_to_json (const ScIvsStream *self, gboolean detail)
{
  return sc_shape_to_json (&ivs_stream_shape, self, detail);
}

/**
 * sc_ivs_stream_from_json:
 * @object: a stream as Amazon IVS writes it, or its summary
 * @error: any %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the stream
 */
ScIvsStream *
sc_ivs_stream_from_json (JsonObject *object, GError **error)
{
  return sc_shape_from_json (&ivs_stream_shape, object, error);
}

/**
 * sc_ivs_stream_free:
 * @self: (nullable) (transfer full): a stream
 *
 * Frees it.
 */
void
sc_ivs_stream_free (ScIvsStream *self)
{
  sc_shape_free (&ivs_stream_shape, self);
}

static const ScShapeMember ivs_stream_session_members[] = {
  { "streamId", AT (ScIvsStreamSession, stream_id), SC_SHAPE_STRING, REQUIRED },
  { "startTime", AT (ScIvsStreamSession, started_at), SC_SHAPE_TIME, 0 },
  { "endTime", AT (ScIvsStreamSession, ended_at), SC_SHAPE_TIME, 0 },
  { "ingestConfiguration.video.videoWidth",
    AT (ScIvsStreamSession, video_width),
    SC_SHAPE_INTEGER,
    DETAIL },
  { "ingestConfiguration.video.videoHeight",
    AT (ScIvsStreamSession, video_height),
    SC_SHAPE_INTEGER,
    DETAIL },
  { "ingestConfiguration.video.targetFramerate",
    AT (ScIvsStreamSession, video_frame_rate),
    SC_SHAPE_INTEGER,
    DETAIL },
  { "ingestConfiguration.video.targetBitrate",
    AT (ScIvsStreamSession, video_bitrate),
    SC_SHAPE_INTEGER,
    DETAIL },
  { "ingestConfiguration.video.codec",
    AT (ScIvsStreamSession, video_codec),
    SC_SHAPE_STRING,
    DETAIL },
  { "ingestConfiguration.video.avcProfile",
    AT (ScIvsStreamSession, video_profile),
    SC_SHAPE_STRING,
    DETAIL },
  { "ingestConfiguration.video.avcLevel",
    AT (ScIvsStreamSession, video_level),
    SC_SHAPE_STRING,
    DETAIL },
  { "ingestConfiguration.video.encoder",
    AT (ScIvsStreamSession, video_encoder),
    SC_SHAPE_STRING,
    DETAIL },
  { "ingestConfiguration.audio.codec",
    AT (ScIvsStreamSession, audio_codec),
    SC_SHAPE_STRING,
    DETAIL },
  { "ingestConfiguration.audio.channels",
    AT (ScIvsStreamSession, audio_channels),
    SC_SHAPE_INTEGER,
    DETAIL },
  { "ingestConfiguration.audio.sampleRate",
    AT (ScIvsStreamSession, audio_sample_rate),
    SC_SHAPE_INTEGER,
    DETAIL },
  { "ingestConfiguration.audio.targetBitrate",
    AT (ScIvsStreamSession, audio_bitrate),
    SC_SHAPE_INTEGER,
    DETAIL },
  { NULL },
};

static const ScShape ivs_stream_session_shape = { sizeof (ScIvsStreamSession),
                                                  ivs_stream_session_members };

/**
 * sc_ivs_stream_session_to_json:
 * @self: a stream session
 * @detail: %FALSE for the summary that lists show
 *
 * Returns: (transfer full): it as Amazon IVS writes it
 */
JsonObject *
sc_ivs_stream_session_to_json (const ScIvsStreamSession *self, gboolean detail)
{
  return sc_shape_to_json (&ivs_stream_session_shape, self, detail);
}

/**
 * sc_ivs_stream_session_from_json:
 * @object: a stream session as Amazon IVS writes it, or its summary
 * @error: any %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the stream session
 */
ScIvsStreamSession *
sc_ivs_stream_session_from_json (JsonObject *object, GError **error)
{
  return sc_shape_from_json (&ivs_stream_session_shape, object, error);
}

/**
 * sc_ivs_stream_session_free:
 * @self: (nullable) (transfer full): a stream session
 *
 * Frees it.
 */
void
sc_ivs_stream_session_free (ScIvsStreamSession *self)
{
  sc_shape_free (&ivs_stream_session_shape, self);
}
