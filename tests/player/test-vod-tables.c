/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ts-lead.h"
#include "sc-vod-ladder.h"
#include "sc-vod-queue.h"
#include "sc-vod-timeline.h"

#include <string.h>

#define BASE "https://a.example/media/hls/master.m3u8"
#define S G_USEC_PER_SEC

static ScHlsPlaylist *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  ScHlsPlaylist *playlist = sc_hls_playlist_parse (text, strlen (text), BASE, &error);
  g_assert_no_error (error);
  return playlist;
}

static void
test_timeline (void)
{
  const struct {
    gint64 time;
    guint index;
    gint64 start;
    gint64 before;
    gint64 after;
    gint64 nearest;
  } cases[] = {
    { 0, 0, 0, 0, 0, 0 },
    { 4 * S, 0, 0, 0, 10 * S, 0 },
    { 6 * S, 0, 0, 0, 10 * S, 10 * S },
    { 10 * S, 1, 10 * S, 10 * S, 10 * S, 10 * S },
    { 17 * S, 1, 10 * S, 10 * S, 18 * S, 18 * S },
    { 19 * S, 2, 18 * S, 18 * S, 18 * S, 18 * S },
    { 99 * S, 2, 18 * S, 18 * S, 18 * S, 18 * S },
  };
  g_autoptr (ScHlsPlaylist) playlist = parse ("#EXTM3U\n#EXTINF:10.0,\na.ts\n#EXTINF:8.0,\nb.ts\n"
                                              "#EXTINF:2.5,\nc.ts\n#EXT-X-ENDLIST\n");
  g_assert_cmpint (sc_vod_timeline_get_duration (playlist), ==, 20500000);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64 start;
    gint64 time = cases[i].time;
    g_assert_cmpint (sc_vod_timeline_find (playlist, time, &start), ==, cases[i].index);
    g_assert_cmpint (start, ==, cases[i].start);
    g_assert_cmpint (sc_vod_timeline_snap (playlist, time, SC_VOD_SNAP_NOT), ==, time);
    g_assert_cmpint (sc_vod_timeline_snap (playlist, time, SC_VOD_SNAP_BEFORE),
                     ==,
                     cases[i].before);
    g_assert_cmpint (sc_vod_timeline_snap (playlist, time, SC_VOD_SNAP_AFTER), ==, cases[i].after);
    g_assert_cmpint (sc_vod_timeline_snap (playlist, time, SC_VOD_SNAP_NEAREST),
                     ==,
                     cases[i].nearest);
  }
}

static void
test_ladder (void)
{
  enum {
    LOW,
    SOUND,
    HIGH,
    MIDDLE
  };
  const struct {
    const char *what;
    guint current;
    ScVodPace pace;
    guint next;
  } cases[] = {
    { "nothing is known", HIGH, { 0, 9, TRUE }, HIGH },
    { "too slow, but not dry yet", HIGH, { 1000000, 0, FALSE }, HIGH },
    { "dry", HIGH, { 2000000, 0, TRUE }, MIDDLE },
    { "very slow", HIGH, { 500000, 0, TRUE }, LOW },
    { "nothing carries", HIGH, { 100000, 0, TRUE }, SOUND },
    { "dry for another reason", MIDDLE, { 90000000, 0, TRUE }, MIDDLE },
    { "fast again, not for long", LOW, { 90000000, 2, FALSE }, LOW },
    { "fast again", LOW, { 90000000, 3, FALSE }, HIGH },
    { "a picture rather than none", SOUND, { 500000, 3, FALSE }, LOW },
    { "as good as it gets", HIGH, { 90000000, 50, FALSE }, HIGH },
  };
  g_autoptr (ScHlsPlaylist) master =
    parse ("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=230000,RESOLUTION=284x160\na\n"
           "#EXT-X-STREAM-INF:BANDWIDTH=160000,CODECS=\"mp4a.40.2\"\nb\n"
           "#EXT-X-STREAM-INF:BANDWIDTH=3000000,RESOLUTION=1280x720\nc\n"
           "#EXT-X-STREAM-INF:BANDWIDTH=1400000,RESOLUTION=852x480\nd\n");
  g_assert_cmpint (sc_vod_ladder_get_first (master), ==, HIGH);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].what);
    g_assert_cmpint (sc_vod_ladder_next (master, cases[i].current, &cases[i].pace),
                     ==,
                     cases[i].next);
  }
}

/* Writes a packet with a clock in its adaptation field. */
static void
write_clock (guint8 *packet, guint64 ticks)
{
  memset (packet, 0xff, 188);
  const guint8 head[] = { 0x47,
                          0x01,
                          0x00,
                          0x20,
                          183,
                          0x10,
                          (guint8) (ticks >> 25),
                          (guint8) (ticks >> 17),
                          (guint8) (ticks >> 9),
                          (guint8) (ticks >> 1),
                          (guint8) ((ticks & 1) << 7 | 0x7e),
                          0 };
  memcpy (packet, head, sizeof head);
}

/* Writes a packet in which a PES packet of a kind begins. */
static void
write_pes (guint8 *packet, guint8 stream_id, guint64 ticks)
{
  memset (packet, 0xff, 188);
  const guint8 head[] = { 0x47,
                          0x41,
                          0x00,
                          0x10,
                          0,
                          0,
                          1,
                          stream_id,
                          0,
                          0,
                          0x80,
                          0x80,
                          5,
                          (guint8) (0x21 | ticks >> 29),
                          (guint8) (ticks >> 22),
                          (guint8) (ticks >> 14 | 1),
                          (guint8) (ticks >> 7),
                          (guint8) (ticks << 1 | 1) };
  memcpy (packet, head, sizeof head);
}

static void
test_lead (void)
{
  guint8 data[3 * 188];
  gint64 lead = 0;
  write_clock (data, 900000);
  write_pes (data + 188, 0xc0, 909000);
  write_pes (data + 376, 0xe0, 918000);
  g_assert_true (sc_ts_lead_is_stream (data, 188));
  g_assert_true (sc_ts_lead_is_stream (data, 376));
  g_assert_false (sc_ts_lead_is_stream (data, 187));
  g_assert_false (sc_ts_lead_is_stream (data + 1, 375));
  g_assert_false (sc_ts_lead_find (data, 376, FALSE, &lead));
  g_assert_true (sc_ts_lead_find (data, 376, TRUE, &lead));
  g_assert_cmpint (lead, ==, 100000000);
  g_assert_true (sc_ts_lead_find (data, sizeof data, FALSE, &lead));
  g_assert_cmpint (lead, ==, 200000000);

  write_clock (data, G_GUINT64_CONSTANT (0x1ffffffff) - 8999);
  write_pes (data + 376, 0xe0, 9000);
  g_assert_true (sc_ts_lead_find (data, sizeof data, FALSE, &lead));
  g_assert_cmpint (lead, ==, 200000000);

  write_clock (data, G_GUINT64_CONSTANT (0x123456789));
  write_pes (data + 376, 0xe0, G_GUINT64_CONSTANT (0x123456789) - 90);
  g_assert_true (sc_ts_lead_find (data, sizeof data, FALSE, &lead));
  g_assert_cmpint (lead, ==, -1000000);

  data[0] = 0;
  g_assert_false (sc_ts_lead_find (data, sizeof data, TRUE, &lead));
  g_assert_false (sc_ts_lead_find (data, 0, TRUE, &lead));
}

/* Whatever is in a packet, nothing behind it is read. */
static void
test_lead_of_noise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  for (guint i = 0; i < 10000; i++) {
    guint size = (guint) g_rand_int_range (rand, 0, 4) * 188;
    g_autofree guint8 *data = g_malloc (MAX (size, 1));
    gint64 lead;
    for (guint j = 0; j < size; j++)
      data[j] = j % 188 == 0 ? 0x47 : (guint8) g_rand_int (rand);
    (void) sc_ts_lead_find (data, size, TRUE, &lead);
  }
}

/* Who waits for an order that is none any more does not wait. */
static void
test_wait (void)
{
  ScVodQueue *queue = sc_vod_queue_new ();
  g_auto (ScVodOrder) order = { 0 };
  gboolean is_new = FALSE;
  gint64 before = g_get_monotonic_time ();
  sc_vod_queue_restart (queue, 0);
  g_assert_true (sc_vod_queue_wait_order (queue, &order, &is_new));
  sc_vod_queue_restart (queue, G_USEC_PER_SEC);
  g_assert_true (sc_vod_queue_wait (queue, order.turn, 60 * G_USEC_PER_SEC));
  sc_vod_queue_stop (queue);
  g_assert_false (sc_vod_queue_wait (queue, 0, 60 * G_USEC_PER_SEC));
  g_assert_cmpint (g_get_monotonic_time () - before, <, 30 * G_USEC_PER_SEC);
  sc_vod_queue_free (queue);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vod-tables/timeline", test_timeline);
  g_test_add_func ("/vod-tables/ladder", test_ladder);
  g_test_add_func ("/vod-tables/lead", test_lead);
  g_test_add_func ("/vod-tables/lead-of-noise", test_lead_of_noise);
  g_test_add_func ("/vod-tables/wait", test_wait);
  return g_test_run ();
}
