/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The whole way of an event, with real parts: registry of streams -> bus -> the template's rule ->
 * Runtime API -> streamcat-lambda -> PostgreSQL -> GET /v1/channels. Between registry and bus the
 * test can lose events, as Amazon EventBridge may. */

#include "config.h"

#include "sc-cloud.h"
#include "sc-control.h"
#include "sc-json.h"
#include "sc-live-streams.h"
#include "sc-migrate.h"
#include "sc-secret-operations.h"
#include "sc-secrets-extension.h"
#include "sc-service.h"
#include "sc-stack.h"
#include "sc-stream-operations.h"
#include "sct-cluster.h"
#include "sct-files.h"

#include <glib/gstdio.h>
#include <string.h>

#define ACCOUNT "123456789012"
#define REGION "us-west-2"
#define CHANNEL "arn:aws:ivs:" REGION ":" ACCOUNT ":channel/abcdABCDefgh"
#define STREAM_A "st-1A2b3c4D5e6F78ghij9Klmn"
#define STREAM_B "st-2A2b3c4D5e6F78ghij9Klmn"
#define TICK "arn:aws:lambda:" REGION ":" ACCOUNT ":function:streamcat-tick"

static const char *template_path, *lambda_path;
static SctCluster *cluster;
static char *migrated;

typedef struct {
  char *directory;
  ScStateDir *state;
  ScCloud *cloud;
  ScControl *control;
  ScSecretsExtension *extension;
  ScStack *stack;
  ScEventBus *front; /* where the registry puts its events */
  gboolean losing;
  GPtrArray *seen; /* the events that came, lost or not */
  ScLiveStreams *streams;
  ScStreamPlane plane;
  ScStore *store;
  ScAws *aws;
  ScService *service;
  guint done, failed, dropped;
} Fixture;

static void
on_front_event (const char *arn, GBytes *event, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;
  JsonObject *object = sc_json_parse (event, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  g_ptr_array_add (fixture->seen, object);
  if (!fixture->losing)
    g_assert_cmpuint (sc_event_bus_put_raw (sc_stack_get_bus (fixture->stack), object), ==, 1);
}

static void
on_attempt (const char *arn, ScFunctionOutcome outcome, const char *reason, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_test_message ("%s: %d, %s", arn, outcome, reason);
  fixture->done += outcome == SC_FUNCTION_DONE;
  fixture->failed += outcome == SC_FUNCTION_FAILED;
  fixture->dropped += outcome == SC_FUNCTION_DROPPED;
}

static void
set_up_control (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  static const ScControlPlace place = { REGION,    ACCOUNT,         "AKIDEXAMPLE",
                                        "example", "localhost:443", "https://localhost" };
  g_autofree char *path = sc_state_dir_build (fixture->state, "cloud.json");
  fixture->cloud = sc_cloud_new (path, &error);
  g_assert_no_error (error);
  fixture->control = sc_control_new (fixture->cloud, &place, FALSE);
  g_assert_true (sc_control_listen (fixture->control, 0, &error));
  g_assert_no_error (error);

  g_autoptr (JsonObject) channel = json_object_new ();
  json_object_set_string_member (channel, "arn", CHANNEL);
  json_object_set_string_member (channel, "name", "alice");
  json_object_set_string_member (channel, "playbackUrl", "https://localhost/x.m3u8");
  g_assert_true (sc_cloud_add (fixture->cloud, SC_CLOUD_CHANNEL, channel, &error));
  g_assert_no_error (error);
}

static GStrv
make_environment (Fixture *fixture)
{
  g_autofree char *url =
    g_strdup_printf ("http://127.0.0.1:%u", sc_control_get_port (fixture->control));
  GStrv environment = g_environ_setenv (NULL, "AWS_REGION", REGION, TRUE);
  environment = g_environ_setenv (environment, "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", TRUE);
  environment = g_environ_setenv (environment, "AWS_SECRET_ACCESS_KEY", "example", TRUE);
  return g_environ_setenv (environment, "AWS_ENDPOINT_URL", url, TRUE);
}

static void
set_up_stack (Fixture *fixture, const char *program, const char *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (parameters, "CodeBucket", "local");
  g_hash_table_insert (parameters, "LambdaCodeKey", (char *) program);
  g_hash_table_insert (parameters, "ReviewCodeKey", "/usr/bin/false");
  g_hash_table_insert (parameters,
                       "ExtensionLayerArn",
                       "arn:aws:lambda:us-west-2:123456789012:layer:extension:1");
  g_hash_table_insert (parameters, "DatabaseName", (char *) database);
  fixture->extension = sc_secrets_extension_new (&error);
  g_assert_no_error (error);
  g_auto (GStrv) environment =
    sc_secrets_extension_set_environment (fixture->extension, make_environment (fixture));
  const ScStackConfig config = {
    .template_file = template_path,
    .state = fixture->state,
    .region = REGION,
    .account = ACCOUNT,
    .database_host = sct_cluster_get_socket_dir (cluster),
    .recordings_host = "localhost",
    .api_host = "localhost",
    .environment = (const char *const *) environment,
    .retry_ms = 1,
  };
  fixture->stack = sc_stack_deploy (&config, parameters, &error);
  g_assert_no_error (error);
  sc_function_host_set_listener (sc_stack_get_functions (fixture->stack), on_attempt, fixture);
  sc_control_add_operations (fixture->control,
                             sc_secret_operations,
                             sc_stack_get_secrets (fixture->stack));
  sc_secrets_extension_attach (fixture->extension, sc_stack_get_secrets (fixture->stack));
}

static void
set_up_streams (Fixture *fixture)
{
  static const char *const targets[] = { "front", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) pattern = json_object_new ();
  JsonArray *sources = json_array_new ();
  json_array_add_string_element (sources, "aws.ivs");
  json_object_set_array_member (pattern, "source", sources);
  const ScEventRule all = { .arn = "front", .pattern = pattern, .targets = targets };
  fixture->seen = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  fixture->front = sc_event_bus_new (ACCOUNT, REGION, on_front_event, fixture);
  g_assert_true (sc_event_bus_add_rule (fixture->front, &all, &error));
  fixture->streams = sc_live_streams_new (fixture->front);
  fixture->plane.streams = fixture->streams;
  sc_control_add_operations (fixture->control, sc_stream_operations, &fixture->plane);
}

static void
run_sql (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (fixture->store, &error);
  g_assert_no_error (error);
  sc_store_run_script (connection, sql, &error);
  g_assert_no_error (error);
}

static void
set_up_service (Fixture *fixture, const char *conninfo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScHttp) http = sc_http_new (1);
  g_auto (GStrv) environment = make_environment (fixture);
  char *none[] = { NULL };
  fixture->store = sc_store_new (conninfo, 2);
  fixture->aws = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
  fixture->service = sc_service_new (fixture->store, fixture->aws, none);
  run_sql (fixture,
           "INSERT INTO users (name, password_hash) VALUES ('alice', 'x');"
           "INSERT INTO channels (user_id, name, title, state, arn, room_arn, stage_arn,"
           " playback_url, ingest_endpoint) SELECT id, name, 'A title', 'ready', '" CHANNEL
           "', 'room', 'stage', 'https://localhost/x.m3u8', 'localhost:443' FROM users");
}

/* Writes a program that dies at its first start and is streamcat-lambda from then on. */
static char *
write_crashing_program (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->directory, "crashing", NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n[ -e %s.died ] && exec %s\n"
                                           ": > %s.died\nkill -SEGV $$\n",
                                           path,
                                           lambda_path,
                                           path);
  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, &error);
  g_assert_no_error (error);
  return path;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  static guint count;
  g_autoptr (GError) error = NULL;
  g_autofree char *database = g_strdup_printf ("events_%c", 'a' + count++);
  g_autofree char *conninfo = sct_cluster_create_database (cluster, database, "migrated");
  fixture->directory = g_dir_make_tmp ("stream-events-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->state = sc_state_dir_open (fixture->directory, FALSE, &error);
  g_assert_no_error (error);
  g_autofree char *program = user_data ? write_crashing_program (fixture) : g_strdup (lambda_path);
  set_up_control (fixture);
  set_up_stack (fixture, program, database);
  set_up_streams (fixture);
  set_up_service (fixture, conninfo);
  sc_stack_start (fixture->stack);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  sc_control_close (fixture->control);
  g_clear_object (&fixture->control);
  sc_service_free (fixture->service);
  sc_aws_free (fixture->aws);
  sc_secrets_extension_free (fixture->extension);
  sc_stack_free (fixture->stack);
  sc_store_free (fixture->store);
  sc_live_streams_free (fixture->streams);
  sc_event_bus_free (fixture->front);
  g_ptr_array_unref (fixture->seen);
  g_clear_object (&fixture->cloud);
  g_clear_object (&fixture->state);
  sct_remove_tree (fixture->directory);
  g_free (fixture->directory);
}

static void
wait_for_done (Fixture *fixture, guint done)
{
  while (fixture->done < done) {
    g_assert_cmpuint (fixture->dropped, ==, 0);
    g_main_context_iteration (NULL, TRUE);
  }
}

/* Returns what the API says of the channel's stream, or NULL where it has none. */
static JsonObject *
get_stream (Fixture *fixture)
{
  const ScRequest request = { .method = "GET", .path = "/v1/channels/alice" };
  g_autoptr (ScResponse) response = sc_service_handle (fixture->service, &request);
  g_autoptr (GError) error = NULL;
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) object = sc_json_parse (response->body, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  JsonObject *channel = json_object_get_object_member (object, "channel");
  JsonObject *stream = sc_json_get_object_or_null (channel, "stream");
  return stream ? json_object_ref (stream) : NULL;
}

static guint
count_live (Fixture *fixture)
{
  const ScRequest request = { .method = "GET", .path = "/v1/channels", .query = "live=1" };
  g_autoptr (ScResponse) response = sc_service_handle (fixture->service, &request);
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) object = sc_json_parse (response->body, SC_JSON_MAX_BYTES, NULL);
  return json_array_get_length (json_object_get_array_member (object, "channels"));
}

static void
assert_live (Fixture *fixture, const char *stream_id)
{
  g_autoptr (JsonObject) stream = get_stream (fixture);
  g_assert_cmpuint (count_live (fixture), ==, 1);
  g_assert_nonnull (stream);
  g_assert_cmpstr (json_object_get_string_member (stream, "id"), ==, stream_id);
  g_assert_true (json_object_get_null_member (stream, "ended_at"));
  g_assert_cmpint (json_object_get_int_member (stream, "width"), ==, 640);
  g_assert_cmpint (json_object_get_int_member (stream, "height"), ==, 360);
  g_assert_cmpfloat (json_object_get_double_member (stream, "frame_rate"), ==, 30);
}

static void
assert_over (Fixture *fixture, const char *stream_id)
{
  g_autoptr (JsonObject) stream = get_stream (fixture);
  g_assert_cmpuint (count_live (fixture), ==, 0);
  g_assert_nonnull (stream);
  g_assert_cmpstr (json_object_get_string_member (stream, "id"), ==, stream_id);
  g_assert_false (json_object_get_null_member (stream, "ended_at"));
}

static void
begin (Fixture *fixture, const char *stream_id)
{
  const ScMediaInfo info = {
    .width = 640,
    .height = 360,
    .frame_rate = 29.97,
    .video_codec = "avc1.4D401F",
    .audio_codec = "mp4a.40.2",
  };
  sc_live_streams_create (fixture->streams, CHANNEL, "alice", stream_id);
  sc_live_streams_start (fixture->streams, stream_id, &info);
}

/* The schedule's event, without the wait for its minute; as if the last one was long ago. */
static void
tick (Fixture *fixture)
{
  g_autoptr (GBytes) event = g_bytes_new_static ("{}", 2);
  run_sql (fixture, "DELETE FROM leases");
  g_assert_true (sc_function_host_invoke (sc_stack_get_functions (fixture->stack), TICK, event));
  wait_for_done (fixture, fixture->done + 1);
}

static void
assert_health (Fixture *fixture, const char *health)
{
  g_autoptr (JsonObject) stream = get_stream (fixture);
  g_assert_cmpstr (json_object_get_string_member (stream, "health"), ==, health);
}

/* A stream starves and is fed again; of which the end may be lost, and is found by asking. */
static void
test_health_reaches_the_api (Fixture *fixture, gconstpointer user_data)
{
  begin (fixture, STREAM_A);
  wait_for_done (fixture, 2);
  assert_health (fixture, "healthy");
  sc_live_streams_set_starving (fixture->streams, STREAM_A, TRUE);
  sc_live_streams_set_starving (fixture->streams, STREAM_A, TRUE); /* no news */
  wait_for_done (fixture, 3);
  assert_health (fixture, "starving");
  const JsonObject *seen = g_ptr_array_index (fixture->seen, 2);
  g_assert_cmpstr (json_object_get_string_member ((JsonObject *) seen, "detail-type"),
                   ==,
                   "IVS Stream Health Change");
  fixture->losing = TRUE;
  sc_live_streams_set_starving (fixture->streams, STREAM_A, FALSE);
  fixture->losing = FALSE;
  g_assert_cmpuint (fixture->seen->len, ==, 4);
  tick (fixture);
  assert_health (fixture, "healthy");
}

static void
test_events_reach_the_api (Fixture *fixture, gconstpointer user_data)
{
  static const char *const order[] = { "Session Created",
                                       "Stream Start",
                                       "Stream End",
                                       "Session Ended" };
  g_assert_cmpuint (count_live (fixture), ==, 0);
  begin (fixture, STREAM_A);
  wait_for_done (fixture, 2);
  assert_live (fixture, STREAM_A);
  sc_live_streams_close (fixture->streams, STREAM_A);
  wait_for_done (fixture, 4);
  assert_over (fixture, STREAM_A);

  g_assert_cmpuint (fixture->seen->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    JsonObject *event = g_ptr_array_index (fixture->seen, i);
    JsonObject *detail = json_object_get_object_member (event, "detail");
    JsonArray *resources = json_object_get_array_member (event, "resources");
    g_assert_cmpstr (json_object_get_string_member (detail, "event_name"), ==, order[i]);
    g_assert_cmpstr (json_object_get_string_member (detail, "channel_name"), ==, "alice");
    g_assert_cmpstr (json_object_get_string_member (detail, "stream_id"), ==, STREAM_A);
    g_assert_cmpstr (json_array_get_string_element (resources, 0), ==, CHANNEL);
  }
}

static void
test_second_stream (Fixture *fixture, gconstpointer user_data)
{
  begin (fixture, STREAM_A);
  sc_live_streams_close (fixture->streams, STREAM_A);
  begin (fixture, STREAM_B);
  wait_for_done (fixture, 6);
  assert_live (fixture, STREAM_B);
}

/* The end comes first, everything comes twice, and a late start revives nothing. */
static void
test_doubled_and_reordered (Fixture *fixture, gconstpointer user_data)
{
  fixture->losing = TRUE;
  begin (fixture, STREAM_A);
  sc_live_streams_close (fixture->streams, STREAM_A);
  ScEventBus *bus = sc_stack_get_bus (fixture->stack);
  for (guint i = fixture->seen->len; i > 0; i--) {
    sc_event_bus_put_raw (bus, g_ptr_array_index (fixture->seen, i - 1));
    sc_event_bus_put_raw (bus, g_ptr_array_index (fixture->seen, i - 1));
  }
  wait_for_done (fixture, 8);
  assert_over (fixture, STREAM_A);
}

static void
test_lost_start_is_repaired (Fixture *fixture, gconstpointer user_data)
{
  fixture->losing = TRUE;
  begin (fixture, STREAM_A);
  g_assert_cmpuint (count_live (fixture), ==, 0);
  tick (fixture);
  tick (fixture); /* asks for the size of the stream that the first one found */
  assert_live (fixture, STREAM_A);
}

static void
test_lost_end_is_repaired (Fixture *fixture, gconstpointer user_data)
{
  begin (fixture, STREAM_A);
  wait_for_done (fixture, 2);
  fixture->losing = TRUE;
  sc_live_streams_close (fixture->streams, STREAM_A);
  tick (fixture);
  assert_live (fixture, STREAM_A); /* too young: its end may still be on its way */
  run_sql (fixture,
           "UPDATE streams SET started_at = started_at - interval '31 s',"
           " created_at = created_at - interval '31 s'");
  tick (fixture);
  assert_over (fixture, STREAM_A);
}

/* The end of the first stream and the start of the second are lost. */
static void
test_lost_change_is_repaired (Fixture *fixture, gconstpointer user_data)
{
  begin (fixture, STREAM_A);
  wait_for_done (fixture, 2);
  fixture->losing = TRUE;
  sc_live_streams_close (fixture->streams, STREAM_A);
  begin (fixture, STREAM_B);
  tick (fixture);
  tick (fixture);
  assert_live (fixture, STREAM_B);
}

static void
test_live_stream_is_left_alone (Fixture *fixture, gconstpointer user_data)
{
  begin (fixture, STREAM_A);
  wait_for_done (fixture, 2);
  run_sql (fixture,
           "UPDATE streams SET started_at = started_at - interval '1 h',"
           " created_at = created_at - interval '1 h'");
  tick (fixture);
  assert_live (fixture, STREAM_A);
}

/* A live stream that the control plane does not know is asked about first, and holds nobody up. */
static void
test_unknown_stream_holds_nobody_up (Fixture *fixture, gconstpointer user_data)
{
  begin (fixture, STREAM_A);
  wait_for_done (fixture, 2);
  run_sql (fixture,
           "UPDATE streams SET width = NULL, height = NULL, frame_rate = NULL;"
           "INSERT INTO users (name, password_hash) VALUES ('bob', 'x');"
           "INSERT INTO channels (user_id, name, title, arn) SELECT id, name, 'B', '" CHANNEL
           "gone' FROM users WHERE name = 'bob';"
           "INSERT INTO streams (id, user_id, started_at) SELECT '" STREAM_B
           "', id, now() + interval '1 s' FROM users WHERE name = 'bob'");
  tick (fixture);
  g_autoptr (JsonObject) stream = get_stream (fixture);
  g_assert_cmpint (json_object_get_int_member (stream, "width"), ==, 640);
}

static void
test_crash_is_tried_again (Fixture *fixture, gconstpointer user_data)
{
  begin (fixture, STREAM_A);
  wait_for_done (fixture, 2);
  g_assert_cmpuint (fixture->failed, ==, 1);
  assert_live (fixture, STREAM_A);
}

static void
migrate (void)
{
  g_autoptr (GError) error = NULL;
  migrated = sct_cluster_create_database (cluster, "migrated", NULL);
  g_autoptr (ScStore) store = sc_store_new (migrated, 1);
  sc_migrate (store, NULL, &error);
  g_assert_no_error (error);
}

#define ADD(name, crashing, function)                                                              \
  g_test_add ("/stream-events/" name, Fixture, crashing, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  template_path = argv[1];
  lambda_path = argv[2];
  cluster = sct_cluster_new ();
  migrate ();
  ADD ("events-reach-the-api", NULL, test_events_reach_the_api);
  ADD ("health-reaches-the-api", NULL, test_health_reaches_the_api);
  ADD ("second-stream", NULL, test_second_stream);
  ADD ("doubled-and-reordered", NULL, test_doubled_and_reordered);
  ADD ("lost-start-is-repaired", NULL, test_lost_start_is_repaired);
  ADD ("lost-end-is-repaired", NULL, test_lost_end_is_repaired);
  ADD ("lost-change-is-repaired", NULL, test_lost_change_is_repaired);
  ADD ("live-stream-is-left-alone", NULL, test_live_stream_is_left_alone);
  ADD ("unknown-stream-holds-nobody-up", NULL, test_unknown_stream_holds_nobody_up);
  ADD ("crash-is-tried-again", "crashing", test_crash_is_tried_again);
  int status = g_test_run ();
  sct_cluster_free (cluster);
  g_free (migrated);
  return status;
}
