/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-origin-private.h"
#include "sc-playlist.h"
#include "sc-segment-reader.h"

#include <string.h>

/* What players fetch from the origin: playlists and segments, each with who may and how many at
 * once. Main context only. */

/* Requests that may be open at once; nginx in front has fewer connections. */
#define MAX_REQUESTS 4096

#define MASTER_PREFIX "/api/video/v1/"
#define RENDITION_PREFIX "/v1/playlist/"
#define SEGMENT_PREFIX "/v1/segment/"
/* A UUID has 36 characters, an address of IPv6 45. */
#define VIEWER_MAX 64

#define PLAYLIST_TYPE "application/vnd.apple.mpegurl"

/* Answers with a playlist. */
static void
answer_playlist (SoupServerMessage *message, char *text)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, PLAYLIST_TYPE, SOUP_MEMORY_TAKE, text, strlen (text));
}

/* Returns what stands between @prefix and @suffix in @path, or NULL. */
static char *
cut_name (const char *path, const char *prefix, const char *suffix)
{
  if (!g_str_has_prefix (path, prefix) || !g_str_has_suffix (path, suffix))
    return NULL;
  gsize outside = strlen (prefix) + strlen (suffix);
  gsize length = strlen (path);
  return length > outside ? g_strndup (path + strlen (prefix), length - outside) : NULL;
}

/* A viewer is whoever has a master playlist of its own: what it says of renditions names it. A
 * program that does not pass that on is known by its address. */
static void
see_viewer (const ScOriginChannel *channel, SoupServerMessage *message, GHashTable *query)
{
  const char *session = query ? g_hash_table_lookup (query, SC_PLAYLIST_SESSION) : NULL;
  const char *address =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message), "X-Real-IP");
  const char *viewer = session ? session : address ? address : "";
  if (strlen (viewer) <= VIEWER_MAX)
    sc_viewers_see (channel->viewers, viewer, g_get_monotonic_time ());
}

/* REGION.ACCOUNT.channel.ID, Amazon IVS's playback URL, CreateChannel. */
static gboolean
answer_master (ScOrigin *self, SoupServerMessage *message, const char *path)
{
  g_autofree char *name = cut_name (path, MASTER_PREFIX, ".m3u8");
  const char *id = name ? strstr (name, ".channel.") : NULL;
  if (!id)
    return FALSE;
  const ScOriginChannel *channel = g_hash_table_lookup (self->channels, id + strlen (".channel."));
  if (!channel || !sc_broadcast_is_watchable (channel->broadcast))
    return FALSE;
  answer_playlist (message,
                   sc_broadcast_write_master (channel->broadcast,
                                              self->base_url,
                                              g_get_real_time ()));
  return TRUE;
}

static gboolean
answer_rendition (ScOrigin *self, SoupServerMessage *message, const char *path, GHashTable *query)
{
  g_autofree char *id = cut_name (path, RENDITION_PREFIX, ".m3u8");
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->channels);
  while (id && g_hash_table_iter_next (&iter, NULL, &value)) {
    const ScOriginChannel *channel = value;
    if (!sc_broadcast_has_playlist (channel->broadcast, id))
      continue;
    see_viewer (channel, message, query);
    answer_playlist (
      message,
      sc_broadcast_write_playlist (channel->broadcast, id, self->base_url, g_get_real_time ()));
    return TRUE;
  }
  return FALSE;
}

static gboolean
answer_segment (ScOrigin *self, SoupServerMessage *message, const char *path)
{
  g_autofree char *id = cut_name (path, SEGMENT_PREFIX, ".ts");
  ScSegment *segment = id ? g_hash_table_lookup (self->segments, id) : NULL;
  if (!segment)
    return FALSE;
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message),
                                         "video/MP2T",
                                         NULL);
  sc_segment_reader_start (segment, message);
  return TRUE;
}

static void
answer_preflight (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  soup_message_headers_replace (headers, "Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
  soup_message_headers_replace (headers, "Access-Control-Allow-Headers", "Range");
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
}

/**
 * sc_origin_answer:
 * @server: the origin's server
 * @message: a request
 * @path: what is asked for
 * @query: (nullable): names and values
 * @user_data: the origin
 *
 * Answers a request, a SoupServerCallback: a playlist or a segment, or why there is none.
 */
void
sc_origin_answer (SoupServer *server,
                  SoupServerMessage *message,
                  const char *path,
                  GHashTable *query,
                  gpointer user_data)
{
  ScOrigin *self = user_data;
  const char *method = soup_server_message_get_method (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  soup_message_headers_replace (headers, "Access-Control-Allow-Origin", "*");
  soup_message_headers_replace (headers, "Cache-Control", "no-cache");
  if (g_str_equal (method, "OPTIONS")) {
    answer_preflight (message);
    return;
  }
  if (!g_str_equal (method, "GET") && !g_str_equal (method, "HEAD")) {
    soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);
    return;
  }
  if (self->n_requests > MAX_REQUESTS) {
    soup_server_message_set_status (message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
    return;
  }
  if (!answer_master (self, message, path) && !answer_rendition (self, message, path, query) &&
      !answer_segment (self, message, path))
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}
