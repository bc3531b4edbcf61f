/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

#include <glib.h>

G_BEGIN_DECLS

/* PostgreSQL's default is 100 connections for all processes; a backend's worker
 * threads never wait for more than this many at once. */
#define SC_STORE_MAX_CONNECTIONS 10

typedef struct _ScStore ScStore;

/**
 * ScStoreConninfoFunc:
 * @again: %TRUE if what the last call returned was refused at the login: ask the source, not a
 * cache
 * @user_data: what was given with the function
 * @error: any error; the acquire that needed it fails with it
 *
 * Says where the database is and how to sign in to it. Called in any thread, by one at a time.
 *
 * Returns: (transfer full) (nullable): a libpq connection string
 */
typedef char *(*ScStoreConninfoFunc) (gboolean again, gpointer user_data, GError **error);

/**
 * ScStoreGateFunc:
 * @sql: the statement that is about to be sent
 * @user_data: what was given with the function
 * @error: why it may not pass
 *
 * Stands before each statement; with %FALSE the statement is not sent, the connection counts as
 * lost, and the caller gets @error. It is how a test makes the N-th statement fail.
 *
 * Returns: %TRUE to let the statement pass
 */
typedef gboolean (*ScStoreGateFunc) (const char *sql, gpointer user_data, GError **error);

ScStore *sc_store_new (const char *conninfo, guint max_connections);
ScStore *sc_store_new_full (ScStoreConninfoFunc conninfo,
                            gpointer user_data,
                            GDestroyNotify destroy,
                            guint max_connections);
void sc_store_free (ScStore *self);
void sc_store_set_wait (ScStore *self, guint milliseconds);
void sc_store_suspect_idle (ScStore *self);
void sc_store_set_gate (ScStore *self, ScStoreGateFunc gate, gpointer user_data);
void sc_store_set_exit_gate (ScStore *self, ScStoreGateFunc gate, gpointer user_data);

ScStoreConnection *sc_store_acquire (ScStore *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScStore, sc_store_free)

G_END_DECLS
