/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScPlayerState:
 * @SC_PLAYER_IDLE: nothing is open, nothing runs
 * @SC_PLAYER_LOADING: a stream is open and its picture is not there yet, or has run dry
 * @SC_PLAYER_PLAYING: the picture moves
 * @SC_PLAYER_PAUSED: the viewer paused
 * @SC_PLAYER_ENDED: the stream was played to its end
 * @SC_PLAYER_FAILED: sc_player_get_error() says why
 */
typedef enum {
  SC_PLAYER_IDLE,
  SC_PLAYER_LOADING,
  SC_PLAYER_PLAYING,
  SC_PLAYER_PAUSED,
  SC_PLAYER_ENDED,
  SC_PLAYER_FAILED,
} ScPlayerState;

/* A buffer of this many percent plays. */
#define SC_PLAYER_BUFFER_FULL 100

/**
 * ScPlayerFacts:
 * @open: whether there is a pipeline
 * @failed: whether the last pipeline ended with an error
 * @ended: whether the last pipeline ended with the stream
 * @prerolled: whether a first frame was decoded; of a live stream, shown
 * @paused: whether the viewer wants it to stand still
 * @seeking: whether the picture of another place is on its way
 * @live: whether our own live source plays: it fills no buffer, and is paused before it has a
 * picture
 * @standing: whether a live picture stands because nothing comes
 * @buffering: how full the buffer is, percent
 *
 * All that is known about playback; the state is computed from it.
 */
typedef struct {
  gboolean open;
  gboolean failed;
  gboolean ended;
  gboolean prerolled;
  gboolean paused;
  gboolean seeking;
  gboolean live;
  gboolean standing;
  int buffering;
} ScPlayerFacts;

ScPlayerState sc_player_state_from_facts (const ScPlayerFacts *facts);
gboolean sc_player_facts_want_playing (const ScPlayerFacts *facts);

G_END_DECLS
