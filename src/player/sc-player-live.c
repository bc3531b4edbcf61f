/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is known of a live stream, and what the viewer may choose: the source's messages on one
 * side, properties on the other. Choices outlive the stream; what is known does not. A main-thread
 * object.
 */

#include "config.h"

#include "sc-frame-rate.h"
#include "sc-player-live-private.h"
#include "sc-player-quality-private.h"

/* The contract with the source: the names of its element messages. */
#define STATS_MESSAGE "sc-live-stats"
#define QUALITIES_MESSAGE "sc-live-qualities"
#define METADATA_MESSAGE "sc-live-metadata"

/* A viewer who is less than this behind by a pause is at live: smaller is no pause but a twitch. */
#define BEHIND_US (G_USEC_PER_SEC / 2)

struct _ScPlayerLive {
  GObject parent_instance;

  ScLiveLink *link; /* (nullable): of what is open */
  GListStore *qualities;
  ScLiveStatistics now;
  gint64 behind;
  ScLiveTrouble trouble;
  char *quality;
  guint target_latency;
  gboolean is_live;

  ScFrameRate frame_rate;

  gboolean held;    /* the source leaves the viewer where a pause left them */
  gboolean is_late; /* since then the source told that this is behind */
  gint64 paused_at; /* monotonic, 0 while it plays; with what was known then */
  gint64 paused_latency;
  gint64 paused_behind;
};

typedef enum {
  PROP_IS_LIVE = 1,
  PROP_LATENCY,
  PROP_BEHIND,
  PROP_TROUBLE,
  PROP_QUALITIES,
  PROP_QUALITY,
  PROP_SHOWN_QUALITY,
  PROP_TARGET_LATENCY,
} ScPlayerLiveProperty;

static GParamSpec *properties[PROP_TARGET_LATENCY + 1];

static guint metadata_signal;

G_DEFINE_FINAL_TYPE (ScPlayerLive, sc_player_live, G_TYPE_OBJECT)

static void
notify (ScPlayerLive *self, ScPlayerLiveProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_is_live (ScPlayerLive *self, gboolean is_live)
{
  if (self->is_live == is_live)
    return;
  self->is_live = is_live;
  notify (self, PROP_IS_LIVE);
}

static void
set_latency (ScPlayerLive *self, gint64 latency)
{
  if (self->now.latency == latency)
    return;
  self->now.latency = latency;
  notify (self, PROP_LATENCY);
}

static void
set_behind (ScPlayerLive *self, gint64 behind)
{
  behind = behind < BEHIND_US ? 0 : behind;
  if (self->behind == behind)
    return;
  self->behind = behind;
  notify (self, PROP_BEHIND);
}

static void
set_trouble (ScPlayerLive *self, guint trouble)
{
  if (trouble > SC_LIVE_PAUSED || self->trouble == trouble)
    return;
  self->trouble = (ScLiveTrouble) trouble;
  notify (self, PROP_TROUBLE);
}

static void
set_shown_quality (ScPlayerLive *self, const char *id)
{
  if (g_set_str (&self->now.quality, id))
    notify (self, PROP_SHOWN_QUALITY);
}

static void
set_held (ScPlayerLive *self, gboolean held)
{
  self->held = held;
  self->is_late = FALSE;
  if (self->link)
    sc_live_link_set_held (self->link, held);
}

static void
forget_stream (ScPlayerLive *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_list_store_remove_all (self->qualities);
  set_latency (self, -1);
  set_behind (self, 0);
  set_trouble (self, SC_LIVE_FINE);
  set_shown_quality (self, NULL);
  sc_live_statistics_clear (&self->now);
  self->now = (ScLiveStatistics) { .latency = -1, .rate = 1.0 };
  self->frame_rate = (ScFrameRate) { 0 };
  self->paused_at = 0;
  self->held = FALSE;
  g_object_thaw_notify (G_OBJECT (self));
}

/* What the source tells. */

/* Who was behind by a pause and is not any more, as where the network came to need as much, is at
 * live again. The first reports after a pause may not know of it yet. */
static void
see_behind (ScPlayerLive *self)
{
  if (!self->held || self->paused_at > 0)
    return;
  if (self->behind > 0)
    self->is_late = TRUE;
  else if (self->is_late)
    set_held (self, FALSE);
}

static void
take_stats (ScPlayerLive *self, const GstStructure *stats)
{
  gint64 latency = self->now.latency;
  gint64 behind = self->behind;
  guint trouble = self->trouble;
  gst_structure_get_int64 (stats, "latency", &latency);
  gst_structure_get_int64 (stats, "target", &self->now.target);
  gst_structure_get_int64 (stats, "buffer", &self->now.buffer);
  gst_structure_get_int64 (stats, "behind", &behind);
  gst_structure_get_uint (stats, "bitrate", &self->now.bitrate);
  gst_structure_get_uint (stats, "bandwidth", &self->now.bandwidth);
  gst_structure_get_double (stats, "rate", &self->now.rate);
  gst_structure_get_uint (stats, "stalls", &self->now.stalls);
  gst_structure_get_uint (stats, "trouble", &trouble);

  g_object_freeze_notify (G_OBJECT (self));
  set_latency (self, MAX (latency, -1));
  set_behind (self, behind);
  see_behind (self);
  set_trouble (self, trouble);
  set_shown_quality (self, gst_structure_get_string (stats, "quality"));
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
has_quality (ScPlayerLive *self, const char *id)
{
  GListModel *qualities = G_LIST_MODEL (self->qualities);
  for (guint i = 0; i < g_list_model_get_n_items (qualities); i++) {
    g_autoptr (ScPlayerQuality) quality = g_list_model_get_item (qualities, i);
    if (g_strcmp0 (sc_player_quality_get_id (quality), id) == 0)
      return TRUE;
  }
  return FALSE;
}

/* A rendition that was chosen and is no more leaves the choice to the source. */
static void
take_qualities (ScPlayerLive *self, const GstStructure *structure)
{
  const GValue *list = gst_structure_get_value (structure, "list");
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = list && GST_VALUE_HOLDS_LIST (list) ? gst_value_list_get_size (list) : 0;
  for (guint i = 0; i < n; i++) {
    ScPlayerQuality *quality = sc_player_quality_from_value (gst_value_list_get_value (list, i));
    if (quality)
      g_ptr_array_add (found, quality);
  }
  g_list_store_splice (self->qualities,
                       0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->qualities)),
                       found->pdata,
                       found->len);
  g_list_store_sort (self->qualities, sc_player_quality_compare, NULL);
  if (self->quality && !has_quality (self, self->quality))
    sc_player_live_set_quality (self, NULL);
}

static void
take_metadata (ScPlayerLive *self, const GstStructure *structure)
{
  const char *owner = gst_structure_get_string (structure, "owner");
  const char *text = gst_structure_get_string (structure, "text");
  g_signal_emit (self, metadata_signal, 0, owner ? owner : "", text ? text : "");
}

static void
sc_player_live_finalize (GObject *object)
{
  ScPlayerLive *self = SC_PLAYER_LIVE (object);

  g_clear_object (&self->qualities);
  g_clear_pointer (&self->quality, g_free);
  sc_live_statistics_clear (&self->now);

  G_OBJECT_CLASS (sc_player_live_parent_class)->finalize (object);
}

static void
sc_player_live_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScPlayerLive *self = SC_PLAYER_LIVE (object);

  switch ((ScPlayerLiveProperty) id) {
  case PROP_IS_LIVE:
    g_value_set_boolean (value, self->is_live);
    break;
  case PROP_LATENCY:
    g_value_set_int64 (value, self->now.latency);
    break;
  case PROP_BEHIND:
    g_value_set_int64 (value, self->behind);
    break;
  case PROP_TROUBLE:
    g_value_set_uint (value, self->trouble);
    break;
  case PROP_QUALITIES:
    g_value_set_object (value, self->qualities);
    break;
  case PROP_QUALITY:
    g_value_set_string (value, self->quality);
    break;
  case PROP_SHOWN_QUALITY:
    g_value_set_string (value, self->now.quality);
    break;
  case PROP_TARGET_LATENCY:
    g_value_set_uint (value, self->target_latency);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_player_live_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScPlayerLive *self = SC_PLAYER_LIVE (object);

  switch (id) {
  case PROP_QUALITY:
    sc_player_live_set_quality (self, g_value_get_string (value));
    break;
  case PROP_TARGET_LATENCY:
    sc_player_live_set_target_latency (self, g_value_get_uint (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags seen = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags set = seen | G_PARAM_WRITABLE;

  properties[PROP_IS_LIVE] = g_param_spec_boolean ("is-live", NULL, NULL, FALSE, seen);
  properties[PROP_LATENCY] = g_param_spec_int64 ("latency", NULL, NULL, -1, G_MAXINT64, -1, seen);
  properties[PROP_BEHIND] = g_param_spec_int64 ("behind", NULL, NULL, 0, G_MAXINT64, 0, seen);
  properties[PROP_TROUBLE] =
    g_param_spec_uint ("trouble", NULL, NULL, 0, SC_LIVE_PAUSED, SC_LIVE_FINE, seen);
  properties[PROP_QUALITIES] =
    g_param_spec_object ("qualities", NULL, NULL, G_TYPE_LIST_MODEL, seen);
  properties[PROP_QUALITY] = g_param_spec_string ("quality", NULL, NULL, NULL, set);
  properties[PROP_SHOWN_QUALITY] = g_param_spec_string ("shown-quality", NULL, NULL, NULL, seen);
  properties[PROP_TARGET_LATENCY] =
    g_param_spec_uint ("target-latency", NULL, NULL, 0, G_MAXUINT, 0, set);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_player_live_class_init (ScPlayerLiveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = sc_player_live_finalize;
  object_class->get_property = sc_player_live_get_property;
  object_class->set_property = sc_player_live_set_property;
  install_properties (object_class);

  /**
   * ScPlayerLive::metadata:
   * @owner: who put it into the stream, as "metadata.live-video.net"
   * @text: what they put
   *
   * Timed metadata, at the moment of the picture that it is for.
   */
  metadata_signal = g_signal_new ("metadata",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  2,
                                  G_TYPE_STRING,
                                  G_TYPE_STRING);
}

static void
sc_player_live_init (ScPlayerLive *self)
{
  self->qualities = g_list_store_new (SC_TYPE_PLAYER_QUALITY);
  self->now = (ScLiveStatistics) { .latency = -1, .rate = 1.0 };
}

/**
 * sc_player_live_new:
 *
 * Returns: (transfer full): nothing is known, nothing is chosen
 */
ScPlayerLive *
sc_player_live_new (void)
{
  return g_object_new (SC_TYPE_PLAYER_LIVE, NULL);
}

/**
 * sc_player_live_begin:
 * @self: a live half
 * @link: to the source of a live stream that is opened; valid until sc_player_live_end()
 */
void
sc_player_live_begin (ScPlayerLive *self, ScLiveLink *link)
{
  self->link = link;
  sc_live_link_set_target_latency (link, self->target_latency);
  sc_live_link_set_quality (link, self->quality);
  set_is_live (self, TRUE);
}

/**
 * sc_player_live_end:
 * @self: a live half
 *
 * The stream is closed: nothing is known any more.
 */
void
sc_player_live_end (ScPlayerLive *self)
{
  self->link = NULL;
  forget_stream (self);
  set_is_live (self, FALSE);
}

/**
 * sc_player_live_set_paused:
 * @self: a live half
 * @paused: whether the viewer paused; when they go on they are where they were, until they return;
 *   after a pause that is none to speak of they are at live as before
 * @now: monotonic time, microseconds
 */
void
sc_player_live_set_paused (ScPlayerLive *self, gboolean paused, gint64 now)
{
  if (!self->link)
    return;
  if (paused)
    set_held (self, TRUE);
  else if (self->held && self->paused_behind + now - self->paused_at < BEHIND_US)
    set_held (self, FALSE);
  self->paused_at = paused ? now : 0;
  self->paused_latency = self->now.latency;
  self->paused_behind = self->behind;
}

/* The source says nothing while its clock stands, and the stream goes on. */
static void
count_pause (ScPlayerLive *self, gint64 now)
{
  gint64 pause = now - self->paused_at;
  g_object_freeze_notify (G_OBJECT (self));
  set_behind (self, self->paused_behind + pause);
  if (self->paused_latency >= 0)
    set_latency (self, self->paused_latency + pause);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sc_player_live_look:
 * @self: a live half
 * @count: what the sink counts now; the decoder is copied
 *
 * To be called a few times a second.
 */
void
sc_player_live_look (ScPlayerLive *self, const ScLiveCount *count)
{
  self->now.frames = count->shown;
  self->now.dropped = count->dropped;
  self->now.frame_rate = sc_frame_rate_see (&self->frame_rate, count->shown, count->now);
  g_set_str (&self->now.decoder, count->decoder);
  if (self->paused_at > 0)
    count_pause (self, count->now);
}

/**
 * sc_player_live_take_message:
 * @self: a live half
 * @message: an element message; those of other elements are left alone
 */
void
sc_player_live_take_message (ScPlayerLive *self, GstMessage *message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  if (!self->is_live || !structure)
    return;
  if (gst_structure_has_name (structure, STATS_MESSAGE))
    take_stats (self, structure);
  else if (gst_structure_has_name (structure, QUALITIES_MESSAGE))
    take_qualities (self, structure);
  else if (gst_structure_has_name (structure, METADATA_MESSAGE))
    take_metadata (self, structure);
}

/**
 * sc_live_statistics_clear:
 * @self: statistics
 *
 * Frees what they hold.
 */
void
sc_live_statistics_clear (ScLiveStatistics *self)
{
  g_clear_pointer (&self->decoder, g_free);
  g_clear_pointer (&self->quality, g_free);
}

/**
 * sc_player_live_get_is_live:
 * @self: a live half
 *
 * Returns: whether what is open is live, through our own source
 */
gboolean
sc_player_live_get_is_live (ScPlayerLive *self)
{
  return self->is_live;
}

/**
 * sc_player_live_get_latency:
 * @self: a live half
 *
 * Returns: from the origin's clock to the picture, microseconds, or -1
 */
gint64
sc_player_live_get_latency (ScPlayerLive *self)
{
  return self->now.latency;
}

/**
 * sc_player_live_get_behind:
 * @self: a live half
 *
 * Returns: how much further behind it is by a pause, microseconds; 0 at live
 */
gint64
sc_player_live_get_behind (ScPlayerLive *self)
{
  return self->behind;
}

/**
 * sc_player_live_get_trouble:
 * @self: a live half
 *
 * Returns: why the picture stands
 */
ScLiveTrouble
sc_player_live_get_trouble (ScPlayerLive *self)
{
  return self->trouble;
}

/**
 * sc_player_live_get_qualities:
 * @self: a live half
 *
 * Returns: (transfer none): the renditions as #ScPlayerQuality, best first
 */
GListModel *
sc_player_live_get_qualities (ScPlayerLive *self)
{
  return G_LIST_MODEL (self->qualities);
}

/**
 * sc_player_live_get_quality:
 * @self: a live half
 *
 * Returns: (transfer none) (nullable): the rendition that the viewer chose; %NULL for automatic
 */
const char *
sc_player_live_get_quality (ScPlayerLive *self)
{
  return self->quality;
}

/**
 * sc_player_live_set_quality:
 * @self: a live half
 * @id: (nullable): the rendition to show; %NULL for automatic
 */
void
sc_player_live_set_quality (ScPlayerLive *self, const char *id)
{
  if (!g_set_str (&self->quality, id))
    return;
  if (self->link)
    sc_live_link_set_quality (self->link, id);
  notify (self, PROP_QUALITY);
}

/**
 * sc_player_live_get_shown_quality:
 * @self: a live half
 *
 * Returns: (transfer none) (nullable): the rendition that is shown
 */
const char *
sc_player_live_get_shown_quality (ScPlayerLive *self)
{
  return self->now.quality;
}

/**
 * sc_player_live_get_target_latency:
 * @self: a live half
 *
 * Returns: how far behind the picture shall be, milliseconds; 0 for automatic
 */
guint
sc_player_live_get_target_latency (ScPlayerLive *self)
{
  return self->target_latency;
}

/**
 * sc_player_live_set_target_latency:
 * @self: a live half
 * @milliseconds: how far behind the picture shall be; 0 for automatic
 */
void
sc_player_live_set_target_latency (ScPlayerLive *self, guint milliseconds)
{
  if (self->target_latency == milliseconds)
    return;
  self->target_latency = milliseconds;
  if (self->link)
    sc_live_link_set_target_latency (self->link, milliseconds);
  notify (self, PROP_TARGET_LATENCY);
}

/**
 * sc_player_live_return_to_live:
 * @self: a live half
 *
 * Goes from where a pause left the viewer to where the stream is. The player's own pause is the
 * player's to end.
 */
void
sc_player_live_return_to_live (ScPlayerLive *self)
{
  self->held = FALSE;
  if (self->link)
    sc_live_link_return (self->link);
}

/**
 * sc_player_live_get_statistics:
 * @self: a live half
 * @ret_statistics: (out caller-allocates): what is known now; to be cleared
 */
void
sc_player_live_get_statistics (ScPlayerLive *self, ScLiveStatistics *ret_statistics)
{
  *ret_statistics = self->now;
  ret_statistics->decoder = g_strdup (self->now.decoder);
  ret_statistics->quality = g_strdup (self->now.quality);
}
