/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was said while a recording was made, in step with its picture: over the streams that are
 * merged in it, in whatever order their reports and the log's lines come; and for how long it is
 * kept. */

#include "config.h"

#include "sc-chat-page.h"
#include "sc-chat-store.h"
#include "sc-stream-state.h"
#include "sc-time.h"
#include "sct-room-log.h"

#include <string.h>

#define CHANNEL_ARN "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij"
#define ROOM_ARN "arn:aws:ivschat:us-west-2:123456789012:room/g1H2I3j4k5L6"
#define LOG_STREAM "aws/IVSChatLogs/1.0/room_g1H2I3j4k5L6"
#define SESSION "a6RfV23ES97iyfoQ"
#define CHAT "/v1/recordings/" SESSION "/chat"

/* Seconds of the test's day. */
#define AT(seconds) (G_GINT64_CONSTANT (1792840000000000) + (seconds) * G_TIME_SPAN_SECOND)

static SctService *
make_service (void)
{
  SctService *self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  sct_service_run (self, "UPDATE channels SET arn = '" CHANNEL_ARN "', room_arn = '" ROOM_ARN "'");
  return self;
}

static void
apply (SctService *self, const char *type, const char *detail, gint64 at)
{
  static guint count;
  g_autoptr (GError) error = NULL;
  g_autofree char *time = sc_time_to_string (at);
  g_autofree char *text = g_strdup_printf ("{\"id\":\"e%u\",\"detail-type\":\"%s\",\"time\":\"%s\","
                                           "\"resources\":[\"" CHANNEL_ARN "\"],\"detail\":%s}",
                                           count++,
                                           type,
                                           time,
                                           detail);
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  g_assert_no_error (error);
  g_assert_true (sc_stream_state_apply (self->service, json_node_get_object (node), &error));
  g_assert_no_error (error);
}

static void
report_stream (SctService *self, const char *stream, const char *event, gint64 at)
{
  g_autofree char *detail =
    g_strdup_printf ("{\"event_name\":\"%s\",\"stream_id\":\"%s\"}", event, stream);
  apply (self, "IVS Stream State Change", detail, at);
}

static void
report_recording (SctService *self, const char *status, const char *streams, gint64 at)
{
  g_autofree char *detail = g_strdup_printf (
    "{\"stream_id\":\"st-c\",\"recording_status\":\"%s\",\"recording_status_reason\":\"\","
    "\"recording_s3_bucket_name\":\"b\",\"recording_s3_key_prefix\":\"p\","
    "\"recording_session_id\":\"" SESSION "\"%s}",
    status,
    streams);
  apply (self, "IVS Recording State Change", detail, at);
}

/* What its document says, once somebody has read it. */
static void
set_media (SctService *self, gint64 started_at, gint64 duration_ms)
{
  g_autofree char *sql =
    g_strdup_printf ("UPDATE recordings SET started_at = to_timestamp(%" G_GINT64_FORMAT
                     " / 1e6), duration_ms ="
                     " %" G_GINT64_FORMAT ", playlist = 'x', width = 1, height = 1, next_at = NULL",
                     started_at,
                     duration_ms);
  sct_service_run (self, sql);
}

static void
deliver_line (SctService *self, const char *id, gint64 at)
{
  g_autofree char *line = sct_room_log_line (id, at, "u", "x");
  sct_room_log_deliver (self, LOG_STREAM, (const char *const[]) { line, NULL });
}

static ScChatPage *
get_page (SctService *self, const char *query)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *target = g_strconcat (CHAT, query, NULL);
  g_autoptr (ScResponse) response = sct_service_call (self, "GET", target, NULL, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) object = sct_response_object (response);
  ScChatPage *page = sc_chat_page_from_json (object, &error);
  g_assert_no_error (error);
  return page;
}

static char *
describe (const ScChatPage *page)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < page->records->len; i++) {
    const ScChatRecord *record = page->records->pdata[i];
    g_string_append_printf (text, "%s@%" G_GINT64_FORMAT " ", record->id, record->offset_ms);
  }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
assert_page (SctService *self, const char *query, const char *expected)
{
  g_autoptr (ScChatPage) page = get_page (self, query);
  g_autofree char *text = describe (page);
  g_assert_cmpstr (text, ==, expected);
}

/* Three streams with gaps of 20 s and 30 s, in one recording that begins 2 s into the first. Its
 * picture: 28 s, 20 s and 40 s. */
static const struct {
  const char *stream;
  const char *event;
  gint64 second;
} reports[] = {
  { "st-a", "Session Created", 98 },  { "st-a", "Stream Start", 100 },
  { "st-a", "Stream End", 130 },      { "st-b", "Session Created", 149 },
  { "st-b", "Stream Start", 150 },    { "st-b", "Stream End", 170 },
  { "st-c", "Session Created", 199 }, { "st-c", "Stream Start", 200 },
  { "st-c", "Stream End", 240 },      { "st-c", "Session Ended", 241 },
};

static const struct {
  const char *id;
  double second;
} lines[] = {
  { "early", 50 },    { "before", 101 },     { "first", 102 },  { "mid", 110.5 },
  { "gap", 140 },     { "again", 150.25 },   { "gap2", 199.5 }, { "last", 239 },
  { "goodbye", 250 }, { "much-later", 256 }, { "night", 900 },
};

#define STREAM_IDS ",\"recording_session_stream_ids\":[\"st-a\",\"st-b\",\"st-c\"]"
#define WHOLE "first@0 mid@8500 gap@28000 again@28250 gap2@48000 last@87000 goodbye@88000 "

static void
finish (SctService *self)
{
  report_recording (self, "Recording End", STREAM_IDS, AT (300));
  set_media (self, AT (102), 88000);
}

static void
deliver_all_lines (SctService *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    deliver_line (self, lines[i].id, AT (0) + (gint64) (lines[i].second * G_TIME_SPAN_SECOND));
}

static void
report_all_streams (SctService *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    report_stream (self, reports[i].stream, reports[i].event, AT (reports[i].second));
}

static SctService *
make_recorded_service (void)
{
  SctService *self = make_service ();
  report_all_streams (self);
  deliver_all_lines (self);
  finish (self);
  return self;
}

static void
test_merged (void)
{
  g_autoptr (SctService) self = make_recorded_service ();
  assert_page (self, "", WHOLE);
  g_assert_cmpint (sct_service_ask_number (self,
                                           "SELECT offset_ms FROM chat_lines WHERE id = 'mid'"
                                           " AND stream_id = 'st-a'"),
                   ==,
                   10500);
  g_assert_cmpint (sct_service_ask_number (self,
                                           "SELECT count(*) FROM chat_lines WHERE id IN"
                                           " ('early', 'night') AND stream_id IS NULL"),
                   ==,
                   2);
}

/* Reports and lines in whatever order: what they say is the same. */
static void
test_any_order (void)
{
  enum {
    N = G_N_ELEMENTS (reports) + G_N_ELEMENTS (lines)
  };
  g_autoptr (SctService) self = make_service ();
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  for (guint round = 0; round < 40; round++) {
    guint order[N];
    for (guint i = 0; i < N; i++) {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    sct_service_run (self, "TRUNCATE streams, stream_events, chat_lines, recordings CASCADE");
    for (guint i = 0; i < N; i++) {
      guint n = order[i] % N;
      if (n < G_N_ELEMENTS (reports))
        report_stream (self, reports[n].stream, reports[n].event, AT (reports[n].second));
      else
        deliver_line (self,
                      lines[n - G_N_ELEMENTS (reports)].id,
                      AT (0) +
                        (gint64) (lines[n - G_N_ELEMENTS (reports)].second * G_TIME_SPAN_SECOND));
    }
    finish (self);
    assert_page (self, "", WHOLE);
  }
}

/* Which streams are in it may be said at once, one by one, or not at all of the others. */
static void
test_stream_ids (void)
{
  g_autoptr (SctService) self = make_service ();
  report_all_streams (self);
  deliver_all_lines (self);
  report_recording (self, "Recording Start", "", AT (102));
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM recording_streams"), ==, 1);
  finish (self);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM recording_streams"), ==, 3);
  assert_page (self, "", WHOLE);
}

/* A stream's begin that is reported earlier than it was known moves all that was said in it. */
static void
test_begin_moves (void)
{
  g_autoptr (SctService) self = make_recorded_service ();
  report_stream (self, "st-b", "Stream Start", AT (145));
  assert_page (self,
               "",
               "first@0 mid@8500 gap@28000 again@33250 gap2@53000 last@88000 goodbye@88000 ");
}

static void
test_pages (void)
{
  static const guint limits[] = { 1, 2, 3, 7, 500 };
  g_autoptr (SctService) self = make_recorded_service ();
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++) {
    g_autofree char *first = g_strdup_printf ("?limit=%u", limits[i]);
    g_autoptr (GString) all = g_string_new (NULL);
    g_autoptr (ScChatPage) page = get_page (self, first);
    while (page) {
      g_autofree char *text = describe (page);
      g_assert_cmpuint (page->records->len, <=, limits[i]);
      g_string_append (all, text);
      g_autofree char *next =
        page->newer ? g_strdup_printf ("?cursor=%s&limit=%u", page->newer, limits[i]) : NULL;
      sc_chat_page_free (page);
      page = next ? get_page (self, next) : NULL;
    }
    g_assert_cmpstr (all->str, ==, WHOLE);
  }
}

static void
test_seek (void)
{
  g_autoptr (SctService) self = make_recorded_service ();
  assert_page (self, "?from_ms=8500&limit=2", "mid@8500 gap@28000 ");
  assert_page (self, "?from_ms=8501&limit=1", "gap@28000 ");
  assert_page (self, "?from_ms=28000&limit=2", "gap@28000 again@28250 ");
  assert_page (self, "?from_ms=28001&limit=1", "again@28250 ");
  assert_page (self, "?from_ms=48000&limit=2", "gap2@48000 last@87000 ");
  assert_page (self, "?from_ms=88000", "goodbye@88000 ");
  assert_page (self, "?from_ms=88001", "");
  assert_page (self, "?before_ms=0", "");
  assert_page (self, "?before_ms=1", "first@0 ");
  assert_page (self, "?before_ms=8500", "first@0 ");
  assert_page (self, "?before_ms=28000", "first@0 mid@8500 ");
  assert_page (self, "?before_ms=28001", "first@0 mid@8500 gap@28000 ");
  assert_page (self, "?before_ms=48001&limit=2", "again@28250 gap2@48000 ");
  assert_page (self, "?before_ms=100000", WHOLE);
  assert_page (self, "?before_ms=100000&limit=3", "gap2@48000 last@87000 goodbye@88000 ");
}

/* From before any place one goes on to the end. */
static void
test_seek_and_go_on (void)
{
  g_autoptr (SctService) self = make_recorded_service ();
  for (guint at = 0; at <= 88000; at += 250) {
    g_autofree char *back = g_strdup_printf ("?before_ms=%u&limit=2", at);
    g_autofree char *from = g_strdup_printf ("?from_ms=%u", at);
    g_autoptr (ScChatPage) before = get_page (self, back);
    g_autoptr (ScChatPage) rest = get_page (self, from);
    g_autofree char *expected = describe (rest);
    g_assert_nonnull (before->newer);
    g_autofree char *next = g_strdup_printf ("?cursor=%s", before->newer);
    assert_page (self, next, expected);
  }
}

static void
test_removed (void)
{
  g_autoptr (SctService) self = make_recorded_service ();
  g_autofree char *deletion = sct_room_log_deletion ("mid", AT (500));
  sct_room_log_deliver (self, LOG_STREAM, (const char *const[]) { deletion, NULL });
  assert_page (self, "?from_ms=0&limit=2", "first@0 gap@28000 ");
  sct_service_run (self,
                   "INSERT INTO mod_actions (id, user_id, kind, actor_id, at, line_id)"
                   " SELECT gen_random_uuid(), id, 'approve', id, now(), 'x' FROM users;"
                   "UPDATE chat_lines SET purged_by = (SELECT id FROM mod_actions)"
                   " WHERE id IN ('gap', 'last')");
  assert_page (self, "", "first@0 again@28250 gap2@48000 goodbye@88000 ");
  assert_page (self, "?before_ms=48000", "first@0 again@28250 ");
}

static void
test_refused (void)
{
  static const char *const bad[] = { "?from_ms=-1",         "?from_ms=172800001",
                                     "?before_ms=x",        "?limit=0",
                                     "?limit=501",          "?cursor=x",
                                     "?from_ms=1&limit=x",  "?from_ms=1&before_ms=1",
                                     "?cursor=NQ&from_ms=1" };
  static const char *const missing[] = { "failure = 'x'", "playlist = NULL", "id = 'other'" };
  g_autoptr (SctService) self = make_recorded_service ();
  g_autoptr (ScChatPage) page = get_page (self, "?limit=1");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *target = g_strconcat (CHAT, bad[i], NULL);
    g_autoptr (ScResponse) response = sct_service_call (self, "GET", target, NULL, NULL);
    g_test_message ("%s", bad[i]);
    g_assert_cmpuint (response->status, ==, 400);
  }
  /* A cursor of what is no stream of it any more is at the end. */
  sct_service_run (self, "DELETE FROM recording_streams WHERE stream_id = 'st-a'");
  g_autofree char *stale = g_strconcat ("?cursor=", page->newer, NULL);
  assert_page (self, stale, "");
  sct_service_run (self,
                   "ALTER TABLE recording_streams DROP CONSTRAINT"
                   " recording_streams_recording_id_fkey");
  for (guint i = 0; i < G_N_ELEMENTS (missing); i++) {
    g_autofree char *sql = g_strconcat ("UPDATE recordings SET ", missing[i], NULL);
    sct_service_run (self, sql);
    g_autoptr (ScResponse) response = sct_service_call (self, "GET", CHAT, NULL, NULL);
    sct_assert_fault (response, 404, "not_found", NULL);
  }
}

static void
forget (SctService *self, guint days)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  gint64 then = self->now + days * G_TIME_SPAN_DAY;
  g_assert_true (sc_chat_store_forget_lines (connection, then, &error));
}

/* What was said during a recording is kept as long as that, all else a year. */
static void
test_kept (void)
{
  g_autoptr (SctService) self = make_recorded_service ();
  const char *count = "SELECT count(*) FROM chat_lines";
  forget (self, 364);
  g_assert_cmpint (sct_service_ask_number (self, count), ==, G_N_ELEMENTS (lines));
  forget (self, 366);
  g_assert_cmpint (sct_service_ask_number (self, count), ==, G_N_ELEMENTS (lines) - 2);
  assert_page (self, "", WHOLE);
  sct_service_run (self, "UPDATE recordings SET playlist = NULL, failure = 'lost'");
  forget (self, 364);
  g_assert_cmpint (sct_service_ask_number (self, count), ==, G_N_ELEMENTS (lines) - 2);
  forget (self, 366);
  g_assert_cmpint (sct_service_ask_number (self, count), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/chat-replay/merged", test_merged);
  g_test_add_func ("/service/chat-replay/any-order", test_any_order);
  g_test_add_func ("/service/chat-replay/stream-ids", test_stream_ids);
  g_test_add_func ("/service/chat-replay/begin-moves", test_begin_moves);
  g_test_add_func ("/service/chat-replay/pages", test_pages);
  g_test_add_func ("/service/chat-replay/seek", test_seek);
  g_test_add_func ("/service/chat-replay/seek-and-go-on", test_seek_and_go_on);
  g_test_add_func ("/service/chat-replay/removed", test_removed);
  g_test_add_func ("/service/chat-replay/refused", test_refused);
  g_test_add_func ("/service/chat-replay/kept", test_kept);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
