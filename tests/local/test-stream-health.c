/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a streamer is told of the own stream, with a real encoder: it goes well, or what is wrong
 * with it, and that it is right again. How long each took is printed. */

#include "config.h"

#include "sc-json.h"
#include "sc-stream-status.h"
#include "sct-streamer.h"

#include <signal.h>
#include <string.h>

/* What takes longer than this does not come, on a busy machine either. */
#define WAIT_SECONDS 60
/* The API has no way to tell when something changes. */
#define POLL_MS 250

#define UNTIL_ENDED "600"

typedef gboolean (*Condition) (ScStreamStatus *status);

/* What an encoder does otherwise than well. */
typedef struct {
  const char *keyframe_interval; /* frames, of 30 a second */
  const char *bitrate;           /* bits a second, as ffmpeg writes it */
} Encoding;

static void
set_up (SctStreamer *fixture, gconstpointer data)
{
  sct_streamer_set_up (fixture, NULL);
}

static void
tear_down (SctStreamer *fixture, gconstpointer data)
{
  sct_streamer_clear (fixture);
}

/* Noise needs all the bits that it may have. */
static GSubprocess *
publish (SctStreamer *fixture, const Encoding *encoding)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url =
    g_strconcat (sct_local_get (fixture->cloud, "rtmps_url"), fixture->key, NULL);
  const char *const argv[] = {
    "ffmpeg",
    "-nostdin",
    "-loglevel",
    "quiet",
    "-re",
    "-f",
    "lavfi",
    "-i",
    "nullsrc=size=320x180:rate=30,geq=random(1)*255:128:128",
    "-f",
    "lavfi",
    "-i",
    "sine",
    "-t",
    UNTIL_ENDED,
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
    "-b:v",
    encoding->bitrate,
    "-maxrate",
    encoding->bitrate,
    "-bufsize",
    encoding->bitrate,
    "-x264-params",
    "scenecut=0",
    "-g",
    encoding->keyframe_interval,
    "-pix_fmt",
    "yuv420p",
    "-c:a",
    "aac",
    "-f",
    "flv",
    url,
    NULL,
  };
  GSubprocess *encoder = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  return encoder;
}

static void
end (GSubprocess *encoder, int signal)
{
  g_subprocess_send_signal (encoder, signal);
  g_subprocess_wait (encoder, NULL, NULL);
}

static ScStreamStatus *
ask (SctStreamer *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;
  guint code = sct_api_call (fixture->api, "GET", "/v1/me/channel/live", NULL, &body);
  g_assert_cmpuint (code, ==, 200);
  ScStreamStatus *status = sc_stream_status_from_json (body, &error);
  g_assert_no_error (error);
  return status;
}

/* Waits until the answer is as wanted, and says how long that took since @since_us. */
static void
wait_for (SctStreamer *fixture, const char *what, gint64 since_us, Condition condition)
{
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  for (;;) {
    g_autoptr (ScStreamStatus) status = ask (fixture);
    if (condition (status))
      break;
    if (g_get_monotonic_time () > until) {
      g_autoptr (JsonObject) object = sc_stream_status_to_json (status);
      g_autofree char *text = sc_json_to_string (object);
      g_error ("never “%s”: %s", what, text);
    }
    g_usleep (POLL_MS * 1000);
  }
  g_test_message ("%s: %.1f s", what, (g_get_monotonic_time () - since_us) / 1e6);
}

static const ScStreamSample *
get_newest (ScStreamStatus *status)
{
  const GArray *samples = sc_stream_status_get_fields (status)->samples;
  for (guint i = samples->len; i > 0; i--) {
    const ScStreamSample *sample = &g_array_index (samples, ScStreamSample, i - 1);
    if (sample->bitrate >= 0 && sample->keyframe_interval >= 0)
      return sample;
  }
  return NULL;
}

static gboolean
is_well (ScStreamStatus *status)
{
  const ScStreamStatusFields *fields = sc_stream_status_get_fields (status);
  const ScStreamSample *newest = get_newest (status);
  return sc_stream_status_is_live (status) && fields->health == SC_STREAM_HEALTH_HEALTHY &&
         fields->video && fields->audio && newest && newest->bitrate > 100000 &&
         newest->bitrate < 1500000 && newest->frame_rate > 20 && newest->keyframe_interval > 1.5 &&
         newest->keyframe_interval < 2.5;
}

static gboolean
is_starving (ScStreamStatus *status)
{
  return sc_stream_status_is_live (status) &&
         sc_stream_status_get_fields (status)->health == SC_STREAM_HEALTH_STARVING;
}

static gboolean
has_long_keyframes (ScStreamStatus *status)
{
  const ScStreamSample *newest = get_newest (status);
  return sc_stream_status_is_live (status) && newest && newest->keyframe_interval > 7;
}

static gboolean
is_over (ScStreamStatus *status)
{
  return sc_stream_status_get_fields (status)->id && !sc_stream_status_is_live (status);
}

static gboolean
has_viewer (ScStreamStatus *status)
{
  const ScStreamStatusFields *fields = sc_stream_status_get_fields (status);
  return fields->viewers == 1 && fields->peak_viewers == 1;
}

/* Returns the last line of a playlist. */
static char *
fetch_last_line (SctStreamer *fixture, const char *url)
{
  const char *const argv[] = {
    "curl", "--silent", "--fail", "--cacert", sct_local_get (fixture->cloud, "ca_file"), url, NULL
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GSubprocess) curl = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (curl, NULL, NULL, &output, NULL, &error));
  g_assert_true (g_subprocess_get_successful (curl));
  g_strchomp (output);
  const char *line = strrchr (output, '\n');
  return g_strdup (line ? line + 1 : output);
}

/* Fetches a rendition's playlist as a player does: one viewer, however often. */
static void
watch (SctStreamer *fixture)
{
  g_autoptr (JsonObject) body = NULL;
  g_assert_cmpuint (sct_api_call (fixture->api, "GET", "/v1/channels/alice", NULL, &body), ==, 200);
  JsonObject *channel = json_object_get_object_member (body, "channel");
  g_autofree char *rendition =
    fetch_last_line (fixture, json_object_get_string_member (channel, "playback_url"));
  for (guint i = 0; i < 3; i++) {
    g_autofree char *segment = fetch_last_line (fixture, rendition);
    g_assert_nonnull (segment);
  }
}

static const Encoding well = { "60", "800k" };

static void
test_goes_well (SctStreamer *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) encoder = publish (fixture, &well);
  gint64 since = g_get_monotonic_time ();
  wait_for (fixture, "healthy since the encoder's start", since, is_well);
  g_autoptr (ScStreamStatus) status = ask (fixture);
  const ScStreamStatusFields *fields = sc_stream_status_get_fields (status);
  g_assert_cmpint (fields->video->width, ==, 320);
  g_assert_nonnull (fields->audio);
  since = g_get_monotonic_time ();
  watch (fixture);
  wait_for (fixture, "a viewer", since, has_viewer);

  since = g_get_monotonic_time ();
  g_assert_cmpuint (sct_api_call (fixture->api, "POST", "/v1/me/channel/stop", NULL, NULL),
                    ==,
                    202);
  wait_for (fixture, "stopped", since, is_over);
  g_subprocess_wait (encoder, NULL, NULL);
  g_assert_cmpuint (sct_api_call (fixture->api, "POST", "/v1/me/channel/stop", NULL, NULL),
                    ==,
                    409);
}

static void
test_starves (SctStreamer *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) encoder = publish (fixture, &well);
  wait_for (fixture, "healthy", g_get_monotonic_time (), is_well);
  gint64 since = g_get_monotonic_time ();
  g_subprocess_send_signal (encoder, SIGSTOP);
  wait_for (fixture, "starving since the encoder stopped", since, is_starving);
  g_subprocess_send_signal (encoder, SIGCONT);
  since = g_get_monotonic_time ();
  wait_for (fixture, "healthy since it went on", since, is_well);
  since = g_get_monotonic_time ();
  end (encoder, SIGKILL);
  wait_for (fixture, "over since the line was cut", since, is_over);
}

/* What is wrong with one stream is not said of the next. */
static void
test_wrong_settings (SctStreamer *fixture, gconstpointer data)
{
  static const Encoding rare = { "240", "800k" };
  gint64 since = g_get_monotonic_time ();
  g_autoptr (GSubprocess) second = publish (fixture, &rare);
  wait_for (fixture, "key frames every 8 s since the encoder's start", since, has_long_keyframes);
  end (second, SIGTERM);
  wait_for (fixture, "over", g_get_monotonic_time (), is_over);
  since = g_get_monotonic_time ();
  g_autoptr (GSubprocess) third = publish (fixture, &well);
  wait_for (fixture, "healthy since the encoder's start", since, is_well);
  g_autoptr (GSubprocess) rival = publish (fixture, &well);
  g_subprocess_wait (rival, NULL, NULL);
  g_assert_false (g_subprocess_get_successful (rival));
  wait_for (fixture, "healthy beside a second publisher", g_get_monotonic_time (), is_well);
  end (third, SIGTERM);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add (name, SctStreamer, NULL, set_up, test, tear_down)
  ADD ("/stream-health/goes-well", test_goes_well);
  if (g_test_slow ()) {
    ADD ("/stream-health/starves", test_starves);
    ADD ("/stream-health/wrong-settings", test_wrong_settings);
  }

  return g_test_run ();
}
