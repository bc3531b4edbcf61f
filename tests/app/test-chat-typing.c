/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is typed into a chat: completion, commands, what is said again, and what one has to wait
 * for. */

#include "config.h"

#include "sc-chat-command-words.h"
#include "sc-chat-completion.h"
#include "sct-chat.h"

#define SETTINGS "PATCH /v1/channels/ada/chat/settings"
#define CHANGED                                                                                    \
  "{'settings':{'modes':{'slow_seconds':30,'followers_only':false,'read_only':false,"              \
  "'emoji_only':false},'rules':{'terms':'mask','links':'hold','repeats':'refuse',"                 \
  "'capitals':'off'},'languages':['en'],'terms':[],'allowed_links':[],'moderators':[]},"           \
  "'pending':1}"
#define ACTIONS "POST /v1/channels/ada/chat/actions"

static void
test_places (void)
{
  static const struct {
    const char *text;
    guint cursor;
    ScChatCompletion place;
  } cases[] = {
    { "", 0, { SC_CHAT_COMPLETION_NONE, 0, 0 } },
    { "hello", 5, { SC_CHAT_COMPLETION_NONE, 0, 5 } },
    { "/", 1, { SC_CHAT_COMPLETION_COMMAND, 0, 1 } },
    { "/ba", 3, { SC_CHAT_COMPLETION_COMMAND, 0, 3 } },
    { "/ban ", 5, { SC_CHAT_COMPLETION_NONE, 5, 5 } },
    { "/ban bo", 7, { SC_CHAT_COMPLETION_NAME, 5, 7 } },
    { "/ban bob ru", 11, { SC_CHAT_COMPLETION_NONE, 9, 11 } },
    { "hé @bo", 6, { SC_CHAT_COMPLETION_NAME, 3, 6 } },
    { "hé @bo there", 6, { SC_CHAT_COMPLETION_NAME, 3, 6 } },
    { "a /b", 4, { SC_CHAT_COMPLETION_NONE, 2, 4 } },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    ScChatCompletion found = sc_chat_completion_find (cases[i].text, cases[i].cursor);
    g_assert_cmpint (found.kind, ==, cases[i].place.kind);
    g_assert_cmpuint (found.start, ==, cases[i].place.start);
    g_assert_cmpuint (found.end, ==, cases[i].place.end);
  }
}

static void
test_commands_listed (void)
{
  g_autoptr (GPtrArray) viewers = sc_chat_completion_list_commands ("/b", SC_CHAT_VIEWER);
  g_autoptr (GPtrArray) moderators = sc_chat_completion_list_commands ("/B", SC_CHAT_MODERATOR);
  g_assert_cmpuint (viewers->len, ==, 1);
  g_assert_cmpuint (moderators->len, ==, 2);
}

static void
test_command_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int code = 0; code <= SC_CHAT_COMMAND_ERROR_BAD_ARGUMENT; code++) {
    g_autoptr (GError) error = g_error_new_literal (SC_CHAT_COMMAND_ERROR, code, "?");
    g_assert_true (g_hash_table_add (seen, sc_chat_command_words (error, NULL)));
  }
}

static GtkEditable *
type (SctChat *fixture, const char *text)
{
  GtkEditable *entry = GTK_EDITABLE (sct_chat_get_entry (fixture));
  gtk_editable_set_text (entry, text);
  gtk_editable_set_position (entry, -1);
  return entry;
}

static void
press (SctChat *fixture, guint key)
{
  GtkWidget *composer = gtk_widget_get_ancestor (sct_chat_get_entry (fixture), ADW_TYPE_BIN);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (composer);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    gboolean taken = FALSE;
    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      g_signal_emit_by_name (controller, "key-pressed", key, 0u, (GdkModifierType) 0, &taken);
  }
}

static void
assert_typed (SctChat *fixture, const char *text)
{
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (sct_chat_get_entry (fixture))), ==, text);
}

static void
test_completes (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SCT_CHAT_MODERATOR);
  sc_fake_room_say (fixture->room, "bobby", "m1", "hi");
  sc_fake_room_say (fixture->room, "ada", "m2", "hi too");
  sct_chat_wait_row (fixture, "hi too");
  gtk_widget_grab_focus (sct_chat_get_entry (fixture));

  type (fixture, "well @b");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "@bobby");
  press (fixture, GDK_KEY_Tab);
  assert_typed (fixture, "well @bobby ");
  sct_chat_wait_gone (fixture, GTK_TYPE_LIST_BOX, NULL);

  type (fixture, "/f");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "/followers");
  press (fixture, GDK_KEY_Escape);
  sct_chat_wait_gone (fixture, GTK_TYPE_LIST_BOX, NULL);
  assert_typed (fixture, "/f");
  type (fixture, "/b");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "/block");
  press (fixture, GDK_KEY_Down);
  press (fixture, GDK_KEY_Tab);
  assert_typed (fixture, "/ban ");
  g_assert_true (sct_chat_is_composing (fixture));
}

/* What is mistyped stays where it is, and the room never hears of it. */
static void
test_mistyped (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SCT_CHAT_MODERATOR);
  guint n_requests = sc_fake_room_count_requests (fixture->room);
  sct_chat_type_and_send (fixture, "/bam bob");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Did you mean /ban?");
  assert_typed (fixture, "/bam bob");
  type (fixture, "/ban bob");
  sct_chat_wait_gone (fixture, GTK_TYPE_LABEL, "Did you mean");
  sct_chat_type_and_send (fixture, "/block nobody");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Nobody called nobody wrote here lately.");
  g_assert_cmpuint (sc_fake_room_count_requests (fixture->room), ==, n_requests);
  sct_chat_type_and_send (fixture, "/help");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Let only moderators write");
}

static void
test_commands (SctChat *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, SETTINGS, 200, CHANGED);
  sc_fake_api_answer (fixture->api,
                      ACTIONS,
                      404,
                      "{'error':{'code':'no_such_user','message':'?'}}");
  sct_chat_enter_as (fixture, "mia", SCT_CHAT_MODERATOR);
  sct_chat_type_and_send (fixture, "/slow 30");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "The chat does not answer yet and is told again");
  g_assert_nonnull (strstr (sc_fake_api_get_body (fixture->api, SETTINGS), "30"));
  assert_typed (fixture, "");
  sct_chat_type_and_send (fixture, "/timeout bob 2h rude");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "There is nobody of this name");
  g_assert_nonnull (strstr (sc_fake_api_get_body (fixture->api, ACTIONS), "7200"));

  sc_fake_room_say (fixture->room, "bob", "m1", "spam spam");
  sct_chat_wait_row (fixture, "spam spam");
  sct_chat_type_and_send (fixture, "/block bob");
  sct_chat_wait_gone (fixture, GTK_TYPE_LABEL, "spam spam");
  sct_chat_type_and_send (fixture, "/unblock Bob");
  sct_chat_wait_row (fixture, "spam spam");
}

static gboolean
has_two_changes (gpointer fixture)
{
  return sc_fake_api_count (((SctChat *) fixture)->api, SETTINGS) == 2;
}

/* What one command has changed stays so with the next, whether or not the room has told of it. */
static void
test_one_mode_after_another (SctChat *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, SETTINGS, 500, "{}");
  sc_fake_api_answer_now (fixture->api, SETTINGS, 200, CHANGED);
  sct_chat_enter_as (fixture, "mia", SCT_CHAT_MODERATOR);
  sct_chat_type_and_send (fixture, "/slow 30");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "The chat does not answer yet and is told again");
  sct_chat_type_and_send (fixture, "/followers on");
  sc_test_wait_until (has_two_changes, fixture);
  const char *body = sc_fake_api_get_body (fixture->api, SETTINGS);
  g_assert_nonnull (strstr (body, "\"slow_seconds\":30"));
  g_assert_nonnull (strstr (body, "\"followers_only\":true"));
}

static void
test_repeats (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  press (fixture, GDK_KEY_Up);
  assert_typed (fixture, "");
  sct_chat_type_and_send (fixture, "once more");
  sct_chat_wait_said (fixture, "once more");
  press (fixture, GDK_KEY_Up);
  assert_typed (fixture, "once more");
  type (fixture, "a draft");
  press (fixture, GDK_KEY_Up);
  assert_typed (fixture, "a draft");
}

/* Whoever has to wait sees for how long, and what they typed meanwhile can be sent then. */
static void
test_counts_down (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  sc_fake_room_refuse_next (fixture->room, 406, "slow:1");
  sct_chat_type_and_send (fixture, "too soon");
  sct_chat_wait_row (fixture, "slow mode");
  GtkWidget *entry = sct_chat_get_entry (fixture);
  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (entry)),
                   ==,
                   "You can write again in 1 s");
  type (fixture, "a draft");
  g_assert_false (gtk_widget_get_sensitive (sct_chat_get_send_button (fixture)));
  sct_chat_wait_may_send (fixture);
  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (entry)), ==, "Say something…");
}

/* Followers only: one click makes a follower, and the room is entered anew as such. */
static void
test_follows (SctChat *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, "PUT /v1/channels/ada/follow", 200, "{'pending':0}");
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  sc_fake_room_broadcast (fixture->room,
                          "{\"Type\":\"EVENT\",\"Id\":\"v\",\"EventName\":\"streamcat:MODES\","
                          "\"Attributes\":{\"SlowSeconds\":\"0\",\"FollowersOnly\":\"1\","
                          "\"ReadOnly\":\"0\",\"EmojiOnly\":\"0\"}}");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Only followers of this channel may write");
  type (fixture, "a draft");
  g_assert_false (gtk_widget_get_sensitive (sct_chat_get_send_button (fixture)));
  guint n_tokens = sc_fake_api_count (fixture->api, "POST /v1/channels/ada/chat");
  GtkWidget *follow = sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Follow");
  sct_chat_click (gtk_widget_get_ancestor (follow, GTK_TYPE_BUTTON));
  while (sc_fake_api_count (fixture->api, "POST /v1/channels/ada/chat") == n_tokens)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (sc_fake_api_count (fixture->api, "PUT /v1/channels/ada/follow"), ==, 1);
  assert_typed (fixture, "a draft");
}

#define add(name, test)                                                                            \
  g_test_add ("/chat-typing/" name, SctChat, NULL, sct_chat_set_up, test, sct_chat_tear_down)

int
main (int argc, char *argv[])
{
  sct_chat_init (&argc, &argv);
  g_test_add_func ("/chat-typing/places", test_places);
  g_test_add_func ("/chat-typing/commands-listed", test_commands_listed);
  g_test_add_func ("/chat-typing/command-words", test_command_words);
  add ("completes", test_completes);
  add ("mistyped", test_mistyped);
  add ("commands", test_commands);
  add ("one-mode-after-another", test_one_mode_after_another);
  add ("repeats", test_repeats);
  add ("counts-down", test_counts_down);
  add ("follows", test_follows);
  return g_test_run ();
}
