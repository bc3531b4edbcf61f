/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-hls-playlist.h"

G_DEFINE_QUARK (sc-hls-error-quark, sc_hls_error)

/* What a playlist says, once sc_hls_playlist_parse() has read it: a value that nobody changes. */

/**
 * sc_hls_playlist_free:
 * @self: (transfer full): a playlist
 *
 * Frees it with all that it holds.
 */
void
sc_hls_playlist_free (ScHlsPlaylist *self)
{
  g_ptr_array_unref (self->variants);
  g_ptr_array_unref (self->segments);
  g_ptr_array_unref (self->maps);
  g_free (self);
}

/**
 * sc_hls_playlist_get_variant:
 * @self: a playlist
 * @index: below the number of its variants
 *
 * Returns: (transfer none): a variant
 */
const ScHlsVariant *
sc_hls_playlist_get_variant (const ScHlsPlaylist *self, guint index)
{
  g_return_val_if_fail (index < self->variants->len, NULL);
  return g_ptr_array_index (self->variants, index);
}

/**
 * sc_hls_playlist_get_segment:
 * @self: a playlist
 * @index: below the number of its segments
 *
 * Returns: (transfer none): a segment
 */
const ScHlsSegment *
sc_hls_playlist_get_segment (const ScHlsPlaylist *self, guint index)
{
  g_return_val_if_fail (index < self->segments->len, NULL);
  return g_ptr_array_index (self->segments, index);
}

/**
 * sc_hls_playlist_find:
 * @self: a playlist
 * @sequence: a media sequence number
 *
 * Returns: (transfer none) (nullable): the segment of that number, if it is listed
 */
const ScHlsSegment *
sc_hls_playlist_find (const ScHlsPlaylist *self, guint64 sequence)
{
  if (self->segments->len == 0)
    return NULL;
  guint64 first = sc_hls_playlist_get_segment (self, 0)->sequence;
  if (sequence < first || sequence - first >= self->segments->len)
    return NULL;
  return sc_hls_playlist_get_segment (self, (guint) (sequence - first));
}

/**
 * sc_hls_playlist_get_map:
 * @self: a playlist
 * @segment: one of its segments
 *
 * Returns: (transfer none) (nullable): what has to be read before @segment
 */
const ScHlsMap *
sc_hls_playlist_get_map (const ScHlsPlaylist *self, const ScHlsSegment *segment)
{
  if (segment->map == SC_HLS_NONE)
    return NULL;
  return g_ptr_array_index (self->maps, segment->map);
}
