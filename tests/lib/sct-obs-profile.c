/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A folder with a profile of OBS Studio, read without OBS, and what OBS's outputs make of it.
 * `peers/test-obs-profile` holds that OBS's own library reads the same. */

#include "config.h"

#include "sct-obs-profile.h"

#include <json-glib/json-glib.h>

static char *
path_in (GFile *folder, const char *leaf)
{
  return g_build_filename (g_file_peek_path (folder), leaf, NULL);
}

static JsonNode *
read_json (GFile *folder, const char *leaf)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *path = path_in (folder, leaf);
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static guint
get_uint (GKeyFile *file, const char *group, const char *name)
{
  g_autoptr (GError) error = NULL;
  guint64 value = g_key_file_get_uint64 (file, group, name, &error);
  g_assert_no_error (error);
  return (guint) value;
}

static void
assert_string (GKeyFile *file, const char *group, const char *name, const char *expected)
{
  g_autofree char *value = g_key_file_get_string (file, group, name, NULL);
  g_assert_cmpstr (value, ==, expected);
}

/* What is not an advanced output with x264 is another output of OBS, and not known here. */
static void
read_basic (GFile *folder, SctObsProfile *ret_profile)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = path_in (folder, "basic.ini");
  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  assert_string (file, "Output", "Mode", "Advanced");
  assert_string (file, "AdvOut", "Encoder", "obs_x264");
  assert_string (file, "AdvOut", "AudioEncoder", "ffmpeg_aac");
  assert_string (file, "Audio", "ChannelSetup", "Stereo");
  g_assert_cmpuint (get_uint (file, "AdvOut", "TrackIndex"), ==, 1);
  g_assert_cmpuint (get_uint (file, "Video", "FPSType"), ==, 1);
  ret_profile->width = get_uint (file, "Video", "OutputCX");
  ret_profile->height = get_uint (file, "Video", "OutputCY");
  ret_profile->frame_rate = get_uint (file, "Video", "FPSInt");
  ret_profile->audio_kbps = get_uint (file, "AdvOut", "Track1Bitrate");
  ret_profile->sample_rate = get_uint (file, "Audio", "SampleRate");
}

/**
 * sct_obs_profile_read:
 * @folder: where the profile is
 * @ret_profile: (out caller-allocates): what it says
 *
 * A profile that cannot be read ends the test.
 */
void
sct_obs_profile_read (GFile *folder, SctObsProfile *ret_profile)
{
  g_autoptr (JsonNode) encoder_node = read_json (folder, "streamEncoder.json");
  g_autoptr (JsonNode) service_node = read_json (folder, "service.json");
  JsonObject *encoder = json_node_get_object (encoder_node);
  JsonObject *service = json_node_get_object (service_node);
  g_assert_cmpstr (json_object_get_string_member (service, "type"), ==, "rtmp_custom");
  JsonObject *where = json_object_get_object_member (service, "settings");
  *ret_profile = (SctObsProfile) {
    .server = g_strdup (json_object_get_string_member (where, "server")),
    .rate_control = g_strdup (json_object_get_string_member (encoder, "rate_control")),
    .video_kbps = (guint) json_object_get_int_member (encoder, "bitrate"),
    .keyframe_seconds = (guint) json_object_get_int_member (encoder, "keyint_sec"),
    .preset = g_strdup (json_object_get_string_member (encoder, "preset")),
    .profile = g_strdup (json_object_get_string_member (encoder, "profile")),
  };
  read_basic (folder, ret_profile);
}

void
sct_obs_profile_clear (SctObsProfile *self)
{
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->rate_control, g_free);
  g_clear_pointer (&self->preset, g_free);
  g_clear_pointer (&self->profile, g_free);
}

/**
 * sct_obs_profile_remove:
 * @folder: where a profile is, and nothing else
 */
void
sct_obs_profile_remove (GFile *folder)
{
  static const char *const leaves[] = { "basic.ini", "streamEncoder.json", "service.json" };
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (leaves); i++) {
    g_autoptr (GFile) file = g_file_get_child (folder, leaves[i]);
    g_file_delete (file, NULL, &error);
    g_assert_no_error (error);
  }
  g_file_delete (folder, NULL, &error);
  g_assert_no_error (error);
}

/**
 * sct_obs_profile_to_ffmpeg:
 * @self: a profile
 * @key: the stream key, which a profile does not have
 * @ca_file: the certificate to trust, which OBS finds where the machine has its own
 *
 * The options are those that OBS's obs_x264 gives x264 for constant bitrate: it fills up, and the
 * buffer has a second.
 *
 * Returns: (transfer full): ffmpeg and its arguments, until it is ended
 */
GStrv
sct_obs_profile_to_ffmpeg (const SctObsProfile *self, const char *key, const char *ca_file)
{
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  g_assert_cmpstr (self->rate_control, ==, "CBR");
  g_autofree char *bitrate = g_strdup_printf ("%uk", self->video_kbps);
  g_strv_builder_add_many (argv, "ffmpeg", "-nostdin", "-loglevel", "error", "-re", NULL);
  g_strv_builder_add_many (argv, "-f", "lavfi", "-i", NULL);
  g_strv_builder_take (
    argv,
    g_strdup_printf ("testsrc2=size=%ux%u:rate=%u", self->width, self->height, self->frame_rate));
  g_strv_builder_add_many (argv, "-f", "lavfi", "-i", NULL);
  g_strv_builder_take (argv, g_strdup_printf ("sine=sample_rate=%u", self->sample_rate));
  g_strv_builder_add_many (argv, "-c:v", "libx264", "-pix_fmt", "yuv420p", NULL);
  g_strv_builder_add_many (argv, "-preset", self->preset, "-profile:v", self->profile, NULL);
  g_strv_builder_add_many (argv, "-b:v", bitrate, "-maxrate", bitrate, "-bufsize", bitrate, NULL);
  g_strv_builder_add_many (argv, "-x264-params", "nal-hrd=cbr", "-g", NULL);
  g_strv_builder_take (argv, g_strdup_printf ("%u", self->keyframe_seconds * self->frame_rate));
  g_strv_builder_add_many (argv, "-c:a", "aac", "-ac", "2", "-b:a", NULL);
  g_strv_builder_take (argv, g_strdup_printf ("%uk", self->audio_kbps));
  g_strv_builder_add_many (argv, "-tls_verify", "1", "-ca_file", ca_file, "-f", "flv", NULL);
  g_strv_builder_take (argv, g_strconcat (self->server, key, NULL));
  return g_strv_builder_end (argv);
}
