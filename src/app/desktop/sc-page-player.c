/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the player of a page has in common with those of other pages, and with the desktop: how loud
 * it is, a screen that stays on, a place on the session bus, and that nobody hears two. */

#include "config.h"

#include "sc-page-player.h"

#include "sc-application.h"
#include "sc-awake.h"
#include "sc-link.h"
#include "sc-mini.h"

static char *
dup_link (ScSession *session, const char *channel)
{
  const char *server = sc_session_get_server (session);
  return server ? sc_link_dup_for_channel (server, channel) : NULL;
}

static void
set_up (ScPlayingPage *page, GtkWindow *window, GSettings *settings, ScMedia *media)
{
  ScPlayer *player = sc_playing_page_get_player (page);
  GtkApplication *application = gtk_window_get_application (window);
  g_settings_bind (settings, "volume", player, "volume", G_SETTINGS_BIND_DEFAULT);
  sc_awake_follow (window, player);
  sc_mini_follow (page, settings);
  if (SC_IS_APPLICATION (application))
    sc_mpris_add (sc_application_get_mpris (SC_APPLICATION (application)), g_object_ref (media));
}

/**
 * sc_page_player_set_up_live:
 * @page: a channel's page
 * @window: shows it
 * @settings: the settings of the application
 * @session: whose server it is
 *
 * Ties the page's player to settings and desktop, for as long as there is one. Main thread only.
 */
void
sc_page_player_set_up_live (ScChannelPage *page,
                            GtkWindow *window,
                            GSettings *settings,
                            ScSession *session)
{
  ScPlayer *player = sc_playing_page_get_player (SC_PLAYING_PAGE (page));
  g_autofree char *name = NULL;
  g_object_get (page, "name", &name, NULL);
  g_autofree char *link = dup_link (session, name);
  g_autoptr (ScMedia) media = sc_media_new_live (player, name, link);
  g_object_bind_property (page, "channel", media, "channel", G_BINDING_SYNC_CREATE);
  g_settings_bind (settings,
                   "target-latency",
                   sc_player_get_live (player),
                   "target-latency",
                   G_SETTINGS_BIND_GET);
  set_up (SC_PLAYING_PAGE (page), window, settings, media);
}

/**
 * sc_page_player_set_up_recording:
 * @page: a recording's page
 * @window: shows it
 * @settings: the settings of the application
 * @session: whose server it is
 *
 * As sc_page_player_set_up_live().
 */
void
sc_page_player_set_up_recording (ScRecordingPage *page,
                                 GtkWindow *window,
                                 GSettings *settings,
                                 ScSession *session)
{
  ScPlayer *player = sc_recording_page_get_player (page);
  g_autoptr (ScRecording) recording = NULL;
  g_object_get (page, "recording", &recording, NULL);
  g_autofree char *link = dup_link (session, sc_recording_get_fields (recording)->channel);
  g_autoptr (ScMedia) media = sc_media_new_recording (player, recording, link);
  set_up (SC_PLAYING_PAGE (page), window, settings, media);
}
