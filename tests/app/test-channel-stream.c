/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A player that follows a channel whose stream ends, and may come back, over a live source that
 * says what the test wants. */

#include "config.h"

#include "fake-live.h"
#include "sc-channel-stream.h"
#include "sc-fake-api.h"
#include "sc-player-library.h"
#include "sct-window.h"

#define REST_MS 50

typedef struct {
  ScPlayer *player;
  GtkWidget *page;
  ScChannelStream *stream;
  ScPlayerState wanted;
  gboolean passed;
} Fixture;

static void
on_state (Fixture *fixture)
{
  sc_channel_stream_follow_player (fixture->stream);
}

static ScChannel *
make_channel (gboolean live)
{
  g_autofree char *json = g_strdup_printf (
    "{'name':'ada','title':'Engines','live':%s,'playback_url':'http://127.0.0.1:9/live.m3u8',"
    "'stream':{'id':'st-1','width':1280,'height':720,'started_at':'2026-01-01T00:00:00.000Z',"
    "'ended_at':%s,'health':'healthy'}}",
    live ? "true" : "false",
    live ? "null" : "'2026-01-01T01:00:00.000Z'");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = json_from_string (g_strdelimit (json, "'", '"'), &error);
  g_assert_no_error (error);
  ScChannel *channel = sc_channel_from_json (json_node_get_object (root), &error);
  g_assert_no_error (error);
  return channel;
}

static void
follow (Fixture *fixture, gboolean live)
{
  g_autoptr (ScChannel) channel = make_channel (live);
  sc_channel_stream_follow (fixture->stream, channel);
}

static gboolean
is_in_state (gpointer data)
{
  Fixture *fixture = data;
  return sc_player_get_state (fixture->player) == fixture->wanted;
}

static void
wait_state (Fixture *fixture, ScPlayerState state)
{
  fixture->wanted = state;
  sc_test_wait_until (is_in_state, fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->player = sc_player_new (sc_player_sinks_for_gtk (FALSE));
  fixture->page = g_object_ref_sink (gtk_label_new (NULL));
  fixture->stream = sc_channel_stream_new (fixture->player, fixture->page);
  sc_channel_stream_set_rest (fixture->stream, REST_MS);
  g_signal_connect_swapped (fixture->player, "notify::state", G_CALLBACK (on_state), fixture);
  follow (fixture, TRUE);
  wait_state (fixture, SC_PLAYER_PLAYING);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->player, fixture);
  g_clear_pointer (&fixture->stream, sc_channel_stream_free);
  sc_player_stop (fixture->player);
  g_assert_finalize_object (fixture->player);
  g_assert_finalize_object (fixture->page);
  sc_player_library_finish ();
}

static void
on_passed (gpointer data)
{
  Fixture *fixture = data;
  fixture->passed = TRUE;
}

static gboolean
has_passed (gpointer data)
{
  Fixture *fixture = data;
  return fixture->passed;
}

/* What was to close the stream had its turn when this returns. */
static void
pass_rest (Fixture *fixture)
{
  g_timeout_add_once (REST_MS, on_passed, fixture);
  sc_test_wait_until (has_passed, fixture);
}

/* The stream is over, and the network is down before its rest has come. */
static void
lose_rest (Fixture *fixture)
{
  follow (fixture, FALSE);
  g_assert_true (sc_channel_stream_plays_out (fixture->stream));
  fake_live_post_stats (412000, 0, SC_LIVE_LOST);
  wait_state (fixture, SC_PLAYER_LOADING);
}

static void
test_rest_is_missing (Fixture *fixture, gconstpointer data)
{
  lose_rest (fixture);
  g_assert_true (sc_player_live_get_over (sc_player_get_live (fixture->player)));
  wait_state (fixture, SC_PLAYER_IDLE);
  g_assert_false (sc_channel_stream_plays_out (fixture->stream));
  g_assert_false (sc_player_live_get_over (sc_player_get_live (fixture->player)));
}

/* A stream that comes back while its rest is waited for goes on. */
static void
test_comes_back (Fixture *fixture, gconstpointer data)
{
  lose_rest (fixture);
  follow (fixture, TRUE);
  g_assert_false (sc_channel_stream_plays_out (fixture->stream));
  pass_rest (fixture);
  g_assert_cmpuint (sc_player_get_state (fixture->player), ==, SC_PLAYER_LOADING);
  fake_live_post_stats (412000, 0, SC_LIVE_FINE);
  wait_state (fixture, SC_PLAYER_PLAYING);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
  fake_live_register ();

  add ("/channel-stream/rest-is-missing", test_rest_is_missing);
  add ("/channel-stream/comes-back", test_comes_back);
  return g_test_run ();
}
