/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Telling somebody that channels that they follow go live: what is news and what is not, across
 * restarts; the notifications, on a real session bus over a server in this process, with
 * python-dbusmock in the desktop's place; and the desktop being asked whether the app may stay.
 * With STREAMCAT_PICTURES=DIR what is shown is also painted. */

#include "config.h"

#include "sc-background.h"
#include "sc-channel-page.h"
#include "sc-channel.h"
#include "sc-client-fixture.h"
#include "sc-live-notifier.h"
#include "sc-live-seen.h"
#include "sc-news-page.h"
#include "sc-notify-group.h"
#include "sc-on-show.h"
#include "sc-player-library.h"
#include "sc-window.h"
#include "sct-desktop.h"
#include "sct-window.h"

#include <string.h>

#define LIVE_ROUTE "GET /v1/me/follows/live"
#define SIGNED_IN "{'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z','user':{'name':'mia'}}"
#define LIVE(name, stream, title)                                                                  \
  "{'name':'" name "','title':'" title "','stream':{'id':'" stream                                 \
  "','started_at':'2026-01-01T11:59:00.000Z','ended_at':null,'width':0,'height':0}}"
#define ANSWER(channels) "{'at':'2026-01-01T12:00:00.000Z','channels':[" channels "]}"

/* Nothing of before. */
static GSettings *
new_settings (void)
{
  static const char *const keys[] = {
    "live-person", "live-seen", "live-news", "notify-live", "notify-in-background", "last-page"
  };
  GSettings *settings = g_settings_new (SC_APP_ID);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
  return settings;
}

/* A minute of the day. */
#define AT(minute) ((gint64) (minute) * G_TIME_SPAN_MINUTE + 1000 * G_TIME_SPAN_DAY)

static void
add_live (GListStore *channels, const char *name, const char *id, gint64 started_at)
{
  g_autoptr (ScChannel) channel = sc_channel_new (name, "x");
  g_autoptr (ScStream) stream = sc_stream_new (id);
  stream->started_at = started_at;
  sc_channel_set_stream (channel, stream);
  g_list_store_append (channels, channel);
}

/* Asserts what is news when "NAME STREAM MINUTE, ..." is live at a minute; with a star behind, a
 * channel that was live before it was followed. */
static void
look (ScLiveNews *news, guint minute, const char *live, const char *on_show, const char *wanted)
{
  g_autoptr (GListStore) channels = g_list_store_new (SC_TYPE_CHANNEL);
  g_autoptr (GStrvBuilder) seen = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit (live, ", ", -1);
  for (guint i = 0; parts[i]; i++) {
    g_auto (GStrv) words = g_strsplit (parts[i], " ", 3);
    add_live (channels, words[0], words[1], AT (g_ascii_strtoll (words[2], NULL, 10)));
    if (g_str_has_suffix (words[2], "*"))
      g_strv_builder_add (seen, words[0]);
  }
  g_auto (GStrv) were_seen = g_strv_builder_end (seen);
  g_autoptr (ScLiveFollows) answer =
    sc_live_follows_new (G_LIST_MODEL (channels), (const char *const *) were_seen, AT (minute));
  const char *const shown[] = { "someone", on_show, NULL };
  g_autoptr (GPtrArray) told = sc_live_news_take (news, answer, shown);
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < told->len; i++)
    g_string_append_printf (names,
                            "%s%s",
                            i > 0 ? " " : "",
                            sc_news_item_get_channel (told->pdata[i]));
  g_assert_cmpstr (names->str, ==, wanted);
}

static guint
count_kept (ScLiveNews *news)
{
  return g_list_model_get_n_items (sc_live_news_get_items (news));
}

static ScLiveNews *
restart (ScLiveNews *before, GSettings *settings)
{
  g_clear_object (&before);
  ScLiveNews *news = sc_live_news_new (settings);
  sc_live_news_set_person (news, "mia at a");
  return news;
}

/* Each stream once, in whatever order the answers are. */
static void
test_once (void)
{
  g_autoptr (GSettings) settings = new_settings ();
  ScLiveNews *news = restart (NULL, settings);
  look (news, 100, "ada s1 99", NULL, "");
  look (news, 101, "bob s2 101, ada s1 99", NULL, "bob");
  look (news, 101, "bob s2 101, ada s1 99", NULL, "");
  look (news, 102, "ada s1 99", NULL, "");
  look (news, 103, "bob s2 101, ada s1 99", NULL, "");
  news = restart (news, settings);
  look (news, 104, "bob s2 101, ada s1 99", NULL, "");
  g_assert_cmpuint (count_kept (news), ==, 1);
  look (news, 105, "eve s9 105", NULL, "eve");
  look (news, 106, "", NULL, "");
  look (news, 120, "eve s9 105, ada s1 99", NULL, "");
  /* Another stream of bob's, for whose encoder the network was away. */
  look (news, 120, "bob s2 101, ada s1 99", NULL, "");
  look (news, 121, "ada s1 99", NULL, "");
  look (news, 122, "bob s3 122, ada s1 99", NULL, "");
  look (news, 130, "ada s1 99", NULL, "");
  news = restart (news, settings);
  look (news, 160, "bob s4 159, ada s1 99", NULL, "bob");
  g_assert_cmpuint (count_kept (news), ==, 3);
  g_object_unref (news);
}

/* Whoever follows what is live has seen that; the stream after it is news. */
static void
test_followed_live (void)
{
  g_autoptr (GSettings) settings = new_settings ();
  ScLiveNews *news = restart (NULL, settings);
  look (news, 100, "", NULL, "");
  look (news, 110, "ada s1 99*, bob s2 110", NULL, "bob");
  look (news, 111, "bob s2 110", NULL, "");
  look (news, 112, "ada s3 112, bob s2 110", NULL, "");
  look (news, 120, "bob s2 110", NULL, "");
  look (news, 150, "ada s4 150, bob s2 110", NULL, "ada");
  g_object_unref (news);
}

/* What began while nobody asked is news for half an hour. */
static void
test_away (void)
{
  g_autoptr (GSettings) settings = new_settings ();
  ScLiveNews *news = restart (NULL, settings);
  look (news, 100, "", NULL, "");
  news = restart (news, settings);
  look (news, 200, "eve s1 199, bob s2 171, ada s3 169", NULL, "bob eve");
  sc_live_news_skip (news);
  look (news, 300, "mia s4 299", NULL, "");
  look (news, 301, "mia s4 299, tim s5 301", NULL, "tim");
  g_object_unref (news);
}

static void
test_on_show (void)
{
  g_autoptr (GSettings) settings = new_settings ();
  g_autoptr (ScLiveNews) news = restart (NULL, settings);
  look (news, 100, "", NULL, "");
  look (news, 101, "ada s1 101, bob s2 101", "ADA", "bob");
  look (news, 102, "ada s1 101, bob s2 101", NULL, "");
}

/* How often something was written. */
static void
count (guint *n_times)
{
  (*n_times)++;
}

/* A stream that goes on for long is the same one after a restart, though a connection broke; and
 * that time goes by is not written each time. */
static void
test_resumes (void)
{
  g_autoptr (GSettings) settings = new_settings ();
  ScLiveNews *news = restart (NULL, settings);
  guint n_written = 0;
  look (news, 100, "", NULL, "");
  look (news, 101, "bob s2 101", NULL, "bob");
  g_signal_connect_swapped (settings, "changed::live-seen", G_CALLBACK (count), &n_written);
  for (guint minute = 102; minute <= 121; minute++)
    look (news, minute, "bob s2 101", NULL, "");
  g_assert_cmpuint (n_written, ==, 4);
  g_signal_handlers_disconnect_by_data (settings, &n_written);
  news = restart (news, settings);
  look (news, 125, "bob s3 124", NULL, "");
  g_object_unref (news);
}

/* It is for one person; who signs out may come back. */
static void
test_person (void)
{
  g_autoptr (GSettings) settings = new_settings ();
  g_autoptr (ScLiveNews) news = restart (NULL, settings);
  look (news, 100, "", NULL, "");
  look (news, 101, "ada s1 101", NULL, "ada");
  sc_live_news_set_person (news, NULL);
  g_assert_cmpuint (count_kept (news), ==, 0);
  look (news, 102, "bob s2 102", NULL, "");
  sc_live_news_set_person (news, "mia at a");
  g_assert_cmpuint (count_kept (news), ==, 1);
  sc_live_news_set_person (news, "eve at a");
  g_assert_cmpuint (count_kept (news), ==, 0);
  look (news, 103, "bob s2 102", NULL, "");
  sc_live_news_set_person (news, "mia at a");
  g_assert_cmpuint (count_kept (news), ==, 0);
}

static gboolean
is_unread (ScLiveNews *news, guint position)
{
  g_autoptr (ScNewsItem) item = g_list_model_get_item (sc_live_news_get_items (news), position);
  return sc_news_item_get_unread (item);
}

/* The first of the answer is the newest. */
static void
take_many (ScLiveNews *news, guint n_channels)
{
  g_autoptr (GListStore) channels = g_list_store_new (SC_TYPE_CHANNEL);
  for (guint i = 0; i < n_channels; i++) {
    g_autofree char *name = g_strdup_printf ("c%u", i);
    g_autofree char *id = g_strdup_printf ("s%u", i);
    add_live (channels, name, id, AT (2));
  }
  g_autoptr (ScLiveFollows) answer = sc_live_follows_new (G_LIST_MODEL (channels), NULL, AT (2));
  g_autoptr (GPtrArray) told = sc_live_news_take (news, answer, NULL);
  g_assert_cmpuint (told->len, ==, n_channels);
}

/* As much as there is room for, with what was looked at. */
static void
test_kept (void)
{
  g_autoptr (GSettings) settings = new_settings ();
  ScLiveNews *news = restart (NULL, settings);
  look (news, 1, "", NULL, "");
  take_many (news, SC_LIVE_NEWS_MAX + 2);
  sc_live_news_read (news, "C0");
  news = restart (news, settings);
  g_assert_cmpuint (count_kept (news), ==, SC_LIVE_NEWS_MAX);
  g_assert_false (is_unread (news, 0));
  g_assert_true (is_unread (news, 1));
  sc_live_news_read (news, NULL);
  g_assert_false (is_unread (news, 199));
  sc_live_news_clear (news);
  news = restart (news, settings);
  g_assert_cmpuint (count_kept (news), ==, 0);
  look (news, 3, "c1 s1 2", NULL, "");
  g_object_unref (news);
}

typedef struct {
  SctDesktop desktop;
  ScFakeApi *api;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
  ScLiveNotifier *notifier;
  guint wanted;
  const char *text;
} Fixture;

static GtkApplication *application;

static void
set_up (Fixture *self, gconstpointer unused)
{
  sct_desktop_init (&self->desktop, SCT_DESKTOP_GNOME);
  self->api = sc_fake_api_new ();
  self->settings = new_settings ();
  self->session = sc_test_session_new ();
  sc_fake_api_answer (self->api, "GET /v1/channels?live=1", 200, "{'channels':[]}");
  sc_fake_api_answer (self->api, "GET /v1/recordings", 200, "{'recordings':[]}");
  sc_fake_api_answer (self->api, "POST /v1/sessions", 201, SIGNED_IN);
  sc_fake_api_answer (self->api, "DELETE /v1/session", 204, "");
  sc_fake_api_answer (self->api, LIVE_ROUTE, 200, ANSWER (""));
  sc_session_set_server (self->session, sc_fake_api_get_url (self->api));
  g_autoptr (DexFuture) signing_in = sc_session_sign_in (self->session, "mia", "password");
  sc_test_wait (signing_in);
  self->window = GTK_WIDGET (sc_window_new (NULL, self->settings, self->session));
  gtk_window_set_application (GTK_WINDOW (self->window), application);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1290, 800);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_clear_object (&self->notifier);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sct_desktop_clear (&self->desktop);
  g_assert_finalize_object (self->session);
  if (g_getenv ("STREAMCAT_PICTURES"))
    g_object_unref (self->settings); /* a dialog that was wide and narrow keeps its window */
  else
    g_assert_finalize_object (self->settings);
  sc_fake_api_free (self->api);
}

static gboolean
has_asked (gpointer data)
{
  Fixture *self = data;
  return sc_fake_api_count (self->api, LIVE_ROUTE) >= self->wanted;
}

static gboolean
is_kept (gpointer data)
{
  Fixture *self = data;
  g_autoptr (GVariant) seen = g_settings_get_value (self->settings, "live-seen");
  return g_variant_n_children (seen) >= self->wanted;
}

static gboolean
is_shown (gpointer data)
{
  Fixture *self = data;
  return self->desktop.shown->len >= strlen (self->text);
}

static gboolean
is_there (gpointer data)
{
  Fixture *self = data;
  return sct_find (self->window, GTK_TYPE_LABEL, self->text) != NULL;
}

/* As the application does when it starts. */
static void
start (Fixture *self, const char *answer)
{
  g_clear_object (&self->notifier);
  sc_fake_api_answer_now (self->api, LIVE_ROUTE, 200, answer);
  self->wanted = sc_fake_api_count (self->api, LIVE_ROUTE) + 1;
  self->notifier = sc_live_notifier_new (application, self->settings, self->session);
  sc_test_wait_until (has_asked, self);
}

/* Until so many streams were seen. */
static void
wait_seen (Fixture *self, guint n_streams)
{
  self->wanted = n_streams;
  sc_test_wait_until (is_kept, self);
}

static void
assert_shown (Fixture *self, const char *wanted)
{
  self->text = wanted;
  sc_test_wait_until (is_shown, self);
  g_assert_cmpstr (self->desktop.shown->str, ==, wanted);
}

static void
assert_on_show (const char *channel)
{
  g_auto (GStrv) shown = sc_on_show_dup_channels ();
  g_assert_cmpuint (g_strv_length (shown), ==, 1);
  g_assert_cmpstr (shown[0], ==, channel);
}

/* What is there the first time is none; then each once, and none of what is on screen. */
static void
test_notifications (Fixture *self, gconstpointer unused)
{
  G_STATIC_ASSERT (SC_LIVE_NOTIFIER_INTERVAL_MS + 20000 <= 30000);
  start (self, ANSWER (LIVE ("ada", "s1", "Engines")));
  wait_seen (self, 1);
  start (self, ANSWER (LIVE ("bob", "s2", "Bread & more") "," LIVE ("ada", "s1", "Engines")));
  assert_shown (self, "[live-bob: bob is live, Bread & more]");
  start (self, ANSWER (LIVE ("bob", "s2", "Bread & more") "," LIVE ("eve", "s3", "Birds")));
  assert_shown (self, "[live-bob: bob is live, Bread & more][live-eve: eve is live, Birds]");

  sc_fake_api_answer (self->api,
                      "GET /v1/channels/*",
                      200,
                      "{'channel':{'name':'tim','title':''}}");
  gtk_widget_activate_action (self->window, "win.open-channel", "s", "tim");
  assert_on_show ("tim");
  start (self, ANSWER (LIVE ("tim", "s4", "Tea") "," LIVE ("zoe", "s5", "Zen")));
  assert_shown (self,
                "[live-bob: bob is live, Bread & more][live-eve: eve is live, Birds]"
                "[live-zoe: zoe is live, Zen]");
  wait_seen (self, 5);
}

static gboolean
is_withdrawn (gpointer data)
{
  Fixture *self = data;
  return self->desktop.withdrawn->len >= strlen (self->text);
}

static void
assert_withdrawn (Fixture *self, const char *wanted)
{
  self->text = wanted;
  sc_test_wait_until (is_withdrawn, self);
  g_assert_cmpstr (self->desktop.withdrawn->str, ==, wanted);
}

/* What somebody was told does not stay for who is there next, nor after they cleared it. */
static void
test_withdrawn (Fixture *self, gconstpointer unused)
{
  start (self, ANSWER (LIVE ("ada", "s1", "Engines")));
  wait_seen (self, 1);
  start (self, ANSWER (LIVE ("bob", "s2", "Bread")));
  assert_shown (self, "[live-bob: bob is live, Bread]");
  sc_live_news_clear (sc_live_notifier_get_news (self->notifier));
  assert_withdrawn (self, "[live-bob]");
  start (self, ANSWER (LIVE ("eve", "s3", "Birds")));
  assert_shown (self, "[live-bob: bob is live, Bread][live-eve: eve is live, Birds]");
  g_autoptr (DexFuture) out = sc_session_sign_out (self->session);
  sc_test_wait (out);
  assert_withdrawn (self, "[live-bob][live-eve]");
}

/* Nobody is asked for who does not want to be told, or is not there. */
static void
test_not_wanted (Fixture *self, gconstpointer unused)
{
  start (self, ANSWER (""));
  guint before = sc_fake_api_count (self->api, LIVE_ROUTE);
  g_settings_set_boolean (self->settings, "notify-live", FALSE);
  sc_fake_api_answer_now (self->api, LIVE_ROUTE, 200, ANSWER (LIVE ("ada", "s1", "Engines")));
  g_assert_cmpuint (sc_fake_api_count (self->api, LIVE_ROUTE), ==, before);
  g_settings_set_boolean (self->settings, "notify-live", TRUE);
  wait_seen (self, 1);
  g_autoptr (DexFuture) out = sc_session_sign_out (self->session);
  sc_test_wait (out);
  g_assert_cmpuint (count_kept (sc_live_notifier_get_news (self->notifier)), ==, 0);
  g_assert_cmpstr (self->desktop.shown->str, ==, "");
}

static void
test_page (Fixture *self, gconstpointer unused)
{
  start (self, ANSWER (LIVE ("ada", "s1", "Engines")));
  wait_seen (self, 1);
  start (self,
         ANSWER (LIVE ("bob",
                       "s2",
                       "Bread & more of what a long title has to say, on and on") "," LIVE ("eve",
                                                                                            "s3",
                                                                                            "")));
  wait_seen (self, 3);
  ScLiveNews *news = sc_live_notifier_get_news (self->notifier);
  AdwNavigationView *pages = sc_on_show_get_navigation (GTK_WINDOW (self->window));
  GtkWidget *page = GTK_WIDGET (sc_news_page_new (news, self->session));
  adw_navigation_view_push (pages, ADW_NAVIGATION_PAGE (page));
  self->text = "bob";
  sc_test_wait_until (is_there, self);
  g_assert_true (is_unread (news, 0) && is_unread (news, 1));
  sct_take_pictures (self->window, "news");

  sc_fake_api_answer (self->api,
                      "GET /v1/channels/*",
                      200,
                      "{'channel':{'name':'bob','title':''}}");
  GtkWidget *row =
    gtk_widget_get_ancestor (sct_find (page, GTK_TYPE_LABEL, "bob"), ADW_TYPE_ACTION_ROW);
  gtk_widget_activate (row);
  assert_on_show ("bob");
  adw_navigation_view_pop (pages);
  gtk_widget_activate_action (page, "page.clear", NULL);
  self->text = "No Notifications";
  sc_test_wait_until (is_there, self);
  sct_take_pictures (self->window, "news-none");

  /* Whoever watches a channel when their session ends stays there, and does not come back here. */
  gtk_widget_activate_action (self->window, "win.open-channel", "s", "bob");
  g_autoptr (DexFuture) out = sc_session_sign_out (self->session);
  sc_test_wait (out);
  g_assert_nonnull (sct_find (self->window, SC_TYPE_CHANNEL_PAGE, NULL));
  adw_navigation_view_pop (pages);
  g_assert_null (sct_find (self->window, SC_TYPE_NEWS_PAGE, NULL));
}

static const GError *
request (Fixture *self, gboolean autostart, DexFuture **future)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (application));
  GError *error = NULL;
  *future = sc_background_request (bus, "To tell you", autostart);
  sc_test_wait (*future);
  (void) dex_future_get_value (*future, &error);
  return error;
}

static void
assert_asked (Fixture *self, const char *wanted)
{
  g_autofree char *asked = sct_desktop_dup_asked (&self->desktop);
  g_assert_cmpstr (asked, ==, wanted);
}

static void
test_background (Fixture *self, gconstpointer unused)
{
  for (guint i = 0; i < 2; i++) {
    sct_desktop_answer (&self->desktop, 0, i == 1);
    g_autoptr (DexFuture) yes = NULL, no = NULL;
    g_assert_no_error (request (self, TRUE, &yes));
    sct_desktop_answer (&self->desktop, 1, i == 1);
    g_autoptr (GError) error = (GError *) request (self, FALSE, &no);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  }
  assert_asked (self, "on off on off ");
}

static AdwSwitchRow *
add_group (Fixture *self)
{
  GtkWidget *group = g_object_new (SC_TYPE_NOTIFY_GROUP, NULL);
  sc_notify_group_set_settings (SC_NOTIFY_GROUP (group), self->settings);
  GtkWidget *page = adw_preferences_page_new ();
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  AdwDialog *dialog = adw_preferences_dialog_new ();
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (dialog), ADW_PREFERENCES_PAGE (page));
  adw_dialog_present (dialog, self->window);
  self->text = "Also When the Window Is Closed";
  sc_test_wait_until (is_there, self);
  GtkWidget *label = sct_find (self->window, GTK_TYPE_LABEL, self->text);
  return ADW_SWITCH_ROW (gtk_widget_get_ancestor (label, ADW_TYPE_SWITCH_ROW));
}

static gboolean
is_in_background (gpointer data)
{
  return g_settings_get_boolean (((Fixture *) data)->settings, "notify-in-background");
}

/* It is asked for when it is switched on; what is refused is said, and the switch goes back. */
static void
test_refused (Fixture *self, gconstpointer unused)
{
  sct_desktop_answer (&self->desktop, 2, FALSE);
  AdwSwitchRow *row = add_group (self);
  g_assert_false (adw_switch_row_get_active (row));
  assert_asked (self, "");
  adw_switch_row_set_active (row, TRUE);
  g_assert_false (is_in_background (self));
  self->text = "Your desktop did not allow this.";
  sc_test_wait_until (is_there, self);
  g_assert_false (is_in_background (self));
  g_assert_false (adw_switch_row_get_active (row));
  sct_take_pictures (self->window, "notify-refused");

  sct_desktop_answer (&self->desktop, 0, FALSE);
  adw_switch_row_set_active (row, TRUE);
  sc_test_wait_until (is_in_background, self);
  g_assert_true (adw_switch_row_get_active (row));
  sct_take_pictures (self->window, "notify-group");
  g_settings_set_boolean (self->settings, "notify-live", FALSE);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (row)));
  assert_asked (self, "on on ");
}

static void
test_nobody_to_ask (Fixture *self, gconstpointer unused)
{
  sct_desktop_forget_background (&self->desktop);
  AdwSwitchRow *row = add_group (self);
  adw_switch_row_set_active (row, TRUE);
  self->text = "Your desktop could not be asked";
  sc_test_wait_until (is_there, self);
  g_assert_false (adw_switch_row_get_active (row));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/live-news/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
  application = GTK_APPLICATION (adw_application_new (SC_APP_ID ".Test", G_APPLICATION_NON_UNIQUE));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_application_set_default (G_APPLICATION (application));
  g_test_add_func ("/live-news/once", test_once);
  g_test_add_func ("/live-news/followed-live", test_followed_live);
  g_test_add_func ("/live-news/away", test_away);
  g_test_add_func ("/live-news/on-show", test_on_show);
  g_test_add_func ("/live-news/resumes", test_resumes);
  g_test_add_func ("/live-news/person", test_person);
  g_test_add_func ("/live-news/kept", test_kept);
  ADD ("notifications", test_notifications);
  ADD ("withdrawn", test_withdrawn);
  ADD ("not-wanted", test_not_wanted);
  ADD ("page", test_page);
  ADD ("background", test_background);
  ADD ("refused", test_refused);
  ADD ("nobody-to-ask", test_nobody_to_ask);
  int status = g_test_run ();
  g_object_unref (application);
  return status;
}
