/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-tempo.h"

#include "sc-stretch.h"

/* The element `sctempo`: sound in segments of any rate becomes sound at rate 1 with the pitch it
 * had, so that sinks need not play it faster: a little, often and without a seam, where a live
 * stream is caught up with; half to twice as fast, where the viewer of a recording wishes it. At
 * rate 1 buffers pass untouched, and it has no latency.
 *
 * What it puts out is placed by running times: it follows on what went out before, and where that
 * is not where the segment has it, the stretch shortens or lengthens it. Its streaming thread's.
 */

/* Sound that is further from its place than this is put there: something is missing. */
#define MOST_SURPLUS (40 * GST_MSECOND)
/* How far the segment that goes out reaches back, for sound that is a little before its place. */
#define REACH GST_SECOND

/* Below this rate, Hz, a period of what can be heard has too few samples to be stretched by. */
#define LEAST_RATE 4000

#define NOWHERE G_MININT64

struct _ScTempo {
  GstElement parent_instance;
  GstPad *sink;
  GstPad *src;
  ScStretch *stretch;
  int rate;
  int frame_size;
  GstSegment in;
  GstSegment out;
  gint64 begin;     /* running time from which on sound followed on sound, or NOWHERE */
  guint64 n_frames; /* that went out since */
  GArray *samples;  /* of float */
};

G_DEFINE_FINAL_TYPE (ScTempo, sc_tempo, GST_TYPE_ELEMENT)

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define FORMAT "F32LE"
#else
#define FORMAT "F32BE"
#endif
#define CAPS                                                                                       \
  "audio/x-raw, format=" FORMAT ", layout=interleaved, rate=[1, 384000], channels=[1, 64]"

static GstStaticPadTemplate sink_template =
  GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (CAPS));
static GstStaticPadTemplate src_template =
  GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (CAPS));

static gint64
duration_of (const ScTempo *self, guint64 n_frames)
{
  return (gint64) gst_util_uint64_scale_int (n_frames, GST_SECOND, self->rate);
}

/* The running time at which @pts has its place. */
static gint64
place_of (const ScTempo *self, gint64 pts)
{
  return (gint64) self->in.base +
         (gint64) ((double) (pts - (gint64) self->in.start) / self->in.rate);
}

/* What stands for the running time @running in the segment that goes out. */
static guint64
pts_at (const ScTempo *self, gint64 running)
{
  return (guint64) MAX ((gint64) self->out.start + running - (gint64) self->out.base, 0);
}

static gint64
get_end (const ScTempo *self)
{
  return self->begin + duration_of (self, self->n_frames);
}

static void
begin_at (ScTempo *self, gint64 running)
{
  sc_stretch_clear (self->stretch);
  self->begin = running;
  self->n_frames = 0;
}

/* Gives @buffer, of @n_frames, the place behind what went out. */
static void
place_buffer (ScTempo *self, GstBuffer *buffer, gsize n_frames)
{
  gint64 running = get_end (self);
  self->n_frames += n_frames;
  GST_BUFFER_PTS (buffer) = pts_at (self, running);
  GST_BUFFER_DURATION (buffer) = (guint64) (get_end (self) - running);
  GST_BUFFER_OFFSET (buffer) = GST_BUFFER_OFFSET_NONE;
  GST_BUFFER_OFFSET_END (buffer) = GST_BUFFER_OFFSET_NONE;
}

static GstFlowReturn
send_samples (ScTempo *self)
{
  gsize size = self->samples->len * sizeof (float);
  if (size == 0)
    return GST_FLOW_OK;
  GstBuffer *buffer = gst_buffer_new_memdup (self->samples->data, size);
  g_array_set_size (self->samples, 0);
  place_buffer (self, buffer, size / (gsize) self->frame_size);
  return gst_pad_push (self->src, buffer);
}

/* Lets out what waits for more. */
static void
finish (ScTempo *self)
{
  if (!self->stretch || sc_stretch_get_held (self->stretch) == 0)
    return;
  sc_stretch_pull (self->stretch, 0, self->samples);
  send_samples (self);
}

static GstFlowReturn
send_buffer (ScTempo *self, GstBuffer *buffer, gint64 surplus)
{
  GstMapInfo map;
  if (!gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    gst_buffer_unref (buffer);
    return GST_FLOW_ERROR;
  }
  const float *frames = (const float *) (const void *) map.data;
  gsize n = map.size / (gsize) self->frame_size;
  gboolean passes = sc_stretch_is_idle (self->stretch, surplus);
  if (passes) {
    sc_stretch_pass (self->stretch, frames, n);
  } else {
    sc_stretch_push (self->stretch, frames, n);
    sc_stretch_pull (self->stretch, surplus, self->samples);
  }
  gst_buffer_unmap (buffer, &map);
  if (!passes) {
    gst_buffer_unref (buffer);
    return send_samples (self);
  }
  buffer = gst_buffer_make_writable (buffer);
  place_buffer (self, buffer, n);
  return gst_pad_push (self->src, buffer);
}

static GstFlowReturn
chain (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  ScTempo *self = SC_TEMPO (parent);
  if (!self->stretch || self->in.format != GST_FORMAT_TIME || !GST_BUFFER_PTS_IS_VALID (buffer))
    return gst_pad_push (self->src, buffer);
  gint64 held = duration_of (self, sc_stretch_get_held (self->stretch));
  gint64 place = place_of (self, (gint64) GST_BUFFER_PTS (buffer) - held);
  gint64 off = self->begin == NOWHERE ? G_MAXINT64 : get_end (self) - place;
  if (ABS (off) > (gint64) MOST_SURPLUS || GST_BUFFER_IS_DISCONT (buffer)) {
    begin_at (self, place_of (self, (gint64) GST_BUFFER_PTS (buffer)));
    off = 0;
  }
  gint64 surplus = off * self->rate / (gint64) GST_SECOND;
  return send_buffer (self, buffer, surplus);
}

static void
take_caps (ScTempo *self, const GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  int channels = 0;
  finish (self);
  g_clear_pointer (&self->stretch, sc_stretch_free);
  if (!gst_structure_get_int (structure, "rate", &self->rate) ||
      !gst_structure_get_int (structure, "channels", &channels))
    return;
  if (self->rate < LEAST_RATE)
    return;
  self->frame_size = channels * (int) sizeof (float);
  self->stretch = sc_stretch_new ((guint) self->rate, (guint) channels);
  self->begin = NOWHERE;
}

static GstEvent *
take_segment (ScTempo *self, GstEvent *event)
{
  gst_event_copy_segment (event, &self->in);
  if (self->in.format != GST_FORMAT_TIME || self->in.rate <= 0)
    return event;
  guint32 seqnum = gst_event_get_seqnum (event);
  guint64 reach = MIN (REACH, MIN (self->in.start, self->in.base));
  gst_segment_copy_into (&self->in, &self->out);
  self->out.rate = 1;
  self->out.applied_rate = self->in.applied_rate * self->in.rate;
  self->out.start -= reach;
  self->out.base -= reach;
  self->out.time -= MIN (self->out.time, (guint64) ((double) reach * self->out.applied_rate));
  self->out.position = self->out.start;
  if (GST_CLOCK_TIME_IS_VALID (self->in.stop))
    self->out.stop =
      self->in.start + (guint64) ((double) (self->in.stop - self->in.start) / self->in.rate);
  gst_event_unref (event);
  GstEvent *changed = gst_event_new_segment (&self->out);
  gst_event_set_seqnum (changed, seqnum);
  return changed;
}

/* Missing sound has the place and the length that it would have as sound. */
static GstEvent *
take_gap (ScTempo *self, GstEvent *event)
{
  GstClockTime pts, duration;
  GstGapFlags flags;
  finish (self);
  if (self->in.format != GST_FORMAT_TIME || self->in.rate <= 0)
    return event;
  gst_event_parse_gap (event, &pts, &duration);
  gst_event_parse_gap_flags (event, &flags);
  guint32 seqnum = gst_event_get_seqnum (event);
  pts = pts_at (self, place_of (self, (gint64) pts));
  if (GST_CLOCK_TIME_IS_VALID (duration))
    duration = (guint64) ((double) duration / self->in.rate);
  gst_event_unref (event);
  GstEvent *changed = gst_event_new_gap (pts, duration);
  gst_event_set_gap_flags (changed, flags);
  gst_event_set_seqnum (changed, seqnum);
  return changed;
}

/* Downstream keeps its segment: where sound is put out is told in running times. */
static gboolean
take_tempo (ScTempo *self, GstEvent *event)
{
  g_autoptr (GstSegment) segment = NULL;
  const GstStructure *structure = gst_event_get_structure (event);
  if (gst_structure_get (structure, "segment", GST_TYPE_SEGMENT, &segment, NULL) &&
      self->in.format == GST_FORMAT_TIME)
    gst_segment_copy_into (segment, &self->in);
  gst_event_unref (event);
  return TRUE;
}

static gboolean
on_sink_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  const GstStructure *structure = gst_query_get_structure (query);
  if (GST_QUERY_TYPE (query) == GST_QUERY_CUSTOM &&
      gst_structure_has_name (structure, SC_TEMPO_QUERY))
    return TRUE;
  return gst_pad_query_default (pad, parent, query);
}

static gboolean
on_sink_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  ScTempo *self = SC_TEMPO (parent);
  if (gst_event_has_name (event, SC_TEMPO_SEGMENT))
    return take_tempo (self, event);
  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
    GstCaps *caps = NULL;
    gst_event_parse_caps (event, &caps);
    take_caps (self, caps);
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT) {
    event = take_segment (self, event);
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP) {
    if (self->stretch)
      sc_stretch_clear (self->stretch);
    self->begin = NOWHERE;
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_GAP) {
    event = take_gap (self, event);
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_EOS) {
    finish (self);
  }
  return gst_pad_event_default (pad, parent, event);
}

static void
sc_tempo_finalize (GObject *object)
{
  ScTempo *self = SC_TEMPO (object);
  g_clear_pointer (&self->stretch, sc_stretch_free);
  g_array_unref (self->samples);
  G_OBJECT_CLASS (sc_tempo_parent_class)->finalize (object);
}

static void
sc_tempo_init (ScTempo *self)
{
  self->samples = g_array_new (FALSE, FALSE, sizeof (float));
  self->begin = NOWHERE;
  gst_segment_init (&self->in, GST_FORMAT_UNDEFINED);
  self->sink = gst_pad_new_from_static_template (&sink_template, "sink");
  self->src = gst_pad_new_from_static_template (&src_template, "src");
  gst_pad_set_chain_function (self->sink, chain);
  gst_pad_set_event_function (self->sink, on_sink_event);
  gst_pad_set_query_function (self->sink, on_sink_query);
  GST_PAD_SET_PROXY_CAPS (self->sink);
  GST_PAD_SET_PROXY_ALLOCATION (self->sink);
  GST_PAD_SET_PROXY_CAPS (self->src);
  gst_element_add_pad (GST_ELEMENT (self), self->sink);
  gst_element_add_pad (GST_ELEMENT (self), self->src);
}

static void
sc_tempo_class_init (ScTempoClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = sc_tempo_finalize;
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
                                         "Tempo of sound",
                                         "Filter/Effect/Rate/Audio",
                                         "Plays faster or slower with the same pitch",
                                         "The StreamCat contributors");
}

/**
 * sc_tempo_register:
 * @plugin: (nullable): the plugin that holds it, or %NULL in a program of its own
 *
 * Makes the element `sctempo` known to GStreamer.
 *
 * Returns: whether it is
 */
gboolean
sc_tempo_register (GstPlugin *plugin)
{
  return gst_element_register (plugin, "sctempo", GST_RANK_NONE, SC_TYPE_TEMPO);
}
