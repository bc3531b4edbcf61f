/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What those who moderate a chat are told of what they did, why they did it, and where they keep
 * it; and that nothing is left of what they close before it is answered. */

#include "config.h"

#include "sc-audit-csv.h"
#include "sc-audit-export.h"
#include "sc-ban-dialog.h"
#include "sc-chat-settings-dialog.h"
#include "sc-fake-api.h"
#include "sc-held-dialog.h"
#include "sc-moderation-log-dialog.h"
#include "sc-person-dialog.h"
#include "sct-window.h"

#include <glib/gstdio.h>
#include <string.h>

#define CHAT "/v1/channels/ada/chat/"
#define ACT_ROUTE "POST " CHAT "actions"
#define ACTIONS_ROUTE "GET " CHAT "actions"
#define HELD_ROUTE "GET " CHAT "held"
#define DECIDE_ROUTE "POST " CHAT "held/h1"
#define SETTINGS_ROUTE "GET " CHAT "settings"
#define SAVE_ROUTE "PATCH " CHAT "settings"
#define AGAIN "The chat does not answer yet and is told again"

#define ACTION(id, kind, reason)                                                                   \
  "{'id':'" id "','kind':'" kind "','at':'2026-01-02T10:00:00.000Z',"                              \
  "'actor':{'user_id':'u-ada','name':'ada'},'person':{'user_id':'u-mia','name':'mia'},"            \
  "'line':{'id':'l1','text':'=1+1 is \\\"2\\\"'},'reason':" reason ","                             \
  "'until':null,'undone_at':null,'undoable_until':null}"
#define HELD                                                                                       \
  "{'held':[{'id':'h1','at':'2026-01-02T10:00:00.000Z','user_id':'u-mia','name':'mia',"            \
  "'role':'viewer','text':'look at example.com','rule':'links'}]}"
#define SETTINGS(pending)                                                                          \
  "{'settings':{'modes':{'slow_seconds':5,'followers_only':false,'read_only':false,"               \
  "'emoji_only':false},'rules':{'terms':'mask','links':'hold','repeats':'refuse',"                 \
  "'capitals':'off'},'languages':['en','de'],'terms':[],'allowed_links':[],"                       \
  "'moderators':[{'user_id':'u-ben','name':'ben'}]},'pending':" pending "}"

typedef struct {
  ScFakeApi *api;
  ScClient *client;
  ScChatModeration *moderation;
  GSettings *settings;
  GtkWidget *window;
  const char *text;
} Fixture;

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
  fixture->window = adw_window_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), adw_bin_new ());
  adw_window_set_content (ADW_WINDOW (fixture->window), overlay);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static gboolean
is_alone (gpointer data)
{
  return g_atomic_int_get ((const int *) &G_OBJECT (data)->ref_count) == 1;
}

/* Whatever was asked for and not wanted any more lets go of the client. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  sc_test_wait_until (is_alone, fixture->moderation);
  g_assert_finalize_object (fixture->moderation);
  sc_test_wait_until (is_alone, fixture->client);
  g_assert_finalize_object (fixture->client);
  g_object_unref (fixture->settings);
  sc_fake_api_free (fixture->api);
}

static GtkWidget *
get_content (Fixture *fixture)
{
  GtkWidget *overlay = adw_window_get_content (ADW_WINDOW (fixture->window));
  return adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (overlay));
}

static gboolean
is_there (gpointer data)
{
  Fixture *fixture = data;
  return sct_find (fixture->window, GTK_TYPE_LABEL, fixture->text) != NULL;
}

static GtkWidget *
wait_label (Fixture *fixture, const char *text)
{
  fixture->text = text;
  sc_test_wait_until (is_there, fixture);
  return sct_find (fixture->window, GTK_TYPE_LABEL, text);
}

static void
click (Fixture *fixture, const char *label)
{
  GtkWidget *button = gtk_widget_get_ancestor (wait_label (fixture, label), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
}

static void
wait_asked (Fixture *fixture, const char *route)
{
  while (sc_fake_api_count (fixture->api, route) == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* A verdict that counts and that the room has not heard of. */
static void
test_held_pending (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScHeldQueue) queue = sc_held_queue_new (fixture->client, "ada");
  sc_fake_api_answer (fixture->api, HELD_ROUTE, 200, HELD);
  sc_fake_api_answer (fixture->api, DECIDE_ROUTE, 200, "{'pending':1}");
  adw_dialog_present (ADW_DIALOG (sc_held_dialog_new (queue, NULL)), get_content (fixture));
  click (fixture, "Approve");
  wait_label (fixture, "Decided. " AGAIN);
}

static void
test_settings_pending (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, SETTINGS_ROUTE, 200, SETTINGS ("0"));
  sc_fake_api_answer (fixture->api, SAVE_ROUTE, 200, SETTINGS ("2"));
  adw_dialog_present (ADW_DIALOG (sc_chat_settings_dialog_new (fixture->client, "ada", TRUE, NULL)),
                      get_content (fixture));
  GtkWidget *row = gtk_widget_get_ancestor (wait_label (fixture, "Read Only"), ADW_TYPE_SWITCH_ROW);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), TRUE);
  click (fixture, "Save");
  wait_label (fixture, "Settings saved. " AGAIN);

  sc_fake_api_answer (fixture->api, "DELETE /v1/channels/ada/moderators/ben", 200, "{'pending':1}");
  GtkWidget *remove = sct_find (fixture->window, GTK_TYPE_BUTTON, "Remove ben");
  g_signal_emit_by_name (remove, "clicked");
  wait_label (fixture, "Done. " AGAIN);
}

/* Why somebody is timed out, they can be told. */
static void
test_timeout_reason (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api,
                      ACT_ROUTE,
                      201,
                      "{'action':" ACTION ("a1", "timeout", "null") ",'pending':0}");
  sc_ban_dialog_present_timeout (get_content (fixture), fixture->moderation, "u-mia", "mia");
  wait_label (fixture, "Time mia Out?");
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
  GtkWidget *extra = adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (dialog));
  GtkWidget *duration = sct_find (extra, GTK_TYPE_DROP_DOWN, NULL);
  GtkWidget *reason = sct_find (extra, GTK_TYPE_ENTRY, NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (duration), 2);
  gtk_editable_set_text (GTK_EDITABLE (reason), "calm down");
  g_signal_emit_by_name (dialog, "response::time-out", "time-out");
  wait_asked (fixture, ACT_ROUTE);
  const char *body = sc_fake_api_get_body (fixture->api, ACT_ROUTE);
  g_assert_nonnull (strstr (body, "\"timeout\""));
  g_assert_nonnull (strstr (body, "3600"));
  g_assert_nonnull (strstr (body, "\"calm down\""));
  adw_dialog_force_close (dialog);
}

static void
test_csv (void)
{
  const ScModerationActionFields modes = {
    .kind = SC_MODERATION_MODES,
    .at = G_USEC_PER_SEC,
    .actor_id = "u-ada",
    .details = "{\"slow_seconds\":30}",
  };
  const ScModerationActionFields deletion = {
    .kind = SC_MODERATION_DELETE,
    .at = G_USEC_PER_SEC,
    .actor_name = "ada",
    .person_name = "mia",
    .person_id = "u-mia",
    .line_id = "l1",
    .line_text = "=cmd(\"x\"), no",
    .reason = "-1",
    .undone_at = 2 * G_USEC_PER_SEC,
  };
  g_autoptr (GString) csv = g_string_new (NULL);
  sc_audit_csv_begin (csv);
  g_string_truncate (csv, 0);
  sc_audit_csv_add (csv, &modes);
  sc_audit_csv_add (csv, &deletion);
  g_assert_cmpstr (csv->str,
                   ==,
                   "\"1970-01-01T00:00:01.000Z\",\"modes\",\"u-ada\",,,,,,,,"
                   "\"{\"\"slow_seconds\"\":30}\"\r\n"
                   "\"1970-01-01T00:00:01.000Z\",\"delete\",\"ada\",\"mia\",\"u-mia\",\"l1\","
                   "\"'=cmd(\"\"x\"\"), no\",\"'-1\",,\"1970-01-01T00:00:02.000Z\",\r\n");
}

/* All pages, and nothing of a file that was there before; which stays when a page fails. */
static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("export-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (folder, "log.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;
  sc_fake_api_answer (fixture->api,
                      ACTIONS_ROUTE,
                      200,
                      "{'actions':[" ACTION ("a1", "ban", "'spam'") "],'older':'o1'}");
  sc_fake_api_answer (fixture->api,
                      ACTIONS_ROUTE "?before=o1",
                      200,
                      "{'actions':[" ACTION ("a2", "delete", "null") "],'older':null}");
  sc_audit_export_to (get_content (fixture), fixture->client, "ada", NULL, file);
  wait_label (fixture, "The moderation log is saved");
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[0], "at,kind,moderator,"));
  g_assert_nonnull (strstr (lines[1], "\"ban\",\"ada\",\"mia\""));
  g_assert_nonnull (strstr (lines[1], "\"spam\""));
  g_assert_nonnull (strstr (lines[2], "\"delete\""));

  sc_fake_api_answer_now (fixture->api, ACTIONS_ROUTE "?before=o1", 503, "{}");
  sc_audit_export_to (get_content (fixture), fixture->client, "ada", NULL, file);
  wait_label (fixture, "The moderation log could not be saved.");
  g_autofree char *after = NULL;
  g_file_get_contents (path, &after, NULL, &error);
  g_assert_cmpstr (after, ==, text);
  g_unlink (path);
  g_rmdir (folder);
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
    .text = (char *) "hi",
    .offset_ms = -1,
  };
  return sc_chat_line_new_stored (&record, /* own= */ FALSE);
}

/* tear_down() sees that neither moderation nor client is held by anything. */
static void
close_early (Fixture *fixture, AdwDialog *dialog, const char *route)
{
  adw_dialog_present (dialog, get_content (fixture));
  wait_asked (fixture, route);
  adw_dialog_force_close (dialog);
}

static void
test_closed_early (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScChatLine) line = make_line ();
  g_autoptr (ScHeldQueue) queue = sc_held_queue_new (fixture->client, "ada");
  ScPersonDialog *person =
    sc_person_dialog_new (fixture->moderation, fixture->settings, NULL, SC_CHAT_STREAMER, line);
  close_early (fixture, ADW_DIALOG (person), "GET " CHAT "people/u-mia");
  close_early (fixture, ADW_DIALOG (sc_held_dialog_new (queue, NULL)), HELD_ROUTE);
  close_early (fixture,
               ADW_DIALOG (sc_moderation_log_dialog_new (fixture->moderation, NULL)),
               ACTIONS_ROUTE);
  close_early (fixture,
               ADW_DIALOG (sc_chat_settings_dialog_new (fixture->client, "ada", TRUE, NULL)),
               SETTINGS_ROUTE);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);

  add ("/moderation-told/held-pending", test_held_pending);
  add ("/moderation-told/settings-pending", test_settings_pending);
  add ("/moderation-told/timeout-reason", test_timeout_reason);
  g_test_add_func ("/moderation-told/csv", test_csv);
  add ("/moderation-told/export", test_export);
  add ("/moderation-told/closed-early", test_closed_early);
  return g_test_run ();
}
