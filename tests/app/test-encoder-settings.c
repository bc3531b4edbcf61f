/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the app proposes for an encoder: within what a channel takes, as OBS reads it, and as real
 * encoders run it. */

#include "config.h"

#include "sc-channel-type.h"
#include "sc-encoder-settings.h"
#include "sc-obs-profile.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#define SERVER "rtmps://ingest.example.org:443/app/"
#define SRT_SERVER "srt://c.srt.example.org:9000"
#define KEY "sk_test_1"
#define PASSPHRASE "a passphrase"
#define SECONDS 5

static const char *const types[] = { "BASIC", "STANDARD", "ADVANCED_SD", "ADVANCED_HD", "NEW" };

static void
test_limits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    guint count = 0;
    const ScEncoderSettings *list = sc_encoder_settings_list (types[i], &count);
    g_assert_cmpuint (count, >=, 1);
    for (guint j = 0; j < count; j++) {
      ScChannelLimits limits = sc_channel_type_get_limits (types[i], list[j].height);
      guint bitrate = (list[j].video_kbps + list[j].audio_kbps) * 1000;
      g_test_message ("%s: %u of %u", types[i], bitrate, limits.bitrate);
      g_assert_cmpuint (bitrate, <=, limits.bitrate / 10 * 9);
      g_assert_cmpuint (list[j].width, <=, limits.width);
      g_assert_cmpuint (list[j].height, <=, limits.height);
      g_assert_cmpuint (list[j].frame_rate, <=, limits.frame_rate);
      g_assert_cmpuint (list[j].width % 2, ==, 0);
    }
  }
}

static JsonObject *
read_json (GFile *folder, const char *name, JsonParser **ret_parser)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_file_peek_path (folder), name, NULL);
  *ret_parser = json_parser_new ();
  g_assert_true (json_parser_load_from_file (*ret_parser, path, &error));
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (*ret_parser));
}

static void
check_profile (GFile *folder, const ScEncoderSettings *settings, const char *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) basic = g_key_file_new ();
  g_autoptr (JsonParser) encoder_parser = NULL;
  g_autoptr (JsonParser) service_parser = NULL;
  g_autofree char *path = g_build_filename (g_file_peek_path (folder), "basic.ini", NULL);
  g_assert_true (g_key_file_load_from_file (basic, path, G_KEY_FILE_NONE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_key_file_get_integer (basic, "Video", "OutputCY", NULL),
                   ==,
                   (int) settings->height);
  g_assert_cmpint (g_key_file_get_integer (basic, "Video", "FPSInt", NULL),
                   ==,
                   (int) settings->frame_rate);
  JsonObject *encoder = read_json (folder, "streamEncoder.json", &encoder_parser);
  g_assert_cmpint (json_object_get_int_member (encoder, "bitrate"), ==, settings->video_kbps);
  g_assert_cmpint (json_object_get_int_member (encoder, "keyint_sec"), ==, SC_KEYFRAME_SECONDS);
  JsonObject *service = read_json (folder, "service.json", &service_parser);
  JsonObject *where = json_object_get_object_member (service, "settings");
  g_assert_cmpstr (json_object_get_string_member (where, "server"), ==, server);
  g_assert_cmpstr (json_object_get_string_member (where, "key"), ==, "");
  g_assert_cmpint (json_object_get_boolean_member (where, "use_auth"),
                   ==,
                   g_str_has_prefix (server, "srt://"));
}

static void
remove_folder (const char *path)
{
  const char *name = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  while ((name = g_dir_read_name (folder))) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    g_remove (file);
  }
  g_rmdir (path);
}

/* A second one goes over the first; one that cannot be written says why. */
static void
test_profile (void)
{
  guint count = 0;
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_dir_make_tmp ("obs-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_build_filename (parent, "StreamCat", NULL);
  g_autoptr (GFile) nowhere = g_file_new_build_filename (parent, "none", "StreamCat", NULL);
  const ScEncoderSettings *list = sc_encoder_settings_list ("STANDARD", &count);
  for (guint i = 0; i < count; i++) {
    g_assert_true (sc_obs_profile_write (folder, "StreamCat", &list[i], SERVER, &error));
    g_assert_no_error (error);
    check_profile (folder, &list[i], SERVER);
    g_assert_true (sc_obs_profile_write (folder, "StreamCat", &list[i], SRT_SERVER, &error));
    g_assert_no_error (error);
    check_profile (folder, &list[i], SRT_SERVER);
  }
  g_assert_false (sc_obs_profile_write (nowhere, "StreamCat", &list[0], SERVER, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  remove_folder (g_file_peek_path (folder));
  remove_folder (parent);
}

static void
run (const char *command)
{
  g_autoptr (GError) error = NULL;
  int status = 0;
  const char *const arguments[] = { "sh", "-c", command, NULL };
  g_autofree char *said = NULL;
  g_spawn_sync (NULL,
                (char **) arguments,
                NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                NULL,
                NULL,
                NULL,
                &said,
                &status,
                &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s\n%.2000s", command, said);
  g_assert_cmpint (status, ==, 0);
}

static char *
replace (const char *text, const char *what, const char *by)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (by, parts);
}

/* What came out, as "WIDTHxHEIGHT RATE", and the times of its keyframes. */
static void
check_film (const char *path, const ScEncoderSettings *settings)
{
  g_autofree char *out = NULL;
  g_autofree char *expected =
    g_strdup_printf ("%u,%u,%u/1", settings->width, settings->height, settings->frame_rate);
  g_autofree char *command =
    g_strdup_printf ("ffprobe -v error -select_streams v -skip_frame nokey -show_entries"
                     " stream=width,height,avg_frame_rate:frame=pts_time -of csv=p=0 %s",
                     path);
  g_assert_true (g_spawn_command_line_sync (command, &out, NULL, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (g_strstrip (out), "\n", -1);
  guint n_keyframes = g_strv_length (lines) - 1;
  g_assert_cmpuint (n_keyframes, ==, (SECONDS + SC_KEYFRAME_SECONDS - 1) / SC_KEYFRAME_SECONDS);
  g_assert_cmpstr (lines[n_keyframes], ==, expected);
  double apart = g_ascii_strtod (lines[1], NULL) - g_ascii_strtod (lines[0], NULL);
  g_assert_cmpfloat_with_epsilon (apart, SC_KEYFRAME_SECONDS, 0.05);
}

/* Makes a few seconds of picture and sound. Returns where they are. */
static char *
make_film (const char *folder)
{
  char *film = g_build_filename (folder, "film.mkv", NULL);
  g_autofree char *make = g_strdup_printf (
    "ffmpeg -loglevel error -f lavfi -i testsrc2=s=320x180:r=25:d=%d -f lavfi -i sine=d=%d"
    " -c:v libx264 -preset ultrafast -c:a aac %s",
    SECONDS,
    SECONDS,
    film);
  run (make);
  return film;
}

/* The commands as they are copied, but into a file in the server's place: the key is not in them.
 */
static void
test_commands (void)
{
  guint count = 0;
  const ScEncoderSettings *smallest = &sc_encoder_settings_list ("BASIC", &count)[2];
  g_autofree char *folder = g_dir_make_tmp ("encoder-XXXXXX", NULL);
  g_autofree char *film = make_film (folder);
  g_autofree char *server = g_strconcat (folder, "/", NULL);
  g_autofree char *result = g_strconcat (server, KEY, NULL);
  g_setenv ("STREAM_KEY", KEY, TRUE);

  g_autofree char *ffmpeg = sc_encoder_settings_to_ffmpeg (smallest, server);
  g_autofree char *ffmpeg_here = replace (ffmpeg, "-re -i INPUT", "-i $INPUT");
  g_setenv ("INPUT", film, TRUE);
  run (ffmpeg_here);
  check_film (result, smallest);
  g_remove (result);

  g_autofree char *gstreamer = sc_encoder_settings_to_gstreamer (smallest, server);
  g_autofree char *gstreamer_from = replace (gstreamer, "INPUT", "$INPUT");
  g_autofree char *gstreamer_here = replace (gstreamer_from, "rtmp2sink", "filesink");
  run (gstreamer_here);
  check_film (result, smallest);
  remove_folder (folder);
}

/* Returns a port of UDP that is free now. */
static guint16
find_port (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (socket, any, FALSE, &error));
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (socket, &error);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

/* Runs a command that streams by SRT against a listener that wants the passphrase, and checks what
 * came. Encoders try for 3 s, so that either may be first. */
static void
check_srt (char *(*make) (const ScEncoderSettings *, const char *), const char *film)
{
  guint count = 0;
  const ScEncoderSettings *smallest = &sc_encoder_settings_list ("BASIC", &count)[2];
  g_autoptr (GError) error = NULL;
  g_autofree char *result = g_strconcat (film, ".mkv", NULL);
  g_autofree char *server = g_strdup_printf ("srt://127.0.0.1:%u", find_port ());
  g_autofree char *listen = g_strdup_printf ("%s?mode=listener&passphrase=" PASSPHRASE, server);
  const char *const argv[] = { "ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-i",
                               listen,   "-c",       "copy",      result,  NULL };
  g_autoptr (GSubprocess) listener = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_autofree char *command = make (smallest, server);
  g_assert_nonnull (strstr (command, "$STREAM_KEY"));
  g_autofree char *here = replace (command, "INPUT", film);
  run (here);
  g_subprocess_wait (listener, NULL, NULL);
  check_film (result, smallest);
  g_remove (result);
}

static void
test_srt_commands (void)
{
  g_autofree char *folder = g_dir_make_tmp ("encoder-XXXXXX", NULL);
  g_autofree char *film = make_film (folder);
  g_setenv ("STREAM_KEY", KEY, TRUE);
  g_setenv ("PASSPHRASE", PASSPHRASE, TRUE);
  check_srt (sc_encoder_settings_to_ffmpeg, film);
  check_srt (sc_encoder_settings_to_gstreamer, film);
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/encoder-settings/limits", test_limits);
  g_test_add_func ("/encoder-settings/profile", test_profile);
  g_test_add_func ("/encoder-settings/commands", test_commands);
  g_test_add_func ("/encoder-settings/srt-commands", test_srt_commands);
  return g_test_run ();
}
