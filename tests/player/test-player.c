/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hls-server.h"
#include "sc-player-library.h"
#include "sc-player.h"
#include "sct-files.h"
#include "sct-wait.h"

#include <glib/gstdio.h>
#include <gst/gst.h>

/* Nothing here takes a second; this is when to give up. */
#define GIVE_UP_SECONDS 30

/* More than any test watches. */
#define STREAM_SECONDS 40

#define LEAK_CYCLES 100

/* A pool's idle thread and an idle connection may be there or not; a leak would be a hundred. */
#define SLACK 10

/* Nobody tells when a thread of a pool or the server's end of a connection is gone: look this
 * often.
 */
#define POLL_MS 10

typedef struct {
  HlsServer *server;
  ScPlayer *player;
  ScPlayerSinks sinks;
  gboolean in_time; /* whether sinks keep the clock's time */
  int frames;       /* atomic: a streaming thread counts */
  int open_sinks;   /* sinks that were made and are not gone, atomic */
  GString *states;  /* one letter a state */
} Fixture;

static void
on_handoff (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_atomic_int_inc (&fixture->frames);
}

static void
on_sink_gone (gpointer user_data, GObject *object)
{
  Fixture *fixture = user_data;
  g_atomic_int_add (&fixture->open_sinks, -1);
  g_main_context_wakeup (NULL);
}

static GstElement *
make_sink (Fixture *fixture)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", fixture->in_time, NULL);
  g_atomic_int_inc (&fixture->open_sinks);
  g_object_weak_ref (G_OBJECT (sink), on_sink_gone, fixture);
  return sink;
}

static GstElement *
make_video_sink (GObject **ret_paintable, gpointer user_data)
{
  GstElement *sink = make_sink (user_data);
  g_object_set (sink, "signal-handoffs", TRUE, NULL);
  g_signal_connect (sink, "handoff", G_CALLBACK (on_handoff), user_data);
  *ret_paintable = g_object_new (G_TYPE_OBJECT, NULL);
  return sink;
}

static GstElement *
make_audio_sink (gpointer user_data)
{
  return make_sink (user_data);
}

static void
on_state_notify (ScPlayer *player, GParamSpec *pspec, gpointer user_data)
{
  static const char letters[] = "ILPUEF";
  Fixture *fixture = user_data;
  g_string_append_c (fixture->states, letters[sc_player_get_state (player)]);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = hls_server_new (data, NULL);
  hls_server_set_live (fixture->server, TRUE);
  fixture->in_time = TRUE;
  fixture->states = g_string_new (NULL);
  fixture->sinks = (ScPlayerSinks) { make_video_sink, make_audio_sink, fixture };
  fixture->player = sc_player_new (&fixture->sinks);
  g_signal_connect (fixture->player, "notify::state", G_CALLBACK (on_state_notify), fixture);
}

#define wait_for(condition) sct_wait_for (GIVE_UP_SECONDS, condition)

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->player));
  wait_for (g_atomic_int_get (&fixture->open_sinks) == 0);
  g_clear_pointer (&fixture->server, hls_server_free);
  g_string_free (fixture->states, TRUE);
}

static void
open_live (Fixture *fixture)
{
  sc_player_open_live (fixture->player, hls_server_get_uri (fixture->server));
}

static void
open_recording (Fixture *fixture)
{
  hls_server_set_live (fixture->server, FALSE);
  sc_player_open_recording (fixture->player, hls_server_get_uri (fixture->server));
}

static void
test_plays (Fixture *fixture, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();
  open_live (fixture);
  g_assert_cmpint (sc_player_get_state (fixture->player), ==, SC_PLAYER_LOADING);
  g_assert_nonnull (sc_player_get_paintable (fixture->player));

  wait_for (g_atomic_int_get (&fixture->frames) > 0);
  g_test_message ("first frame after %d ms", (int) (g_get_monotonic_time () - start) / 1000);
  wait_for (g_atomic_int_get (&fixture->frames) >= 15);
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING);
  g_assert_cmpint (sc_player_get_width (fixture->player), ==, HLS_WIDTH);
  g_assert_cmpint (sc_player_get_height (fixture->player), ==, HLS_HEIGHT);

  sc_player_stop (fixture->player);
  g_assert_cmpint (sc_player_get_state (fixture->player), ==, SC_PLAYER_IDLE);
  g_assert_null (sc_player_get_paintable (fixture->player));
  g_assert_cmpint (sc_player_get_width (fixture->player), ==, 0);
  wait_for (g_atomic_int_get (&fixture->open_sinks) == 0);
}

static void
test_pauses (Fixture *fixture, gconstpointer data)
{
  open_live (fixture);
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING);
  sc_player_set_paused (fixture->player, TRUE);
  g_assert_cmpint (sc_player_get_state (fixture->player), ==, SC_PLAYER_PAUSED);
  sc_player_set_paused (fixture->player, FALSE);
  int frames = g_atomic_int_get (&fixture->frames);
  wait_for (g_atomic_int_get (&fixture->frames) > frames + 5);
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING);
}

static void
test_ends (Fixture *fixture, gconstpointer data)
{
  fixture->in_time = FALSE;
  open_recording (fixture);
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_ENDED);
  g_assert_cmpint (g_atomic_int_get (&fixture->frames), >=, STREAM_SECONDS * 30 - 1);
  g_assert_cmpint (fixture->states->str[0], ==, 'L');
  wait_for (g_atomic_int_get (&fixture->open_sinks) == 0);
}

/* What was opened fails, and leaves nothing. */
static void
expect_failure (Fixture *fixture, ScPlayerError code)
{
  wait_for (sc_player_get_state (fixture->player) != SC_PLAYER_LOADING);
  g_assert_error (sc_player_get_error (fixture->player), SC_PLAYER_ERROR, (int) code);
  g_test_message ("%s", sc_player_get_error (fixture->player)->message);
  g_assert_cmpint (sc_player_get_state (fixture->player), ==, SC_PLAYER_FAILED);
  wait_for (g_atomic_int_get (&fixture->open_sinks) == 0);
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  const struct {
    guint status;
    void (*open) (Fixture *fixture);
    ScPlayerError error;
  } cases[] = {
    { 404, open_live, SC_PLAYER_ERROR_OFFLINE },
    { 403, open_live, SC_PLAYER_ERROR_FORBIDDEN },
    { 503, open_live, SC_PLAYER_ERROR_NETWORK },
    { 404, open_recording, SC_PLAYER_ERROR_OFFLINE },
    { 403, open_recording, SC_PLAYER_ERROR_FORBIDDEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    hls_server_set_status (fixture->server, cases[i].status);
    cases[i].open (fixture);
    expect_failure (fixture, cases[i].error);
  }
}

static void
test_plays_after_a_failure (Fixture *fixture, gconstpointer data)
{
  hls_server_set_status (fixture->server, 404);
  open_live (fixture);
  expect_failure (fixture, SC_PLAYER_ERROR_OFFLINE);
  hls_server_set_status (fixture->server, 0);
  open_live (fixture);
  g_assert_null (sc_player_get_error (fixture->player));
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING);
}

/* What comes and cannot be read is no lost network. */
static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  hls_server_set_garbage (fixture->server, TRUE);
  open_live (fixture);
  expect_failure (fixture, SC_PLAYER_ERROR_DECODE);
  open_recording (fixture);
  expect_failure (fixture, SC_PLAYER_ERROR_DECODE);
}

static void
test_garbage_for_a_playlist (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri =
    g_uri_resolve_relative (hls_server_get_uri (fixture->server), "0.ts", G_URI_FLAGS_NONE, NULL);
  sc_player_open_live (fixture->player, uri);
  expect_failure (fixture, SC_PLAYER_ERROR_DECODE);
  sc_player_open_recording (fixture->player, uri);
  expect_failure (fixture, SC_PLAYER_ERROR_DECODE);
}

static void
test_nobody_listens (Fixture *fixture, gconstpointer data)
{
  hls_server_cut (fixture->server);
  open_live (fixture);
  expect_failure (fixture, SC_PLAYER_ERROR_NETWORK);
}

/* A recording goes on with what is there, and fails where that ends. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  open_recording (fixture);
  wait_for (sc_player_get_duration (fixture->player) > 0);
  hls_server_cut (fixture->server);
  sc_player_seek (fixture->player, STREAM_SECONDS / 2 * G_USEC_PER_SEC, TRUE);
  expect_failure (fixture, SC_PLAYER_ERROR_NETWORK);
}

/* Waits until the stream plays; one that fails instead says why. */
static void
wait_until_playing (Fixture *fixture)
{
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING ||
            sc_player_get_state (fixture->player) == SC_PLAYER_FAILED);
  g_assert_no_error (sc_player_get_error (fixture->player));
}

/* Waits until the stream plays, and then for another rendition of it. */
static void
switch_rendition (Fixture *fixture)
{
  ScPlayerLive *live = sc_player_get_live (fixture->player);
  wait_until_playing (fixture);
  wait_for (sc_player_live_get_shown_quality (live) != NULL);
  g_autofree char *before = g_strdup (sc_player_live_get_shown_quality (live));
  const char *other = g_str_equal (before, HLS_HIGH) ? HLS_LOW : HLS_HIGH;
  sc_player_live_set_quality (live, other);
  wait_for (g_strcmp0 (sc_player_live_get_shown_quality (live), other) == 0);
  sc_player_live_set_quality (live, NULL);
}

static void
open_and_stop (Fixture *fixture, guint cycles)
{
  for (guint i = 0; i < cycles; i++) {
    sc_player_open_live (fixture->player, hls_server_get_ladder_uri (fixture->server));
    if (i % 25 == 0)
      switch_rendition (fixture);
    else if (i % 4 == 0)
      wait_until_playing (fixture);
    sc_player_stop (fixture->player);
  }
  wait_for (g_atomic_int_get (&fixture->open_sinks) == 0);
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  if (!sct_has_proc ())
    return;
  open_and_stop (fixture, 1);
  g_thread_pool_stop_unused_threads ();
  guint files = sct_count_entries (SCT_OPEN_FILES);
  guint threads = sct_count_entries ("/proc/self/task");

  open_and_stop (fixture, LEAK_CYCLES);
  g_thread_pool_stop_unused_threads ();
  guint tick = g_timeout_add (POLL_MS, G_SOURCE_FUNC (on_tick), NULL);
  wait_for (sct_count_entries ("/proc/self/task") <= threads + SLACK);
  wait_for (sct_count_entries (SCT_OPEN_FILES) <= files + SLACK);
  g_source_remove (tick);
}

static void
test_dispose_while_loading (Fixture *fixture, gconstpointer data)
{
  open_live (fixture);
  g_main_context_iteration (NULL, FALSE);
  open_recording (fixture);
}

static void
test_volume (Fixture *fixture, gconstpointer data)
{
  sc_player_set_volume (fixture->player, 7.0);
  g_assert_cmpfloat (sc_player_get_volume (fixture->player), ==, 1.0);
  sc_player_set_volume (fixture->player, 0.5);
  sc_player_set_muted (fixture->player, TRUE);
  open_live (fixture);
  wait_for (sc_player_get_state (fixture->player) == SC_PLAYER_PLAYING);
  g_assert_cmpfloat (sc_player_get_volume (fixture->player), ==, 0.5);
  g_assert_true (sc_player_get_muted (fixture->player));
}

/* What SSL_CERT_FILE does in our programs: the default database of the process is replaced, and the
 * sessions of our sources follow. */
static void
test_own_authority (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tls-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, HLS_CERTIFICATE, NULL);
  g_autoptr (GTlsCertificate) certificate = hls_certificate_new (folder);
  g_autoptr (HlsServer) server = hls_server_new (data, certificate);

  hls_server_set_live (server, TRUE);
  sc_player_open_live (fixture->player, hls_server_get_uri (server));
  expect_failure (fixture, SC_PLAYER_ERROR_NETWORK);
  sc_player_open_recording (fixture->player, hls_server_get_uri (server));
  expect_failure (fixture, SC_PLAYER_ERROR_NETWORK);

  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (file, &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
  sc_player_open_live (fixture->player, hls_server_get_uri (server));
  wait_until_playing (fixture);
  sc_player_open_recording (fixture->player, hls_server_get_uri (server));
  wait_until_playing (fixture);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);

  sc_player_stop (fixture->player);
  wait_for (g_atomic_int_get (&fixture->open_sinks) == 0);
  g_autofree char *key = g_build_filename (folder, HLS_KEY, NULL);
  g_unlink (file);
  g_unlink (key);
  g_rmdir (folder);
}

#define add(path, test) g_test_add (path, Fixture, folder, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sc_player_library_init ();
  g_autofree char *folder = hls_folder_new_of (STREAM_SECONDS);
  add ("/player/plays", test_plays);
  add ("/player/pauses", test_pauses);
  add ("/player/ends", test_ends);
  add ("/player/refusals", test_refusals);
  add ("/player/plays-after-a-failure", test_plays_after_a_failure);
  add ("/player/garbage", test_garbage);
  add ("/player/garbage-for-a-playlist", test_garbage_for_a_playlist);
  add ("/player/nobody-listens", test_nobody_listens);
  add ("/player/cut", test_cut);
  add ("/player/leaves-nothing", test_leaves_nothing);
  add ("/player/dispose-while-loading", test_dispose_while_loading);
  add ("/player/volume", test_volume);
  add ("/player/own-authority", test_own_authority);
  int result = g_test_run ();
  sc_player_library_finish ();
  hls_folder_remove (folder);
  return result;
}
