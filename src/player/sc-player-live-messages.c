/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is known of a live stream: what its source tells of it, what its sink counts, and what the
 * viewer's pause makes of that. */

#include "config.h"

#include "sc-player-live-private.h"
#include "sc-player-quality-private.h"

/* The contract with the source: the names of its element messages. */
#define STATS_MESSAGE "sc-live-stats"
#define QUALITIES_MESSAGE "sc-live-qualities"
#define METADATA_MESSAGE "sc-live-metadata"

static void
set_is_live (ScPlayerLive *self, gboolean is_live)
{
  if (self->is_live == is_live)
    return;
  self->is_live = is_live;
  sc_player_live_notify (self, PROP_IS_LIVE);
}

static void
set_latency (ScPlayerLive *self, gint64 latency)
{
  if (self->now.latency == latency)
    return;
  self->now.latency = latency;
  sc_player_live_notify (self, PROP_LATENCY);
}

static void
set_behind (ScPlayerLive *self, gint64 behind)
{
  behind = behind < SC_LIVE_BEHIND_US ? 0 : behind;
  if (self->behind == behind)
    return;
  self->behind = behind;
  sc_player_live_notify (self, PROP_BEHIND);
}

static void
set_trouble (ScPlayerLive *self, guint trouble)
{
  if (trouble > SC_LIVE_PAUSED || self->trouble == trouble)
    return;
  self->trouble = (ScLiveTrouble) trouble;
  sc_player_live_notify (self, PROP_TROUBLE);
}

static void
set_shown_quality (ScPlayerLive *self, const char *id)
{
  if (g_set_str (&self->now.quality, id))
    sc_player_live_notify (self, PROP_SHOWN_QUALITY);
}

static void
forget_stream (ScPlayerLive *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_list_store_remove_all (self->qualities);
  set_latency (self, -1);
  set_behind (self, 0);
  set_trouble (self, SC_LIVE_FINE);
  set_shown_quality (self, NULL);
  sc_live_statistics_clear (&self->now);
  self->now = (ScLiveStatistics) { .latency = -1, .rate = 1.0 };
  self->frame_rate = (ScFrameRate) { 0 };
  self->pause = (ScLivePause) { 0 };
  g_object_thaw_notify (G_OBJECT (self));
}

/* What the source tells. */

/* Tells the source whether the viewer stays where a pause left them, when that changed. */
static void
follow_pause (ScPlayerLive *self, gboolean held_before)
{
  if (self->link && held_before != self->pause.holds)
    sc_live_link_set_held (self->link, self->pause.holds);
}

static void
take_stats (ScPlayerLive *self, const GstStructure *stats)
{
  gint64 latency = self->now.latency;
  gint64 behind = self->behind;
  guint trouble = self->trouble;
  gboolean held = self->pause.holds;
  gst_structure_get_int64 (stats, "latency", &latency);
  gst_structure_get_int64 (stats, "behind", &behind);
  gst_structure_get_int64 (stats, "server-offset", &self->server_offset);
  gst_structure_get_uint (stats, "trouble", &trouble);
  sc_live_statistics_take (&self->now, stats);

  g_object_freeze_notify (G_OBJECT (self));
  set_latency (self, MAX (latency, -1));
  set_behind (self, behind);
  sc_live_pause_see (&self->pause, behind);
  follow_pause (self, held);
  set_trouble (self, trouble);
  set_shown_quality (self, gst_structure_get_string (stats, "quality"));
  g_object_thaw_notify (G_OBJECT (self));
}

/* A rendition that was chosen and is no more leaves the choice to the source. */
static void
take_qualities (ScPlayerLive *self, const GstStructure *structure)
{
  sc_player_quality_list_take (self->qualities, structure);
  if (self->quality && !sc_player_quality_list_has (G_LIST_MODEL (self->qualities), self->quality))
    sc_player_live_set_quality (self, NULL);
}

static void
take_metadata (ScPlayerLive *self, const GstStructure *structure)
{
  const char *owner = gst_structure_get_string (structure, "owner");
  const char *text = gst_structure_get_string (structure, "text");
  sc_player_live_emit_metadata (self, owner ? owner : "", text ? text : "");
}

/**
 * sc_player_live_begin:
 * @self: a live half
 * @link: to the source of a live stream that is opened; valid until sc_player_live_end()
 */
void
sc_player_live_begin (ScPlayerLive *self, ScLiveLink *link)
{
  self->link = link;
  sc_player_live_set_over (self, FALSE);
  sc_live_link_set_target_latency (link, self->target_latency);
  sc_live_link_set_quality (link, self->quality);
  set_is_live (self, TRUE);
}

/**
 * sc_player_live_end:
 * @self: a live half
 *
 * The stream is closed: nothing is known any more.
 */
void
sc_player_live_end (ScPlayerLive *self)
{
  self->link = NULL;
  forget_stream (self);
  set_is_live (self, FALSE);
}

/**
 * sc_player_live_set_paused:
 * @self: a live half
 * @paused: whether the viewer paused; when they go on they are where they were, until they return;
 *   after a pause that is none to speak of they are at live as before
 * @now: monotonic time, microseconds
 */
void
sc_player_live_set_paused (ScPlayerLive *self, gboolean paused, gint64 now)
{
  if (!self->link)
    return;
  gboolean held = self->pause.holds;
  if (paused)
    sc_live_pause_begin (&self->pause, now, self->now.latency, self->behind);
  else
    sc_live_pause_end (&self->pause, now);
  follow_pause (self, held);
}

/* The source says nothing while its clock stands, and the stream goes on. */
static void
count_pause (ScPlayerLive *self, gint64 now)
{
  gint64 length = now - self->pause.at;
  g_object_freeze_notify (G_OBJECT (self));
  set_behind (self, self->pause.behind + length);
  if (self->pause.latency >= 0)
    set_latency (self, self->pause.latency + length);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sc_player_live_look:
 * @self: a live half
 * @count: what the sink counts now; the decoder is copied
 *
 * To be called a few times a second.
 */
void
sc_player_live_look (ScPlayerLive *self, const ScLiveCount *count)
{
  self->now.frames = count->shown;
  self->now.dropped = count->dropped;
  self->now.frame_rate = sc_frame_rate_see (&self->frame_rate, count->shown, count->now);
  g_set_str (&self->now.decoder, count->decoder);
  if (self->pause.at > 0)
    count_pause (self, count->now);
}

/**
 * sc_player_live_take_message:
 * @self: a live half
 * @message: an element message; those of other elements are left alone
 */
void
sc_player_live_take_message (ScPlayerLive *self, GstMessage *message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  if (!self->is_live || !structure)
    return;
  if (gst_structure_has_name (structure, STATS_MESSAGE))
    take_stats (self, structure);
  else if (gst_structure_has_name (structure, QUALITIES_MESSAGE))
    take_qualities (self, structure);
  else if (gst_structure_has_name (structure, METADATA_MESSAGE))
    take_metadata (self, structure);
  else if (gst_structure_has_name (structure, SC_LIVE_REFUSED))
    sc_player_live_emit_refused (self);
}
