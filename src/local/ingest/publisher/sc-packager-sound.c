/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The sound on its way through the packager: what it is, that the picture does not wait for it, and
 * that the ladder hears it. Runs in the demuxer thread, and from on_sound() on in the sound thread.
 */

#include "config.h"

#include "sc-packager-private.h"

/* Sound this far behind the picture is taken as a gap, so that the picture goes on without it. */
#define SOUND_GAP GST_SECOND

/* Writes the sound's codec as RFC 6381 3.4 spells it: the object type of ISO/IEC 14496-3 1.6.2.1,
 * which FLV carries. */
static void
read_sound_codec (ScPackager *self, GstCaps *caps)
{
  const GValue *value = gst_structure_get_value (gst_caps_get_structure (caps, 0), "codec_data");
  GstBuffer *record = value ? gst_value_get_buffer (value) : NULL;
  guint8 first = 2 << 3; /* AAC-LC */
  if (record)
    gst_buffer_extract (record, 0, &first, 1);
  g_mutex_lock (&self->lock);
  g_snprintf (self->info.audio_codec, SC_MEDIA_CODEC_MAX, "mp4a.40.%u", first >> 3);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/**
 * sc_packager_bridge_sound:
 * @self: a packager
 * @picture: the time of a frame of the demuxer's
 *
 * Tells the muxer, which waits for the later of sound and picture, not to wait for sound that stays
 * away: the gap goes the way that the sound would. In the demuxer thread.
 */
void
sc_packager_bridge_sound (ScPackager *self, GstClockTime picture)
{
  if (!self->sound_pad || !GST_CLOCK_TIME_IS_VALID (self->sound_end) ||
      !GST_CLOCK_TIME_IS_VALID (picture) || picture <= self->sound_end + SOUND_GAP)
    return;
  GstClockTime start = self->sound_end;
  self->sound_end = picture - SOUND_GAP;
  gst_pad_push_event (self->sound_pad, gst_event_new_gap (start, self->sound_end - start));
}

static GstPadProbeReturn
on_demuxed_sound (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  ScPackager *self = user_data;
  GstCaps *caps;
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER) {
    self->sound_end = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));
  } else if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_CAPS) {
    gst_event_parse_caps (GST_PAD_PROBE_INFO_EVENT (info), &caps);
    read_sound_codec (self, caps);
  }
  return GST_PAD_PROBE_OK;
}

/* Returns the ladder, for which the first sound waits: it is built when the first frame is there,
 * and sound before that is heard with no picture. */
static ScLadder *
wait_for_ladder (ScPackager *self)
{
  gint64 patience = g_get_monotonic_time () + SC_SOUND_PATIENCE_US;
  g_mutex_lock (&self->lock);
  while (self->renditions > 0 && !self->has_begun && !self->has_waited &&
         g_cond_wait_until (&self->changed, &self->lock, patience))
    continue;
  self->has_waited = TRUE;
  ScLadder *ladder = self->ladder;
  g_mutex_unlock (&self->lock);
  return ladder;
}

static void
copy_sound (ScPackager *self, ScLadder *ladder, GstPad *pad, GstBuffer *buffer)
{
  GstClockTime running_time =
    gst_segment_to_running_time (&self->sound_segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  if (!self->has_sound_caps) {
    g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
    sc_ladder_set_sound_caps (ladder, caps);
    self->has_sound_caps = TRUE;
  }
  if (GST_CLOCK_TIME_IS_VALID (running_time))
    sc_ladder_push_sound (ladder, buffer, running_time);
}

static void
copy_gap (ScPackager *self, ScLadder *ladder, GstEvent *event)
{
  GstClockTime start, duration;
  gst_event_parse_gap (event, &start, &duration);
  start = gst_segment_to_running_time (&self->sound_segment, GST_FORMAT_TIME, start);
  if (GST_CLOCK_TIME_IS_VALID (start))
    sc_ladder_skip_sound (ladder, start, duration);
}

/* In front of the muxer: what it gets, the ladder gets. */
static GstPadProbeReturn
on_sound (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  ScPackager *self = user_data;
  ScLadder *ladder = NULL;
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER) {
    ladder = wait_for_ladder (self);
    if (ladder)
      copy_sound (self, ladder, pad, GST_PAD_PROBE_INFO_BUFFER (info));
    return GST_PAD_PROBE_OK;
  }
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    gst_event_copy_segment (event, &self->sound_segment);
  else if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS)
    self->has_sound_caps = FALSE;
  else if (GST_EVENT_TYPE (event) == GST_EVENT_GAP && self->has_sound_caps)
    copy_gap (self, wait_for_ladder (self), event);
  return GST_PAD_PROBE_OK;
}

/**
 * sc_packager_watch_sound:
 * @self: a packager that is being built
 * @source: the demuxer's pad
 * @parsed: the pad in front of the muxer
 * @caps: what @source has
 *
 * Has the sound read, and the ladder get what the muxer gets. In the demuxer thread.
 */
void
sc_packager_watch_sound (ScPackager *self, GstPad *source, GstPad *parsed, GstCaps *caps)
{
  const GstPadProbeType all = GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM;
  gst_pad_add_probe (parsed, all, on_sound, self, NULL);
  gst_pad_add_probe (source, all, on_demuxed_sound, self, NULL);
  g_set_object (&self->sound_pad, source);
  read_sound_codec (self, caps);
}
