/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-hls-playlist.h"
#include "sct-fuzz.h"

#include <string.h>

/* A playlist, from whatever server the playback URL names. As no playlist has the tags of both
 * kinds, an input is two of them with a form feed between. */

#define BETWEEN '\f'

static const char media[] =
  "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:1628\n"
  "#EXT-X-DATERANGE:ID=\"playlist-creation-1\",CLASS=\"timestamp\",END-ON-NEXT=YES,"
  "START-DATE=\"2026-10-08T12:26:32.089Z\",X-SERVER-TIME=\"1790345182.47\"\n"
  "#EXT-X-MAP:URI=\"init.mp4\",BYTERANGE=\"720@0\"\n"
  "#EXT-X-PROGRAM-DATE-TIME:2026-10-08T12:26:32.089Z\n#EXTINF:2.000,live\n"
  "#EXT-X-BYTERANGE:1000@720\nhttps://b.example/v1/segment/a.ts?dna=x%2Fy\n"
  "#EXTINF:2.000,live\n#EXT-X-BYTERANGE:2000\nhttps://b.example/v1/segment/a.ts?dna=x%2Fy\n"
  "#EXT-X-DISCONTINUITY\n#EXT-X-GAP\n#EXTINF:1.967,live\nb.ts\n"
  "#EXT-X-PREFETCH-DISCONTINUITY\n#EXT-X-PREFETCH:c.ts\n#EXT-X-TWITCH-PREFETCH:d.ts\n"
  "#EXT-X-ENDLIST\n";

static const char master[] =
  "#EXTM3U\n#EXT-X-SESSION-DATA:DATA-ID=\"SERVER-TIME\",VALUE=\"1790345182.47\"\n"
  "#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID=\"chunked\",NAME=\"720p60\",AUTOSELECT=YES,DEFAULT=YES\n"
  "#EXT-X-STREAM-INF:BANDWIDTH=230000,RESOLUTION=1280x720,CODECS=\"avc1.4D401F,mp4a.40.2\","
  "VIDEO=\"chunked\",FRAME-RATE=60.000\nhttps://c.example/v1/playlist/a.m3u8\n"
  "#EXT-X-STREAM-INF:BANDWIDTH=230000,RESOLUTION=284x160,STABLE-VARIANT-ID=\"160p30\","
  "IVS-NAME=\"160p30\",IVS-VARIANT-SOURCE=\"transcode\",FRAME-RATE=30.000\n../b.m3u8\n";

GByteArray *
sct_fuzz_seed (void)
{
  static const guint8 between = BETWEEN;
  GByteArray *bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) media, sizeof media - 1);
  g_byte_array_append (bytes, &between, 1);
  return g_byte_array_append (bytes, (const guint8 *) master, sizeof master - 1);
}

static void
check_uri (const char *uri)
{
  g_assert_true (g_str_has_prefix (uri, "https://"));
  g_assert_null (strpbrk (uri, " \t\r\n"));
}

static void
check_segment (const ScHlsPlaylist *playlist, const ScHlsSegment *segment)
{
  check_uri (segment->uri);
  g_assert_cmpint (segment->duration_us, >=, 0);
  g_assert_true (segment->range.start >= 0 || segment->range.start == SC_HLS_NONE);
  g_assert_true (segment->range.start == SC_HLS_NONE || segment->range.length > 0);
  g_assert_true (sc_hls_playlist_find (playlist, segment->sequence) == segment);
  const ScHlsMap *map = sc_hls_playlist_get_map (playlist, segment);
  if (map)
    check_uri (map->uri);
}

static void
parse (const guint8 *data, gsize size)
{
  g_autoptr (ScHlsPlaylist) playlist =
    sc_hls_playlist_parse ((const char *) data, size, "https://a.example/v1/master.m3u8", NULL);
  if (!playlist)
    return;
  for (guint i = 0; i < playlist->segments->len; i++)
    check_segment (playlist, sc_hls_playlist_get_segment (playlist, i));
  for (guint i = 0; i < playlist->variants->len; i++) {
    const ScHlsVariant *variant = sc_hls_playlist_get_variant (playlist, i);
    check_uri (variant->uri);
    g_assert_cmpint (strlen (variant->name), >, 0);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *end = data + size;
  const guint8 *between = size > 0 ? memchr (data, BETWEEN, size) : NULL;
  parse (data, (between ? between : end) - data);
  if (between)
    parse (between + 1, end - between - 1);
  return 0;
}
