/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-hls-attributes.h"
#include "sc-hls-parser.h"

#include <string.h>

/* The tags of a media playlist. EXT-X-PREFETCH names a segment that is being made, or will be next;
 * it has no duration and no time, so these go on from the segments before it. */

/* 48 h, where Amazon IVS stops a stream, in byte ranges of 2 s, are 86,400. */
#define MAX_SEGMENTS 100000u

/* One for each time that an encoder came back, and then some. */
#define MAX_MAPS 1000u

/* The longest segment, seconds. Real ones have 2 to 12. */
#define MAX_DURATION 3600.0

/* Room for every segment above the first number. */
#define MAX_SEQUENCE G_MAXINT64

/* The last byte that may be asked for: a segment of more than 16 TiB is a mistake. */
#define MAX_BYTE ((guint64) 1 << 44)

/**
 * sc_hls_media_reset_next:
 * @next: what is to be forgotten
 */
void
sc_hls_media_reset_next (ScHlsNext *next)
{
  *next = (ScHlsNext) { .time_us = SC_HLS_NONE, .range = { SC_HLS_NONE, 0 } };
}

/**
 * sc_hls_media_free_segment:
 * @data: (transfer full): a #ScHlsSegment
 */
void
sc_hls_media_free_segment (gpointer data)
{
  ScHlsSegment *segment = data;
  g_free (segment->uri);
  g_free (segment);
}

/**
 * sc_hls_media_free_map:
 * @data: (transfer full): a #ScHlsMap
 */
void
sc_hls_media_free_map (gpointer data)
{
  ScHlsMap *map = data;
  g_free (map->uri);
  g_free (map);
}

static gint64
to_us (double seconds)
{
  return (gint64) (seconds * G_USEC_PER_SEC + 0.5);
}

static gboolean
read_duration (ScHlsParser *self, const char *value, GError **error)
{
  g_autofree char *number = g_strndup (value, strcspn (value, ","));
  double seconds;
  if (!sc_hls_parse_decimal (g_strstrip (number), MAX_DURATION, &seconds))
    return sc_hls_fail (error, "A segment's duration is no number");
  self->next.duration_us = to_us (seconds);
  self->next.known = TRUE;
  return TRUE;
}

static gboolean
read_target_duration (ScHlsParser *self, const char *value, GError **error)
{
  double seconds;
  if (!sc_hls_parse_decimal (value, MAX_DURATION, &seconds))
    return sc_hls_fail (error, "The target duration is no number");
  self->playlist->target_duration_us = to_us (seconds);
  return TRUE;
}

static gboolean
read_sequence (ScHlsParser *self, const char *value, GError **error)
{
  if (!sc_hls_parse_integer (value, MAX_SEQUENCE, &self->first_sequence))
    return sc_hls_fail (error, "The media sequence is no number");
  return TRUE;
}

/* Reads "length" or "length@start". */
static gboolean
parse_range (const char *text, ScHlsRange *ret_range, gboolean *ret_goes_on)
{
  guint64 start = 0;
  guint64 length;
  const char *at = strchr (text, '@');
  g_autofree char *first = g_strndup (text, at ? (gsize) (at - text) : strlen (text));
  if (!sc_hls_parse_integer (first, MAX_BYTE, &length) || length == 0)
    return FALSE;
  if (at && !sc_hls_parse_integer (at + 1, MAX_BYTE, &start))
    return FALSE;
  *ret_range = (ScHlsRange) { .start = (gint64) start, .length = (gint64) length };
  *ret_goes_on = at == NULL;
  return TRUE;
}

static gboolean
read_range (ScHlsParser *self, const char *value, GError **error)
{
  if (!parse_range (value, &self->next.range, &self->next.range_goes_on))
    return sc_hls_fail (error, "A byte range is none");
  return TRUE;
}

static gboolean
read_map (ScHlsParser *self, const char *value, GError **error)
{
  GPtrArray *maps = self->playlist->maps;
  g_autofree char *relative = sc_hls_attribute_dup (value, "URI");
  g_autofree char *range_text = sc_hls_attribute_dup (value, "BYTERANGE");
  ScHlsRange range = { SC_HLS_NONE, 0 };
  gboolean from_start;
  if (range_text && !parse_range (range_text, &range, &from_start))
    return sc_hls_fail (error, "A map's byte range is none");
  if (maps->len >= MAX_MAPS) {
    g_set_error_literal (error, SC_HLS_ERROR, SC_HLS_ERROR_TOO_BIG, "There are too many maps");
    return FALSE;
  }
  char *uri = sc_hls_parser_resolve (self, relative, error);
  if (!uri)
    return FALSE;
  ScHlsMap *map = g_new (ScHlsMap, 1);
  *map = (ScHlsMap) { .uri = uri, .range = range };
  g_ptr_array_add (maps, map);
  self->map = (int) maps->len - 1;
  return TRUE;
}

/* A time that cannot be read is unknown: it is a label, playback does not need it. */
static gboolean
read_time (ScHlsParser *self, const char *value, GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (value, utc);
  gint64 seconds = time ? g_date_time_to_unix (time) : 0;
  if (seconds > 0 && seconds < (gint64) SC_HLS_MAX_TIME)
    self->next.time_us = g_date_time_to_unix_usec (time);
  return TRUE;
}

static gboolean
read_discontinuity (ScHlsParser *self, const char *value, GError **error)
{
  self->next.discontinuity = TRUE;
  return TRUE;
}

static gboolean
read_gap (ScHlsParser *self, const char *value, GError **error)
{
  self->next.is_gap = TRUE;
  return TRUE;
}

static gboolean
read_end (ScHlsParser *self, const char *value, GError **error)
{
  self->playlist->has_ended = TRUE;
  return TRUE;
}

/* Amazon IVS encrypts nothing this way; a decoder could do nothing with it. */
static gboolean
read_key (ScHlsParser *self, const char *value, GError **error)
{
  g_autofree char *method = sc_hls_attribute_dup (value, "METHOD");
  if (g_strcmp0 (method, "NONE") != 0)
    return sc_hls_fail (error, "The segments are encrypted");
  return TRUE;
}

static gboolean
read_date_range (ScHlsParser *self, const char *value, GError **error)
{
  g_autofree char *time = sc_hls_attribute_dup (value, "X-SERVER-TIME");
  sc_hls_parser_see_server_time (self, time);
  return TRUE;
}

static ScHlsSegment *
get_last (ScHlsParser *self)
{
  GPtrArray *segments = self->playlist->segments;
  return segments->len > 0 ? g_ptr_array_index (segments, segments->len - 1) : NULL;
}

/* Gives a range that has no start the end of the one before (RFC 8216, 4.3.2.2). */
static gboolean
place_range (ScHlsParser *self, const char *uri, GError **error)
{
  ScHlsNext *next = &self->next;
  const ScHlsSegment *last = get_last (self);
  if (!next->range_goes_on)
    return TRUE;
  if (!last || last->range.start == SC_HLS_NONE || !g_str_equal (last->uri, uri))
    return sc_hls_fail (error, "A byte range goes on from none");
  next->range.start = last->range.start + last->range.length;
  if (next->range.start > (gint64) MAX_BYTE)
    return sc_hls_fail (error, "A byte range is none");
  return TRUE;
}

static gboolean
append (ScHlsParser *self, const char *relative, gboolean is_prefetch, GError **error)
{
  GPtrArray *segments = self->playlist->segments;
  if (segments->len >= MAX_SEGMENTS) {
    g_set_error_literal (error, SC_HLS_ERROR, SC_HLS_ERROR_TOO_BIG, "There are too many segments");
    return FALSE;
  }
  g_autofree char *uri = sc_hls_parser_resolve (self, relative, error);
  if (!uri || !place_range (self, uri, error))
    return FALSE;
  ScHlsSegment *segment = g_new (ScHlsSegment, 1);
  *segment = (ScHlsSegment) {
    .uri = g_steal_pointer (&uri),
    .range = self->next.range,
    .duration_us = self->next.duration_us,
    .time_us = self->next.time_us,
    .map = self->map,
    .discontinuity = self->next.discontinuity,
    .is_prefetch = is_prefetch,
    .is_gap = self->next.is_gap,
  };
  g_ptr_array_add (segments, segment);
  sc_hls_media_reset_next (&self->next);
  return TRUE;
}

/**
 * sc_hls_media_add_segment:
 * @self: a parser
 * @uri: a line that is an address
 * @error: %SC_HLS_ERROR
 *
 * Returns: whether that could be
 */
gboolean
sc_hls_media_add_segment (ScHlsParser *self, const char *uri, GError **error)
{
  const ScHlsSegment *last = get_last (self);
  if (!self->next.known)
    return sc_hls_fail (error, "An address has no tag before it");
  if (last && last->is_prefetch)
    return sc_hls_fail (error, "A whole segment follows one that is being made");
  return append (self, uri, FALSE, error);
}

static gboolean
read_prefetch (ScHlsParser *self, const char *value, GError **error)
{
  if (self->next.known)
    return sc_hls_fail (error, "An address is missing");
  self->next.range = (ScHlsRange) { SC_HLS_NONE, 0 };
  self->next.range_goes_on = FALSE;
  return append (self, value, TRUE, error);
}

/**
 * sc_hls_media_find_tag:
 * @name: a tag up to its colon
 *
 * Returns: (nullable): how to read it, if a media playlist has it
 */
const ScHlsTag *
sc_hls_media_find_tag (const char *name)
{
  static const ScHlsTag tags[] = {
    { "#EXTINF", read_duration },
    { "#EXT-X-PROGRAM-DATE-TIME", read_time },
    { "#EXT-X-BYTERANGE", read_range },
    { "#EXT-X-DISCONTINUITY", read_discontinuity },
    { "#EXT-X-PREFETCH", read_prefetch },
    { "#EXT-X-PREFETCH-DISCONTINUITY", read_discontinuity },
    { "#EXT-X-TWITCH-PREFETCH", read_prefetch },
    { "#EXT-X-TWITCH-PREFETCH-DISCONTINUITY", read_discontinuity },
    { "#EXT-X-TARGETDURATION", read_target_duration },
    { "#EXT-X-MEDIA-SEQUENCE", read_sequence },
    { "#EXT-X-DATERANGE", read_date_range },
    { "#EXT-X-MAP", read_map },
    { "#EXT-X-GAP", read_gap },
    { "#EXT-X-KEY", read_key },
    { "#EXT-X-ENDLIST", read_end },
  };
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_str_equal (tags[i].name, name))
      return &tags[i];
  return NULL;
}

static gint64
get_mean_duration (const ScHlsPlaylist *playlist)
{
  gint64 sum = 0;
  guint n = 0;
  for (guint i = 0; i < playlist->segments->len; i++) {
    const ScHlsSegment *segment = g_ptr_array_index (playlist->segments, i);
    if (!segment->is_prefetch) {
      sum += segment->duration_us;
      n++;
    }
  }
  return n > 0 ? sum / n : playlist->target_duration_us;
}

/* Gives segments without a time that of a neighbour, as long as one goes on from the other: at a
 * discontinuity the encoder may have been away for any time. */
static void
extrapolate_times (GPtrArray *segments)
{
  for (guint i = 1; i < segments->len; i++) {
    const ScHlsSegment *before = g_ptr_array_index (segments, i - 1);
    ScHlsSegment *segment = g_ptr_array_index (segments, i);
    if (segment->time_us == SC_HLS_NONE && before->time_us != SC_HLS_NONE &&
        !segment->discontinuity)
      segment->time_us = before->time_us + before->duration_us;
  }
  for (guint i = segments->len; i >= 2; i--) {
    const ScHlsSegment *after = g_ptr_array_index (segments, i - 1);
    ScHlsSegment *segment = g_ptr_array_index (segments, i - 2);
    if (segment->time_us == SC_HLS_NONE && after->time_us != SC_HLS_NONE && !after->discontinuity)
      segment->time_us = after->time_us - segment->duration_us;
  }
}

/**
 * sc_hls_media_finish:
 * @self: a parser that has read every line
 *
 * Numbers the segments, and gives them what they take from each other.
 */
void
sc_hls_media_finish (ScHlsParser *self)
{
  ScHlsPlaylist *playlist = self->playlist;
  playlist->mean_duration_us = get_mean_duration (playlist);
  for (guint i = 0; i < playlist->segments->len; i++) {
    ScHlsSegment *segment = g_ptr_array_index (playlist->segments, i);
    segment->sequence = self->first_sequence + i;
    if (segment->is_prefetch)
      segment->duration_us = playlist->mean_duration_us;
  }
  extrapolate_times (playlist->segments);
}
