/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the functions of the stack are made of, what surrounds them, and the HTTP API to one of
 * them.
 *
 * Lives in the main thread; the local cloud owns it. */

#include "config.h"

#include "sc-local-functions.h"

#include "sc-api.h"
#include "sc-http-api.h"
#include "sc-own-files.h"
#include "sc-secrets-extension.h"
#include "sc-spawn.h"
#include "sc-stack-error.h"

/* Requests that the API works on at once, each in a process of some 20 MB. */
#define API_PROCESSES 4

struct _ScLocalFunctions {
  char *code;
  char *review_code;
  char *empty_root; /* NULL: this machine does not let it, or there is no zip */
  char *code_directory;
  char *api_socket;
  GStrv environment;
  GStrv shown;
  ScSecretsExtension *extension;
  ScHttpApi *api;
};

/* A function's zip, or, where the build makes none, the program that would be in it. */
static char *
find_code (const char *libexec_dir, const char *name, GError **error)
{
  g_autofree char *leaf = g_strconcat (name, ".zip", NULL);
  g_autofree char *zip = g_build_filename (libexec_dir, "lambda", leaf, NULL);
  return g_file_test (zip, G_FILE_TEST_EXISTS)
           ? g_steal_pointer (&zip)
           : sc_find_own_program (libexec_dir, "lambda", name, error);
}

/* Looks whether functions can be shut in here, and says so where they cannot. */
static char *
find_empty_root (const char *libexec_dir)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program =
    sc_find_own_program (libexec_dir, "local/functions/empty-root", "streamcat-empty-root", &error);
  const char *const probe[] = { program, NULL };
  if (program && sc_command_run (probe, &error))
    return g_steal_pointer (&program);
  g_printerr ("streamcat-local: functions run from their zips, but see this machine's files: %s\n",
              error->message);
  return NULL;
}

/**
 * sc_local_functions_new:
 * @state: the state directory
 * @settings: ports and keys
 * @libexec_dir: where our other programs are
 * @error: what is missing
 *
 * Finds the functions' code and opens the extension that they get their secrets from. Blocks.
 *
 * Returns: (transfer full) (nullable): what surrounds functions
 */
ScLocalFunctions *
sc_local_functions_new (ScStateDir *state,
                        const ScSettings *settings,
                        const char *libexec_dir,
                        GError **error)
{
  g_autoptr (ScLocalFunctions) self = g_new0 (ScLocalFunctions, 1);
  self->code = find_code (libexec_dir, "streamcat-lambda", error);
  self->review_code = self->code ? find_code (libexec_dir, "streamcat-review", error) : NULL;
  self->extension = self->review_code ? sc_secrets_extension_new (error) : NULL;
  if (!self->extension)
    return NULL;
  if (g_str_has_suffix (self->code, ".zip"))
    self->empty_root = find_empty_root (libexec_dir);
  self->code_directory = sc_state_dir_build (state, "functions");
  self->api_socket = sc_state_dir_build (state, "run/backend.sock");
  self->environment =
    sc_secrets_extension_set_environment (self->extension, sc_program_environment_new (settings));
  /* PostgreSQL is on a unix socket; on AWS it would be in the network. */
  self->shown = g_new0 (char *, 2);
  self->shown[0] = g_strdup (sc_state_dir_get_run (state));
  return g_steal_pointer (&self);
}

/**
 * sc_local_functions_free:
 * @self: (nullable): what surrounds functions; they are gone
 */
void
sc_local_functions_free (ScLocalFunctions *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->api, sc_http_api_free);
  sc_secrets_extension_free (self->extension);
  g_strfreev (self->shown);
  g_strfreev (self->environment);
  g_free (self->api_socket);
  g_free (self->code_directory);
  g_free (self->empty_root);
  g_free (self->review_code);
  g_free (self->code);
  g_free (self);
}

/**
 * sc_local_functions_get_code:
 * @self: what surrounds functions
 *
 * Returns: (transfer none): the zip or program of most of them
 */
const char *
sc_local_functions_get_code (ScLocalFunctions *self)
{
  return self->code;
}

/**
 * sc_local_functions_get_review_code:
 * @self: what surrounds functions
 *
 * Returns: (transfer none): the zip or program of chat_review
 */
const char *
sc_local_functions_get_review_code (ScLocalFunctions *self)
{
  return self->review_code;
}

/**
 * sc_local_functions_configure:
 * @self: what surrounds functions; outlives @config
 * @config: gets what concerns functions
 */
void
sc_local_functions_configure (ScLocalFunctions *self, ScStackConfig *config)
{
  config->environment = (const char *const *) self->environment;
  config->code_directory = self->code_directory;
  config->empty_root = self->empty_root;
  config->shown = (const char *const *) self->shown;
}

/**
 * sc_local_functions_attach:
 * @self: what surrounds functions
 * @stack: has their secrets; lives longer
 *
 * Lets functions have their secrets.
 */
void
sc_local_functions_attach (ScLocalFunctions *self, ScStack *stack)
{
  sc_secrets_extension_attach (self->extension, sc_stack_get_secrets (stack));
}

/**
 * sc_local_functions_open_api:
 * @self: what surrounds functions
 * @stack: has the function `api`; lives until sc_local_functions_close()
 * @error: why there is no API
 *
 * Opens the HTTP API to the function `api`, where `streamcat-backend` would be otherwise.
 *
 * Returns: %TRUE if it takes requests
 */
gboolean
sc_local_functions_open_api (ScLocalFunctions *self, ScStack *stack, GError **error)
{
  const char *function = sc_stack_get_output (stack, "ApiFunctionArn");
  ScFunctionHost *host = sc_stack_get_functions (stack);
  if (!function || !sc_function_host_has (host, function)) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_DEPLOY,
                        0,
                        "the template has no function as its output ApiFunctionArn");
    return FALSE;
  }
  if (!sc_function_host_scale (host, function, API_PROCESSES, error))
    return FALSE;
  self->api = sc_http_api_new (host, function, self->api_socket, error);
  return self->api != NULL;
}

/**
 * sc_local_functions_close:
 * @self: what surrounds functions
 *
 * Ends the HTTP API, and gives out no secret any more.
 */
void
sc_local_functions_close (ScLocalFunctions *self)
{
  g_clear_pointer (&self->api, sc_http_api_free);
  sc_secrets_extension_attach (self->extension, NULL);
}
