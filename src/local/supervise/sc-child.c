/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One process of the local cloud that is started, asked until it answers, started again when it
 * dies, and stopped in order.
 *
 * Lives in the main thread; ScSupervisor owns it. Emits "ready" each time the process answers its
 * probe for the first time after a start. */

#include "config.h"

#include "sc-child.h"

#include "sc-spawn.h"

#include <signal.h>

/* Between two questions to a process that is not ready yet. */
#define PROBE_INTERVAL_MS 50

/* A process that does not answer for so long after its start never will: PostgreSQL's recovery
 * after a crash takes seconds on the little data of one machine. */
#define READY_LIMIT_US (60 * G_USEC_PER_SEC)

/* The first wait before a new start, doubled with each failure up to the greatest. */
#define BACKOFF_FIRST_MS 100
#define BACKOFF_MAX_MS 5000

/* A process that lived so long has earned a fast restart again. */
#define STEADY_US (10 * G_USEC_PER_SEC)

/* How long an orderly end may take before it is forced. */
#define STOP_LIMIT_MS 5000

enum {
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _ScChild {
  GObject parent_instance;

  char *name;
  char *log_path;
  GStrv argv;
  GStrv environment;
  int stop_signal;
  int death_signal;
  ScProbe probe;
  gpointer probe_data;

  GSubprocess *process;
  GCancellable *cancellable; /* of this start: its probe and its waiting */
  GTask *stopping;
  guint timer;
  guint failures;
  guint starts;
  gint64 started_at;
  gboolean ready;
};

G_DEFINE_FINAL_TYPE (ScChild, sc_child, G_TYPE_OBJECT)

static void
clear_timer (ScChild *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void start_process (ScChild *self);

static gboolean
on_backoff_over (gpointer user_data)
{
  ScChild *self = user_data;
  self->timer = 0;
  start_process (self);
  return G_SOURCE_REMOVE;
}

static void
start_later (ScChild *self, const char *why)
{
  guint wait = MIN (BACKOFF_FIRST_MS << MIN (self->failures, 6), BACKOFF_MAX_MS);
  self->failures++;
  g_printerr ("streamcat-local: %s %s, starting it again in %u ms (its log: %s)\n",
              self->name,
              why,
              wait,
              self->log_path);
  self->timer = g_timeout_add (wait, on_backoff_over, self);
}

static void probe_process (ScChild *self);

static gboolean
on_probe_interval (gpointer user_data)
{
  ScChild *self = user_data;
  self->timer = 0;
  probe_process (self);
  return G_SOURCE_REMOVE;
}

static void
on_probe_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScChild) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean answers = g_task_propagate_boolean (G_TASK (result), &error);
  gboolean stale = g_task_get_cancellable (G_TASK (result)) != self->cancellable;
  if (stale || self->stopping || !self->process)
    return;

  if (answers) {
    self->ready = TRUE;
    g_signal_emit (self, signals[READY], 0);
  } else if (g_get_monotonic_time () - self->started_at > READY_LIMIT_US) {
    g_printerr ("streamcat-local: %s does not answer: %s\n", self->name, error->message);
    g_subprocess_force_exit (self->process);
  } else {
    self->timer = g_timeout_add (PROBE_INTERVAL_MS, on_probe_interval, self);
  }
}

static void
probe_process (ScChild *self)
{
  GTask *task = g_task_new (NULL, self->cancellable, on_probe_done, g_object_ref (self));
  g_task_set_name (task, self->name);
  self->probe (self->probe_data, task);
}

/* Forgets the process that ended, so that nothing about it can still arrive. */
static void
forget_process (ScChild *self)
{
  clear_timer (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->process);
  self->ready = FALSE;
}

static void
on_process_exited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScChild) self = user_data;
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  if (self->process != G_SUBPROCESS (source))
    return;

  if (g_get_monotonic_time () - self->started_at > STEADY_US)
    self->failures = 0;
  forget_process (self);
  if (self->stopping) {
    g_autoptr (GTask) stopping = g_steal_pointer (&self->stopping);
    g_task_return_boolean (stopping, TRUE);
  } else {
    start_later (self, "died");
  }
}

static void
start_process (ScChild *self)
{
  g_autoptr (GError) error = NULL;
  self->process = sc_spawn ((const char *const *) self->argv,
                            (const char *const *) self->environment,
                            self->log_path,
                            self->death_signal,
                            &error);
  self->starts++;
  self->started_at = g_get_monotonic_time ();
  if (!self->process) {
    start_later (self, error->message);
    return;
  }
  self->cancellable = g_cancellable_new ();
  g_subprocess_wait_async (self->process, NULL, on_process_exited, g_object_ref (self));
  probe_process (self);
}

static void
sc_child_finalize (GObject *object)
{
  ScChild *self = SC_CHILD (object);
  clear_timer (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->process);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->log_path, g_free);
  g_clear_pointer (&self->argv, g_strfreev);
  g_clear_pointer (&self->environment, g_strfreev);
  G_OBJECT_CLASS (sc_child_parent_class)->finalize (object);
}

static void
sc_child_class_init (ScChildClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_child_finalize;

  /**
   * ScChild::ready:
   *
   * The process answers, after the first start or after a later one.
   */
  signals[READY] =
    g_signal_new ("ready", SC_TYPE_CHILD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sc_child_init (ScChild *self)
{
}

/**
 * sc_child_new:
 * @spec: what to run
 * @log_directory: where its log goes, as NAME.log
 *
 * Returns: (transfer full): a process that is not started yet
 */
ScChild *
sc_child_new (const ScChildSpec *spec, const char *log_directory)
{
  g_autofree char *log_name = g_strconcat (spec->name, ".log", NULL);
  ScChild *self = g_object_new (SC_TYPE_CHILD, NULL);
  self->name = g_strdup (spec->name);
  self->log_path = g_build_filename (log_directory, log_name, NULL);
  self->argv = g_strdupv ((char **) spec->argv);
  self->environment = g_strdupv ((char **) spec->environment);
  self->stop_signal = spec->stop_signal;
  self->death_signal = spec->death_signal;
  self->probe = spec->probe;
  self->probe_data = spec->probe_data;
  return self;
}

/**
 * sc_child_get_ready:
 * @self: a child
 *
 * Returns: %TRUE while the process lives and has answered its probe
 */
gboolean
sc_child_get_ready (ScChild *self)
{
  return self->ready;
}

/**
 * sc_child_get_starts:
 * @self: a child
 *
 * Returns: how often it was started so far
 */
guint
sc_child_get_starts (ScChild *self)
{
  return self->starts;
}

/**
 * sc_child_start:
 * @self: a child that was not started yet
 *
 * Starts the process and keeps it: whenever it dies it is started again, after a growing wait.
 */
void
sc_child_start (ScChild *self)
{
  g_return_if_fail (!self->process && !self->timer);
  start_process (self);
}

static gboolean
on_stop_limit (gpointer user_data)
{
  ScChild *self = user_data;
  self->timer = 0;
  g_printerr ("streamcat-local: %s does not end, killing it\n", self->name);
  g_subprocess_force_exit (self->process);
  return G_SOURCE_REMOVE;
}

/**
 * sc_child_stop_async:
 * @self: a child
 * @callback: called when the process is gone
 * @user_data: data for @callback
 *
 * Asks the process to end, forces it after 5 s, and does not start it again.
 */
void
sc_child_stop_async (ScChild *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (!self->stopping);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  clear_timer (self);
  if (!self->process) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  self->stopping = g_steal_pointer (&task);
  self->timer = g_timeout_add (STOP_LIMIT_MS, on_stop_limit, self);
  g_subprocess_send_signal (self->process, self->stop_signal);
}

/**
 * sc_child_stop_finish:
 * @self: a child
 * @result: what the callback got
 *
 * Ends what sc_child_stop_async() began; it cannot fail.
 */
void
sc_child_stop_finish (ScChild *self, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
