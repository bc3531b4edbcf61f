/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Streams at the whole program that do not go as planned: what the API says of them, by the events
 * alone. */

#include "config.h"

#include "sc-ivs.h"
#include "sct-streamer.h"

#include <signal.h>

/* What takes longer than this does not come, on a busy machine either. */
#define WAIT_SECONDS 30

/* Longer than any test. */
#define UNTIL_ENDED "600"

static void
set_up (SctStreamer *fixture, gconstpointer data)
{
  sct_streamer_set_up (fixture, NULL);
}

static void
tear_down (SctStreamer *fixture, gconstpointer data)
{
  sct_streamer_clear (fixture);
}

/* Returns what the API says of the stream of alice, or NULL where there is none. */
static JsonObject *
get_stream (SctStreamer *fixture)
{
  g_autoptr (JsonObject) body = NULL;
  g_assert_cmpuint (sct_api_call (fixture->api, "GET", "/v1/channels/alice", NULL, &body), ==, 200);
  JsonObject *channel = json_object_get_object_member (body, "channel");
  JsonNode *node = json_object_get_member (channel, "stream");
  return JSON_NODE_HOLDS_OBJECT (node) ? json_object_ref (json_node_get_object (node)) : NULL;
}

static void
end (GSubprocess *encoder, int signal)
{
  g_subprocess_send_signal (encoder, signal);
  g_subprocess_wait (encoder, NULL, NULL);
}

/* An encoder that is killed says nothing; its channel is free for the next one. */
static void
test_killed_and_back (SctStreamer *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) first = sct_streamer_publish (fixture, fixture->key, UNTIL_ENDED);
  sct_streamer_wait_for_live (fixture, 1);
  g_autoptr (JsonObject) before = get_stream (fixture);
  g_assert_true (json_object_get_null_member (before, "ended_at"));
  end (first, SIGKILL);
  sct_streamer_wait_for_live (fixture, 0);
  g_autoptr (JsonObject) over = get_stream (fixture);
  g_assert_false (json_object_get_null_member (over, "ended_at"));
  g_assert_cmpfloat (json_object_get_double_member (over, "frame_rate"), ==, 30);
  g_autoptr (GSubprocess) second = sct_streamer_publish (fixture, fixture->key, UNTIL_ENDED);
  sct_streamer_wait_for_live (fixture, 1);
  g_autoptr (JsonObject) after = get_stream (fixture);
  g_assert_cmpstr (json_object_get_string_member (before, "id"),
                   !=,
                   json_object_get_string_member (after, "id"));
  end (second, SIGTERM);
}

/* Who stops the local cloud ends the streams, and nobody is shown as live at the next start. */
static void
test_cloud_stops (SctStreamer *fixture, gconstpointer data)
{
  static const char *const extra[] = { NULL };
  g_autoptr (GSubprocess) encoder = sct_streamer_publish (fixture, fixture->key, UNTIL_ENDED);
  sct_streamer_wait_for_live (fixture, 1);
  sct_local_stop (fixture->cloud);
  g_subprocess_wait (encoder, NULL, NULL);
  sct_local_start (fixture->cloud, extra);
  sct_local_wait_ready (fixture->cloud);
  g_assert_cmpuint (sct_streamer_count_live (fixture), ==, 0);
}

static void
test_wrong_key_is_refused (SctStreamer *fixture, gconstpointer data)
{
  g_autofree char *wrong = g_strconcat (fixture->key, "x", NULL);
  g_autoptr (GSubprocess) encoder = sct_streamer_publish (fixture, wrong, UNTIL_ENDED);
  g_subprocess_wait (encoder, NULL, NULL);
  g_assert_false (g_subprocess_get_successful (encoder));
  g_assert_null (get_stream (fixture));
}

static char *
read_channel_arn (ScAws *aws)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_autoptr (GPtrArray) streams = sc_ivs_list_streams (aws, &token, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (streams->len, ==, 1);
  const ScIvsStream *stream = g_ptr_array_index (streams, 0);
  return g_strdup (stream->channel_arn);
}

static ScAws *
new_aws (SctStreamer *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScHttp) http = sc_http_new (WAIT_SECONDS);
  g_auto (GStrv) environment =
    g_environ_setenv (NULL, "AWS_REGION", sct_local_get (fixture->cloud, "region"), TRUE);
  static const char *const names[][2] = {
    { "AWS_ACCESS_KEY_ID", "access_key_id" },
    { "AWS_SECRET_ACCESS_KEY", "secret_access_key" },
    { "AWS_ENDPOINT_URL", "aws_endpoint_url" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    environment = g_environ_setenv (environment,
                                    names[i][0],
                                    sct_local_get (fixture->cloud, names[i][1]),
                                    TRUE);
  ScAws *aws = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
  return aws;
}

/* What can be ordered of a stream by the control plane: metadata go into it, and StopStream sends
 * the encoder away, of which everybody hears. */
static void
test_ordered (SctStreamer *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScAws) aws = new_aws (fixture);
  g_autoptr (GSubprocess) encoder = sct_streamer_publish (fixture, fixture->key, UNTIL_ENDED);
  sct_streamer_wait_for_live (fixture, 1);
  g_autofree char *arn = read_channel_arn (aws);
  g_autoptr (ScIvsChannel) channel = sc_ivs_get_channel (aws, arn, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (channel->type, ==, "STANDARD");
  g_assert_true (sc_ivs_put_metadata (aws, arn, "hello", &error));
  g_assert_no_error (error);
  g_assert_true (sc_ivs_stop_stream (aws, arn, &error));
  g_assert_no_error (error);
  sct_streamer_wait_for_live (fixture, 0);
  g_subprocess_wait (encoder, NULL, NULL);
  g_autoptr (ScIvsStream) stream = sc_ivs_get_stream (aws, arn, &error);
  g_assert_null (stream);
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_BROADCASTING);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/live/" name, SctStreamer, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("killed-and-back", test_killed_and_back);
  ADD ("wrong-key-is-refused", test_wrong_key_is_refused);
  ADD ("cloud-stops", test_cloud_stops);
  ADD ("ordered", test_ordered);
  return g_test_run ();
}
