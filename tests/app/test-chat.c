/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The chat beside a channel, on a real window over a server and a room in this process: reading,
 * signing in to speak, what is said and refused, coming back. */

#include "config.h"

#include "sc-channel-page.h"
#include "sc-channel.h"
#include "sc-chat-composer.h"
#include "sc-chat-panel.h"
#include "sc-chat-row.h"
#include "sc-window.h"
#include "sct-chat.h"

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 difference = *(const gint64 *) a - *(const gint64 *) b;
  return difference < 0 ? -1 : difference > 0;
}

/* Nobody has to sign in to read; who does to speak is back at once, and has missed nothing. */
static void
test_sign_in_to_speak (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "viewer-1", SC_CHAT_READ);
  sc_fake_room_say (fixture->room, "ada", "m1", "welcome");
  sct_chat_wait_row (fixture, "welcome");
  g_assert_null (sct_find (fixture->window, SC_TYPE_CHAT_COMPOSER, NULL));

  sct_chat_give_tokens (fixture, "mia", SC_CHAT_SEND);
  GtkWidget *label = sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Sign In to Chat");
  sct_chat_click (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Welcome back.");
  sc_fake_room_say (fixture->room, "ada", "m2", "meanwhile");
  sct_chat_sign_in (fixture);
  sc_test_wait_until (sct_chat_is_composing, fixture);
  sct_chat_wait_row (fixture, "welcome");
  sct_chat_wait_row (fixture, "meanwhile");
  gtk_editable_set_text (GTK_EDITABLE (sct_chat_get_entry (fixture)), "hello");
  while (!gtk_widget_get_sensitive (sct_chat_get_send_button (fixture)))
    g_main_context_iteration (NULL, TRUE);
  sct_chat_click (sct_chat_get_send_button (fixture));
  sct_chat_wait_row (fixture, "hello");
}

#define ADA "GET /v1/channels/ada"
#define CHANGES 10
#define POLL_US (2 * G_TIME_SPAN_SECOND)

static void
announce_title (SctChat *fixture, const char *title)
{
  g_autofree char *channel =
    g_strdup_printf ("{'channel':{'name':'ada','title':'%s','live':false,'stream':null}}", title);
  sc_fake_api_answer_now (fixture->api, ADA, 200, channel);
  sc_fake_room_announce (fixture->room, "streamcat:CHANNEL", "{'State':'changed'}");
}

static gboolean
has_title (gpointer data)
{
  SctChat *fixture = data;
  GtkWidget *page = sct_find (fixture->window, SC_TYPE_CHANNEL_PAGE, NULL);
  g_autoptr (ScChannel) channel = NULL;
  g_object_get (page, "channel", &channel, NULL);
  return channel && g_str_equal (sc_channel_get_title (channel), fixture->text);
}

/* What the room says of its channel is on the page at once: asking every two seconds would take
 * twice as long at the very least. */
static void
test_hears_of_channel (SctChat *fixture, gconstpointer data)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  sct_chat_enter_as (fixture, "viewer-1", SC_CHAT_READ);
  sc_fake_room_say (fixture->room, "ada", "m1", "welcome");
  sct_chat_wait_row (fixture, "welcome");
  gint64 begin = g_get_monotonic_time ();
  for (guint i = 0; i < CHANGES; i++) {
    g_autofree char *title = g_strdup_printf ("Title %u", i);
    gint64 time = g_get_monotonic_time ();
    announce_title (fixture, title);
    fixture->text = title;
    sc_test_wait_until (has_title, fixture);
    time = g_get_monotonic_time () - time;
    g_array_append_val (times, time);
  }
  g_assert_cmpint (g_get_monotonic_time () - begin, <, CHANGES / 2 * POLL_US);
  g_array_sort (times, compare_times);
  g_test_message ("event to page: %.1f ms median, %.1f ms most",
                  (double) g_array_index (times, gint64, CHANGES / 2) / 1000,
                  (double) g_array_index (times, gint64, CHANGES - 1) / 1000);
}

static void
test_says (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  g_assert_false (gtk_widget_get_sensitive (sct_chat_get_send_button (fixture)));
  sct_chat_type_and_send (fixture, "hello everybody");
  GtkWidget *row = sct_chat_wait_row (fixture, "hello everybody");
  g_assert_true (gtk_widget_has_css_class (row, "own"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (sct_chat_get_entry (fixture))), ==, "");
  sc_fake_room_say (fixture->room, "ada", "m1", "<b>hi</b> & welcome");
  row = sct_chat_wait_row (fixture, "<b>hi</b> & welcome");
  g_assert_false (gtk_widget_has_css_class (row, "own"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "ada said <b>hi</b> & welcome");
}

static void
test_refused (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  sc_fake_room_refuse_next (fixture->room, 406, "No links here");
  sct_chat_type_and_send (fixture, "http://x");
  GtkWidget *row = sct_chat_wait_row (fixture, "Not sent: No links here");
  GtkWidget *discard = sct_find (row, GTK_TYPE_BUTTON, NULL);
  gtk_widget_activate_action (discard, "line.discard", NULL);
  sct_chat_wait_gone (fixture, SC_TYPE_CHAT_ROW, NULL);

  sc_fake_room_refuse_next (fixture->room, 429, "rate limit exceeded");
  sct_chat_type_and_send (fixture, "again");
  row = sct_chat_wait_row (fixture, "too many messages");
  sct_chat_wait_may_send (fixture);
  gtk_widget_activate_action (row, "line.send-again", NULL);
  sct_chat_wait_gone (fixture, GTK_TYPE_LABEL, "too many messages");
  sct_chat_wait_row (fixture, "again");
}

/* What is too long stays in the field, with the reason. */
static void
test_too_long (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  g_autofree char *text = g_strnfill (503, 'x');
  sct_chat_type_and_send (fixture, text);
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "3 characters too many.");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "−3");
  GtkWidget *entry = sct_chat_get_entry (fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, text);
  g_assert_false (gtk_widget_get_sensitive (sct_chat_get_send_button (fixture)));
  gtk_editable_delete_text (GTK_EDITABLE (entry), 500, -1);
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "0");
  sct_chat_click (sct_chat_get_send_button (fixture));
  sct_chat_wait_for (fixture, SC_TYPE_CHAT_ROW, NULL);
  g_assert_cmpuint (strlen (sc_fake_room_get_last_text (fixture->room) ?: text), >=, 500);
}

static void
test_comes_back (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  sct_chat_type_and_send (fixture, "before");
  sct_chat_wait_said (fixture, "before");
  sc_fake_room_set_status (fixture->room, 503);
  sc_fake_room_cut (fixture->room);
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "The chat is not connected.");
  sct_chat_type_and_send (fixture, "while away");
  sct_chat_wait_row (fixture, "Waiting to be sent…");
  sc_fake_room_set_status (fixture->room, 0);
  GtkWidget *banner = sct_find (fixture->window, GTK_TYPE_LABEL, "The chat is not connected.");
  g_signal_emit_by_name (gtk_widget_get_ancestor (banner, ADW_TYPE_BANNER), "button-clicked");
  sct_chat_wait_gone (fixture, GTK_TYPE_LABEL, "Waiting to be sent…");
  sct_chat_wait_gone (fixture, GTK_TYPE_LABEL, "The chat is not connected.");
  sct_chat_wait_said (fixture, "while away");
  sct_chat_wait_row (fixture, "before");
}

static void
test_removed (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  sc_fake_room_broadcast (fixture->room,
                          "{\"Type\":\"EVENT\",\"Id\":\"v\",\"EventName\":\"aws:DISCONNECT_USER\","
                          "\"Attributes\":{\"UserId\":\"mia\",\"Reason\":\"<i>rude\"}}");
  GtkWidget *label =
    sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "You were removed from this chat: <i>rude");
  gtk_editable_set_text (GTK_EDITABLE (sct_chat_get_entry (fixture)), "let me in");
  g_assert_false (gtk_widget_is_sensitive (sct_chat_get_send_button (fixture)));
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, ADW_TYPE_BANNER), "button-clicked");
  sct_chat_wait_gone (fixture, GTK_TYPE_LABEL, "You were removed");
  while (!gtk_widget_is_sensitive (sct_chat_get_send_button (fixture)))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_keys (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  GtkWidget *page = sct_find (fixture->window, SC_TYPE_CHANNEL_PAGE, NULL);
  gtk_widget_activate_action (page, "page.focus-chat", NULL);
  g_assert_true (sct_chat_is_composing (fixture));
}

static void
test_leaves_nothing (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  sct_chat_type_and_send (fixture, "bye");
  sct_chat_wait_row (fixture, "bye");
  GWeakRef room;
  ScChatPanel *panel = SC_CHAT_PANEL (sct_find (fixture->window, SC_TYPE_CHAT_PANEL, NULL));
  g_weak_ref_init (&room, sc_chat_panel_get_room (panel));
  gtk_widget_activate_action (fixture->window, "win.home", NULL);
  while (sc_fake_room_count_open (fixture->room) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GObject) left = g_weak_ref_get (&room);
  g_assert_null (left);
  g_weak_ref_clear (&room);
}

#define add(name, test)                                                                            \
  g_test_add ("/chat/" name, SctChat, NULL, sct_chat_set_up, test, sct_chat_tear_down)

int
main (int argc, char *argv[])
{
  sct_chat_init (&argc, &argv);
  add ("sign-in-to-speak", test_sign_in_to_speak);
  add ("hears-of-channel", test_hears_of_channel);
  add ("says", test_says);
  add ("refused", test_refused);
  add ("too-long", test_too_long);
  add ("comes-back", test_comes_back);
  add ("removed", test_removed);
  add ("keys", test_keys);
  add ("leaves-nothing", test_leaves_nothing);
  return g_test_run ();
}
