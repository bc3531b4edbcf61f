/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-chat.h"

#include "sc-chat-composer.h"
#include "sc-chat-row.h"
#include "sc-window.h"

#define CHAT_ROUTE "POST /v1/channels/ada/chat"
#define SIGNED_IN "{'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z','user':{'name':'mia'}}"
#define OFFLINE "{'channel':{'name':'ada','title':'Engines','live':false,'stream':null}}"

/**
 * sct_chat_init:
 * @argc: (inout): of main()
 * @argv: (inout): of main()
 *
 * Begins a test program.
 */
void
sct_chat_init (int *argc, char ***argv)
{
  sct_window_init (argc, argv);
}

static gboolean
is_there (gpointer data)
{
  SctChat *fixture = data;
  return sct_find (fixture->window, fixture->type, fixture->text) != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return !is_there (data);
}

/**
 * sct_chat_wait_for:
 * @fixture: a test's
 * @type: what kind of widget
 * @text: (nullable): part of what is on the label, or of the tooltip of another widget
 *
 * Returns: (transfer none): the first one, once it is on screen
 */
GtkWidget *
sct_chat_wait_for (SctChat *fixture, GType type, const char *text)
{
  fixture->type = type;
  fixture->text = text;
  sc_test_wait_until (is_there, fixture);
  return sct_find (fixture->window, type, text);
}

/**
 * sct_chat_wait_gone:
 * @fixture: a test's
 * @type: what kind of widget
 * @text: (nullable): as for sct_chat_wait_for()
 *
 * Waits until no such widget is on screen.
 */
void
sct_chat_wait_gone (SctChat *fixture, GType type, const char *text)
{
  fixture->type = type;
  fixture->text = text;
  sc_test_wait_until (is_gone, fixture);
}

/**
 * sct_chat_give_tokens:
 * @fixture: a test's
 * @user_id: who one is in the room, and what one is called
 * @capabilities: what one may do; with %SC_CHAT_DELETE one is a moderator
 *
 * Each request for a token gets a new one; the last stays, and is of no use twice.
 */
void
sct_chat_give_tokens (SctChat *fixture, const char *user_id, ScChatCapabilities capabilities)
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

/**
 * sct_chat_sign_in:
 * @fixture: a test's
 *
 * Signs mia in.
 */
void
sct_chat_sign_in (SctChat *fixture)
{
  g_autoptr (DexFuture) future = sc_session_sign_in (fixture->session, "mia", "password");
  sc_test_wait (future);
}

/**
 * sct_chat_set_up:
 * @fixture: a test's
 * @data: not used
 *
 * Opens the app's window on a server and a room in this process, with nobody signed in.
 */
void
sct_chat_set_up (SctChat *fixture, gconstpointer data)
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
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280 + SCT_CHAT_FRAME, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

/**
 * sct_chat_tear_down:
 * @fixture: a test's
 * @data: not used
 *
 * Closes the window; nothing of it may be left.
 */
void
sct_chat_tear_down (SctChat *fixture, gconstpointer data)
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
  SctChat *fixture = data;
  return sc_fake_room_count_open (fixture->room) == 1;
}

/**
 * sct_chat_enter_as:
 * @fixture: a test's
 * @user_id: who one is in the room
 * @capabilities: what one may do; with none one is not signed in
 *
 * Opens the channel of ada and waits until its room is entered, in which nobody has said anything.
 */
void
sct_chat_enter_as (SctChat *fixture, const char *user_id, ScChatCapabilities capabilities)
{
  sct_chat_give_tokens (fixture, user_id, capabilities);
  if (capabilities)
    sct_chat_sign_in (fixture);
  sc_window_open_channel (SC_WINDOW (fixture->window), "ada");
  sc_test_wait_until (has_guest, fixture);
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Nobody has said anything yet.");
}

/**
 * sct_chat_wait_row:
 * @fixture: a test's
 * @text: part of what is on a row
 *
 * Returns: (transfer none): the row, once it is on screen
 */
GtkWidget *
sct_chat_wait_row (SctChat *fixture, const char *text)
{
  return gtk_widget_get_ancestor (sct_chat_wait_for (fixture, GTK_TYPE_LABEL, text),
                                  SC_TYPE_CHAT_ROW);
}

/**
 * sct_chat_wait_line:
 * @fixture: a test's
 * @text: part of what is on a row
 *
 * Returns: (transfer none): the line of the row, once that is on screen
 */
ScChatLine *
sct_chat_wait_line (SctChat *fixture, const char *text)
{
  return sc_chat_row_get_line (SC_CHAT_ROW (sct_chat_wait_row (fixture, text)));
}

/**
 * sct_chat_get_entry:
 * @fixture: a test's
 *
 * Returns: (transfer none): where one types
 */
GtkWidget *
sct_chat_get_entry (SctChat *fixture)
{
  return sct_find (sct_chat_wait_for (fixture, SC_TYPE_CHAT_COMPOSER, NULL), GTK_TYPE_ENTRY, NULL);
}

/**
 * sct_chat_get_send_button:
 * @fixture: a test's
 *
 * Returns: (transfer none): the button that sends
 */
GtkWidget *
sct_chat_get_send_button (SctChat *fixture)
{
  GtkWidget *label = sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Send");
  return gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
}

/**
 * sct_chat_type_and_send:
 * @fixture: a test's
 * @text: what to say
 *
 * Types something and presses Enter.
 */
void
sct_chat_type_and_send (SctChat *fixture, const char *text)
{
  GtkWidget *entry = sct_chat_get_entry (fixture);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

/**
 * sct_chat_wait_may_send:
 * @fixture: a test's
 *
 * Waits until what keeps one from sending for a moment is over.
 */
void
sct_chat_wait_may_send (SctChat *fixture)
{
  gtk_editable_set_text (GTK_EDITABLE (sct_chat_get_entry (fixture)), "draft");
  while (!gtk_widget_get_sensitive (sct_chat_get_send_button (fixture)))
    g_main_context_iteration (NULL, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (sct_chat_get_entry (fixture)), "");
}

/**
 * sct_chat_wait_said:
 * @fixture: a test's
 * @text: what was typed
 *
 * Waits until the room has a line, and whoever said it knows that.
 */
void
sct_chat_wait_said (SctChat *fixture, const char *text)
{
  while (g_strcmp0 (sc_fake_room_get_last_text (fixture->room), text) != 0)
    g_main_context_iteration (NULL, TRUE);
  while (sc_chat_line_get_state (sct_chat_wait_line (fixture, text)) != SC_CHAT_LINE_SHOWN)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * sct_chat_click:
 * @button: a button
 *
 * Clicks on it.
 */
void
sct_chat_click (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
}

/**
 * sct_chat_is_composing:
 * @data: a #SctChat
 *
 * Returns: whether the focus is where one types
 */
gboolean
sct_chat_is_composing (gpointer data)
{
  SctChat *fixture = data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  return focus && gtk_widget_get_ancestor (focus, SC_TYPE_CHAT_COMPOSER) != NULL;
}

/**
 * sct_chat_delete_line:
 * @fixture: a test's
 * @id: the room's id of a line
 *
 * The room tells everybody that a line was deleted.
 */
void
sct_chat_delete_line (SctChat *fixture, const char *id)
{
  g_autofree char *event =
    g_strdup_printf ("{\"Type\":\"EVENT\",\"Id\":\"v\",\"EventName\":\"aws:DELETE_MESSAGE\","
                     "\"Attributes\":{\"MessageID\":\"%s\",\"Reason\":\"deleted\"}}",
                     id);
  sc_fake_room_broadcast (fixture->room, event);
}
