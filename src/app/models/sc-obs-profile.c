/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A profile as OBS Studio keeps it, and imports it by Profile, Import: a folder with three files.
 * Their members are those that OBS 28 to 31 writes for the advanced output mode, the only one in
 * which a keyframe interval is kept. The key stays out: OBS asks for it, and a file is copied. */

#include "config.h"

#include "sc-obs-profile.h"

#include "sc-channel-type.h"

#include <json-glib/json-glib.h>

static char *
make_basic (const char *name, const ScEncoderSettings *settings)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_key_file_set_string (file, "General", "Name", name);
  g_key_file_set_string (file, "Output", "Mode", "Advanced");
  g_key_file_set_string (file, "AdvOut", "Encoder", "obs_x264");
  g_key_file_set_string (file, "AdvOut", "AudioEncoder", "ffmpeg_aac");
  g_key_file_set_boolean (file, "AdvOut", "ApplyServiceSettings", FALSE);
  g_key_file_set_integer (file, "AdvOut", "TrackIndex", 1);
  g_key_file_set_integer (file, "AdvOut", "Track1Bitrate", (int) settings->audio_kbps);
  g_key_file_set_integer (file, "Video", "BaseCX", 1920);
  g_key_file_set_integer (file, "Video", "BaseCY", 1080);
  g_key_file_set_integer (file, "Video", "OutputCX", (int) settings->width);
  g_key_file_set_integer (file, "Video", "OutputCY", (int) settings->height);
  g_key_file_set_integer (file, "Video", "FPSType", 1); /* a whole number of frames a second */
  g_key_file_set_integer (file, "Video", "FPSInt", (int) settings->frame_rate);
  g_key_file_set_integer (file, "Audio", "SampleRate", 48000);
  g_key_file_set_string (file, "Audio", "ChannelSetup", "Stereo");
  return g_key_file_to_data (file, NULL, NULL);
}

static char *
make_encoder (const ScEncoderSettings *settings)
{
  g_autoptr (JsonObject) object = json_object_new ();
  json_object_set_string_member (object, "rate_control", "CBR");
  json_object_set_int_member (object, "bitrate", settings->video_kbps);
  json_object_set_int_member (object, "keyint_sec", SC_KEYFRAME_SECONDS);
  json_object_set_string_member (object, "preset", "veryfast");
  json_object_set_string_member (object, "profile", "main");
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  return json_to_string (node, TRUE);
}

static char *
make_service (const char *server)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonObject *settings = json_object_new ();
  json_object_set_string_member (object, "type", "rtmp_custom");
  json_object_set_string_member (settings, "server", server);
  json_object_set_string_member (settings, "key", "");
  /* Of SRT, OBS takes the stream id from the key and the passphrase from the password. */
  json_object_set_boolean_member (settings, "use_auth", sc_encoder_settings_is_srt (server));
  json_object_set_object_member (object, "settings", settings);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  return json_to_string (node, TRUE);
}

static gboolean
write_file (GFile *folder, const char *name, const char *text, GError **error)
{
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  return g_file_replace_contents (file,
                                  text,
                                  strlen (text),
                                  NULL,
                                  FALSE,
                                  G_FILE_CREATE_REPLACE_DESTINATION,
                                  NULL,
                                  NULL,
                                  error);
}

/**
 * sc_obs_profile_write:
 * @folder: where the profile is to be; it is made, if only the last part of its path is not there
 * @name: what OBS lists the profile as
 * @settings: what to choose
 * @server: where the channel is streamed to, without the key
 * @error: of the GIO domain
 *
 * Writes a profile for OBS Studio, over one that is there. Blocks for three small files.
 *
 * Returns: %TRUE, or %FALSE with @error set; then some of the files may be there
 */
gboolean
sc_obs_profile_write (GFile *folder,
                      const char *name,
                      const ScEncoderSettings *settings,
                      const char *server,
                      GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *basic = make_basic (name, settings);
  g_autofree char *encoder = make_encoder (settings);
  g_autofree char *service = make_service (server);
  if (!g_file_make_directory (folder, NULL, &failure) &&
      !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_EXISTS)) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  return write_file (folder, "basic.ini", basic, error) &&
         write_file (folder, "streamEncoder.json", encoder, error) &&
         write_file (folder, "service.json", service, error);
}
