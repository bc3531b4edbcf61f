/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ingest-health.h"
#include "sc-ingest-meter.h"

/* When a stream counts as starving; the clock is the test's. */

#define MS G_GINT64_CONSTANT (1000)

typedef struct {
  ScIngestHealth health;
  gint64 now_us;
  guint32 timestamp;
} Stream;

/* Media come for @ms, so many milliseconds of them in one of real time. */
static void
play (Stream *stream, guint ms, double speed)
{
  double media = 0;
  for (guint i = 0; i < ms; i += 20) {
    stream->now_us += 20 * MS;
    media += 20 * speed;
    sc_ingest_health_take (&stream->health, stream->timestamp + (guint32) media, stream->now_us);
  }
  stream->timestamp += (guint32) media;
}

static gboolean
is_starving (Stream *stream)
{
  return sc_ingest_health_is_starving (&stream->health, stream->now_us);
}

static void
test_silence (void)
{
  Stream stream = { .now_us = 1000 * G_USEC_PER_SEC, .timestamp = G_MAXUINT32 - 5000 };
  g_assert_false (is_starving (&stream));
  play (&stream, 30000, 1); /* the timestamps wrap around meanwhile */
  g_assert_false (is_starving (&stream));
  stream.now_us += 2900 * MS;
  g_assert_false (is_starving (&stream));
  stream.now_us += 200 * MS;
  g_assert_true (is_starving (&stream));
  play (&stream, 200, 16); /* what the encoder kept comes at once */
  g_assert_false (is_starving (&stream));
}

/* A pause after which the encoder goes on where it was: late for good, and healthy again. */
static void
test_pause (void)
{
  Stream stream = { .now_us = 1000 * G_USEC_PER_SEC };
  play (&stream, 15000, 1);
  stream.now_us += 5000 * MS;
  g_assert_true (is_starving (&stream));
  play (&stream, 4000, 1);
  g_assert_true (is_starving (&stream));
  play (&stream, 20000, 1);
  g_assert_false (is_starving (&stream));
}

static void
test_trickle (void)
{
  Stream stream = { .now_us = 1000 * G_USEC_PER_SEC };
  play (&stream, 15000, 1);
  play (&stream, 8000, 0.5);
  g_assert_true (is_starving (&stream));
  play (&stream, 8000, 0.5);
  g_assert_true (is_starving (&stream));
}

static void
test_jumps (void)
{
  Stream stream = { .now_us = 1000 * G_USEC_PER_SEC };
  play (&stream, 15000, 1);
  stream.timestamp += 3600000;
  play (&stream, 1000, 1);
  g_assert_false (is_starving (&stream));
  stream.timestamp -= 3600000;
  play (&stream, 1000, 1);
  g_assert_false (is_starving (&stream));
}

static void
push (ScIngestMeter *meter, guint8 type, guint8 first, guint32 timestamp)
{
  guint8 tag[1000] = { first, 1 };
  g_autoptr (GBytes) body = g_bytes_new_static (tag, sizeof tag);
  sc_ingest_meter_take (meter, type, timestamp, body);
}

/* 25 pictures a second of 1,000 bytes, every 50th a key picture, across the end of 32 bits. */
static void
test_meter (void)
{
  ScIngestMeter meter = { 0 };
  ScIngestMeasure measure = { 0 };
  g_assert_false (sc_ingest_meter_read (&meter, 1, &measure));
  for (guint i = 0; i < 125; i++) {
    push (&meter, 9, i % 50 == 0 ? 0x17 : 0x27, G_MAXUINT32 - 1000 + i * 40);
    push (&meter, 8, 0xaf, G_MAXUINT32 - 1000 + i * 40);
  }
  g_assert_false (sc_ingest_meter_read (&meter, 4 * G_USEC_PER_SEC, &measure));
  g_assert_true (sc_ingest_meter_read (&meter, 1 + 5 * G_USEC_PER_SEC, &measure));
  g_assert_cmpuint (measure.video_bitrate, ==, 200000);
  g_assert_cmpuint (measure.audio_bitrate, ==, 200000);
  g_assert_cmpfloat (measure.frame_rate, ==, 25);
  g_assert_cmpfloat (measure.keyframe_interval, ==, 2);
  g_assert_true (sc_ingest_meter_read (&meter, 1 + 10 * G_USEC_PER_SEC, &measure));
  g_assert_cmpuint (measure.video_bitrate, ==, 0);
  g_assert_cmpfloat (measure.keyframe_interval, ==, 2);
}

/* Timestamps that jump are no interval. */
static void
test_meter_jumps (void)
{
  static const guint32 times[] = { 10000, 12000, 3612000, 3612000, 1000 };
  ScIngestMeter meter = { 0 };
  ScIngestMeasure measure = { 0 };
  sc_ingest_meter_read (&meter, 1, &measure);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    push (&meter, 9, 0x17, times[i]);
  g_assert_true (sc_ingest_meter_read (&meter, 1 + 5 * G_USEC_PER_SEC, &measure));
  g_assert_cmpfloat (measure.keyframe_interval, ==, 2);
}

/* After a stall twice as much comes as is made in the time: its bitrate is the same. */
static void
test_meter_catches_up (void)
{
  ScIngestMeter meter = { 0 };
  ScIngestMeasure measure = { 0 };
  sc_ingest_meter_read (&meter, 1, &measure);
  for (guint i = 0; i <= 250; i++)
    push (&meter, 9, 0x17, i * 40);
  g_assert_true (sc_ingest_meter_read (&meter, 1 + 5 * G_USEC_PER_SEC, &measure));
  g_assert_cmpuint (measure.video_bitrate, >=, 200000);
  g_assert_cmpuint (measure.video_bitrate, <, 202000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local/ingest-health/silence", test_silence);
  g_test_add_func ("/local/ingest-health/pause", test_pause);
  g_test_add_func ("/local/ingest-health/trickle", test_trickle);
  g_test_add_func ("/local/ingest-health/jumps", test_jumps);
  g_test_add_func ("/ingest-meter", test_meter);
  g_test_add_func ("/ingest-meter/jumps", test_meter_jumps);
  g_test_add_func ("/ingest-meter/catches-up", test_meter_catches_up);
  return g_test_run ();
}
