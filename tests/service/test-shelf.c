/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What streamers make of their recordings, and who sees what of it. */

#include "config.h"

#include "sc-json.h"
#include "sc-recording-state.h"
#include "sc-tick.h"
#include "sct-service.h"

#include <string.h>

#define ONE "7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11"
#define TWO "7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e12"
#define RECORDING "/v1/me/recordings/r1"

typedef struct {
  SctService *service;
  char *ada;
  char *bob;
} Fixture;

static void
record (Fixture *self, const char *id, const char *started_at)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO recordings (id, user_id, title, bucket, prefix, ended_at, started_at, duration_ms,"
    " playlist, width, height) SELECT '%s', user_id, 'Notes', 'b', 'p', now(), '%s', 60000, 'm',"
    " 2, 2 FROM channels WHERE name = 'ada'",
    id,
    started_at);
  sct_service_run (self->service, sql);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->service = sct_service_new (NULL);
  self->ada = sct_service_sign_up (self->service, "ada");
  self->bob = sct_service_sign_up (self->service, "bob");
  sct_service_run (self->service, "UPDATE channels SET arn = 'arn:' || name");
  record (self, "r1", "2026-10-24T12:00:00Z");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sct_service_free (self->service);
  g_free (self->ada);
  g_free (self->bob);
}

static ScResponse *
call (Fixture *self, const char *method, const char *target, const char *token, const char *body)
{
  return sct_service_call (self->service, method, target, token, body);
}

static void
assert_status (Fixture *self,
               const char *method,
               const char *target,
               const char *token,
               const char *body,
               guint status)
{
  g_autoptr (ScResponse) response = call (self, method, target, token, body);
  g_test_message ("%s %s: %u", method, target, response->status);
  g_assert_cmpuint (response->status, ==, status);
}

static JsonArray *
list (Fixture *self, const char *target, const char *token)
{
  g_autoptr (ScResponse) response = call (self, "GET", target, token, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) object = sct_response_object (response);
  return json_array_ref (json_object_get_array_member (object, "recordings"));
}

static guint
count (Fixture *self, const char *target, const char *token)
{
  g_autoptr (JsonArray) recordings = list (self, target, token);
  return json_array_get_length (recordings);
}

static JsonObject *
get_own (Fixture *self)
{
  g_autoptr (JsonArray) recordings = list (self, "/v1/me/recordings", self->ada);
  g_assert_cmpuint (json_array_get_length (recordings), ==, 1);
  return json_object_ref (json_array_get_object_element (recordings, 0));
}

static gint64
get_views (Fixture *self)
{
  g_autoptr (JsonObject) recording = get_own (self);
  return json_object_get_int_member (recording, "views");
}

/* Who sees the recording: everybody, its streamer alone, or nobody. */
static void
assert_seen (Fixture *self, gboolean by_others, gboolean by_streamer)
{
  static const char *const lists[] = { "/v1/recordings", "/v1/channels/ada/recordings" };
  static const char chat[] = "/v1/recordings/r1/chat", view[] = "/v1/recordings/r1/view";
  static const char chapters[] = "/v1/recordings/r1/chapters";
  static const char session[] = "{\"session\":\"" ONE "\"}";
  const char *tokens[] = { NULL, self->bob, self->ada };
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++) {
    gboolean seen = tokens[i] == self->ada ? by_streamer : by_others;
    for (guint j = 0; j < G_N_ELEMENTS (lists); j++)
      g_assert_cmpuint (count (self, lists[j], tokens[i]), ==, by_others ? 1 : 0);
    assert_status (self, "GET", "/v1/recordings/r1", tokens[i], NULL, seen ? 200 : 404);
    assert_status (self, "GET", chapters, tokens[i], NULL, seen ? 200 : 404);
    assert_status (self, "GET", chat, tokens[i], NULL, seen ? 200 : 404);
    assert_status (self, "PUT", view, tokens[i], session, seen ? 204 : 404);
  }
  g_assert_cmpuint (count (self, "/v1/me/recordings", self->ada), ==, by_streamer ? 1 : 0);
  g_assert_cmpuint (count (self, "/v1/me/recordings", self->bob), ==, 0);
}

static void
test_hidden (Fixture *self, gconstpointer data)
{
  assert_seen (self, TRUE, TRUE);
  assert_status (self, "PATCH", RECORDING, self->ada, "{\"hidden\":true}", 200);
  assert_seen (self, FALSE, TRUE);
  assert_status (self, "PATCH", RECORDING, self->ada, "{\"title\":\"x\"}", 200);
  assert_seen (self, FALSE, TRUE);
  assert_status (self, "PATCH", RECORDING, self->ada, "{\"hidden\":false}", 200);
  assert_seen (self, TRUE, TRUE);
}

static void
test_of_others (Fixture *self, gconstpointer data)
{
  assert_status (self, "PATCH", RECORDING, self->bob, "{\"title\":\"Bob's\"}", 404);
  assert_status (self, "DELETE", RECORDING, self->bob, NULL, 404);
  g_autoptr (JsonObject) recording = get_own (self);
  g_assert_cmpstr (json_object_get_string_member (recording, "title"), ==, "Notes");
  assert_seen (self, TRUE, TRUE);
}

static void
test_words (Fixture *self, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (60, 'x');
  g_autofree char *fits = g_strdup_printf ("{\"category\":\"%s\"}", longest);
  g_autofree char *too_long = g_strdup_printf ("{\"category\":\"%sx\"}", longest);
  g_autoptr (ScResponse) response =
    call (self, "PATCH", RECORDING, self->ada, "{\"title\":\" New \",\"category\":\"Music \"}");
  g_autoptr (JsonObject) object = sct_response_object (response);
  JsonObject *recording = json_object_get_object_member (object, "recording");
  g_assert_cmpstr (json_object_get_string_member (recording, "title"), ==, "New");
  g_assert_cmpstr (json_object_get_string_member (recording, "category"), ==, "Music");
  g_assert_false (json_object_get_boolean_member (recording, "hidden"));
  assert_status (self, "PATCH", RECORDING, self->ada, fits, 200);
  assert_status (self, "PATCH", RECORDING, self->ada, "{\"category\":\"\"}", 200);
  assert_status (self, "PATCH", RECORDING, self->ada, "{}", 200);
  assert_status (self, "PATCH", RECORDING, self->ada, too_long, 400);
  assert_status (self, "PATCH", RECORDING, self->ada, "{\"category\":\"a\\nb\"}", 400);
  assert_status (self, "PATCH", RECORDING, self->ada, "{\"title\":\"\"}", 400);
  assert_status (self, "PATCH", RECORDING, self->ada, "{\"views\":7}", 400);
  g_autoptr (JsonObject) own = get_own (self);
  g_assert_cmpstr (json_object_get_string_member (own, "title"), ==, "New");
}

static void
watch (Fixture *self, const char *session, const char *token)
{
  g_autofree char *body = g_strdup_printf ("{\"session\":\"%s\"}", session);
  assert_status (self, "PUT", "/v1/recordings/r1/view", token, body, 204);
}

/* A session counts once; the streamer's not at all. */
static void
test_views (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    watch (self, ONE, NULL);
  g_assert_cmpint (get_views (self), ==, 1);
  watch (self, TWO, self->bob);
  g_assert_cmpint (get_views (self), ==, 2);
  g_autofree char *own = g_uuid_string_random ();
  watch (self, own, self->ada);
  g_assert_cmpint (get_views (self), ==, 2);
  assert_status (self, "PUT", "/v1/recordings/r1/view", NULL, "{\"session\":\"me\"}", 400);
  g_autoptr (JsonArray) shown = list (self, "/v1/recordings", NULL);
  JsonObject *recording = json_array_get_object_element (shown, 0);
  g_assert_false (json_object_has_member (recording, "views"));
  g_assert_false (json_object_has_member (recording, "hidden"));
}

/* After a day nobody knows the session any more. */
static void
test_sessions_are_forgotten (Fixture *self, gconstpointer data)
{
  watch (self, ONE, NULL);
  self->service->now += G_TIME_SPAN_DAY + G_TIME_SPAN_SECOND;
  sc_tick_run (self->service->service, NULL);
  g_assert_cmpint (sct_service_ask_number (self->service, "SELECT count(*) FROM recording_viewers"),
                   ==,
                   0);
  watch (self, ONE, NULL);
  g_assert_cmpint (get_views (self), ==, 2);
}

/* Whoever makes up sessions gets as many views from one network as two school classes. */
static void
test_views_of_a_network (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 70; i++) {
    g_autofree char *session = g_uuid_string_random ();
    g_autofree char *text = g_strdup_printf ("{\"session\":\"%s\"}", session);
    g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
    const ScRequest request = { .method = "PUT",
                                .path = "/v1/recordings/r1/view",
                                .address = "192.0.2.7",
                                .body = body };
    g_autoptr (ScResponse) response = sc_service_handle (self->service->service, &request);
    g_assert_cmpuint (response->status, ==, 204);
  }
  g_assert_cmpint (get_views (self), ==, 60);
}

/* Pages of recordings that began at the same moment, of which one comes meanwhile. */
static void
assert_pages (Fixture *self, const char *list)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autofree char *target = g_strdup_printf ("%s?limit=2", list);
  while (target) {
    g_autoptr (ScResponse) response = call (self, "GET", target, self->ada, NULL);
    g_autoptr (JsonObject) object = sct_response_object (response);
    JsonArray *page = json_object_get_array_member (object, "recordings");
    for (guint i = 0; i < json_array_get_length (page); i++)
      g_string_append_printf (
        seen,
        "%s ",
        json_object_get_string_member (json_array_get_object_element (page, i), "id"));
    if (seen->len < 10)
      record (self, "new", "2026-10-24T13:00:00Z");
    const char *older = sc_json_get_string_or (object, "older", NULL);
    g_free (target);
    target = older ? g_strdup_printf ("%s?limit=2&before=%s", list, older) : NULL;
  }
  g_assert_cmpstr (seen->str, ==, "r1 r2 r3 r5 r7_- ");
  sct_service_run (self->service, "DELETE FROM recordings WHERE id = 'new'");
}

static void
test_pages (Fixture *self, gconstpointer data)
{
  static const char *const ids[] = { "r5", "r7_-", "r2", "r3" };
  static const char *const lists[] = { "/v1/me/recordings",
                                       "/v1/recordings",
                                       "/v1/channels/ada/recordings" };
  static const char *const bad[] = { "before=x",
                                     "before=1_",
                                     "before=9223372036854775807_x",
                                     "limit=0",
                                     "limit=101" };
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    record (self, ids[i], "2026-10-24T12:00:00Z");
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    assert_pages (self, lists[i]);
  for (guint i = 0; i < G_N_ELEMENTS (lists) * G_N_ELEMENTS (bad); i++) {
    g_autofree char *target =
      g_strdup_printf ("%s?%s", lists[i / G_N_ELEMENTS (bad)], bad[i % G_N_ELEMENTS (bad)]);
    assert_status (self, "GET", target, self->ada, NULL, 400);
  }
}

static void
deliver (Fixture *self, const char *status)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *text = g_strdup_printf (
    "{\"id\":\"%s\",\"detail-type\":\"IVS Recording State Change\","
    "\"time\":\"2026-10-24T13:00:00Z\",\"resources\":[\"arn:ada\"],\"detail\":{"
    "\"stream_id\":\"st-1\",\"recording_status\":\"%s\",\"recording_status_reason\":\"\","
    "\"recording_s3_bucket_name\":\"b\",\"recording_s3_key_prefix\":\"p\","
    "\"recording_session_id\":\"r1\"}}",
    id,
    status);
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  g_assert_no_error (error);
  sc_recording_state_apply (self->service->service, json_node_get_object (node), &error);
  g_assert_no_error (error);
}

/* It is gone at once, everywhere, and no late report brings it back. */
static void
test_deleted (Fixture *self, gconstpointer data)
{
  static const char *const reports[] = { "Recording Start",
                                         "Recording End",
                                         "Recording End Failure" };
  assert_status (self, "DELETE", RECORDING, self->ada, NULL, 202);
  assert_seen (self, FALSE, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    deliver (self, reports[i]);
  self->service->now += G_TIME_SPAN_DAY;
  sc_recording_state_read_due (self->service->service, NULL);
  assert_seen (self, FALSE, FALSE);
  assert_status (self, "DELETE", RECORDING, self->ada, NULL, 202);
  assert_status (self, "PATCH", RECORDING, self->ada, "{\"hidden\":false}", 404);
  assert_status (self, "DELETE", RECORDING, self->bob, NULL, 404);
  g_assert_cmpint (sct_service_ask_number (self->service,
                                           "SELECT count(*) FROM recordings WHERE title = ''"
                                           " AND playlist IS NULL AND removal_at IS NOT NULL"
                                           " AND next_at IS NULL AND failure IS NULL"),
                   ==,
                   1);
}

/* As the service's clock begins: so late in the recording. */
#define CHAPTERS_BEGIN "2026-10-24T12:26:32Z"

static void
stream (Fixture *self, const char *id, const char *started_at, const char *ended_at)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO streams (id, user_id, started_at, ended_at)"
    " SELECT '%s', user_id, '%s', nullif ('%s', '')::timestamptz FROM channels WHERE name = 'ada';"
    "INSERT INTO recording_streams (recording_id, stream_id) VALUES ('r2', '%s')",
    id,
    started_at,
    ended_at,
    id);
  sct_service_run (self->service, sql);
}

/* Ada says what her channel is about @seconds after the recording's begin. */
static void
say (Fixture *self, gint64 begin, guint seconds, const char *body)
{
  self->service->now = begin + seconds * G_TIME_SPAN_SECOND;
  assert_status (self, "PATCH", "/v1/me/channel", self->ada, body, 200);
}

static void
assert_chapters (Fixture *self, const char *wanted)
{
  g_autoptr (ScResponse) response = call (self, "GET", "/v1/recordings/r2/chapters", NULL, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) object = sct_response_object (response);
  JsonArray *chapters = json_object_get_array_member (object, "chapters");
  g_autoptr (GString) seen = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (chapters); i++) {
    JsonObject *chapter = json_array_get_object_element (chapters, i);
    g_string_append_printf (seen,
                            "%" G_GINT64_FORMAT " %s/%s|",
                            json_object_get_int_member (chapter, "at_ms"),
                            json_object_get_string_member (chapter, "title"),
                            json_object_get_string_member (chapter, "category"));
  }
  g_assert_cmpstr (seen->str, ==, wanted);
}

static gint64
count_titles (Fixture *self)
{
  return sct_service_ask_number (self->service, "SELECT count(*) FROM stream_titles");
}

/* What is put right at once is no chapter, nor is the farewell. */
static void
test_chapters (Fixture *self, gconstpointer data)
{
  gint64 begin = self->service->now;
  record (self, "r2", CHAPTERS_BEGIN);
  say (self, begin, 0, "{\"title\":\"Nobody is live\"}");
  stream (self, "s1", "2026-10-24T12:26:30Z", "");
  assert_chapters (self, "");
  say (self, begin, 2, "{\"about\":\"No other title\"}");
  g_assert_cmpint (count_titles (self), ==, 0);
  say (self, begin, 20, "{\"title\":\"Number two\"}");
  say (self, begin, 22, "{\"title\":\"Second\"}");
  say (self, begin, 30, "{\"title\":\"Second\"}");
  say (self, begin, 40, "{\"category\":\"Games\"}");
  say (self, begin, 55, "{\"title\":\"Goodbye\"}");
  assert_chapters (self, "0 Nobody is live/|20000 Second/|40000 Second/Games|");

  assert_status (self, "DELETE", "/v1/me/recordings/r2", self->ada, NULL, 202);
  g_assert_cmpint (count_titles (self), ==, 0);
}

/* The recording's time stands still while the encoder is away. */
static void
test_chapters_of_two_streams (Fixture *self, gconstpointer data)
{
  gint64 begin = self->service->now;
  record (self, "r2", CHAPTERS_BEGIN);
  say (self, begin, 0, "{\"title\":\"First\"}");
  stream (self, "s1", CHAPTERS_BEGIN, "2026-10-24T12:26:52Z");
  say (self, begin, 40, "{\"title\":\"Second\"}");
  stream (self, "s2", "2026-10-24T12:27:22Z", "");
  say (self, begin, 65, "{\"title\":\"Third\"}");
  assert_chapters (self, "0 First/|20000 Second/|35000 Third/|");
}

/* A program that changes the title all the time fills no table. */
static void
test_chapters_bounded (Fixture *self, gconstpointer data)
{
  record (self, "r2", CHAPTERS_BEGIN);
  stream (self, "s1", CHAPTERS_BEGIN, "");
  sct_service_run (self->service,
                   "INSERT INTO stream_titles SELECT 's1', timestamptz '" CHAPTERS_BEGIN "'"
                   " + n * interval '1 ms', n::text, '' FROM generate_series (0, 198) n");
  say (self, self->service->now, 30, "{\"title\":\"The last one\"}");
  say (self, self->service->now, 10, "{\"title\":\"One too many\"}");
  g_assert_cmpint (count_titles (self), ==, 200);
  assert_chapters (self, "0 198/|30000 The last one/|");
}

/* What is not over yet, or has failed, is none of this. */
static void
test_not_there_yet (Fixture *self, gconstpointer data)
{
  sct_service_run (self->service, "UPDATE recordings SET playlist = NULL");
  assert_status (self, "PATCH", RECORDING, self->ada, "{\"hidden\":true}", 404);
  assert_status (self, "DELETE", RECORDING, self->ada, NULL, 404);
  sct_service_run (self->service, "UPDATE recordings SET playlist = 'm', failure = 'f'");
  assert_status (self, "DELETE", RECORDING, self->ada, NULL, 404);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  add ("/service/shelf/hidden", test_hidden);
  add ("/service/shelf/of-others", test_of_others);
  add ("/service/shelf/words", test_words);
  add ("/service/shelf/views", test_views);
  add ("/service/shelf/sessions-are-forgotten", test_sessions_are_forgotten);
  add ("/service/shelf/views-of-a-network", test_views_of_a_network);
  add ("/service/shelf/pages", test_pages);
  add ("/service/shelf/deleted", test_deleted);
  add ("/service/shelf/not-there-yet", test_not_there_yet);
  add ("/service/shelf/chapters", test_chapters);
  add ("/service/shelf/chapters-of-two-streams", test_chapters_of_two_streams);
  add ("/service/shelf/chapters-bounded", test_chapters_bounded);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
