/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-broadcast.h"

#include "sc-playlist.h"

/* What one channel shows: the source and, of a channel that is transcoded, smaller renditions of
 * it. Their segments have the same numbers and times, so that a player can go from one to another
 * at any of them. A rendition is in the master playlist from its first whole segment on. */

struct _ScBroadcast {
  ScRenditionListeners listeners;
  gint64 started_at_us;
  ScRendition *renditions[SC_BROADCAST_MAX_RENDITIONS]; /* the source's is always there */
};

/**
 * sc_broadcast_new:
 * @listeners: who is told of segments
 *
 * Returns: (transfer full): a channel that was never live
 */
ScBroadcast *
sc_broadcast_new (const ScRenditionListeners *listeners)
{
  ScBroadcast *self = g_new0 (ScBroadcast, 1);
  self->listeners = *listeners;
  self->renditions[SC_BROADCAST_SOURCE] = sc_rendition_new (listeners);
  return self;
}

/**
 * sc_broadcast_free:
 * @self: (nullable): a channel
 */
void
sc_broadcast_free (ScBroadcast *self)
{
  if (!self)
    return;
  for (guint i = 0; i < SC_BROADCAST_MAX_RENDITIONS; i++)
    sc_rendition_free (self->renditions[i]);
  g_free (self);
}

static ScRendition *
get_source (const ScBroadcast *self)
{
  return self->renditions[SC_BROADCAST_SOURCE];
}

/**
 * sc_broadcast_begin:
 * @self: a channel that is not live
 * @info: what is in the stream
 * @now_us: the time of day
 *
 * A stream begins, for now with the source alone.
 */
void
sc_broadcast_begin (ScBroadcast *self, const ScMediaInfo *info, gint64 now_us)
{
  self->started_at_us = now_us;
  sc_rendition_begin (get_source (self), info, sc_rendition_get_next (get_source (self)));
}

/* Begins a rendition besides the source, with the number that the source began with. One of the
 * same size of the stream before goes on, so that players stay with it, where the numbers do. */
static void
begin_rendition (ScBroadcast *self, guint rendition, const ScMediaInfo *info)
{
  ScRendition **place = &self->renditions[rendition];
  guint64 first = sc_rendition_get_first (get_source (self));
  if (*place && (sc_rendition_get_next (*place) != first ||
                 sc_rendition_get_info (*place).height != info->height))
    g_clear_pointer (place, sc_rendition_free);
  if (!*place)
    *place = sc_rendition_new (&self->listeners);
  sc_rendition_begin (*place, info, first);
}

/**
 * sc_broadcast_set_info:
 * @self: a live channel
 * @rendition: an index, below %SC_BROADCAST_MAX_RENDITIONS
 * @info: what is in the rendition from the next segment on
 *
 * One that is new begins by that; its next segment is the stream's first.
 */
void
sc_broadcast_set_info (ScBroadcast *self, guint rendition, const ScMediaInfo *info)
{
  ScRendition *found = self->renditions[rendition];
  if (found && sc_rendition_is_live (found))
    sc_rendition_set_info (found, info);
  else
    begin_rendition (self, rendition, info);
}

/**
 * sc_broadcast_end_rendition:
 * @self: a channel
 * @rendition: an index, not that of the source
 *
 * The stream goes on without this rendition. Its playlist is gone at once: one that ended would
 * tell players that the stream is over.
 */
void
sc_broadcast_end_rendition (ScBroadcast *self, guint rendition)
{
  g_return_if_fail (rendition != SC_BROADCAST_SOURCE);
  g_clear_pointer (&self->renditions[rendition], sc_rendition_free);
}

/**
 * sc_broadcast_end:
 * @self: a live channel
 *
 * The stream is over, in all its renditions.
 */
void
sc_broadcast_end (ScBroadcast *self)
{
  for (guint i = 0; i < SC_BROADCAST_MAX_RENDITIONS; i++)
    if (self->renditions[i] && sc_rendition_is_live (self->renditions[i]))
      sc_rendition_end (self->renditions[i]);
}

/**
 * sc_broadcast_get_rendition:
 * @self: a channel
 * @rendition: an index
 *
 * Returns: (transfer none) (nullable): the rendition, %NULL where the channel has none of @index
 */
ScRendition *
sc_broadcast_get_rendition (const ScBroadcast *self, guint rendition)
{
  return self->renditions[rendition];
}

/**
 * sc_broadcast_is_live:
 * @self: a channel
 *
 * Returns: %TRUE from the begin to the end of a stream
 */
gboolean
sc_broadcast_is_live (const ScBroadcast *self)
{
  return sc_rendition_is_live (get_source (self));
}

/**
 * sc_broadcast_is_watchable:
 * @self: a channel
 *
 * Returns: %TRUE when its stream has a whole segment
 */
gboolean
sc_broadcast_is_watchable (const ScBroadcast *self)
{
  return sc_rendition_is_watchable (get_source (self));
}

static ScRendition *
find_rendition (const ScBroadcast *self, const char *id)
{
  for (guint i = 0; i < SC_BROADCAST_MAX_RENDITIONS; i++)
    if (self->renditions[i] && sc_rendition_has_id (self->renditions[i], id))
      return self->renditions[i];
  return NULL;
}

/**
 * sc_broadcast_has_playlist:
 * @self: a channel
 * @id: an id
 *
 * Returns: %TRUE if @id is that of a playlist of the newest stream or the one before
 */
gboolean
sc_broadcast_has_playlist (const ScBroadcast *self, const char *id)
{
  return find_rendition (self, id) != NULL;
}

/**
 * sc_broadcast_get_memory:
 * @self: a channel
 *
 * Returns: bytes of media that it holds
 */
gsize
sc_broadcast_get_memory (const ScBroadcast *self)
{
  gsize sum = 0;
  for (guint i = 0; i < SC_BROADCAST_MAX_RENDITIONS; i++)
    sum += self->renditions[i] ? sc_rendition_get_memory (self->renditions[i]) : 0;
  return sum;
}

/**
 * sc_broadcast_write_master:
 * @self: a live channel
 * @base_url: what addresses begin with
 * @now_us: the time of day
 *
 * Returns: (transfer full): the playlist of its renditions, the source first
 */
char *
sc_broadcast_write_master (const ScBroadcast *self, const char *base_url, gint64 now_us)
{
  ScVariant variants[SC_BROADCAST_MAX_RENDITIONS];
  g_autofree char *session = g_uuid_string_random ();
  guint count = 0;
  for (guint i = 0; i < SC_BROADCAST_MAX_RENDITIONS; i++) {
    const ScRendition *rendition = self->renditions[i];
    if (!rendition || !sc_rendition_is_watchable (rendition))
      continue;
    variants[count++] = (ScVariant) {
      .info = sc_rendition_get_info (rendition),
      .id = sc_rendition_get_id (rendition),
      .session = session,
      .is_source = i == SC_BROADCAST_SOURCE,
    };
  }
  return sc_playlist_write_master (variants, count, base_url, now_us);
}

/**
 * sc_broadcast_write_playlist:
 * @self: a channel
 * @id: the id of one of its playlists
 * @base_url: what addresses begin with
 * @now_us: the time of day
 *
 * Returns: (transfer full): the playlist of a rendition's segments
 */
char *
sc_broadcast_write_playlist (const ScBroadcast *self,
                             const char *id,
                             const char *base_url,
                             gint64 now_us)
{
  const ScRenditionMoment moment = { base_url, now_us, self->started_at_us };
  return sc_rendition_write_playlist (find_rendition (self, id), id, &moment);
}
