/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One process of a function, with the server's side of its runtime API: started when it is told,
 * one event at a time, ended where it does not start or does not answer in time. Its owner, the
 * function, decides what it works on. Main thread; nothing here blocks. */

#include "config.h"

#include "sc-sandbox.h"

#include "sc-runtime-api.h"
#include "sc-spawn.h"

#include <signal.h>

/* AWS Lambda gives a runtime 10 s from its start to its first request. */
#define INIT_SECONDS 10

struct _ScSandbox {
  char *arn;
  GStrv command;
  GStrv environment;
  char *log_path;
  guint timeout_seconds;
  ScSandboxDelegate delegate;
  gpointer user_data;

  ScRuntimeApi *api;
  GSubprocess *process;
  gboolean ready;            /* the process asked for an event since it was started */
  gboolean busy;             /* it has one */
  GCancellable *cancellable; /* of the wait for the process's end */
  guint timer;               /* start or event took too long */
  const char *reason;        /* why the process was ended, a literal; NULL where it ended itself */
};

static void
stop_timer (ScSandbox *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}

/* The process neither started nor answered in time. Its end does the rest. */
static gboolean
on_timer_due (gpointer user_data)
{
  ScSandbox *self = user_data;
  self->timer = 0;
  self->reason = self->busy ? "the function took too long" : "the function did not start";
  if (self->process)
    g_subprocess_force_exit (self->process);
  return G_SOURCE_REMOVE;
}

static void
on_process_exited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  if (!g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* self is freed */
  ScSandbox *self = user_data;
  const char *reason = self->reason ? self->reason : "the function's process ended";
  gboolean was_ready = self->ready;
  self->reason = NULL;
  self->ready = FALSE;
  self->busy = FALSE;
  g_clear_object (&self->process);
  stop_timer (self);
  sc_runtime_api_reset (self->api);
  self->delegate.ended (self, reason, was_ready, self->user_data);
}

static void
on_runtime_ready (gpointer user_data)
{
  ScSandbox *self = user_data;
  self->ready = TRUE;
  stop_timer (self);
  self->delegate.ready (self, self->user_data);
}

static void
on_runtime_answered (GBytes *answer, gpointer user_data)
{
  ScSandbox *self = user_data;
  stop_timer (self);
  self->busy = FALSE;
  self->delegate.answered (self, answer, self->user_data);
}

/* A failed start is told by the process's end. */
static void
on_runtime_failed (const char *reason, gpointer user_data)
{
  ScSandbox *self = user_data;
  if (!self->busy)
    return;
  stop_timer (self);
  self->busy = FALSE;
  self->delegate.failed (self, reason, self->user_data);
}

/**
 * sc_sandbox_new:
 * @config: the process
 * @delegate: what to call
 * @user_data: for @delegate
 * @error: why its endpoint could not be opened
 *
 * Makes a sandbox without a process.
 *
 * Returns: (transfer full) (nullable): the sandbox
 */
ScSandbox *
sc_sandbox_new (const ScSandboxConfig *config,
                const ScSandboxDelegate *delegate,
                gpointer user_data,
                GError **error)
{
  static const ScRuntimeDelegate of_api = { on_runtime_ready,
                                            on_runtime_answered,
                                            on_runtime_failed };
  ScSandbox *self = g_new0 (ScSandbox, 1);
  self->api = sc_runtime_api_new (&of_api, self, error);
  if (!self->api) {
    g_free (self);
    return NULL;
  }
  self->arn = g_strdup (config->arn);
  self->command = g_strdupv ((GStrv) config->command);
  self->environment = g_environ_setenv (g_strdupv ((GStrv) config->environment),
                                        "AWS_LAMBDA_RUNTIME_API",
                                        sc_runtime_api_get_address (self->api),
                                        TRUE);
  self->log_path = g_strdup (config->log_path);
  self->timeout_seconds = config->timeout_seconds;
  self->delegate = *delegate;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  return self;
}

/**
 * sc_sandbox_free:
 * @self: (nullable): a sandbox
 *
 * Ends its process at once. Nobody is told.
 */
void
sc_sandbox_free (ScSandbox *self)
{
  if (!self)
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  if (self->process)
    g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
  stop_timer (self);
  sc_runtime_api_free (self->api);
  g_free (self->log_path);
  g_strfreev (self->environment);
  g_strfreev (self->command);
  g_free (self->arn);
  g_free (self);
}

/**
 * sc_sandbox_start:
 * @self: a sandbox without a process
 * @error: why there is none
 *
 * Starts the process. @ready is called when it asks for an event, @ended where it never does.
 *
 * Returns: %TRUE if there is a process
 */
gboolean
sc_sandbox_start (ScSandbox *self, GError **error)
{
  g_return_val_if_fail (!self->process, FALSE);
  self->process = sc_spawn ((const char *const *) self->command,
                            (const char *const *) self->environment,
                            self->log_path,
                            SIGKILL,
                            error);
  if (!self->process)
    return FALSE;
  self->timer = g_timeout_add_seconds (INIT_SECONDS, on_timer_due, self);
  g_subprocess_wait_async (self->process, self->cancellable, on_process_exited, self);
  return TRUE;
}

/**
 * sc_sandbox_is_started:
 * @self: a sandbox
 *
 * Returns: %TRUE while there is a process
 */
gboolean
sc_sandbox_is_started (ScSandbox *self)
{
  return self->process != NULL;
}

/**
 * sc_sandbox_is_starting:
 * @self: a sandbox
 *
 * Returns: %TRUE while its process has not asked for anything yet
 */
gboolean
sc_sandbox_is_starting (ScSandbox *self)
{
  return self->process && !self->ready;
}

/**
 * sc_sandbox_is_waiting:
 * @self: a sandbox
 *
 * Returns: %TRUE if it can be given an event
 */
gboolean
sc_sandbox_is_waiting (ScSandbox *self)
{
  return self->process && !self->busy && sc_runtime_api_is_waiting (self->api);
}

/**
 * sc_sandbox_send:
 * @self: a sandbox that waits
 * @request_id: the event's
 * @event: its JSON
 *
 * Gives it an event. One of @answered, @failed and @ended follows within the function's time-out.
 */
void
sc_sandbox_send (ScSandbox *self, const char *request_id, GBytes *event)
{
  self->busy = TRUE;
  self->timer = g_timeout_add_seconds (self->timeout_seconds, on_timer_due, self);
  gint64 deadline = g_get_real_time () + self->timeout_seconds * G_USEC_PER_SEC;
  sc_runtime_api_send (self->api, request_id, self->arn, deadline, event);
}
