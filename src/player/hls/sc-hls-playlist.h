/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScHlsError:
 * @SC_HLS_ERROR_NOT_PLAYLIST: it does not begin as a playlist does, or is no UTF-8
 * @SC_HLS_ERROR_TOO_BIG: more of something than a playlist of Amazon IVS can have
 * @SC_HLS_ERROR_BAD: it breaks a rule that it cannot be understood without, or is encrypted
 *
 * Why a text is no playlist for us.
 */
typedef enum {
  SC_HLS_ERROR_NOT_PLAYLIST,
  SC_HLS_ERROR_TOO_BIG,
  SC_HLS_ERROR_BAD,
} ScHlsError;

#define SC_HLS_ERROR (sc_hls_error_quark ())
GQuark sc_hls_error_quark (void);

/* The most bytes of a playlist. The longest has byte ranges of a recording of 48 h, where Amazon
 * IVS stops a stream: 86,400 segments of 2 s at some 80 bytes. */
#define SC_HLS_MAX_TEXT (8u * 1024 * 1024)

/* No time, no range, no map. */
#define SC_HLS_NONE (-1)

/**
 * ScHlsVariant:
 * @uri: its media playlist, absolute
 * @name: what the stream calls it: IVS-NAME, STABLE-VARIANT-ID, or the NAME of its VIDEO group;
 *   else made of height and frame rate, "720p60"; unique within the playlist
 * @codecs: (nullable): as RFC 6381 writes them
 * @bandwidth: peak, bits a second
 * @width: pixels, 0 while unknown or for sound alone
 * @height: pixels, 0 while unknown or for sound alone
 * @frame_rate: frames a second, 0 while unknown
 * @is_source: whether it is what the encoder sent (IVS-VARIANT-SOURCE="source", or "chunked")
 */
typedef struct {
  char *uri;
  char *name;
  char *codecs;
  guint bandwidth;
  int width;
  int height;
  double frame_rate;
  gboolean is_source;
} ScHlsVariant;

/**
 * ScHlsRange:
 * @start: first byte, or %SC_HLS_NONE for the whole resource
 * @length: bytes
 */
typedef struct {
  gint64 start;
  gint64 length;
} ScHlsRange;

/**
 * ScHlsSegment:
 * @sequence: its media sequence number
 * @uri: absolute
 * @range: the part of @uri that it is
 * @duration_us: how long it plays; of a prefetch the mean of those before it
 * @time_us: when it was made, microseconds since the epoch, extrapolated where the playlist does
 *   not say; %SC_HLS_NONE while unknown
 * @map: index into the playlist's maps, or %SC_HLS_NONE
 * @discontinuity: it does not go on from the segment before
 * @is_prefetch: it is being made, or will be next (EXT-X-PREFETCH)
 * @is_gap: it is not there (EXT-X-GAP)
 */
typedef struct {
  guint64 sequence;
  char *uri;
  ScHlsRange range;
  gint64 duration_us;
  gint64 time_us;
  gint map;
  gboolean discontinuity;
  gboolean is_prefetch;
  gboolean is_gap;
} ScHlsSegment;

/**
 * ScHlsMap:
 * @uri: absolute address of an initialisation section (EXT-X-MAP)
 * @range: the part of @uri that it is
 */
typedef struct {
  char *uri;
  ScHlsRange range;
} ScHlsMap;

/**
 * ScHlsPlaylist:
 * @variants: (element-type ScHlsVariant): of a multivariant playlist, in its order; empty otherwise
 * @segments: (element-type ScHlsSegment): whole ones by sequence, then prefetches
 * @maps: (element-type ScHlsMap): what segments' maps point to
 * @target_duration_us: EXT-X-TARGETDURATION
 * @mean_duration_us: of the whole segments; @target_duration_us without any
 * @server_time_us: what the server says it is (SERVER-TIME, X-SERVER-TIME), microseconds since the
 *   epoch, or %SC_HLS_NONE
 * @has_ended: EXT-X-ENDLIST
 * @is_master: whether it is a multivariant playlist
 */
typedef struct {
  GPtrArray *variants;
  GPtrArray *segments;
  GPtrArray *maps;
  gint64 target_duration_us;
  gint64 mean_duration_us;
  gint64 server_time_us;
  gboolean has_ended;
  gboolean is_master;
} ScHlsPlaylist;

ScHlsPlaylist *sc_hls_playlist_parse (const char *text,
                                      gsize length,
                                      const char *base_uri,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sc_hls_playlist_free (ScHlsPlaylist *self);

const ScHlsVariant *sc_hls_playlist_get_variant (const ScHlsPlaylist *self, guint index);
const ScHlsSegment *sc_hls_playlist_get_segment (const ScHlsPlaylist *self, guint index);
const ScHlsSegment *sc_hls_playlist_find (const ScHlsPlaylist *self, guint64 sequence);
const ScHlsMap *sc_hls_playlist_get_map (const ScHlsPlaylist *self, const ScHlsSegment *segment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScHlsPlaylist, sc_hls_playlist_free)

G_END_DECLS
