/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is beyond the first page of who is live and of recordings, on Home and on a channel's page,
 * over a server in this process. With STREAMCAT_PICTURES=DIR the pages are also painted at 1280 and
 * 360 pixels of width, light and dark.
 */

#include "config.h"

#include "sc-category-page.h"
#include "sc-client-fixture.h"
#include "sc-home-page.h"
#include "sc-recordings-section.h"
#include "sc-window.h"
#include "sct-window.h"

#define LIVE_ROUTE "GET /v1/channels?live=1"
#define ALL_ROUTE "GET /v1/recordings"
#define ADAS_ROUTE "GET /v1/channels/ada/recordings"

#define LIVE(name, title)                                                                          \
  "{'name':'" name "','title':'" title "','category':'Chess','live':true,'playback_url':null,"     \
  "'stream':{'id':'st-" name "','width':1280,'height':720,"                                        \
  "'started_at':'2026-01-01T00:00:00.000Z','ended_at':null}}"
#define RECORDING(number, title)                                                                   \
  "{'id':'r" number "','channel':'ada','title':'" title "',"                                       \
  "'started_at':'2026-01-0" number "T00:00:00.000Z','duration_ms':24000,"                          \
  "'playback_url':'http://127.0.0.1:9/m.m3u8','thumbnail_url':null,'width':320,'height':180}"
#define BUSY "{'error':{'code':'busy','message':'No','field':null}}"

typedef struct {
  ScFakeApi *api;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
  GtkWidget *root; /* where to look */
  GType type;
  const char *text;
} Fixture;

static void
answer (Fixture *self, const char *route, const char *member, const char *items, const char *older)
{
  g_autofree char *body =
    g_strdup_printf ("{'%s':[%s],'older':%s}", member, items, older ? older : "null");
  sc_fake_api_answer_now (self->api, route, 200, body);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->api = sc_fake_api_new ();
  self->settings = g_settings_new (SC_APP_ID);
  self->session = sc_test_session_new ();
  answer (self, LIVE_ROUTE, "channels", LIVE ("carl", "Endgames"), NULL);
  answer (self, "GET /v1/categories", "categories", "", NULL);
  answer (self, ALL_ROUTE, "recordings", RECORDING ("3", "Newest"), "'c1'");
  answer (self, ADAS_ROUTE, "recordings", RECORDING ("3", "Newest"), "'c1'");
  sc_fake_api_answer_now (self->api,
                          "GET /v1/channels/ada",
                          200,
                          "{'channel':{'name':'ada','title':'Engines','live':false,"
                          "'playback_url':null,'stream':null}}");
  sc_session_set_server (self->session, sc_fake_api_get_url (self->api));
  self->window = GTK_WIDGET (sc_window_new (NULL, self->settings, self->session));
  self->root = self->window;
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->settings);
  sc_fake_api_free (self->api);
}

static gboolean
is_there (gpointer data)
{
  Fixture *self = data;
  return sct_find (self->root, self->type, self->text) != NULL;
}

static GtkWidget *
wait_widget (Fixture *self, GType type)
{
  self->type = type;
  self->text = NULL;
  sc_test_wait_until (is_there, self);
  return sct_find (self->root, type, NULL);
}

static GtkWidget *
wait_label (Fixture *self, const char *text)
{
  self->type = GTK_TYPE_LABEL;
  self->text = text;
  sc_test_wait_until (is_there, self);
  return sct_find (self->root, GTK_TYPE_LABEL, text);
}

static gboolean
has_label (Fixture *self, const char *text)
{
  return sct_find (self->root, GTK_TYPE_LABEL, text) != NULL;
}

static void
click (GtkWidget *label)
{
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
}

/* Page by page; what is there stays where the next does not come. */
static void
assert_recordings (Fixture *self, const char *second)
{
  self->root = wait_widget (self, SC_TYPE_RECORDINGS_SECTION);
  sc_fake_api_answer_now (self->api, second, 503, BUSY);
  wait_label (self, "Newest");
  click (wait_label (self, "Show More"));
  wait_label (self, "Try again");
  g_assert_true (has_label (self, "Newest"));
  answer (self, second, "recordings", RECORDING ("1", "Oldest"), NULL);
  click (wait_label (self, "Show More"));
  wait_label (self, "Oldest");
  g_assert_false (has_label (self, "Show More"));
  g_assert_false (has_label (self, "Try again"));
}

static void
test_recordings (Fixture *self, gconstpointer data)
{
  GtkWidget *home = wait_widget (self, SC_TYPE_HOME_PAGE);
  wait_label (self, "Newest");
  sct_take_pictures (self->window, "home-more-recordings");
  assert_recordings (self, ALL_ROUTE "?before=c1");

  /* What is asked for quietly does not take it away. */
  answer (self, ALL_ROUTE, "recordings", RECORDING ("3", "Renamed"), "'c1'");
  gtk_widget_activate_action (home, "page.reload", NULL);
  wait_label (self, "Renamed");
  g_assert_true (has_label (self, "Oldest"));
  g_assert_false (has_label (self, "Show More"));
}

static void
test_of_channel (Fixture *self, gconstpointer data)
{
  wait_label (self, "Newest");
  sc_window_open_channel (SC_WINDOW (self->window), "ada");
  wait_label (self, "Has not been live yet.");
  assert_recordings (self, ADAS_ROUTE "?before=c1");
}

/* Home has the first page of who is live; the others are on a page of their own. */
static void
test_live (Fixture *self, gconstpointer data)
{
  answer (self, ALL_ROUTE, "recordings", "", NULL);
  GtkWidget *home = wait_widget (self, SC_TYPE_HOME_PAGE);
  gtk_widget_activate_action (home, "page.reload", NULL);
  wait_label (self, "Endgames");
  answer (self, LIVE_ROUTE, "channels", LIVE ("carl", "Endgames"), "'c2'");
  answer (self, LIVE_ROUTE "&before=c2", "channels", LIVE ("dora", "Long games"), NULL);
  gtk_widget_activate_action (home, "page.reload", NULL);
  GtkWidget *more = wait_label (self, "Show More");
  sct_take_pictures (self->window, "home-more-live");
  click (more);
  self->root = wait_widget (self, SC_TYPE_CATEGORY_PAGE);
  wait_label (self, "Endgames");
  click (wait_label (self, "Show More"));
  wait_label (self, "Long games");
  g_assert_true (has_label (self, "Endgames"));
  g_assert_false (has_label (self, "Show More"));
  sct_take_pictures (self->window, "all-live");

  answer (self, LIVE_ROUTE, "channels", "", NULL);
  gtk_widget_activate_action (self->root, "page.reload", NULL);
  wait_label (self, "Nobody Is Live");
  g_assert_false (has_label (self, "There is no stream of this category now."));
}

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  g_test_add ("/app/show-more/recordings", Fixture, NULL, set_up, test_recordings, tear_down);
  g_test_add ("/app/show-more/of-channel", Fixture, NULL, set_up, test_of_channel, tear_down);
  g_test_add ("/app/show-more/live", Fixture, NULL, set_up, test_live, tear_down);
  return g_test_run ();
}
