/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Events of streams: lost, doubled, late and out of order, against what really happened. */

#include "config.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-stream-state.h"
#include "sc-stream-store.h"
#include "sc-time.h"
#include "sct-service.h"

#include <string.h>

#define CHANNEL_ARN "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij"

/* The most that a schedule delivers: three streams of four events, some of them twice. */
#define MAX_STREAMS 3
#define MAX_DELIVERIES 24

static const char *const names[] = { "Session Created",
                                     "Stream Start",
                                     "Stream End",
                                     "Session Ended" };

static char *
make_event (const char *id, const char *name, const char *stream, gint64 time)
{
  g_autofree char *text = sc_time_to_string (time);
  return g_strdup_printf ("{\"version\":\"0\",\"id\":\"%s\",\"source\":\"aws.ivs\","
                          "\"detail-type\":\"IVS Stream %s Change\",\"time\":\"%s\","
                          "\"region\":\"us-west-2\",\"resources\":[\"" CHANNEL_ARN "\"],"
                          "\"detail\":{\"event_name\":\"%s\",\"channel_name\":\"x\","
                          "\"stream_id\":\"%s\"}}",
                          id,
                          g_str_has_prefix (name, "Starvation") ? "Health" : "State",
                          text,
                          name,
                          stream);
}

static gboolean
apply_text (SctService *self, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
  g_assert_nonnull (object);
  return sc_stream_state_apply (self->service, object, error);
}

static void
deliver (SctService *self, const char *name, const char *stream, gint64 time)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *text = make_event (id, name, stream, time);
  g_assert_true (apply_text (self, text, &error));
  g_assert_no_error (error);
}

static SctService *
make_service_with_channel (void)
{
  SctService *self = sct_service_new (NULL);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  sct_service_run (self, "UPDATE channels SET arn = '" CHANNEL_ARN "'");
  return self;
}

static JsonObject *
get_channel (SctService *self)
{
  g_autoptr (ScResponse) response = sct_service_call (self, "GET", "/v1/channels/ada", NULL, NULL);
  g_autoptr (JsonObject) object = sct_response_object (response);
  return json_object_ref (json_object_get_object_member (object, "channel"));
}

/* The public channel and the list of live ones never disagree. */
static void
assert_live (SctService *self, const char *stream)
{
  g_autoptr (JsonObject) channel = get_channel (self);
  g_assert_cmpint (json_object_get_boolean_member (channel, "live"), ==, stream != NULL);
  g_autoptr (ScResponse) response =
    sct_service_call (self, "GET", "/v1/channels?live=1", NULL, NULL);
  g_autoptr (JsonObject) object = sct_response_object (response);
  JsonArray *channels = json_object_get_array_member (object, "channels");
  g_assert_cmpuint (json_array_get_length (channels), ==, stream ? 1 : 0);
  if (!stream)
    return;
  JsonObject *shown = json_object_get_object_member (channel, "stream");
  g_assert_cmpstr (json_object_get_string_member (shown, "id"), ==, stream);
}

static void
test_one_stream (void)
{
  g_autoptr (SctService) self = make_service_with_channel ();
  gint64 t = self->now;
  assert_live (self, NULL);
  deliver (self, "Session Created", "st-a", t);
  assert_live (self, NULL);
  deliver (self, "Stream Start", "st-a", t + 7 * G_USEC_PER_SEC);
  assert_live (self, "st-a");
  deliver (self, "Starvation Start", "st-a", t + 8 * G_USEC_PER_SEC);
  assert_live (self, "st-a");
  deliver (self, "Stream End", "st-a", t + 60 * G_USEC_PER_SEC);
  assert_live (self, NULL);

  g_autoptr (JsonObject) channel = get_channel (self);
  JsonObject *stream = json_object_get_object_member (channel, "stream");
  g_assert_cmpstr (json_object_get_string_member (stream, "started_at"),
                   ==,
                   "2026-10-24T12:26:39.000Z");
  g_assert_cmpstr (json_object_get_string_member (stream, "ended_at"),
                   ==,
                   "2026-10-24T12:27:32.000Z");
}

static void
assert_health (SctService *self, const char *health)
{
  g_autoptr (JsonObject) channel = get_channel (self);
  JsonObject *stream = json_object_get_object_member (channel, "stream");
  g_assert_cmpstr (json_object_get_string_member (stream, "health"), ==, health);
}

/* The newest word counts, in whatever order the words come. */
static void
test_health (void)
{
  g_autoptr (SctService) self = make_service_with_channel ();
  gint64 t = self->now;
  deliver (self, "Starvation Start", "st-a", t + G_USEC_PER_SEC); /* of a stream nobody knows */
  deliver (self, "Stream Start", "st-a", t);
  assert_live (self, "st-a");
  assert_health (self, "healthy");
  deliver (self, "Starvation End", "st-a", t + 30 * G_USEC_PER_SEC);
  deliver (self, "Starvation Start", "st-a", t + 20 * G_USEC_PER_SEC);
  assert_health (self, "healthy");
  deliver (self, "Starvation Start", "st-a", t + 40 * G_USEC_PER_SEC);
  assert_health (self, "starving");
  deliver (self, "Starvation End", "st-a", t + 30 * G_USEC_PER_SEC);
  assert_health (self, "starving");
  deliver (self, "Stream Start", "st-b", t + 50 * G_USEC_PER_SEC);
  assert_health (self, "healthy");
}

static void
test_an_end_is_final (void)
{
  g_autoptr (SctService) self = make_service_with_channel ();
  deliver (self, "Stream End", "st-a", self->now + 60 * G_USEC_PER_SEC);
  deliver (self, "Stream Start", "st-a", self->now);
  assert_live (self, NULL);
  deliver (self, "Stream Start", "st-b", self->now + 70 * G_USEC_PER_SEC);
  assert_live (self, "st-b");
  deliver (self, "Session Ended", "st-a", self->now + 61 * G_USEC_PER_SEC);
  assert_live (self, "st-b");
}

static void
test_a_new_stream_supersedes (void)
{
  g_autoptr (SctService) self = make_service_with_channel ();
  deliver (self, "Stream Start", "st-b", self->now);
  deliver (self, "Stream Start", "st-a", self->now + 60 * G_USEC_PER_SEC);
  assert_live (self, "st-a");
  deliver (self, "Stream Failure", "st-a", self->now + 90 * G_USEC_PER_SEC);
  assert_live (self, NULL);
}

/* Two that begin in the same second, as EventBridge's times go: the one that is not over is on. */
static void
test_the_same_second (void)
{
  static const char *const orders[][2] = { { "st-a", "st-b" }, { "st-b", "st-a" } };
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_autoptr (SctService) self = make_service_with_channel ();
    deliver (self, "Stream End", orders[i][0], self->now);
    deliver (self, "Stream Start", orders[i][1], self->now);
    assert_live (self, orders[i][1]);
  }
}

typedef struct {
  SctService *service;
  const char *text;
} Delivery;

static gpointer
deliver_in_thread (gpointer data)
{
  Delivery *delivery = data;
  g_autoptr (GError) error = NULL;
  g_assert_true (apply_text (delivery->service, delivery->text, &error));
  g_assert_no_error (error);
  return NULL;
}

static void
test_delivered_at_once (void)
{
  g_autoptr (SctService) self = make_service_with_channel ();
  g_autofree char *text = make_event ("e1", "Stream Start", "st-a", self->now);
  Delivery delivery = { self, text };
  GThread *threads[6];
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("deliver", deliver_in_thread, &delivery);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM stream_events"), ==, 1);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM streams"), ==, 1);
  assert_live (self, "st-a");
}

static void
test_not_ours (void)
{
  g_autoptr (SctService) self = make_service_with_channel ();
  sct_service_run (self, "UPDATE channels SET arn = 'arn:other'");
  deliver (self, "Stream Start", "st-a", self->now);
  assert_live (self, NULL);
}

static void
test_bad_events (void)
{
  g_autoptr (SctService) self = make_service_with_channel ();
#define HEAD "{\"detail-type\":\"IVS Stream State Change\""
  static const char *const bad[] = {
    HEAD "}",
    HEAD
    ",\"id\":\"e\",\"time\":\"2026-10-24T12:26:32Z\",\"resources\":[],\"detail\":{\"event_name\":"
    "\"Stream Start\",\"stream_id\":\"st-a\"}}",
    HEAD
    ",\"id\":\"e\",\"time\":\"2026-10-24T12:26:32Z\",\"resources\":[1],\"detail\":{\"event_name\":"
    "\"Stream Start\",\"stream_id\":\"st-a\"}}",
    HEAD ",\"id\":\"e\",\"time\":\"now\",\"resources\":[\"" CHANNEL_ARN "\"],\"detail\":"
         "{\"event_name\":\"Stream Start\",\"stream_id\":\"st-a\"}}",
    HEAD ",\"id\":\"e\",\"time\":\"2026-10-24T12:26:32Z\",\"resources\":[\"" CHANNEL_ARN
         "\"],\"detail\":{\"event_name\":\"Stream Start\"}}",
    HEAD ",\"id\":7,\"time\":\"2026-10-24T12:26:32Z\",\"resources\":[\"" CHANNEL_ARN
         "\"],\"detail\":{\"event_name\":\"Stream Start\",\"stream_id\":\"st-a\"}}",
  };
#undef HEAD
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (apply_text (self, bad[i], &error));
    g_assert_cmpuint (error->domain, ==, SC_DATA_ERROR);
  }
  g_autoptr (GError) error = NULL;
  g_assert_true (apply_text (self, "{\"detail-type\":\"IVS Stage Update\"}", &error));
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM stream_events"), ==, 0);
}

/* What really happened on a channel: streams one after the other, the last perhaps still on. */
typedef struct {
  guint n_streams;
  char *streams[MAX_STREAMS];
  gint64 times[MAX_STREAMS][4];
  gboolean last_is_live;
} History;

static void
make_history (History *history, GRand *rand, guint number, gint64 start)
{
  gint64 time = start;
  history->n_streams = (guint) g_rand_int_range (rand, 1, MAX_STREAMS + 1);
  history->last_is_live = g_rand_boolean (rand);
  for (guint i = 0; i < history->n_streams; i++) {
    history->streams[i] = g_strdup_printf ("st-%u-%04x", number, g_rand_int (rand) & 0xffff);
    for (guint j = 0; j < G_N_ELEMENTS (names); j++) {
      time += g_rand_int_range (rand, 1, 6 * 3600) * G_TIME_SPAN_SECOND;
      history->times[i][j] = time;
    }
  }
}

static void
clear_history (History *history)
{
  for (guint i = 0; i < history->n_streams; i++)
    g_free (history->streams[i]);
}

static gboolean
is_on (const History *history, guint stream)
{
  return history->last_is_live && stream == history->n_streams - 1;
}

/* The events that this history sends, each once. */
static GPtrArray *
list_events (const History *history)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < history->n_streams; i++) {
    for (guint j = 0; j < (is_on (history, i) ? 2 : G_N_ELEMENTS (names)); j++) {
      g_autofree char *id = g_strdup_printf ("%s-%u", history->streams[i], j);
      g_ptr_array_add (events,
                       make_event (id, names[j], history->streams[i], history->times[i][j]));
    }
  }
  return events;
}

/* Loses some, doubles some, shuffles all. Returns how many deliveries there are. */
static guint
make_schedule (GPtrArray *events, GRand *rand, gboolean may_lose, const char **deliveries)
{
  guint count = 0, lost = 0;
  for (guint i = 0; i < events->len; i++) {
    gboolean loses = may_lose && lost < 2 && g_rand_int_range (rand, 0, 4) == 0;
    lost += loses;
    guint copies = loses ? 0 : (guint) g_rand_int_range (rand, 1, 3);
    for (guint j = 0; j < copies && count < MAX_DELIVERIES; j++)
      deliveries[count++] = events->pdata[i];
  }
  for (guint i = count; i > 1; i--) {
    guint other = (guint) g_rand_int_range (rand, 0, (gint32) i);
    const char *swapped = deliveries[i - 1];
    deliveries[i - 1] = deliveries[other];
    deliveries[other] = swapped;
  }
  return count;
}

/* What the reconciler does, with the history in the place of Amazon IVS. */
static void
reconcile (SctService *self, const History *history)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  g_autoptr (GPtrArray) taken_for_live = sc_stream_store_list_live (connection, &error);
  g_assert_no_error (error);
  guint last = history->n_streams - 1;
  const char *live = history->last_is_live ? history->streams[last] : NULL;
  for (guint i = 0; i < taken_for_live->len; i++) {
    ScLiveStream *stream = g_ptr_array_index (taken_for_live, i);
    if (g_strcmp0 (stream->stream_id, live) != 0)
      sc_stream_store_saw_gone (connection, stream->stream_id, self->now, &error);
  }
  if (live)
    sc_stream_store_saw_live (connection, CHANNEL_ARN, live, history->times[last][1], &error);
  g_assert_no_error (error);
}

static void
assert_as_it_was (SctService *self, const History *history)
{
  guint last = history->n_streams - 1;
  assert_live (self, history->last_is_live ? history->streams[last] : NULL);
}

/* The channel is the same one each time: what an earlier schedule left is history. */
static void
run_schedules (guint count, gboolean may_lose)
{
  g_autoptr (SctService) self = make_service_with_channel ();
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  for (guint i = 0; i < count; i++) {
    History history;
    const char *deliveries[MAX_DELIVERIES];
    sct_service_run (self, "TRUNCATE streams, stream_events CASCADE");
    make_history (&history, rand, i, self->now - 10 * G_TIME_SPAN_DAY);
    g_autoptr (GPtrArray) events = list_events (&history);
    guint n_deliveries = make_schedule (events, rand, may_lose, deliveries);
    for (guint j = 0; j < n_deliveries; j++)
      g_assert_true (apply_text (self, deliveries[j], NULL));
    if (may_lose)
      reconcile (self, &history);
    assert_as_it_was (self, &history);
    clear_history (&history);
  }
}

static guint
count_schedules (void)
{
  return g_test_slow () ? 5000 : 60;
}

static void
test_any_order (void)
{
  run_schedules (count_schedules (), FALSE);
}

static void
test_lost_events (void)
{
  run_schedules (count_schedules (), TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/stream-state/one-stream", test_one_stream);
  g_test_add_func ("/service/stream-state/health", test_health);
  g_test_add_func ("/service/stream-state/an-end-is-final", test_an_end_is_final);
  g_test_add_func ("/service/stream-state/a-new-stream-supersedes", test_a_new_stream_supersedes);
  g_test_add_func ("/service/stream-state/the-same-second", test_the_same_second);
  g_test_add_func ("/service/stream-state/delivered-at-once", test_delivered_at_once);
  g_test_add_func ("/service/stream-state/not-ours", test_not_ours);
  g_test_add_func ("/service/stream-state/bad-events", test_bad_events);
  g_test_add_func ("/service/stream-state/any-order", test_any_order);
  g_test_add_func ("/service/stream-state/lost-events", test_lost_events);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
