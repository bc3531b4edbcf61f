/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the pipeline tells the player, on the main context, and where playback is. */

#include "config.h"

#include "sc-hardware-decoder.h"
#include "sc-player-private.h"

#include <gst/pbutils/missing-plugins.h>
#include <string.h>

#define US_PER_MS 1000

/* Where playback is. */

static void
update_place (ScPlayer *self)
{
  gint64 position = sc_pipeline_query_position (self->pipeline);
  if (position != SC_PLAYER_NOWHERE && sc_player_position_see (&self->place, position))
    sc_player_notify (self, PROP_POSITION);
}

static void
update_duration (ScPlayer *self)
{
  if (self->facts.live)
    return;
  gint64 duration = sc_pipeline_query_duration (self->pipeline);
  if (duration == 0 || duration == self->place.duration)
    return;
  self->place.duration = duration;
  sc_player_notify (self, PROP_DURATION);
}

/* Tells the live half what the sink counted. */
static void
look_at_live (ScPlayer *self)
{
  g_autofree char *decoder = sc_pipeline_dup_decoder (self->pipeline);
  ScLiveCount count = { .now = g_get_monotonic_time (), .decoder = decoder };
  sc_pipeline_count_pictures (self->pipeline, &count.shown, &count.dropped);
  sc_player_live_look (self->live, &count);
}

/**
 * sc_player_on_look:
 * @user_data: a player with a pipeline
 *
 * Looks where playback is, a few times a second.
 *
 * Returns: %G_SOURCE_CONTINUE
 */
gboolean
sc_player_on_look (gpointer user_data)
{
  ScPlayer *self = user_data;
  if (self->facts.live)
    look_at_live (self);
  else
    update_place (self);
  return G_SOURCE_CONTINUE;
}

/**
 * sc_player_forget_place:
 * @self: a player
 *
 * What is opened next has another start and another end.
 */
void
sc_player_forget_place (ScPlayer *self)
{
  sc_player_position_reset (&self->place);
  sc_player_notify (self, PROP_POSITION);
  sc_player_notify (self, PROP_DURATION);
}

/**
 * sc_player_send_seek:
 * @self: a player with a pipeline
 *
 * Sends the seek that is wanted, if the pipeline takes one now.
 */
void
sc_player_send_seek (ScPlayer *self)
{
  ScPlayerSeek seek;
  if (sc_player_position_take (&self->place, &seek)) {
    self->sent_rate = self->rate;
    sc_pipeline_seek (self->pipeline, &seek, self->rate);
  }
  self->facts.seeking =
    self->place.going.target != SC_PLAYER_NOWHERE || self->place.wanted.target != SC_PLAYER_NOWHERE;
  sc_player_update_state (self);
}

static void
give_up_seek (ScPlayer *self)
{
  sc_player_position_give_up (&self->place);
  sc_player_take_back_rate (self);
  sc_player_send_seek (self);
  update_place (self);
}

static void
arrive (ScPlayer *self)
{
  if (self->facts.live)
    return;
  gboolean was_going = self->place.going.target != SC_PLAYER_NOWHERE;
  sc_player_position_arrive (&self->place);
  if (was_going && self->place.going.target == SC_PLAYER_NOWHERE)
    self->real_rate = self->sent_rate;
  update_duration (self);
  sc_player_send_seek (self);
  update_place (self);
}

/* A live pipeline must not be paused to fill up. */
static void
on_buffering (ScPlayer *self, GstMessage *message)
{
  int percent = 0;
  if (self->facts.live)
    return;
  gst_message_parse_buffering (message, &percent);
  gboolean was_playing = sc_player_facts_want_playing (&self->facts);
  self->facts.buffering = percent;
  if (was_playing != sc_player_facts_want_playing (&self->facts))
    sc_player_apply_playing (self);
  sc_player_update_state (self);
}

static void
note_first_picture (ScPlayer *self)
{
  if (!self->facts.prerolled)
    g_debug ("First picture after %d ms",
             (int) (g_get_monotonic_time () - self->opened_at) / US_PER_MS);
  self->facts.prerolled = TRUE;
  sc_player_update_state (self);
}

/* A live pipeline is paused and plays before it has any picture. */
static void
on_state_changed (ScPlayer *self, GstMessage *message)
{
  GstState state = GST_STATE_NULL;
  gst_message_parse_state_changed (message, NULL, &state, NULL);
  if (sc_pipeline_owns_message (self->pipeline, message) && state >= GST_STATE_PAUSED &&
      !self->facts.live)
    note_first_picture (self);
}

/* The description is for people, what follows for tables: "H.264 decoder (decoder-video/x-h264)".
 */
static char *
name_missing (GstMessage *message)
{
  g_autofree char *description = gst_missing_plugin_message_get_description (message);
  g_autofree char *detail = gst_missing_plugin_message_get_installer_detail (message);
  const char *last = detail ? strrchr (detail, '|') : NULL;
  if (!last)
    return g_steal_pointer (&description);
  return g_strdup_printf ("%s (%.*s)", description, (int) strcspn (last + 1, ","), last + 1);
}

static void
on_element_message (ScPlayer *self, GstMessage *message)
{
  sc_player_live_take_message (self->live, message);
  if (gst_is_missing_plugin_message (message) && !self->missing)
    self->missing = name_missing (message);
}

static void
take_size (ScPlayer *self, const GstStructure *structure)
{
  int width = 0;
  int height = 0;
  gst_structure_get_int (structure, "width", &width);
  gst_structure_get_int (structure, "height", &height);
  sc_player_set_size (self, width, height);
}

static void
on_application_message (ScPlayer *self, GstMessage *message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  if (gst_structure_has_name (structure, SC_VIDEO_FLUSHED))
    sc_player_position_flush (&self->place);
  else if (gst_structure_has_name (structure, SC_PIPELINE_SEEK_REFUSED))
    give_up_seek (self);
  else if (gst_structure_has_name (structure, SC_VIDEO_SHOWN) && self->facts.live)
    note_first_picture (self);
  else if (gst_structure_has_name (structure, SC_VIDEO_SIZE))
    take_size (self, structure);
}

/* A decoder in hardware that fails is left alone from now on; another one may do. */
static void
on_error (ScPlayer *self, GstMessage *message)
{
  if (!self->retried && sc_hardware_decoder_retire (message))
    sc_player_reopen (self);
  else
    sc_player_fail (self, sc_player_error_from_message (message, self->missing));
}

/**
 * sc_player_on_bus_message:
 * @bus: the bus of the player's pipeline
 * @message: what it tells
 * @user_data: the player
 *
 * Returns: %G_SOURCE_CONTINUE
 */
gboolean
sc_player_on_bus_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  ScPlayer *self = user_data;
  GstMessageType type = GST_MESSAGE_TYPE (message);

  if (type == GST_MESSAGE_ERROR)
    on_error (self, message);
  else if (type == GST_MESSAGE_EOS)
    sc_player_end (self);
  else if (type == GST_MESSAGE_BUFFERING)
    on_buffering (self, message);
  else if (type == GST_MESSAGE_STATE_CHANGED)
    on_state_changed (self, message);
  else if (type == GST_MESSAGE_CLOCK_LOST)
    sc_pipeline_restart_clock (self->pipeline);
  else if (type == GST_MESSAGE_LATENCY)
    sc_pipeline_measure_latency (self->pipeline);
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
