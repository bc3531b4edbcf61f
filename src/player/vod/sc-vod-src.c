/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "ivsvodsrc", the source of a recording of Amazon IVS: MPEG-TS in push mode, in a time segment.
 * tsdemux hands seeks up to it and takes its segment over as it is, so that a seek ends just where
 * it shall. It stands where hlsdemux2 would, which in GStreamer 1.26 crashes libsoup when a seek
 * drops a download, and sometimes waits for ever.
 *
 * Its reader has a thread that downloads; the streaming thread takes from the reader's queue.
 */

#include "config.h"

#include "sc-vod-src.h"

#include "sc-vod-reader.h"

#include <string.h>

GST_DEBUG_CATEGORY_STATIC (sc_vod_src_debug);
#define GST_CAT_DEFAULT sc_vod_src_debug

/* How long decoders may have next to nothing before playback is paused for it. */
#define HUNGRY (G_USEC_PER_SEC / 4)

/* How much decoders may have at least: with less playback is paused, so that nothing is late. */
#define LOW_WATER (200 * GST_MSECOND)

/* What has to be there for playback to go on: so many seconds, or what is more than enough while
 * nobody knows how much they have. */
#define REFILL_SECONDS 2
#define REFILL_BYTES (512u * 1024)

struct _ScVodSrc {
  GstPushSrc parent_instance;

  char *uri;           /* with its "ivsvod+"; guarded by the object's lock */
  ScVodReader *reader; /* between start and stop; guarded by the object's lock */

  int snap; /* #ScVodSnap of the seek that is under way, atomic */

  /* Guarded by the stream lock. */
  gboolean flowing;     /* something came since the start or a seek */
  GstClockTime origin;  /* where in the recording playback began then */
  double rate;          /* how fast it went on from there */
  GstClockTime reached; /* how far in it is what was handed on */
  gint64 hungry_since;  /* since when decoders have next to nothing, monotonic; 0 if they have */
  gboolean dry;         /* it is waited for more */
  gboolean is_known;    /* the duration was told */
};

static void sc_vod_src_uri_handler_init (GstURIHandlerInterface *iface, gpointer data);

G_DEFINE_FINAL_TYPE_WITH_CODE (ScVodSrc,
                               sc_vod_src,
                               GST_TYPE_PUSH_SRC,
                               G_IMPLEMENT_INTERFACE (GST_TYPE_URI_HANDLER,
                                                      sc_vod_src_uri_handler_init))

typedef enum {
  PROP_URI = 1,
} ScVodSrcProperty;

static GstStaticPadTemplate src_template =
  GST_STATIC_PAD_TEMPLATE ("src",
                           GST_PAD_SRC,
                           GST_PAD_ALWAYS,
                           GST_STATIC_CAPS ("video/mpegts, systemstream = (boolean) true, "
                                            "packetsize = (int) 188"));

/* Says whether playback is to wait: 0 or 100. */
static void
set_dry (ScVodSrc *self, gboolean dry)
{
  if (self->dry == dry)
    return;
  self->dry = dry;
  gst_element_post_message (GST_ELEMENT (self),
                            gst_message_new_buffering (GST_OBJECT (self), dry ? 0 : 100));
}

static void
tell_duration (ScVodSrc *self)
{
  if (self->is_known)
    return;
  self->is_known = TRUE;
  gst_element_post_message (GST_ELEMENT (self),
                            gst_message_new_duration_changed (GST_OBJECT (self)));
}

/* The address is left out of what is posted: it can hold a token. */
static void
post_failure (ScVodSrc *self)
{
  guint status = 0;
  g_autoptr (GError) cause =
    sc_vod_queue_dup_error (sc_vod_reader_get_queue (self->reader), &status);
  GQuark domain = GST_RESOURCE_ERROR;
  int code = GST_RESOURCE_ERROR_OPEN_READ;
  if (cause->domain == GST_RESOURCE_ERROR) {
    code = cause->code;
  } else if (cause->domain == SC_HLS_ERROR) {
    domain = GST_STREAM_ERROR;
    code = GST_STREAM_ERROR_DEMUX;
  }
  GstStructure *details =
    gst_structure_new ("details", "http-status-code", G_TYPE_UINT, status, NULL);
  gst_element_message_full_with_details (GST_ELEMENT (self),
                                         GST_MESSAGE_ERROR,
                                         domain,
                                         code,
                                         g_strdup (cause->message),
                                         NULL,
                                         __FILE__,
                                         G_STRFUNC,
                                         __LINE__,
                                         details);
}

/* The bytes that have to be there before one is taken. */
static gsize
get_least (ScVodSrc *self)
{
  gsize second = self->dry ? sc_vod_reader_get_second (self->reader) : 0;
  if (!self->dry)
    return 1;
  return second > 0 ? MIN (REFILL_SECONDS * second, REFILL_BYTES) : REFILL_BYTES;
}

/* Whether decoders have next to nothing, and nothing waits for them here. Only what plays can
 * starve. */
static gboolean
is_starving (ScVodSrc *self)
{
  GstClockTime running = gst_element_get_current_running_time (GST_ELEMENT (self));
  gsize second = sc_vod_reader_get_second (self->reader);
  if (!GST_CLOCK_TIME_IS_VALID (running))
    return FALSE;
  GstClockTime needed = (GstClockTime) ((double) (running + LOW_WATER) * self->rate);
  return self->reached < self->origin + needed &&
         sc_vod_queue_get_bytes (sc_vod_reader_get_queue (self->reader)) <= second / 4;
}

/* Looks whether playback has to wait. */
static void
see_hunger (ScVodSrc *self)
{
  gint64 now = g_get_monotonic_time ();
  if (!is_starving (self))
    self->hungry_since = 0;
  else if (self->hungry_since == 0)
    self->hungry_since = now;
  if (self->hungry_since == 0 || now - self->hungry_since < HUNGRY)
    return;
  sc_vod_queue_run_dry (sc_vod_reader_get_queue (self->reader));
  set_dry (self, TRUE);
}

/* Takes what comes next, and pauses playback meanwhile if that is needed. */
static ScVodTaken
take (ScVodSrc *self, GstBuffer **ret_buffer)
{
  ScVodQueue *queue = sc_vod_reader_get_queue (self->reader);
  for (;;) {
    gboolean may_starve = self->flowing && !self->dry;
    gint64 until = may_starve ? g_get_monotonic_time () + HUNGRY : -1;
    ScVodTaken taken = sc_vod_queue_take (queue, get_least (self), until, ret_buffer);
    if (taken != SC_VOD_LATE && taken != SC_VOD_FLUSHING)
      set_dry (self, FALSE);
    if (may_starve && (taken == SC_VOD_TAKEN || taken == SC_VOD_LATE))
      see_hunger (self);
    if (taken != SC_VOD_LATE)
      return taken;
  }
}

static GstFlowReturn
sc_vod_src_create (GstPushSrc *push, GstBuffer **ret_buffer)
{
  ScVodSrc *self = SC_VOD_SRC (push);
  switch (take (self, ret_buffer)) {
  case SC_VOD_TAKEN:
    tell_duration (self);
    self->flowing = TRUE;
    self->reached = GST_BUFFER_OFFSET (*ret_buffer) * GST_USECOND;
    GST_BUFFER_OFFSET (*ret_buffer) = GST_BUFFER_OFFSET_NONE; /* which for others is bytes */
    return GST_FLOW_OK;
  case SC_VOD_END:
    return GST_FLOW_EOS;
  case SC_VOD_FAILED:
    post_failure (self);
    return GST_FLOW_ERROR;
  case SC_VOD_LATE:
  case SC_VOD_FLUSHING:
  default:
    return GST_FLOW_FLUSHING;
  }
}

static gboolean
sc_vod_src_start (GstBaseSrc *base)
{
  ScVodSrc *self = SC_VOD_SRC (base);
  GST_OBJECT_LOCK (self);
  g_autofree char *uri = g_strdup (self->uri);
  GST_OBJECT_UNLOCK (self);
  if (!uri) {
    GST_ELEMENT_ERROR (self, RESOURCE, SETTINGS, ("There is no address."), (NULL));
    return FALSE;
  }
  ScVodReader *reader = sc_vod_reader_new (uri + strlen (SC_VOD_SCHEME_PREFIX));
  GST_OBJECT_LOCK (self);
  self->reader = reader;
  GST_OBJECT_UNLOCK (self);
  self->flowing = FALSE;
  self->dry = FALSE;
  self->is_known = FALSE;
  return TRUE;
}

static gboolean
sc_vod_src_stop (GstBaseSrc *base)
{
  ScVodSrc *self = SC_VOD_SRC (base);
  GST_OBJECT_LOCK (self);
  ScVodReader *reader = g_steal_pointer (&self->reader);
  GST_OBJECT_UNLOCK (self);
  g_clear_pointer (&reader, sc_vod_reader_free);
  return TRUE;
}

static gboolean
sc_vod_src_unlock (GstBaseSrc *base)
{
  ScVodSrc *self = SC_VOD_SRC (base);
  if (self->reader)
    sc_vod_queue_set_flushing (sc_vod_reader_get_queue (self->reader), TRUE);
  return TRUE;
}

static gboolean
sc_vod_src_unlock_stop (GstBaseSrc *base)
{
  ScVodSrc *self = SC_VOD_SRC (base);
  if (self->reader)
    sc_vod_queue_set_flushing (sc_vod_reader_get_queue (self->reader), FALSE);
  return TRUE;
}

static gboolean
sc_vod_src_is_seekable (GstBaseSrc *base)
{
  return TRUE;
}

static ScVodSnap
get_snap (GstSeekFlags flags)
{
  const GstSeekFlags nearest = GST_SEEK_FLAG_SNAP_NEAREST;
  if (!(flags & GST_SEEK_FLAG_KEY_UNIT))
    return SC_VOD_SNAP_NOT;
  if ((flags & nearest) == nearest)
    return SC_VOD_SNAP_NEAREST;
  return flags & GST_SEEK_FLAG_SNAP_AFTER ? SC_VOD_SNAP_AFTER : SC_VOD_SNAP_BEFORE;
}

/* Backwards, and from where it is, no seek goes: our segments have their times shifted. */
static gboolean
see_seek (ScVodSrc *self, GstEvent *seek)
{
  double rate;
  GstFormat format;
  GstSeekFlags flags;
  GstSeekType start_type;
  gst_event_parse_seek (seek, &rate, &format, &flags, &start_type, NULL, NULL, NULL);
  if (rate <= 0 || format != GST_FORMAT_TIME || start_type != GST_SEEK_TYPE_SET)
    return FALSE;
  g_atomic_int_set (&self->snap, (int) get_snap (flags));
  return TRUE;
}

static gboolean
sc_vod_src_event (GstBaseSrc *base, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEEK && !see_seek (SC_VOD_SRC (base), event))
    return FALSE;
  return GST_BASE_SRC_CLASS (sc_vod_src_parent_class)->event (base, event);
}

/* Called for the start, too. */
static gboolean
sc_vod_src_do_seek (GstBaseSrc *base, GstSegment *segment)
{
  ScVodSrc *self = SC_VOD_SRC (base);
  int snap = g_atomic_int_exchange (&self->snap, SC_VOD_SNAP_NOT);
  gint64 wanted = (gint64) (segment->start / GST_USECOND);
  gint64 position = sc_vod_reader_seek (self->reader, wanted, (ScVodSnap) snap);
  GstClockTime start = position == wanted ? segment->start : (GstClockTime) position * GST_USECOND;
  segment->time = start;
  segment->start = start + SC_VOD_SHIFT;
  segment->position = segment->start;
  if (GST_CLOCK_TIME_IS_VALID (segment->stop))
    segment->stop += SC_VOD_SHIFT;
  self->flowing = FALSE;
  self->hungry_since = 0;
  self->origin = start;
  self->rate = segment->rate;
  self->reached = 0;
  return TRUE;
}

static gint64
get_duration (ScVodSrc *self)
{
  GST_OBJECT_LOCK (self);
  gint64 duration = self->reader ? sc_vod_reader_get_duration (self->reader) : 0;
  GST_OBJECT_UNLOCK (self);
  return duration;
}

static gboolean
sc_vod_src_query (GstBaseSrc *base, GstQuery *query)
{
  GstFormat format;
  gint64 duration = get_duration (SC_VOD_SRC (base)) * (gint64) GST_USECOND;
  switch ((int) GST_QUERY_TYPE (query)) {
  case GST_QUERY_DURATION:
    gst_query_parse_duration (query, &format, NULL);
    if (format != GST_FORMAT_TIME || duration == 0)
      return FALSE;
    gst_query_set_duration (query, GST_FORMAT_TIME, duration);
    return TRUE;
  case GST_QUERY_SEEKING:
    gst_query_parse_seeking (query, &format, NULL, NULL, NULL);
    if (format != GST_FORMAT_TIME)
      return FALSE;
    gst_query_set_seeking (query, GST_FORMAT_TIME, TRUE, 0, duration > 0 ? duration : -1);
    return TRUE;
  default:
    return GST_BASE_SRC_CLASS (sc_vod_src_parent_class)->query (base, query);
  }
}

static void
sc_vod_src_finalize (GObject *object)
{
  g_free (SC_VOD_SRC (object)->uri);
  G_OBJECT_CLASS (sc_vod_src_parent_class)->finalize (object);
}

static char *
sc_vod_src_get_uri (GstURIHandler *handler)
{
  ScVodSrc *self = SC_VOD_SRC (handler);
  GST_OBJECT_LOCK (self);
  char *uri = g_strdup (self->uri);
  GST_OBJECT_UNLOCK (self);
  return uri;
}

static gboolean
sc_vod_src_set_uri (GstURIHandler *handler, const char *uri, GError **error)
{
  ScVodSrc *self = SC_VOD_SRC (handler);
  if (uri && !g_str_has_prefix (uri, SC_VOD_SCHEME_PREFIX "http://") &&
      !g_str_has_prefix (uri, SC_VOD_SCHEME_PREFIX "https://")) {
    g_set_error_literal (error, GST_URI_ERROR, GST_URI_ERROR_BAD_URI, "This is no recording");
    return FALSE;
  }
  GST_OBJECT_LOCK (self);
  gboolean is_open = self->reader != NULL;
  if (!is_open)
    g_set_str (&self->uri, uri);
  GST_OBJECT_UNLOCK (self);
  if (is_open)
    g_set_error_literal (error, GST_URI_ERROR, GST_URI_ERROR_BAD_STATE, "A recording is open");
  return !is_open;
}

static void
sc_vod_src_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_URI)
    g_value_take_string (value, sc_vod_src_get_uri (GST_URI_HANDLER (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sc_vod_src_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_URI)
    (void) sc_vod_src_set_uri (GST_URI_HANDLER (object), g_value_get_string (value), NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sc_vod_src_class_init (ScVodSrcClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  object_class->finalize = sc_vod_src_finalize;
  object_class->get_property = sc_vod_src_get_property;
  object_class->set_property = sc_vod_src_set_property;
  base_class->start = sc_vod_src_start;
  base_class->stop = sc_vod_src_stop;
  base_class->unlock = sc_vod_src_unlock;
  base_class->unlock_stop = sc_vod_src_unlock_stop;
  base_class->is_seekable = sc_vod_src_is_seekable;
  base_class->event = sc_vod_src_event;
  base_class->do_seek = sc_vod_src_do_seek;
  base_class->query = sc_vod_src_query;
  GST_PUSH_SRC_CLASS (klass)->create = sc_vod_src_create;

  g_object_class_install_property (
    object_class,
    PROP_URI,
    g_param_spec_string ("uri", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
                                         "Source of recordings of Amazon IVS",
                                         "Source/Network",
                                         "Reads recordings over HTTP Live Streaming",
                                         "The StreamCat contributors");
  GST_DEBUG_CATEGORY_INIT (sc_vod_src_debug, "ivsvodsrc", 0, "recordings of Amazon IVS");
}

static void
sc_vod_src_init (ScVodSrc *self)
{
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
}

static GstURIType
get_uri_type (GType type)
{
  return GST_URI_SRC;
}

static const char *const *
get_protocols (GType type)
{
  static const char *const protocols[] = { SC_VOD_SCHEME_PREFIX "http",
                                           SC_VOD_SCHEME_PREFIX "https",
                                           NULL };
  return protocols;
}

static void
sc_vod_src_uri_handler_init (GstURIHandlerInterface *iface, gpointer data)
{
  iface->get_type = get_uri_type;
  iface->get_protocols = get_protocols;
  iface->get_uri = sc_vod_src_get_uri;
  iface->set_uri = sc_vod_src_set_uri;
}

/**
 * sc_vod_source_register:
 * @error: %GST_CORE_ERROR
 *
 * Makes the element "ivsvodsrc" known to this process.
 *
 * Returns: whether it is
 */
gboolean
sc_vod_source_register (GError **error)
{
  if (gst_element_register (NULL, "ivsvodsrc", GST_RANK_PRIMARY, SC_TYPE_VOD_SRC))
    return TRUE;
  g_set_error_literal (error, GST_CORE_ERROR, GST_CORE_ERROR_FAILED, "ivsvodsrc is not known");
  return FALSE;
}
