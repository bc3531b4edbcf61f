/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The processes of the local cloud in the order of their start, stopped in the reverse of it.
 *
 * Lives in the main thread; the local cloud owns it. */

#include "config.h"

#include "sc-supervisor.h"

struct _ScSupervisor {
  GObject parent_instance;

  char *log_directory;
  GPtrArray *children; /* of ScChild, first started first */
};

G_DEFINE_FINAL_TYPE (ScSupervisor, sc_supervisor, G_TYPE_OBJECT)

static void
sc_supervisor_finalize (GObject *object)
{
  ScSupervisor *self = SC_SUPERVISOR (object);
  g_clear_pointer (&self->log_directory, g_free);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  G_OBJECT_CLASS (sc_supervisor_parent_class)->finalize (object);
}

static void
sc_supervisor_class_init (ScSupervisorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_supervisor_finalize;
}

static void
sc_supervisor_init (ScSupervisor *self)
{
  self->children = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * sc_supervisor_new:
 * @log_directory: where the logs of the children go
 *
 * Returns: (transfer full): a supervisor without children
 */
ScSupervisor *
sc_supervisor_new (const char *log_directory)
{
  ScSupervisor *self = g_object_new (SC_TYPE_SUPERVISOR, NULL);
  self->log_directory = g_strdup (log_directory);
  return self;
}

/**
 * sc_supervisor_add:
 * @self: a supervisor
 * @spec: what to run
 *
 * Adds a process, to be started with sc_child_start() and stopped before those added earlier.
 *
 * Returns: (transfer none): the child
 */
ScChild *
sc_supervisor_add (ScSupervisor *self, const ScChildSpec *spec)
{
  ScChild *child = sc_child_new (spec, self->log_directory);
  g_ptr_array_add (self->children, child);
  return child;
}

static void stop_next (GTask *task);

static void
on_child_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ScSupervisor *self = g_task_get_source_object (task);
  sc_child_stop_finish (SC_CHILD (source), result);
  g_ptr_array_remove (self->children, source);
  stop_next (task);
}

static void
stop_next (GTask *task)
{
  ScSupervisor *self = g_task_get_source_object (task);
  if (self->children->len == 0) {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  ScChild *last = g_ptr_array_index (self->children, self->children->len - 1);
  sc_child_stop_async (last, on_child_stopped, task);
}

/**
 * sc_supervisor_stop_async:
 * @self: a supervisor
 * @callback: called when every process is gone
 * @data: data for @callback
 *
 * Stops the children one after the other, the last started first.
 */
void
sc_supervisor_stop_async (ScSupervisor *self, GAsyncReadyCallback callback, gpointer data)
{
  stop_next (g_task_new (self, NULL, callback, data));
}

/**
 * sc_supervisor_stop_finish:
 * @self: a supervisor
 * @result: what the callback got
 *
 * Ends what sc_supervisor_stop_async() began; it cannot fail.
 */
void
sc_supervisor_stop_finish (ScSupervisor *self, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
