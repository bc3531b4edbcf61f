/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ladder.h"

#include "sc-ladder-plan.h"

#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>
#include <math.h>
#include <sys/resource.h>

/* Makes smaller renditions of a stream that is being packaged: one decoder, then for each rung of
 * the ladder a scaler, an encoder and a muxer of its own. It is a pipeline apart, so that whatever
 * becomes of it, the source goes on: its input takes everything at once and blocks nobody, and what
 * cannot keep up is given up. Cuts are where the source has them: the encoder begins a group of
 * pictures there, times are the source's, the sound is the source's.
 *
 * The picture's thread cuts and pushes, the sound's pushes sound; the rest runs on the pipeline's
 * own threads. */

/* A rung this far behind the newest frame, and not catching up, goes; the largest first. */
#define LAG_MAX (3 * GST_SECOND)
/* Beyond this all of them go: so much of the source, at the most that a channel takes, is 10 MB. */
#define LAG_LIMIT (10 * GST_SECOND)
/* Frames in front of an encoder: 3 of 1080p are 9 MB. */
#define FRAMES_MAX 3
/* Nobody's wait for a segment is to get longer because smaller renditions are made, too. */
#define NICE 5
/* No group of pictures is longer than the longest segment; cuts ask for keyframes. */
#define KEYFRAME_FRAMES_MAX (6 * 60)
/* The rate that an encoder reckons with where the stream does not tell one. */
#define USUAL_FRAME_RATE 30.0

typedef struct {
  ScLadder *ladder;
  ScLadderRung plan;
  guint rendition;
  GstElement *sound; /* appsrc, or NULL without sound */
  ScSegmenter *segmenter;
  gint is_over; /* atomic */

  /* The decoder's thread's. */
  guint skipped;
  gboolean is_cut; /* the next frame is to be kept */

  GstClockTime position; /* of the newest frame that was encoded; guarded by the ladder's lock */
} Rung;

struct _ScLadder {
  ScTeller *teller;
  GstElement *pipeline;
  GstElement *picture; /* appsrc */
  GstElement *tee;
  gboolean has_sound;
  Rung rungs[SC_LADDER_MAX_RUNGS];
  guint n_rungs;
  gint is_broken; /* atomic */

  GMutex lock; /* guards the rungs' positions */

  /* The picture's thread's. */
  GstClockTime lag; /* at the last cut */
  gboolean has_cut;
};

/* --- giving up --- */

static gboolean
is_over (const Rung *rung)
{
  return g_atomic_int_get (&rung->is_over);
}

static void
give_up (ScLadder *self, Rung *rung)
{
  const ScRecord record = { .type = SC_RECORD_RENDITION_END, .rendition = rung->rendition };
  if (g_atomic_int_compare_and_exchange (&rung->is_over, FALSE, TRUE))
    sc_teller_tell (self->teller, &record);
}

/**
 * sc_ladder_give_up:
 * @self: a ladder
 *
 * All renditions end here. The picture's thread.
 */
void
sc_ladder_give_up (ScLadder *self)
{
  for (guint i = 0; i < self->n_rungs; i++)
    give_up (self, &self->rungs[i]);
}

/* Returns how far the slowest rung is behind; 0 where there is none. */
static GstClockTime
get_lag (ScLadder *self, GstClockTime running_time)
{
  GstClockTime lag = 0;
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->n_rungs; i++) {
    const Rung *rung = &self->rungs[i];
    if (!is_over (rung) && running_time > rung->position)
      lag = MAX (lag, running_time - rung->position);
  }
  g_mutex_unlock (&self->lock);
  return lag;
}

/* Gives the largest rung up where the ladder is behind and does not catch up. */
static void
shed (ScLadder *self, GstClockTime running_time)
{
  GstClockTime lag = get_lag (self, running_time);
  gboolean recovers = lag < self->lag;
  self->lag = lag;
  if (lag <= LAG_MAX || recovers)
    return;
  for (guint i = 0; i < self->n_rungs; i++) {
    if (is_over (&self->rungs[i]))
      continue;
    give_up (self, &self->rungs[i]);
    return;
  }
}

/* --- on the pipeline's threads --- */

/* What the encoder reckons its bits with. */
static void
set_frame_rate (const Rung *rung, GstPadProbeInfo *info)
{
  GstCaps *caps;
  double rate = rung->plan.frame_rate > 0 ? rung->plan.frame_rate : USUAL_FRAME_RATE;
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
  Rung *rung = user_data;
  if (is_over (rung))
    return GST_PAD_PROBE_DROP;
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER) {
    if (!rung->is_cut && ++rung->skipped < rung->plan.divisor)
      return GST_PAD_PROBE_DROP;
    rung->is_cut = FALSE;
    rung->skipped = 0;
  } else if (gst_video_event_is_force_key_unit (GST_PAD_PROBE_INFO_EVENT (info))) {
    rung->is_cut = TRUE;
  } else if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_CAPS) {
    set_frame_rate (rung, info);
  }
  return GST_PAD_PROBE_OK;
}

/* In front of the encoder, which takes one when it is done with the one before. */
static GstPadProbeReturn
on_turn (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Rung *rung = user_data;
  g_mutex_lock (&rung->ladder->lock);
  rung->position = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));
  g_mutex_unlock (&rung->ladder->lock);
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
on_encoded (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Rung *rung = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  if (!GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT))
    sc_segmenter_read_codec (rung->segmenter, buffer);
  return GST_PAD_PROBE_OK;
}

static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  ScLadder *self = user_data;
  GstStreamStatusType type;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    g_atomic_int_set (&self->is_broken, TRUE);
  } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_STREAM_STATUS) {
    gst_message_parse_stream_status (message, &type, NULL);
    if (type == GST_STREAM_STATUS_TYPE_ENTER)
      setpriority (PRIO_PROCESS, 0, NICE); /* on Linux, of this thread alone */
  }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* --- building --- */

static GstElement *
add (ScLadder *self, const char *factory)
{
  GstElement *element = gst_element_factory_make (factory, NULL);
  if (element)
    gst_bin_add (GST_BIN (self->pipeline), element);
  return element;
}

static GstElement *
add_filter (ScLadder *self, const char *format)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (format);
  GstElement *filter = add (self, "capsfilter");
  g_object_set (filter, "caps", caps, NULL);
  return filter;
}

/* An input without a bound of its own: the lag is its bound. */
static GstElement *
add_input (ScLadder *self)
{
  GstElement *input = add (self, "appsrc");
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

static void
probe (GstElement *element, GstPadProbeType type, GstPadProbeCallback callback, Rung *rung)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "src");
  gst_pad_add_probe (pad, type, callback, rung, NULL);
}

static GstElement *
add_encoder (ScLadder *self, const ScLadderRung *plan)
{
  GstElement *encoder = add (self, "x264enc");
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

/* Links a rung to the tee, with the probe in between. */
static gboolean
link_to_tee (ScLadder *self, Rung *rung, GstElement *queue)
{
  g_autoptr (GstPad) source = gst_element_request_pad_simple (self->tee, "src_%u");
  g_autoptr (GstPad) sink = gst_element_get_static_pad (queue, "sink");
  gst_pad_add_probe (source,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     on_picture,
                     rung,
                     NULL);
  return gst_pad_link (source, sink) == GST_PAD_LINK_OK;
}

static gboolean
link_to_muxer (Rung *rung, GstElement *element, const char *pad)
{
  return gst_element_link_pads (element, "src", sc_segmenter_get_muxer (rung->segmenter), pad);
}

static gboolean
build_rung (ScLadder *self, Rung *rung)
{
  g_autofree char *size =
    g_strdup_printf ("video/x-raw,format=I420,width=%u,height=%u,pixel-aspect-ratio=1/1",
                     rung->plan.width,
                     rung->plan.height);
  GstElement *queue = add (self, "queue");
  GstElement *scaler = add (self, "videoconvertscale");
  GstElement *scaled = add_filter (self, size);
  GstElement *encoder = add_encoder (self, &rung->plan);
  GstElement *encoded = add_filter (self, "video/x-h264,stream-format=byte-stream,alignment=au");
  g_object_set (queue,
                "max-size-buffers",
                FRAMES_MAX,
                "max-size-bytes",
                0,
                "max-size-time",
                G_GUINT64_CONSTANT (0),
                NULL);
  rung->segmenter = sc_segmenter_new (GST_BIN (self->pipeline), rung->rendition, self->teller);
  if (!rung->segmenter || !gst_element_link_many (queue, scaler, scaled, encoder, encoded, NULL) ||
      !link_to_muxer (rung, encoded, SC_PICTURE_PAD) || !link_to_tee (self, rung, queue))
    return FALSE;
  rung->sound = self->has_sound ? add_input (self) : NULL;
  probe (queue, GST_PAD_PROBE_TYPE_BUFFER, on_turn, rung);
  probe (encoded, GST_PAD_PROBE_TYPE_BUFFER, on_encoded, rung);
  return !rung->sound || link_to_muxer (rung, rung->sound, SC_SOUND_PAD);
}

static gboolean
build (ScLadder *self, GstCaps *caps)
{
  self->pipeline = gst_pipeline_new (NULL);
  self->picture = add_input (self);
  self->tee = add (self, "tee");
  GstElement *decoder = add (self, "avdec_h264");
  if (!decoder)
    return FALSE;
  /* One thread: a decoder with several keeps a picture back for each of them. */
  g_object_set (decoder, "max-threads", 1, NULL);
  g_object_set (self->picture, "caps", caps, NULL);
  gboolean ok = gst_element_link_many (self->picture, decoder, self->tee, NULL);
  for (guint i = 0; ok && i < self->n_rungs; i++)
    ok = build_rung (self, &self->rungs[i]);
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, on_message, self, NULL);
  return ok;
}

/**
 * sc_ladder_new:
 * @source: what is in the stream
 * @caps: of the picture, H.264 as a byte stream by access units
 * @most: the most renditions
 * @teller: where their records go; outlives what is returned
 *
 * Returns: (transfer full) (nullable): a ladder that waits for the stream's first cut; %NULL where
 * no rendition is smaller than the source
 */
ScLadder *
sc_ladder_new (const ScMediaInfo *source, GstCaps *caps, guint most, ScTeller *teller)
{
  ScLadderRung plan[SC_LADDER_MAX_RUNGS];
  guint count = sc_ladder_plan (source, most, plan);
  if (count == 0)
    return NULL;
  g_autoptr (ScLadder) self = g_new0 (ScLadder, 1);
  self->teller = teller;
  self->has_sound = source->audio_codec[0] != '\0';
  self->n_rungs = count;
  g_mutex_init (&self->lock);
  for (guint i = 0; i < count; i++)
    self->rungs[i] =
      (Rung) { .ladder = self, .plan = plan[i], .rendition = SC_BROADCAST_SOURCE + 1 + i };
  if (!build (self, caps)) {
    g_warning ("There is no pipeline for smaller renditions");
    return NULL;
  }
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return g_steal_pointer (&self);
}

/**
 * sc_ladder_free:
 * @self: (nullable): a ladder
 *
 * Ends all renditions where they are. Nobody may push any more.
 */
void
sc_ladder_free (ScLadder *self)
{
  if (!self)
    return;
  sc_teller_close (self->teller);
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  for (guint i = 0; i < self->n_rungs; i++)
    sc_segmenter_free (self->rungs[i].segmenter);
  g_clear_pointer (&self->pipeline, gst_object_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* --- the picture --- */

/* Returns the cut of the source as a rung makes it: always at a keyframe. */
static ScCut
cut_of (const Rung *rung, const ScCut *source)
{
  ScCut cut = *source;
  cut.is_keyframe = TRUE;
  cut.info.width = rung->plan.width;
  cut.info.height = rung->plan.height;
  cut.info.frame_rate = rung->plan.frame_rate;
  cut.info.bandwidth = 0;
  cut.info.video_codec[0] = '\0';
  if (!rung->sound)
    cut.info.audio_codec[0] = '\0';
  return cut;
}

/**
 * sc_ladder_cut:
 * @self: a ladder
 * @cut: where the source is cut
 *
 * To be called before the frame is pushed.
 */
void
sc_ladder_cut (ScLadder *self, const ScCut *cut)
{
  GstClockTime time = cut->running_time;
  for (guint i = 0; i < self->n_rungs; i++) {
    Rung *rung = &self->rungs[i];
    ScCut own = cut_of (rung, cut);
    sc_segmenter_announce (rung->segmenter, &own);
    g_mutex_lock (&self->lock);
    rung->position = self->has_cut ? rung->position : time;
    g_mutex_unlock (&self->lock);
  }
  shed (self, time);
  gst_element_send_event (
    self->picture,
    gst_video_event_new_downstream_force_key_unit (time, time, time, TRUE, 0));
  self->has_cut = TRUE;
}

/**
 * sc_ladder_set_caps:
 * @self: a ladder
 * @caps: of the frames to come
 */
void
sc_ladder_set_caps (ScLadder *self, GstCaps *caps)
{
  gst_app_src_set_caps (GST_APP_SRC (self->picture), caps);
}

/* Returns the same media with the running time as its time. */
static GstBuffer *
retime (GstBuffer *buffer, GstClockTime running_time)
{
  GstBuffer *copy = gst_buffer_copy (buffer);
  GST_BUFFER_PTS (copy) = running_time;
  GST_BUFFER_DTS (copy) = GST_CLOCK_TIME_NONE;
  return copy;
}

/**
 * sc_ladder_push:
 * @self: a ladder
 * @frame: the next frame, of the same form as the caps
 * @running_time: when it is shown
 */
void
sc_ladder_push (ScLadder *self, GstBuffer *frame, GstClockTime running_time)
{
  if (g_atomic_int_get (&self->is_broken) || get_lag (self, running_time) > LAG_LIMIT)
    sc_ladder_give_up (self);
  gboolean has_rungs = FALSE;
  GstClockTime duration = GST_BUFFER_DURATION_IS_VALID (frame) ? GST_BUFFER_DURATION (frame) : 0;
  for (guint i = 0; i < self->n_rungs; i++) {
    if (is_over (&self->rungs[i]))
      continue;
    has_rungs = TRUE;
    sc_segmenter_advance (self->rungs[i].segmenter, running_time, duration);
  }
  if (has_rungs)
    gst_app_src_push_buffer (GST_APP_SRC (self->picture), retime (frame, running_time));
}

/* --- the sound --- */

/**
 * sc_ladder_set_sound_caps:
 * @self: a ladder
 * @caps: of the sound to come
 */
void
sc_ladder_set_sound_caps (ScLadder *self, GstCaps *caps)
{
  for (guint i = 0; self->has_sound && i < self->n_rungs; i++)
    gst_app_src_set_caps (GST_APP_SRC (self->rungs[i].sound), caps);
}

/**
 * sc_ladder_push_sound:
 * @self: a ladder
 * @sound: sound, of the same form as the caps
 * @running_time: when it is heard
 */
void
sc_ladder_push_sound (ScLadder *self, GstBuffer *sound, GstClockTime running_time)
{
  for (guint i = 0; self->has_sound && i < self->n_rungs; i++)
    if (!is_over (&self->rungs[i]))
      gst_app_src_push_buffer (GST_APP_SRC (self->rungs[i].sound), retime (sound, running_time));
}

/**
 * sc_ladder_skip_sound:
 * @self: a ladder
 * @running_time: from when on there is no sound
 * @duration: for how long
 */
void
sc_ladder_skip_sound (ScLadder *self, GstClockTime running_time, GstClockTime duration)
{
  for (guint i = 0; self->has_sound && i < self->n_rungs; i++)
    if (!is_over (&self->rungs[i]))
      gst_element_send_event (self->rungs[i].sound, gst_event_new_gap (running_time, duration));
}

/* --- metadata --- */

/**
 * sc_ladder_put_metadata:
 * @self: a ladder
 * @owner: who puts it there
 * @text: what
 * @running_time: of the newest frame that was pushed
 *
 * Any thread.
 */
void
sc_ladder_put_metadata (ScLadder *self,
                        const char *owner,
                        const char *text,
                        GstClockTime running_time)
{
  for (guint i = 0; i < self->n_rungs; i++)
    if (!is_over (&self->rungs[i]))
      sc_metadata_track_put (sc_segmenter_get_metadata (self->rungs[i].segmenter),
                             owner,
                             text,
                             running_time);
}

/* --- the end --- */

/**
 * sc_ladder_finish:
 * @self: a ladder
 * @patience_us: how long to wait, microseconds
 *
 * Encodes what is there yet. Blocks; nobody may push any more.
 */
void
sc_ladder_finish (ScLadder *self, gint64 patience_us)
{
  gint64 until = g_get_monotonic_time () + patience_us;
  gst_app_src_end_of_stream (GST_APP_SRC (self->picture));
  for (guint i = 0; i < self->n_rungs; i++) {
    sc_metadata_track_end (sc_segmenter_get_metadata (self->rungs[i].segmenter));
    if (self->rungs[i].sound)
      gst_app_src_end_of_stream (GST_APP_SRC (self->rungs[i].sound));
  }
  for (guint i = 0; i < self->n_rungs; i++)
    if (!is_over (&self->rungs[i]))
      sc_segmenter_wait_over (self->rungs[i].segmenter, until);
}
