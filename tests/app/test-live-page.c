/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page of a channel that is live, over a live source that says what the test wants: the badge,
 * the notes over the picture, the menu of qualities, the statistics. With STREAMCAT_PICTURES=DIR it
 * is also painted at 1280 and 360 pixels of width, light and dark.
 */

#include "config.h"

#include "fake-live.h"
#include "sc-channel-page.h"
#include "sc-channel.h"
#include "sc-client-fixture.h"
#include "sc-link.h"
#include "sc-live-notes.h"
#include "sc-player-library.h"
#include "sc-player-view.h"
#include "sc-quality-button.h"
#include "sc-recording-page.h"
#include "sc-statistics-overlay.h"
#include "sc-window.h"
#include "sct-window.h"

#define LIVE_ROUTE "GET /v1/channels?live=1"
#define ADA_ROUTE "GET /v1/channels/ada"

/* Without a compositor a window has a frame of 5 pixels on each side. */
#define FRAME 10

static const char *const ids[] = { "160p30", "480p30", "720p30", "1080p60" };

typedef struct {
  ScFakeApi *api;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
  GtkWidget *view;
  ScPlayer *player;
  ScPlayerLive *live;
} Fixture;

static void
answer_health (Fixture *fixture, gboolean live, const char *health)
{
  g_autofree char *channel = g_strdup_printf (
    "{'channel':{'name':'ada','title':'Weaving algebraical patterns','live':%s,"
    "'playback_url':'http://127.0.0.1:9/live.m3u8','stream':{'id':'st-1','width':1280,"
    "'height':720,'started_at':'2026-01-01T00:00:00.000Z','ended_at':%s,'health':'%s'}}}",
    live ? "true" : "false",
    live ? "null" : "'2026-01-01T01:00:00.000Z'",
    health);
  sc_fake_api_answer_now (fixture->api, ADA_ROUTE, 200, channel);
}

static void
answer (Fixture *fixture, gboolean live)
{
  answer_health (fixture, live, "healthy");
}

/* Runs the main context until the widget is there. */
typedef struct {
  GtkWidget *root;
  GType type;
  const char *text;
  gboolean gone;
} Sight;

static gboolean
is_so (gpointer data)
{
  Sight *sight = data;
  return (sct_find (sight->root, sight->type, sight->text) == NULL) == sight->gone;
}

static GtkWidget *
see (Fixture *fixture, GType type, const char *text)
{
  Sight sight = { fixture->window, type, text, FALSE };
  sc_test_wait_until (is_so, &sight);
  return sct_find (fixture->window, type, text);
}

static void
see_gone (Fixture *fixture, GType type, const char *text)
{
  Sight sight = { fixture->window, type, text, TRUE };
  sc_test_wait_until (is_so, &sight);
}

static gboolean
is_playing (gpointer data)
{
  Fixture *fixture = data;
  return sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->api = sc_fake_api_new ();
  fixture->settings = g_settings_new (SC_APP_ID);
  g_settings_reset (fixture->settings, "volume");
  g_settings_reset (fixture->settings, "target-latency");
  fixture->session = sc_test_session_new ();
  answer (fixture, TRUE);
  sc_fake_api_answer (fixture->api, LIVE_ROUTE, 200, "{'channels':[]}");
  sc_fake_api_answer (fixture->api, "GET /v1/recordings", 200, "{'recordings':[]}");
  sc_fake_api_answer (fixture->api, "GET /v1/channels/ada/recordings", 200, "{'recordings':[]}");
  sc_session_set_server (fixture->session, sc_fake_api_get_url (fixture->api));
  fixture->window = GTK_WIDGET (sc_window_new (NULL, fixture->settings, fixture->session));
}

/* The page is on its way. */
static void
wait_for_channel (Fixture *fixture)
{
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->view = see (fixture, SC_TYPE_PLAYER_VIEW, NULL);
  g_object_get (fixture->view, "player", &fixture->player, NULL);
  fixture->live = sc_player_get_live (fixture->player);
  sc_test_wait_until (is_playing, fixture);
}

static void
open_channel (Fixture *fixture)
{
  sc_window_open_channel (SC_WINDOW (fixture->window), "ada");
  wait_for_channel (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->player);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sc_player_library_finish ();
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->settings);
  sc_fake_api_free (fixture->api);
}

static void
test_badge (Fixture *fixture, gconstpointer data)
{
  open_channel (fixture);
  see (fixture, GTK_TYPE_LABEL, "LIVE");
  fake_live_post_stats (412000, 0, SC_LIVE_FINE);
  see (fixture, GTK_TYPE_LABEL, "Live · 0.4 s");
}

static void
test_returns (Fixture *fixture, gconstpointer data)
{
  FakeLiveOrders orders;
  open_channel (fixture);
  gtk_widget_activate_action (fixture->view, "player.toggle-pause", NULL);
  fake_live_post_stats (34412000, 34000000, SC_LIVE_FINE);
  GtkWidget *words = see (fixture, GTK_TYPE_LABEL, "Return to live, 34 s behind");
  g_signal_emit_by_name (gtk_widget_get_ancestor (words, GTK_TYPE_BUTTON), "clicked");
  g_assert_false (sc_player_get_paused (fixture->player));
  fake_live_read_orders (&orders);
  g_assert_false (orders.held);
  g_assert_cmpuint (orders.n_returns, ==, 1);
  fake_live_post_stats (412000, 0, SC_LIVE_FINE);
  see_gone (fixture, GTK_TYPE_LABEL, "Return to live");
}

static void
test_trouble (Fixture *fixture, gconstpointer data)
{
  open_channel (fixture);
  fake_live_post_stats (412000, 0, SC_LIVE_LOST);
  see (fixture, GTK_TYPE_LABEL, "Connection lost. Trying again…");
  g_assert_nonnull (sc_player_get_paintable (fixture->player));
  fake_live_post_stats (412000, 0, SC_LIVE_STARVED);
  see (fixture, GTK_TYPE_LABEL, "The streamer’s connection is weak");
  fake_live_post_stats (412000, 0, SC_LIVE_FINE);
  see_gone (fixture, GTK_TYPE_LABEL, "The streamer’s connection is weak");
  sc_test_wait_until (is_playing, fixture);
}

static void
test_starves (Fixture *fixture, gconstpointer data)
{
  open_channel (fixture);
  answer_health (fixture, TRUE, "starving");
  gtk_widget_activate_action (fixture->view, "page.reload", NULL);
  see (fixture, GTK_TYPE_LABEL, "The streamer’s connection is weak");
  answer_health (fixture, TRUE, "healthy");
  gtk_widget_activate_action (fixture->view, "page.reload", NULL);
  see_gone (fixture, GTK_TYPE_LABEL, "The streamer’s connection is weak");
}

static void
choose (GtkWidget *button, const char *id)
{
  gtk_widget_activate_action (button, "quality.choose", "s", id);
}

static void
test_qualities (Fixture *fixture, gconstpointer data)
{
  FakeLiveOrders orders;
  open_channel (fixture);
  g_assert_null (sct_find (fixture->window, SC_TYPE_QUALITY_BUTTON, NULL));
  fake_live_post_qualities (ids, G_N_ELEMENTS (ids));
  fake_live_post_stats (412000, 0, SC_LIVE_FINE);
  GtkWidget *button = see (fixture, SC_TYPE_QUALITY_BUTTON, NULL);
  see (fixture, GTK_TYPE_LABEL, "300p30");

  gtk_widget_activate_action (fixture->view, "player.choose-quality", NULL);
  see (fixture, GTK_TYPE_LABEL, "Automatic (now 300p30)");
  see (fixture, GTK_TYPE_LABEL, "400p30 · 4 kb/s");
  choose (button, "1080p60");
  fake_live_read_orders (&orders);
  g_assert_cmpstr (orders.quality, ==, "1080p60");
  g_free (orders.quality);
  see_gone (fixture, GTK_TYPE_LABEL, "Automatic (now");

  choose (button, "");
  fake_live_read_orders (&orders);
  g_assert_null (orders.quality);
}

static void
test_statistics (Fixture *fixture, gconstpointer data)
{
  open_channel (fixture);
  fake_live_post_stats (412000, 0, SC_LIVE_FINE);
  g_assert_null (sct_find (fixture->window, SC_TYPE_STATISTICS_OVERLAY, NULL));
  gtk_widget_activate_action (fixture->view, "player.show-statistics", NULL);
  GtkWidget *overlay = see (fixture, SC_TYPE_STATISTICS_OVERLAY, NULL);
  see (fixture, GTK_TYPE_LABEL, "0.41 s");
  see (fixture, GTK_TYPE_LABEL, "2.5 Mb/s");
  g_assert_nonnull (sct_find (overlay, GTK_TYPE_LABEL, "320×180"));
  gtk_widget_activate_action (fixture->view, "player.show-statistics", NULL);
  g_assert_false (gtk_widget_get_visible (overlay));
}

static void
test_latency_setting (Fixture *fixture, gconstpointer data)
{
  FakeLiveOrders orders;
  g_settings_set_uint (fixture->settings, "target-latency", 500);
  open_channel (fixture);
  fake_live_read_orders (&orders);
  g_assert_cmpuint (orders.target_latency, ==, 500);
  g_settings_set_uint (fixture->settings, "target-latency", 2000);
  fake_live_read_orders (&orders);
  g_assert_cmpuint (orders.target_latency, ==, 2000);
}

static gboolean
is_over (gpointer data)
{
  g_autoptr (ScChannel) channel = NULL;
  g_object_get (data, "channel", &channel, NULL);
  return !sc_channel_get_live (channel);
}

/* The page hears that the stream is over. */
static void
end_stream (Fixture *fixture)
{
  answer (fixture, FALSE);
  sc_test_wait_until (is_over, see (fixture, SC_TYPE_CHANNEL_PAGE, NULL));
  sct_wait_frames (fixture->window, 2);
}

/* What the viewer has of a stream that is over is shown to its end, and then the page says so. */
static void
test_ends (Fixture *fixture, gconstpointer data)
{
  open_channel (fixture);
  fake_live_post_stats (34412000, 34000000, SC_LIVE_FINE);
  see (fixture, GTK_TYPE_LABEL, "Return to live, 34 s behind");
  end_stream (fixture);
  g_assert_null (sct_find (fixture->window, GTK_TYPE_LABEL, "ada Is Offline"));
  g_assert_true (is_playing (fixture));
  fake_live_end ();
  see (fixture, GTK_TYPE_LABEL, "ada Is Offline");
  g_assert_false (sc_player_live_get_is_live (fixture->live));
}

/* The last frame of a stream that says that it ended is the last one, once the channel says so,
 * too.
 */
static void
test_stands (Fixture *fixture, gconstpointer data)
{
  open_channel (fixture);
  end_stream (fixture);
  fake_live_post_stats (412000, 0, SC_LIVE_SLOW);
  see (fixture, GTK_TYPE_LABEL, "Your connection is slow");
  fake_live_post_stats (412000, 0, SC_LIVE_PAUSED);
  see (fixture, GTK_TYPE_LABEL, "ada Is Offline");
}

/* Whoever paused may go on when the stream is over. */
static void
test_ends_in_pause (Fixture *fixture, gconstpointer data)
{
  open_channel (fixture);
  gtk_widget_activate_action (fixture->view, "player.toggle-pause", NULL);
  end_stream (fixture);
  g_assert_null (sct_find (fixture->window, GTK_TYPE_LABEL, "ada Is Offline"));
  gtk_widget_activate_action (fixture->view, "player.toggle-pause", NULL);
  sc_test_wait_until (is_playing, fixture);
  fake_live_post_stats (412000, 0, SC_LIVE_PAUSED);
  see (fixture, GTK_TYPE_LABEL, "ada Is Offline");
}

/* Nobody is offered the live edge of a stream that is over, or told that it is live. */
static void
test_over (Fixture *fixture, gconstpointer data)
{
  open_channel (fixture);
  gtk_widget_activate_action (fixture->view, "player.toggle-pause", NULL);
  fake_live_post_stats (34412000, 34000000, SC_LIVE_FINE);
  see (fixture, GTK_TYPE_LABEL, "Return to live, 34 s behind");
  g_assert_null (sct_find (fixture->window, GTK_TYPE_LABEL, "ENDED"));
  end_stream (fixture);
  see (fixture, GTK_TYPE_LABEL, "ENDED");
  see (fixture, GTK_TYPE_LABEL, "The stream is over. You are watching its end.");
  see_gone (fixture, GTK_TYPE_LABEL, "Return to live");
  see_gone (fixture, GTK_TYPE_LABEL, "Live");
  gtk_widget_activate_action (fixture->view, "player.return-to-live", NULL);
  g_assert_true (sc_player_get_paused (fixture->player));
  answer (fixture, TRUE);
  gtk_widget_activate_action (fixture->view, "page.reload", NULL);
  see (fixture, GTK_TYPE_LABEL, "LIVE");
  see_gone (fixture, GTK_TYPE_LABEL, "ENDED");
}

/* An end that comes while the picture stands leaves nothing that is opened again. */
static void
test_ends_in_trouble (Fixture *fixture, gconstpointer data)
{
  open_channel (fixture);
  end_stream (fixture);
  fake_live_post_stats (412000, 0, SC_LIVE_LOST);
  see (fixture, GTK_TYPE_LABEL, "Connection lost. Trying again…");
  fake_live_end ();
  see (fixture, GTK_TYPE_LABEL, "ada Is Offline");
  g_assert_cmpuint (sc_player_get_state (fixture->player), ==, SC_PLAYER_IDLE);
}

static char *
dup_link (Fixture *fixture)
{
  return g_strdup_printf ("streamcat://%s/channel/ada",
                          strstr (sc_fake_api_get_url (fixture->api), "//") + 2);
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

/* A link that was copied leads to its channel, once. */
static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = dup_link (fixture);
  g_autofree char *copied = NULL;
  sc_window_open_uri (SC_WINDOW (fixture->window), link);
  wait_for_channel (fixture);
  GtkWidget *page = see (fixture, SC_TYPE_CHANNEL_PAGE, NULL);
  sc_window_open_uri (SC_WINDOW (fixture->window), link);
  g_assert_true (see (fixture, SC_TYPE_CHANNEL_PAGE, NULL) == page);

  gtk_widget_activate_action (fixture->view, "page.copy-link", NULL);
  see (fixture, GTK_TYPE_LABEL, "Link copied");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (page), NULL, on_text, &copied);
  while (!copied)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (copied, ==, link);
}

static void
follow_to_recording (Fixture *fixture)
{
  g_autofree char *link = g_strdup_printf ("streamcat://%s/recording/r1",
                                           strstr (sc_fake_api_get_url (fixture->api), "//") + 2);
  sc_fake_api_answer (fixture->api,
                      "GET /v1/recordings/r1",
                      200,
                      "{'recording':{'id':'r1','channel':'ada','title':'Looms',"
                      "'started_at':'2026-01-01T00:00:00.000Z','duration_ms':60000,"
                      "'playback_url':'http://127.0.0.1:9/master.m3u8','thumbnail_url':null,"
                      "'thumbnails_url':null,'width':320,'height':180}}");
  sc_window_open_uri (SC_WINDOW (fixture->window), link);
}

/* An answer of the server, after the one to the link. */
static void
wait_recording (Fixture *fixture)
{
  g_autoptr (DexFuture) asked =
    sc_client_get_recording (sc_session_get_client (fixture->session), "r1");
  sc_test_wait (asked);
  sct_wait_frames (fixture->window, 4);
}

/* Of two links that are followed the newer one is wanted, though the older one's answer is late. */
static void
test_newer_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = dup_link (fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  follow_to_recording (fixture);
  sc_window_open_uri (SC_WINDOW (fixture->window), link);
  wait_for_channel (fixture);
  wait_recording (fixture);
  see (fixture, SC_TYPE_CHANNEL_PAGE, NULL);
  g_assert_null (sct_find (fixture->window, SC_TYPE_RECORDING_PAGE, NULL));
}

/* Who began to write meanwhile is not interrupted; the link is followed when they are done. */
static void
test_late_answer (Fixture *fixture, gconstpointer data)
{
  gtk_window_present (GTK_WINDOW (fixture->window));
  follow_to_recording (fixture);
  AdwDialog *dialog = adw_dialog_new ();
  adw_dialog_set_child (dialog, gtk_entry_new ());
  adw_dialog_present (dialog, fixture->window);
  wait_recording (fixture);
  g_assert_true (
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)) == dialog);
  g_assert_null (sct_find (fixture->window, SC_TYPE_RECORDING_PAGE, NULL));
  adw_dialog_close (dialog);
  see (fixture, SC_TYPE_RECORDING_PAGE, NULL);
}

/* A dialog that something was typed into says for itself what becomes of that. */
static void
test_dialog_stays (Fixture *fixture, gconstpointer data)
{
  const ScRecordingFields fields = { .id = "r1",
                                     .channel = "ada",
                                     .title = "Looms",
                                     .playback_url = "http://127.0.0.1:9/m.m3u8" };
  g_autoptr (ScRecording) recording = sc_recording_new (&fields);
  gtk_window_present (GTK_WINDOW (fixture->window));
  AdwDialog *dialog = adw_dialog_new ();
  adw_dialog_set_can_close (dialog, FALSE);
  adw_dialog_present (dialog, fixture->window);
  sc_window_open_recording (SC_WINDOW (fixture->window), recording, SC_LINK_NO_MOMENT);
  g_assert_true (
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)) == dialog);
  g_assert_null (sct_find (fixture->window, SC_TYPE_RECORDING_PAGE, NULL));
  adw_dialog_force_close (dialog);
}

/* Nobody is led to another server, or anywhere else. */
static void
test_leads_nowhere (Fixture *fixture, gconstpointer data)
{
  gtk_window_present (GTK_WINDOW (fixture->window));
  sc_window_open_uri (SC_WINDOW (fixture->window), "streamcat://elsewhere.example/channel/ada");
  see (fixture, GTK_TYPE_LABEL, "This Link Leads to Another Server");
  sc_window_open_uri (SC_WINDOW (fixture->window), "streamcat://elsewhere.example/key");
  see (fixture, GTK_TYPE_LABEL, "This link does not lead to a channel or a recording.");
  g_assert_null (sct_find (fixture->window, SC_TYPE_CHANNEL_PAGE, NULL));
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

static void
look_around (int width, AdwColorScheme scheme)
{
  Fixture fixture = { 0 };
  set_up (&fixture, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  gtk_window_set_default_size (GTK_WINDOW (fixture.window),
                               width + FRAME,
                               width == 360 ? 720 : 800);
  open_channel (&fixture);
  fake_live_post_qualities (ids, G_N_ELEMENTS (ids));
  fake_live_post_stats (412000, 0, SC_LIVE_FINE);
  see (&fixture, GTK_TYPE_LABEL, "Live · 0.4 s");
  gtk_widget_activate_action (fixture.view, "player.show-statistics", NULL);
  see (&fixture, GTK_TYPE_LABEL, "0.41 s");
  take_picture (&fixture, "live-statistics", width, scheme);

  gtk_widget_activate_action (fixture.view, "player.show-statistics", NULL);
  fake_live_post_stats (34412000, 34000000, SC_LIVE_PAUSED);
  see (&fixture, GTK_TYPE_LABEL, "Return to live");
  g_assert_null (sct_find (fixture.view, ADW_TYPE_SPINNER, NULL));
  take_picture (&fixture, "live-notes", width, scheme);

  fake_live_post_stats (34412000, 34000000, SC_LIVE_FINE);
  sc_test_wait_until (is_playing, &fixture);
  end_stream (&fixture);
  see (&fixture, GTK_TYPE_LABEL, "ENDED");
  take_picture (&fixture, "live-over", width, scheme);

  tear_down (&fixture, NULL);
}

static void
test_wide_and_narrow (void)
{
  look_around (1280, ADW_COLOR_SCHEME_FORCE_LIGHT);
  look_around (360, ADW_COLOR_SCHEME_FORCE_DARK);
  if (g_getenv ("STREAMCAT_PICTURES")) {
    look_around (1280, ADW_COLOR_SCHEME_FORCE_DARK);
    look_around (360, ADW_COLOR_SCHEME_FORCE_LIGHT);
  }
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
  fake_live_register ();

  add ("/live-page/badge", test_badge);
  add ("/live-page/returns", test_returns);
  add ("/live-page/trouble", test_trouble);
  add ("/live-page/starves", test_starves);
  add ("/live-page/qualities", test_qualities);
  add ("/live-page/statistics", test_statistics);
  add ("/live-page/latency-setting", test_latency_setting);
  add ("/live-page/ends", test_ends);
  add ("/live-page/stands", test_stands);
  add ("/live-page/ends-in-pause", test_ends_in_pause);
  add ("/live-page/over", test_over);
  add ("/live-page/ends-in-trouble", test_ends_in_trouble);
  add ("/live-page/links", test_links);
  add ("/live-page/newer-link", test_newer_link);
  add ("/live-page/late-answer", test_late_answer);
  add ("/live-page/dialog-stays", test_dialog_stays);
  add ("/live-page/leads-nowhere", test_leads_nowhere);
  g_test_add_func ("/live-page/wide-and-narrow", test_wide_and_narrow);
  return g_test_run ();
}
