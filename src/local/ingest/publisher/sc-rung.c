/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-rung.h"

#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>
#include <math.h>

/* A smaller rendition: a scaler, an encoder and a muxer behind the ladder's tee. The picture's
 * thread cuts and advances it, the sound's pushes sound; the rest runs on the pipeline's own
 * threads, which have ended when it is freed. */

/* Frames in front of an encoder: 3 of 1080p are 9 MB. */
#define FRAMES_MAX 3
/* No group of pictures is longer than the longest segment; cuts ask for keyframes. */
#define KEYFRAME_FRAMES_MAX (6 * 60)
/* The rate that an encoder reckons with where the stream does not tell one. */
#define USUAL_FRAME_RATE 30.0

struct _ScRung {
  ScTeller *teller;
  ScLadderRung plan;
  guint rendition;
  GstElement *sound; /* appsrc, or NULL without sound */
  ScSegmenter *segmenter;
  gint is_over; /* atomic */

  /* The decoder's thread's. */
  guint skipped;
  gboolean is_cut; /* the next frame is to be kept */

  GMutex lock;           /* guards what follows */
  GstClockTime position; /* of the newest frame that was encoded */
};

/* --- giving up --- */

/**
 * sc_rung_is_over:
 * @self: a rung
 *
 * Any thread.
 *
 * Returns: whether it was given up
 */
gboolean
sc_rung_is_over (const ScRung *self)
{
  return g_atomic_int_get (&self->is_over);
}

/**
 * sc_rung_give_up:
 * @self: a rung
 *
 * The rendition ends here.
 */
void
sc_rung_give_up (ScRung *self)
{
  const ScRecord record = { .type = SC_RECORD_RENDITION_END, .rendition = self->rendition };
  if (g_atomic_int_compare_and_exchange (&self->is_over, FALSE, TRUE))
    sc_teller_tell (self->teller, &record);
}

/**
 * sc_rung_get_lag:
 * @self: a rung
 * @running_time: of the newest frame
 *
 * Returns: how far it is behind; 0 where it was given up
 */
GstClockTime
sc_rung_get_lag (ScRung *self, GstClockTime running_time)
{
  g_mutex_lock (&self->lock);
  GstClockTime position = self->position;
  g_mutex_unlock (&self->lock);
  return sc_rung_is_over (self) || running_time < position ? 0 : running_time - position;
}

/* --- on the pipeline's threads --- */

/* What the encoder reckons its bits with. */
static void
set_frame_rate (const ScRung *self, GstPadProbeInfo *info)
{
  GstCaps *caps;
  double rate = self->plan.frame_rate > 0 ? self->plan.frame_rate : USUAL_FRAME_RATE;
  gst_event_parse_caps (GST_PAD_PROBE_INFO_EVENT (info), &caps);
  g_autoptr (GstCaps) changed = gst_caps_copy (caps);
  gst_caps_set_simple (changed,
                       "framerate",
                       GST_TYPE_FRACTION,
                       (int) lround (rate * 1000),
                       1000,
                       NULL);
  gst_event_unref (GST_PAD_PROBE_INFO_EVENT (info));
  info->data = gst_event_new_caps (changed);
}

/* Where the decoder's pictures go into a rung: those that its frame rate has. */
static GstPadProbeReturn
on_picture (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  ScRung *self = user_data;
  if (sc_rung_is_over (self))
    return GST_PAD_PROBE_DROP;
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER) {
    if (!self->is_cut && ++self->skipped < self->plan.divisor)
      return GST_PAD_PROBE_DROP;
    self->is_cut = FALSE;
    self->skipped = 0;
  } else if (gst_video_event_is_force_key_unit (GST_PAD_PROBE_INFO_EVENT (info))) {
    self->is_cut = TRUE;
  } else if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_CAPS) {
    set_frame_rate (self, info);
  }
  return GST_PAD_PROBE_OK;
}

/* In front of the encoder, which takes one when it is done with the one before. */
static GstPadProbeReturn
on_turn (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  ScRung *self = user_data;
  g_mutex_lock (&self->lock);
  self->position = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));
  g_mutex_unlock (&self->lock);
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
on_encoded (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  ScRung *self = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  if (!GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT))
    sc_segmenter_read_codec (self->segmenter, buffer);
  return GST_PAD_PROBE_OK;
}

/* --- building --- */

static GstElement *
add (GstBin *bin, const char *factory)
{
  GstElement *element = gst_element_factory_make (factory, NULL);
  if (element)
    gst_bin_add (bin, element);
  return element;
}

static GstElement *
add_filter (GstBin *bin, const char *format)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (format);
  GstElement *filter = add (bin, "capsfilter");
  g_object_set (filter, "caps", caps, NULL);
  return filter;
}

static void
probe (ScRung *self, GstElement *element, GstPadProbeCallback callback)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, callback, self, NULL);
}

static GstElement *
add_encoder (GstBin *bin, const ScLadderRung *plan)
{
  GstElement *encoder = add (bin, "x264enc");
  gst_util_set_object_arg (G_OBJECT (encoder), "speed-preset", "superfast");
  gst_util_set_object_arg (G_OBJECT (encoder), "tune", "zerolatency");
  g_object_set (encoder,
                "bitrate",
                plan->bitrate / 1000,
                "key-int-max",
                KEYFRAME_FRAMES_MAX,
                "threads",
                1,
                "option-string",
                "scenecut=0",
                NULL);
  return encoder;
}

/* Links it to the tee, with the probe in between. */
static gboolean
link_to_tee (ScRung *self, GstElement *tee, GstElement *queue)
{
  g_autoptr (GstPad) source = gst_element_request_pad_simple (tee, "src_%u");
  g_autoptr (GstPad) sink = gst_element_get_static_pad (queue, "sink");
  gst_pad_add_probe (source,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     on_picture,
                     self,
                     NULL);
  return gst_pad_link (source, sink) == GST_PAD_LINK_OK;
}

static gboolean
link_to_muxer (ScRung *self, GstElement *element, const char *pad)
{
  return gst_element_link_pads (element, "src", sc_segmenter_get_muxer (self->segmenter), pad);
}

/**
 * sc_rung_new:
 * @plan: what it makes
 * @rendition: its number
 * @teller: where its records go; outlives what is returned
 *
 * Returns: (transfer full): a rung that is in no pipeline yet
 */
ScRung *
sc_rung_new (const ScLadderRung *plan, guint rendition, ScTeller *teller)
{
  ScRung *self = g_new0 (ScRung, 1);
  self->plan = *plan;
  self->rendition = rendition;
  self->teller = teller;
  g_mutex_init (&self->lock);
  return self;
}

/**
 * sc_rung_build:
 * @self: a rung
 * @bin: the ladder's pipeline
 * @tee: what has the decoder's pictures
 * @has_sound: whether sound will be pushed
 *
 * Returns: whether all that it needs is there
 */
gboolean
sc_rung_build (ScRung *self, GstBin *bin, GstElement *tee, gboolean has_sound)
{
  g_autofree char *size =
    g_strdup_printf ("video/x-raw,format=I420,width=%u,height=%u,pixel-aspect-ratio=1/1",
                     self->plan.width,
                     self->plan.height);
  GstElement *queue = add (bin, "queue");
  GstElement *scaler = add (bin, "videoconvertscale");
  GstElement *scaled = add_filter (bin, size);
  GstElement *encoder = add_encoder (bin, &self->plan);
  GstElement *encoded = add_filter (bin, "video/x-h264,stream-format=byte-stream,alignment=au");
  g_object_set (queue,
                "max-size-buffers",
                FRAMES_MAX,
                "max-size-bytes",
                0,
                "max-size-time",
                G_GUINT64_CONSTANT (0),
                NULL);
  self->segmenter = sc_segmenter_new (bin, self->rendition, self->teller);
  if (!self->segmenter || !gst_element_link_many (queue, scaler, scaled, encoder, encoded, NULL) ||
      !link_to_muxer (self, encoded, SC_PICTURE_PAD) || !link_to_tee (self, tee, queue))
    return FALSE;
  self->sound = has_sound ? sc_rung_input_new (bin) : NULL;
  probe (self, queue, on_turn);
  probe (self, encoded, on_encoded);
  return !self->sound || link_to_muxer (self, self->sound, SC_SOUND_PAD);
}

/**
 * sc_rung_free:
 * @self: (transfer full): a rung whose pipeline was stopped, and is still there
 */
void
sc_rung_free (ScRung *self)
{
  sc_segmenter_free (self->segmenter);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* --- the picture --- */

/**
 * sc_rung_begin:
 * @self: a rung
 * @running_time: of the stream's first cut
 */
void
sc_rung_begin (ScRung *self, GstClockTime running_time)
{
  g_mutex_lock (&self->lock);
  self->position = running_time;
  g_mutex_unlock (&self->lock);
}

/* Returns the cut of the source as it is here: always at a keyframe. */
static ScCut
cut_of (const ScRung *self, const ScCut *source)
{
  ScCut cut = *source;
  cut.is_keyframe = TRUE;
  cut.info.width = self->plan.width;
  cut.info.height = self->plan.height;
  cut.info.frame_rate = self->plan.frame_rate;
  cut.info.bandwidth = 0;
  cut.info.video_codec[0] = '\0';
  if (!self->sound)
    cut.info.audio_codec[0] = '\0';
  return cut;
}

/**
 * sc_rung_cut:
 * @self: a rung
 * @source: where the source is cut
 *
 * To be called before the frame is pushed.
 */
void
sc_rung_cut (ScRung *self, const ScCut *source)
{
  ScCut own = cut_of (self, source);
  sc_segmenter_announce (self->segmenter, &own);
}

/**
 * sc_rung_advance:
 * @self: a rung
 * @running_time: of the frame that is pushed next
 * @duration: of it, or 0
 */
void
sc_rung_advance (ScRung *self, GstClockTime running_time, GstClockTime duration)
{
  sc_segmenter_advance (self->segmenter, running_time, duration);
}

/* --- the sound --- */

/**
 * sc_rung_set_sound_caps:
 * @self: a rung
 * @caps: of the sound to come
 */
void
sc_rung_set_sound_caps (ScRung *self, GstCaps *caps)
{
  if (self->sound)
    gst_app_src_set_caps (GST_APP_SRC (self->sound), caps);
}

/**
 * sc_rung_push_sound:
 * @self: a rung
 * @sound: sound, of the same form as the caps
 * @running_time: when it is heard
 */
void
sc_rung_push_sound (ScRung *self, GstBuffer *sound, GstClockTime running_time)
{
  if (self->sound && !sc_rung_is_over (self))
    sc_rung_input_push (self->sound, sound, running_time);
}

/**
 * sc_rung_skip_sound:
 * @self: a rung
 * @running_time: from when on there is no sound
 * @duration: for how long
 */
void
sc_rung_skip_sound (ScRung *self, GstClockTime running_time, GstClockTime duration)
{
  if (self->sound && !sc_rung_is_over (self))
    gst_element_send_event (self->sound, gst_event_new_gap (running_time, duration));
}

/* --- metadata and the end --- */

/**
 * sc_rung_put_metadata:
 * @self: a rung
 * @owner: who puts it there
 * @text: what
 * @running_time: of the newest frame that was pushed
 *
 * Any thread.
 */
void
sc_rung_put_metadata (ScRung *self, const char *owner, const char *text, GstClockTime running_time)
{
  if (!sc_rung_is_over (self))
    sc_metadata_track_put (sc_segmenter_get_metadata (self->segmenter), owner, text, running_time);
}

/**
 * sc_rung_finish:
 * @self: a rung
 *
 * Nothing but pictures comes any more.
 */
void
sc_rung_finish (ScRung *self)
{
  sc_metadata_track_end (sc_segmenter_get_metadata (self->segmenter));
  if (self->sound)
    gst_app_src_end_of_stream (GST_APP_SRC (self->sound));
}

/**
 * sc_rung_wait_over:
 * @self: a rung that was finished
 * @until: how long to wait for its last bytes, monotonic time
 */
void
sc_rung_wait_over (ScRung *self, gint64 until)
{
  if (!sc_rung_is_over (self))
    sc_segmenter_wait_over (self->segmenter, until);
}

/* --- inputs --- */

/**
 * sc_rung_input_new:
 * @bin: the ladder's pipeline
 *
 * Returns: (transfer none): an input without a bound of its own: the lag is its bound
 */
GstElement *
sc_rung_input_new (GstBin *bin)
{
  GstElement *input = add (bin, "appsrc");
  g_object_set (input,
                "format",
                GST_FORMAT_TIME,
                "max-bytes",
                G_GUINT64_CONSTANT (0),
                "max-buffers",
                G_GUINT64_CONSTANT (0),
                NULL);
  return input;
}

/**
 * sc_rung_input_push:
 * @input: an input
 * @buffer: media
 * @running_time: what is its time there
 *
 * Blocks nobody.
 */
void
sc_rung_input_push (GstElement *input, GstBuffer *buffer, GstClockTime running_time)
{
  GstBuffer *copy = gst_buffer_copy (buffer);
  GST_BUFFER_PTS (copy) = running_time;
  GST_BUFFER_DTS (copy) = GST_CLOCK_TIME_NONE;
  gst_app_src_push_buffer (GST_APP_SRC (input), copy);
}
