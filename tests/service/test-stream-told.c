/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What events of Amazon IVS mean to people: a channel's room hears of what its viewers see
 * differently, once, and whoever streams finds what went wrong. */

#include "config.h"

#include "sc-json.h"
#include "sc-reconcile.h"
#include "sc-stream-state.h"
#include "sc-time.h"
#include "sct-room.h"

#include <string.h>

#define CHANNEL_ARN "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij"
#define TOLD(...) ((const char *const[]) { __VA_ARGS__, NULL })
#define LIVE(id) "streamcat:CHANNEL {\"State\":\"live\",\"StreamId\":\"" id "\"}"
#define OFFLINE(id) "streamcat:CHANNEL {\"State\":\"offline\",\"StreamId\":\"" id "\"}"
#define CHANGED(id) "streamcat:CHANNEL {\"State\":\"changed\",\"StreamId\":\"" id "\"}"

static void
set_up (SctRoom *self, gconstpointer data)
{
  sct_room_set_up (self, data);
  sct_service_run (self->service, "UPDATE channels SET arn = '" CHANNEL_ARN "' WHERE name = 'ada'");
}

/* Delivers an event whose detail is @detail, under an id of its own or @id. */
static void
deliver (SctRoom *self, const char *id, const char *type, const char *resource, const char *detail)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own_id = g_uuid_string_random ();
  g_autofree char *time = sc_time_to_string (self->service->now);
  g_autofree char *text =
    g_strdup_printf ("{\"version\":\"0\",\"id\":\"%s\",\"detail-type\":\"%s\","
                     "\"source\":\"aws.ivs\",\"time\":\"%s\","
                     "\"resources\":[%s],\"detail\":{%s}}",
                     id ? id : own_id,
                     type,
                     time,
                     resource,
                     detail);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  sc_stream_state_apply (self->service->service, object, &error);
  g_assert_no_error (error);
}

static void
report (SctRoom *self, const char *id, const char *name, const char *stream)
{
  g_autofree char *detail =
    g_strdup_printf ("\"event_name\":\"%s\",\"stream_id\":\"%s\"", name, stream);
  gboolean is_health = g_str_has_prefix (name, "Starvation");
  deliver (self,
           id,
           is_health ? "IVS Stream Health Change" : "IVS Stream State Change",
           "\"" CHANNEL_ARN "\"",
           detail);
}

static void
test_told_once (SctRoom *self, gconstpointer data)
{
  report (self, NULL, "Session Created", "st-a");
  sct_room_assert_told (self, TOLD (NULL));
  report (self, "one", "Stream Start", "st-a");
  report (self, "one", "Stream Start", "st-a");
  report (self, NULL, "Stream Start", "st-a");
  sct_room_assert_told (self, TOLD (LIVE ("st-a")));
  report (self, NULL, "Starvation Start", "st-a");
  report (self, NULL, "Starvation Start", "st-a");
  sct_room_assert_told (self, TOLD (CHANGED ("st-a")));
  report (self, NULL, "Stream End", "st-a");
  report (self, NULL, "Session Ended", "st-a");
  report (self, NULL, "Starvation End", "st-a");
  sct_room_assert_told (self, TOLD (OFFLINE ("st-a")));
  sct_room_tick (self);
  sct_room_assert_told (self, TOLD (NULL));
}

/* What comes late about a stream that is over is no news to whoever watches the next one. */
static void
test_late_is_no_news (SctRoom *self, gconstpointer data)
{
  report (self, NULL, "Stream Start", "st-a");
  self->service->now += G_TIME_SPAN_MINUTE;
  report (self, NULL, "Stream Start", "st-b");
  sct_room_assert_told (self, TOLD (LIVE ("st-a"), LIVE ("st-b")));
  report (self, NULL, "Stream End", "st-a");
  report (self, NULL, "Starvation Start", "st-a");
  sct_room_assert_told (self, TOLD (NULL));
}

static void
test_titles (SctRoom *self, gconstpointer data)
{
  static const char *const bodies[] = { "{\"title\":\"Cats\"}", "{\"title\":\" Cats \"}" };
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (JsonObject) answer =
      sct_room_ask (self, "PATCH", "/v1/me/channel", self->ada, bodies[i], 200);
  }
  sct_room_assert_told (self, TOLD ("streamcat:CHANNEL {\"State\":\"changed\"}"));
  g_autoptr (JsonObject) other =
    sct_room_ask (self, "PATCH", "/v1/me/channel", self->bob, "{\"title\":\"Dogs\"}", 200);
  sct_room_assert_told (self, TOLD (NULL));
}

/* The reconciler finds a stream that nobody reported to be over, and tells. */
static void
test_found_out (SctRoom *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  report (self, NULL, "Stream Start", "st-a");
  self->service->now += G_TIME_SPAN_MINUTE;
  sc_reconcile_run (self->service->service, &error);
  g_assert_no_error (error);
  sct_room_assert_told (self, TOLD (LIVE ("st-a"), OFFLINE ("st-a")));
}

/* Whether the call had its effect or not, it is not made twice; and what is written down stays. */
static void
test_faults (SctRoom *self, gconstpointer data)
{
  static const char *const faults[] = { "throttle", "fail_before", "fail_after", "denied" };
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *stream = g_strdup_printf ("st-%u", i);
    sct_control_order (self->control, "SendEvent", faults[i], 1);
    report (self, NULL, "Stream Start", stream);
    report (self, NULL, "Stream End", stream);
    g_autofree char *told = sct_control_take_told (self->control);
    g_autofree char *end =
      g_strdup_printf ("streamcat:CHANNEL {\"State\":\"offline\",\"StreamId\":\"%s\"}\n", stream);
    g_assert_true (g_str_has_suffix (told, end));
    self->service->now += G_TIME_SPAN_MINUTE;
    sct_control_forget (self->control);
    sct_room_tick (self);
    sct_room_assert_told (self, TOLD (NULL));
  }
  g_assert_cmpint (sct_service_ask_number (self->service, "SELECT count(*) FROM streams"), ==, 4);
  g_assert_cmpint (sct_service_ask_number (self->service, "SELECT count(*) FROM room_calls"),
                   ==,
                   0);
}

/* Where who took note of an event is gone before the room was told, tick tells it. */
static void
test_tick_tells (SctRoom *self, gconstpointer data)
{
  sct_service_run (
    self->service,
    "INSERT INTO room_calls (id, user_id, kind, argument, attributes, next_at, until)"
    " SELECT gen_random_uuid(), user_id, 'event', 'streamcat:CHANNEL',"
    " '{\"State\":\"live\",\"StreamId\":\"st-a\"}', '2026-10-01Z', '2027-01-01Z'"
    " FROM channels WHERE name = 'ada'");
  sct_room_tick (self);
  sct_room_tick (self);
  sct_room_assert_told (self, TOLD (LIVE ("st-a")));
}

static JsonArray *
list_events (SctRoom *self, const char *token, const char *query)
{
  g_autofree char *target = g_strconcat ("/v1/me/channel/events", query, NULL);
  g_autoptr (JsonObject) answer = sct_room_ask (self, "GET", target, token, NULL, 200);
  return json_array_ref (json_object_get_array_member (answer, "events"));
}

static void
assert_event (JsonArray *events, guint i, const char *kind, const char *stream, const char *reason)
{
  JsonObject *event = json_array_get_object_element (events, i);
  g_assert_cmpstr (json_object_get_string_member (event, "kind"), ==, kind);
  g_assert_cmpstr (sc_json_get_string_or (event, "stream_id", NULL), ==, stream);
  g_assert_cmpstr (sc_json_get_string_or (event, "reason", NULL), ==, reason);
}

#define LIMIT(name, value, by, unit)                                                               \
  "\"limit_name\":\"" name "\",\"limit_value\":" value ",\"exceeded_by\":" by                      \
  ",\"limit_unit\":\"" unit "\""
#define OF_STREAM ",\"channel_name\":\"x\",\"stream_id\":\"st-a\""

static void
deliver_limits (SctRoom *self)
{
  const char *channel = "\"" CHANNEL_ARN "\"";
  const char *rate = LIMIT ("Ingest Bitrate", "8500000", "300", "bits per second") OF_STREAM;
  const char *size = LIMIT ("Ingest Resolution", "426600", "495000", "total pixels") OF_STREAM;
  const char *all = LIMIT ("Concurrent Broadcasts", "100", "1", "active streams");
  deliver (self, "rate", "IVS Limit Breach", channel, rate);
  deliver (self, "rate", "IVS Limit Breach", channel, rate);
  self->service->now += G_USEC_PER_SEC;
  deliver (self, "size", "IVS Limit Breach", channel, size);
  deliver (self, "all", "IVS Limit Breach", "", all);
  deliver (self, "alien", "IVS Limit Breach", "\"arn:other\"", rate);
}

static void
test_limits (SctRoom *self, gconstpointer data)
{
  deliver_limits (self);
  g_autoptr (JsonArray) events = list_events (self, self->ada, "");
  g_assert_cmpuint (json_array_get_length (events), ==, 2);
  assert_event (events, 0, "limit_breach", "st-a", NULL);
  JsonObject *limit =
    json_object_get_object_member (json_array_get_object_element (events, 1), "limit");
  g_assert_cmpstr (json_object_get_string_member (limit, "name"), ==, "Ingest Bitrate");
  g_assert_cmpstr (json_object_get_string_member (limit, "unit"), ==, "bits per second");
  g_assert_cmpint (json_object_get_int_member (limit, "value"), ==, 8500000);
  g_assert_cmpint (json_object_get_int_member (limit, "exceeded_by"), ==, 300);
  g_autoptr (JsonArray) none = list_events (self, self->bob, "");
  g_assert_cmpuint (json_array_get_length (none), ==, 0);
  g_assert_cmpint (sct_service_ask_number (self->service,
                                           "SELECT count(*) FROM stream_reports"
                                           " WHERE user_id IS NULL"),
                   ==,
                   1);
}

#define RECORDING(status, reason)                                                                  \
  "\"channel_name\":\"x\",\"stream_id\":\"st-b\",\"recording_status\":\"" status                   \
  "\",\"recording_status_reason\":\"" reason                                                       \
  "\",\"recording_s3_bucket_name\":\"bucket\",\"recording_s3_key_prefix\":\"\","                   \
  "\"recording_duration_ms\":0,\"recording_session_id\":\"r1\""

static void
test_failures (SctRoom *self, gconstpointer data)
{
  const char *channel = "\"" CHANNEL_ARN "\"";
  report (self, NULL, "Starvation Start", "st-a"); /* of which nothing else is known */
  self->service->now += G_USEC_PER_SEC;
  report (self, "fed", "Starvation End", "st-a");
  report (self, "fed", "Starvation End", "st-a");
  self->service->now += G_USEC_PER_SEC;
  deliver (self,
           NULL,
           "IVS Stream State Change",
           channel,
           "\"event_name\":\"Stream Failure\",\"stream_id\":\"st-a\",\"reason\":\"No capacity.\"");
  self->service->now += G_USEC_PER_SEC;
  deliver (self,
           NULL,
           "IVS Stream State Change",
           channel,
           "\"event_name\":\"Session Ended\",\"stream_id\":\"st-a\",\"code\":\"NotAllowed\"");
  self->service->now += G_USEC_PER_SEC;
  deliver (self,
           NULL,
           "IVS Stream State Change",
           channel,
           "\"event_name\":\"Stream Takeover Failure\",\"stream_id\":\"st-c\",\"code\":\"Limit\"");
  self->service->now += G_USEC_PER_SEC;
  deliver (self,
           NULL,
           "IVS Recording State Change",
           channel,
           RECORDING ("Recording Start Failure", "ValidationException"));
  report (self, NULL, "Session Ended", "st-b");

  g_autoptr (JsonArray) events = list_events (self, self->ada, "");
  g_assert_cmpuint (json_array_get_length (events), ==, 6);
  assert_event (events, 0, "recording_failure", "st-b", "ValidationException");
  assert_event (events, 1, "takeover_failure", "st-c", "Limit");
  assert_event (events, 2, "stream_failure", "st-a", "NotAllowed");
  assert_event (events, 3, "stream_failure", "st-a", "No capacity.");
  assert_event (events, 4, "starvation_end", "st-a", NULL);
  assert_event (events, 5, "starvation_start", "st-a", NULL);
  g_autoptr (JsonArray) of_one = list_events (self, self->ada, "?stream_id=st-a");
  g_assert_cmpuint (json_array_get_length (of_one), ==, 4);
  g_assert_cmpint (sct_service_ask_number (self->service,
                                           "SELECT count(*) FROM streams WHERE id = 'st-c'"),
                   ==,
                   0);
}

static void
add (const char *path, void (*test) (SctRoom *self, gconstpointer data))
{
  g_autofree char *whole = g_strconcat ("/service/stream-told/", path, NULL);
  g_test_add (whole, SctRoom, NULL, set_up, test, sct_room_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  add ("told-once", test_told_once);
  add ("late-is-no-news", test_late_is_no_news);
  add ("titles", test_titles);
  add ("found-out", test_found_out);
  add ("faults", test_faults);
  add ("tick-tells", test_tick_tells);
  add ("limits", test_limits);
  add ("failures", test_failures);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
