/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-player-error.h"
#include "sc-player-position.h"
#include "sc-player-state.h"

#include <gst/gst.h>

static void
test_state (void)
{
  const struct {
    const char *what;
    ScPlayerFacts facts;
    ScPlayerState state;
    gboolean want_playing;
  } cases[] = {
    { "nothing open", { 0 }, SC_PLAYER_IDLE, FALSE },
    { "just opened", { .open = TRUE, .buffering = 100 }, SC_PLAYER_LOADING, TRUE },
    { "first bytes", { .open = TRUE, .buffering = 3 }, SC_PLAYER_LOADING, FALSE },
    { "plays", { .open = TRUE, .prerolled = TRUE, .buffering = 100 }, SC_PLAYER_PLAYING, TRUE },
    { "runs dry", { .open = TRUE, .prerolled = TRUE, .buffering = 99 }, SC_PLAYER_LOADING, FALSE },
    { "paused",
      { .open = TRUE, .prerolled = TRUE, .buffering = 100, .paused = TRUE },
      SC_PLAYER_PAUSED,
      FALSE },
    { "paused and dry",
      { .open = TRUE, .prerolled = TRUE, .buffering = 0, .paused = TRUE },
      SC_PLAYER_PAUSED,
      FALSE },
    { "paused before the first frame",
      { .open = TRUE, .buffering = 100, .paused = TRUE },
      SC_PLAYER_LOADING,
      FALSE },
    { "seeks",
      { .open = TRUE, .prerolled = TRUE, .buffering = 100, .seeking = TRUE },
      SC_PLAYER_LOADING,
      TRUE },
    { "seeks while paused",
      { .open = TRUE, .prerolled = TRUE, .buffering = 100, .paused = TRUE, .seeking = TRUE },
      SC_PLAYER_PAUSED,
      FALSE },
    { "live, before its first picture",
      { .open = TRUE, .live = TRUE, .buffering = 100 },
      SC_PLAYER_LOADING,
      TRUE },
    { "stands",
      { .open = TRUE, .live = TRUE, .prerolled = TRUE, .buffering = 100, .standing = TRUE },
      SC_PLAYER_LOADING,
      TRUE },
    { "stands while paused",
      { .open = TRUE, .prerolled = TRUE, .buffering = 100, .standing = TRUE, .paused = TRUE },
      SC_PLAYER_PAUSED,
      FALSE },
    { "ended", { .ended = TRUE }, SC_PLAYER_ENDED, FALSE },
    { "failed", { .failed = TRUE }, SC_PLAYER_FAILED, FALSE },
    { "failed while paused", { .failed = TRUE, .paused = TRUE }, SC_PLAYER_FAILED, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].what);
    g_assert_cmpint (sc_player_state_from_facts (&cases[i].facts), ==, cases[i].state);
    g_assert_cmpint (sc_player_facts_want_playing (&cases[i].facts), ==, cases[i].want_playing);
  }
}

/* A drag asks for more than a pipeline can do: one seek goes, the newest waits, the rest is gone.
 */
static void
test_position (void)
{
  ScPlayerPosition place;
  ScPlayerSeek seek = { 0 };
  sc_player_position_reset (&place);
  sc_player_position_want (&place, 7, TRUE);
  g_assert_false (sc_player_position_take (&place, &seek));
  g_assert_cmpint (sc_player_position_get (&place), ==, 7);
  sc_player_position_arrive (&place);
  g_assert_true (sc_player_position_take (&place, &seek));
  g_assert_cmpint (seek.target, ==, 7);
  g_assert_true (seek.exact);

  sc_player_position_arrive (&place);
  g_assert_false (sc_player_position_see (&place, 3));
  sc_player_position_flush (&place);

  place.duration = 100;
  sc_player_position_want (&place, -5, TRUE);
  g_assert_cmpint (sc_player_position_get (&place), ==, 0);
  sc_player_position_want (&place, 500, FALSE);
  g_assert_cmpint (sc_player_position_get (&place), ==, 100);
  g_assert_false (sc_player_position_take (&place, &seek));
  g_assert_false (sc_player_position_see (&place, 3));
  sc_player_position_arrive (&place);
  g_assert_true (sc_player_position_take (&place, &seek));
  g_assert_cmpint (seek.target, ==, 100);
  g_assert_false (seek.exact);

  sc_player_position_flush (&place);
  sc_player_position_arrive (&place);
  g_assert_cmpint (sc_player_position_get (&place), ==, 100);
  g_assert_false (sc_player_position_take (&place, &seek));
  g_assert_true (sc_player_position_see (&place, 42));
  g_assert_false (sc_player_position_see (&place, 42));

  sc_player_position_want (&place, 60, TRUE);
  g_assert_true (sc_player_position_take (&place, &seek));
  sc_player_position_give_up (&place);
  g_assert_cmpint (sc_player_position_get (&place), ==, 42);
  sc_player_position_reset (&place);
  g_assert_cmpint (sc_player_position_get (&place), ==, 0);
}

static void
test_classify (void)
{
  const struct {
    ScPlayerCause cause;
    ScPlayerError error;
  } cases[] = {
    { { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, 404 }, SC_PLAYER_ERROR_OFFLINE },
    { { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, 0 }, SC_PLAYER_ERROR_OFFLINE },
    { { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ, 410 }, SC_PLAYER_ERROR_OFFLINE },
    { { GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, 404 }, SC_PLAYER_ERROR_OFFLINE },
    { { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED, 403 }, SC_PLAYER_ERROR_FORBIDDEN },
    { { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ, 401 }, SC_PLAYER_ERROR_FORBIDDEN },
    { { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ, 451 }, SC_PLAYER_ERROR_FORBIDDEN },
    { { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED, 0 }, SC_PLAYER_ERROR_FORBIDDEN },
    { { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ, 500 }, SC_PLAYER_ERROR_NETWORK },
    { { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ, 429 }, SC_PLAYER_ERROR_NETWORK },
    { { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ, 0 }, SC_PLAYER_ERROR_NETWORK },
    { { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ, 0 }, SC_PLAYER_ERROR_NETWORK },
    { { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_WRITE, 0 }, SC_PLAYER_ERROR_OUTPUT },
    { { GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND, 0 }, SC_PLAYER_ERROR_MISSING_CODEC },
    { { GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN, 0 }, SC_PLAYER_ERROR_MISSING_CODEC },
    { { GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, 0 }, SC_PLAYER_ERROR_DECODE },
    { { GST_STREAM_ERROR, GST_STREAM_ERROR_DECODE, 0 }, SC_PLAYER_ERROR_DECODE },
    { { GST_STREAM_ERROR, GST_STREAM_ERROR_DEMUX, 0 }, SC_PLAYER_ERROR_DECODE },
    { { GST_STREAM_ERROR, GST_STREAM_ERROR_DEMUX, 200 }, SC_PLAYER_ERROR_DECODE },
    { { GST_STREAM_ERROR, GST_STREAM_ERROR_TYPE_NOT_FOUND, 0 }, SC_PLAYER_ERROR_DECODE },
    { { GST_STREAM_ERROR, GST_STREAM_ERROR_DECRYPT_NOKEY, 0 }, SC_PLAYER_ERROR_FORBIDDEN },
    { { GST_CORE_ERROR, GST_CORE_ERROR_STATE_CHANGE, 0 }, SC_PLAYER_ERROR_OUTPUT },
    { { GST_LIBRARY_ERROR, GST_LIBRARY_ERROR_INIT, 0 }, SC_PLAYER_ERROR_OUTPUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const ScPlayerCause *cause = &cases[i].cause;
    g_test_message ("%s %d, HTTP %u",
                    g_quark_to_string (cause->domain),
                    cause->code,
                    cause->http_status);
    g_assert_cmpint (sc_player_error_classify (cause), ==, cases[i].error);
  }
}

static GstMessage *
make_message (guint http_status)
{
  g_autoptr (GError) cause =
    g_error_new_literal (GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ, "Could not open");
  GstStructure *details =
    gst_structure_new ("details", "http-status-code", G_TYPE_UINT, http_status, NULL);
  return gst_message_new_error_with_details (NULL,
                                             cause,
                                             "https://localhost/a.m3u8?token=secret",
                                             details);
}

static void
test_message (void)
{
  g_autoptr (GstMessage) message = make_message (403);
  g_autoptr (GError) error = sc_player_error_from_message (message, NULL);
  g_assert_error (error, SC_PLAYER_ERROR, SC_PLAYER_ERROR_FORBIDDEN);
  g_assert_cmpstr (error->message, ==, "Could not open (HTTP 403)");
  g_assert_null (strstr (error->message, "secret"));
}

static void
test_message_after_missing_plugin (void)
{
  g_autoptr (GstMessage) message = make_message (0);
  g_autoptr (GError) error = sc_player_error_from_message (message, "H.265 decoder");
  g_assert_error (error, SC_PLAYER_ERROR, SC_PLAYER_ERROR_MISSING_CODEC);
  g_assert_cmpstr (error->message, ==, "Missing: H.265 decoder");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/player/state", test_state);
  g_test_add_func ("/player/position", test_position);
  g_test_add_func ("/player/error/classify", test_classify);
  g_test_add_func ("/player/error/message", test_message);
  g_test_add_func ("/player/error/missing-plugin", test_message_after_missing_plugin);
  return g_test_run ();
}
