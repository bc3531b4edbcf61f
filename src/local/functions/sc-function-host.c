/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The functions of a stack, by their ARNs. Main thread. */

#include "config.h"

#include "sc-function-host.h"

struct _ScFunctionHost {
  char *program;
  GStrv environment;
  char *log_directory;
  guint retry_ms;
  GHashTable *functions; /* ARN -> ScFunction */
  ScFunctionListener listener;
  gpointer listener_data;
};

/**
 * sc_function_host_new:
 * @place: where the functions run
 *
 * Returns: (transfer full): a host without functions
 */
ScFunctionHost *
sc_function_host_new (const ScFunctionPlace *place)
{
  ScFunctionHost *self = g_new0 (ScFunctionHost, 1);
  self->program = g_strdup (place->program);
  self->environment = g_strdupv ((GStrv) place->environment);
  self->log_directory = g_strdup (place->log_directory);
  self->retry_ms = place->retry_ms;
  self->functions =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sc_function_free);
  return self;
}

/**
 * sc_function_host_free:
 * @self: (nullable): a host
 *
 * Ends all functions.
 */
void
sc_function_host_free (ScFunctionHost *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->functions);
  g_free (self->log_directory);
  g_strfreev (self->environment);
  g_free (self->program);
  g_free (self);
}

static void
on_function_attempt (const char *arn,
                     ScFunctionOutcome outcome,
                     const char *reason,
                     gpointer user_data)
{
  ScFunctionHost *self = user_data;
  if (self->listener)
    self->listener (arn, outcome, reason, self->listener_data);
}

/**
 * sc_function_host_add:
 * @self: a host
 * @config: a function
 * @error: why its endpoint could not be opened
 *
 * Returns: %TRUE if the function can be invoked
 */
gboolean
sc_function_host_add (ScFunctionHost *self, const ScFunctionConfig *config, GError **error)
{
  const ScFunctionPlace place = {
    .program = self->program,
    .environment = (const char *const *) self->environment,
    .log_directory = self->log_directory,
    .retry_ms = self->retry_ms,
  };
  ScFunction *function = sc_function_new (config, &place, error);
  if (!function)
    return FALSE;
  sc_function_set_listener (function, on_function_attempt, self);
  g_hash_table_insert (self->functions, g_strdup (config->arn), function);
  return TRUE;
}

/**
 * sc_function_host_start:
 * @self: a host
 *
 * Lets all functions work, on what came before too: call it when what they need answers.
 */
void
sc_function_host_start (ScFunctionHost *self)
{
  GHashTableIter iter;
  gpointer function;
  g_hash_table_iter_init (&iter, self->functions);
  while (g_hash_table_iter_next (&iter, NULL, &function))
    sc_function_start (function);
}

/**
 * sc_function_host_invoke:
 * @self: a host
 * @arn: a function
 * @event: the event's JSON
 *
 * Invokes a function asynchronously (InvocationType Event).
 *
 * Returns: %FALSE if there is no such function, or too many events wait for it
 */
gboolean
sc_function_host_invoke (ScFunctionHost *self, const char *arn, GBytes *event)
{
  ScFunction *function = g_hash_table_lookup (self->functions, arn);
  return function && sc_function_invoke (function, event);
}

/**
 * sc_function_host_is_busy:
 * @self: a host
 *
 * Returns: %TRUE while a function works on an event, or one waits
 */
gboolean
sc_function_host_is_busy (ScFunctionHost *self)
{
  GHashTableIter iter;
  gpointer function;
  g_hash_table_iter_init (&iter, self->functions);
  while (g_hash_table_iter_next (&iter, NULL, &function)) {
    if (sc_function_is_busy (function))
      return TRUE;
  }
  return FALSE;
}

/**
 * sc_function_host_set_listener:
 * @self: a host
 * @listener: (nullable): called after every attempt of every function
 * @user_data: for @listener
 */
void
sc_function_host_set_listener (ScFunctionHost *self,
                               ScFunctionListener listener,
                               gpointer user_data)
{
  self->listener = listener;
  self->listener_data = user_data;
}
