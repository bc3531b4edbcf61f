/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From the bytes of one unbroken run of segments to frames: a small pipeline of its own, outside of
 * the player's, appsrc ! tsdemux or qtdemux ! appsink for each stream. It hands frames on as soon
 * as the bytes allow, without a clock.
 *
 * tsdemux counts time from the first packet it sees. The places in the stream that renditions and
 * timed metadata share are those in the packets, so a scanner reads them beside it, and the first
 * frame says how far the two are apart.
 */

#include "config.h"

#include "sc-live-demux.h"

#include "sc-ts-scanner.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

/* A PTS is 33 bits of a 90 kHz clock (ISO/IEC 13818-1, 2.4.3.7): it starts anew after 26.5 h. */
#define PTS_WRAP (G_GUINT64_CONSTANT (1) << 33)
#define PTS_RATE 90000

#define UNKNOWN G_MININT64

/* First pictures of segments that may be inside at once; more mean a stream without pictures. */
#define MAX_STARTS 64

/* What tells the fMP4 demuxer's thread that a segment begins. */
#define SEGMENT_EVENT "sc-live-segment"

typedef struct {
  ScLiveDemux *demux;
  ScLiveKind kind;
  GstElement *sink;
  gint64 first_raw; /* ns, of the first packet of this kind, or UNKNOWN; guarded by the lock */
} Stream;

struct _ScLiveDemux {
  ScLiveDemuxFuncs funcs;
  gpointer user_data;
  GstElement *pipeline;
  GstElement *source;
  ScTsScanner *scanner; /* NULL for fMP4 */

  gboolean has_data; /* the pushing thread's: tsdemux wants to know when the first byte is */
  gboolean arrives;  /* the demuxer's thread: the next picture is the first of @arriving (fMP4) */
  guint64 arriving;
  gboolean begins; /* the pushing thread's: the next picture is the first of @sequence */
  guint64 sequence;

  GMutex lock;     /* guards the streams' first_raw, and what follows */
  gint64 near_pts; /* the last place that was seen, ns */
  gint64 offset;   /* from the demuxer's time to the stream's, or UNKNOWN */
  GQueue *starts;  /* of gint64 *: places of first pictures that have not come out, ns */
  Stream streams[SC_LIVE_N_KINDS];
};

/* Returns the place @pts in nanoseconds, in the turn of the 33 bits that is nearest to the last. */
static gint64
unwrap (ScLiveDemux *self, guint64 pts)
{
  gint64 turn = (gint64) gst_util_uint64_scale (PTS_WRAP, GST_SECOND, PTS_RATE);
  gint64 place = (gint64) gst_util_uint64_scale (pts, GST_SECOND, PTS_RATE);
  if (self->near_pts != UNKNOWN) {
    while (place < self->near_pts - turn / 2)
      place += turn;
    while (place > self->near_pts + turn / 2 && place >= turn)
      place -= turn;
  }
  return place;
}

static void
add_start (ScLiveDemux *self, gint64 place)
{
  if (g_queue_get_length (self->starts) >= MAX_STARTS)
    g_free (g_queue_pop_head (self->starts));
  g_queue_push_tail (self->starts, g_memdup2 (&place, sizeof place));
}

/* Whether @place is that of a segment's first picture. They come out in order, and tsdemux rounds.
 */
static gboolean
take_start (ScLiveDemux *self, gint64 place)
{
  gint64 *head = g_queue_peek_head (self->starts);
  while (head && *head < place - GST_MSECOND) {
    g_free (g_queue_pop_head (self->starts));
    head = g_queue_peek_head (self->starts);
  }
  if (!head || *head > place + GST_MSECOND)
    return FALSE;
  g_free (g_queue_pop_head (self->starts));
  return TRUE;
}

/* On the pushing thread. */
static void
on_pes (ScTsKind kind, guint64 pts, gpointer user_data)
{
  ScLiveDemux *self = user_data;
  if (kind == SC_TS_METADATA)
    return;
  g_mutex_lock (&self->lock);
  gint64 place = unwrap (self, pts);
  self->near_pts = place;
  Stream *stream = &self->streams[kind == SC_TS_VIDEO ? SC_LIVE_VIDEO : SC_LIVE_AUDIO];
  if (stream->first_raw == UNKNOWN)
    stream->first_raw = place;
  gboolean begins = self->begins && kind == SC_TS_VIDEO;
  if (begins)
    add_start (self, place);
  g_mutex_unlock (&self->lock);
  if (begins) {
    self->begins = FALSE;
    self->funcs.on_segment (self->sequence, place, self->user_data);
  }
}

static void
on_text (const char *owner, const char *text, guint64 pts, gpointer user_data)
{
  ScLiveDemux *self = user_data;
  g_mutex_lock (&self->lock);
  gint64 place = unwrap (self, pts);
  g_mutex_unlock (&self->lock);
  self->funcs.on_text (owner, text, place, self->user_data);
}

/* Returns how far the demuxer's time of @frame is from the stream's. */
static gint64
find_offset (ScLiveDemux *self, const Stream *stream, GstBuffer *frame)
{
  if (!self->scanner)
    return 0;
  g_mutex_lock (&self->lock);
  if (self->offset == UNKNOWN && stream->first_raw != UNKNOWN && GST_BUFFER_PTS_IS_VALID (frame))
    self->offset = stream->first_raw - (gint64) GST_BUFFER_PTS (frame);
  gint64 offset = self->offset;
  g_mutex_unlock (&self->lock);
  return offset;
}

/* tsdemux does not look into the picture: of its frames we know the first of each segment. */
static void
mark (ScLiveDemux *self, GstBuffer *frame, gint64 pts)
{
  g_mutex_lock (&self->lock);
  gboolean is_start = take_start (self, pts);
  g_mutex_unlock (&self->lock);
  if (is_start)
    GST_BUFFER_FLAG_UNSET (frame, GST_BUFFER_FLAG_DELTA_UNIT);
  else
    GST_BUFFER_FLAG_SET (frame, GST_BUFFER_FLAG_DELTA_UNIT);
}

static void
hand_on_frame (ScLiveDemux *self, const Stream *stream, GstBuffer *frame)
{
  gint64 offset = find_offset (self, stream, frame);
  if (offset == UNKNOWN || !GST_BUFFER_PTS_IS_VALID (frame)) {
    gst_buffer_unref (frame);
    return;
  }
  frame = gst_buffer_make_writable (frame);
  gint64 pts = (gint64) GST_BUFFER_PTS (frame) + offset;
  GST_BUFFER_PTS (frame) = (GstClockTime) MAX (pts, 0);
  if (GST_BUFFER_DTS_IS_VALID (frame))
    GST_BUFFER_DTS (frame) = (GstClockTime) MAX ((gint64) GST_BUFFER_DTS (frame) + offset, 0);
  if (stream->kind == SC_LIVE_VIDEO && self->scanner)
    mark (self, frame, pts);
  if (stream->kind == SC_LIVE_VIDEO && self->arrives) {
    self->arrives = FALSE;
    self->funcs.on_segment (self->arriving, pts, self->user_data);
  }
  self->funcs.on_frame (stream->kind, frame, self->user_data);
}

static GstFlowReturn
on_sample (GstAppSink *sink, gpointer user_data)
{
  Stream *stream = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *frame = sample ? gst_sample_get_buffer (sample) : NULL;
  if (frame)
    hand_on_frame (stream->demux, stream, gst_buffer_ref (frame));
  return GST_FLOW_OK;
}

/* A packet of H.264 in a segment is one access unit: saying so spares the parser behind us the wait
 * for the next one. */
static GstCaps *
describe (GstCaps *caps)
{
  GstCaps *described = gst_caps_copy (caps);
  GstStructure *structure = gst_caps_get_structure (described, 0);
  if (g_str_has_prefix (gst_structure_get_name (structure), "video/x-h26") &&
      !gst_structure_has_field (structure, "alignment"))
    gst_structure_set (structure, "alignment", G_TYPE_STRING, "au", NULL);
  return described;
}

static GstPadProbeReturn
on_sink_event (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Stream *stream = user_data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstCaps *caps = NULL;
  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  g_autoptr (GstCaps) described = describe (caps);
  stream->demux->funcs.on_caps (stream->kind, described, stream->demux->user_data);
  return GST_PAD_PROBE_OK;
}

static GstElement *
make_sink (Stream *stream)
{
  static GstAppSinkCallbacks callbacks = { .new_sample = on_sample };
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  g_object_set (sink, "sync", FALSE, "async", FALSE, "enable-last-sample", FALSE, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, stream, NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_sink_event, stream, NULL);
  return sink;
}

static ScLiveKind
kind_of (GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  if (!caps)
    caps = gst_pad_query_caps (pad, NULL);
  const char *name =
    gst_caps_get_size (caps) > 0 ? gst_structure_get_name (gst_caps_get_structure (caps, 0)) : "";
  if (g_str_has_prefix (name, "video/"))
    return SC_LIVE_VIDEO;
  return g_str_has_prefix (name, "audio/") ? SC_LIVE_AUDIO : SC_LIVE_N_KINDS;
}

/* The first stream of each kind is taken; the pads of others stay without a peer, which demuxers
 * allow as long as one has one. */
static void
on_pad_added (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  ScLiveDemux *self = user_data;
  guint kind = kind_of (pad);
  if (kind == SC_LIVE_N_KINDS || self->streams[kind].sink)
    return;
  GstElement *sink = make_sink (&self->streams[kind]);
  self->streams[kind].sink = sink;
  gst_bin_add (GST_BIN (self->pipeline), sink);
  g_autoptr (GstPad) peer = gst_element_get_static_pad (sink, "sink");
  gst_element_sync_state_with_parent (sink);
  gst_pad_link (pad, peer);
}

/* On the demuxer's thread: the end went all the way through. */
static GstPadProbeReturn
on_source_idle (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  ScLiveDemux *self = user_data;
  self->funcs.on_end (self->user_data);
  return GST_PAD_PROBE_REMOVE;
}

/* On the demuxer's thread, in front of the demuxer. */
static GstPadProbeReturn
on_input_event (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  ScLiveDemux *self = user_data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS) {
    g_autoptr (GstPad) source = gst_pad_get_peer (pad);
    gst_pad_add_probe (source, GST_PAD_PROBE_TYPE_IDLE, on_source_idle, self, NULL);
  } else if (gst_event_has_name (event, SEGMENT_EVENT)) {
    gst_structure_get_uint64 (gst_event_get_structure (event), "sequence", &self->arriving);
    self->arrives = TRUE;
    return GST_PAD_PROBE_DROP;
  }
  return GST_PAD_PROBE_OK;
}

static GstBusSyncReply
on_bus_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  ScLiveDemux *self = user_data;
  g_autoptr (GError) error = NULL;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &error, NULL);
    self->funcs.on_error (error, self->user_data);
  }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

static gboolean
build (ScLiveDemux *self, gboolean is_fmp4, GError **error)
{
  GstElement *demuxer = gst_element_factory_make (is_fmp4 ? "qtdemux" : "tsdemux", NULL);
  self->source = gst_element_factory_make ("appsrc", NULL);
  if (!demuxer || !self->source) {
    g_set_error (error,
                 GST_CORE_ERROR,
                 GST_CORE_ERROR_MISSING_PLUGIN,
                 "Missing: GStreamer element %s",
                 demuxer   ? "appsrc"
                 : is_fmp4 ? "qtdemux"
                           : "tsdemux");
    gst_clear_object (&demuxer);
    gst_clear_object (&self->source);
    return FALSE;
  }
  g_autoptr (GstCaps) caps = is_fmp4 ? gst_caps_new_empty_simple ("video/quicktime")
                                     : gst_caps_new_simple ("video/mpegts",
                                                            "systemstream",
                                                            G_TYPE_BOOLEAN,
                                                            TRUE,
                                                            "packetsize",
                                                            G_TYPE_INT,
                                                            188,
                                                            NULL);
  g_object_set (self->source,
                "caps",
                caps,
                "format",
                GST_FORMAT_TIME,
                "max-bytes",
                G_GUINT64_CONSTANT (0),
                NULL);
  if (!is_fmp4)
    g_object_set (demuxer, "latency", 0, "ignore-pcr", TRUE, NULL);
  gst_bin_add_many (GST_BIN (self->pipeline), self->source, demuxer, NULL);
  gst_element_link (self->source, demuxer);
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (on_pad_added), self);
  g_autoptr (GstPad) input = gst_element_get_static_pad (demuxer, "sink");
  gst_pad_add_probe (input, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_input_event, self, NULL);
  return TRUE;
}

/**
 * sc_live_demux_new:
 * @is_fmp4: whether the bytes are fragmented MP4, otherwise MPEG-TS
 * @near_pts: the last place of the stream that is known, nanoseconds, or -1: tells in which turn of
 *   the 33 bits of MPEG-TS the new ones are
 * @funcs: told what comes out
 * @user_data: for @funcs; all of it must outlive the demuxer
 * @error: %GST_CORE_ERROR_MISSING_PLUGIN
 *
 * Returns: (transfer full) (nullable): a demuxer for one unbroken run of segments
 */
ScLiveDemux *
sc_live_demux_new (gboolean is_fmp4,
                   gint64 near_pts,
                   const ScLiveDemuxFuncs *funcs,
                   gpointer user_data,
                   GError **error)
{
  g_autoptr (ScLiveDemux) self = g_new0 (ScLiveDemux, 1);
  self->funcs = *funcs;
  self->user_data = user_data;
  self->near_pts = near_pts < 0 ? UNKNOWN : near_pts;
  self->offset = UNKNOWN;
  self->starts = g_queue_new ();
  g_mutex_init (&self->lock);
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++)
    self->streams[kind] = (Stream) { .demux = self, .kind = kind, .first_raw = UNKNOWN };
  if (!is_fmp4) {
    const ScTsScannerFuncs scanner_funcs = {
      .on_pes = on_pes,
      .on_text = on_text,
      .user_data = self,
    };
    self->scanner = sc_ts_scanner_new (&scanner_funcs);
  }
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  if (!build (self, is_fmp4, error))
    return NULL;
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, on_bus_message, self, NULL);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return g_steal_pointer (&self);
}

/**
 * sc_live_demux_free:
 * @self: (nullable): a demuxer
 *
 * Drops what has not come out. No function is called any more when this returns. Not to be called
 * on a thread of the demuxer.
 */
void
sc_live_demux_free (ScLiveDemux *self)
{
  if (!self)
    return;
  if (self->pipeline) {
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
    g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
    gst_bus_set_sync_handler (bus, NULL, NULL, NULL);
  }
  gst_clear_object (&self->pipeline);
  g_clear_pointer (&self->scanner, sc_ts_scanner_free);
  g_queue_free_full (self->starts, g_free);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * sc_live_demux_begin_segment:
 * @self: a demuxer
 * @sequence: of the segment whose bytes come next
 *
 * On the pushing thread.
 */
void
sc_live_demux_begin_segment (ScLiveDemux *self, guint64 sequence)
{
  self->begins = TRUE;
  self->sequence = sequence;
  if (self->scanner)
    return;
  GstStructure *structure =
    gst_structure_new (SEGMENT_EVENT, "sequence", G_TYPE_UINT64, sequence, NULL);
  gst_element_send_event (self->source,
                          gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, structure));
}

/**
 * sc_live_demux_push:
 * @self: a demuxer
 * @data: the next bytes
 *
 * Returns at once. On one thread at a time.
 */
void
sc_live_demux_push (ScLiveDemux *self, GBytes *data)
{
  gsize length = 0;
  const guint8 *bytes = g_bytes_get_data (data, &length);
  if (self->scanner)
    sc_ts_scanner_feed (self->scanner, bytes, length);
  GstBuffer *buffer = gst_buffer_new_wrapped_bytes (data);
  if (!self->has_data)
    GST_BUFFER_PTS (buffer) = 0;
  self->has_data = TRUE;
  (void) gst_app_src_push_buffer (GST_APP_SRC (self->source), buffer);
}

/**
 * sc_live_demux_finish:
 * @self: a demuxer
 *
 * No more bytes come: what is inside comes out, then @on_end is called.
 */
void
sc_live_demux_finish (ScLiveDemux *self)
{
  (void) gst_app_src_end_of_stream (GST_APP_SRC (self->source));
}
