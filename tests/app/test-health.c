/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a stream is judged, and what is said of it, as tables. */

#include "config.h"

#include "sc-health-words.h"
#include "sc-line-chart.h"
#include "sc-stream-charts.h"

#include <string.h>

#define SECOND G_USEC_PER_SEC
#define NOW (1000 * SECOND)
#define ID "st-1"

/* A stream that is as it should be, but for what a case says. */
typedef struct {
  const char *name;
  const char *type;
  gint64 ended_at;
  ScStreamHealth starving; /* 0 for healthy */
  gint64 bitrate;
  double frame_rate;
  double keyframes;
  gint64 height;
  const char *report;
  const char *limit;
  gint64 reported_at;
  ScHealth health;
  const char *words;
} Case;

#define FINE .bitrate = 2900000, .frame_rate = 30, .keyframes = 2, .height = 720, .type = "BASIC"

static const Case cases[] = {
  { .name = "good", FINE, .health = SC_HEALTH_GOOD, .words = "arrives in time" },
  { .name = "starving",
    FINE,
    .starving = SC_STREAM_HEALTH_STARVING,
    .health = SC_HEALTH_STARVING,
    .words = "Frames are arriving late: lower the bitrate or check the upload." },
  { .name = "bitrate",
    .type = "BASIC",
    .bitrate = 6000000,
    .frame_rate = 30,
    .keyframes = 2,
    .height = 720,
    .health = SC_HEALTH_BITRATE,
    .words = "takes 3.5 Mb/s at most" },
  { .name = "bitrate-of-a-small-picture",
    .type = "BASIC",
    .bitrate = 2900000,
    .frame_rate = 30,
    .keyframes = 2,
    .height = 480,
    .health = SC_HEALTH_BITRATE,
    .words = "takes 1.5 Mb/s at most" },
  { .name = "bitrate-that-another-type-takes",
    .type = "STANDARD",
    .bitrate = 6000000,
    .frame_rate = 30,
    .keyframes = 2,
    .height = 720,
    .health = SC_HEALTH_GOOD },
  { .name = "bitrate-reported",
    FINE,
    .report = "limit_breach",
    .limit = "Ingest Bitrate",
    .reported_at = NOW - 10 * SECOND,
    .health = SC_HEALTH_BITRATE },
  { .name = "bitrate-reported-long-ago",
    FINE,
    .report = "limit_breach",
    .limit = "Ingest Bitrate",
    .reported_at = NOW - 100 * SECOND,
    .health = SC_HEALTH_GOOD },
  { .name = "picture",
    .type = "STANDARD",
    .bitrate = 5000000,
    .frame_rate = 30,
    .keyframes = 2,
    .height = 1440,
    .health = SC_HEALTH_PICTURE,
    .words = "1920×1080 at most" },
  { .name = "frame-rate",
    .type = "STANDARD",
    .bitrate = 5000000,
    .frame_rate = 120,
    .keyframes = 2,
    .height = 720,
    .health = SC_HEALTH_FRAME_RATE,
    .words = "60 frames a second" },
  { .name = "keyframes",
    .type = "BASIC",
    .bitrate = 2900000,
    .frame_rate = 30,
    .keyframes = 8,
    .height = 720,
    .health = SC_HEALTH_KEYFRAMES,
    .words = "Keyframes every 8 s: set 2 s in OBS" },
  { .name = "few-frames",
    .type = "BASIC",
    .bitrate = 2900000,
    .frame_rate = 12,
    .keyframes = 2,
    .height = 720,
    .health = SC_HEALTH_FEW_FRAMES,
    .words = "12 of 30 frames a second arrive" },
  { .name = "second-encoder",
    FINE,
    .report = "takeover_failure",
    .reported_at = NOW - 10 * SECOND,
    .health = SC_HEALTH_SECOND_ENCODER,
    .words = "reset the stream key" },
  { .name = "line-cut",
    FINE,
    .ended_at = NOW - 10 * SECOND,
    .starving = SC_STREAM_HEALTH_STARVING,
    .health = SC_HEALTH_BROKEN,
    .words = "The connection was lost." },
  { .name = "line-cut-long-ago",
    FINE,
    .ended_at = NOW - 601 * SECOND,
    .starving = SC_STREAM_HEALTH_STARVING,
    .health = SC_HEALTH_OFFLINE },
  { .name = "over",
    FINE,
    .ended_at = NOW - 10 * SECOND,
    .health = SC_HEALTH_OFFLINE,
    .words = "If your encoder is refused, copy the stream key again" },
  { .name = "starving-comes-first",
    .type = "BASIC",
    .starving = SC_STREAM_HEALTH_STARVING,
    .bitrate = 9000000,
    .frame_rate = 30,
    .keyframes = 8,
    .height = 720,
    .health = SC_HEALTH_STARVING },
  { .name = "ended", FINE, .ended_at = NOW - 9 * SECOND, .health = SC_HEALTH_OFFLINE },
  { .name = "broken",
    FINE,
    .ended_at = NOW - 9 * SECOND,
    .report = "stream_failure",
    .reported_at = NOW - 9 * SECOND,
    .health = SC_HEALTH_BROKEN,
    .words = "connection was lost" },
};

static ScStreamReport *
make_report (const Case *row)
{
  ScStreamReport *report = g_new0 (ScStreamReport, 1);
  report->id = g_strdup ("e-1");
  report->stream_id = g_strdup (ID);
  report->kind = g_strdup (row->report);
  report->limit_name = g_strdup (row->limit);
  report->at = row->reported_at;
  return report;
}

static ScStreamStatus *
make_status (const Case *row)
{
  g_auto (ScStreamStatusFields) fields = { 0 };
  sc_stream_status_fields_init (&fields);
  fields.id = g_strdup (ID);
  fields.started_at = SECOND;
  fields.ended_at = row->ended_at;
  fields.health = row->starving ? row->starving : SC_STREAM_HEALTH_HEALTHY;
  fields.video = g_new0 (ScIngestVideo, 1);
  fields.video->codec = g_strdup ("avc1.4D401F");
  fields.video->height = row->height;
  fields.video->width = row->height * 16 / 9;
  fields.video->frame_rate = MAX (row->frame_rate, 30);
  const ScStreamSample sample = { NOW, row->bitrate, row->frame_rate, row->keyframes, 3 };
  g_array_append_val (fields.samples, sample);
  if (row->report)
    g_ptr_array_add (fields.reports, make_report (row));
  return sc_stream_status_new (&fields);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (ScStreamStatus) status = make_status (row);
  ScHealth health = sc_health_judge (status, row->type, NOW);
  g_assert_cmpint (health, ==, row->health);
  g_autofree char *words = sc_health_words (health, status, row->type);
  if (row->words)
    g_assert_nonnull (strstr (words, row->words));
}

static void
test_nothing_known (void)
{
  g_assert_cmpint (sc_health_judge (NULL, "BASIC", NOW), ==, SC_HEALTH_OFFLINE);
  g_auto (ScStreamStatusFields) fields = { 0 };
  sc_stream_status_fields_init (&fields);
  fields.id = g_strdup (ID);
  fields.started_at = SECOND;
  g_autoptr (ScStreamStatus) begun = sc_stream_status_new (&fields);
  g_assert_cmpint (sc_health_judge (begun, "BASIC", NOW), ==, SC_HEALTH_WAITING);
  g_autoptr (GPtrArray) facts = sc_health_list_facts (begun, "BASIC");
  g_assert_cmpuint (facts->len, ==, 0);
}

static const ScStreamSample measured = { 0, 2900000, 30, 2, 3 };
static const ScStreamSample counted = { 0,
                                        SC_STREAM_UNKNOWN,
                                        SC_STREAM_UNKNOWN,
                                        SC_STREAM_UNKNOWN,
                                        4 };

static void
add_sample (GArray *samples, ScStreamSample sample, gint64 at)
{
  sample.at = at;
  g_array_append_val (samples, sample);
}

/* Measured a minute ago and before; since, and in between, viewers alone were counted. */
static ScStreamStatus *
make_counted (ScStreamHealth health, gint64 counted_at)
{
  g_auto (ScStreamStatusFields) fields = { 0 };
  sc_stream_status_fields_init (&fields);
  fields.id = g_strdup (ID);
  fields.started_at = SECOND;
  fields.health = health;
  add_sample (fields.samples, counted, NOW - 120 * SECOND);
  add_sample (fields.samples, measured, NOW - 60 * SECOND);
  add_sample (fields.samples, counted, NOW - 30 * SECOND);
  add_sample (fields.samples, counted, counted_at);
  return sc_stream_status_new (&fields);
}

static void
test_counted_since (void)
{
  g_autoptr (ScStreamStatus) status = make_counted (SC_STREAM_HEALTH_UNKNOWN, NOW);
  g_autoptr (GPtrArray) facts = sc_health_list_facts (status, "BASIC");
  g_assert_cmpuint (facts->len, ==, 3);
  g_assert_cmpint (sc_health_judge (status, "BASIC", NOW), ==, SC_HEALTH_GOOD);
  g_autoptr (ScStreamStatus) old = make_counted (SC_STREAM_HEALTH_UNKNOWN, NOW + 61 * SECOND);
  g_autoptr (GPtrArray) none = sc_health_list_facts (old, "BASIC");
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (sc_health_judge (old, "BASIC", NOW), ==, SC_HEALTH_WAITING);
}

/* A stream that is announced, before its picture. */
static void
test_announced (void)
{
  g_auto (ScStreamStatusFields) fields = { 0 };
  sc_stream_status_fields_init (&fields);
  fields.id = g_strdup (ID);
  g_autoptr (ScStreamStatus) status = sc_stream_status_new (&fields);
  g_assert_cmpint (sc_health_judge (status, "BASIC", NOW), ==, SC_HEALTH_WAITING);
}

/* Refused before there was a stream, or as one of another id than the last. */
static void
test_thrown_out (void)
{
  static const struct {
    const char *id;
    const char *kind;
    const char *limit;
    gint64 age;
    ScHealth health;
  } rows[] = {
    { NULL, "stream_failure", NULL, 5, SC_HEALTH_BROKEN },
    { NULL, "limit_breach", "Ingest Bitrate", 5, SC_HEALTH_BITRATE },
    { NULL, "limit_breach", "Ingest Resolution", 5, SC_HEALTH_PICTURE },
    { NULL, "limit_breach", "Concurrent Viewers", 5, SC_HEALTH_OFFLINE },
    { NULL, "limit_breach", "Ingest Bitrate", 700, SC_HEALTH_OFFLINE },
    { "st-0", "stream_failure", NULL, 5, SC_HEALTH_BROKEN },
    { "st-0", "stream_failure", NULL, 200, SC_HEALTH_OFFLINE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (ScStreamStatusFields) fields = { 0 };
    sc_stream_status_fields_init (&fields);
    fields.id = g_strdup (rows[i].id);
    fields.started_at = rows[i].id ? SECOND : 0;
    fields.ended_at = rows[i].id ? NOW - 100 * SECOND : 0;
    const Case row = { .report = rows[i].kind,
                       .limit = rows[i].limit,
                       .reported_at = NOW - rows[i].age * SECOND };
    g_ptr_array_add (fields.reports, make_report (&row));
    g_autoptr (ScStreamStatus) status = sc_stream_status_new (&fields);
    g_assert_cmpint (sc_health_judge (status, "BASIC", NOW), ==, rows[i].health);
  }
}

static void
test_reasons (void)
{
  static const struct {
    const char *reason;
    const char *words;
  } rows[] = {
    { "Transcode capacity exceeded.", "Amazon IVS ended the stream: Transcode capacity exceeded." },
    { "MultitrackInputNotAllowed",
      "Amazon IVS ended the stream: the channel does not take multitrack video" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (ScStreamStatusFields) fields = { 0 };
    sc_stream_status_fields_init (&fields);
    const Case row = { .report = "stream_failure", .reported_at = NOW };
    ScStreamReport *report = make_report (&row);
    report->reason = g_strdup (rows[i].reason);
    g_ptr_array_add (fields.reports, report);
    g_autoptr (ScStreamStatus) status = sc_stream_status_new (&fields);
    g_autofree char *words = sc_health_words (SC_HEALTH_BROKEN, status, "BASIC");
    g_assert_cmpstr (words, ==, rows[i].words);
  }
}

/* What encoders do is no news, and no bits are a figure. */
static void
test_spare (void)
{
  Case row = cases[0];
  row.bitrate = 3600000;
  g_autoptr (ScStreamStatus) status = make_status (&row);
  g_autoptr (GPtrArray) facts = sc_health_list_facts (status, row.type);
  g_assert_cmpint (sc_health_judge (status, row.type, NOW), ==, SC_HEALTH_GOOD);
  g_assert_false (((ScHealthFact *) g_ptr_array_index (facts, 0))->is_beyond);
  row.bitrate = 0;
  g_autoptr (ScStreamStatus) nothing = make_status (&row);
  g_autoptr (GPtrArray) none = sc_health_list_facts (nothing, row.type);
  g_assert_cmpstr (((ScHealthFact *) g_ptr_array_index (none, 0))->value, ==, "0 kb/s");
}

static double
get_bitrate (const ScStreamSample *sample)
{
  return (double) sample->bitrate;
}

static guint
count_unknown (const GArray *points)
{
  guint count = 0;
  for (guint i = 0; i < points->len; i++)
    count += g_array_index (points, ScChartPoint, i).value < 0;
  return count;
}

/* Viewers that are counted between two measurements tear no line; a pause does. */
static void
test_gaps (void)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (ScStreamSample));
  for (guint i = 0; i < 20; i++) {
    add_sample (samples, measured, i * 60 * SECOND);
    add_sample (samples, counted, (i * 60 + 30) * SECOND);
  }
  g_autoptr (GArray) whole = sc_stream_charts_list_points (samples, get_bitrate);
  g_assert_cmpuint (whole->len, ==, 21);
  g_assert_cmpuint (count_unknown (whole), ==, 1);
  g_assert_cmpint (g_array_index (whole, ScChartPoint, 20).at, ==, (19 * 60 + 30) * SECOND);
  add_sample (samples, measured, 30 * 60 * SECOND);
  g_autoptr (GArray) torn = sc_stream_charts_list_points (samples, get_bitrate);
  g_assert_cmpuint (torn->len, ==, 22);
  g_assert_cmpuint (count_unknown (torn), ==, 1);
  g_assert_cmpfloat (g_array_index (torn, ScChartPoint, 20).value, <, 0);
}

/* Each state has a title of its own, and something to say. */
static void
test_titles (void)
{
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = SC_HEALTH_OFFLINE; i <= SC_HEALTH_SECOND_ENCODER; i++) {
    g_autofree char *words = sc_health_words ((ScHealth) i, NULL, NULL);
    g_assert_true (g_hash_table_add (titles, (gpointer) sc_health_title ((ScHealth) i)));
    g_assert_cmpuint (strlen (words), >, 0);
  }
}

static void
test_facts (void)
{
  const Case *keyframes = &cases[9];
  g_autoptr (ScStreamStatus) status = make_status (keyframes);
  g_autoptr (GPtrArray) facts = sc_health_list_facts (status, "BASIC");
  g_assert_cmpuint (facts->len, ==, 5);
  static const struct {
    const char *value;
    const char *limit;
    gboolean is_beyond;
  } expected[] = {
    { "2.9 Mb/s", "At most 3.5 Mb/s", FALSE },
    { "30.0 fps", "At most 60.0 fps", FALSE },
    { "8.0 s", "2 s is best, at most 5 s", TRUE },
    { "1280×720", "At most 1920×1080", FALSE },
    { "avc1.4D401F", NULL, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const ScHealthFact *fact = g_ptr_array_index (facts, i);
    g_assert_cmpstr (fact->value, ==, expected[i].value);
    g_assert_cmpstr (fact->limit, ==, expected[i].limit);
    g_assert_cmpint (fact->is_beyond, ==, expected[i].is_beyond);
  }
}

static const struct {
  const char *limit;
  const char *unit;
  gint64 value;
  gint64 exceeded_by;
  const char *words;
} breaches[] = {
  { "Ingest Bitrate",
    "bits per second",
    3500000,
    1200000,
    "Bitrate: 3.5 Mb/s at most, exceeded by 1.2 Mb/s" },
  { "Ingest Resolution",
    "total pixels",
    426600,
    68400,
    "Resolution: 426600 pixels in all at most, exceeded by 68400" },
  { "Ingest Resolution",
    "pixels per edge",
    852,
    3,
    "Resolution: 852 pixels an edge at most, exceeded by 3" },
  { "Concurrent Viewers",
    "active viewers",
    15000,
    1,
    "Viewers at the same time: 15000 at most, exceeded by 1" },
  { "Ingest Miracles", "a day", 2, 1, "Ingest Miracles: at most 2 a day, exceeded by 1" },
};

static void
test_breaches (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (breaches); i++) {
    const ScStreamReport report = { .kind = (char *) "limit_breach",
                                    .limit_name = (char *) breaches[i].limit,
                                    .limit_unit = (char *) breaches[i].unit,
                                    .limit_value = breaches[i].value,
                                    .exceeded_by = breaches[i].exceeded_by };
    g_autofree char *words = sc_stream_report_words (&report);
    g_assert_cmpstr (sc_stream_report_title (&report), ==, "A Limit Was Exceeded");
    g_assert_cmpstr (words, ==, breaches[i].words);
  }
}

static void
test_unknown_report (void)
{
  const ScStreamReport report = { .kind = (char *) "something new" };
  g_autofree char *none = sc_stream_report_words (&report);
  g_assert_cmpstr (sc_stream_report_title (&report), ==, "Report of Amazon IVS");
  g_assert_cmpstr (none, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strconcat ("/health/", cases[i].name, NULL);
    g_test_add_data_func (name, &cases[i], test_case);
  }
  g_test_add_func ("/health/nothing-known", test_nothing_known);
  g_test_add_func ("/health/counted-since", test_counted_since);
  g_test_add_func ("/health/announced", test_announced);
  g_test_add_func ("/health/thrown-out", test_thrown_out);
  g_test_add_func ("/health/reasons", test_reasons);
  g_test_add_func ("/health/spare", test_spare);
  g_test_add_func ("/health/gaps", test_gaps);
  g_test_add_func ("/health/titles", test_titles);
  g_test_add_func ("/health/facts", test_facts);
  g_test_add_func ("/health/breaches", test_breaches);
  g_test_add_func ("/health/unknown-report", test_unknown_report);
  return g_test_run ();
}
