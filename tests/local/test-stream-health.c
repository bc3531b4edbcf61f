/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a streamer is told of the own stream, with a real encoder and by the app's own watch and
 * words: it goes well, or what is wrong with it, and that it is right again. How long each took is
 * printed, since the encoder did it and since Amazon IVS's event or figure could be known. */

#include "config.h"

#include "sc-encoder-settings.h"
#include "sc-health-words.h"
#include "sc-obs-profile.h"
#include "sc-stream-watch.h"
#include "sc-time.h"
#include "sc-trust.h"
#include "sct-obs-profile.h"
#include "sct-streamer.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>

/* What takes longer than this does not come, on a busy machine either. */
#define WAIT_SECONDS 90

/* A figure is known at the end of the 5 s that it is of; an event's time is in whole seconds. */
#define FIGURE_US (5 * G_TIME_SPAN_SECOND)
#define REQUEST_SECONDS 10

/* What is asked: right words within 10 s of the event or the figure. */
#define TOLD_SECONDS 10.0

/* A larger picture takes a processor of its own to encode in time. */
#define LINES_MAX 720

#define CHANNEL_TYPE "BASIC"
#define UNTIL_ENDED "600"

typedef struct {
  SctStreamer streamer;
  ScClient *client;
  ScStreamWatch *watch;
  guint refreshes;
  const SctObsProfile *profile; /* (nullable): what the encoder was set to, where a test saved it */
} Fixture;

/* Noise needs all the bits that it may have. */
#define NOISE(size) "nullsrc=size=" size ":rate=30,geq=random(1)*255:128:128"

static const SctEncoding well = { "60", "800k", NOISE ("320x180") };

/* What a streamer has to read: a title, and a part of the words under it. */
typedef struct {
  const char *title;
  const char *words;
} Told;

static const Told healthy = { "Healthy", "What you send arrives in time" };
static const Told over = { "Not Live",
                           "Your stream is over. If you did not end it, check the line" };

static void
on_refreshed (Fixture *self)
{
  self->refreshes++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  static const char *const basic[] = { "--parameter", "ChannelType=" CHANNEL_TYPE, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ScHttp) http = sc_http_new (REQUEST_SECONDS);
  sct_streamer_set_up (&self->streamer, basic);
  SctLocal *cloud = self->streamer.cloud;
  g_assert_true (sc_trust_certificate_file (sct_local_get (cloud, "ca_file"), &error));
  self->client = sc_client_new (http);
  sc_client_set_server (self->client, sct_local_get (cloud, "api_url"));
  sc_client_set_token (self->client, sct_api_get_bearer (self->streamer.api) + strlen ("Bearer "));
  self->watch = sc_stream_watch_new (self->client);
  g_signal_connect_swapped (self->watch, "refreshed", G_CALLBACK (on_refreshed), self);
  sc_stream_watch_start (self->watch);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sc_stream_watch_stop (self->watch);
  g_clear_object (&self->watch);
  g_clear_object (&self->client);
  sct_streamer_clear (&self->streamer);
}

static GSubprocess *
publish (Fixture *self, const SctEncoding *encoding)
{
  return sct_streamer_encode (&self->streamer, self->streamer.key, UNTIL_ENDED, encoding);
}

static void
end (GSubprocess *encoder, int signal)
{
  g_subprocess_send_signal (encoder, signal);
  g_subprocess_wait (encoder, NULL, NULL);
}

static const ScStreamStatusFields *
get_fields (Fixture *self)
{
  static const ScStreamStatusFields nothing = { 0 };
  ScStreamStatus *status = sc_stream_watch_get_status (self->watch);
  return status ? sc_stream_status_get_fields (status) : &nothing;
}

static gboolean
is_told (Fixture *self, const Told *told)
{
  ScStreamStatus *status = sc_stream_watch_get_status (self->watch);
  ScHealth health = sc_health_judge (status, CHANNEL_TYPE, g_get_real_time ());
  g_autofree char *words = sc_health_words (health, status, CHANNEL_TYPE);
  return g_str_equal (sc_health_title (health), told->title) && strstr (words, told->words);
}

static gboolean
on_too_late (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Waits until the app says so. Returns how long that took since @since_us, real time. */
static double
wait_for (Fixture *self, const Told *told, gint64 since_us)
{
  gboolean is_too_late = FALSE;
  guint timer = g_timeout_add_seconds (WAIT_SECONDS, on_too_late, &is_too_late);
  while (!is_told (self, told) && !is_too_late)
    g_main_context_iteration (NULL, TRUE);
  if (is_too_late) {
    ScStreamStatus *status = sc_stream_watch_get_status (self->watch);
    ScHealth health = sc_health_judge (status, CHANNEL_TYPE, g_get_real_time ());
    g_error ("Never “%s”: “%s” after %u answers",
             told->title,
             sc_health_title (health),
             self->refreshes);
  }
  g_source_remove (timer);
  double seconds = (double) (g_get_real_time () - since_us) / G_TIME_SPAN_SECOND;
  g_test_message ("“%s”: %.1f s since the encoder did it", told->title, seconds);
  return seconds;
}

/* Holds that what is told now was known no longer than what is asked of us. */
static void
assert_in_time (const char *what, gint64 known_at)
{
  double seconds = (double) (g_get_real_time () - known_at) / G_TIME_SPAN_SECOND;
  g_test_message ("“%s”: %.1f s since %s", what, seconds, "it could be known");
  g_assert_cmpfloat (seconds, <=, TOLD_SECONDS);
}

static gint64
find_report (Fixture *self, const char *kind)
{
  const GPtrArray *reports = get_fields (self)->reports;
  for (guint i = 0; reports && i < reports->len; i++) {
    const ScStreamReport *report = g_ptr_array_index (reports, i);
    if (g_str_equal (report->kind, kind))
      return report->at;
  }
  g_error ("There is no report of %s", kind);
}

static gint64
find_figure (Fixture *self)
{
  ScStreamStatus *status = sc_stream_watch_get_status (self->watch);
  const ScStreamSample *newest = status ? sc_health_get_newest (status) : NULL;
  if (!newest)
    g_error ("Nothing was measured");
  return newest->at + FIGURE_US;
}

/* When too high a bitrate could be known, by the event or the figure, whichever came. */
static gint64
find_excess (Fixture *self)
{
  ScStreamStatus *status = sc_stream_watch_get_status (self->watch);
  const ScStreamSample *newest = status ? sc_health_get_newest (status) : NULL;
  return newest ? newest->at + FIGURE_US : find_report (self, "limit_breach");
}

static gboolean
is_well_measured (Fixture *self)
{
  const ScStreamStatusFields *fields = get_fields (self);
  ScStreamStatus *status = sc_stream_watch_get_status (self->watch);
  const ScStreamSample *newest = status ? sc_health_get_newest (status) : NULL;
  return fields->video && fields->audio && newest && newest->bitrate > 100000 &&
         newest->bitrate < 1500000 && newest->frame_rate > 20 && newest->keyframe_interval > 1.5 &&
         newest->keyframe_interval < 2.5;
}

typedef gboolean (*Condition) (Fixture *self);

/* Waits for what the app shows beside its words. */
static void
wait_until (Fixture *self, const char *what, Condition condition)
{
  gboolean is_too_late = FALSE;
  guint timer = g_timeout_add_seconds (WAIT_SECONDS, on_too_late, &is_too_late);
  while (!condition (self)) {
    if (is_too_late)
      g_error ("Never %s", what);
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (timer);
}

static gboolean
has_viewer (Fixture *self)
{
  const ScStreamStatusFields *fields = get_fields (self);
  return fields->viewers == 1 && fields->peak_viewers == 1;
}

/* Returns the last line of a playlist. */
static char *
fetch_last_line (Fixture *self, const char *url)
{
  const char *ca_file = sct_local_get (self->streamer.cloud, "ca_file");
  const char *const argv[] = { "curl", "--silent", "--fail", "--cacert", ca_file, url, NULL };
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
watch (Fixture *self)
{
  g_autoptr (JsonObject) body = NULL;
  g_assert_cmpuint (sct_api_call (self->streamer.api, "GET", "/v1/channels/alice", NULL, &body),
                    ==,
                    200);
  JsonObject *channel = json_object_get_object_member (body, "channel");
  g_autofree char *rendition =
    fetch_last_line (self, json_object_get_string_member (channel, "playback_url"));
  for (guint i = 0; i < 3; i++) {
    g_autofree char *segment = fetch_last_line (self, rendition);
    g_assert_nonnull (segment);
  }
}

static void
test_goes_well (Fixture *self, gconstpointer data)
{
  gint64 since = g_get_real_time ();
  g_autoptr (GSubprocess) encoder = publish (self, &well);
  wait_for (self, &healthy, since);
  wait_until (self, "what is measured", is_well_measured);
  const ScIngestVideo *video = get_fields (self)->video;
  g_assert_cmpint (video->width, ==, 320);
  g_assert_cmpstr (video->profile, ==, "Baseline");
  g_assert_true (g_str_has_prefix (video->encoder, "Lavf"));
  watch (self);
  wait_until (self, "a viewer", has_viewer);

  since = g_get_real_time ();
  SctApi *api = self->streamer.api;
  g_assert_cmpuint (sct_api_call (api, "POST", "/v1/me/channel/stop", NULL, NULL), ==, 202);
  wait_for (self, &over, since);
  g_subprocess_wait (encoder, NULL, NULL);
  g_assert_cmpuint (sct_api_call (api, "POST", "/v1/me/channel/stop", NULL, NULL), ==, 409);
}

/* Saves settings for OBS as the app does, for the server that the channel says, and reads them. */
static void
save_profile (Fixture *self, const ScEncoderSettings *settings, SctObsProfile *ret_profile)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *parent = g_dir_make_tmp ("obs-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sct_api_call (self->streamer.api, "GET", "/v1/me/channel", NULL, &body),
                    ==,
                    200);
  JsonObject *channel = json_object_get_object_member (body, "channel");
  g_assert_cmpstr (json_object_get_string_member (channel, "channel_type"), ==, CHANNEL_TYPE);
  g_autoptr (GFile) folder = g_file_new_build_filename (parent, "StreamCat", NULL);
  sc_obs_profile_write (folder,
                        "StreamCat",
                        settings,
                        json_object_get_string_member (channel, "ingest_server"),
                        &error);
  g_assert_no_error (error);
  sct_obs_profile_read (folder, ret_profile);
  sct_obs_profile_remove (folder);
  g_rmdir (parent);
}

static void
assert_within_limits (Fixture *self)
{
  ScStreamStatus *status = sc_stream_watch_get_status (self->watch);
  g_autoptr (GPtrArray) facts = sc_health_list_facts (status, CHANNEL_TYPE);
  for (guint i = 0; i < facts->len; i++) {
    const ScHealthFact *fact = g_ptr_array_index (facts, i);
    g_test_message ("%s: %s; %s", fact->name, fact->value, fact->limit ? fact->limit : "any");
    g_assert_false (fact->is_beyond);
  }
}

/* What the encoder said of itself is what the profile says. */
static void
assert_as_saved (Fixture *self)
{
  const SctObsProfile *profile = self->profile;
  const ScStreamStatusFields *fields = get_fields (self);
  g_assert_cmpint (fields->video->width, ==, profile->width);
  g_assert_cmpint (fields->video->height, ==, profile->height);
  g_assert_cmpfloat_with_epsilon (fields->video->frame_rate, profile->frame_rate, 0.1);
  g_assert_cmpint (g_ascii_strcasecmp (fields->video->profile, profile->profile), ==, 0);
  g_assert_cmpstr (fields->audio->codec, ==, "mp4a.40.2");
}

/* So is what was measured, and it goes well; the first figure is of less than its time. */
static gboolean
is_well_as_saved (Fixture *self)
{
  const SctObsProfile *profile = self->profile;
  const ScStreamStatusFields *fields = get_fields (self);
  ScStreamStatus *status = sc_stream_watch_get_status (self->watch);
  const ScStreamSample *newest = status ? sc_health_get_newest (status) : NULL;
  double bitrate = (profile->video_kbps + profile->audio_kbps) * 1000.0;
  return is_told (self, &healthy) && fields->video && fields->audio && newest &&
         fabs ((double) newest->bitrate / bitrate - 1) < 0.1 &&
         fabs (newest->frame_rate / profile->frame_rate - 1) < 0.1 &&
         fabs (newest->keyframe_interval - profile->keyframe_seconds) < 0.2;
}

/* From sign-up to healthy with what the app saves for OBS: each setting that it offers and that a
 * machine with other things to do can encode. */
static void
test_as_saved_for_obs (Fixture *self, gconstpointer data)
{
  guint count = 0;
  const ScEncoderSettings *list = sc_encoder_settings_list (CHANNEL_TYPE, &count);
  for (guint i = 0; i < count; i++) {
    g_auto (SctObsProfile) profile = { 0 };
    g_autoptr (GError) error = NULL;
    if (list[i].height > LINES_MAX)
      continue;
    save_profile (self, &list[i], &profile);
    g_auto (GStrv) argv =
      sct_obs_profile_to_ffmpeg (&profile,
                                 self->streamer.key,
                                 sct_local_get (self->streamer.cloud, "ca_file"));
    gint64 since = g_get_real_time ();
    g_autoptr (GSubprocess) encoder =
      g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_NONE, &error);
    g_assert_no_error (error);
    wait_for (self, &healthy, since);
    self->profile = &profile;
    wait_until (self, "healthy, as it was saved", is_well_as_saved);
    assert_within_limits (self);
    assert_as_saved (self);
    since = g_get_real_time ();
    end (encoder, SIGTERM);
    wait_for (self, &over, since);
    self->profile = NULL;
  }
}

/* Nothing comes for some seconds, and then it goes on. */
static void
test_starves (Fixture *self, gconstpointer data)
{
  static const Told starving = { "Frames Are Arriving Late",
                                 "lower the bitrate or check the upload" };
  gint64 since = g_get_real_time ();
  g_autoptr (GSubprocess) encoder = publish (self, &well);
  wait_for (self, &healthy, since);
  since = g_get_real_time ();
  g_subprocess_send_signal (encoder, SIGSTOP);
  wait_for (self, &starving, since);
  assert_in_time (starving.title, find_report (self, "starvation_start"));
  since = g_get_real_time ();
  g_subprocess_send_signal (encoder, SIGCONT);
  wait_for (self, &healthy, since);
  assert_in_time (healthy.title, find_report (self, "starvation_end"));
  end (encoder, SIGTERM);
}

/* A line on which nothing comes any more, and one that is taken down. */
static void
test_line_is_cut (Fixture *self, gconstpointer data)
{
  static const Told broken = { "Your Stream Broke Off", "The connection was lost. Check the line" };
  gint64 since = g_get_real_time ();
  g_autoptr (GSubprocess) silent = publish (self, &well);
  wait_for (self, &healthy, since);
  since = g_get_real_time ();
  g_subprocess_send_signal (silent, SIGSTOP);
  wait_for (self, &broken, since);
  assert_in_time (broken.title, get_fields (self)->ended_at);
  end (silent, SIGKILL);
  since = g_get_real_time ();
  g_autoptr (GSubprocess) second = publish (self, &well);
  wait_for (self, &healthy, since);
  since = g_get_real_time ();
  end (second, SIGKILL);
  wait_for (self, &over, since);
  assert_in_time (over.title, get_fields (self)->ended_at);
}

static void
test_rare_keyframes (Fixture *self, gconstpointer data)
{
  static const SctEncoding rare = { "240", "800k", NOISE ("320x180") };
  static const Told told = { "Keyframes Are Too Far Apart", "Keyframes every 8 s: set 2 s in OBS" };
  gint64 since = g_get_real_time ();
  g_autoptr (GSubprocess) encoder = publish (self, &rare);
  wait_for (self, &told, since);
  assert_in_time (told.title, find_figure (self));
  end (encoder, SIGTERM);
  since = g_get_real_time ();
  g_autoptr (GSubprocess) second = publish (self, &well);
  wait_for (self, &healthy, since);
  end (second, SIGTERM);
}

static gboolean
is_over (Fixture *self)
{
  return get_fields (self)->ended_at != 0;
}

/* Amazon IVS says so and throws the encoder out, at once where it is far too much. */
static void
test_too_many_bits (Fixture *self, gconstpointer data)
{
  const SctEncoding *much = data;
  static const Told told = { "The Bitrate Is Too High", "Your channel takes 1.5 Mb/s at most" };
  gint64 since = g_get_real_time ();
  g_autoptr (GSubprocess) encoder = publish (self, much);
  wait_for (self, &told, since);
  assert_in_time (told.title, find_excess (self));
  wait_until (self, "over", is_over);
  g_subprocess_wait (encoder, NULL, NULL);
  g_assert_false (g_subprocess_get_successful (encoder));
  find_report (self, "limit_breach");
  g_assert_true (is_told (self, &told));
  since = g_get_real_time ();
  g_autoptr (GSubprocess) second = publish (self, &well);
  wait_for (self, &healthy, since);
  end (second, SIGTERM);
}

/* The stream that is on stays as it is; what is said of the other is taken back after a minute. */
static void
test_second_encoder (Fixture *self, gconstpointer data)
{
  static const Told told = { "A Second Encoder Was Refused", "reset the stream key" };
  gint64 since = g_get_real_time ();
  g_autoptr (GSubprocess) encoder = publish (self, &well);
  wait_for (self, &healthy, since);
  since = g_get_real_time ();
  g_autoptr (GSubprocess) rival = publish (self, &well);
  g_subprocess_wait (rival, NULL, NULL);
  g_assert_false (g_subprocess_get_successful (rival));
  wait_for (self, &told, since);
  assert_in_time (told.title, find_report (self, "takeover_failure"));
  wait_for (self, &healthy, since);
  end (encoder, SIGTERM);
}

/* Whose a wrong key was meant to be nobody knows, so that its words are there all the time. */
static void
test_wrong_key (Fixture *self, gconstpointer data)
{
  static const Told told = { "Not Live", "we cannot see an encoder with a wrong key" };
  gint64 since = g_get_real_time ();
  g_autofree char *wrong = g_strconcat (self->streamer.key, "x", NULL);
  g_autoptr (GSubprocess) stranger = sct_streamer_publish (&self->streamer, wrong, UNTIL_ENDED);
  g_subprocess_wait (stranger, NULL, NULL);
  g_assert_false (g_subprocess_get_successful (stranger));
  wait_for (self, &told, since);
  since = g_get_real_time ();
  g_autoptr (GSubprocess) encoder = publish (self, &well);
  wait_for (self, &healthy, since);
  end (encoder, SIGTERM);
}

static const SctEncoding much = { "60", "4500k", NOISE ("320x180") };
static const SctEncoding far_too_much = { "60", "30M", NOISE ("640x360") };

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD_WITH(name, data, test) g_test_add (name, Fixture, data, set_up, test, tear_down)
#define ADD(name, test) ADD_WITH (name, NULL, test)
  ADD ("/stream-health/goes-well", test_goes_well);
  if (g_test_slow ()) {
    ADD ("/stream-health/as-saved-for-obs", test_as_saved_for_obs);
    ADD ("/stream-health/starves", test_starves);
    ADD ("/stream-health/line-is-cut", test_line_is_cut);
    ADD ("/stream-health/rare-keyframes", test_rare_keyframes);
    ADD_WITH ("/stream-health/too-many-bits", &much, test_too_many_bits);
    ADD_WITH ("/stream-health/far-too-many-bits", &far_too_much, test_too_many_bits);
    ADD ("/stream-health/second-encoder", test_second_encoder);
    ADD ("/stream-health/wrong-key", test_wrong_key);
  }

  return g_test_run ();
}
