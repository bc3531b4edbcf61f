/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What one does about people in a chat: as a moderator, and for oneself. */

#include "config.h"

#include "sc-chat-row.h"
#include "sct-chat.h"

#define ACTIONS "POST /v1/channels/ada/chat/actions"
#define DELETION                                                                                   \
  "{'action':{'id':'a-1','kind':'delete','at':'2026-11-26T05:00:00.000000Z',"                      \
  "'actor':{'user_id':'mia','name':'mia'},'person':{'user_id':'bob','name':'bob'},"                \
  "'line':{'id':'m1','text':'rude words'},'reason':null,'until':null,"                             \
  "'undone_at':null,'undoable_until':'2026-11-26T05:00:10.000000Z'},'pending':0}"

/* What a moderator does goes to our server; its room then says so to everybody. */
static void
test_moderates (SctChat *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, ACTIONS, 201, DELETION);
  sc_fake_api_answer (fixture->api, ACTIONS "/a-1/undo", 200, DELETION);
  sct_chat_enter_as (fixture, "mia", SCT_CHAT_MODERATOR);
  sc_fake_room_say (fixture->room, "bob", "m1", "rude words");
  GtkWidget *row = sct_chat_wait_row (fixture, "rude words");
  sc_chat_row_open_menu (SC_CHAT_ROW (row));
  GtkWidget *menu = sct_chat_wait_for (fixture, GTK_TYPE_POPOVER_MENU, NULL);
  gtk_popover_popdown (GTK_POPOVER (menu));
  sct_chat_wait_gone (fixture, GTK_TYPE_POPOVER_MENU, NULL);
  gtk_widget_activate_action (row, "line.delete", NULL);
  GtkWidget *undo = sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Undo");
  g_assert_nonnull (strstr (sc_fake_api_get_body (fixture->api, ACTIONS), "\"rude words\""));
  sct_chat_click (gtk_widget_get_ancestor (undo, GTK_TYPE_BUTTON));
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "The message is back");

  sct_chat_delete_line (fixture, "m1");
  row = sct_chat_wait_row (fixture, "Message deleted");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "bob’s message was deleted");
  g_assert_null (sct_find (fixture->window, GTK_TYPE_LABEL, "rude words"));
}

static void
test_bans (SctChat *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api,
                      ACTIONS,
                      403,
                      "{'error':{'code':'forbidden','message':'They are the streamer'}}");
  sct_chat_enter_as (fixture, "mia", SCT_CHAT_MODERATOR);
  sc_fake_room_say (fixture->room, "bob", "m1", "rude words");
  GtkWidget *row = sct_chat_wait_row (fixture, "rude words");
  gtk_widget_activate_action (row, "line.ban", NULL);
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Ban bob?");
  GtkWidget *dialog = sct_find (fixture->window, ADW_TYPE_ALERT_DIALOG, NULL);
  GtkWidget *entry = sct_find (dialog, GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "rude");
  g_signal_emit_by_name (dialog, "response", "ban");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "You may not do that to this person.");
  g_assert_nonnull (strstr (sc_fake_api_get_body (fixture->api, ACTIONS), "\"rude\""));
}

/* Whom one blocks is silent here, until one takes that back. */
static void
test_blocks (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  sc_fake_room_say (fixture->room, "bob", "m1", "spam spam");
  gtk_widget_activate_action (sct_chat_wait_row (fixture, "spam spam"), "line.block", NULL);
  sct_chat_wait_gone (fixture, GTK_TYPE_LABEL, "spam spam");
  GtkWidget *undo = sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Undo");
  sct_chat_click (gtk_widget_get_ancestor (undo, GTK_TYPE_BUTTON));
  sct_chat_wait_row (fixture, "spam spam");
}

static void
test_replies (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  sc_fake_room_say (fixture->room, "bob", "m1", "hey @mia and @ada");
  GtkWidget *row = sct_chat_wait_row (fixture, "hey");
  g_assert_true (gtk_widget_has_css_class (row, "to-reader"));
  gtk_widget_activate_action (row, "line.reply", NULL);
  g_assert_true (sct_chat_is_composing (fixture));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (sct_chat_get_entry (fixture))),
                   ==,
                   "@bob ");
}

#define add(name, test)                                                                            \
  g_test_add ("/chat-people/" name, SctChat, NULL, sct_chat_set_up, test, sct_chat_tear_down)

int
main (int argc, char *argv[])
{
  sct_chat_init (&argc, &argv);
  add ("moderates", test_moderates);
  add ("bans", test_bans);
  add ("blocks", test_blocks);
  add ("replies", test_replies);
  return g_test_run ();
}
