/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The player around a live source, with one that does what the test says. */

#include "config.h"

#include "fake-live.h"
#include "sc-frame-rate.h"
#include "sc-player-library.h"
#include "sc-player-live-private.h"
#include "sc-player.h"
#include "sct-wait.h"

/* Nothing here takes a second; this is when to give up. */
#define GIVE_UP_SECONDS 30

/* The rest of it is the scheme's business: the fake asks nobody. */
#define URI "http://127.0.0.1:9/live.m3u8"

typedef struct {
  ScPlayer *player;
  ScPlayerLive *live;
  ScPlayerSinks sinks;
  GString *states; /* one letter a state */
  char *metadata;
} Fixture;

static GstElement *
make_sink (void)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", TRUE, NULL);
  return sink;
}

static GstElement *
make_video_sink (GObject **ret_paintable, gpointer user_data)
{
  *ret_paintable = g_object_new (G_TYPE_OBJECT, NULL);
  return make_sink ();
}

static GstElement *
make_audio_sink (gpointer user_data)
{
  return make_sink ();
}

static void
on_state_notify (ScPlayer *player, GParamSpec *pspec, gpointer user_data)
{
  static const char letters[] = "ILPUEF";
  Fixture *fixture = user_data;
  g_string_append_c (fixture->states, letters[sc_player_get_state (player)]);
}

static void
on_metadata (ScPlayerLive *live, const char *owner, const char *text, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_free (fixture->metadata);
  fixture->metadata = g_strdup_printf ("%s: %s", owner, text);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->states = g_string_new (NULL);
  fixture->sinks = (ScPlayerSinks) { make_video_sink, make_audio_sink, NULL };
  fixture->player = sc_player_new (&fixture->sinks);
  fixture->live = sc_player_get_live (fixture->player);
  g_signal_connect (fixture->player, "notify::state", G_CALLBACK (on_state_notify), fixture);
  g_signal_connect (fixture->live, "metadata", G_CALLBACK (on_metadata), fixture);
}

#define wait_for(condition) sct_wait_for (GIVE_UP_SECONDS, condition)

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->player));
  sc_player_library_finish ();
  wait_for (!fake_live_is_open ()); /* a thread of the pipeline may hold it a moment longer */
  g_string_free (fixture->states, TRUE);
  g_clear_pointer (&fixture->metadata, g_free);
}

static void
open_live (Fixture *fixture)
{
  sc_player_set_rate (fixture->player, 1.5); /* of recordings: a live stream has none */
  sc_player_open_live (fixture->player, URI);
  g_assert_cmpfloat (sc_player_get_rate (fixture->player), ==, 1);
  wait_for (sc_player_get_state (fixture->player) != SC_PLAYER_LOADING);
  g_assert_no_error (sc_player_get_error (fixture->player));
  g_assert_cmpint (sc_player_get_state (fixture->player), ==, SC_PLAYER_PLAYING);
}

static void
wait_frames (Fixture *fixture, guint64 frames, ScLiveStatistics *ret_statistics)
{
  do {
    sc_live_statistics_clear (ret_statistics);
    g_main_context_iteration (NULL, TRUE);
    sc_player_live_get_statistics (fixture->live, ret_statistics);
  } while (ret_statistics->frames < frames);
}

static void
test_plays (Fixture *fixture, gconstpointer data)
{
  g_auto (ScLiveStatistics) statistics = { 0 };
  g_assert_false (sc_player_live_get_is_live (fixture->live));
  open_live (fixture);
  g_assert_true (sc_player_live_get_is_live (fixture->live));
  g_assert_cmpstr (fixture->states->str, ==, "LP");
  g_assert_cmpint (sc_player_get_width (fixture->player), ==, 320);

  sc_player_set_rate (fixture->player, 2);
  g_assert_cmpfloat (sc_player_get_rate (fixture->player), ==, 1);
  wait_frames (fixture, 20, &statistics);
  g_assert_cmpfloat (statistics.frame_rate, >, 5);
  g_assert_nonnull (statistics.decoder);

  sc_player_stop (fixture->player);
  g_assert_false (sc_player_live_get_is_live (fixture->live));
}

static void
test_tells (Fixture *fixture, gconstpointer data)
{
  g_auto (ScLiveStatistics) statistics = { 0 };
  open_live (fixture);
  g_assert_cmpint (sc_player_live_get_latency (fixture->live), ==, -1);
  g_assert_cmpint (sc_player_live_get_picture_time (fixture->live), ==, -1);
  fake_live_post_stats (410000, 100000, SC_LIVE_FINE);
  wait_for (sc_player_live_get_latency (fixture->live) == 410000);
  gint64 earliest = g_get_real_time () + FAKE_LIVE_SERVER_OFFSET - 410000;
  gint64 made = sc_player_live_get_picture_time (fixture->live);
  g_assert_cmpint (made, >=, earliest);
  g_assert_cmpint (made, <=, g_get_real_time () + FAKE_LIVE_SERVER_OFFSET - 410000);
  g_assert_cmpint (sc_player_live_get_behind (fixture->live), ==, 0);
  fake_live_post_stats (34410000, 34000000, SC_LIVE_FINE);
  wait_for (sc_player_live_get_behind (fixture->live) == 34000000);
  g_assert_cmpstr (sc_player_live_get_shown_quality (fixture->live), ==, "720p30");
  sc_player_live_get_statistics (fixture->live, &statistics);
  g_assert_cmpint (statistics.target, ==, 300000);
  g_assert_cmpuint (statistics.bitrate, ==, 2500000);
  g_assert_cmpuint (statistics.stalls, ==, 2);
  g_assert_cmpstr (statistics.quality, ==, "720p30");

  fake_live_post (gst_structure_new ("sc-live-metadata",
                                     "owner",
                                     G_TYPE_STRING,
                                     "metadata.live-video.net",
                                     "text",
                                     G_TYPE_STRING,
                                     "goal",
                                     NULL));
  wait_for (fixture->metadata != NULL);
  g_assert_cmpstr (fixture->metadata, ==, "metadata.live-video.net: goal");

  sc_player_stop (fixture->player);
  g_assert_cmpint (sc_player_live_get_latency (fixture->live), ==, -1);
  g_assert_cmpint (sc_player_live_get_behind (fixture->live), ==, 0);
  g_assert_null (sc_player_live_get_shown_quality (fixture->live));
}

static char *
dup_id (GListModel *qualities, guint position)
{
  g_autoptr (ScPlayerQuality) quality = g_list_model_get_item (qualities, position);
  return g_strdup (sc_player_quality_get_id (quality));
}

static void
test_qualities (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "low", "middle", "high" };
  FakeLiveOrders orders;
  GListModel *qualities = sc_player_live_get_qualities (fixture->live);
  open_live (fixture);
  fake_live_post_qualities (ids, 3);
  wait_for (g_list_model_get_n_items (qualities) == 3);
  g_autofree char *best = dup_id (qualities, 0);
  g_autofree char *worst = dup_id (qualities, 2);
  g_assert_cmpstr (best, ==, "high");
  g_assert_cmpstr (worst, ==, "low");
  g_autoptr (ScPlayerQuality) first = g_list_model_get_item (qualities, 0);
  g_assert_cmpint (sc_player_quality_get_height (first), ==, 300);
  g_assert_cmpfloat (sc_player_quality_get_frame_rate (first), ==, 30.0);
  g_assert_cmpuint (sc_player_quality_get_bandwidth (first), ==, 3000);
  g_assert_false (sc_player_quality_get_is_source (first));

  sc_player_live_set_quality (fixture->live, "middle");
  fake_live_read_orders (&orders);
  g_assert_cmpstr (orders.quality, ==, "middle");
  g_free (orders.quality);

  fake_live_post_qualities (ids, 1);
  wait_for (g_list_model_get_n_items (qualities) == 1);
  g_assert_null (sc_player_live_get_quality (fixture->live));
  fake_live_read_orders (&orders);
  g_assert_null (orders.quality);
}

static void
test_wishes_come_first (Fixture *fixture, gconstpointer data)
{
  FakeLiveOrders orders;
  sc_player_live_set_target_latency (fixture->live, 500);
  sc_player_live_set_quality (fixture->live, "middle");
  open_live (fixture);
  fake_live_read_orders (&orders);
  g_assert_cmpuint (orders.target_latency, ==, 500);
  g_assert_cmpstr (orders.quality, ==, "middle");
  g_assert_false (orders.held);
  g_free (orders.quality);

  sc_player_live_set_target_latency (fixture->live, 250);
  fake_live_read_orders (&orders);
  g_assert_cmpuint (orders.target_latency, ==, 250);
  g_assert_cmpuint (sc_player_live_get_target_latency (fixture->live), ==, 250);
  g_free (orders.quality);
}

static void
test_pause_holds (Fixture *fixture, gconstpointer data)
{
  FakeLiveOrders orders;
  open_live (fixture);
  sc_player_set_paused (fixture->player, TRUE);
  g_assert_cmpint (sc_player_get_state (fixture->player), ==, SC_PLAYER_PAUSED);
  fake_live_read_orders (&orders);
  g_assert_true (orders.held);
  wait_for (sc_player_live_get_behind (fixture->live) > 0);
  sc_player_set_paused (fixture->player, FALSE);
  fake_live_read_orders (&orders);
  g_assert_true (orders.held);
  g_assert_cmpuint (orders.n_returns, ==, 0);

  sc_player_live_return_to_live (fixture->live);
  fake_live_read_orders (&orders);
  g_assert_false (orders.held);
  g_assert_cmpuint (orders.n_returns, ==, 1);
}

static gboolean
is_held (void)
{
  FakeLiveOrders orders;
  fake_live_read_orders (&orders);
  g_free (orders.quality);
  return orders.held;
}

/* Who paused for a moment is at live as before: nothing keeps them from what mends it. */
static void
test_short_pause (Fixture *fixture, gconstpointer data)
{
  open_live (fixture);
  sc_player_live_set_paused (fixture->live, TRUE, 10 * G_USEC_PER_SEC);
  g_assert_true (is_held ());
  sc_player_live_set_paused (fixture->live, FALSE, 10 * G_USEC_PER_SEC + 300000);
  g_assert_false (is_held ());
  sc_player_live_set_paused (fixture->live, TRUE, 20 * G_USEC_PER_SEC);
  sc_player_live_set_paused (fixture->live, FALSE, 20 * G_USEC_PER_SEC + 600000);
  g_assert_true (is_held ());
}

/* The first report after a pause may not know of it; one that comes to be at live again is. */
static void
test_live_again (Fixture *fixture, gconstpointer data)
{
  open_live (fixture);
  sc_player_live_set_paused (fixture->live, TRUE, 10 * G_USEC_PER_SEC);
  sc_player_live_set_paused (fixture->live, FALSE, 12 * G_USEC_PER_SEC);
  fake_live_post_stats (410000, 0, SC_LIVE_FINE);
  wait_for (sc_player_live_get_latency (fixture->live) == 410000);
  g_assert_true (is_held ());
  fake_live_post_stats (2410000, 2000000, SC_LIVE_FINE);
  wait_for (sc_player_live_get_behind (fixture->live) == 2000000);
  g_assert_true (is_held ());
  fake_live_post_stats (2400000, 400000, SC_LIVE_FINE);
  wait_for (sc_player_live_get_latency (fixture->live) == 2400000);
  g_assert_false (is_held ());
}

static void
test_trouble (Fixture *fixture, gconstpointer data)
{
  open_live (fixture);
  fake_live_post_stats (410000, 0, SC_LIVE_LOST);
  wait_for (sc_player_live_get_trouble (fixture->live) == SC_LIVE_LOST);
  g_assert_cmpint (sc_player_get_state (fixture->player), ==, SC_PLAYER_LOADING);
  g_assert_nonnull (sc_player_get_paintable (fixture->player));
  fake_live_post_stats (410000, 0, SC_LIVE_PAUSED + 1);
  fake_live_post_stats (420000, 0, SC_LIVE_FINE);
  wait_for (sc_player_live_get_trouble (fixture->live) == SC_LIVE_FINE);
  g_assert_cmpstr (fixture->states->str, ==, "LPLP");
}

static void
test_ends (Fixture *fixture, gconstpointer data)
{
  g_auto (ScLiveStatistics) statistics = { 0 };
  open_live (fixture);
  wait_frames (fixture, 20, &statistics); /* decodebin3 loses the end of a sound that just began */
  fake_live_end ();
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_ENDED);
  g_assert_nonnull (sc_player_get_paintable (fixture->player));
  g_assert_false (sc_player_live_get_is_live (fixture->live));
}

static void
test_closes_at_once (Fixture *fixture, gconstpointer data)
{
  sc_player_open_live (fixture->player, URI);
  sc_player_open_live (fixture->player, URI);
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING);
  sc_player_set_paused (fixture->player, TRUE);
}

static void
test_hardware_fails (Fixture *fixture, gconstpointer data)
{
  g_auto (ScLiveStatistics) statistics = { 0 };
  fake_decoder_register ();
  open_live (fixture);
  g_assert_cmpuint (fake_decoder_get_n_made (), ==, 1);
  wait_frames (fixture, 1, &statistics);
  g_assert_cmpstr (statistics.decoder, !=, "fakehwh264dec");
  sc_player_stop (fixture->player);
  open_live (fixture);
  g_assert_cmpuint (fake_decoder_get_n_made (), ==, 1);
}

static void
test_frame_rate (void)
{
  ScFrameRate rate = { 0 };
  double measured = -1;
  g_assert_cmpfloat (sc_frame_rate_see (&rate, 100, 0), ==, 0.0);
  for (guint i = 1; i < 30; i++)
    measured = sc_frame_rate_see (&rate, 100 + 6 * i, 200000 * i);
  g_assert_cmpfloat_with_epsilon (measured, 30.0, 0.01);
  for (guint i = 30; i < 33; i++)
    measured = sc_frame_rate_see (&rate, 274, 200000 * i);
  g_assert_cmpfloat_with_epsilon (measured, 15.0, 0.01);
  for (guint i = 33; i < 36; i++)
    measured = sc_frame_rate_see (&rate, 274, 200000 * i);
  g_assert_cmpfloat_with_epsilon (measured, 0.0, 0.01);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sc_player_library_init ();
  fake_live_register ();
  g_test_add_func ("/player-live/frame-rate", test_frame_rate);
  add ("/player-live/plays", test_plays);
  add ("/player-live/tells", test_tells);
  add ("/player-live/qualities", test_qualities);
  add ("/player-live/wishes-come-first", test_wishes_come_first);
  add ("/player-live/pause-holds", test_pause_holds);
  add ("/player-live/short-pause", test_short_pause);
  add ("/player-live/live-again", test_live_again);
  add ("/player-live/trouble", test_trouble);
  add ("/player-live/ends", test_ends);
  add ("/player-live/closes-at-once", test_closes_at_once);
  add ("/player-live/hardware-fails", test_hardware_fails);
  return g_test_run ();
}
