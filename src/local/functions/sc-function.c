/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One function: its queue of events and the process that works on them.
 *
 * Asynchronous invocation as AWS Lambda promises it: an event is tried up to three times, and may
 * be lost after that. The process is started when there is work, one event at a time, and started
 * again after it died. Main thread; nothing here blocks. */

#include "config.h"

#include "sc-function.h"

#include "sc-runtime-api.h"
#include "sc-spawn.h"

#include <signal.h>

/* AWS Lambda, asynchronous invocation: two more attempts. */
#define ATTEMPTS_MAX 3

/* AWS waits one and two minutes; on one machine nobody would. */
#define RETRY_MS 1000

/* AWS Lambda gives a runtime 10 s from its start to its first request. */
#define INIT_SECONDS 10

/* Events that wait, retries included. A live platform on one machine makes a few a minute; a
 * function that fails for an hour must not fill the memory. */
#define QUEUE_MAX 1000

typedef struct {
  char *id;
  GBytes *event;
  guint attempts;
} Invocation;

typedef struct {
  ScFunction *function;
  Invocation *invocation;
  guint source;
} Retry;

struct _ScFunction {
  char *name;
  char *arn;
  guint timeout_seconds;
  guint retry_ms;
  char *program;
  char *log_path;
  GStrv environment;

  gboolean started;
  ScRuntimeApi *api;
  GSubprocess *process;
  gboolean ready;            /* the process asked for an event since it was started */
  GCancellable *cancellable; /* of the wait for the process's end */
  guint timer;               /* start or invocation took too long */
  GQueue queue;              /* of Invocation */
  GQueue retries;            /* of Retry: failed ones that wait for their next attempt */
  Invocation *current;       /* what the process works on */
  const char *reason;        /* why the process was ended, a literal; NULL where it ended itself */

  ScFunctionListener listener;
  gpointer listener_data;
};

static void work_on (ScFunction *self);

static void
free_invocation (Invocation *self)
{
  g_free (self->id);
  g_bytes_unref (self->event);
  g_free (self);
}

static void
free_retry (Retry *self)
{
  g_source_remove (self->source);
  free_invocation (self->invocation);
  g_free (self);
}

static void
tell (ScFunction *self, ScFunctionOutcome outcome, const char *reason)
{
  g_debug ("function %s: %s", self->name, reason);
  if (self->listener)
    self->listener (self->arn, outcome, reason, self->listener_data);
}

static void
stop_timer (ScFunction *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}

static gboolean
on_retry_due (gpointer user_data)
{
  Retry *retry = user_data;
  ScFunction *self = retry->function;
  g_queue_remove (&self->retries, retry);
  g_queue_push_tail (&self->queue, retry->invocation);
  g_free (retry);
  work_on (self);
  return G_SOURCE_REMOVE;
}

/* Takes note of a failed attempt, and sets the event aside for its next one. */
static void
fail_attempt (ScFunction *self, Invocation *invocation, const char *reason)
{
  invocation->attempts++;
  if (invocation->attempts >= ATTEMPTS_MAX) {
    free_invocation (invocation);
    tell (self, SC_FUNCTION_DROPPED, reason);
    return;
  }
  Retry *retry = g_new0 (Retry, 1);
  retry->function = self;
  retry->invocation = invocation;
  retry->source = g_timeout_add (self->retry_ms << (invocation->attempts - 1), on_retry_due, retry);
  g_queue_push_tail (&self->retries, retry);
  tell (self, SC_FUNCTION_FAILED, reason);
}

static void
fail_current (ScFunction *self, const char *reason)
{
  Invocation *invocation = g_steal_pointer (&self->current);
  if (!invocation)
    return;
  stop_timer (self);
  fail_attempt (self, invocation, reason);
}

/* The process neither started nor answered in time. Its end does the rest. */
static gboolean
on_timer_due (gpointer user_data)
{
  ScFunction *self = user_data;
  self->timer = 0;
  self->reason = self->current ? "the function took too long" : "the function did not start";
  if (self->process)
    g_subprocess_force_exit (self->process);
  return G_SOURCE_REMOVE;
}

/* The process is gone. What it worked on counts as one failed attempt; so does what it was started
 * for where it never got as far as to ask, or a program that cannot start would be started for
 * ever. */
static void
on_process_exited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  if (!g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* self is freed */
  ScFunction *self = user_data;
  const char *reason = self->reason ? self->reason : "the function's process ended";
  self->reason = NULL;
  g_clear_object (&self->process);
  stop_timer (self);
  sc_runtime_api_reset (self->api);
  if (!self->current && !self->ready)
    self->current = g_queue_pop_head (&self->queue);
  fail_current (self, reason);
  work_on (self);
}

static void
start_process (ScFunction *self)
{
  const char *const argv[] = { self->program, NULL };
  g_autoptr (GError) error = NULL;
  self->process =
    sc_spawn (argv, (const char *const *) self->environment, self->log_path, SIGKILL, &error);
  if (!self->process) {
    fail_attempt (self, g_queue_pop_head (&self->queue), error->message);
    return;
  }
  self->ready = FALSE;
  self->timer = g_timeout_add_seconds (INIT_SECONDS, on_timer_due, self);
  g_subprocess_wait_async (self->process, self->cancellable, on_process_exited, self);
}

/* Gives the next event to the process if both are there, and starts a process if there is none. */
static void
work_on (ScFunction *self)
{
  if (!self->started || self->current || g_queue_is_empty (&self->queue))
    return;
  if (!self->process) {
    start_process (self);
    return;
  }
  if (!sc_runtime_api_is_waiting (self->api))
    return;
  self->current = g_queue_pop_head (&self->queue);
  self->timer = g_timeout_add_seconds (self->timeout_seconds, on_timer_due, self);
  gint64 deadline = g_get_real_time () + self->timeout_seconds * G_USEC_PER_SEC;
  sc_runtime_api_send (self->api, self->current->id, self->arn, deadline, self->current->event);
}

static void
on_runtime_ready (gpointer user_data)
{
  ScFunction *self = user_data;
  self->ready = TRUE;
  stop_timer (self);
  work_on (self);
}

static void
on_runtime_answered (gpointer user_data)
{
  ScFunction *self = user_data;
  stop_timer (self);
  g_clear_pointer (&self->current, free_invocation);
  tell (self, SC_FUNCTION_DONE, "answered");
}

static void
on_runtime_failed (const char *reason, gpointer user_data)
{
  fail_current (user_data, reason);
}

/* What a Lambda runtime finds in its environment (AWS Lambda, defined runtime environment
 * variables). */
static GStrv
make_environment (ScFunction *self, const ScFunctionConfig *config, const ScFunctionPlace *place)
{
  GStrv environment = g_strdupv ((GStrv) place->environment);
  g_autofree char *memory = g_strdup_printf ("%u", config->memory_megabytes);
  const struct {
    const char *name;
    const char *value;
  } own[] = {
    { "AWS_LAMBDA_RUNTIME_API", sc_runtime_api_get_address (self->api) },
    { "AWS_LAMBDA_FUNCTION_NAME", config->name },
    { "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST" },
    { "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", memory },
    { "AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand" },
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

/**
 * sc_function_new:
 * @config: the function
 * @place: where it runs
 * @error: why its endpoint could not be opened
 *
 * Makes a function that takes events and starts no process before sc_function_start().
 *
 * Returns: (transfer full) (nullable): the function
 */
ScFunction *
sc_function_new (const ScFunctionConfig *config, const ScFunctionPlace *place, GError **error)
{
  static const ScRuntimeDelegate delegate = { on_runtime_ready,
                                              on_runtime_answered,
                                              on_runtime_failed };
  ScFunction *self = g_new0 (ScFunction, 1);
  g_queue_init (&self->queue);
  g_queue_init (&self->retries);
  self->api = sc_runtime_api_new (&delegate, self, error);
  if (!self->api) {
    g_free (self);
    return NULL;
  }
  self->name = g_strdup (config->name);
  self->arn = g_strdup (config->arn);
  self->timeout_seconds = config->timeout_seconds;
  self->retry_ms = place->retry_ms > 0 ? place->retry_ms : RETRY_MS;
  self->program = g_strdup (place->program);
  self->log_path = g_strdup_printf ("%s/%s.log", place->log_directory, config->name);
  self->environment = make_environment (self, config, place);
  self->cancellable = g_cancellable_new ();
  return self;
}

/**
 * sc_function_free:
 * @self: (nullable): a function
 *
 * Ends its process at once and forgets its events.
 */
void
sc_function_free (ScFunction *self)
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
  g_clear_pointer (&self->current, free_invocation);
  g_queue_clear_full (&self->queue, (GDestroyNotify) free_invocation);
  g_queue_clear_full (&self->retries, (GDestroyNotify) free_retry);
  g_strfreev (self->environment);
  g_free (self->log_path);
  g_free (self->program);
  g_free (self->arn);
  g_free (self->name);
  g_free (self);
}

/**
 * sc_function_start:
 * @self: a function
 *
 * Lets it work, on what came before too.
 */
void
sc_function_start (ScFunction *self)
{
  self->started = TRUE;
  work_on (self);
}

/**
 * sc_function_invoke:
 * @self: a function
 * @event: the event's JSON
 *
 * Queues an event.
 *
 * Returns: %FALSE where too many wait and this one is lost
 */
gboolean
sc_function_invoke (ScFunction *self, GBytes *event)
{
  if (self->queue.length + self->retries.length >= QUEUE_MAX) {
    tell (self, SC_FUNCTION_DROPPED, "too many events wait");
    return FALSE;
  }
  Invocation *invocation = g_new0 (Invocation, 1);
  invocation->id = g_uuid_string_random ();
  invocation->event = g_bytes_ref (event);
  g_queue_push_tail (&self->queue, invocation);
  work_on (self);
  return TRUE;
}

/**
 * sc_function_is_busy:
 * @self: a function
 *
 * Returns: %TRUE while it works on an event, or one waits
 */
gboolean
sc_function_is_busy (ScFunction *self)
{
  return self->current || !g_queue_is_empty (&self->queue) || !g_queue_is_empty (&self->retries);
}

/**
 * sc_function_set_listener:
 * @self: a function
 * @listener: (nullable): called after every attempt
 * @user_data: for @listener
 */
void
sc_function_set_listener (ScFunction *self, ScFunctionListener listener, gpointer user_data)
{
  self->listener = listener;
  self->listener_data = user_data;
}
