/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The registry of streams through the control plane: our own client of Amazon IVS asks it over
 * HTTP, from a thread of its own. */

#include "config.h"

#include "sc-cloudwatch.h"
#include "sc-control.h"
#include "sc-ivs.h"
#include "sc-json.h"
#include "sc-live-streams.h"
#include "sc-metric-operations.h"
#include "sc-stream-operations.h"
#include "sct-files.h"

#define PREFIX "arn:aws:ivs:us-west-2:123456789012:channel/"
#define CHANNEL PREFIX "abcdABCDefgh"
#define OTHER PREFIX "otherABCDefg"
#define STREAM "st-1A2b3c4D5e6F78ghij9Klmn"

static const ScControlPlace place = { "us-west-2", "123456789012",  "AKIDEXAMPLE",
                                      "example",   "localhost:443", "https://localhost" };

typedef struct {
  char *directory;
  ScCloud *cloud;
  ScControl *control;
  ScEventBus *bus;
  ScLiveStreams *streams;
  ScStreamPlane plane;
  ScAws *aws;
  char *stopped;  /* the channel whose encoder was sent away */
  char *metadata; /* the newest */
  guint n_metadata;
} Fixture;

static void
on_bus_event (const char *arn, GBytes *event, gpointer user_data)
{
}

static gboolean
stop (const char *channel_arn, gpointer user_data)
{
  Fixture *fixture = user_data;
  if (!sc_live_streams_find_live (fixture->streams, channel_arn))
    return FALSE;
  g_set_str (&fixture->stopped, channel_arn);
  return TRUE;
}

static gboolean
put_metadata (const char *channel_arn, const char *text, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_assert_cmpstr (channel_arn, ==, CHANNEL);
  g_set_str (&fixture->metadata, text);
  fixture->n_metadata++;
  return TRUE;
}

static void
add_channel (Fixture *fixture, const char *arn)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) channel = json_object_new ();
  json_object_set_string_member (channel, "arn", arn);
  json_object_set_string_member (channel, "name", "alice");
  json_object_set_string_member (channel, "playbackUrl", "https://localhost/x.m3u8");
  g_assert_true (sc_cloud_add (fixture->cloud, SC_CLOUD_CHANNEL, channel, &error));
  g_assert_no_error (error);
}

static ScAws *
new_client (guint16 port)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScHttp) http = sc_http_new (10);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_auto (GStrv) environment = g_environ_setenv (NULL, "AWS_REGION", place.region, TRUE);
  environment = g_environ_setenv (environment, "AWS_ACCESS_KEY_ID", place.access_key_id, TRUE);
  environment = g_environ_setenv (environment, "AWS_SECRET_ACCESS_KEY", "example", TRUE);
  environment = g_environ_setenv (environment, "AWS_ENDPOINT_URL", url, TRUE);
  ScAws *aws = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
  return aws;
}

/* A second passes between any two calls, so that no rate is in the way. */
static gint64
read_clock (gpointer data)
{
  static gint64 now;
  return now += G_USEC_PER_SEC;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  fixture->directory = g_dir_make_tmp ("streams-XXXXXX", &error);
  g_autofree char *path = g_build_filename (fixture->directory, "cloud.json", NULL);
  fixture->cloud = sc_cloud_new (path, &error);
  g_assert_no_error (error);
  add_channel (fixture, CHANNEL);
  add_channel (fixture, OTHER);
  fixture->bus = sc_event_bus_new (place.account, place.region, on_bus_event, NULL);
  fixture->streams = sc_live_streams_new (fixture->bus);
  fixture->plane = (ScStreamPlane) { fixture->streams, stop, put_metadata, NULL, fixture };
  fixture->control = sc_control_new (fixture->cloud, &place, FALSE);
  sc_control_set_clock (fixture->control, read_clock, NULL);
  sc_control_add_operations (fixture->control, sc_stream_operations, &fixture->plane);
  sc_control_add_operations (fixture->control, sc_metric_operations, fixture->streams);
  g_assert_true (sc_control_listen (fixture->control, 0, &error));
  fixture->aws = new_client (sc_control_get_port (fixture->control));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  sc_aws_free (fixture->aws);
  sc_control_close (fixture->control);
  g_clear_object (&fixture->control);
  sc_live_streams_free (fixture->streams);
  sc_event_bus_free (fixture->bus);
  g_clear_object (&fixture->cloud);
  sct_remove_tree (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->stopped);
  g_free (fixture->metadata);
}

typedef struct {
  Fixture *fixture;
  void (*ask) (ScAws *aws);
  gint done;
} Client;

static gpointer
run_client (gpointer data)
{
  Client *client = data;
  client->ask (client->fixture->aws);
  g_atomic_int_set (&client->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

/* Lets the client ask in a thread of its own while this one serves. */
static void
serve (Fixture *fixture, void (*ask) (ScAws *aws))
{
  Client client = { fixture, ask, FALSE };
  GThread *thread = g_thread_new ("client", run_client, &client);
  while (!g_atomic_int_get (&client.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
}

static void
begin (Fixture *fixture)
{
  const ScMediaInfo info = {
    .width = 1280,
    .height = 720,
    .frame_rate = 59.94,
    .bandwidth = 3000000,
    .video_codec = "avc1.4D401F",
    .audio_codec = "mp4a.40.2",
  };
  sc_live_streams_create (fixture->streams, CHANNEL, "alice", STREAM);
  sc_live_streams_start (fixture->streams, STREAM, &info);
}

static void
ask_offline (ScAws *aws)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_assert_null (sc_ivs_get_stream (aws, CHANNEL, &error));
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_BROADCASTING);
  g_clear_error (&error);
  g_assert_false (sc_ivs_stop_stream (aws, CHANNEL, &error));
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_BROADCASTING);
  g_clear_error (&error);
  g_assert_null (sc_ivs_get_stream (aws, PREFIX "nowhere", &error));
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_autoptr (GPtrArray) streams = sc_ivs_list_streams (aws, &token, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (streams->len, ==, 0);
  g_assert_null (token);
}

static void
test_offline (Fixture *fixture, gconstpointer user_data)
{
  serve (fixture, ask_offline);
  sc_live_streams_create (fixture->streams, CHANNEL, "alice", STREAM);
  serve (fixture, ask_offline); /* there is an encoder, and no picture yet */
  sc_live_streams_close (fixture->streams, STREAM);
  serve (fixture, ask_offline);
}

static void
ask_live (ScAws *aws)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_autoptr (ScIvsStream) stream = sc_ivs_get_stream (aws, CHANNEL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stream->stream_id, ==, STREAM);
  g_assert_cmpstr (stream->channel_arn, ==, CHANNEL);
  g_assert_cmpstr (stream->state, ==, "LIVE");
  g_assert_cmpstr (stream->playback_url, ==, "https://localhost/x.m3u8");
  g_assert_cmpint (ABS (stream->started_at - g_get_real_time ()), <, G_TIME_SPAN_MINUTE);
  g_autoptr (GPtrArray) streams = sc_ivs_list_streams (aws, &token, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (streams->len, ==, 1);
  const ScIvsStream *listed = g_ptr_array_index (streams, 0);
  g_assert_cmpstr (listed->stream_id, ==, STREAM);
  g_assert_cmpint (listed->started_at, ==, stream->started_at);
  g_autoptr (ScIvsStream) other = sc_ivs_get_stream (aws, OTHER, &error);
  g_assert_null (other);
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_BROADCASTING);
}

static void
test_live (Fixture *fixture, gconstpointer user_data)
{
  begin (fixture);
  serve (fixture, ask_live);
}

static void
ask_health (ScAws *aws, const char *health)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_autoptr (ScIvsStream) stream = sc_ivs_get_stream (aws, CHANNEL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stream->health, ==, health);
  g_autoptr (GPtrArray) streams = sc_ivs_list_streams (aws, &token, &error);
  g_assert_no_error (error);
  const ScIvsStream *listed = g_ptr_array_index (streams, 0);
  g_assert_cmpstr (listed->health, ==, health);
}

static void
ask_healthy (ScAws *aws)
{
  ask_health (aws, "HEALTHY");
}

static void
ask_starving (ScAws *aws)
{
  ask_health (aws, "STARVING");
}

static void
test_health (Fixture *fixture, gconstpointer user_data)
{
  begin (fixture);
  serve (fixture, ask_healthy);
  sc_live_streams_set_starving (fixture->streams, STREAM, TRUE);
  serve (fixture, ask_starving);
  sc_live_streams_set_starving (fixture->streams, STREAM, FALSE);
  serve (fixture, ask_healthy);
}

static void
ask_session (ScAws *aws)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScIvsStreamSession) session = sc_ivs_get_stream_session (aws, CHANNEL, STREAM, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (session->stream_id, ==, STREAM);
  g_assert_cmpint (session->video_width, ==, 1280);
  g_assert_cmpint (session->video_height, ==, 720);
  g_assert_cmpint (session->video_frame_rate, ==, 60);
  g_assert_cmpint (session->video_bitrate, ==, 3000000);
  g_assert_cmpstr (session->video_codec, ==, "avc1.4D401F");
  g_assert_cmpstr (session->audio_codec, ==, "mp4a.40.2");
  g_assert_cmpstr (session->video_profile, ==, "Main");
  g_assert_cmpstr (session->video_level, ==, "3.1");
  g_assert_cmpstr (session->video_encoder, ==, "Lavf61.7.100");
  g_assert_cmpint (session->ended_at, ==, 0);
  g_autoptr (ScIvsStreamSession) other =
    sc_ivs_get_stream_session (aws, CHANNEL, "st-9A2b3c4D5e6F78ghij9Klmn", &error);
  g_assert_null (other);
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND);
}

/* The newest first. */
static void
ask_events (ScAws *aws)
{
  static const char *const names[] = {
    "Session Ended", "Stream End", "Stream Takeover Failure", "Stream Start", "Session Created",
  };
  const ScAwsOperation operation = { SC_AWS_IVS, "GetStreamSession", TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, "channelArn", CHANNEL);
  g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, &error);
  g_assert_no_error (error);
  JsonArray *events =
    json_object_get_array_member (json_object_get_object_member (output, "streamSession"),
                                  "truncatedEvents");
  g_assert_cmpuint (json_array_get_length (events), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    JsonObject *event = json_array_get_object_element (events, i);
    g_assert_cmpstr (json_object_get_string_member (event, "name"), ==, names[i]);
    g_assert_cmpstr (json_object_get_string_member (event, "type"), ==, "IVS Stream State Change");
  }
  JsonObject *failure = json_array_get_object_element (events, 2);
  g_assert_cmpstr (json_object_get_string_member (failure, "code"),
                   ==,
                   "StreamTakeoverInvalidPriority");
}

static void
ask_session_over (ScAws *aws)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScIvsStreamSession) session = sc_ivs_get_stream_session (aws, CHANNEL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (session->stream_id, ==, STREAM);
  g_assert_cmpint (session->ended_at, >=, session->started_at);
}

static void
test_session (Fixture *fixture, gconstpointer user_data)
{
  begin (fixture);
  sc_live_streams_announce (fixture->streams, STREAM, "Lavf61.7.100");
  serve (fixture, ask_session);
  sc_live_streams_refuse (fixture->streams, STREAM);
  sc_live_streams_close (fixture->streams, STREAM);
  serve (fixture, ask_events);
  serve (fixture, ask_session_over);
}

static void
ask_stop (ScAws *aws)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (sc_ivs_stop_stream (aws, CHANNEL, &error));
  g_assert_no_error (error);
}

static void
test_stop (Fixture *fixture, gconstpointer user_data)
{
  begin (fixture);
  serve (fixture, ask_stop);
  g_assert_cmpstr (fixture->stopped, ==, CHANNEL);
}

/* 250 streams come in pages of at most 100, each once. */
static void
ask_pages (ScAws *aws)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *token = NULL;
  guint pages = 0;
  do {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) page = sc_ivs_list_streams (aws, &token, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (page->len, <=, 100);
    for (guint i = 0; i < page->len; i++) {
      const ScIvsStream *stream = g_ptr_array_index (page, i);
      g_assert_true (g_hash_table_add (seen, g_strdup (stream->stream_id)));
    }
    pages++;
  } while (token);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 250);
  g_assert_cmpuint (pages, >=, 3);
}

static void
test_pages (Fixture *fixture, gconstpointer user_data)
{
  const ScMediaInfo info = { .width = 640, .height = 360 };
  for (guint i = 0; i < 250; i++) {
    g_autofree char *id = g_strdup_printf ("st-%023u", i);
    sc_live_streams_create (fixture->streams, CHANNEL, "alice", id);
    sc_live_streams_start (fixture->streams, id, &info);
  }
  serve (fixture, ask_pages);
}

/* What is over is forgotten one day; what is live never. */
static void
test_memory_is_bounded (Fixture *fixture, gconstpointer user_data)
{
  begin (fixture);
  for (guint i = 0; i < 3000; i++) {
    g_autofree char *id = g_strdup_printf ("st-%023u", i);
    sc_live_streams_create (fixture->streams, OTHER, "bob", id);
    sc_live_streams_close (fixture->streams, id);
  }
  g_assert_nonnull (sc_live_streams_find_session (fixture->streams, CHANNEL, STREAM));
  g_assert_null (
    sc_live_streams_find_session (fixture->streams, OTHER, "st-00000000000000000000000"));
  g_assert_nonnull (
    sc_live_streams_find_session (fixture->streams, OTHER, "st-00000000000000000002999"));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/streams/" name, Fixture, NULL, set_up, function, tear_down)

static void
ask_metadata_offline (ScAws *aws)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (sc_ivs_put_metadata (aws, CHANNEL, "x", &error));
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_BROADCASTING);
}

static void
ask_metadata (ScAws *aws)
{
  g_autoptr (GError) error = NULL;
  /* 512 characters of two bytes, and one of one. */
  g_autofree char *most = g_strnfill (1024, 'x');
  g_autofree char *wide = g_strdup (most);
  for (guint i = 0; i < 512; i++)
    memcpy (wide + 2 * i, "\xc3\xa9", 2);
  g_autofree char *too_many = g_strconcat (wide, "x", NULL);
  g_assert_true (sc_ivs_put_metadata (aws, CHANNEL, most, &error));
  g_assert_no_error (error);
  g_assert_false (sc_ivs_put_metadata (aws, CHANNEL, too_many, &error));
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (sc_ivs_put_metadata (aws, CHANNEL, "", &error));
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (sc_ivs_put_metadata (aws, CHANNEL, wide, &error));
  g_assert_no_error (error);
}

/* Timed metadata go to the encoder's stream: at most 1 KB, and only where there is one. */
static void
test_metadata (Fixture *fixture, gconstpointer user_data)
{
  serve (fixture, ask_metadata_offline);
  begin (fixture);
  serve (fixture, ask_metadata);
  g_assert_cmpuint (fixture->n_metadata, ==, 2);
  g_assert_cmpuint (strlen (fixture->metadata), ==, 1024);
  for (guint i = 2; i < 5; i++) /* the quota of a stream, of which two are used */
    g_assert_true (sc_live_streams_take_metadata (fixture->streams, CHANNEL, 5));
  g_assert_false (sc_live_streams_take_metadata (fixture->streams, CHANNEL, 5));
}

static gint64 measured_at; /* a whole minute of the last hour */

/* Returns what was measured first in the answer, or NULL with the error. */
static JsonArray *
ask_order (ScAws *aws, const char *order, gint64 period, GError **error)
{
  const ScAwsOperation operation = { SC_AWS_CLOUDWATCH, "GetMetricData", TRUE };
  g_autofree char *text = g_strdup_printf (
    "{'MetricDataQueries':[{'Id':'a','MetricStat':{'Stat':'Average','Period':%ld,'Metric':"
    "{'Namespace':'AWS/IVS','MetricName':'IngestVideoBitrate','Dimensions':[{'Name':'Channel',"
    "'Value':'abcdABCDefgh'}]}}}],'StartTime':%ld,'EndTime':%ld%s}",
    (long) period,
    (long) (measured_at / G_USEC_PER_SEC),
    (long) (measured_at / G_USEC_PER_SEC + 60),
    order);
  g_strdelimit (text, "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonObject) input = sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
  g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, error);
  if (!output)
    return NULL;
  JsonArray *results = json_object_get_array_member (output, "MetricDataResults");
  JsonObject *result = json_array_get_object_element (results, 0);
  return json_array_ref (json_object_get_array_member (result, "Values"));
}

/* The newest come first unless the others are asked for, and periods are those that there are. */
static void
ask_strictly (ScAws *aws)
{
  g_autoptr (GError) error = NULL, refusal = NULL;
  g_autoptr (JsonArray) newest = ask_order (aws, "", 5, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (json_array_get_double_element (newest, 0), ==, 4000000);
  g_autoptr (JsonArray) oldest = ask_order (aws, ",'ScanBy':'TimestampAscending'", 5, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (json_array_get_double_element (oldest, 0), ==, 2000000);
  g_assert_null (ask_order (aws, "", 7, &refusal));
  g_assert_error (refusal, SC_AWS_ERROR, SC_AWS_ERROR_INVALID);
}

/* What was measured hours ago is known by minutes only. */
static void
ask_later (ScAws *aws)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonArray) fine = ask_order (aws, "", 5, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (fine), ==, 0);
  g_autoptr (JsonArray) coarse = ask_order (aws, "", 60, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (coarse), ==, 1);
}

static void
ask_metrics (ScAws *aws)
{
  g_autoptr (GError) error = NULL;
  ScCloudwatchRange range = { measured_at, measured_at + G_TIME_SPAN_MINUTE, 5 };
  g_autoptr (GArray) fine = sc_cloudwatch_get_channel (aws, "abcdABCDefgh", &range, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fine->len, ==, 2);
  const ScCloudwatchSample *second = &g_array_index (fine, ScCloudwatchSample, 1);
  g_assert_cmpint (second->at, ==, measured_at + 5 * G_USEC_PER_SEC);
  g_assert_cmpfloat (second->video_bitrate, ==, 4000000);
  g_assert_cmpfloat (second->frame_rate, ==, 30);
  g_assert_cmpfloat (second->keyframe_interval, ==, 2);
  g_assert_cmpfloat (second->views, ==, 7);

  range.period = 60;
  g_autoptr (GArray) coarse = sc_cloudwatch_get_channel (aws, "abcdABCDefgh", &range, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (coarse->len, ==, 1);
  const ScCloudwatchSample *average = &g_array_index (coarse, ScCloudwatchSample, 0);
  g_assert_cmpfloat (average->video_bitrate, ==, 3000000);
  g_assert_cmpfloat (average->keyframe_interval, ==, 2);

  g_autoptr (GArray) other = sc_cloudwatch_get_channel (aws, "otherABCDefg", &range, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (other->len, ==, 0);
}

/* What was measured of a channel is in CloudWatch, averages of the periods that were asked for. */
static void
test_metrics (Fixture *fixture, gconstpointer user_data)
{
  measured_at = g_get_real_time ();
  measured_at -= measured_at % G_TIME_SPAN_MINUTE;
  ScStreamMetric metric = { .at = measured_at, .values = { 2000000, 128000, 30, 0, 7 } };
  begin (fixture);
  sc_live_streams_measure (fixture->streams, STREAM, &metric);
  metric.at += 6 * G_USEC_PER_SEC;
  metric.values[SC_METRIC_KEYFRAME_INTERVAL] = 2;
  metric.values[SC_METRIC_VIDEO_BITRATE] = 4000000;
  sc_live_streams_measure (fixture->streams, STREAM, &metric);
  metric.at += G_TIME_SPAN_MINUTE; /* not asked for */
  sc_live_streams_measure (fixture->streams, STREAM, &metric);
  serve (fixture, ask_metrics);
  serve (fixture, ask_strictly);
  measured_at -= 4 * G_TIME_SPAN_HOUR;
  metric.at = measured_at;
  sc_live_streams_measure (fixture->streams, STREAM, &metric);
  serve (fixture, ask_later);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("offline", test_offline);
  ADD ("live", test_live);
  ADD ("health", test_health);
  ADD ("session", test_session);
  ADD ("stop", test_stop);
  ADD ("metadata", test_metadata);
  ADD ("metrics", test_metrics);
  ADD ("pages", test_pages);
  ADD ("memory-is-bounded", test_memory_is_bounded);
  return g_test_run ();
}
