/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Recordings at the whole program: from an encoder to what the API lists and the edge plays, over
 * an end in order and over a crash. */

#include "config.h"

#include "sct-api.h"

#include <glib/gstdio.h>
#include <signal.h>

/* What takes longer than this does not come, on a busy machine either. */
#define WAIT_SECONDS 40
#define POLL_MS 50

static const char *const extra[] = { "--parameter", "RecordingReconnectWindowSeconds=1", NULL };

typedef struct {
  SctLocal *cloud;
  SctApi *api;
  char *key;
} Fixture;

static void
start (Fixture *fixture)
{
  sct_local_start (fixture->cloud, extra);
  sct_local_wait_ready (fixture->cloud);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->cloud = sct_local_new ();
  start (fixture);
  fixture->api = sct_api_new (fixture->cloud);
  sct_api_sign_up (fixture->api, "alice");
  fixture->key = sct_api_wait_for_key (fixture->api);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->key);
  sct_api_free (fixture->api);
  sct_local_free (fixture->cloud);
}

/* Publishes a test picture over RTMPS for so many seconds. */
static GSubprocess *
publish (Fixture *fixture, const char *seconds)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url =
    g_strconcat (sct_local_get (fixture->cloud, "rtmps_url"), fixture->key, NULL);
  const char *const argv[] = {
    "ffmpeg",    "-nostdin", "-loglevel",
    "quiet",     "-re",      "-f",
    "lavfi",     "-i",       "testsrc=size=320x180:rate=30",
    "-f",        "lavfi",    "-i",
    "sine",      "-t",       seconds,
    "-c:v",      "libx264",  "-preset",
    "ultrafast", "-g",       "60",
    "-pix_fmt",  "yuv420p",  "-c:a",
    "aac",       "-f",       "flv",
    url,         NULL,
  };
  GSubprocess *encoder = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  return encoder;
}

/* Returns the newest recording that the API lists, or NULL. */
static JsonObject *
get_recording (Fixture *fixture)
{
  g_autoptr (JsonObject) body = NULL;
  g_assert_cmpuint (sct_api_call (fixture->api, "GET", "/v1/recordings", NULL, &body), ==, 200);
  JsonArray *recordings = json_object_get_array_member (body, "recordings");
  return json_array_get_length (recordings) > 0
           ? json_object_ref (json_array_get_object_element (recordings, 0))
           : NULL;
}

static JsonObject *
wait_for_recording (Fixture *fixture)
{
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  JsonObject *recording;
  while (!(recording = get_recording (fixture))) {
    g_assert_cmpint (g_get_monotonic_time (), <, until);
    g_usleep (POLL_MS * 1000);
  }
  return recording;
}

static void
wait_for_live (Fixture *fixture)
{
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  for (;;) {
    g_autoptr (JsonObject) body = NULL;
    sct_api_call (fixture->api, "GET", "/v1/channels?live=1", NULL, &body);
    if (json_array_get_length (json_object_get_array_member (body, "channels")) > 0)
      return;
    g_assert_cmpint (g_get_monotonic_time (), <, until);
    g_usleep (POLL_MS * 1000);
  }
}

/* Plays what is at @url; returns what ffprobe says of its picture. */
static char *
probe (const char *url, const char *entries)
{
  const char *const argv[] = { "ffprobe",         "-v",    "error", "-count_packets",
                               "-select_streams", "v",     "-of",   "csv=p=0:nk=1",
                               "-show_entries",   entries, url,     NULL };
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_spawn_sync (NULL,
                (char **) argv,
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                &text,
                NULL,
                NULL,
                &error);
  g_assert_no_error (error);
  return g_strstrip (text);
}

/* Asserts that a recording plays through the edge, with all its frames, and has its picture. */
static double
assert_plays (JsonObject *recording)
{
  g_autofree char *frames =
    probe (json_object_get_string_member (recording, "playback_url"), "stream=nb_read_packets");
  double seconds = (double) json_object_get_int_member (recording, "duration_ms") / 1000;
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (frames, NULL) / 30, seconds, 0.2);
  g_autofree char *picture =
    probe (json_object_get_string_member (recording, "thumbnail_url"), "stream=width,height");
  g_assert_cmpstr (picture, ==, "320,180");
  return seconds;
}

static void
test_recorded (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) encoder = publish (fixture, "5");
  g_autoptr (JsonObject) recording = wait_for_recording (fixture);
  g_assert_cmpfloat_with_epsilon (assert_plays (recording), 5, 0.2);
  g_subprocess_wait (encoder, NULL, NULL);
}

/* Whoever stops the local cloud in the midst finds the recording at the next start, up to there. */
static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) encoder = publish (fixture, "60");
  wait_for_live (fixture);
  sct_local_stop (fixture->cloud);
  g_subprocess_wait (encoder, NULL, NULL);
  start (fixture);
  g_autoptr (JsonObject) recording = get_recording (fixture);
  g_assert_nonnull (recording);
  g_assert_cmpfloat (assert_plays (recording), >=, 1.9);
}

/* What a crash left is ended by the next start. */
static void
test_crashed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) encoder = publish (fixture, "60");
  wait_for_live (fixture);
  g_subprocess_send_signal (fixture->cloud->process, SIGKILL);
  g_subprocess_wait (fixture->cloud->process, NULL, NULL);
  g_clear_object (&fixture->cloud->process);
  g_subprocess_wait (encoder, NULL, NULL);
  g_unlink (fixture->cloud->ready_file);
  start (fixture);
  g_autoptr (JsonObject) recording = wait_for_recording (fixture);
  g_autofree char *frames =
    probe (json_object_get_string_member (recording, "playback_url"), "stream=nb_read_packets");
  g_assert_cmpfloat (g_ascii_strtod (frames, NULL), >=, 59);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/recorded/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("recorded", test_recorded);
  ADD ("stopped", test_stopped);
  ADD ("crashed", test_crashed);
  return g_test_run ();
}
