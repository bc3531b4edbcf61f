/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The structures of the control planes of Amazon IVS, Amazon IVS Chat and Amazon IVS Real-Time,
 * with the JSON members of their API models of 2020-07-14. The client reads them, the local cloud
 * writes them. Strings are owned by the structure; %NULL stands for an absent member. */

/**
 * ScIvsChannel:
 * @arn: names it everywhere
 * @name: not unique
 * @type: BASIC, STANDARD, ADVANCED_SD or ADVANCED_HD
 * @latency_mode: NORMAL or LOW
 * @ingest_endpoint: the host that encoders connect to
 * @playback_url: the master playlist
 * @recording_configuration_arn: empty or absent: not recorded
 * @srt_endpoint: the host that encoders connect to by SRT
 * @srt_passphrase: what they encrypt with, a secret; nobody else needs it
 * @authorized: viewers need a token
 * @insecure_ingest: plain RTMP is taken too
 * @tags: string to string
 *
 * A channel of Amazon IVS (shape Channel, and ChannelSummary in lists).
 */
typedef struct {
  char *arn;
  char *name;
  char *type;
  char *latency_mode;
  char *ingest_endpoint;
  char *playback_url;
  char *recording_configuration_arn;
  char *srt_endpoint;
  char *srt_passphrase;
  gboolean authorized;
  gboolean insecure_ingest;
  GHashTable *tags;
} ScIvsChannel;

JsonObject *sc_ivs_channel_to_json (const ScIvsChannel *self, gboolean detail);
ScIvsChannel *sc_ivs_channel_from_json (JsonObject *object, GError **error);
void sc_ivs_channel_free (ScIvsChannel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScIvsChannel, sc_ivs_channel_free)

/**
 * ScIvsStreamKey:
 * @arn: names it
 * @channel_arn: the channel that it opens
 * @value: the secret itself
 * @tags: string to string
 *
 * What an encoder needs to publish to a channel (shape StreamKey).
 */
typedef struct {
  char *arn;
  char *channel_arn;
  char *value;
  GHashTable *tags;
} ScIvsStreamKey;

JsonObject *sc_ivs_stream_key_to_json (const ScIvsStreamKey *self, gboolean detail);
ScIvsStreamKey *sc_ivs_stream_key_from_json (JsonObject *object, GError **error);
void sc_ivs_stream_key_free (ScIvsStreamKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScIvsStreamKey, sc_ivs_stream_key_free)

/**
 * ScIvsRoom:
 * @arn: names it
 * @id: the last part of @arn
 * @name: not unique
 * @review_uri: the function that sees every message first
 * @review_fallback: ALLOW or DENY, where it gives no answer
 * @logging_configuration_arns: where messages are logged
 * @max_message_rate: messages a second
 * @max_message_length: characters
 * @created_at: microseconds since the epoch
 * @updated_at: microseconds since the epoch
 * @tags: string to string
 *
 * A chat room (CreateRoomResponse, and RoomSummary in lists).
 */
typedef struct {
  char *arn;
  char *id;
  char *name;
  char *review_uri;
  char *review_fallback;
  char **logging_configuration_arns;
  gint64 max_message_rate;
  gint64 max_message_length;
  gint64 created_at;
  gint64 updated_at;
  GHashTable *tags;
} ScIvsRoom;

JsonObject *sc_ivs_room_to_json (const ScIvsRoom *self, gboolean detail);
ScIvsRoom *sc_ivs_room_from_json (JsonObject *object, GError **error);
void sc_ivs_room_free (ScIvsRoom *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScIvsRoom, sc_ivs_room_free)

/**
 * ScIvsChatToken:
 * @token: the secret itself, for one connection
 * @expires_at: until when it opens one, microseconds since the epoch
 * @session_expires_at: until when that one lives, microseconds since the epoch
 *
 * What opens a connection to a chat room (CreateChatTokenResponse).
 */
typedef struct {
  char *token;
  gint64 expires_at;
  gint64 session_expires_at;
} ScIvsChatToken;

JsonObject *sc_ivs_chat_token_to_json (const ScIvsChatToken *self, gboolean detail);
ScIvsChatToken *sc_ivs_chat_token_from_json (JsonObject *object, GError **error);
void sc_ivs_chat_token_free (ScIvsChatToken *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScIvsChatToken, sc_ivs_chat_token_free)

/**
 * ScIvsStage:
 * @arn: names it
 * @name: not unique
 * @active_session_id: absent while nobody is on it
 * @events_endpoint: where participants get events
 * @whip_endpoint: where WHIP publishes
 * @rtmp_endpoint: where RTMP publishes
 * @rtmps_endpoint: where RTMPS publishes
 * @tags: string to string
 *
 * A stage of Amazon IVS Real-Time (shapes Stage and StageSummary).
 */
typedef struct {
  char *arn;
  char *name;
  char *active_session_id;
  char *events_endpoint;
  char *whip_endpoint;
  char *rtmp_endpoint;
  char *rtmps_endpoint;
  GHashTable *tags;
} ScIvsStage;

JsonObject *sc_ivs_stage_to_json (const ScIvsStage *self, gboolean detail);
ScIvsStage *sc_ivs_stage_from_json (JsonObject *object, GError **error);
void sc_ivs_stage_free (ScIvsStage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScIvsStage, sc_ivs_stage_free)

/**
 * ScIvsStream:
 * @channel_arn: the channel that it is on
 * @stream_id: "st-" and letters
 * @state: LIVE or OFFLINE
 * @health: HEALTHY, STARVING or UNKNOWN
 * @playback_url: the master playlist
 * @started_at: microseconds since the epoch
 * @viewer_count: -1 while Amazon IVS does not know
 *
 * A live stream (shapes Stream and StreamSummary).
 */
typedef struct {
  char *channel_arn;
  char *stream_id;
  char *state;
  char *health;
  char *playback_url;
  gint64 started_at;
  gint64 viewer_count;
} ScIvsStream;

JsonObject *sc_ivs_stream_to_json (const ScIvsStream *self, gboolean detail);
ScIvsStream *sc_ivs_stream_from_json (JsonObject *object, GError **error);
void sc_ivs_stream_free (ScIvsStream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScIvsStream, sc_ivs_stream_free)

/**
 * ScIvsStreamSession:
 * @stream_id: "st-" and letters
 * @started_at: microseconds since the epoch
 * @ended_at: 0 while live
 * @video_width: pixels
 * @video_height: pixels
 * @video_frame_rate: frames a second
 * @video_bitrate: bits a second
 * @video_codec: as the encoder names it
 * @video_profile: H.264 profile
 * @video_level: H.264 level
 * @video_encoder: the program that encodes
 * @audio_codec: as the encoder names it
 * @audio_channels: 1 or 2
 * @audio_sample_rate: Hz
 * @audio_bitrate: bits a second
 *
 * What arrived in a stream, live or ended (shape StreamSession, its ingestConfiguration flattened).
 */
typedef struct {
  char *stream_id;
  gint64 started_at;
  gint64 ended_at;
  gint64 video_width;
  gint64 video_height;
  gint64 video_frame_rate;
  gint64 video_bitrate;
  char *video_codec;
  char *video_profile;
  char *video_level;
  char *video_encoder;
  char *audio_codec;
  gint64 audio_channels;
  gint64 audio_sample_rate;
  gint64 audio_bitrate;
} ScIvsStreamSession;

JsonObject *sc_ivs_stream_session_to_json (const ScIvsStreamSession *self, gboolean detail);
ScIvsStreamSession *sc_ivs_stream_session_from_json (JsonObject *object, GError **error);
void sc_ivs_stream_session_free (ScIvsStreamSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScIvsStreamSession, sc_ivs_stream_session_free)

G_END_DECLS
