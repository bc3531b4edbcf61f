/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-state-dir.h"
#include "sc-supervisor.h"

G_BEGIN_DECLS

/* Both names are the product's own and the same wherever it runs. */
#define SC_DATABASE_NAME "streamcat"
#define SC_DATABASE_ROLE "streamcat"

/* As the template names the role that Amazon RDS makes; only `migrate` and `rotate` use it. */
#define SC_DATABASE_MASTER "streamcat_master"

#define SC_TYPE_DATABASE (sc_database_get_type ())
G_DECLARE_FINAL_TYPE (ScDatabase, sc_database, SC, DATABASE, GObject)

ScDatabase *sc_database_new (ScStateDir *state, GError **error);
ScChild *sc_database_add_child (ScDatabase *self, ScSupervisor *supervisor);
void sc_database_grant_async (ScDatabase *self,
                              const char *password,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean sc_database_grant_finish (ScDatabase *self, GAsyncResult *result, GError **error);
const char *sc_database_get_conninfo (ScDatabase *self);

G_END_DECLS
