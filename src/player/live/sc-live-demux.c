/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From the bytes of one unbroken run of segments to frames: tsdemux or qtdemux in a pipeline of its
 * own, outside of the player's, between pads of ours. What goes in comes out before the push
 * returns, on the same thread, without a clock or a queue.
 *
 * tsdemux counts time from the first packet it sees. The places in the stream that renditions and
 * timed metadata share are those in the packets, so a scanner reads them beside it, and the first
 * frame says how far the two are apart.
 */

#include "config.h"

#include "sc-live-demux.h"

#include "sc-ts-scanner.h"

/* A PTS is 33 bits of a 90 kHz clock (ISO/IEC 13818-1, 2.4.3.7): it starts anew after 26.5 h. */
#define PTS_WRAP (G_GUINT64_CONSTANT (1) << 33)
#define PTS_RATE 90000

#define UNKNOWN G_MININT64

/* First pictures of segments that may be inside at once; more mean a stream without pictures. */
#define MAX_STARTS 64

typedef struct {
  ScLiveDemux *demux;
  ScLiveKind kind;
  GstPad *sink;     /* where its frames come out, or NULL */
  gint64 first_raw; /* ns, of the first packet of this kind, or UNKNOWN */
} Stream;

struct _ScLiveDemux {
  ScLiveDemuxFuncs funcs;
  gpointer user_data;
  GstElement *pipeline;
  GstPad *source;       /* where the bytes go in */
  ScTsScanner *scanner; /* NULL for fMP4 */
  gboolean has_data;    /* tsdemux wants to know when the first byte is */
  gboolean begins;      /* the next picture is the first of @sequence */
  guint64 sequence;
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

static void
on_pes (ScTsKind kind, guint64 pts, gpointer user_data)
{
  ScLiveDemux *self = user_data;
  if (kind == SC_TS_METADATA)
    return;
  gint64 place = unwrap (self, pts);
  self->near_pts = place;
  Stream *stream = &self->streams[kind == SC_TS_VIDEO ? SC_LIVE_VIDEO : SC_LIVE_AUDIO];
  if (stream->first_raw == UNKNOWN)
    stream->first_raw = place;
  gboolean begins = self->begins && kind == SC_TS_VIDEO;
  if (begins)
    add_start (self, place);
  if (begins) {
    self->begins = FALSE;
    self->funcs.on_segment (self->sequence, place, self->user_data);
  }
}

static void
on_text (const char *owner, const char *text, guint64 pts, gpointer user_data)
{
  ScLiveDemux *self = user_data;
  gint64 place = unwrap (self, pts);
  self->funcs.on_text (owner, text, place, self->user_data);
}

/* Returns how far the demuxer's time of @frame is from the stream's. */
static gint64
find_offset (ScLiveDemux *self, const Stream *stream, GstBuffer *frame)
{
  if (!self->scanner)
    return 0;
  if (self->offset == UNKNOWN && stream->first_raw != UNKNOWN && GST_BUFFER_PTS_IS_VALID (frame))
    self->offset = stream->first_raw - (gint64) GST_BUFFER_PTS (frame);
  return self->offset;
}

/* tsdemux does not look into the picture: of its frames we know the first of each segment. */
static void
mark (ScLiveDemux *self, GstBuffer *frame, gint64 pts)
{
  gboolean is_start = take_start (self, pts);
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
  if (stream->kind == SC_LIVE_VIDEO && !self->scanner && self->begins) {
    self->begins = FALSE;
    self->funcs.on_segment (self->sequence, pts, self->user_data);
  }
  self->funcs.on_frame (stream->kind, frame, self->user_data);
}

static GstFlowReturn
on_buffer (GstPad *pad, GstObject *parent, GstBuffer *frame)
{
  const Stream *stream = gst_pad_get_element_private (pad);
  hand_on_frame (stream->demux, stream, frame);
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

static gboolean
on_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  const Stream *stream = gst_pad_get_element_private (pad);
  GstCaps *caps = NULL;
  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
    gst_event_parse_caps (event, &caps);
    g_autoptr (GstCaps) described = describe (caps);
    stream->demux->funcs.on_caps (stream->kind, described, stream->demux->user_data);
  }
  gst_event_unref (event);
  return TRUE;
}

static GstPad *
make_sink (Stream *stream)
{
  GstPad *sink = gst_object_ref_sink (gst_pad_new (NULL, GST_PAD_SINK));
  gst_pad_set_element_private (sink, stream);
  gst_pad_set_chain_function (sink, on_buffer);
  gst_pad_set_event_function (sink, on_event);
  gst_pad_set_active (sink, TRUE);
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
  self->streams[kind].sink = make_sink (&self->streams[kind]);
  gst_pad_link (pad, self->streams[kind].sink);
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

static GstCaps *
describe_input (gboolean is_fmp4)
{
  return is_fmp4 ? gst_caps_new_empty_simple ("video/quicktime")
                 : gst_caps_new_simple ("video/mpegts",
                                        "systemstream",
                                        G_TYPE_BOOLEAN,
                                        TRUE,
                                        "packetsize",
                                        G_TYPE_INT,
                                        188,
                                        NULL);
}

/* Says what the bytes are, before the first. */
static void
begin_input (ScLiveDemux *self)
{
  g_autoptr (GstCaps) caps = describe_input (!self->scanner);
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_set_active (self->source, TRUE);
  gst_pad_push_event (self->source, gst_event_new_stream_start ("ivs"));
  gst_pad_push_event (self->source, gst_event_new_caps (caps));
  gst_pad_push_event (self->source, gst_event_new_segment (&segment));
}

static gboolean
build (ScLiveDemux *self, GError **error)
{
  const char *name = self->scanner ? "tsdemux" : "qtdemux";
  GstElement *demuxer = gst_element_factory_make (name, NULL);
  if (!demuxer) {
    g_set_error (error,
                 GST_CORE_ERROR,
                 GST_CORE_ERROR_MISSING_PLUGIN,
                 "Missing: GStreamer element %s",
                 name);
    return FALSE;
  }
  if (self->scanner)
    g_object_set (demuxer, "latency", 0, "ignore-pcr", TRUE, NULL);
  gst_bin_add (GST_BIN (self->pipeline), demuxer);
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (on_pad_added), self);
  g_autoptr (GstPad) input = gst_element_get_static_pad (demuxer, "sink");
  self->source = gst_object_ref_sink (gst_pad_new (NULL, GST_PAD_SRC));
  gst_pad_link (self->source, input);
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
  if (!build (self, error))
    return NULL;
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, on_bus_message, self, NULL);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  begin_input (self);
  return g_steal_pointer (&self);
}

/**
 * sc_live_demux_free:
 * @self: (nullable): a demuxer
 *
 * Drops what has not come out. Not to be called from inside one of its functions.
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
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++) {
    if (self->streams[kind].sink)
      gst_pad_set_active (self->streams[kind].sink, FALSE);
    gst_clear_object (&self->streams[kind].sink);
  }
  if (self->source)
    gst_pad_set_active (self->source, FALSE);
  gst_clear_object (&self->source);
  gst_clear_object (&self->pipeline);
  g_clear_pointer (&self->scanner, sc_ts_scanner_free);
  g_queue_free_full (self->starts, g_free);
  g_free (self);
}

/**
 * sc_live_demux_begin_segment:
 * @self: a demuxer
 * @sequence: of the segment whose bytes come next
 */
void
sc_live_demux_begin_segment (ScLiveDemux *self, guint64 sequence)
{
  self->begins = TRUE;
  self->sequence = sequence;
}

/**
 * sc_live_demux_push:
 * @self: a demuxer
 * @data: the next bytes
 *
 * Calls the functions with what comes out, then returns.
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
  (void) gst_pad_push (self->source, buffer); /* errors come as messages */
}

/**
 * sc_live_demux_finish:
 * @self: a demuxer
 *
 * No more bytes come. Calls the functions with what is inside, then returns.
 */
void
sc_live_demux_finish (ScLiveDemux *self)
{
  gst_pad_push_event (self->source, gst_event_new_eos ());
}
