/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A screen that nobody touches goes dark after some minutes, in the middle of a stream: while a
 * picture plays, the desktop is asked not to. Where it stands still the screen may go dark: at once
 * if it was paused or is over, and after a while if it waits for the network, since each asking
 * waits for the desktop's answer. */

#include "config.h"

#include "sc-awake.h"

#include <glib/gi18n.h>

#define PATIENCE_SECONDS 60

typedef struct {
  GtkApplication *application;
  guint cookie; /* 0: the desktop is not asked, or takes no such wish */
  guint patience_source;
} ScAwake;

static void
let_sleep (ScAwake *self)
{
  g_clear_handle_id (&self->patience_source, g_source_remove);
  if (self->cookie != 0)
    gtk_application_uninhibit (self->application, self->cookie);
  self->cookie = 0;
}

static void
sc_awake_free (gpointer data, GClosure *closure)
{
  ScAwake *self = data;
  let_sleep (self);
  g_object_unref (self->application);
  g_free (self);
}

static void
on_out_of_patience (gpointer data)
{
  ScAwake *self = data;
  self->patience_source = 0;
  let_sleep (self);
}

static void
stay_awake (ScAwake *self)
{
  g_clear_handle_id (&self->patience_source, g_source_remove);
  if (self->cookie == 0)
    self->cookie = gtk_application_inhibit (self->application,
                                            gtk_application_get_active_window (self->application),
                                            GTK_APPLICATION_INHIBIT_IDLE,
                                            _ ("A video is playing"));
}

static void
on_state (ScPlayer *player, GParamSpec *pspec, ScAwake *self)
{
  ScPlayerState state = sc_player_get_state (player);
  if (state == SC_PLAYER_PLAYING)
    stay_awake (self);
  else if (state != SC_PLAYER_LOADING)
    let_sleep (self);
  else if (self->cookie != 0 && self->patience_source == 0)
    self->patience_source = g_timeout_add_seconds_once (PATIENCE_SECONDS, on_out_of_patience, self);
}

/**
 * sc_awake_follow:
 * @window: shows the picture
 * @player: plays it
 *
 * Keeps the screen on whenever the picture plays, until the player is gone. Main thread only.
 */
void
sc_awake_follow (GtkWindow *window, ScPlayer *player)
{
  GtkApplication *application = gtk_window_get_application (window);
  if (!application)
    return;
  ScAwake *self = g_new0 (ScAwake, 1);
  self->application = g_object_ref (application);
  g_signal_connect_data (player, "notify::state", G_CALLBACK (on_state), self, sc_awake_free, 0);
}
