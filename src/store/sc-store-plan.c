/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Prepared statements: what a connection is asked a second time it has PostgreSQL parse and rewrite
 * once for all further times, and plan once where the plan does not depend on the values (its
 * plan_cache_mode "auto"). A function that lives for one request pays no further round trip.
 *
 * A statement is known by its text and by the types of its parameters, as NULL has none.
 */

#include "config.h"

#include "sc-store-private.h"

/* The most statements of a connection: the server keeps some ten kB for each. All of ours are some
 * 250, of which a connection sees a part. */
#define PLANS_MAX 256

static char *
dup_key (const char *sql, const Oid *types, guint n_types)
{
  GString *key = g_string_new (NULL);
  for (guint i = 0; i < n_types; i++)
    g_string_append_printf (key, "%u ", types[i]);
  g_string_append (key, sql);
  return g_string_free (key, FALSE);
}

/**
 * sc_store_plan_get:
 * @connection: a connection that is open
 * @sql: a statement
 * @types: (array length=n_types): the types of its parameters, 0 for NULL
 * @n_types: how many
 * @ret_failure: (out) (transfer full) (nullable): why it cannot be prepared; otherwise untouched
 *
 * Finds the prepared statement, or prepares it where it is asked for a second time.
 *
 * Returns: (nullable): its name, valid until sc_store_plan_forget(); %NULL where the statement has
 * to be sent as it is, or @ret_failure is set
 */
const char *
sc_store_plan_get (ScStoreConnection *connection,
                   const char *sql,
                   const Oid *types,
                   guint n_types,
                   PGresult **ret_failure)
{
  if (!connection->plans)
    connection->plans = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_autofree char *key = dup_key (sql, types, n_types);
  char *name = NULL;
  if (!g_hash_table_lookup_extended (connection->plans, key, NULL, (gpointer *) &name)) {
    if (g_hash_table_size (connection->plans) < PLANS_MAX)
      g_hash_table_insert (connection->plans, g_steal_pointer (&key), NULL);
    return NULL;
  }
  if (name)
    return name;

  g_autofree char *fresh = g_strdup_printf ("plan%u", connection->n_plans++);
  g_autoptr (PGresult) result = PQprepare (connection->pg, fresh, sql, (int) n_types, types);
  if (PQresultStatus (result) != PGRES_COMMAND_OK) {
    *ret_failure = g_steal_pointer (&result);
    return NULL;
  }
  name = fresh;
  g_hash_table_replace (connection->plans, g_steal_pointer (&key), g_steal_pointer (&fresh));
  return name;
}

/**
 * sc_store_plan_is_stale:
 * @sqlstate: (nullable): what PostgreSQL said of a prepared statement
 *
 * Returns: %TRUE if it would work if it were sent as it is: a migration gave the columns that it
 * answers with other types, or the server knows it no longer
 */
gboolean
sc_store_plan_is_stale (const char *sqlstate)
{
  return g_strcmp0 (sqlstate, "0A000") == 0 || g_strcmp0 (sqlstate, "26000") == 0;
}

/**
 * sc_store_plan_forget:
 * @connection: a connection
 *
 * Forgets the prepared statements of a connection that is closed, or whose statements went stale.
 */
void
sc_store_plan_forget (ScStoreConnection *connection)
{
  g_clear_pointer (&connection->plans, g_hash_table_unref);
}
