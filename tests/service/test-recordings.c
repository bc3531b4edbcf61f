/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Recordings: their events in any order and number, their documents late, wrong and malicious, and
 * what is shown of them. */

#include "config.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-recording-manifest.h"
#include "sc-recording-state.h"
#include "sc-stream-state.h"
#include "sc-time.h"
#include "sct-bucket.h"
#include "sct-service.h"

#include <string.h>

#define CHANNEL_ARN "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij"
#define BUCKET "r2s3-dev-channel-1-recordings"
#define PREFIX "ivs/v1/123456789012/AbCdef1G2hij/2026/10/24/12/26/j8Z9O91ndcVs"
#define SESSION "a6RfV23ES97iyfoQ"
#define DOCUMENT "/" BUCKET "/" PREFIX "/events/recording-ended.json"

#define RENDITION(width, height)                                                                   \
  "{\"path\":\"p\",\"playlist\":\"playlist.m3u8\",\"resolution_height\":" height                   \
  ",\"resolution_width\":" width "}"
#define MANIFEST(status, path, playlist, thumbnail)                                                \
  "{\"version\":\"v1\",\"channel_arn\":\"" CHANNEL_ARN "\",\"recording_status\":\"" status "\","   \
  "\"recording_started_at\":\"2026-10-24T12:26:32Z\","                                             \
  "\"recording_ended_at\":\"2026-10-24T12:39:07Z\",\"media\":{\"hls\":{\"path\":\"" path "\","     \
  "\"playlist\":\"" playlist                                                                       \
  "\",\"duration_ms\":754321,\"renditions\":[" RENDITION ("852", "480") "," RENDITION (            \
    "1280",                                                                                        \
    "720") "," RENDITION ("284", "160") "]},"                                                      \
                                        "\"thumbnails\":{\"path\":\"media/thumbnails\"}" thumbnail \
                                        "}}"
#define THUMBNAIL(path) ",\"latest_thumbnail\":{\"path\":\"" path "\"}"
#define GOOD                                                                                       \
  MANIFEST ("RECORDING_ENDED",                                                                     \
            "media/hls",                                                                           \
            "master.m3u8",                                                                         \
            THUMBNAIL ("media/latest_thumbnail/thumb.jpg"))

typedef struct {
  SctBucket *bucket;
  SctService *service;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->bucket = sct_bucket_new ();
  self->service = sct_service_new (sct_bucket_get_url (self->bucket));
  g_autofree char *token = sct_service_sign_up (self->service, "ada");
  sct_service_run (self->service, "UPDATE channels SET arn = '" CHANNEL_ARN "'");
  sct_bucket_put (self->bucket, DOCUMENT, 200, GOOD);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sct_service_free (self->service);
  sct_bucket_free (self->bucket);
}

static char *
make_event (const char *id, const char *status, const char *prefix, gint64 time)
{
  g_autofree char *text = sc_time_to_string (time);
  return g_strdup_printf (
    "{\"version\":\"0\",\"id\":\"%s\",\"source\":\"aws.ivs\","
    "\"detail-type\":\"IVS Recording State Change\",\"time\":\"%s\",\"region\":\"us-west-2\","
    "\"resources\":[\"" CHANNEL_ARN "\"],\"detail\":{\"channel_name\":\"x\","
    "\"stream_id\":\"st-1A2b3c\",\"recording_status\":\"%s\",\"recording_status_reason\":\"%s\","
    "\"recording_s3_bucket_name\":\"" BUCKET "\",\"recording_s3_key_prefix\":\"%s\","
    "\"recording_duration_ms\":0,\"recording_session_id\":\"" SESSION "\","
    "\"recording_session_stream_ids\":[\"st-1A2b3c\"]}}",
    id,
    text,
    status,
    g_str_has_suffix (status, "Failure") ? "ValidationException" : "",
    prefix);
}

static gboolean
apply_text (Fixture *self, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
  g_assert_nonnull (object);
  return sc_stream_state_apply (self->service->service, object, error);
}

static void
deliver (Fixture *self, const char *id, const char *status)
{
  g_autoptr (GError) error = NULL;
  const char *prefix = g_str_equal (status, "Recording Start Failure") ? "" : PREFIX;
  g_autofree char *text = make_event (id, status, prefix, self->service->now);
  apply_text (self, text, &error);
  g_assert_no_error (error);
}

static JsonArray *
list (Fixture *self, const char *target)
{
  g_autoptr (ScResponse) response = sct_service_call (self->service, "GET", target, NULL, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) object = sct_response_object (response);
  return json_array_ref (json_object_get_array_member (object, "recordings"));
}

/* Both lists show the recording, or both do not. */
static void
assert_shown (Fixture *self, gboolean shown)
{
  static const char *const targets[] = { "/v1/recordings", "/v1/channels/ada/recordings" };
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++) {
    g_autoptr (JsonArray) recordings = list (self, targets[i]);
    g_assert_cmpuint (json_array_get_length (recordings), ==, shown ? 1 : 0);
  }
}

static void
assert_failed (Fixture *self, const char *like)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT count(*) FROM recordings WHERE next_at IS NULL AND failure LIKE '%s'",
                     like);
  assert_shown (self, FALSE);
  g_assert_cmpint (sct_service_ask_number (self->service, sql), ==, 1);
}

static void
assert_member (JsonObject *object, const char *member, const char *value)
{
  g_assert_cmpstr (sc_json_get_string_or (object, member, NULL), ==, value);
}

static void
test_from_start_to_list (Fixture *self, gconstpointer data)
{
  deliver (self, "e1", "Recording Start");
  assert_shown (self, FALSE);
  g_assert_cmpuint (sct_bucket_count (self->bucket), ==, 0);
  sct_service_run (self->service, "UPDATE channels SET title = 'Something else'");
  deliver (self, "e2", "Recording End");
  assert_shown (self, TRUE);

  g_autoptr (JsonArray) recordings = list (self, "/v1/channels/ADA/recordings");
  JsonObject *recording = json_array_get_object_element (recordings, 0);
  g_autoptr (ScResponse) one =
    sct_service_call (self->service, "GET", "/v1/recordings/" SESSION, NULL, NULL);
  g_autoptr (JsonObject) answer = sct_response_object (one);
  g_autofree char *in_list = sc_json_to_string (recording);
  g_autofree char *alone = sc_json_to_string (json_object_get_object_member (answer, "recording"));
  g_assert_cmpstr (alone, ==, in_list);
  assert_member (recording, "id", SESSION);
  assert_member (recording, "channel", "ada");
  assert_member (recording, "title", "ada's live stream");
  assert_member (recording, "started_at", "2026-10-24T12:26:32.000Z");
  assert_member (recording, "playback_url", SCT_RECORDINGS_URL "/" PREFIX "/media/hls/master.m3u8");
  assert_member (recording,
                 "thumbnail_url",
                 SCT_RECORDINGS_URL "/" PREFIX "/media/latest_thumbnail/thumb.jpg");
  assert_member (recording, "thumbnails_url", SCT_RECORDINGS_URL "/" PREFIX "/media/thumbnails");
  g_assert_cmpint (json_object_get_int_member (recording, "duration_ms"), ==, 754321);
  g_assert_cmpint (json_object_get_int_member (recording, "width"), ==, 1280);
  g_assert_cmpint (json_object_get_int_member (recording, "height"), ==, 720);
}

static JsonObject *
get_live (Fixture *self)
{
  g_autoptr (ScResponse) response =
    sct_service_call (self->service, "GET", "/v1/channels?live=1", NULL, NULL);
  g_autoptr (JsonObject) answer = sct_response_object (response);
  JsonArray *channels = json_object_get_array_member (answer, "channels");
  g_assert_cmpuint (json_array_get_length (channels), ==, 1);
  return json_object_ref (json_array_get_object_element (channels, 0));
}

/* What a card shows of who is live: the newest picture, while there is a recording that runs, and
 * who watches. */
static void
test_live_picture (Fixture *self, gconstpointer data)
{
  sct_service_run (
    self->service,
    "INSERT INTO streams (id, user_id, started_at) SELECT 'st-1A2b3c', user_id, now()"
    " FROM channels");
  g_autoptr (JsonObject) before = get_live (self);
  assert_member (before, "thumbnail_url", NULL);
  g_assert_true (
    json_object_get_null_member (json_object_get_object_member (before, "stream"), "viewers"));

  deliver (self, "e1", "Recording Start");
  sct_service_run (self->service,
                   "INSERT INTO viewer_samples (stream_id, at, viewers) VALUES"
                   " ('st-1A2b3c', now() - interval '1 minute', 2), ('st-1A2b3c', now(), 7),"
                   " ('st-1A2b3c', now() + interval '1 minute', NULL)");
  g_autoptr (JsonObject) recorded = get_live (self);
  JsonObject *stream = json_object_get_object_member (recorded, "stream");
  assert_member (recorded,
                 "thumbnail_url",
                 SCT_RECORDINGS_URL "/" PREFIX "/media/latest_thumbnail/thumb.jpg");
  g_assert_cmpint (json_object_get_int_member (stream, "viewers"), ==, 7);

  deliver (self, "e2", "Recording End");
  g_autoptr (JsonObject) after = get_live (self);
  assert_member (after, "thumbnail_url", NULL);
}

static void
test_no_such_channel (Fixture *self, gconstpointer data)
{
  g_autoptr (ScResponse) response =
    sct_service_call (self->service, "GET", "/v1/channels/nobody/recordings", NULL, NULL);
  sct_assert_fault (response, 404, "no_such_channel", NULL);
}

typedef struct {
  const char *names[3];
  gboolean shown;
} Story;

/* Each story in a random order, each event once to three times, by the same or another id. */
static void
test_any_order (Fixture *self, gconstpointer data)
{
  static const Story stories[] = {
    { { "Recording Start", "Recording End", NULL }, TRUE },
    { { "Recording End", NULL }, TRUE },
    { { "Recording Start", "Recording End Failure", NULL }, FALSE },
    { { "Recording Start Failure", NULL }, FALSE },
    { { "Recording Start", "Recording End", "Recording End Failure" }, FALSE },
  };
  for (guint i = 0; i < 100; i++) {
    const Story *story = &stories[i % G_N_ELEMENTS (stories)];
    const char *deliveries[9];
    guint count = 0;
    sct_service_run (self->service,
                     "TRUNCATE recordings, recording_streams, recording_viewers,"
                     " stream_events");
    for (guint j = 0; j < G_N_ELEMENTS (story->names) && story->names[j]; j++)
      for (int copies = g_test_rand_int_range (1, 4); copies > 0; copies--)
        deliveries[count++] = story->names[j];
    for (guint j = count; j > 1; j--) {
      guint other = (guint) g_test_rand_int_range (0, (gint32) j);
      const char *swapped = deliveries[j - 1];
      deliveries[j - 1] = deliveries[other];
      deliveries[other] = swapped;
    }
    for (guint j = 0; j < count; j++) {
      gboolean again = g_test_rand_bit ();
      g_autofree char *id = again ? g_strdup (deliveries[j]) : g_uuid_string_random ();
      deliver (self, id, deliveries[j]);
    }
    assert_shown (self, story->shown);
    g_assert_cmpint (sct_service_ask_number (self->service, "SELECT count(*) FROM recordings"),
                     ==,
                     1);
  }
}

static void
test_delivered_again (Fixture *self, gconstpointer data)
{
  deliver (self, "e1", "Recording End");
  deliver (self, "e1", "Recording End");
  g_assert_cmpuint (sct_bucket_count (self->bucket), ==, 1);
  g_assert_cmpint (sct_service_ask_number (self->service, "SELECT count(*) FROM stream_events"),
                   ==,
                   1);
}

static void
test_not_ours (Fixture *self, gconstpointer data)
{
  sct_service_run (self->service, "UPDATE channels SET arn = 'arn:other'");
  deliver (self, "e1", "Recording End");
  g_assert_cmpuint (sct_bucket_count (self->bucket), ==, 0);
  g_assert_cmpint (sct_service_ask_number (self->service, "SELECT count(*) FROM recordings"),
                   ==,
                   0);
}

static void
test_failures_keep_their_reason (Fixture *self, gconstpointer data)
{
  deliver (self, "e1", "Recording Start Failure");
  assert_failed (self, "ValidationException");
}

static void
read_due (Fixture *self)
{
  sc_recording_state_read_due (self->service->service, NULL);
}

/* A document that is not there when the end is reported is read when it is. */
static void
test_late_document (Fixture *self, gconstpointer data)
{
  static const guint statuses[] = { 404, 403 };
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    sct_service_run (self->service,
                     "TRUNCATE recordings, recording_streams, recording_viewers,"
                     " stream_events");
    sct_bucket_put (self->bucket, DOCUMENT, statuses[i], NULL);
    deliver (self, "e1", "Recording End");
    guint asked = sct_bucket_count (self->bucket);
    read_due (self);
    g_assert_cmpuint (sct_bucket_count (self->bucket), ==, asked);
    sct_bucket_put (self->bucket, DOCUMENT, 200, GOOD);
    self->service->now += 21 * G_TIME_SPAN_SECOND;
    read_due (self);
    assert_shown (self, TRUE);
    g_assert_cmpuint (sct_bucket_count (self->bucket), ==, asked + 1);
  }
}

/* Whoever died between writing the end down and reading is replaced by tick. */
static void
test_reader_dies (Fixture *self, gconstpointer data)
{
  sct_bucket_put (self->bucket, DOCUMENT, 200, GOOD);
  sct_service_run (self->service,
                   "INSERT INTO recordings (id, user_id, title, bucket, prefix, ended_at, next_at)"
                   " SELECT '" SESSION "', user_id, title, '" BUCKET "', '" PREFIX "',"
                   " '2026-10-24Z', '2026-10-24Z' FROM channels");
  read_due (self);
  assert_shown (self, TRUE);
}

static void
test_tries_are_bounded (Fixture *self, gconstpointer data)
{
  sct_bucket_put (self->bucket, DOCUMENT, 404, NULL);
  deliver (self, "e1", "Recording End");
  for (guint hour = 0; hour < 100; hour++) {
    self->service->now += G_TIME_SPAN_HOUR + G_TIME_SPAN_SECOND;
    read_due (self);
  }
  g_assert_cmpuint (sct_bucket_count (self->bucket), >=, 24);
  g_assert_cmpuint (sct_bucket_count (self->bucket), <=, 50);
  assert_failed (self, "%GetObject%404%");
}

static const struct {
  const char *what;
  const char *document;
} bad_documents[] = {
  { "nothing", "" },
  { "no JSON", "<Error/>" },
  { "no object", "[]" },
  { "no media",
    "{\"recording_status\":\"RECORDING_ENDED\",\"recording_started_at\":"
    "\"2026-10-24T12:26:32Z\"}" },
  { "failed", MANIFEST ("RECORDING_ENDED_WITH_FAILURE", "media/hls", "master.m3u8", "") },
  { "started", MANIFEST ("RECORDING_STARTED", "media/hls", "master.m3u8", "") },
  { "folder above", MANIFEST ("RECORDING_ENDED", "../other", "master.m3u8", "") },
  { "file above", MANIFEST ("RECORDING_ENDED", "media/hls", "../../secret.m3u8", "") },
  { "inner dots", MANIFEST ("RECORDING_ENDED", "media/./hls", "master.m3u8", "") },
  { "from the root", MANIFEST ("RECORDING_ENDED", "/etc", "passwd", "") },
  { "another host", MANIFEST ("RECORDING_ENDED", "https://evil.example", "master.m3u8", "") },
  { "another host's file", MANIFEST ("RECORDING_ENDED", "media/hls", "//evil/master.m3u8", "") },
  { "escaped", MANIFEST ("RECORDING_ENDED", "media/%2e%2e", "master.m3u8", "") },
  { "backslash", MANIFEST ("RECORDING_ENDED", "media", "..\\\\master.m3u8", "") },
  { "query", MANIFEST ("RECORDING_ENDED", "media", "master.m3u8?x=y", "") },
  { "line break", MANIFEST ("RECORDING_ENDED", "media", "a\\nb", "") },
  { "no path", MANIFEST ("RECORDING_ENDED", "", "master.m3u8", "") },
  { "thumbnail above",
    MANIFEST ("RECORDING_ENDED", "media", "master.m3u8", THUMBNAIL ("../../thumb.jpg")) },
  { "thumbnail elsewhere",
    MANIFEST ("RECORDING_ENDED", "media", "master.m3u8", THUMBNAIL ("http://evil/thumb.jpg")) },
};

/* None is shown, and none is asked for again. */
static void
test_bad_documents (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_documents); i++) {
    g_test_message ("%s", bad_documents[i].what);
    sct_service_run (self->service,
                     "TRUNCATE recordings, recording_streams, recording_viewers,"
                     " stream_events");
    sct_bucket_put (self->bucket, DOCUMENT, 200, bad_documents[i].document);
    deliver (self, "e1", "Recording End");
    assert_failed (self, "%");
    guint asked = sct_bucket_count (self->bucket);
    self->service->now += G_TIME_SPAN_DAY;
    read_due (self);
    g_assert_cmpuint (sct_bucket_count (self->bucket), ==, asked);
  }
}

static gboolean
reads (const char *document, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (document, size);
  g_auto (ScRecordingMedia) media = { 0 };
  return sc_recording_manifest_read (bytes, &media, NULL);
}

/* Documents with a byte changed or gone: what is read has paths that stay below the recording. */
static void
test_mutated_documents (void)
{
  g_assert_true (reads (GOOD, strlen (GOOD)));
  for (guint i = 0; i < 20000; i++) {
    g_autoptr (GString) text = g_string_new (GOOD);
    for (int j = g_test_rand_int_range (1, 4); j > 0; j--) {
      gssize at = g_test_rand_int_range (0, (gint32) text->len);
      if (g_test_rand_bit ())
        g_string_erase (text, at, 1);
      g_string_insert_c (text, at, "./\\%:\"{}[],09ax\n"[g_test_rand_int_range (0, 16)]);
    }
    g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
    g_auto (ScRecordingMedia) media = { 0 };
    if (!sc_recording_manifest_read (bytes, &media, NULL))
      continue;
    g_autofree char *framed = g_strconcat ("/", media.playlist, "/", media.thumbnail, "/", NULL);
    g_assert_null (strstr (framed, "/../"));
    g_assert_null (strstr (framed, "//"));
    g_assert_null (strpbrk (framed, "\\%:?\n"));
  }
}

static void
test_very_long (void)
{
  g_autofree char *name = g_strnfill (5000, 'x');
  g_autofree char *document =
    g_strdup_printf (MANIFEST ("RECORDING_ENDED", "media", "%s", ""), name);
  g_assert_false (reads (document, strlen (document)));
  g_autofree char *huge = g_strnfill (SC_RECORDING_MANIFEST_MAX + 1, ' ');
  g_assert_false (reads (huge, strlen (huge)));
  g_assert_true (reads (MANIFEST ("RECORDING_ENDED", "m", "p", ""),
                        strlen (MANIFEST ("RECORDING_ENDED", "m", "p", ""))));
}

static void
test_bad_events (Fixture *self, gconstpointer data)
{
#define HEAD                                                                                       \
  "{\"detail-type\":\"IVS Recording State Change\",\"id\":\"e\",\"time\":\"2026-10-24T12:26:32Z\"" \
  ",\"resources\":[\"" CHANNEL_ARN "\"],\"detail\":{\"stream_id\":\"st-a\","
  static const char *const bad[] = {
    "{\"detail-type\":\"IVS Recording State Change\"}",
    HEAD "\"recording_status\":\"Recording End\"}}",
    HEAD "\"recording_status\":\"Recording End\",\"recording_session_id\":7}}",
    HEAD "\"recording_status\":\"Recording End\",\"recording_session_id\":\"a\","
         "\"recording_s3_bucket_name\":\"b\"}}",
  };
#undef HEAD
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (apply_text (self, bad[i], &error));
    g_assert_cmpuint (error->domain, ==, SC_DATA_ERROR);
  }
  deliver (self, "e", "Recording Something New");
  g_assert_cmpint (sct_service_ask_number (self->service, "SELECT count(*) FROM recordings"),
                   ==,
                   0);
}

static void
test_newest_first_and_bounded (Fixture *self, gconstpointer data)
{
  sct_service_run (self->service,
                   "INSERT INTO recordings (id, user_id, title, bucket, prefix, started_at,"
                   " duration_ms, playlist, width, height) SELECT 'r' || n, user_id, title, 'b',"
                   " 'p', '2026-10-01Z'::timestamptz + n * interval '1 hour', 1, 'm', 2, 2"
                   " FROM channels, generate_series(1, 60) n");
  g_autoptr (JsonArray) recordings = list (self, "/v1/recordings");
  g_assert_cmpuint (json_array_get_length (recordings), ==, 50);
  assert_member (json_array_get_object_element (recordings, 0), "id", "r60");
  assert_member (json_array_get_object_element (recordings, 49), "id", "r11");
  assert_member (json_array_get_object_element (recordings, 0), "thumbnail_url", NULL);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  add ("/service/recordings/from-start-to-list", test_from_start_to_list);
  add ("/service/recordings/live-picture", test_live_picture);
  add ("/service/recordings/no-such-channel", test_no_such_channel);
  add ("/service/recordings/any-order", test_any_order);
  add ("/service/recordings/delivered-again", test_delivered_again);
  add ("/service/recordings/not-ours", test_not_ours);
  add ("/service/recordings/failures-keep-their-reason", test_failures_keep_their_reason);
  add ("/service/recordings/late-document", test_late_document);
  add ("/service/recordings/reader-dies", test_reader_dies);
  add ("/service/recordings/tries-are-bounded", test_tries_are_bounded);
  add ("/service/recordings/bad-documents", test_bad_documents);
  g_test_add_func ("/service/recordings/mutated-documents", test_mutated_documents);
  g_test_add_func ("/service/recordings/very-long", test_very_long);
  add ("/service/recordings/bad-events", test_bad_events);
  add ("/service/recordings/newest-first-and-bounded", test_newest_first_and_bounded);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
