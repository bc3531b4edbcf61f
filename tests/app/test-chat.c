/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The chat beside a channel, on a real window over a server and a room in this process: reading,
 * signing in to speak, what is said and refused, following the newest line, moderation. With
 * STREAMCAT_PICTURES=DIR it is also painted at 1280 and 360 pixels of width, light and dark.
 */

#include "config.h"

#include "sc-channel-page.h"
#include "sc-chat-composer.h"
#include "sc-chat-panel.h"
#include "sc-chat-row.h"
#include "sc-chat-view.h"
#include "sc-fake-api.h"
#include "sc-fake-room.h"
#include "sc-player-view.h"
#include "sc-window.h"

#define CHAT_ROUTE "POST /v1/channels/ada/chat"
#define SIGNED_IN "{'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z','user':{'name':'mia'}}"
#define OFFLINE "{'channel':{'name':'ada','title':'Engines','live':false,'stream':null}}"
#define MODERATOR (SC_CHAT_SEND | SC_CHAT_DELETE) /* here, a token with both is a moderator's */

#define ACTIONS "POST /v1/channels/ada/chat/actions"
#define DELETION                                                                                   \
  "{'action':{'id':'a-1','kind':'delete','at':'2026-11-26T05:00:00.000000Z',"                      \
  "'actor':{'user_id':'mia','name':'mia'},'person':{'user_id':'bob','name':'bob'},"                \
  "'line':{'id':'m1','text':'rude words'},'reason':null,'until':null,"                             \
  "'undone_at':null,'undoable_until':'2026-11-26T05:00:10.000000Z'},'pending':0}"

/* Without a compositor a window has a frame of 5 pixels on each side. */
#define FRAME 10

/* So many frames after a change a list is where it stays. */
#define SETTLED 6

typedef struct {
  ScFakeApi *api;
  ScFakeRoom *room;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
  GType type;
  const char *text;
} Fixture;

static gboolean
fits (GtkWidget *widget, GType type, const char *text)
{
  if (!G_TYPE_CHECK_INSTANCE_TYPE (widget, type) || !gtk_widget_get_mapped (widget))
    return FALSE;
  if (!text)
    return TRUE;
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static GtkWidget *
find (GtkWidget *root, GType type, const char *text)
{
  for (GtkWidget *at = gtk_widget_get_first_child (root); at;
       at = gtk_widget_get_next_sibling (at)) {
    GtkWidget *found = fits (at, type, text) ? at : find (at, type, text);
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

static gboolean
is_gone (gpointer data)
{
  return !is_there (data);
}

static GtkWidget *
wait_for (Fixture *fixture, GType type, const char *text)
{
  fixture->type = type;
  fixture->text = text;
  sc_test_wait_until (is_there, fixture);
  return find (fixture->window, type, text);
}

static void
wait_gone (Fixture *fixture, GType type, const char *text)
{
  fixture->type = type;
  fixture->text = text;
  sc_test_wait_until (is_gone, fixture);
}

static void
on_after_paint (GdkFrameClock *clock, guint *n_frames)
{
  (*n_frames)++;
}

/* A list settles in the frames after a change. */
static void
wait_frames (Fixture *fixture, guint wanted)
{
  guint n_frames = 0;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->window);
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &n_frames);
  while (n_frames < wanted) {
    gtk_widget_queue_draw (fixture->window);
    g_main_context_iteration (NULL, TRUE);
  }
  g_signal_handler_disconnect (clock, handler);
}

/* Each request for a token gets a new one; the last stays, and is of no use twice. */
static void
give_tokens (Fixture *fixture, const char *user_id, ScChatCapabilities capabilities)
{
  static const char *const names[] = { "SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER" };
  sc_fake_api_answer_now (fixture->api, CHAT_ROUTE, 404, "");
  g_autoptr (GString) list = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (capabilities & (1u << i))
      g_string_append_printf (list, "%s'%s'", list->len ? "," : "", names[i]);
  for (guint i = 0; i < 10; i++) {
    g_autoptr (ScChatToken) token =
      sc_fake_room_make_token (fixture->room, user_id, user_id, capabilities, 0);
    g_autofree char *json =
      g_strdup_printf ("{'chat':{'endpoint':'%s','token':'%s','user_id':'%s','name':'%s',"
                       "'session_expires_at':'2099-01-01T00:00:00.000Z','capabilities':[%s],"
                       "'role':'%s','follows':false,'modes':{'slow_seconds':0,"
                       "'followers_only':false,'read_only':false,'emoji_only':false}}}",
                       token->endpoint,
                       token->token,
                       user_id,
                       user_id,
                       list->str,
                       (capabilities & SC_CHAT_DELETE) ? "moderator" : "viewer");
    if (i == 0)
      sc_fake_api_answer_now (fixture->api, CHAT_ROUTE, 201, json);
    else
      sc_fake_api_answer (fixture->api, CHAT_ROUTE, 201, json);
  }
}

static void
sign_in (Fixture *fixture)
{
  g_autoptr (DexFuture) future = sc_session_sign_in (fixture->session, "mia", "password");
  sc_test_wait (future);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (ScClient) client = sc_client_new (http);
  g_autoptr (ScSecretStore) store = sc_secret_store_memory_new ();
  fixture->api = sc_fake_api_new ();
  fixture->room = sc_fake_room_new ();
  fixture->settings = g_settings_new (SC_APP_ID);
  fixture->session = sc_session_new (client, store);
  sc_fake_api_answer (fixture->api, "GET /v1/channels?live=1", 200, "{'channels':[]}");
  sc_fake_api_answer (fixture->api, "GET /v1/channels/ada", 200, OFFLINE);
  sc_fake_api_answer (fixture->api, "POST /v1/sessions", 201, SIGNED_IN);
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
  sc_fake_room_free (fixture->room);
  sc_fake_api_free (fixture->api);
}

static gboolean
has_guest (gpointer data)
{
  Fixture *fixture = data;
  return sc_fake_room_count_open (fixture->room) == 1;
}

static void
enter_as (Fixture *fixture, const char *user_id, ScChatCapabilities capabilities)
{
  give_tokens (fixture, user_id, capabilities);
  if (capabilities)
    sign_in (fixture);
  sc_window_open_channel (SC_WINDOW (fixture->window), "ada");
  sc_test_wait_until (has_guest, fixture);
  wait_for (fixture, GTK_TYPE_LABEL, "Nobody has said anything yet.");
}

static GtkWidget *
get_entry (Fixture *fixture)
{
  return find (wait_for (fixture, SC_TYPE_CHAT_COMPOSER, NULL), GTK_TYPE_ENTRY, NULL);
}

static void
type_and_send (Fixture *fixture, const char *text)
{
  GtkWidget *entry = get_entry (fixture);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

static GtkWidget *
wait_row (Fixture *fixture, const char *text)
{
  return gtk_widget_get_ancestor (wait_for (fixture, GTK_TYPE_LABEL, text), SC_TYPE_CHAT_ROW);
}

static GtkWidget *
get_send_button (Fixture *fixture)
{
  return find (wait_for (fixture, SC_TYPE_CHAT_COMPOSER, NULL), GTK_TYPE_BUTTON, NULL);
}

/* What keeps one from sending for a moment is over. */
static void
wait_may_send (Fixture *fixture)
{
  gtk_editable_set_text (GTK_EDITABLE (get_entry (fixture)), "draft");
  while (!gtk_widget_get_sensitive (get_send_button (fixture)))
    g_main_context_iteration (NULL, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (get_entry (fixture)), "");
}

static ScChatLine *
wait_line (Fixture *fixture, const char *text)
{
  return sc_chat_row_get_line (SC_CHAT_ROW (wait_row (fixture, text)));
}

/* The room has it, and so has whoever said it. */
static void
wait_said (Fixture *fixture, const char *text)
{
  while (g_strcmp0 (sc_fake_room_get_last_text (fixture->room), text) != 0)
    g_main_context_iteration (NULL, TRUE);
  while (sc_chat_line_get_state (wait_line (fixture, text)) != SC_CHAT_LINE_SHOWN)
    g_main_context_iteration (NULL, TRUE);
}

static void
click (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_composing (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  return focus && gtk_widget_get_ancestor (focus, SC_TYPE_CHAT_COMPOSER) != NULL;
}

/* Nobody has to sign in to read; who does to speak is back at once, and has missed nothing. */
static void
test_sign_in_to_speak (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "viewer-1", SC_CHAT_READ);
  sc_fake_room_say (fixture->room, "ada", "m1", "welcome");
  wait_row (fixture, "welcome");
  g_assert_null (find (fixture->window, SC_TYPE_CHAT_COMPOSER, NULL));

  give_tokens (fixture, "mia", SC_CHAT_SEND);
  GtkWidget *label = wait_for (fixture, GTK_TYPE_LABEL, "Sign In to Chat");
  click (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
  wait_for (fixture, GTK_TYPE_LABEL, "Welcome back.");
  sc_fake_room_say (fixture->room, "ada", "m2", "meanwhile");
  sign_in (fixture);
  sc_test_wait_until (is_composing, fixture);
  wait_row (fixture, "welcome");
  wait_row (fixture, "meanwhile");
  gtk_editable_set_text (GTK_EDITABLE (get_entry (fixture)), "hello");
  while (!gtk_widget_get_sensitive (get_send_button (fixture)))
    g_main_context_iteration (NULL, TRUE);
  click (get_send_button (fixture));
  wait_row (fixture, "hello");
}

static void
test_says (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "mia", SC_CHAT_SEND);
  g_assert_false (gtk_widget_get_sensitive (get_send_button (fixture)));
  type_and_send (fixture, "hello everybody");
  GtkWidget *row = wait_row (fixture, "hello everybody");
  g_assert_true (gtk_widget_has_css_class (row, "own"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (fixture))), ==, "");
  sc_fake_room_say (fixture->room, "ada", "m1", "<b>hi</b> & welcome");
  row = wait_row (fixture, "<b>hi</b> & welcome");
  g_assert_false (gtk_widget_has_css_class (row, "own"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "ada said <b>hi</b> & welcome");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "mia", SC_CHAT_SEND);
  sc_fake_room_refuse_next (fixture->room, 406, "No links here");
  type_and_send (fixture, "http://x");
  GtkWidget *row = wait_row (fixture, "Not sent: No links here");
  GtkWidget *discard = find (row, GTK_TYPE_BUTTON, NULL);
  gtk_widget_activate_action (discard, "line.discard", NULL);
  wait_gone (fixture, SC_TYPE_CHAT_ROW, NULL);

  sc_fake_room_refuse_next (fixture->room, 429, "rate limit exceeded");
  type_and_send (fixture, "again");
  row = wait_row (fixture, "too many messages");
  wait_may_send (fixture);
  gtk_widget_activate_action (row, "line.send-again", NULL);
  wait_gone (fixture, GTK_TYPE_LABEL, "too many messages");
  wait_row (fixture, "again");
}

/* What is too long stays in the field, with the reason. */
static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "mia", SC_CHAT_SEND);
  g_autofree char *text = g_strnfill (503, 'x');
  type_and_send (fixture, text);
  wait_for (fixture, GTK_TYPE_LABEL, "3 characters too many.");
  wait_for (fixture, GTK_TYPE_LABEL, "−3");
  GtkWidget *entry = get_entry (fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, text);
  g_assert_false (gtk_widget_get_sensitive (get_send_button (fixture)));
  gtk_editable_delete_text (GTK_EDITABLE (entry), 500, -1);
  wait_for (fixture, GTK_TYPE_LABEL, "0");
  click (get_send_button (fixture));
  wait_for (fixture, SC_TYPE_CHAT_ROW, NULL);
  g_assert_cmpuint (strlen (sc_fake_room_get_last_text (fixture->room) ?: text), >=, 500);
}

static GtkAdjustment *
get_adjustment (Fixture *fixture)
{
  GtkWidget *list = wait_for (fixture, GTK_TYPE_LIST_VIEW, NULL);
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
}

static double
get_rest (Fixture *fixture)
{
  GtkAdjustment *adjustment = get_adjustment (fixture);
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) -
         gtk_adjustment_get_value (adjustment);
}

static void
say_many (Fixture *fixture, guint from, guint to)
{
  for (guint i = from; i <= to; i++) {
    g_autofree char *id = g_strdup_printf ("line %u.", i);
    sc_fake_room_say (fixture->room, "ada", id, id);
  }
}

/* Where on the screen a line is. */
static double
get_top (Fixture *fixture, const char *text)
{
  graphene_point_t point;
  GtkWidget *label = wait_for (fixture, GTK_TYPE_LABEL, text);
  gboolean done =
    gtk_widget_compute_point (label, fixture->window, &GRAPHENE_POINT_INIT (0, 0), &point);
  g_assert_true (done);
  return point.y;
}

static void
scroll_to_middle (Fixture *fixture)
{
  GtkAdjustment *adjustment = get_adjustment (fixture);
  double rest = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  gtk_adjustment_set_value (adjustment, rest / 2);
  wait_frames (fixture, SETTLED);
}

/* Older lines come as they are wanted. */
static void
scroll_up_to (Fixture *fixture, const char *text)
{
  while (!find (fixture->window, GTK_TYPE_LABEL, text)) {
    GtkAdjustment *adjustment = get_adjustment (fixture);
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - 400);
    wait_frames (fixture, SETTLED);
  }
}

static const char *
get_visible_text (Fixture *fixture)
{
  GtkWidget *list = find (fixture->window, GTK_TYPE_LIST_VIEW, NULL);
  GtkWidget *picked = NULL;
  for (double y = 100; !picked || !GTK_IS_LABEL (picked); y += 10)
    picked = gtk_widget_pick (list, 30, y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
  return gtk_label_get_text (GTK_LABEL (picked));
}

/* The list follows until the reader goes up; from then on nothing moves, and a button leads back.
 */
static void
test_follows (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "viewer-1", SC_CHAT_READ);
  for (guint i = 0; i < 5; i++) {
    g_autofree char *last = g_strdup_printf ("line %u.", i * 20 + 20);
    say_many (fixture, i * 20 + 1, i * 20 + 20);
    wait_row (fixture, last);
    wait_frames (fixture, SETTLED);
    g_assert_cmpfloat (get_rest (fixture), <=, 1);
  }

  ScChatView *view = SC_CHAT_VIEW (wait_for (fixture, SC_TYPE_CHAT_VIEW, NULL));
  scroll_to_middle (fixture);
  g_assert_false (sc_chat_view_get_following (view));
  g_autofree char *text = g_strdup (get_visible_text (fixture));
  double top = get_top (fixture, text);
  say_many (fixture, 101, 130);
  wait_for (fixture, GTK_TYPE_LABEL, "30 New Messages");
  wait_frames (fixture, SETTLED);
  g_assert_cmpfloat (get_top (fixture, text), ==, top);

  GtkWidget *label = find (fixture->window, GTK_TYPE_LABEL, "30 New Messages");
  click (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
  wait_row (fixture, "line 130.");
  wait_frames (fixture, SETTLED);
  g_assert_cmpfloat (get_rest (fixture), <=, 1);
  wait_gone (fixture, GTK_TYPE_LABEL, "New Message");
  g_assert_true (sc_chat_view_get_following (view));
}

/* Old lines go from above what is read, and it stays where it is. */
static void
test_drops_oldest (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "viewer-1", SC_CHAT_READ);
  say_many (fixture, 1, 490);
  wait_row (fixture, "line 490.");
  wait_frames (fixture, SETTLED);
  scroll_up_to (fixture, "line 170.");
  g_autofree char *text = g_strdup (get_visible_text (fixture));
  double top = get_top (fixture, text);
  say_many (fixture, 491, 600);
  wait_for (fixture, GTK_TYPE_LABEL, "110 New Messages");
  wait_frames (fixture, SETTLED);
  g_assert_cmpfloat (get_top (fixture, text), ==, top);
}

/* A thousand lines, and the window goes on being drawn. */
static void
test_flood (Fixture *fixture, gconstpointer data)
{
  guint n_frames = 0;
  enter_as (fixture, "viewer-1", SC_CHAT_READ);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->window);
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &n_frames);
  say_many (fixture, 1, 1000);
  wait_row (fixture, "line 1000.");
  g_signal_handler_disconnect (clock, handler);
  wait_frames (fixture, SETTLED);
  g_assert_cmpuint (n_frames, >=, 2);
  g_assert_cmpfloat (get_rest (fixture), <=, 1);
}

static void
test_comes_back (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "mia", SC_CHAT_SEND);
  type_and_send (fixture, "before");
  wait_said (fixture, "before");
  sc_fake_room_set_status (fixture->room, 503);
  sc_fake_room_cut (fixture->room);
  wait_for (fixture, GTK_TYPE_LABEL, "The chat is not connected.");
  type_and_send (fixture, "while away");
  wait_row (fixture, "Waiting to be sent…");
  sc_fake_room_set_status (fixture->room, 0);
  GtkWidget *banner = find (fixture->window, GTK_TYPE_LABEL, "The chat is not connected.");
  g_signal_emit_by_name (gtk_widget_get_ancestor (banner, ADW_TYPE_BANNER), "button-clicked");
  wait_gone (fixture, GTK_TYPE_LABEL, "Waiting to be sent…");
  wait_gone (fixture, GTK_TYPE_LABEL, "The chat is not connected.");
  wait_said (fixture, "while away");
  wait_row (fixture, "before");
}

static void
delete_line (Fixture *fixture, const char *id)
{
  g_autofree char *event =
    g_strdup_printf ("{\"Type\":\"EVENT\",\"Id\":\"v\",\"EventName\":\"aws:DELETE_MESSAGE\","
                     "\"Attributes\":{\"MessageID\":\"%s\",\"Reason\":\"deleted\"}}",
                     id);
  sc_fake_room_broadcast (fixture->room, event);
}

/* What a moderator does goes to our server; its room then says so to everybody. */
static void
test_moderates (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, ACTIONS, 201, DELETION);
  sc_fake_api_answer (fixture->api, ACTIONS "/a-1/undo", 200, DELETION);
  enter_as (fixture, "mia", MODERATOR);
  sc_fake_room_say (fixture->room, "bob", "m1", "rude words");
  GtkWidget *row = wait_row (fixture, "rude words");
  sc_chat_row_open_menu (SC_CHAT_ROW (row));
  GtkWidget *menu = wait_for (fixture, GTK_TYPE_POPOVER_MENU, NULL);
  gtk_popover_popdown (GTK_POPOVER (menu));
  wait_gone (fixture, GTK_TYPE_POPOVER_MENU, NULL);
  gtk_widget_activate_action (row, "line.delete", NULL);
  GtkWidget *undo = wait_for (fixture, GTK_TYPE_LABEL, "Undo");
  g_assert_nonnull (strstr (sc_fake_api_get_body (fixture->api, ACTIONS), "\"rude words\""));
  click (gtk_widget_get_ancestor (undo, GTK_TYPE_BUTTON));
  wait_for (fixture, GTK_TYPE_LABEL, "The message is back");

  delete_line (fixture, "m1");
  row = wait_row (fixture, "Message deleted");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "bob’s message was deleted");
  g_assert_null (find (fixture->window, GTK_TYPE_LABEL, "rude words"));
}

static void
test_bans (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api,
                      ACTIONS,
                      403,
                      "{'error':{'code':'forbidden','message':'They are the streamer'}}");
  enter_as (fixture, "mia", MODERATOR);
  sc_fake_room_say (fixture->room, "bob", "m1", "rude words");
  GtkWidget *row = wait_row (fixture, "rude words");
  gtk_widget_activate_action (row, "line.ban", NULL);
  wait_for (fixture, GTK_TYPE_LABEL, "Ban bob?");
  GtkWidget *dialog = find (fixture->window, ADW_TYPE_ALERT_DIALOG, NULL);
  GtkWidget *entry = find (dialog, GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "rude");
  g_signal_emit_by_name (dialog, "response", "ban");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  wait_for (fixture, GTK_TYPE_LABEL, "You may not do that to this person.");
  g_assert_nonnull (strstr (sc_fake_api_get_body (fixture->api, ACTIONS), "\"rude\""));
}

/* Whom one blocks is silent here, until one takes that back. */
static void
test_blocks (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "mia", SC_CHAT_SEND);
  sc_fake_room_say (fixture->room, "bob", "m1", "spam spam");
  gtk_widget_activate_action (wait_row (fixture, "spam spam"), "line.block", NULL);
  wait_gone (fixture, GTK_TYPE_LABEL, "spam spam");
  GtkWidget *undo = wait_for (fixture, GTK_TYPE_LABEL, "Undo");
  click (gtk_widget_get_ancestor (undo, GTK_TYPE_BUTTON));
  wait_row (fixture, "spam spam");
}

static void
test_replies (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "mia", SC_CHAT_SEND);
  sc_fake_room_say (fixture->room, "bob", "m1", "hey @mia and @ada");
  GtkWidget *row = wait_row (fixture, "hey");
  g_assert_true (gtk_widget_has_css_class (row, "to-reader"));
  gtk_widget_activate_action (row, "line.reply", NULL);
  g_assert_true (is_composing (fixture));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (fixture))), ==, "@bob ");
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "mia", SC_CHAT_SEND);
  sc_fake_room_broadcast (fixture->room,
                          "{\"Type\":\"EVENT\",\"Id\":\"v\",\"EventName\":\"aws:DISCONNECT_USER\","
                          "\"Attributes\":{\"UserId\":\"mia\",\"Reason\":\"<i>rude\"}}");
  GtkWidget *label = wait_for (fixture, GTK_TYPE_LABEL, "You were removed from this chat: <i>rude");
  gtk_editable_set_text (GTK_EDITABLE (get_entry (fixture)), "let me in");
  g_assert_false (gtk_widget_is_sensitive (get_send_button (fixture)));
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, ADW_TYPE_BANNER), "button-clicked");
  wait_gone (fixture, GTK_TYPE_LABEL, "You were removed");
  while (!gtk_widget_is_sensitive (get_send_button (fixture)))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "mia", SC_CHAT_SEND);
  GtkWidget *page = find (fixture->window, SC_TYPE_CHANNEL_PAGE, NULL);
  gtk_widget_activate_action (page, "page.focus-chat", NULL);
  g_assert_true (is_composing (fixture));
}

static void
test_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "mia", SC_CHAT_SEND);
  type_and_send (fixture, "bye");
  wait_row (fixture, "bye");
  GWeakRef room;
  ScChatPanel *panel = SC_CHAT_PANEL (find (fixture->window, SC_TYPE_CHAT_PANEL, NULL));
  g_weak_ref_init (&room, sc_chat_panel_get_room (panel));
  gtk_widget_activate_action (fixture->window, "win.home", NULL);
  while (sc_fake_room_count_open (fixture->room) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GObject) left = g_weak_ref_get (&room);
  g_assert_null (left);
  g_weak_ref_clear (&room);
}

static void
save_picture (Fixture *fixture, const char *name)
{
  GtkWidget *window = fixture->window;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable,
                          snapshot,
                          gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (renderer, node, NULL);
  g_autofree char *path = g_strdup_printf ("%s/%s.png", g_getenv ("STREAMCAT_PICTURES"), name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
say_things (Fixture *fixture)
{
  static const struct {
    const char *who;
    const char *text;
  } said[] = {
    { "ada", "Hello and welcome! Today we look at the engine’s mill and store." },
    { "grace", "Morning from Arlington 👋" },
    { "linus", "Is the source of this somewhere?" },
    { "margaret", "It is: see the channel’s description." },
    { "bob", "FIRST!!!1!" },
    { "katherine",
      "I checked the numbers of the last stream by hand, and they are right to the fifth place, "
      "which is more than anybody had hoped for." },
    { "hedy", "nice" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (said); i++) {
    g_autofree char *id = g_strdup_printf ("p%u", i);
    sc_fake_room_say (fixture->room, said[i].who, id, said[i].text);
  }
  wait_row (fixture, "nice");
}

/* The window at a width: nothing makes it wider, in any state that the chat has. */
static void
show_at (Fixture *fixture, int width, AdwColorScheme scheme)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window),
                               width + FRAME,
                               width == 360 ? 720 : 800);
  wait_frames (fixture, 6);
  g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, width + FRAME);
  if (!g_getenv ("STREAMCAT_PICTURES"))
    return;
  g_autofree char *name =
    g_strdup_printf ("chat-%s-%d-%s",
                     sc_session_get_signed_in (fixture->session) ? "owner" : "reader",
                     width,
                     scheme == ADW_COLOR_SCHEME_FORCE_DARK ? "dark" : "light");
  save_picture (fixture, name);
}

static void
show_everywhere (Fixture *fixture)
{
  show_at (fixture, 1280, ADW_COLOR_SCHEME_FORCE_LIGHT);
  show_at (fixture, 1280, ADW_COLOR_SCHEME_FORCE_DARK);
  show_at (fixture, 360, ADW_COLOR_SCHEME_FORCE_LIGHT);
  show_at (fixture, 360, ADW_COLOR_SCHEME_FORCE_DARK);
}

static void
test_looks (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "viewer-1", SC_CHAT_READ);
  say_things (fixture);
  show_everywhere (fixture);
}

static void
test_looks_to_owner (Fixture *fixture, gconstpointer data)
{
  enter_as (fixture, "mia", MODERATOR);
  say_things (fixture);
  delete_line (fixture, "p4");
  wait_row (fixture, "Message deleted");
  type_and_send (fixture, "Thank you, all of you!");
  wait_row (fixture, "Thank you");
  sc_fake_room_refuse_next (fixture->room, 429, "rate limit exceeded");
  type_and_send (fixture, "And one more thing");
  wait_row (fixture, "too many messages");
  g_autofree char *text = g_strnfill (480, 'x');
  gtk_editable_set_text (GTK_EDITABLE (get_entry (fixture)), text);
  show_everywhere (fixture);
}

static void
load_style (void)
{
  GtkCssProvider *provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/streamcat/StreamCat/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref (provider);
}

#define add(name, test) g_test_add ("/chat/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();
  load_style ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  add ("sign-in-to-speak", test_sign_in_to_speak);
  add ("says", test_says);
  add ("refused", test_refused);
  add ("too-long", test_too_long);
  add ("follows", test_follows);
  add ("drops-oldest", test_drops_oldest);
  add ("flood", test_flood);
  add ("comes-back", test_comes_back);
  add ("moderates", test_moderates);
  add ("bans", test_bans);
  add ("blocks", test_blocks);
  add ("replies", test_replies);
  add ("removed", test_removed);
  add ("keys", test_keys);
  add ("leaves-nothing", test_leaves_nothing);
  add ("looks", test_looks);
  add ("looks-to-owner", test_looks_to_owner);
  return g_test_run ();
}
