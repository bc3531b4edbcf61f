/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-streamer.h"

/* What takes longer than this does not come, on a busy machine either. */
#define WAIT_SECONDS 40
/* The API has no way to tell when something changes. */
#define POLL_MS 50

/* Starts the cloud, with more arguments or NULL, and signs up. */
void
sct_streamer_set_up (SctStreamer *self, const char *const *extra)
{
  self->cloud = sct_local_new ();
  sct_local_start (self->cloud, extra);
  sct_local_wait_ready (self->cloud);
  self->api = sct_api_new (self->cloud);
  sct_api_sign_up (self->api, "alice");
  self->key = sct_api_wait_for_key (self->api);
}

void
sct_streamer_clear (SctStreamer *self)
{
  g_free (self->key);
  sct_api_free (self->api);
  sct_local_free (self->cloud);
}

/* Publishes a test picture and a tone over RTMPS under a stream key, for so many seconds. */
GSubprocess *
sct_streamer_publish (SctStreamer *self, const char *key, const char *seconds)
{
  static const SctEncoding plain = { "60", NULL, "testsrc=size=320x180:rate=30" };
  return sct_streamer_encode (self, key, seconds, &plain);
}

/* The same with another picture, or encoded otherwise. */
GSubprocess *
sct_streamer_encode (SctStreamer *self,
                     const char *key,
                     const char *seconds,
                     const SctEncoding *encoding)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *url = g_strconcat (sct_local_get (self->cloud, "rtmps_url"), key, NULL);
  const char *bitrate = encoding->bitrate;
  g_strv_builder_add_many (builder, "ffmpeg", "-nostdin", "-loglevel", "quiet", "-re", NULL);
  g_strv_builder_add_many (builder, "-f", "lavfi", "-i", encoding->picture, NULL);
  g_strv_builder_add_many (builder, "-f", "lavfi", "-i", "sine", "-t", seconds, NULL);
  g_strv_builder_add_many (builder, "-c:v", "libx264", "-preset", "ultrafast", NULL);
  g_strv_builder_add_many (builder, "-g", encoding->keyframe_interval, NULL);
  if (bitrate) {
    g_strv_builder_add_many (builder, "-b:v", bitrate, "-maxrate", bitrate, NULL);
    g_strv_builder_add_many (builder, "-bufsize", bitrate, "-x264-params", "scenecut=0", NULL);
  }
  g_strv_builder_add_many (builder, "-pix_fmt", "yuv420p", "-c:a", "aac", NULL);
  g_strv_builder_add_many (builder, "-tls_verify", "1", NULL);
  g_strv_builder_add_many (builder, "-ca_file", sct_local_get (self->cloud, "ca_file"), NULL);
  g_strv_builder_add_many (builder, "-f", "flv", url, NULL);
  g_auto (GStrv) argv = g_strv_builder_end (builder);
  GSubprocess *encoder =
    g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  return encoder;
}

/* Returns how many channels are live. */
guint
sct_streamer_count_live (SctStreamer *self)
{
  g_autoptr (JsonObject) body = NULL;
  guint status = sct_api_call (self->api, "GET", "/v1/channels?live=1", NULL, &body);
  g_assert_cmpuint (status, ==, 200);
  return json_array_get_length (json_object_get_array_member (body, "channels"));
}

/* Waits until as many channels are live. */
void
sct_streamer_wait_for_live (SctStreamer *self, guint live)
{
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  while (sct_streamer_count_live (self) != live) {
    g_assert_cmpint (g_get_monotonic_time (), <, until);
    g_usleep (POLL_MS * 1000);
  }
}
