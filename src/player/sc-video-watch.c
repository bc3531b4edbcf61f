/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is seen at a pipeline's video sink: the size of the picture, when the first one is shown,
 * when a seek drops what was there, how many were shown. Streaming threads only post.
 */

#include "config.h"

#include "sc-video-watch.h"

struct _ScVideoWatch {
  GstPad *pad;
  GstElement *counter; /* (nullable): the element that shows, perhaps inside the sink */
  gulong caps_handler;
};

static void
post (GstPad *pad, GstStructure *structure)
{
  g_autoptr (GstElement) sink = gst_pad_get_parent_element (pad);
  if (sink)
    gst_element_post_message (sink, gst_message_new_application (GST_OBJECT (sink), structure));
  else
    gst_structure_free (structure);
}

static void
on_caps_notify (GstPad *pad, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  int width = 0;
  int height = 0;
  if (!caps)
    return;
  const GstStructure *video = gst_caps_get_structure (caps, 0);
  if (!gst_structure_get_int (video, "width", &width) ||
      !gst_structure_get_int (video, "height", &height))
    return;
  post (pad,
        gst_structure_new (SC_VIDEO_SIZE,
                           "width",
                           G_TYPE_INT,
                           width,
                           "height",
                           G_TYPE_INT,
                           height,
                           NULL));
}

static GstPadProbeReturn
on_flush (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_FLUSH_STOP)
    post (pad, gst_structure_new_empty (SC_VIDEO_FLUSHED));
  return GST_PAD_PROBE_OK;
}

/* GstBaseSink's own count; it takes the object's lock. */
static void
count (GstElement *counter, guint64 *ret_shown, guint64 *ret_dropped)
{
  g_autoptr (GstStructure) stats = NULL;
  g_object_get (counter, "stats", &stats, NULL);
  if (!stats)
    return;
  gst_structure_get_uint64 (stats, "rendered", ret_shown);
  gst_structure_get_uint64 (stats, "dropped", ret_dropped);
}

/* A sink is busy with a picture until its time has come, so the next one finds it counted. */
static GstPadProbeReturn
on_picture (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  guint64 shown = 0;
  guint64 dropped = 0;
  count (GST_ELEMENT (user_data), &shown, &dropped);
  if (shown == 0)
    return GST_PAD_PROBE_OK;
  post (pad, gst_structure_new_empty (SC_VIDEO_SHOWN));
  return GST_PAD_PROBE_REMOVE;
}

/* The GL sink is a bin with the one that counts in it. */
static GstElement *
find_counter (GstElement *sink)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (sink), "stats"))
    return gst_object_ref (sink);
  g_autoptr (GstElement) inner = NULL;
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (sink), "sink"))
    g_object_get (sink, "sink", &inner, NULL);
  return inner ? find_counter (inner) : NULL;
}

/**
 * sc_video_watch_new:
 * @sink: takes the picture
 *
 * Returns: (transfer full): a watch of it
 */
ScVideoWatch *
sc_video_watch_new (GstElement *sink)
{
  ScVideoWatch *self = g_new0 (ScVideoWatch, 1);
  self->pad = gst_element_get_static_pad (sink, "sink");
  self->counter = find_counter (sink);
  self->caps_handler =
    g_signal_connect (self->pad, "notify::caps", G_CALLBACK (on_caps_notify), NULL);
  gst_pad_add_probe (self->pad, GST_PAD_PROBE_TYPE_EVENT_FLUSH, on_flush, NULL, NULL);
  /* Without a reference, which would be to the pad's own parent: it is there while data flows. */
  if (self->counter)
    gst_pad_add_probe (self->pad, GST_PAD_PROBE_TYPE_BUFFER, on_picture, self->counter, NULL);
  return self;
}

/**
 * sc_video_watch_stop:
 * @self: a watch
 *
 * No more news of the size.
 */
void
sc_video_watch_stop (ScVideoWatch *self)
{
  g_clear_signal_handler (&self->caps_handler, self->pad);
}

/**
 * sc_video_watch_free:
 * @self: (transfer full): a watch
 */
void
sc_video_watch_free (ScVideoWatch *self)
{
  gst_clear_object (&self->counter);
  gst_clear_object (&self->pad);
  g_free (self);
}

/**
 * sc_video_watch_count:
 * @self: a watch
 * @ret_shown: how many pictures were shown; untouched where the sink does not count
 * @ret_dropped: how many came too late, likewise
 */
void
sc_video_watch_count (ScVideoWatch *self, guint64 *ret_shown, guint64 *ret_dropped)
{
  if (self->counter)
    count (self->counter, ret_shown, ret_dropped);
}
