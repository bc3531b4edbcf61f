/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The profile that the app saves for OBS Studio, read by OBS Studio's own library as OBS does when
 * it opens a profile. The library is of the peers' root, without its headers: what is asked of it
 * is declared here (libobs, util/config-file.h and obs-data.h). */

#include "config.h"

#include "sc-channel-type.h"
#include "sc-encoder-settings.h"
#include "sc-obs-profile.h"
#include "sct-obs-profile.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>

#define LIBRARY "libobs.so.0"
#define SERVER "rtmps://a1b2c3d4e5f6.global-contribute.live-video.net:443/app/"
#define NAME "StreamCat mía"
#define OPEN_EXISTING 0

typedef struct _ObsConfig ObsConfig;
typedef struct _ObsData ObsData;

static int (*config_open) (ObsConfig **config, const char *file, int open_type);
static const char *(*config_get_string) (ObsConfig *config, const char *section, const char *name);
static guint64 (*config_get_uint) (ObsConfig *config, const char *section, const char *name);
static bool (*config_get_bool) (ObsConfig *config, const char *section, const char *name);
static void (*config_close) (ObsConfig *config);
static ObsData *(*obs_data_create_from_json_file) (const char *file);
static ObsData *(*obs_data_get_obj) (ObsData *data, const char *name);
static const char *(*obs_data_get_string) (ObsData *data, const char *name);
static gint64 (*obs_data_get_int) (ObsData *data, const char *name);
static bool (*obs_data_get_bool) (ObsData *data, const char *name);
static void (*obs_data_release) (ObsData *data);

/* The library stays until the end of the process. */
static void
load_obs (void)
{
  const struct {
    const char *name;
    gpointer function;
  } functions[] = {
    { "config_open", &config_open },
    { "config_get_string", &config_get_string },
    { "config_get_uint", &config_get_uint },
    { "config_get_bool", &config_get_bool },
    { "config_close", &config_close },
    { "obs_data_create_from_json_file", &obs_data_create_from_json_file },
    { "obs_data_get_obj", &obs_data_get_obj },
    { "obs_data_get_string", &obs_data_get_string },
    { "obs_data_get_int", &obs_data_get_int },
    { "obs_data_get_bool", &obs_data_get_bool },
    { "obs_data_release", &obs_data_release },
  };
  gpointer library = dlopen (LIBRARY, RTLD_NOW);
  if (!library)
    g_error ("%s", dlerror ());
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++) {
    gpointer symbol = dlsym (library, functions[i].name);
    g_assert_nonnull (symbol);
    memcpy (functions[i].function, &symbol, sizeof symbol);
  }
}

static char *
path_in (GFile *folder, const char *leaf)
{
  return g_build_filename (g_file_peek_path (folder), leaf, NULL);
}

/* What OBS's window and outputs take from the profile itself; other tests read the same in @read.
 */
static void
check_profile (GFile *folder, const ScEncoderSettings *settings, const SctObsProfile *read)
{
  g_autofree char *path = path_in (folder, "basic.ini");
  ObsConfig *config = NULL;
  g_assert_cmpint (config_open (&config, path, OPEN_EXISTING), ==, 0);
  g_assert_cmpstr (config_get_string (config, "General", "Name"), ==, NAME);
  g_assert_cmpstr (config_get_string (config, "Output", "Mode"), ==, "Advanced");
  g_assert_cmpstr (config_get_string (config, "AdvOut", "Encoder"), ==, "obs_x264");
  g_assert_false (config_get_bool (config, "AdvOut", "ApplyServiceSettings"));
  g_assert_cmpuint (config_get_uint (config, "AdvOut", "TrackIndex"), ==, 1);
  g_assert_cmpuint (config_get_uint (config, "AdvOut", "Track1Bitrate"), ==, settings->audio_kbps);
  g_assert_cmpuint (config_get_uint (config, "Video", "OutputCX"), ==, settings->width);
  g_assert_cmpuint (config_get_uint (config, "Video", "OutputCY"), ==, settings->height);
  g_assert_cmpuint (config_get_uint (config, "Video", "FPSType"), ==, 1);
  g_assert_cmpuint (config_get_uint (config, "Video", "FPSInt"), ==, settings->frame_rate);
  g_assert_cmpuint (config_get_uint (config, "Audio", "SampleRate"), ==, 48000);
  g_assert_cmpstr (config_get_string (config, "Audio", "ChannelSetup"), ==, "Stereo");
  g_assert_cmpuint (config_get_uint (config, "Video", "OutputCX"), ==, read->width);
  g_assert_cmpuint (config_get_uint (config, "Video", "OutputCY"), ==, read->height);
  g_assert_cmpuint (config_get_uint (config, "Video", "FPSInt"), ==, read->frame_rate);
  g_assert_cmpuint (config_get_uint (config, "AdvOut", "Track1Bitrate"), ==, read->audio_kbps);
  g_assert_cmpuint (config_get_uint (config, "Audio", "SampleRate"), ==, read->sample_rate);
  config_close (config);
}

static void
check_encoder (GFile *folder, const ScEncoderSettings *settings, const SctObsProfile *read)
{
  g_autofree char *path = path_in (folder, "streamEncoder.json");
  ObsData *data = obs_data_create_from_json_file (path);
  g_assert_nonnull (data);
  g_assert_cmpstr (obs_data_get_string (data, "rate_control"), ==, "CBR");
  g_assert_cmpint (obs_data_get_int (data, "bitrate"), ==, settings->video_kbps);
  g_assert_cmpint (obs_data_get_int (data, "keyint_sec"), ==, SC_KEYFRAME_SECONDS);
  g_assert_cmpstr (obs_data_get_string (data, "rate_control"), ==, read->rate_control);
  g_assert_cmpint (obs_data_get_int (data, "bitrate"), ==, read->video_kbps);
  g_assert_cmpint (obs_data_get_int (data, "keyint_sec"), ==, read->keyframe_seconds);
  g_assert_cmpstr (obs_data_get_string (data, "preset"), ==, read->preset);
  g_assert_cmpstr (obs_data_get_string (data, "profile"), ==, read->profile);
  obs_data_release (data);
}

/* The server, and no key. */
static void
check_service (GFile *folder, const SctObsProfile *read)
{
  g_autofree char *path = path_in (folder, "service.json");
  ObsData *data = obs_data_create_from_json_file (path);
  g_assert_nonnull (data);
  g_assert_cmpstr (obs_data_get_string (data, "type"), ==, "rtmp_custom");
  ObsData *settings = obs_data_get_obj (data, "settings");
  g_assert_nonnull (settings);
  g_assert_cmpstr (obs_data_get_string (settings, "server"), ==, SERVER);
  g_assert_cmpstr (obs_data_get_string (settings, "server"), ==, read->server);
  g_assert_cmpstr (obs_data_get_string (settings, "key"), ==, "");
  g_assert_false (obs_data_get_bool (settings, "use_auth"));
  obs_data_release (settings);
  obs_data_release (data);
}

static void
test_read (gconstpointer type)
{
  guint count = 0;
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_dir_make_tmp ("obs-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_build_filename (parent, "profile", NULL);
  const ScEncoderSettings *list = sc_encoder_settings_list (type, &count);
  g_assert_cmpuint (count, >, 0);
  for (guint i = 0; i < count; i++) {
    g_assert_true (sc_obs_profile_write (folder, NAME, &list[i], SERVER, &error));
    g_assert_no_error (error);
    g_auto (SctObsProfile) read = { 0 };
    sct_obs_profile_read (folder, &read);
    check_profile (folder, &list[i], &read);
    check_encoder (folder, &list[i], &read);
    check_service (folder, &read);
  }
  sct_obs_profile_remove (folder);
  g_rmdir (parent);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  load_obs ();
  g_test_add_data_func ("/obs-profile/basic", "BASIC", test_read);
  g_test_add_data_func ("/obs-profile/standard", "STANDARD", test_read);
  g_test_add_data_func ("/obs-profile/advanced-sd", "ADVANCED_SD", test_read);
  g_test_add_data_func ("/obs-profile/advanced-hd", "ADVANCED_HD", test_read);
  return g_test_run ();
}
