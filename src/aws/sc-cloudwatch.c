/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Amazon CloudWatch: what Amazon IVS measured of a channel ("Monitoring Amazon IVS Low-Latency
 * Streaming": namespace AWS/IVS, dimension Channel). Blocking; any thread. */

#include "config.h"

#include "sc-cloudwatch.h"

#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-time.h"

#include <math.h>

#define TIME_MAX_SECONDS ((double) (SC_TIME_MAX_US / G_USEC_PER_SEC))

/* Far more than any stream has of anything, and exact in a double. */
#define VALUE_MAX 1e15

/* In the order of the members of ScCloudwatchSample. */
static const struct {
  const char *id;
  const char *name;
  gsize offset;
} metrics[] = {
  { "video", "IngestVideoBitrate", G_STRUCT_OFFSET (ScCloudwatchSample, video_bitrate) },
  { "frames", "IngestFramerate", G_STRUCT_OFFSET (ScCloudwatchSample, frame_rate) },
  { "keyframes", "KeyframeInterval", G_STRUCT_OFFSET (ScCloudwatchSample, keyframe_interval) },
  { "views", "ConcurrentViews", G_STRUCT_OFFSET (ScCloudwatchSample, views) },
};

static JsonObject *
new_query (const char *id, const char *name, const char *channel_id, guint period)
{
  JsonObject *dimension = json_object_new ();
  json_object_set_string_member (dimension, "Name", "Channel");
  json_object_set_string_member (dimension, "Value", channel_id);
  JsonArray *dimensions = json_array_new ();
  json_array_add_object_element (dimensions, dimension);
  JsonObject *metric = json_object_new ();
  json_object_set_string_member (metric, "Namespace", "AWS/IVS");
  json_object_set_string_member (metric, "MetricName", name);
  json_object_set_array_member (metric, "Dimensions", dimensions);
  JsonObject *stat = json_object_new ();
  json_object_set_object_member (stat, "Metric", metric);
  json_object_set_int_member (stat, "Period", period);
  json_object_set_string_member (stat, "Stat", "Average");
  JsonObject *query = json_object_new ();
  json_object_set_string_member (query, "Id", id);
  json_object_set_object_member (query, "MetricStat", stat);
  return query;
}

static JsonObject *
new_input (const char *channel_id, const ScCloudwatchRange *range)
{
  JsonArray *queries = json_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    json_array_add_object_element (
      queries,
      new_query (metrics[i].id, metrics[i].name, channel_id, range->period));
  JsonObject *input = json_object_new ();
  json_object_set_array_member (input, "MetricDataQueries", queries);
  json_object_set_int_member (input, "StartTime", range->from / G_USEC_PER_SEC);
  json_object_set_int_member (input, "EndTime", range->until / G_USEC_PER_SEC);
  json_object_set_string_member (input, "ScanBy", "TimestampAscending");
  return input;
}

/* Returns the sample of a time, a new one in its place if there was none. */
static ScCloudwatchSample *
find_sample (GArray *samples, gint64 at)
{
  guint i = samples->len;
  while (i > 0 && g_array_index (samples, ScCloudwatchSample, i - 1).at > at)
    i--;
  if (i > 0 && g_array_index (samples, ScCloudwatchSample, i - 1).at == at)
    return &g_array_index (samples, ScCloudwatchSample, i - 1);
  const ScCloudwatchSample fresh = { at, -1, -1, -1, -1 };
  g_array_insert_val (samples, i, fresh);
  return &g_array_index (samples, ScCloudwatchSample, i);
}

/* NaN is in no range. */
static gboolean
is_number (JsonNode *node, double least, double most)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double value = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : NAN;
  return value >= least && value <= most;
}

static gboolean
holds_numbers (JsonArray *array, guint length, double least, double most)
{
  if (!array || json_array_get_length (array) != length)
    return FALSE;
  for (guint i = 0; i < length; i++) {
    if (!is_number (json_array_get_element (array, i), least, most))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_result (GArray *samples, JsonObject *result, GError **error)
{
  const char *id = sc_json_get_string_or (result, "Id", "");
  JsonArray *times = sc_json_get_array (result, "Timestamps", error);
  JsonArray *values = times ? sc_json_get_array (result, "Values", error) : NULL;
  if (!values)
    return FALSE;
  guint count = json_array_get_length (times);
  if (!holds_numbers (times, count, 1, TIME_MAX_SECONDS) ||
      !holds_numbers (values, count, -VALUE_MAX, VALUE_MAX)) {
    g_set_error_literal (error, SC_AWS_ERROR, SC_AWS_ERROR_PROTOCOL, "A metric has no numbers");
    return FALSE;
  }
  for (guint m = 0; m < G_N_ELEMENTS (metrics); m++) {
    for (guint i = 0; g_str_equal (id, metrics[m].id) && i < count; i++) {
      gint64 at = (gint64) json_array_get_double_element (times, i) * G_USEC_PER_SEC;
      G_STRUCT_MEMBER (double, find_sample (samples, at), metrics[m].offset) =
        json_array_get_double_element (values, i);
    }
  }
  return TRUE;
}

/**
 * sc_cloudwatch_get_channel:
 * @aws: a client
 * @channel_id: the last part of a channel's ARN
 * @range: of when; a day's worth of it at most is in one answer
 * @error: any %SC_AWS_ERROR, or %SC_DATA_ERROR
 *
 * GetMetricData.
 *
 * Returns: (transfer full) (nullable) (element-type ScCloudwatchSample): what was measured, the
 *   oldest first; empty where nothing was
 */
GArray *
sc_cloudwatch_get_channel (ScAws *aws,
                           const char *channel_id,
                           const ScCloudwatchRange *range,
                           GError **error)
{
  const ScAwsOperation operation = { SC_AWS_CLOUDWATCH, "GetMetricData", TRUE };
  g_autoptr (JsonObject) input = new_input (channel_id, range);
  g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, error);
  JsonArray *results = output ? sc_json_get_array (output, "MetricDataResults", error) : NULL;
  if (!results)
    return NULL;
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (ScCloudwatchSample));
  for (guint i = 0; i < json_array_get_length (results); i++) {
    JsonObject *result = sc_json_get_element (results, i, error);
    if (!result || !read_result (samples, result, error))
      return NULL;
  }
  return g_steal_pointer (&samples);
}
