/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-stream-status.h"

#include <string.h>

#define NOTHING "{\"stream\":null,\"ingest\":null,\"samples\":[],\"reports\":[],\"audience\":null}"

static ScStreamStatus *
read_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, NULL);
  g_assert_nonnull (object);
  return sc_stream_status_from_json (object, error);
}

static ScStreamStatus *
make_status (void)
{
  g_auto (ScStreamStatusFields) fields = { 0 };
  sc_stream_status_fields_init (&fields);
  fields.id = g_strdup ("st-a");
  fields.started_at = G_GINT64_CONSTANT (1760000000123000);
  fields.health = SC_STREAM_HEALTH_STARVING;
  fields.peak_viewers = 12;
  fields.video = g_new0 (ScIngestVideo, 1);
  *fields.video = (ScIngestVideo) { .codec = g_strdup ("avc1.64001F"),
                                    .width = 1920,
                                    .height = 1080,
                                    .frame_rate = 29.97,
                                    .bitrate = SC_STREAM_UNKNOWN };
  const ScStreamSample sample = {
    .at = G_GINT64_CONSTANT (1760000005000000),
    .bitrate = 4100000,
    .frame_rate = 30,
    .keyframe_interval = 2,
    .viewers = SC_STREAM_UNKNOWN,
  };
  g_array_append_val (fields.samples, sample);
  ScStreamReport *report = g_new0 (ScStreamReport, 1);
  *report = (ScStreamReport) {
    .id = g_strdup ("e-1"),
    .kind = g_strdup ("limit_breach"),
    .stream_id = g_strdup ("st-a"),
    .at = G_GINT64_CONSTANT (1760000006000000),
    .limit_name = g_strdup ("Ingest Bitrate"),
    .limit_unit = g_strdup ("bits per second"),
    .limit_value = 3500000,
    .exceeded_by = 600000,
  };
  g_ptr_array_add (fields.reports, report);
  return sc_stream_status_new (&fields);
}

static void
assert_same_report (const ScStreamReport *report)
{
  g_assert_cmpstr (report->id, ==, "e-1");
  g_assert_cmpstr (report->kind, ==, "limit_breach");
  g_assert_cmpint (report->at, ==, G_GINT64_CONSTANT (1760000006000000));
  g_assert_cmpstr (report->limit_name, ==, "Ingest Bitrate");
  g_assert_cmpint (report->exceeded_by, ==, 600000);
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStreamStatus) status = make_status ();
  g_autoptr (JsonObject) object = sc_stream_status_to_json (status);
  g_autoptr (ScStreamStatus) back = sc_stream_status_from_json (object, &error);
  g_assert_no_error (error);
  g_assert_true (sc_stream_status_is_live (back));
  const ScStreamStatusFields *fields = sc_stream_status_get_fields (back);
  g_assert_cmpstr (fields->id, ==, "st-a");
  g_assert_cmpint (fields->health, ==, SC_STREAM_HEALTH_STARVING);
  g_assert_cmpint (fields->viewers, ==, SC_STREAM_UNKNOWN);
  g_assert_cmpint (fields->peak_viewers, ==, 12);
  g_assert_cmpint (fields->video->height, ==, 1080);
  g_assert_cmpint (fields->video->bitrate, ==, SC_STREAM_UNKNOWN);
  g_assert_cmpfloat_with_epsilon (fields->video->frame_rate, 29.97, 1e-9);
  g_assert_null (fields->video->encoder);
  g_assert_null (fields->audio);
  g_assert_cmpuint (fields->samples->len, ==, 1);
  const ScStreamSample *sample = &g_array_index (fields->samples, ScStreamSample, 0);
  g_assert_cmpint (sample->bitrate, ==, 4100000);
  g_assert_cmpfloat (sample->keyframe_interval, ==, 2);
  g_assert_cmpint (sample->viewers, ==, SC_STREAM_UNKNOWN);
  g_assert_cmpuint (fields->reports->len, ==, 1);
  assert_same_report (fields->reports->pdata[0]);
}

static void
test_no_stream (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStreamStatus) status = read_text (NOTHING, &error);
  g_assert_no_error (error);
  g_assert_false (sc_stream_status_is_live (status));
  g_autoptr (JsonObject) object = sc_stream_status_to_json (status);
  g_autofree char *text = sc_json_to_string (object);
  g_assert_cmpstr (text, ==, NOTHING);
}

/* What is no such answer is refused, and nothing leaks. */
static void
test_refusals (void)
{
  static const char *const wrong[] = {
    "{\"stream\":null,\"ingest\":null,\"samples\":[]}",
    "{\"stream\":null,\"ingest\":null,\"samples\":[7],\"reports\":[]}",
    "{\"stream\":null,\"ingest\":null,\"samples\":[{\"at\":\"no time\"}],\"reports\":[]}",
    "{\"stream\":null,\"ingest\":{\"video\":{\"codec\":\"x\",\"frame_rate\":-3}},\"samples\":[],"
    "\"reports\":[]}",
    "{\"stream\":{\"id\":\"st-a\",\"health\":\"odd\"},\"samples\":[],\"reports\":[]}",
    "{\"stream\":null,\"samples\":[],\"reports\":[{\"id\":\"e\",\"kind\":\"k\"}]}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (read_text (wrong[i], &error));
    g_assert_true (error && error->domain == SC_DATA_ERROR);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stream-status/round-trip", test_round_trip);
  g_test_add_func ("/stream-status/no-stream", test_no_stream);
  g_test_add_func ("/stream-status/refusals", test_refusals);

  return g_test_run ();
}
