/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the template of the player's view computes. Pure functions. */

#include "config.h"

#include "sc-player-closures.h"

#include "sc-live-words.h"
#include "sc-player-state.h"

#include <glib/gi18n.h>

/**
 * sc_player_view_is_over:
 * @state: the player's
 * @duration: of what it plays, 0 for a live stream
 *
 * Returns: whether it waits for its viewer: a recording does that is over; a live stream that seems
 *   to be may come back
 */
gboolean
sc_player_view_is_over (guint state, gint64 duration)
{
  return state == SC_PLAYER_ENDED && duration > 0;
}

/**
 * sc_player_view_is_waiting:
 * @view: the view; unused
 * @state: the player's
 * @duration: of what it plays, microseconds
 *
 * Returns: whether there is no picture to look at, and one may come
 */
gboolean
sc_player_view_is_waiting (gpointer view, guint state, gint64 duration)
{
  return state != SC_PLAYER_PLAYING && state != SC_PLAYER_PAUSED &&
         !sc_player_view_is_over (state, duration);
}

/**
 * sc_player_view_has_spinner:
 * @view: the view; unused
 * @state: the player's
 * @duration: of what it plays, microseconds
 * @trouble: what the player sees
 * @starving: whether the server says that too little of the stream arrives there
 *
 * Returns: whether it is waited for the picture without a note that says why: a small view has no
 *   room for both
 */
gboolean
sc_player_view_has_spinner (gpointer view,
                            guint state,
                            gint64 duration,
                            guint trouble,
                            gboolean starving)
{
  return sc_player_view_is_waiting (view, state, duration) &&
         sc_trouble_choose ((ScLiveTrouble) trouble, starving) == SC_LIVE_FINE;
}

/**
 * sc_player_view_pause_icon:
 * @view: the view; unused
 * @paused: whether the viewer paused
 * @state: the player's
 * @duration: of what it plays, microseconds
 *
 * Returns: (transfer full): the icon of the button that pauses
 */
char *
sc_player_view_pause_icon (gpointer view, gboolean paused, guint state, gint64 duration)
{
  if (sc_player_view_is_over (state, duration))
    return g_strdup ("media-skip-backward-symbolic");
  return g_strdup (paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
}

/**
 * sc_player_view_pause_label:
 * @view: the view; unused
 * @paused: whether the viewer paused
 * @state: the player's
 * @duration: of what it plays, microseconds
 *
 * Returns: (transfer full): what that button does
 */
char *
sc_player_view_pause_label (gpointer view, gboolean paused, guint state, gint64 duration)
{
  if (sc_player_view_is_over (state, duration))
    return g_strdup (_ ("Play Again"));
  return g_strdup (paused ? _ ("Play") : _ ("Pause"));
}

/**
 * sc_player_view_volume_icon:
 * @view: the view; unused
 * @volume: 0 to 1
 * @muted: whether it is silent
 *
 * Returns: (transfer full): the icon for how loud it is
 */
char *
sc_player_view_volume_icon (gpointer view, double volume, gboolean muted)
{
  if (muted || volume <= 0.0)
    return g_strdup ("audio-volume-muted-symbolic");
  if (volume < 1.0 / 3)
    return g_strdup ("audio-volume-low-symbolic");
  return g_strdup (volume < 2.0 / 3 ? "audio-volume-medium-symbolic"
                                    : "audio-volume-high-symbolic");
}

/**
 * sc_player_view_mute_label:
 * @view: the view; unused
 * @muted: whether it is silent
 *
 * Returns: (transfer full): what the button with it does
 */
char *
sc_player_view_mute_label (gpointer view, gboolean muted)
{
  return g_strdup (muted ? _ ("Unmute") : _ ("Mute"));
}

/**
 * sc_player_view_fullscreen_icon:
 * @view: the view; unused
 * @fullscreened: whether the window fills the screen
 *
 * Returns: (transfer full): the icon of the button that fills the screen
 */
char *
sc_player_view_fullscreen_icon (gpointer view, gboolean fullscreened)
{
  return g_strdup (fullscreened ? "view-restore-symbolic" : "view-fullscreen-symbolic");
}

/**
 * sc_player_view_fullscreen_label:
 * @view: the view; unused
 * @fullscreened: whether the window fills the screen
 *
 * Returns: (transfer full): what that button does
 */
char *
sc_player_view_fullscreen_label (gpointer view, gboolean fullscreened)
{
  return g_strdup (fullscreened ? _ ("Leave Fullscreen") : _ ("Fullscreen"));
}
