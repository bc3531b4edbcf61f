/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The dialogs of those who moderate a chat, on a real window over a server in this process: a
 * person's card, the messages that wait, the settings, the log, and the report of a viewer. With
 * STREAMCAT_PICTURES=DIR they are also painted at 1280 and 360 pixels of width, light and dark.
 */

#include "config.h"

#include "sc-chat-blocks.h"
#include "sc-chat-settings-dialog.h"
#include "sc-dialog-focus.h"
#include "sc-fake-api.h"
#include "sc-held-dialog.h"
#include "sc-held-row.h"
#include "sc-load-view.h"
#include "sc-moderation-log-dialog.h"
#include "sc-person-dialog.h"
#include "sc-report-dialog.h"
#include "sct-window.h"

#include <string.h>

#define CHAT "/v1/channels/ada/chat/"
#define PERSON_ROUTE "GET " CHAT "people/u-mia"
#define ACT_ROUTE "POST " CHAT "actions"
#define ACTIONS_ROUTE "GET " CHAT "actions"
#define BANS_ROUTE "GET " CHAT "bans"
#define HELD_ROUTE "GET " CHAT "held"
#define SETTINGS_ROUTE "GET " CHAT "settings"
#define SAVE_ROUTE "PATCH " CHAT "settings"
#define REPORT_ROUTE "POST /v1/channels/ada/reports"
#define BUSY "{'error':{'code':'busy','message':'No','field':null}}"

/* Without a compositor a window has a frame of 5 pixels on each side. */
#define FRAME 10

#define ACTION                                                                                     \
  "{'id':'a1','kind':'timeout','at':'2026-01-02T10:00:00.000Z',"                                   \
  "'actor':{'user_id':'u-ada','name':'ada'},'person':{'user_id':'u-mia','name':'mia'},"            \
  "'line':null,'reason':'calm down','until':'2026-01-02T10:10:00.000Z','undone_at':null,"          \
  "'undoable_until':null}"
#define DELETION                                                                                   \
  "{'id':'a2','kind':'delete','at':'2026-01-02T09:00:00.000Z',"                                    \
  "'actor':{'user_id':'u-ben','name':'ben'},'person':{'user_id':'u-mia','name':'mia'},"            \
  "'line':{'id':'l9','text':'buy cheap followers'},'reason':null,'until':null,"                    \
  "'undone_at':'2026-01-02T09:00:05.000Z','undoable_until':null}"
#define LINE                                                                                       \
  "{'id':'l1','sent_at':'2026-01-02T10:00:00.000Z','user_id':'u-mia','name':'mia',"                \
  "'role':'viewer','text':'is this thing on?'}"
#define BAN                                                                                        \
  "{'user_id':'u-mia','name':'mia','until':null,'reason':'spam all day','by':'ada',"               \
  "'at':'2026-01-02T10:00:00.000Z'}"
#define HELD_1                                                                                     \
  "{'id':'h1','at':'2026-01-02T10:00:00.000Z','user_id':'u-mia','name':'mia','role':'viewer',"     \
  "'text':'look at example.com','rule':'links'}"
#define HELD_2                                                                                     \
  "{'id':'h2','at':'2026-01-02T10:01:00.000Z','user_id':'u-ben','name':'ben','role':'viewer',"     \
  "'text':'SO MANY CAPITALS','rule':'capitals'}"
#define SETTINGS                                                                                   \
  "{'settings':{'modes':{'slow_seconds':5,'followers_only':false,'read_only':false,"               \
  "'emoji_only':false},'rules':{'terms':'mask','links':'hold','repeats':'refuse',"                 \
  "'capitals':'off'},'languages':['en','de'],'terms':['spoiler'],'allowed_links':['example.org']," \
  "'moderators':[{'user_id':'u-ben','name':'ben'}]},'pending':0}"

typedef struct {
  ScFakeApi *api;
  ScClient *client;
  ScChatModeration *moderation;
  GSettings *settings;
  ScChatLine *line;
  GtkWidget *window;
  const char *text;
  GType type;
} Fixture;

static char *
person_json (const char *role, const char *ban)
{
  return g_strdup_printf ("{'person':{'user_id':'u-mia','name':'mia','role':'%s',"
                          "'since':'2025-03-03T00:00:00.000Z','follows':true,'ban':%s},"
                          "'lines':[%s],'actions':[%s,%s]}",
                          role,
                          ban ? ban : "null",
                          LINE,
                          ACTION,
                          DELETION);
}

static void
answer_person (Fixture *fixture, const char *role, const char *ban)
{
  g_autofree char *json = person_json (role, ban);
  sc_fake_api_answer_now (fixture->api, PERSON_ROUTE, 200, json);
}

static ScChatLine *
make_line (void)
{
  const ScChatRecord record = {
    .id = (char *) "l1",
    .sent_at = G_USEC_PER_SEC,
    .user_id = (char *) "u-mia",
    .name = (char *) "mia",
    .role = SC_CHAT_VIEWER,
    .text = (char *) "is this thing on?",
    .offset_ms = -1,
  };
  return sc_chat_line_new_stored (&record, /* own= */ FALSE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScHttp) http = sc_http_new (5);
  fixture->api = sc_fake_api_new ();
  fixture->client = sc_client_new (http);
  sc_client_set_server (fixture->client, sc_fake_api_get_url (fixture->api));
  sc_client_set_token (fixture->client, "t0k3n");
  fixture->moderation = sc_chat_moderation_new (fixture->client, "ada");
  fixture->settings = g_settings_new (SC_APP_ID);
  g_settings_reset (fixture->settings, "chat-blocks");
  fixture->line = make_line ();
  answer_person (fixture, "viewer", NULL);
  sc_fake_api_answer (fixture->api, SETTINGS_ROUTE, 200, SETTINGS);
  sc_fake_api_answer (fixture->api, HELD_ROUTE, 200, "{'held':[" HELD_1 "," HELD_2 "]}");
  sc_fake_api_answer (fixture->api,
                      ACTIONS_ROUTE,
                      200,
                      "{'actions':[" ACTION "," DELETION "],'older':'o1'}");
  sc_fake_api_answer (fixture->api, BANS_ROUTE, 200, "{'bans':[" BAN "],'older':null}");

  fixture->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, NULL);
  sc_dialog_focus_keep (ADW_APPLICATION_WINDOW (fixture->window));
  GtkWidget *overlay = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), adw_bin_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280 + FRAME, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static gboolean
is_finalized (gpointer data)
{
  g_autoptr (GObject) object = g_weak_ref_get (data);
  return object == NULL;
}

static void
wait_finalized (gpointer object)
{
  GWeakRef left;
  g_weak_ref_init (&left, object);
  g_object_unref (object);
  sc_test_wait_until (is_finalized, &left);
  g_weak_ref_clear (&left);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_settings_reset (fixture->settings, "chat-blocks");
  g_object_unref (fixture->line);
  wait_finalized (fixture->moderation);
  g_object_unref (fixture->client);
  g_object_unref (fixture->settings);
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
wait_label (Fixture *fixture, const char *text)
{
  fixture->type = GTK_TYPE_LABEL;
  fixture->text = text;
  sc_test_wait_until (is_there, fixture);
  return sct_find (fixture->window, GTK_TYPE_LABEL, text);
}

static void
wait_gone (Fixture *fixture, const char *text)
{
  fixture->type = GTK_TYPE_LABEL;
  fixture->text = text;
  sc_test_wait_until (is_gone, fixture);
}

static gboolean
is_shown (Fixture *fixture, const char *text)
{
  return sct_find (fixture->window, GTK_TYPE_LABEL, text) != NULL;
}

static void
click (Fixture *fixture, const char *text)
{
  GtkWidget *label = wait_label (fixture, text);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
}

static GtkWidget *
get_content (Fixture *fixture)
{
  GtkWidget *overlay =
    adw_application_window_get_content (ADW_APPLICATION_WINDOW (fixture->window));
  return adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (overlay));
}

static void
present (Fixture *fixture, gpointer dialog)
{
  adw_dialog_present (ADW_DIALOG (dialog), get_content (fixture));
}

/* As JSON is written: without spaces. */
static void
assert_asked (Fixture *fixture, const char *route, const char *part)
{
  const char *body = sc_fake_api_get_body (fixture->api, route);
  g_assert_nonnull (body);
  g_autofree char *wanted = g_strdelimit (g_strdup (part), "'", '"');
  if (!strstr (body, wanted))
    g_error ("%s has not %s", body, wanted);
}

typedef struct {
  Fixture *fixture;
  const char *route;
  guint count;
} Asked;

static gboolean
was_asked (gpointer data)
{
  const Asked *asked = data;
  return sc_fake_api_count (asked->fixture->api, asked->route) >= asked->count;
}

static void
wait_asked (Fixture *fixture, const char *route, guint count)
{
  Asked asked = { fixture, route, count };
  sc_test_wait_until (was_asked, &asked);
}

static void
open_person (Fixture *fixture, ScChatRole role)
{
  present (
    fixture,
    sc_person_dialog_new (fixture->moderation, fixture->settings, NULL, role, fixture->line));
}

/* The person's card. */

static void
test_person (Fixture *fixture, gconstpointer data)
{
  open_person (fixture, SC_CHAT_MODERATOR);
  wait_label (fixture, "Follows the channel");
  wait_label (fixture, "is this thing on?");
  wait_label (fixture, "ada timed mia out for 10 minutes");
  wait_label (fixture, "Reason: calm down");
  wait_label (fixture, "ben deleted a message of mia");
  g_assert_true (is_shown (fixture, "Ban…"));
  g_assert_false (is_shown (fixture, "Unban"));
  g_assert_false (is_shown (fixture, "Make Moderator"));

  sc_fake_api_answer (fixture->api, ACT_ROUTE, 201, "{'action':" ACTION ",'pending':0}");
  answer_person (fixture, "viewer", BAN);
  GtkWidget *dialog = GTK_WIDGET (
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)));
  g_assert_cmpuint (sct_open_menus (dialog), >, 0);
  gtk_widget_activate_action (dialog, "person.time-out", "u", 600u);
  wait_label (fixture, "Banned");
  wait_label (fixture, "Reason: spam all day");
  assert_asked (fixture, ACT_ROUTE, "'kind':'timeout'");
  assert_asked (fixture, ACT_ROUTE, "'seconds':600");
  assert_asked (fixture, ACT_ROUTE, "'user_id':'u-mia'");

  answer_person (fixture, "viewer", NULL);
  click (fixture, "Unban");
  wait_gone (fixture, "Banned");
  assert_asked (fixture, ACT_ROUTE, "'kind':'unban'");
}

static void
test_person_appointed (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, "PUT /v1/channels/ada/moderators/mia", 200, "{'pending':0}");
  open_person (fixture, SC_CHAT_STREAMER);
  wait_label (fixture, "Make Moderator");
  answer_person (fixture, "moderator", NULL);
  click (fixture, "Make Moderator");
  wait_label (fixture, "Remove Moderator");
  g_assert_true (is_shown (fixture, "Ban…"));
  wait_label (fixture, "Moderator");
}

static gboolean
is_blocked (Fixture *fixture)
{
  g_auto (GStrv) ids = sc_chat_blocks_list_ids (fixture->settings);
  return g_strv_contains ((const char *const *) ids, "u-mia");
}

/* Who does not moderate sees who it is, no more, and decides for themselves. */
static void
test_person_for_viewer (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer_now (fixture->api,
                          PERSON_ROUTE,
                          200,
                          "{'person':{'user_id':'u-mia','name':'mia','role':'streamer',"
                          "'since':'2025-03-03T00:00:00.000Z'}}");
  open_person (fixture, SC_CHAT_VIEWER);
  wait_label (fixture, "Streamer");
  g_assert_false (is_shown (fixture, "Ban…"));
  g_assert_false (is_shown (fixture, "Recent Messages"));
  click (fixture, "Block");
  wait_label (fixture, "Unblock");
  g_assert_true (is_blocked (fixture));
  click (fixture, "Unblock");
  g_assert_false (is_blocked (fixture));
  g_assert_true (is_shown (fixture, "Report…"));
}

static void
test_person_fails (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer_now (fixture->api, PERSON_ROUTE, 503, BUSY);
  open_person (fixture, SC_CHAT_MODERATOR);
  wait_label (fixture, "The Server Is Busy");
  answer_person (fixture, "viewer", NULL);
  click (fixture, "Retry");
  wait_label (fixture, "is this thing on?");
  sc_fake_api_answer (fixture->api,
                      ACT_ROUTE,
                      403,
                      "{'error':{'code':'forbidden','message':'No','field':null}}");
  GtkWidget *dialog = GTK_WIDGET (
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)));
  gtk_widget_activate_action (dialog, "person.time-out", "u", 60u);
  wait_label (fixture, "You may not do that to this person.");
}

/* What waits. */

static ScHeldQueue *
open_held (Fixture *fixture)
{
  ScHeldQueue *queue = sc_held_queue_new (fixture->client, "ada");
  present (fixture, sc_held_dialog_new (queue, NULL));
  return queue;
}

static GtkWidget *
get_row (Fixture *fixture, const char *text)
{
  return gtk_widget_get_ancestor (wait_label (fixture, text), SC_TYPE_HELD_ROW);
}

static void
test_held (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScHeldQueue) queue = open_held (fixture);
  GtkWidget *row = get_row (fixture, "look at example.com");
  wait_label (fixture, "Held for: Link");
  g_assert_cmpuint (sc_held_queue_get_n_held (queue), ==, 2);
  sc_fake_api_answer (fixture->api, "POST " CHAT "held/h1", 200, "{'pending':0}");
  sc_fake_api_answer_now (fixture->api, HELD_ROUTE, 200, "{'held':[" HELD_2 "]}");
  gtk_widget_activate_action (row, "held.approve", NULL);
  wait_gone (fixture, "look at example.com");
  assert_asked (fixture, "POST " CHAT "held/h1", "'verdict':'approve'");

  row = get_row (fixture, "SO MANY CAPITALS");
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), row) ||
                 gtk_root_get_focus (GTK_ROOT (fixture->window)) == row);
  sc_fake_api_answer (fixture->api, "POST " CHAT "held/h2", 200, "{'pending':0}");
  sc_fake_api_answer_now (fixture->api, HELD_ROUTE, 200, "{'held':[]}");
  gtk_widget_activate_action (row, "held.reject", NULL);
  wait_label (fixture, "Nothing Waits");
  assert_asked (fixture, "POST " CHAT "held/h2", "'verdict':'reject'");
}

static void
test_held_by_another (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScHeldQueue) queue = open_held (fixture);
  GtkWidget *row = get_row (fixture, "look at example.com");
  sc_fake_api_answer (fixture->api,
                      "POST " CHAT "held/h1",
                      409,
                      "{'error':{'code':'decided','message':'No','field':null}}");
  sc_fake_api_answer_now (fixture->api, HELD_ROUTE, 200, "{'held':[" HELD_2 "]}");
  gtk_widget_activate_action (row, "held.approve", NULL);
  wait_label (fixture, "Somebody decided about that message already.");
  wait_gone (fixture, "look at example.com");
}

/* What could not be decided waits on. */
static void
test_held_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScHeldQueue) queue = open_held (fixture);
  GtkWidget *row = get_row (fixture, "look at example.com");
  sc_fake_api_answer (fixture->api, "POST " CHAT "held/h1", 503, BUSY);
  gtk_widget_activate_action (row, "held.approve", NULL);
  g_assert_false (gtk_widget_get_sensitive (row));
  wait_label (fixture, "Not done: the server is busy.");
  g_assert_true (gtk_widget_get_sensitive (row));
  sc_fake_api_answer_now (fixture->api, HELD_ROUTE, 200, "{'held':[" HELD_1 "]}");
  sc_held_queue_refresh (queue);
  wait_gone (fixture, "SO MANY CAPITALS");
}

/* The settings. */

static GtkWidget *
get_row_of (Fixture *fixture, GType type, const char *title)
{
  return gtk_widget_get_ancestor (wait_label (fixture, title), type);
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  present (fixture, sc_chat_settings_dialog_new (fixture->client, "ada", TRUE, NULL));
  GtkWidget *row = get_row_of (fixture, ADW_TYPE_SWITCH_ROW, "Followers Only");
  GtkWidget *save = gtk_widget_get_ancestor (wait_label (fixture, "Save"), GTK_TYPE_BUTTON);
  g_assert_false (gtk_widget_get_sensitive (save));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), TRUE);
  g_assert_true (gtk_widget_get_sensitive (save));
  sc_fake_api_answer (fixture->api, SAVE_ROUTE, 503, BUSY);
  click (fixture, "Save");
  wait_label (fixture, "The settings could not be saved.");
  g_assert_true (adw_switch_row_get_active (ADW_SWITCH_ROW (row)));
  assert_asked (fixture, SAVE_ROUTE, "'followers_only':true");
  assert_asked (fixture, SAVE_ROUTE, "'slow_seconds':5");

  g_autoptr (GString) saved = g_string_new (SETTINGS);
  g_string_replace (saved, "'followers_only':false", "'followers_only':true", 1);
  sc_fake_api_answer_now (fixture->api, SAVE_ROUTE, 200, saved->str);
  g_assert_true (gtk_widget_get_sensitive (save));
  click (fixture, "Save");
  wait_label (fixture, "Settings saved");
  g_assert_false (gtk_widget_get_sensitive (save));
}

/* What the server does not take is told where it was typed, and stays there. */
static void
test_settings_problem (Fixture *fixture, gconstpointer data)
{
  present (fixture, sc_chat_settings_dialog_new (fixture->client, "ada", TRUE, NULL));
  wait_label (fixture, "Own Blocked Terms");
  GtkWidget *group =
    gtk_widget_get_ancestor (wait_label (fixture, "Allowed Links"), ADW_TYPE_PREFERENCES_GROUP);
  GtkWidget *view = sct_find (group, GTK_TYPE_TEXT_VIEW, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_set_text (buffer, "example.org\nnot a host", -1);
  sc_fake_api_answer (fixture->api,
                      SAVE_ROUTE,
                      400,
                      "{'error':{'code':'bad_request','message':'“not a host” is no host.',"
                      "'field':'allowed_links'}}");
  click (fixture, "Save");
  wait_label (fixture, "“not a host” is no host.");
  assert_asked (fixture, SAVE_ROUTE, "'allowed_links':['example.org','not a host']");
  g_assert_cmpint (gtk_text_buffer_get_line_count (buffer), ==, 2);

  g_autofree char *long_term = g_strnfill (SC_CHAT_LINK_MAX + 1, 'x');
  gtk_text_buffer_set_text (buffer, long_term, -1);
  wait_label (fixture, "is longer than 253 characters.");
  GtkWidget *dialog = GTK_WIDGET (
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)));
  g_assert_false (adw_dialog_get_can_close (ADW_DIALOG (dialog)));
  adw_dialog_close (ADW_DIALOG (dialog));
  wait_label (fixture, "Discard Changes?");
  AdwDialog *question =
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window));
  g_signal_emit_by_name (question, "response::discard", "discard");
  wait_gone (fixture, "Allowed Links");
}

static void
test_settings_moderators (Fixture *fixture, gconstpointer data)
{
  present (fixture, sc_chat_settings_dialog_new (fixture->client, "ada", TRUE, NULL));
  GtkWidget *row = get_row_of (fixture, ADW_TYPE_ENTRY_ROW, "Add a Moderator by Name");
  sc_fake_api_answer (fixture->api,
                      "PUT /v1/channels/ada/moderators/nobody",
                      404,
                      "{'error':{'code':'no_such_user','message':'No','field':null}}");
  gtk_editable_set_text (GTK_EDITABLE (row), "nobody");
  g_signal_emit_by_name (row, "apply");
  wait_label (fixture, "There is nobody of this name.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "nobody");

  g_autoptr (GString) without = g_string_new (SETTINGS);
  g_string_replace (without, "{'user_id':'u-ben','name':'ben'}", "", 1);
  sc_fake_api_answer_now (fixture->api, SETTINGS_ROUTE, 200, without->str);
  sc_fake_api_answer (fixture->api, "DELETE /v1/channels/ada/moderators/ben", 200, "{'pending':0}");
  GtkWidget *remove = sct_find (fixture->window, GTK_TYPE_BUTTON, "Remove ben");
  g_assert_nonnull (remove);
  g_signal_emit_by_name (remove, "clicked");
  wait_gone (fixture, "ben");
}

static void
test_settings_for_moderator (Fixture *fixture, gconstpointer data)
{
  present (fixture, sc_chat_settings_dialog_new (fixture->client, "ada", FALSE, NULL));
  wait_label (fixture, "Only the streamer can change these.");
  g_assert_false (gtk_widget_get_sensitive (get_row_of (fixture, ADW_TYPE_COMBO_ROW, "Links")));
  g_assert_true (gtk_widget_get_sensitive (get_row_of (fixture, ADW_TYPE_SWITCH_ROW, "Read Only")));
  g_assert_false (is_shown (fixture, "Add a Moderator by Name"));
  wait_label (fixture, "ben");
}

/* The log. */

static void
test_log (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api,
                      ACTIONS_ROUTE "?before=o1",
                      200,
                      "{'actions':[{'id':'a3','kind':'modes','at':'2026-01-01T00:00:00.000Z',"
                      "'actor':{'user_id':'u-ada','name':'ada'},'person':null,'line':null,"
                      "'reason':null,'until':null,'undone_at':null,'undoable_until':null}],"
                      "'older':null}");
  sc_fake_api_answer (fixture->api,
                      ACTIONS_ROUTE "?user_id=u-mia",
                      200,
                      "{'actions':[" ACTION "],'older':null}");
  present (fixture, sc_moderation_log_dialog_new (fixture->moderation, NULL));
  wait_label (fixture, "ada timed mia out for 10 minutes");
  wait_label (fixture, "“buy cheap followers”");
  wait_label (fixture, "and undone");
  click (fixture, "Show More");
  wait_label (fixture, "ada changed how the chat is run");
  wait_gone (fixture, "Show More");

  GtkWidget *filter = sct_find (fixture->window, GTK_TYPE_BUTTON, "Show only what was done");
  g_signal_emit_by_name (filter, "clicked");
  wait_label (fixture, "Actions about mia");
  wait_gone (fixture, "“buy cheap followers”");
  click (fixture, "Show All");
  wait_label (fixture, "“buy cheap followers”");
}

static gboolean
has_focus (gpointer data)
{
  const Fixture *fixture = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  return focus && gtk_widget_get_ancestor (focus, ADW_TYPE_DIALOG);
}

static void
test_log_bans (Fixture *fixture, gconstpointer data)
{
  present (fixture, sc_moderation_log_dialog_new (fixture->moderation, NULL));
  wait_label (fixture, "ada timed mia out for 10 minutes");
  GtkWidget *stack = sct_find (fixture->window, ADW_TYPE_VIEW_STACK, NULL);
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), "bans");
  wait_label (fixture, "Reason: spam all day");
  sc_fake_api_answer (fixture->api, ACT_ROUTE, 201, "{'action':" ACTION ",'pending':0}");
  sc_fake_api_answer_now (fixture->api, BANS_ROUTE, 200, "{'bans':[],'older':null}");
  gtk_widget_grab_focus (gtk_widget_get_ancestor (wait_label (fixture, "Unban"), GTK_TYPE_BUTTON));
  click (fixture, "Unban");
  wait_label (fixture, "Nobody Is Banned");
  sc_test_wait_until (has_focus, fixture);
  assert_asked (fixture, ACT_ROUTE, "'kind':'unban'");
}

/* A page that does not come leaves those that did. */
static void
test_log_fails (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer_now (fixture->api, ACTIONS_ROUTE, 503, BUSY);
  present (fixture, sc_moderation_log_dialog_new (fixture->moderation, NULL));
  wait_label (fixture, "The Server Is Busy");
  sc_fake_api_answer_now (fixture->api,
                          ACTIONS_ROUTE,
                          200,
                          "{'actions':[" ACTION "],'older':'o1'}");
  click (fixture, "Retry");
  wait_label (fixture, "ada timed mia out for 10 minutes");
  sc_fake_api_answer (fixture->api, ACTIONS_ROUTE "?before=o1", 503, BUSY);
  click (fixture, "Show More");
  wait_label (fixture, "Many people want something at once.");
  g_assert_true (is_shown (fixture, "ada timed mia out for 10 minutes"));
}

/* The report. */

static void
choose (Fixture *fixture, const char *reason)
{
  GtkWidget *row = get_row_of (fixture, ADW_TYPE_ACTION_ROW, reason);
  GtkWidget *check = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
}

static void
test_report (Fixture *fixture, gconstpointer data)
{
  sc_report_dialog_present (get_content (fixture), fixture->client, "ada", fixture->line);
  wait_label (fixture, "mia said “is this thing on?”");
  GtkWidget *send = sct_find (fixture->window, GTK_TYPE_BUTTON, "Send the report");
  g_assert_false (gtk_widget_get_sensitive (send));
  choose (fixture, "Hate against people");
  g_assert_true (gtk_widget_get_sensitive (send));
  GtkWidget *words = get_row_of (fixture, ADW_TYPE_ENTRY_ROW, "More About It");
  gtk_editable_set_text (GTK_EDITABLE (words), " all evening ");

  sc_fake_api_answer (fixture->api,
                      REPORT_ROUTE,
                      429,
                      "{'error':{'code':'too_many_reports','message':'No','field':null}}");
  g_signal_emit_by_name (send, "clicked");
  wait_label (fixture, "You have reported much within an hour.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (words)), ==, " all evening ");

  sc_fake_api_answer_now (fixture->api, REPORT_ROUTE, 204, "");
  g_signal_emit_by_name (send, "clicked");
  wait_label (fixture, "Thank you. The report was sent.");
  wait_gone (fixture, "More About It");
  assert_asked (fixture, REPORT_ROUTE, "'reason':'hate'");
  assert_asked (fixture, REPORT_ROUTE, "'line_id':'l1'");
  assert_asked (fixture, REPORT_ROUTE, "'words':'all evening'");
}

static void
test_report_channel (Fixture *fixture, gconstpointer data)
{
  sc_report_dialog_present (get_content (fixture), fixture->client, "ada", NULL);
  wait_label (fixture, "Report the Channel of ada");
  choose (fixture, "Something else");
  sc_fake_api_answer (fixture->api, REPORT_ROUTE, 204, "");
  GtkWidget *dialog = GTK_WIDGET (
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)));
  GtkWidget *send = sct_find (dialog, GTK_TYPE_BUTTON, "Send the report");
  g_signal_emit_by_name (send, "clicked");
  wait_asked (fixture, REPORT_ROUTE, 1);
  assert_asked (fixture, REPORT_ROUTE, "'kind':'channel'");
}

/* How they look, and that nothing of them is left. */

static void
take_picture (Fixture *fixture, const char *name, int width, AdwColorScheme scheme)
{
  g_autofree char *full =
    g_strdup_printf ("%s-%d-%s",
                     name,
                     width,
                     scheme == ADW_COLOR_SCHEME_FORCE_DARK ? "dark" : "light");
  sct_wait_frames (fixture->window, 6);
  g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, width + FRAME);
  sct_save_picture (fixture->window, full);
  AdwDialog *dialog =
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window));
  g_object_ref (dialog);
  adw_dialog_force_close (dialog);
  wait_finalized (dialog);
}

static void
look (int width, AdwColorScheme scheme)
{
  Fixture fixture = { 0 };
  set_up (&fixture, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  gtk_window_set_default_size (GTK_WINDOW (fixture.window),
                               width + FRAME,
                               width == 360 ? 720 : 800);
  answer_person (&fixture, "viewer", BAN);
  open_person (&fixture, SC_CHAT_STREAMER);
  wait_label (&fixture, "ada timed mia out for 10 minutes");
  take_picture (&fixture, "person", width, scheme);
  ScHeldQueue *queue = open_held (&fixture);
  wait_label (&fixture, "SO MANY CAPITALS");
  take_picture (&fixture, "held", width, scheme);
  present (&fixture, sc_chat_settings_dialog_new (fixture.client, "ada", TRUE, NULL));
  wait_label (&fixture, "Who May Write");
  take_picture (&fixture, "settings", width, scheme);
  present (&fixture, sc_moderation_log_dialog_new (fixture.moderation, NULL));
  wait_label (&fixture, "ada timed mia out for 10 minutes");
  take_picture (&fixture, "log", width, scheme);
  sc_report_dialog_present (get_content (&fixture), fixture.client, "ada", fixture.line);
  wait_label (&fixture, "More About It");
  take_picture (&fixture, "report", width, scheme);
  g_clear_object (&queue);
  tear_down (&fixture, NULL);
}

static void
test_wide_and_narrow (void)
{
  look (1280, ADW_COLOR_SCHEME_FORCE_LIGHT);
  look (360, ADW_COLOR_SCHEME_FORCE_DARK);
  if (g_getenv ("STREAMCAT_PICTURES")) {
    look (1280, ADW_COLOR_SCHEME_FORCE_DARK);
    look (360, ADW_COLOR_SCHEME_FORCE_LIGHT);
  }
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);

  add ("/moderation/person", test_person);
  add ("/moderation/person/appointed", test_person_appointed);
  add ("/moderation/person/for-viewer", test_person_for_viewer);
  add ("/moderation/person/fails", test_person_fails);
  add ("/moderation/held", test_held);
  add ("/moderation/held/by-another", test_held_by_another);
  add ("/moderation/held/fails", test_held_fails);
  add ("/moderation/settings", test_settings);
  add ("/moderation/settings/problem", test_settings_problem);
  add ("/moderation/settings/moderators", test_settings_moderators);
  add ("/moderation/settings/for-moderator", test_settings_for_moderator);
  add ("/moderation/log", test_log);
  add ("/moderation/log/bans", test_log_bans);
  add ("/moderation/log/fails", test_log_fails);
  add ("/moderation/report", test_report);
  add ("/moderation/report/channel", test_report_channel);
  g_test_add_func ("/moderation/wide-and-narrow", test_wide_and_narrow);
  return g_test_run ();
}
