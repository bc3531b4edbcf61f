/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-hls-playlist.h"

G_BEGIN_DECLS

/**
 * ScLivePlan:
 * @next: media sequence number of the segment that is wanted next
 * @is_joined: whether there is such a number; otherwise it begins at the live edge
 * @breaks: whether the next segment does not go on from the one that was got before it
 * @is_new: whether the playlist was not judged yet
 * @n_stale: playlists in a row that ended long before @next
 * @last: media sequence number of the segment that was begun last
 * @last_path: which one that is, by its address; 0 for none
 *
 * Which segment comes next. A plain value, %{0} to begin with.
 */
typedef struct {
  guint64 next;
  gboolean is_joined;
  gboolean breaks;
  gboolean is_new;
  guint n_stale;
  guint64 last;
  guint last_path;
} ScLivePlan;

/**
 * ScLiveStep:
 * @SC_LIVE_STEP_GET: get the segment
 * @SC_LIVE_STEP_POLL: read the playlist again, it does not name the segment yet
 * @SC_LIVE_STEP_END: the playlist says that nothing comes any more
 */
typedef enum {
  SC_LIVE_STEP_GET,
  SC_LIVE_STEP_POLL,
  SC_LIVE_STEP_END,
} ScLiveStep;

void sc_live_plan_see_playlist (ScLivePlan *self);
ScLiveStep sc_live_plan_next (ScLivePlan *self,
                              const ScHlsPlaylist *playlist,
                              gboolean held,
                              const ScHlsSegment **ret_segment);
void sc_live_plan_begin (ScLivePlan *self, const ScHlsSegment *segment);
void sc_live_plan_done (ScLivePlan *self);
void sc_live_plan_rejoin (ScLivePlan *self);

G_END_DECLS
