/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What stands behind the "?": cursors that come back as they went out, and what is none;
 * parameters; and where a stream's time is in a recording's. */

#include "config.h"

#include "sc-cursor.h"
#include "sc-query.h"
#include "sc-replay-parts.h"
#include "sc-time.h"
#include "sc-validate.h"

#include <string.h>

static const ScLinePlace places[] = {
  { NULL, 1792844792089757, (char *) "WhO6MW6iRdS5", 12 },
  { (char *) "st-1A2b3c", 0, (char *) "", 0 },
  { (char *) "st-1A2b3c", 172800000, (char *) "\xc3\xbc?&=\xf0\x9f\x90\x88", G_MAXINT64 / 2 },
};

static void
test_cursors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_auto (ScLinePlace) back = { 0 };
    g_autofree char *cursor = sc_cursor_from_place (&places[i]);
    g_assert_cmpuint (strspn (cursor,
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                      ==,
                      strlen (cursor));
    g_assert_true (sc_cursor_to_place (cursor, &back));
    g_assert_cmpstr (back.stream_id, ==, places[i].stream_id);
    g_assert_cmpint (back.at, ==, places[i].at);
    g_assert_cmpstr (back.id, ==, places[i].id);
    g_assert_cmpint (back.arrival, ==, places[i].arrival);
  }
  for (gint64 arrival = 0; arrival < 2000; arrival += 7) {
    gint64 back = -1;
    g_autofree char *cursor = sc_cursor_from_arrival (arrival);
    g_assert_true (sc_cursor_to_arrival (cursor, &back));
    g_assert_cmpint (back, ==, arrival);
  }
}

static void
test_no_cursors (void)
{
  g_autofree char *long_text = g_strnfill (SC_CURSOR_MAX + 1, 'A');
  g_autofree char *place = sc_cursor_from_place (&places[0]);
  g_autofree char *arrival = sc_cursor_from_arrival (5);
  g_autofree char *negative = sc_cursor_from_arrival (-1);
  const char *const bad[] = { "",     "A",   "====",    "\xff\xff\xff\xff",
                              "AAAA", "Cgo", long_text, negative };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    gint64 number = 7;
    ScLinePlace none = { 0 };
    g_assert_false (sc_cursor_to_arrival (bad[i], &number));
    g_assert_false (sc_cursor_to_place (bad[i], &none));
    g_assert_cmpint (number, ==, 7);
    g_assert_null (none.id);
  }
  gint64 number = 7;
  ScLinePlace none = { 0 };
  g_assert_false (sc_cursor_to_arrival (place, &number));
  g_assert_false (sc_cursor_to_place (arrival, &none));
  const ScLinePlace too_late = { NULL, SC_TIME_MAX_US + 1, (char *) "x", 1 };
  g_autofree char *late = sc_cursor_from_place (&too_late);
  g_assert_false (sc_cursor_to_place (late, &none));
}

static void
test_queries (void)
{
  static const char *const allowed[] = { "a", "limit", NULL };
  static const char *const bad[] = { "b=1", "a=1&a=2", "a", "a=%zz", "=", "A=1" };
  gint64 limit = 50;
  g_autoptr (GHashTable) none = sc_query_parse (NULL, allowed);
  g_assert_true (sc_query_get_int (none, "limit", 1, 100, &limit));
  g_assert_cmpint (limit, ==, 50);
  g_autoptr (GHashTable) two = sc_query_parse ("limit=7&a=x%26y", allowed);
  g_assert_cmpstr (sc_query_get (two, "a"), ==, "x&y");
  g_assert_false (sc_query_get_int (two, "a", 1, 100, &limit));
  g_assert_false (sc_query_get_int (two, "limit", 8, 100, &limit));
  g_assert_cmpint (limit, ==, 50);
  g_assert_true (sc_query_get_int (two, "limit", 1, 100, &limit));
  g_assert_cmpint (limit, ==, 7);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GHashTable) query = sc_query_parse (bad[i], allowed);
    g_test_message ("%s", bad[i]);
    g_assert_null (query);
  }
}

#define S G_TIME_SPAN_SECOND

/* The streams of a recording, in seconds, and the parts they make of it, in milliseconds. */
static const struct {
  gint64 started_at;
  gint64 duration_ms;
  struct {
    gint64 begins_at;
    gint64 ended_at;
  } streams[3];
  guint n_streams;
  struct {
    gint64 head_ms;
    gint64 base_ms;
    gint64 end_ms;
  } parts[3];
} merges[] = {
  /* One stream, whose recording begins two seconds later. */
  { 102, 60000, { { 100, 162 } }, 1, { { 2000, 0, 60000 } } },
  /* The same, its end unknown. */
  { 102, 60000, { { 100, 0 } }, 1, { { 2000, 0, 60000 } } },
  /* Three with gaps. */
  { 100,
    90000,
    { { 100, 130 }, { 150, 170 }, { 200, 240 } },
    3,
    { { 0, 0, 30000 }, { 0, 30000, 50000 }, { 0, 50000, 90000 } } },
  /* The reports say more than there is. */
  { 100,
    40000,
    { { 100, 130 }, { 150, 170 }, { 200, 240 } },
    3,
    { { 0, 0, 30000 }, { 0, 30000, 40000 }, { 0, 40000, 40000 } } },
  /* A stream that ended before the recording began. */
  { 200, 10000, { { 100, 130 }, { 205, 215 } }, 2, { { 100000, 0, 0 }, { 0, 0, 10000 } } },
};

static GArray *
make_parts (guint number, ScRecordedTime *time, ScRecordedStream *streams)
{
  time->started_at = merges[number].started_at * S;
  time->duration_ms = merges[number].duration_ms;
  time->streams = g_ptr_array_new ();
  for (guint i = 0; i < merges[number].n_streams; i++) {
    streams[i] = (ScRecordedStream) { .id = (char *) "st",
                                      .begins_at = merges[number].streams[i].begins_at * S,
                                      .ended_at = merges[number].streams[i].ended_at * S };
    g_ptr_array_add (time->streams, &streams[i]);
  }
  return sc_replay_parts_new (time);
}

static void
test_parts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (merges); i++) {
    ScRecordedTime time = { 0 };
    ScRecordedStream streams[3];
    g_autoptr (GArray) parts = make_parts (i, &time, streams);
    g_assert_cmpuint (parts->len, ==, merges[i].n_streams);
    for (guint j = 0; j < parts->len; j++) {
      const ScReplayPart *part = &g_array_index (parts, ScReplayPart, j);
      g_assert_cmpint (part->head_ms, ==, merges[i].parts[j].head_ms);
      g_assert_cmpint (part->base_ms, ==, merges[i].parts[j].base_ms);
      g_assert_cmpint (part->end_ms, ==, merges[i].parts[j].end_ms);
    }
    g_ptr_array_unref (time.streams);
  }
}

/* Whatever the reports say: time in a recording never runs back, and there is a way in both
 * directions. */
static void
test_time_never_runs_back (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (merges); i++) {
    ScRecordedTime time = { 0 };
    ScRecordedStream streams[3];
    g_autoptr (GArray) parts = make_parts (i, &time, streams);
    gint64 last = 0;
    for (guint j = 0; j < parts->len; j++) {
      const ScReplayPart *part = &g_array_index (parts, ScReplayPart, j);
      for (gint64 offset = MAX (0, part->head_ms); offset < 200000; offset += 500) {
        gint64 position = sc_replay_part_to_recording (part, offset);
        g_assert_cmpint (position, >=, last);
        g_assert_cmpint (position, <=, time.duration_ms);
        g_assert_cmpint (sc_replay_part_from_recording (part, position), <=, offset);
        g_assert_cmpuint (sc_replay_parts_find (parts, position), <=, j);
        last = position;
      }
    }
    g_assert_cmpuint (sc_replay_parts_find (parts, time.duration_ms + 1), ==, parts->len);
    g_ptr_array_unref (time.streams);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/cursor/cursors", test_cursors);
  g_test_add_func ("/service/cursor/no-cursors", test_no_cursors);
  g_test_add_func ("/service/cursor/queries", test_queries);
  g_test_add_func ("/service/cursor/parts", test_parts);
  g_test_add_func ("/service/cursor/time-never-runs-back", test_time_never_runs_back);
  return g_test_run ();
}
