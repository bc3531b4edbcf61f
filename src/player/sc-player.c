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

#include "sc-player.h"

#include "sc-pipeline.h"

#include <gst/pbutils/missing-plugins.h>

#define US_PER_MS 1000

/* How often it is looked where playback is: a clock that shows seconds needs no more. */
#define POSITION_MS 200

struct _ScPlayer {
  GObject parent_instance;

  const ScPlayerSinks *sinks;
  ScPipeline *pipeline;
  ScPlayerFacts facts;
  ScPlayerState state;
  GError *error;
  GObject *paintable;
  char *missing;
  char *uri;
  ScPlayerPosition place;
  guint place_source;
  gint64 opened_at;
  int width;
  int height;
  double volume;
  gboolean muted;
};

typedef enum {
  PROP_STATE = 1,
  PROP_ERROR,
  PROP_PAINTABLE,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_PAUSED,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_POSITION,
  PROP_DURATION,
} ScPlayerProperty;

static GParamSpec *properties[PROP_DURATION + 1];

G_DEFINE_FINAL_TYPE (ScPlayer, sc_player, G_TYPE_OBJECT)

static void
notify (ScPlayer *self, ScPlayerProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
update_state (ScPlayer *self)
{
  ScPlayerState state = sc_player_state_from_facts (&self->facts);
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

static void
set_error (ScPlayer *self, GError *error)
{
  if (!self->error && !error)
    return;
  g_clear_error (&self->error);
  self->error = error;
  notify (self, PROP_ERROR);
}

static void
set_paintable (ScPlayer *self, GObject *paintable)
{
  if (g_set_object (&self->paintable, paintable))
    notify (self, PROP_PAINTABLE);
}

static void
set_size (ScPlayer *self, int width, int height)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->width != width)
    notify (self, PROP_WIDTH);
  if (self->height != height)
    notify (self, PROP_HEIGHT);
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

static void
apply_sound (ScPlayer *self)
{
  if (self->pipeline)
    sc_pipeline_set_sound (self->pipeline, linear_volume (self->volume), self->muted);
}

static void
apply_playing (ScPlayer *self)
{
  if (self->pipeline)
    sc_pipeline_set_playing (self->pipeline, sc_player_facts_want_playing (&self->facts));
}

/* Where playback is. */

static void
update_place (ScPlayer *self)
{
  gint64 position = sc_pipeline_query_position (self->pipeline);
  if (position != SC_PLAYER_NOWHERE && sc_player_position_see (&self->place, position))
    notify (self, PROP_POSITION);
}

static void
update_duration (ScPlayer *self)
{
  gint64 duration = sc_pipeline_query_duration (self->pipeline);
  if (duration == 0 || duration == self->place.duration)
    return;
  self->place.duration = duration;
  notify (self, PROP_DURATION);
}

static gboolean
on_look (gpointer user_data)
{
  ScPlayer *self = user_data;
  update_place (self);
  return G_SOURCE_CONTINUE;
}

static void
forget_place (ScPlayer *self)
{
  sc_player_position_reset (&self->place);
  notify (self, PROP_POSITION);
  notify (self, PROP_DURATION);
}

/* Sends the seek that is wanted, if the pipeline takes one now. */
static void
send_seek (ScPlayer *self)
{
  ScPlayerSeek seek;
  if (sc_player_position_take (&self->place, &seek))
    sc_pipeline_seek (self->pipeline, &seek);
  self->facts.seeking = self->place.going.target != SC_PLAYER_NOWHERE;
  update_state (self);
}

static void
give_up_seek (ScPlayer *self)
{
  sc_player_position_give_up (&self->place);
  send_seek (self);
  update_place (self);
}

static void
arrive (ScPlayer *self)
{
  sc_player_position_arrive (&self->place);
  update_duration (self);
  send_seek (self);
  update_place (self);
}

/* Leaves the paintable: it holds the last frame, which a page may still show. */
static void
close_pipeline (ScPlayer *self)
{
  self->facts = (ScPlayerFacts) { .paused = self->facts.paused };
  g_clear_handle_id (&self->place_source, g_source_remove);
  g_clear_pointer (&self->pipeline, sc_pipeline_close);
  g_clear_pointer (&self->missing, g_free);
}

static void
fail (ScPlayer *self, GError *error)
{
  g_object_freeze_notify (G_OBJECT (self));
  close_pipeline (self);
  self->facts.failed = TRUE;
  set_error (self, error);
  update_state (self);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
end (ScPlayer *self)
{
  close_pipeline (self);
  self->facts.ended = TRUE;
  self->place.ready = FALSE;
  if (sc_player_position_see (&self->place, self->place.duration))
    notify (self, PROP_POSITION);
  update_state (self);
}

static void
on_buffering (ScPlayer *self, GstMessage *message)
{
  int percent = 0;
  gst_message_parse_buffering (message, &percent);
  gboolean was_playing = sc_player_facts_want_playing (&self->facts);
  self->facts.buffering = percent;
  if (was_playing != sc_player_facts_want_playing (&self->facts))
    apply_playing (self);
  update_state (self);
}

static void
on_state_changed (ScPlayer *self, GstMessage *message)
{
  GstState state = GST_STATE_NULL;
  gst_message_parse_state_changed (message, NULL, &state, NULL);
  if (!sc_pipeline_owns_message (self->pipeline, message) || state < GST_STATE_PAUSED)
    return;
  if (!self->facts.prerolled)
    g_debug ("First picture after %d ms",
             (int) (g_get_monotonic_time () - self->opened_at) / US_PER_MS);
  self->facts.prerolled = TRUE;
  update_state (self);
}

static void
on_element_message (ScPlayer *self, GstMessage *message)
{
  if (!gst_is_missing_plugin_message (message) || self->missing)
    return;
  self->missing = gst_missing_plugin_message_get_description (message);
}

static void
on_application_message (ScPlayer *self, GstMessage *message)
{
  int width = 0;
  int height = 0;
  const GstStructure *structure = gst_message_get_structure (message);
  if (gst_structure_has_name (structure, SC_PIPELINE_FLUSHED))
    sc_player_position_flush (&self->place);
  if (gst_structure_has_name (structure, SC_PIPELINE_SEEK_REFUSED))
    give_up_seek (self);
  if (!gst_structure_has_name (structure, SC_PIPELINE_VIDEO_SIZE))
    return;
  gst_structure_get_int (structure, "width", &width);
  gst_structure_get_int (structure, "height", &height);
  set_size (self, width, height);
}

static gboolean
on_bus_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  ScPlayer *self = user_data;
  GstMessageType type = GST_MESSAGE_TYPE (message);

  if (type == GST_MESSAGE_ERROR)
    fail (self, sc_player_error_from_message (message, self->missing));
  else if (type == GST_MESSAGE_EOS)
    end (self);
  else if (type == GST_MESSAGE_BUFFERING)
    on_buffering (self, message);
  else if (type == GST_MESSAGE_STATE_CHANGED)
    on_state_changed (self, message);
  else if (type == GST_MESSAGE_CLOCK_LOST)
    sc_pipeline_restart_clock (self->pipeline);
  else if (type == GST_MESSAGE_ASYNC_DONE)
    arrive (self);
  else if (type == GST_MESSAGE_DURATION_CHANGED)
    update_duration (self);
  else if (type == GST_MESSAGE_ELEMENT)
    on_element_message (self, message);
  else if (type == GST_MESSAGE_APPLICATION)
    on_application_message (self, message);
  return G_SOURCE_CONTINUE;
}

static void
sc_player_dispose (GObject *object)
{
  ScPlayer *self = SC_PLAYER (object);

  close_pipeline (self);
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
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, seen);
  properties[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, G_MAXINT, 0, seen);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, set);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0.0, 1.0, 1.0, set);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, set);
  properties[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, seen);
  properties[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0, seen);
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
  sc_player_position_reset (&self->place);
}

/**
 * sc_player_new:
 * @sinks: where picture and sound go; must outlive the player
 *
 * sc_player_library_init() must have been called.
 *
 * Returns: (transfer full): a player with nothing open
 */
ScPlayer *
sc_player_new (const ScPlayerSinks *sinks)
{
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

/**
 * sc_player_open:
 * @self: a player
 * @uri: the address of an HLS multivariant playlist
 *
 * Closes what was open, and starts loading and playing @uri. Returns at once; the state tells how
 * it goes. A pause that the viewer asked for is over.
 */
void
sc_player_open (ScPlayer *self, const char *uri)
{
  g_autoptr (GError) error = NULL;

  g_object_freeze_notify (G_OBJECT (self));
  close_pipeline (self);
  set_error (self, NULL);
  set_size (self, 0, 0);
  forget_place (self);
  g_set_str (&self->uri, uri);
  sc_player_set_paused (self, FALSE);
  self->pipeline = sc_pipeline_new (uri, self->sinks, on_bus_message, self, &error);
  if (self->pipeline) {
    self->facts.open = TRUE;
    self->opened_at = g_get_monotonic_time ();
    self->place_source = g_timeout_add (POSITION_MS, on_look, self);
    self->facts.buffering = SC_PLAYER_BUFFER_FULL;
    set_paintable (self, sc_pipeline_get_paintable (self->pipeline));
    apply_sound (self);
    apply_playing (self);
    update_state (self);
  } else {
    fail (self, g_steal_pointer (&error));
  }
  g_object_thaw_notify (G_OBJECT (self));
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
  close_pipeline (self);
  set_error (self, NULL);
  set_size (self, 0, 0);
  set_paintable (self, NULL);
  forget_place (self);
  g_clear_pointer (&self->uri, g_free);
  sc_player_set_paused (self, FALSE);
  update_state (self);
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
    sc_player_open (self, uri);
    self->place.duration = duration;
  }
  sc_player_position_want (&self->place, position, exact);
  send_seek (self);
  notify (self, PROP_POSITION);
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
  apply_playing (self);
  notify (self, PROP_PAUSED);
  update_state (self);
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
  apply_sound (self);
  notify (self, PROP_VOLUME);
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
  apply_sound (self);
  notify (self, PROP_MUTED);
}
