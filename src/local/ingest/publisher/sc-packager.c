/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-packager.h"

#include "sc-ladder.h"
#include "sc-segmenter.h"

#include <gst/gst.h>
#include <gst/video/video.h>

/* Turns FLV into MPEG-TS segments without touching what is encoded. Segments are cut at keyframes:
 * a probe behind the H.264 parser sends a force-key-unit event before each frame that is to begin
 * one, the muxer answers it with fresh tables and the event at its own output, and a probe there
 * (sc-segmenter.h) tells where one segment ends and the next begins. What the first sees, the
 * ladder of smaller renditions (sc-ladder.h) gets, too. */

/* A keyframe that comes a little early is still good. */
#define SEGMENT_TIME_MIN (SC_SEGMENT_TIME * 9 / 10)
/* Encoders write sound and picture up to seconds apart; the muxer waits for the later of them. */
#define QUEUE_TIME (5 * GST_SECOND)
#define QUEUE_BYTES (16u * 1024 * 1024)
/* Sound this far behind the picture is taken as a gap, so that the picture goes on without it. */
#define SOUND_GAP GST_SECOND
/* The first segment waits this long for the first sound: it usually comes right behind the first
 * picture, and what is in a stream is told once, at its start. */
#define SOUND_PATIENCE_US G_USEC_PER_SEC
/* Frame arrival and frame time may drift this far apart before the wall clock is read again. */
#define WALL_DRIFT_US (G_USEC_PER_SEC / 2)
#define READ_SIZE (64 * 1024)
/* At the end of the stream, smaller renditions may take this long to encode their last frames; the
 * ingest waits three times as long for this process. */
#define LADDER_PATIENCE_US G_USEC_PER_SEC

struct _ScPackager {
  ScTeller *teller;
  guint renditions; /* the most besides the source */
  ScSegmenter *segmenter;
  GMainLoop *loop;
  char *failure; /* or NULL */
  GstElement *pipeline;
  GstElement *demuxer;

  GMutex lock; /* guards what follows, down to the next blank line */
  GCond changed;
  ScMediaInfo info;
  ScLadder *ladder;      /* or NULL */
  GstClockTime position; /* of the newest frame */
  gboolean has_begun;    /* there was a frame, so that there is the ladder if there is to be one */

  /* The video thread's. */
  GstSegment video_segment;
  gboolean cut_before;
  gboolean discontinuity;
  GstClockTime last_cut;
  guint frames;
  gint64 arrival_us; /* the time of day when the newest frame came */
  gint64 wall_offset_us;

  /* The demuxer thread's. */
  gboolean has_picture;
  GstPad *sound_pad; /* the demuxer's, or NULL without sound */
  GstClockTime sound_end;

  /* The sound thread's. */
  GstSegment sound_segment;
  gboolean has_waited;     /* once, for the ladder */
  gboolean has_sound_caps; /* the ladder has them */
};

/* --- the picture: where to cut --- */

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
  gint64 patience = g_get_monotonic_time () + SOUND_PATIENCE_US;
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

/* --- what the demuxer finds --- */

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

/* Tells the muxer, which waits for the later of sound and picture, not to wait for sound that stays
 * away: the gap goes the way that the sound would. */
static void
bridge_sound (ScPackager *self, GstClockTime picture)
{
  if (!self->sound_pad || !GST_CLOCK_TIME_IS_VALID (self->sound_end) ||
      !GST_CLOCK_TIME_IS_VALID (picture) || picture <= self->sound_end + SOUND_GAP)
    return;
  GstClockTime start = self->sound_end;
  self->sound_end = picture - SOUND_GAP;
  gst_pad_push_event (self->sound_pad, gst_event_new_gap (start, self->sound_end - start));
}

static GstPadProbeReturn
on_demuxed_picture (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  bridge_sound (user_data, GST_BUFFER_DTS_OR_PTS (GST_PAD_PROBE_INFO_BUFFER (info)));
  return GST_PAD_PROBE_OK;
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
  gint64 patience = g_get_monotonic_time () + SOUND_PATIENCE_US;
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

static GstElement *
add (ScPackager *self, const char *factory)
{
  GstElement *element = gst_element_factory_make (factory, NULL);
  gst_bin_add (GST_BIN (self->pipeline), element);
  return element;
}

/* Builds queue, parser and filter between a pad of the demuxer and @sink_name of the muxer. Returns
 * the parser's output pad. */
static GstPad *
build_branch (ScPackager *self,
              GstPad *source,
              const char *parser_name,
              const char *format,
              const char *sink_name)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (format);
  GstElement *queue = add (self, "queue");
  GstElement *parser = add (self, parser_name);
  GstElement *filter = add (self, "capsfilter");
  g_object_set (queue,
                "max-size-time",
                QUEUE_TIME,
                "max-size-bytes",
                QUEUE_BYTES,
                "max-size-buffers",
                0,
                NULL);
  g_object_set (filter, "caps", caps, NULL);
  gst_element_link_many (queue, parser, filter, NULL);
  gst_element_link_pads (filter, "src", sc_segmenter_get_muxer (self->segmenter), sink_name);
  gst_element_sync_state_with_parent (filter);
  gst_element_sync_state_with_parent (parser);
  gst_element_sync_state_with_parent (queue);
  g_autoptr (GstPad) sink = gst_element_get_static_pad (queue, "sink");
  gst_pad_link (source, sink);
  if (g_str_equal (parser_name, "h264parse"))
    g_object_set (parser, "config-interval", -1, NULL);
  return gst_element_get_static_pad (filter, "src");
}

static void
add_video (ScPackager *self, GstPad *source)
{
  self->has_picture = TRUE;
  g_autoptr (GstPad) pad = build_branch (self,
                                         source,
                                         "h264parse",
                                         "video/x-h264,stream-format=byte-stream,alignment=au",
                                         SC_PICTURE_PAD);
  gst_pad_add_probe (pad,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     on_video,
                     self,
                     NULL);
  gst_pad_add_probe (source, GST_PAD_PROBE_TYPE_BUFFER, on_demuxed_picture, self, NULL);
}

static void
add_sound (ScPackager *self, GstPad *source, GstCaps *caps)
{
  g_autoptr (GstPad) pad =
    build_branch (self, source, "aacparse", "audio/mpeg,mpegversion=4", SC_SOUND_PAD);
  gst_pad_add_probe (pad,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     on_sound,
                     self,
                     NULL);
  gst_pad_add_probe (source,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     on_demuxed_sound,
                     self,
                     NULL);
  g_set_object (&self->sound_pad, source);
  read_sound_codec (self, caps);
}

static void
on_pad_added (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  ScPackager *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const GstStructure *structure = caps ? gst_caps_get_structure (caps, 0) : NULL;
  int version = 0;
  if (structure)
    gst_structure_get_int (structure, "mpegversion", &version);
  if (structure && gst_structure_has_name (structure, "video/x-h264"))
    add_video (self, pad);
  else if (structure && gst_structure_has_name (structure, "audio/mpeg") && version == 4)
    add_sound (self, pad, caps);
  else
    GST_ELEMENT_ERROR (demuxer, STREAM, WRONG_TYPE, ("Use H.264 and AAC."), (NULL));
}

/* --- the whole --- */

/* Without a picture, the end of the input is the end of the metadata. */
static GstPadProbeReturn
on_input_event (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  ScPackager *self = user_data;
  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_EOS && !self->has_picture)
    sc_metadata_track_end (sc_segmenter_get_metadata (self->segmenter));
  return GST_PAD_PROBE_OK;
}

static gboolean
build (ScPackager *self, int fd, GError **error)
{
  self->pipeline = gst_pipeline_new (NULL);
  GstElement *source = add (self, "fdsrc");
  self->demuxer = add (self, "flvdemux");
  self->segmenter = sc_segmenter_new (GST_BIN (self->pipeline), SC_BROADCAST_SOURCE, self->teller);
  if (!self->segmenter || !gst_element_link (source, self->demuxer)) {
    g_set_error_literal (error,
                         SC_INGEST_ERROR,
                         SC_INGEST_ERROR_PUBLISHER,
                         "The pipeline cannot be built");
    return FALSE;
  }
  g_object_set (source, "fd", fd, "blocksize", READ_SIZE, NULL);
  g_autoptr (GstPad) input = gst_element_get_static_pad (self->demuxer, "sink");
  gst_pad_add_probe (input, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_input_event, self, NULL);
  g_signal_connect (self->demuxer, "pad-added", G_CALLBACK (on_pad_added), self);
  return TRUE;
}

/**
 * sc_packager_new:
 * @fd: where FLV comes from, not taken over
 * @renditions: the most renditions besides the source
 * @teller: where the records go; outlives what is returned
 * @error: an error of %SC_INGEST_ERROR
 *
 * Returns: (transfer full) (nullable): a packager that has not begun
 */
ScPackager *
sc_packager_new (int fd, guint renditions, ScTeller *teller, GError **error)
{
  g_autoptr (ScPackager) self = g_new0 (ScPackager, 1);
  self->teller = teller;
  self->renditions = renditions;
  self->loop = g_main_loop_new (NULL, FALSE);
  self->sound_end = GST_CLOCK_TIME_NONE;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  gst_segment_init (&self->video_segment, GST_FORMAT_TIME);
  gst_segment_init (&self->sound_segment, GST_FORMAT_TIME);
  return build (self, fd, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  ScPackager *self = user_data;
  g_autoptr (GError) error = NULL;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  else if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_EOS)
    return G_SOURCE_CONTINUE;
  if (error && !self->failure)
    self->failure = g_strdup_printf ("The stream cannot be packaged: %s", error->message);
  g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

/**
 * sc_packager_run:
 * @self: a packager
 * @ret_message: (out): why it failed, a sentence for the streamer
 *
 * Packages until the input ends or is wrong, in a main loop. Nothing is told any more when it
 * returns.
 *
 * Returns: %TRUE at the end of the input
 */
gboolean
sc_packager_run (ScPackager *self, char **ret_message)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gst_bus_add_watch (bus, on_message, self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  g_main_loop_run (self->loop);
  gst_bus_remove_watch (bus);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  if (self->ladder && !self->failure)
    sc_ladder_finish (self->ladder, LADDER_PATIENCE_US);
  g_clear_pointer (&self->ladder, sc_ladder_free);
  if (!self->failure)
    return TRUE;
  *ret_message = g_steal_pointer (&self->failure);
  return FALSE;
}

/**
 * sc_packager_put_metadata:
 * @self: a packager that runs; to be called in its main loop
 * @owner: who puts it there
 * @text: what
 *
 * Puts metadata into all renditions, right behind their newest frame. Before the first frame there
 * is nothing to put them into.
 */
void
sc_packager_put_metadata (ScPackager *self, const char *owner, const char *text)
{
  g_mutex_lock (&self->lock);
  ScLadder *ladder = self->ladder;
  GstClockTime position = self->position;
  gboolean has_begun = self->has_begun;
  g_mutex_unlock (&self->lock);
  if (!has_begun)
    return;
  sc_metadata_track_put (sc_segmenter_get_metadata (self->segmenter), owner, text, position);
  if (ladder)
    sc_ladder_put_metadata (ladder, owner, text, position);
}

/**
 * sc_packager_free:
 * @self: (nullable): a packager that does not run
 */
void
sc_packager_free (ScPackager *self)
{
  if (!self)
    return;
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  sc_ladder_free (self->ladder);
  sc_segmenter_free (self->segmenter);
  g_clear_object (&self->sound_pad);
  g_clear_pointer (&self->pipeline, gst_object_unref);
  g_main_loop_unref (self->loop);
  g_free (self->failure);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}
