/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The functions of a stack, by their ARNs. Main thread. */

#include "config.h"

#include "sc-function-host.h"

struct _ScFunctionHost {
  GStrv environment;
  char *log_directory;
  guint retry_ms;
  char *code_directory;
  char *empty_root;
  GStrv shown;
  GHashTable *functions; /* ARN -> ScFunction */
  GHashTable *aliases;   /* ARN -> ARN of a function */
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
  self->environment = g_strdupv ((GStrv) place->environment);
  self->log_directory = g_strdup (place->log_directory);
  self->retry_ms = place->retry_ms;
  self->code_directory = g_strdup (place->code_directory);
  self->empty_root = g_strdup (place->empty_root);
  self->shown = g_strdupv ((GStrv) place->shown);
  self->functions =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sc_function_free);
  self->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
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
  g_hash_table_unref (self->aliases);
  g_strfreev (self->shown);
  g_free (self->empty_root);
  g_free (self->code_directory);
  g_free (self->log_directory);
  g_strfreev (self->environment);
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
 * @error: why its endpoint could not be opened, or its zip not unpacked
 *
 * Returns: %TRUE if the function can be invoked
 */
gboolean
sc_function_host_add (ScFunctionHost *self, const ScFunctionConfig *config, GError **error)
{
  const ScFunctionPlace place = {
    .environment = (const char *const *) self->environment,
    .log_directory = self->log_directory,
    .retry_ms = self->retry_ms,
    .code_directory = self->code_directory,
    .empty_root = self->empty_root,
    .shown = (const char *const *) self->shown,
  };
  ScFunction *function = sc_function_new (config, &place, error);
  if (!function)
    return FALSE;
  sc_function_set_listener (function, on_function_attempt, self);
  g_hash_table_insert (self->functions, g_strdup (config->arn), function);
  return TRUE;
}

static ScFunction *
find_function (ScFunctionHost *self, const char *arn)
{
  const char *meant = g_hash_table_lookup (self->aliases, arn);
  return g_hash_table_lookup (self->functions, meant ? meant : arn);
}

/**
 * sc_function_host_add_alias:
 * @self: a host that is not started
 * @alias_arn: what names the function from now on too
 * @arn: a function
 * @warm: how many processes of it are kept ready, 0 for none
 * @error: why an endpoint could not be opened
 *
 * Returns: %TRUE if there is such a function, and it can be so
 */
gboolean
sc_function_host_add_alias (ScFunctionHost *self,
                            const char *alias_arn,
                            const char *arn,
                            guint warm,
                            GError **error)
{
  ScFunction *function = find_function (self, arn);
  if (!function) {
    g_set_error (error, SC_FUNCTION_ERROR, SC_FUNCTION_ERROR_CLOSED, "there is no %s", arn);
    return FALSE;
  }
  g_hash_table_insert (self->aliases, g_strdup (alias_arn), g_strdup (arn));
  return warm == 0 || sc_function_provision (function, warm, error);
}

/**
 * sc_function_host_scale:
 * @self: a host
 * @arn: a function
 * @count: on how many events it may work at once
 * @error: why an endpoint could not be opened
 *
 * Lets a function have more than one process. Each is started when there is work for it.
 *
 * Returns: %TRUE if there is such a function, and it may
 */
gboolean
sc_function_host_scale (ScFunctionHost *self, const char *arn, guint count, GError **error)
{
  ScFunction *function = find_function (self, arn);
  if (function)
    return sc_function_scale (function, count, error);
  g_set_error (error, SC_FUNCTION_ERROR, SC_FUNCTION_ERROR_CLOSED, "there is no %s", arn);
  return FALSE;
}

/**
 * sc_function_host_has:
 * @self: a host
 * @arn: an ARN
 *
 * Returns: %TRUE if it names a function
 */
gboolean
sc_function_host_has (ScFunctionHost *self, const char *arn)
{
  return find_function (self, arn) != NULL;
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
  ScFunction *function = find_function (self, arn);
  return function && sc_function_invoke (function, event);
}

/**
 * sc_function_host_call:
 * @self: a host
 * @arn: a function, or an alias of one
 * @event: the event's JSON
 * @timeout_ms: how long the answer may take, waiting for a process included
 * @done: called once from the main loop, with the answer or an error of %SC_FUNCTION_ERROR
 * @user_data: for @done
 *
 * Invokes a function and waits for its answer (InvocationType RequestResponse), without blocking.
 * An event is tried once.
 *
 * Returns: %FALSE if there is no such function, or too many calls wait for it; @done is not called
 * then
 */
gboolean
sc_function_host_call (ScFunctionHost *self,
                       const char *arn,
                       GBytes *event,
                       guint timeout_ms,
                       ScFunctionDone done,
                       gpointer user_data)
{
  ScFunction *function = find_function (self, arn);
  return function && sc_function_call (function, event, timeout_ms, done, user_data);
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
