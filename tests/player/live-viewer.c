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
  const LiveViewerSight sight = { pts, g_get_monotonic_time () };
  g_array_append_val (self->sights, sight);
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

/* On the source's thread: when, no matter what the main context is at. */
static void
on_sync_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  LiveViewer *self = user_data;
  if (!gst_message_has_name (message, "sc-live-metadata"))
    return;
  gint64 *when = g_new (gint64, 1);
  *when = g_get_monotonic_time ();
  const char *text = gst_structure_get_string (gst_message_get_structure (message), "text");
  g_mutex_lock (&self->lock);
  g_hash_table_insert (self->told, g_strdup (text), when);
  g_mutex_unlock (&self->lock);
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
  self->sights = g_array_new (FALSE, FALSE, sizeof (LiveViewerSight));
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
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
  gst_bus_enable_sync_message_emission (bus);
  g_signal_connect (bus, "sync-message::element", G_CALLBACK (on_sync_message), self);
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
  g_array_unref (self->sights);
  g_hash_table_unref (self->told);
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

/* Returns in @ret_us how much later than its picture @text was told, which has the place @pts in
 * the stream; FALSE if it was not told, or if its picture was the first, or is yet to come. */
gboolean
live_viewer_get_lateness (LiveViewer *self, const char *text, gint64 pts, gint64 *ret_us)
{
  g_mutex_lock (&self->lock);
  const gint64 *told = g_hash_table_lookup (self->told, text);
  guint at = 0;
  while (at < self->sights->len && g_array_index (self->sights, LiveViewerSight, at).pts < pts)
    at++;
  gboolean is_known = told && at > 0 && at < self->sights->len;
  if (is_known)
    *ret_us = *told - g_array_index (self->sights, LiveViewerSight, at).when;
  g_mutex_unlock (&self->lock);
  return is_known;
}
