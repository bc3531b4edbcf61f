/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-playlist.h"

#include <math.h>

/* Playlists as Amazon IVS writes them: RFC 8216 version 3, tags that begin with
 * EXT-X-NET-LIVE-VIDEO, and two EXT-X-PREFETCH lines that name segments of which the bytes can be
 * had while they are made. Pure functions. */

/* Amazon IVS promises this for segments of 2 s. */
#define TARGET_DURATION 6

/* Appends a time as "2026-10-08T12:26:32.089Z". */
static void
append_time (GString *text, gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (time_us);
  g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  g_string_append_printf (text, "%s.%03dZ", seconds, g_date_time_get_microsecond (time) / 1000);
}

/* Appends microseconds as seconds with three decimals, whatever the locale. */
static void
append_seconds (GString *text, gint64 microseconds)
{
  gint64 milliseconds = (microseconds + 500) / 1000;
  g_string_append_printf (text,
                          "%" G_GINT64_FORMAT ".%03d",
                          milliseconds / 1000,
                          (int) (milliseconds % 1000));
}

static void
append_frame_rate (GString *text, double frame_rate)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append (text, g_ascii_formatd (number, sizeof number, "%.3f", frame_rate));
}

/* Two generations of tags stand side by side: Amazon IVS's older masters have a group of
 * EXT-X-MEDIA for each rendition, the newer ones say the name and whether it is transcoded with the
 * rendition. What a player does not know it passes over (RFC 8216 6.3.1). */
static void
append_variant (GString *text, const ScVariant *variant, const char *base_url)
{
  const ScMediaInfo *info = &variant->info;
  g_autofree char *codecs = sc_media_info_codecs (info);
  g_autofree char *name =
    g_strdup_printf ("%up%u", info->height, (guint) lround (info->frame_rate));
  g_string_append_printf (text,
                          "#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID=\"%s\",NAME=\"%s\","
                          "AUTOSELECT=YES,DEFAULT=YES\n",
                          name,
                          name);
  g_string_append_printf (text,
                          "#EXT-X-STREAM-INF:BANDWIDTH=%u,RESOLUTION=%ux%u,CODECS=\"%s\","
                          "VIDEO=\"%s\"",
                          info->bandwidth,
                          info->width,
                          info->height,
                          codecs,
                          name);
  if (info->frame_rate > 0) {
    g_string_append (text, ",FRAME-RATE=");
    append_frame_rate (text, info->frame_rate);
  }
  g_string_append_printf (text,
                          ",STABLE-VARIANT-ID=\"%s\",IVS-NAME=\"%s\",IVS-VARIANT-SOURCE=\"%s\"\n",
                          name,
                          name,
                          variant->is_source ? "source" : "transcode");
  g_string_append_printf (text, "%s/v1/playlist/%s.m3u8", base_url, variant->id);
  if (variant->session)
    g_string_append_printf (text, "?" SC_PLAYLIST_SESSION "=%s", variant->session);
  g_string_append_c (text, '\n');
}

/**
 * sc_playlist_write_master:
 * @variants: the renditions
 * @count: how many
 * @base_url: what addresses begin with
 * @now_us: the time of day
 *
 * Returns: (transfer full): the playlist that a playback URL gives
 */
char *
sc_playlist_write_master (const ScVariant *variants,
                          guint count,
                          const char *base_url,
                          gint64 now_us)
{
  GString *text = g_string_new ("#EXTM3U\n");
  g_string_append (text, "#EXT-X-SESSION-DATA:DATA-ID=\"NODE\",VALUE=\"local\"\n");
  g_string_append (text, "#EXT-X-SESSION-DATA:DATA-ID=\"SERVER-TIME\",VALUE=\"");
  append_seconds (text, now_us);
  g_string_append (text, "\"\n");
  for (guint i = 0; i < count; i++)
    append_variant (text, &variants[i], base_url);
  return g_string_free (text, FALSE);
}

/* A date range that holds until the next of its class. */
static void
append_date_range (GString *text, const char *id, const char *class, gint64 time_us)
{
  g_string_append_printf (text,
                          "#EXT-X-DATERANGE:ID=\"%s-%" G_GINT64_FORMAT
                          "\",CLASS=\"%s\",START-DATE=\"",
                          id,
                          time_us / G_USEC_PER_SEC,
                          class);
  append_time (text, time_us);
  g_string_append (text, "\",END-ON-NEXT=YES,");
}

static void
append_head (GString *text, const ScRenditionView *view, const ScSegment *first)
{
  const ScSegment *last =
    view->segments->len > 0 ? g_ptr_array_index (view->segments, view->segments->len - 1) : NULL;
  guint64 sequence = first ? first->sequence : 0;
  g_string_append_printf (text,
                          "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:%d\n"
                          "#EXT-X-MEDIA-SEQUENCE:%" G_GUINT64_FORMAT "\n",
                          TARGET_DURATION,
                          sequence);
  if (first && first->discontinuity_sequence > 0)
    g_string_append_printf (text,
                            "#EXT-X-DISCONTINUITY-SEQUENCE:%" G_GUINT64_FORMAT "\n",
                            first->discontinuity_sequence);
  g_string_append_printf (text,
                          "#EXT-X-NET-LIVE-VIDEO-LIVE-SEQUENCE:%" G_GUINT64_FORMAT "\n"
                          "#EXT-X-NET-LIVE-VIDEO-ELAPSED-SECS:",
                          sequence);
  append_seconds (text, first ? first->offset_us : 0);
  g_string_append (text, "\n#EXT-X-NET-LIVE-VIDEO-TOTAL-SECS:");
  append_seconds (text, last ? last->offset_us + last->duration_us : 0);
  g_string_append_c (text, '\n');
  append_date_range (text, "playlist-creation", "timestamp", view->now_us);
  g_string_append (text, "X-SERVER-TIME=\"");
  append_seconds (text, view->now_us);
  g_string_append (text, "\"\n");
  append_date_range (text, "source", "live-video-net-stream-source", view->started_at_us);
  g_string_append (text, "X-NET-LIVE-VIDEO-STREAM-SOURCE=\"live\"\n");
}

static void
append_segment (GString *text, const ScRenditionView *view, const ScSegment *segment)
{
  g_string_append (text, "#EXT-X-PROGRAM-DATE-TIME:");
  append_time (text, segment->wall_time_us);
  g_string_append (text, "\n#EXTINF:");
  append_seconds (text, segment->duration_us);
  g_string_append_printf (text, ",live\n%s/v1/segment/%s.ts\n", view->base_url, segment->id);
}

/**
 * sc_playlist_write_rendition:
 * @view: what the playlist is made of
 *
 * Returns: (transfer full): the playlist of a rendition
 */
char *
sc_playlist_write_rendition (const ScRenditionView *view)
{
  GString *text = g_string_sized_new (4096);
  const ScSegment *first = view->segments->len > 0 ? g_ptr_array_index (view->segments, 0) : NULL;
  append_head (text, view, first);
  for (guint i = 0; i < view->segments->len; i++) {
    const ScSegment *segment = g_ptr_array_index (view->segments, i);
    if (segment->discontinuity && segment != first)
      g_string_append (text, "#EXT-X-DISCONTINUITY\n");
    append_segment (text, view, segment);
  }
  for (guint i = 0; !view->ended && i < view->prefetch->len; i++) {
    const ScSegment *segment = g_ptr_array_index (view->prefetch, i);
    if (segment->discontinuity && segment != first)
      g_string_append (text, "#EXT-X-PREFETCH-DISCONTINUITY\n");
    g_string_append_printf (text,
                            "#EXT-X-PREFETCH:%s/v1/segment/%s.ts\n",
                            view->base_url,
                            segment->id);
  }
  if (view->ended)
    g_string_append (text, "#EXT-X-ENDLIST\n");
  return g_string_free (text, FALSE);
}
