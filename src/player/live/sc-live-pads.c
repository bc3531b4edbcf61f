/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The pads of the live source: one for the picture, one for the sound, shown together. Frames come
 * on the client's thread and leave on a task each.
 */

#include "config.h"

#include "sc-live-pads.h"

/* A stream without sound, or without a picture, is taken for one after this long. */
#define SECOND_STREAM_US (500 * G_TIME_SPAN_MILLISECOND)

struct _ScLivePads {
  GstElement *element; /* whose they are; it outlives them */
  ScLivePacer *pacer;
  ScLiveClockFunc get_now;
  gint64 first_pad_at; /* the looking thread's, monotonic microseconds */
  gboolean has_all;

  GMutex lock; /* guards what follows */
  ScLiveOutput *outputs[SC_LIVE_N_KINDS];
  GstCaps *caps[SC_LIVE_N_KINDS];
  gboolean is_shown[SC_LIVE_N_KINDS];
  guint group_id;
};

static GstStaticPadTemplate templates[SC_LIVE_N_KINDS] = {
  GST_STATIC_PAD_TEMPLATE ("video_%u",
                           GST_PAD_SRC,
                           GST_PAD_SOMETIMES,
                           GST_STATIC_CAPS ("video/x-h264; video/x-h265")),
  GST_STATIC_PAD_TEMPLATE ("audio_%u",
                           GST_PAD_SRC,
                           GST_PAD_SOMETIMES,
                           GST_STATIC_CAPS ("audio/mpeg")),
};

static gboolean
on_pad_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  if (GST_QUERY_TYPE (query) != GST_QUERY_LATENCY)
    return gst_pad_query_default (pad, parent, query);
  gst_query_set_latency (query, TRUE, 0, GST_CLOCK_TIME_NONE);
  return TRUE;
}

static gboolean
on_pad_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  ScLivePacer *pacer = gst_pad_get_element_private (pad);
  GstClockTime latency = 0;
  if (GST_EVENT_TYPE (event) == GST_EVENT_LATENCY) {
    gst_event_parse_latency (event, &latency);
    sc_live_pacer_set_sink_latency (pacer, (gint64) latency);
  }
  gboolean handled =
    GST_EVENT_TYPE (event) == GST_EVENT_LATENCY || GST_EVENT_TYPE (event) == GST_EVENT_QOS;
  gst_event_unref (event);
  return handled;
}

/* Makes the pad of @kind; what it sends waits until it is shown. */
static ScLiveOutput *
make_output (ScLivePads *self, ScLiveKind kind)
{
  g_autoptr (GstPadTemplate) template = gst_static_pad_template_get (&templates[kind]);
  GstPad *pad = gst_pad_new_from_template (template, kind == SC_LIVE_VIDEO ? "video_0" : "audio_0");
  gst_pad_set_element_private (pad, self->pacer);
  gst_pad_set_query_function (pad, on_pad_query);
  gst_pad_set_event_function (pad, on_pad_event);
  return sc_live_output_new (pad, kind, self->pacer, self->get_now, self->element);
}

static ScLiveOutput *
get_output (ScLivePads *self, ScLiveKind kind)
{
  g_mutex_lock (&self->lock);
  ScLiveOutput *output = self->outputs[kind];
  g_mutex_unlock (&self->lock);
  return output;
}

/* Returns what the stream is made of. With the lock held. */
static GstStreamCollection *
describe_streams (ScLivePads *self, GstStream *streams[SC_LIVE_N_KINDS])
{
  static const GstStreamType types[] = { GST_STREAM_TYPE_VIDEO, GST_STREAM_TYPE_AUDIO };
  GstStreamCollection *collection = gst_stream_collection_new (NULL);
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++) {
    if (!self->caps[kind])
      continue;
    GstPad *pad = sc_live_output_get_pad (self->outputs[kind]);
    g_autofree char *id = gst_pad_create_stream_id (pad, self->element, GST_PAD_NAME (pad));
    streams[kind] = gst_stream_new (id, self->caps[kind], types[kind], GST_STREAM_FLAG_NONE);
    gst_stream_collection_add_stream (collection, gst_object_ref (streams[kind]));
  }
  return collection;
}

static void
show_output (ScLivePads *self, ScLiveKind kind, GstStream *stream, GstStreamCollection *collection)
{
  ScLiveOutput *output = get_output (self, kind);
  GstPad *pad = sc_live_output_get_pad (output);
  g_autoptr (GstCaps) caps = gst_stream_get_caps (stream);
  GstEvent *start = gst_event_new_stream_start (gst_stream_get_stream_id (stream));
  gst_event_set_group_id (start, self->group_id);
  gst_event_set_stream (start, stream);
  gst_pad_set_active (pad, TRUE);
  gst_pad_push_event (pad, start);
  gst_pad_push_event (pad, gst_event_new_stream_collection (collection));
  gst_pad_push_event (pad, gst_event_new_caps (caps));
  gst_element_add_pad (self->element, pad);
  sc_live_output_start (output);
}

/* Shows the pads that are not shown yet, all with what the whole stream is made of: playbin3
 * chooses streams anew whenever that changes, and may lose one when it does so twice at once. */
static void
show_outputs (ScLivePads *self)
{
  gboolean shows[SC_LIVE_N_KINDS];
  GstStream *streams[SC_LIVE_N_KINDS] = { NULL };
  g_mutex_lock (&self->lock);
  g_autoptr (GstStreamCollection) collection = describe_streams (self, streams);
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++) {
    shows[kind] = streams[kind] && !self->is_shown[kind];
    self->is_shown[kind] = self->is_shown[kind] || shows[kind];
  }
  g_mutex_unlock (&self->lock);
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++) {
    if (shows[kind])
      show_output (self, kind, streams[kind], collection);
    gst_clear_object (&streams[kind]);
  }
}

/**
 * sc_live_pads_add_templates:
 * @klass: of the element that has such pads
 */
void
sc_live_pads_add_templates (GstElementClass *klass)
{
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++)
    gst_element_class_add_static_pad_template (klass, &templates[kind]);
}

/**
 * sc_live_pads_new:
 * @element: (transfer none): whose pads they are
 * @pacer: (transfer none): when frames are to be shown
 * @get_now: the clock, called with @element
 *
 * Returns: (transfer full): no pads yet; @element and @pacer must outlive them
 */
ScLivePads *
sc_live_pads_new (GstElement *element, ScLivePacer *pacer, ScLiveClockFunc get_now)
{
  ScLivePads *self = g_new0 (ScLivePads, 1);
  self->element = element;
  self->pacer = pacer;
  self->get_now = get_now;
  g_mutex_init (&self->lock);
  self->group_id = gst_util_group_id_next ();
  return self;
}

/**
 * sc_live_pads_free:
 * @self: (nullable): pads that were cleared
 */
void
sc_live_pads_free (ScLivePads *self)
{
  if (!self)
    return;
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * sc_live_pads_take_caps:
 * @self: the pads
 * @kind: which
 * @caps: what its frames are from now on
 */
void
sc_live_pads_take_caps (ScLivePads *self, ScLiveKind kind, GstCaps *caps)
{
  g_mutex_lock (&self->lock);
  if (!self->outputs[kind])
    self->outputs[kind] = make_output (self, kind);
  gboolean is_shown = self->is_shown[kind];
  gst_caps_replace (&self->caps[kind], caps);
  gboolean is_complete = self->caps[SC_LIVE_VIDEO] && self->caps[SC_LIVE_AUDIO];
  g_mutex_unlock (&self->lock);
  if (is_shown)
    sc_live_output_push_event (get_output (self, kind), gst_event_new_caps (caps));
  else if (is_complete)
    show_outputs (self);
}

/**
 * sc_live_pads_take_frame:
 * @self: the pads
 * @kind: which
 * @epoch: the timeline that its PTS is of
 * @frame: (transfer full): with a PTS
 */
void
sc_live_pads_take_frame (ScLivePads *self, ScLiveKind kind, guint epoch, GstBuffer *frame)
{
  ScLiveOutput *output = get_output (self, kind);
  if (output)
    sc_live_output_push_frame (output, epoch, frame);
  else
    gst_buffer_unref (frame);
}

/**
 * sc_live_pads_end:
 * @self: the pads
 *
 * Nothing comes any more: they end when what they have was shown.
 */
void
sc_live_pads_end (ScLivePads *self)
{
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++) {
    ScLiveOutput *output = get_output (self, kind);
    if (output)
      sc_live_output_push_event (output, gst_event_new_eos ());
  }
}

/**
 * sc_live_pads_look:
 * @self: the pads
 * @now: monotonic microseconds
 *
 * To be called now and then, on one thread. A stream may have no sound, or no picture: that is
 * known when the other does not come.
 */
void
sc_live_pads_look (ScLivePads *self, gint64 now)
{
  gboolean video = get_output (self, SC_LIVE_VIDEO) != NULL;
  gboolean audio = get_output (self, SC_LIVE_AUDIO) != NULL;
  if (self->has_all || (!video && !audio))
    return;
  if (self->first_pad_at == 0)
    self->first_pad_at = now;
  self->has_all = (video && audio) || now - self->first_pad_at > SECOND_STREAM_US;
  if (!self->has_all)
    return;
  show_outputs (self);
  gst_element_no_more_pads (self->element);
}

/**
 * sc_live_pads_are_full:
 * @self: the pads
 *
 * Returns: whether so much waits at one that no more should come
 */
gboolean
sc_live_pads_are_full (ScLivePads *self)
{
  gboolean full = FALSE;
  for (guint kind = 0; kind < SC_LIVE_N_KINDS && !full; kind++) {
    ScLiveOutput *output = get_output (self, kind);
    full = output && sc_live_output_is_full (output);
  }
  return full;
}

/**
 * sc_live_pads_wake:
 * @self: the pads
 *
 * The clock or the pacer changed: what waits looks again.
 */
void
sc_live_pads_wake (ScLivePads *self)
{
  g_mutex_lock (&self->lock);
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++)
    if (self->outputs[kind])
      sc_live_output_wake (self->outputs[kind]);
  g_mutex_unlock (&self->lock);
}

static void
remove_output (ScLivePads *self, ScLiveKind kind)
{
  g_mutex_lock (&self->lock);
  ScLiveOutput *output = g_steal_pointer (&self->outputs[kind]);
  g_mutex_unlock (&self->lock);
  if (!output)
    return;
  sc_live_output_stop (output);
  if (self->is_shown[kind])
    gst_element_remove_pad (self->element, sc_live_output_get_pad (output));
  self->is_shown[kind] = FALSE;
  gst_clear_caps (&self->caps[kind]);
  sc_live_output_free (output);
}

/**
 * sc_live_pads_clear:
 * @self: the pads
 *
 * Stops and removes them, with what they have; others may come. Nothing must come meanwhile.
 */
void
sc_live_pads_clear (ScLivePads *self)
{
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++)
    remove_output (self, kind);
  self->first_pad_at = 0;
  self->has_all = FALSE;
  self->group_id = gst_util_group_id_next ();
}
