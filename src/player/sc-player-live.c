/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is known of a live stream, and what the viewer may choose. Choices outlive the stream; what
 * is known does not, and comes by sc-player-live-messages.c. A main-thread object.
 */

#include "config.h"

#include "sc-player-live-private.h"
#include "sc-player-quality-private.h"

static GParamSpec *properties[PROP_OVER + 1];

static guint metadata_signal;
static guint refused_signal;

G_DEFINE_FINAL_TYPE (ScPlayerLive, sc_player_live, G_TYPE_OBJECT)

/* Tells that a property changed. */
void
sc_player_live_notify (ScPlayerLive *self, ScPlayerLiveProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Emits the metadata of the picture that is shown. */
void
sc_player_live_emit_metadata (ScPlayerLive *self, const char *owner, const char *text)
{
  g_signal_emit (self, metadata_signal, 0, owner, text);
}

/* Emits that the address was refused. */
void
sc_player_live_emit_refused (ScPlayerLive *self)
{
  g_signal_emit (self, refused_signal, 0);
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
  case PROP_OVER:
    g_value_set_boolean (value, self->over);
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
  properties[PROP_OVER] = g_param_spec_boolean ("over", NULL, NULL, FALSE, seen);
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

  /**
   * ScPlayerLive::refused:
   *
   * The server refused the address of what is open, as when its token has expired. For some seconds
   * sc_player_live_set_address() is waited for; only then the stream is over.
   */
  refused_signal = g_signal_new ("refused",
                                 G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 0);
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
 * sc_player_live_get_picture_time:
 * @self: a live half
 *
 * It changes with the latency, and goes on by itself in between.
 *
 * Returns: when the picture that is shown now was made, by the server's clock, microseconds since
 *   the epoch; -1 while unknown
 */
gint64
sc_player_live_get_picture_time (ScPlayerLive *self)
{
  if (self->now.latency < 0)
    return -1;
  return g_get_real_time () + self->server_offset - self->now.latency;
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
  sc_player_live_notify (self, PROP_QUALITY);
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
  sc_player_live_notify (self, PROP_TARGET_LATENCY);
}

/**
 * sc_player_live_get_over:
 * @self: a live half
 *
 * Returns: whether the stream is over, and what is shown is the rest of it
 */
gboolean
sc_player_live_get_over (ScPlayerLive *self)
{
  return self->over;
}

/**
 * sc_player_live_set_over:
 * @self: a live half
 * @over: whether the stream is over, as whoever asks its channel knows; until the next one opens
 */
void
sc_player_live_set_over (ScPlayerLive *self, gboolean over)
{
  if (self->over == over)
    return;
  self->over = over;
  sc_player_live_notify (self, PROP_OVER);
}

/**
 * sc_player_live_set_address:
 * @self: a live half
 * @uri: a newer playback URL of the stream that is open
 *
 * What is open goes on; if the server comes to refuse the address that it has, it takes this one.
 */
void
sc_player_live_set_address (ScPlayerLive *self, const char *uri)
{
  if (self->link)
    sc_live_link_set_address (self->link, uri);
}

/**
 * sc_player_live_return_to_live:
 * @self: a live half
 *
 * Goes from where a pause left the viewer to where the stream is, unless that is over. The player's
 * own pause is the player's to end.
 */
void
sc_player_live_return_to_live (ScPlayerLive *self)
{
  if (self->over)
    return;
  self->pause.holds = FALSE;
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
  sc_live_statistics_copy (&self->now, ret_statistics);
}
