/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The element `ivssrc`: a live stream of Amazon IVS, at its live edge.
 *
 * Bytes come and become frames on the client's thread, and each stream leaves by a
 * pad of its own with a queue and a task. When what is shown is the pacer's to say, in running
 * times of the pipeline; the pads' SEGMENT events carry it to the sinks. The pipeline's latency is
 * left to the sinks: how far behind the live edge the picture is must be able to change at any
 * time.
 */

#include "config.h"

#include "sc-live-src.h"

#include "sc-live-client.h"
#include "sc-live-debug.h"
#include "sc-live-messages.h"
#include "sc-live-monitor.h"
#include "sc-live-pads.h"
#include "sc-live-trouble.h"
#include "sc-rendition-choice.h"

GST_DEBUG_CATEGORY (sc_live_debug);

#define NS_PER_US 1000

/* Latencies that can be chosen, milliseconds. */
#define MAX_TARGET_MS 30000
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
  ScLivePads *pads;

  /* The client's thread's. */
  ScRenditionChoice *choice;
  ScLiveMonitor monitor;
  guint ticks;
  guint n_stalls;

  GMutex lock; /* guards what follows, and the monitor's dates */
  ScLiveClient *client;
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
set_playing (ScLiveSrc *self, gboolean playing)
{
  g_atomic_int_set (&self->is_playing, playing);
  GstClockTime now = get_now (self);
  if (GST_CLOCK_TIME_IS_VALID (now))
    sc_live_pacer_start (self->pacer, (gint64) now, g_get_monotonic_time () * NS_PER_US);
  else
    sc_live_pacer_pause (self->pacer);
  sc_live_pads_wake (self->pads);
}

/* --- what comes out of segments --- */

static void
on_caps (ScLiveKind kind, GstCaps *caps, gpointer user_data)
{
  sc_live_pads_take_caps (SC_LIVE_SRC (user_data)->pads, kind, caps);
}

static void
on_frame (ScLiveKind kind, guint epoch, GstBuffer *frame, gpointer user_data)
{
  ScLiveSrc *self = user_data;
  gint64 pts = (gint64) GST_BUFFER_PTS (frame);
  sc_live_pacer_arrive (self->pacer, epoch, pts, g_get_monotonic_time () * NS_PER_US);
  sc_live_pads_take_frame (self->pads, kind, epoch, frame);
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
  sc_live_pads_end (SC_LIVE_SRC (user_data)->pads);
}

static void
on_bad_bytes (const GError *error, gpointer user_data)
{
  GST_WARNING_OBJECT (user_data, "bytes that cannot be read: %s", error->message);
}

/* Says what it is to the pipeline: what came and cannot be read is no trouble of the network. */
static GQuark
classify (const GError *error, guint status, int *ret_code)
{
  if (error->domain == GST_STREAM_ERROR || error->domain == GST_CORE_ERROR) {
    *ret_code = error->code;
    return error->domain;
  }
  if (error->domain == SC_HLS_ERROR) {
    *ret_code = GST_STREAM_ERROR_DEMUX;
    return GST_STREAM_ERROR;
  }
  *ret_code =
    status == SOUP_STATUS_NOT_FOUND ? GST_RESOURCE_ERROR_NOT_FOUND : GST_RESOURCE_ERROR_READ;
  return GST_RESOURCE_ERROR;
}

static void
on_failure (const GError *error, guint status, gpointer user_data)
{
  ScLiveSrc *self = user_data;
  int code = 0;
  GQuark domain = classify (error, status, &code);
  GstStructure *details =
    status > 0 ? gst_structure_new ("details", "http-status-code", G_TYPE_UINT, status, NULL)
               : NULL;
  gst_element_message_full_with_details (GST_ELEMENT (self),
                                         GST_MESSAGE_ERROR,
                                         domain,
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
  post (self, sc_live_message_of_qualities (master));
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
  gboolean is_theirs =
    self->monitor.news == SC_LIVE_NEWS_NOTHING_NEW || self->monitor.news == SC_LIVE_NEWS_ENDED;
  if (is_theirs && find_chosen (self) < 0)
    return (guint) current; /* a smaller one would have nothing new either */
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
  return sc_live_pads_are_full (SC_LIVE_SRC (user_data)->pads);
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
  post (self, sc_live_message_of_text (text->owner, text->text));
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
  if (view.n_stalls > self->n_stalls)
    sc_rendition_choice_see_stall (self->choice, look->now);
  self->n_stalls = view.n_stalls;
  g_mutex_lock (&self->lock);
  gint64 wanted =
    sc_live_monitor_get_wanted (&self->monitor, self->target_ms * 1000, latency, &view);
  gboolean is_known = self->ids && self->rendition < self->ids->len;
  const ScLiveReport report = {
    .latency = latency,
    .target = MAX (self->monitor.base, 0) + view.target / NS_PER_US,
    .buffer = MAX (look->buffer, 0) / NS_PER_US,
    .behind = self->held ? MAX (view.cushion - view.target, 0) / NS_PER_US : 0,
    .bitrate = is_known ? self->bandwidths[self->rendition] : 0,
    .bandwidth = sc_rendition_choice_get_bandwidth (self->choice),
    .rate = view.rate,
    .n_stalls = view.n_stalls,
    .quality = is_known ? g_ptr_array_index (self->ids, self->rendition) : NULL,
    .trouble = sc_live_monitor_get_trouble (&self->monitor, look),
  };
  g_clear_pointer (&self->stats, gst_structure_free);
  self->stats = sc_live_message_of_report (&report);
  GstStructure *message = gst_structure_copy (self->stats);
  g_mutex_unlock (&self->lock);
  sc_live_pacer_set_wanted (self->pacer, wanted);
  post (self, message);
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
  sc_live_pads_look (self->pads, look.now);
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
  self->ticks = 0;
  self->n_stalls = 0;
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
close_down (ScLiveSrc *self)
{
  g_mutex_lock (&self->lock);
  ScLiveClient *client = g_steal_pointer (&self->client);
  g_mutex_unlock (&self->lock);
  sc_live_client_free (client);
  sc_live_pads_clear (self->pads);
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
  sc_live_pads_wake (self->pads);
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
  sc_live_pads_free (self->pads);
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
  sc_live_pads_add_templates (element_class);
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
  self->pads = sc_live_pads_new (GST_ELEMENT (self), self->pacer, get_now);
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
