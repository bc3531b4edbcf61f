/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-recording-playlist.h"

/* The playlists of a recording (RFC 8216): the normal ones name files of some 10 s, the byte-range
 * ones name the segments in them, each from a keyframe to the next one 2 s or more behind it. Pure
 * functions. */

/* A run of entries that a playlist names on one line. */
typedef struct {
  guint file;
  guint64 offset;
  guint64 size;
  gint64 duration_us;
  gint64 wall_time_us;
  gboolean discontinuity;
} Part;

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
append_time (GString *text, gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (time_us);
  g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  g_string_append_printf (text,
                          "#EXT-X-PROGRAM-DATE-TIME:%s.%03dZ\n",
                          seconds,
                          g_date_time_get_microsecond (time) / 1000);
}

/* Returns the parts of a recording: its files, or each of its entries. */
static GArray *
list_parts (const ScRecordingIndex *index, gboolean whole_files)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  for (guint i = 0; i < index->entries->len; i++) {
    const ScRecordingEntry *entry = &g_array_index (index->entries, ScRecordingEntry, i);
    Part *last = parts->len > 0 ? &g_array_index (parts, Part, parts->len - 1) : NULL;
    if (whole_files && last && last->file == entry->file) {
      last->size += entry->size;
      last->duration_us += entry->duration_us;
      continue;
    }
    const Part part = {
      .file = entry->file,
      .offset = entry->offset,
      .size = entry->size,
      .duration_us = entry->duration_us,
      .wall_time_us = entry->wall_time_us,
      .discontinuity = entry->discontinuity,
    };
    g_array_append_val (parts, part);
  }
  return parts;
}

/* The longest part in seconds, rounded as each part's duration is to be (RFC 8216 4.3.3.1). */
static guint
get_target_duration (GArray *parts)
{
  gint64 longest = G_USEC_PER_SEC;
  for (guint i = 0; i < parts->len; i++)
    longest = MAX (longest, g_array_index (parts, Part, i).duration_us);
  return (guint) ((longest + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC);
}

static void
append_part (GString *text, const Part *part, gboolean as_range)
{
  if (part->discontinuity)
    g_string_append (text, "#EXT-X-DISCONTINUITY\n");
  if (part->offset == 0)
    append_time (text, part->wall_time_us);
  g_string_append (text, "#EXTINF:");
  append_seconds (text, part->duration_us);
  g_string_append (text, ",\n");
  if (as_range)
    g_string_append_printf (text,
                            "#EXT-X-BYTERANGE:%" G_GUINT64_FORMAT "@%" G_GUINT64_FORMAT "\n",
                            part->size,
                            part->offset);
  g_string_append_printf (text, "%u.ts\n", part->file);
}

static char *
write_playlist (GArray *parts, gboolean as_ranges)
{
  /* EXT-X-BYTERANGE came with version 4. */
  GString *text = g_string_new ("#EXTM3U\n");
  g_string_append_printf (text,
                          "#EXT-X-VERSION:%d\n"
                          "#EXT-X-TARGETDURATION:%u\n"
                          "#EXT-X-MEDIA-SEQUENCE:0\n"
                          "#EXT-X-PLAYLIST-TYPE:VOD\n",
                          as_ranges ? 4 : 3,
                          get_target_duration (parts));
  for (guint i = 0; i < parts->len; i++)
    append_part (text, &g_array_index (parts, Part, i), as_ranges);
  g_string_append (text, "#EXT-X-ENDLIST\n");
  return g_string_free (text, FALSE);
}

/* The bits a second of the fattest file. */
static guint64
get_bandwidth (const ScRecordingIndex *index)
{
  g_autoptr (GArray) parts = list_parts (index, TRUE);
  guint64 peak = 1;
  for (guint i = 0; i < parts->len; i++) {
    const Part *part = &g_array_index (parts, Part, i);
    guint64 duration_us = (guint64) MAX (part->duration_us, 1);
    peak = MAX (peak, part->size * 8 * G_USEC_PER_SEC / duration_us);
  }
  return peak;
}

/**
 * sc_recording_playlist_write_master:
 * @index: a recording
 * @playlist: the name of its rendition's playlist
 *
 * Returns: (transfer full): the playlist that names the rendition's
 */
char *
sc_recording_playlist_write_master (const ScRecordingIndex *index, const char *playlist)
{
  const ScMediaInfo *info = &index->info;
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  GString *text = g_string_new ("#EXTM3U\n");
  g_autofree char *codecs = sc_media_info_codecs (info);
  g_autofree char *rendition = sc_recording_index_dup_rendition (index);
  g_string_append_printf (text,
                          "#EXT-X-STREAM-INF:BANDWIDTH=%" G_GUINT64_FORMAT
                          ",RESOLUTION=%ux%u,CODECS=\"%s\"",
                          get_bandwidth (index),
                          info->width,
                          info->height,
                          codecs);
  if (info->frame_rate > 0)
    g_string_append_printf (text,
                            ",FRAME-RATE=%s",
                            g_ascii_formatd (number, sizeof number, "%.3f", info->frame_rate));
  g_string_append_printf (text, "\n%s/%s\n", rendition, playlist);
  return g_string_free (text, FALSE);
}

/**
 * sc_recording_playlist_write_files:
 * @index: a recording
 *
 * Returns: (transfer full): the playlist of its files
 */
char *
sc_recording_playlist_write_files (const ScRecordingIndex *index)
{
  g_autoptr (GArray) parts = list_parts (index, TRUE);
  return write_playlist (parts, FALSE);
}

/**
 * sc_recording_playlist_write_ranges:
 * @index: a recording
 *
 * Returns: (transfer full): the playlist of byte ranges in its files
 */
char *
sc_recording_playlist_write_ranges (const ScRecordingIndex *index)
{
  g_autoptr (GArray) parts = list_parts (index, FALSE);
  return write_playlist (parts, TRUE);
}
