/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScProbe:
 * @data: the data given with it
 * @task: (transfer full): returns %TRUE when the process answers, or an error that says what it did
 * instead
 *
 * Asks a process the question that its users will ask, over the same wire. Must not block.
 */
typedef void (*ScProbe) (gpointer data, GTask *task);

/**
 * ScChildSpec:
 * @name: what messages call it, and its log: "database"
 * @argv: program and arguments
 * @environment: (nullable): its whole environment, or %NULL for this process's own
 * @stop_signal: what asks it to end in order
 * @death_signal: what the kernel sends it when this process dies
 * @probe: says when it is ready
 * @probe_data: data for @probe, which outlives the child
 *
 * How to start, judge and stop one process. Copied by sc_child_new().
 */
typedef struct {
  const char *name;
  const char *const *argv;
  const char *const *environment;
  int stop_signal;
  int death_signal;
  ScProbe probe;
  gpointer probe_data;
} ScChildSpec;

#define SC_TYPE_CHILD (sc_child_get_type ())
G_DECLARE_FINAL_TYPE (ScChild, sc_child, SC, CHILD, GObject)

ScChild *sc_child_new (const ScChildSpec *spec, const char *log_directory);
gboolean sc_child_get_ready (ScChild *self);
guint sc_child_get_starts (ScChild *self);

void sc_child_start (ScChild *self);
void sc_child_stop_async (ScChild *self, GAsyncReadyCallback callback, gpointer user_data);
void sc_child_stop_finish (ScChild *self, GAsyncResult *result);

G_END_DECLS
