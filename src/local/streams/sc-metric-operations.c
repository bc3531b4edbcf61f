/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Amazon CloudWatch, as far as Amazon IVS has metrics there: GetMetricData. Rules are those of
 * botocore's model cloudwatch 2010-08-01; an average alone, of the namespace AWS/IVS with the one
 * dimension Channel. */

#include "config.h"

#include "sc-metric-operations.h"

#include "sc-json.h"
#include "sc-live-streams.h"

/* "Service Quotas" of Amazon CloudWatch: calls of GetMetricData a second, and what one may ask. */
#define METRICS_RATE 50
#define QUERIES_MAX 500

static const char *const names[SC_METRIC_COUNT] = {
  [SC_METRIC_VIDEO_BITRATE] = "IngestVideoBitrate",
  [SC_METRIC_AUDIO_BITRATE] = "IngestAudioBitrate",
  [SC_METRIC_FRAME_RATE] = "IngestFramerate",
  [SC_METRIC_KEYFRAME_INTERVAL] = "KeyframeInterval",
  [SC_METRIC_VIEWS] = "ConcurrentViews",
};

#define TEXT_RULE(member, most)                                                                    \
  { .name = member, .kind = SC_INPUT_STRING, .required = TRUE, .min = 1, .max = most }

static const ScInputRule dimension_rules[] = { TEXT_RULE ("Name", 255),
                                               TEXT_RULE ("Value", 1024),
                                               {} };

static const ScInputRule dimension_element[] = {
  { .name = "Dimension", .kind = SC_INPUT_OBJECT, .members = dimension_rules },
  {},
};

static const ScInputRule metric_rules[] = {
  TEXT_RULE ("Namespace", 255),
  TEXT_RULE ("MetricName", 255),
  { .name = "Dimensions",
    .kind = SC_INPUT_LIST,
    .required = TRUE,
    .max = 30,
    .members = dimension_element },
  {},
};

static const ScInputRule stat_rules[] = {
  { .name = "Metric", .kind = SC_INPUT_OBJECT, .required = TRUE, .members = metric_rules },
  { .name = "Period", .kind = SC_INPUT_INTEGER, .required = TRUE, .min = 1, .max = 86400 },
  TEXT_RULE ("Stat", 64),
  {},
};

static const ScInputRule query_rules[] = {
  { .name = "Id",
    .kind = SC_INPUT_STRING,
    .required = TRUE,
    .min = 1,
    .max = 255,
    .pattern = "[a-z][a-zA-Z0-9_]*" },
  { .name = "MetricStat", .kind = SC_INPUT_OBJECT, .required = TRUE, .members = stat_rules },
  {},
};

static const ScInputRule query_element[] = {
  { .name = "MetricDataQuery", .kind = SC_INPUT_OBJECT, .members = query_rules },
  {},
};

static const ScInputRule data_rules[] = {
  { .name = "MetricDataQueries",
    .kind = SC_INPUT_LIST,
    .required = TRUE,
    .min = 1,
    .max = QUERIES_MAX,
    .members = query_element },
  { .name = "StartTime", .kind = SC_INPUT_INTEGER, .required = TRUE, .max = G_MAXINT32 },
  { .name = "EndTime", .kind = SC_INPUT_INTEGER, .required = TRUE, .max = G_MAXINT32 },
  { .name = "ScanBy",
    .kind = SC_INPUT_STRING,
    .values = (const char *const[]) { "TimestampAscending", "TimestampDescending", NULL } },
  {},
};

typedef struct {
  gint64 start;  /* seconds since the epoch */
  gint64 end;    /* not in it */
  gint64 period; /* seconds */
  gboolean is_descending;
} Range;

/* GetMetricData, Period and StartTime: how finely is still known what is so old. Asked more finely,
 * it is not there. */
static const struct {
  gint64 period;
  gint64 age;
} kept[] = {
  { 3600, 455 * 86400 },
  { 300, 63 * 86400 },
  { 60, 15 * 86400 },
  { 1, 3 * 3600 },
};

/* Returns the channel that a metric is of, or NULL where Amazon IVS has no such metric. */
static const char *
find_metric (JsonObject *metric, ScMetric *ret_metric)
{
  JsonArray *dimensions = json_object_get_array_member (metric, "Dimensions");
  if (!g_str_equal (json_object_get_string_member (metric, "Namespace"), "AWS/IVS") ||
      json_array_get_length (dimensions) != 1)
    return NULL;
  JsonObject *dimension = json_array_get_object_element (dimensions, 0);
  if (!g_str_equal (json_object_get_string_member (dimension, "Name"), "Channel"))
    return NULL;
  const char *name = json_object_get_string_member (metric, "MetricName");
  for (guint i = 0; i < SC_METRIC_COUNT; i++) {
    if (!g_str_equal (name, names[i]))
      continue;
    *ret_metric = (ScMetric) i;
    return json_object_get_string_member (dimension, "Value");
  }
  return NULL;
}

static gboolean
set_invalid (ScControlCall *call, const char *member, GError **error)
{
  call->detail.member = member;
  g_set_error (error,
               SC_CONTROL_ERROR,
               SC_CONTROL_ERROR_VALIDATION,
               "The parameter %s is not valid",
               member);
  return FALSE;
}

/* What the rules of one member alone do not say. Ours has averages alone. */
static gboolean
check_input (ScControlCall *call, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *queries = json_object_get_array_member (call->input, "MetricDataQueries");
  if (json_object_get_int_member (call->input, "StartTime") >=
      json_object_get_int_member (call->input, "EndTime"))
    return set_invalid (call, "EndTime", error);
  for (guint i = 0; i < json_array_get_length (queries); i++) {
    JsonObject *query = json_array_get_object_element (queries, i);
    JsonObject *stat = json_object_get_object_member (query, "MetricStat");
    gint64 period = json_object_get_int_member (stat, "Period");
    if (!g_hash_table_add (ids, (gpointer) json_object_get_string_member (query, "Id")))
      return set_invalid (call, "Id", error);
    if (period % 60 != 0 && period != 1 && period != 5 && period != 10 && period != 30)
      return set_invalid (call, "Period", error);
    if (!g_str_equal (json_object_get_string_member (stat, "Stat"), "Average"))
      return set_invalid (call, "Stat", error);
  }
  return TRUE;
}

static gint64
find_oldest (gint64 period)
{
  guint i = 0;
  while (period % kept[i].period != 0)
    i++;
  return g_get_real_time () / G_USEC_PER_SEC - kept[i].age;
}

/* Adds the average of each period that has values. An interval of 0 is none. */
static void
add_averages (JsonArray *times, JsonArray *values, GPtrArray *found, ScMetric which, Range range)
{
  for (guint i = 0; i < found->len;) {
    const ScStreamMetric *first = found->pdata[i];
    gint64 at = first->at / G_USEC_PER_SEC / range.period * range.period;
    double sum = 0;
    guint count = 0;
    for (; i < found->len; i++) {
      const ScStreamMetric *metric = found->pdata[i];
      if (metric->at / G_USEC_PER_SEC >= at + range.period)
        break;
      if (which == SC_METRIC_KEYFRAME_INTERVAL && metric->values[which] <= 0)
        continue;
      sum += metric->values[which];
      count++;
    }
    if (count == 0)
      continue;
    json_array_add_int_element (times, at);
    json_array_add_double_element (values, sum / count);
  }
}

/* Takes @array. */
static JsonArray *
reverse (JsonArray *array)
{
  g_autoptr (JsonArray) forwards = array;
  JsonArray *backwards = json_array_new ();
  for (guint i = json_array_get_length (forwards); i > 0; i--)
    json_array_add_element (backwards, json_array_dup_element (forwards, i - 1));
  return backwards;
}

static JsonObject *
answer_query (ScLiveStreams *streams, JsonObject *query, Range range)
{
  JsonObject *stat = json_object_get_object_member (query, "MetricStat");
  JsonObject *metric = json_object_get_object_member (stat, "Metric");
  JsonArray *times = json_array_new (), *values = json_array_new ();
  ScMetric which = SC_METRIC_COUNT;
  const char *channel_id = find_metric (metric, &which);
  range.period = json_object_get_int_member (stat, "Period");
  range.start = MAX (range.start, find_oldest (range.period));
  if (channel_id) {
    g_autoptr (GPtrArray) found = sc_live_streams_list_metrics (streams,
                                                                channel_id,
                                                                range.start * G_USEC_PER_SEC,
                                                                range.end * G_USEC_PER_SEC);
    add_averages (times, values, found, which, range);
  }
  if (range.is_descending) {
    times = reverse (times);
    values = reverse (values);
  }
  JsonObject *result = json_object_new ();
  json_object_set_string_member (result, "Id", json_object_get_string_member (query, "Id"));
  json_object_set_string_member (result,
                                 "Label",
                                 json_object_get_string_member (metric, "MetricName"));
  json_object_set_array_member (result, "Timestamps", times);
  json_object_set_array_member (result, "Values", values);
  json_object_set_string_member (result, "StatusCode", "Complete");
  return result;
}

static JsonObject *
get_metric_data (ScControlCall *call, gpointer data, GError **error)
{
  const char *order = sc_json_get_string_or (call->input, "ScanBy", "TimestampDescending");
  if (!check_input (call, error))
    return NULL;
  const Range range = {
    .is_descending = g_str_equal (order, "TimestampDescending"),
    .start = json_object_get_int_member (call->input, "StartTime"),
    .end = json_object_get_int_member (call->input, "EndTime"),
  };
  JsonArray *queries = json_object_get_array_member (call->input, "MetricDataQueries");
  JsonArray *results = json_array_new ();
  for (guint i = 0; i < json_array_get_length (queries); i++)
    json_array_add_object_element (results,
                                   answer_query (data,
                                                 json_array_get_object_element (queries, i),
                                                 range));
  JsonObject *answer = json_object_new ();
  json_object_set_array_member (answer, "MetricDataResults", results);
  json_object_set_array_member (answer, "Messages", json_array_new ());
  return answer;
}

const ScControlOperation sc_metric_operations[] = {
  { "monitoring", "GetMetricData", data_rules, get_metric_data, .rate = METRICS_RATE },
  {},
};
