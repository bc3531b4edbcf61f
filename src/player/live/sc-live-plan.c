/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which segment of a live playlist comes next. Segments are known by their media sequence number:
 * addresses may be signed anew from one reading to the next. Pure. */

#include "config.h"

#include "sc-live-plan.h"

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
  else if (++self->n_stale >= STALE_MAX)
    jump (self, edge);
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
  if (self->is_joined)
    find_way_back (self, playlist, held);
  else
    jump (self, find_edge (playlist));

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
