/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

/* What the pool and the query helper share; nobody else includes this. */

struct _ScStoreConnection {
  ScStore *store;
  PGconn *pg;
  gint64 idle_since; /* g_get_monotonic_time() of the return to the pool */
  GHashTable *plans; /* statement and types -> name of the prepared one, NULL where seen once */
  guint n_plans;     /* how many were ever prepared, so that no name comes twice */
};

struct _ScStoreResult {
  PGresult *pg;
};

PGconn *sc_store_connect (const char *conninfo, gboolean *ret_refused, GError **error);
gboolean sc_store_pass_gate (ScStore *self, const char *sql, GError **error);
gboolean sc_store_pass_exit_gate (ScStore *self, const char *sql, GError **error);
void sc_store_give_back (ScStore *self, ScStoreConnection *connection);
gboolean sc_store_connection_is_alive (ScStoreConnection *connection);
void sc_store_connection_close (ScStoreConnection *connection);
const char *sc_store_plan_get (ScStoreConnection *connection,
                               const char *sql,
                               const Oid *types,
                               guint n_types,
                               PGresult **ret_failure);
gboolean sc_store_plan_is_stale (const char *sqlstate);
void sc_store_plan_forget (ScStoreConnection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGconn, PQfinish)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

G_END_DECLS
