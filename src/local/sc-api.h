/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-settings.h"
#include "sc-supervisor.h"

G_BEGIN_DECLS

GStrv sc_program_environment_new (const ScSettings *settings);

#define SC_TYPE_API (sc_api_get_type ())
G_DECLARE_FINAL_TYPE (ScApi, sc_api, SC, API, GObject)

ScApi *sc_api_new (ScStateDir *state, const char *program, GStrv environment);
void sc_api_migrate_async (ScApi *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean sc_api_migrate_finish (ScApi *self, GAsyncResult *result, GError **error);
ScChild *sc_api_add_child (ScApi *self, ScSupervisor *supervisor);

G_END_DECLS
