/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The control plane of Amazon IVS, streams: GetStream, ListStreams, StopStream, PutMetadata,
 * GetStreamSession. Rules are those of botocore's model ivs 2020-07-14. */

#include "config.h"

#include "sc-stream-operations.h"

#include "sc-ivs-shapes.h"
#include "sc-json.h"
#include "sc-session-shape.h"

#include <string.h>

#define STREAMS_PAGE 100

/* "Service Quotas", Amazon IVS Low-Latency Streaming User Guide: calls of PutMetadata a second, of
 * the account and of each channel. */
#define METADATA_RATE 155
#define METADATA_CHANNEL_RATE 5
#define METADATA_MAX 1024

static const char *const healths[] = { "HEALTHY", "STARVING", "UNKNOWN", NULL };

#define CHANNEL_RULE                                                                               \
  { .name = "channelArn",                                                                          \
    .kind = SC_INPUT_STRING,                                                                       \
    .required = TRUE,                                                                              \
    .min = 1,                                                                                      \
    .max = 128,                                                                                    \
    .pattern = "arn:aws:ivs:[a-z0-9-]+:[0-9]+:channel/[a-zA-Z0-9-]+" }

static const ScInputRule channel_rules[] = { CHANNEL_RULE, {} };

static const ScInputRule metadata_rules[] = {
  CHANNEL_RULE,
  { .name = "metadata", .kind = SC_INPUT_STRING, .required = TRUE, .min = 1, .max = METADATA_MAX },
  {},
};

static const ScInputRule session_rules[] = {
  CHANNEL_RULE,
  { .name = "streamId",
    .kind = SC_INPUT_STRING,
    .min = 26,
    .max = 26,
    .pattern = "st-[a-zA-Z0-9]+" },
  {},
};

static const ScInputRule filter_rules[] = {
  { .name = "health", .kind = SC_INPUT_STRING, .values = healths },
  {},
};

static const ScInputRule list_rules[] = {
  { .name = "filterBy", .kind = SC_INPUT_OBJECT, .members = filter_rules },
  { .name = "maxResults", .kind = SC_INPUT_INTEGER, .min = 1, .max = 100 },
  { .name = "nextToken", .kind = SC_INPUT_STRING, .max = 1024, .pattern = SC_INPUT_TOKEN_PATTERN },
  {},
};

/* Returns the channel that the input names, or NULL with NOT_FOUND. */
static JsonObject *
find_channel (ScControlCall *call, GError **error)
{
  const char *arn = json_object_get_string_member (call->input, "channelArn");
  JsonObject *channel = sc_cloud_find (call->cloud, SC_CLOUD_CHANNEL, arn);
  g_set_str (&call->detail.resource, arn);
  if (!channel)
    g_set_error (error,
                 SC_CONTROL_ERROR,
                 SC_CONTROL_ERROR_NOT_FOUND,
                 "Resource: %s not found",
                 arn);
  return channel;
}

static void
set_not_broadcasting (GError **error)
{
  g_set_error_literal (error,
                       SC_CONTROL_ERROR,
                       SC_CONTROL_ERROR_NOT_BROADCASTING,
                       "The channel is not currently online");
}

static JsonObject *
stream_to_json (const ScStreamPlane *plane, const ScLiveStream *stream, const char *playback_url)
{
  const ScIvsStream shape = {
    .channel_arn = stream->channel_arn,
    .stream_id = stream->stream_id,
    .state = "LIVE",
    .health = (char *) sc_live_stream_get_health (stream),
    .playback_url = (char *) playback_url,
    .started_at = stream->started_at,
    .viewer_count =
      plane->count_viewers ? plane->count_viewers (stream->channel_arn, plane->data) : -1,
  };
  return sc_ivs_stream_to_json (&shape, playback_url != NULL);
}

static JsonObject *
get_stream (ScControlCall *call, gpointer data, GError **error)
{
  const ScStreamPlane *plane = data;
  JsonObject *channel = find_channel (call, error);
  if (!channel)
    return NULL;
  const ScLiveStream *stream = sc_live_streams_find_live (plane->streams, call->detail.resource);
  if (!stream) {
    set_not_broadcasting (error);
    return NULL;
  }
  JsonObject *answer = json_object_new ();
  json_object_set_object_member (
    answer,
    "stream",
    stream_to_json (plane, stream, json_object_get_string_member (channel, "playbackUrl")));
  return answer;
}

static JsonObject *
list_streams (ScControlCall *call, gpointer data, GError **error)
{
  const ScStreamPlane *plane = data;
  guint limit = 0;
  guint64 after = 0;
  if (!sc_control_call_read_page (call, STREAMS_PAGE, &limit, &after, error))
    return NULL;
  static const char *const members[] = { "channelArn", "health",      "startTime", "state",
                                         "streamId",   "viewerCount", NULL };
  JsonObject *filter = sc_json_get_object_or_null (call->input, "filterBy");
  const char *health = filter ? sc_json_get_string_or (filter, "health", NULL) : NULL;
  g_autoptr (GPtrArray) documents =
    g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GPtrArray) page = sc_live_streams_page_live (plane->streams, limit, &after);
  for (guint i = 0; i < page->len; i++) {
    const ScLiveStream *stream = g_ptr_array_index (page, i);
    if (!health || g_str_equal (health, sc_live_stream_get_health (stream)))
      g_ptr_array_add (documents, stream_to_json (plane, stream, NULL));
  }
  return sc_control_list_to_json ("streams", documents, members, after);
}

static JsonObject *
stop_stream (ScControlCall *call, gpointer data, GError **error)
{
  const ScStreamPlane *plane = data;
  if (!find_channel (call, error))
    return NULL;
  if (plane->stop && plane->stop (call->detail.resource, plane->data))
    return json_object_new ();
  set_not_broadcasting (error);
  return NULL;
}

/* The rules count characters, the quota bytes; and the rate is each stream's own. */
static gboolean
check_metadata (ScControlCall *call, ScLiveStreams *streams, const char *text, GError **error)
{
  if (strlen (text) > METADATA_MAX) {
    call->detail.member = "metadata";
    g_set_error (error,
                 SC_CONTROL_ERROR,
                 SC_CONTROL_ERROR_VALIDATION,
                 "metadata has more than %d bytes",
                 METADATA_MAX);
    return FALSE;
  }
  if (sc_live_streams_take_metadata (streams, call->detail.resource, METADATA_CHANNEL_RATE))
    return TRUE;
  g_set_error_literal (error, SC_CONTROL_ERROR, SC_CONTROL_ERROR_THROTTLED, "Rate exceeded");
  return FALSE;
}

static JsonObject *
put_metadata (ScControlCall *call, gpointer data, GError **error)
{
  const ScStreamPlane *plane = data;
  const char *text = json_object_get_string_member (call->input, "metadata");
  if (!find_channel (call, error))
    return NULL;
  if (!sc_live_streams_find_live (plane->streams, call->detail.resource)) {
    set_not_broadcasting (error);
    return NULL;
  }
  if (!check_metadata (call, plane->streams, text, error))
    return NULL;
  if (plane->put_metadata && plane->put_metadata (call->detail.resource, text, plane->data))
    return json_object_new ();
  set_not_broadcasting (error);
  return NULL;
}

static JsonObject *
get_stream_session (ScControlCall *call, gpointer data, GError **error)
{
  const ScStreamPlane *plane = data;
  JsonObject *channel = find_channel (call, error);
  if (!channel)
    return NULL;
  const char *id = sc_json_get_string_or (call->input, "streamId", NULL);
  const ScLiveStream *stream =
    sc_live_streams_find_session (plane->streams, call->detail.resource, id);
  if (!stream) {
    g_set_error_literal (error,
                         SC_CONTROL_ERROR,
                         SC_CONTROL_ERROR_NOT_FOUND,
                         "Resource: stream session not found");
    return NULL;
  }
  JsonObject *answer = json_object_new ();
  json_object_set_object_member (answer,
                                 "streamSession",
                                 sc_session_shape_to_json (stream, channel));
  return answer;
}

const ScControlOperation sc_stream_operations[] = {
  { "ivs", "GetStream", channel_rules, get_stream },
  { "ivs", "GetStreamSession", session_rules, get_stream_session },
  { "ivs", "ListStreams", list_rules, list_streams },
  { "ivs", "PutMetadata", metadata_rules, put_metadata, 204, METADATA_RATE },
  { "ivs", "StopStream", channel_rules, stop_stream },
  {},
};
