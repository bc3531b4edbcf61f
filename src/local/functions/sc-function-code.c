/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the process of a function is started: its command and its environment.
 *
 * A zip runs in an empty root where this machine lets it, else where it is unpacked, with its own
 * loader and libraries. A function may also be a program of this machine, as in builds whose
 * programs go into no zip. */

#include "config.h"

#include "sc-function-code.h"

#include "sc-code-package.h"

#define ZIP ".zip"

/* Where AWS Lambda puts code, and the programs of its own root. */
#define TASK_ROOT "/var/task"
#define PATH "/usr/local/bin:/usr/bin/:/bin:/opt/bin"

static gboolean
is_zip (const ScFunctionConfig *config)
{
  return g_str_has_suffix (config->program, ZIP);
}

/**
 * sc_function_make_command:
 * @config: a function
 * @place: where it runs
 * @error: why its zip cannot be unpacked
 *
 * Unpacks the function's zip, if it is one. Blocks.
 *
 * Returns: (transfer full) (nullable): program and arguments
 */
GStrv
sc_function_make_command (const ScFunctionConfig *config,
                          const ScFunctionPlace *place,
                          GError **error)
{
  g_autoptr (GStrvBuilder) command = g_strv_builder_new ();
  if (!is_zip (config)) {
    g_strv_builder_add (command, config->program);
    return g_strv_builder_end (command);
  }
  g_autofree char *folder = sc_code_package_unpack (config->program, place->code_directory, error);
  if (!folder)
    return NULL;
  if (place->empty_root)
    g_strv_builder_add_many (command, place->empty_root, folder, NULL);
  else
    g_strv_builder_take (command, g_build_filename (folder, "bootstrap", NULL));
  if (place->empty_root && place->shown)
    g_strv_builder_addv (command, (const char **) place->shown);
  return g_strv_builder_end (command);
}

/* Of this machine's environment a function in a zip gets what AWS would give it, or debugging. */
static GStrv
take_along (const char *const *environment)
{
  static const char *const prefixes[] = { "AWS_", "STREAMCAT_", "PARAMETERS_SECRETS_", "G_" };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; environment[i]; i++)
    for (guint j = 0; j < G_N_ELEMENTS (prefixes); j++)
      if (g_str_has_prefix (environment[i], prefixes[j]))
        g_strv_builder_add (builder, environment[i]);
  return g_environ_setenv (g_strv_builder_end (builder), "PATH", PATH, TRUE);
}

/**
 * sc_function_make_environment:
 * @config: a function
 * @place: where it runs
 *
 * Makes what a Lambda runtime finds in its environment ("AWS Lambda Developer Guide, Defined
 * runtime environment variables"), without AWS_LAMBDA_RUNTIME_API.
 *
 * Returns: (transfer full): "NAME=VALUE" strings
 */
GStrv
sc_function_make_environment (const ScFunctionConfig *config, const ScFunctionPlace *place)
{
  GStrv environment =
    is_zip (config) ? take_along (place->environment) : g_strdupv ((GStrv) place->environment);
  g_autofree char *memory = g_strdup_printf ("%u", config->memory_megabytes);
  const struct {
    const char *name;
    const char *value;
  } own[] = {
    { "AWS_LAMBDA_FUNCTION_NAME", config->name },
    { "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST" },
    { "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", memory },
    { "AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand" },
    { "LAMBDA_TASK_ROOT", TASK_ROOT },
    { "_HANDLER", config->handler },
    { "TZ", ":UTC" },
    { "LANG", "C.UTF-8" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    environment = g_environ_setenv (environment, own[i].name, own[i].value, TRUE);
  for (guint i = 0; config->environment && config->environment[i]; i++) {
    g_auto (GStrv) pair = g_strsplit (config->environment[i], "=", 2);
    environment = g_environ_setenv (environment, pair[0], pair[1] ? pair[1] : "", TRUE);
  }
  return environment;
}
