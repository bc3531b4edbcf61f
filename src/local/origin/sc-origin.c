/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-origin.h"

#include "sc-playlist.h"
#include "sc-segment-reader.h"
#include "sc-viewers.h"

#include <libsoup/soup.h>
#include <string.h>

/* The origin: channels and their segments in memory, and the HTTP that players read them with. It
 * belongs behind nginx, which ends TLS; libsoup's server is not for strangers. Main context only.
 */

/* A stream's last segments stay this long after its end, for players that are a window behind. */
#define LINGER_SECONDS 60
/* Requests that may be open at once; nginx in front has fewer connections. */
#define MAX_REQUESTS 4096

#define MASTER_PREFIX "/api/video/v1/"
#define RENDITION_PREFIX "/v1/playlist/"
#define SEGMENT_PREFIX "/v1/segment/"
/* A UUID has 36 characters, an address of IPv6 45. */
#define VIEWER_MAX 64

#define PLAYLIST_TYPE "application/vnd.apple.mpegurl"

typedef struct {
  ScOrigin *origin;
  char *id;
  ScBroadcast *broadcast;
  ScViewers *viewers;
  guint linger_id;
} Channel;

struct _ScOrigin {
  GObject parent_instance;
  SoupServer *server;
  char *base_url;
  gint64 chunk_us;
  GHashTable *channels; /* channel id -> Channel */
  GHashTable *segments; /* segment id -> ScSegment */
  guint n_requests;
};

G_DEFINE_FINAL_TYPE (ScOrigin, sc_origin, G_TYPE_OBJECT)

static void
on_segment_announced (ScSegment *segment, gpointer user_data)
{
  ScOrigin *self = user_data;
  g_hash_table_replace (self->segments, segment->id, sc_segment_ref (segment));
}

static void
on_segment_dropped (ScSegment *segment, gpointer user_data)
{
  ScOrigin *self = user_data;
  g_hash_table_remove (self->segments, segment->id);
}

static void
free_channel (gpointer data)
{
  Channel *channel = data;
  g_clear_handle_id (&channel->linger_id, g_source_remove);
  sc_broadcast_free (channel->broadcast);
  sc_viewers_free (channel->viewers);
  g_free (channel->id);
  g_free (channel);
}

/* --- requests --- */

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

/* REGION.ACCOUNT.channel.ID, Amazon IVS's playback URL, CreateChannel. */
/* A viewer is whoever has a master playlist of its own: what it says of renditions names it. A
 * program that does not pass that on is known by its address. */
static void
see_viewer (const Channel *channel, SoupServerMessage *message, GHashTable *query)
{
  const char *session = query ? g_hash_table_lookup (query, SC_PLAYLIST_SESSION) : NULL;
  const char *address =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message), "X-Real-IP");
  const char *viewer = session ? session : address ? address : "";
  if (strlen (viewer) <= VIEWER_MAX)
    sc_viewers_see (channel->viewers, viewer, g_get_monotonic_time ());
}

static gboolean
answer_master (ScOrigin *self, SoupServerMessage *message, const char *path)
{
  g_autofree char *name = cut_name (path, MASTER_PREFIX, ".m3u8");
  const char *id = name ? strstr (name, ".channel.") : NULL;
  if (!id)
    return FALSE;
  const Channel *channel = g_hash_table_lookup (self->channels, id + strlen (".channel."));
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
    const Channel *channel = value;
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

static void
on_request (SoupServer *server,
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

static void
on_request_started (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  SC_ORIGIN (user_data)->n_requests++;
}

static void
on_request_over (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  SC_ORIGIN (user_data)->n_requests--;
}

/* --- the object --- */

static void
sc_origin_dispose (GObject *object)
{
  ScOrigin *self = SC_ORIGIN (object);
  sc_origin_close (self);
  G_OBJECT_CLASS (sc_origin_parent_class)->dispose (object);
}

static void
sc_origin_finalize (GObject *object)
{
  ScOrigin *self = SC_ORIGIN (object);
  g_hash_table_unref (self->channels);
  g_hash_table_unref (self->segments);
  g_free (self->base_url);
  G_OBJECT_CLASS (sc_origin_parent_class)->finalize (object);
}

static void
sc_origin_class_init (ScOriginClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = sc_origin_dispose;
  object_class->finalize = sc_origin_finalize;
}

static void
sc_origin_init (ScOrigin *self)
{
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_channel);
  self->segments =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) sc_segment_unref);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (on_request_started), self);
  g_signal_connect (self->server, "request-finished", G_CALLBACK (on_request_over), self);
  g_signal_connect (self->server, "request-aborted", G_CALLBACK (on_request_over), self);
}

/**
 * sc_origin_new:
 * @base_url: what addresses in playlists begin with, without a slash at the end:
 * "https://localhost:8444"
 *
 * Returns: (transfer full): an origin without channels, that listens nowhere yet
 */
ScOrigin *
sc_origin_new (const char *base_url)
{
  ScOrigin *self = g_object_new (SC_TYPE_ORIGIN, NULL);
  self->base_url = g_strdup (base_url);
  return self;
}

/**
 * sc_origin_set_base_url:
 * @self: an origin
 * @base_url: what addresses in playlists begin with
 */
void
sc_origin_set_base_url (ScOrigin *self, const char *base_url)
{
  g_set_str (&self->base_url, base_url);
}

/**
 * sc_origin_set_chunk_interval:
 * @self: an origin without channels
 * @milliseconds: the bytes of a segment that is being written are handed out this often; 0 as they
 * come. How often Amazon IVS does is not known
 */
void
sc_origin_set_chunk_interval (ScOrigin *self, guint milliseconds)
{
  self->chunk_us = milliseconds * G_GINT64_CONSTANT (1000);
}

/**
 * sc_origin_listen:
 * @self: an origin
 * @address: where, a unix socket or a port of loopback
 * @error: an error of %G_IO_ERROR
 *
 * Speaks plain HTTP/1.1 at @address.
 *
 * Returns: %FALSE when it cannot
 */
gboolean
sc_origin_listen (ScOrigin *self, GSocketAddress *address, GError **error)
{
  return soup_server_listen (self->server, address, 0, error);
}

/**
 * sc_origin_listen_loopback:
 * @self: an origin
 * @port: a port, or 0 for any
 * @error: an error of %G_IO_ERROR
 *
 * Speaks plain HTTP/1.1 at 127.0.0.1.
 *
 * Returns: the port, or 0 when it cannot
 */
guint16
sc_origin_listen_loopback (ScOrigin *self, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  if (!sc_origin_listen (self, address, error))
    return 0;
  g_autoslist (GUri) uris = soup_server_get_uris (self->server);
  return (guint16) g_uri_get_port (g_slist_last (uris)->data);
}

/**
 * sc_origin_close:
 * @self: an origin
 *
 * Ends every stream and every request, and listens no more.
 */
void
sc_origin_close (ScOrigin *self)
{
  g_hash_table_remove_all (self->channels);
  if (self->server) {
    soup_server_disconnect (self->server);
    g_signal_handlers_disconnect_by_data (self->server, self);
  }
  g_clear_object (&self->server);
}

/**
 * sc_origin_count_viewers:
 * @self: an origin
 * @channel_id: a channel
 *
 * Returns: how many fetched a playlist of its stream lately
 */
guint
sc_origin_count_viewers (ScOrigin *self, const char *channel_id)
{
  const Channel *channel = g_hash_table_lookup (self->channels, channel_id);
  return channel ? sc_viewers_count (channel->viewers, g_get_monotonic_time ()) : 0;
}

/* --- streams --- */

static Channel *
find_channel (ScOrigin *self, const char *channel_id)
{
  return g_hash_table_lookup (self->channels, channel_id);
}

/**
 * sc_origin_begin_stream:
 * @self: an origin
 * @channel_id: a channel without a stream
 * @info: what is in the stream
 *
 * A stream begins; its playlists are there from its first whole segment on. What is said of
 * renditions below is said of their index; %SC_BROADCAST_SOURCE is there from now on, another one
 * from sc_origin_set_info() on.
 */
void
sc_origin_begin_stream (ScOrigin *self, const char *channel_id, const ScMediaInfo *info)
{
  const ScRenditionListeners listeners = {
    on_segment_announced,
    on_segment_dropped,
    self,
    self->chunk_us,
  };
  Channel *channel = find_channel (self, channel_id);
  if (!channel) {
    channel = g_new0 (Channel, 1);
    channel->viewers = sc_viewers_new ();
    channel->origin = self;
    channel->id = g_strdup (channel_id);
    channel->broadcast = sc_broadcast_new (&listeners);
    g_hash_table_insert (self->channels, channel->id, channel);
  }
  g_return_if_fail (!sc_broadcast_is_live (channel->broadcast));
  g_clear_handle_id (&channel->linger_id, g_source_remove);
  sc_broadcast_begin (channel->broadcast, info, g_get_real_time ());
}

/* Returns a rendition of a live channel. */
static ScRendition *
find_rendition (ScOrigin *self, const char *channel_id, guint rendition)
{
  return sc_broadcast_get_rendition (find_channel (self, channel_id)->broadcast, rendition);
}

/**
 * sc_origin_set_info:
 * @self: an origin
 * @channel_id: a channel with a stream
 * @rendition: an index; one that was not there begins with the stream's first segment
 * @info: what is in the rendition from the next segment on
 */
void
sc_origin_set_info (ScOrigin *self,
                    const char *channel_id,
                    guint rendition,
                    const ScMediaInfo *info)
{
  sc_broadcast_set_info (find_channel (self, channel_id)->broadcast, rendition, info);
}

/**
 * sc_origin_begin_segment:
 * @self: an origin
 * @channel_id: a channel with a stream
 * @rendition: a rendition without an open segment
 * @wall_time_us: when its first frame arrived, microseconds since the epoch
 * @discontinuity: the segment does not go on from the one before
 */
void
sc_origin_begin_segment (ScOrigin *self,
                         const char *channel_id,
                         guint rendition,
                         gint64 wall_time_us,
                         gboolean discontinuity)
{
  sc_rendition_begin_segment (find_rendition (self, channel_id, rendition),
                              wall_time_us,
                              discontinuity);
}

/**
 * sc_origin_append:
 * @self: an origin
 * @channel_id: a channel with a stream
 * @rendition: a rendition with an open segment
 * @data: bytes of it; readers that wait get them at once
 *
 * Returns: %FALSE when the segment grew beyond its bound: the stream is to be ended
 */
gboolean
sc_origin_append (ScOrigin *self, const char *channel_id, guint rendition, GBytes *data)
{
  return sc_rendition_append (find_rendition (self, channel_id, rendition), data);
}

/**
 * sc_origin_end_segment:
 * @self: an origin
 * @channel_id: a channel with a stream
 * @rendition: a rendition with an open segment
 * @duration_us: how long the segment plays, at least 1
 */
void
sc_origin_end_segment (ScOrigin *self, const char *channel_id, guint rendition, gint64 duration_us)
{
  sc_rendition_end_segment (find_rendition (self, channel_id, rendition), duration_us);
}

/**
 * sc_origin_end_rendition:
 * @self: an origin
 * @channel_id: a channel with a stream
 * @rendition: an index, not that of the source
 *
 * The stream goes on without this rendition; there is nothing of it any more.
 */
void
sc_origin_end_rendition (ScOrigin *self, const char *channel_id, guint rendition)
{
  sc_broadcast_end_rendition (find_channel (self, channel_id)->broadcast, rendition);
}

/**
 * sc_origin_get_newest_segment:
 * @self: an origin
 * @channel_id: a channel with a stream
 *
 * Returns: (transfer none) (nullable): the source's segment that is being written, else
 * the newest one
 */
ScSegment *
sc_origin_get_newest_segment (ScOrigin *self, const char *channel_id)
{
  ScRendition *source = find_rendition (self, channel_id, SC_BROADCAST_SOURCE);
  sc_rendition_flush (source);
  return sc_rendition_get_newest (source);
}

static gboolean
on_linger_over (gpointer user_data)
{
  Channel *channel = user_data;
  channel->linger_id = 0;
  g_hash_table_remove (channel->origin->channels, channel->id);
  return G_SOURCE_REMOVE;
}

/**
 * sc_origin_end_stream:
 * @self: an origin
 * @channel_id: a channel with a stream
 *
 * The stream is over. The playback URL is 404 from now on, the renditions' playlists end, and what
 * is whole can be read for another minute.
 */
void
sc_origin_end_stream (ScOrigin *self, const char *channel_id)
{
  Channel *channel = find_channel (self, channel_id);
  sc_broadcast_end (channel->broadcast);
  channel->linger_id = g_timeout_add_seconds (LINGER_SECONDS, on_linger_over, channel);
}

/**
 * sc_origin_get_memory:
 * @self: an origin
 *
 * Returns: bytes of media that it holds
 */
gsize
sc_origin_get_memory (ScOrigin *self)
{
  gsize sum = 0;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->channels);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    sum += sc_broadcast_get_memory (((Channel *) value)->broadcast);
  return sum;
}
