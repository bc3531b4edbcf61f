/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Statements, parameters and transactions: the one place that talks to libpq about SQL.
 *
 * A statement is a constant of this program and its values are bound, never pasted into the text.
 * A connection belongs to one thread from acquire to release.
 */

#include "config.h"

#include "sc-store-private.h"

/* The most parameters a statement of ours has. */
#define PARAMS_MAX 24

/* Object ids of pg_type.dat, part of PostgreSQL's wire protocol. */
enum {
  OID_BOOL = 16,
  OID_BYTEA = 17,
  OID_INT8 = 20,
  OID_TEXT = 25,
  OID_FLOAT8 = 701,
  OID_TIMESTAMPTZ = 1184,
};

/* The parameters in the form of PQexecParams(), with room for what has to be written as text. */
typedef struct {
  Oid types[PARAMS_MAX];
  const char *values[PARAMS_MAX];
  int lengths[PARAMS_MAX];
  int formats[PARAMS_MAX];
  char text[PARAMS_MAX][G_ASCII_DTOSTR_BUF_SIZE];
} BoundParams;

static void
bind_text (BoundParams *bound, guint i, Oid type, const char *text)
{
  bound->types[i] = type;
  bound->values[i] = text;
}

static void
bind_time (BoundParams *bound, guint i, gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (time_us);
  g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  g_snprintf (bound->text[i],
              sizeof bound->text[i],
              "%s.%06dZ",
              seconds,
              g_date_time_get_microsecond (time));
  bind_text (bound, i, OID_TIMESTAMPTZ, bound->text[i]);
}

static void
bind_bytes (BoundParams *bound, guint i, const ScStoreValue *value)
{
  bind_text (bound, i, OID_BYTEA, (const char *) value->data);
  bound->lengths[i] = (int) value->size;
  bound->formats[i] = 1;
}

static void
bind_value (BoundParams *bound, guint i, const ScStoreValue *value)
{
  switch (value->type) {
  case SC_STORE_NULL:
    break;
  case SC_STORE_TEXT:
    bind_text (bound, i, OID_TEXT, value->text);
    break;
  case SC_STORE_INT:
    g_snprintf (bound->text[i], sizeof bound->text[i], "%" G_GINT64_FORMAT, value->integer);
    bind_text (bound, i, OID_INT8, bound->text[i]);
    break;
  case SC_STORE_REAL:
    g_ascii_dtostr (bound->text[i], sizeof bound->text[i], value->real);
    bind_text (bound, i, OID_FLOAT8, bound->text[i]);
    break;
  case SC_STORE_BOOL:
    bind_text (bound, i, OID_BOOL, value->integer ? "t" : "f");
    break;
  case SC_STORE_TIME:
    bind_time (bound, i, value->integer);
    break;
  case SC_STORE_BYTES:
    bind_bytes (bound, i, value);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* The server's detail line quotes the row, which may hold a secret: only the headline is kept. */
static void
set_error_from_result (GError **error, PGconn *pg, const PGresult *result)
{
  const char *sqlstate = result ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  const char *headline = result ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  gboolean lost = PQstatus (pg) != CONNECTION_OK && !sqlstate;
  g_set_error (error,
               SC_STORE_ERROR,
               lost ? SC_STORE_ERROR_UNAVAILABLE : sc_store_error_from_sqlstate (sqlstate),
               "%s (SQLSTATE %s)",
               headline ? headline : "The connection to the database was lost",
               sqlstate ? sqlstate : "none");
}

static gboolean
check_result (PGconn *pg, const PGresult *result, GError **error)
{
  ExecStatusType status = PQresultStatus (result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
    return TRUE;
  set_error_from_result (error, pg, result);
  return FALSE;
}

static PGresult *
send_plain (PGconn *pg, const char *sql, guint n_params, const BoundParams *bound)
{
  return PQexecParams (pg,
                       sql,
                       (int) n_params,
                       bound->types,
                       bound->values,
                       bound->lengths,
                       bound->formats,
                       0);
}

/* A statement that went stale did nothing: outside a transaction it is sent once more. */
static PGresult *
send_statement (ScStoreConnection *connection,
                const char *sql,
                guint n_params,
                const BoundParams *bound)
{
  PGconn *pg = connection->pg;
  PGresult *failure = NULL;
  const char *plan = sc_store_plan_get (connection, sql, bound->types, n_params, &failure);
  if (!plan)
    return failure ? failure : send_plain (pg, sql, n_params, bound);
  g_autoptr (PGresult) result =
    PQexecPrepared (pg, plan, (int) n_params, bound->values, bound->lengths, bound->formats, 0);
  if (!sc_store_plan_is_stale (PQresultErrorField (result, PG_DIAG_SQLSTATE)))
    return g_steal_pointer (&result);
  sc_store_plan_forget (connection);
  return PQtransactionStatus (pg) == PQTRANS_IDLE ? send_plain (pg, sql, n_params, bound)
                                                  : g_steal_pointer (&result);
}

/**
 * sc_store_query:
 * @connection: a connection
 * @sql: one statement, with $1, $2 and so on for its parameters
 * @params: (array length=n_params): their values; SC_PARAMS() writes both arguments
 * @n_params: how many
 * @error: an error of %SC_STORE_ERROR
 *
 * Sends a statement and waits for its whole answer. With %SC_STORE_ERROR_UNAVAILABLE it is not
 * known whether a statement outside a transaction had an effect.
 *
 * Returns: (transfer full) (nullable): the rows
 */
ScStoreResult *
sc_store_query (ScStoreConnection *connection,
                const char *sql,
                const ScStoreValue *params,
                guint n_params,
                GError **error)
{
  g_assert (n_params <= PARAMS_MAX);
  if (!sc_store_pass_gate (connection->store, sql, error)) {
    sc_store_connection_close (connection);
    return NULL;
  }

  BoundParams bound = { 0 };
  for (guint i = 0; i < n_params; i++)
    bind_value (&bound, i, &params[i]);
  g_autoptr (PGresult) pg = send_statement (connection, sql, n_params, &bound);
  if (!check_result (connection->pg, pg, error))
    return NULL;
  if (!sc_store_pass_exit_gate (connection->store, sql, error)) {
    sc_store_connection_close (connection);
    return NULL;
  }

  ScStoreResult *result = g_new0 (ScStoreResult, 1);
  result->pg = g_steal_pointer (&pg);
  return result;
}

/**
 * sc_store_execute:
 * @connection: a connection
 * @sql: one statement
 * @params: (array length=n_params): its values
 * @n_params: how many
 * @error: an error of %SC_STORE_ERROR
 *
 * As sc_store_query(), for a statement whose rows nobody reads.
 *
 * Returns: how many rows it touched, or -1 on failure
 */
gint64
sc_store_execute (ScStoreConnection *connection,
                  const char *sql,
                  const ScStoreValue *params,
                  guint n_params,
                  GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (connection, sql, params, n_params, error);
  return result ? g_ascii_strtoll (PQcmdTuples (result->pg), NULL, 10) : -1;
}

/**
 * sc_store_run_script:
 * @connection: a connection
 * @script: statements, separated by semicolons; a constant of this program, or what PostgreSQL's
 * own format() made
 * @error: an error of %SC_STORE_ERROR
 *
 * Runs a migration. Nothing can be bound here.
 *
 * Returns: %TRUE if all of them worked
 */
gboolean
sc_store_run_script (ScStoreConnection *connection, const char *script, GError **error)
{
  if (!sc_store_pass_gate (connection->store, script, error)) {
    sc_store_connection_close (connection);
    return FALSE;
  }
  g_autoptr (PGresult) pg = PQexec (connection->pg, script);
  return check_result (connection->pg, pg, error);
}

/**
 * sc_store_begin:
 * @connection: a connection outside a transaction
 * @error: an error of %SC_STORE_ERROR
 *
 * Begins a transaction, at READ COMMITTED. A connection that is released before sc_store_commit()
 * is rolled back.
 *
 * Returns: %TRUE if it began
 */
gboolean
sc_store_begin (ScStoreConnection *connection, GError **error)
{
  return sc_store_execute (connection, "BEGIN", SC_NO_PARAMS, error) >= 0;
}

/**
 * sc_store_commit:
 * @connection: a connection inside a transaction
 * @error: an error of %SC_STORE_ERROR
 *
 * Commits. After %SC_STORE_ERROR_UNAVAILABLE the transaction may be committed or not: ask by a
 * unique key. A transaction in which a statement failed is rolled back here, with an error.
 *
 * Returns: %TRUE if all of it is durable
 */
gboolean
sc_store_commit (ScStoreConnection *connection, GError **error)
{
  if (PQtransactionStatus (connection->pg) == PQTRANS_INERROR) {
    sc_store_rollback (connection);
    g_set_error_literal (error,
                         SC_STORE_ERROR,
                         SC_STORE_ERROR_PROTOCOL,
                         "A transaction with a failed statement cannot be committed");
    return FALSE;
  }
  return sc_store_execute (connection, "COMMIT", SC_NO_PARAMS, error) >= 0;
}

/**
 * sc_store_rollback:
 * @connection: a connection
 *
 * Undoes the open transaction, if there is one. Where that fails the connection is closed, which
 * undoes it as well.
 */
void
sc_store_rollback (ScStoreConnection *connection)
{
  if (PQtransactionStatus (connection->pg) == PQTRANS_IDLE)
    return;
  g_autoptr (PGresult) pg = PQexec (connection->pg, "ROLLBACK");
  if (PQresultStatus (pg) != PGRES_COMMAND_OK)
    sc_store_connection_close (connection);
}

/**
 * sc_store_connection_release:
 * @connection: (transfer full): a connection
 *
 * Gives the connection back to its store, rolling an open transaction back.
 */
void
sc_store_connection_release (ScStoreConnection *connection)
{
  sc_store_rollback (connection);
  sc_store_give_back (connection->store, connection);
}
