/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-pipeline-wish.h"

#include "sc-pipeline.h"

/**
 * sc_pipeline_wish_init:
 * @self: (out caller-allocates): nothing shall happen
 */
void
sc_pipeline_wish_init (ScPipelineWish *self)
{
  *self = (ScPipelineWish) {
    .state = GST_STATE_NULL,
    .volume = 1.0,
    .seek = { .target = SC_PLAYER_NOWHERE },
    .rate = 1.0,
  };
}

/**
 * sc_pipeline_wish_take:
 * @self: a wish
 *
 * Returns: what is to be done now; what is wished once is not wished any more
 */
ScPipelineWish
sc_pipeline_wish_take (ScPipelineWish *self)
{
  ScPipelineWish taken = *self;
  self->restart_clock = FALSE;
  self->measure_latency = FALSE;
  self->seek.target = SC_PLAYER_NOWHERE;
  return taken;
}

static gboolean
is_changing (GstElement *playbin)
{
  return gst_element_get_state (playbin, NULL, NULL, 0) == GST_STATE_CHANGE_ASYNC;
}

/* On a worker thread. The picture's arrival is told by GST_MESSAGE_ASYNC_DONE. */
static void
seek_to (GstElement *playbin, const ScPlayerSeek *seek, double rate)
{
  GstSeekFlags how =
    seek->exact ? GST_SEEK_FLAG_ACCURATE : GST_SEEK_FLAG_KEY_UNIT | GST_SEEK_FLAG_SNAP_NEAREST;
  if (gst_element_seek (playbin,
                        rate,
                        GST_FORMAT_TIME,
                        GST_SEEK_FLAG_FLUSH | how,
                        GST_SEEK_TYPE_SET,
                        seek->target * (gint64) GST_USECOND,
                        GST_SEEK_TYPE_NONE,
                        -1))
    return;
  GstStructure *refused = gst_structure_new_empty (SC_PIPELINE_SEEK_REFUSED);
  gst_element_post_message (playbin, gst_message_new_application (GST_OBJECT (playbin), refused));
}

static void
stop_child (const GValue *item, gpointer user_data)
{
  GstElement *child = g_value_get_object (item);
  if (GST_STATE (child) != GST_STATE_NULL)
    (void) gst_element_set_state (child, GST_STATE_NULL);
}

/* uridecodebin3 that fails while it is stopped was found running afterwards: stop it by itself. */
static void
stop (GstElement *playbin)
{
  (void) gst_element_set_state (playbin, GST_STATE_NULL);
  GstIterator *children = gst_bin_iterate_elements (GST_BIN (playbin));
  gst_iterator_foreach (children, stop_child, NULL);
  gst_iterator_free (children);
}

/**
 * sc_pipeline_wish_apply:
 * @self: a wish
 * @playbin: what shall be like that
 *
 * Blocks: for a worker thread, one at a time. A failed state change comes as an error message on
 * the bus too. One that is still under way is let come to its end, as asking for another meanwhile
 * stopped GStreamer 1.26 for ever, once in a hundred times; the rest is for who sees it end.
 */
void
sc_pipeline_wish_apply (const ScPipelineWish *self, GstElement *playbin)
{
  g_object_set (playbin, "volume", self->volume, "mute", self->muted, NULL);
  if (self->restart_clock && self->state == GST_STATE_PLAYING && !is_changing (playbin))
    (void) gst_element_set_state (playbin, GST_STATE_PAUSED);
  if (self->seek.target != SC_PLAYER_NOWHERE && self->state >= GST_STATE_PAUSED)
    seek_to (playbin, &self->seek, self->rate);
  if (self->state == GST_STATE_NULL)
    stop (playbin);
  else if (!is_changing (playbin))
    (void) gst_element_set_state (playbin, self->state);
  if (self->measure_latency && self->state >= GST_STATE_PAUSED)
    (void) gst_bin_recalculate_latency (GST_BIN (playbin));
}
