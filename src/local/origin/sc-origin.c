/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-origin-private.h"

/* The origin: channels and their segments in memory, and the server that players read them from
 * (sc-origin-requests.c). It belongs behind nginx, which ends TLS; libsoup's server is not for
 * strangers. Main context only. */

/* A stream's last segments stay this long after its end, for players that are a window behind. */
#define LINGER_SECONDS 60

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
  ScOriginChannel *channel = data;
  g_clear_handle_id (&channel->linger_id, g_source_remove);
  sc_broadcast_free (channel->broadcast);
  sc_viewers_free (channel->viewers);
  g_free (channel->id);
  g_free (channel);
}

/* --- requests --- */

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
  soup_server_add_handler (self->server, NULL, sc_origin_answer, self, NULL);
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
  const ScOriginChannel *channel = g_hash_table_lookup (self->channels, channel_id);
  return channel ? sc_viewers_count (channel->viewers, g_get_monotonic_time ()) : 0;
}

/* --- streams --- */

static ScOriginChannel *
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
  ScOriginChannel *channel = find_channel (self, channel_id);
  if (!channel) {
    channel = g_new0 (ScOriginChannel, 1);
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
  ScOriginChannel *channel = user_data;
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
  ScOriginChannel *channel = find_channel (self, channel_id);
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
    sum += sc_broadcast_get_memory (((ScOriginChannel *) value)->broadcast);
  return sum;
}
