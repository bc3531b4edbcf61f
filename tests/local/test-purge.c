/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* `streamcat-backend purge` at the whole local cloud: it shows and leaves, then removes what is
 * ours, live or not, and nothing else, no faster than it may. */

#include "config.h"

#include "sc-aws.h"
#include "sc-ivs-configuration.h"
#include "sc-ivs.h"
#include "sc-ivschat.h"
#include "sct-streamer.h"

#include <string.h>

/* Longer than any test. */
#define UNTIL_ENDED "600"

/* Rooms that are made beside alice's, so that the pace can be seen. */
#define MORE_ROOMS 6

/* Four calls a second, as sc-purge.c has it. */
#define INTERVAL_US (G_USEC_PER_SEC / 4)

#define POLL_US (100 * 1000)

typedef struct {
  SctStreamer streamer;
  ScAws *aws;
} Fixture;

static char **
make_environment (Fixture *fixture)
{
  SctLocal *cloud = fixture->streamer.cloud;
  char **environment = g_environ_setenv (NULL, "AWS_REGION", sct_local_get (cloud, "region"), TRUE);
  environment = g_environ_setenv (environment,
                                  "AWS_ENDPOINT_URL",
                                  sct_local_get (cloud, "aws_endpoint_url"),
                                  TRUE);
  environment = g_environ_setenv (environment,
                                  "AWS_ACCESS_KEY_ID",
                                  sct_local_get (cloud, "access_key_id"),
                                  TRUE);
  return g_environ_setenv (environment,
                           "AWS_SECRET_ACCESS_KEY",
                           sct_local_get (cloud, "secret_access_key"),
                           TRUE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const extra[] = { NULL };
  g_autoptr (GError) error = NULL;
  sct_streamer_set_up (&fixture->streamer, extra);
  g_auto (GStrv) environment = make_environment (fixture);
  g_autoptr (ScHttp) http = sc_http_new (SC_AWS_TIMEOUT_SECONDS);
  fixture->aws = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sc_aws_free (fixture->aws);
  sct_streamer_clear (&fixture->streamer);
}

/* Runs `streamcat-backend purge` with one word more, or none. Returns what it printed. */
static char *
run (Fixture *fixture, const char *word, int status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_auto (GStrv) own = make_environment (fixture);
  for (guint i = 0; own[i]; i++) {
    g_auto (GStrv) pair = g_strsplit (own[i], "=", 2);
    g_subprocess_launcher_setenv (launcher, pair[0], pair[1], TRUE);
  }
  const char *argv[] = { SCT_BACKEND, "purge", word, NULL };
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  char *output = NULL;
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s", output);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, status);
  return output;
}

/* The lines of @output that begin with @start. */
static guint
count_lines (const char *output, const char *start)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  guint count = 0;
  for (guint i = 0; lines[i]; i++)
    count += g_str_has_prefix (lines[i], start);
  return count;
}

static GHashTable *
make_tags (const char *project)
{
  GHashTable *tags = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_hash_table_insert (tags, (char *) "project", g_strdup (project));
  return tags;
}

/* Asks until the quota on calls lets it through. */
static void
make_room (Fixture *fixture, const char *project)
{
  g_autoptr (GHashTable) tags = make_tags (project);
  const ScIvsRoom wanted = { .name = (char *) project, .tags = tags };
  for (;;) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScIvsRoom) room = sc_ivschat_create_room (fixture->aws, &wanted, &error);
    if (room)
      return;
    g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_THROTTLED);
    g_usleep (POLL_US);
  }
}

static guint
count_rooms (Fixture *fixture)
{
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rooms = sc_ivschat_list_rooms (fixture->aws, NULL, &token, &error);
  g_assert_no_error (error);
  return rooms->len;
}

static guint
count_recording_configurations (Fixture *fixture)
{
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = sc_ivs_list_recording_configurations (fixture->aws, &token, &error);
  g_assert_no_error (error);
  return list->len;
}

static void
test_shows_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *output = run (fixture, NULL, 0);
  static const char *const found[] = { "Found stage ",
                                       "Found room ",
                                       "Found channel ",
                                       "Found recording configuration streamcat-recording ",
                                       "Found logging configuration streamcat-chat " };
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    g_assert_cmpuint (count_lines (output, found[i]), ==, 1);
  g_assert_cmpuint (count_lines (output, "5 found; nothing was removed."), ==, 1);
  g_assert_cmpuint (count_rooms (fixture), ==, 1);
  g_assert_cmpuint (count_recording_configurations (fixture), ==, 1);
}

static void
test_removes_ours_alone (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < MORE_ROOMS; i++)
    make_room (fixture, "streamcat");
  make_room (fixture, "other");
  gint64 before = g_get_monotonic_time ();
  g_autofree char *output = run (fixture, "--yes", 0);
  g_assert_cmpint (g_get_monotonic_time () - before, >=, MORE_ROOMS * INTERVAL_US);
  g_assert_cmpuint (count_lines (output, "Removed room "), ==, MORE_ROOMS + 1);
  g_assert_cmpuint (count_lines (output, "Removed channel "), ==, 1);
  g_assert_cmpuint (count_lines (output, "FAILED"), ==, 0);
  g_assert_cmpuint (count_rooms (fixture), ==, 1);
  g_assert_cmpuint (count_recording_configurations (fixture), ==, 0);
  g_autofree char *again = run (fixture, NULL, 0);
  g_assert_cmpuint (count_lines (again, "0 found"), ==, 1);
}

/* A live channel cannot be deleted: it is stopped first. */
static void
test_removes_live (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) encoder =
    sct_streamer_publish (&fixture->streamer, fixture->streamer.key, UNTIL_ENDED);
  sct_streamer_wait_for_live (&fixture->streamer, 1);
  g_autofree char *output = run (fixture, "--yes", 0);
  g_assert_cmpuint (count_lines (output, "Removed channel "), ==, 1);
  g_subprocess_wait (encoder, NULL, NULL); /* its channel is gone */
}

static void
test_usage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *help = run (fixture, "--help", 0);
  g_assert_nonnull (strstr (help, "--yes"));
  g_autofree char *wrong = run (fixture, "--all", 1);
  g_assert_cmpstr (wrong, ==, help);
}

#define ADD(name, function) g_test_add ("/purge/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("shows-first", test_shows_first);
  ADD ("removes-ours-alone", test_removes_ours_alone);
  ADD ("removes-live", test_removes_live);
  ADD ("usage", test_usage);
  return g_test_run ();
}
