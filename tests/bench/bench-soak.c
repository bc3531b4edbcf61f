/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-application.h"
#include "sc-on-show.h"
#include "sc-player-library.h"
#include "sc-playing-page.h"
#include "sc-trust.h"
#include "sc-window.h"

#include <libdex.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

/* Somebody who watches one channel after the other: bench-soak SECONDS CHANNEL... It is the app as
 * it is, with somebody's hand in it, until it is killed. Each channel is watched for so long, in
 * turns. One in three is opened over the one before, as by a link; before the others Home is shown
 * for a moment, while the mini player goes on. At the end of each it prints "watched N CHANNEL
 * MILLISECONDS BYTES": the time until it played, and what is allocated by malloc(). It fails where
 * one does not play. */

#define PATIENCE_SECONDS 30
#define HOME_SECONDS 1

static struct {
  char **channels;
  guint n_channels;
  guint seconds;
  guint n_watched;
  gint64 opened;
  gint64 played;
  guint patience;
} bench;

static gboolean open_next (gpointer user_data);

static const char *
get_channel (void)
{
  return bench.channels[bench.n_watched % bench.n_channels];
}

static gboolean
on_patience_over (gpointer user_data)
{
  fprintf (stderr, "bench-soak: %s does not play\n", get_channel ());
  exit (EXIT_FAILURE);
}

static gboolean
leave (gpointer user_data)
{
  printf ("watched %u %s %" G_GINT64_FORMAT " %zu\n",
          bench.n_watched + 1,
          get_channel (),
          (bench.played - bench.opened) / 1000,
          mallinfo2 ().uordblks);
  fflush (stdout);
  bench.n_watched++;
  if (bench.n_watched % 3 == 0)
    return open_next (NULL);
  gtk_widget_activate_action (GTK_WIDGET (sc_window_find ()), "win.home", NULL);
  g_timeout_add_seconds (HOME_SECONDS, open_next, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_state (ScPlayer *player)
{
  if (sc_player_get_state (player) != SC_PLAYER_PLAYING)
    return;
  g_signal_handlers_disconnect_by_func (player, on_state, NULL);
  g_clear_handle_id (&bench.patience, g_source_remove);
  bench.played = g_get_monotonic_time ();
  g_timeout_add_seconds (bench.seconds, leave, NULL);
}

static gboolean
open_next (gpointer user_data)
{
  ScWindow *window = sc_window_find ();
  bench.opened = g_get_monotonic_time ();
  bench.patience = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_over, NULL);
  sc_window_open_channel (window, get_channel ());
  AdwNavigationView *pages = sc_on_show_get_navigation (GTK_WINDOW (window));
  ScPlayingPage *page = SC_PLAYING_PAGE (adw_navigation_view_get_visible_page (pages));
  ScPlayer *player = sc_playing_page_get_player (page);
  g_signal_connect (player, "notify::state", G_CALLBACK (on_state), NULL);
  on_state (player);
  return G_SOURCE_REMOVE;
}

static void
on_activate (void)
{
  g_timeout_add_seconds (HOME_SECONDS, open_next, NULL);
}

int
main (int argc, char **argv)
{
  if (argc < 3)
    g_error ("usage: bench-soak SECONDS CHANNEL...");
  bench.seconds = (guint) atoi (argv[1]);
  bench.channels = argv + 2;
  bench.n_channels = (guint) argc - 2;
  g_autoptr (GError) error = NULL;
  if (!sc_trust_certificate_file (g_getenv ("SSL_CERT_FILE"), &error))
    g_error ("%s", error->message);
  dex_init ();
  sc_player_library_init_later ();
  g_autoptr (ScApplication) application = sc_application_new ();
  g_signal_connect_after (application, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
