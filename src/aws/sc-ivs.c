/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ivs.h"

#include "sc-aws-answer.h"
#include "sc-json-members.h"
#include "sc-json.h"

/* The most that the API model allows on a page of channels and of streams. */
#define PAGE_SIZE 100

/* One stream key a channel ("Service Quotas (Low-Latency Streaming)"). */
#define STREAM_KEY_PAGE_SIZE 50

static JsonObject *
call (ScAws *aws, const char *name, gboolean may_repeat, JsonObject *input, GError **error)
{
  const ScAwsOperation operation = { SC_AWS_IVS, name, may_repeat };
  return sc_aws_call (aws, &operation, input, error);
}

/* Calls an operation whose input is one string. */
static JsonObject *
call_with (ScAws *aws, const char *name, const char *member, const char *value, GError **error)
{
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, member, value);
  return call (aws, name, TRUE, input, error);
}

/**
 * sc_ivs_create_channel:
 * @aws: a client
 * @wanted: its name, type, latency_mode, tags and, where it is to be recorded,
 * recording_configuration_arn
 * @ret_key: (out) (transfer full): the channel's stream key; untouched on failure
 * @error: any %SC_AWS_ERROR
 *
 * Makes a channel. Called twice, it makes two: see sc_aws_error_is_unclear().
 *
 * Returns: (transfer full) (nullable): the channel
 */
ScIvsChannel *
sc_ivs_create_channel (ScAws *aws,
                       const ScIvsChannel *wanted,
                       ScIvsStreamKey **ret_key,
                       GError **error)
{
  g_autoptr (JsonObject) input = sc_ivs_channel_to_json (wanted, TRUE);
  g_autoptr (JsonObject) output = call (aws, "CreateChannel", FALSE, input, error);
  if (!output)
    return NULL;
  g_autoptr (ScIvsChannel) channel =
    sc_aws_read_member (output, "channel", (ScAwsReader) sc_ivs_channel_from_json, error);
  if (!channel)
    return NULL;
  ScIvsStreamKey *key =
    sc_aws_read_member (output, "streamKey", (ScAwsReader) sc_ivs_stream_key_from_json, error);
  if (!key)
    return NULL;
  *ret_key = key;
  return g_steal_pointer (&channel);
}

/**
 * sc_ivs_get_channel:
 * @aws: a client
 * @arn: a channel's ARN
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable): the channel
 */
ScIvsChannel *
sc_ivs_get_channel (ScAws *aws, const char *arn, GError **error)
{
  g_autoptr (JsonObject) output = call_with (aws, "GetChannel", "arn", arn, error);
  return output
           ? sc_aws_read_member (output, "channel", (ScAwsReader) sc_ivs_channel_from_json, error)
           : NULL;
}

/**
 * sc_ivs_list_channels:
 * @aws: a client
 * @name: (nullable): only channels of exactly this name
 * @token: (inout): %NULL for the first page; replaced by where this one ends, %NULL after the last
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScIvsChannel): a page of summaries
 */
GPtrArray *
sc_ivs_list_channels (ScAws *aws, const char *name, char **token, GError **error)
{
  static const ScAwsList list = { { SC_AWS_IVS, "ListChannels", TRUE },
                                  "channels",
                                  (ScAwsReader) sc_ivs_channel_from_json,
                                  (GDestroyNotify) sc_ivs_channel_free,
                                  PAGE_SIZE };
  g_autoptr (JsonObject) input = json_object_new ();
  if (name)
    json_object_set_string_member (input, "filterByName", name);
  return sc_aws_call_list (aws, &list, input, token, error);
}

/**
 * sc_ivs_update_channel_recording:
 * @aws: a client
 * @arn: a channel's ARN
 * @recording_configuration_arn: how its streams are recorded from the next one on
 * @error: any %SC_AWS_ERROR; a live channel is %SC_AWS_ERROR_CONFLICT
 *
 * Returns: %TRUE if it was done
 */
gboolean
sc_ivs_update_channel_recording (ScAws *aws,
                                 const char *arn,
                                 const char *recording_configuration_arn,
                                 GError **error)
{
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, "arn", arn);
  json_object_set_string_member (input, "recordingConfigurationArn", recording_configuration_arn);
  g_autoptr (JsonObject) output = call (aws, "UpdateChannel", TRUE, input, error);
  return output != NULL;
}

/**
 * sc_ivs_update_channel_delivery:
 * @aws: a client
 * @arn: a channel's ARN
 * @type: (nullable): BASIC, STANDARD, ADVANCED_SD or ADVANCED_HD; %NULL to leave it. The last two
 *   get the preset that is theirs if nobody chooses.
 * @latency_mode: (nullable): NORMAL or LOW; %NULL to leave it
 * @error: any %SC_AWS_ERROR; a live channel is %SC_AWS_ERROR_CONFLICT
 *
 * Returns: %TRUE if it was done, for the next stream
 */
gboolean
sc_ivs_update_channel_delivery (ScAws *aws,
                                const char *arn,
                                const char *type,
                                const char *latency_mode,
                                GError **error)
{
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, "arn", arn);
  sc_json_add_string (input, "type", type);
  sc_json_add_string (input, "latencyMode", latency_mode);
  if (type && g_str_has_prefix (type, "ADVANCED"))
    json_object_set_string_member (input, "preset", "HIGHER_BANDWIDTH_DELIVERY");
  g_autoptr (JsonObject) output = call (aws, "UpdateChannel", TRUE, input, error);
  return output != NULL;
}

/**
 * sc_ivs_delete_channel:
 * @aws: a client
 * @arn: a channel's ARN
 * @error: any %SC_AWS_ERROR
 *
 * Deletes a channel and its stream key. A live one is %SC_AWS_ERROR_CONFLICT.
 *
 * Returns: %TRUE if it was done
 */
gboolean
sc_ivs_delete_channel (ScAws *aws, const char *arn, GError **error)
{
  g_autoptr (JsonObject) output = call_with (aws, "DeleteChannel", "arn", arn, error);
  return output != NULL;
}

/**
 * sc_ivs_get_stream_key:
 * @aws: a client
 * @arn: a stream key's ARN
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable): the stream key, with its value
 */
ScIvsStreamKey *
sc_ivs_get_stream_key (ScAws *aws, const char *arn, GError **error)
{
  g_autoptr (JsonObject) output = call_with (aws, "GetStreamKey", "arn", arn, error);
  return output ? sc_aws_read_member (output,
                                      "streamKey",
                                      (ScAwsReader) sc_ivs_stream_key_from_json,
                                      error)
                : NULL;
}

/**
 * sc_ivs_create_stream_key:
 * @aws: a client
 * @channel_arn: a channel without a key
 * @project: the tag "project" that it gets
 * @error: any %SC_AWS_ERROR; a channel that has a key is %SC_AWS_ERROR_QUOTA
 *
 * Returns: (transfer full) (nullable): the key with its value, which is a secret
 */
ScIvsStreamKey *
sc_ivs_create_stream_key (ScAws *aws, const char *channel_arn, const char *project, GError **error)
{
  const ScAwsOperation operation = { SC_AWS_IVS, "CreateStreamKey", FALSE };
  g_autoptr (JsonObject) input = json_object_new ();
  JsonObject *tags = json_object_new ();
  json_object_set_string_member (tags, "project", project);
  json_object_set_string_member (input, "channelArn", channel_arn);
  json_object_set_object_member (input, "tags", tags);
  g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, error);
  return output ? sc_aws_read_member (output,
                                      "streamKey",
                                      (ScAwsReader) sc_ivs_stream_key_from_json,
                                      error)
                : NULL;
}

/**
 * sc_ivs_delete_stream_key:
 * @aws: a client
 * @arn: a key's ARN
 * @error: any %SC_AWS_ERROR
 *
 * Makes a key open nothing any more. A stream that it opened goes on.
 *
 * Returns: %TRUE if it was done
 */
gboolean
sc_ivs_delete_stream_key (ScAws *aws, const char *arn, GError **error)
{
  g_autoptr (JsonObject) output = call_with (aws, "DeleteStreamKey", "arn", arn, error);
  return output != NULL;
}

/**
 * sc_ivs_list_stream_keys:
 * @aws: a client
 * @channel_arn: a channel's ARN
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScIvsStreamKey): its keys, without their values
 */
GPtrArray *
sc_ivs_list_stream_keys (ScAws *aws, const char *channel_arn, GError **error)
{
  static const ScAwsList list = { { SC_AWS_IVS, "ListStreamKeys", TRUE },
                                  "streamKeys",
                                  (ScAwsReader) sc_ivs_stream_key_from_json,
                                  (GDestroyNotify) sc_ivs_stream_key_free,
                                  STREAM_KEY_PAGE_SIZE };
  g_autofree char *token = NULL;
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, "channelArn", channel_arn);
  return sc_aws_call_list (aws, &list, input, &token, error);
}

/**
 * sc_ivs_get_stream:
 * @aws: a client
 * @channel_arn: a channel's ARN
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable): its live stream; offline it is
 * %SC_AWS_ERROR_NOT_BROADCASTING
 */
ScIvsStream *
sc_ivs_get_stream (ScAws *aws, const char *channel_arn, GError **error)
{
  g_autoptr (JsonObject) output = call_with (aws, "GetStream", "channelArn", channel_arn, error);
  return output
           ? sc_aws_read_member (output, "stream", (ScAwsReader) sc_ivs_stream_from_json, error)
           : NULL;
}

/**
 * sc_ivs_list_streams:
 * @aws: a client
 * @token: (inout): %NULL for the first page; replaced by where this one ends, %NULL after the last
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScIvsStream): a page of the live streams
 */
GPtrArray *
sc_ivs_list_streams (ScAws *aws, char **token, GError **error)
{
  static const ScAwsList list = { { SC_AWS_IVS, "ListStreams", TRUE },
                                  "streams",
                                  (ScAwsReader) sc_ivs_stream_from_json,
                                  (GDestroyNotify) sc_ivs_stream_free,
                                  PAGE_SIZE };
  g_autoptr (JsonObject) input = json_object_new ();
  return sc_aws_call_list (aws, &list, input, token, error);
}

/**
 * sc_ivs_put_metadata:
 * @aws: a client
 * @channel_arn: a channel's ARN
 * @metadata: at most 1 KB
 * @error: any %SC_AWS_ERROR
 *
 * Puts timed metadata into a channel's stream. Offline it is %SC_AWS_ERROR_NOT_BROADCASTING; called
 * twice, they are there twice.
 *
 * Returns: %TRUE if they were taken
 */
gboolean
sc_ivs_put_metadata (ScAws *aws, const char *channel_arn, const char *metadata, GError **error)
{
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, "channelArn", channel_arn);
  json_object_set_string_member (input, "metadata", metadata);
  g_autoptr (JsonObject) output = call (aws, "PutMetadata", FALSE, input, error);
  return output != NULL;
}

/**
 * sc_ivs_stop_stream:
 * @aws: a client
 * @channel_arn: a channel's ARN
 * @error: any %SC_AWS_ERROR
 *
 * Cuts the encoder of a channel off. Offline it is %SC_AWS_ERROR_NOT_BROADCASTING.
 *
 * Returns: %TRUE if it was done
 */
gboolean
sc_ivs_stop_stream (ScAws *aws, const char *channel_arn, GError **error)
{
  g_autoptr (JsonObject) output = call_with (aws, "StopStream", "channelArn", channel_arn, error);
  return output != NULL;
}

/**
 * sc_ivs_get_stream_session:
 * @aws: a client
 * @channel_arn: a channel's ARN
 * @stream_id: (nullable): a stream of its, the newest for %NULL
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable): what arrived in the stream
 */
ScIvsStreamSession *
sc_ivs_get_stream_session (ScAws *aws,
                           const char *channel_arn,
                           const char *stream_id,
                           GError **error)
{
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, "channelArn", channel_arn);
  if (stream_id)
    json_object_set_string_member (input, "streamId", stream_id);
  g_autoptr (JsonObject) output = call (aws, "GetStreamSession", TRUE, input, error);
  if (!output)
    return NULL;
  return sc_aws_read_member (output,
                             "streamSession",
                             (ScAwsReader) sc_ivs_stream_session_from_json,
                             error);
}
