/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Streamer mode on a real window over a server in this process: when it is on, what it covers, and
 * how one looks under a cover. With STREAMCAT_PICTURES=DIR each state is also painted. */

#include "config.h"

#include "sc-chat-blocks.h"
#include "sc-chat-settings-dialog.h"
#include "sc-client-fixture.h"
#include "sc-held-dialog.h"
#include "sc-last-page.h"
#include "sc-link.h"
#include "sc-moderation-log-dialog.h"
#include "sc-person-dialog.h"
#include "sc-player-library.h"
#include "sc-preferences-dialog.h"
#include "sc-window.h"
#include "sct-window.h"

#include <string.h>

#define SIGNED_IN "{'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z','user':{'name':'mia'}}"
#define CHANNEL(stream)                                                                            \
  "{'channel':{'name':'mia','title':'Weaving','state':'ready','playback_url':null,"                \
  "'ingest_server':'rtmps://ingest.example:443/app/','channel_type':'BASIC','live':false,"         \
  "'stream':" stream ",'key_state':'ready'}}"
#define LIVE                                                                                       \
  CHANNEL ("{'id':'st-1','started_at':'2026-01-01T00:00:00.000Z','width':1280,'height':720,"       \
           "'frame_rate':30,'health':'healthy'}")
#define OFFLINE CHANNEL ("null")
#define LAPTOP                                                                                     \
  "{'sessions':[{'id':'laptop-id','device':'thinkpad-x1','created_at':'2026-01-01T00:00:00.000Z'," \
  "'used_at':'2026-01-02T00:00:00.000Z','current':true}]}"
#define COVERED "Hidden in streamer mode"
#define DEVICE "thinkpad-x1"
#define CHAT "GET /v1/channels/mia/chat/"
#define HELD                                                                                       \
  "{'held':[{'id':'h1','at':'2026-01-02T10:00:00.000Z','user_id':'u-ben','name':'ben',"            \
  "'role':'viewer','text':'a word held back','rule':'terms'}]}"
#define ACTION                                                                                     \
  "{'id':'a1','kind':'timeout','at':'2026-01-02T10:00:00.000Z',"                                   \
  "'actor':{'user_id':'u-mia','name':'mia'},'person':{'user_id':'u-grace','name':'grace'},"        \
  "'line':null,'reason':'calm down','until':'2026-01-02T10:10:00.000Z','undone_at':null,"          \
  "'undoable_until':null}"
#define ACTIONS "{'actions':[" ACTION "],'more':false}"
#define PERSON                                                                                     \
  "{'person':{'user_id':'u-grace','name':'grace','role':'viewer',"                                 \
  "'since':'2025-12-02T10:00:00.000Z','follows':true,'ban':null},'lines':[{'id':'l1',"             \
  "'sent_at':'2026-01-02T10:00:00.000Z','user_id':'u-grace','name':'grace','role':'viewer',"       \
  "'text':'is this thing on?'}],'actions':[" ACTION "]}"
#define SETTINGS                                                                                   \
  "{'settings':{'modes':{'slow_seconds':5,'followers_only':false,'read_only':false,"               \
  "'emoji_only':false},'rules':{'terms':'mask','links':'hold','repeats':'refuse',"                 \
  "'capitals':'off'},'languages':['en','de'],'terms':['spoiler'],'allowed_links':['example.org']," \
  "'moderators':[]},'pending':0}"

typedef struct {
  ScFakeApi *api;
  GSettings *settings;
  ScSession *session;
  ScWindow *window;
  ScOwnChannel *own_channel; /* as a page reads it */
} Fixture;

static void
set_up (Fixture *self, gconstpointer channel)
{
  self->api = sc_fake_api_new ();
  self->settings = g_settings_new (SC_APP_ID);
  self->session = sc_test_session_new ();
  sc_fake_api_answer (self->api, "POST /v1/sessions", 201, SIGNED_IN);
  sc_fake_api_answer (self->api, "GET /v1/sessions", 200, LAPTOP);
  sc_fake_api_answer (self->api, "GET /v1/channels?live=1", 200, "{'channels':[]}");
  sc_fake_api_answer (self->api, "GET /v1/recordings", 200, "{'recordings':[]}");
  sc_fake_api_answer (self->api, "GET /v1/me/channel", 200, channel);
  sc_session_set_server (self->session, sc_fake_api_get_url (self->api));
  self->window = sc_window_new (NULL, self->settings, self->session);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1290, 800);
  gtk_window_present (GTK_WINDOW (self->window));
  g_autoptr (DexFuture) signing_in = sc_session_sign_in (self->session, "mia", "password");
  sc_test_wait (signing_in);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_clear_object (&self->own_channel);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_settings_reset (self->settings, "streamer-mode");
  g_settings_reset (self->settings, "chat-blocks");
  g_settings_reset (self->settings, "last-page");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->settings);
  sc_fake_api_free (self->api);
}

static GtkWidget *
find (Fixture *self, const char *text)
{
  return sct_find (GTK_WIDGET (self->window), GTK_TYPE_LABEL, text);
}

static GtkWidget *
see (Fixture *self, const char *text)
{
  while (!find (self, text))
    g_main_context_iteration (NULL, TRUE);
  return find (self, text);
}

static void
see_no_more (Fixture *self, const char *text)
{
  while (find (self, text))
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_mode (Fixture *self, gboolean is_on)
{
  while (sc_streamer_mode_get_on (sc_window_get_streamer_mode (self->window)) != is_on)
    g_main_context_iteration (NULL, TRUE);
}

/* As My Channel does: it reads now, and the mode takes its readings. */
static void
read_channel (Fixture *self)
{
  if (!self->own_channel)
    self->own_channel = sc_own_channel_new (sc_session_get_client (self->session));
  sc_streamer_mode_set_own_channel (sc_window_get_streamer_mode (self->window), self->own_channel);
  sc_own_channel_start (self->own_channel);
}

static void
open_account (Fixture *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.account", NULL);
}

/* Goes on by itself while the channel is live, covers, and is off again after. */
static void
test_live (Fixture *self, gconstpointer unused)
{
  see (self, "Streamer mode is on");
  open_account (self);
  see (self, COVERED);
  sct_take_pictures (GTK_WIDGET (self->window), "streamer-mode");
  g_assert_null (find (self, DEVICE));

  GtkWidget *button = gtk_widget_get_ancestor (see (self, "Show"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  see (self, DEVICE);
  g_assert_null (find (self, COVERED));

  sc_fake_api_answer_now (self->api, "GET /v1/me/channel", 200, OFFLINE);
  read_channel (self);
  wait_for_mode (self, FALSE);
  see (self, DEVICE);
}

/* What was shown for once is covered the next time. */
static void
test_covered_again (Fixture *self, gconstpointer unused)
{
  wait_for_mode (self, TRUE);
  open_account (self);
  GtkWidget *button = gtk_widget_get_ancestor (see (self, "Show"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  see (self, DEVICE);
  sc_fake_api_answer_now (self->api, "GET /v1/me/channel", 200, OFFLINE);
  read_channel (self);
  wait_for_mode (self, FALSE);
  sc_fake_api_answer_now (self->api, "GET /v1/me/channel", 200, LIVE);
  read_channel (self);
  see (self, COVERED);
  g_assert_null (find (self, DEVICE));
}

static void
count_change (guint *n_changes)
{
  (*n_changes)++;
}

/* A server that is away does not end the stream. */
static void
test_unreachable (Fixture *self, gconstpointer unused)
{
  wait_for_mode (self, TRUE);
  guint before = sc_fake_api_count (self->api, "GET /v1/me/channel");
  sc_fake_api_answer_now (self->api, "GET /v1/me/channel", 503, "{}");
  read_channel (self);
  while (sc_fake_api_count (self->api, "GET /v1/me/channel") == before)
    g_main_context_iteration (NULL, TRUE);
  /* Answers come in the order of their questions. */
  g_autoptr (DexFuture) later = sc_client_get_own_channel (sc_session_get_client (self->session));
  while (dex_future_is_pending (later))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (sc_streamer_mode_get_on (sc_window_get_streamer_mode (self->window)));
}

/* From Always, too, whoever is live stays covered. */
static void
test_back_to_automatic (Fixture *self, gconstpointer unused)
{
  guint n_changes = 0;
  wait_for_mode (self, TRUE);
  ScStreamerMode *mode = sc_window_get_streamer_mode (self->window);
  g_signal_connect_swapped (mode, "notify::on", G_CALLBACK (count_change), &n_changes);
  g_settings_set_enum (self->settings, "streamer-mode", SC_STREAMER_MODE_ALWAYS);
  g_settings_set_enum (self->settings, "streamer-mode", SC_STREAMER_MODE_AUTOMATIC);
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_true (sc_streamer_mode_get_on (mode));
}

static void
test_never (Fixture *self, gconstpointer unused)
{
  wait_for_mode (self, TRUE);
  g_settings_set_enum (self->settings, "streamer-mode", SC_STREAMER_MODE_NEVER);
  wait_for_mode (self, FALSE);
  open_account (self);
  see (self, DEVICE);
}

/* Also without a stream, and for who is signed out. */
static void
test_always (Fixture *self, gconstpointer unused)
{
  const char *troll = "Blocked Troll";
  sc_chat_blocks_add (self->settings, "troll-1", troll);
  AdwDialog *dialog =
    ADW_DIALOG (sc_preferences_dialog_new (self->settings,
                                           self->session,
                                           sc_window_get_streamer_mode (self->window)));
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
  see (self, troll);
  g_settings_set_enum (self->settings, "streamer-mode", SC_STREAMER_MODE_ALWAYS);
  see (self, COVERED);
  see_no_more (self, troll);
  sct_take_pictures (GTK_WIDGET (self->window), "streamer-mode-preferences");
  g_settings_set_enum (self->settings, "streamer-mode", SC_STREAMER_MODE_AUTOMATIC);
  see (self, troll);
}

static void
wait_for_count (Fixture *self, guint wanted)
{
  while (sc_fake_api_count (self->api, "GET /v1/me/channel") < wanted)
    g_main_context_iteration (NULL, TRUE);
}

/* Nobody is asked twice: not while the page of the own channel is on show. */
static void
test_asks_once (Fixture *self, gconstpointer unused)
{
  ScStreamerMode *mode = sc_window_get_streamer_mode (self->window);
  wait_for_mode (self, TRUE);
  guint before = sc_fake_api_count (self->api, "GET /v1/me/channel");
  read_channel (self);
  g_settings_set_enum (self->settings, "streamer-mode", SC_STREAMER_MODE_ALWAYS);
  g_settings_set_enum (self->settings, "streamer-mode", SC_STREAMER_MODE_AUTOMATIC);
  while (!sc_own_channel_get_channel (self->own_channel))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (sc_fake_api_count (self->api, "GET /v1/me/channel"), ==, before + 1);

  sc_own_channel_stop (self->own_channel);
  sc_fake_api_answer_now (self->api, "GET /v1/me/channel", 200, OFFLINE);
  sc_streamer_mode_set_own_channel (mode, NULL);
  wait_for_mode (self, FALSE);
  g_assert_cmpuint (sc_fake_api_count (self->api, "GET /v1/me/channel"), ==, before + 2);
}

/* My Channel gives its readings while it is on show, and no longer. */
static void
test_page (Fixture *self, gconstpointer unused)
{
  wait_for_count (self, 1);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.my-channel", NULL);
  see (self, "Ready to Go Live");
  sc_fake_api_answer_now (self->api, "GET /v1/me/channel", 200, LIVE);
  gtk_widget_activate_action (see (self, "Ready to Go Live"), "page.reload", NULL);
  wait_for_mode (self, TRUE);
  sc_fake_api_answer_now (self->api, "GET /v1/me/channel", 200, OFFLINE);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.home", NULL);
  wait_for_mode (self, FALSE);
}

static void
assert_begins_with (Fixture *self, const char *path)
{
  g_autofree char *link = sc_last_page_take_link (self->settings, self->session);
  const char *host = strstr (sc_fake_api_get_url (self->api), "//") + 2;
  g_autofree char *wanted = path ? g_strdup_printf ("streamcat://%s/%s", host, path) : NULL;
  g_assert_cmpstr (link, ==, wanted);
}

static void
show_recording (Fixture *self, gboolean is_hidden)
{
  g_autoptr (ScRecording) recording =
    sc_recording_new (&(ScRecordingFields) { .id = "7",
                                             .channel = "ada",
                                             .title = "Engines",
                                             .duration_ms = 1000,
                                             .playback_url = "http://127.0.0.1:9/multivariant.m3u8",
                                             .is_own = is_hidden,
                                             .is_hidden = is_hidden });
  sc_window_open_recording (self->window, recording, SC_LINK_NO_MOMENT);
}

/* What is private is not what the next start shows; closing the window is no leaving. */
static void
test_last_page (Fixture *self, gconstpointer unused)
{
  sc_window_open_channel (self->window, "ada");
  assert_begins_with (self, "channel/ada");
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.my-channel", NULL);
  assert_begins_with (self, NULL);
  GtkWidget *page = see (self, "Ready to Go Live");
  gtk_widget_activate_action (page, "navigation.pop", NULL);
  assert_begins_with (self, "channel/ada");
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.home", NULL);
  assert_begins_with (self, NULL);

  ScWindow *other = sc_window_new (NULL, self->settings, self->session);
  gtk_window_present (GTK_WINDOW (other));
  sc_window_open_channel (other, "ada");
  gtk_window_destroy (GTK_WINDOW (other));
  assert_begins_with (self, "channel/ada");
  show_recording (self, /* is_hidden= */ FALSE);
  assert_begins_with (self, "recording/7");
  show_recording (self, /* is_hidden= */ TRUE);
  assert_begins_with (self, NULL);
  g_settings_set_string (self->settings, "last-page", "streamcat://other.example/channel/ada");
  assert_begins_with (self, NULL);
}

static void
look_under (Fixture *self, const char *hidden)
{
  see (self, COVERED);
  g_assert_null (find (self, hidden));
  GtkWidget *button = gtk_widget_get_ancestor (see (self, "Show"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  see (self, hidden);
  g_assert_null (find (self, COVERED));
}

static void
close_dialog (AdwDialog *dialog)
{
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  adw_dialog_force_close (dialog);
  while (dialog)
    g_main_context_iteration (NULL, TRUE);
}

static void
present (Fixture *self, gpointer dialog, const char *hidden, const char *name)
{
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self->window));
  see (self, COVERED);
  sct_take_pictures (GTK_WIDGET (self->window), name);
  look_under (self, hidden);
  close_dialog (ADW_DIALOG (dialog));
}

static ScChatLine *
make_line (void)
{
  const ScChatRecord record = {
    .id = (char *) "l1",
    .sent_at = G_USEC_PER_SEC,
    .user_id = (char *) "u-grace",
    .name = (char *) "grace",
    .role = SC_CHAT_VIEWER,
    .text = (char *) "is this thing on?",
    .offset_ms = -1,
  };
  return sc_chat_line_new_stored (&record, /* own= */ FALSE);
}

/* What was done to a person is the moderation log's, and covered as it is; who they are is not. */
static void
test_person (Fixture *self, gconstpointer unused)
{
  static const char *const done = "mia timed grace out for 10 minutes";
  ScClient *client = sc_session_get_client (self->session);
  ScStreamerMode *mode = sc_window_get_streamer_mode (self->window);
  g_autoptr (ScChatModeration) moderation = sc_chat_moderation_new (client, "mia");
  g_autoptr (ScChatLine) line = make_line ();
  sc_fake_api_answer (self->api, CHAT "people/u-grace", 200, PERSON);
  wait_for_mode (self, TRUE);
  AdwDialog *dialog =
    ADW_DIALOG (sc_person_dialog_new (moderation, self->settings, mode, SC_CHAT_STREAMER, line));
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
  see (self, "Follows the channel");
  see (self, "is this thing on?");
  sct_take_pictures (GTK_WIDGET (self->window), "streamer-mode-person");
  look_under (self, done);
  g_settings_set_enum (self->settings, "streamer-mode", SC_STREAMER_MODE_NEVER);
  wait_for_mode (self, FALSE);
  see (self, done);
  close_dialog (dialog);
}

/* What moderators see and viewers are not to. */
static void
test_moderation (Fixture *self, gconstpointer unused)
{
  ScClient *client = sc_session_get_client (self->session);
  ScStreamerMode *mode = sc_window_get_streamer_mode (self->window);
  g_autoptr (ScChatModeration) moderation = sc_chat_moderation_new (client, "mia");
  g_autoptr (ScHeldQueue) queue = sc_held_queue_new (client, "mia");
  sc_fake_api_answer (self->api, CHAT "held", 200, HELD);
  sc_fake_api_answer (self->api, CHAT "actions", 200, ACTIONS);
  sc_fake_api_answer (self->api, CHAT "bans", 200, "{'bans':[],'more':false}");
  sc_fake_api_answer (self->api, CHAT "settings", 200, SETTINGS);
  wait_for_mode (self, TRUE);
  present (self, sc_held_dialog_new (queue, mode), "a word held back", "streamer-mode-held");
  present (self,
           sc_moderation_log_dialog_new (moderation, mode),
           "grace",
           "streamer-mode-moderation-log");
  present (self,
           sc_chat_settings_dialog_new (client, "mia", TRUE, mode),
           "One on each line",
           "streamer-mode-terms");
}

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
#define ADD(name, channel, test)                                                                   \
  g_test_add ("/streamer-mode/" name, Fixture, channel, set_up, test, tear_down)
  ADD ("live", LIVE, test_live);
  ADD ("covered-again", LIVE, test_covered_again);
  ADD ("unreachable", LIVE, test_unreachable);
  ADD ("back-to-automatic", LIVE, test_back_to_automatic);
  ADD ("never", LIVE, test_never);
  ADD ("always", OFFLINE, test_always);
  ADD ("asks-once", LIVE, test_asks_once);
  ADD ("page", OFFLINE, test_page);
  ADD ("last-page", OFFLINE, test_last_page);
  ADD ("moderation", LIVE, test_moderation);
  ADD ("person", LIVE, test_person);
#undef ADD
  return g_test_run ();
}
