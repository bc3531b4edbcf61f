/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-player-library.h"
#include "sc-player.h"

#include <gst/gst.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>

/* Our player, to be measured from outside: bench-player app URL opens a playback URL as the app
 * does, in a window of its own; bench-player element URL has playbin3 decode it into nothing.
 * Prints the time of day, microseconds, at which it was told to play; runs until it is killed. */

/* The window is there before it plays, as in the app. */
#define WINDOW_MS 500

static void
print_play (void)
{
  printf ("play %" G_GINT64_FORMAT "\n", g_get_real_time ());
  fflush (stdout);
}

static void
on_paintable (ScPlayer *player, GParamSpec *pspec, gpointer user_data)
{
  GObject *paintable = sc_player_get_paintable (player);
  gtk_picture_set_paintable (user_data, paintable ? GDK_PAINTABLE (paintable) : NULL);
}

typedef struct {
  ScPlayer *player;
  const char *url;
} Show;

static gboolean
on_shown (gpointer user_data)
{
  const Show *show = user_data;
  print_play ();
  sc_player_open_live (show->player, show->url);
  return G_SOURCE_REMOVE;
}

static void
on_state (ScPlayer *player, GParamSpec *pspec, gpointer user_data)
{
  const GError *error = sc_player_get_error (player);
  if (error)
    fprintf (stderr, "bench-player: %s\n", error->message);
}

static void
play_in_window (const char *url)
{
  gtk_init ();
  ScPlayer *player = sc_player_new (sc_player_sinks_for_gtk (FALSE));
  GtkWidget *window = gtk_window_new ();
  GtkWidget *picture = gtk_picture_new ();
  g_signal_connect (player, "notify::paintable", G_CALLBACK (on_paintable), picture);
  g_signal_connect (player, "notify::state", G_CALLBACK (on_state), NULL);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 360);
  gtk_window_set_child (GTK_WINDOW (window), picture);
  gtk_window_present (GTK_WINDOW (window));
  Show show = { player, url };
  g_timeout_add (WINDOW_MS, on_shown, &show);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_main_loop_run (loop);
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_LATENCY)
    gst_bin_recalculate_latency (user_data);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    g_autoptr (GError) error = NULL;
    gst_message_parse_error (message, &error, NULL);
    g_error ("%s", error->message);
  }
  return G_SOURCE_CONTINUE;
}

static void
play_into_nothing (const char *url)
{
  g_autofree char *uri = g_strconcat (g_str_has_prefix (url, "http") ? "ivs+" : "", url, NULL);
  GstElement *playbin = gst_element_factory_make ("playbin3", NULL);
  GstElement *video = gst_element_factory_make ("fakesink", NULL);
  GstElement *audio = gst_element_factory_make ("fakesink", NULL);
  g_object_set (video, "sync", TRUE, NULL);
  g_object_set (audio, "sync", TRUE, NULL);
  g_object_set (playbin, "uri", uri, "video-sink", video, "audio-sink", audio, NULL);
  g_autoptr (GstBus) bus = gst_element_get_bus (playbin);
  gst_bus_add_watch (bus, on_message, playbin);
  print_play ();
  gst_element_set_state (playbin, GST_STATE_PLAYING);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_main_loop_run (loop);
}

int
main (int argc, char **argv)
{
  if (argc != 3)
    g_error ("usage: bench-player app|element URL");
  sc_player_library_init ();
  if (g_str_equal (argv[1], "app"))
    play_in_window (argv[2]);
  else
    play_into_nothing (argv[2]);
  return 0;
}
