/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-child.h"

G_BEGIN_DECLS

#define SC_TYPE_SUPERVISOR (sc_supervisor_get_type ())
G_DECLARE_FINAL_TYPE (ScSupervisor, sc_supervisor, SC, SUPERVISOR, GObject)

ScSupervisor *sc_supervisor_new (const char *log_directory);
ScChild *sc_supervisor_add (ScSupervisor *self, const ScChildSpec *spec);
void sc_supervisor_stop_async (ScSupervisor *self, GAsyncReadyCallback callback, gpointer data);
void sc_supervisor_stop_finish (ScSupervisor *self, GAsyncResult *result);

G_END_DECLS
