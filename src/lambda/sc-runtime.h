/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScRuntimeHandler:
 * @event: the event, JSON
 * @user_data: what was given with the function
 * @error: why it failed
 *
 * Called in a thread of its own, one at a time.
 *
 * Returns: (transfer full) (nullable): the answer, JSON
 */
typedef GBytes *(*ScRuntimeHandler) (GBytes *event, gpointer user_data, GError **error);

/**
 * ScRuntimeThawed:
 * @user_data: the data given with it
 *
 * Called before an event that came after a pause, in which the process may have been frozen: every
 * connection that is kept is suspect. In the thread of sc_runtime_run(), with no handler at work.
 */
typedef void (*ScRuntimeThawed) (gpointer user_data);

/* Lambda freezes a process between two events; peers close what is idle after some seconds. */
#define SC_RUNTIME_PAUSE_US G_USEC_PER_SEC

typedef struct _ScRuntime ScRuntime;

gint64 sc_runtime_get_deadline (void);

ScRuntime *sc_runtime_new (const char *api);
void sc_runtime_free (ScRuntime *self);
void sc_runtime_set_thawed (ScRuntime *self,
                            gint64 pause_us,
                            ScRuntimeThawed thawed,
                            gpointer user_data);
void sc_runtime_fail_init (ScRuntime *self, const GError *error);
gboolean
sc_runtime_run (ScRuntime *self, ScRuntimeHandler handler, gpointer user_data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRuntime, sc_runtime_free)

G_END_DECLS
