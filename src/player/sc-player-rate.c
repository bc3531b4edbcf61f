/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How fast the player plays a recording. It is kept over seeks, pauses, and from one recording to
 * the next; a live stream is played as fast as it is made. */

#include "config.h"

#include "sc-player-private.h"

static gboolean
take_rate (ScPlayer *self, double rate)
{
  if (G_APPROX_VALUE (self->rate, rate, DBL_EPSILON))
    return FALSE;
  self->rate = rate;
  sc_player_notify (self, PROP_RATE);
  return TRUE;
}

/**
 * sc_player_get_rate:
 * @self: a player
 *
 * Returns: how fast it plays recordings, 1 being the speed that they were made at
 */
double
sc_player_get_rate (ScPlayer *self)
{
  return self->rate;
}

/**
 * sc_player_set_rate:
 * @self: a player
 * @rate: how fast, %SC_PLAYER_LEAST_RATE to %SC_PLAYER_MOST_RATE; what is outside means the ends
 *
 * A recording goes on at that speed from where it is, and the sound keeps its pitch. While a live
 * stream is open it stays 1.
 */
void
sc_player_set_rate (ScPlayer *self, double rate)
{
  if (self->facts.live)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  if (take_rate (self, CLAMP (rate, SC_PLAYER_LEAST_RATE, SC_PLAYER_MOST_RATE)) &&
      self->facts.open) {
    (void) sc_player_on_look (self);
    sc_player_position_want (&self->place, sc_player_get_position (self), TRUE);
    sc_player_send_seek (self);
  }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sc_player_reset_rate:
 * @self: a player that is to open a live stream
 */
void
sc_player_reset_rate (ScPlayer *self)
{
  take_rate (self, 1.0);
}

/**
 * sc_player_begin_at_rate:
 * @self: a player that opens a recording
 *
 * A pipeline begins at rate 1, and only a seek changes that.
 */
void
sc_player_begin_at_rate (ScPlayer *self)
{
  self->real_rate = 1.0;
  if (!G_APPROX_VALUE (self->rate, 1.0, DBL_EPSILON))
    sc_player_position_want (&self->place, sc_player_get_position (self), TRUE);
}

/**
 * sc_player_take_back_rate:
 * @self: a player whose pipeline refused a seek
 *
 * What was asked for with it is not so: the rate is what it was, unless another seek asks for more.
 */
void
sc_player_take_back_rate (ScPlayer *self)
{
  if (self->place.wanted.target == SC_PLAYER_NOWHERE)
    take_rate (self, self->real_rate);
}
