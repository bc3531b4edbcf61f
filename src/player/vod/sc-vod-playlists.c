/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The playlists of a recording: one for each rendition, read when it is first wanted and kept, as
 * none changes any more. The reader's thread only.
 */

#include "config.h"

#include "sc-vod-playlists.h"

/* How much is read at once. */
#define CHUNK_BYTES (64u * 1024)

/* How long no other rendition is asked for after one could not be had: every time costs playback
 * what it could have fetched meanwhile. */
#define PAUSE (30 * G_USEC_PER_SEC)

struct _ScVodPlaylists {
  char *uri;
  ScHlsPlaylist *master; /* NULL where @uri is a media playlist, and before it is read */
  GPtrArray *media;      /* of each variant, NULL while not needed */
  guint variant;
  gint64 choose_at; /* when another one may be asked for again, monotonic */
};

static void
free_playlist (gpointer data)
{
  g_clear_pointer ((ScHlsPlaylist **) &data, sc_hls_playlist_free);
}

/**
 * sc_vod_playlists_new:
 * @uri: the address of a recording's playlist
 *
 * Returns: (transfer full): playlists of which none is read
 */
ScVodPlaylists *
sc_vod_playlists_new (const char *uri)
{
  ScVodPlaylists *self = g_new0 (ScVodPlaylists, 1);
  self->uri = g_strdup (uri);
  self->media = g_ptr_array_new_with_free_func (free_playlist);
  return self;
}

/**
 * sc_vod_playlists_free:
 * @self: (transfer full): playlists, with all that were returned
 */
void
sc_vod_playlists_free (ScVodPlaylists *self)
{
  g_clear_pointer (&self->media, g_ptr_array_unref);
  g_clear_pointer (&self->master, sc_hls_playlist_free);
  g_free (self->uri);
  g_free (self);
}

/* Returns all that a stream has. */
static GBytes *
read_all (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  for (;;) {
    g_autoptr (GBytes) bytes = g_input_stream_read_bytes (stream, CHUNK_BYTES, cancellable, error);
    if (!bytes)
      return NULL;
    if (g_bytes_get_size (bytes) == 0)
      return g_byte_array_free_to_bytes (g_steal_pointer (&all));
    g_byte_array_append (all, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
    if (all->len > SC_HLS_MAX_TEXT) {
      g_set_error_literal (error, SC_HLS_ERROR, SC_HLS_ERROR_TOO_BIG, "The playlist is too long");
      return NULL;
    }
  }
}

static ScHlsPlaylist *
fetch_playlist (ScVodFetch *fetch,
                const char *uri,
                GCancellable *cancellable,
                ScVodFault *ret_fault,
                GError **error)
{
  const ScHlsRange whole = { SC_HLS_NONE, 0 };
  g_autoptr (GInputStream) stream =
    sc_vod_fetch_open (fetch, uri, &whole, cancellable, ret_fault, error);
  g_autoptr (GBytes) text = stream ? read_all (stream, cancellable, error) : NULL;
  if (!text)
    return NULL;
  ret_fault->is_transient = FALSE;
  return sc_hls_playlist_parse (g_bytes_get_data (text, NULL), g_bytes_get_size (text), uri, error);
}

static gboolean
check_recording (const ScHlsPlaylist *playlist, GError **error)
{
  const char *what = NULL;
  if (playlist->is_master)
    what = "A variant is no media playlist";
  else if (playlist->segments->len == 0)
    what = "There are no segments";
  else if (playlist->maps->len > 0)
    what = "Recordings in fragmented MP4 cannot be played";
  if (what)
    g_set_error_literal (error, SC_HLS_ERROR, SC_HLS_ERROR_BAD, what);
  return what == NULL;
}

/* Goes over to a variant. On failure all stays as it is. */
static const ScHlsPlaylist *
use_variant (ScVodPlaylists *self,
             ScVodFetch *fetch,
             guint index,
             GCancellable *cancellable,
             ScVodFault *ret_fault,
             GError **error)
{
  const char *uri = sc_hls_playlist_get_variant (self->master, index)->uri;
  if (!g_ptr_array_index (self->media, index)) {
    g_autoptr (ScHlsPlaylist) read = fetch_playlist (fetch, uri, cancellable, ret_fault, error);
    if (!read || !check_recording (read, error))
      return NULL;
    g_ptr_array_index (self->media, index) = g_steal_pointer (&read);
  }
  self->variant = index;
  return g_ptr_array_index (self->media, index);
}

/**
 * sc_vod_playlists_open:
 * @self: playlists
 * @fetch: how to get them
 * @cancellable: ends it from any thread
 * @ret_fault: (out): why it failed, if it did
 * @error: of %SC_HLS_ERROR for what is no recording, else as sc_vod_fetch_open()
 *
 * Reads what has to be known first. After a failure it goes on where it came to.
 *
 * Returns: (transfer none) (nullable): the media playlist to begin with
 */
const ScHlsPlaylist *
sc_vod_playlists_open (ScVodPlaylists *self,
                       ScVodFetch *fetch,
                       GCancellable *cancellable,
                       ScVodFault *ret_fault,
                       GError **error)
{
  if (!self->master) {
    g_autoptr (ScHlsPlaylist) first =
      fetch_playlist (fetch, self->uri, cancellable, ret_fault, error);
    if (!first)
      return NULL;
    if (!first->is_master || first->variants->len == 0) {
      if (!check_recording (first, error))
        return NULL;
      g_ptr_array_add (self->media, g_steal_pointer (&first));
      return g_ptr_array_index (self->media, 0);
    }
    self->master = g_steal_pointer (&first);
    g_ptr_array_set_size (self->media, (int) self->master->variants->len);
  }
  guint index = sc_vod_ladder_get_first (self->master);
  return use_variant (self, fetch, index, cancellable, ret_fault, error);
}

/**
 * sc_vod_playlists_choose:
 * @self: playlists that were opened
 * @fetch: how to get another one
 * @pace: how well the recording arrives
 * @cancellable: ends it from any thread
 *
 * Asks once for a playlist that is not there yet: a rendition that cannot be had is left alone.
 *
 * Returns: (transfer none) (nullable): the media playlist to go over to; %NULL to stay
 */
const ScHlsPlaylist *
sc_vod_playlists_choose (ScVodPlaylists *self,
                         ScVodFetch *fetch,
                         const ScVodPace *pace,
                         GCancellable *cancellable)
{
  if (!self->master)
    return NULL;
  guint wanted = sc_vod_ladder_next (self->master, self->variant, pace);
  gboolean is_there = g_ptr_array_index (self->media, wanted) != NULL;
  if (wanted == self->variant || (!is_there && g_get_monotonic_time () < self->choose_at))
    return NULL;
  ScVodFault fault = { 0 };
  const ScHlsPlaylist *playlist = use_variant (self, fetch, wanted, cancellable, &fault, NULL);
  if (!playlist && !g_cancellable_is_cancelled (cancellable))
    self->choose_at = g_get_monotonic_time () + PAUSE;
  return playlist;
}
