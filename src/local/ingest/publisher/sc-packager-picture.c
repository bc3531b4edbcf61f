/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The picture on its way through the packager: where segments are cut. Runs in the video thread,
 * behind the parser, but for what is said to be the demuxer thread's. */

#include "config.h"

#include "sc-packager-private.h"

#include <gst/video/video.h>

/* A keyframe that comes a little early is still good. */
#define SEGMENT_TIME_MIN (SC_SEGMENT_TIME * 9 / 10)
/* Frame arrival and frame time may drift this far apart before the wall clock is read again. */
#define WALL_DRIFT_US (G_USEC_PER_SEC / 2)

static void
on_video_caps (ScPackager *self, GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  int width = 0, height = 0, numerator = 0, denominator = 1;
  gst_structure_get_int (structure, "width", &width);
  gst_structure_get_int (structure, "height", &height);
  gst_structure_get_fraction (structure, "framerate", &numerator, &denominator);
  double frame_rate = denominator > 0 ? (double) numerator / denominator : 0;

  g_mutex_lock (&self->lock);
  gboolean resized = self->info.width != (guint) width || self->info.height != (guint) height;
  if (resized && self->cut_before)
    self->discontinuity = TRUE;
  self->info.width = (guint) width;
  self->info.height = (guint) height;
  if (frame_rate > 0)
    self->info.frame_rate = frame_rate;
  g_mutex_unlock (&self->lock);
}

static void
on_video_event (ScPackager *self, GstEvent *event)
{
  GstCaps *caps;
  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
    gst_event_parse_caps (event, &caps);
    on_video_caps (self, caps);
    if (self->ladder)
      sc_ladder_set_caps (self->ladder, caps);
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT) {
    gst_event_copy_segment (event, &self->video_segment);
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_EOS) {
    sc_metadata_track_end (sc_segmenter_get_metadata (self->segmenter));
  }
}

/* Returns the time of day of a frame: read once and carried on by the frames' own times, so that
 * the playlist's times do not jitter as the network does. */
static gint64
wall_time (ScPackager *self, GstClockTime running_time)
{
  gint64 now = self->arrival_us;
  gint64 frame_us = (gint64) GST_TIME_AS_USECONDS (running_time);
  if (!self->cut_before || ABS (now - frame_us - self->wall_offset_us) > WALL_DRIFT_US)
    self->wall_offset_us = now - frame_us;
  return frame_us + self->wall_offset_us;
}

/* A stream that does not tell its frame rate shows it. */
static void
count_frame_rate (ScPackager *self, GstClockTime elapsed)
{
  if (self->info.frame_rate > 0 || !self->cut_before || elapsed == 0)
    return;
  guint64 rate = gst_util_uint64_scale_round (self->frames, GST_SECOND, elapsed);
  self->info.frame_rate = MIN ((double) rate, 240.0);
}

static void
announce_cut (ScPackager *self, GstClockTime running_time, gboolean keyframe)
{
  g_mutex_lock (&self->lock);
  if (running_time > self->last_cut)
    count_frame_rate (self, running_time - self->last_cut);
  const ScCut cut = {
    .running_time = running_time,
    .wall_time_us = wall_time (self, running_time),
    .is_keyframe = keyframe,
    .discontinuity = self->discontinuity && keyframe,
    .info = self->info,
  };
  g_mutex_unlock (&self->lock);
  sc_segmenter_announce (self->segmenter, &cut);
  if (self->ladder && self->cut_before && running_time < self->last_cut)
    sc_ladder_give_up (self->ladder); /* encoders want times that go on */
  if (self->ladder)
    sc_ladder_cut (self->ladder, &cut);

  if (keyframe)
    self->discontinuity = FALSE;
  self->cut_before = TRUE;
  self->last_cut = running_time;
  self->frames = 0;
}

/* Whether a segment is to begin with the frame at @running_time. */
static gboolean
cut_is_due (ScPackager *self, GstClockTime running_time, gboolean keyframe)
{
  if (!self->cut_before)
    return keyframe;
  if (running_time < self->last_cut) { /* the encoder's clock went back */
    self->discontinuity |= self->last_cut - running_time > SC_SEGMENT_TIME;
    return keyframe && self->discontinuity;
  }
  GstClockTime elapsed = running_time - self->last_cut;
  return elapsed >= (keyframe ? SEGMENT_TIME_MIN : SC_SEGMENT_TIME_MAX) ||
         (keyframe && self->discontinuity);
}

/* Blocks the video thread, before its first frame, until there is sound or it takes too long. */
static void
wait_for_sound (ScPackager *self)
{
  gint64 patience = g_get_monotonic_time () + SC_SOUND_PATIENCE_US;
  g_mutex_lock (&self->lock);
  while (self->info.audio_codec[0] == '\0' &&
         g_cond_wait_until (&self->changed, &self->lock, patience))
    continue;
  g_mutex_unlock (&self->lock);
}

/* Builds the ladder before the first frame, when it is known what is in the stream. */
static void
begin (ScPackager *self, GstPad *pad)
{
  wait_for_sound (self);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  ScLadder *ladder =
    self->renditions > 0 ? sc_ladder_new (&self->info, caps, self->renditions, self->teller) : NULL;
  g_mutex_lock (&self->lock);
  self->ladder = ladder;
  self->has_begun = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static void
push_cut (GstPad *pad, GstBuffer *buffer, GstClockTime running_time)
{
  gst_pad_push_event (pad,
                      gst_video_event_new_downstream_force_key_unit (GST_BUFFER_PTS (buffer),
                                                                     running_time,
                                                                     running_time,
                                                                     TRUE,
                                                                     0));
}

static GstPadProbeReturn
on_frame (ScPackager *self, GstPad *pad, GstBuffer *buffer)
{
  gboolean keyframe = !GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  GstClockTime running_time =
    gst_segment_to_running_time (&self->video_segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  if (!GST_CLOCK_TIME_IS_VALID (running_time) || (!self->cut_before && !keyframe))
    return GST_PAD_PROBE_DROP;

  self->arrival_us = g_get_real_time ();
  if (!self->cut_before)
    begin (self, pad);
  if (keyframe)
    sc_segmenter_read_codec (self->segmenter, buffer);
  if (cut_is_due (self, running_time, keyframe)) {
    announce_cut (self, running_time, keyframe);
    if (keyframe)
      push_cut (pad, buffer, running_time);
  }
  self->frames++;
  GstClockTime duration = GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 0;
  sc_segmenter_advance (self->segmenter, running_time, duration);
  g_mutex_lock (&self->lock);
  self->position = running_time;
  g_mutex_unlock (&self->lock);
  if (self->ladder)
    sc_ladder_push (self->ladder, buffer, running_time);
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
on_video (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER)
    return on_frame (user_data, pad, GST_PAD_PROBE_INFO_BUFFER (info));
  on_video_event (user_data, GST_PAD_PROBE_INFO_EVENT (info));
  return GST_PAD_PROBE_OK;
}

/* In the demuxer thread. */
static GstPadProbeReturn
on_demuxed_picture (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  sc_packager_bridge_sound (user_data, GST_BUFFER_DTS_OR_PTS (GST_PAD_PROBE_INFO_BUFFER (info)));
  return GST_PAD_PROBE_OK;
}

/**
 * sc_packager_watch_picture:
 * @self: a packager that is being built
 * @source: the demuxer's pad
 * @parsed: the pad in front of the muxer
 *
 * Has segments cut where the picture allows, and the ladder get what the muxer gets. In the demuxer
 * thread.
 */
void
sc_packager_watch_picture (ScPackager *self, GstPad *source, GstPad *parsed)
{
  self->has_picture = TRUE;
  gst_pad_add_probe (parsed,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     on_video,
                     self,
                     NULL);
  gst_pad_add_probe (source, GST_PAD_PROBE_TYPE_BUFFER, on_demuxed_picture, self, NULL);
}
