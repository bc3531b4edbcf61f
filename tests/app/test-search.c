/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Searching on Home and looking at a category, over a server in this process. With
 * STREAMCAT_PICTURES=DIR each state is also painted, wide and light, narrow and dark.
 */

#include "config.h"

#include "sc-category-box.h"
#include "sc-category-page.h"
#include "sc-channel-card.h"
#include "sc-client-fixture.h"
#include "sc-home-page.h"
#include "sc-search-view.h"
#include "sc-search.h"
#include "sc-window.h"
#include "sct-window.h"

/* Without a compositor a window has a frame of 5 pixels on each side. */
#define FRAME 10

#define LIVE(name, title)                                                                          \
  "{'name':'" name "','title':'" title "','category':'Chess','live':true,'playback_url':null,"     \
  "'stream':{'id':'st-" name "','width':1280,'height':720,"                                        \
  "'started_at':'2026-01-01T00:00:00.000Z','ended_at':null}}"
#define OFF "{'name':'adamant','title':'Stones','live':false,'playback_url':null,'stream':null}"
#define CATEGORY(name, live) "{'name':'" name "','live':" live ",'viewers':3}"
#define FOUND(channels, live, categories)                                                          \
  "{'channels':[" channels "],'live':[" live "],'categories':[" categories "]}"
#define PAGE "GET /v1/channels?live=1&category=Chess"

typedef struct {
  ScFakeApi *api;
  ScClient *client;
  ScSearch *search;
} ModelFixture;

static const char *waited_words;
static ScSearchState waited_state;
static const char *waited_route;

static gboolean
has_found (gpointer search)
{
  return g_strcmp0 (sc_search_get_found_words (search), waited_words) == 0;
}

static gboolean
is_in_state (gpointer search)
{
  return sc_search_get_state (search) == waited_state;
}

static gboolean
is_asked (gpointer api)
{
  return sc_fake_api_count (api, waited_route) > 0;
}

static void
wait_found (ModelFixture *fixture, const char *words)
{
  waited_words = words;
  sc_test_wait_until (has_found, fixture->search);
}

static void
wait_state (ModelFixture *fixture, ScSearchState state)
{
  waited_state = state;
  sc_test_wait_until (is_in_state, fixture->search);
}

static void
wait_asked (ModelFixture *fixture, const char *route)
{
  waited_route = route;
  sc_test_wait_until (is_asked, fixture->api);
}

static void
set_up_model (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ScHttp) http = sc_http_new (5);
  fixture->api = sc_fake_api_new ();
  fixture->client = sc_client_new (http);
  sc_client_set_server (fixture->client, sc_fake_api_get_url (fixture->api));
  fixture->search = sc_search_new (fixture->client);
  sc_fake_api_answer (fixture->api, "GET /v1/search?q=a", 200, FOUND (OFF, "", ""));
  sc_fake_api_answer (fixture->api, "GET /v1/search?q=ab", 200, FOUND ("", "", ""));
  sc_fake_api_answer (fixture->api,
                      "GET /v1/search?q=abc",
                      200,
                      FOUND ("", LIVE ("bob", "A"), CATEGORY ("Chess", "1")));
}

static void
tear_down_model (ModelFixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->search);
  g_object_unref (fixture->client);
  sc_fake_api_free (fixture->api);
}

/* While one question is on its way, only the last of what is typed waits. */
static void
test_typing (ModelFixture *fixture, gconstpointer data)
{
  ScSearch *search = fixture->search;
  g_assert_cmpint (sc_search_get_state (search), ==, SC_SEARCH_IDLE);
  sc_search_set_words (search, " a ");
  g_assert_cmpint (sc_search_get_state (search), ==, SC_SEARCH_LOADING);
  wait_asked (fixture, "GET /v1/search?q=a");
  sc_search_set_words (search, "ab");
  sc_search_set_words (search, "abc");
  wait_found (fixture, "abc");
  g_assert_cmpint (sc_search_get_state (search), ==, SC_SEARCH_FOUND);
  g_assert_cmpuint (sc_search_count (search), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (sc_search_get_channels (search)), ==, 0);
  g_assert_cmpuint (sc_fake_api_count (fixture->api, "GET /v1/search?q=a"), ==, 1);
  g_assert_cmpuint (sc_fake_api_count (fixture->api, "GET /v1/search?q=ab"), ==, 0);
  sc_search_set_words (search, "ab");
  wait_state (fixture, SC_SEARCH_NOTHING);
}

/* What was asked before the words were cleared says nothing any more. */
static void
test_cleared (ModelFixture *fixture, gconstpointer data)
{
  ScSearch *search = fixture->search;
  sc_search_set_words (search, "a");
  wait_asked (fixture, "GET /v1/search?q=a");
  sc_search_set_words (search, "  ");
  g_assert_cmpint (sc_search_get_state (search), ==, SC_SEARCH_IDLE);
  sc_search_set_words (search, "abc");
  wait_state (fixture, SC_SEARCH_FOUND);
  g_assert_cmpstr (sc_search_get_found_words (search), ==, "abc");
  g_assert_cmpuint (sc_search_count (search), ==, 2);
}

static void
test_failed (ModelFixture *fixture, gconstpointer data)
{
  ScSearch *search = fixture->search;
  sc_fake_api_answer (fixture->api, "GET /v1/search?q=x", 502, "");
  sc_search_set_words (search, "x");
  wait_state (fixture, SC_SEARCH_FAILED);
  g_assert_nonnull (sc_search_get_error (search));
  sc_fake_api_answer_now (fixture->api, "GET /v1/search?q=x", 200, FOUND (OFF, "", ""));
  sc_search_retry (search);
  wait_state (fixture, SC_SEARCH_FOUND);
  g_autofree char *longer = g_strnfill (300, 'y');
  g_autofree char *longest = g_strnfill (100, 'y');
  g_autofree char *route = g_strconcat ("GET /v1/search?q=", longest, NULL);
  sc_fake_api_answer (fixture->api, route, 200, FOUND ("", "", ""));
  sc_search_set_words (search, longer);
  wait_state (fixture, SC_SEARCH_NOTHING);
}

typedef struct {
  ScFakeApi *api;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
  GType type;
  const char *text;
} Fixture;

static void
answer_all (ScFakeApi *api)
{
  sc_fake_api_answer (api,
                      "GET /v1/channels?live=1",
                      200,
                      "{'channels':[" LIVE ("ada", "Endgames") "],'older':null}");
  sc_fake_api_answer (api, "GET /v1/recordings", 200, "{'recordings':[]}");
  sc_fake_api_answer (api,
                      "GET /v1/categories",
                      200,
                      "{'categories':[" CATEGORY ("Chess", "12") "," CATEGORY (
                        "A kind of thing with a name as long as it may be and more so",
                        "1") "," CATEGORY ("Music", "2") "],'older':null}");
  sc_fake_api_answer (api,
                      "GET /v1/search?q=ada",
                      200,
                      FOUND (LIVE ("ada", "Endgames") "," OFF,
                             LIVE ("bob", "Ada plays in a title that is as long as they are"),
                             CATEGORY ("Adagio", "1") "," CATEGORY ("Chess", "12")));
  sc_fake_api_answer (api, "GET /v1/search?q=%3Cb", 200, FOUND ("", "", ""));
  sc_fake_api_answer (api, "GET /v1/search?q=x", 502, "");
  sc_fake_api_answer (api,
                      PAGE,
                      200,
                      "{'channels':[" LIVE ("ada",
                                            "Endgames") "," LIVE ("bob",
                                                                  "Openings") "],"
                                                                              "'older':'c1'}");
  sc_fake_api_answer (api,
                      PAGE "&before=c1",
                      200,
                      "{'channels':[" LIVE ("carl", "Middle games") "],'older':null}");
  sc_fake_api_answer (api,
                      "GET /v1/channels?live=1&category=Adagio",
                      200,
                      "{'channels':[],'older':null}");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->api = sc_fake_api_new ();
  fixture->settings = g_settings_new (SC_APP_ID);
  fixture->session = sc_test_session_new ();
  answer_all (fixture->api);
  sc_session_set_server (fixture->session, sc_fake_api_get_url (fixture->api));
  fixture->window = GTK_WIDGET (sc_window_new (NULL, fixture->settings, fixture->session));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280 + FRAME, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->settings);
  sc_fake_api_free (fixture->api);
}

static gboolean
is_there (gpointer data)
{
  Fixture *fixture = data;
  return sct_find (fixture->window, fixture->type, fixture->text) != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return !is_there (data);
}

static GtkWidget *
wait_widget (Fixture *fixture, GType type, const char *text)
{
  fixture->type = type;
  fixture->text = text;
  sc_test_wait_until (is_there, fixture);
  return sct_find (fixture->window, type, text);
}

static GtkWidget *
wait_label (Fixture *fixture, const char *text)
{
  return wait_widget (fixture, GTK_TYPE_LABEL, text);
}

static void
type_words (Fixture *fixture, const char *text)
{
  GtkWidget *home = wait_widget (fixture, SC_TYPE_HOME_PAGE, NULL);
  gtk_widget_activate_action (home, "page.search", NULL);
  gtk_editable_set_text (GTK_EDITABLE (wait_widget (fixture, GTK_TYPE_SEARCH_ENTRY, NULL)), text);
}

static void
click (GtkWidget *label)
{
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
}

static gboolean
has_focus_in (Fixture *fixture, GType type)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  return focus && gtk_widget_get_ancestor (focus, type);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  wait_label (fixture, "Endgames");
  type_words (fixture, "ada");
  g_assert_true (has_focus_in (fixture, GTK_TYPE_SEARCH_ENTRY));
  wait_label (fixture, "Ada plays");
  wait_label (fixture, "Stones");
  wait_label (fixture, "Has not been live yet.");
  wait_label (fixture, "Adagio");
  sct_take_pictures (fixture->window, "search-found");

  /* Return leads to the first result. */
  GtkWidget *entry = sct_find (fixture->window, GTK_TYPE_SEARCH_ENTRY, NULL);
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (has_focus_in (fixture, SC_TYPE_CHANNEL_CARD));

  type_words (fixture, "<b");
  wait_label (fixture, "No channel, live stream or category is like “<b”.");
  sct_take_pictures (fixture->window, "search-nothing");
  type_words (fixture, "x");
  wait_label (fixture, "Cannot Reach the Server");
  sct_take_pictures (fixture->window, "search-error");
  sc_fake_api_answer_now (fixture->api, "GET /v1/search?q=x", 200, FOUND (OFF, "", ""));
  click (wait_label (fixture, "Retry"));
  wait_label (fixture, "Stones");

  g_signal_emit_by_name (entry, "stop-search");
  wait_label (fixture, "Endgames");
  g_assert_null (sct_find (fixture->window, SC_TYPE_SEARCH_VIEW, NULL));
}

static void
test_category (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = wait_widget (fixture, SC_TYPE_CATEGORY_BOX, NULL);
  wait_label (fixture, "12 live channels");
  sct_take_pictures (fixture->window, "home-categories");
  click (sct_find (box, GTK_TYPE_LABEL, "Chess"));
  wait_widget (fixture, SC_TYPE_CATEGORY_PAGE, NULL);
  wait_label (fixture, "Openings");
  sct_take_pictures (fixture->window, "category");
  click (wait_label (fixture, "Show More"));
  wait_label (fixture, "Middle games");
  g_assert_null (sct_find (fixture->window, GTK_TYPE_LABEL, "Show More"));

  gtk_widget_activate_action (fixture->window, "win.home", NULL);
  type_words (fixture, "ada");
  click (wait_label (fixture, "Adagio"));
  wait_label (fixture, "There is no stream of this category now.");
  sct_take_pictures (fixture->window, "category-empty");
}

/* A page that is come back to says who is live now. */
static void
test_category_again (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = wait_widget (fixture, SC_TYPE_CATEGORY_BOX, NULL);
  wait_label (fixture, "12 live channels");
  click (sct_find (box, GTK_TYPE_LABEL, "Chess"));
  wait_label (fixture, "Openings");
  gtk_widget_activate_action (fixture->window, "win.sign-in", NULL);
  wait_label (fixture, "Welcome back.");
  sc_fake_api_answer_now (fixture->api,
                          PAGE,
                          200,
                          "{'channels':[" LIVE ("bob", "Openings of today") "],'older':null}");
  GtkWidget *page = sct_find (fixture->window, ADW_TYPE_NAVIGATION_PAGE, NULL);
  gtk_widget_activate_action (page, "navigation.pop", NULL);
  wait_label (fixture, "Openings of today");
  fixture->type = GTK_TYPE_LABEL;
  fixture->text = "Endgames";
  sc_test_wait_until (is_gone, fixture);
}

/* By itself the box asks every fifteen seconds. */
#define AT_ONCE_SECONDS 10

/* Whoever asks for all of the page anew means the categories, too. */
static void
test_categories_reloaded (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = wait_widget (fixture, SC_TYPE_CATEGORY_BOX, NULL);
  wait_label (fixture, "12 live channels");
  sc_fake_api_answer_now (fixture->api,
                          "GET /v1/categories",
                          200,
                          "{'categories':[" CATEGORY ("Chess", "13") "],'older':null}");
  gint64 start = g_get_monotonic_time ();
  gtk_widget_activate_action (box, "page.reload", NULL);
  wait_label (fixture, "13 live channels");
  g_assert_cmpint (g_get_monotonic_time () - start, <, AT_ONCE_SECONDS * G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
#define ADD_MODEL(name, test)                                                                      \
  g_test_add (name, ModelFixture, NULL, set_up_model, test, tear_down_model)
  ADD_MODEL ("/app/search/typing", test_typing);
  ADD_MODEL ("/app/search/cleared", test_cleared);
  ADD_MODEL ("/app/search/failed", test_failed);
  g_test_add ("/app/search/window", Fixture, NULL, set_up, test_search, tear_down);
  g_test_add ("/app/search/category", Fixture, NULL, set_up, test_category, tear_down);
  g_test_add ("/app/search/category-again", Fixture, NULL, set_up, test_category_again, tear_down);
  g_test_add ("/app/search/categories-reloaded",
              Fixture,
              NULL,
              set_up,
              test_categories_reloaded,
              tear_down);
  return g_test_run ();
}
