/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which segment of a live playlist comes next. Segments are known by their media sequence number:
 * addresses may be signed anew from one reading to the next. Pure. */

#include "config.h"

#include "sc-live-plan.h"

#include <string.h>

/* A viewer who is this many segments behind without having paused goes to the live edge. */
#define FAR_BEHIND 3
/* Old copies of a playlist happen behind a content delivery network. This many in a row that end
 * before what we have say that the stream counts anew. */
#define STALE_MAX 4

static const ScHlsSegment *
last_of (const ScHlsPlaylist *playlist)
{
  return sc_hls_playlist_get_segment (playlist, playlist->segments->len - 1);
}

/* Returns the segment to begin with: the one that is being made, else the newest whole one. */
static const ScHlsSegment *
find_edge (const ScHlsPlaylist *playlist)
{
  for (guint i = 0; i < playlist->segments->len; i++) {
    const ScHlsSegment *segment = sc_hls_playlist_get_segment (playlist, i);
    if (segment->is_prefetch)
      return segment;
  }
  return last_of (playlist);
}

/* Returns what tells @segment from others of its stream: its address without host and query, which
 * may be another each time it is named. */
static guint
path_of (const ScHlsSegment *segment)
{
  const char *host = strstr (segment->uri, "://");
  const char *path = host ? strchr (host + strlen ("://"), '/') : NULL;
  g_autofree char *plain = path ? g_strndup (path, strcspn (path, "?")) : g_strdup (segment->uri);
  return g_str_hash (plain);
}

/* Where the server counts anew, the segment that was begun last says how. */
static void
follow_numbers (ScLivePlan *self, const ScHlsPlaylist *playlist)
{
  const ScHlsSegment *same = sc_hls_playlist_find (playlist, self->last);
  if (self->last_path == 0 || (same && path_of (same) == self->last_path))
    return;
  for (guint i = playlist->segments->len; i-- > 0;) {
    const ScHlsSegment *segment = sc_hls_playlist_get_segment (playlist, i);
    if (path_of (segment) != self->last_path)
      continue;
    self->next = segment->sequence + (self->next - self->last);
    self->last = segment->sequence;
    return;
  }
}

static void
jump (ScLivePlan *self, const ScHlsSegment *segment)
{
  self->breaks = self->breaks || self->is_joined;
  self->is_joined = TRUE;
  self->next = segment->sequence;
  self->n_stale = 0;
}

/* Where the playlist has left us: it went on without us, or counts anew. */
static void
find_way_back (ScLivePlan *self, const ScHlsPlaylist *playlist, gboolean held)
{
  const ScHlsSegment *first = sc_hls_playlist_get_segment (playlist, 0);
  const ScHlsSegment *last = last_of (playlist);
  const ScHlsSegment *edge = find_edge (playlist);
  if (self->next < first->sequence)
    jump (self, held ? first : edge);
  else if (!held && edge->sequence >= self->next + FAR_BEHIND)
    jump (self, edge);
  else if (self->next <= last->sequence + 1)
    self->n_stale = 0;
  else if (self->is_new && ++self->n_stale >= STALE_MAX)
    jump (self, edge);
  self->is_new = FALSE;
}

/**
 * sc_live_plan_see_playlist:
 * @self: the plan
 *
 * The playlist that is asked about next was read anew.
 */
void
sc_live_plan_see_playlist (ScLivePlan *self)
{
  self->is_new = TRUE;
}

/**
 * sc_live_plan_next:
 * @self: the plan
 * @playlist: the newest media playlist
 * @held: whether the viewer paused, and keeps the place even if it is far behind
 * @ret_segment: (out): the segment to get, of @playlist; untouched otherwise
 *
 * Returns: what to do
 */
ScLiveStep
sc_live_plan_next (ScLivePlan *self,
                   const ScHlsPlaylist *playlist,
                   gboolean held,
                   const ScHlsSegment **ret_segment)
{
  if (playlist->segments->len == 0)
    return playlist->has_ended ? SC_LIVE_STEP_END : SC_LIVE_STEP_POLL;
  if (!self->is_joined && playlist->has_ended)
    return SC_LIVE_STEP_END;
  if (self->is_joined) {
    follow_numbers (self, playlist);
    find_way_back (self, playlist, held);
  } else {
    jump (self, find_edge (playlist));
  }

  const ScHlsSegment *segment = sc_hls_playlist_find (playlist, self->next);
  while (segment && segment->is_gap) {
    self->next++;
    self->breaks = TRUE;
    segment = sc_hls_playlist_find (playlist, self->next);
  }
  if (!segment)
    return playlist->has_ended && self->next > last_of (playlist)->sequence ? SC_LIVE_STEP_END
                                                                            : SC_LIVE_STEP_POLL;
  self->breaks = self->breaks || segment->discontinuity;
  *ret_segment = segment;
  return SC_LIVE_STEP_GET;
}

/**
 * sc_live_plan_begin:
 * @self: the plan
 * @segment: that is being got
 */
void
sc_live_plan_begin (ScLivePlan *self, const ScHlsSegment *segment)
{
  self->last = segment->sequence;
  self->last_path = path_of (segment);
}

/**
 * sc_live_plan_done:
 * @self: the plan
 *
 * The segment that was wanted is there, whole. Says nothing where it is to rejoin meanwhile.
 */
void
sc_live_plan_done (ScLivePlan *self)
{
  if (!self->is_joined)
    return;
  self->next++;
  self->breaks = FALSE;
}

/**
 * sc_live_plan_rejoin:
 * @self: the plan
 *
 * Begins at the live edge again.
 */
void
sc_live_plan_rejoin (ScLivePlan *self)
{
  *self = (ScLivePlan) { .breaks = TRUE };
}
