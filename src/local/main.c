/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* streamcat-local: the local cloud as a program in the foreground. */

#include "config.h"

#include "sc-local.h"
#include "sc-secret.h"

#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* Connections of chat rooms, of encoders and players, and what else a process opens. */
#define FILES_MAX 8192

typedef struct {
  GMainLoop *loop;
  ScLocal *local;
  guint stop_requests;
  int status;
} Program;

static void
on_ended (const GError *error, gpointer user_data)
{
  Program *program = user_data;
  if (error) {
    g_printerr ("streamcat-local: %s\n", error->message);
    program->status = EXIT_FAILURE;
  }
  g_main_loop_quit (program->loop);
}

/* The second request does not wait: the kernel ends the children of a process that is gone. */
static gboolean
on_stop_signal (gpointer user_data)
{
  Program *program = user_data;
  if (++program->stop_requests > 1)
    _exit (EXIT_FAILURE);
  sc_local_stop (program->local);
  return G_SOURCE_CONTINUE;
}

static gboolean
parse_options (int *argc, char ***argv, ScLocalOptions *ret_options, GError **error)
{
  const GOptionEntry entries[] = {
    { "state-dir",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &ret_options->state_dir,
      "Where all is kept",
      "DIR" },
    { "ready-file",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &ret_options->ready_file,
      "Written when everything answers, with all addresses",
      "FILE" },
    { "libexec-dir",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &ret_options->libexec_dir,
      "Where the other programs of StreamCat are",
      "DIR" },
    { "template",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &ret_options->template_file,
      "The AWS template to deploy",
      "FILE" },
    { "parameter",
      0,
      0,
      G_OPTION_ARG_STRING_ARRAY,
      &ret_options->parameters,
      "A parameter of the template",
      "NAME=VALUE" },
    { "renditions",
      0,
      0,
      G_OPTION_ARG_INT,
      &ret_options->renditions,
      "Smaller renditions of each stream at the most, but for BASIC channels; by default what this "
      "machine carries",
      "COUNT" },
    { "chunk-interval",
      0,
      0,
      G_OPTION_ARG_INT,
      &ret_options->chunk_ms,
      "How often players get the bytes of a segment that is being made; by default as they come",
      "MILLISECONDS" },
    { "fresh", 0, 0, G_OPTION_ARG_NONE, &ret_options->fresh, "Forget the state first", NULL },
    { "faults", 0, 0, G_OPTION_ARG_NONE, &ret_options->faults, "Let tests order faults", NULL },
    { "lambda-api",
      0,
      0,
      G_OPTION_ARG_NONE,
      &ret_options->lambda_api,
      "Have the API from the function behind an HTTP API, as on AWS, not from streamcat-backend",
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_summary (context, "Amazon IVS and the StreamCat API on this machine.");
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
check_options (const ScLocalOptions *options, GError **error)
{
  if (options->ready_file)
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--ready-file is needed");
  return FALSE;
}

static void
clear_options (ScLocalOptions *options)
{
  g_free ((char *) options->state_dir);
  g_free ((char *) options->ready_file);
  g_free ((char *) options->libexec_dir);
  g_free ((char *) options->template_file);
  g_strfreev ((char **) options->parameters);
}

static int
run (const ScLocalOptions *options, GError **error)
{
  g_autoptr (ScLocal) local = sc_local_new (options, error);
  if (!local)
    return EXIT_FAILURE;

  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Program program = { .loop = loop, .local = local, .status = EXIT_SUCCESS };
  g_unix_signal_add (SIGTERM, on_stop_signal, &program);
  g_unix_signal_add (SIGINT, on_stop_signal, &program);
  sc_local_start (local, on_ended, &program);
  g_main_loop_run (loop);
  return program.status;
}

/* Everybody in a chat room holds a file; the usual limit of 1,024 is there for programs that use
 * select(). */
static void
raise_file_limit (void)
{
  struct rlimit limit;
  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = MAX (limit.rlim_cur, MIN (limit.rlim_max, FILES_MAX));
  setrlimit (RLIMIT_NOFILE, &limit);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  umask (0077); /* keys, sockets and logs are their owner's alone */
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  sc_secret_forbid_core_files ();
  raise_file_limit ();

  g_autoptr (GError) error = NULL;
  ScLocalOptions options = { .renditions = -1 };
  int status = EXIT_FAILURE;
  if (parse_options (&argc, &argv, &options, &error) && check_options (&options, &error))
    status = run (&options, &error);
  if (error)
    g_printerr ("streamcat-local: %s\n", error->message);
  clear_options (&options);
  return status;
}
