/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A screen that nobody touches goes dark after some minutes, in the middle of a stream: while a
 * picture plays, the desktop is asked not to. One that stands still may go dark. */

#include "config.h"

#include "sc-awake.h"

#include <glib/gi18n.h>

typedef struct {
  GtkApplication *application;
  guint cookie; /* 0: the desktop is not asked, or takes no such wish */
} ScAwake;

static void
let_sleep (ScAwake *self)
{
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
on_state (ScPlayer *player, GParamSpec *pspec, ScAwake *self)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);
  if (sc_player_get_state (player) != SC_PLAYER_PLAYING)
    let_sleep (self);
  else if (self->cookie == 0)
    self->cookie = gtk_application_inhibit (self->application,
                                            window,
                                            GTK_APPLICATION_INHIBIT_IDLE,
                                            _ ("A stream is playing"));
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
