/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "live-viewer.h"

/* Three seconds after a join the live source still skips to the live edge, where nothing is missed;
 * these are more. */
#define JOIN_FRAMES 110

/* Returns when @buffer is shown, as running time, ns. */
static gint64
get_running_time (GstPad *pad, GstBuffer *buffer)
{
  const GstSegment *segment = NULL;
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  gst_event_parse_segment (event, &segment);
  return (gint64) gst_segment_to_running_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
}

static void
on_frame (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer user_data)
{
  LiveViewer *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  gint64 pts = (gint64) GST_BUFFER_PTS (buffer);
  gint64 shown = get_running_time (pad, buffer);
  int height = 0;
  gst_structure_get_int (gst_caps_get_structure (caps, 0), "height", &height);
  g_mutex_lock (&self->lock);
  if (self->frames > 0) {
    self->widest = MAX (self->widest, pts - self->last_pts);
    self->longest = MAX (self->longest, shown - self->last_shown);
  }
  self->last_pts = pts;
  self->last_shown = shown;
  self->frames++;
  if (height != self->height)
    self->height_from = pts;
  self->height = height;
  g_mutex_unlock (&self->lock);
}

static void
on_sound (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer user_data)
{
  LiveViewer *self = user_data;
  g_mutex_lock (&self->lock);
  self->sounds++;
  g_mutex_unlock (&self->lock);
}

/* Returns how many pictures were shown. */
guint
live_viewer_count_frames (LiveViewer *self)
{
  g_mutex_lock (&self->lock);
  guint frames = self->frames;
  g_mutex_unlock (&self->lock);
  return frames;
}

static void
take_stats (LiveViewer *self, const GstStructure *stats)
{
  gst_structure_get (stats,
                     "latency",
                     G_TYPE_INT64,
                     &self->latency,
                     "behind",
                     G_TYPE_INT64,
                     &self->behind,
                     "trouble",
                     G_TYPE_UINT,
                     &self->trouble,
                     NULL);
  g_set_str (&self->quality, gst_structure_get_string (stats, "quality"));
}

static void
take_qualities (LiveViewer *self, const GstStructure *structure)
{
  const GValue *list = gst_structure_get_value (structure, "list");
  g_ptr_array_set_size (self->qualities, 0);
  for (guint i = 0; i < gst_value_list_get_size (list); i++) {
    const GstStructure *quality = gst_value_get_structure (gst_value_list_get_value (list, i));
    g_ptr_array_add (self->qualities, g_strdup (gst_structure_get_string (quality, "id")));
  }
}

static void
take_error (LiveViewer *self, GstMessage *message)
{
  const GstStructure *details = NULL;
  g_clear_error (&self->error);
  gst_message_parse_error (message, &self->error, NULL);
  gst_message_parse_error_details (message, &details);
  if (details)
    gst_structure_get_uint (details, "http-status-code", &self->status);
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  LiveViewer *self = user_data;
  const GstStructure *structure = gst_message_get_structure (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    self->ended = TRUE;
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    take_error (self, message);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_LATENCY)
    gst_bin_recalculate_latency (GST_BIN (self->playbin));
  else if (gst_message_has_name (message, "sc-live-stats"))
    take_stats (self, structure);
  else if (gst_message_has_name (message, "sc-live-qualities"))
    take_qualities (self, structure);
  else if (gst_message_has_name (message, "sc-live-metadata"))
    g_ptr_array_add (self->texts, g_strdup (gst_structure_get_string (structure, "text")));
  return G_SOURCE_CONTINUE;
}

static void
on_source_setup (GstElement *playbin, GstElement *source, gpointer user_data)
{
  LiveViewer *self = user_data;
  g_set_object (&self->source, source);
}

static GstElement *
make_sink (LiveViewer *self, GCallback on_handoff)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", TRUE, "signal-handoffs", TRUE, NULL);
  g_signal_connect (sink, "handoff", on_handoff, self);
  return sink;
}

/* Begins to watch @uri, "ivs+http://...". */
LiveViewer *
live_viewer_new (const char *uri)
{
  LiveViewer *self = g_new0 (LiveViewer, 1);
  g_mutex_init (&self->lock);
  self->latency = -1;
  self->qualities = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->playbin = gst_object_ref_sink (gst_element_factory_make ("playbin3", NULL));
  g_object_set (self->playbin,
                "uri",
                uri,
                "video-sink",
                make_sink (self, G_CALLBACK (on_frame)),
                "audio-sink",
                make_sink (self, G_CALLBACK (on_sound)),
                "audio-filter",
                gst_element_factory_make ("scaletempo", NULL),
                NULL);
  g_signal_connect (self->playbin, "source-setup", G_CALLBACK (on_source_setup), self);
  g_autoptr (GstBus) bus = gst_element_get_bus (self->playbin);
  self->bus_watch = gst_bus_add_watch (bus, on_message, self);
  gst_element_set_state (self->playbin, GST_STATE_PLAYING);
  return self;
}

/* Closes the stream. */
void
live_viewer_free (LiveViewer *self)
{
  g_source_remove (self->bus_watch);
  gst_element_set_state (self->playbin, GST_STATE_NULL);
  gst_object_unref (self->playbin);
  g_clear_object (&self->source);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->qualities);
  g_ptr_array_unref (self->texts);
  g_free (self->quality);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Has the condition of a wait looked at again. */
gboolean
live_viewer_on_look (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Waits until @n more pictures were shown; an error fails the test. */
void
live_viewer_wait_for_frames (LiveViewer *self, guint n)
{
  guint before = live_viewer_count_frames (self);
  live_viewer_wait_for (live_viewer_count_frames (self) >= before + n || self->error);
  g_assert_no_error (self->error);
}

/* Waits until the stream was joined, and forgets how even that was. */
void
live_viewer_settle (LiveViewer *self)
{
  live_viewer_wait_for_frames (self, JOIN_FRAMES);
  g_mutex_lock (&self->lock);
  self->widest = 0;
  self->longest = 0;
  g_mutex_unlock (&self->lock);
}
