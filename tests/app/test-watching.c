/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Home and a channel's page over a server and a real stream in this process: the card opens the
 * page, the picture plays, ends with the stream and comes back with the next one without a click,
 * and a page that is left is gone with its player.
 */

#include "config.h"

#include "hls-server.h"
#include "sc-channel-card.h"
#include "sc-channel-page.h"
#include "sc-client-fixture.h"
#include "sc-player-library.h"
#include "sc-player-view.h"
#include "sc-window.h"

#define LIVE_ROUTE "GET /v1/channels?live=1"
#define ADA_ROUTE "GET /v1/channels/ada"

#define CYCLES 5

/* More than any test watches. */
#define STREAM_SECONDS 40

typedef struct {
  ScFakeApi *api;
  HlsServer *hls;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
  GType type;
  const char *text;
  ScPlayerState state;
  const char *query; /* of the playback URL */
} Fixture;

static char *
channel_json (Fixture *fixture, const char *stream_id, const char *ended_at)
{
  return g_strdup_printf (
    "{'name':'ada','avatar_url':'%s/ada.png','title':'Engines','category':'Mathematics','about':'I "
    "note what I find.','live':%s,'playback_url':'%s%s',"
    "'stream':{'id':'%s','width':1280,'height':720,'started_at':'2026-01-01T00:00:00.000Z',"
    "'ended_at':%s}}",
    sc_fake_api_get_url (fixture->api),
    ended_at ? "false" : "true",
    hls_server_get_uri (fixture->hls),
    fixture->query ? fixture->query : "",
    stream_id,
    ended_at ? ended_at : "null");
}

static void
answer (Fixture *fixture, const char *stream_id, const char *ended_at)
{
  g_autofree char *channel = channel_json (fixture, stream_id, ended_at);
  g_autofree char *one = g_strdup_printf ("{'channel':%s}", channel);
  g_autofree char *all = g_strdup_printf ("{'channels':[%s]}", ended_at ? "" : channel);
  sc_fake_api_answer_now (fixture->api, ADA_ROUTE, 200, one);
  sc_fake_api_answer_now (fixture->api, LIVE_ROUTE, 200, all);
}

static GtkWidget *
find (GtkWidget *root, GType type, const char *text)
{
  for (GtkWidget *at = gtk_widget_get_first_child (root); at;
       at = gtk_widget_get_next_sibling (at)) {
    gboolean fits = G_TYPE_CHECK_INSTANCE_TYPE (at, type) && gtk_widget_get_mapped (at);
    if (fits && text)
      fits = strstr (gtk_label_get_text (GTK_LABEL (at)), text) != NULL;
    GtkWidget *found = fits ? at : find (at, type, text);
    if (found)
      return found;
  }
  return NULL;
}

static gboolean
is_there (gpointer data)
{
  Fixture *fixture = data;
  return find (fixture->window, fixture->type, fixture->text) != NULL;
}

static GtkWidget *
wait_for (Fixture *fixture, GType type, const char *text)
{
  fixture->type = type;
  fixture->text = text;
  sc_test_wait_until (is_there, fixture);
  return find (fixture->window, type, text);
}

static ScPlayer *
get_player (Fixture *fixture)
{
  g_autoptr (ScPlayer) player = NULL;
  GtkWidget *view = find (fixture->window, SC_TYPE_PLAYER_VIEW, NULL);
  if (view)
    g_object_get (view, "player", &player, NULL);
  return player;
}

static gboolean
is_in_state (gpointer data)
{
  Fixture *fixture = data;
  ScPlayer *player = get_player (fixture);
  return player && sc_player_get_state (player) == fixture->state;
}

static ScPlayer *
wait_state (Fixture *fixture, ScPlayerState state)
{
  fixture->state = state;
  sc_test_wait_until (is_in_state, fixture);
  return get_player (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer folder)
{
  fixture->api = sc_fake_api_new ();
  fixture->hls = hls_server_new (folder, NULL);
  hls_server_set_live (fixture->hls, TRUE);
  fixture->settings = g_settings_new (SC_APP_ID);
  g_settings_reset (fixture->settings, "volume");
  fixture->session = sc_test_session_new ();
  answer (fixture, "st-1", NULL);
  sc_fake_api_answer (fixture->api, "GET /ada.png", 404, "{}");
  sc_fake_api_answer (fixture->api, "GET /v1/recordings", 200, "{'recordings':[]}");
  sc_fake_api_answer (fixture->api, "GET /v1/channels/ada/recordings", 200, "{'recordings':[]}");
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

static void
open_from_home (Fixture *fixture)
{
  wait_for (fixture, SC_TYPE_CHANNEL_CARD, NULL);
  GtkWidget *card = find (fixture->window, SC_TYPE_CHANNEL_CARD, NULL);
  GtkWidget *button = find (card, GTK_TYPE_BUTTON, NULL);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
was_picture_asked_for (gpointer data)
{
  Fixture *fixture = data;
  return sc_fake_api_count (fixture->api, "GET /ada.png") > 0;
}

static void
test_follows_the_channel (Fixture *fixture, gconstpointer folder)
{
  wait_for (fixture, SC_TYPE_CHANNEL_CARD, NULL);
  sc_test_wait_until (was_picture_asked_for, fixture);
  open_from_home (fixture);
  ScPlayer *player = wait_state (fixture, SC_PLAYER_PLAYING);
  g_assert_cmpint (sc_player_get_width (player), ==, HLS_WIDTH);
  g_assert_cmpint (sc_player_get_height (player), ==, HLS_HEIGHT);
  wait_for (fixture, GTK_TYPE_LABEL, "Engines");
  g_assert_nonnull (find (fixture->window, GTK_TYPE_LABEL, "Mathematics"));
  g_assert_null (find (fixture->window, GTK_TYPE_LABEL, "I note what I find."));

  answer (fixture, "st-1", "'2026-01-01T01:00:00.000Z'");
  wait_for (fixture, GTK_TYPE_LABEL, "ada Is Offline");
  g_assert_nonnull (find (fixture->window, GTK_TYPE_LABEL, "I note what I find."));
  g_assert_cmpint (sc_player_get_state (player), ==, SC_PLAYER_IDLE);

  answer (fixture, "st-2", NULL);
  wait_state (fixture, SC_PLAYER_PLAYING);
}

static void
test_unplayable (Fixture *fixture, gconstpointer folder)
{
  hls_server_set_status (fixture->hls, 403);
  open_from_home (fixture);
  wait_for (fixture, GTK_TYPE_LABEL, "You May Not Watch This Stream");
  g_assert_null (find (fixture->window, SC_TYPE_PLAYER_VIEW, NULL));

  hls_server_set_status (fixture->hls, 0);
  GtkWidget *page = find (fixture->window, SC_TYPE_CHANNEL_PAGE, NULL);
  gtk_widget_activate_action (page, "page.reload", NULL);
  wait_state (fixture, SC_PLAYER_PLAYING);
}

static gboolean
was_refused (gpointer data)
{
  Fixture *fixture = data;
  return hls_server_get_n_refused (fixture->hls) >= 2;
}

static gboolean
was_admitted (gpointer data)
{
  Fixture *fixture = data;
  return hls_server_get_admits (fixture->hls);
}

/* A playback URL whose token has expired is asked for again, and what is open goes on. */
static void
test_token_expires (Fixture *fixture, gconstpointer folder)
{
  open_from_home (fixture);
  ScPlayer *player = wait_state (fixture, SC_PLAYER_PLAYING);
  g_autoptr (GObject) picture = g_object_ref (sc_player_get_paintable (player));
  hls_server_set_token (fixture->hls, "new");
  sc_test_wait_until (was_refused, fixture);
  fixture->query = "?token=new";
  answer (fixture, "st-1", NULL);
  sc_test_wait_until (was_admitted, fixture);
  wait_state (fixture, SC_PLAYER_PLAYING);
  g_assert_true (sc_player_get_paintable (player) == picture);
  g_assert_null (find (fixture->window, GTK_TYPE_LABEL, "You May Not Watch This Stream"));
}

static void
test_comes_late (Fixture *fixture, gconstpointer folder)
{
  hls_server_set_status (fixture->hls, 404);
  open_from_home (fixture);
  wait_state (fixture, SC_PLAYER_FAILED);
  hls_server_set_status (fixture->hls, 0);
  wait_state (fixture, SC_PLAYER_PLAYING);
}

static void
test_no_such_channel (Fixture *fixture, gconstpointer folder)
{
  sc_fake_api_answer_now (fixture->api,
                          "GET /v1/channels/nobody",
                          404,
                          "{'error':{'code':'not_found','message':'No','field':null}}");
  sc_window_open_channel (SC_WINDOW (fixture->window), "nobody");
  wait_for (fixture, GTK_TYPE_LABEL, "There is no such channel.");
}

static void
test_server_lost (Fixture *fixture, gconstpointer folder)
{
  open_from_home (fixture);
  wait_state (fixture, SC_PLAYER_PLAYING);
  sc_fake_api_answer_now (fixture->api,
                          ADA_ROUTE,
                          503,
                          "{'error':{'code':'busy','message':'No','field':null}}");
  wait_for (fixture, GTK_TYPE_LABEL, "The Server Is Busy");
  g_assert_nonnull (get_player (fixture));
}

static gboolean
is_gone (gpointer data)
{
  GWeakRef *reference = data;
  g_autoptr (GObject) object = g_weak_ref_get (reference);
  return object == NULL;
}

/* The player may outlive its page by what GTK still draws, but not for long. */
static void
test_leaves_nothing (Fixture *fixture, gconstpointer folder)
{
  for (guint i = 0; i < CYCLES; i++) {
    GWeakRef page;
    GWeakRef player;
    open_from_home (fixture);
    g_weak_ref_init (&player, wait_state (fixture, SC_PLAYER_PLAYING));
    g_weak_ref_init (&page, find (fixture->window, SC_TYPE_CHANNEL_PAGE, NULL));
    gtk_widget_activate_action (fixture->window, "win.home", NULL);
    sc_test_wait_until (is_gone, &page);
    sc_test_wait_until (is_gone, &player);
    g_weak_ref_clear (&page);
    g_weak_ref_clear (&player);
  }
}

static void
test_still_when_covered (Fixture *fixture, gconstpointer folder)
{
  open_from_home (fixture);
  g_autoptr (ScPlayer) player = g_object_ref (wait_state (fixture, SC_PLAYER_PLAYING));
  gtk_widget_activate_action (fixture->window, "win.sign-in", NULL);
  wait_for (fixture, GTK_TYPE_LABEL, "Welcome back.");
  g_assert_null (find (fixture->window, SC_TYPE_PLAYER_VIEW, NULL));
  g_assert_cmpint (sc_player_get_state (player), ==, SC_PLAYER_IDLE);
}

static void
test_controls (Fixture *fixture, gconstpointer folder)
{
  open_from_home (fixture);
  ScPlayer *player = wait_state (fixture, SC_PLAYER_PLAYING);
  GtkWidget *view = find (fixture->window, SC_TYPE_PLAYER_VIEW, NULL);
  gtk_widget_activate_action (view, "player.toggle-pause", NULL);
  g_assert_cmpint (sc_player_get_state (player), ==, SC_PLAYER_PAUSED);
  gtk_widget_activate_action (view, "player.toggle-pause", NULL);
  gtk_widget_activate_action (view, "player.quieter", NULL);
  g_assert_cmpfloat_with_epsilon (sc_player_get_volume (player), 0.95, 0.001);
  GtkWidget *scale = find (view, GTK_TYPE_SCALE, NULL);
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (GTK_RANGE (scale)), 0.95, 0.001);
  gtk_range_set_value (GTK_RANGE (scale), 0.5);
  g_assert_cmpfloat_with_epsilon (sc_player_get_volume (player), 0.5, 0.001);
  gtk_widget_activate_action (view, "player.toggle-mute", NULL);
  g_assert_true (sc_player_get_muted (player));
  gtk_widget_activate_action (view, "player.louder", NULL);
  g_assert_false (sc_player_get_muted (player));
}

static gboolean
is_hidden (gpointer controls)
{
  return !gtk_revealer_get_reveal_child (controls);
}

/* Controls that went while nothing was moved are there again for who comes by the keyboard. */
static void
test_keyboard_finds_controls (Fixture *fixture, gconstpointer folder)
{
  open_from_home (fixture);
  wait_state (fixture, SC_PLAYER_PLAYING);
  GtkWidget *view = find (fixture->window, SC_TYPE_PLAYER_VIEW, NULL);
  GtkWidget *scale = find (view, GTK_TYPE_SCALE, NULL);
  GtkWidget *controls = gtk_widget_get_ancestor (scale, GTK_TYPE_REVEALER);
  gtk_widget_grab_focus (view);
  sc_test_wait_until (is_hidden, controls);
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD));
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (gtk_widget_is_ancestor (focus, controls));
  g_assert_false (is_hidden (controls));
}

static void
test_volume_is_kept (Fixture *fixture, gconstpointer folder)
{
  open_from_home (fixture);
  sc_player_set_volume (wait_state (fixture, SC_PLAYER_PLAYING), 0.25);
  gtk_widget_activate_action (fixture->window, "win.home", NULL);
  open_from_home (fixture);
  ScPlayer *player = wait_state (fixture, SC_PLAYER_PLAYING);
  g_assert_cmpfloat_with_epsilon (sc_player_get_volume (player), 0.25, 0.001);
}

#define add(path, test) g_test_add (path, Fixture, folder, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  sc_player_library_init ();
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_autofree char *folder = hls_folder_new_of (STREAM_SECONDS);
  add ("/watching/follows-the-channel", test_follows_the_channel);
  add ("/watching/unplayable", test_unplayable);
  add ("/watching/token-expires", test_token_expires);
  add ("/watching/comes-late", test_comes_late);
  add ("/watching/no-such-channel", test_no_such_channel);
  add ("/watching/server-lost", test_server_lost);
  add ("/watching/leaves-nothing", test_leaves_nothing);
  add ("/watching/still-when-covered", test_still_when_covered);
  add ("/watching/controls", test_controls);
  add ("/watching/keyboard-finds-controls", test_keyboard_finds_controls);
  add ("/watching/volume-is-kept", test_volume_is_kept);
  int result = g_test_run ();
  sc_player_library_finish ();
  hls_folder_remove (folder);
  return result;
}
