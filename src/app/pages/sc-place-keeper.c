/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Has a recording go on where somebody stopped, and keeps where they are. It belongs to the player
 * and goes with it. Main thread only. */

#include "config.h"

#include "sc-place-keeper.h"

#include "sc-link.h"
#include "sc-time-words.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

/* What somebody sees again at most when the program ends of itself, microseconds. */
#define EVERY_US (10 * G_TIME_SPAN_SECOND)

/* Longer than usual: there is something to decide. */
#define TOAST_SECONDS 10

typedef struct {
  ScPlaces *places;
  GWeakRef page;
  char *recording;
  gint64 seen;   /* where the player was seen last, or -1 */
  gint64 kept;   /* what was kept of that, or -1 */
  gint64 length; /* of the recording */
  gint64 told;   /* where it goes on and nobody was told yet, or 0 */
} ScPlaceKeeper;

static void
keeper_free (gpointer data, GClosure *closure)
{
  ScPlaceKeeper *self = data;
  g_object_unref (self->places);
  g_weak_ref_clear (&self->page);
  g_free (self->recording);
  g_free (self);
}

static void
keep (ScPlaceKeeper *self)
{
  if (self->seen < 0 || self->seen == self->kept)
    return;
  self->kept = self->seen;
  sc_places_keep (self->places, self->recording, self->seen, self->length);
}

static void
on_start_over (ScPlayer *player)
{
  sc_player_seek (player, 0, TRUE);
}

static void
tell (ScPlaceKeeper *self, ScPlayer *player)
{
  g_autoptr (GtkWidget) page = g_weak_ref_get (&self->page);
  g_autofree char *clock = sc_clock_words (self->told);
  /* Translators: %s is a place in a recording, as "12:34" */
  g_autofree char *words = g_strdup_printf (_ ("Continued at %s"), clock);
  self->told = 0;
  if (!page)
    return;
  AdwToast *toast = adw_toast_new (words);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  adw_toast_set_button_label (toast, _ ("_Start Over"));
  g_signal_connect_object (toast,
                           "button-clicked",
                           G_CALLBACK (on_start_over),
                           player,
                           G_CONNECT_SWAPPED);
  sc_toast_show (page, toast);
}

/* While it opens, the player is at no place of anybody's; when it is stopped, it is at none. */
static void
on_position (ScPlayer *player, GParamSpec *pspec, gpointer user_data)
{
  ScPlaceKeeper *self = user_data;
  ScPlayerState state = sc_player_get_state (player);
  if (state != SC_PLAYER_PLAYING && state != SC_PLAYER_PAUSED)
    return;
  self->seen = sc_player_get_position (player);
  self->length = sc_player_get_duration (player);
  if (self->kept < 0 || ABS (self->seen - self->kept) >= EVERY_US)
    keep (self);
}

/* Whoever saw the end goes on nowhere. */
static void
on_state (ScPlayer *player, GParamSpec *pspec, gpointer user_data)
{
  ScPlaceKeeper *self = user_data;
  ScPlayerState state = sc_player_get_state (player);
  if (state == SC_PLAYER_PLAYING && self->told > 0)
    tell (self, player);
  else if (state == SC_PLAYER_ENDED)
    self->seen = self->length;
  if (state != SC_PLAYER_PLAYING)
    keep (self);
}

/**
 * sc_place_keeper_set_up:
 * @page: a recording's page, before it is on screen
 * @places: where somebody stopped
 * @moment: where it is to begin, microseconds; %SC_LINK_NO_MOMENT for where they stopped
 *
 * Has the page begin there, and the place kept for as long as the page is there.
 */
void
sc_place_keeper_set_up (ScRecordingPage *page, ScPlaces *places, gint64 moment)
{
  ScPlayer *player = sc_recording_page_get_player (page);
  g_autoptr (ScRecording) recording = NULL;
  g_object_get (page, "recording", &recording, NULL);
  ScPlaceKeeper *self = g_new0 (ScPlaceKeeper, 1);
  self->places = g_object_ref (places);
  g_weak_ref_init (&self->page, page);
  self->recording = g_strdup (sc_recording_get_fields (recording)->id);
  self->seen = self->kept = -1;
  if (moment == SC_LINK_NO_MOMENT)
    moment = self->told = sc_places_get (places, self->recording);
  sc_recording_page_go_to (page, moment);
  g_signal_connect (player, "notify::position", G_CALLBACK (on_position), self);
  g_signal_connect_data (player, "notify::state", G_CALLBACK (on_state), self, keeper_free, 0);
}
