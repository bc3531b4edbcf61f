/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* usage: test-ivs-stand-ins CONTROL-SERVER MOTO-SERVER
 *
 * Our client of Amazon IVS against two stand-ins: the local cloud's, and moto's, which others
 * wrote. Both have to be the same to it. moto 5.1 has channels, with tags, pages and a stream key
 * in the answer to CreateChannel; it has no operation on stream keys, streams, recording
 * configurations and tags, and refuses nothing but channels that are not there. What it lacks is
 * skipped by name, and runs with a moto that has it. */

#include "config.h"

#include "sc-ivs.h"
#include "sct-files.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

/* How both say where they listen. */
#define ADDRESS "http://127.0.0.1:"

/* More than two pages, of which each has 100 at most. */
#define CHANNELS 230

#define RECORDING "arn:aws:ivs:us-west-2:123456789012:recording-configuration/abcABCdefDEF"

typedef struct {
  const char *name;
  gboolean is_partial; /* knows some operations only */
  const char *state;   /* (nullable): the file that it keeps */
  const char *argv[4];
} Program;

typedef struct {
  GSubprocess *process;
  GThread *reader;      /* of all that it says, or its pipe would fill */
  GAsyncQueue *address; /* of one string */
  ScAws *aws;
} Server;

static void
die_with_parent (gpointer unused)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* Returns the address in a line, without what follows it. */
static char *
find_address (const char *line)
{
  const char *found = strstr (line, ADDRESS);
  return found
           ? g_strndup (found, strlen (ADDRESS) + strspn (found + strlen (ADDRESS), "0123456789"))
           : NULL;
}

static gpointer
read_log (gpointer data)
{
  Server *self = data;
  g_autoptr (GDataInputStream) log =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autofree char *last = NULL;
  gboolean listens = FALSE;
  for (;;) {
    g_autofree char *line = g_data_input_stream_read_line_utf8 (log, NULL, NULL, NULL);
    g_autofree char *address = line && !listens ? find_address (line) : NULL;
    if (!line && !listens)
      g_error ("The server did not start: %s", last ? last : "it said nothing");
    if (!line)
      return NULL;
    listens = listens || address;
    if (address)
      g_async_queue_push (self->address, g_steal_pointer (&address));
    g_set_str (&last, line);
  }
}

static ScAws *
make_client (const char *url)
{
  const char *const settings[][2] = { { "AWS_ENDPOINT_URL", url },
                                      { "AWS_REGION", "us-west-2" },
                                      { "AWS_ACCESS_KEY_ID", "AKIATEST" },
                                      { "AWS_SECRET_ACCESS_KEY", "secret" } };
  g_auto (GStrv) environment = g_new0 (char *, 1);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    environment = g_environ_setenv (environment, settings[i][0], settings[i][1], TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScHttp) http = sc_http_new (SC_AWS_TIMEOUT_SECONDS);
  ScAws *aws = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
  return aws;
}

static void
set_up (Server *self, gconstpointer data)
{
  const Program *program = data;
  g_autoptr (GError) error = NULL;
  if (program->state)
    g_unlink (program->state);
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                               G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, program->argv, &error);
  g_assert_no_error (error);
  self->address = g_async_queue_new_full (g_free);
  self->reader = g_thread_new ("server-log", read_log, self);
  g_autofree char *url = g_async_queue_pop (self->address);
  self->aws = make_client (url);
}

static void
tear_down (Server *self, gconstpointer data)
{
  sc_aws_free (self->aws);
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_thread_join (self->reader);
  g_object_unref (self->process);
  g_async_queue_unref (self->address);
}

/* Makes a channel as provisioning does: named after an account, with the tags that it is found by.
 */
static ScIvsChannel *
create (Server *self, const char *name, ScIvsStreamKey **ret_key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) tags = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (tags, (char *) "project", (char *) "streamcat");
  g_hash_table_insert (tags, (char *) "streamcat:token", (char *) name);
  const ScIvsChannel wanted = { .name = (char *) name,
                                .type = (char *) "BASIC",
                                .latency_mode = (char *) "LOW",
                                .recording_configuration_arn = (char *) RECORDING,
                                .tags = tags };
  ScIvsChannel *channel = sc_ivs_create_channel (self->aws, &wanted, ret_key, &error);
  g_assert_no_error (error);
  return channel;
}

static void
assert_tagged (GHashTable *tags, const char *token)
{
  g_assert_nonnull (tags);
  g_assert_cmpuint (g_hash_table_size (tags), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (tags, "project"), ==, "streamcat");
  g_assert_cmpstr (g_hash_table_lookup (tags, "streamcat:token"), ==, token);
}

/* A server answers an operation that it does not have with 404 and a page. */
static gboolean
is_unknown (const Program *program, const GError *error, const char *operation)
{
  if (!program->is_partial || !g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND))
    return FALSE;
  g_autofree char *reason = g_strdup_printf ("%s does not know %s", program->name, operation);
  g_test_skip (reason);
  return TRUE;
}

static void
test_create_and_get (Server *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScIvsStreamKey) key = NULL;
  g_autoptr (ScIvsChannel) made = create (self, "anna", &key);
  g_assert_true (g_str_has_prefix (made->arn, "arn:aws:ivs:us-west-2:"));
  g_assert_cmpstr (key->channel_arn, ==, made->arn);
  g_assert_true (g_str_has_prefix (key->value, "sk_us-west-2_"));

  g_autoptr (ScIvsChannel) got = sc_ivs_get_channel (self->aws, made->arn, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got->arn, ==, made->arn);
  g_assert_cmpstr (got->name, ==, "anna");
  g_assert_cmpstr (got->type, ==, "BASIC");
  g_assert_cmpstr (got->latency_mode, ==, "LOW");
  g_assert_cmpstr (got->recording_configuration_arn, ==, RECORDING);
  g_assert_cmpstr (got->ingest_endpoint, ==, made->ingest_endpoint);
  g_assert_cmpstr (got->playback_url, ==, made->playback_url);
  assert_tagged (got->tags, "anna");
}

/* Lists all channels of a name, or all; returns how many pages that took. */
static guint
list_all (Server *self, const char *name, GHashTable *found)
{
  g_autofree char *token = NULL;
  guint pages = 0;
  do {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) page = sc_ivs_list_channels (self->aws, name, &token, &error);
    g_assert_no_error (error);
    for (guint i = 0; i < page->len; i++) {
      ScIvsChannel *channel = page->pdata[i];
      assert_tagged (channel->tags, channel->name);
      g_assert_true (g_hash_table_add (found, g_strdup (channel->arn)));
    }
    pages++;
  } while (token);
  return pages;
}

static void
test_pages (Server *self, gconstpointer data)
{
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_assert_cmpuint (list_all (self, NULL, found), ==, 1);
  g_assert_cmpuint (g_hash_table_size (found), ==, 0);
  for (guint i = 0; i < CHANNELS; i++) {
    g_autofree char *name = g_strdup_printf ("user%u", i / 2);
    g_autoptr (ScIvsStreamKey) key = NULL;
    g_autoptr (ScIvsChannel) channel = create (self, name, &key);
    g_hash_table_add (made, g_strdup (channel->arn));
  }
  g_assert_cmpuint (list_all (self, NULL, found), ==, 3);
  g_assert_cmpuint (g_hash_table_size (found), ==, CHANNELS);
  GHashTableIter iter;
  gpointer arn;
  g_hash_table_iter_init (&iter, made);
  while (g_hash_table_iter_next (&iter, &arn, NULL))
    g_assert_true (g_hash_table_contains (found, arn));

  g_hash_table_remove_all (found);
  g_assert_cmpuint (list_all (self, "user7", found), ==, 1);
  g_assert_cmpuint (g_hash_table_size (found), ==, 2);
}

static void
test_update (Server *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScIvsStreamKey) key = NULL;
  g_autoptr (ScIvsChannel) made = create (self, "anna", &key);
  sc_ivs_update_channel_recording (self->aws, made->arn, RECORDING "2", &error);
  g_assert_no_error (error);
  g_autoptr (ScIvsChannel) got = sc_ivs_get_channel (self->aws, made->arn, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got->recording_configuration_arn, ==, RECORDING "2");
  g_assert_cmpstr (got->name, ==, "anna");
  assert_tagged (got->tags, "anna");
}

static void
test_delete (Server *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScIvsStreamKey) first = NULL;
  g_autoptr (ScIvsStreamKey) second = NULL;
  g_autoptr (ScIvsChannel) gone = create (self, "anna", &first);
  g_autoptr (ScIvsChannel) stays = create (self, "anna", &second);
  g_assert_true (sc_ivs_delete_channel (self->aws, gone->arn, &error));
  g_assert_no_error (error);
  g_assert_null (sc_ivs_get_channel (self->aws, gone->arn, &error));
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (sc_ivs_delete_channel (self->aws, gone->arn, &error));
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (sc_ivs_update_channel_recording (self->aws, gone->arn, RECORDING, &error));
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  list_all (self, "anna", found);
  g_assert_cmpuint (g_hash_table_size (found), ==, 1);
  g_assert_true (g_hash_table_contains (found, stays->arn));
}

static void
test_stream_keys (Server *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScIvsStreamKey) first = NULL;
  g_autoptr (ScIvsChannel) made = create (self, "anna", &first);
  g_autoptr (GPtrArray) keys = sc_ivs_list_stream_keys (self->aws, made->arn, &error);
  if (is_unknown (data, error, "ListStreamKeys"))
    return;
  g_assert_no_error (error);
  g_assert_cmpuint (keys->len, ==, 1);
  g_assert_cmpstr (((ScIvsStreamKey *) keys->pdata[0])->arn, ==, first->arn);
  g_autoptr (ScIvsStreamKey) got = sc_ivs_get_stream_key (self->aws, first->arn, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got->value, ==, first->value);

  g_autoptr (ScIvsStreamKey) more =
    sc_ivs_create_stream_key (self->aws, made->arn, "streamcat", &error);
  g_assert_null (more);
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_QUOTA);
  g_clear_error (&error);
  g_assert_true (sc_ivs_delete_stream_key (self->aws, first->arn, &error));
  g_autoptr (ScIvsStreamKey) second =
    sc_ivs_create_stream_key (self->aws, made->arn, "streamcat", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (second->value, !=, first->value);
  g_assert_cmpstr (g_hash_table_lookup (second->tags, "project"), ==, "streamcat");
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name;
    void (*run) (Server *self, gconstpointer data);
  } tests[] = {
    { "create-and-get", test_create_and_get },
    { "pages", test_pages },
    { "update", test_update },
    { "delete", test_delete },
    { "stream-keys", test_stream_keys },
  };
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("stand-ins-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *state = g_build_filename (folder, "cloud.json", NULL);
  const Program programs[] = { { "local", FALSE, state, { argv[1], state } },
                               { "moto", TRUE, NULL, { argv[2], "--port", "0" } } };
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (tests); j++) {
      g_autofree char *path =
        g_strdup_printf ("/ivs-stand-ins/%s/%s", programs[i].name, tests[j].name);
      g_test_add (path, Server, &programs[i], set_up, tests[j].run, tear_down);
    }
  }
  int status = g_test_run ();
  sct_remove_tree (folder);
  return status;
}
