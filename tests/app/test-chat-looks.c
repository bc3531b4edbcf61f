/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a chat looks in each state that it can be in: nothing makes its window wider than it is to
 * be. With STREAMCAT_PICTURES=DIR it is also painted at 1280 and 360 pixels of width, light and
 * dark. */

#include "config.h"

#include "sct-chat.h"

#define CHAT_ROUTE "POST /v1/channels/ada/chat"
#define BANNED                                                                                     \
  "{'error':{'code':'banned','message':'Not in this chat','field':null,'reason':'That was no way " \
  "to talk to anybody here, and not the first time.','until':'2099-12-03T14:30:00.000Z'}}"

static void
say (SctChat *fixture, const char *who, const char *role, const char *id, const char *text)
{
  g_autofree char *json =
    g_strdup_printf ("{\"Type\":\"MESSAGE\",\"Id\":\"%s\",\"Content\":\"%s\","
                     "\"SendTime\":\"2026-01-05T14:33:32Z\",\"Sender\":{\"UserId\":\"u-%s\","
                     "\"Attributes\":{\"name\":\"%s\",\"role\":\"%s\"}}}",
                     id,
                     text,
                     who,
                     who,
                     role);
  sc_fake_room_broadcast (fixture->room, json);
}

static void
say_things (SctChat *fixture)
{
  static const struct {
    const char *who;
    const char *role;
    const char *text;
  } said[] = {
    { "ada", "streamer", "Hello and welcome! Today we look at the engine’s mill and store." },
    { "grace", "viewer", "Morning from Arlington 👋" },
    { "linus", "viewer", "Is the source of this somewhere? https://example.org/engine/notes" },
    { "margaret", "moderator", "It is, @mia: see the channel’s description." },
    { "bob", "viewer", "FIRST!!!1!" },
    { "katherine",
      "viewer",
      "I checked the numbers of the last stream by hand, and they are right to the fifth place, "
      "which is more than anybody had hoped for." },
    { "hedy", "viewer", "nice" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (said); i++) {
    g_autofree char *id = g_strdup_printf ("p%u", i);
    say (fixture, said[i].who, said[i].role, id, said[i].text);
  }
  sct_chat_wait_row (fixture, "nice");
}

static void
resize (SctChat *fixture, int width)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window),
                               width + SCT_CHAT_FRAME,
                               width == 360 ? 720 : 800);
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
}

/* What is said for a moment lies over the last lines. */
static void
dismiss_toasts (SctChat *fixture)
{
  GtkWidget *overlay = sct_find (fixture->window, ADW_TYPE_TOAST_OVERLAY, NULL);
  adw_toast_overlay_dismiss_all (ADW_TOAST_OVERLAY (overlay));
}

static void
show_at (SctChat *fixture, const char *state, int width, AdwColorScheme scheme)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  dismiss_toasts (fixture);
  resize (fixture, width);
  g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, width + SCT_CHAT_FRAME);
  const char *shade = scheme == ADW_COLOR_SCHEME_FORCE_DARK ? "dark" : "light";
  g_autofree char *name = g_strdup_printf ("chat-%s-%d-%s", state, width, shade);
  sct_save_picture (fixture->window, name);
}

static void
show_everywhere (SctChat *fixture, const char *state)
{
  show_at (fixture, state, 1280, ADW_COLOR_SCHEME_FORCE_LIGHT);
  show_at (fixture, state, 1280, ADW_COLOR_SCHEME_FORCE_DARK);
  show_at (fixture, state, 360, ADW_COLOR_SCHEME_FORCE_LIGHT);
  show_at (fixture, state, 360, ADW_COLOR_SCHEME_FORCE_DARK);
}

static void
test_reader (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "viewer-1", SC_CHAT_READ);
  say_things (fixture);
  show_everywhere (fixture, "reader");
}

static void
test_moderator (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SCT_CHAT_MODERATOR);
  say_things (fixture);
  sct_chat_delete_line (fixture, "p4");
  sct_chat_wait_row (fixture, "Message deleted");
  sct_chat_type_and_send (fixture, "Thank you, all of you!");
  sct_chat_wait_row (fixture, "Thank you");
  sc_fake_room_refuse_next (fixture->room, 429, "rate limit exceeded");
  sct_chat_type_and_send (fixture, "And one more thing");
  sct_chat_wait_row (fixture, "too many messages");
  g_autofree char *text = g_strnfill (480, 'x');
  gtk_editable_set_text (GTK_EDITABLE (sct_chat_get_entry (fixture)), text);
  show_everywhere (fixture, "moderator");
}

/* Somebody reads further up while others go on. */
static void
test_news (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  say_things (fixture);
  for (guint i = 0; i < 60; i++) {
    g_autofree char *id = g_strdup_printf ("n%u", i);
    say (fixture, "hedy", "viewer", id, "and on it goes, with @mia too");
  }
  say (fixture, "bob", "viewer", "last", "the last of them");
  sct_chat_wait_row (fixture, "the last of them");
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  GtkWidget *list = sct_chat_wait_for (fixture, GTK_TYPE_LIST_VIEW, NULL);
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list)), 0);
  sct_wait_frames (fixture->window, SCT_CHAT_SETTLED);
  say (fixture, "bob", "viewer", "new", "new");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "1 New Message");
  show_everywhere (fixture, "news");
}

/* A window that is given another size has its popovers closed. */
static void
suggest_at (SctChat *fixture, int width, AdwColorScheme scheme)
{
  GtkEditable *entry = GTK_EDITABLE (sct_chat_get_entry (fixture));
  resize (fixture, width);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_set_text (entry, "");
  gtk_editable_set_text (entry, "/");
  gtk_editable_set_position (entry, -1);
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "/ban");
  show_at (fixture, "suggestions", width, scheme);
}

static void
test_suggestions (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SCT_CHAT_MODERATOR);
  say_things (fixture);
  suggest_at (fixture, 1280, ADW_COLOR_SCHEME_FORCE_LIGHT);
  suggest_at (fixture, 360, ADW_COLOR_SCHEME_FORCE_DARK);
}

/* A line that waits for a moderator, one that came too soon, and how long to wait. */
static void
test_held_and_slow (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  say_things (fixture);
  sc_fake_room_refuse_next (fixture->room, 406, "held");
  sct_chat_type_and_send (fixture, "see https://example.com/engine");
  sct_chat_wait_row (fixture, "Held for review");
  sc_fake_room_refuse_next (fixture->room, 406, "slow:90");
  sct_chat_type_and_send (fixture, "and another one");
  sct_chat_wait_row (fixture, "slow mode");
  show_everywhere (fixture, "held-and-slow");
}

static void
test_bars (SctChat *fixture, gconstpointer data)
{
  sct_chat_enter_as (fixture, "mia", SC_CHAT_SEND);
  say_things (fixture);
  sc_fake_room_announce (fixture->room,
                         "streamcat:MODES",
                         "{'SlowSeconds':'0','FollowersOnly':'0','ReadOnly':'1','EmojiOnly':'0'}");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Only the streamer and moderators may write");
  show_everywhere (fixture, "read-only");
  sc_fake_room_announce (fixture->room,
                         "streamcat:MODES",
                         "{'SlowSeconds':'0','FollowersOnly':'1','ReadOnly':'0','EmojiOnly':'0'}");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "Only followers of this channel may write");
  show_everywhere (fixture, "followers-only");
  sc_fake_api_answer_now (fixture->api, CHAT_ROUTE, 403, BANNED);
  sc_fake_room_announce (fixture->room,
                         "aws:DISCONNECT_USER",
                         "{'UserId':'mia','Reason':'timeout:600'}");
  sct_chat_wait_for (fixture, GTK_TYPE_LABEL, "That was no way");
  show_everywhere (fixture, "banned");
}

#define add(name, test)                                                                            \
  g_test_add ("/chat-looks/" name, SctChat, NULL, sct_chat_set_up, test, sct_chat_tear_down)

int
main (int argc, char *argv[])
{
  sct_chat_init (&argc, &argv);
  add ("reader", test_reader);
  add ("moderator", test_moderator);
  add ("news", test_news);
  add ("suggestions", test_suggestions);
  add ("held-and-slow", test_held_and_slow);
  add ("bars", test_bars);
  return g_test_run ();
}
