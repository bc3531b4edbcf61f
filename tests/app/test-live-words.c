/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is said of a live stream, as tables. */

#include "config.h"

#include "sc-codec-words.h"
#include "sc-live-words.h"
#include "sc-player-error.h"

static void
assert_words (char *words, const char *expected)
{
  g_assert_cmpstr (words, ==, expected);
  g_free (words);
}

static void
test_badge (void)
{
  assert_words (sc_live_badge (-1), "LIVE");
  assert_words (sc_live_badge (0), "Live · 0.0 s");
  assert_words (sc_live_badge (412345), "Live · 0.4 s");
  assert_words (sc_live_badge (34400000), "Live · 34 s");
  assert_words (sc_live_badge_words (-1), "This channel is on air now.");
  assert_words (sc_live_badge_words (412345),
                "You see what reached the video server 0.4 seconds ago.");
}

static void
test_behind (void)
{
  assert_words (sc_behind_words (900000), "Return to live, 1 s behind");
  assert_words (sc_behind_words (34000000), "Return to live, 34 s behind");
  assert_words (sc_behind_words (125000000), "Return to live, 2:05 behind");
}

static void
test_trouble (void)
{
  g_assert_cmpstr (sc_trouble_words (SC_LIVE_FINE), ==, "");
  g_assert_cmpstr (sc_trouble_words (SC_LIVE_SLOW), ==, "Your connection is slow");
  for (guint i = SC_LIVE_SLOW; i <= SC_LIVE_PAUSED; i++) {
    g_assert_cmpstr (sc_trouble_words ((ScLiveTrouble) i), !=, "");
    g_assert_true (g_str_has_suffix (sc_trouble_icon ((ScLiveTrouble) i), "-symbolic"));
  }
}

static void
test_starving (void)
{
  g_assert_cmpint (sc_trouble_choose (SC_LIVE_FINE, FALSE), ==, SC_LIVE_FINE);
  g_assert_cmpint (sc_trouble_choose (SC_LIVE_FINE, TRUE), ==, SC_LIVE_STARVED);
  g_assert_cmpint (sc_trouble_choose (SC_LIVE_SLOW, TRUE), ==, SC_LIVE_STARVED);
  g_assert_cmpint (sc_trouble_choose (SC_LIVE_SLOW, FALSE), ==, SC_LIVE_SLOW);
  g_assert_cmpint (sc_trouble_choose (SC_LIVE_LOST, TRUE), ==, SC_LIVE_LOST);
  g_assert_cmpint (sc_trouble_choose (SC_LIVE_PAUSED, TRUE), ==, SC_LIVE_PAUSED);
}

static void
test_qualities (void)
{
  g_autoptr (ScPlayerQuality) best = sc_player_quality_new ("chunked", 1080, 59.94, 6000000, TRUE);
  g_autoptr (ScPlayerQuality) low = sc_player_quality_new ("160p30", 160, 0, 230000, FALSE);
  g_autoptr (ScPlayerQuality) odd = sc_player_quality_new ("sound", 0, 0, 0, FALSE);
  assert_words (sc_quality_words (best), "1080p60 · 6.0 Mb/s (as streamed)");
  assert_words (sc_quality_words (low), "160p · 230 kb/s");
  assert_words (sc_quality_words (odd), "sound · –");
  assert_words (sc_quality_automatic_words (NULL), "Automatic");
  assert_words (sc_quality_automatic_words (best), "Automatic (now 1080p60)");
}

static void
test_figures (void)
{
  assert_words (sc_seconds_words (-1), "–");
  assert_words (sc_seconds_words (414000), "0.41 s");
  assert_words (sc_bit_rate_words (0), "–");
  assert_words (sc_bit_rate_words (999999), "1000 kb/s");
  assert_words (sc_bit_rate_words (2540000), "2.5 Mb/s");
  assert_words (sc_frame_rate_words (29.94), "29.9 fps");
}

static void
test_latencies (void)
{
  static const char *const words[SC_LATENCY_CHOICES] = {
    "Automatic", "0.25 seconds", "0.5 seconds", "1 second", "2 seconds", "3 seconds", "5 seconds",
  };
  for (guint i = 0; i < SC_LATENCY_CHOICES; i++) {
    assert_words (sc_latency_choice_words (i), words[i]);
    g_assert_cmpuint (sc_latency_choice_from_ms (sc_latency_choice_to_ms (i)), ==, i);
  }
  g_assert_cmpuint (sc_latency_choice_to_ms (SC_LATENCY_CHOICES), ==, 0);
  g_assert_cmpuint (sc_latency_choice_from_ms (1), ==, 0);
  g_assert_cmpuint (sc_latency_choice_from_ms (1200), ==, 3);
  g_assert_cmpuint (sc_latency_choice_from_ms (60000), ==, 6);
}

static void
test_packages (void)
{
  static const struct {
    const char *missing;
    const char *debian;
    const char *flatpak;
  } cases[] = {
    { "Missing: H.264 (High Profile) decoder (decoder-video/x-h264)",
      "gstreamer1.0-libav",
      "org.freedesktop.Platform.ffmpeg-full" },
    { "Missing: MPEG-4 AAC decoder (decoder-audio/mpeg)",
      "gstreamer1.0-libav",
      "org.freedesktop.Platform.ffmpeg-full" },
    { "Missing: GStreamer element gtk4paintablesink", "gstreamer1.0-gtk4", NULL },
    { "Missing: demuxer (decoder-video/mpegts)", "gstreamer1.0-plugins-bad", NULL },
    { "Missing: something else", NULL, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpstr (sc_codec_package (cases[i].missing, FALSE), ==, cases[i].debian);
    g_assert_cmpstr (sc_codec_package (cases[i].missing, TRUE), ==, cases[i].flatpak);
  }

  g_autoptr (GError) error =
    g_error_new_literal (SC_PLAYER_ERROR, SC_PLAYER_ERROR_MISSING_CODEC, cases[0].missing);
  g_autoptr (GError) other =
    g_error_new_literal (SC_PLAYER_ERROR, SC_PLAYER_ERROR_DECODE, cases[0].missing);
  assert_words (sc_codec_words (error, FALSE),
                "Install the package “gstreamer1.0-libav”, then try again.");
  assert_words (sc_codec_words (error, TRUE),
                "Install the Flatpak extension “org.freedesktop.Platform.ffmpeg-full”, then try "
                "again.");
  g_assert_null (sc_codec_words (other, FALSE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live-words/badge", test_badge);
  g_test_add_func ("/live-words/behind", test_behind);
  g_test_add_func ("/live-words/trouble", test_trouble);
  g_test_add_func ("/live-words/starving", test_starving);
  g_test_add_func ("/live-words/qualities", test_qualities);
  g_test_add_func ("/live-words/figures", test_figures);
  g_test_add_func ("/live-words/latencies", test_latencies);
  g_test_add_func ("/live-words/packages", test_packages);
  return g_test_run ();
}
