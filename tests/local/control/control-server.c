/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The control planes alone, for tests in other languages: prints one line of JSON that says where
 * they are, and ends with its standard input. */

#include "config.h"

#include "sc-chat-operations.h"
#include "sc-chat-server.h"
#include "sc-control.h"
#include "sc-json.h"
#include "sc-object-store.h"

#include <gio/gunixinputstream.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* So that no test waits for a rate unless it asks for the true clock: each look is a second later.
 */
static gint64
skip_a_second (gpointer data)
{
  gint64 *now = data;
  return *now += G_USEC_PER_SEC;
}

/* Everything but what a test names as absent is there. */
static gboolean
has_resource (const char *type, const char *arn, gpointer data)
{
  return !g_str_has_suffix (arn, "/absent");
}

static gboolean
is_live (const char *channel_arn, gpointer data)
{
  return g_str_has_suffix (channel_arn, "/live");
}

static void
on_input_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_main_loop_quit (user_data);
}

static void
say_where (ScControl *control)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", sc_control_get_port (control));
  g_autoptr (JsonObject) object = json_object_new ();
  json_object_set_string_member (object, "aws_endpoint_url", url);
  g_autofree char *text = sc_json_to_string (object);
  g_print ("%s\n", text);
}

int
main (int argc, char *argv[])
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  g_assert_cmpint (argc, >=, 2);
  const ScControlPlace place = {
    .region = "us-west-2",
    .account = "123456789012",
    .access_key_id = "AKIATEST",
    .secret_access_key = "secret",
    .ingest_endpoint = "localhost:443",
    .playback_url = "https://localhost",
  };
  const ScControlHooks hooks = { .has_resource = has_resource, .is_live = is_live };
  gint64 now = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScCloud) cloud = sc_cloud_new (argv[1], &error);
  g_assert_no_error (error);
  g_autoptr (ScControl) control = sc_control_new (cloud, &place, TRUE);
  sc_control_set_hooks (control, &hooks);
  g_autofree char *buckets = g_strconcat (argv[1], ".buckets", NULL);
  g_autoptr (ScObjectStore) store = sc_object_store_new (buckets, control);
  const ScChatHooks chat_hooks = { 0 };
  g_autoptr (ScChatServer) chat = sc_chat_server_new (cloud, &chat_hooks);
  sc_control_add_operations (control, sc_chat_room_operations, chat);
  if (argc < 3 || !g_str_equal (argv[2], "--true-clock"))
    sc_control_set_clock (control, skip_a_second, &now);
  sc_control_listen (control, 0, &error);
  g_assert_no_error (error);
  say_where (control);

  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_input_stream_skip_async (input, 1, G_PRIORITY_DEFAULT, NULL, on_input_ended, loop);
  g_main_loop_run (loop);
  sc_control_close (control);
  return EXIT_SUCCESS;
}
