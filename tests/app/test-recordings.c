/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Recordings on Home, on a channel's page and on their own, over a server and a real stream in this
 * process. With STREAMCAT_PICTURES=DIR the pages are also painted at 1280 and 360 pixels of width,
 * light and dark.
 */

#include "config.h"

#include "hls-server.h"
#include "sc-chapters-button.h"
#include "sc-chat-panel.h"
#include "sc-client-fixture.h"
#include "sc-load-view.h"
#include "sc-player-library.h"
#include "sc-player-view.h"
#include "sc-recording-card.h"
#include "sc-recording-page.h"
#include "sc-recordings-section.h"
#include "sc-seek-bar.h"
#include "sc-speed-button.h"
#include "sc-thumbnail.h"
#include "sc-window.h"
#include "sct-window.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

/* As long as the stream is: what the cards say. */
#define SECONDS 24
#define LENGTH "0:24"

#define LIVE_ROUTE "GET /v1/channels?live=1"
#define ADA_ROUTE "GET /v1/channels/ada"
#define ALL_ROUTE "GET /v1/recordings"
#define ADAS_ROUTE "GET /v1/channels/ada/recordings"
#define ONE_ROUTE "GET /v1/recordings/r3"
#define VIEW_ROUTE "PUT /v1/recordings/r3/view"
#define CHAPTERS_ROUTE "GET /v1/recordings/r3/chapters"

/* Amazon IVS takes a picture every four seconds; they differ in their widths. */
#define STRIP_LENGTH (SECONDS / 4)
#define STRIP_WIDTH(number) (32 + 16 * (int) (number))

/* Without a compositor a window has a frame of 5 pixels on each side. */
#define FRAME 10

/* Nothing here takes five seconds; this is when to give up. */
#define GIVE_UP_SECONDS 40

/* Its banner and its button, and as much again to read in. */
#define CHAT_HEIGHT 280

#define S G_USEC_PER_SEC

typedef struct {
  ScFakeApi *api;
  HlsServer *hls;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
} Fixture;

static char *
make_url (Fixture *fixture, const char *name)
{
  g_autoptr (GString) url = g_string_new (hls_server_get_uri (fixture->hls));
  g_string_replace (url, "master.m3u8", name, 1);
  return g_strdup (url->str);
}

static char *
recording_json (Fixture *fixture, guint number, const char *title, const char *thumbnail)
{
  g_autofree char *url = make_url (fixture, thumbnail);
  g_autofree char *master = make_url (fixture, "master.m3u8");
  g_autofree char *folder = g_path_get_dirname (master);
  return g_strdup_printf ("{'id':'r%u','channel':'ada','title':'%s',"
                          "'started_at':'2026-01-0%uT00:00:00.000Z','duration_ms':%u,"
                          "'playback_url':'%s','thumbnail_url':'%s','thumbnails_url':'%s',"
                          "'width':320,'height':180}",
                          number,
                          title,
                          number,
                          SECONDS * 1000,
                          hls_server_get_uri (fixture->hls),
                          url,
                          folder);
}

static void
answer_recordings (Fixture *fixture)
{
  g_autofree char *first = recording_json (fixture, 3, "Engines, part three", "thumb.jpg");
  g_autofree char *second =
    recording_json (fixture, 2, "A title that is so long that no card has room for it", "0.ts");
  g_autofree char *third = recording_json (fixture, 1, "Numbers", "missing.jpg");
  g_autofree char *body = g_strdup_printf ("{'recordings':[%s,%s,%s]}", first, second, third);
  sc_fake_api_answer_now (fixture->api, ALL_ROUTE, 200, body);
  sc_fake_api_answer_now (fixture->api, ADAS_ROUTE, 200, body);
}

static void
answer_channel (Fixture *fixture, gboolean live)
{
  g_autofree char *channel = g_strdup_printf (
    "{'name':'ada','title':'Engines','live':%s,'playback_url':'%s','stream':{'id':'st-1',"
    "'width':1280,'height':720,'started_at':'2026-01-01T00:00:00.000Z','ended_at':%s}}",
    live ? "true" : "false",
    hls_server_get_uri (fixture->hls),
    live ? "null" : "'2026-01-01T01:00:00.000Z'");
  g_autofree char *one = g_strdup_printf ("{'channel':%s}", channel);
  g_autofree char *all = g_strdup_printf ("{'channels':[%s]}", live ? channel : "");
  sc_fake_api_answer_now (fixture->api, ADA_ROUTE, 200, one);
  sc_fake_api_answer_now (fixture->api, LIVE_ROUTE, 200, all);
}

static gboolean
on_give_up (gpointer user_data)
{
  g_error ("gave up waiting for %s", (const char *) user_data);
  return G_SOURCE_REMOVE;
}

/* Runs the main context until @condition holds. */
#define wait_until(condition, what)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint give_up = g_timeout_add_seconds (GIVE_UP_SECONDS, on_give_up, (char *) (what));          \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (give_up);                                                                     \
  }                                                                                                \
  G_STMT_END

static GtkWidget *
wait_for (Fixture *fixture, GType type, const char *text)
{
  wait_until (sct_find (fixture->window, type, text), text ? text : g_type_name (type));
  return sct_find (fixture->window, type, text);
}

static ScPlayer *
get_player (Fixture *fixture)
{
  GtkWidget *page = wait_for (fixture, SC_TYPE_RECORDING_PAGE, NULL);
  return sc_recording_page_get_player (SC_RECORDING_PAGE (page));
}

static ScPlayer *
wait_state (Fixture *fixture, ScPlayerState state)
{
  ScPlayer *player = get_player (fixture);
  wait_until (sc_player_get_state (player) == state, "sc_player_get_state (player) == state");
  return player;
}

static void
set_up (Fixture *fixture, gconstpointer folder)
{
  fixture->api = sc_fake_api_new ();
  fixture->hls = hls_server_new (folder, NULL);
  fixture->settings = g_settings_new (SC_APP_ID);
  g_settings_reset (fixture->settings, "volume");
  sct_forget_places ();
  fixture->session = sc_test_session_new ();
  answer_channel (fixture, FALSE);
  answer_recordings (fixture);
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

static GtkWidget *
find_card (Fixture *fixture)
{
  return wait_for (fixture, SC_TYPE_RECORDING_CARD, NULL);
}

static void
click_card (Fixture *fixture)
{
  GtkWidget *button = sct_find (find_card (fixture), GTK_TYPE_BUTTON, NULL);
  g_signal_emit_by_name (button, "clicked");
}

static void
wait_thumbnail (Fixture *fixture)
{
  GtkWidget *thumbnail = wait_for (fixture, SC_TYPE_THUMBNAIL, NULL);
  wait_until (sc_thumbnail_get_loaded (SC_THUMBNAIL (thumbnail)),
              "sc_thumbnail_get_loaded (SC_THUMBNAIL (thumbnail))");
}

/* The card says it all, and a picture that is none, or is not there, leaves an icon. */
static void
test_on_home (Fixture *fixture, gconstpointer folder)
{
  GtkWidget *card = find_card (fixture);
  g_assert_nonnull (sct_find (card, GTK_TYPE_LABEL, "Engines, part three"));
  g_assert_nonnull (sct_find (card, GTK_TYPE_LABEL, "ada"));
  g_assert_nonnull (sct_find (card, GTK_TYPE_LABEL, LENGTH));
  wait_thumbnail (fixture);
  wait_for (fixture, GTK_TYPE_LABEL, "Nobody Is Live");
  GtkWidget *other = wait_for (fixture, GTK_TYPE_LABEL, "Numbers");
  GtkWidget *thumbnail =
    sct_find (gtk_widget_get_ancestor (other, SC_TYPE_RECORDING_CARD), SC_TYPE_THUMBNAIL, NULL);
  g_assert_false (sc_thumbnail_get_loaded (SC_THUMBNAIL (thumbnail)));
}

static void
test_watch (Fixture *fixture, gconstpointer folder)
{
  click_card (fixture);
  ScPlayer *player = wait_state (fixture, SC_PLAYER_PLAYING);
  wait_for (fixture, GTK_TYPE_LABEL, "Engines, part three");
  wait_until (sc_player_get_duration (player) > 0, "sc_player_get_duration (player) > 0");
  g_assert_cmpint (ABS (sc_player_get_duration (player) - SECONDS * S), <, S);
  GtkWidget *bar = wait_for (fixture, SC_TYPE_SEEK_BAR, NULL);
  wait_for (fixture, GTK_TYPE_LABEL, LENGTH);

  GtkWidget *scale = sct_find (bar, GTK_TYPE_SCALE, NULL);
  gboolean handled = FALSE;
  g_signal_emit_by_name (scale, "change-value", GTK_SCROLL_JUMP, 12.0, &handled);
  g_assert_cmpint (sc_player_get_position (player), ==, 12 * S);
  /* A busy machine may show no second of its own. */
  GtkLabel *place = GTK_LABEL (wait_for (fixture, GTK_TYPE_LABEL, "0:12"));
  wait_until (strcmp (gtk_label_get_label (place), "0:12") > 0, "what comes after 0:12");
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (scale)), >=, 12.0);
  wait_until (sc_fake_api_count (fixture->api, VIEW_ROUTE) > 0, VIEW_ROUTE);
  g_assert_cmpuint (sc_fake_api_count (fixture->api, VIEW_ROUTE), ==, 1);
}

static gboolean
step (Fixture *fixture, gint64 by)
{
  GtkWidget *view = sct_find (fixture->window, SC_TYPE_PLAYER_VIEW, NULL);
  return sc_player_view_seek_by (SC_PLAYER_VIEW (view), by);
}

static void
test_steps (Fixture *fixture, gconstpointer folder)
{
  click_card (fixture);
  ScPlayer *player = wait_state (fixture, SC_PLAYER_PLAYING);
  wait_until (sc_player_get_duration (player) > 0, "sc_player_get_duration (player) > 0");
  GtkWidget *view = sct_find (fixture->window, SC_TYPE_PLAYER_VIEW, NULL);
  gtk_widget_activate_action (view, "player.toggle-pause", NULL);
  g_assert_cmpint (sc_player_get_state (player), ==, SC_PLAYER_PAUSED);
  g_assert_true (step (fixture, SC_PLAYER_VIEW_TO_START));
  g_assert_cmpint (sc_player_get_position (player), ==, 0);
  g_assert_true (step (fixture, 5 * S));
  g_assert_true (step (fixture, 5 * S));
  g_assert_cmpint (sc_player_get_position (player), ==, 10 * S);
  g_assert_true (step (fixture, -20 * S));
  g_assert_cmpint (sc_player_get_position (player), ==, 0);
}

static gboolean
press (Fixture *fixture, guint key)
{
  GtkWidget *page = sct_find (fixture->window, SC_TYPE_RECORDING_PAGE, NULL);
  return sct_press_shortcut (page, key);
}

/* By the keys and by the menu, which says how fast it is. */
static void
test_speed (Fixture *fixture, gconstpointer folder)
{
  click_card (fixture);
  ScPlayer *player = wait_state (fixture, SC_PLAYER_PLAYING);
  wait_until (sc_player_get_duration (player) > 0, "sc_player_get_duration (player) > 0");
  wait_for (fixture, GTK_TYPE_LABEL, "1×");
  g_assert_true (press (fixture, GDK_KEY_greater));
  g_assert_true (press (fixture, GDK_KEY_greater));
  g_assert_cmpfloat (sc_player_get_rate (player), ==, 1.5);
  wait_for (fixture, GTK_TYPE_LABEL, "1.5×");
  for (guint i = 0; i < 9; i++)
    g_assert_true (press (fixture, GDK_KEY_less));
  g_assert_cmpfloat (sc_player_get_rate (player), ==, 0.5);
  GtkWidget *label = wait_for (fixture, GTK_TYPE_LABEL, "0.5×");
  gtk_widget_activate_action (label, "speed.choose", "d", 2.0);
  g_assert_cmpfloat (sc_player_get_rate (player), ==, 2);
  wait_for (fixture, GTK_TYPE_LABEL, "2×");
  wait_state (fixture, SC_PLAYER_PLAYING);
}

static void
test_end_and_again (Fixture *fixture, gconstpointer folder)
{
  click_card (fixture);
  ScPlayer *player = wait_state (fixture, SC_PLAYER_PLAYING);
  wait_until (sc_player_get_duration (player) > 0, "sc_player_get_duration (player) > 0");
  g_assert_true (step (fixture, SC_PLAYER_VIEW_TO_END));
  wait_state (fixture, SC_PLAYER_ENDED);
  wait_for (fixture, GTK_TYPE_BUTTON, "Play Again");
  g_assert_null (sct_find (fixture->window, ADW_TYPE_SPINNER, NULL));
  GtkWidget *view = sct_find (fixture->window, SC_TYPE_PLAYER_VIEW, NULL);
  gtk_widget_activate_action (view, "player.toggle-pause", NULL);
  wait_state (fixture, SC_PLAYER_PLAYING);
  g_assert_cmpint (sc_player_get_position (player), <, 10 * S);
}

static void
test_unplayable (Fixture *fixture, gconstpointer folder)
{
  hls_server_set_status (fixture->hls, 403);
  click_card (fixture);
  wait_for (fixture, GTK_TYPE_LABEL, "You May Not Watch This Stream");
  hls_server_set_status (fixture->hls, 0);
  GtkWidget *page = sct_find (fixture->window, SC_TYPE_RECORDING_PAGE, NULL);
  gtk_widget_activate_action (page, "page.reload", NULL);
  wait_state (fixture, SC_PLAYER_PLAYING);
}

static void
test_offline_channel (Fixture *fixture, gconstpointer folder)
{
  sc_window_open_channel (SC_WINDOW (fixture->window), "ada");
  wait_for (fixture, GTK_TYPE_LABEL, "ada Is Offline");
  click_card (fixture);
  wait_state (fixture, SC_PLAYER_PLAYING);
}

static void
test_channel_without (Fixture *fixture, gconstpointer folder)
{
  sc_fake_api_answer_now (fixture->api, ADAS_ROUTE, 200, "{'recordings':[]}");
  sc_window_open_channel (SC_WINDOW (fixture->window), "ada");
  wait_for (fixture, GTK_TYPE_LABEL, "There are none yet.");
  answer_recordings (fixture);
  find_card (fixture);
}

static void
test_list_fails (Fixture *fixture, gconstpointer folder)
{
  sc_fake_api_answer_now (fixture->api,
                          ADAS_ROUTE,
                          503,
                          "{'error':{'code':'busy','message':'No','field':null}}");
  sc_window_open_channel (SC_WINDOW (fixture->window), "ada");
  wait_for (fixture, GTK_TYPE_LABEL, "The Server Is Busy");
  answer_recordings (fixture);
  GtkWidget *retry = wait_for (fixture, GTK_TYPE_LABEL, "Retry");
  g_signal_emit_by_name (gtk_widget_get_ancestor (retry, GTK_TYPE_BUTTON), "clicked");
  find_card (fixture);
}

static void
test_dialog (Fixture *fixture, gconstpointer folder)
{
  answer_channel (fixture, TRUE);
  sc_window_open_channel (SC_WINDOW (fixture->window), "ada");
  GtkWidget *view = wait_for (fixture, SC_TYPE_PLAYER_VIEW, NULL);
  gtk_widget_activate_action (view, "page.recordings", NULL);
  wait_for (fixture, GTK_TYPE_LABEL, "Recordings of ada");
  find_card (fixture);
  GtkWidget *section = wait_for (fixture, SC_TYPE_RECORDINGS_SECTION, NULL);
  g_assert_null (sct_find (section, GTK_TYPE_LABEL, "Recordings")); /* its title says so */
  click_card (fixture);
  wait_state (fixture, SC_PLAYER_PLAYING);
  g_assert_null (
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)));
}

static void
follow (Fixture *fixture, const char *rest)
{
  const char *host = strstr (sc_fake_api_get_url (fixture->api), "//") + 2;
  g_autofree char *link = g_strconcat ("streamcat://", host, "/recording/", rest, NULL);
  sc_window_open_uri (SC_WINDOW (fixture->window), link);
}

static void
answer_one (Fixture *fixture)
{
  g_autofree char *recording = recording_json (fixture, 3, "Engines, part three", "thumb.jpg");
  g_autofree char *body = g_strdup_printf ("{'recording':%s}", recording);
  sc_fake_api_answer_now (fixture->api, ONE_ROUTE, 200, body);
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

static char *
dup_copied (Fixture *fixture)
{
  char *text = NULL;
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->window), NULL, on_text, &text);
  wait_until (text, "the clipboard");
  return text;
}

/* A link leads to its moment, and the one that is copied there says where that is. */
static void
test_link_to_moment (Fixture *fixture, gconstpointer folder)
{
  answer_one (fixture);
  follow (fixture, "r3?t=0:12");
  ScPlayer *player = wait_state (fixture, SC_PLAYER_PLAYING);
  wait_until (sc_player_get_position (player) >= 12 * S, "the moment");
  g_assert_cmpint (sc_player_get_position (player), <, 20 * S);
  GtkWidget *page = sct_find (fixture->window, SC_TYPE_RECORDING_PAGE, NULL);
  GtkWidget *view = sct_find (fixture->window, SC_TYPE_PLAYER_VIEW, NULL);
  gtk_widget_activate_action (view, "player.toggle-pause", NULL);
  gint64 seconds = sc_player_get_position (player) / S;

  g_assert_cmpuint (sct_open_menus (page), >, 0);
  gtk_widget_activate_action (page, "page.copy-moment", NULL);
  wait_for (fixture, GTK_TYPE_LABEL, "Link to this moment copied");
  g_autofree char *moment = dup_copied (fixture);
  g_autofree char *end = g_strdup_printf ("/recording/r3?t=%" G_GINT64_FORMAT, seconds);
  g_assert_true (g_str_has_prefix (moment, "streamcat://"));
  g_assert_true (g_str_has_suffix (moment, end));

  gtk_widget_activate_action (page, "page.copy-link", NULL);
  wait_for (fixture, GTK_TYPE_LABEL, "Link copied");
  g_autofree char *whole = dup_copied (fixture);
  g_assert_true (g_str_has_suffix (whole, "/recording/r3"));
}

/* Home says how far somebody came, and the recording goes on there or, if they like, at its start.
 */
static void
test_continue (Fixture *fixture, gconstpointer folder)
{
  g_assert_null (sct_find (find_card (fixture), GTK_TYPE_PROGRESS_BAR, NULL));
  click_card (fixture);
  ScPlayer *player = wait_state (fixture, SC_PLAYER_PLAYING);
  wait_until (sc_player_get_duration (player) > 0, "sc_player_get_duration (player) > 0");
  GtkWidget *view = sct_find (fixture->window, SC_TYPE_PLAYER_VIEW, NULL);
  gtk_widget_activate_action (view, "player.toggle-pause", NULL);
  sc_player_seek (player, 12 * S, TRUE);
  gtk_widget_activate_action (fixture->window, "win.home", NULL);
  GtkWidget *bar = wait_for (fixture, GTK_TYPE_PROGRESS_BAR, NULL);
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)), >=, 0.5);
  wait_until (!sct_find (fixture->window, SC_TYPE_RECORDING_PAGE, NULL), "the page goes");

  click_card (fixture);
  player = wait_state (fixture, SC_PLAYER_PLAYING);
  wait_for (fixture, GTK_TYPE_LABEL, "Continued at 0:12");
  wait_until (sc_player_get_position (player) >= 12 * S, "the place");
  view = sct_find (fixture->window, SC_TYPE_PLAYER_VIEW, NULL);
  gtk_widget_activate_action (view, "player.toggle-pause", NULL);
  GtkWidget *again = wait_for (fixture, GTK_TYPE_LABEL, "Start Over");
  g_signal_emit_by_name (gtk_widget_get_ancestor (again, GTK_TYPE_BUTTON), "clicked");
  g_assert_cmpint (sc_player_get_position (player), ==, 0);
  gtk_widget_activate_action (fixture->window, "win.home", NULL);
  wait_until (!gtk_widget_get_visible (bar), "nothing to go on with");
}

static void
answer_chapters (Fixture *fixture)
{
  sc_fake_api_answer_now (fixture->api,
                          CHAPTERS_ROUTE,
                          200,
                          "{'chapters':[{'at_ms':0,'title':'Hello','category':''},"
                          "{'at_ms':8000,'title':'Gears','category':'Science'},"
                          "{'at_ms':16000,'title':'Questions','category':'Science'}]}");
}

static gpointer
find_controller (GtkWidget *widget, const char *name)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (g_strcmp0 (gtk_event_controller_get_name (controller), name) == 0)
      return controller; /* the widget has it */
  }
  g_assert_not_reached ();
}

static gboolean
shows_picture (GtkWidget *preview, guint number)
{
  GtkWidget *picture = sct_find (preview, GTK_TYPE_PICTURE, NULL);
  GdkPaintable *paintable = picture ? gtk_picture_get_paintable (GTK_PICTURE (picture)) : NULL;
  return paintable && gdk_paintable_get_intrinsic_width (paintable) == STRIP_WIDTH (number);
}

/* The time, the chapter and the picture of where the pointer is. */
static void
test_preview (Fixture *fixture, gconstpointer folder)
{
  answer_chapters (fixture);
  click_card (fixture);
  wait_state (fixture, SC_PLAYER_PLAYING);
  wait_until (gtk_widget_get_visible (wait_for (fixture, SC_TYPE_CHAPTERS_BUTTON, NULL)),
              "the chapters");
  GtkWidget *bar = wait_for (fixture, SC_TYPE_SEEK_BAR, NULL);
  GtkWidget *scale = sct_find (bar, GTK_TYPE_SCALE, NULL);
  GtkEventController *pointer = find_controller (scale, "preview");
  sct_wait_frames (fixture->window, 2);
  g_signal_emit_by_name (pointer, "motion", gtk_widget_get_width (scale) * 0.52, 4.0);
  g_assert_nonnull (sct_find (bar, GTK_TYPE_LABEL, "Gears\n0:12"));
  GtkWidget *preview = sct_find (bar, GTK_TYPE_POPOVER, NULL);
  g_assert_true (gtk_widget_get_visible (preview));
  wait_until (shows_picture (preview, 3), "the picture of 0:12");
  g_signal_emit_by_name (pointer, "motion", gtk_widget_get_width (scale) * 0.9, 4.0);
  g_assert_nonnull (sct_find (bar, GTK_TYPE_LABEL, "Questions\n0:21"));
  wait_until (shows_picture (preview, 5), "the picture of 0:21");
  g_signal_emit_by_name (pointer, "leave");
  wait_until (!gtk_widget_get_visible (preview), "the preview goes");
}

/* By the list and by the keys. */
static void
test_chapters (Fixture *fixture, gconstpointer folder)
{
  answer_chapters (fixture);
  click_card (fixture);
  ScPlayer *player = wait_state (fixture, SC_PLAYER_PLAYING);
  GtkWidget *button = wait_for (fixture, SC_TYPE_CHAPTERS_BUTTON, NULL);
  wait_until (gtk_widget_get_visible (button), "the chapters");
  GtkWidget *view = sct_find (fixture->window, SC_TYPE_PLAYER_VIEW, NULL);
  GtkWidget *page = sct_find (fixture->window, SC_TYPE_RECORDING_PAGE, NULL);
  gtk_widget_activate_action (view, "player.toggle-pause", NULL);
  sct_open_menu (button);
  GtkWidget *row =
    gtk_widget_get_ancestor (wait_for (fixture, GTK_TYPE_LABEL, "Gears"), GTK_TYPE_LIST_BOX_ROW);
  g_signal_emit_by_name (row, "activate");
  g_assert_cmpint (sc_player_get_position (player), ==, 8 * S);
  gtk_widget_activate_action (page, "page.next-chapter", NULL);
  g_assert_cmpint (sc_player_get_position (player), ==, 16 * S);
  gtk_widget_activate_action (page, "page.next-chapter", NULL);
  g_assert_cmpint (sc_player_get_position (player), ==, 16 * S);
  gtk_widget_activate_action (page, "page.previous-chapter", NULL);
  g_assert_cmpint (sc_player_get_position (player), ==, 8 * S);
  g_assert_true (step (fixture, 5 * S));
  gtk_widget_activate_action (page, "page.previous-chapter", NULL);
  g_assert_cmpint (sc_player_get_position (player), ==, 8 * S);
  gtk_widget_activate_action (page, "page.previous-chapter", NULL);
  g_assert_cmpint (sc_player_get_position (player), ==, 0);
}

/* A moment that is none keeps nobody from watching. */
static void
test_link_to_no_moment (Fixture *fixture, gconstpointer folder)
{
  answer_one (fixture);
  follow (fixture, "r3?t=soon");
  ScPlayer *player = wait_state (fixture, SC_PLAYER_PLAYING);
  g_assert_cmpint (sc_player_get_position (player), <, 10 * S);
  sc_fake_api_answer_now (fixture->api,
                          "GET /v1/recordings/gone",
                          404,
                          "{'error':{'code':'not_found','message':'No','field':null}}");
  follow (fixture, "gone");
  wait_for (fixture, GTK_TYPE_LABEL, "This recording is not there any more.");
  g_assert_true (sc_player_get_state (player) == SC_PLAYER_PLAYING);
}

static gboolean
is_gone (gpointer data)
{
  GWeakRef *reference = data;
  g_autoptr (GObject) object = g_weak_ref_get (reference);
  return object == NULL;
}

static void
test_leaves_nothing (Fixture *fixture, gconstpointer folder)
{
  for (guint i = 0; i < 3; i++) {
    GWeakRef page;
    GWeakRef player;
    click_card (fixture);
    g_weak_ref_init (&player, wait_state (fixture, SC_PLAYER_PLAYING));
    g_weak_ref_init (&page, sct_find (fixture->window, SC_TYPE_RECORDING_PAGE, NULL));
    gtk_widget_activate_action (fixture->window, "win.home", NULL);
    sc_test_wait_until (is_gone, &page);
    sc_test_wait_until (is_gone, &player);
    g_weak_ref_clear (&page);
    g_weak_ref_clear (&player);
  }
}

static void
take_picture (Fixture *fixture, const char *name, int width, AdwColorScheme scheme)
{
  g_autofree char *full =
    g_strdup_printf ("%s-%d-%s",
                     name,
                     width,
                     scheme == ADW_COLOR_SCHEME_FORCE_DARK ? "dark" : "light");
  sct_wait_frames (fixture->window, 4);
  g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, width + FRAME);
  sct_save_picture (fixture->window, full);
}

/* Every page, on a wide and on a narrow window. */
static void
look_around (gconstpointer folder, int width, AdwColorScheme scheme)
{
  Fixture fixture = { 0 };
  set_up (&fixture, folder);
  GtkWidget *window = fixture.window;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  gtk_window_set_default_size (GTK_WINDOW (window), width + FRAME, width == 360 ? 720 : 800);
  answer_chapters (&fixture);
  wait_thumbnail (&fixture);
  take_picture (&fixture, "home-recordings", width, scheme);
  click_card (&fixture);
  ScPlayer *player = wait_state (&fixture, SC_PLAYER_PLAYING);
  wait_until (sc_player_get_position (player) >= S, "sc_player_get_position (player) >= S");
  GtkWidget *chapters = wait_for (&fixture, SC_TYPE_CHAPTERS_BUTTON, NULL);
  wait_until (gtk_widget_get_visible (chapters), "the chapters");
  /* In a pause its controls stay, however long looking takes. */
  GtkWidget *playing = wait_for (&fixture, SC_TYPE_PLAYER_VIEW, NULL);
  gtk_widget_activate_action (playing, "player.toggle-pause", NULL);
  take_picture (&fixture, "recording", width, scheme);
  sct_open_menu (chapters);
  take_picture (&fixture, "recording-chapters", width, scheme);
  sct_open_menu (wait_for (&fixture, SC_TYPE_SPEED_BUTTON, NULL));
  take_picture (&fixture, "recording-speed", width, scheme);
  gtk_widget_activate_action (window, "win.home", NULL);
  answer_channel (&fixture, TRUE);
  sc_window_open_channel (SC_WINDOW (window), "ada");
  GtkWidget *view = wait_for (&fixture, SC_TYPE_PLAYER_VIEW, NULL);
  gtk_widget_activate_action (view, "page.recordings", NULL);
  wait_for (&fixture, GTK_TYPE_LABEL, "Recordings of ada");
  wait_thumbnail (&fixture);
  take_picture (&fixture, "recordings-dialog", width, scheme);
  adw_dialog_force_close (
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  answer_channel (&fixture, FALSE);
  wait_for (&fixture, GTK_TYPE_LABEL, "ada Is Offline");
  wait_thumbnail (&fixture);
  GtkWidget *chat = wait_for (&fixture, SC_TYPE_CHAT_PANEL, NULL);
  take_picture (&fixture, "offline-recordings", width, scheme);
  g_assert_cmpint (gtk_widget_get_height (chat), >=, CHAT_HEIGHT);
  answer_channel (&fixture, TRUE);
  gtk_widget_activate_action (window, "win.home", NULL);
  wait_for (&fixture, GTK_TYPE_LABEL, "Live");
  wait_thumbnail (&fixture);
  take_picture (&fixture, "home-live-and-recordings", width, scheme);
  tear_down (&fixture, folder);
}

static void
test_wide_and_narrow (gconstpointer folder)
{
  look_around (folder, 1280, ADW_COLOR_SCHEME_FORCE_LIGHT);
  look_around (folder, 360, ADW_COLOR_SCHEME_FORCE_DARK);
  if (g_getenv ("STREAMCAT_PICTURES")) {
    look_around (folder, 1280, ADW_COLOR_SCHEME_FORCE_DARK);
    look_around (folder, 360, ADW_COLOR_SCHEME_FORCE_LIGHT);
  }
}

/* A picture as Amazon IVS leaves one: a stripe of each colour. */
static void
make_thumbnail (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "thumb.jpg", NULL);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1280, 720);
  static const guint32 colours[] = { 0x26a269ff, 0xe5a50aff, 0xc64600ff, 0x1a5fb4ff };
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++) {
    g_autoptr (GdkPixbuf) stripe = gdk_pixbuf_new_subpixbuf (pixbuf, (int) i * 320, 0, 320, 720);
    gdk_pixbuf_fill (stripe, colours[i]);
  }
  gdk_pixbuf_save (pixbuf, path, "jpeg", &error, NULL);
  g_assert_no_error (error);
}

static void
make_strip (const char *folder)
{
  for (guint i = 0; i < STRIP_LENGTH; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *name = g_strdup_printf ("thumb%u.jpg", i);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (GdkPixbuf) pixbuf =
      gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, STRIP_WIDTH (i), 18);
    gdk_pixbuf_fill (pixbuf, 0x1a5fb4ff);
    gdk_pixbuf_save (pixbuf, path, "jpeg", &error, NULL);
    g_assert_no_error (error);
  }
}

#define add(path, test) g_test_add (path, Fixture, folder, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();

  g_autofree char *folder = hls_folder_new_of (SECONDS);
  make_thumbnail (folder);
  make_strip (folder);
  add ("/recordings/on-home", test_on_home);
  add ("/recordings/watch", test_watch);
  add ("/recordings/steps", test_steps);
  add ("/recordings/speed", test_speed);
  add ("/recordings/end-and-again", test_end_and_again);
  add ("/recordings/unplayable", test_unplayable);
  add ("/recordings/offline-channel", test_offline_channel);
  add ("/recordings/channel-without", test_channel_without);
  add ("/recordings/list-fails", test_list_fails);
  add ("/recordings/dialog", test_dialog);
  add ("/recordings/continue", test_continue);
  add ("/recordings/chapters", test_chapters);
  add ("/recordings/preview", test_preview);
  add ("/recordings/link-to-moment", test_link_to_moment);
  add ("/recordings/link-to-no-moment", test_link_to_no_moment);
  add ("/recordings/leaves-nothing", test_leaves_nothing);
  g_test_add_data_func ("/recordings/wide-and-narrow", folder, test_wide_and_narrow);
  int result = g_test_run ();
  sc_player_library_finish ();
  hls_folder_remove (folder);
  return result;
}
