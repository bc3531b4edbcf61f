/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a player plays, in the terms of the MPRIS D-Bus Interface Specification: a desktop's panel,
 * its lock screen and the keys of a keyboard know players by that. All of it may be seen by whoever
 * walks past, so that what only its streamer may see is not told, in streamer mode or out of it.
 */

#include "config.h"

#include "sc-media.h"

#include "sc-mpris-track.h"
#include "sc-player-closures.h"

#include <glib/gi18n.h>

/* More than two looks of the player at where it is are apart. */
#define SEEKED_US (G_USEC_PER_SEC)

struct _ScMedia {
  GObject parent_instance;

  ScPlayer *player;       /* its page owns it, and it lives longer */
  ScRecording *recording; /* (nullable): for none, it is a channel's live stream */
  ScChannel *channel;     /* (nullable) */
  char *name;             /* of the channel */
  char *link;             /* (nullable) */
  char *track;
  gint64 since;     /* monotonic; 0 for nothing open */
  gboolean stopped; /* paused, and to begin anew */
  gint64 position;  /* where it last was, */
  gint64 looked_at; /* and when, monotonic; */
  double pace;      /* how fast it was going then */
};

typedef enum {
  PROP_CHANNEL = 1,
} ScMediaProperty;

enum {
  CHANGED,
  MOVED,
  SEEKED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_CHANNEL + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScMedia, sc_media, G_TYPE_OBJECT)

static void
emit_changed (ScMedia *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_open (ScMedia *self)
{
  ScPlayerState state = sc_player_get_state (self->player);
  return state != SC_PLAYER_IDLE && state != SC_PLAYER_FAILED;
}

static void
look (ScMedia *self)
{
  gboolean moves = sc_player_get_state (self->player) == SC_PLAYER_PLAYING;
  self->position = sc_player_get_position (self->player);
  self->looked_at = g_get_monotonic_time ();
  self->pace = moves ? sc_player_get_rate (self->player) : 0;
}

static void
on_position (ScMedia *self)
{
  gint64 passed = g_get_monotonic_time () - self->looked_at;
  gint64 expected = self->position + (gint64) (self->pace * (double) passed);
  look (self);
  gboolean jumped = ABS (self->position - expected) > SEEKED_US;
  g_signal_emit (self, signals[jumped && is_open (self) ? SEEKED : MOVED], 0);
}

static void
on_state (ScMedia *self)
{
  gboolean open = is_open (self);
  if (!open)
    self->since = 0;
  else if (self->since == 0)
    self->since = g_get_monotonic_time ();
  look (self);
  emit_changed (self);
}

static void
on_paused (ScMedia *self)
{
  if (!sc_player_get_paused (self->player)) {
    self->stopped = FALSE;
    if (self->since != 0)
      self->since = g_get_monotonic_time ();
  }
  emit_changed (self);
}

static void
on_rate (ScMedia *self)
{
  look (self);
  emit_changed (self);
}

static void
set_channel (ScMedia *self, ScChannel *channel)
{
  if (self->channel == channel)
    return;
  if (self->channel)
    g_signal_handlers_disconnect_by_func (self->channel, emit_changed, self);
  g_set_object (&self->channel, channel);
  if (channel)
    g_signal_connect_object (channel, "notify", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
  emit_changed (self);
}

static void
sc_media_finalize (GObject *object)
{
  ScMedia *self = SC_MEDIA (object);

  g_clear_object (&self->recording);
  g_clear_object (&self->channel);
  g_free (self->name);
  g_free (self->link);
  g_free (self->track);

  G_OBJECT_CLASS (sc_media_parent_class)->finalize (object);
}

static void
sc_media_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((ScMediaProperty) id) {
  case PROP_CHANNEL:
    set_channel (SC_MEDIA (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, SC_TYPE_MEDIA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sc_media_class_init (ScMediaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = sc_media_finalize;
  object_class->set_property = sc_media_set_property;

  properties[PROP_CHANNEL] =
    g_param_spec_object ("channel",
                         NULL,
                         NULL,
                         SC_TYPE_CHANNEL,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[CHANGED] = new_signal ("changed");
  signals[MOVED] = new_signal ("moved");
  signals[SEEKED] = new_signal ("seeked");
}

static void
sc_media_init (ScMedia *self)
{
}

static ScMedia *
make (ScPlayer *player, const char *name, const char *link)
{
  static const struct {
    const char *signal;
    GCallback callback;
  } watched[] = {
    { "notify::state", G_CALLBACK (on_state) },
    { "notify::paused", G_CALLBACK (on_paused) },
    { "notify::position", G_CALLBACK (on_position) },
    { "notify::rate", G_CALLBACK (on_rate) },
    { "notify::duration", G_CALLBACK (emit_changed) },
    { "notify::volume", G_CALLBACK (emit_changed) },
    { "notify::muted", G_CALLBACK (emit_changed) },
  };
  ScMedia *self = g_object_new (SC_TYPE_MEDIA, NULL);
  self->player = player;
  self->name = g_strdup (name);
  self->link = g_strdup (link);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (player,
                             watched[i].signal,
                             watched[i].callback,
                             self,
                             G_CONNECT_SWAPPED);
  on_state (self);
  return self;
}

/**
 * sc_media_new_live:
 * @player: plays it; must live longer
 * @channel: the name of a channel
 * @link: (nullable): the address of that channel for people, streamcat://HOST/channel/NAME
 *
 * Returns: (transfer full): what a channel sends live
 */
ScMedia *
sc_media_new_live (ScPlayer *player, const char *channel, const char *link)
{
  ScMedia *self = make (player, channel, link);
  self->track = sc_mpris_track_dup_path ("live", channel);
  return self;
}

/**
 * sc_media_new_recording:
 * @player: plays it; must live longer
 * @recording: the recording
 * @link: (nullable): the address of its channel for people
 *
 * Returns: (transfer full): a recording
 */
ScMedia *
sc_media_new_recording (ScPlayer *player, ScRecording *recording, const char *link)
{
  const ScRecordingFields *fields = sc_recording_get_fields (recording);
  ScMedia *self = make (player, fields->channel, link);
  self->recording = g_object_ref (recording);
  self->track = sc_mpris_track_dup_path ("recording", fields->id);
  return self;
}

/**
 * sc_media_get_player:
 * @self: what is played
 *
 * Returns: (transfer none): its player
 */
ScPlayer *
sc_media_get_player (ScMedia *self)
{
  return self->player;
}

/**
 * sc_media_get_since:
 * @self: what is played
 *
 * Returns: when the viewer last opened it or had it go on, monotonic microseconds; 0 while it is
 *   not open
 */
gint64
sc_media_get_since (ScMedia *self)
{
  return self->since;
}

/**
 * sc_media_get_status:
 * @self: what is played
 *
 * Returns: a "Playback_Status" of the specification
 */
const char *
sc_media_get_status (ScMedia *self)
{
  if (self->stopped || !is_open (self) || sc_player_get_state (self->player) == SC_PLAYER_ENDED)
    return "Stopped";
  return sc_player_get_paused (self->player) ? "Paused" : "Playing";
}

/**
 * sc_media_get_seekable:
 * @self: what is played
 *
 * Returns: whether there are other places to go to: not in a live stream
 */
gboolean
sc_media_get_seekable (ScMedia *self)
{
  return self->recording && sc_player_get_duration (self->player) > 0;
}

/**
 * sc_media_get_has_rates:
 * @self: what is played
 *
 * Returns: whether it can be played faster and slower
 */
gboolean
sc_media_get_has_rates (ScMedia *self)
{
  return self->recording != NULL;
}

/**
 * sc_media_get_volume:
 * @self: what is played
 *
 * Returns: how loud it is to be heard, 0 to 1; 0 when it is muted
 */
double
sc_media_get_volume (ScMedia *self)
{
  return sc_player_get_muted (self->player) ? 0 : sc_player_get_volume (self->player);
}

static gboolean
is_private (ScMedia *self)
{
  return self->recording && sc_recording_get_fields (self->recording)->is_hidden;
}

static const char *
get_title (ScMedia *self)
{
  const char *title = NULL;
  if (is_private (self))
    return _ ("Hidden recording");
  if (self->recording)
    title = sc_recording_get_fields (self->recording)->title;
  else if (self->channel)
    title = sc_channel_get_title (self->channel);
  return title && *title != '\0' ? title : self->name;
}

static const char *
get_picture (ScMedia *self)
{
  if (is_private (self))
    return NULL;
  if (!self->recording)
    return self->channel ? sc_channel_get_avatar_url (self->channel) : NULL;
  const ScRecordingFields *fields = sc_recording_get_fields (self->recording);
  return fields->thumbnail_url ? fields->thumbnail_url : fields->avatar_url;
}

/**
 * sc_media_to_metadata:
 * @self: what is played
 *
 * Returns: (transfer floating): a "Metadata_Map" of the specification
 */
GVariant *
sc_media_to_metadata (ScMedia *self)
{
  const ScMprisTrack track = {
    .path = self->track,
    .title = get_title (self),
    .artist = self->name,
    .link = self->link,
    .picture = get_picture (self),
    .length = self->recording ? sc_player_get_duration (self->player) : 0,
  };
  return sc_mpris_track_to_metadata (&track);
}

static gboolean
is_over (ScMedia *self)
{
  return sc_player_view_is_over (sc_player_get_state (self->player),
                                 sc_player_get_duration (self->player));
}

/**
 * sc_media_play:
 * @self: what is played
 *
 * Has it go on: where it was paused, or from its beginning if it was stopped or is over. That of a
 * live stream is now.
 */
void
sc_media_play (ScMedia *self)
{
  ScPlayerLive *live = sc_player_get_live (self->player);
  if (is_over (self))
    sc_player_seek (self->player, 0, TRUE);
  else if (self->stopped && !self->recording && !sc_player_live_get_over (live))
    sc_player_live_return_to_live (live);
  sc_player_set_paused (self->player, FALSE);
}

/**
 * sc_media_pause:
 * @self: what is played
 *
 * Holds the picture. What is over has nothing to hold.
 */
void
sc_media_pause (ScMedia *self)
{
  if (is_open (self) && !is_over (self))
    sc_player_set_paused (self->player, TRUE);
}

/**
 * sc_media_play_or_pause:
 * @self: what is played
 *
 * Does the other thing.
 */
void
sc_media_play_or_pause (ScMedia *self)
{
  if (sc_player_get_paused (self->player) || is_over (self))
    sc_media_play (self);
  else
    sc_media_pause (self);
}

/**
 * sc_media_stop:
 * @self: what is played
 *
 * Holds the picture, to begin anew when it is played. The page stays, so it can be.
 */
void
sc_media_stop (ScMedia *self)
{
  if (g_str_equal (sc_media_get_status (self), "Stopped"))
    return;
  self->stopped = TRUE;
  sc_player_set_paused (self->player, TRUE);
  sc_player_seek (self->player, 0, TRUE);
  emit_changed (self);
}

/**
 * sc_media_seek_by:
 * @self: what is played
 * @offset: how far to go from where it is, microseconds; anything
 *
 * Goes there, or to the end that is in the way.
 */
void
sc_media_seek_by (ScMedia *self, gint64 offset)
{
  gint64 duration = sc_player_get_duration (self->player);
  if (sc_media_get_seekable (self))
    sc_player_seek (self->player,
                    sc_player_get_position (self->player) + CLAMP (offset, -duration, duration),
                    TRUE);
}

/**
 * sc_media_seek_to:
 * @self: what is played
 * @track: the "mpris:trackid" that whoever asks believes to be played
 * @position: where to go, microseconds; anything
 *
 * Goes there, unless it is outside, or something else is played meanwhile.
 */
void
sc_media_seek_to (ScMedia *self, const char *track, gint64 position)
{
  if (sc_media_get_seekable (self) && g_str_equal (track, self->track) && position >= 0 &&
      position <= sc_player_get_duration (self->player))
    sc_player_seek (self->player, position, TRUE);
}

/**
 * sc_media_set_rate:
 * @self: what is played
 * @rate: how fast to play it; 0 pauses
 *
 * A live stream cannot be played at another rate than it comes.
 */
void
sc_media_set_rate (ScMedia *self, double rate)
{
  if (G_APPROX_VALUE (rate, 0, DBL_EPSILON))
    sc_media_pause (self);
  else if (sc_media_get_has_rates (self))
    sc_player_set_rate (self->player, rate);
}

/**
 * sc_media_set_volume:
 * @self: what is played
 * @volume: how loud, 0 to 1; what is beyond counts as the end of that
 *
 * Lets it be heard as loud as that, also if it was muted.
 */
void
sc_media_set_volume (ScMedia *self, double volume)
{
  sc_player_set_volume (self->player, volume);
  sc_player_set_muted (self->player, FALSE);
}
