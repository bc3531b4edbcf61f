/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* SRT at the whole program: with what the API tells a streamer, a real encoder goes live and can be
 * watched, until another stream key is asked for. */

#include "config.h"

#include "sct-mirror.h"
#include "sct-run.h"
#include "sct-streamer.h"

#include <string.h>

/* An encoder and its address, "srt://127.0.0.1:1?streamid=KEY&passphrase=P". */
static GSubprocess *
publish (const char *endpoint, const char *key, const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url =
    g_strdup_printf ("%s?pkt_size=1316&streamid=%s&passphrase=%s", endpoint, key, passphrase);
  const char *const argv[] = {
    "ffmpeg",  "-nostdin",  "-loglevel",
    "quiet",   "-re",       "-f",
    "lavfi",   "-i",        "testsrc=size=320x180:rate=30",
    "-f",      "lavfi",     "-i",
    "sine",    "-c:v",      "libx264",
    "-preset", "ultrafast", "-g",
    "60",      "-pix_fmt",  "yuv420p",
    "-c:a",    "aac",       "-f",
    "mpegts",  url,         NULL,
  };
  GSubprocess *encoder = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  return encoder;
}

static void
assert_refused (const char *endpoint, const char *key, const char *passphrase)
{
  g_autoptr (GSubprocess) encoder = publish (endpoint, key, passphrase);
  g_subprocess_wait (encoder, NULL, NULL);
  g_assert_false (g_subprocess_get_successful (encoder));
}

/* Asserts that the playback URL of alice's channel gives picture and sound. */
static void
assert_can_be_watched (SctStreamer *streamer)
{
  g_autoptr (JsonObject) body = NULL;
  g_assert_cmpuint (sct_api_call (streamer->api, "GET", "/v1/channels/alice", NULL, &body),
                    ==,
                    200);
  JsonObject *channel = json_object_get_object_member (body, "channel");
  const char *url = json_object_get_string_member (channel, "playback_url");
  g_autofree char *file = sct_mirror (streamer->cloud, url);
  const char *const argv[] = {
    "ffprobe", "-v", "error", "-show_entries", "stream=codec_name,width", "-of",
    "csv=p=0", file, NULL
  };
  g_autofree char *streams = sct_run_silent (argv);
  g_assert_nonnull (strstr (streams, "h264,320"));
  g_assert_nonnull (strstr (streams, "aac"));
}

static void
test_goes_live (void)
{
  SctStreamer alice = { 0 };
  sct_streamer_set_up (&alice, NULL);
  g_autoptr (JsonObject) body = NULL;
  g_assert_cmpuint (sct_api_call (alice.api, "GET", "/v1/me/channel/srt", NULL, &body), ==, 200);
  JsonObject *srt = json_object_get_object_member (body, "srt");
  const char *endpoint = json_object_get_string_member (srt, "endpoint");
  const char *passphrase = json_object_get_string_member (srt, "passphrase");
  g_assert_cmpstr (endpoint, ==, sct_local_get (alice.cloud, "srt_url"));

  assert_refused (endpoint, "sk_us-west-2_nobody_nothing", passphrase);
  assert_refused (endpoint, alice.key, "another passphrase");
  g_autoptr (GSubprocess) encoder = publish (endpoint, alice.key, passphrase);
  sct_streamer_wait_for_live (&alice, 1);
  assert_can_be_watched (&alice);
  assert_refused (endpoint, alice.key, passphrase);

  /* The old key is out at once, and so is who came with it; the passphrase stays the channel's. */
  guint status = sct_api_call (alice.api, "POST", "/v1/me/channel/key", "{\"stop\":true}", NULL);
  g_assert_cmpuint (status, ==, 202);
  g_subprocess_wait (encoder, NULL, NULL);
  sct_streamer_wait_for_live (&alice, 0);
  assert_refused (endpoint, alice.key, passphrase);
  g_autofree char *key = sct_api_wait_for_key (alice.api);
  g_assert_cmpstr (key, !=, alice.key);
  g_autoptr (GSubprocess) again = publish (endpoint, key, passphrase);
  sct_streamer_wait_for_live (&alice, 1);
  g_subprocess_force_exit (again);
  sct_streamer_clear (&alice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/srt-live/goes-live", test_goes_live);
  return g_test_run ();
}
