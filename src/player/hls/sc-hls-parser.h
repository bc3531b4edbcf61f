/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-hls-playlist.h"

G_BEGIN_DECLS

/* What one file of the parser needs of another, while it reads a text line by line. */

/* 2096-10-02, as a time in seconds since the epoch: beyond it is a mistake. */
#define SC_HLS_MAX_TIME 4e9

/**
 * ScHlsNext:
 * @known: whether EXTINF came, so that an address has to follow
 * @duration_us: from EXTINF
 * @time_us: from EXT-X-PROGRAM-DATE-TIME, or %SC_HLS_NONE
 * @range: from EXT-X-BYTERANGE
 * @range_goes_on: whether @range begins where the range before it ends
 * @discontinuity: EXT-X-DISCONTINUITY
 * @is_gap: EXT-X-GAP
 *
 * What tags have said of the next segment.
 */
typedef struct {
  gboolean known;
  gint64 duration_us;
  gint64 time_us;
  ScHlsRange range;
  gboolean range_goes_on;
  gboolean discontinuity;
  gboolean is_gap;
} ScHlsNext;

/**
 * ScHlsParser:
 * @playlist: what was read so far
 * @base: where the text came from
 * @first_sequence: EXT-X-MEDIA-SEQUENCE
 * @resolved: bytes of all addresses so far, made absolute
 * @next: what is known of the next segment
 * @map: the map in force, or %SC_HLS_NONE
 * @variant: (nullable): a variant whose address has to follow
 * @groups: the GROUP-ID of each VIDEO group to its NAME
 * @variant_groups: (element-type utf8): the VIDEO group of each variant, empty without
 */
typedef struct {
  ScHlsPlaylist *playlist;
  GUri *base;
  guint64 first_sequence;
  ScHlsNext next;
  int map;
  ScHlsVariant *variant;
  GHashTable *groups;
  GPtrArray *variant_groups;
  gsize resolved;
} ScHlsParser;

/* Reads what stands behind a tag. */
typedef gboolean (*ScHlsTagFunc) (ScHlsParser *self, const char *value, GError **error);

typedef struct {
  const char *name;
  ScHlsTagFunc read;
} ScHlsTag;

gboolean sc_hls_fail (GError **error, const char *what);
char *sc_hls_parser_resolve (ScHlsParser *self, const char *uri, GError **error);
void sc_hls_parser_see_server_time (ScHlsParser *self, const char *seconds);

const ScHlsTag *sc_hls_media_find_tag (const char *name);
void sc_hls_media_reset_next (ScHlsNext *next);
gboolean sc_hls_media_add_segment (ScHlsParser *self, const char *uri, GError **error);
void sc_hls_media_finish (ScHlsParser *self);
void sc_hls_media_free_segment (gpointer data);
void sc_hls_media_free_map (gpointer data);

const ScHlsTag *sc_hls_master_find_tag (const char *name);
gboolean sc_hls_master_add_variant (ScHlsParser *self, const char *uri, GError **error);
void sc_hls_master_finish (ScHlsParser *self);
void sc_hls_master_free_variant (gpointer data);

G_END_DECLS
