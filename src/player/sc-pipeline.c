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

#include "sc-live-link.h"
#include "sc-pipeline-wish.h"
#include "sc-player-error.h"
#include "sc-tempo.h"

/* GstPlayFlags is private to the plugin: video, audio, and volume in software. No subtitles, no
 * visualisations, no deinterlacing. */
#define PLAY_FLAGS (1 << 0 | 1 << 1 | 1 << 4)

struct _ScPipeline {
  GstElement *playbin;
  GObject *paintable;
  ScVideoWatch *video;
  guint bus_watch;
  GstBusFunc on_message;
  gpointer user_data;

  ScLiveLink live;
  GMutex turn; /* held by the worker that applies a wish */
  GMutex lock; /* guards what follows */
  ScPipelineWish wish;
  char *decoder;
};

/* How many are not freed yet, atomic. The process must not end before they are stopped: a GL thread
 * that still draws crashes when the GL libraries are taken down at exit. */
static int n_pipelines;

static void
free_pipeline (gpointer data)
{
  ScPipeline *self = data;

  g_clear_object (&self->paintable);
  g_clear_pointer (&self->video, sc_video_watch_free);
  gst_clear_object (&self->playbin);
  sc_live_link_clear (&self->live);
  g_clear_pointer (&self->decoder, g_free);
  g_mutex_clear (&self->turn);
  g_mutex_clear (&self->lock);
  g_atomic_int_add (&n_pipelines, -1);
  g_main_context_wakeup (NULL);
}

static void
unref_pipeline (gpointer data)
{
  g_atomic_rc_box_release_full (data, free_pipeline);
}

/* On a worker thread, inside the state change. @self outlives the source. */
static void
on_source_setup (GstElement *playbin, GstElement *source, gpointer user_data)
{
  ScPipeline *self = user_data;
  sc_live_link_offer (&self->live, source);
}

/* On a streaming thread, or a worker's. */
static void
on_element_added (GstBin *playbin, GstBin *bin, GstElement *element, gpointer user_data)
{
  ScPipeline *self = user_data;
  GstElementFactory *factory = gst_element_get_factory (element);
  if (!factory || !gst_element_factory_list_is_type (factory,
                                                     GST_ELEMENT_FACTORY_TYPE_DECODER |
                                                       GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO))
    return;
  g_mutex_lock (&self->lock);
  g_set_str (&self->decoder, GST_OBJECT_NAME (factory));
  g_mutex_unlock (&self->lock);
}

/* On a worker thread. */
static void
apply_wish (GstElement *playbin, gpointer data)
{
  ScPipeline *self = data;

  g_mutex_lock (&self->turn);
  g_mutex_lock (&self->lock);
  ScPipelineWish wish = sc_pipeline_wish_take (&self->wish);
  g_mutex_unlock (&self->lock);
  sc_pipeline_wish_apply (&wish, playbin);
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

/* Opens the wish for a change of its fields; follow_change() closes it. */
static ScPipelineWish *
change_wish (ScPipeline *self)
{
  g_mutex_lock (&self->lock);
  return &self->wish;
}

static void
follow_change (ScPipeline *self)
{
  g_mutex_unlock (&self->lock);
  follow_wish (self);
}

static GstState
get_wished_state (ScPipeline *self)
{
  g_mutex_lock (&self->lock);
  GstState state = self->wish.state;
  g_mutex_unlock (&self->lock);
  return state;
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
  self->video = sc_video_watch_new (video);
  g_object_set (self->playbin, "video-sink", video, NULL);

  if (sinks->make_audio_sink)
    g_object_set (self->playbin, "audio-sink", sinks->make_audio_sink (sinks->user_data), NULL);
  return TRUE;
}

/* A live stream is caught up with by playing faster, and a recording is played as fast as its
 * viewer wishes: the voice keeps its pitch. */
static void
add_tempo (ScPipeline *self)
{
  g_object_set (self->playbin, "audio-filter", g_object_new (SC_TYPE_TEMPO, NULL), NULL);
}

/* Where a change ended that is not where it was meanwhile wished to go, it goes on. */
static void
follow_state (ScPipeline *self, GstMessage *message)
{
  GstState now, pending;
  gst_message_parse_state_changed (message, NULL, &now, &pending);
  if (pending == GST_STATE_VOID_PENDING && now != get_wished_state (self))
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
  sc_live_link_init (&self->live);
  self->playbin = gst_object_ref_sink (playbin);
  sc_pipeline_wish_init (&self->wish);
  if (!add_sinks (self, sinks, error)) {
    unref_pipeline (self);
    return NULL;
  }
  add_tempo (self);
  g_object_set (playbin, "uri", uri, "flags", PLAY_FLAGS, NULL);
  g_signal_connect (playbin, "source-setup", G_CALLBACK (on_source_setup), self);
  g_signal_connect (playbin, "deep-element-added", G_CALLBACK (on_element_added), self);

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
  sc_video_watch_stop (self->video);
  change_wish (self)->state = GST_STATE_NULL;
  follow_change (self);
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
  change_wish (self)->state = playing ? GST_STATE_PLAYING : GST_STATE_PAUSED;
  follow_change (self);
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
  ScPipelineWish *wish = change_wish (self);
  wish->volume = volume;
  wish->muted = muted;
  follow_change (self);
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
  change_wish (self)->restart_clock = TRUE;
  follow_change (self);
}

/**
 * sc_pipeline_measure_latency:
 * @self: a pipeline that posted %GST_MESSAGE_LATENCY
 *
 * Lets its sinks wait as long as its slowest branch takes.
 */
void
sc_pipeline_measure_latency (ScPipeline *self)
{
  change_wish (self)->measure_latency = TRUE;
  follow_change (self);
}

/**
 * sc_pipeline_seek:
 * @self: a pipeline that has shown a picture
 * @seek: where to go
 * @rate: how fast to go on from there, more than 0; 1 is the speed that it was made at
 *
 * Returns at once. After the application message %SC_VIDEO_FLUSHED, %GST_MESSAGE_ASYNC_DONE
 * tells that the picture is there; %SC_PIPELINE_SEEK_REFUSED tells that there will be none.
 */
void
sc_pipeline_seek (ScPipeline *self, const ScPlayerSeek *seek, double rate)
{
  ScPipelineWish *wish = change_wish (self);
  wish->seek = *seek;
  wish->rate = rate;
  follow_change (self);
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

/**
 * sc_pipeline_get_live:
 * @self: a pipeline
 *
 * Returns: (transfer none): the line to its live source, if it comes to have one
 */
ScLiveLink *
sc_pipeline_get_live (ScPipeline *self)
{
  return &self->live;
}

/**
 * sc_pipeline_count_pictures:
 * @self: a pipeline
 * @ret_shown: how many pictures were shown
 * @ret_dropped: how many came too late
 */
void
sc_pipeline_count_pictures (ScPipeline *self, guint64 *ret_shown, guint64 *ret_dropped)
{
  sc_video_watch_count (self->video, ret_shown, ret_dropped);
}

/**
 * sc_pipeline_dup_decoder:
 * @self: a pipeline
 *
 * Returns: (transfer full) (nullable): what decodes the picture, a factory's name
 */
char *
sc_pipeline_dup_decoder (ScPipeline *self)
{
  g_mutex_lock (&self->lock);
  char *decoder = g_strdup (self->decoder);
  g_mutex_unlock (&self->lock);
  return decoder;
}
