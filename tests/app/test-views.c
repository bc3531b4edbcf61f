/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-channel-view.h"
#include "sc-home-view.h"
#include "sc-player-closures.h"
#include "sc-player-state.h"
#include "sc-player-words.h"

#include <gio/gio.h>

static void
test_channel (void)
{
  static const struct {
    const char *what;
    ScChannelViewFacts facts;
    ScChannelView view;
  } cases[] = {
    { "just opened", { 0 }, SC_CHANNEL_VIEW_LOADING },
    { "cannot be read", { .failed = TRUE }, SC_CHANNEL_VIEW_CHANNEL_ERROR },
    { "nobody streams", { .known = TRUE }, SC_CHANNEL_VIEW_OFFLINE },
    { "nobody streams, server lost since",
      { .known = TRUE, .failed = TRUE },
      SC_CHANNEL_VIEW_OFFLINE },
    { "live", { .known = TRUE, .live = TRUE }, SC_CHANNEL_VIEW_WATCHING },
    { "live, server lost since",
      { .known = TRUE, .live = TRUE, .failed = TRUE },
      SC_CHANNEL_VIEW_WATCHING },
    { "live and unplayable",
      { .known = TRUE, .live = TRUE, .gave_up = TRUE },
      SC_CHANNEL_VIEW_PLAYER_ERROR },
    { "over, and behind", { .known = TRUE, .plays_out = TRUE }, SC_CHANNEL_VIEW_WATCHING },
    { "was unplayable and is over", { .known = TRUE, .gave_up = TRUE }, SC_CHANNEL_VIEW_OFFLINE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].what);
    g_assert_cmpint (sc_channel_view_from_facts (&cases[i].facts), ==, cases[i].view);
  }
}

static void
test_has_more (void)
{
  static const struct {
    ScPlayerState state;
    ScLiveTrouble trouble;
    gboolean has_more;
  } cases[] = {
    { SC_PLAYER_PLAYING, SC_LIVE_FINE, TRUE },    { SC_PLAYER_PAUSED, SC_LIVE_FINE, TRUE },
    { SC_PLAYER_LOADING, SC_LIVE_SLOW, TRUE },    { SC_PLAYER_LOADING, SC_LIVE_LOST, TRUE },
    { SC_PLAYER_LOADING, SC_LIVE_PAUSED, FALSE }, { SC_PLAYER_LOADING, SC_LIVE_STARVED, FALSE },
    { SC_PLAYER_LOADING, SC_LIVE_FINE, FALSE },   { SC_PLAYER_ENDED, SC_LIVE_FINE, FALSE },
    { SC_PLAYER_FAILED, SC_LIVE_LOST, FALSE },    { SC_PLAYER_IDLE, SC_LIVE_FINE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (sc_channel_view_has_more (cases[i].state, cases[i].trouble),
                     ==,
                     cases[i].has_more);
}

static guint
retry_ms (ScPlayerError code, guint attempt)
{
  g_autoptr (GError) error = g_error_new_literal (SC_PLAYER_ERROR, (int) code, "why");
  return sc_channel_view_retry_ms (error, attempt);
}

static void
test_retry (void)
{
  g_assert_cmpuint (retry_ms (SC_PLAYER_ERROR_NETWORK, 0), ==, 500);
  g_assert_cmpuint (retry_ms (SC_PLAYER_ERROR_NETWORK, 1), ==, 1000);
  g_assert_cmpuint (retry_ms (SC_PLAYER_ERROR_OFFLINE, 4), ==, 8000);
  g_assert_cmpuint (retry_ms (SC_PLAYER_ERROR_OFFLINE, 5), ==, 0);
  g_assert_cmpuint (retry_ms (SC_PLAYER_ERROR_DECODE, 0), >, 0);
  g_assert_cmpuint (retry_ms (SC_PLAYER_ERROR_FORBIDDEN, 0), ==, 0);
  g_assert_cmpuint (retry_ms (SC_PLAYER_ERROR_MISSING_CODEC, 0), ==, 0);
  g_assert_cmpuint (retry_ms (SC_PLAYER_ERROR_OUTPUT, 0), ==, 0);
  g_assert_cmpuint (sc_channel_view_retry_ms (NULL, 1000), >, 5000);
}

static void
test_home (void)
{
  g_assert_cmpint (sc_home_view_choose (FALSE, FALSE, 0), ==, SC_HOME_VIEW_LOADING);
  g_assert_cmpint (sc_home_view_choose (FALSE, TRUE, 0), ==, SC_HOME_VIEW_ERROR);
  g_assert_cmpint (sc_home_view_choose (TRUE, FALSE, 0), ==, SC_HOME_VIEW_EMPTY);
  g_assert_cmpint (sc_home_view_choose (TRUE, FALSE, 3), ==, SC_HOME_VIEW_LIVE);
  g_assert_cmpint (sc_home_view_choose (TRUE, TRUE, 3), ==, SC_HOME_VIEW_LIVE);
  g_assert_cmpint (sc_home_view_choose (TRUE, TRUE, 0), ==, SC_HOME_VIEW_EMPTY);
}

static void
test_player_errors_have_words (void)
{
  for (int code = SC_PLAYER_ERROR_OFFLINE; code <= SC_PLAYER_ERROR_OUTPUT; code++) {
    g_autoptr (GError) error = g_error_new_literal (SC_PLAYER_ERROR, code, "why");
    const ScErrorWords *words = sc_player_words_find (error);
    g_assert_nonnull (words);
    g_assert_cmpstr (words->title, ==, sc_error_words (error).title);
  }
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "why");
  g_assert_null (sc_player_words_find (other));
}

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

/* What the controls of the player show: a recording that is over can be played again, a live stream
 * that seems to be is waited for. */
static void
test_player (void)
{
  g_assert_true (sc_player_view_is_waiting (NULL, SC_PLAYER_LOADING, 0));
  g_assert_true (sc_player_view_is_waiting (NULL, SC_PLAYER_ENDED, 0));
  g_assert_false (sc_player_view_is_waiting (NULL, SC_PLAYER_ENDED, 5));
  g_assert_false (sc_player_view_is_waiting (NULL, SC_PLAYER_PAUSED, 0));
  g_assert_true (sc_player_view_has_spinner (NULL, SC_PLAYER_LOADING, 0, SC_LIVE_FINE, FALSE));
  g_assert_false (sc_player_view_has_spinner (NULL, SC_PLAYER_LOADING, 0, SC_LIVE_FINE, TRUE));
  g_assert_false (sc_player_view_has_spinner (NULL, SC_PLAYER_LOADING, 0, SC_LIVE_PAUSED, FALSE));
  g_assert_false (sc_player_view_has_spinner (NULL, SC_PLAYER_PLAYING, 0, SC_LIVE_FINE, FALSE));
  assert_text (sc_player_view_pause_label (NULL, FALSE, SC_PLAYER_ENDED, 5), "Play Again");
  assert_text (sc_player_view_pause_label (NULL, TRUE, SC_PLAYER_PAUSED, 0), "Play");
  assert_text (sc_player_view_pause_label (NULL, FALSE, SC_PLAYER_PLAYING, 0), "Pause");
  assert_text (sc_player_view_pause_icon (NULL, TRUE, SC_PLAYER_PAUSED, 0),
               "media-playback-start-symbolic");
  assert_text (sc_player_view_volume_icon (NULL, 1.0, TRUE), "audio-volume-muted-symbolic");
  assert_text (sc_player_view_volume_icon (NULL, 0.5, FALSE), "audio-volume-medium-symbolic");
  assert_text (sc_player_view_mute_label (NULL, TRUE), "Unmute");
  assert_text (sc_player_view_fullscreen_label (NULL, TRUE), "Leave Fullscreen");
  assert_text (sc_player_view_fullscreen_icon (NULL, FALSE), "view-fullscreen-symbolic");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/views/channel", test_channel);
  g_test_add_func ("/views/has-more", test_has_more);
  g_test_add_func ("/views/retry", test_retry);
  g_test_add_func ("/views/home", test_home);
  g_test_add_func ("/views/player-errors-have-words", test_player_errors_have_words);
  g_test_add_func ("/views/player", test_player);
  return g_test_run ();
}
