/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The player: opens a stream, says how it goes, hands out the picture.
 *
 * A main-thread object. Each stream gets a pipeline of its own that is closed when the next one is
 * opened, when the stream ends or fails, and when the player is disposed. GStreamer's threads reach
 * it only as messages on the main context. It hands the `GdkPaintable` out as a #GObject, so that
 * this library does without GTK.
 */

#include "config.h"

#include "sc-player-library.h"
#include "sc-player-private.h"
#include "sc-vod-src.h"

static GParamSpec *properties[PROP_RATE + 1];

G_DEFINE_FINAL_TYPE (ScPlayer, sc_player, G_TYPE_OBJECT)

/**
 * sc_player_notify:
 * @self: a player
 * @property: what changed
 */
void
sc_player_notify (ScPlayer *self, ScPlayerProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
on_live_trouble (ScPlayer *self)
{
  self->facts.standing = sc_player_live_get_trouble (self->live) != SC_LIVE_FINE;
  sc_player_update_state (self);
}

static void
sc_player_dispose (GObject *object)
{
  ScPlayer *self = SC_PLAYER (object);

  if (self->live)
    sc_player_close_stream (self);
  g_clear_object (&self->live);
  g_clear_object (&self->paintable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->uri, g_free);

  G_OBJECT_CLASS (sc_player_parent_class)->dispose (object);
}

static void
sc_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScPlayer *self = SC_PLAYER (object);

  switch ((ScPlayerProperty) id) {
  case PROP_STATE:
    g_value_set_uint (value, self->state);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  case PROP_PAINTABLE:
    g_value_set_object (value, self->paintable);
    break;
  case PROP_LIVE:
    g_value_set_object (value, self->live);
    break;
  case PROP_WIDTH:
    g_value_set_int (value, self->width);
    break;
  case PROP_HEIGHT:
    g_value_set_int (value, self->height);
    break;
  case PROP_PAUSED:
    g_value_set_boolean (value, self->facts.paused);
    break;
  case PROP_VOLUME:
    g_value_set_double (value, self->volume);
    break;
  case PROP_MUTED:
    g_value_set_boolean (value, self->muted);
    break;
  case PROP_POSITION:
    g_value_set_int64 (value, sc_player_get_position (self));
    break;
  case PROP_DURATION:
    g_value_set_int64 (value, sc_player_get_duration (self));
    break;
  case PROP_RATE:
    g_value_set_double (value, self->rate);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_player_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScPlayer *self = SC_PLAYER (object);

  switch (id) {
  case PROP_PAUSED:
    sc_player_set_paused (self, g_value_get_boolean (value));
    break;
  case PROP_VOLUME:
    sc_player_set_volume (self, g_value_get_double (value));
    break;
  case PROP_MUTED:
    sc_player_set_muted (self, g_value_get_boolean (value));
    break;
  case PROP_RATE:
    sc_player_set_rate (self, g_value_get_double (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags seen = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags set = seen | G_PARAM_WRITABLE;

  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, SC_PLAYER_FAILED, 0, seen);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, seen);
  properties[PROP_PAINTABLE] = g_param_spec_object ("paintable", NULL, NULL, G_TYPE_OBJECT, seen);
  properties[PROP_LIVE] = g_param_spec_object ("live", NULL, NULL, SC_TYPE_PLAYER_LIVE, seen);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, seen);
  properties[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, G_MAXINT, 0, seen);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, set);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0.0, 1.0, 1.0, set);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, set);
  properties[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, seen);
  properties[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0, seen);
  properties[PROP_RATE] =
    g_param_spec_double ("rate", NULL, NULL, SC_PLAYER_LEAST_RATE, SC_PLAYER_MOST_RATE, 1.0, set);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_player_class_init (ScPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sc_player_dispose;
  object_class->get_property = sc_player_get_property;
  object_class->set_property = sc_player_set_property;
  install_properties (object_class);
}

static void
sc_player_init (ScPlayer *self)
{
  self->volume = 1.0;
  self->rate = 1.0;
  self->live = sc_player_live_new ();
  g_signal_connect_object (self->live,
                           "notify::trouble",
                           G_CALLBACK (on_live_trouble),
                           self,
                           G_CONNECT_SWAPPED);
  sc_player_position_reset (&self->place);
}

/**
 * sc_player_new:
 * @sinks: where picture and sound go; must outlive the player
 *
 * sc_player_library_init() must have been called, or sc_player_library_init_later().
 *
 * Returns: (transfer full): a player with nothing open
 */
ScPlayer *
sc_player_new (const ScPlayerSinks *sinks)
{
  sc_player_library_load ();
  ScPlayer *self = g_object_new (SC_TYPE_PLAYER, NULL);
  self->sinks = sinks;
  return self;
}

/**
 * sc_player_set_sinks:
 * @self: a player
 * @sinks: where picture and sound of the streams go that are opened from now on; must outlive the
 *   player
 */
void
sc_player_set_sinks (ScPlayer *self, const ScPlayerSinks *sinks)
{
  self->sinks = sinks;
}

/* Closes what was open, and opens @uri, of a scheme of our own, from its start. */
static void
open_afresh (ScPlayer *self, const char *uri)
{
  g_object_freeze_notify (G_OBJECT (self));
  self->retried = FALSE;
  sc_player_forget_place (self);
  sc_player_open_stream (self, uri);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sc_player_open_live:
 * @self: a player
 * @uri: the playback URL of a channel that is live
 *
 * Closes what was open, and starts loading and playing @uri close to live; sc_player_get_live()
 * then tells how close. Returns at once; the state tells how it goes. A pause that the viewer asked
 * for is over, and its rate is 1.
 */
void
sc_player_open_live (ScPlayer *self, const char *uri)
{
  g_autofree char *live = g_strconcat (SC_LIVE_SCHEME_PREFIX, uri, NULL);
  sc_player_reset_rate (self);
  open_afresh (self, live);
}

/**
 * sc_player_open_recording:
 * @self: a player
 * @uri: the address of a recording's multivariant or media playlist
 *
 * As sc_player_open_live(), from a recording's start, as fast as sc_player_set_rate() says.
 */
void
sc_player_open_recording (ScPlayer *self, const char *uri)
{
  g_autofree char *recording = g_strconcat (SC_VOD_SCHEME_PREFIX, uri, NULL);
  open_afresh (self, recording);
}

/**
 * sc_player_stop:
 * @self: a player
 *
 * Closes what is open, lets go of the picture, forgets the error. The state is %SC_PLAYER_IDLE at
 * once; the pipeline's threads end a moment later, on their own.
 */
void
sc_player_stop (ScPlayer *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  sc_player_close_stream (self);
  sc_player_set_error (self, NULL);
  sc_player_set_size (self, 0, 0);
  sc_player_set_paintable (self, NULL);
  sc_player_forget_place (self);
  g_clear_pointer (&self->uri, g_free);
  sc_player_set_paused (self, FALSE);
  sc_player_update_state (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sc_player_seek:
 * @self: a player
 * @position: where to go, microseconds from the start
 * @exact: whether to go just there; otherwise to a picture near it, which is quicker: for a hand
 *   that drags
 *
 * Goes there as soon as it can, whether it plays or is paused. Of a stream that was played to its
 * end it begins again there. A stream without an end, and nothing, stay where they are.
 */
void
sc_player_seek (ScPlayer *self, gint64 position, gboolean exact)
{
  gint64 duration = self->place.duration;
  if (duration == 0 || (!self->facts.ended && !self->facts.open))
    return;
  g_object_freeze_notify (G_OBJECT (self));
  if (self->facts.ended) {
    g_autofree char *uri = g_strdup (self->uri);
    open_afresh (self, uri);
    self->place.duration = duration;
  }
  sc_player_position_want (&self->place, position, exact);
  sc_player_send_seek (self);
  sc_player_notify (self, PROP_POSITION);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sc_player_get_position:
 * @self: a player
 *
 * Returns: where the viewer is, microseconds from the start; where a seek goes counts as reached
 */
gint64
sc_player_get_position (ScPlayer *self)
{
  return sc_player_position_get (&self->place);
}

/**
 * sc_player_get_duration:
 * @self: a player
 *
 * Returns: how long the stream is, microseconds; 0 while unknown and for one that has no end
 */
gint64
sc_player_get_duration (ScPlayer *self)
{
  return self->place.duration;
}

/**
 * sc_player_get_state:
 * @self: a player
 *
 * Returns: how playback goes
 */
ScPlayerState
sc_player_get_state (ScPlayer *self)
{
  return self->state;
}

/**
 * sc_player_get_error:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): why the last stream failed, an error of %SC_PLAYER_ERROR
 */
const GError *
sc_player_get_error (ScPlayer *self)
{
  return self->error;
}

/**
 * sc_player_get_paintable:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): the `GdkPaintable` of the stream that is open, or of the
 *   last one until sc_player_stop(): then it shows the last frame
 */
GObject *
sc_player_get_paintable (ScPlayer *self)
{
  return self->paintable;
}

/**
 * sc_player_get_live:
 * @self: a player
 *
 * Returns: (transfer none): what is known of a live stream; always the same object
 */
ScPlayerLive *
sc_player_get_live (ScPlayer *self)
{
  return self->live;
}

/**
 * sc_player_get_width:
 * @self: a player
 *
 * Returns: the picture's width in pixels, or 0 while unknown
 */
int
sc_player_get_width (ScPlayer *self)
{
  return self->width;
}

/**
 * sc_player_get_height:
 * @self: a player
 *
 * Returns: the picture's height in pixels, or 0 while unknown
 */
int
sc_player_get_height (ScPlayer *self)
{
  return self->height;
}

/**
 * sc_player_get_paused:
 * @self: a player
 *
 * Returns: whether the viewer paused
 */
gboolean
sc_player_get_paused (ScPlayer *self)
{
  return self->facts.paused;
}

/**
 * sc_player_set_paused:
 * @self: a player
 * @paused: whether to hold the picture
 */
void
sc_player_set_paused (ScPlayer *self, gboolean paused)
{
  if (self->facts.paused == paused)
    return;
  self->facts.paused = paused;
  sc_player_live_set_paused (self->live, paused, g_get_monotonic_time ());
  sc_player_apply_playing (self);
  sc_player_notify (self, PROP_PAUSED);
  sc_player_update_state (self);
}

/**
 * sc_player_get_volume:
 * @self: a player
 *
 * Returns: how loud, 0 to 1, in steps that sound even
 */
double
sc_player_get_volume (ScPlayer *self)
{
  return self->volume;
}

/**
 * sc_player_set_volume:
 * @self: a player
 * @volume: how loud, 0 to 1, in steps that sound even; kept from stream to stream
 */
void
sc_player_set_volume (ScPlayer *self, double volume)
{
  volume = CLAMP (volume, 0.0, 1.0);
  if (G_APPROX_VALUE (self->volume, volume, DBL_EPSILON))
    return;
  self->volume = volume;
  sc_player_apply_sound (self);
  sc_player_notify (self, PROP_VOLUME);
}

/**
 * sc_player_get_muted:
 * @self: a player
 *
 * Returns: whether it is silent
 */
gboolean
sc_player_get_muted (ScPlayer *self)
{
  return self->muted;
}

/**
 * sc_player_set_muted:
 * @self: a player
 * @muted: whether to be silent; kept from stream to stream
 */
void
sc_player_set_muted (ScPlayer *self, gboolean muted)
{
  if (self->muted == muted)
    return;
  self->muted = muted;
  sc_player_apply_sound (self);
  sc_player_notify (self, PROP_MUTED);
}
