/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-hls-playlist.h"
#include "sc-playlist.h"
#include "sc-recording-playlist.h"

#include <string.h>

#define BASE "https://a.example/v1/playlist/one.m3u8"
#define S G_USEC_PER_SEC

/* 2026-10-08T12:26:32Z */
#define DAY G_GINT64_CONSTANT (1791462392)

static ScHlsPlaylist *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  ScHlsPlaylist *playlist = sc_hls_playlist_parse (text, strlen (text), BASE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (playlist);
  return playlist;
}

/* As Amazon IVS writes it, shortened. */
static const char live[] =
  "#EXTM3U\n"
  "#EXT-X-VERSION:3\n"
  "#EXT-X-TARGETDURATION:6\n"
  "#EXT-X-MEDIA-SEQUENCE:1628\n"
  "#EXT-X-NET-LIVE-VIDEO-LIVE-SEQUENCE:1628\n"
  "#EXT-X-NET-LIVE-VIDEO-ELAPSED-SECS:3255.383\n"
  "#EXT-X-DATERANGE:ID=\"playlist-creation-1\",CLASS=\"timestamp\","
  "START-DATE=\"2026-10-08T12:26:38.1Z\",END-ON-NEXT=YES,X-SERVER-TIME=\"1791462398.47\"\n"
  "#EXT-X-DATERANGE:ID=\"source-1\",CLASS=\"live-video-net-stream-source\","
  "START-DATE=\"2026-10-08T12:00:00.0Z\",END-ON-NEXT=YES,X-NET-LIVE-VIDEO-STREAM-SOURCE=\"live\"\n"
  "#EXT-X-PROGRAM-DATE-TIME:2026-10-08T12:26:32.089Z\n"
  "#EXTINF:2.000,live\n"
  "https://b.example/v1/segment/aa.ts?dna=x%2Fy+z=\n"
  "#EXT-X-PROGRAM-DATE-TIME:2026-10-08T12:26:34.089Z\n"
  "#EXTINF:4.000,live\n"
  "https://b.example/v1/segment/bb.ts?dna=q\n"
  "#EXT-X-PREFETCH:https://b.example/v1/segment/cc.ts\n"
  "#EXT-X-PREFETCH:https://b.example/v1/segment/dd.ts\n";

static void
test_live (void)
{
  g_autoptr (ScHlsPlaylist) playlist = parse (live);
  g_assert_false (playlist->is_master);
  g_assert_false (playlist->has_ended);
  g_assert_cmpint (playlist->target_duration_us, ==, 6 * S);
  g_assert_cmpint (playlist->mean_duration_us, ==, 3 * S);
  g_assert_cmpint (playlist->server_time_us, ==, (DAY + 6) * S + 470000);
  g_assert_cmpint (playlist->segments->len, ==, 4);

  const ScHlsSegment *first = sc_hls_playlist_get_segment (playlist, 0);
  g_assert_cmpstr (first->uri, ==, "https://b.example/v1/segment/aa.ts?dna=x%2Fy+z=");
  g_assert_cmpint (first->sequence, ==, 1628);
  g_assert_cmpint (first->duration_us, ==, 2 * S);
  g_assert_cmpint (first->time_us, ==, DAY * S + 89000);
  g_assert_cmpint (first->range.start, ==, SC_HLS_NONE);
  g_assert_false (first->is_prefetch);
  g_assert_false (first->discontinuity);
  g_assert_null (sc_hls_playlist_get_map (playlist, first));

  const ScHlsSegment *last = sc_hls_playlist_find (playlist, 1631);
  g_assert_cmpstr (last->uri, ==, "https://b.example/v1/segment/dd.ts");
  g_assert_true (last->is_prefetch);
  g_assert_cmpint (last->duration_us, ==, 3 * S);
  g_assert_cmpint (last->time_us, ==, (DAY + 9) * S + 89000);
  g_assert_null (sc_hls_playlist_find (playlist, 1632));
  g_assert_null (sc_hls_playlist_find (playlist, 1627));
}

static void
test_twitch (void)
{
  g_autoptr (ScHlsPlaylist) playlist = parse ("#EXTM3U\n#EXT-X-TARGETDURATION:6\n"
                                              "#EXT-X-MEDIA-SEQUENCE:7\n#EXTINF:2.000,live\na.ts\n"
                                              "#EXT-X-TWITCH-PREFETCH:b.ts\n"
                                              "#EXT-X-TWITCH-PREFETCH-DISCONTINUITY\n"
                                              "#EXT-X-TWITCH-PREFETCH:c.ts\n");
  g_assert_cmpint (playlist->segments->len, ==, 3);
  g_assert_false (sc_hls_playlist_find (playlist, 8)->discontinuity);
  g_assert_true (sc_hls_playlist_find (playlist, 8)->is_prefetch);
  g_assert_true (sc_hls_playlist_find (playlist, 9)->discontinuity);
  g_assert_cmpint (sc_hls_playlist_find (playlist, 9)->time_us, ==, SC_HLS_NONE);
}

/* The source of a stream changes between two segments, and an advertisement is stitched in; only
 * the playlist's own tag is a discontinuity. */
static void
test_no_invented_discontinuity (void)
{
  g_autoptr (ScHlsPlaylist) playlist =
    parse ("#EXTM3U\n#EXT-X-TARGETDURATION:6\n"
           "#EXT-X-DATERANGE:ID=\"a\",CLASS=\"live-video-net-stream-source\",END-ON-NEXT=YES,"
           "X-NET-LIVE-VIDEO-STREAM-SOURCE=\"live\"\n#EXTINF:2.000,live\na.ts\n"
           "#EXT-X-DATERANGE:ID=\"b\",CLASS=\"live-video-net-stitched-ad\"\n"
           "#EXT-X-DATERANGE:ID=\"c\",CLASS=\"live-video-net-stream-source\",END-ON-NEXT=YES,"
           "X-NET-LIVE-VIDEO-STREAM-SOURCE=\"Amazon|1\"\n#EXTINF:2.000,1234\nb.ts\n"
           "#EXT-X-DISCONTINUITY\n#EXTINF:2.000,live\nc.ts\n");
  g_assert_false (sc_hls_playlist_get_segment (playlist, 1)->discontinuity);
  g_assert_true (sc_hls_playlist_get_segment (playlist, 2)->discontinuity);
}

static void
test_ranges_and_maps (void)
{
  g_autoptr (ScHlsPlaylist) playlist =
    parse ("#EXTM3U\r\n#EXT-X-TARGETDURATION:2\r\n"
           "#EXT-X-MAP:URI=\"init.mp4\",BYTERANGE=\"720@0\"\r\n"
           "#EXTINF:2,\r\n#EXT-X-BYTERANGE:100@720\r\na.mp4\r\n"
           "#EXTINF:2,\r\n#EXT-X-BYTERANGE:200\r\na.mp4\r\n"
           "#EXT-X-MAP:URI=\"../other.mp4\"\r\n"
           "#EXT-X-GAP\r\n#EXTINF:2,\r\nb.mp4\r\n#EXT-X-ENDLIST");
  g_assert_true (playlist->has_ended);
  const ScHlsSegment *second = sc_hls_playlist_get_segment (playlist, 1);
  g_assert_cmpstr (second->uri, ==, "https://a.example/v1/playlist/a.mp4");
  g_assert_cmpint (second->range.start, ==, 820);
  g_assert_cmpint (second->range.length, ==, 200);
  g_assert_false (second->is_gap);
  const ScHlsMap *map = sc_hls_playlist_get_map (playlist, second);
  g_assert_cmpstr (map->uri, ==, "https://a.example/v1/playlist/init.mp4");
  g_assert_cmpint (map->range.length, ==, 720);

  const ScHlsSegment *third = sc_hls_playlist_get_segment (playlist, 2);
  g_assert_true (third->is_gap);
  g_assert_cmpint (third->range.start, ==, SC_HLS_NONE);
  g_assert_cmpstr (sc_hls_playlist_get_map (playlist, third)->uri,
                   ==,
                   "https://a.example/v1/other.mp4");
}

/* One time dates its neighbours on both sides, up to a discontinuity. */
static void
test_times (void)
{
  g_autoptr (ScHlsPlaylist) playlist =
    parse ("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:1,\na.ts\n#EXT-X-DISCONTINUITY\n"
           "#EXTINF:2,\nb.ts\n#EXT-X-PROGRAM-DATE-TIME:2026-10-08T14:26:32.5+02:00\n"
           "#EXTINF:3,\nc.ts\n#EXTINF:4,\nd.ts\n"
           "#EXT-X-PREFETCH:e.ts\n#EXT-X-PREFETCH-DISCONTINUITY\n#EXT-X-PREFETCH:f.ts\n");
  const gint64 times[] = { SC_HLS_NONE,
                           (DAY - 2) * S + 500000,
                           DAY * S + 500000,
                           (DAY + 3) * S + 500000,
                           (DAY + 7) * S + 500000,
                           SC_HLS_NONE };
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    g_assert_cmpint (sc_hls_playlist_get_segment (playlist, i)->time_us, ==, times[i]);
}

static void
test_older_master (void)
{
  g_autoptr (ScHlsPlaylist) playlist =
    parse ("#EXTM3U\n"
           "#EXT-X-SESSION-DATA:DATA-ID=\"NODE\",VALUE=\"video-edge, 1\"\n"
           "#EXT-X-SESSION-DATA:DATA-ID=\"SERVER-TIME\",VALUE=\"1791462392.50\"\n"
           "#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID=\"160p30\",NAME=\"160p\",AUTOSELECT=YES,DEFAULT=YES\n"
           "#EXT-X-STREAM-INF:BANDWIDTH=230000,RESOLUTION=284x160,"
           "CODECS=\"avc1.4D401F,mp4a.40.2\",VIDEO=\"160p30\",FRAME-RATE=30.000\n"
           "https://c.example/v1/playlist/a.m3u8\n"
           "#EXT-X-STREAM-INF:BANDWIDTH=160000,CODECS=\"mp4a.40.2\",VIDEO=\"audio_only\"\n"
           "https://c.example/v1/playlist/b.m3u8\n"
           "#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID=\"chunked\",NAME=\"720p60 (source)\"\n"
           "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI=\"i.m3u8\"\n"
           "#EXT-X-STREAM-INF:BANDWIDTH=3000000,RESOLUTION=1280x720,VIDEO=\"chunked\"\n"
           "https://c.example/v1/playlist/c.m3u8\n");
  g_assert_true (playlist->is_master);
  g_assert_cmpint (playlist->server_time_us, ==, DAY * S + 500000);
  g_assert_cmpint (playlist->variants->len, ==, 3);
  const ScHlsVariant *low = sc_hls_playlist_get_variant (playlist, 0);
  g_assert_cmpstr (low->name, ==, "160p");
  g_assert_cmpstr (low->codecs, ==, "avc1.4D401F,mp4a.40.2");
  g_assert_cmpint (low->bandwidth, ==, 230000);
  g_assert_cmpint (low->width, ==, 284);
  g_assert_cmpint (low->height, ==, 160);
  g_assert_cmpfloat (low->frame_rate, ==, 30);
  g_assert_false (low->is_source);
  const ScHlsVariant *sound = sc_hls_playlist_get_variant (playlist, 1);
  g_assert_cmpstr (sound->name, ==, "160k");
  g_assert_cmpint (sound->width, ==, 0);
  const ScHlsVariant *source = sc_hls_playlist_get_variant (playlist, 2);
  g_assert_cmpstr (source->name, ==, "720p60 (source)");
  g_assert_true (source->is_source);
  g_assert_null (source->codecs);
}

static void
test_newer_master (void)
{
  g_autoptr (ScHlsPlaylist) playlist =
    parse ("\xef\xbb\xbf#EXTM3U\n"
           "#EXT-X-TWITCH-INFO:NODE=\"a\",SERVER-TIME=\"1791462392.50\",FUTURE=\"true\"\n"
           "#EXT-X-STREAM-INF:BANDWIDTH=3000000,RESOLUTION=1280x720,FRAME-RATE=59.94,"
           "STABLE-VARIANT-ID=\"720p60\",IVS-NAME=\"720p60 (best)\",IVS-VARIANT-SOURCE=\"source\"\n"
           "a.m3u8\n"
           "#EXT-X-STREAM-INF:BANDWIDTH=900000,STABLE-VARIANT-ID=\"480p30\","
           "IVS-VARIANT-SOURCE=\"transcode\"\nb.m3u8\n"
           "#EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=640x360,FRAME-RATE=29.97\nc.m3u8\n"
           "#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360,FRAME-RATE=30\nd.m3u8\n"
           "#EXT-X-STREAM-INF:RESOLUTION=640x360\ne.m3u8\n");
  const char *const names[] = { "720p60 (best)", "480p30", "360p30", "360p30 2", "360p" };
  g_assert_cmpint (playlist->server_time_us, ==, DAY * S + 500000);
  g_assert_cmpint (playlist->variants->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const ScHlsVariant *variant = sc_hls_playlist_get_variant (playlist, i);
    g_assert_cmpstr (variant->name, ==, names[i]);
    g_assert_cmpint (variant->is_source, ==, i == 0);
  }
}

typedef struct {
  const char *what;
  const char *text;
  ScHlsError code;
} Refusal;

#define MEDIA "#EXTM3U\n#EXT-X-TARGETDURATION:2\n"
#define MASTER "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n"

static void
test_refused (void)
{
  static const Refusal cases[] = {
    { "nothing", "", SC_HLS_ERROR_NOT_PLAYLIST },
    { "a page", "<!DOCTYPE html>\n", SC_HLS_ERROR_NOT_PLAYLIST },
    { "not the first line", "\n#EXTM3U\n", SC_HLS_ERROR_NOT_PLAYLIST },
    { "no UTF-8", "#EXTM3U\n#\xff\n", SC_HLS_ERROR_NOT_PLAYLIST },
    { "no tag", MEDIA "a.ts\n", SC_HLS_ERROR_BAD },
    { "no address", MEDIA "#EXTINF:2,\n", SC_HLS_ERROR_BAD },
    { "no address of a variant", MASTER, SC_HLS_ERROR_BAD },
    { "two variants, one address", MASTER "#EXT-X-STREAM-INF:BANDWIDTH=2\na\n", SC_HLS_ERROR_BAD },
    { "both kinds", MASTER "a.m3u8\n#EXTINF:2,\na.ts\n", SC_HLS_ERROR_BAD },
    { "no duration", MEDIA "#EXTINF:,\na.ts\n", SC_HLS_ERROR_BAD },
    { "negative", MEDIA "#EXTINF:-2,\na.ts\n", SC_HLS_ERROR_BAD },
    { "hexadecimal", MEDIA "#EXTINF:0x2,\na.ts\n", SC_HLS_ERROR_BAD },
    { "infinite", MEDIA "#EXTINF:inf,\na.ts\n", SC_HLS_ERROR_BAD },
    { "two points", MEDIA "#EXTINF:2.0.0,\na.ts\n", SC_HLS_ERROR_BAD },
    { "endless", MEDIA "#EXTINF:99999,\na.ts\n", SC_HLS_ERROR_BAD },
    { "no sequence", MEDIA "#EXT-X-MEDIA-SEQUENCE:x\n", SC_HLS_ERROR_BAD },
    { "last sequence", MEDIA "#EXT-X-MEDIA-SEQUENCE:18446744073709551615\n", SC_HLS_ERROR_BAD },
    { "range of nothing", MEDIA "#EXTINF:2,\n#EXT-X-BYTERANGE:0@0\na.ts\n", SC_HLS_ERROR_BAD },
    { "range beyond", MEDIA "#EXT-X-BYTERANGE:1@9223372036854775807\n", SC_HLS_ERROR_BAD },
    { "range after none", MEDIA "#EXTINF:2,\n#EXT-X-BYTERANGE:9\na.ts\n", SC_HLS_ERROR_BAD },
    { "range after another's",
      MEDIA "#EXTINF:2,\n#EXT-X-BYTERANGE:9@0\na.ts\n#EXTINF:2,\n#EXT-X-BYTERANGE:9\nb.ts\n",
      SC_HLS_ERROR_BAD },
    { "map without address", MEDIA "#EXT-X-MAP:BYTERANGE=\"1@0\"\n", SC_HLS_ERROR_BAD },
    { "open quote", MEDIA "#EXT-X-MAP:URI=\"a.mp4\n", SC_HLS_ERROR_BAD },
    { "encrypted", MEDIA "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n", SC_HLS_ERROR_BAD },
    { "whole after prefetch", MEDIA "#EXT-X-PREFETCH:a.ts\n#EXTINF:2,\nb.ts\n", SC_HLS_ERROR_BAD },
    { "a file", MEDIA "#EXTINF:2,\nfile:///etc/passwd\n", SC_HLS_ERROR_BAD },
    { "data", MASTER "data:text/plain,x\n", SC_HLS_ERROR_BAD },
    { "in the clear", MEDIA "#EXTINF:2,\nhttp://a.example/a.ts\n", SC_HLS_ERROR_BAD },
    { "map in the clear", MEDIA "#EXT-X-MAP:URI=\"http://a.example/a\"\n", SC_HLS_ERROR_BAD },
    { "no host", MEDIA "#EXTINF:2,\nhttps:///a.ts\n", SC_HLS_ERROR_BAD },
    { "a blank inside", MEDIA "#EXTINF:2,\na b.ts\n", SC_HLS_ERROR_BAD },
    { "a return inside", MEDIA "#EXTINF:2,\na\rb.ts\n", SC_HLS_ERROR_BAD },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", cases[i].what);
    g_assert_null (sc_hls_playlist_parse (cases[i].text, strlen (cases[i].text), BASE, &error));
    g_assert_error (error, SC_HLS_ERROR, (int) cases[i].code);
  }
}

/* Not as it should be, and yet to be understood. */
static void
test_tolerated (void)
{
  static const char *const texts[] = {
    "#EXTM3U",
    "#EXTM3U \r\n#EXT-X-TARGETDURATION:2\r\n\r\n#EXTINF:2\r\na.ts",
    MEDIA "#EXT-X-PROGRAM-DATE-TIME:yesterday\n#EXTINF:2,\na.ts\n",
    MEDIA "#EXT-X-DATERANGE:X-SERVER-TIME=\"soon\"\n#EXT-X-DATERANGE:\n#EXT-X-DATERANGE\n",
    MEDIA "#EXT-X-KEY:METHOD=NONE\n#EXTINF:2,\na.ts\n",
    MEDIA "#EXT-X-SOMETHING-NEW:A=\"\n# a comment\n#\n#EXTINF:2,\na.ts\n",
    "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=much,RESOLUTION=wide,FRAME-RATE=nan\na.m3u8\n",
    "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=1x99999\na.m3u8\n",
    "#EXTM3U\n#EXT-X-STREAM-INF\na.m3u8\n",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (ScHlsPlaylist) playlist = parse (texts[i]);
    g_assert_cmpint (playlist->server_time_us, ==, SC_HLS_NONE);
    if (playlist->segments->len > 0)
      g_assert_cmpint (sc_hls_playlist_get_segment (playlist, 0)->time_us, ==, SC_HLS_NONE);
    if (playlist->variants->len > 0)
      g_assert_cmpint (sc_hls_playlist_get_variant (playlist, 0)->height, ==, 0);
  }
}

static void
test_zero_byte (void)
{
  static const char text[] = "#EXTM3U\n#EXTINF:2,\na\0b.ts\n";
  g_autoptr (GError) error = NULL;
  g_assert_null (sc_hls_playlist_parse (text, sizeof text - 1, BASE, &error));
  g_assert_error (error, SC_HLS_ERROR, SC_HLS_ERROR_NOT_PLAYLIST);
}

static void
test_base (void)
{
  static const char text[] = MEDIA "#EXTINF:2,\nhttp://a.example/a.ts\n#EXTINF:2,\n//b.example/b\n";
  static const char *const bad[] = { "", "a.m3u8", "file:///a.m3u8", "https:", "ftp://a.example/" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (sc_hls_playlist_parse (text, sizeof text - 1, bad[i], &error));
    g_assert_error (error, SC_HLS_ERROR, SC_HLS_ERROR_BAD);
  }
  g_autoptr (ScHlsPlaylist) playlist =
    sc_hls_playlist_parse (text, sizeof text - 1, "http://a.example/x/y?token=t", NULL);
  g_assert_nonnull (playlist);
  g_assert_cmpstr (sc_hls_playlist_get_segment (playlist, 1)->uri, ==, "http://b.example/b");
}

/* A text that says the same thing @n times. */
static char *
repeat (const char *head, const char *body, guint n)
{
  GString *text = g_string_new (head);
  for (guint i = 0; i < n; i++)
    g_string_append (text, body);
  return g_string_free (text, FALSE);
}

static void
test_limits (void)
{
  const struct {
    const char *body;
    guint most;
  } cases[] = {
    { "#EXTINF:2,\na\n", 100000 },
    { "#EXT-X-PREFETCH:a\n", 100000 },
    { "#\n", 500000 },
    { "#EXT-X-MAP:URI=\"a\"\n", 1000 },
    { "#EXT-X-STREAM-INF:BANDWIDTH=1\na\n", 64 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *most = repeat ("#EXTM3U\n", cases[i].body, cases[i].most);
    g_autofree char *more = repeat ("#EXTM3U\n", cases[i].body, cases[i].most + 1);
    g_autoptr (ScHlsPlaylist) playlist = parse (most);
    g_assert_null (sc_hls_playlist_parse (more, strlen (more), BASE, &error));
    g_assert_error (error, SC_HLS_ERROR, SC_HLS_ERROR_TOO_BIG);
  }
}

static void
assert_too_big (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (sc_hls_playlist_parse (text, strlen (text), BASE, &error));
  g_assert_error (error, SC_HLS_ERROR, SC_HLS_ERROR_TOO_BIG);
}

static void
test_long (void)
{
  g_autofree char *uri = repeat (MEDIA "#EXTINF:2,\n", "a", 8192);
  g_autofree char *longer_uri = repeat (MEDIA "#EXTINF:2,\n", "a", 8193);
  g_autofree char *line = repeat ("#EXTM3U\n#", "a", 65535);
  g_autofree char *longer_line = repeat ("#EXTM3U\n#", "a", 65536);
  g_autofree char *text = repeat ("#EXTM3U\n", "#23456789abcdef\n", SC_HLS_MAX_TEXT / 16);
  g_autoptr (ScHlsPlaylist) with_uri = parse (uri);
  g_autoptr (ScHlsPlaylist) with_line = parse (line);
  assert_too_big (longer_uri);
  assert_too_big (longer_line);
  assert_too_big (text);
}

static ScSegment *
make_segment (guint64 sequence, gint64 time_us)
{
  ScSegment *segment = sc_segment_new (sequence);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  segment->wall_time_us = time_us;
  sc_segment_open (segment);
  g_assert_true (sc_segment_append (segment, bytes));
  return segment;
}

/* What our own origin writes reads back as what it was made of. */
static void
test_own_rendition (void)
{
  g_autoptr (GPtrArray) segments =
    g_ptr_array_new_with_free_func ((GDestroyNotify) sc_segment_unref);
  g_autoptr (GPtrArray) prefetch =
    g_ptr_array_new_with_free_func ((GDestroyNotify) sc_segment_unref);
  for (guint i = 0; i < 2; i++) {
    ScSegment *segment = make_segment (40 + i, (DAY + 2 * i) * S);
    sc_segment_finish (segment, 2 * S);
    g_ptr_array_add (segments, segment);
  }
  g_ptr_array_add (prefetch, make_segment (42, (DAY + 4) * S));
  g_ptr_array_add (prefetch, sc_segment_new (43));
  const ScRenditionView view = {
    .base_url = "https://localhost:8444",
    .now_us = (DAY + 5) * S,
    .started_at_us = DAY * S,
    .segments = segments,
    .prefetch = prefetch,
  };
  g_autofree char *text = sc_playlist_write_rendition (&view);
  g_autoptr (ScHlsPlaylist) playlist = parse (text);
  g_assert_cmpint (playlist->segments->len, ==, 4);
  g_assert_cmpint (playlist->server_time_us, ==, (DAY + 5) * S);
  for (guint i = 0; i < 4; i++) {
    const ScHlsSegment *segment = sc_hls_playlist_get_segment (playlist, i);
    const ScSegment *made = g_ptr_array_index (i < 2 ? segments : prefetch, i % 2);
    g_autofree char *name = g_strdup_printf ("/v1/segment/%s.ts", made->id);
    g_assert_cmpint (segment->sequence, ==, made->sequence);
    g_assert_cmpint (segment->time_us, ==, (DAY + 2 * i) * S);
    g_assert_cmpint (segment->duration_us, ==, 2 * S);
    g_assert_cmpint (segment->is_prefetch, ==, i >= 2);
    g_assert_true (g_str_has_suffix (segment->uri, name));
  }
}

static const ScMediaInfo info = {
  .width = 1280,
  .height = 720,
  .frame_rate = 30,
  .bandwidth = 2500000,
  .video_codec = "avc1.4D401F",
  .audio_codec = "mp4a.40.2",
};

static void
test_own_master (void)
{
  const ScVariant variants[] = {
    { .info = info, .id = "x", .is_source = TRUE },
    { .info = { 284, 160, 30, 230000, "avc1.4D400C", "mp4a.40.2" }, .id = "y" },
  };
  g_autofree char *text =
    sc_playlist_write_master (variants, G_N_ELEMENTS (variants), "https://localhost:8444", DAY * S);
  g_autoptr (ScHlsPlaylist) playlist = parse (text);
  g_assert_cmpint (playlist->server_time_us, ==, DAY * S);
  const ScHlsVariant *variant = sc_hls_playlist_get_variant (playlist, 0);
  g_assert_cmpstr (variant->name, ==, "720p30");
  g_assert_cmpint (variant->bandwidth, ==, 2500000);
  g_assert_cmpstr (variant->uri, ==, "https://localhost:8444/v1/playlist/x.m3u8");
  const ScHlsVariant *small = sc_hls_playlist_get_variant (playlist, 1);
  g_assert_true (variant->is_source);
  g_assert_false (small->is_source);
  g_assert_cmpstr (small->name, ==, "160p30");
  g_assert_cmpstr (small->uri, ==, "https://localhost:8444/v1/playlist/y.m3u8");
}

static void
test_own_recording (void)
{
  g_autoptr (ScRecordingIndex) index = sc_recording_index_new ();
  index->info = info;
  for (guint i = 0; i < 12; i++) {
    const ScRecordingEntry entry = {
      .file = i / 5,
      .offset = i % 5 * 1000,
      .size = 1000,
      .duration_us = 2 * S,
      .wall_time_us = (DAY + 2 * i) * S,
      .discontinuity = i == 5,
    };
    sc_recording_index_add_entry (index, &entry);
  }
  g_autofree char *files = sc_recording_playlist_write_files (index);
  g_autofree char *ranges = sc_recording_playlist_write_ranges (index);
  g_autoptr (ScHlsPlaylist) by_file = parse (files);
  g_autoptr (ScHlsPlaylist) by_range = parse (ranges);
  g_assert_true (by_file->has_ended);
  g_assert_cmpint (by_file->segments->len, ==, 3);
  g_assert_cmpint (by_range->segments->len, ==, 12);
  for (guint i = 0; i < 12; i++) {
    const ScHlsSegment *segment = sc_hls_playlist_get_segment (by_range, i);
    g_assert_cmpint (segment->range.start, ==, i % 5 * 1000);
    g_assert_cmpint (segment->range.length, ==, 1000);
    g_assert_cmpint (segment->time_us, ==, (DAY + 2 * i) * S);
    g_assert_cmpint (segment->discontinuity, ==, i == 5);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hls/live", test_live);
  g_test_add_func ("/hls/twitch", test_twitch);
  g_test_add_func ("/hls/no-invented-discontinuity", test_no_invented_discontinuity);
  g_test_add_func ("/hls/ranges-and-maps", test_ranges_and_maps);
  g_test_add_func ("/hls/times", test_times);
  g_test_add_func ("/hls/older-master", test_older_master);
  g_test_add_func ("/hls/newer-master", test_newer_master);
  g_test_add_func ("/hls/refused", test_refused);
  g_test_add_func ("/hls/tolerated", test_tolerated);
  g_test_add_func ("/hls/zero-byte", test_zero_byte);
  g_test_add_func ("/hls/base", test_base);
  g_test_add_func ("/hls/limits", test_limits);
  g_test_add_func ("/hls/long", test_long);
  g_test_add_func ("/hls/own-rendition", test_own_rendition);
  g_test_add_func ("/hls/own-master", test_own_master);
  g_test_add_func ("/hls/own-recording", test_own_recording);
  return g_test_run ();
}
