/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The element `ivssrc`: a live stream of Amazon IVS, at its live edge.
 *
 * Bytes come on the client's thread, frames leave the demuxers on theirs, and each stream leaves by
 * a pad of its own with a queue and a task. When what is shown is the pacer's to say, in running
 * times of the pipeline; the pads' SEGMENT events carry it to the sinks. The pipeline's latency is
 * left to the sinks: how far behind the live edge the picture is must be able to change at any
 * time.
 */

#include "config.h"

#include "sc-live-src.h"

#include "sc-live-client.h"
#include "sc-live-debug.h"
#include "sc-live-monitor.h"
#include "sc-live-output.h"
#include "sc-live-trouble.h"
#include "sc-rendition-choice.h"

GST_DEBUG_CATEGORY (sc_live_debug);

#define NS_PER_US 1000

/* Latencies that can be chosen, milliseconds. */
#define MAX_TARGET_MS 30000
/* A stream without sound, or without a picture, is taken for one after this long. */
#define SECOND_STREAM_US (500 * G_TIME_SPAN_MILLISECOND)
/* Ticks from one message about how it goes to the next: five a second. */
#define TICKS_PER_REPORT (200 / SC_LIVE_TICK_MS)
/* Timed metadata that may wait for its picture; Amazon IVS takes five pieces a second. */
#define MAX_TEXTS 256

typedef struct {
  char *owner;
  char *text;
  guint epoch;
  gint64 pts;
} Text;

struct _ScLiveSrc {
  GstElement parent_instance;
  char *uri;

  ScLivePacer *pacer;

  /* The client's thread's. */
  ScRenditionChoice *choice;
  ScLiveMonitor monitor;
  guint ticks;
  gint64 first_pad_at;
  gboolean has_all_pads;

  GMutex lock; /* guards what follows, and the monitor's dates */
  ScLiveClient *client;
  ScLiveOutput *outputs[SC_LIVE_N_KINDS];
  GstCaps *caps[SC_LIVE_N_KINDS];
  gboolean is_shown[SC_LIVE_N_KINDS];
  guint group_id;
  gboolean is_playing;
  guint target_ms;
  gboolean held;
  char *quality;  /* that was chosen, NULL for automatic */
  GPtrArray *ids; /* of the renditions, in the master's order */
  guint *bandwidths;
  guint rendition;
  GstStructure *stats;
  GQueue texts; /* of Text * */
};

enum {
  PROP_URI = 1,
  PROP_TARGET_LATENCY,
  PROP_QUALITY,
  PROP_HELD,
  PROP_STATS,
};

enum {
  SIGNAL_RETURN_TO_LIVE,
  SIGNAL_REFRESH,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

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

static void sc_live_src_uri_handler_init (gpointer interface, gpointer data);

G_DEFINE_FINAL_TYPE_WITH_CODE (ScLiveSrc,
                               sc_live_src,
                               GST_TYPE_ELEMENT,
                               G_IMPLEMENT_INTERFACE (GST_TYPE_URI_HANDLER,
                                                      sc_live_src_uri_handler_init))

static void
free_text (gpointer data)
{
  Text *text = data;
  g_free (text->owner);
  g_free (text->text);
  g_free (text);
}

/* --- the clock --- */

/* Returns the running time, or GST_CLOCK_TIME_NONE while the pipeline's clock does not run. */
static GstClockTime
get_now (gpointer user_data)
{
  ScLiveSrc *self = user_data;
  return g_atomic_int_get (&self->is_playing)
           ? gst_element_get_current_running_time (GST_ELEMENT (self))
           : GST_CLOCK_TIME_NONE;
}

static void
wake_outputs (ScLiveSrc *self)
{
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++)
    if (self->outputs[kind])
      sc_live_output_wake (self->outputs[kind]);
}

static void
set_playing (ScLiveSrc *self, gboolean playing)
{
  g_atomic_int_set (&self->is_playing, playing);
  GstClockTime now = get_now (self);
  if (GST_CLOCK_TIME_IS_VALID (now))
    sc_live_pacer_start (self->pacer, (gint64) now, g_get_monotonic_time () * NS_PER_US);
  else
    sc_live_pacer_pause (self->pacer);
  g_mutex_lock (&self->lock);
  wake_outputs (self);
  g_mutex_unlock (&self->lock);
}

/* --- pads --- */

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
  ScLiveSrc *self = SC_LIVE_SRC (parent);
  GstClockTime latency = 0;
  if (GST_EVENT_TYPE (event) == GST_EVENT_LATENCY) {
    gst_event_parse_latency (event, &latency);
    sc_live_pacer_set_sink_latency (self->pacer, (gint64) latency);
  }
  gboolean handled =
    GST_EVENT_TYPE (event) == GST_EVENT_LATENCY || GST_EVENT_TYPE (event) == GST_EVENT_QOS;
  gst_event_unref (event);
  return handled;
}

/* Makes the pad of @kind; what it sends waits until it is shown. */
static ScLiveOutput *
make_output (ScLiveSrc *self, ScLiveKind kind)
{
  g_autoptr (GstPadTemplate) template = gst_static_pad_template_get (&templates[kind]);
  GstPad *pad = gst_pad_new_from_template (template, kind == SC_LIVE_VIDEO ? "video_0" : "audio_0");
  gst_pad_set_query_function (pad, on_pad_query);
  gst_pad_set_event_function (pad, on_pad_event);
  return sc_live_output_new (pad, kind, self->pacer, get_now, self);
}

static ScLiveOutput *
get_output (ScLiveSrc *self, ScLiveKind kind)
{
  g_mutex_lock (&self->lock);
  ScLiveOutput *output = self->outputs[kind];
  g_mutex_unlock (&self->lock);
  return output;
}

/* Returns what the stream is made of. With the lock held. */
static GstStreamCollection *
describe_streams (ScLiveSrc *self, GstStream *streams[SC_LIVE_N_KINDS])
{
  static const GstStreamType types[] = { GST_STREAM_TYPE_VIDEO, GST_STREAM_TYPE_AUDIO };
  GstStreamCollection *collection = gst_stream_collection_new (NULL);
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++) {
    if (!self->caps[kind])
      continue;
    GstPad *pad = sc_live_output_get_pad (self->outputs[kind]);
    g_autofree char *id = gst_pad_create_stream_id (pad, GST_ELEMENT (self), GST_PAD_NAME (pad));
    streams[kind] = gst_stream_new (id, self->caps[kind], types[kind], GST_STREAM_FLAG_NONE);
    gst_stream_collection_add_stream (collection, gst_object_ref (streams[kind]));
  }
  return collection;
}

static void
show_output (ScLiveSrc *self, ScLiveKind kind, GstStream *stream, GstStreamCollection *collection)
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
  gst_element_add_pad (GST_ELEMENT (self), pad);
  sc_live_output_start (output);
}

/* Shows the pads that are not shown yet, all with what the whole stream is made of: playbin3
 * chooses streams anew whenever that changes, and may lose one when it does so twice at once. */
static void
show_outputs (ScLiveSrc *self)
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

/* On a demuxer's thread. */
static void
on_caps (ScLiveKind kind, GstCaps *caps, gpointer user_data)
{
  ScLiveSrc *self = user_data;
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

static void
on_frame (ScLiveKind kind, guint epoch, GstBuffer *frame, gpointer user_data)
{
  ScLiveSrc *self = user_data;
  ScLiveOutput *output = get_output (self, kind);
  gint64 pts = (gint64) GST_BUFFER_PTS (frame);
  sc_live_pacer_arrive (self->pacer, epoch, pts, g_get_monotonic_time () * NS_PER_US);
  if (output)
    sc_live_output_push_frame (output, epoch, frame);
  else
    gst_buffer_unref (frame);
}

static void
on_segment (guint64 sequence, guint epoch, gint64 pts, gpointer user_data)
{
  ScLiveSrc *self = user_data;
  g_mutex_lock (&self->lock);
  sc_live_dates_see_start (&self->monitor.dates, sequence, epoch, pts);
  g_mutex_unlock (&self->lock);
}

static void
on_text (const char *owner, const char *text, guint epoch, gint64 pts, gpointer user_data)
{
  ScLiveSrc *self = user_data;
  Text *item = g_new (Text, 1);
  *item = (Text) { g_strdup (owner), g_strdup (text), epoch, pts };
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->texts, item);
  if (g_queue_get_length (&self->texts) > MAX_TEXTS)
    free_text (g_queue_pop_head (&self->texts));
  g_mutex_unlock (&self->lock);
}

/* --- on the client's thread --- */

static void
on_end (gpointer user_data)
{
  ScLiveSrc *self = user_data;
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++) {
    ScLiveOutput *output = get_output (self, kind);
    if (output)
      sc_live_output_push_event (output, gst_event_new_eos ());
  }
}

static void
on_bad_bytes (const GError *error, gpointer user_data)
{
  GST_WARNING_OBJECT (user_data, "bytes that cannot be read: %s", error->message);
}

static void
on_failure (const GError *error, guint status, gpointer user_data)
{
  ScLiveSrc *self = user_data;
  GstStructure *details =
    status > 0 ? gst_structure_new ("details", "http-status-code", G_TYPE_UINT, status, NULL)
               : NULL;
  int code =
    status == SOUP_STATUS_NOT_FOUND ? GST_RESOURCE_ERROR_NOT_FOUND : GST_RESOURCE_ERROR_READ;
  gst_element_message_full_with_details (GST_ELEMENT (self),
                                         GST_MESSAGE_ERROR,
                                         GST_RESOURCE_ERROR,
                                         code,
                                         g_strdup (error->message),
                                         NULL,
                                         __FILE__,
                                         G_STRFUNC,
                                         __LINE__,
                                         details);
}

static void
post (ScLiveSrc *self, GstStructure *structure)
{
  gst_element_post_message (GST_ELEMENT (self),
                            gst_message_new_element (GST_OBJECT (self), structure));
}

static void
post_qualities (ScLiveSrc *self, const ScHlsPlaylist *master)
{
  GValue list = G_VALUE_INIT;
  g_value_init (&list, GST_TYPE_LIST);
  for (guint i = 0; i < master->variants->len; i++) {
    const ScHlsVariant *variant = sc_hls_playlist_get_variant (master, i);
    GValue value = G_VALUE_INIT;
    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&value,
                        gst_structure_new ("quality",
                                           "id",
                                           G_TYPE_STRING,
                                           variant->name,
                                           "height",
                                           G_TYPE_INT,
                                           variant->height,
                                           "frame-rate",
                                           G_TYPE_DOUBLE,
                                           variant->frame_rate,
                                           "bandwidth",
                                           G_TYPE_UINT,
                                           variant->bandwidth,
                                           "is-source",
                                           G_TYPE_BOOLEAN,
                                           variant->is_source,
                                           NULL));
    gst_value_list_append_and_take_value (&list, &value);
  }
  GstStructure *structure = gst_structure_new_empty ("sc-live-qualities");
  gst_structure_take_value (structure, "list", &list);
  post (self, structure);
}

static void
on_master (const ScHlsPlaylist *master, gpointer user_data)
{
  ScLiveSrc *self = user_data;
  guint n = master->variants->len;
  g_autofree guint *bandwidths = g_new (guint, n);
  g_autofree int *heights = g_new (int, n);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++) {
    const ScHlsVariant *variant = sc_hls_playlist_get_variant (master, i);
    bandwidths[i] = variant->bandwidth;
    heights[i] = variant->height;
    g_ptr_array_add (ids, g_strdup (variant->name));
  }
  sc_rendition_choice_set_ladder (self->choice, bandwidths, heights, n);
  sc_live_monitor_see_playlist (&self->monitor, master, g_get_real_time ());
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  self->ids = ids;
  g_free (self->bandwidths);
  self->bandwidths = g_steal_pointer (&bandwidths);
  g_mutex_unlock (&self->lock);
  post_qualities (self, master);
}

static void
on_playlist (const ScHlsPlaylist *playlist, guint index, gpointer user_data)
{
  ScLiveSrc *self = user_data;
  g_mutex_lock (&self->lock);
  sc_live_monitor_see_playlist (&self->monitor, playlist, g_get_real_time ());
  g_mutex_unlock (&self->lock);
}

static void
on_rendition (guint index, gpointer user_data)
{
  ScLiveSrc *self = user_data;
  g_mutex_lock (&self->lock);
  self->rendition = index;
  g_mutex_unlock (&self->lock);
}

static void
on_news (ScLiveNews news, gpointer user_data)
{
  SC_LIVE_SRC (user_data)->monitor.news = news;
}

static void
on_answer (const ScLiveAnswer *answer, gpointer user_data)
{
  ScLiveSrc *self = user_data;
  sc_live_monitor_see_answer (&self->monitor, answer, g_get_real_time ());
}

static void
on_burst (gsize bytes, gint64 duration, gpointer user_data)
{
  sc_rendition_choice_see_burst (SC_LIVE_SRC (user_data)->choice, bytes, duration);
}

static void
on_probe (const ScLiveAnswer *answer, gpointer user_data)
{
  sc_rendition_choice_see_probe (SC_LIVE_SRC (user_data)->choice,
                                 answer->bytes,
                                 answer->first_byte - answer->sent,
                                 answer->last_byte - answer->sent,
                                 g_get_monotonic_time ());
}

/* Returns the index of the rendition that the viewer chose, or -1. */
static int
find_chosen (ScLiveSrc *self)
{
  int found = -1;
  g_mutex_lock (&self->lock);
  for (guint i = 0; self->quality && self->ids && i < self->ids->len; i++)
    if (g_str_equal (g_ptr_array_index (self->ids, i), self->quality))
      found = (int) i;
  g_mutex_unlock (&self->lock);
  return found;
}

static guint
choose (gint current, gpointer user_data)
{
  ScLiveSrc *self = user_data;
  ScLiveTimingView view;
  GstClockTime now = get_now (self);
  sc_rendition_choice_set_fixed (self->choice, find_chosen (self));
  if (current < 0)
    return sc_rendition_choice_get_first (self->choice);
  sc_live_pacer_view (self->pacer, &view);
  gint64 buffer = GST_CLOCK_TIME_IS_VALID (now)
                    ? sc_live_pacer_get_buffer (self->pacer, (gint64) now)
                    : view.target;
  const ScRenditionFacts facts = {
    .now = g_get_monotonic_time (),
    .cushion = buffer / NS_PER_US,
    .target = view.target / NS_PER_US,
    .at_boundary = TRUE,
  };
  return sc_rendition_choice_next (self->choice, (guint) current, &facts);
}

static gboolean
is_full (gpointer user_data)
{
  ScLiveSrc *self = user_data;
  gboolean full = FALSE;
  for (guint kind = 0; kind < SC_LIVE_N_KINDS && !full; kind++) {
    ScLiveOutput *output = get_output (self, kind);
    full = output && sc_live_output_is_full (output);
  }
  return full;
}

static char *
refresh (gpointer user_data)
{
  char *uri = NULL;
  g_signal_emit (user_data, signals[SIGNAL_REFRESH], 0, &uri);
  return uri;
}

/* --- what it tells --- */

static void
post_text (ScLiveSrc *self, Text *text)
{
  post (self,
        gst_structure_new ("sc-live-metadata",
                           "owner",
                           G_TYPE_STRING,
                           text->owner,
                           "text",
                           G_TYPE_STRING,
                           text->text,
                           NULL));
  free_text (text);
}

/* Posts the metadata whose picture is shown. */
static void
post_texts (ScLiveSrc *self, const ScLiveLook *look)
{
  gboolean goes_on = look->shows;
  while (goes_on) {
    g_mutex_lock (&self->lock);
    const Text *head = g_queue_peek_head (&self->texts);
    gboolean is_due =
      head && (head->epoch < look->epoch || (head->epoch == look->epoch && head->pts <= look->pts));
    Text *text = is_due ? g_queue_pop_head (&self->texts) : NULL;
    g_mutex_unlock (&self->lock);
    goes_on = text != NULL;
    if (text)
      post_text (self, text);
  }
}

static void
report (ScLiveSrc *self, const ScLiveLook *look, gint64 latency)
{
  ScLiveTimingView view;
  sc_live_pacer_view (self->pacer, &view);
  gint64 buffer = MAX (look->buffer, 0) / NS_PER_US;
  gint64 surplus = (view.cushion - view.target) / NS_PER_US;
  guint trouble = sc_live_monitor_get_trouble (&self->monitor, look);
  g_mutex_lock (&self->lock);
  gint64 wanted =
    sc_live_monitor_get_wanted (&self->monitor, self->target_ms * 1000, latency, &view);
  const char *id = self->ids && self->rendition < self->ids->len
                     ? g_ptr_array_index (self->ids, self->rendition)
                     : NULL;
  gint64 base = MAX (self->monitor.base, 0);
  GstStructure *stats =
    gst_structure_new ("sc-live-stats",
                       "latency",
                       G_TYPE_INT64,
                       latency,
                       "target",
                       G_TYPE_INT64,
                       base + view.target / NS_PER_US,
                       "buffer",
                       G_TYPE_INT64,
                       buffer,
                       "behind",
                       G_TYPE_INT64,
                       self->held ? MAX (surplus, 0) : 0,
                       "bitrate",
                       G_TYPE_UINT,
                       self->bandwidths && id ? self->bandwidths[self->rendition] : 0,
                       "bandwidth",
                       G_TYPE_UINT,
                       sc_rendition_choice_get_bandwidth (self->choice),
                       "rate",
                       G_TYPE_DOUBLE,
                       view.rate,
                       "stalls",
                       G_TYPE_UINT,
                       view.n_stalls,
                       "quality",
                       G_TYPE_STRING,
                       id,
                       "trouble",
                       G_TYPE_UINT,
                       trouble,
                       NULL);
  g_clear_pointer (&self->stats, gst_structure_free);
  self->stats = gst_structure_copy (stats);
  g_mutex_unlock (&self->lock);
  sc_live_pacer_set_wanted (self->pacer, wanted);
  post (self, stats);
}

/* A stream may have no sound, or no picture: that is known when the other does not come. */
static void
look_for_pads (ScLiveSrc *self, gint64 now)
{
  gboolean video = get_output (self, SC_LIVE_VIDEO) != NULL;
  gboolean audio = get_output (self, SC_LIVE_AUDIO) != NULL;
  if (self->has_all_pads || (!video && !audio))
    return;
  if (self->first_pad_at == 0)
    self->first_pad_at = now;
  self->has_all_pads = (video && audio) || now - self->first_pad_at > SECOND_STREAM_US;
  if (!self->has_all_pads)
    return;
  show_outputs (self);
  gst_element_no_more_pads (GST_ELEMENT (self));
}

static void
on_tick (gint64 last_byte, gpointer user_data)
{
  ScLiveSrc *self = user_data;
  GstClockTime running = get_now (self);
  ScLiveLook look = {
    .now = g_get_monotonic_time (),
    .real = g_get_real_time (),
    .is_playing = GST_CLOCK_TIME_IS_VALID (running),
    .last_byte = last_byte,
  };
  look_for_pads (self, look.now);
  if (!look.is_playing)
    return;
  look.shows = sc_live_pacer_get_shown (self->pacer, (gint64) running, &look.epoch, &look.pts);
  look.buffer = sc_live_pacer_get_buffer (self->pacer, (gint64) running);
  post_texts (self, &look);
  if (++self->ticks % TICKS_PER_REPORT == 0 && look.shows) {
    g_mutex_lock (&self->lock);
    gint64 latency = sc_live_monitor_get_latency (&self->monitor, &look);
    g_mutex_unlock (&self->lock);
    report (self, &look, latency);
  }
}

/* --- states --- */

static void
open_up (ScLiveSrc *self)
{
  static const ScLiveClientFuncs funcs = {
    .feed = {
      .on_caps = on_caps,
      .on_frame = on_frame,
      .on_segment = on_segment,
      .on_text = on_text,
      .on_end = on_end,
      .on_error = on_bad_bytes,
    },
    .on_master = on_master,
    .on_playlist = on_playlist,
    .on_rendition = on_rendition,
    .on_news = on_news,
    .on_answer = on_answer,
    .on_burst = on_burst,
    .on_probe = on_probe,
    .choose = choose,
    .is_full = is_full,
    .refresh = refresh,
    .on_tick = on_tick,
    .on_failure = on_failure,
  };
  sc_live_pacer_reset (self->pacer);
  self->choice = sc_rendition_choice_new ();
  self->group_id = gst_util_group_id_next ();
  self->ticks = 0;
  self->first_pad_at = 0;
  self->has_all_pads = FALSE;
  self->rendition = 0;
  sc_live_monitor_init (&self->monitor);
  sc_live_pacer_set_held (self->pacer, self->held);
  g_autofree char *address = g_strdup (self->uri + strlen ("ivs+"));
  ScLiveClient *client = sc_live_client_new (address, &funcs, self);
  g_mutex_lock (&self->lock);
  self->client = client;
  g_mutex_unlock (&self->lock);
}

static void
remove_output (ScLiveSrc *self, ScLiveKind kind)
{
  g_mutex_lock (&self->lock);
  ScLiveOutput *output = g_steal_pointer (&self->outputs[kind]);
  g_mutex_unlock (&self->lock);
  if (!output)
    return;
  sc_live_output_stop (output);
  if (self->is_shown[kind])
    gst_element_remove_pad (GST_ELEMENT (self), sc_live_output_get_pad (output));
  self->is_shown[kind] = FALSE;
  gst_clear_caps (&self->caps[kind]);
  sc_live_output_free (output);
}

static void
close_down (ScLiveSrc *self)
{
  g_mutex_lock (&self->lock);
  ScLiveClient *client = g_steal_pointer (&self->client);
  g_mutex_unlock (&self->lock);
  sc_live_client_free (client);
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++)
    remove_output (self, kind);
  g_clear_pointer (&self->choice, sc_rendition_choice_free);
  g_mutex_lock (&self->lock); /* somebody may ask for the statistics */
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->bandwidths, g_free);
  g_clear_pointer (&self->stats, gst_structure_free);
  g_queue_clear_full (&self->texts, free_text);
  g_mutex_unlock (&self->lock);
}

static GstStateChangeReturn
sc_live_src_change_state (GstElement *element, GstStateChange change)
{
  ScLiveSrc *self = SC_LIVE_SRC (element);
  if (change == GST_STATE_CHANGE_READY_TO_PAUSED) {
    if (!self->uri) {
      GST_ELEMENT_ERROR (self, RESOURCE, NOT_FOUND, (NULL), ("no address"));
      return GST_STATE_CHANGE_FAILURE;
    }
    open_up (self);
  }
  if (change == GST_STATE_CHANGE_PLAYING_TO_PAUSED)
    set_playing (self, FALSE);
  if (change == GST_STATE_CHANGE_PAUSED_TO_READY)
    close_down (self);
  GstStateChangeReturn result =
    GST_ELEMENT_CLASS (sc_live_src_parent_class)->change_state (element, change);
  if (change == GST_STATE_CHANGE_PAUSED_TO_PLAYING)
    set_playing (self, TRUE);
  gboolean is_paused =
    change == GST_STATE_CHANGE_READY_TO_PAUSED || change == GST_STATE_CHANGE_PLAYING_TO_PAUSED;
  return result == GST_STATE_CHANGE_SUCCESS && is_paused ? GST_STATE_CHANGE_NO_PREROLL : result;
}

/* --- the object --- */

static void
set_held (ScLiveSrc *self, gboolean held)
{
  g_mutex_lock (&self->lock);
  self->held = held;
  sc_live_pacer_set_held (self->pacer, held);
  if (self->client)
    sc_live_client_set_held (self->client, held);
  g_mutex_unlock (&self->lock);
}

static void
sc_live_src_return_to_live (ScLiveSrc *self)
{
  set_held (self, FALSE);
  g_mutex_lock (&self->lock);
  wake_outputs (self);
  g_mutex_unlock (&self->lock);
}

static void
sc_live_src_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScLiveSrc *self = SC_LIVE_SRC (object);
  g_mutex_lock (&self->lock);
  switch (id) {
  case PROP_URI:
    g_value_set_string (value, self->uri);
    break;
  case PROP_TARGET_LATENCY:
    g_value_set_uint (value, self->target_ms);
    break;
  case PROP_QUALITY:
    g_value_set_string (value, self->quality);
    break;
  case PROP_HELD:
    g_value_set_boolean (value, self->held);
    break;
  case PROP_STATS:
    g_value_set_boxed (value, self->stats);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
  g_mutex_unlock (&self->lock);
}

static void
set_quality (ScLiveSrc *self, const char *quality)
{
  g_mutex_lock (&self->lock);
  g_set_str (&self->quality, quality);
  if (self->client)
    sc_live_client_look_again (self->client);
  g_mutex_unlock (&self->lock);
}

static void
sc_live_src_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScLiveSrc *self = SC_LIVE_SRC (object);
  switch (id) {
  case PROP_URI:
    gst_uri_handler_set_uri (GST_URI_HANDLER (self), g_value_get_string (value), NULL);
    break;
  case PROP_TARGET_LATENCY:
    g_mutex_lock (&self->lock);
    self->target_ms = g_value_get_uint (value);
    g_mutex_unlock (&self->lock);
    break;
  case PROP_QUALITY:
    set_quality (self, g_value_get_string (value));
    break;
  case PROP_HELD:
    set_held (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_live_src_finalize (GObject *object)
{
  ScLiveSrc *self = SC_LIVE_SRC (object);
  g_free (self->uri);
  g_free (self->quality);
  sc_live_pacer_free (self->pacer);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (sc_live_src_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags seen = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags set = seen | G_PARAM_WRITABLE;
  g_object_class_install_property (
    object_class,
    PROP_URI,
    g_param_spec_string ("uri",
                         "URI",
                         "ivs+https://… with a playback URL behind the plus",
                         NULL,
                         set));
  g_object_class_install_property (
    object_class,
    PROP_TARGET_LATENCY,
    g_param_spec_uint (
      "target-latency",
      "Target latency",
      "From the origin to the picture, milliseconds; 0 for as little as the network allows",
      0,
      MAX_TARGET_MS,
      0,
      set));
  g_object_class_install_property (object_class,
                                   PROP_QUALITY,
                                   g_param_spec_string ("quality",
                                                        "Quality",
                                                        "Name of a rendition; none for automatic",
                                                        NULL,
                                                        set));
  g_object_class_install_property (
    object_class,
    PROP_HELD,
    g_param_spec_boolean ("held",
                          "Held",
                          "Whether to stay as far behind the live edge as it is",
                          FALSE,
                          set));
  g_object_class_install_property (
    object_class,
    PROP_STATS,
    g_param_spec_boxed ("stats", "Statistics", "How it goes", GST_TYPE_STRUCTURE, seen));
}

static void
install_signals (GObjectClass *object_class)
{
  signals[SIGNAL_RETURN_TO_LIVE] =
    g_signal_new_class_handler ("return-to-live",
                                G_TYPE_FROM_CLASS (object_class),
                                G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                G_CALLBACK (sc_live_src_return_to_live),
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);
  /* The server refused the address: a handler returns another. On the client's thread. */
  signals[SIGNAL_REFRESH] = g_signal_new ("refresh-uri",
                                          G_TYPE_FROM_CLASS (object_class),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          g_signal_accumulator_first_wins,
                                          NULL,
                                          NULL,
                                          G_TYPE_STRING,
                                          0);
}

static void
sc_live_src_class_init (ScLiveSrcClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (sc_live_debug, "ivssrc", 0, "Amazon IVS live source");
  object_class->finalize = sc_live_src_finalize;
  object_class->get_property = sc_live_src_get_property;
  object_class->set_property = sc_live_src_set_property;
  element_class->change_state = sc_live_src_change_state;
  install_properties (object_class);
  install_signals (object_class);
  for (guint kind = 0; kind < SC_LIVE_N_KINDS; kind++)
    gst_element_class_add_static_pad_template (element_class, &templates[kind]);
  gst_element_class_set_static_metadata (element_class,
                                         "Amazon IVS live source",
                                         "Source/Network",
                                         "Plays a live stream of Amazon IVS at its live edge",
                                         "The StreamCat contributors");
}

static void
sc_live_src_init (ScLiveSrc *self)
{
  g_mutex_init (&self->lock);
  g_queue_init (&self->texts);
  self->pacer = sc_live_pacer_new ();
  GST_OBJECT_FLAG_SET (self, GST_ELEMENT_FLAG_SOURCE);
}

/* --- GstURIHandler --- */

static GstURIType
get_uri_type (GType type)
{
  return GST_URI_SRC;
}

static const char *const *
get_protocols (GType type)
{
  static const char *const protocols[] = { "ivs+http", "ivs+https", NULL };
  return protocols;
}

static char *
get_uri (GstURIHandler *handler)
{
  return g_strdup (SC_LIVE_SRC (handler)->uri);
}

static gboolean
set_uri (GstURIHandler *handler, const char *uri, GError **error)
{
  ScLiveSrc *self = SC_LIVE_SRC (handler);
  if (GST_STATE (self) >= GST_STATE_PAUSED) {
    g_set_error_literal (error,
                         GST_URI_ERROR,
                         GST_URI_ERROR_BAD_STATE,
                         "The address cannot change while it plays");
    return FALSE;
  }
  if (!g_str_has_prefix (uri, "ivs+http://") && !g_str_has_prefix (uri, "ivs+https://")) {
    g_set_error_literal (error, GST_URI_ERROR, GST_URI_ERROR_BAD_URI, "It is no ivs+https address");
    return FALSE;
  }
  g_set_str (&self->uri, uri);
  return TRUE;
}

static void
sc_live_src_uri_handler_init (gpointer interface, gpointer data)
{
  GstURIHandlerInterface *handler = interface;
  handler->get_type = get_uri_type;
  handler->get_protocols = get_protocols;
  handler->get_uri = get_uri;
  handler->set_uri = set_uri;
}

/**
 * sc_live_src_register:
 * @plugin: (nullable): the plugin that holds it, or %NULL in a program of its own
 *
 * Makes the element `ivssrc` known to GStreamer.
 *
 * Returns: whether it is
 */
gboolean
sc_live_src_register (GstPlugin *plugin)
{
  return gst_element_register (plugin, "ivssrc", GST_RANK_PRIMARY, SC_TYPE_LIVE_SRC);
}
