/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The chat beside a recording, on a real window over a server and a real stream in this process: in
 * step with play and seek, hidden, empty, and when it fails. With STREAMCAT_PICTURES=DIR it is also
 * painted at 1280 and 360 pixels of width, light and dark.
 */

#include "config.h"

#include "hls-server.h"
#include "sc-avatar.h"
#include "sc-chat-blocks.h"
#include "sc-client-fixture.h"
#include "sc-load-view.h"
#include "sc-player-library.h"
#include "sc-player-view.h"
#include "sc-recording-page.h"
#include "sc-replay-panel.h"
#include "sc-window.h"
#include "sct-window.h"

/* The recording, and when in it something is said: every other second. */
#define SECONDS 24
#define STEP_SECONDS 2

#define BEFORE_ROUTE "GET /v1/recordings/r1/chat?before_ms=*"
#define CURSOR_ROUTE "GET /v1/recordings/r1/chat?cursor=*"
#define NOTHING_BEFORE "{'lines':[],'older':null,'newer':'c1'}"
#define NOTHING "{'lines':[],'older':null,'newer':null}"
#define BUSY "{'error':{'code':'busy','message':'No','field':null}}"

/* Without a compositor a window has a frame of 5 pixels on each side. */
#define FRAME 10

#define S G_USEC_PER_SEC

typedef struct {
  ScFakeApi *api;
  HlsServer *hls;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
  ScPlayer *player;
  const char *text;
  gint64 position;
} Fixture;

static void
answer_lines (Fixture *fixture)
{
  static const char *const people[] = { "mia", "ben", "ada" };
  g_autoptr (GString) lines = g_string_new ("{'lines':[");
  for (guint at = STEP_SECONDS; at < SECONDS; at += STEP_SECONDS) {
    const char *name = people[at / STEP_SECONDS % G_N_ELEMENTS (people)];
    g_string_append_printf (lines,
                            "%s{'id':'l%u','sent_at':'2026-01-01T00:00:%02u.000Z','user_id':'%s',"
                            "'name':'%s','role':'%s','text':'said at %u s','offset_ms':%u}",
                            at > STEP_SECONDS ? "," : "",
                            at,
                            at,
                            name,
                            name,
                            g_str_equal (name, "ada") ? "streamer" : "viewer",
                            at,
                            at * 1000);
  }
  g_string_append (lines, "],'older':null,'newer':null}");
  sc_fake_api_answer_now (fixture->api, BEFORE_ROUTE, 200, NOTHING_BEFORE);
  sc_fake_api_answer_now (fixture->api, CURSOR_ROUTE, 200, lines->str);
}

static void
set_up (Fixture *fixture, gconstpointer folder)
{
  fixture->api = sc_fake_api_new ();
  fixture->hls = hls_server_new (folder, NULL);
  fixture->settings = g_settings_new (SC_APP_ID);
  g_settings_reset (fixture->settings, "volume");
  g_settings_reset (fixture->settings, "replay-chat");
  g_settings_reset (fixture->settings, "chat-blocks");
  sct_forget_places ();
  g_settings_reset (fixture->settings, "theatre-chat");
  g_settings_reset (fixture->settings, "fullscreen-chat");
  fixture->session = sc_test_session_new ();
  sc_fake_api_answer (fixture->api, "GET /v1/channels?live=1", 200, "{'channels':[]}");
  sc_fake_api_answer (fixture->api, "GET /v1/recordings", 200, "{'recordings':[]}");
  answer_lines (fixture);
  sc_session_set_server (fixture->session, sc_fake_api_get_url (fixture->api));
  fixture->window = GTK_WIDGET (sc_window_new (NULL, fixture->settings, fixture->session));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280 + FRAME, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer folder)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_settings_reset (fixture->settings, "chat-blocks");
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->settings);
  hls_server_free (fixture->hls);
  sc_fake_api_free (fixture->api);
}

static gboolean
is_there (gpointer data)
{
  Fixture *fixture = data;
  return sct_find (fixture->window, GTK_TYPE_LABEL, fixture->text) != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return !is_there (data);
}

static GtkWidget *
wait_label (Fixture *fixture, const char *text)
{
  fixture->text = text;
  sc_test_wait_until (is_there, fixture);
  return sct_find (fixture->window, GTK_TYPE_LABEL, text);
}

static void
wait_gone (Fixture *fixture, const char *text)
{
  fixture->text = text;
  sc_test_wait_until (is_gone, fixture);
}

static gboolean
plays (gpointer data)
{
  Fixture *fixture = data;
  return sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING &&
         sc_player_get_duration (fixture->player) > 0;
}

static gboolean
is_at (gpointer data)
{
  Fixture *fixture = data;
  return sc_player_get_position (fixture->player) >= fixture->position;
}

static void
open_recording (Fixture *fixture)
{
  const ScRecordingFields fields = {
    .id = "r1",
    .channel = "ada",
    .title = "Engines, part one",
    .started_at = 1767225600 * (gint64) S,
    .duration_ms = SECONDS * 1000,
    .playback_url = hls_server_get_uri (fixture->hls),
  };
  g_autoptr (ScRecording) recording = sc_recording_new (&fields);
  sc_window_open_recording (SC_WINDOW (fixture->window), recording, SC_LINK_NO_MOMENT);
  GtkWidget *page = sct_find (fixture->window, SC_TYPE_RECORDING_PAGE, NULL);
  fixture->player = sc_recording_page_get_player (SC_RECORDING_PAGE (page));
  sc_test_wait_until (plays, fixture);
}

static void
go_to (Fixture *fixture, gint64 position)
{
  sc_player_seek (fixture->player, position, TRUE);
}

/* What was said later than the picture is not known yet, and is unsaid again on going back. */
static void
test_in_step (Fixture *fixture, gconstpointer folder)
{
  open_recording (fixture);
  GtkWidget *label = wait_label (fixture, "said at 2 s");
  g_assert_true (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (label)), "0:02"));
  g_assert_cmpint (sc_player_get_position (fixture->player), >=, 2 * S - S / 100);
  g_assert_null (sct_find (fixture->window, GTK_TYPE_LABEL, "said at 8 s"));

  sc_player_set_paused (fixture->player, TRUE);
  go_to (fixture, 13 * S);
  wait_label (fixture, "said at 12 s");
  wait_label (fixture, "said at 8 s");
  g_assert_null (sct_find (fixture->window, GTK_TYPE_LABEL, "said at 14 s"));

  go_to (fixture, 5 * S);
  wait_gone (fixture, "said at 6 s");
  wait_label (fixture, "said at 4 s");
  g_assert_cmpuint (sc_fake_api_count (fixture->api, BEFORE_ROUTE), ==, 1);
}

/* At twice the speed, too, what is said comes with its picture. */
static void
test_in_step_twice_as_fast (Fixture *fixture, gconstpointer folder)
{
  open_recording (fixture);
  sc_player_set_rate (fixture->player, 2);
  for (int at = 4; at <= 8; at += STEP_SECONDS) {
    g_autofree char *said = g_strdup_printf ("said at %d s", at);
    fixture->position = at * S - S / 100;
    g_assert_true (is_at (fixture) || !sct_find (fixture->window, GTK_TYPE_LABEL, said));
    wait_label (fixture, said);
    g_assert_true (is_at (fixture));
  }
  g_assert_cmpfloat (sc_player_get_rate (fixture->player), ==, 2);
  fixture->position = 12 * S;
  sc_test_wait_until (is_at, fixture);
  wait_label (fixture, "said at 12 s");
  g_assert_null (sct_find (fixture->window, GTK_TYPE_LABEL, "said at 16 s"));
}

static void
test_hidden (Fixture *fixture, gconstpointer folder)
{
  open_recording (fixture);
  wait_label (fixture, "said at 2 s");
  GtkWidget *panel = sct_find (fixture->window, SC_TYPE_REPLAY_PANEL, NULL);
  gtk_widget_activate_action (panel, "page.show-chat", NULL);
  g_assert_false (gtk_widget_get_mapped (panel));
  g_assert_false (g_settings_get_boolean (fixture->settings, "replay-chat"));
  sc_player_set_paused (fixture->player, TRUE);
  go_to (fixture, 9 * S);
  gtk_widget_activate_action (panel, "page.show-chat", NULL);
  wait_label (fixture, "said at 8 s");
}

/* Whoever does not want it does not want it beside the next recording either. */
static void
test_stays_hidden (Fixture *fixture, gconstpointer folder)
{
  g_settings_set_boolean (fixture->settings, "replay-chat", FALSE);
  open_recording (fixture);
  GtkWidget *page = sct_find (fixture->window, SC_TYPE_RECORDING_PAGE, NULL);
  g_assert_null (sct_find (page, SC_TYPE_REPLAY_PANEL, NULL));
  g_assert_cmpuint (sc_fake_api_count (fixture->api, BEFORE_ROUTE), ==, 0);
  g_settings_set_boolean (fixture->settings, "replay-chat", TRUE);
  wait_label (fixture, "said at 2 s");
}

static void
test_blocked (Fixture *fixture, gconstpointer folder)
{
  sc_chat_blocks_add (fixture->settings, "ben", "ben");
  open_recording (fixture);
  sc_player_set_paused (fixture->player, TRUE);
  go_to (fixture, 9 * S);
  wait_label (fixture, "said at 6 s");
  g_assert_null (sct_find (fixture->window, GTK_TYPE_LABEL, "said at 2 s"));
  sc_chat_blocks_remove (fixture->settings, "ben");
  wait_label (fixture, "said at 2 s");
}

static void
test_nothing (Fixture *fixture, gconstpointer folder)
{
  sc_fake_api_answer_now (fixture->api, BEFORE_ROUTE, 200, NOTHING);
  open_recording (fixture);
  wait_label (fixture, "Nobody had said anything up to here.");
}

/* The picture does not care. */
static void
test_fails (Fixture *fixture, gconstpointer folder)
{
  sc_fake_api_answer_now (fixture->api, BEFORE_ROUTE, 503, BUSY);
  open_recording (fixture);
  wait_label (fixture, "The Server Is Busy");
  g_assert_cmpint (sc_player_get_state (fixture->player), ==, SC_PLAYER_PLAYING);
  answer_lines (fixture);
  GtkWidget *retry = wait_label (fixture, "Retry");
  g_signal_emit_by_name (gtk_widget_get_ancestor (retry, GTK_TYPE_BUTTON), "clicked");
  wait_label (fixture, "said at 2 s");
  wait_gone (fixture, "The Server Is Busy");
}

/* Lines that are there stay, with a word above them. */
static void
test_fails_later (Fixture *fixture, gconstpointer folder)
{
  sc_fake_api_answer_now (fixture->api,
                          BEFORE_ROUTE,
                          200,
                          "{'lines':[{'id':'l0','sent_at':'2026-01-01T00:00:00.000Z','user_id':"
                          "'mia','name':'mia','role':'viewer','text':'here we go','offset_ms':0}],"
                          "'older':null,'newer':'c1'}");
  sc_fake_api_answer_now (fixture->api, CURSOR_ROUTE, 503, BUSY);
  open_recording (fixture);
  wait_label (fixture, "here we go");
  wait_label (fixture, "Some messages are missing.");
  answer_lines (fixture);
  wait_label (fixture, "said at 2 s");
  wait_gone (fixture, "Some messages are missing.");
}

static GtkWidget *
get_page (Fixture *fixture)
{
  return sct_find (fixture->window, SC_TYPE_RECORDING_PAGE, NULL);
}

static int
get_edge (GtkWidget *widget, GtkWidget *page)
{
  graphene_rect_t bounds;
  g_assert_true (gtk_widget_compute_bounds (widget, page, &bounds));
  return (int) (bounds.origin.x + bounds.size.width);
}

static void
press (Fixture *fixture, guint key)
{
  g_assert_true (sct_press_shortcut (get_page (fixture), key));
  sct_wait_frames (fixture->window, 3);
}

static void
assert_place (Fixture *fixture, const char *place, gboolean shown, gboolean video_is_beside)
{
  GtkWidget *page = get_page (fixture);
  GtkWidget *panel = sct_find (page, SC_TYPE_REPLAY_PANEL, NULL);
  GtkWidget *view = sct_find (page, SC_TYPE_PLAYER_VIEW, NULL);
  g_autofree char *setting = g_settings_get_string (fixture->settings, "theatre-chat");
  g_assert_cmpstr (setting, ==, place);
  g_assert_true ((panel != NULL) == shown);
  if (video_is_beside)
    g_assert_cmpint (get_edge (view, page), <, get_edge (panel, page));
  else
    g_assert_cmpint (gtk_widget_get_width (view), ==, gtk_widget_get_width (page));
  g_assert_null (sct_find (page, SC_TYPE_AVATAR, NULL));
}

/* The same pipeline and picture throughout: nothing is opened again. */
static void
test_theatre (Fixture *fixture, gconstpointer folder)
{
  open_recording (fixture);
  wait_label (fixture, "said at 2 s");
  GtkWidget *view = sct_find (fixture->window, SC_TYPE_PLAYER_VIEW, NULL);
  GObject *picture = sc_player_get_paintable (fixture->player);
  int height = gtk_widget_get_height (view);

  press (fixture, GDK_KEY_t);
  g_assert_cmpint (gtk_widget_get_height (view), >, height);
  g_assert_cmpint (gtk_widget_get_height (view), ==, gtk_widget_get_height (get_page (fixture)));
  assert_place (fixture, "beside", TRUE, TRUE);
  press (fixture, GDK_KEY_c);
  assert_place (fixture, "over", TRUE, FALSE);
  wait_label (fixture, "said at 2 s");
  press (fixture, GDK_KEY_c);
  assert_place (fixture, "hidden", FALSE, FALSE);
  g_assert_true (gtk_widget_activate_action (view, "view.chat", "s", "beside"));
  sct_wait_frames (fixture->window, 3);
  assert_place (fixture, "beside", TRUE, TRUE);

  press (fixture, GDK_KEY_Escape);
  g_assert_nonnull (sct_find (fixture->window, SC_TYPE_AVATAR, NULL));
  g_assert_cmpint (gtk_widget_get_height (view), ==, height);
  g_assert_false (sct_press_shortcut (get_page (fixture), GDK_KEY_Escape));
  g_assert_true (sc_player_get_paintable (fixture->player) == picture);
}

/* Whoever hides the chat beside the recording has not said that theatre shall be without one. */
static void
test_theatre_has_its_own_chat (Fixture *fixture, gconstpointer folder)
{
  g_settings_set_boolean (fixture->settings, "replay-chat", FALSE);
  open_recording (fixture);
  GtkWidget *page = get_page (fixture);
  g_assert_null (sct_find (page, SC_TYPE_REPLAY_PANEL, NULL));
  press (fixture, GDK_KEY_t);
  assert_place (fixture, "beside", TRUE, TRUE);
  press (fixture, GDK_KEY_t);
  g_assert_null (sct_find (page, SC_TYPE_REPLAY_PANEL, NULL));
}

static void
take_layouts (Fixture *fixture, const char *name)
{
  static const char *const places[] = { "beside", "over", "hidden" };
  sct_save_picture (fixture->window, name);
  press (fixture, GDK_KEY_t);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *file = g_strdup_printf ("%s-theatre-%s", name, places[i]);
    g_settings_set_string (fixture->settings, "theatre-chat", places[i]);
    sct_wait_frames (fixture->window, 4);
    sct_save_picture (fixture->window, file);
  }
}

static void
look (gconstpointer folder, int width, AdwColorScheme scheme)
{
  Fixture fixture = { 0 };
  set_up (&fixture, folder);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  gtk_window_set_default_size (GTK_WINDOW (fixture.window),
                               width + FRAME,
                               width == 360 ? 720 : 800);
  open_recording (&fixture);
  fixture.position = 4 * S;
  sc_test_wait_until (is_at, &fixture);
  wait_label (&fixture, "said at 4 s");
  sct_wait_frames (fixture.window, 6);
  g_assert_cmpint (gtk_widget_get_width (fixture.window), <=, width + FRAME);
  g_autofree char *name =
    g_strdup_printf ("replay-%d-%s",
                     width,
                     scheme == ADW_COLOR_SCHEME_FORCE_DARK ? "dark" : "light");
  take_layouts (&fixture, name);
  tear_down (&fixture, folder);
}

static void
test_wide_and_narrow (gconstpointer folder)
{
  look (folder, 1280, ADW_COLOR_SCHEME_FORCE_DARK);
  look (folder, 360, ADW_COLOR_SCHEME_FORCE_LIGHT);
  if (g_getenv ("STREAMCAT_PICTURES")) {
    look (folder, 1280, ADW_COLOR_SCHEME_FORCE_LIGHT);
    look (folder, 360, ADW_COLOR_SCHEME_FORCE_DARK);
  }
}

#define add(path, test) g_test_add (path, Fixture, folder, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();

  g_autofree char *folder = hls_folder_new_of (SECONDS);
  add ("/recording-chat/in-step", test_in_step);
  add ("/recording-chat/in-step-twice-as-fast", test_in_step_twice_as_fast);
  add ("/recording-chat/hidden", test_hidden);
  add ("/recording-chat/stays-hidden", test_stays_hidden);
  add ("/recording-chat/blocked", test_blocked);
  add ("/recording-chat/nothing", test_nothing);
  add ("/recording-chat/fails", test_fails);
  add ("/recording-chat/fails-later", test_fails_later);
  add ("/recording-chat/theatre", test_theatre);
  add ("/recording-chat/theatre-has-its-own-chat", test_theatre_has_its_own_chat);
  g_test_add_data_func ("/recording-chat/wide-and-narrow", folder, test_wide_and_narrow);
  int result = g_test_run ();
  sc_player_library_finish ();
  hls_folder_remove (folder);
  return result;
}
