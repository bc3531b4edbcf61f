/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the player has open: a pipeline from its opening to its end, the state that follows from
 * what is known of it, and what it leaves. */

#include "config.h"

#include "sc-player-private.h"

#include <string.h>

/* How often it is looked where playback is: a clock that shows seconds needs no more. */
#define POSITION_MS 200

/**
 * sc_player_update_state:
 * @self: a player whose facts may have changed
 */
void
sc_player_update_state (ScPlayer *self)
{
  ScPlayerState state = sc_player_state_from_facts (&self->facts);
  if (self->state == state)
    return;
  self->state = state;
  sc_player_notify (self, PROP_STATE);
}

/**
 * sc_player_set_error:
 * @self: a player
 * @error: (transfer full) (nullable): why there is no picture
 */
void
sc_player_set_error (ScPlayer *self, GError *error)
{
  if (!self->error && !error)
    return;
  g_clear_error (&self->error);
  self->error = error;
  sc_player_notify (self, PROP_ERROR);
}

/**
 * sc_player_set_paintable:
 * @self: a player
 * @paintable: (nullable): what a widget draws
 */
void
sc_player_set_paintable (ScPlayer *self, GObject *paintable)
{
  if (g_set_object (&self->paintable, paintable))
    sc_player_notify (self, PROP_PAINTABLE);
}

/**
 * sc_player_set_size:
 * @self: a player
 * @width: of the picture, 0 while unknown
 * @height: likewise
 */
void
sc_player_set_size (ScPlayer *self, int width, int height)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->width != width)
    sc_player_notify (self, PROP_WIDTH);
  if (self->height != height)
    sc_player_notify (self, PROP_HEIGHT);
  self->width = width;
  self->height = height;
  g_object_thaw_notify (G_OBJECT (self));
}

/* What a person hears as half as loud is an eighth of the amplitude, about -18 dB
 * (GST_STREAM_VOLUME_FORMAT_CUBIC). */
static double
linear_volume (double volume)
{
  return volume * volume * volume;
}

/**
 * sc_player_apply_sound:
 * @self: a player
 *
 * Tells the pipeline how loud.
 */
void
sc_player_apply_sound (ScPlayer *self)
{
  if (self->pipeline)
    sc_pipeline_set_sound (self->pipeline, linear_volume (self->volume), self->muted);
}

/**
 * sc_player_apply_playing:
 * @self: a player whose facts may have changed
 *
 * Lets the clock run or stand.
 */
void
sc_player_apply_playing (ScPlayer *self)
{
  if (self->pipeline)
    sc_pipeline_set_playing (self->pipeline, sc_player_facts_want_playing (&self->facts));
}

/**
 * sc_player_close_stream:
 * @self: a player
 *
 * Leaves the paintable: it holds the last frame, which a page may still show.
 */
void
sc_player_close_stream (ScPlayer *self)
{
  self->facts = (ScPlayerFacts) { .paused = self->facts.paused };
  sc_player_live_end (self->live);
  g_clear_handle_id (&self->place_source, g_source_remove);
  g_clear_pointer (&self->pipeline, sc_pipeline_close);
  g_clear_pointer (&self->missing, g_free);
}

/* Nobody is told of what is between a stream that is closed and why it was. */
static void
hold_news (ScPlayer *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_object_freeze_notify (G_OBJECT (self->live));
}

static void
tell_news (ScPlayer *self)
{
  g_object_thaw_notify (G_OBJECT (self->live));
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sc_player_fail:
 * @self: a player
 * @error: (transfer full): why
 */
void
sc_player_fail (ScPlayer *self, GError *error)
{
  hold_news (self);
  sc_player_close_stream (self);
  self->facts.failed = TRUE;
  sc_player_set_error (self, error);
  sc_player_update_state (self);
  tell_news (self);
}

/**
 * sc_player_end:
 * @self: a player whose stream was played to its end
 */
void
sc_player_end (ScPlayer *self)
{
  hold_news (self);
  sc_player_close_stream (self);
  self->facts.ended = TRUE;
  self->place.ready = FALSE;
  if (sc_player_position_see (&self->place, self->place.duration))
    sc_player_notify (self, PROP_POSITION);
  sc_player_update_state (self);
  tell_news (self);
}

/**
 * sc_player_open_stream:
 * @self: a player
 * @uri: what to open in place of what is open
 */
void
sc_player_open_stream (ScPlayer *self, const char *uri)
{
  g_autoptr (GError) error = NULL;

  sc_player_close_stream (self);
  sc_player_set_error (self, NULL);
  sc_player_set_size (self, 0, 0);
  g_set_str (&self->uri, uri);
  sc_player_set_paused (self, FALSE);
  self->pipeline = sc_pipeline_new (uri, self->sinks, sc_player_on_bus_message, self, &error);
  if (!self->pipeline) {
    sc_player_fail (self, g_steal_pointer (&error));
    return;
  }
  self->facts.open = TRUE;
  self->facts.live = g_str_has_prefix (uri, SC_LIVE_SCHEME_PREFIX);
  self->opened_at = g_get_monotonic_time ();
  self->place_source = g_timeout_add (POSITION_MS, sc_player_on_look, self);
  self->facts.buffering = SC_PLAYER_BUFFER_FULL;
  if (self->facts.live) {
    sc_player_live_begin (self->live, sc_pipeline_get_live (self->pipeline));
    sc_player_live_set_address (self->live, uri + strlen (SC_LIVE_SCHEME_PREFIX));
  } else {
    sc_player_begin_at_rate (self);
  }
  sc_player_set_paintable (self, sc_pipeline_get_paintable (self->pipeline));
  sc_player_apply_sound (self);
  sc_player_apply_playing (self);
  sc_player_update_state (self);
}

/**
 * sc_player_reopen:
 * @self: a player whose pipeline failed in a way that another one may not
 *
 * Once for each stream that is opened; a recording goes on where it was, paused if it was.
 */
void
sc_player_reopen (ScPlayer *self)
{
  g_autofree char *uri = g_strdup (self->uri);
  gint64 position = sc_player_get_position (self);
  gboolean paused = self->facts.paused;
  g_object_freeze_notify (G_OBJECT (self));
  self->retried = TRUE;
  sc_player_open_stream (self, uri);
  sc_player_set_paused (self, paused && !self->facts.live);
  if (self->place.duration > 0 && self->facts.open) {
    self->place.ready = FALSE;
    sc_player_position_give_up (&self->place);
    sc_player_position_want (&self->place, position, TRUE);
  }
  g_object_thaw_notify (G_OBJECT (self));
}
