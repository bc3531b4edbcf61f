/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The real application on a real session bus, driven over that as a panel or the keys of a keyboard
 * drive players: by a client with a connection of its own, which sees what is told to everybody. */

#include "config.h"

#include "sc-channel-page.h"
#include "sc-link.h"
#include "sc-mpris-track.h"
#include "sc-player-library.h"
#include "sc-recording-page.h"
#include "sc-window.h"
#include "sct-application.h"
#include "sct-window.h"

#include <string.h>

#define NAME "org.mpris.MediaPlayer2." SC_APP_ID
#define PATH "/org/mpris/MediaPlayer2"
#define ROOT "org.mpris.MediaPlayer2"
#define PLAYER ROOT ".Player"

#define PICTURE "https://127.0.0.1:9/ada.png"
#define RECORDING_TRACK "/io/github/streamcat/StreamCat/recording/r_2d1"

#define SECONDS 24
#define GIVE_UP_SECONDS 40
#define S ((gint64) G_USEC_PER_SEC) /* in variable arguments, too */

/* All tests share the one application that a process has. */
typedef struct {
  SctApplication over;
  ScWindow *window;
  GDBusConnection *bus;
  GDBusProxy *player;
  GHashTable *n_told; /* char * to how often a property was told */
  gint64 seeked;      /* where to, of the last signal */
  guint n_seeked;
  GVariant *answer;
  GError *error;
  gboolean answered;
  gboolean began_with_channel;
} World;

static gboolean
on_give_up (gpointer user_data)
{
  g_error ("gave up waiting for %s", (const char *) user_data);
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

/* The client. */

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  World *self = user_data;
  self->answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &self->error);
  self->answered = TRUE;
}

static void
begin_call (World *self, const char *interface, const char *method, GVariant *parameters)
{
  self->answered = FALSE;
  g_dbus_connection_call (self->bus,
                          NAME,
                          PATH,
                          interface,
                          method,
                          parameters,
                          NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          -1,
                          NULL,
                          on_answer,
                          self);
}

/* Returns (transfer full): what was answered; that it was an answer is asserted. */
static GVariant *
end_call (World *self)
{
  wait_until (self->answered);
  g_assert_no_error (self->error);
  return g_steal_pointer (&self->answer);
}

static GVariant *
call (World *self, const char *interface, const char *method, GVariant *parameters)
{
  begin_call (self, interface, method, parameters);
  return end_call (self);
}

static void
do_call (World *self, const char *method, GVariant *parameters)
{
  g_autoptr (GVariant) answer = call (self, PLAYER, method, parameters);
  g_assert_true (g_variant_is_of_type (answer, G_VARIANT_TYPE_UNIT));
}

static void
set (World *self, const char *property, GVariant *value)
{
  g_autoptr (GVariant) answer = call (self,
                                      "org.freedesktop.DBus.Properties",
                                      "Set",
                                      g_variant_new ("(ssv)", PLAYER, property, value));
}

static GVariant *
get_all (World *self, const char *interface)
{
  g_autoptr (GVariant) answer =
    call (self, "org.freedesktop.DBus.Properties", "GetAll", g_variant_new ("(s)", interface));
  return g_variant_get_child_value (answer, 0);
}

static gint64
get_position (World *self)
{
  g_autoptr (GVariant) all = get_all (self, PLAYER);
  gint64 position = -1;
  g_assert_true (g_variant_lookup (all, "Position", "x", &position));
  return position;
}

/* Whether what the client was told of a property is that; @wanted is in GVariant's text format. */
static gboolean
is (World *self, const char *property, const char *wanted)
{
  g_autoptr (GVariant) told = g_dbus_proxy_get_cached_property (self->player, property);
  g_autoptr (GVariant) expected = g_variant_new_parsed (wanted);
  return told && g_variant_equal (told, g_variant_ref_sink (expected));
}

/* As is(), of something in the Metadata; NULL: it is not there. */
static gboolean
is_said (World *self, const char *key, const char *wanted)
{
  g_autoptr (GVariant) told = g_dbus_proxy_get_cached_property (self->player, "Metadata");
  g_autoptr (GVariant) value = told ? g_variant_lookup_value (told, key, NULL) : NULL;
  if (!told || !wanted)
    return told && !value;
  g_autoptr (GVariant) expected = g_variant_ref_sink (g_variant_new_parsed (wanted));
  return value && g_variant_equal (value, expected);
}

static gboolean
is_on_bus (World *self)
{
  g_autofree char *owner = g_dbus_proxy_get_name_owner (self->player);
  return owner != NULL;
}

static guint
count_told (World *self, const char *property)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->n_told, property));
}

static void
on_told (World *self, GVariant *changed)
{
  GVariantIter iter;
  const char *name;
  g_variant_iter_init (&iter, changed);
  while (g_variant_iter_next (&iter, "{&sv}", &name, NULL))
    g_hash_table_insert (self->n_told,
                         g_strdup (name),
                         GUINT_TO_POINTER (count_told (self, name) + 1));
}

static void
on_signal (World *self, const char *sender, const char *name, GVariant *parameters)
{
  if (!g_str_equal (name, "Seeked"))
    return;
  g_variant_get (parameters, "(x)", &self->seeked);
  self->n_seeked++;
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  World *self = user_data;
  self->player = g_dbus_proxy_new_finish (result, &self->error);
}

static void
connect_client (World *self)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  self->n_told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->bus =
    g_dbus_connection_new_for_address_sync (address,
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                              G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                            NULL,
                                            NULL,
                                            NULL);
  g_assert_nonnull (self->bus);
  g_dbus_proxy_new (self->bus,
                    G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START,
                    NULL,
                    NAME,
                    PATH,
                    PLAYER,
                    NULL,
                    on_proxy,
                    self);
  wait_until (self->player || self->error);
  g_assert_no_error (self->error);
  g_signal_connect_swapped (self->player, "g-properties-changed", G_CALLBACK (on_told), self);
  g_signal_connect_swapped (self->player, "g-signal", G_CALLBACK (on_signal), self);
}

/* The application. */

static void
answer_channel (World *self, const char *title)
{
  sct_application_answer_ada (&self->over, title, PICTURE);
}

/* As it was left: with a channel on show. */
static void
begin (World *self)
{
  g_autoptr (GSettings) settings = g_settings_new (SC_APP_ID);
  g_autofree char *link = sc_link_dup_for_channel (sc_fake_api_get_url (self->over.api), "ada");
  g_settings_set_string (settings, "last-page", link);
  sct_application_start (&self->over);
  self->window =
    SC_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (self->over.application)));
  self->began_with_channel =
    sct_find (GTK_WIDGET (self->window), SC_TYPE_CHANNEL_PAGE, NULL) != NULL;
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.home", NULL);
}

static void
start (World *self, const char *folder)
{
  sct_application_init (&self->over, folder);
  answer_channel (self, "Engines");
  begin (self);
  connect_client (self);
}

static void
stop (World *self)
{
  g_object_unref (self->player);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->bus);
  g_hash_table_unref (self->n_told);
  sct_application_clear (&self->over);
}

static ScRecording *
make_recording (World *self, gboolean hidden)
{
  const ScRecordingFields fields = {
    .id = "r-1",
    .channel = "grace",
    .title = "Compilers, part one",
    .started_at = S,
    .duration_ms = SECONDS * 1000,
    .playback_url = hls_server_get_uri (self->over.recorded),
    .thumbnail_url = PICTURE,
    .is_own = hidden,
    .is_hidden = hidden,
  };
  return sc_recording_new (&fields);
}

static ScPlayer *
open_recording (World *self, ScWindow *window, gboolean hidden)
{
  g_autoptr (ScRecording) recording = make_recording (self, hidden);
  sc_window_open_recording (window, recording, SC_LINK_NO_MOMENT);
  wait_until (sct_find (GTK_WIDGET (window), SC_TYPE_RECORDING_PAGE, NULL));
  GtkWidget *page = sct_find (GTK_WIDGET (window), SC_TYPE_RECORDING_PAGE, NULL);
  return sc_recording_page_get_player (SC_RECORDING_PAGE (page));
}

static ScPlayer *
open_live (World *self)
{
  hls_server_set_live (self->over.live, TRUE); /* anew: it has no more than SECONDS to show */
  sc_window_open_channel (self->window, "ada");
  wait_until (is (self, "PlaybackStatus", "'Playing'") &&
              is_said (self, "xesam:artist", "['ada']"));
  GtkWidget *page = sct_find (GTK_WIDGET (self->window), SC_TYPE_CHANNEL_PAGE, NULL);
  ScPlayer *player = sc_playing_page_get_player (SC_PLAYING_PAGE (page));
  wait_until (sc_player_get_state (player) == SC_PLAYER_PLAYING);
  return player;
}

static void
go_home (World *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.home", NULL);
  wait_until (!is_on_bus (self));
}

/* The tests. */

/* What anybody sends cannot make another path of it, nor the same one of two ids. */
static void
test_track (void)
{
  g_autofree char *plain = sc_mpris_track_dup_path ("live", "ada_1");
  g_autofree char *wild = sc_mpris_track_dup_path ("recording", "a/../b ü");
  g_assert_cmpstr (plain, ==, "/io/github/streamcat/StreamCat/live/ada_5f1");
  g_assert_true (g_variant_is_object_path (wild));
  const ScMprisTrack track = { .path = wild,
                               .title = "",
                               .artist = "",
                               .picture = "file:///etc/passwd" };
  g_autoptr (GVariant) said = g_variant_ref_sink (sc_mpris_track_to_metadata (&track));
  g_assert_false (g_variant_lookup (said, "mpris:artUrl", "&s", NULL));
}

/* Where it was left, once: Raise does not lead back there. */
static void
test_begins (gconstpointer data)
{
  const World *self = data;
  g_assert_true (self->began_with_channel);
  g_application_activate (G_APPLICATION (self->over.application));
  g_assert_null (sct_find (GTK_WIDGET (self->window), SC_TYPE_CHANNEL_PAGE, NULL));
}

static void
test_live (gconstpointer data)
{
  World *self = (World *) data;
  g_assert_false (is_on_bus (self));
  ScPlayer *player = open_live (self);
  g_autofree char *link =
    g_strdup_printf ("'streamcat://%s/channel/ada'",
                     sc_fake_api_get_url (self->over.api) + strlen ("http://"));
  wait_until (is_said (self, "xesam:title", "'Engines'"));
  g_assert_true (is_said (self, "xesam:url", link));
  g_assert_true (is_said (self, "mpris:artUrl", "'" PICTURE "'"));
  g_assert_true (is_said (self, "mpris:length", NULL));
  g_assert_true (is (self, "CanSeek", "false"));
  g_assert_true (is (self, "CanPause", "true"));
  g_assert_true (is (self, "MaximumRate", "1.0"));
  g_autoptr (GVariant) all = get_all (self, PLAYER);
  g_assert_false (g_variant_lookup (all, "LoopStatus", "&s", NULL));
  g_assert_false (g_variant_lookup (all, "Shuffle", "b", NULL));

  do_call (self, "PlayPause", NULL);
  wait_until (is (self, "PlaybackStatus", "'Paused'"));
  g_assert_true (sc_player_get_paused (player));
  do_call (self, "Play", NULL);
  wait_until (is (self, "PlaybackStatus", "'Playing'"));
  do_call (self, "Stop", NULL);
  wait_until (is (self, "PlaybackStatus", "'Stopped'"));
  guint n_rate = count_told (self, "Rate");
  do_call (self, "Seek", g_variant_new ("(x)", 5 * S));
  set (self, "Rate", g_variant_new_double (2));
  do_call (self, "PlayPause", NULL);
  wait_until (sc_player_get_state (player) == SC_PLAYER_PLAYING);
  g_assert_cmpfloat (sc_player_get_rate (player), ==, 1);
  g_assert_cmpuint (count_told (self, "Rate"), ==, n_rate);

  set (self, "Volume", g_variant_new_double (0.25));
  wait_until (is (self, "Volume", "0.25"));
  g_assert_cmpfloat (sc_player_get_volume (player), ==, 0.25);
  sc_player_set_muted (player, TRUE);
  wait_until (is (self, "Volume", "0.0"));
  set (self, "Volume", g_variant_new_double (7));
  wait_until (is (self, "Volume", "1.0"));

  answer_channel (self, "Looms");
  wait_until (is_said (self, "xesam:title", "'Looms'"));
  answer_channel (self, "Engines");
  go_home (self);
}

static void
test_recording (gconstpointer data)
{
  World *self = (World *) data;
  ScPlayer *player = open_recording (self, self->window, FALSE);
  wait_until (is (self, "CanSeek", "true"));
  g_assert_true (is_said (self, "xesam:title", "'Compilers, part one'"));
  g_assert_true (is_said (self, "xesam:artist", "['grace']"));
  g_assert_true (is_said (self, "mpris:trackid", "objectpath '" RECORDING_TRACK "'"));
  g_assert_false (is_said (self, "mpris:length", NULL));
  wait_until (sc_player_get_state (player) == SC_PLAYER_PLAYING);

  /* That it goes on is no news; that it stood for a moment, on a busy machine, may be. */
  guint n_metadata = count_told (self, "Metadata");
  guint n_position = count_told (self, "Position");
  self->n_seeked = 0;
  gint64 from = sc_player_get_position (player);
  wait_until (sc_player_get_position (player) > from + S / 2);
  g_assert_cmpint (get_position (self), >, from);
  g_assert_cmpuint (self->n_seeked, <=, 1);
  g_assert_cmpuint (count_told (self, "Metadata"), ==, n_metadata);
  g_assert_cmpuint (count_told (self, "Position"), ==, n_position);

  do_call (self, "Pause", NULL);
  wait_until (is (self, "PlaybackStatus", "'Paused'"));
  do_call (self, "SetPosition", g_variant_new ("(ox)", RECORDING_TRACK, 12 * S));
  wait_until (self->seeked == 12 * S);
  do_call (self, "SetPosition", g_variant_new ("(ox)", RECORDING_TRACK, 999 * S));
  do_call (self, "SetPosition", g_variant_new ("(ox)", RECORDING_TRACK, -S));
  do_call (self, "SetPosition", g_variant_new ("(ox)", "/io/github/other", 5 * S));
  g_assert_cmpint (get_position (self), ==, 12 * S);
  do_call (self, "Seek", g_variant_new ("(x)", -4 * S));
  wait_until (self->seeked == 8 * S);
  do_call (self, "Seek", g_variant_new ("(x)", G_MININT64));
  wait_until (self->seeked == 0);
  sc_player_seek (player, 10 * S, TRUE);
  wait_until (self->seeked == 10 * S);

  set (self, "Rate", g_variant_new_double (1.5));
  wait_until (is (self, "Rate", "1.5"));
  set (self, "Rate", g_variant_new_double (9));
  wait_until (is (self, "Rate", "2.0"));
  do_call (self, "Play", NULL);
  wait_until (is (self, "PlaybackStatus", "'Playing'"));
  set (self, "Rate", g_variant_new_double (0));
  wait_until (is (self, "PlaybackStatus", "'Paused'"));
  do_call (self, "Stop", NULL);
  wait_until (is (self, "PlaybackStatus", "'Stopped'") && self->seeked == 0);
  go_home (self);
}

/* What is over is stopped, and played again from its beginning. */
static void
test_end (gconstpointer data)
{
  World *self = (World *) data;
  ScPlayer *player = open_recording (self, self->window, FALSE);
  wait_until (is (self, "CanSeek", "true"));
  do_call (self, "Seek", g_variant_new ("(x)", G_MAXINT64));
  wait_until (is (self, "PlaybackStatus", "'Stopped'"));
  do_call (self, "Pause", NULL);
  do_call (self, "PlayPause", NULL);
  wait_until (is (self, "PlaybackStatus", "'Playing'"));
  g_assert_cmpint (sc_player_get_position (player), <, 10 * S);
  go_home (self);
}

/* The lock screen is for everybody to read. */
static void
test_hidden (gconstpointer data)
{
  World *self = (World *) data;
  open_recording (self, self->window, TRUE);
  wait_until (is (self, "CanSeek", "true"));
  g_assert_true (is_said (self, "xesam:title", "'Hidden recording'"));
  g_assert_true (is_said (self, "mpris:artUrl", NULL));
  go_home (self);
}

static ScWindow *
open_second_window (World *self)
{
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (ScClient) client = sc_client_new (http);
  g_autoptr (ScSecretStore) store = sc_secret_store_memory_new ();
  g_autoptr (ScSession) session = sc_session_new (client, store);
  g_autoptr (GSettings) settings = g_settings_new (SC_APP_ID);
  sc_session_set_server (session, sc_fake_api_get_url (self->over.api));
  sc_places_keep (sc_application_get_places (self->over.application), "r-1", 0, SECONDS * S);
  ScWindow *window = sc_window_new (self->over.application, settings, session);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* There is one player for all pages and windows: the one that was last opened or made to go on. */
static void
test_several (gconstpointer data)
{
  World *self = (World *) data;
  ScPlayer *live = open_live (self);
  ScWindow *window = open_second_window (self);
  open_recording (self, window, FALSE);
  wait_until (is_said (self, "xesam:artist", "['grace']"));
  sc_player_set_paused (live, TRUE);
  sc_player_set_paused (live, FALSE);
  wait_until (is_said (self, "xesam:artist", "['ada']"));
  do_call (self, "Pause", NULL);
  wait_until (sc_player_get_paused (live));
  gtk_window_destroy (GTK_WINDOW (window));
  wait_until (is_said (self, "xesam:artist", "['ada']"));

  /* A page that is covered is still. */
  open_recording (self, self->window, FALSE);
  wait_until (is_said (self, "xesam:artist", "['grace']"));
  GtkWidget *page = sct_find (GTK_WIDGET (self->window), SC_TYPE_RECORDING_PAGE, NULL);
  gtk_widget_activate_action (page, "navigation.pop", NULL);
  wait_until (is_said (self, "xesam:artist", "['ada']"));
  go_home (self);
}

static void
test_root (gconstpointer data)
{
  World *self = (World *) data;
  open_recording (self, self->window, FALSE);
  wait_until (is (self, "CanSeek", "true"));
  g_autoptr (GVariant) all = get_all (self, ROOT);
  g_autoptr (GVariant) expected = g_variant_ref_sink (g_variant_new_parsed (
    "{'CanQuit':<true>,'CanRaise':<true>,'HasTrackList':<false>,'Identity':<'StreamCat'>,"
    "'DesktopEntry':<'" SC_APP_ID "'>,'SupportedUriSchemes':<['streamcat']>,"
    "'SupportedMimeTypes':<@as []>}"));
  g_assert_true (g_variant_equal (all, expected));
  g_autoptr (GVariant) raised = call (self, ROOT, "Raise", NULL);
  g_autofree char *link =
    g_strdup_printf ("streamcat://%s/channel/ada",
                     sc_fake_api_get_url (self->over.api) + strlen ("http://"));
  do_call (self, "OpenUri", g_variant_new ("(s)", link));
  wait_until (is_said (self, "xesam:artist", "['ada']"));
  go_home (self);
}

/* The last one: the application is left as it is left by Quit in its menu. */
static void
test_quit (gconstpointer data)
{
  World *self = (World *) data;
  open_recording (self, self->window, FALSE);
  wait_until (is_on_bus (self));
  begin_call (self, ROOT, "Quit", NULL);
  g_assert_cmpint (g_application_run (G_APPLICATION (self->over.application), 0, NULL), ==, 0);
  g_autoptr (GVariant) answer = end_call (self);
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (self->over.application)));
  wait_until (!is_on_bus (self));
}

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
  g_autofree char *folder = hls_folder_new_of (SECONDS);
  World world = { 0 };
  start (&world, folder);
  g_test_add_func ("/mpris/track", test_track);
  g_test_add_data_func ("/mpris/begins", &world, test_begins);
  g_test_add_data_func ("/mpris/live", &world, test_live);
  g_test_add_data_func ("/mpris/recording", &world, test_recording);
  g_test_add_data_func ("/mpris/end", &world, test_end);
  g_test_add_data_func ("/mpris/hidden", &world, test_hidden);
  g_test_add_data_func ("/mpris/several", &world, test_several);
  g_test_add_data_func ("/mpris/root", &world, test_root);
  g_test_add_data_func ("/mpris/quit", &world, test_quit);
  int result = g_test_run ();
  stop (&world);
  sc_player_library_finish ();
  hls_folder_remove (folder);
  return result;
}
