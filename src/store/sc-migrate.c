/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Brings the schema up to what this program knows: resources/migrations/NNNN-name.sql, compiled in,
 * in the order of their numbers. */

#include "config.h"

#include "sc-migrate.h"

#include "sc-migrations-resource.h"

#include <gio/gio.h>
#include <stdlib.h>

#define MIGRATIONS_PATH "/io/github/streamcat/migrations"

/* The advisory lock that lets one process migrate at a time; any number that nobody else takes. */
#define MIGRATE_LOCK G_GINT64_CONSTANT (0x53436d6967)

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Lists the files in the order of their numbers, which is that of their names. */
static GStrv
list_migrations (GResource *resource)
{
  GStrv names = g_resource_enumerate_children (resource, MIGRATIONS_PATH, 0, NULL);
  g_assert (names);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return names;
}

/* Waits for another process's turn, however long its migration takes. */
static gboolean
take_turn (ScStoreConnection *connection, GError **error)
{
  return sc_store_execute (connection, "SET LOCAL statement_timeout = 0", SC_NO_PARAMS, error) >=
           0 &&
         sc_store_execute (connection,
                           "SELECT pg_advisory_xact_lock($1)",
                           SC_PARAMS (sc_int (MIGRATE_LOCK)),
                           error) >= 0 &&
         sc_store_execute (connection,
                           "CREATE TABLE IF NOT EXISTS schema_migrations ("
                           " number bigint PRIMARY KEY,"
                           " name text NOT NULL,"
                           " applied_at timestamptz NOT NULL DEFAULT now())",
                           SC_NO_PARAMS,
                           error) >= 0;
}

static gboolean
apply (ScStoreConnection *connection, GResource *resource, const char *name, GError **error)
{
  g_autofree char *path = g_build_path ("/", MIGRATIONS_PATH, name, NULL);
  g_autoptr (GBytes) script = g_resource_lookup_data (resource, path, 0, NULL);
  g_assert (script); /* GResource ends its data with a NUL */
  if (sc_store_run_script (connection, g_bytes_get_data (script, NULL), error))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

/* One migration and the row that says so, in one transaction: both or none. */
static gboolean
apply_if_missing (ScStoreConnection *connection,
                  GResource *resource,
                  const char *name,
                  guint *applied,
                  GError **error)
{
  if (!sc_store_begin (connection, error) || !take_turn (connection, error))
    return FALSE;
  gint64 added = sc_store_execute (connection,
                                   "INSERT INTO schema_migrations (number, name) VALUES ($1, $2)"
                                   " ON CONFLICT (number) DO NOTHING",
                                   SC_PARAMS (sc_int (atoi (name)), sc_text (name)),
                                   error);
  if (added < 0 || (added == 1 && !apply (connection, resource, name, error)))
    return FALSE;
  if (!sc_store_commit (connection, error))
    return FALSE;
  *applied += (guint) added;
  return TRUE;
}

/**
 * sc_migrate:
 * @store: the database, with the rights of the schema's owner
 * @ret_applied: (out) (optional): how many migrations were missing; untouched on failure
 * @error: an error of %SC_STORE_ERROR that names the migration
 *
 * Applies the migrations that the database does not have yet, each in a transaction of its own.
 * Several processes may do so at once. After a failure the ones before stay.
 *
 * Returns: %TRUE if the schema is up to date
 */
gboolean
sc_migrate (ScStore *store, guint *ret_applied, GError **error)
{
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, error);
  if (!connection)
    return FALSE;

  GResource *resource = sc_migrations_get_resource ();
  g_auto (GStrv) names = list_migrations (resource);
  guint applied = 0;
  for (guint i = 0; names[i]; i++) {
    if (!apply_if_missing (connection, resource, names[i], &applied, error)) {
      sc_store_rollback (connection);
      return FALSE;
    }
  }
  if (ret_applied)
    *ret_applied = applied;
  return TRUE;
}
