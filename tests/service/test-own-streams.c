/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the own stream goes, by what is stored. */

#include "config.h"

#include "sc-json.h"
#include "sc-stream-status-store.h"
#include "sc-viewer-store.h"
#include "sct-answer.h"
#include "sct-service.h"

#include <string.h>

#define CHANNEL_ARN "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij"
#define LIVE "/v1/me/channel/live"

#define STOPS_AT_ONCE 3

static SctService *
make_service (const char *aws_endpoint_url, char **ret_token)
{
  SctService *self = sct_service_new (aws_endpoint_url);
  *ret_token = sct_service_sign_up (self, "ada");
  sct_service_run (
    self,
    "UPDATE channels SET state = 'ready', room_arn = 'r', stage_arn = 's', arn = '" CHANNEL_ARN "',"
    " playback_url = 'https://p', ingest_endpoint = 'i', stream_key_arn = 'k'");
  return self;
}

static ScStreamStatus *
ask (SctService *self, const char *target, const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScResponse) response = sct_service_call (self, "GET", target, token, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) object = sct_response_object (response);
  ScStreamStatus *status = sc_stream_status_from_json (object, &error);
  g_assert_no_error (error);
  return status;
}

static void
add_stream (SctService *self, const char *id, const char *columns, const char *values)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO streams (id, user_id, %s)"
                                          " SELECT '%s', user_id, %s FROM channels",
                                          columns,
                                          id,
                                          values);
  sct_service_run (self, sql);
}

static void
test_nothing_yet (void)
{
  g_autofree char *token = NULL;
  g_autoptr (SctService) self = make_service (NULL, &token);
  g_autoptr (ScStreamStatus) status = ask (self, LIVE, token);
  g_assert_null (sc_stream_status_get_fields (status)->id);
}

static void
test_live (void)
{
  g_autofree char *token = NULL;
  g_autoptr (SctService) self = make_service (NULL, &token);
  add_stream (self, "st-old", "started_at, ended_at", "'2026-01-01', '2026-01-02'");
  add_stream (self, "st-new", "started_at, peak_viewers", "'2026-02-01', 9");
  sct_service_run (self,
                   "INSERT INTO viewer_samples (stream_id, at, viewers)"
                   " VALUES ('st-new', '2026-02-01 00:02Z', 5),"
                   " ('st-new', '2026-02-01 00:01Z', 9), ('st-old', '2026-01-01 00:01Z', 7)");
  sct_service_run (self,
                   "INSERT INTO stream_reports (id, user_id, stream_id, kind, at)"
                   " SELECT 'e', user_id, 'st-new', 'starvation_start', '2026-02-01 00:01Z'"
                   " FROM channels");
  g_autoptr (ScStreamStatus) status = ask (self, LIVE, token);
  const ScStreamStatusFields *fields = sc_stream_status_get_fields (status);
  g_assert_true (sc_stream_status_is_live (status));
  g_assert_cmpstr (fields->id, ==, "st-new");
  g_assert_cmpint (fields->viewers, ==, 5);
  g_assert_cmpint (fields->peak_viewers, ==, 9);
  g_assert_cmpuint (fields->samples->len, ==, 2);
  g_assert_cmpint (g_array_index (fields->samples, ScStreamSample, 0).viewers, ==, 9);
  g_assert_cmpuint (fields->reports->len, ==, 1);

  g_autoptr (ScStreamStatus) past = ask (self, "/v1/me/channel/streams/st-old", token);
  fields = sc_stream_status_get_fields (past);
  g_assert_cmpint (fields->ended_at, >, fields->started_at);
  g_assert_cmpint (fields->viewers, ==, SC_STREAM_UNKNOWN);
  g_assert_cmpuint (fields->samples->len, ==, 1);
  g_assert_cmpuint (fields->reports->len, ==, 0);
}

/* Said a minute, with minutes of silence between, and who came in that time. */
static void
test_audience (void)
{
  g_autofree char *token = NULL;
  g_autoptr (SctService) self = make_service (NULL, &token);
  add_stream (self, "st-said", "started_at, ended_at", "'2026-01-01 00:00Z', '2026-01-01 00:05Z'");
  sct_service_run (
    self,
    "INSERT INTO chat_lines (user_id, id, stream_id, offset_ms, sender_id, content,"
    " sent_at, received_at) SELECT c.user_id, 'l' || s, 'st-said', s * 1000, 'p', 'x',"
    " '2026-01-01 00:00Z'::timestamptz + s * interval '1 s', now ()"
    " FROM channels c, unnest (ARRAY[5, 10, 190, 420]) s");
  g_autofree char *early = sct_service_sign_up (self, "early");
  g_autofree char *late = sct_service_sign_up (self, "late");
  sct_service_run (self,
                   "INSERT INTO follows (person_id, user_id, at) SELECT p.id, s.user_id,"
                   " CASE p.name WHEN 'early' THEN '2025-12-31'::timestamptz"
                   " ELSE '2026-01-01 00:04Z' END"
                   " FROM users p, streams s WHERE p.name IN ('early', 'late')");
  g_autoptr (ScStreamStatus) status = ask (self, "/v1/me/channel/streams/st-said", token);
  const ScStreamStatusFields *fields = sc_stream_status_get_fields (status);
  static const double paces[] = { 2, 0, 0, 1, 0, 0 };
  g_assert_cmpuint (fields->chat->len, ==, G_N_ELEMENTS (paces));
  for (guint i = 0; i < G_N_ELEMENTS (paces); i++) {
    const ScChatPace *pace = &g_array_index (fields->chat, ScChatPace, i);
    g_assert_cmpfloat (pace->lines, ==, paces[i]);
    g_assert_cmpint (pace->at - fields->started_at, ==, i * G_TIME_SPAN_MINUTE);
  }
  g_assert_cmpint (fields->new_followers, ==, 1);

  g_autoptr (ScStreamStatus) live = ask (self, LIVE, token);
  g_assert_cmpint (sc_stream_status_get_fields (live)->new_followers, ==, SC_STREAM_UNKNOWN);
}

/* Somebody else's stream is not there. */
static void
test_of_others (void)
{
  g_autofree char *token = NULL;
  g_autoptr (SctService) self = make_service (NULL, &token);
  add_stream (self, "st-hers", "started_at", "'2026-01-01'");
  g_autofree char *other = sct_service_sign_up (self, "bob");
  g_autoptr (ScResponse) response =
    sct_service_call (self, "GET", "/v1/me/channel/streams/st-hers", other, NULL);
  sct_assert_fault (response, 404, "not_found", NULL);
}

/* A day at a sample a minute fits into one answer, and its peak is in it. */
static void
test_a_long_one (void)
{
  g_autofree char *token = NULL;
  g_autoptr (SctService) self = make_service (NULL, &token);
  add_stream (self, "st-long", "started_at", "'2026-01-01'");
  sct_service_run (self,
                   "INSERT INTO viewer_samples (stream_id, at, viewers) SELECT 'st-long',"
                   " '2026-01-01'::timestamptz + g * interval '1 min', CASE g WHEN 700 THEN 77"
                   " ELSE 1 END FROM generate_series(1, 1440) g");
  g_autoptr (ScStreamStatus) status = ask (self, LIVE, token);
  const ScStreamStatusFields *fields = sc_stream_status_get_fields (status);
  g_assert_cmpuint (fields->samples->len, ==, SC_STREAM_STATUS_SAMPLES_MAX);
  guint peaks = 0;
  gint64 before = 0;
  for (guint i = 0; i < fields->samples->len; i++) {
    const ScStreamSample *sample = &g_array_index (fields->samples, ScStreamSample, i);
    g_assert_cmpint (sample->at, >, before);
    before = sample->at;
    peaks += sample->viewers == 77 ? 1 : 0;
  }
  g_assert_cmpuint (peaks, ==, 1);
  const ScStreamSample *newest =
    &g_array_index (fields->samples, ScStreamSample, fields->samples->len - 24);
  g_assert_cmpint (newest[23].at - newest[0].at, ==, 23 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (newest[0].at - newest[-1].at, ==, G_TIME_SPAN_MINUTE);
  g_assert_cmpint (newest[-1].at - newest[-2].at, >, G_TIME_SPAN_MINUTE);
}

static void
assert_health (SctService *self, const char *token, ScStreamHealth health)
{
  g_autoptr (ScStreamStatus) status = ask (self, LIVE, token);
  g_assert_cmpint (sc_stream_status_get_fields (status)->health, ==, health);
}

/* What is counted and what is measured within 5 s is one sample; only what is measured or reported
 * says how the stream is. */
static void
test_measured (void)
{
  g_autoptr (GError) error = NULL;
  gint64 at = G_GINT64_CONSTANT (1770000000000000), measured_at = -1;
  const ScStreamSample measured = { at, 900000, 30, 2, SC_STREAM_UNKNOWN };
  g_autofree char *token = NULL;
  g_autoptr (SctService) self = make_service (NULL, &token);
  add_stream (self, "st-on", "started_at", "'2026-02-01'");
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  g_assert_true (sc_viewer_store_add (connection, "st-on", 7, at + 3000000, &error));
  g_assert_true (sc_stream_status_store_find_measured (connection, "st-on", &measured_at, &error));
  g_assert_cmpint (measured_at, ==, 0);
  assert_health (self, token, SC_STREAM_HEALTH_UNKNOWN);

  g_autoptr (GArray) samples_in = g_array_new (FALSE, FALSE, sizeof (ScStreamSample));
  g_array_append_val (samples_in, measured);
  g_assert_true (sc_viewer_store_add_samples (connection, "st-gone", samples_in, &error));
  g_assert_true (sc_viewer_store_add_samples (connection, "st-on", samples_in, &error));
  g_assert_true (sc_stream_status_store_find_measured (connection, "st-on", &measured_at, &error));
  g_assert_no_error (error);
  g_assert_cmpint (measured_at, ==, at);
  assert_health (self, token, SC_STREAM_HEALTH_HEALTHY);
  g_autoptr (ScStreamStatus) status = ask (self, LIVE, token);
  const GArray *samples = sc_stream_status_get_fields (status)->samples;
  g_assert_cmpuint (samples->len, ==, 1);
  g_assert_cmpint (g_array_index (samples, ScStreamSample, 0).viewers, ==, 7);
  g_assert_cmpint (g_array_index (samples, ScStreamSample, 0).bitrate, ==, 900000);
  sct_service_run (self, "UPDATE streams SET starved_at = '2026-02-02'");
  assert_health (self, token, SC_STREAM_HEALTH_STARVING);
}

/* What Amazon IVS and Amazon CloudWatch answer, whichever of them is asked. */
static JsonObject *
make_answers (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  JsonObject *object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  return object;
}

static SctService *
make_with_answers (SctAnswer *aws, char **ret_token)
{
  g_auto (GStrv) environment = sct_answer_dup_environment (aws);
  return make_service (g_environ_getenv (environment, "AWS_ENDPOINT_URL"), ret_token);
}

#define LISTED(channel, stream, viewers, health)                                                   \
  "{'channelArn':'" channel "','streamId':'" stream "','state':'LIVE','health':'" health "',"      \
  "'viewerCount':" viewers ",'startTime':'2026-02-01T00:00:00Z'}"

/* Two who look within 5 s: Amazon IVS is asked once, about both. */
static void
test_look_is_shared (void)
{
  g_autofree char *text = g_strdelimit (
    g_strdup ("{'streams':[" LISTED (CHANNEL_ARN, "st-ada", "3", "HEALTHY") "," LISTED (
      CHANNEL_ARN "B",
      "st-bob",
      "5",
      "STARVING") "],'streamSession':{'streamId':'st-ada'},'MetricDataResults':[]}"),
    "'",
    '"');
  g_autoptr (JsonObject) answers = make_answers (text);
  g_autoptr (SctAnswer) aws = sct_answer_new (200, answers);
  g_autofree char *ada = NULL;
  g_autoptr (SctService) self = make_with_answers (aws, &ada);
  add_stream (self, "st-ada", "started_at", "'2026-02-01'");
  g_autofree char *bob = sct_service_sign_up (self, "bob");
  sct_service_run (
    self,
    "UPDATE channels SET state = 'ready', room_arn = 'q', stage_arn = 't', arn = '" CHANNEL_ARN
    "B', playback_url = 'https://p', ingest_endpoint = 'i', stream_key_arn = 'l'"
    " WHERE arn IS NULL");
  sct_service_run (self,
                   "INSERT INTO streams (id, user_id, started_at) SELECT 'st-bob', user_id,"
                   " '2026-02-01' FROM channels WHERE stream_key_arn = 'l'");
  g_autoptr (ScStreamStatus) of_ada = ask (self, LIVE, ada);
  g_autoptr (ScStreamStatus) of_bob = ask (self, LIVE, bob);
  g_autoptr (ScStreamStatus) again = ask (self, LIVE, bob);
  g_assert_cmpint (sc_stream_status_get_fields (of_ada)->viewers, ==, 3);
  g_assert_cmpint (sc_stream_status_get_fields (of_bob)->viewers, ==, 5);
  g_assert_cmpint (sc_stream_status_get_fields (of_bob)->health, ==, SC_STREAM_HEALTH_STARVING);
  g_assert_cmpuint (sct_answer_count (aws, "/ListStreams"), ==, 1);
  g_assert_cmpuint (sct_answer_count (aws, "/GetStream"), ==, 0);
}

/* Returns whether AWS was asked when somebody looked @seconds later. */
static gboolean
is_asked_after (SctService *self, SctAnswer *aws, const char *token, guint seconds)
{
  guint before = sct_answer_get_count (aws);
  self->now += seconds * G_TIME_SPAN_SECOND;
  g_autoptr (ScStreamStatus) status = ask (self, "/v1/me/channel/streams/st-over", token);
  return sct_answer_get_count (aws) > before;
}

/* AWS is asked about what is over until it has answered, and then never again. */
static void
test_look_back (void)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  g_autoptr (SctAnswer) broken = sct_answer_new (500, nothing);
  g_autofree char *ada = NULL;
  g_autoptr (SctService) self = make_with_answers (broken, &ada);
  add_stream (self, "st-over", "started_at, ended_at", "'2025-02-01', '2025-02-02'");
  g_assert_true (is_asked_after (self, broken, ada, 0));
  g_assert_false (is_asked_after (self, broken, ada, 50));
  g_assert_true (is_asked_after (self, broken, ada, 20));

  g_autoptr (JsonObject) answers = make_answers ("{\"MetricDataResults\":[]}");
  g_autoptr (SctAnswer) aws = sct_answer_new (200, answers);
  g_autofree char *eve = NULL;
  g_autoptr (SctService) other = make_with_answers (aws, &eve);
  add_stream (other, "st-over", "started_at", "'2025-02-01'");
  add_stream (other, "st-next", "started_at", "'2025-02-02'");
  g_assert_true (is_asked_after (other, aws, eve, 0));
  g_autoptr (JsonNode) input = sct_answer_dup_input (aws);
  JsonArray *queries =
    json_object_get_array_member (json_node_get_object (input), "MetricDataQueries");
  JsonObject *stat =
    json_object_get_object_member (json_array_get_object_element (queries, 0), "MetricStat");
  g_assert_cmpint (json_object_get_int_member (stat, "Period"), ==, 3600);
  g_assert_false (is_asked_after (other, aws, eve, 3600));
}

static void
stop (const char *ended_at, const char *type, guint status, ScResponse **ret_response)
{
  gboolean is_on = g_str_equal (ended_at, "NULL");
  g_autoptr (JsonObject) output = json_object_new ();
  if (type)
    json_object_set_string_member (output, "__type", type);
  g_autoptr (SctAnswer) ivs = sct_answer_new (status, output);
  g_auto (GStrv) environment = sct_answer_dup_environment (ivs);
  g_autofree char *token = NULL;
  g_autoptr (SctService) self =
    make_service (g_environ_getenv (environment, "AWS_ENDPOINT_URL"), &token);
  g_autofree char *times = g_strconcat ("'2026-02-01', ", ended_at, NULL);
  add_stream (self, "st-on", "started_at, ended_at", times);
  *ret_response = sct_service_call (self, "POST", "/v1/me/channel/stop", token, NULL);
  g_assert_true (g_str_equal (sct_answer_get_path (ivs), "/StopStream") == is_on);
}

static void
test_stop (void)
{
  g_autoptr (ScResponse) done = NULL, over = NULL, ended = NULL;
  stop ("NULL", NULL, 200, &done);
  g_assert_cmpuint (done->status, ==, 202);
  stop ("NULL", "ChannelNotBroadcasting", 404, &over);
  sct_assert_fault (over, 409, "not_live", NULL);
  stop ("'2026-02-02'", NULL, 200, &ended);
  sct_assert_fault (ended, 409, "not_live", NULL);
}

/* Who asks all the time costs the others nothing of Amazon IVS's quota. */
static void
test_stop_often (void)
{
  g_autoptr (JsonObject) output = json_object_new ();
  g_autoptr (SctAnswer) ivs = sct_answer_new (200, output);
  g_auto (GStrv) environment = sct_answer_dup_environment (ivs);
  g_autofree char *token = NULL;
  g_autoptr (SctService) self =
    make_service (g_environ_getenv (environment, "AWS_ENDPOINT_URL"), &token);
  add_stream (self, "st-on", "started_at", "'2026-02-01'");
  for (guint i = 0; i < STOPS_AT_ONCE; i++) {
    g_autoptr (ScResponse) done =
      sct_service_call (self, "POST", "/v1/me/channel/stop", token, NULL);
    g_assert_cmpuint (done->status, ==, 202);
  }
  g_autoptr (ScResponse) refused =
    sct_service_call (self, "POST", "/v1/me/channel/stop", token, NULL);
  sct_assert_fault (refused, 429, "too_many_attempts", NULL);
  g_assert_nonnull (sc_response_get_header (refused, "Retry-After"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/own-streams/nothing-yet", test_nothing_yet);
  g_test_add_func ("/service/own-streams/live", test_live);
  g_test_add_func ("/service/own-streams/audience", test_audience);
  g_test_add_func ("/service/own-streams/of-others", test_of_others);
  g_test_add_func ("/service/own-streams/a-long-one", test_a_long_one);
  g_test_add_func ("/service/own-streams/measured", test_measured);
  g_test_add_func ("/service/own-streams/look-is-shared", test_look_is_shared);
  g_test_add_func ("/service/own-streams/look-back", test_look_back);
  g_test_add_func ("/service/own-streams/stop", test_stop);
  g_test_add_func ("/service/own-streams/stop-often", test_stop_often);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
