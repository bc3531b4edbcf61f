/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-player-open.h"

/* A page whose picture is in the mini player is in no window: all are drawn alike. */
static GtkNative *
find_native (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr (GtkNative) any = native ? NULL : g_list_model_get_item (windows, 0);
  return native ? native : any; /* GTK has it as well */
}

static gboolean
is_drawn_with_gl (GtkWidget *widget)
{
  GtkNative *native = find_native (widget);
  GskRenderer *renderer = native ? gtk_native_get_renderer (native) : NULL;
  return renderer && !GSK_IS_CAIRO_RENDERER (renderer);
}

/**
 * sc_player_open_recording_on:
 * @player: a player
 * @widget: a widget of the window that will draw its picture
 * @uri: the address of a recording's playlist
 *
 * Opens a recording with the sinks that suit how the window is drawn.
 */
void
sc_player_open_recording_on (ScPlayer *player, GtkWidget *widget, const char *uri)
{
  sc_player_set_sinks (player, sc_player_sinks_for_gtk (is_drawn_with_gl (widget)));
  sc_player_open_recording (player, uri);
}

/**
 * sc_player_open_live_on:
 * @player: a player
 * @widget: a widget of the window that will draw its picture
 * @uri: the playback URL of a channel that is live
 *
 * Opens a live stream with the sinks that suit how the window is drawn.
 */
void
sc_player_open_live_on (ScPlayer *player, GtkWidget *widget, const char *uri)
{
  sc_player_set_sinks (player, sc_player_sinks_for_gtk (is_drawn_with_gl (widget)));
  sc_player_open_live (player, uri);
}
