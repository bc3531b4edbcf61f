/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The player follows the channel: a stream that begins is opened, one that ends is closed when what
 * there is of it was shown, one that fails is opened again after a while, each time later. Main
 * thread only; the page owns it. */

#include "config.h"

#include "sc-channel-stream.h"

#include "sc-channel-view.h"
#include "sc-player-open.h"

struct _ScChannelStream {
  ScPlayer *player;
  GtkWidget *page; /* owns this */
  char *id;        /* (nullable): of the stream that the player was opened for */
  char *url;       /* (nullable): where that is played */
  guint attempts;  /* since it last played */
  guint rest_ms;
  guint retry_source;
  guint rest_source;
  gboolean plays_out; /* the stream is over, and there is more of it to show */
  gboolean gave_up;
};

/* Where it does not play out, no rest is waited for. */
static void
set_plays_out (ScChannelStream *self, gboolean plays_out)
{
  if (!plays_out)
    g_clear_handle_id (&self->rest_source, g_source_remove);
  self->plays_out = plays_out;
  sc_player_live_set_over (sc_player_get_live (self->player), plays_out);
}

static void
forget (ScChannelStream *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->url, g_free);
  self->attempts = 0;
  self->gave_up = FALSE;
  set_plays_out (self, FALSE);
}

/**
 * sc_channel_stream_free:
 * @self: (nullable) (transfer full): what plays a channel's stream; the player goes on
 */
void
sc_channel_stream_free (ScChannelStream *self)
{
  if (!self)
    return;
  forget (self);
  g_signal_handlers_disconnect_by_data (sc_player_get_live (self->player), self);
  g_object_unref (self->player);
  g_free (self);
}

/**
 * sc_channel_stream_close:
 * @self: what plays a channel's stream
 *
 * Plays nothing more, and forgets what failed.
 */
void
sc_channel_stream_close (ScChannelStream *self)
{
  forget (self);
  sc_player_stop (self->player);
}

static void
open_stream (ScChannelStream *self)
{
  sc_player_open_live_on (self->player, self->page, self->url);
}

static void
on_rest_missing (gpointer user_data)
{
  ScChannelStream *self = user_data;
  self->rest_source = 0;
  sc_channel_stream_close (self); /* the page hears of it by the player's state */
}

/* The stream is over: closes it, unless there is more of it to show. */
static void
play_out (ScChannelStream *self)
{
  ScPlayerState state = sc_player_get_state (self->player);
  ScPlayerLive *live = sc_player_get_live (self->player);
  if (!self->id || !sc_channel_view_has_more (state, sc_player_live_get_trouble (live))) {
    sc_channel_stream_close (self);
    return;
  }
  set_plays_out (self, TRUE);
  if (state != SC_PLAYER_LOADING)
    g_clear_handle_id (&self->rest_source, g_source_remove);
  else if (self->rest_source == 0)
    self->rest_source = g_timeout_add_once (self->rest_ms, on_rest_missing, self);
}

/* SLOW may become PAUSED while the player's state stays the same. */
static void
on_trouble (ScChannelStream *self)
{
  if (self->plays_out)
    play_out (self);
}

/**
 * sc_channel_stream_new:
 * @player: plays it
 * @page: what shows the player; must live longer
 *
 * Returns: (transfer full): what has nothing to play yet
 */
ScChannelStream *
sc_channel_stream_new (ScPlayer *player, GtkWidget *page)
{
  ScChannelStream *self = g_new0 (ScChannelStream, 1);
  self->player = g_object_ref (player);
  self->page = page;
  self->rest_ms = SC_CHANNEL_STREAM_REST_MS;
  g_signal_connect_swapped (sc_player_get_live (player),
                            "notify::trouble",
                            G_CALLBACK (on_trouble),
                            self);
  return self;
}

/**
 * sc_channel_stream_set_rest:
 * @self: what plays a channel's stream
 * @milliseconds: for how long the rest of a stream that is over is waited for when it does not
 *   come; without this, %SC_CHANNEL_STREAM_REST_MS
 */
void
sc_channel_stream_set_rest (ScChannelStream *self, guint milliseconds)
{
  self->rest_ms = milliseconds;
}

/**
 * sc_channel_stream_follow:
 * @self: what plays a channel's stream
 * @channel: (nullable): the channel as it is now
 *
 * Opens a stream that is new, and closes one that is over as soon as what there is of it was shown.
 */
void
sc_channel_stream_follow (ScChannelStream *self, ScChannel *channel)
{
  const char *url = channel ? sc_channel_get_playback_url (channel) : NULL;
  if (!url || !sc_channel_get_live (channel)) {
    play_out (self);
    return;
  }
  set_plays_out (self, FALSE);
  if (g_set_str (&self->url, url))
    sc_player_live_set_address (sc_player_get_live (self->player), url);
  const char *id = sc_channel_get_stream (channel)->id;
  if (g_strcmp0 (self->id, id) == 0)
    return;
  sc_channel_stream_close (self);
  self->id = g_strdup (id);
  self->url = g_strdup (url);
  open_stream (self);
}

static void
on_retry_due (gpointer user_data)
{
  ScChannelStream *self = user_data;
  self->retry_source = 0;
  self->attempts++;
  open_stream (self);
}

/* A stream that was closed meanwhile is not opened again. */
static void
retry_later (ScChannelStream *self)
{
  if (!self->url)
    return;
  guint delay = sc_channel_view_retry_ms (sc_player_get_error (self->player), self->attempts);
  self->gave_up = delay == 0;
  if (!self->gave_up && self->retry_source == 0)
    self->retry_source = g_timeout_add_once (delay, on_retry_due, self);
}

/**
 * sc_channel_stream_follow_player:
 * @self: what plays a channel's stream
 *
 * The player's state has changed.
 */
void
sc_channel_stream_follow_player (ScChannelStream *self)
{
  ScPlayerState state = sc_player_get_state (self->player);
  if (self->plays_out)
    play_out (self);
  else if (state == SC_PLAYER_PLAYING)
    self->attempts = 0;
  else if (state == SC_PLAYER_FAILED || state == SC_PLAYER_ENDED)
    retry_later (self);
}

/**
 * sc_channel_stream_gave_up:
 * @self: what plays a channel's stream
 *
 * Returns: whether there is no use in trying once more: the player's error says why
 */
gboolean
sc_channel_stream_gave_up (ScChannelStream *self)
{
  return self->gave_up;
}

/**
 * sc_channel_stream_plays_out:
 * @self: what plays a channel's stream
 *
 * Returns: whether the stream is over, and there is more of it to show
 */
gboolean
sc_channel_stream_plays_out (ScChannelStream *self)
{
  return self->plays_out;
}
