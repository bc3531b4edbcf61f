/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a channel takes, and the events of a stream that has more. */

#include "config.h"

#include "sc-json.h"
#include "sc-live-streams.h"
#include "sc-stream-limits.h"

#define CHANNEL "arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh"
#define STREAM "st-1A2b3c4D5e6F78ghij9Klmn"

static void
test_rules (void)
{
  static const struct {
    const char *type;
    guint width, height, bandwidth;
    guint64 bitrate_by, pixels_by;
  } rows[] = {
    { "BASIC", 852, 480, 1500000, 0, 0 },
    { "BASIC", 852, 480, 1500001, 1, 0 },
    { "BASIC", 1280, 720, 3500000, 0, 0 },
    { "BASIC", 1280, 720, 3600000, 100000, 0 },
    { "STANDARD", 1920, 1080, 8500000, 0, 0 },
    { "STANDARD", 1920, 1080, 9000000, 500000, 0 },
    { "ADVANCED_HD", 1080, 1920, 8500000, 0, 0 },
    { "BASIC", 0, 0, 0, 0, 0 },
    { "STANDARD", 2560, 1440, 9000000, 500000, 2560 * 1440 - 1920 * 1080 },
    { NULL, 1920, 1080, 0, 0, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    ScStreamLimit broken[SC_STREAM_LIMITS_MAX];
    const ScMediaInfo info = { .width = rows[i].width,
                               .height = rows[i].height,
                               .bandwidth = rows[i].bandwidth };
    guint count = sc_stream_limits_find (rows[i].type, &info, broken);
    g_assert_cmpuint (count, ==, (rows[i].bitrate_by > 0) + (rows[i].pixels_by > 0));
    if (rows[i].bitrate_by > 0)
      g_assert_cmpuint (broken[0].exceeded_by, ==, rows[i].bitrate_by);
    if (rows[i].pixels_by > 0)
      g_assert_cmpuint (broken[count - 1].exceeded_by, ==, rows[i].pixels_by);
  }
}

static void
keep_event (const char *arn, GBytes *event, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_ptr_array_add (user_data, sc_json_parse (event, SC_JSON_MAX_BYTES, &error));
  g_assert_no_error (error);
}

static ScEventBus *
make_bus (GPtrArray *events)
{
  static const char *const targets[] = { "test", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) pattern = json_object_new ();
  JsonArray *types = json_array_new ();
  json_array_add_string_element (types, "IVS Limit Breach");
  json_object_set_array_member (pattern, "detail-type", types);
  const ScEventRule rule = { .arn = "test", .pattern = pattern, .targets = targets };
  ScEventBus *bus = sc_event_bus_new ("123456789012", "us-west-2", keep_event, events);
  g_assert_true (sc_event_bus_add_rule (bus, &rule, &error));
  return bus;
}

/* A burst is let pass; what stays is told, and ends the stream. */
static void
test_events (void)
{
  g_autoptr (GPtrArray) events =
    g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (ScEventBus) bus = make_bus (events);
  g_autoptr (ScLiveStreams) streams = sc_live_streams_new (bus);
  const ScMediaInfo info = { .width = 1280, .height = 720 };
  const ScStreamLimit limits[] = { { "Ingest Bitrate", "bits per second", 3500000, 100000 },
                                   { "Ingest Resolution", "total pixels", 2073600, 5 } };
  g_assert_true (sc_live_streams_check_limits (streams, STREAM, limits, 1)); /* of nobody */
  sc_live_streams_create (streams, CHANNEL, "alice", STREAM);
  sc_live_streams_start (streams, STREAM, &info);
  for (guint i = 0; i < 3; i++) {
    g_assert_true (sc_live_streams_check_limits (streams, STREAM, limits, 1));
    g_assert_true (sc_live_streams_check_limits (streams, STREAM, limits, 0));
  }
  g_assert_true (sc_live_streams_check_limits (streams, STREAM, limits, 1));
  g_assert_cmpuint (events->len, ==, 0);
  g_assert_false (sc_live_streams_check_limits (streams, STREAM, limits, 2));
  g_assert_cmpuint (events->len, ==, 2);

  JsonObject *detail = json_object_get_object_member (events->pdata[0], "detail");
  g_assert_cmpstr (json_object_get_string_member (detail, "limit_name"), ==, "Ingest Bitrate");
  g_assert_cmpstr (json_object_get_string_member (detail, "limit_unit"), ==, "bits per second");
  g_assert_cmpint (json_object_get_int_member (detail, "limit_value"), ==, 3500000);
  g_assert_cmpint (json_object_get_int_member (detail, "exceeded_by"), ==, 100000);
  g_assert_cmpstr (json_object_get_string_member (detail, "stream_id"), ==, STREAM);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local/stream-limits/rules", test_rules);
  g_test_add_func ("/local/stream-limits/events", test_events);
  return g_test_run ();
}
