/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A recording that is opened again goes on where it was, and as it was: its page was covered, or it
 * was loaded anew, or it failed. */

#include "config.h"

#include "hls-server.h"
#include "sc-client-fixture.h"
#include "sc-player-library.h"
#include "sc-player-view.h"
#include "sc-recording-page.h"
#include "sc-window.h"
#include "sct-window.h"

#define SECONDS 24
#define GIVE_UP_SECONDS 40
#define S G_USEC_PER_SEC

typedef struct {
  ScFakeApi *api;
  HlsServer *hls;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
  ScPlayer *player;
} Fixture;

static gboolean
on_give_up (gpointer condition)
{
  g_error ("gave up waiting for %s", (const char *) condition);
  return G_SOURCE_REMOVE;
}

/* Runs the main context until @condition holds. */
#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint give_up = g_timeout_add_seconds (GIVE_UP_SECONDS, on_give_up, (char *) #condition);      \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (give_up);                                                                     \
  }                                                                                                \
  G_STMT_END

static GtkWidget *
wait_for (Fixture *fixture, GType type, const char *text)
{
  wait_until (sct_find (fixture->window, type, text));
  return sct_find (fixture->window, type, text);
}

static void
wait_state (Fixture *fixture, ScPlayerState state)
{
  wait_until (sc_player_get_state (fixture->player) == state);
}

static void
set_up (Fixture *fixture, gconstpointer folder)
{
  fixture->api = sc_fake_api_new ();
  fixture->hls = hls_server_new (folder, NULL);
  fixture->settings = g_settings_new (SC_APP_ID);
  sct_forget_places ();
  fixture->session = sc_test_session_new ();
  sc_session_set_server (fixture->session, sc_fake_api_get_url (fixture->api));
  fixture->window = GTK_WIDGET (sc_window_new (NULL, fixture->settings, fixture->session));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer folder)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->settings);
  hls_server_free (fixture->hls);
  sc_fake_api_free (fixture->api);
}

static ScPlayer *
open_recording (Fixture *fixture)
{
  const ScRecordingFields fields = {
    .id = "r3",
    .channel = "ada",
    .title = "Engines",
    .category = "",
    .started_at = G_GINT64_CONSTANT (1760000000000000),
    .duration_ms = SECONDS * 1000,
    .playback_url = hls_server_get_uri (fixture->hls),
    .width = 320,
    .height = 180,
  };
  g_autoptr (ScRecording) recording = sc_recording_new (&fields);
  sc_window_open_recording (SC_WINDOW (fixture->window), recording, SC_LINK_NO_MOMENT);
  GtkWidget *page = wait_for (fixture, SC_TYPE_RECORDING_PAGE, NULL);
  fixture->player = sc_recording_page_get_player (SC_RECORDING_PAGE (page));
  return fixture->player;
}

static ScPlayer *
play (Fixture *fixture)
{
  ScPlayer *player = open_recording (fixture);
  wait_state (fixture, SC_PLAYER_PLAYING);
  wait_until (sc_player_get_duration (player) > 0);
  return player;
}

static void
go_to (Fixture *fixture, gint64 place)
{
  sc_player_seek (fixture->player, place, TRUE);
}

static void
cover_and_come_back (Fixture *fixture)
{
  gtk_widget_activate_action (fixture->window, "win.sign-in", NULL);
  wait_for (fixture, GTK_TYPE_LABEL, "Welcome back.");
  g_assert_cmpint (sc_player_get_state (fixture->player), ==, SC_PLAYER_IDLE);
  GtkWidget *page = sct_find (fixture->window, ADW_TYPE_NAVIGATION_PAGE, NULL);
  gtk_widget_activate_action (page, "navigation.pop", NULL);
}

/* A page that is covered goes on where it was. */
static void
test_goes_on (Fixture *fixture, gconstpointer folder)
{
  ScPlayer *player = play (fixture);
  go_to (fixture, 12 * S);
  cover_and_come_back (fixture);
  wait_state (fixture, SC_PLAYER_PLAYING);
  wait_until (sc_player_get_position (player) >= 12 * S);
  g_assert_cmpint (sc_player_get_position (player), <, 20 * S);
}

/* Nobody's room is filled with sound because they came back. */
static void
test_stays_paused (Fixture *fixture, gconstpointer folder)
{
  ScPlayer *player = play (fixture);
  sc_player_set_paused (player, TRUE);
  go_to (fixture, 12 * S);
  cover_and_come_back (fixture);
  wait_state (fixture, SC_PLAYER_PAUSED);
  wait_until (sc_player_get_position (player) == 12 * S);
  g_assert_true (sc_player_get_paused (player));
}

/* What may pass is tried again by itself, and plays no louder than it did. */
static void
test_retries_paused (Fixture *fixture, gconstpointer folder)
{
  hls_server_set_status (fixture->hls, 503);
  ScPlayer *player = open_recording (fixture);
  wait_state (fixture, SC_PLAYER_FAILED);
  sc_player_set_paused (player, TRUE);
  hls_server_set_status (fixture->hls, 0);
  wait_state (fixture, SC_PLAYER_PAUSED);
}

/* Loading it anew is no way to lose one's place. */
static void
test_reload (Fixture *fixture, gconstpointer folder)
{
  ScPlayer *player = play (fixture);
  go_to (fixture, 18 * S);
  gint64 start = g_get_monotonic_time ();
  GtkWidget *page = sct_find (fixture->window, SC_TYPE_RECORDING_PAGE, NULL);
  gtk_widget_activate_action (page, "page.reload", NULL);
  g_assert_cmpint (sc_player_get_state (player), ==, SC_PLAYER_LOADING);
  wait_state (fixture, SC_PLAYER_PLAYING);
  wait_until (sc_player_get_position (player) >= 18 * S);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 15 * S);
}

#define add(path, test) g_test_add (path, Fixture, folder, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
  g_autofree char *folder = hls_folder_new_of (SECONDS);
  add ("/recording-again/goes-on", test_goes_on);
  add ("/recording-again/stays-paused", test_stays_paused);
  add ("/recording-again/retries-paused", test_retries_paused);
  add ("/recording-again/reload", test_reload);
  int result = g_test_run ();
  sc_player_library_finish ();
  hls_folder_remove (folder);
  return result;
}
