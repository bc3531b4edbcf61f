/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-operation.h"

G_BEGIN_DECLS

/**
 * ScControlClock:
 * @data: the data given with it
 *
 * Returns: a time that only grows, in microseconds
 */
typedef gint64 (*ScControlClock) (gpointer data);

/**
 * ScControlDrill:
 * @data: the data given with it
 *
 * Makes another part of the local cloud fail, once.
 */
typedef void (*ScControlDrill) (gpointer data);

#define SC_TYPE_CONTROL (sc_control_get_type ())
G_DECLARE_FINAL_TYPE (ScControl, sc_control, SC, CONTROL, GObject)

ScControl *sc_control_new (ScCloud *cloud, const ScControlPlace *place, gboolean faults);
void sc_control_set_hooks (ScControl *self, const ScControlHooks *hooks);
void
sc_control_add_operations (ScControl *self, const ScControlOperation *operations, gpointer data);
void sc_control_add_drill (ScControl *self, const char *name, ScControlDrill drill, gpointer data);
void sc_control_set_clock (ScControl *self, ScControlClock clock, gpointer data);
gboolean sc_control_listen (ScControl *self, guint16 port, GError **error);
guint16 sc_control_get_port (ScControl *self);
void sc_control_close (ScControl *self);

G_END_DECLS
