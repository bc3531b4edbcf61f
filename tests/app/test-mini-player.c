/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The mini player of the real application, over a server and real streams in this process: what
 * plays goes on as it is while its page leaves the window and comes back, and the desktop's
 * controls speak of it all the while. */

#include "config.h"

#include "sc-channel-page.h"
#include "sc-mini.h"
#include "sc-on-show.h"
#include "sc-player-library.h"
#include "sc-recording-page.h"
#include "sc-window.h"
#include "sct-application.h"
#include "sct-window.h"

#define SECONDS 40
#define FRAMES 12

typedef struct {
  SctApplication over;
  GSettings *settings;
  GDBusConnection *bus;
  ScPlayer *player; /* what was opened last */
  guint n_frames;
  guint n_stops;
  GVariant *answer;
  const char *text;
  GWeakRef page;
} World;

static GtkWidget *
get_window (void)
{
  return GTK_WIDGET (sc_window_find ());
}

static GtkWidget *
get_mini (void)
{
  return GTK_WIDGET (sc_mini_find ());
}

static GtkWidget *
get_page (GType type)
{
  return sct_find (get_window (), type, NULL);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
follow (World *self, GtkWidget *page)
{
  self->player = sc_playing_page_get_player (SC_PLAYING_PAGE (page));
  g_weak_ref_set (&self->page, page);
}

static gboolean
plays (gpointer data)
{
  World *self = data;
  return sc_player_get_state (self->player) == SC_PLAYER_PLAYING &&
         sc_player_get_paintable (self->player);
}

static gboolean
is_paused (gpointer data)
{
  World *self = data;
  return sc_player_get_state (self->player) == SC_PLAYER_PAUSED;
}

static void
count_stops (ScPlayer *player, GParamSpec *pspec, guint *n)
{
  if (sc_player_get_state (player) == SC_PLAYER_IDLE)
    (*n)++;
}

/* From here on counts the frames of the picture, and how often its player stops. */
static void
begin_count (World *self)
{
  sc_test_wait_until (plays, self);
  self->n_frames = 0;
  self->n_stops = 0;
  GObject *picture = sc_player_get_paintable (self->player);
  g_signal_connect_swapped (picture, "invalidate-contents", G_CALLBACK (count), &self->n_frames);
  g_signal_connect (self->player, "notify::state", G_CALLBACK (count_stops), &self->n_stops);
}

static void
end_count (World *self)
{
  GObject *picture = sc_player_get_paintable (self->player);
  g_signal_handlers_disconnect_by_data (picture, &self->n_frames);
  g_signal_handlers_disconnect_by_data (self->player, &self->n_stops);
}

static gboolean
has_frames (gpointer data)
{
  World *self = data;
  return self->n_frames >= FRAMES;
}

static void
wait_frames (World *self)
{
  self->n_frames = 0;
  sc_test_wait_until (has_frames, self);
}

static gboolean
is_page_gone (gpointer data)
{
  World *self = data;
  g_autoptr (GObject) page = g_weak_ref_get (&self->page);
  return page == NULL;
}

static gboolean
is_said (gpointer data)
{
  World *self = data;
  return sct_find (get_window (), GTK_TYPE_LABEL, self->text) != NULL;
}

static void
wait_label (World *self, const char *text)
{
  self->text = text;
  sc_test_wait_until (is_said, self);
}

static void
open_live (World *self)
{
  hls_server_set_live (self->over.live, TRUE); /* anew: it has no more than SECONDS to show */
  sc_window_open_channel (sc_window_find (), "ada");
  follow (self, get_page (SC_TYPE_CHANNEL_PAGE));
  sc_test_wait_until (plays, self);
}

static void
open_recording (World *self)
{
  const ScRecordingFields fields = {
    .id = "r1",
    .channel = "grace",
    .title = "Compilers",
    .started_at = 1767225600 * (gint64) G_USEC_PER_SEC,
    .duration_ms = SECONDS * 1000,
    .playback_url = hls_server_get_uri (self->over.recorded),
  };
  g_autoptr (ScRecording) recording = sc_recording_new (&fields);
  sc_window_open_recording (sc_window_find (), recording, SC_LINK_NO_MOMENT);
  follow (self, get_page (SC_TYPE_RECORDING_PAGE));
  sc_test_wait_until (plays, self);
}

static GtkWidget *
move_to_mini (void)
{
  gtk_widget_activate_action (get_window (), "win.mini-player", NULL);
  g_assert_nonnull (get_mini ());
  return get_mini ();
}

static void
leave (World *self)
{
  sc_mini_close ();
  gtk_widget_activate_action (get_window (), "win.home", NULL);
  sc_test_wait_until (is_page_gone, self);
}

/* What a panel sees. */

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  World *self = user_data;
  g_clear_pointer (&self->answer, g_variant_unref);
  self->answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  if (!self->answer)
    self->answer = g_variant_ref_sink (g_variant_new ("(v)", g_variant_new_string ("nobody")));
}

static gboolean
is_answered (gpointer data)
{
  World *self = data;
  return self->answer != NULL;
}

static char *
ask_status (World *self)
{
  g_autoptr (GVariant) value = NULL;
  g_clear_pointer (&self->answer, g_variant_unref);
  g_dbus_connection_call (self->bus,
                          "org.mpris.MediaPlayer2." SC_APP_ID,
                          "/org/mpris/MediaPlayer2",
                          "org.freedesktop.DBus.Properties",
                          "Get",
                          g_variant_new ("(ss)", "org.mpris.MediaPlayer2.Player", "PlaybackStatus"),
                          NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          -1,
                          NULL,
                          on_answer,
                          self);
  sc_test_wait_until (is_answered, self);
  g_variant_get (self->answer, "(v)", &value);
  return g_variant_dup_string (value, NULL);
}

static void
assert_status (World *self, const char *wanted)
{
  g_autofree char *status = ask_status (self);
  g_assert_cmpstr (status, ==, wanted);
}

/* The tests. */

static void
assert_shows (GtkWidget *mini, GObject *picture)
{
  GtkWidget *widget = sct_find (mini, GTK_TYPE_PICTURE, NULL);
  g_assert_nonnull (widget);
  g_assert_true ((GObject *) gtk_picture_get_paintable (GTK_PICTURE (widget)) == picture);
}

/* There and back: one page, one player, one picture, which never stops. */
static void
test_goes_on (gconstpointer data)
{
  World *self = (World *) data;
  open_live (self);
  begin_count (self);
  GtkWidget *page = get_page (SC_TYPE_CHANNEL_PAGE);
  GObject *picture = sc_player_get_paintable (self->player);

  GtkWidget *mini = move_to_mini ();
  g_assert_null (get_page (SC_TYPE_CHANNEL_PAGE));
  wait_frames (self);
  assert_shows (mini, picture);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (mini)), ==, "ada");
  assert_status (self, "Playing");

  gtk_widget_activate_action (mini, "win.mini-player", NULL);
  g_assert_null (get_mini ());
  g_assert_true (get_page (SC_TYPE_CHANNEL_PAGE) == page);
  wait_frames (self);
  g_assert_true (sc_player_get_paintable (self->player) == picture);
  assert_status (self, "Playing");
  g_assert_cmpuint (self->n_stops, ==, 0);
  end_count (self);
  leave (self);
  assert_status (self, "nobody");
}

static void
assert_named (GtkWidget *mini)
{
  GtkWidget *picture = sct_find (mini, GTK_TYPE_PICTURE, NULL);
  g_autofree char *wanted =
    g_strconcat ("Video of ", gtk_window_get_title (GTK_WINDOW (mini)), NULL);
  g_autofree char *wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (picture),
                                                               GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                               wanted);
  g_assert_null (wrong);
}

static void
test_controls (gconstpointer data)
{
  World *self = (World *) data;
  open_recording (self);
  GtkWidget *mini = move_to_mini ();
  GtkWidget *keys = gtk_window_get_focus (GTK_WINDOW (mini));
  assert_named (mini);
  g_assert_true (sct_press_shortcut (keys, GDK_KEY_space));
  sc_test_wait_until (is_paused, self);
  assert_status (self, "Paused");
  g_assert_nonnull (sct_find (mini, GTK_TYPE_BUTTON, "Play"));
  g_assert_true (sct_press_shortcut (keys, GDK_KEY_k));
  sc_test_wait_until (plays, self);
  g_assert_true (sct_press_shortcut (keys, GDK_KEY_m));
  g_assert_true (sc_player_get_muted (self->player));
  g_assert_true (sct_press_shortcut (keys, GDK_KEY_Up));
  g_assert_false (sc_player_get_muted (self->player));
  leave (self);
}

static void
test_hint (gconstpointer data)
{
  World *self = (World *) data;
  g_settings_reset (self->settings, "mini-player-hint");
  open_recording (self);
  GtkWidget *mini = move_to_mini ();
  GtkWidget *button = sct_find (mini, GTK_TYPE_BUTTON, "Do Not Say This Again");
  g_assert_nonnull (sct_find (mini, GTK_TYPE_LABEL, "cannot keep this window in front"));
  g_signal_emit_by_name (button, "clicked");
  g_assert_null (sct_find (mini, GTK_TYPE_LABEL, "cannot keep this window in front"));
  g_assert_false (g_settings_get_boolean (self->settings, "mini-player-hint"));
  leave (self);
}

static void
test_close_stops (gconstpointer data)
{
  World *self = (World *) data;
  open_live (self);
  g_autoptr (ScPlayer) player = g_object_ref (self->player);
  gtk_window_close (GTK_WINDOW (move_to_mini ()));
  sc_test_wait_until (is_page_gone, self);
  g_assert_cmpint (sc_player_get_state (player), ==, SC_PLAYER_IDLE);
  assert_status (self, "nobody");
}

/* Who streams nothing plays nothing: only a video takes the place of a video. */
static void
test_another_video (gconstpointer data)
{
  World *self = (World *) data;
  open_live (self);
  move_to_mini ();
  sc_window_open_channel (sc_window_find (), "bob");
  wait_label (self, "bob Is Offline");
  g_assert_nonnull (get_mini ());
  sc_test_wait_until (plays, self); /* it may wait for the network, but not be stopped */

  g_autoptr (ScPlayer) before = g_object_ref (self->player);
  open_recording (self);
  g_assert_null (get_mini ());
  g_assert_cmpint (sc_player_get_state (before), ==, SC_PLAYER_IDLE);
  assert_status (self, "Playing");
  leave (self);
}

static void
test_same_video (gconstpointer data)
{
  World *self = (World *) data;
  open_recording (self);
  begin_count (self);
  move_to_mini ();
  wait_frames (self);
  ScPlayer *before = self->player;
  open_recording (self);
  g_assert_true (self->player == before);
  g_assert_null (get_mini ());
  wait_frames (self);
  g_assert_cmpuint (self->n_stops, ==, 0);
  end_count (self);
  leave (self);
}

/* Whoever wants it has it without asking each time. */
static void
test_on_leaving (gconstpointer data)
{
  World *self = (World *) data;
  g_settings_set_boolean (self->settings, "mini-player-on-leaving", TRUE);
  open_live (self);
  begin_count (self);
  GtkWidget *page = get_page (SC_TYPE_CHANNEL_PAGE);
  gtk_widget_activate_action (get_window (), "win.home", NULL);
  g_assert_nonnull (get_mini ());
  wait_frames (self);
  gtk_widget_activate_action (get_window (), "win.mini-player", NULL);
  g_assert_true (get_page (SC_TYPE_CHANNEL_PAGE) == page);
  wait_frames (self);
  g_assert_cmpuint (self->n_stops, ==, 0);
  end_count (self);
  g_settings_reset (self->settings, "mini-player-on-leaving");
  leave (self);
}

static gboolean
has_ended (gpointer data)
{
  World *self = data;
  return sc_player_get_state (self->player) == SC_PLAYER_ENDED;
}

/* What is over does not go on. */
static void
test_on_leaving_end (gconstpointer data)
{
  World *self = (World *) data;
  g_settings_set_boolean (self->settings, "mini-player-on-leaving", TRUE);
  open_recording (self);
  sc_player_seek (self->player, (SECONDS - 1) * (gint64) G_USEC_PER_SEC, TRUE);
  sc_test_wait_until (has_ended, self);
  gtk_widget_activate_action (get_window (), "win.home", NULL);
  g_assert_null (get_mini ());
  g_settings_reset (self->settings, "mini-player-on-leaving");
  leave (self);
}

/* Nobody is told that a channel goes live which they watch, wherever that is. */
static void
test_on_show (gconstpointer data)
{
  World *self = (World *) data;
  open_live (self);
  begin_count (self);
  move_to_mini ();
  wait_frames (self);
  g_auto (GStrv) shown = sc_on_show_dup_channels ();
  g_assert_cmpuint (g_strv_length (shown), ==, 1);
  g_assert_cmpstr (shown[0], ==, "ada");
  end_count (self);
  leave (self);
}

/* Pages under it that would play, too, are left with it. */
static void
test_nothing_plays_below (gconstpointer data)
{
  World *self = (World *) data;
  open_live (self);
  open_recording (self);
  move_to_mini ();
  g_assert_null (get_page (SC_TYPE_CHANNEL_PAGE));
  leave (self);
  gtk_widget_activate_action (get_window (), "win.mini-player", NULL);
  g_assert_null (get_mini ());
}

/* The application goes on while something plays, and has a window again for the way back. */
static void
test_window_closed (gconstpointer data)
{
  World *self = (World *) data;
  open_live (self);
  begin_count (self);
  GtkWidget *mini = move_to_mini ();
  gtk_window_close (GTK_WINDOW (get_window ()));
  g_assert_null (get_window ());
  wait_frames (self);
  assert_status (self, "Playing");
  gtk_widget_activate_action (mini, "win.mini-player", NULL);
  g_assert_nonnull (get_page (SC_TYPE_CHANNEL_PAGE));
  wait_frames (self);
  g_assert_cmpuint (self->n_stops, ==, 0);
  end_count (self);
  leave (self);
}

/* There is one list of where somebody stopped: what goes on keeps its places in none that is older
 * than a new window's, and would be written over it. */
static void
test_places (gconstpointer data)
{
  World *self = (World *) data;
  const gint64 minute = G_TIME_SPAN_MINUTE;
  g_autoptr (ScPlaces) before = g_object_ref (sc_window_get_places (sc_window_find ()));
  open_live (self);
  move_to_mini ();
  gtk_window_close (GTK_WINDOW (get_window ()));
  g_application_activate (G_APPLICATION (self->over.application));
  ScPlaces *places = sc_window_get_places (sc_window_find ());
  sc_places_keep (places, "p1", minute, 60 * minute);
  sc_places_keep (before, "p2", minute, 60 * minute);
  sc_places_flush (places);
  g_autoptr (ScPlaces) kept = sc_places_new_of_user ();
  g_assert_cmpint (sc_places_get (kept, "p1"), ==, minute);
  g_assert_cmpint (sc_places_get (kept, "p2"), ==, minute);
  leave (self);
}

/* With STREAMCAT_PICTURES=DIR: what it looks like, with the hint and without. */
static void
test_looks (gconstpointer data)
{
  World *self = (World *) data;
  g_settings_reset (self->settings, "mini-player-hint");
  open_recording (self);
  GtkWidget *mini = move_to_mini ();
  sc_player_set_paused (self->player, TRUE);
  sct_wait_frames (mini, 4);
  g_assert_cmpint (gtk_widget_get_width (mini), <, 420);
  sct_save_picture (mini, "mini-hint");
  g_settings_set_boolean (self->settings, "mini-player-hint", FALSE);
  sct_wait_frames (mini, 4);
  sct_save_picture (mini, "mini");
  leave (self);
}

static void
start (World *self, const char *folder)
{
  static const char *const bob =
    "{'channel':{'name':'bob','title':'Nothing','live':false,'stream':null}}";
  sct_application_init (&self->over, folder);
  sc_fake_api_answer_now (self->over.api, "GET /v1/channels/bob", 200, bob);
  sc_fake_api_answer (self->over.api, "GET /v1/channels/bob/recordings", 200, "{'recordings':[]}");
  g_weak_ref_init (&self->page, NULL);
  self->settings = g_settings_new (SC_APP_ID);
  self->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  sct_application_start (&self->over);
}

static void
stop (World *self)
{
  sct_application_quit (&self->over);
  g_clear_pointer (&self->answer, g_variant_unref);
  g_weak_ref_clear (&self->page);
  g_object_unref (self->settings);
  g_object_unref (self->bus);
  sct_application_clear (&self->over);
}

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
  g_autofree char *folder = hls_folder_new_of (SECONDS);
  World world = { 0 };
  start (&world, folder);
  g_test_add_data_func ("/mini-player/goes-on", &world, test_goes_on);
  g_test_add_data_func ("/mini-player/controls", &world, test_controls);
  g_test_add_data_func ("/mini-player/hint", &world, test_hint);
  g_test_add_data_func ("/mini-player/close-stops", &world, test_close_stops);
  g_test_add_data_func ("/mini-player/another-video", &world, test_another_video);
  g_test_add_data_func ("/mini-player/same-video", &world, test_same_video);
  g_test_add_data_func ("/mini-player/on-leaving", &world, test_on_leaving);
  g_test_add_data_func ("/mini-player/on-leaving-end", &world, test_on_leaving_end);
  g_test_add_data_func ("/mini-player/on-show", &world, test_on_show);
  g_test_add_data_func ("/mini-player/nothing-plays-below", &world, test_nothing_plays_below);
  g_test_add_data_func ("/mini-player/looks", &world, test_looks);
  g_test_add_data_func ("/mini-player/window-closed", &world, test_window_closed);
  g_test_add_data_func ("/mini-player/places", &world, test_places);
  int result = g_test_run ();
  stop (&world);
  sc_player_library_finish ();
  hls_folder_remove (folder);
  return result;
}
