/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A channel as our API shows it: to anyone, and with state, reason and ingest server to its owner.
 *
 * The backend fills one and writes it; the app reads one, puts it into a list model, and keeps it
 * up to date with sc_channel_update(), which notifies only what changed. Not thread-safe: one
 * thread owns it.
 */

#include "config.h"

#include "sc-channel.h"

struct _ScChannel {
  GObject parent_instance;

  char *name;
  char *title;
  char *category;
  char *about;
  char *reason;
  char *ingest_server;
  char *channel_type;
  char *latency_mode;
  ScChannelPending *pending;
  char *playback_url;
  char *avatar_url;
  char *thumbnail_url;
  ScStream *stream;
  ScChannelState state;
  gboolean key_resetting;
};

typedef enum {
  PROP_NAME = 1,
  PROP_TITLE,
  PROP_CATEGORY,
  PROP_ABOUT,
  PROP_STATE,
  PROP_REASON,
  PROP_INGEST_SERVER,
  PROP_CHANNEL_TYPE,
  PROP_LATENCY_MODE,
  PROP_PLAYBACK_URL,
  PROP_AVATAR_URL,
  PROP_THUMBNAIL_URL,
  PROP_KEY_RESETTING,
  PROP_LIVE,
  PROP_STARTED_AT,
  PROP_ENDED_AT,
  PROP_VIEWERS,
} ScChannelProperty;

static GParamSpec *properties[PROP_VIEWERS + 1];

G_DEFINE_FINAL_TYPE (ScChannel, sc_channel, G_TYPE_OBJECT)

static void
sc_channel_finalize (GObject *object)
{
  ScChannel *self = SC_CHANNEL (object);

  g_free (self->name);
  g_free (self->title);
  g_free (self->category);
  g_free (self->about);
  g_free (self->reason);
  g_free (self->ingest_server);
  g_free (self->channel_type);
  g_free (self->latency_mode);
  sc_channel_pending_free (self->pending);
  g_free (self->playback_url);
  g_free (self->avatar_url);
  g_free (self->thumbnail_url);
  sc_stream_free (self->stream);

  G_OBJECT_CLASS (sc_channel_parent_class)->finalize (object);
}

static void
sc_channel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChannel *self = SC_CHANNEL (object);

  switch ((ScChannelProperty) id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_TITLE:
    g_value_set_string (value, self->title);
    break;
  case PROP_CATEGORY:
    g_value_set_string (value, self->category);
    break;
  case PROP_ABOUT:
    g_value_set_string (value, self->about);
    break;
  case PROP_STATE:
    g_value_set_uint (value, self->state);
    break;
  case PROP_REASON:
    g_value_set_string (value, self->reason);
    break;
  case PROP_INGEST_SERVER:
    g_value_set_string (value, self->ingest_server);
    break;
  case PROP_CHANNEL_TYPE:
    g_value_set_string (value, self->channel_type);
    break;
  case PROP_LATENCY_MODE:
    g_value_set_string (value, self->latency_mode);
    break;
  case PROP_PLAYBACK_URL:
    g_value_set_string (value, self->playback_url);
    break;
  case PROP_AVATAR_URL:
    g_value_set_string (value, self->avatar_url);
    break;
  case PROP_THUMBNAIL_URL:
    g_value_set_string (value, self->thumbnail_url);
    break;
  case PROP_KEY_RESETTING:
    g_value_set_boolean (value, self->key_resetting);
    break;
  case PROP_LIVE:
    g_value_set_boolean (value, sc_channel_get_live (self));
    break;
  case PROP_STARTED_AT:
    g_value_set_int64 (value, sc_channel_get_started_at (self));
    break;
  case PROP_ENDED_AT:
    g_value_set_int64 (value, sc_channel_get_ended_at (self));
    break;
  case PROP_VIEWERS:
    g_value_set_int64 (value, sc_channel_get_viewers (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_CATEGORY] = g_param_spec_string ("category", NULL, NULL, NULL, flags);
  properties[PROP_ABOUT] = g_param_spec_string ("about", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, SC_CHANNEL_FAILED, 0, flags);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  properties[PROP_INGEST_SERVER] = g_param_spec_string ("ingest-server", NULL, NULL, NULL, flags);
  properties[PROP_CHANNEL_TYPE] = g_param_spec_string ("channel-type", NULL, NULL, NULL, flags);
  properties[PROP_LATENCY_MODE] = g_param_spec_string ("latency-mode", NULL, NULL, NULL, flags);
  properties[PROP_PLAYBACK_URL] = g_param_spec_string ("playback-url", NULL, NULL, NULL, flags);
  properties[PROP_AVATAR_URL] = g_param_spec_string ("avatar-url", NULL, NULL, NULL, flags);
  properties[PROP_THUMBNAIL_URL] = g_param_spec_string ("thumbnail-url", NULL, NULL, NULL, flags);
  properties[PROP_KEY_RESETTING] = g_param_spec_boolean ("key-resetting", NULL, NULL, FALSE, flags);
  properties[PROP_LIVE] = g_param_spec_boolean ("live", NULL, NULL, FALSE, flags);
  properties[PROP_STARTED_AT] =
    g_param_spec_int64 ("started-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ENDED_AT] = g_param_spec_int64 ("ended-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_VIEWERS] = g_param_spec_int64 ("viewers",
                                                 NULL,
                                                 NULL,
                                                 SC_STREAM_VIEWERS_UNKNOWN,
                                                 G_MAXINT64,
                                                 SC_STREAM_VIEWERS_UNKNOWN,
                                                 flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_channel_class_init (ScChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = sc_channel_finalize;
  object_class->get_property = sc_channel_get_property;
  install_properties (object_class);
}

static void
sc_channel_init (ScChannel *self)
{
}

/**
 * sc_channel_new:
 * @name: the channel's name, which is its owner's
 * @title: what it is about, one line
 *
 * Returns: (transfer full): a channel that is being provisioned and has never been live
 */
ScChannel *
sc_channel_new (const char *name, const char *title)
{
  ScChannel *self = g_object_new (SC_TYPE_CHANNEL, NULL);
  self->name = g_strdup (name);
  self->title = g_strdup (title);
  self->category = g_strdup ("");
  self->about = g_strdup ("");
  return self;
}

/**
 * sc_channel_get_name:
 * @self: a channel
 *
 * Returns: (transfer none): the name, which is the owner's
 */
const char *
sc_channel_get_name (ScChannel *self)
{
  return self->name;
}

/**
 * sc_channel_get_title:
 * @self: a channel
 *
 * Returns: (transfer none): what the channel is about, one line
 */
const char *
sc_channel_get_title (ScChannel *self)
{
  return self->title;
}

/**
 * sc_channel_get_category:
 * @self: a channel
 *
 * Returns: (transfer none): what kind of thing it shows, one line; empty for none
 */
const char *
sc_channel_get_category (ScChannel *self)
{
  return self->category;
}

/**
 * sc_channel_get_about:
 * @self: a channel
 *
 * Returns: (transfer none): what it says about itself, lines of text; empty for nothing
 */
const char *
sc_channel_get_about (ScChannel *self)
{
  return self->about;
}

/**
 * sc_channel_get_state:
 * @self: a channel
 *
 * Returns: how far its resources are
 */
ScChannelState
sc_channel_get_state (ScChannel *self)
{
  return self->state;
}

/**
 * sc_channel_get_reason:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): the code of why it is not ready, as "quota"
 */
const char *
sc_channel_get_reason (ScChannel *self)
{
  return self->reason;
}

/**
 * sc_channel_get_ingest_server:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): the URL that goes into the encoder's "server" field; only
 *   for its owner and once ready
 */
const char *
sc_channel_get_ingest_server (ScChannel *self)
{
  return self->ingest_server;
}

/**
 * sc_channel_get_channel_type:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): its type on Amazon IVS, as "BASIC"; only for its owner
 */
const char *
sc_channel_get_channel_type (ScChannel *self)
{
  return self->channel_type;
}

/**
 * sc_channel_get_latency_mode:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): "LOW" or "NORMAL", as it is on Amazon IVS; only for its
 *   owner
 */
const char *
sc_channel_get_latency_mode (ScChannel *self)
{
  return self->latency_mode;
}

/**
 * sc_channel_get_pending:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): what was asked of it and is not so yet; only for its owner
 */
const ScChannelPending *
sc_channel_get_pending (ScChannel *self)
{
  return self->pending;
}

/**
 * sc_channel_get_playback_url:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): the URL of the HLS multivariant playlist, once ready
 */
const char *
sc_channel_get_playback_url (ScChannel *self)
{
  return self->playback_url;
}

/**
 * sc_channel_get_avatar_url:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): where its picture is
 */
const char *
sc_channel_get_avatar_url (ScChannel *self)
{
  return self->avatar_url;
}

/**
 * sc_channel_get_thumbnail_url:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): where the newest picture of its stream is while it is live
 *   and recorded, which is another one every few seconds; it may not be there yet
 */
const char *
sc_channel_get_thumbnail_url (ScChannel *self)
{
  return self->thumbnail_url;
}

/**
 * sc_channel_get_stream:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): the newest stream, live or ended
 */
const ScStream *
sc_channel_get_stream (ScChannel *self)
{
  return self->stream;
}

/**
 * sc_channel_get_live:
 * @self: a channel
 *
 * Returns: %TRUE while there is a picture to watch
 */
gboolean
sc_channel_get_live (ScChannel *self)
{
  return sc_stream_is_live (self->stream);
}

/**
 * sc_channel_get_started_at:
 * @self: a channel
 *
 * Returns: when the newest stream began, microseconds since the epoch, or 0
 */
gint64
sc_channel_get_started_at (ScChannel *self)
{
  return self->stream ? self->stream->started_at : 0;
}

/**
 * sc_channel_get_ended_at:
 * @self: a channel
 *
 * Returns: when the newest stream ended, microseconds since the epoch, or 0
 */
gint64
sc_channel_get_ended_at (ScChannel *self)
{
  return self->stream ? self->stream->ended_at : 0;
}

/**
 * sc_channel_get_viewers:
 * @self: a channel
 *
 * Returns: how many watch the newest stream, as was last known, or %SC_STREAM_VIEWERS_UNKNOWN
 */
gint64
sc_channel_get_viewers (ScChannel *self)
{
  return self->stream ? self->stream->viewers : SC_STREAM_VIEWERS_UNKNOWN;
}

static void
set_string (ScChannel *self, char **field, const char *value, ScChannelProperty property)
{
  if (g_set_str (field, value))
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/**
 * sc_channel_set_title:
 * @self: a channel
 * @title: what it is about, one line
 */
void
sc_channel_set_title (ScChannel *self, const char *title)
{
  set_string (self, &self->title, title, PROP_TITLE);
}

/**
 * sc_channel_set_words:
 * @self: a channel
 * @category: what kind of thing it shows, one line, or empty
 * @about: what it says about itself, or empty
 */
void
sc_channel_set_words (ScChannel *self, const char *category, const char *about)
{
  set_string (self, &self->category, category, PROP_CATEGORY);
  set_string (self, &self->about, about, PROP_ABOUT);
}

/**
 * sc_channel_set_state:
 * @self: a channel
 * @state: how far its resources are
 * @reason: (nullable): the code of why it is not ready
 */
void
sc_channel_set_state (ScChannel *self, ScChannelState state, const char *reason)
{
  set_string (self, &self->reason, reason, PROP_REASON);
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/**
 * sc_channel_set_ingest_server:
 * @self: a channel
 * @server: (nullable): the URL for the encoder's "server" field
 */
void
sc_channel_set_ingest_server (ScChannel *self, const char *server)
{
  set_string (self, &self->ingest_server, server, PROP_INGEST_SERVER);
}

/**
 * sc_channel_set_channel_type:
 * @self: a channel
 * @type: (nullable): its type on Amazon IVS
 */
void
sc_channel_set_channel_type (ScChannel *self, const char *type)
{
  set_string (self, &self->channel_type, type, PROP_CHANNEL_TYPE);
}

/**
 * sc_channel_set_latency_mode:
 * @self: a channel
 * @mode: (nullable): its latency mode on Amazon IVS
 */
void
sc_channel_set_latency_mode (ScChannel *self, const char *mode)
{
  set_string (self, &self->latency_mode, mode, PROP_LATENCY_MODE);
}

/**
 * sc_channel_set_pending:
 * @self: a channel
 * @pending: (nullable) (transfer none): what was asked of it and is not so yet, copied. No
 * property: whoever reads an own channel is told of each reading.
 */
void
sc_channel_set_pending (ScChannel *self, const ScChannelPending *pending)
{
  ScChannelPending *copy = sc_channel_pending_copy (pending);
  sc_channel_pending_free (self->pending);
  self->pending = copy;
}

/**
 * sc_channel_set_playback_url:
 * @self: a channel
 * @url: (nullable): the URL of the HLS multivariant playlist
 */
void
sc_channel_set_playback_url (ScChannel *self, const char *url)
{
  set_string (self, &self->playback_url, url, PROP_PLAYBACK_URL);
}

/**
 * sc_channel_set_avatar_url:
 * @self: a channel
 * @url: (nullable): where its picture is
 */
void
sc_channel_set_avatar_url (ScChannel *self, const char *url)
{
  set_string (self, &self->avatar_url, url, PROP_AVATAR_URL);
}

/**
 * sc_channel_set_thumbnail_url:
 * @self: a channel
 * @url: (nullable): where the newest picture of its stream is
 */
void
sc_channel_set_thumbnail_url (ScChannel *self, const char *url)
{
  set_string (self, &self->thumbnail_url, url, PROP_THUMBNAIL_URL);
}

/**
 * sc_channel_get_key_resetting:
 * @self: a channel of one's own
 *
 * Returns: whether another stream key is being made, and there may be none
 */
gboolean
sc_channel_get_key_resetting (ScChannel *self)
{
  return self->key_resetting;
}

/**
 * sc_channel_set_key_resetting:
 * @self: a channel
 * @resetting: whether another stream key is being made
 */
void
sc_channel_set_key_resetting (ScChannel *self, gboolean resetting)
{
  if (self->key_resetting == resetting)
    return;
  self->key_resetting = resetting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY_RESETTING]);
}

/**
 * sc_channel_set_stream:
 * @self: a channel
 * @stream: (nullable) (transfer none): the newest stream, copied
 */
void
sc_channel_set_stream (ScChannel *self, const ScStream *stream)
{
  gboolean was_live = sc_channel_get_live (self);
  gint64 started_at = sc_channel_get_started_at (self);
  gint64 ended_at = sc_channel_get_ended_at (self);
  gint64 viewers = sc_channel_get_viewers (self);

  ScStream *copy = sc_stream_copy (stream);
  sc_stream_free (self->stream);
  self->stream = copy;

  if (was_live != sc_channel_get_live (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIVE]);
  if (started_at != sc_channel_get_started_at (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STARTED_AT]);
  if (ended_at != sc_channel_get_ended_at (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENDED_AT]);
  if (viewers != sc_channel_get_viewers (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEWERS]);
}

/**
 * sc_channel_update:
 * @self: a channel that is on show
 * @newer: the same channel, read again
 *
 * Takes over what changed, with one notification a property.
 */
void
sc_channel_update (ScChannel *self, ScChannel *newer)
{
  g_object_freeze_notify (G_OBJECT (self));
  sc_channel_set_title (self, newer->title);
  sc_channel_set_words (self, newer->category, newer->about);
  sc_channel_set_state (self, newer->state, newer->reason);
  sc_channel_set_ingest_server (self, newer->ingest_server);
  sc_channel_set_channel_type (self, newer->channel_type);
  sc_channel_set_latency_mode (self, newer->latency_mode);
  sc_channel_set_pending (self, newer->pending);
  sc_channel_set_playback_url (self, newer->playback_url);
  sc_channel_set_avatar_url (self, newer->avatar_url);
  sc_channel_set_thumbnail_url (self, newer->thumbnail_url);
  sc_channel_set_key_resetting (self, newer->key_resetting);
  sc_channel_set_stream (self, newer->stream);
  g_object_thaw_notify (G_OBJECT (self));
}
