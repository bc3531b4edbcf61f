/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Following channels, on a real window over a server in this process: the button on a channel's
 * page, the menu of a card and of a row, the channels first on Home, and the page of all. With
 * STREAMCAT_PICTURES=DIR each is also painted, wide and narrow, light and dark. */

#include "config.h"

#include "sc-bell-button.h"
#include "sc-channel-card.h"
#include "sc-channel-page.h"
#include "sc-client-fixture.h"
#include "sc-follow-button.h"
#include "sc-follow-words.h"
#include "sc-following-page.h"
#include "sc-home-page.h"
#include "sc-player-library.h"
#include "sc-window.h"
#include "sct-window.h"

#include <string.h>

#define FOLLOW "/v1/channels/ada/follow"
#define FIRST_OF_HOME "GET /v1/me/follows?limit=100"
#define FIRST "GET /v1/me/follows?limit=50"
#define SECOND "GET /v1/me/follows?before=rest_1_bob&limit=50"

#define SIGNED_IN(name)                                                                            \
  "{'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z','user':{'name':'" name "'}}"
#define ANSWER(following, followers)                                                               \
  "{'follow':{'following':" following ",'followers':" followers "}}"
#define CHANNEL(name, title, rest) "{'name':'" name "','title':'" title "'" rest "}"
#define LIVE                                                                                       \
  ",'stream':{'id':'st-1','started_at':'2026-01-01T00:00:00.000Z','ended_at':null,"                \
  "'width':1280,'height':720,'frame_rate':30}"
#define ADA CHANNEL ("ada", "Engines & looms", LIVE)
#define BOB CHANNEL ("bob", "Bread", "")
#define EVE CHANNEL ("eve", "Listening", "")
#define BROKEN "{'error':{'code':'internal','message':'It broke.'}}"

typedef struct {
  ScFakeApi *api;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
  GType type;
  const char *text;
} Fixture;

static gboolean
is_there (gpointer data)
{
  Fixture *self = data;
  return sct_find (self->window, self->type, self->text) != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return !is_there (data);
}

static GtkWidget *
wait_for (Fixture *self, GType type, const char *text)
{
  self->type = type;
  self->text = text;
  sc_test_wait_until (is_there, self);
  return sct_find (self->window, type, text);
}

static void
wait_gone (Fixture *self, GType type, const char *text)
{
  self->type = type;
  self->text = text;
  sc_test_wait_until (is_gone, self);
}

typedef struct {
  Fixture *self;
  const char *route;
  guint wanted;
} Count;

static gboolean
has_count (gpointer data)
{
  Count *count = data;
  return sc_fake_api_count (count->self->api, count->route) >= count->wanted;
}

static void
wait_count (Fixture *self, const char *route, guint wanted)
{
  Count count = { self, route, wanted };
  sc_test_wait_until (has_count, &count);
}

static void
sign_in (Fixture *self, const char *answer)
{
  sc_fake_api_answer_now (self->api, "POST /v1/sessions", 201, answer);
  g_autoptr (DexFuture) future = sc_session_sign_in (self->session, "mia", "password");
  sc_test_wait (future);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->api = sc_fake_api_new ();
  self->settings = g_settings_new (SC_APP_ID);
  self->session = sc_test_session_new ();
  sc_fake_api_answer (self->api, "GET /v1/channels?live=1", 200, "{'channels':[" ADA "]}");
  sc_fake_api_answer (self->api, "GET /v1/recordings", 200, "{'recordings':[]}");
  sc_fake_api_answer (self->api, "GET /v1/channels/*", 200, "{'channel':" BOB "}");
  sc_fake_api_answer (self->api, "GET /v1/channels/ada/recordings", 200, "{'recordings':[]}");
  sc_fake_api_answer (self->api, "GET " FOLLOW, 200, ANSWER ("false", "12"));
  sc_fake_api_answer (self->api, "PUT " FOLLOW, 204, "");
  sc_fake_api_answer (self->api, "DELETE " FOLLOW, 204, "");
  sc_fake_api_answer (self->api, "DELETE /v1/session", 204, "");
  sc_fake_api_answer (self->api,
                      FIRST_OF_HOME,
                      200,
                      "{'channels':[" ADA "," BOB "," EVE "],'older':null}");
  sc_fake_api_answer (self->api, FIRST, 200, "{'channels':[" ADA "," BOB "],'older':'rest_1_bob'}");
  sc_session_set_server (self->session, sc_fake_api_get_url (self->api));
  self->window = GTK_WIDGET (sc_window_new (NULL, self->settings, self->session));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1290, 800);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->settings);
  sc_fake_api_free (self->api);
}

static GtkToggleButton *
find_button (Fixture *self)
{
  GtkWidget *button = sct_find (self->window, SC_TYPE_FOLLOW_BUTTON, NULL);
  return button ? GTK_TOGGLE_BUTTON (sct_find (button, GTK_TYPE_TOGGLE_BUTTON, NULL)) : NULL;
}

static GtkToggleButton *
open_ada (Fixture *self)
{
  gtk_widget_activate_action (self->window, "win.open-channel", "s", "ada");
  wait_for (self, SC_TYPE_FOLLOW_BUTTON, NULL);
  return find_button (self);
}

static void
click (GtkToggleButton *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static void
assert_shown (Fixture *self, gboolean following, const char *followers)
{
  GtkToggleButton *button = find_button (self);
  const char *hint = gtk_widget_get_tooltip_text (GTK_WIDGET (button));
  g_assert_cmpint (gtk_toggle_button_get_active (button), ==, following);
  g_assert_nonnull (strstr (hint, followers));
  g_assert_nonnull (strstr (hint, following ? "Stop Following" : "Follow This"));
}

static void
test_words (void)
{
  g_autofree char *unknown = sc_follow_hint (FALSE, -1);
  g_autofree char *one = sc_follow_hint (TRUE, 1);
  g_autofree char *none = sc_follow_hint (FALSE, 0);
  g_autofree char *no_count = sc_follow_count (0), *count = sc_follow_count (12);
  g_assert_cmpstr (unknown, ==, "Follow This Channel");
  g_assert_cmpstr (one, ==, "Stop Following This Channel\n1 follower");
  g_assert_cmpstr (none, ==, "Follow This Channel\n0 followers");
  g_assert_cmpstr (no_count, ==, "");
  g_assert_cmpstr (count, ==, "12");
}

/* It shows at once; what the server does not take is taken back, and said. */
static void
test_button (Fixture *self, gconstpointer unused)
{
  sign_in (self, SIGNED_IN ("mia"));
  GtkToggleButton *button = open_ada (self);
  wait_for (self, GTK_TYPE_TOGGLE_BUTTON, "12 followers");
  assert_shown (self, FALSE, "12 followers");
  sct_take_pictures (self->window, "follow");
  sc_fake_api_answer_now (self->api, "GET " FOLLOW, 200, ANSWER ("true", "13"));
  click (button);
  assert_shown (self, TRUE, "13 followers");
  wait_count (self, "PUT " FOLLOW, 1);
  sct_take_pictures (self->window, "follow-on");

  sc_fake_api_answer_now (self->api, "DELETE " FOLLOW, 500, BROKEN);
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_NAVIGATION_PAGE);
  g_assert_true (sct_press_shortcut (page, GDK_KEY_d));
  assert_shown (self, FALSE, "12 followers");
  wait_count (self, "DELETE " FOLLOW, 1);
  wait_for (self, GTK_TYPE_LABEL, "You still follow this channel.");
  assert_shown (self, TRUE, "13 followers");
  g_assert_cmpuint (sc_fake_api_count (self->api, "DELETE " FOLLOW), ==, 1);
}

/* What the server says from now on: a button that comes on screen again asks it again. */
static void
answer_follow (Fixture *self, const char *following)
{
  g_autofree char *body = g_strdup_printf ("{'follow':{'followers':13,'following':%s}}", following);
  sc_fake_api_answer_now (self->api, "GET " FOLLOW, 200, body);
}

/* As by going narrow and wide again. */
static void
come_on_screen_again (GtkWidget *widget)
{
  gtk_widget_set_visible (widget, FALSE);
  gtk_widget_set_visible (widget, TRUE);
}

static gboolean
has_recordings (gpointer menu)
{
  return sct_find (menu, GTK_TYPE_LABEL, "Recordings") != NULL;
}

static gboolean
has_answer (gpointer data)
{
  Fixture *self = data;
  AdwDialog *dialog =
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  return sct_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, "There are none yet") != NULL;
}

/* Where the bar has no room beside the bell, the menu has what stands in it otherwise. */
static void
check_narrow (Fixture *self)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autofree char *layout = NULL;
  g_object_get (settings, "gtk-decoration-layout", &layout, NULL);
  sct_check_large (self->window);
  g_object_set (settings, "gtk-decoration-layout", "icon:minimize,maximize,close", NULL);
  sct_check_narrow (self->window);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 720);
  GtkWidget *menu = wait_for (self, GTK_TYPE_MENU_BUTTON, "More");
  sct_wait_frames (self->window, 2);
  g_assert_null (sct_find (self->window, GTK_TYPE_BUTTON, "Recordings"));
  gtk_menu_button_popup (GTK_MENU_BUTTON (menu));
  sc_test_wait_until (has_recordings, menu);
  GtkWidget *item = sct_find (menu, GTK_TYPE_LABEL, "Recordings");
  g_assert_true (gtk_widget_activate (gtk_widget_get_parent (item)));
  wait_for (self, GTK_TYPE_LABEL, "Recordings of ada");
  sc_test_wait_until (has_answer, self);
  adw_dialog_force_close (
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)));
  sct_wait_frames (self->window, 2);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  wait_for (self, GTK_TYPE_BUTTON, "Recordings");
  g_object_set (settings, "gtk-decoration-layout", layout, NULL);
  sct_wait_frames (self->window, 2); /* else what is shown while that changes is never drawn */
}

/* Beside a channel that one follows there is a bell; what the server does not take is taken back,
 * whatever is asked for meanwhile. */
static void
test_bell (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer (self->api, "PATCH " FOLLOW, 204, "");
  sign_in (self, SIGNED_IN ("mia"));
  GtkToggleButton *button = open_ada (self);
  wait_for (self, GTK_TYPE_TOGGLE_BUTTON, "12 followers");
  g_assert_null (sct_find (self->window, SC_TYPE_BELL_BUTTON, NULL));
  answer_follow (self, "true,'notify':true");
  click (button);
  GtkWidget *bell = wait_for (self, GTK_TYPE_TOGGLE_BUTTON, "Stop Telling Me");
  answer_follow (self, "true,'notify':false");
  click (GTK_TOGGLE_BUTTON (bell));
  g_assert_true (gtk_widget_is_sensitive (bell));
  wait_for (self, GTK_TYPE_TOGGLE_BUTTON, "Tell Me When");
  wait_count (self, "PATCH " FOLLOW, 1);
  g_assert_cmpstr (sc_fake_api_get_body (self->api, "PATCH " FOLLOW), ==, "{\"notify\":false}");
  sct_take_pictures (self->window, "follow-bell");
  check_narrow (self);

  sc_fake_api_answer_now (self->api, "PATCH " FOLLOW, 500, BROKEN);
  click (GTK_TOGGLE_BUTTON (bell));
  come_on_screen_again (gtk_widget_get_ancestor (bell, SC_TYPE_FOLLOW_BUTTON));
  wait_for (self, GTK_TYPE_LABEL, "You are not told yet when this channel goes live.");
  wait_for (self, GTK_TYPE_TOGGLE_BUTTON, "Tell Me When");
  answer_follow (self, "false,'notify':false");
  click (button);
  wait_gone (self, SC_TYPE_BELL_BUTTON, NULL);
}

/* Whoever changes their mind is heard in the end, and nothing is asked for in vain. */
static void
test_change_of_mind (Fixture *self, gconstpointer unused)
{
  sign_in (self, SIGNED_IN ("mia"));
  GtkToggleButton *button = open_ada (self);
  wait_for (self, GTK_TYPE_TOGGLE_BUTTON, "12 followers");
  for (guint i = 0; i < 5; i++)
    click (button);
  wait_count (self, "PUT " FOLLOW, 1);
  assert_shown (self, TRUE, "13 followers");
  click (button);
  wait_count (self, "DELETE " FOLLOW, 1);
  assert_shown (self, FALSE, "12 followers");
  g_assert_cmpuint (sc_fake_api_count (self->api, "PUT " FOLLOW), ==, 1);
}

static void
test_signed_out (Fixture *self, gconstpointer unused)
{
  GtkToggleButton *button = open_ada (self);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (button)));
  click (button);
  wait_for (self, GTK_TYPE_LABEL, "Welcome back.");
  g_assert_false (gtk_toggle_button_get_active (button));
  g_assert_cmpuint (sc_fake_api_count (self->api, "PUT " FOLLOW), ==, 0);
  sc_fake_api_answer_now (self->api, "GET " FOLLOW, 200, ANSWER ("true", "1"));
  sign_in (self, SIGNED_IN ("mia"));
  wait_for (self, GTK_TYPE_TOGGLE_BUTTON, "1 follower");
  assert_shown (self, TRUE, "1 follower");
}

/* A sign-in that was left was for My Channel; the next one is for what is on screen. */
static void
test_another_wish (Fixture *self, gconstpointer unused)
{
  gtk_widget_activate_action (self->window, "win.my-channel", NULL);
  GtkWidget *page = gtk_widget_get_ancestor (wait_for (self, GTK_TYPE_LABEL, "Welcome back."),
                                             ADW_TYPE_NAVIGATION_PAGE);
  gtk_widget_activate_action (page, "navigation.pop", NULL);
  wait_gone (self, GTK_TYPE_LABEL, "Welcome back.");
  click (open_ada (self));
  wait_for (self, GTK_TYPE_LABEL, "Welcome back.");
  sc_fake_api_answer_now (self->api, "GET " FOLLOW, 200, ANSWER ("true", "1"));
  sign_in (self, SIGNED_IN ("mia"));
  wait_for (self, GTK_TYPE_TOGGLE_BUTTON, "1 follower");
}

static void
test_own_channel (Fixture *self, gconstpointer unused)
{
  sign_in (self, SIGNED_IN ("Ada"));
  gtk_widget_activate_action (self->window, "win.open-channel", "s", "ada");
  wait_for (self, GTK_TYPE_LABEL, "Is Offline");
  g_assert_null (find_button (self));
  g_assert_cmpuint (sc_fake_api_count (self->api, "GET " FOLLOW), ==, 0);
}

static const char *
get_first_name (Fixture *self)
{
  g_autoptr (ScChannel) channel = NULL;
  GtkWidget *card = sct_find (self->window, SC_TYPE_CHANNEL_CARD, NULL);
  g_object_get (card, "channel", &channel, NULL);
  return g_intern_string (sc_channel_get_name (channel));
}

/* Nobody's without somebody; then first of all, live before others. */
static void
test_home (Fixture *self, gconstpointer unused)
{
  wait_for (self, SC_TYPE_CHANNEL_CARD, NULL);
  g_assert_null (sct_find (self->window, GTK_TYPE_LABEL, "Following"));
  sign_in (self, SIGNED_IN ("mia"));
  wait_for (self, GTK_TYPE_LABEL, "Following");
  wait_for (self, GTK_TYPE_LABEL, "Has not been live yet.");
  g_assert_cmpstr (get_first_name (self), ==, "ada");
  sct_take_pictures (self->window, "home-following");

  g_autoptr (DexFuture) out = sc_session_sign_out (self->session);
  sc_test_wait (out);
  wait_gone (self, GTK_TYPE_LABEL, "Following");
}

/* What did not come is asked for again; what is there stays. */
static void
test_home_fails (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer_now (self->api, FIRST_OF_HOME, 500, BROKEN);
  sign_in (self, SIGNED_IN ("mia"));
  GtkWidget *retry = wait_for (self, GTK_TYPE_LABEL, "Retry");
  sct_take_pictures (self->window, "home-following-fails");
  sc_fake_api_answer_now (self->api, FIRST_OF_HOME, 200, "{'channels':[" BOB "],'older':null}");
  g_signal_emit_by_name (gtk_widget_get_ancestor (retry, GTK_TYPE_BUTTON), "clicked");
  wait_for (self, GTK_TYPE_LABEL, "Has not been live yet.");
  g_assert_null (sct_find (self->window, GTK_TYPE_LABEL, "Retry"));
  sc_fake_api_answer_now (self->api, FIRST_OF_HOME, 500, BROKEN);
  guint asked = sc_fake_api_count (self->api, FIRST_OF_HOME);
  GtkWidget *home = gtk_widget_get_ancestor (sct_find (self->window, SC_TYPE_CHANNEL_CARD, NULL),
                                             ADW_TYPE_NAVIGATION_PAGE);
  gtk_widget_activate_action (home, "page.reload", NULL);
  wait_count (self, FIRST_OF_HOME, asked + 1);
  g_assert_cmpstr (get_first_name (self), ==, "bob");
}

static GtkWidget *
open_all (Fixture *self)
{
  sign_in (self, SIGNED_IN ("mia"));
  GtkWidget *all = wait_for (self, GTK_TYPE_BUTTON, "All Channels That You Follow");
  g_signal_emit_by_name (all, "clicked");
  return wait_for (self, SC_TYPE_FOLLOWING_PAGE, NULL);
}

/* Page by page; what is there stays where the next does not come, and rows stay the same. */
static void
test_page (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer (self->api, SECOND, 500, BROKEN);
  GtkWidget *page = open_all (self);
  wait_for (self, GTK_TYPE_LABEL, "Engines & looms");
  GtkWidget *ada = gtk_widget_get_ancestor (sct_find (page, GTK_TYPE_LABEL, "Engines & looms"),
                                            ADW_TYPE_ACTION_ROW);
  g_assert_nonnull (sct_find (ada, GTK_TYPE_LABEL, "LIVE"));
  GtkWidget *more =
    gtk_widget_get_ancestor (wait_for (self, GTK_TYPE_LABEL, "Show More"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (more, "clicked");
  wait_count (self, SECOND, 1);
  wait_for (self, GTK_TYPE_LABEL, "Try again");
  g_assert_nonnull (sct_find (page, GTK_TYPE_LABEL, "Engines & looms"));

  sc_fake_api_answer_now (self->api, SECOND, 200, "{'channels':[" BOB "," EVE "],'older':null}");
  g_signal_emit_by_name (more, "clicked");
  wait_for (self, GTK_TYPE_LABEL, "eve");
  sct_take_pictures (self->window, "following");
  sc_fake_api_answer_now (self->api,
                          FIRST,
                          200,
                          "{'channels':[" BOB "," CHANNEL ("ada", "Rest", "") "],'older':null}");
  gtk_widget_activate_action (page, "page.reload", NULL);
  wait_gone (self, GTK_TYPE_LABEL, "LIVE");
  wait_gone (self, GTK_TYPE_LABEL, "eve");
  g_autoptr (DexFuture) out = sc_session_sign_out (self->session);
  sc_test_wait (out);
  wait_gone (self, SC_TYPE_FOLLOWING_PAGE, NULL);
}

static void
test_row_opens (Fixture *self, gconstpointer unused)
{
  GtkWidget *page = open_all (self);
  wait_for (self, GTK_TYPE_LABEL, "Engines & looms");
  GtkWidget *ada = gtk_widget_get_ancestor (sct_find (page, GTK_TYPE_LABEL, "Engines & looms"),
                                            ADW_TYPE_ACTION_ROW);
  adw_action_row_activate (ADW_ACTION_ROW (ada));
  wait_for (self, SC_TYPE_FOLLOW_BUTTON, NULL);
}

static void
count (guint *n_times)
{
  (*n_times)++;
}

/* Who watches a channel when their session ends goes on watching, and Back leads to nothing that
 * was theirs. */
static void
test_session_ends_above (Fixture *self, gconstpointer unused)
{
  guint n_left = 0;
  open_all (self);
  gtk_widget_activate_action (self->window, "win.open-channel", "s", "ada");
  GtkWidget *page = wait_for (self, SC_TYPE_CHANNEL_PAGE, NULL);
  wait_gone (self, SC_TYPE_FOLLOWING_PAGE, NULL);
  g_signal_connect_swapped (page, "unmap", G_CALLBACK (count), &n_left);
  g_signal_connect_swapped (page, "hidden", G_CALLBACK (count), &n_left);
  g_autoptr (DexFuture) out = sc_session_sign_out (self->session);
  sc_test_wait (out);
  sct_wait_frames (self->window, 4);
  g_assert_true (sct_find (self->window, SC_TYPE_CHANNEL_PAGE, NULL) == page);
  g_assert_cmpuint (n_left, ==, 0);
  gtk_widget_activate_action (page, "navigation.pop", NULL);
  wait_for (self, GTK_TYPE_LABEL, "Engines & looms");
  g_assert_nonnull (sct_find (self->window, SC_TYPE_HOME_PAGE, NULL));
  g_assert_null (sct_find (self->window, SC_TYPE_FOLLOWING_PAGE, NULL));
}

static gboolean
can_choose (gpointer item)
{
  return gtk_widget_is_sensitive (item);
}

/* Opens the menu as by the keyboard, and chooses its item once that is possible. */
static void
choose (Fixture *self, GtkWidget *card, const char *item)
{
  g_assert_true (sct_press_shortcut (card, GDK_KEY_Menu));
  GtkWidget *popover = wait_for (self, GTK_TYPE_POPOVER_MENU, NULL);
  GtkWidget *button = gtk_widget_get_parent (wait_for (self, GTK_TYPE_LABEL, item));
  sc_test_wait_until (can_choose, button);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, item);
  g_assert_true (gtk_widget_is_ancestor (button, popover));
  sct_wait_frames (popover, 2);
  sct_save_picture (self->window, item);
  g_signal_emit_by_name (button, "clicked");
  wait_gone (self, GTK_TYPE_POPOVER_MENU, NULL);
}

static GtkWidget *
find_card (Fixture *self)
{
  return wait_for (self, SC_TYPE_CHANNEL_CARD, NULL);
}

static void
assert_has_menu (GtkWidget *card, gboolean has_menu)
{
  GtkWidget *button = sct_find (card, GTK_TYPE_BUTTON, NULL);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, has_menu);
}

/* What is followed by it is on Home at once, and gone when it is no more. */
static void
test_card_menu (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer (self->api, FIRST_OF_HOME, 200, "{'channels':[],'older':null}");
  sign_in (self, SIGNED_IN ("mia"));
  wait_count (self, FIRST_OF_HOME, 1);
  GtkWidget *card = find_card (self);
  assert_has_menu (card, TRUE);
  sc_fake_api_answer_now (self->api,
                          FIRST_OF_HOME,
                          200,
                          "{'channels':[" ADA "," BOB "],'older':null}");
  choose (self, card, "Follow");
  wait_count (self, "PUT " FOLLOW, 1);
  wait_for (self, GTK_TYPE_LABEL, "Has not been live yet.");

  sc_fake_api_answer_now (self->api, "GET " FOLLOW, 200, ANSWER ("true", "13"));
  sc_fake_api_answer_now (self->api, "DELETE " FOLLOW, 500, BROKEN);
  choose (self, find_card (self), "Unfollow");
  wait_for (self, GTK_TYPE_LABEL, "You still follow this channel.");
  sc_fake_api_answer_now (self->api, "DELETE " FOLLOW, 204, "");
  sc_fake_api_answer_now (self->api, FIRST_OF_HOME, 200, "{'channels':[],'older':null}");
  choose (self, find_card (self), "Unfollow");
  wait_count (self, "DELETE " FOLLOW, 2);
  wait_gone (self, GTK_TYPE_LABEL, "Has not been live yet.");
}

static void
test_card_menu_signed_out (Fixture *self, gconstpointer unused)
{
  choose (self, find_card (self), "Follow");
  wait_for (self, GTK_TYPE_LABEL, "Welcome back.");
  g_assert_cmpuint (sc_fake_api_count (self->api, "PUT " FOLLOW), ==, 0);
}

static void
test_card_menu_own (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer (self->api, FIRST_OF_HOME, 200, "{'channels':[],'older':null}");
  GtkWidget *card = find_card (self);
  sign_in (self, SIGNED_IN ("Ada"));
  assert_has_menu (card, FALSE);
  sct_press_shortcut (card, GDK_KEY_Menu);
  g_assert_null (sct_find (self->window, GTK_TYPE_POPOVER_MENU, NULL));
}

/* A press for long or by the other button opens it, too, where it was. */
static void
test_card_menu_pressed (Fixture *self, gconstpointer unused)
{
  static GType (*const get_types[]) (void) = { gtk_gesture_click_get_type,
                                               gtk_gesture_long_press_get_type };
  GtkWidget *card = find_card (self);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (card);
  for (guint i = 0; i < G_N_ELEMENTS (get_types); i++)
    for (guint j = 0; j < g_list_model_get_n_items (controllers); j++) {
      g_autoptr (GObject) gesture = g_list_model_get_item (controllers, j);
      if (!G_TYPE_CHECK_INSTANCE_TYPE (gesture, get_types[i]()))
        continue;
      if (GTK_IS_GESTURE_CLICK (gesture))
        g_signal_emit_by_name (gesture, "pressed", 1, 20.0, 20.0);
      else
        g_signal_emit_by_name (gesture, "pressed", 20.0, 20.0);
      gtk_popover_popdown (GTK_POPOVER (wait_for (self, GTK_TYPE_POPOVER_MENU, NULL)));
      wait_gone (self, GTK_TYPE_POPOVER_MENU, NULL);
      sct_wait_frames (self->window, 2);
    }
}

/* Whom one follows no more is not on the page any more. */
static void
test_row_menu (Fixture *self, gconstpointer unused)
{
  GtkWidget *page = open_all (self);
  wait_for (self, GTK_TYPE_LABEL, "Engines & looms");
  GtkWidget *ada = gtk_widget_get_ancestor (sct_find (page, GTK_TYPE_LABEL, "Engines & looms"),
                                            ADW_TYPE_ACTION_ROW);
  gtk_test_accessible_assert_property (ada, GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE);
  sc_fake_api_answer_now (self->api, "GET " FOLLOW, 200, ANSWER ("true", "13"));
  sc_fake_api_answer_now (self->api, FIRST, 200, "{'channels':[" BOB "],'older':null}");
  choose (self, ada, "Unfollow");
  wait_count (self, "DELETE " FOLLOW, 1);
  wait_gone (self, GTK_TYPE_LABEL, "Engines & looms");
}

static void
test_follows_nobody (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer_now (self->api, FIRST, 200, "{'channels':[],'older':null}");
  open_all (self);
  wait_for (self, GTK_TYPE_LABEL, "You follow no channel yet.");
  sct_take_pictures (self->window, "following-nobody");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/following/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
  g_test_add_func ("/following/words", test_words);
  ADD ("button", test_button);
  ADD ("bell", test_bell);
  ADD ("change-of-mind", test_change_of_mind);
  ADD ("signed-out", test_signed_out);
  ADD ("another-wish", test_another_wish);
  ADD ("own-channel", test_own_channel);
  ADD ("home", test_home);
  ADD ("home-fails", test_home_fails);
  ADD ("page", test_page);
  ADD ("row-opens", test_row_opens);
  ADD ("card-menu", test_card_menu);
  ADD ("card-menu-signed-out", test_card_menu_signed_out);
  ADD ("card-menu-own", test_card_menu_own);
  ADD ("card-menu-pressed", test_card_menu_pressed);
  ADD ("row-menu", test_row_menu);
  ADD ("session-ends-above", test_session_ends_above);
  ADD ("follows-nobody", test_follows_nobody);
  return g_test_run ();
}
