/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The application role's password is rotated in the local cloud, by the function and the Secrets
 * Manager that are there, while the function `api` answers and loses its connections to PostgreSQL
 * again and again: no request fails. */

#include "config.h"

#include "sc-json.h"
#include "sc-lambda.h"
#include "sc-secrets.h"
#include "sc-store.h"
#include "sct-api.h"

#include <string.h>

#define ROTATE "arn:aws:lambda:us-west-2:123456789012:function:streamcat-rotate"
#define SECRET_BEGIN "arn:aws:secretsmanager:us-west-2:123456789012:secret:streamcat-DatabaseSecret"

/* The first role, its clone, and the first again: with its second password. */
#define ROTATIONS 3

/* What is asked at least between two cuts, and at the end. */
#define ROUNDS 5

/* Of a rotation's end. */
#define WAIT_SECONDS 60

typedef struct {
  SctLocal *cloud;
  ScAws *aws;
  ScStore *store; /* as the database's superuser */
  char *secret;
  GMutex at_work; /* held during each request, so that no connection is cut in one */
  int stop;
  GMutex lock; /* of rounds */
  GCond went;
  int rounds;
  int failures;
} World;

static void
open_aws (World *world)
{
  static const char *const members[][2] = { { "AWS_ENDPOINT_URL", "aws_endpoint_url" },
                                            { "AWS_REGION", "region" },
                                            { "AWS_ACCESS_KEY_ID", "access_key_id" },
                                            { "AWS_SECRET_ACCESS_KEY", "secret_access_key" } };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) environment = g_new0 (char *, 1);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    environment = g_environ_setenv (environment,
                                    members[i][0],
                                    sct_local_get (world->cloud, members[i][1]),
                                    TRUE);
  g_autoptr (ScHttp) http = sc_http_new (SC_AWS_TIMEOUT_SECONDS);
  world->aws = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
}

/* Returns the ARN of the database's secret, which the stack made. */
static char *
find_secret (SctLocal *cloud)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (cloud->state_dir, "stack.json", NULL);
  g_autofree char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  const char *found = strstr (text, SECRET_BEGIN);
  g_assert_nonnull (found);
  return g_strndup (found, strcspn (found, "\""));
}

static void
set_up (World *world)
{
  static const char *const arguments[] = { "--lambda-api", NULL };
  world->cloud = sct_local_new ();
  sct_local_start (world->cloud, arguments);
  sct_local_wait_ready (world->cloud);
  open_aws (world);
  world->secret = find_secret (world->cloud);
  g_autofree char *conninfo =
    g_strdup_printf ("host='%s/run' dbname=streamcat user=postgres", world->cloud->state_dir);
  world->store = sc_store_new (conninfo, 1);
}

static void
tear_down (World *world)
{
  sc_store_free (world->store);
  sc_aws_free (world->aws);
  g_free (world->secret);
  sct_local_stop (world->cloud);
  sct_local_free (world->cloud);
}

static gpointer
run_person (gpointer data)
{
  World *world = data;
  g_autoptr (SctApi) api = sct_api_new (world->cloud);
  sct_api_sign_up (api, "alice");
  while (!g_atomic_int_get (&world->stop)) {
    g_mutex_lock (&world->at_work);
    g_autoptr (JsonObject) answer = NULL;
    guint status = sct_api_call (api, "GET", "/v1/me", NULL, &answer);
    g_mutex_unlock (&world->at_work);
    if (status != 200)
      g_test_message ("status %u", status);
    if (status != 200)
      g_atomic_int_inc (&world->failures);
    g_mutex_lock (&world->lock);
    world->rounds++;
    g_cond_signal (&world->went);
    g_mutex_unlock (&world->lock);
  }
  return NULL;
}

static void
wait_for_rounds (World *world)
{
  gint64 give_up = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&world->lock);
  int until = world->rounds + ROUNDS;
  while (world->rounds < until) {
    if (!g_cond_wait_until (&world->went, &world->lock, give_up))
      g_error ("%d requests did not end within %d s", ROUNDS, WAIT_SECONDS);
  }
}

/* Ends what the roles have open between two requests, so that the next one signs in. */
static void
cut_connections (World *world)
{
  static const char sql[] = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                            " WHERE usename IN ('streamcat', 'streamcat_clone')"
                            " AND state = 'idle'";
  g_autoptr (GError) error = NULL;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&world->at_work);
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (world->store, &error);
  g_assert_no_error (error);
  sc_store_execute (connection, sql, SC_NO_PARAMS, &error);
  g_assert_no_error (error);
}

/* Hands the four steps of a rotation to the function, as AWS Secrets Manager does. */
static void
begin_rotation (World *world, const char *version)
{
  static const char *const steps[] = { "createSecret", "setSecret", "testSecret", "finishSecret" };
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text =
      g_strdup_printf ("{\"Step\":\"%s\",\"SecretId\":\"%s\",\"ClientRequestToken\":\"%s\"}",
                       steps[i],
                       world->secret,
                       version);
    g_autoptr (GBytes) event = g_bytes_new (text, strlen (text));
    g_assert_true (sc_lambda_invoke_event (world->aws, ROTATE, event, &error));
  }
}

static gboolean
is_current (World *world, const char *version)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *current = sc_secrets_find_current (world->aws, world->secret, &error);
  g_assert_no_error (error);
  return g_str_equal (current, version);
}

static void
rotate (World *world)
{
  g_autofree char *version = g_uuid_string_random ();
  gint64 give_up = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  begin_rotation (world, version);
  while (!is_current (world, version)) {
    if (g_get_monotonic_time () > give_up)
      g_error ("A rotation did not end within %d s", WAIT_SECONDS);
    cut_connections (world);
    wait_for_rounds (world);
  }
}

static void
assert_user (World *world, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = sc_secrets_get_value (world->aws, world->secret, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonObject) secret = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sc_json_get_string_or (secret, "username", NULL), ==, user);
}

static void
test_no_request_fails (void)
{
  World world = { 0 };
  set_up (&world);
  assert_user (&world, "streamcat");
  GThread *person = g_thread_new ("person", run_person, &world);
  wait_for_rounds (&world);
  for (guint i = 0; i < ROTATIONS; i++) {
    rotate (&world);
    assert_user (&world, i % 2 == 0 ? "streamcat_clone" : "streamcat");
    cut_connections (&world);
    wait_for_rounds (&world);
  }
  g_atomic_int_set (&world.stop, TRUE);
  g_thread_join (person);
  g_test_message ("%d rotations, %d requests, %d failed", ROTATIONS, world.rounds, world.failures);
  g_assert_cmpint (world.failures, ==, 0);
  tear_down (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local/rotation/no-request-fails", test_no_request_fails);
  return g_test_run ();
}
