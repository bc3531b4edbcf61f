/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-error.h"
#include "sc-recording.h"

static JsonObject *
make_json (void)
{
  const ScRecordingFields fields = {
    .id = "a6RfV23ES97iyfoQ",
    .channel = "ada",
    .title = "Engines",
    .started_at = G_GINT64_CONSTANT (1760000000123000),
    .duration_ms = 754321,
    .playback_url = "https://localhost/ivs/master.m3u8",
    .thumbnail_url = "https://localhost/ivs/thumb.jpg",
    .thumbnails_url = "https://localhost/ivs/thumbnails",
    .width = 1280,
    .height = 720,
  };
  g_autoptr (ScRecording) recording = sc_recording_new (&fields);
  return sc_recording_to_json (recording);
}

static void
test_round_trip (void)
{
  g_autoptr (JsonObject) object = make_json ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ScRecording) back = sc_recording_from_json (object, &error);
  g_assert_no_error (error);
  const ScRecordingFields *fields = sc_recording_get_fields (back);
  g_assert_cmpstr (fields->id, ==, "a6RfV23ES97iyfoQ");
  g_assert_cmpstr (fields->channel, ==, "ada");
  g_assert_cmpstr (fields->title, ==, "Engines");
  g_assert_cmpint (fields->started_at, ==, G_GINT64_CONSTANT (1760000000123000));
  g_assert_cmpint (fields->duration_ms, ==, 754321);
  g_assert_cmpstr (fields->playback_url, ==, "https://localhost/ivs/master.m3u8");
  g_assert_cmpstr (fields->thumbnail_url, ==, "https://localhost/ivs/thumb.jpg");
  g_assert_cmpstr (fields->thumbnails_url, ==, "https://localhost/ivs/thumbnails");
  g_assert_cmpuint (fields->width, ==, 1280);
  g_assert_cmpuint (fields->height, ==, 720);
}

static void
test_without_a_picture (void)
{
  g_autoptr (JsonObject) object = make_json ();
  json_object_set_null_member (object, "thumbnail_url");
  g_autoptr (ScRecording) null = sc_recording_from_json (object, NULL);
  g_assert_null (sc_recording_get_fields (null)->thumbnail_url);
  json_object_remove_member (object, "thumbnail_url");
  g_autoptr (ScRecording) absent = sc_recording_from_json (object, NULL);
  g_assert_null (sc_recording_get_fields (absent)->thumbnail_url);
}

static void
assert_refused (const char *member, JsonNode *value, ScDataError code)
{
  g_autoptr (JsonObject) object = make_json ();
  g_autoptr (GError) error = NULL;
  if (value)
    json_object_set_member (object, member, value);
  else
    json_object_remove_member (object, member);
  g_assert_null (sc_recording_from_json (object, &error));
  g_assert_error (error, SC_DATA_ERROR, (int) code);
}

static void
assert_text_refused (const char *member, const char *text)
{
  assert_refused (member, json_node_init_string (json_node_alloc (), text), SC_DATA_ERROR_RANGE);
}

static void
test_strict (void)
{
  static const char *const required[] = { "id",          "channel",      "title", "started_at",
                                          "duration_ms", "playback_url", "width", "height" };
  for (guint i = 0; i < G_N_ELEMENTS (required); i++) {
    assert_refused (required[i], NULL, SC_DATA_ERROR_MISSING);
    assert_refused (required[i],
                    json_node_init_boolean (json_node_alloc (), TRUE),
                    SC_DATA_ERROR_TYPE);
  }
  assert_text_refused ("id", "");
  assert_text_refused ("channel", "../ada");
  assert_text_refused ("started_at", "yesterday");
  assert_text_refused ("playback_url", "file:///etc/passwd");
  assert_text_refused ("thumbnail_url", "file:///etc/passwd");
  g_autofree char *long_text = g_strnfill (3000, 'x');
  assert_text_refused ("title", long_text);
  assert_text_refused ("playback_url", long_text);
  assert_refused ("duration_ms", json_node_init_int (json_node_alloc (), -1), SC_DATA_ERROR_RANGE);
  assert_refused ("duration_ms",
                  json_node_init_int (json_node_alloc (), SC_RECORDING_MAX_MS + 1),
                  SC_DATA_ERROR_RANGE);
  assert_refused ("thumbnail_url", json_node_init_int (json_node_alloc (), 1), SC_DATA_ERROR_TYPE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording/round-trip", test_round_trip);
  g_test_add_func ("/recording/without-a-picture", test_without_a_picture);
  g_test_add_func ("/recording/strict", test_strict);
  return g_test_run ();
}
