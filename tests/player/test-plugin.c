/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The live source as other programs have it: GStreamer's own tools find the plugin's file by
 * GST_PLUGIN_PATH, with a registry that knew nothing of it, say what it has, and play with it. */

#include "config.h"

#include "hls-server.h"
#include "sct-wait.h"

#include <glib/gstdio.h>
#include <gst/gst.h>

/* Longer than the few pictures that are asked for. */
#define STREAM_SECONDS 10
/* The tools look through all plugins first: their registry is empty. */
#define PATIENCE_SECONDS 60

#define PICTURE_SEEN "GstFakeSink:picture: last-message = chain"
#define SOUND_HEARD "GstFakeSink:sound: last-message = chain"

typedef struct {
  char *folder;
  char *registry;
  GSubprocess *process;
  gboolean is_done;
  GString *said;
} Tool;

static void
set_up (Tool *tool, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  tool->folder = g_dir_make_tmp ("plugin-XXXXXX", &error);
  g_assert_no_error (error);
  tool->registry = g_build_filename (tool->folder, "registry.bin", NULL);
  tool->said = g_string_new (NULL);
}

static void
tear_down (Tool *tool, gconstpointer data)
{
  g_object_unref (tool->process);
  g_unlink (tool->registry);
  g_rmdir (tool->folder);
  g_free (tool->registry);
  g_free (tool->folder);
  g_string_free (tool->said, TRUE);
}

static void
on_line (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Tool *tool = user_data;
  GDataInputStream *output = G_DATA_INPUT_STREAM (object);
  g_autofree char *line = g_data_input_stream_read_line_finish (output, result, NULL, NULL);
  tool->is_done = line == NULL;
  if (tool->is_done)
    return;
  g_string_append_printf (tool->said, "%s\n", line);
  g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, NULL, on_line, tool);
}

/* Runs one of GStreamer's tools, while this process serves. */
static void
run (Tool *tool, const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_setenv (launcher, "GST_REGISTRY", tool->registry, TRUE);
  g_subprocess_launcher_setenv (launcher, "GST_PLUGIN_PATH", g_getenv ("STREAMCAT_PLUGIN"), TRUE);
  tool->process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) output =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (tool->process));
  g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, NULL, on_line, tool);
}

static gboolean
has_said (Tool *tool, const char *words)
{
  return strstr (tool->said->str, words) != NULL;
}

static void
assert_said (Tool *tool, const char *words)
{
  if (!has_said (tool, words))
    g_test_message ("%s", tool->said->str);
  g_assert_true (has_said (tool, words));
}

static void
test_inspect (Tool *tool, gconstpointer data)
{
  static const char *const argv[] = { "gst-inspect-1.0", "--no-colors", "ivssrc", NULL };
  static const char *const words[] = {
    "libgststreamcat.so",   "ivs+http\n",    "ivs+https\n", "\n  uri  ",
    "\n  target-latency  ", "\n  quality  ", "\n  held  ",  "\n  stats  ",
  };
  run (tool, argv);
  sct_wait_for (PATIENCE_SECONDS, tool->is_done);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    assert_said (tool, words[i]);
}

/* What changes the speed of the sound is in the same file. */
static void
test_inspect_tempo (Tool *tool, gconstpointer data)
{
  static const char *const argv[] = { "gst-inspect-1.0", "--no-colors", "sctempo", NULL };
  run (tool, argv);
  sct_wait_for (PATIENCE_SECONDS, tool->is_done);
  assert_said (tool, "libgststreamcat.so");
}

/* playbin3 finds it by the address alone; the sinks say each buffer. */
static void
test_plays (Tool *tool, gconstpointer data)
{
  g_autofree char *folder = hls_folder_new_of (STREAM_SECONDS);
  g_autoptr (HlsServer) server = hls_server_new (folder, NULL);
  g_autofree char *uri = g_strdup_printf ("uri=ivs+%s", hls_server_get_uri (server));
  const char *const argv[] = {
    "gst-launch-1.0",
    "-v",
    "playbin3",
    uri,
    "video-sink=fakesink name=picture silent=false",
    "audio-sink=fakesink name=sound silent=false",
    NULL,
  };
  hls_server_set_live (server, TRUE);
  run (tool, argv);
  sct_wait_for (PATIENCE_SECONDS,
                tool->is_done || (has_said (tool, PICTURE_SEEN) && has_said (tool, SOUND_HEARD)));
  g_subprocess_send_signal (tool->process, SIGINT);
  sct_wait_for (PATIENCE_SECONDS, tool->is_done);
  assert_said (tool, PICTURE_SEEN);
  assert_said (tool, SOUND_HEARD);
  hls_folder_remove (folder);
}

#define add(name, test) g_test_add ("/plugin/" name, Tool, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  add ("inspect", test_inspect);
  add ("inspect-tempo", test_inspect_tempo);
  add ("plays", test_plays);
  return g_test_run ();
}
