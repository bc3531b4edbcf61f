/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which channels are recorded, and how: what a channel says of it, and the recording configuration
 * of the stack that it names. Main thread; the local cloud owns it. */

#include "config.h"

#include "sc-local-recordings.h"

#include "sc-json.h"
#include "sc-settings.h"

/* Amazon IVS API, RecordingConfiguration and ThumbnailConfiguration. */
#define RECONNECT_SECONDS_MAX 300
#define THUMBNAIL_SECONDS_DEFAULT 60

struct _ScLocalRecordings {
  ScCloud *cloud;
  ScStack *stack;
  ScRecorder *recorder;
};

/* Reads a number, which a template may write as a string. */
static guint
read_number (JsonObject *object, const char *member, guint max, guint fallback)
{
  const char *text = sc_json_get_string_or (object, member, NULL);
  gint64 number = fallback;
  guint64 parsed;
  if (text)
    return g_ascii_string_to_unsigned (text, 10, 0, max, &parsed, NULL) ? (guint) parsed : fallback;
  if (!sc_json_get_int (object, member, 0, max, &number, NULL))
    return fallback;
  return (guint) number;
}

static gboolean
has_word (JsonObject *object, const char *member, const char *word, gboolean fallback)
{
  JsonArray *words = sc_json_get_array (object, member, NULL);
  for (guint i = 0; words && i < json_array_get_length (words); i++) {
    JsonNode *node = json_array_get_element (words, i);
    if (JSON_NODE_HOLDS_VALUE (node) && g_strcmp0 (json_node_get_string (node), word) == 0)
      return TRUE;
  }
  return words ? FALSE : fallback;
}

/* Defaults are those of Amazon IVS: a picture a minute, each kept. */
static void
read_thumbnails (JsonObject *properties, ScRecordingSettings *settings)
{
  g_autoptr (JsonObject) empty = json_object_new ();
  JsonObject *given = sc_json_get_object_or_null (properties, "ThumbnailConfiguration");
  JsonObject *thumbnails = given ? given : empty;
  const char *mode = sc_json_get_string_or (thumbnails, "RecordingMode", "INTERVAL");
  if (g_str_equal (mode, "DISABLED"))
    return;
  settings->thumbnail_seconds = read_number (thumbnails,
                                             "TargetIntervalSeconds",
                                             THUMBNAIL_SECONDS_DEFAULT,
                                             THUMBNAIL_SECONDS_DEFAULT);
  settings->sequential = has_word (thumbnails, "Storage", "SEQUENTIAL", TRUE);
  settings->latest = has_word (thumbnails, "Storage", "LATEST", FALSE);
}

/* Reads how a channel is recorded. Returns FALSE where it is not. */
static gboolean
read_settings (ScLocalRecordings *self, JsonObject *channel, ScRecordingSettings *settings)
{
  const char *arn = sc_json_get_string_or (channel, "recordingConfigurationArn", "");
  JsonObject *properties =
    sc_stack_find_resource (self->stack, "AWS::IVS::RecordingConfiguration", arn);
  JsonObject *destination =
    properties ? sc_json_get_object_or_null (properties, "DestinationConfiguration") : NULL;
  JsonObject *s3 = destination ? sc_json_get_object_or_null (destination, "S3") : NULL;
  if (!s3)
    return FALSE;
  *settings = (ScRecordingSettings) {
    .bucket = sc_json_get_string_or (s3, "BucketName", ""),
    .reconnect_seconds =
      read_number (properties, "RecordingReconnectWindowSeconds", RECONNECT_SECONDS_MAX, 0),
  };
  read_thumbnails (properties, settings);
  return TRUE;
}

/**
 * sc_local_recordings_new:
 * @state: the state directory
 * @cloud: the channels
 * @stack: the recording configurations and the bus; outlives what is returned
 * @thumbnailer: the path of `streamcat-thumbnailer`
 *
 * Ends the recordings that an earlier run left behind.
 *
 * Returns: (transfer full): what records streams
 */
ScLocalRecordings *
sc_local_recordings_new (ScStateDir *state, ScCloud *cloud, ScStack *stack, const char *thumbnailer)
{
  g_autofree char *buckets = sc_state_dir_build (state, "buckets");
  g_autofree char *journals = sc_state_dir_build (state, "recordings");
  const ScRecorderConfig config = {
    .buckets = buckets,
    .journals = journals,
    .account = SC_LOCAL_ACCOUNT,
    .thumbnailer = thumbnailer,
    .bus = sc_stack_get_bus (stack),
  };
  ScLocalRecordings *self = g_new0 (ScLocalRecordings, 1);
  self->cloud = g_object_ref (cloud);
  self->stack = stack;
  self->recorder = sc_recorder_new (&config);
  return self;
}

/**
 * sc_local_recordings_free:
 * @self: (nullable) (transfer full): what records streams
 *
 * Ends every recording at once, with its event.
 */
void
sc_local_recordings_free (ScLocalRecordings *self)
{
  if (!self)
    return;
  sc_recorder_free (self->recorder);
  g_object_unref (self->cloud);
  g_free (self);
}

/**
 * sc_local_recordings_begin:
 * @self: what records streams
 * @channel_id: a channel
 * @stream_id: a stream of it that begins
 * @info: what is in the stream
 *
 * Records the stream, if the channel was made to be recorded.
 */
void
sc_local_recordings_begin (ScLocalRecordings *self,
                           const char *channel_id,
                           const char *stream_id,
                           const ScMediaInfo *info)
{
  ScRecordingSettings settings;
  JsonObject *channel = sc_cloud_find_channel_by_id (self->cloud, channel_id);
  if (!channel || !read_settings (self, channel, &settings))
    return;
  const ScRecorderStream stream = {
    .channel_arn = json_object_get_string_member (channel, "arn"),
    .channel_name = json_object_get_string_member (channel, "name"),
    .stream_id = stream_id,
    .info = info,
  };
  sc_recorder_begin (self->recorder, &stream, &settings);
}

/**
 * sc_local_recordings_get_recorder:
 * @self: what records streams
 *
 * Returns: (transfer none): the recorder, which gets the segments
 */
ScRecorder *
sc_local_recordings_get_recorder (ScLocalRecordings *self)
{
  return self->recorder;
}
