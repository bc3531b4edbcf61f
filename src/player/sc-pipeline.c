/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One playbin3 from its opening to its end. The owner calls from the main thread and is never
 * blocked: it writes down what it wishes, and a worker thread brings the pipeline there. Workers
 * take turns and each applies the newest wish, so their order does not matter: after a close every
 * worker sees %GST_STATE_NULL. The last reference, a worker's or the owner's, frees the pipeline.
 */

#include "config.h"

#include "sc-pipeline.h"

#include "sc-player-error.h"

/* GstPlayFlags is private to the plugin: video, audio, and volume in software. No subtitles, no
 * visualisations, no deinterlacing. */
#define PLAY_FLAGS (1 << 0 | 1 << 1 | 1 << 4)

/* The longest that closing waits for an opening that is under way: souphttpsrc and hlsdemux2 give a
 * silent server 15 s each. Nothing is seen or heard meanwhile. */
#define OPENING_SECONDS 30

typedef struct {
  GstState state;
  double volume;
  gboolean muted;
  gboolean restart_clock;
  ScPlayerSeek seek;
} Wish;

/* How far the source is with the first playlist. */
typedef enum {
  SC_OPENED,  /* it asks for none, or whoever needs it has read all of it */
  SC_ASKING,  /* nothing came yet */
  SC_READING, /* it is on its way down, or hlsdemux2 reads it and what it names */
} Opening;

struct _ScPipeline {
  GstElement *playbin;
  GObject *paintable;
  GstPad *video_pad;
  gulong caps_handler;
  guint bus_watch;
  GstBusFunc on_message;
  gpointer user_data;

  GMutex turn; /* held by the worker that applies a wish */
  GMutex lock; /* guards what follows */
  Wish wish;
  Opening opening;
  gboolean closing;
  GCond opened; /* @opening is SC_OPENED */
};

/* How many are not freed yet, atomic. The process must not end before they are stopped: a GL thread
 * that still draws crashes when the GL libraries are taken down at exit. */
static int n_pipelines;

static void
free_pipeline (gpointer data)
{
  ScPipeline *self = data;

  g_clear_object (&self->paintable);
  gst_clear_object (&self->video_pad);
  gst_clear_object (&self->playbin);
  g_mutex_clear (&self->turn);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->opened);
  g_atomic_int_add (&n_pipelines, -1);
  g_main_context_wakeup (NULL);
}

static void
unref_pipeline (gpointer data)
{
  g_atomic_rc_box_release_full (data, free_pipeline);
}

static Wish
take_wish (ScPipeline *self)
{
  g_mutex_lock (&self->lock);
  Wish wish = self->wish;
  self->wish.restart_clock = FALSE;
  self->wish.seek.target = SC_PLAYER_NOWHERE;
  g_mutex_unlock (&self->lock);
  return wish;
}

static void
set_opened (ScPipeline *self)
{
  g_mutex_lock (&self->lock);
  self->opening = SC_OPENED;
  g_cond_broadcast (&self->opened);
  g_mutex_unlock (&self->lock);
}

/* On a streaming thread: the playlist's end went all the way down, hlsdemux2 is done with it. */
static GstPadProbeReturn
on_source_idle (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  set_opened (user_data);
  return GST_PAD_PROBE_REMOVE;
}

static gboolean
is_end (GstPadProbeInfo *info)
{
  return (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) &&
         GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_EOS;
}

/* On a streaming thread: the playlist's end arrives behind the source, whose pad is busy with it
 * until every element has seen it. */
static GstPadProbeReturn
on_end_arrives (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  if (!is_end (info))
    return GST_PAD_PROBE_OK;
  g_autoptr (GstPad) source = gst_pad_get_peer (pad);
  if (source)
    gst_pad_add_probe (source, GST_PAD_PROBE_TYPE_IDLE, on_source_idle, user_data, NULL);
  return GST_PAD_PROBE_REMOVE;
}

/* Says whether what the source sends still goes down: not when nothing did before the close. */
static gboolean
let_pass (ScPipeline *self)
{
  g_mutex_lock (&self->lock);
  if (self->opening == SC_ASKING && !self->closing)
    self->opening = SC_READING;
  gboolean pass = self->opening == SC_READING;
  g_mutex_unlock (&self->lock);
  return pass;
}

/* On a streaming thread: the source sends the first playlist, or the end alone after an error. */
static GstPadProbeReturn
on_source_data (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  ScPipeline *self = user_data;
  gboolean end = is_end (info);
  if ((info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) && !end)
    return GST_PAD_PROBE_OK;

  gboolean pass = let_pass (self);
  g_autoptr (GstPad) behind = end && pass ? gst_pad_get_peer (pad) : NULL;
  if (behind)
    gst_pad_add_probe (behind, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_end_arrives, self, NULL);
  else if (end)
    set_opened (self);
  return pass ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

/* On a worker thread, inside the state change. @self outlives the source. */
static void
on_source_setup (GstElement *playbin, GstElement *source, gpointer user_data)
{
  ScPipeline *self = user_data;
  g_autoptr (GstPad) pad = gst_element_get_static_pad (source, "src");
  if (!pad)
    return;
  g_mutex_lock (&self->lock);
  self->opening = SC_ASKING;
  g_mutex_unlock (&self->lock);
  gst_pad_add_probe (pad,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     on_source_data,
                     self,
                     NULL);
}

static gboolean
is_changing (GstElement *playbin)
{
  return gst_element_get_state (playbin, NULL, NULL, 0) == GST_STATE_CHANGE_ASYNC;
}

/* What is being opened has to be open before it can be closed, in GStreamer 1.26: souphttpsrc that
 * drops a request in the moment of its answer crashes libsoup 3.6.5; hlsdemux2 that is stopped
 * while it reads the first playlist takes apart what it is building, and one that is stopped before
 * its download thread runs waits for that thread for ever. A playlist that has not come yet goes to
 * nobody. On a worker thread. */
static void
wait_until_opened (ScPipeline *self)
{
  gint64 until = g_get_monotonic_time () + OPENING_SECONDS * G_USEC_PER_SEC;
  gboolean under_way = is_changing (self->playbin);
  g_mutex_lock (&self->lock);
  while (under_way && self->opening != SC_OPENED &&
         g_cond_wait_until (&self->opened, &self->lock, until))
    ;
  g_mutex_unlock (&self->lock);
}

/* On a worker thread. The picture's arrival is told by GST_MESSAGE_ASYNC_DONE. */
static void
seek_to (GstElement *playbin, const ScPlayerSeek *seek)
{
  GstSeekFlags how =
    seek->exact ? GST_SEEK_FLAG_ACCURATE : GST_SEEK_FLAG_KEY_UNIT | GST_SEEK_FLAG_SNAP_NEAREST;
  if (gst_element_seek_simple (playbin,
                               GST_FORMAT_TIME,
                               GST_SEEK_FLAG_FLUSH | how,
                               seek->target * GST_USECOND))
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

/* On a worker thread. A failed state change comes as an error message on the bus too. One that is
 * still under way is let come to its end, as asking for another meanwhile stopped GStreamer 1.26
 * for ever, once in a hundred times; follow_state() goes on then. */
static void
apply_wish (GstElement *playbin, gpointer data)
{
  ScPipeline *self = data;

  g_mutex_lock (&self->turn);
  Wish wish = take_wish (self);
  if (wish.state == GST_STATE_NULL)
    wait_until_opened (self);
  g_object_set (playbin, "volume", wish.volume, "mute", wish.muted, NULL);
  if (wish.restart_clock && wish.state == GST_STATE_PLAYING && !is_changing (playbin))
    (void) gst_element_set_state (playbin, GST_STATE_PAUSED);
  if (wish.seek.target != SC_PLAYER_NOWHERE && wish.state >= GST_STATE_PAUSED)
    seek_to (playbin, &wish.seek);
  if (wish.state == GST_STATE_NULL)
    stop (playbin);
  else if (!is_changing (playbin))
    (void) gst_element_set_state (playbin, wish.state);
  g_mutex_unlock (&self->turn);
}

static void
follow_wish (ScPipeline *self)
{
  gst_element_call_async (self->playbin,
                          apply_wish,
                          g_atomic_rc_box_acquire (self),
                          unref_pipeline);
}

static void
change_wish (ScPipeline *self, const Wish *wish)
{
  g_mutex_lock (&self->lock);
  self->wish = *wish;
  g_mutex_unlock (&self->lock);
  follow_wish (self);
}

static Wish
read_wish (ScPipeline *self)
{
  g_mutex_lock (&self->lock);
  Wish wish = self->wish;
  g_mutex_unlock (&self->lock);
  return wish;
}

/* On a streaming thread: only posts. */
static void
on_video_caps_notify (GstPad *pad, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autoptr (GstElement) sink = gst_pad_get_parent_element (pad);
  int width = 0;
  int height = 0;
  if (!caps || !sink)
    return;
  const GstStructure *video = gst_caps_get_structure (caps, 0);
  if (!gst_structure_get_int (video, "width", &width) ||
      !gst_structure_get_int (video, "height", &height))
    return;

  GstStructure *size = gst_structure_new (SC_PIPELINE_VIDEO_SIZE,
                                          "width",
                                          G_TYPE_INT,
                                          width,
                                          "height",
                                          G_TYPE_INT,
                                          height,
                                          NULL);
  gst_element_post_message (sink, gst_message_new_application (GST_OBJECT (sink), size));
}

/* On a streaming thread: only posts. */
static GstPadProbeReturn
on_video_flush (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  g_autoptr (GstElement) sink = gst_pad_get_parent_element (pad);
  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_FLUSH_STOP && sink) {
    GstStructure *flushed = gst_structure_new_empty (SC_PIPELINE_FLUSHED);
    gst_element_post_message (sink, gst_message_new_application (GST_OBJECT (sink), flushed));
  }
  return GST_PAD_PROBE_OK;
}

static gboolean
add_sinks (ScPipeline *self, const ScPlayerSinks *sinks, GError **error)
{
  GstElement *video = sinks->make_video_sink (&self->paintable, sinks->user_data);
  if (!video) {
    g_set_error_literal (error,
                         SC_PLAYER_ERROR,
                         SC_PLAYER_ERROR_MISSING_CODEC,
                         "Missing: GStreamer element gtk4paintablesink");
    return FALSE;
  }
  self->video_pad = gst_element_get_static_pad (video, "sink");
  self->caps_handler =
    g_signal_connect (self->video_pad, "notify::caps", G_CALLBACK (on_video_caps_notify), NULL);
  gst_pad_add_probe (self->video_pad, GST_PAD_PROBE_TYPE_EVENT_FLUSH, on_video_flush, NULL, NULL);
  g_object_set (self->playbin, "video-sink", video, NULL);

  if (sinks->make_audio_sink)
    g_object_set (self->playbin, "audio-sink", sinks->make_audio_sink (sinks->user_data), NULL);
  return TRUE;
}

/* Where a change ended that is not where it was meanwhile wished to go, it goes on. */
static void
follow_state (ScPipeline *self, GstMessage *message)
{
  GstState now, pending;
  gst_message_parse_state_changed (message, NULL, &now, &pending);
  if (pending == GST_STATE_VOID_PENDING && now != read_wish (self).state)
    follow_wish (self);
}

static gboolean
on_bus_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  ScPipeline *self = user_data;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_STATE_CHANGED &&
      sc_pipeline_owns_message (self, message))
    follow_state (self, message);
  return self->on_message (bus, message, self->user_data);
}

/**
 * sc_pipeline_new:
 * @uri: what to play
 * @sinks: where picture and sound go
 * @on_message: called on the main context for every message, until sc_pipeline_close()
 * @user_data: for @on_message
 * @error: %SC_PLAYER_ERROR_MISSING_CODEC
 *
 * Returns: (transfer full) (nullable): a pipeline that does nothing yet; close it to be rid of it
 */
ScPipeline *
sc_pipeline_new (const char *uri,
                 const ScPlayerSinks *sinks,
                 GstBusFunc on_message,
                 gpointer user_data,
                 GError **error)
{
  GstElement *playbin = gst_element_factory_make ("playbin3", NULL);
  if (!playbin) {
    g_set_error_literal (error,
                         SC_PLAYER_ERROR,
                         SC_PLAYER_ERROR_MISSING_CODEC,
                         "Missing: GStreamer element playbin3");
    return NULL;
  }

  ScPipeline *self = g_atomic_rc_box_new0 (ScPipeline);
  g_atomic_int_inc (&n_pipelines);
  g_mutex_init (&self->turn);
  g_mutex_init (&self->lock);
  g_cond_init (&self->opened);
  self->playbin = gst_object_ref_sink (playbin);
  self->wish = (Wish) {
    .state = GST_STATE_NULL,
    .volume = 1.0,
    .seek = { .target = SC_PLAYER_NOWHERE },
  };
  if (!add_sinks (self, sinks, error)) {
    unref_pipeline (self);
    return NULL;
  }
  g_object_set (playbin, "uri", uri, "flags", PLAY_FLAGS, NULL);
  g_signal_connect (playbin, "source-setup", G_CALLBACK (on_source_setup), self);

  g_autoptr (GstBus) bus = gst_element_get_bus (playbin);
  self->on_message = on_message;
  self->user_data = user_data;
  self->bus_watch = gst_bus_add_watch (bus, on_bus_message, self);
  return self;
}

/**
 * sc_pipeline_close:
 * @self: (transfer full): a pipeline
 *
 * Returns at once, after the last message. A worker stops what runs and frees it.
 */
void
sc_pipeline_close (ScPipeline *self)
{
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  g_clear_signal_handler (&self->caps_handler, self->video_pad);
  g_mutex_lock (&self->lock);
  self->closing = TRUE;
  g_mutex_unlock (&self->lock);
  Wish wish = read_wish (self);
  wish.state = GST_STATE_NULL;
  change_wish (self, &wish);
  unref_pipeline (self);
}

static gboolean
on_waited_enough (gpointer user_data)
{
  gboolean *enough = user_data;
  *enough = TRUE;
  return G_SOURCE_REMOVE;
}

/**
 * sc_pipeline_wait_closed:
 * @seconds: the longest to wait
 *
 * Runs the default main context until every pipeline that was closed is stopped.
 */
void
sc_pipeline_wait_closed (guint seconds)
{
  gboolean enough = FALSE;
  guint source = g_timeout_add_seconds (seconds, on_waited_enough, &enough);
  while (!enough && g_atomic_int_get (&n_pipelines) > 0)
    g_main_context_iteration (NULL, TRUE);
  if (!enough)
    g_source_remove (source);
}

/**
 * sc_pipeline_get_paintable:
 * @self: a pipeline
 *
 * Returns: (transfer none) (nullable): the `GdkPaintable` with the picture
 */
GObject *
sc_pipeline_get_paintable (ScPipeline *self)
{
  return self->paintable;
}

/**
 * sc_pipeline_owns_message:
 * @self: a pipeline
 * @message: a message from its bus
 *
 * Returns: %TRUE if the pipeline itself sent it, not an element inside
 */
gboolean
sc_pipeline_owns_message (ScPipeline *self, GstMessage *message)
{
  return GST_MESSAGE_SRC (message) == GST_OBJECT (self->playbin);
}

/**
 * sc_pipeline_set_playing:
 * @self: a pipeline
 * @playing: whether its clock should run; otherwise it opens and holds a frame
 */
void
sc_pipeline_set_playing (ScPipeline *self, gboolean playing)
{
  Wish wish = read_wish (self);
  wish.state = playing ? GST_STATE_PLAYING : GST_STATE_PAUSED;
  change_wish (self, &wish);
}

/**
 * sc_pipeline_set_sound:
 * @self: a pipeline
 * @volume: linear factor, 0 to 1
 * @muted: whether to be silent
 */
void
sc_pipeline_set_sound (ScPipeline *self, double volume, gboolean muted)
{
  Wish wish = read_wish (self);
  wish.volume = volume;
  wish.muted = muted;
  change_wish (self, &wish);
}

/**
 * sc_pipeline_restart_clock:
 * @self: a pipeline that posted %GST_MESSAGE_CLOCK_LOST
 *
 * Lets it choose another clock, as after a sound device was unplugged.
 */
void
sc_pipeline_restart_clock (ScPipeline *self)
{
  Wish wish = read_wish (self);
  wish.restart_clock = TRUE;
  change_wish (self, &wish);
}

/**
 * sc_pipeline_seek:
 * @self: a pipeline that has shown a picture
 * @seek: where to go
 *
 * Returns at once. After the application message %SC_PIPELINE_FLUSHED, %GST_MESSAGE_ASYNC_DONE
 * tells that the picture is there; %SC_PIPELINE_SEEK_REFUSED tells that there will be none.
 */
void
sc_pipeline_seek (ScPipeline *self, const ScPlayerSeek *seek)
{
  Wish wish = read_wish (self);
  wish.seek = *seek;
  change_wish (self, &wish);
}

/**
 * sc_pipeline_query_position:
 * @self: a pipeline that has shown a picture
 *
 * Returns: where the picture is, microseconds from the start, or %SC_PLAYER_NOWHERE
 */
gint64
sc_pipeline_query_position (ScPipeline *self)
{
  gint64 position = 0;
  return gst_element_query_position (self->playbin, GST_FORMAT_TIME, &position)
           ? position / (gint64) GST_USECOND
           : SC_PLAYER_NOWHERE;
}

/**
 * sc_pipeline_query_duration:
 * @self: a pipeline that has shown a picture
 *
 * Returns: how long the stream is, microseconds; 0 if it has no end, or it is not known
 */
gint64
sc_pipeline_query_duration (ScPipeline *self)
{
  gint64 duration = 0;
  return gst_element_query_duration (self->playbin, GST_FORMAT_TIME, &duration)
           ? MAX (duration, 0) / (gint64) GST_USECOND
           : 0;
}
