/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The element `ivssrc`: a live stream of Amazon IVS, at its live edge.
 *
 * Bytes come and become frames on the client's thread, in a session, and each stream leaves by a
 * pad of its own with a queue and a task. When what is shown is the pacer's to say, in running
 * times of the pipeline; the pads' SEGMENT events carry it to the sinks. The pipeline's latency is
 * left to the sinks: how far behind the live edge the picture is must be able to change at any
 * time.
 */

#include "config.h"

#include "sc-live-src.h"

#include "sc-live-debug.h"
#include "sc-live-session.h"

GST_DEBUG_CATEGORY (sc_live_debug);

#define NS_PER_US 1000

/* Latencies that can be chosen, milliseconds. */
#define MAX_TARGET_MS 30000

struct _ScLiveSrc {
  GstElement parent_instance;
  char *uri;

  ScLivePacer *pacer;
  ScLivePads *pads;

  int is_playing; /* atomic */

  GMutex lock; /* guards what follows */
  ScLiveSession *session;
  ScLiveWishes wishes;
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

/* On the client's thread. */
static char *
refresh (gpointer user_data)
{
  char *uri = NULL;
  g_signal_emit (user_data, signals[SIGNAL_REFRESH], 0, &uri);
  return uri;
}

/* --- states --- */

static void
open_up (ScLiveSrc *self)
{
  const ScLiveSessionHost host = {
    .element = GST_ELEMENT (self),
    .pacer = self->pacer,
    .pads = self->pads,
    .get_now = get_now,
    .refresh = refresh,
  };
  g_mutex_lock (&self->lock);
  self->session = sc_live_session_new (&host, self->uri + strlen ("ivs+"), &self->wishes);
  g_mutex_unlock (&self->lock);
}

static void
close_down (ScLiveSrc *self)
{
  g_mutex_lock (&self->lock);
  ScLiveSession *session = g_steal_pointer (&self->session);
  g_mutex_unlock (&self->lock);
  sc_live_session_free (session);
  sc_live_pads_clear (self->pads);
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

/* Has the session follow a change of the wishes. Under the lock. */
static void
follow_wishes (ScLiveSrc *self)
{
  if (self->session)
    sc_live_session_set_wishes (self->session, &self->wishes);
}

static void
sc_live_src_return_to_live (ScLiveSrc *self)
{
  g_mutex_lock (&self->lock);
  self->wishes.held = FALSE;
  follow_wishes (self);
  g_mutex_unlock (&self->lock);
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
    g_value_set_uint (value, self->wishes.target_ms);
    break;
  case PROP_QUALITY:
    g_value_set_string (value, self->wishes.quality);
    break;
  case PROP_HELD:
    g_value_set_boolean (value, self->wishes.held);
    break;
  case PROP_STATS:
    if (self->session)
      g_value_take_boxed (value, sc_live_session_dup_stats (self->session));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
  g_mutex_unlock (&self->lock);
}

static void
sc_live_src_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScLiveSrc *self = SC_LIVE_SRC (object);
  if (id == PROP_URI) {
    gst_uri_handler_set_uri (GST_URI_HANDLER (self), g_value_get_string (value), NULL);
    return;
  }
  g_mutex_lock (&self->lock);
  switch (id) {
  case PROP_TARGET_LATENCY:
    self->wishes.target_ms = g_value_get_uint (value);
    break;
  case PROP_QUALITY:
    g_set_str (&self->wishes.quality, g_value_get_string (value));
    break;
  case PROP_HELD:
    self->wishes.held = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
  follow_wishes (self);
  g_mutex_unlock (&self->lock);
}

static void
sc_live_src_finalize (GObject *object)
{
  ScLiveSrc *self = SC_LIVE_SRC (object);
  g_free (self->uri);
  g_free (self->wishes.quality);
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
