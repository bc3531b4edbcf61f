/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* usage: test-core-files STREAMCAT-LAMBDA STREAMCAT-REVIEW
 *
 * A function that crashes while it waits for an event leaves nothing in which the database's
 * password and AWS's keys could be read. */

#include "config.h"

#include "sct-core-file.h"
#include "sct-files.h"
#include "sct-peer.h"
#include "sct-wait.h"

typedef struct {
  const char *program;
  const char *handler;
} Function;

/* The runtime API: an event comes when the function has crashed. */
typedef struct {
  int asked;
  GAsyncQueue *events;
} Api;

static char *
answer (const char *path, const char *body, const char **ret_id, gpointer user_data)
{
  Api *api = user_data;
  g_atomic_int_set (&api->asked, TRUE);
  g_main_context_wakeup (NULL);
  return g_async_queue_pop (api->events);
}

static GSubprocess *
start (const Function *function, const char *address, const char *folder)
{
  const char *const variables[][2] = {
    { "AWS_LAMBDA_RUNTIME_API", address },        { "_HANDLER", function->handler },
    { "AWS_ENDPOINT_URL", "http://127.0.0.1:9" }, { "AWS_REGION", "us-west-2" },
    { "AWS_ACCESS_KEY_ID", "AKIATEST" },          { "AWS_SECRET_ACCESS_KEY", "secret" },
    { "STREAMCAT_DATABASE_SECRET_ARN", "arn" },   { "STREAMCAT_RULES_BUCKET", "bucket" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_subprocess_launcher_set_cwd (launcher, folder);
  g_subprocess_launcher_set_child_setup (launcher, sct_core_file_allow, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_subprocess_launcher_setenv (launcher, variables[i][0], variables[i][1], TRUE);
  g_autofree char *program = g_canonicalize_filename (function->program, NULL);
  GSubprocess *process = g_subprocess_launcher_spawn (launcher, &error, program, NULL);
  g_assert_no_error (error);
  return process;
}

static void
test_no_core_file (gconstpointer data)
{
  if (!sct_core_file_is_made ()) {
    g_test_skip ("no program leaves core files here");
    return;
  }
  Api api = { .events = g_async_queue_new_full (g_free) };
  SctPeer *peer = sct_peer_new (answer, &api);
  g_autofree char *address = sct_peer_dup_address (peer);
  g_autofree char *folder = g_dir_make_tmp ("streamcat-core-XXXXXX", NULL);
  g_autoptr (GSubprocess) process = start (data, address, folder);
  sct_wait_for (60, g_atomic_int_get (&api.asked));
  sct_core_file_crash (process);
  g_autofree char *core = sct_core_file_find (folder);
  g_assert_null (core);
  g_async_queue_push (api.events, g_strdup ("{}"));
  sct_peer_free (peer);
  g_async_queue_unref (api.events);
  sct_remove_tree (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  const Function lambda = { argv[1], "tick" }, review = { argv[2], "chat_review" };
  g_test_add_data_func ("/lambda/core-files/lambda", &lambda, test_no_core_file);
  g_test_add_data_func ("/lambda/core-files/review", &review, test_no_core_file);
  return g_test_run ();
}
