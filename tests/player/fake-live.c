/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Stands in for the live source where the player around it is tested: the same name, schemes,
 * properties, signal and pads, a test picture and a tone behind them, and the messages that a test
 * wants. And a decoder "in hardware" that fails at its first picture.
 */

#include "config.h"

#include "fake-live.h"

#include <gst/video/gstvideodecoder.h>

#define FAKE_TYPE_LIVE (fake_live_get_type ())
G_DECLARE_FINAL_TYPE (FakeLive, fake_live, FAKE, LIVE, GstBin)

struct _FakeLive {
  GstBin parent_instance;

  FakeLiveOrders orders; /* guarded by the object's lock */
  char *uri;
};

typedef enum {
  PROP_TARGET_LATENCY = 1,
  PROP_QUALITY,
  PROP_HELD,
} FakeLiveProperty;

static void fake_live_uri_handler_init (gpointer iface, gpointer data);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeLive,
                               fake_live,
                               GST_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (GST_TYPE_URI_HANDLER,
                                                      fake_live_uri_handler_init))

/* The one that lives, weak. */
static GWeakRef open_fake;

static guint n_decoders; /* atomic */

static GstStaticPadTemplate video_template =
  GST_STATIC_PAD_TEMPLATE ("video_%u",
                           GST_PAD_SRC,
                           GST_PAD_SOMETIMES,
                           GST_STATIC_CAPS ("video/x-h264"));

static GstStaticPadTemplate audio_template =
  GST_STATIC_PAD_TEMPLATE ("audio_%u",
                           GST_PAD_SRC,
                           GST_PAD_SOMETIMES,
                           GST_STATIC_CAPS ("audio/mpeg"));

/* What the encoder begins with does not know its stream: the pad has begun already. */
static gboolean
pass_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) != GST_EVENT_STREAM_START)
    return gst_pad_event_default (pad, parent, event);
  gst_event_unref (event);
  return TRUE;
}

static void
add_stream (FakeLive *self,
            const char *description,
            const char *name,
            GstStaticPadTemplate *from,
            GstStreamCollection *collection,
            guint index)
{
  g_autoptr (GError) error = NULL;
  GstStream *stream = gst_stream_collection_get_stream (collection, index);
  GstEvent *start = gst_event_new_stream_start (gst_stream_get_stream_id (stream));
  GstElement *encoder = gst_parse_bin_from_description (description, TRUE, &error);
  g_assert_no_error (error);
  gst_bin_add (GST_BIN (self), encoder);
  g_autoptr (GstPad) inner = gst_element_get_static_pad (encoder, "src");
  g_autoptr (GstPadTemplate) template = gst_static_pad_template_get (from);
  GstPad *pad = gst_ghost_pad_new_from_template (name, inner, template);
  g_autoptr (GstProxyPad) proxy = gst_proxy_pad_get_internal (GST_PROXY_PAD (pad));
  gst_pad_set_event_function (GST_PAD (proxy), pass_event);
  gst_pad_set_active (pad, TRUE);
  gst_event_set_group_id (start, 1);
  gst_event_set_stream (start, stream);
  gst_pad_push_event (pad, start);
  gst_pad_push_event (pad, gst_event_new_stream_collection (collection));
  gst_element_add_pad (GST_ELEMENT (self), pad);
  gst_element_sync_state_with_parent (encoder);
}

/* Both pads tell of both streams, as the live source's do: playbin3 may lose a stream where it
 * learns of them one after the other.
 */
static GstStreamCollection *
describe_streams (void)
{
  g_autoptr (GstCaps) video = gst_static_pad_template_get_caps (&video_template);
  g_autoptr (GstCaps) audio = gst_static_pad_template_get_caps (&audio_template);
  GstStreamCollection *collection = gst_stream_collection_new (NULL);
  gst_stream_collection_add_stream (
    collection,
    gst_stream_new ("fake/video", video, GST_STREAM_TYPE_VIDEO, GST_STREAM_FLAG_NONE));
  gst_stream_collection_add_stream (
    collection,
    gst_stream_new ("fake/audio", audio, GST_STREAM_TYPE_AUDIO, GST_STREAM_FLAG_NONE));
  return collection;
}

static GstStateChangeReturn
fake_live_change_state (GstElement *element, GstStateChange change)
{
  FakeLive *self = FAKE_LIVE (element);
  GstStateChangeReturn result =
    GST_ELEMENT_CLASS (fake_live_parent_class)->change_state (element, change);
  if (change != GST_STATE_CHANGE_READY_TO_PAUSED)
    return result;
  g_autoptr (GstStreamCollection) collection = describe_streams ();
  /* x264enc begins at 1000 h. Playback fills the time from the end of one stream to the end of the
   * other, which have to have one timeline, as the live source's do. */
  add_stream (self,
              "videotestsrc is-live=true ! video/x-raw,width=320,height=180,framerate=30/1 "
              "! x264enc speed-preset=ultrafast tune=zerolatency key-int-max=30 ! h264parse "
              "! identity single-segment=true",
              "video_0",
              &video_template,
              collection,
              0);
  add_stream (self,
              "audiotestsrc is-live=true ! audio/x-raw,rate=44100,channels=2 ! avenc_aac "
              "! aacparse",
              "audio_0",
              &audio_template,
              collection,
              1);
  gst_element_no_more_pads (element);
  return GST_STATE_CHANGE_NO_PREROLL;
}

static void
fake_live_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FakeLive *self = FAKE_LIVE (object);

  GST_OBJECT_LOCK (self);
  switch ((FakeLiveProperty) id) {
  case PROP_TARGET_LATENCY:
    self->orders.target_latency = g_value_get_uint (value);
    break;
  case PROP_QUALITY:
    g_set_str (&self->orders.quality, g_value_get_string (value));
    break;
  case PROP_HELD:
    self->orders.held = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
  GST_OBJECT_UNLOCK (self);
}

static void
return_to_live (FakeLive *self)
{
  GST_OBJECT_LOCK (self);
  self->orders.n_returns++;
  GST_OBJECT_UNLOCK (self);
}

static void
fake_live_finalize (GObject *object)
{
  FakeLive *self = FAKE_LIVE (object);

  g_clear_pointer (&self->orders.quality, g_free);
  g_clear_pointer (&self->uri, g_free);

  G_OBJECT_CLASS (fake_live_parent_class)->finalize (object);
  g_main_context_wakeup (NULL); /* who waits for it to be gone looks again */
}

static void
fake_live_class_init (FakeLiveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = fake_live_set_property;
  object_class->finalize = fake_live_finalize;
  element_class->change_state = fake_live_change_state;
  g_object_class_install_property (
    object_class,
    PROP_TARGET_LATENCY,
    g_param_spec_uint ("target-latency", NULL, NULL, 0, G_MAXUINT, 0, flags));
  g_object_class_install_property (object_class,
                                   PROP_QUALITY,
                                   g_param_spec_string ("quality", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class,
                                   PROP_HELD,
                                   g_param_spec_boolean ("held", NULL, NULL, FALSE, flags));
  g_signal_new_class_handler ("return-to-live",
                              G_TYPE_FROM_CLASS (klass),
                              G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                              G_CALLBACK (return_to_live),
                              NULL,
                              NULL,
                              NULL,
                              G_TYPE_NONE,
                              0);
  g_signal_new ("refresh-uri",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                g_signal_accumulator_first_wins,
                NULL,
                NULL,
                G_TYPE_STRING,
                0);
  gst_element_class_add_static_pad_template (element_class, &video_template);
  gst_element_class_add_static_pad_template (element_class, &audio_template);
  gst_element_class_set_static_metadata (element_class,
                                         "Fake live source",
                                         "Source/Network",
                                         "A test picture",
                                         "The StreamCat contributors");
}

static void
fake_live_init (FakeLive *self)
{
  g_weak_ref_set (&open_fake, self);
  GST_OBJECT_FLAG_SET (self, GST_ELEMENT_FLAG_SOURCE);
}

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
  return g_strdup (FAKE_LIVE (handler)->uri);
}

static gboolean
set_uri (GstURIHandler *handler, const char *uri, GError **error)
{
  g_set_str (&FAKE_LIVE (handler)->uri, uri);
  return TRUE;
}

static void
fake_live_uri_handler_init (gpointer iface, gpointer data)
{
  GstURIHandlerInterface *handler = iface;
  handler->get_type = get_uri_type;
  handler->get_protocols = get_protocols;
  handler->get_uri = get_uri;
  handler->set_uri = set_uri;
}

/**
 * fake_live_register:
 *
 * From now on this is the live source.
 */
void
fake_live_register (void)
{
  g_weak_ref_init (&open_fake, NULL);
  g_assert_true (gst_element_register (NULL, "ivssrc", GST_RANK_PRIMARY + 1, FAKE_TYPE_LIVE));
}

/**
 * fake_live_is_open:
 *
 * Returns: whether a player has one open
 */
gboolean
fake_live_is_open (void)
{
  g_autoptr (GObject) fake = g_weak_ref_get (&open_fake);
  return fake != NULL;
}

/**
 * fake_live_post:
 * @structure: (transfer full): an element message
 *
 * The one that is open says so.
 */
void
fake_live_post (GstStructure *structure)
{
  g_autoptr (GstElement) fake = g_weak_ref_get (&open_fake);
  g_assert_nonnull (fake);
  gst_element_post_message (fake, gst_message_new_element (GST_OBJECT (fake), structure));
}

/**
 * fake_live_post_stats:
 * @latency: microseconds
 * @behind: microseconds
 * @trouble: #ScLiveTrouble
 *
 * The one that is open says how it goes, and that it shows "720p30".
 */
void
fake_live_post_stats (gint64 latency, gint64 behind, guint trouble)
{
  fake_live_post (gst_structure_new ("sc-live-stats",
                                     "latency",
                                     G_TYPE_INT64,
                                     latency,
                                     "server-offset",
                                     G_TYPE_INT64,
                                     FAKE_LIVE_SERVER_OFFSET,
                                     "target",
                                     G_TYPE_INT64,
                                     (gint64) 300000,
                                     "behind",
                                     G_TYPE_INT64,
                                     behind,
                                     "bitrate",
                                     G_TYPE_UINT,
                                     2500000,
                                     "stalls",
                                     G_TYPE_UINT,
                                     2,
                                     "quality",
                                     G_TYPE_STRING,
                                     "720p30",
                                     "trouble",
                                     G_TYPE_UINT,
                                     trouble,
                                     NULL));
}

static void
add_quality (GValue *list, const char *id, int height, guint bandwidth)
{
  GValue value = G_VALUE_INIT;
  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value,
                      gst_structure_new ("quality",
                                         "id",
                                         G_TYPE_STRING,
                                         id,
                                         "height",
                                         G_TYPE_INT,
                                         height,
                                         "frame-rate",
                                         G_TYPE_DOUBLE,
                                         30.0,
                                         "bandwidth",
                                         G_TYPE_UINT,
                                         bandwidth,
                                         NULL));
  gst_value_list_append_and_take_value (list, &value);
}

/**
 * fake_live_post_qualities:
 * @ids: renditions, each 100 pixels higher than the one before it
 * @n: how many
 *
 * The one that is open says what there is.
 */
void
fake_live_post_qualities (const char *const *ids, guint n)
{
  GValue list = G_VALUE_INIT;
  g_value_init (&list, GST_TYPE_LIST);
  for (guint i = 0; i < n; i++)
    add_quality (&list, ids[i], 100 * (int) (i + 1), 1000 * (i + 1));
  GstStructure *structure = gst_structure_new_empty ("sc-live-qualities");
  gst_structure_take_value (structure, "list", &list);
  fake_live_post (structure);
}

/**
 * fake_live_end:
 *
 * The stream ends.
 */
void
fake_live_end (void)
{
  g_autoptr (GstElement) fake = g_weak_ref_get (&open_fake);
  g_assert_nonnull (fake);
  gst_element_send_event (fake, gst_event_new_eos ());
}

/**
 * fake_live_read_orders:
 * @ret_orders: what the one that is open was told; its quality is to be freed
 */
void
fake_live_read_orders (FakeLiveOrders *ret_orders)
{
  g_autoptr (FakeLive) fake = g_weak_ref_get (&open_fake);
  g_assert_nonnull (fake);
  GST_OBJECT_LOCK (fake);
  *ret_orders = fake->orders;
  ret_orders->quality = g_strdup (fake->orders.quality);
  GST_OBJECT_UNLOCK (fake);
}

/* The decoder. */

#define FAKE_TYPE_DECODER (fake_decoder_get_type ())
G_DECLARE_FINAL_TYPE (FakeDecoder, fake_decoder, FAKE, DECODER, GstVideoDecoder)

struct _FakeDecoder {
  GstVideoDecoder parent_instance;
};

G_DEFINE_FINAL_TYPE (FakeDecoder, fake_decoder, GST_TYPE_VIDEO_DECODER)

static GstFlowReturn
handle_frame (GstVideoDecoder *decoder, GstVideoCodecFrame *frame)
{
  gst_video_decoder_drop_frame (decoder, frame);
  GST_ELEMENT_ERROR (decoder, STREAM, DECODE, ("The device is busy"), (NULL));
  return GST_FLOW_ERROR;
}

static void
fake_decoder_class_init (FakeDecoderClass *klass)
{
  static GstStaticPadTemplate sink = GST_STATIC_PAD_TEMPLATE ("sink",
                                                              GST_PAD_SINK,
                                                              GST_PAD_ALWAYS,
                                                              GST_STATIC_CAPS ("video/x-h264"));
  static GstStaticPadTemplate source =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS ("video/x-raw"));
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  GST_VIDEO_DECODER_CLASS (klass)->handle_frame = handle_frame;
  gst_element_class_add_static_pad_template (element_class, &sink);
  gst_element_class_add_static_pad_template (element_class, &source);
  gst_element_class_set_static_metadata (element_class,
                                         "Fake decoder",
                                         "Codec/Decoder/Video/Hardware",
                                         "Fails",
                                         "The StreamCat contributors");
}

static void
fake_decoder_init (FakeDecoder *self)
{
  g_atomic_int_inc (&n_decoders);
}

/**
 * fake_decoder_register:
 *
 * From now on this is what decodes H.264, before all others.
 */
void
fake_decoder_register (void)
{
  g_assert_true (
    gst_element_register (NULL, "fakehwh264dec", GST_RANK_PRIMARY + 1000, FAKE_TYPE_DECODER));
}

/**
 * fake_decoder_get_n_made:
 *
 * Returns: how many there were
 */
guint
fake_decoder_get_n_made (void)
{
  return (guint) g_atomic_int_get (&n_decoders);
}
