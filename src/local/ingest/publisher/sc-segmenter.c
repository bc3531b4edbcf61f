/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-segmenter.h"

#include <gst/video/video.h>
#include <string.h>

/* A muxer, and what stands at its output and makes records of one rendition. It is told of a cut
 * before the frame goes in; the muxer answers the force-key-unit event before that frame with fresh
 * tables and the event at its output, and there one segment ends and the next begins. Cuts are
 * announced on the picture's thread and made on the muxer's. */

#define NAL_SEQUENCE_PARAMETERS 7
/* The muxer writes its tables in front of packets that carry the clock reference alone: with the
 * picture's they stand at the head of every segment, before the keyframe that it begins with. Left
 * to itself it takes the pad that comes first. */
#define CLOCK_MAP "program_map,PCR_1=(string)" SC_PICTURE_PAD

struct _ScSegmenter {
  ScTeller *teller;
  guint rendition;
  GstElement *muxer; /* the bin's */
  ScMetadataTrack *metadata;
  GstPad *output;
  gulong probe;

  GMutex lock; /* guards what follows, down to the next blank line */
  GCond changed;
  GQueue cuts; /* of ScCut, in the order of announcement */
  GstClockTime end;
  char codec[SC_MEDIA_CODEC_MAX];
  gboolean is_over;

  /* The muxer thread's. */
  gboolean in_segment;
  GstClockTime segment_start;
  ScMediaInfo told;
};

static void
tell (ScSegmenter *self, ScRecord *record)
{
  record->rendition = self->rendition;
  sc_teller_tell (self->teller, record);
}

/* How long the segment that ends at @end plays; timestamps that jumped give no answer, then the
 * last frame's end does. */
static gint64
segment_duration_us (ScSegmenter *self, GstClockTime end)
{
  if (end <= self->segment_start || end - self->segment_start > 2 * SC_SEGMENT_TIME_MAX) {
    g_mutex_lock (&self->lock);
    end = self->end;
    g_mutex_unlock (&self->lock);
  }
  if (end <= self->segment_start || end - self->segment_start > 2 * SC_SEGMENT_TIME_MAX)
    end = self->segment_start + SC_SEGMENT_TIME;
  return (gint64) GST_TIME_AS_USECONDS (end - self->segment_start);
}

static void
end_segment (ScSegmenter *self, GstClockTime end)
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

/* What is in the segment: a picture that is encoded here shows its codec only then. */
static void
tell_info (ScSegmenter *self, const ScCut *cut)
{
  ScRecord record = { .type = SC_RECORD_INFO, .info = cut->info };
  g_mutex_lock (&self->lock);
  if (record.info.video_codec[0] == '\0')
    g_strlcpy (record.info.video_codec, self->codec, SC_MEDIA_CODEC_MAX);
  g_mutex_unlock (&self->lock);
  if (memcmp (&record.info, &self->told, sizeof record.info) != 0)
    tell (self, &record);
  self->told = record.info;
}

static void
begin_segment (ScSegmenter *self, const ScCut *cut)
{
  end_segment (self, cut->running_time);
  tell_info (self, cut);
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
static ScCut *
take_cut (ScSegmenter *self, GstClockTime running_time, gboolean keyframe)
{
  g_mutex_lock (&self->lock);
  ScCut *found = NULL;
  ScCut *head = g_queue_peek_head (&self->cuts);
  while (head && head->running_time <= running_time && (keyframe || !head->is_keyframe)) {
    g_free (found);
    found = g_queue_pop_head (&self->cuts);
    head = g_queue_peek_head (&self->cuts);
  }
  g_mutex_unlock (&self->lock);
  return found;
}

static void
cut_output (ScSegmenter *self, GstClockTime running_time, gboolean keyframe)
{
  g_autofree ScCut *cut = take_cut (self, running_time, keyframe);
  if (cut)
    begin_segment (self, cut);
}

static void
end_output (ScSegmenter *self)
{
  g_mutex_lock (&self->lock);
  GstClockTime end = self->end;
  g_mutex_unlock (&self->lock);
  end_segment (self, end);
  g_mutex_lock (&self->lock);
  self->is_over = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static void
on_event (ScSegmenter *self, GstEvent *event)
{
  GstClockTime running_time;
  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS)
    end_output (self);
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
tell_data (ScSegmenter *self, GByteArray *bytes)
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
cut_without_keyframe (ScSegmenter *self, GstBuffer *buffer)
{
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    cut_output (self, GST_BUFFER_PTS (buffer), FALSE);
}

static void
on_buffer (ScSegmenter *self, GstBuffer *buffer)
{
  cut_without_keyframe (self, buffer);
  GByteArray *bytes = g_byte_array_new ();
  collect_buffer (&buffer, 0, bytes);
  tell_data (self, bytes);
}

/* The muxer hands out the packets of a frame as a list of buffers of 188 bytes. */
static void
on_list (ScSegmenter *self, GstBufferList *list)
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
  ScSegmenter *self = user_data;
  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    on_event (self, GST_PAD_PROBE_INFO_EVENT (info));
  else if (info->type & GST_PAD_PROBE_TYPE_BUFFER)
    on_buffer (self, GST_PAD_PROBE_INFO_BUFFER (info));
  else if (info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST)
    on_list (self, GST_PAD_PROBE_INFO_BUFFER_LIST (info));
  return GST_PAD_PROBE_OK;
}

static gboolean
build (ScSegmenter *self, GstBin *bin)
{
  g_autoptr (GstStructure) clock_map = gst_structure_from_string (CLOCK_MAP, NULL);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  self->muxer = gst_element_factory_make ("mpegtsmux", NULL);
  if (!self->muxer || !sink)
    return FALSE;
  g_object_set (self->muxer,
                "latency",
                G_GUINT64_CONSTANT (0),
                "alignment",
                0,
                "prog-map",
                clock_map,
                NULL);
  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add_many (bin, self->muxer, sink, NULL);
  self->metadata = sc_metadata_track_new (bin, self->muxer, SC_METADATA_PAD);
  return self->metadata && gst_element_link (self->muxer, sink);
}

/**
 * sc_segmenter_new:
 * @bin: gets the muxer
 * @rendition: of which rendition its output is
 * @teller: where the records go; outlives what is returned
 *
 * Returns: (transfer full) (nullable): a segmenter; %NULL where there is no muxer
 */
ScSegmenter *
sc_segmenter_new (GstBin *bin, guint rendition, ScTeller *teller)
{
  ScSegmenter *self = g_new0 (ScSegmenter, 1);
  self->teller = teller;
  self->rendition = rendition;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->cuts);
  if (!build (self, bin)) {
    sc_segmenter_free (self);
    return NULL;
  }
  self->output = gst_element_get_static_pad (self->muxer, "src");
  self->probe = gst_pad_add_probe (self->output,
                                   GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST |
                                     GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                                   on_output,
                                   self,
                                   NULL);
  return self;
}

/**
 * sc_segmenter_free:
 * @self: (nullable): a segmenter whose muxer does not run
 */
void
sc_segmenter_free (ScSegmenter *self)
{
  if (!self)
    return;
  if (self->output)
    gst_pad_remove_probe (self->output, self->probe);
  g_clear_pointer (&self->output, gst_object_unref);
  sc_metadata_track_free (self->metadata);
  g_queue_clear_full (&self->cuts, g_free);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * sc_segmenter_get_muxer:
 * @self: a segmenter
 *
 * Returns: (transfer none): its mpegtsmux
 */
GstElement *
sc_segmenter_get_muxer (ScSegmenter *self)
{
  return self->muxer;
}

/**
 * sc_segmenter_get_metadata:
 * @self: a segmenter
 *
 * Returns: (transfer none): what goes into its muxer besides picture and sound
 */
ScMetadataTrack *
sc_segmenter_get_metadata (ScSegmenter *self)
{
  return self->metadata;
}

/* What Amazon IVS says in each segment, seen in its streams; documented nowhere. Players reckon the
 * latency from when the picture was received. */
static void
put_segment_metadata (ScSegmenter *self, const ScCut *cut)
{
  gint64 lead_us = (gint64) GST_TIME_AS_USECONDS (SC_METADATA_LEAD);
  gint64 received_ms = (cut->wall_time_us + lead_us) / 1000; /* of the frame at their own time */
  g_autofree char *text = g_strdup_printf ("{\"cmd\":\"ld_lat_data\",\"transc_r\":%" G_GINT64_FORMAT
                                           ",\"transc_s\":%" G_GINT64_FORMAT "}",
                                           received_ms,
                                           received_ms);
  sc_metadata_track_put (self->metadata, "segmentmetadata", text, cut->running_time);
}

/**
 * sc_segmenter_announce:
 * @self: a segmenter
 * @cut: where a segment is to begin; its info may leave the picture's codec empty, then
 * sc_segmenter_read_codec() says it
 *
 * To be called before the frame, and the event before it, go into the muxer. Any thread.
 */
void
sc_segmenter_announce (ScSegmenter *self, const ScCut *cut)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->cuts, g_memdup2 (cut, sizeof *cut));
  g_mutex_unlock (&self->lock);
  put_segment_metadata (self, cut);
}

/**
 * sc_segmenter_advance:
 * @self: a segmenter
 * @running_time: of the newest frame
 * @duration: for how long it is shown
 *
 * To be told of each frame before it goes into the muxer. Any thread.
 */
void
sc_segmenter_advance (ScSegmenter *self, GstClockTime running_time, GstClockTime duration)
{
  g_mutex_lock (&self->lock);
  self->end = running_time + duration;
  g_mutex_unlock (&self->lock);
  sc_metadata_track_advance (self->metadata, running_time);
}

/**
 * sc_segmenter_read_codec:
 * @self: a segmenter
 * @keyframe: a keyframe of H.264 as a byte stream, with its sequence parameter set
 *
 * Writes the picture's codec as RFC 6381 3.3 spells it, from the sequence parameter set near the
 * front of the keyframe: profile, constraints, level (ITU-T H.264 7.3.2.1.1). Any thread.
 */
void
sc_segmenter_read_codec (ScSegmenter *self, GstBuffer *keyframe)
{
  guint8 bytes[256];
  gsize size = gst_buffer_extract (keyframe, 0, bytes, sizeof bytes);
  for (gsize i = 0; i + 6 < size; i++) {
    if (bytes[i] != 0 || bytes[i + 1] != 0 || bytes[i + 2] != 1 ||
        (bytes[i + 3] & 0x1f) != NAL_SEQUENCE_PARAMETERS)
      continue;
    const guint8 *set = bytes + i + 4;
    g_mutex_lock (&self->lock);
    g_snprintf (self->codec, SC_MEDIA_CODEC_MAX, "avc1.%02X%02X%02X", set[0], set[1], set[2]);
    g_mutex_unlock (&self->lock);
    return;
  }
}

/**
 * sc_segmenter_wait_over:
 * @self: a segmenter
 * @until_us: monotonic time
 *
 * Blocks until the muxer's output ended.
 *
 * Returns: %FALSE when it did not in time
 */
gboolean
sc_segmenter_wait_over (ScSegmenter *self, gint64 until_us)
{
  g_mutex_lock (&self->lock);
  while (!self->is_over && g_cond_wait_until (&self->changed, &self->lock, until_us))
    continue;
  gboolean is_over = self->is_over;
  g_mutex_unlock (&self->lock);
  return is_over;
}
