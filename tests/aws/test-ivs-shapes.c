/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-error.h"
#include "sc-ivs-shapes.h"
#include "sc-json.h"

#include <string.h>

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  JsonObject *object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  return object;
}

static void
test_channel (void)
{
  g_autoptr (JsonObject) object =
    parse ("{\"arn\":\"arn:aws:ivs:us-west-2:123456789012:channel/a\",\"authorized\":true,"
           "\"ingestEndpoint\":\"a.live-video.net\",\"name\":\"ada\",\"playbackUrl\":\"https://p\","
           "\"tags\":{\"app\":\"streamcat\"},\"type\":\"BASIC\",\"srt\":{\"endpoint\":\"x\"},"
           "\"latencyMode\":\"LOW\",\"recordingConfigurationArn\":null}");
  g_autoptr (GError) error = NULL;
  g_autoptr (ScIvsChannel) channel = sc_ivs_channel_from_json (object, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (channel->name, ==, "ada");
  g_assert_true (channel->authorized);
  g_assert_null (channel->recording_configuration_arn);
  g_assert_cmpstr (g_hash_table_lookup (channel->tags, "app"), ==, "streamcat");

  g_autoptr (JsonObject) full = sc_ivs_channel_to_json (channel, TRUE);
  g_assert_cmpstr (json_object_get_string_member (full, "playbackUrl"), ==, "https://p");
  g_autoptr (JsonObject) summary = sc_ivs_channel_to_json (channel, FALSE);
  g_assert_false (json_object_has_member (summary, "playbackUrl"));
  g_assert_false (json_object_has_member (summary, "recordingConfigurationArn"));
}

static void
test_nested_members (void)
{
  g_autoptr (GError) error = NULL;
  ScIvsStreamSession written = { .stream_id = (char *) "st-1",
                                 .started_at = G_GINT64_CONSTANT (1760000000000000),
                                 .video_width = 1280,
                                 .audio_channels = 2 };
  g_autoptr (JsonObject) object = sc_ivs_stream_session_to_json (&written, TRUE);
  JsonObject *video =
    json_object_get_object_member (json_object_get_object_member (object, "ingestConfiguration"),
                                   "video");
  g_assert_cmpint (json_object_get_int_member (video, "videoWidth"), ==, 1280);
  g_assert_false (json_object_has_member (object, "endTime"));

  g_autoptr (ScIvsStreamSession) read = sc_ivs_stream_session_from_json (object, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read->video_width, ==, 1280);
  g_assert_cmpint (read->audio_channels, ==, 2);
  g_assert_cmpint (read->started_at, ==, written.started_at);
}

static void
test_room (void)
{
  g_autoptr (JsonObject) object =
    parse ("{\"arn\":\"r\",\"messageReviewHandler\":{\"uri\":\"f\",\"fallbackResult\":\"DENY\"},"
           "\"loggingConfigurationIdentifiers\":[\"l1\",\"l2\"]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (ScIvsRoom) room = sc_ivs_room_from_json (object, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (room->review_fallback, ==, "DENY");
  g_assert_cmpstr (room->logging_configuration_arns[1], ==, "l2");
  g_autoptr (JsonObject) back = sc_ivs_room_to_json (room, FALSE);
  g_autofree char *text = sc_json_to_string (back);
  g_assert_nonnull (strstr (text, "\"loggingConfigurationIdentifiers\":[\"l1\",\"l2\"]"));
}

static void
test_what_is_wrong_is_refused (void)
{
  const struct {
    const char *text;
    ScDataError expected;
  } rows[] = {
    { "{}", SC_DATA_ERROR_MISSING },
    { "{\"arn\":null}", SC_DATA_ERROR_MISSING },
    { "{\"arn\":7}", SC_DATA_ERROR_TYPE },
    { "{\"arn\":\"a\",\"authorized\":\"yes\"}", SC_DATA_ERROR_TYPE },
    { "{\"arn\":\"a\",\"tags\":[]}", SC_DATA_ERROR_TYPE },
    { "{\"arn\":\"a\",\"tags\":{\"k\":1}}", SC_DATA_ERROR_TYPE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JsonObject) object = parse (rows[i].text);
    g_autoptr (GError) error = NULL;
    g_assert_null (sc_ivs_channel_from_json (object, &error));
    g_assert_error (error, SC_DATA_ERROR, (int) rows[i].expected);
  }
}

/* Answers with a few bytes changed: whatever is read can be written again. */
static void
test_mutated_answers (void)
{
  static const char good[] = "{\"arn\":\"a\",\"id\":\"i\",\"createTime\":\"2026-11-23T05:00:00Z\","
                             "\"messageReviewHandler\":{\"uri\":\"f\",\"fallbackResult\":\"DENY\"},"
                             "\"maximumMessageLength\":500,\"tags\":{\"k\":\"v\"},"
                             "\"loggingConfigurationIdentifiers\":[\"l1\",\"l2\"]}";
  guint n_read = 0;
  for (int i = 0; i < 20000; i++) {
    char text[sizeof good];
    memcpy (text, good, sizeof good);
    for (int j = g_test_rand_int_range (1, 4); j > 0; j--)
      text[g_test_rand_int_range (0, sizeof good - 1)] = (char) g_test_rand_int_range (1, 127);
    g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
    g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, NULL);
    g_autoptr (ScIvsRoom) room = object ? sc_ivs_room_from_json (object, NULL) : NULL;
    if (!room)
      continue;
    g_autoptr (JsonObject) back = sc_ivs_room_to_json (room, TRUE);
    g_assert_nonnull (json_object_get_string_member (back, "arn"));
    n_read++;
  }
  g_assert_cmpuint (n_read, >, 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ivs-shapes/channel", test_channel);
  g_test_add_func ("/ivs-shapes/nested-members", test_nested_members);
  g_test_add_func ("/ivs-shapes/room", test_room);
  g_test_add_func ("/ivs-shapes/what-is-wrong-is-refused", test_what_is_wrong_is_refused);
  g_test_add_func ("/ivs-shapes/mutated-answers", test_mutated_answers);
  return g_test_run ();
}
