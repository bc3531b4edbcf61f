/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No place in a stream. */
#define SC_PLAYER_NOWHERE (-1)

/**
 * ScPlayerSeek:
 * @target: where to go, microseconds from the start
 * @exact: whether to go just there; otherwise to a picture near it, which is quicker
 */
typedef struct {
  gint64 target;
  gboolean exact;
} ScPlayerSeek;

/**
 * ScPlayerPosition:
 * @duration: how long the stream is, microseconds; 0 while unknown and for one that has no end
 * @position: where the picture is that was last seen, microseconds
 * @going: the seek that is on its way
 * @wanted: the one to send after it; a newer one replaces it
 * @flushed: whether the pictures of where it was are gone since that seek was sent
 * @ready: whether the pipeline takes seeks
 *
 * Where playback is and where it is to go. One seek is on its way at a time: a hand that drags asks
 * for more of them than a pipeline can do.
 */
typedef struct {
  gint64 duration;
  gint64 position;
  ScPlayerSeek going;
  ScPlayerSeek wanted;
  gboolean flushed;
  gboolean ready;
} ScPlayerPosition;

void sc_player_position_reset (ScPlayerPosition *self);
void sc_player_position_want (ScPlayerPosition *self, gint64 target, gboolean exact);
gboolean sc_player_position_take (ScPlayerPosition *self, ScPlayerSeek *ret_seek);
void sc_player_position_flush (ScPlayerPosition *self);
void sc_player_position_arrive (ScPlayerPosition *self);
void sc_player_position_give_up (ScPlayerPosition *self);
gboolean sc_player_position_see (ScPlayerPosition *self, gint64 position);
gint64 sc_player_position_get (const ScPlayerPosition *self);

G_END_DECLS
