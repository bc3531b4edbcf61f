/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Chat beside a live picture: what is said waits until the picture of its moment is on screen,
 * while the setting says so and the picture moves. */

#include "config.h"

#include "fake-live.h"
#include "sc-live-trouble.h"
#include "sc-player-library.h"
#include "sc-player-view.h"
#include "sc-window.h"
#include "sct-chat.h"

#define SETTING "chat-in-time"

/* Many times what a test takes: what waits for so long is not shown by the time that passes. By the
 * fake's server's clock, as the lines are by ours. */
#define LATE_US (FAKE_LIVE_SERVER_OFFSET + 30 * G_TIME_SPAN_SECOND)
/* The picture is of now. */
#define IN_TIME_US FAKE_LIVE_SERVER_OFFSET

#define ADA_ROUTE "GET /v1/channels/ada"
#define ADA                                                                                        \
  "{'channel':{'name':'ada','title':'Engines','live':true,"                                        \
  "'playback_url':'http://127.0.0.1:9/live.m3u8','stream':{'id':'st-1','width':1280,"              \
  "'height':720,'started_at':'2026-01-01T00:00:00.000Z','ended_at':null,'health':'healthy'}}}"

typedef struct {
  SctChat chat;
  ScPlayer *player;
  gint64 latency; /* what is waited for */
} Fixture;

static gboolean
is_playing (gpointer data)
{
  Fixture *fixture = data;
  return sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  sct_chat_set_up (&fixture->chat, data);
  g_settings_reset (fixture->chat.settings, SETTING);
  sc_fake_api_answer_now (fixture->chat.api, ADA_ROUTE, 200, ADA);
  sct_chat_enter_as (&fixture->chat, "mia", SC_CHAT_SEND);
  sct_chat_wait_may_send (&fixture->chat);
  GtkWidget *view = sct_chat_wait_for (&fixture->chat, SC_TYPE_PLAYER_VIEW, NULL);
  g_object_get (view, "player", &fixture->player, NULL);
  sc_test_wait_until (is_playing, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_settings_reset (fixture->chat.settings, SETTING);
  g_clear_object (&fixture->player);
  sct_chat_tear_down (&fixture->chat, data);
  sc_player_library_finish ();
}

static gboolean
is_measured (gpointer data)
{
  Fixture *fixture = data;
  return sc_player_live_get_latency (sc_player_get_live (fixture->player)) == fixture->latency;
}

static void
measure (Fixture *fixture, gint64 latency)
{
  fixture->latency = latency;
  fake_live_post_stats (latency, 0, SC_LIVE_FINE);
  sc_test_wait_until (is_measured, fixture);
}

static void
say (Fixture *fixture, const char *text)
{
  sc_fake_room_say (fixture->chat.room, "bob", text, text);
}

/* What we say is never held back: where it is shown, what came before it would be, too. */
static void
assert_waits (Fixture *fixture, const char *text, const char *marker)
{
  say (fixture, text);
  sct_chat_type_and_send (&fixture->chat, marker);
  sct_chat_wait_said (&fixture->chat, marker);
  g_assert_null (sct_find (fixture->chat.window, GTK_TYPE_LABEL, text));
}

static void
test_waits (Fixture *fixture, gconstpointer data)
{
  measure (fixture, LATE_US);
  assert_waits (fixture, "goal!", "hello");
  measure (fixture, IN_TIME_US);
  sct_chat_wait_row (&fixture->chat, "goal!");
}

/* Without a measured latency there is nothing to wait for. */
static void
test_not_measured (Fixture *fixture, gconstpointer data)
{
  say (fixture, "goal!");
  sct_chat_wait_row (&fixture->chat, "goal!");
}

static void
test_switched_off (Fixture *fixture, gconstpointer data)
{
  measure (fixture, LATE_US);
  assert_waits (fixture, "goal!", "hello");
  g_settings_set_boolean (fixture->chat.settings, SETTING, FALSE);
  sct_chat_wait_row (&fixture->chat, "goal!");
  measure (fixture, LATE_US + 1);
  say (fixture, "at once");
  sct_chat_wait_row (&fixture->chat, "at once");
}

/* A picture that stands says nothing of now. */
static void
test_paused (Fixture *fixture, gconstpointer data)
{
  measure (fixture, LATE_US);
  assert_waits (fixture, "goal!", "hello");
  sc_player_set_paused (fixture->player, TRUE);
  sct_chat_wait_row (&fixture->chat, "goal!");
  say (fixture, "at once");
  sct_chat_wait_row (&fixture->chat, "at once");
  sc_player_set_paused (fixture->player, FALSE);
  measure (fixture, LATE_US + 1);
  assert_waits (fixture, "again", "so");
}

#define add(name, test) g_test_add ("/chat-in-time/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  sct_chat_init (&argc, &argv);
  sc_player_library_init ();
  fake_live_register ();
  add ("waits", test_waits);
  add ("not-measured", test_not_measured);
  add ("switched-off", test_switched_off);
  add ("paused", test_paused);
  return g_test_run ();
}
