/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One function: what waits for it and the processes that work on it.
 *
 * Asynchronous invocation as AWS Lambda promises it: an event is tried up to three times, and may
 * be lost after that. A call is an event whose answer somebody waits for: it goes before the
 * others, is tried once, and is lost when its time is over; a process that is late with it goes on
 * as long as the function's own time-out allows. A process is started when there is work, or at
 * the start where the function has provisioned concurrency. Main thread; nothing here blocks. */

#include "config.h"

#include "sc-function.h"

#include "sc-function-code.h"
#include "sc-sandbox.h"

/* AWS Lambda, asynchronous invocation: two more attempts. */
#define ATTEMPTS_MAX 3

/* AWS waits one and two minutes; on one machine nobody would. */
#define RETRY_MS 1000

/* Events that wait, retries included. A live platform on one machine makes a few a minute; a
 * function that fails for an hour must not fill the memory. */
#define QUEUE_MAX 1000

/* Calls that wait. What is behind so many has no chance of an answer within a chat line's 200 ms
 * unless each takes less than one. */
#define CALLS_MAX 256

typedef struct {
  ScFunction *function;
  char *id;
  GBytes *event;
  guint attempts;
  guint source; /* of a call: its time is over; of a retry: its next attempt */
  gboolean is_call;
  ScFunctionDone done; /* NULL where nobody waits any more */
  gpointer user_data;
} Invocation;

/* A process and what it works on. */
typedef struct {
  ScSandbox *sandbox;
  Invocation *current;
} Slot;

struct _ScFunction {
  char *name;
  char *arn;
  guint timeout_seconds;
  guint retry_ms;
  GStrv command;
  char *log_path;
  GStrv environment;

  gboolean started;
  guint warm;     /* provisioned concurrency, 0 for none */
  GArray *slots;  /* of Slot, at least one */
  GQueue queue;   /* of Invocation: events */
  GQueue calls;   /* of Invocation: calls, which go first */
  GQueue retries; /* of Invocation: failed events that wait for their next attempt */

  ScFunctionListener listener;
  gpointer listener_data;
};

G_DEFINE_QUARK (sc-function-error-quark, sc_function_error)

static void work_on (ScFunction *self);

static Invocation *
new_invocation (ScFunction *self, GBytes *event)
{
  Invocation *invocation = g_new0 (Invocation, 1);
  invocation->function = self;
  invocation->id = g_uuid_string_random ();
  invocation->event = g_bytes_ref (event);
  return invocation;
}

static void
free_invocation (Invocation *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self->id);
  g_bytes_unref (self->event);
  g_free (self);
}

static void
tell (ScFunction *self, ScFunctionOutcome outcome, const char *reason)
{
  g_debug ("function %s: %s", self->name, reason);
  if (self->listener)
    self->listener (self->arn, outcome, reason, self->listener_data);
}

/* Answers the one who waits, once. */
static void
answer_call (Invocation *call, GBytes *answer, ScFunctionError code, const char *reason)
{
  ScFunctionDone done = g_steal_pointer (&call->done);
  g_clear_handle_id (&call->source, g_source_remove);
  if (!done)
    return;
  g_autoptr (GError) error =
    answer ? NULL : g_error_new_literal (SC_FUNCTION_ERROR, (int) code, reason);
  done (answer, error, call->user_data);
}

static gboolean
on_call_late (gpointer user_data)
{
  Invocation *call = user_data;
  ScFunction *self = call->function;
  gboolean waited = g_queue_remove (&self->calls, call);
  call->source = 0;
  answer_call (call, NULL, SC_FUNCTION_ERROR_TIMEOUT, "no answer came in time");
  if (waited) {
    free_invocation (call);
    tell (self, SC_FUNCTION_DROPPED, "no process was free in time");
  }
  return G_SOURCE_REMOVE;
}

static gboolean
on_retry_due (gpointer user_data)
{
  Invocation *retry = user_data;
  ScFunction *self = retry->function;
  retry->source = 0;
  g_queue_remove (&self->retries, retry);
  g_queue_push_tail (&self->queue, retry);
  work_on (self);
  return G_SOURCE_REMOVE;
}

/* Takes note of a failed attempt, and sets an event aside for its next one. */
static void
fail_attempt (ScFunction *self, Invocation *invocation, const char *reason)
{
  invocation->attempts++;
  if (invocation->is_call || invocation->attempts >= ATTEMPTS_MAX) {
    answer_call (invocation, NULL, SC_FUNCTION_ERROR_FAILED, reason);
    free_invocation (invocation);
    tell (self, SC_FUNCTION_DROPPED, reason);
    return;
  }
  invocation->source =
    g_timeout_add (self->retry_ms << (invocation->attempts - 1), on_retry_due, invocation);
  g_queue_push_tail (&self->retries, invocation);
  tell (self, SC_FUNCTION_FAILED, reason);
}

static Invocation *
take_next (ScFunction *self)
{
  return g_queue_pop_head (g_queue_is_empty (&self->calls) ? &self->queue : &self->calls);
}

static Slot *
slot_at (ScFunction *self, guint i)
{
  return &g_array_index (self->slots, Slot, i);
}

static Slot *
find_slot (ScFunction *self, ScSandbox *sandbox)
{
  Slot *slot = slot_at (self, 0);
  while (slot->sandbox != sandbox)
    slot++;
  return slot;
}

/* Gives what waits to the processes that wait, and counts those that will soon. */
static guint
hand_out (ScFunction *self)
{
  guint starting = 0;
  for (guint i = 0; i < self->slots->len; i++) {
    Slot *slot = slot_at (self, i);
    if (sc_sandbox_is_starting (slot->sandbox))
      starting++;
    if (slot->current || !sc_sandbox_is_waiting (slot->sandbox))
      continue;
    slot->current = take_next (self);
    if (slot->current)
      sc_sandbox_send (slot->sandbox, slot->current->id, slot->current->event);
  }
  return starting;
}

/* Hands out what waits, and starts processes for what is left. */
static void
work_on (ScFunction *self)
{
  guint starting = self->started ? hand_out (self) : 0;
  for (guint i = 0; self->started && i < self->slots->len; i++) {
    g_autoptr (GError) error = NULL;
    Slot *slot = slot_at (self, i);
    if (starting >= self->calls.length + self->queue.length)
      return;
    if (sc_sandbox_is_started (slot->sandbox))
      continue;
    if (!sc_sandbox_start (slot->sandbox, &error)) {
      fail_attempt (self, take_next (self), error->message);
      return;
    }
    starting++;
  }
}

static void
on_sandbox_ready (ScSandbox *sandbox, gpointer user_data)
{
  work_on (user_data);
}

static void
on_sandbox_answered (ScSandbox *sandbox, GBytes *answer, gpointer user_data)
{
  ScFunction *self = user_data;
  Invocation *invocation = g_steal_pointer (&find_slot (self, sandbox)->current);
  answer_call (invocation, answer, 0, NULL);
  free_invocation (invocation);
  tell (self, SC_FUNCTION_DONE, "answered");
}

static void
on_sandbox_failed (ScSandbox *sandbox, const char *reason, gpointer user_data)
{
  fail_attempt (user_data, g_steal_pointer (&find_slot (user_data, sandbox)->current), reason);
}

/* What the process worked on counts as one failed attempt; so does what it was started for where it
 * never got as far as to ask, or a program that cannot start would be started for ever. */
static void
on_sandbox_ended (ScSandbox *sandbox, const char *reason, gboolean was_ready, gpointer user_data)
{
  ScFunction *self = user_data;
  Invocation *current = g_steal_pointer (&find_slot (self, sandbox)->current);
  gboolean again = self->warm > 0 && current != NULL;
  if (!current && !was_ready)
    current = take_next (self);
  if (current)
    fail_attempt (self, current, reason);
  if (again && !sc_sandbox_is_started (sandbox))
    sc_sandbox_start (sandbox, NULL); /* where it cannot, the next event says so */
  work_on (self);
}

static void
clear_slot (gpointer data)
{
  Slot *slot = data;
  sc_sandbox_free (slot->sandbox);
  g_clear_pointer (&slot->current, free_invocation);
}

static gboolean
add_slots (ScFunction *self, guint count, GError **error)
{
  static const ScSandboxDelegate delegate = { on_sandbox_ready,
                                              on_sandbox_answered,
                                              on_sandbox_failed,
                                              on_sandbox_ended };
  const ScSandboxConfig config = {
    .arn = self->arn,
    .command = (const char *const *) self->command,
    .environment = (const char *const *) self->environment,
    .log_path = self->log_path,
    .timeout_seconds = self->timeout_seconds,
  };
  while (self->slots->len < count) {
    const Slot slot = { sc_sandbox_new (&config, &delegate, self, error), NULL };
    if (!slot.sandbox)
      return FALSE;
    g_array_append_val (self->slots, slot);
  }
  return TRUE;
}

/**
 * sc_function_new:
 * @config: the function
 * @place: where it runs
 * @error: why its endpoint could not be opened, or its zip not unpacked
 *
 * Makes a function that takes events and starts no process before sc_function_start().
 *
 * Returns: (transfer full) (nullable): the function
 */
ScFunction *
sc_function_new (const ScFunctionConfig *config, const ScFunctionPlace *place, GError **error)
{
  g_autoptr (ScFunction) self = g_new0 (ScFunction, 1);
  g_queue_init (&self->queue);
  g_queue_init (&self->calls);
  g_queue_init (&self->retries);
  self->slots = g_array_new (FALSE, FALSE, sizeof (Slot));
  g_array_set_clear_func (self->slots, clear_slot);
  self->name = g_strdup (config->name);
  self->arn = g_strdup (config->arn);
  self->timeout_seconds = config->timeout_seconds;
  self->retry_ms = place->retry_ms > 0 ? place->retry_ms : RETRY_MS;
  self->log_path = g_strdup_printf ("%s/%s.log", place->log_directory, config->name);
  self->environment = sc_function_make_environment (config, place);
  self->command = sc_function_make_command (config, place, error);
  return self->command && add_slots (self, 1, error) ? g_steal_pointer (&self) : NULL;
}

static void
close_call (gpointer data, gpointer unused)
{
  Invocation *invocation = data;
  if (invocation && invocation->is_call)
    answer_call (invocation, NULL, SC_FUNCTION_ERROR_CLOSED, "the function is gone");
}

/**
 * sc_function_free:
 * @self: (nullable): a function
 *
 * Ends its processes at once and forgets its events. Who waits for an answer is told that none
 * comes, and must not use the function then.
 */
void
sc_function_free (ScFunction *self)
{
  if (!self)
    return;
  self->started = FALSE;
  for (guint i = 0; i < self->slots->len; i++)
    close_call (slot_at (self, i)->current, NULL);
  g_queue_foreach (&self->calls, close_call, NULL);
  g_array_unref (self->slots);
  g_queue_clear_full (&self->queue, (GDestroyNotify) free_invocation);
  g_queue_clear_full (&self->calls, (GDestroyNotify) free_invocation);
  g_queue_clear_full (&self->retries, (GDestroyNotify) free_invocation);
  g_strfreev (self->environment);
  g_free (self->log_path);
  g_strfreev (self->command);
  g_free (self->arn);
  g_free (self->name);
  g_free (self);
}

/**
 * sc_function_provision:
 * @self: a function that is not started
 * @count: how many processes, at most %SC_FUNCTION_WARM_MAX
 * @error: why an endpoint could not be opened
 *
 * Has so many processes started with the function, which then works on as many events at once
 * (provisioned concurrency). One that ends at work is started again at once, one that ends
 * otherwise with the next event.
 *
 * Returns: %TRUE if there will be so many
 */
gboolean
sc_function_provision (ScFunction *self, guint count, GError **error)
{
  g_return_val_if_fail (!self->started && count > 0 && count <= SC_FUNCTION_WARM_MAX, FALSE);
  self->warm = count;
  self->environment = g_environ_setenv (self->environment,
                                        "AWS_LAMBDA_INITIALIZATION_TYPE",
                                        "provisioned-concurrency",
                                        TRUE);
  g_array_set_size (self->slots, 0);
  return add_slots (self, count, error);
}

/**
 * sc_function_scale:
 * @self: a function
 * @count: on how many events it may work at once
 * @error: why an endpoint could not be opened
 *
 * Lets it have so many processes, each started when there is work for it.
 *
 * Returns: %TRUE if it may
 */
gboolean
sc_function_scale (ScFunction *self, guint count, GError **error)
{
  return add_slots (self, count, error);
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
  for (guint i = 0; i < self->warm; i++)
    sc_sandbox_start (slot_at (self, i)->sandbox, NULL); /* as in on_sandbox_ended() */
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
  g_queue_push_tail (&self->queue, new_invocation (self, event));
  work_on (self);
  return TRUE;
}

/**
 * sc_function_call:
 * @self: a function
 * @event: the event's JSON
 * @timeout_ms: how long the answer may take, waiting for a process included
 * @done: called once from the main loop, with the answer or the error
 * @user_data: for @done
 *
 * Queues an event whose answer is waited for.
 *
 * Returns: %FALSE where too many wait; @done is not called then
 */
gboolean
sc_function_call (ScFunction *self,
                  GBytes *event,
                  guint timeout_ms,
                  ScFunctionDone done,
                  gpointer user_data)
{
  if (self->calls.length >= CALLS_MAX) {
    tell (self, SC_FUNCTION_DROPPED, "too many calls wait");
    return FALSE;
  }
  Invocation *call = new_invocation (self, event);
  call->is_call = TRUE;
  call->done = done;
  call->user_data = user_data;
  call->source = g_timeout_add (timeout_ms, on_call_late, call);
  g_queue_push_tail (&self->calls, call);
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
  for (guint i = 0; i < self->slots->len; i++) {
    if (slot_at (self, i)->current)
      return TRUE;
  }
  return self->queue.length + self->calls.length + self->retries.length > 0;
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
