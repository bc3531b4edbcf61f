/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-recording-document.h"

#include "sc-json.h"

#include <string.h>

/* The documents in a recording's folder events/, and the details of its events on the bus: "Auto-
 * Record to Amazon S3" and "Using Amazon EventBridge with IVS" (Amazon IVS User Guide). Pure
 * functions. */

typedef struct {
  const char *name;
  const char *status;
  const char *event;
} Words;

static const Words words[] = {
  [SC_RECORDING_STARTED] = { "recording-started.json", "RECORDING_STARTED", "Recording Start" },
  [SC_RECORDING_ENDED] = { "recording-ended.json", "RECORDING_ENDED", "Recording End" },
  [SC_RECORDING_FAILED] = { "recording-failed.json",
                            "RECORDING_ENDED_WITH_FAILURE",
                            "Recording End Failure" },
};

static void
set_time (JsonObject *object, const char *member, gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (time_us);
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
  json_object_set_string_member (object, member, text);
}

static JsonObject *
make_place (const ScRecordingIndex *index, const char *path)
{
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "path", path);
  json_object_set_int_member (object, "resolution_height", index->info.height);
  json_object_set_int_member (object, "resolution_width", index->info.width);
  return object;
}

static JsonObject *
make_hls (const ScRecordingIndex *index, ScRecordingStatus status)
{
  JsonObject *hls = json_object_new ();
  g_autofree char *name = sc_recording_index_dup_rendition (index);
  JsonObject *rendition = make_place (index, name);
  json_object_set_string_member (rendition, "playlist", SC_RECORDING_PLAYLIST);
  json_object_set_string_member (rendition, "byte_range_playlist", SC_RECORDING_RANGE_PLAYLIST);
  JsonArray *renditions = json_array_new ();
  json_array_add_object_element (renditions, rendition);

  if (status != SC_RECORDING_STARTED)
    json_object_set_int_member (hls, "duration_ms", index->duration_us / 1000);
  json_object_set_string_member (hls, "path", SC_RECORDING_HLS);
  json_object_set_string_member (hls, "playlist", SC_RECORDING_MASTER);
  json_object_set_string_member (hls, "byte_range_playlist", SC_RECORDING_RANGE_MASTER);
  json_object_set_array_member (hls, "renditions", renditions);
  return hls;
}

static JsonObject *
make_media (const ScRecordingIndex *index, ScRecordingStatus status)
{
  JsonObject *media = json_object_new ();
  json_object_set_object_member (media, "hls", make_hls (index, status));
  if (index->sequential)
    json_object_set_object_member (media,
                                   "thumbnails",
                                   make_place (index, SC_RECORDING_THUMBNAILS));
  if (index->latest)
    json_object_set_object_member (media,
                                   "latest_thumbnail",
                                   make_place (index,
                                               SC_RECORDING_LATEST "/" SC_RECORDING_LATEST_NAME));
  return media;
}

/**
 * sc_recording_document_make_prefix:
 * @account: the account
 * @channel_arn: a channel
 * @time_us: when the recording began
 * @id: the recording's own id
 *
 * Returns: (transfer full): what its keys begin with,
 * "ivs/v1/ACCOUNT/CHANNEL/YEAR/MONTH/DAY/HOURS/MINUTES/ID", UTC and without zeros in front
 */
char *
sc_recording_document_make_prefix (const char *account,
                                   const char *channel_arn,
                                   gint64 time_us,
                                   const char *id)
{
  const char *slash = strrchr (channel_arn, '/');
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (time_us);
  return g_strdup_printf ("ivs/v1/%s/%s/%d/%d/%d/%d/%d/%s",
                          account,
                          slash ? slash + 1 : channel_arn,
                          g_date_time_get_year (time),
                          g_date_time_get_month (time),
                          g_date_time_get_day_of_month (time),
                          g_date_time_get_hour (time),
                          g_date_time_get_minute (time),
                          id);
}

/**
 * sc_recording_document_get_name:
 * @status: how it stands with a recording
 *
 * Returns: (transfer none): the name of the document that says so
 */
const char *
sc_recording_document_get_name (ScRecordingStatus status)
{
  return words[status].name;
}

/**
 * sc_recording_document_write:
 * @index: a recording
 * @status: how it stands with it
 * @now_us: the time of day, when it ended
 * @message: (nullable): why it failed
 *
 * Returns: (transfer full): the document, in JSON
 */
char *
sc_recording_document_write (const ScRecordingIndex *index,
                             ScRecordingStatus status,
                             gint64 now_us,
                             const char *message)
{
  g_autoptr (JsonObject) object = json_object_new ();
  json_object_set_string_member (object, "version", "v1");
  json_object_set_string_member (object, "channel_arn", index->channel_arn);
  set_time (object, "recording_started_at", index->started_at_us);
  if (status != SC_RECORDING_STARTED)
    set_time (object, "recording_ended_at", now_us);
  json_object_set_string_member (object, "recording_status", words[status].status);
  if (status != SC_RECORDING_STARTED)
    json_object_set_string_member (object, "recording_status_message", message ? message : "");
  json_object_set_object_member (object, "media", make_media (index, status));
  return sc_json_to_string (object);
}

/**
 * sc_recording_document_make_detail:
 * @index: a recording
 * @status: how it stands with it
 * @reason: (nullable): why it failed
 *
 * Returns: (transfer full): the detail of its "IVS Recording State Change"
 */
JsonObject *
sc_recording_document_make_detail (const ScRecordingIndex *index,
                                   ScRecordingStatus status,
                                   const char *reason)
{
  JsonObject *detail = json_object_new ();
  JsonArray *streams = json_array_new ();
  guint count = index->stream_ids->len;
  for (guint i = 0; i < count; i++)
    json_array_add_string_element (streams, g_ptr_array_index (index->stream_ids, i));
  json_object_set_string_member (detail, "channel_name", index->channel_name);
  json_object_set_string_member (detail,
                                 "stream_id",
                                 count > 0 ? g_ptr_array_index (index->stream_ids, count - 1) : "");
  json_object_set_string_member (detail, "recording_status", words[status].event);
  json_object_set_string_member (detail, "recording_status_reason", reason ? reason : "");
  json_object_set_string_member (detail, "recording_s3_bucket_name", index->bucket);
  json_object_set_string_member (detail, "recording_s3_key_prefix", index->prefix);
  json_object_set_int_member (detail,
                              "recording_duration_ms",
                              status == SC_RECORDING_STARTED ? 0 : index->duration_us / 1000);
  json_object_set_string_member (detail, "recording_session_id", index->session_id);
  json_object_set_array_member (detail, "recording_session_stream_ids", streams);
  return detail;
}
