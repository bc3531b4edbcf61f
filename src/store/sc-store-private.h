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
};

PGconn *sc_store_connect (const char *conninfo, gboolean *ret_refused, GError **error);
gboolean sc_store_pass_gate (ScStore *self, const char *sql, GError **error);
gboolean sc_store_pass_exit_gate (ScStore *self, const char *sql, GError **error);
void sc_store_give_back (ScStore *self, ScStoreConnection *connection);
gboolean sc_store_connection_is_alive (ScStoreConnection *connection);
void sc_store_connection_close (ScStoreConnection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGconn, PQfinish)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

G_END_DECLS
