/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A chat's list: it follows the newest line until somebody reads further up, and then nothing moves
 * under their eyes. Who wants no animations sees none, there and in the pages around it. */

#include "config.h"

#include "sc-chat-row.h"
#include "sc-chat-view.h"
#include "sc-window.h"
#include "sct-chat.h"

#define HISTORY "GET /v1/channels/ada/chat/lines?limit=100"
#define OLDER "GET /v1/channels/ada/chat/lines?before=c1&limit=100"

static GtkAdjustment *
get_adjustment (SctChat *fixture)
{
  GtkWidget *list = sct_chat_wait_for (fixture, GTK_TYPE_LIST_VIEW, NULL);
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
}

static double
get_rest (SctChat *fixture)
{
  GtkAdjustment *adjustment = get_adjustment (fixture);
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) -
         gtk_adjustment_get_value (adjustment);
}

static void
say_many (SctChat *fixture, guint from, guint to)
{
  for (guint i = from; i <= to; i++) {
    g_autofree char *id = g_strdup_printf ("line %u.", i);
    sc_fake_room_say (fixture->room, "ada", id, id);
  }
}

/* Where on the screen a line is. */
static double
get_top (SctChat *fixture, const char *text)
{
  graphene_point_t point;
  GtkWidget *label = sct_chat_wait_for (fixture, GTK_TYPE_LABEL, text);
  gboolean done =
    gtk_widget_compute_point (label, fixture->window, &GRAPHENE_POINT_INIT (0, 0), &point);
  g_assert_true (done);
  return point.y;
}

static void
scroll_to_middle (SctChat *fixture)
{
  GtkAdjustment *adjustment = get_adjustment (fixture);
  double rest = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  gtk_adjustment_set_value (adjustment, rest / 2);
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
}

/* Older lines come as they are wanted. */
static void
scroll_up_to (SctChat *fixture, const char *text)
{
  while (!sct_find (fixture->window, GTK_TYPE_LABEL, text)) {
    GtkAdjustment *adjustment = get_adjustment (fixture);
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - 400);
    sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  }
}

static const char *
get_visible_text (SctChat *fixture)
{
  GtkWidget *list = sct_find (fixture->window, GTK_TYPE_LIST_VIEW, NULL);
  GtkWidget *picked = NULL;
  for (double y = 100; !picked || !GTK_IS_LABEL (picked); y += 10)
    picked = gtk_widget_pick (list, 30, y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
  return gtk_label_get_text (GTK_LABEL (picked));
}

/* The list follows until the reader goes up; from then on nothing moves, and a button leads back.
 */
static void
test_follows (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "viewer-1", SC_CHAT_READ);
  for (guint i = 0; i < 5; i++) {
    g_autofree char *last = g_strdup_printf ("line %u.", i * 20 + 20);
    say_many (fixture, i * 20 + 1, i * 20 + 20);
    sct_chat_wait_row (fixture, last);
    sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
    g_assert_cmpfloat (get_rest (fixture), <=, 1);
  }

  ScChatView *view = SC_CHAT_VIEW (sct_chat_wait_for (fixture, SC_TYPE_CHAT_VIEW, NULL));
  scroll_to_middle (fixture);
  g_assert_false (sc_chat_view_get_following (view));
  g_autofree char *text = g_strdup (get_visible_text (fixture));
  double top = get_top (fixture, text);
  say_many (fixture, 101, 130);
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "30 New Messages");
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  g_assert_cmpfloat (get_top (fixture, text), ==, top);

  GtkWidget *label = sct_find (fixture->window, GTK_TYPE_LABEL, "30 New Messages");
  sct_chat_click (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
  sct_chat_wait_row (fixture, "line 130.");
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  g_assert_cmpfloat (get_rest (fixture), <=, 1);
  sct_chat_wait_gone (fixture, GTK_TYPE_LABEL, "New Message");
  g_assert_true (sc_chat_view_get_following (view));
}

/* Old lines go from above what is read, and it stays where it is. */
static void
test_drops_oldest (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "viewer-1", SC_CHAT_READ);
  say_many (fixture, 1, 490);
  sct_chat_wait_row (fixture, "line 490.");
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  scroll_up_to (fixture, "line 170.");
  g_autofree char *text = g_strdup (get_visible_text (fixture));
  double top = get_top (fixture, text);
  say_many (fixture, 491, 600);
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "110 New Messages");
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  g_assert_cmpfloat (get_top (fixture, text), ==, top);
}

/* A page of stored lines, "old 1." and so on. */
static char *
make_page (guint from, guint to, const char *older)
{
  g_autoptr (GString) lines = g_string_new ("{'lines':[");
  for (guint i = from; i <= to; i++)
    g_string_append_printf (lines,
                            "%s{'id':'o%u','sent_at':'2026-11-26T0%u:%02u:%02u.000000Z',"
                            "'user_id':'u-bob','name':'bob','role':'viewer','text':'old %u.'}",
                            i == from ? "" : ",",
                            i,
                            1 + i / 3600,
                            i / 60 % 60,
                            i % 60,
                            i);
  g_string_append_printf (lines, "],'older':%s,'newer':'n1'}", older);
  return g_strdup (lines->str);
}

/* Who comes has something to read, and more of it further up, down to the beginning. */
static void
test_history (SctChat *fixture, gconstpointer data)
{
  g_autofree char *newest = make_page (101, 200, "'c1'");
  g_autofree char *oldest = make_page (1, 100, "null");
  sc_fake_api_answer (fixture->api, HISTORY, 200, newest);
  sc_fake_api_answer (fixture->api, OLDER, 200, oldest);
  sct_chat_give_tokens (fixture, "viewer-1", SC_CHAT_READ);
  sc_window_open_channel (SC_WINDOW (fixture->window), "ada");
  sct_chat_wait_row (fixture, "old 200.");
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  g_assert_cmpfloat (get_rest (fixture), <=, 1);
  g_assert_cmpuint (sc_fake_api_count (fixture->api, OLDER), ==, 0);

  scroll_up_to (fixture, "old 120.");
  double top = get_top (fixture, "old 120.");
  while (sc_fake_api_count (fixture->api, OLDER) == 0)
    sct_wait_frames (fixture->window, 1);
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  g_assert_cmpfloat (get_top (fixture, "old 120."), ==, top);
  g_assert_null (sct_find (fixture->window, GTK_TYPE_BUTTON, "New Message"));
  scroll_up_to (fixture, "Beginning of the chat");
  sct_chat_wait_row (fixture, "old 1.");

  GtkWidget *view = sct_find (fixture->window, SC_TYPE_CHAT_VIEW, NULL);
  gtk_widget_activate_action (view, "view.newest", NULL);
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  sct_chat_wait_row (fixture, "old 200.");
  g_assert_cmpfloat (get_rest (fixture), <=, 1);
}

/* What has gone from above by its age can be read again. */
static void
test_loads_again (SctChat *fixture, gconstpointer data)
{
  g_autofree char *all = make_page (1, 50, "null");
  sc_fake_api_answer (fixture->api, HISTORY, 200, all);
  g_settings_set_uint (fixture->settings, "chat-lines", 100);
  sct_chat_give_tokens (fixture, "viewer-1", SC_CHAT_READ);
  sc_window_open_channel (SC_WINDOW (fixture->window), "ada");
  sct_chat_wait_row (fixture, "old 50.");
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  scroll_up_to (fixture, "Beginning of the chat");
  GtkWidget *view = sct_find (fixture->window, SC_TYPE_CHAT_VIEW, NULL);
  gtk_widget_activate_action (view, "view.newest", NULL);
  say_many (fixture, 1, 100);
  sct_chat_wait_row (fixture, "line 100.");
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  scroll_up_to (fixture, "old 45.");
  g_settings_reset (fixture->settings, "chat-lines");
}

static void
on_after_paint (GdkFrameClock *clock, guint *n_frames)
{
  (*n_frames)++;
}

/* A thousand lines, and the window goes on being drawn. */
static void
test_flood (SctChat *fixture, gconstpointer data)
{
  guint n_frames = 0;
  sct_chat_enter_as (fixture, "viewer-1", SC_CHAT_READ);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->window);
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &n_frames);
  say_many (fixture, 1, 1000);
  sct_chat_wait_row (fixture, "line 1000.");
  g_signal_handler_disconnect (clock, handler);
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  g_assert_cmpuint (n_frames, >=, 2);
  g_assert_cmpfloat (get_rest (fixture), <=, 1);
}

static void
count (guint *n_times)
{
  (*n_times)++;
}

static void
assert_still (GtkWidget *widget)
{
  if (GTK_IS_STACK (widget))
    g_assert_false (gtk_stack_get_transition_running (GTK_STACK (widget)));
  if (GTK_IS_REVEALER (widget))
    g_assert_cmpint (gtk_revealer_get_child_revealed (GTK_REVEALER (widget)),
                     ==,
                     gtk_revealer_get_reveal_child (GTK_REVEALER (widget)));
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at;
       at = gtk_widget_get_next_sibling (at))
    assert_still (at);
}

/* The newest line is jumped to, and a page goes in the moment in which it is left. */
static void
test_no_motion (SctChat *fixture, gconstpointer data)
{
  guint n_moves = 0, n_hidden = 0;
  sct_chat_enter_as (fixture, "viewer-1", SC_CHAT_READ);
  say_many (fixture, 1, 100);
  sct_chat_wait_row (fixture, "line 100.");
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  scroll_to_middle (fixture);
  GtkWidget *view = sct_chat_wait_for (fixture, SC_TYPE_CHAT_VIEW, NULL);
  GtkAdjustment *adjustment = get_adjustment (fixture);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (count), &n_moves);
  gtk_widget_activate_action (view, "view.newest", NULL);
  assert_still (fixture->window);
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  g_assert_cmpfloat (get_rest (fixture), <=, 1);
  g_assert_cmpuint (n_moves, <=, 3);
  g_signal_handlers_disconnect_by_data (adjustment, &n_moves);

  GtkWidget *page = gtk_widget_get_ancestor (view, ADW_TYPE_NAVIGATION_PAGE);
  g_signal_connect_swapped (page, "hidden", G_CALLBACK (count), &n_hidden);
  gtk_widget_activate_action (fixture->window, "win.home", NULL);
  g_assert_cmpuint (n_hidden, ==, 1);
  assert_still (fixture->window);
}

#define add(name, test)                                                                            \
  g_test_add ("/chat-scrolling/" name, SctChat, NULL, sct_chat_set_up, test, sct_chat_tear_down)

int
main (int argc, char *argv[])
{
  sct_chat_init (&argc, &argv);
  add ("follows", test_follows);
  add ("drops-oldest", test_drops_oldest);
  add ("history", test_history);
  add ("loads-again", test_loads_again);
  add ("flood", test_flood);
  add ("no-motion", test_no_motion);
  return g_test_run ();
}
