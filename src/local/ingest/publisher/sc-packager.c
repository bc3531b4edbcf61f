/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-packager.h"

#include <gst/gst.h>
#include <gst/video/video.h>

/* Turns FLV into MPEG-TS segments without touching what is encoded. Segments are cut at keyframes:
 * a probe behind the H.264 parser sends a force-key-unit event before each frame that is to begin
 * one, the muxer answers it with fresh tables and the event at its own output, and a probe there
 * tells where one segment ends and the next begins. The two probes run on different threads. */

/* Amazon IVS's segments play 2 s. A keyframe that comes a little early is still good. */
#define SEGMENT_TIME (2 * GST_SECOND)
#define SEGMENT_TIME_MIN (SEGMENT_TIME * 9 / 10)
/* The playlists promise EXT-X-TARGETDURATION:6; where no keyframe comes, the cut is made without.
 */
#define SEGMENT_TIME_MAX (6 * GST_SECOND - 100 * GST_MSECOND)
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
#define NAL_SEQUENCE_PARAMETERS 7
/* The muxer's pads, and so the PIDs. It writes its tables in front of packets that carry the clock
 * reference alone: with the picture's they stand at the head of every segment, before the keyframe
 * that it begins with. Left to itself it takes the pad that comes first. */
#define VIDEO_PAD "sink_256"
#define SOUND_PAD "sink_257"
#define CLOCK_MAP "program_map,PCR_1=(string)" VIDEO_PAD

/* Where a segment begins. */
typedef struct {
  GstClockTime running_time;
  gint64 wall_time_us;
  gboolean is_keyframe;
  gboolean discontinuity;
  gboolean info_changed;
  ScMediaInfo info;
} Cut;

struct _ScPackager {
  ScPackagerFunc func;
  gpointer user_data;
  GstElement *pipeline;
  GstElement *demuxer;
  GstElement *muxer;

  GMutex lock; /* guards what follows, down to the next blank line */
  GCond sound_found;
  GQueue cuts; /* of Cut, announced by the video probe, made by the output probe */
  ScMediaInfo info;
  ScMediaInfo told; /* the info of the last cut */
  GstClockTime video_end;

  /* The video thread's. */
  GstSegment video_segment;
  gboolean cut_before;
  gboolean discontinuity;
  GstClockTime last_cut;
  guint frames;
  gint64 arrival_us; /* the time of day when the newest frame came */
  gint64 wall_offset_us;

  /* The demuxer thread's. */
  GstPad *sound_pad; /* the demuxer's, or NULL without sound */
  GstClockTime sound_end;

  /* The output thread's. */
  gboolean in_segment;
  GstClockTime segment_start;
};

/* --- the output: records --- */

static void
tell (ScPackager *self, const ScRecord *record)
{
  self->func (record, self->user_data);
}

/* How long the segment that ends at @end plays; timestamps that jumped give no answer, then the
 * last frame's end does. */
static gint64
segment_duration_us (ScPackager *self, GstClockTime end)
{
  if (end <= self->segment_start || end - self->segment_start > 2 * SEGMENT_TIME_MAX)
    end = self->video_end;
  if (end <= self->segment_start || end - self->segment_start > 2 * SEGMENT_TIME_MAX)
    end = self->segment_start + SEGMENT_TIME;
  return (gint64) GST_TIME_AS_USECONDS (end - self->segment_start);
}

static void
end_segment (ScPackager *self, GstClockTime end)
{
  if (!self->in_segment)
    return;
  self->in_segment = FALSE;
  ScRecord record = {
    .type = SC_RECORD_SEGMENT_END,
    .duration_us = segment_duration_us (self, end),
  };
  tell (self, &record);
}

static void
begin_segment (ScPackager *self, const Cut *cut)
{
  end_segment (self, cut->running_time);
  ScRecord info = { .type = SC_RECORD_INFO, .info = cut->info };
  if (cut->info_changed)
    tell (self, &info);
  ScRecord start = {
    .type = SC_RECORD_SEGMENT_START,
    .wall_time_us = cut->wall_time_us,
    .discontinuity = cut->discontinuity,
  };
  tell (self, &start);
  self->in_segment = TRUE;
  self->segment_start = cut->running_time;
}

/* Takes the newest of the announced cuts up to @running_time. @keyframe: those that the muxer
 * answers; otherwise only one at the head that it does not. */
static Cut *
take_cut (ScPackager *self, GstClockTime running_time, gboolean keyframe)
{
  g_mutex_lock (&self->lock);
  Cut *found = NULL;
  Cut *head = g_queue_peek_head (&self->cuts);
  while (head && head->running_time <= running_time && (keyframe || !head->is_keyframe)) {
    g_free (found);
    found = g_queue_pop_head (&self->cuts);
    head = g_queue_peek_head (&self->cuts);
  }
  g_mutex_unlock (&self->lock);
  return found;
}

static void
cut_output (ScPackager *self, GstClockTime running_time, gboolean keyframe)
{
  g_autofree Cut *cut = take_cut (self, running_time, keyframe);
  if (cut)
    begin_segment (self, cut);
}

static void
on_output_event (ScPackager *self, GstEvent *event)
{
  GstClockTime running_time;
  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS)
    end_segment (self, self->video_end);
  else if (gst_video_event_is_force_key_unit (event) &&
           gst_video_event_parse_downstream_force_key_unit (event,
                                                            NULL,
                                                            NULL,
                                                            &running_time,
                                                            NULL,
                                                            NULL))
    cut_output (self, running_time, TRUE);
}

static void
tell_data (ScPackager *self, GByteArray *bytes)
{
  g_autoptr (GBytes) data = g_byte_array_free_to_bytes (bytes);
  ScRecord record = { .type = SC_RECORD_DATA, .data = data };
  if (self->in_segment && g_bytes_get_size (data) > 0)
    tell (self, &record);
}

static gboolean
collect_buffer (GstBuffer **buffer, guint index, gpointer user_data)
{
  GByteArray *bytes = user_data;
  gsize size = gst_buffer_get_size (*buffer);
  guint length = bytes->len;
  g_byte_array_set_size (bytes, length + (guint) size);
  gst_buffer_extract (*buffer, 0, bytes->data + length, size);
  return TRUE;
}

/* Where no keyframe comes in time, a segment begins with whatever the muxer writes then. */
static void
cut_without_keyframe (ScPackager *self, GstBuffer *buffer)
{
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    cut_output (self, GST_BUFFER_PTS (buffer), FALSE);
}

static void
on_output_buffer (ScPackager *self, GstBuffer *buffer)
{
  cut_without_keyframe (self, buffer);
  GByteArray *bytes = g_byte_array_new ();
  collect_buffer (&buffer, 0, bytes);
  tell_data (self, bytes);
}

/* The muxer hands out the packets of a frame as a list of buffers of 188 bytes. */
static void
on_output_list (ScPackager *self, GstBufferList *list)
{
  if (gst_buffer_list_length (list) == 0)
    return;
  cut_without_keyframe (self, gst_buffer_list_get (list, 0));
  GByteArray *bytes =
    g_byte_array_sized_new ((guint) MIN (gst_buffer_list_calculate_size (list), G_MAXINT32));
  gst_buffer_list_foreach (list, collect_buffer, bytes);
  tell_data (self, bytes);
}

static GstPadProbeReturn
on_output (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  ScPackager *self = user_data;
  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    on_output_event (self, GST_PAD_PROBE_INFO_EVENT (info));
  else if (info->type & GST_PAD_PROBE_TYPE_BUFFER)
    on_output_buffer (self, GST_PAD_PROBE_INFO_BUFFER (info));
  else if (info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST)
    on_output_list (self, GST_PAD_PROBE_INFO_BUFFER_LIST (info));
  return GST_PAD_PROBE_OK;
}

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
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT) {
    gst_event_copy_segment (event, &self->video_segment);
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
  Cut cut = {
    .running_time = running_time,
    .wall_time_us = wall_time (self, running_time),
    .is_keyframe = keyframe,
    .discontinuity = self->discontinuity && keyframe,
    .info_changed = memcmp (&self->info, &self->told, sizeof self->info) != 0,
    .info = self->info,
  };
  g_queue_push_tail (&self->cuts, g_memdup2 (&cut, sizeof cut));
  self->told = self->info;
  g_mutex_unlock (&self->lock);

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
    self->discontinuity |= self->last_cut - running_time > SEGMENT_TIME;
    return keyframe && self->discontinuity;
  }
  GstClockTime elapsed = running_time - self->last_cut;
  return elapsed >= (keyframe ? SEGMENT_TIME_MIN : SEGMENT_TIME_MAX) ||
         (keyframe && self->discontinuity);
}

/* Writes the picture's codec as RFC 6381 3.3 spells it, from the sequence parameter set that stands
 * near the front of each keyframe: profile, constraints, level (ITU-T H.264 7.3.2.1.1). */
static void
read_video_codec (ScPackager *self, GstBuffer *buffer)
{
  guint8 bytes[256];
  gsize size = gst_buffer_extract (buffer, 0, bytes, sizeof bytes);
  for (gsize i = 0; i + 6 < size; i++) {
    if (bytes[i] != 0 || bytes[i + 1] != 0 || bytes[i + 2] != 1 ||
        (bytes[i + 3] & 0x1f) != NAL_SEQUENCE_PARAMETERS)
      continue;
    const guint8 *set = bytes + i + 4;
    g_mutex_lock (&self->lock);
    g_snprintf (self->info.video_codec,
                SC_MEDIA_CODEC_MAX,
                "avc1.%02X%02X%02X",
                set[0],
                set[1],
                set[2]);
    g_mutex_unlock (&self->lock);
    return;
  }
}

/* Blocks the video thread, before its first frame, until there is sound or it takes too long. */
static void
wait_for_sound (ScPackager *self)
{
  gint64 patience = g_get_monotonic_time () + SOUND_PATIENCE_US;
  g_mutex_lock (&self->lock);
  while (self->info.audio_codec[0] == '\0' &&
         g_cond_wait_until (&self->sound_found, &self->lock, patience))
    continue;
  g_mutex_unlock (&self->lock);
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
    wait_for_sound (self);
  if (keyframe)
    read_video_codec (self, buffer);
  if (cut_is_due (self, running_time, keyframe)) {
    announce_cut (self, running_time, keyframe);
    if (keyframe)
      gst_pad_push_event (pad,
                          gst_video_event_new_downstream_force_key_unit (GST_BUFFER_PTS (buffer),
                                                                         running_time,
                                                                         running_time,
                                                                         TRUE,
                                                                         0));
  }
  self->frames++;
  GstClockTime duration = GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 0;
  g_mutex_lock (&self->lock);
  self->video_end = running_time + duration;
  g_mutex_unlock (&self->lock);
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
  g_cond_broadcast (&self->sound_found);
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
  gst_element_link_pads (filter, "src", self->muxer, sink_name);
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
  g_autoptr (GstPad) pad = build_branch (self,
                                         source,
                                         "h264parse",
                                         "video/x-h264,stream-format=byte-stream,alignment=au",
                                         VIDEO_PAD);
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
    build_branch (self, source, "aacparse", "audio/mpeg,mpegversion=4", SOUND_PAD);
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

static gboolean
build (ScPackager *self, int fd, GError **error)
{
  self->pipeline = gst_pipeline_new (NULL);
  GstElement *source = add (self, "fdsrc");
  self->demuxer = add (self, "flvdemux");
  self->muxer = add (self, "mpegtsmux");
  GstElement *sink = add (self, "fakesink");
  if (!gst_element_link (source, self->demuxer) || !gst_element_link (self->muxer, sink)) {
    g_set_error_literal (error,
                         SC_INGEST_ERROR,
                         SC_INGEST_ERROR_PUBLISHER,
                         "The pipeline cannot be built");
    return FALSE;
  }
  g_autoptr (GstStructure) clock_map = gst_structure_from_string (CLOCK_MAP, NULL);
  g_object_set (source, "fd", fd, "blocksize", READ_SIZE, NULL);
  g_object_set (self->muxer,
                "latency",
                G_GUINT64_CONSTANT (0),
                "alignment",
                0,
                "prog-map",
                clock_map,
                NULL);
  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  g_autoptr (GstPad) output = gst_element_get_static_pad (self->muxer, "src");
  gst_pad_add_probe (output,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST |
                       GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     on_output,
                     self,
                     NULL);
  g_signal_connect (self->demuxer, "pad-added", G_CALLBACK (on_pad_added), self);
  return TRUE;
}

/**
 * sc_packager_new:
 * @fd: where FLV comes from, not taken over
 * @func: whom to tell
 * @user_data: passed to @func
 * @error: an error of %SC_INGEST_ERROR
 *
 * Returns: (transfer full) (nullable): a packager that has not begun
 */
ScPackager *
sc_packager_new (int fd, ScPackagerFunc func, gpointer user_data, GError **error)
{
  g_autoptr (ScPackager) self = g_new0 (ScPackager, 1);
  self->func = func;
  self->user_data = user_data;
  self->sound_end = GST_CLOCK_TIME_NONE;
  g_mutex_init (&self->lock);
  g_cond_init (&self->sound_found);
  g_queue_init (&self->cuts);
  gst_segment_init (&self->video_segment, GST_FORMAT_TIME);
  return build (self, fd, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * sc_packager_run:
 * @self: a packager
 * @ret_message: (out): why it failed, a sentence for the streamer
 *
 * Packages until the input ends or is wrong. Blocks.
 *
 * Returns: %TRUE at the end of the input
 */
gboolean
sc_packager_run (ScPackager *self, char **ret_message)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  g_autoptr (GstMessage) message =
    gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return TRUE;
  g_autoptr (GError) error = NULL;
  gst_message_parse_error (message, &error, NULL);
  *ret_message = g_strdup_printf ("The stream cannot be packaged: %s", error->message);
  return FALSE;
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
  g_clear_object (&self->sound_pad);
  g_clear_pointer (&self->pipeline, gst_object_unref);
  g_queue_clear_full (&self->cuts, g_free);
  g_cond_clear (&self->sound_found);
  g_mutex_clear (&self->lock);
  g_free (self);
}
