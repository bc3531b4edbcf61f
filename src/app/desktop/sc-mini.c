/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page that plays leaves its window, which goes back to where pages were chosen, and its
 * picture goes on in the mini player. A video that begins elsewhere takes the place of the one
 * there: nobody wants to hear two. */

#include "config.h"

#include "sc-mini.h"

#include "sc-on-show.h"
#include "sc-window.h"

#define LEAVING_SETTING "mini-player-on-leaving"

/**
 * sc_mini_find:
 *
 * Returns: (transfer none) (nullable): the mini player, if there is one
 */
ScMiniPlayer *
sc_mini_find (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    if (SC_IS_MINI_PLAYER (window) && sc_mini_player_get_page (SC_MINI_PLAYER (window)))
      return SC_MINI_PLAYER (window);
  }
  return NULL;
}

/**
 * sc_mini_close:
 *
 * Closes the mini player, if there is one, and stops what it plays.
 */
void
sc_mini_close (void)
{
  ScMiniPlayer *mini = sc_mini_find ();
  if (mini)
    gtk_window_destroy (GTK_WINDOW (mini));
}

/* Back to the newest page that plays nothing: another one would begin to. Not animated, since the
 * picture is elsewhere at once, and the page free to come back. */
static void
leave_playing_pages (AdwNavigationView *pages)
{
  AdwNavigationPage *at = adw_navigation_view_get_visible_page (pages);
  gboolean animated = adw_navigation_view_get_animate_transitions (pages);
  while (at && SC_IS_PLAYING_PAGE (at))
    at = adw_navigation_view_get_previous_page (pages, at);
  adw_navigation_view_set_animate_transitions (pages, FALSE);
  if (at)
    adw_navigation_view_pop_to_page (pages, at);
  adw_navigation_view_set_animate_transitions (pages, animated);
}

/* The window that shows pages may have been closed meanwhile. */
static void
on_back (ScMiniPlayer *mini)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (mini)));
  if (!sc_window_find () && application)
    g_application_activate (application);
  ScWindow *window = sc_window_find ();
  if (window)
    sc_mini_return (GTK_WINDOW (window), NULL);
}

static void
begin (AdwNavigationView *pages, ScPlayingPage *page, GSettings *settings)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (pages)));
  sc_mini_close ();
  sc_playing_page_set_kept (page, TRUE);
  ScMiniPlayer *mini = sc_mini_player_new (page, settings);
  leave_playing_pages (pages);
  g_signal_connect (mini, "back", G_CALLBACK (on_back), NULL);
  gtk_window_set_application (GTK_WINDOW (mini), gtk_window_get_application (window));
  gtk_window_present (GTK_WINDOW (mini));
}

/* What is over, or failed, does not. */
static gboolean
is_playing (ScPlayer *player)
{
  ScPlayerState state = sc_player_get_state (player);
  return state == SC_PLAYER_LOADING || state == SC_PLAYER_PLAYING || state == SC_PLAYER_PAUSED;
}

static gboolean
plays (AdwNavigationPage *page)
{
  return SC_IS_PLAYING_PAGE (page) &&
         is_playing (sc_playing_page_get_player (SC_PLAYING_PAGE (page)));
}

/* Another video has begun. */
static void
give_way (ScPlayer *player)
{
  ScMiniPlayer *mini = sc_mini_find ();
  if (mini && is_playing (player) &&
      sc_playing_page_get_player (sc_mini_player_get_page (mini)) != player)
    sc_mini_close ();
}

/* The last moment before it stops. One that another page was put in front of is to come back, and
 * under one that was left there may be another that plays, which goes on with its own. */
static void
on_hidden (AdwNavigationPage *page, GSettings *settings)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (page));
  AdwNavigationView *pages = ADW_IS_NAVIGATION_VIEW (parent) ? ADW_NAVIGATION_VIEW (parent) : NULL;
  if (pages && plays (page) && g_settings_get_boolean (settings, LEAVING_SETTING) &&
      !sc_mini_find () && !adw_navigation_view_get_previous_page (pages, page) &&
      !SC_IS_PLAYING_PAGE (adw_navigation_view_get_visible_page (pages)))
    begin (pages, SC_PLAYING_PAGE (page), settings);
}

/**
 * sc_mini_follow:
 * @page: a page
 * @settings: the settings of the application
 *
 * Has @page go on in the mini player when it is left while it plays, where that is wanted, and give
 * way to another video.
 */
void
sc_mini_follow (ScPlayingPage *page, GSettings *settings)
{
  ScPlayer *player = sc_playing_page_get_player (page);
  g_signal_connect (player, "notify::state", G_CALLBACK (give_way), NULL);
  g_signal_connect_object (page, "hidden", G_CALLBACK (on_hidden), settings, G_CONNECT_DEFAULT);
}

/**
 * sc_mini_toggle:
 * @window: a window with pages
 * @settings: the settings of the application
 *
 * Moves what the page on show plays to the mini player; if it plays nothing, what the mini player
 * plays comes back.
 */
void
sc_mini_toggle (GtkWindow *window, GSettings *settings)
{
  AdwNavigationView *pages = sc_on_show_get_navigation (window);
  g_autoptr (AdwNavigationPage) page = g_object_ref (adw_navigation_view_get_visible_page (pages));
  if (plays (page))
    begin (pages, SC_PLAYING_PAGE (page), settings);
  else
    sc_mini_return (window, NULL);
}

/**
 * sc_mini_return:
 * @window: a window with pages
 * @address: (nullable): what is wanted; %NULL for whatever the mini player plays
 *
 * If the mini player plays that, shows its page as it is, and closes the mini player.
 *
 * Returns: whether it did
 */
gboolean
sc_mini_return (GtkWindow *window, const char *address)
{
  ScMiniPlayer *mini = sc_mini_find ();
  if (!mini)
    return FALSE;
  g_autofree char *played = sc_playing_page_dup_address (sc_mini_player_get_page (mini));
  if (address && !g_str_equal (address, played))
    return FALSE;
  if (gtk_widget_get_parent (GTK_WIDGET (sc_mini_player_get_page (mini))))
    return FALSE; /* it is still being animated away */
  g_autoptr (ScPlayingPage) page = sc_mini_player_take_page (mini);
  gtk_window_present (window);
  adw_navigation_view_push (sc_on_show_get_navigation (window), ADW_NAVIGATION_PAGE (page));
  sc_playing_page_set_kept (page, FALSE); /* the navigation unmaps it once while it comes in */
  return TRUE;
}
