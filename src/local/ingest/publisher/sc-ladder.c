/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ladder.h"

#include "sc-rung.h"

#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>
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
/* Nobody's wait for a segment is to get longer because smaller renditions are made, too. */
#define NICE 5

struct _ScLadder {
  ScTeller *teller;
  GstElement *pipeline;
  GstElement *picture; /* appsrc */
  gboolean has_sound;
  ScRung *rungs[SC_LADDER_MAX_RUNGS];
  guint n_rungs;
  gint is_broken; /* atomic */

  /* The picture's thread's. */
  GstClockTime lag; /* at the last cut */
  gboolean has_cut;
};

/* --- giving up --- */

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
    sc_rung_give_up (self->rungs[i]);
}

/* Returns how far the slowest rung is behind; 0 where there is none. */
static GstClockTime
get_lag (ScLadder *self, GstClockTime running_time)
{
  GstClockTime lag = 0;
  for (guint i = 0; i < self->n_rungs; i++)
    lag = MAX (lag, sc_rung_get_lag (self->rungs[i], running_time));
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
    if (sc_rung_is_over (self->rungs[i]))
      continue;
    sc_rung_give_up (self->rungs[i]);
    return;
  }
}

/* --- on the pipeline's threads --- */

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

static gboolean
build (ScLadder *self, GstCaps *caps)
{
  self->pipeline = gst_pipeline_new (NULL);
  GstBin *bin = GST_BIN (self->pipeline);
  self->picture = sc_rung_input_new (bin);
  GstElement *tee = gst_element_factory_make ("tee", NULL);
  GstElement *decoder = gst_element_factory_make ("avdec_h264", NULL);
  gst_bin_add (bin, tee);
  if (!decoder)
    return FALSE;
  gst_bin_add (bin, decoder);
  /* One thread: a decoder with several keeps a picture back for each of them. */
  g_object_set (decoder, "max-threads", 1, NULL);
  g_object_set (self->picture, "caps", caps, NULL);
  gboolean ok = gst_element_link_many (self->picture, decoder, tee, NULL);
  for (guint i = 0; ok && i < self->n_rungs; i++)
    ok = sc_rung_build (self->rungs[i], bin, tee, self->has_sound);
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
  for (guint i = 0; i < count; i++)
    self->rungs[i] = sc_rung_new (&plan[i], SC_BROADCAST_SOURCE + 1 + i, teller);
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
    sc_rung_free (self->rungs[i]);
  g_clear_pointer (&self->pipeline, gst_object_unref);
  g_free (self);
}

/* --- the picture --- */

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
    sc_rung_cut (self->rungs[i], cut);
    if (!self->has_cut)
      sc_rung_begin (self->rungs[i], time);
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
    if (sc_rung_is_over (self->rungs[i]))
      continue;
    has_rungs = TRUE;
    sc_rung_advance (self->rungs[i], running_time, duration);
  }
  if (has_rungs)
    sc_rung_input_push (self->picture, frame, running_time);
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
  for (guint i = 0; i < self->n_rungs; i++)
    sc_rung_set_sound_caps (self->rungs[i], caps);
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
  for (guint i = 0; i < self->n_rungs; i++)
    sc_rung_push_sound (self->rungs[i], sound, running_time);
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
  for (guint i = 0; i < self->n_rungs; i++)
    sc_rung_skip_sound (self->rungs[i], running_time, duration);
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
    sc_rung_put_metadata (self->rungs[i], owner, text, running_time);
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
  for (guint i = 0; i < self->n_rungs; i++)
    sc_rung_finish (self->rungs[i]);
  for (guint i = 0; i < self->n_rungs; i++)
    sc_rung_wait_over (self->rungs[i], until);
}
