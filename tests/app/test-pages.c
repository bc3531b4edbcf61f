/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every page in its states, on a real window over a server in this process: it comes up without a
 * warning, says what it should, and leaves nothing behind. With STREAMCAT_PICTURES=DIR each is also
 * painted at 1280 and 360 pixels of width, light and dark.
 */

#include "config.h"

#include "sc-client-fixture.h"
#include "sc-encoder-group.h"
#include "sc-key-row.h"
#include "sc-left-to-right.h"
#include "sc-load-view.h"
#include "sc-player-library.h"
#include "sc-preferences-dialog.h"
#include "sc-shortcuts.h"
#include "sc-sign-in-page.h"
#include "sc-window.h"
#include "sct-window.h"
#include "sct-words.h"

#include <stdlib.h>

#define KEY "sk_us-west-2_AbCdEfGhIjKl_secret"
#define SIGNED_IN "{'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z','user':{'name':'mia'}}"
#define OWN(state, rest)                                                                           \
  "{'channel':{'name':'mia','title':'Cats, naps & more','live':false,'state':'" state "'," rest "}}"
#define READY                                                                                      \
  "'playback_url':'https://x/','ingest_server':'rtmps://a1b2c3d4e5f6.global-contribute."           \
  "live-video.net:443/app/'"
#define STATUS                                                                                     \
  "{'stream':{'id':'st-1','started_at':'2026-01-01T00:00:00.000Z','ended_at':null,"                \
  "'health':'healthy','viewers':3,'peak_viewers':5},'ingest':null,'samples':[],'reports':[]}"
#define STREAM                                                                                     \
  "'stream':{'id':'st-1','started_at':'2026-01-01T00:00:00.000Z','width':1280,'height':720,"       \
  "'frame_rate':30}"

/* Without a compositor a window has a frame of 5 pixels on each side. */
#define FRAME 10

typedef struct {
  ScFakeApi *api;
  GSettings *settings;
  ScSession *session;
  ScWindow *window;
} Fixture;

typedef struct {
  const char *name;
  const char *own_channel;
  guint own_status;
  gboolean signed_in;
  const char *action;
  void (*arrange) (Fixture *fixture);
  const char *text;
} State;

static void
type_into (Fixture *fixture, GType type, const char *text)
{
  GtkWidget *row = sct_find (GTK_WIDGET (fixture->window), type, NULL);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
type_bad_account (Fixture *fixture)
{
  type_into (fixture, ADW_TYPE_ENTRY_ROW, "mi a");
  type_into (fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "short");
  GtkWidget *row = sct_find (GTK_WIDGET (fixture->window), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  g_signal_emit_by_name (row, "entry-activated");
}

static void
open_preferences (Fixture *fixture)
{
  adw_dialog_present (ADW_DIALOG (
                        sc_preferences_dialog_new (fixture->settings,
                                                   fixture->session,
                                                   sc_window_get_streamer_mode (fixture->window))),
                      GTK_WIDGET (fixture->window));
}

static void
open_shortcuts (Fixture *fixture)
{
  sc_shortcuts_dialog_present (GTK_WIDGET (fixture->window));
}

static void
show_key (Fixture *fixture)
{
  sc_fake_api_answer (fixture->api, "GET /v1/me/channel/key", 200, "{'key':'" KEY "'}");
  GtkWidget *row = sct_find (GTK_WIDGET (fixture->window), SC_TYPE_KEY_ROW, NULL);
  sc_key_row_toggle (SC_KEY_ROW (row));
}

/* What a transcoded channel takes more than another; it is at the end of the page. */
static void
choose_most (Fixture *fixture)
{
  GtkWidget *group = sct_find (GTK_WIDGET (fixture->window), SC_TYPE_ENCODER_GROUP, NULL);
  GtkWidget *row = sct_find (group, ADW_TYPE_COMBO_ROW, NULL);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 3);
  gtk_widget_grab_focus (row);
}

static const State states[] = {
  { "server", NULL, 0, FALSE, NULL, NULL, "Welcome to StreamCat" },
  { "home", NULL, 0, FALSE, NULL, NULL, "Nobody Is Live" },
  { "home-signed-in", NULL, 0, TRUE, NULL, NULL, "Nobody Is Live" },
  { "sign-in", NULL, 0, FALSE, "win.sign-in", NULL, "Welcome back." },
  { "sign-up", NULL, 0, FALSE, "win.sign-up", NULL, "At least 8 characters." },
  { "sign-up-problems",
    NULL,
    0,
    FALSE,
    "win.sign-up",
    type_bad_account,
    "Only the letters a to z, digits, hyphens and underscores are possible." },
  { "preparing",
    OWN ("provisioning", "'reason':null"),
    200,
    TRUE,
    "win.my-channel",
    NULL,
    "Preparing Your Channel" },
  { "choices",
    OWN ("ready", READY ",'channel_type':'STANDARD'"),
    200,
    TRUE,
    "win.my-channel",
    choose_most,
    "7400 kb/s" },
  { "ready", OWN ("ready", READY), 200, TRUE, "win.my-channel", NULL, "Ready to Go Live" },
  { "live", OWN ("ready", READY "," STREAM), 200, TRUE, "win.my-channel", NULL, "Healthy" },
  { "key-shown", OWN ("ready", READY), 200, TRUE, "win.my-channel", show_key, KEY },
  { "failed",
    OWN ("failed", "'reason':'quota'"),
    200,
    TRUE,
    "win.my-channel",
    NULL,
    "The server has no room for another channel at the moment." },
  { "error", "", 502, TRUE, "win.my-channel", NULL, "Cannot Reach the Server" },
  { "preferences", NULL, 0, TRUE, NULL, open_preferences, "Follow System" },
  { "shortcuts", NULL, 0, FALSE, NULL, open_shortcuts, "Shift+Ctrl+K" },
};

static ScSession *
make_session (void)
{
  return sc_test_session_new ();
}

static void
set_up (Fixture *fixture, const State *state)
{
  fixture->api = sc_fake_api_new ();
  fixture->settings = g_settings_new (SC_APP_ID);
  fixture->session = make_session ();
  sc_fake_api_answer (fixture->api, "POST /v1/sessions", 201, SIGNED_IN);
  sc_fake_api_answer (fixture->api, "GET /v1/channels?live=1", 200, "{'channels':[]}");
  sc_fake_api_answer (fixture->api, "GET /v1/recordings", 200, "{'recordings':[]}");
  sc_fake_api_answer (fixture->api, "GET /v1/me/channel/live", 200, STATUS);
  if (state->own_channel)
    sc_fake_api_answer (fixture->api, "GET /v1/me/channel", state->own_status, state->own_channel);
  if (g_strcmp0 (state->name, "server") != 0)
    sc_session_set_server (fixture->session, sc_fake_api_get_url (fixture->api));
  if (state->signed_in) {
    g_autoptr (DexFuture) future = sc_session_sign_in (fixture->session, "mia", "password");
    sc_test_wait (future);
  }
  fixture->window = sc_window_new (NULL, fixture->settings, fixture->session);
}

static void
tear_down (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->settings);
  sc_fake_api_free (fixture->api);
}

/* How a page is looked at: how wide in pixels, in what colours, with a font of how many per cent.
 */
typedef struct {
  const char *suffix;
  int width;
  AdwColorScheme scheme;
  guint font_percent;
} View;

static void
run_state (const State *state, const View *view)
{
  Fixture fixture = { 0 };
  int width = view->width;
  const char *text = state->text;
  sct_set_font (view->font_percent);
  set_up (&fixture, state);
  GtkWidget *window = GTK_WIDGET (fixture.window);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), view->scheme);
  gtk_window_set_default_size (GTK_WINDOW (window), width + FRAME, width == 360 ? 720 : 800);
  gtk_window_present (GTK_WINDOW (window));
  sct_wait_frames (window, 2);
  if (state->action)
    gtk_widget_activate_action (window, state->action, NULL);
  while (state->own_channel && sct_find (window, ADW_TYPE_SPINNER, NULL) &&
         !sct_find (window, GTK_TYPE_LABEL, text))
    g_main_context_iteration (NULL, TRUE);
  sct_wait_frames (window, 2);
  if (state->arrange)
    state->arrange (&fixture);
  while (!sct_find (window, GTK_TYPE_LABEL, text))
    g_main_context_iteration (NULL, TRUE);
  sct_wait_frames (window, 3);

  if (!g_getenv ("STREAMCAT_WORDS"))
    g_assert_cmpint (gtk_widget_get_width (window), <=, width + FRAME);
  g_autofree char *name = g_strdup_printf ("%s-%d-%s", state->name, width, view->suffix);
  sct_words_check (window, name, width + FRAME);
  sct_save_picture (window, name);
  tear_down (&fixture);
  sct_set_font (100);
}

/* As words/run wants to see it: where there is least room. */
static void
run_words (const State *state)
{
  const char *percent = g_getenv ("STREAMCAT_FONT");
  guint font = percent ? (guint) atoi (percent) : 100;
  const View narrow = { "words", 360, ADW_COLOR_SCHEME_FORCE_LIGHT, font };
  run_state (state, &narrow);
}

static void
test_state (gconstpointer data)
{
  static const View always[] = {
    { "light", 1280, ADW_COLOR_SCHEME_FORCE_LIGHT, 100 },
    { "dark", 360, ADW_COLOR_SCHEME_FORCE_DARK, 100 },
    { "large", 360, ADW_COLOR_SCHEME_FORCE_LIGHT, 200 },
  };
  static const View for_pictures[] = {
    { "dark", 1280, ADW_COLOR_SCHEME_FORCE_DARK, 100 },
    { "light", 360, ADW_COLOR_SCHEME_FORCE_LIGHT, 100 },
    { "large", 1280, ADW_COLOR_SCHEME_FORCE_LIGHT, 200 },
  };
  if (g_getenv ("STREAMCAT_WORDS")) {
    run_words (data);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (always); i++)
    run_state (data, &always[i]);
  for (guint i = 0; g_getenv ("STREAMCAT_PICTURES") && i < G_N_ELEMENTS (for_pictures); i++)
    run_state (data, &for_pictures[i]);
}

/* Nothing that can read the window's text finds the key before Show, or after it was hidden. */
static void
test_key_is_masked (void)
{
  const State state = { "ready", OWN ("ready", READY), 200, TRUE, "win.my-channel",
                        NULL,    "Ready to Go Live" };
  Fixture fixture = { 0 };
  set_up (&fixture, &state);
  GtkWidget *window = GTK_WIDGET (fixture.window);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action (window, state.action, NULL);
  while (!sct_find (window, GTK_TYPE_LABEL, state.text))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (sct_find (window, GTK_TYPE_LABEL, "sk_"));
  g_assert_cmpuint (sc_fake_api_count (fixture.api, "GET /v1/me/channel/key"), ==, 0);

  show_key (&fixture);
  while (!sct_find (window, GTK_TYPE_LABEL, KEY))
    g_main_context_iteration (NULL, TRUE);
  sc_key_row_toggle (SC_KEY_ROW (sct_find (window, SC_TYPE_KEY_ROW, NULL)));
  g_assert_null (sct_find (window, GTK_TYPE_LABEL, "sk_"));
  tear_down (&fixture);
}

/* Whoever is at the password before the page stands still stays there. */
static void
test_quick_hand (void)
{
  const State state = { "sign-in", NULL, 0, FALSE, "win.sign-in", NULL, "Welcome back." };
  Fixture fixture = { 0 };
  set_up (&fixture, &state);
  GtkWidget *window = GTK_WIDGET (fixture.window);
  gtk_window_present (GTK_WINDOW (window));
  sct_wait_frames (window, 2);
  gtk_widget_activate_action (window, state.action, NULL);
  sct_wait_frames (window, 2);
  GtkWidget *page = sct_find (window, SC_TYPE_SIGN_IN_PAGE, NULL);
  GtkWidget *password = sct_find (page, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  gtk_widget_grab_focus (password);
  g_signal_emit_by_name (page, "shown");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), password));
  tear_down (&fixture);
}

/* Where language runs the other way, the controls of a video do not; what their menus say does. */
static void
test_left_to_right (void)
{
  GtkWidget *controls = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *menu = gtk_popover_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), menu);
  gtk_box_append (GTK_BOX (controls), button);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  sc_left_to_right_set (controls);
  g_assert_cmpint (gtk_widget_get_direction (controls), ==, GTK_TEXT_DIR_LTR);
  g_assert_cmpint (gtk_widget_get_direction (button), ==, GTK_TEXT_DIR_LTR);
  g_assert_cmpint (gtk_widget_get_direction (menu), ==, GTK_TEXT_DIR_RTL);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_object_unref (controls);
}

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *name = g_strconcat ("/pages/", states[i].name, NULL);
    g_test_add_data_func (name, &states[i], test_state);
  }
  g_test_add_func ("/pages/key-is-masked", test_key_is_masked);
  g_test_add_func ("/pages/quick-hand", test_quick_hand);
  g_test_add_func ("/pages/left-to-right", test_left_to_right);
  return g_test_run ();
}
