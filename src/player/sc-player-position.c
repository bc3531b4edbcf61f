/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-player-position.h"

static const ScPlayerSeek no_seek = { SC_PLAYER_NOWHERE, FALSE };

/**
 * sc_player_position_reset:
 * @self: where playback is
 *
 * Forgets everything: another stream begins.
 */
void
sc_player_position_reset (ScPlayerPosition *self)
{
  *self = (ScPlayerPosition) { .going = no_seek, .wanted = no_seek };
}

/**
 * sc_player_position_want:
 * @self: where playback is
 * @target: where to go, microseconds from the start; what is outside the stream means its ends
 * @exact: whether to go just there
 *
 * Asks for a seek in place of the one that was wanted and is not on its way yet.
 */
void
sc_player_position_want (ScPlayerPosition *self, gint64 target, gboolean exact)
{
  gint64 last = self->duration > 0 ? self->duration : G_MAXINT64;
  self->wanted = (ScPlayerSeek) { CLAMP (target, 0, last), exact };
}

/**
 * sc_player_position_take:
 * @self: where playback is
 * @ret_seek: (out): the seek to send; untouched otherwise
 *
 * Returns: %TRUE if a seek shall be sent now; it is on its way then
 */
gboolean
sc_player_position_take (ScPlayerPosition *self, ScPlayerSeek *ret_seek)
{
  if (!self->ready || self->going.target != SC_PLAYER_NOWHERE ||
      self->wanted.target == SC_PLAYER_NOWHERE)
    return FALSE;
  self->going = self->wanted;
  self->wanted = no_seek;
  self->flushed = FALSE;
  *ret_seek = self->going;
  return TRUE;
}

/**
 * sc_player_position_flush:
 * @self: where playback is
 *
 * The pipeline has dropped the pictures of where it was.
 */
void
sc_player_position_flush (ScPlayerPosition *self)
{
  self->flushed = TRUE;
}

/**
 * sc_player_position_arrive:
 * @self: where playback is
 *
 * The pipeline has a picture: the first one, or that of the seek that is on its way. It may also be
 * the one that a pause before that seek was waiting for, which has not been flushed yet and says
 * nothing.
 */
void
sc_player_position_arrive (ScPlayerPosition *self)
{
  self->ready = TRUE;
  if (self->going.target == SC_PLAYER_NOWHERE || !self->flushed)
    return;
  self->position = self->going.target;
  self->going = no_seek;
}

/**
 * sc_player_position_give_up:
 * @self: where playback is
 *
 * The pipeline refused the seek that was on its way.
 */
void
sc_player_position_give_up (ScPlayerPosition *self)
{
  self->going = no_seek;
}

/**
 * sc_player_position_see:
 * @self: where playback is
 * @position: what the pipeline says, microseconds
 *
 * While a seek is on its way the pipeline speaks of where it was: that says nothing.
 *
 * Returns: %TRUE if sc_player_position_get() says something else than before
 */
gboolean
sc_player_position_see (ScPlayerPosition *self, gint64 position)
{
  gint64 before = sc_player_position_get (self);
  if (self->going.target == SC_PLAYER_NOWHERE && self->wanted.target == SC_PLAYER_NOWHERE)
    self->position = self->duration > 0 ? CLAMP (position, 0, self->duration) : MAX (position, 0);
  return sc_player_position_get (self) != before;
}

/**
 * sc_player_position_get:
 * @self: where playback is
 *
 * Returns: where the viewer is, microseconds: where a seek goes counts as reached
 */
gint64
sc_player_position_get (const ScPlayerPosition *self)
{
  if (self->wanted.target != SC_PLAYER_NOWHERE)
    return self->wanted.target;
  return self->going.target != SC_PLAYER_NOWHERE ? self->going.target : self->position;
}
