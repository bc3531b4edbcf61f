/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The chat without a pointer: from the entry to the lines and along them, a line's menu, back to
 * the newest line and the entry, and emoji where the cursor is. */

#include "config.h"

#include "sc-chat-composer.h"
#include "sc-chat-row.h"
#include "sc-chat-view.h"
#include "sct-chat.h"

#define HISTORY "GET /v1/channels/ada/chat/lines?limit=100"
#define LINES 30

/* More than there are stops between the entry and the lines. */
#define MOST_STEPS 8

static GtkWidget *
get_focus (SctChat *fixture)
{
  return gtk_root_get_focus (GTK_ROOT (fixture->window));
}

static GtkWidget *
get_list (SctChat *fixture)
{
  return sct_chat_wait_for (fixture, GTK_TYPE_LIST_VIEW, NULL);
}

/* Returns (transfer none) (nullable): the line that has the focus */
static const char *
get_focused_text (SctChat *fixture)
{
  GtkWidget *focus = get_focus (fixture);
  if (!focus || !gtk_widget_is_ancestor (focus, get_list (fixture)))
    return NULL;
  GtkWidget *label = sct_find (focus, GTK_TYPE_LABEL, "line ");
  return label ? gtk_label_get_text (GTK_LABEL (label)) : NULL;
}

static void
enter_and_hear (SctChat *fixture)
{
  sc_fake_api_answer_now (fixture->api, HISTORY, 200, "{'lines':[],'next':null}");
  sct_chat_enter_as (fixture, "bob", SC_CHAT_SEND);
  for (guint i = 1; i <= LINES; i++) {
    g_autofree char *id = g_strdup_printf ("line %u.", i);
    sc_fake_room_say (fixture->room, "ada", id, id);
  }
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "line 30.");
  sct_chat_wait_may_send (fixture);
  gtk_widget_grab_focus (sct_chat_get_entry (fixture));
}

/* What Shift+Tab does, until it is on a line. */
static void
go_back_to_lines (SctChat *fixture)
{
  for (guint i = 0; i < MOST_STEPS && !get_focused_text (fixture); i++)
    g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_BACKWARD));
  g_assert_nonnull (get_focused_text (fixture));
}

static void
assert_in_entry (SctChat *fixture)
{
  GtkWidget *entry = sct_chat_get_entry (fixture);
  GtkWidget *focus = get_focus (fixture);
  g_assert_true (focus == entry || gtk_widget_is_ancestor (focus, entry));
}

static void
test_lines (SctChat *fixture, gconstpointer data)
{
  enter_and_hear (fixture);
  assert_in_entry (fixture);
  go_back_to_lines (fixture);
  g_autofree char *first = g_strdup (get_focused_text (fixture));
  gtk_widget_child_focus (get_list (fixture), GTK_DIR_UP);
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  g_autofree char *above = g_strdup (get_focused_text (fixture));
  g_assert_cmpstr (above, !=, first);
  gtk_widget_child_focus (get_list (fixture), GTK_DIR_DOWN);
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  g_assert_cmpstr (get_focused_text (fixture), ==, first);
}

static gboolean
has_menu (gpointer data)
{
  SctChat *fixture = data;
  return sct_find (get_list (fixture), GTK_TYPE_POPOVER, NULL) != NULL;
}

static void
test_menu (SctChat *fixture, gconstpointer data)
{
  enter_and_hear (fixture);
  go_back_to_lines (fixture);
  g_assert_false (has_menu (fixture));
  GtkWidget *view = sct_chat_wait_for (fixture, SC_TYPE_CHAT_VIEW, NULL);
  g_assert_true (sct_press_shortcut (view, GDK_KEY_Menu));
  sc_test_wait_until (has_menu, fixture);
}

/* The focus goes where one types, with the list at its end. */
static void
test_newest (SctChat *fixture, gconstpointer data)
{
  enter_and_hear (fixture);
  go_back_to_lines (fixture);
  ScChatView *view = SC_CHAT_VIEW (sct_chat_wait_for (fixture, SC_TYPE_CHAT_VIEW, NULL));
  for (guint i = 0; i < MOST_STEPS; i++)
    gtk_widget_child_focus (get_list (fixture), GTK_DIR_UP);
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  g_assert_false (sc_chat_view_get_following (view));
  g_assert_true (sct_press_shortcut (GTK_WIDGET (view), GDK_KEY_Escape));
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  g_assert_true (sc_chat_view_get_following (view));
  assert_in_entry (fixture);
  g_assert_nonnull (sct_find (fixture->window, GTK_TYPE_LABEL, "line 30."));
}

static void
test_emoji (SctChat *fixture, gconstpointer data)
{
  enter_and_hear (fixture);
  GtkEditable *entry = GTK_EDITABLE (sct_chat_get_entry (fixture));
  GtkWidget *composer = gtk_widget_get_ancestor (GTK_WIDGET (entry), SC_TYPE_CHAT_COMPOSER);
  GtkWidget *button = sct_find (composer, GTK_TYPE_MENU_BUTTON, NULL);
  gtk_editable_set_text (entry, "well done");
  gtk_editable_set_position (entry, 4);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  GtkPopover *chooser = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  g_signal_emit_by_name (chooser, "emoji-picked", "🎉");
  gtk_popover_popdown (chooser);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "well🎉 done");
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 5);
}

#define add(path, test) g_test_add (path, SctChat, NULL, sct_chat_set_up, test, sct_chat_tear_down)

int
main (int argc, char *argv[])
{
  sct_chat_init (&argc, &argv);
  add ("/chat-keys/lines", test_lines);
  add ("/chat-keys/menu", test_menu);
  add ("/chat-keys/newest", test_newest);
  add ("/chat-keys/emoji", test_emoji);
  return g_test_run ();
}
