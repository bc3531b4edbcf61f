/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Recordings at the whole program: from an encoder to what the API lists and the edge plays, over
 * an end in order and over a crash. */

#include "config.h"

#include "sct-mirror.h"
#include "sct-run.h"
#include "sct-streamer.h"

#include <glib/gstdio.h>
#include <signal.h>

/* What takes longer than this does not come, on a busy machine either. */
#define WAIT_SECONDS 40
#define POLL_MS 50

static const char *const extra[] = { "--parameter", "RecordingReconnectWindowSeconds=1", NULL };

static void
set_up (SctStreamer *fixture, gconstpointer data)
{
  sct_streamer_set_up (fixture, extra);
}

static void
tear_down (SctStreamer *fixture, gconstpointer data)
{
  sct_streamer_clear (fixture);
}

static void
start (SctStreamer *fixture)
{
  sct_local_start (fixture->cloud, extra);
  sct_local_wait_ready (fixture->cloud);
}

/* Returns the newest recording that the API lists, or NULL. */
static JsonObject *
get_recording (SctStreamer *fixture)
{
  g_autoptr (JsonObject) body = NULL;
  g_assert_cmpuint (sct_api_call (fixture->api, "GET", "/v1/recordings", NULL, &body), ==, 200);
  JsonArray *recordings = json_object_get_array_member (body, "recordings");
  return json_array_get_length (recordings) > 0
           ? json_object_ref (json_array_get_object_element (recordings, 0))
           : NULL;
}

static JsonObject *
wait_for_recording (SctStreamer *fixture)
{
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  JsonObject *recording;
  while (!(recording = get_recording (fixture))) {
    g_assert_cmpint (g_get_monotonic_time (), <, until);
    g_usleep (POLL_MS * 1000);
  }
  return recording;
}

/* Plays what is at a member's address; returns what ffprobe says of its picture. */
static char *
probe (SctStreamer *fixture, JsonObject *recording, const char *member, const char *entries)
{
  g_autofree char *file =
    sct_mirror (fixture->cloud, json_object_get_string_member (recording, member));
  const char *const argv[] = { "ffprobe",         "-v",    "error", "-count_packets",
                               "-select_streams", "v",     "-of",   "csv=p=0:nk=1",
                               "-show_entries",   entries, file,    NULL };
  g_autofree char *complaints = NULL;
  return g_strstrip (sct_run (argv, &complaints));
}

/* Asserts that a recording plays through the edge, with all its frames, and has its picture. */
static double
assert_plays (SctStreamer *fixture, JsonObject *recording)
{
  g_autofree char *frames = probe (fixture, recording, "playback_url", "stream=nb_read_packets");
  double seconds = (double) json_object_get_int_member (recording, "duration_ms") / 1000;
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (frames, NULL) / 30, seconds, 0.2);
  g_autofree char *picture = probe (fixture, recording, "thumbnail_url", "stream=width,height");
  g_assert_cmpstr (picture, ==, "320,180");
  return seconds;
}

static void
test_recorded (SctStreamer *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) encoder = sct_streamer_publish (fixture, fixture->key, "5");
  g_autoptr (JsonObject) recording = wait_for_recording (fixture);
  g_assert_cmpfloat_with_epsilon (assert_plays (fixture, recording), 5, 0.2);
  g_subprocess_wait (encoder, NULL, NULL);
}

/* Whoever stops the local cloud in the midst finds the recording at the next start, up to there. */
static void
test_stopped (SctStreamer *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) encoder = sct_streamer_publish (fixture, fixture->key, "60");
  sct_streamer_wait_for_live (fixture, 1);
  sct_local_stop (fixture->cloud);
  g_subprocess_wait (encoder, NULL, NULL);
  start (fixture);
  g_autoptr (JsonObject) recording = get_recording (fixture);
  g_assert_nonnull (recording);
  g_assert_cmpfloat (assert_plays (fixture, recording), >=, 1.9);
}

/* What a crash left is ended by the next start. */
static void
test_crashed (SctStreamer *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) encoder = sct_streamer_publish (fixture, fixture->key, "60");
  sct_streamer_wait_for_live (fixture, 1);
  g_subprocess_send_signal (fixture->cloud->process, SIGKILL);
  g_subprocess_wait (fixture->cloud->process, NULL, NULL);
  g_clear_object (&fixture->cloud->process);
  g_subprocess_wait (encoder, NULL, NULL);
  g_unlink (fixture->cloud->ready_file);
  start (fixture);
  g_autoptr (JsonObject) recording = wait_for_recording (fixture);
  g_autofree char *frames = probe (fixture, recording, "playback_url", "stream=nb_read_packets");
  g_assert_cmpfloat (g_ascii_strtod (frames, NULL), >=, 59);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/recorded/" name, SctStreamer, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("recorded", test_recorded);
  ADD ("stopped", test_stopped);
  ADD ("crashed", test_crashed);
  return g_test_run ();
}
