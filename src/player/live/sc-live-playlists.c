/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The playlists of a live stream: the master, that of the rendition that is read, and that of the
 * one to go over to. Reads them again when they fail, and knows when the stream is not there. */

#include "config.h"

#include "sc-live-client-private.h"
#include "sc-live-debug.h"

/* The most of a playlist; the parser has bounds of its own within. */
#define MAX_PLAYLIST_BYTES (1024 * 1024)
/* Attempts to open a stream before that is given up; later ones are never. */
#define OPEN_ATTEMPTS 3
/* Failures of one rendition's playlist after which the master is asked where it is. */
#define MEDIA_ATTEMPTS 3
/* For so long an address is tried that the server refuses, while somebody is asked for another. */
#define REFUSED_PATIENCE_US (6 * G_USEC_PER_SEC)

static void
fail (ScLiveClient *self, const GError *error, guint status)
{
  self->is_over = TRUE;
  self->funcs.on_failure (error, status, self->user_data);
}

/* What was read plays out, then the feed says that it ended. */
static void
finish (ScLiveClient *self)
{
  self->is_over = TRUE;
  sc_live_reader_stop (self->reader);
  sc_live_feed_finish (self->feed);
}

static void
take_master (ScLiveClient *self, ScHlsPlaylist *master)
{
  g_clear_pointer (&self->master, sc_hls_playlist_free);
  self->master = master;
  self->asks_master = FALSE;
  self->funcs.on_master (master, self->user_data);
  guint index = self->funcs.choose (self->has_variant ? (gint) self->variant : -1, self->user_data);
  index = MIN (index, master->variants->len - 1);
  self->switched = self->has_variant && (self->switched || index != self->variant);
  self->variant = index;
  self->has_variant = TRUE;
  self->funcs.on_rendition (index, self->user_data);
  sc_live_client_poll_after (self, 0);
}

static void
note_end (ScLiveClient *self, const ScHlsPlaylist *playlist)
{
  if (playlist->has_ended || self->ended_at == 0)
    return;
  self->ended_at = 0;
  self->plan.breaks = TRUE;
}

static void
take_media (ScLiveClient *self, ScHlsPlaylist *playlist)
{
  guint n = playlist->segments->len;
  GST_LOG ("playlist of rendition %u up to %" G_GUINT64_FORMAT "%s",
           self->fetched_variant,
           n > 0 ? sc_hls_playlist_get_segment (playlist, n - 1)->sequence : 0,
           playlist->has_ended ? ", ended" : "");
  self->funcs.on_playlist (playlist, self->fetched_variant, self->user_data);
  note_end (self, playlist);
  if (self->is_single || self->fetched_variant == self->variant) {
    g_clear_pointer (&self->media, sc_hls_playlist_free);
    self->media = playlist;
    sc_live_plan_see_playlist (&self->plan);
  } else {
    g_clear_pointer (&self->ahead, sc_hls_playlist_free);
    self->ahead = playlist;
    self->ahead_variant = self->fetched_variant;
  }
}

/* What came for the master once was no master, and not meant. */
static void
forget_single (ScLiveClient *self)
{
  if (self->is_single)
    g_clear_pointer (&self->media, sc_hls_playlist_free);
  self->is_single = FALSE;
}

static void
take_playlist (ScLiveClient *self, ScHlsPlaylist *playlist)
{
  gboolean is_top = self->fetches_master || self->is_single;
  if (!playlist->is_master) {
    self->failures = 0;
    self->refused_at = 0;
  }
  if (playlist->is_master && is_top && playlist->variants->len > 0) {
    forget_single (self);
    take_master (self, playlist);
  } else if (playlist->is_master) {
    sc_hls_playlist_free (playlist);
    sc_live_client_poll_after (self, RETRY_CAP_US);
  } else {
    self->is_single = self->is_single || self->fetches_master;
    take_media (self, playlist);
    sc_live_client_look_at (self, 0);
  }
}

/* Whether @status says that the address is no good any more: an expired token, perhaps. */
static gboolean
is_refused (guint status)
{
  return status == SOUP_STATUS_FORBIDDEN || status == SOUP_STATUS_UNAUTHORIZED;
}

/* Asks for another address. Returns whether there is one, or may yet be: one that comes at the very
 * end of our patience is tried, too. */
static gboolean
ask_for_address (ScLiveClient *self)
{
  g_autofree char *uri = self->funcs.refresh (self->user_data);
  gint64 now = g_get_monotonic_time ();
  if (self->refused_at == 0)
    self->refused_at = now;
  gint64 waited = now - self->refused_at;
  if (!uri)
    return FALSE;
  if (!g_set_str (&self->uri, uri))
    return waited < REFUSED_PATIENCE_US;
  self->failures = 0;
  return waited < REFUSED_PATIENCE_US + RETRY_CAP_US;
}

/* Whether @status of the master says that there is no stream. */
static gboolean
is_gone (guint status)
{
  return status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE;
}

/* The stream is not there, or not any more. */
void
sc_live_playlists_give_up (ScLiveClient *self, const GError *error, guint status)
{
  if (self->was_opened)
    finish (self);
  else
    fail (self, error, status);
}

static gboolean
handle_master_failure (ScLiveClient *self, const GError *error, guint status)
{
  if (is_gone (status)) {
    sc_live_playlists_give_up (self, error, status);
    return TRUE;
  }
  if (self->was_opened || self->failures < OPEN_ATTEMPTS)
    return FALSE;
  fail (self, error, status);
  return TRUE;
}

static void
handle_refusal (ScLiveClient *self, const GError *error, guint status)
{
  if (ask_for_address (self))
    sc_live_client_poll_after (self, sc_live_client_retry_delay (self->failures));
  else
    sc_live_playlists_give_up (self, error, status);
}

static void
handle_playlist_failure (ScLiveClient *self, const GError *error, guint status)
{
  self->failures++;
  GST_DEBUG ("playlist failed: %s, HTTP %u, for the %u. time",
             error->message,
             status,
             self->failures);
  if (status == 0)
    self->funcs.on_news (SC_LIVE_NEWS_LOST, self->user_data);
  gboolean is_top = self->fetches_master || self->is_single;
  if (is_top && is_refused (status)) {
    handle_refusal (self, error, status);
    return;
  }
  if (is_top && handle_master_failure (self, error, status))
    return;
  if (!self->was_opened && self->failures >= OPEN_ATTEMPTS) {
    fail (self, error, status);
    return;
  }
  gboolean is_lost = status >= 400 && status < 500;
  if (!is_top && (is_lost || self->failures >= MEDIA_ATTEMPTS)) {
    g_clear_pointer (&self->master, sc_hls_playlist_free);
    g_clear_pointer (&self->media, sc_hls_playlist_free);
  }
  sc_live_client_poll_after (self, sc_live_client_retry_delay (self->failures - 1));
}

static void
on_playlist_done (ScLiveFetch *fetch, const GError *error, gpointer user_data)
{
  ScLiveClient *self = user_data;
  const ScLiveAnswer *answer = sc_live_fetch_get_answer (fetch);
  g_autoptr (GError) local_error = NULL;
  self->playlist_fetch = NULL;
  if (self->is_over)
    return;
  if (answer->status != 0)
    self->funcs.on_answer (answer, self->user_data);
  if (error) {
    handle_playlist_failure (self, error, answer->status);
    return;
  }
  g_autoptr (GBytes) body = sc_live_fetch_get_body (fetch);
  g_autofree char *base = sc_live_fetch_dup_uri (fetch);
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);
  ScHlsPlaylist *playlist = sc_hls_playlist_parse (text ? text : "", length, base, &local_error);
  if (playlist)
    take_playlist (self, playlist);
  else
    handle_playlist_failure (self, local_error, answer->status);
}

static void
fetch_playlist (ScLiveClient *self, const char *uri)
{
  static const ScLiveFetchFuncs funcs = { .on_done = on_playlist_done };
  const ScLiveRequest request = {
    .uri = uri,
    .patience = PLAYLIST_PATIENCE_US,
    .max_bytes = MAX_PLAYLIST_BYTES,
  };
  self->poll_at = G_MAXINT64;
  self->playlist_fetch = sc_live_fetch_start (self->session, &request, &funcs, self);
}

/* Reads the playlist of the rendition that is wanted, or the master without one. */
void
sc_live_playlists_poll (ScLiveClient *self)
{
  self->fetches_master = !self->is_single && (!self->master || self->asks_master);
  if (self->fetches_master || self->is_single) {
    fetch_playlist (self, self->uri);
    return;
  }
  guint index =
    self->media ? self->funcs.choose ((gint) self->variant, self->user_data) : self->variant;
  index = MIN (index, self->master->variants->len - 1);
  self->fetched_variant = index;
  fetch_playlist (self, sc_hls_playlist_get_variant (self->master, index)->uri);
}
