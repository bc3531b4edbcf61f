/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Statements, parameters and answers: the one place that talks to libpq about SQL.
 *
 * A statement is a constant of this program and its values are bound, never pasted into the text.
 * A connection belongs to one thread from acquire to release.
 */

#include "config.h"

#include "sc-store-private.h"
#include "sc-time.h"

#include <string.h>

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

struct _ScStoreResult {
  PGresult *pg;
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
  g_autoptr (PGresult) pg = PQexecParams (connection->pg,
                                          sql,
                                          (int) n_params,
                                          bound.types,
                                          bound.values,
                                          bound.lengths,
                                          bound.formats,
                                          0);
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

/**
 * sc_store_result_count:
 * @result: an answer
 *
 * Returns: how many rows it has
 */
guint
sc_store_result_count (ScStoreResult *result)
{
  return (guint) PQntuples (result->pg);
}

/**
 * sc_store_result_is_null:
 * @result: an answer
 * @row: a row, from 0
 * @column: a column, from 0
 *
 * Returns: %TRUE if there is no value
 */
gboolean
sc_store_result_is_null (ScStoreResult *result, guint row, guint column)
{
  return PQgetisnull (result->pg, (int) row, (int) column);
}

/**
 * sc_store_result_get_text:
 * @result: an answer
 * @row: a row, from 0
 * @column: a column, from 0
 *
 * Returns: (transfer none) (nullable): the value, owned by @result
 */
const char *
sc_store_result_get_text (ScStoreResult *result, guint row, guint column)
{
  if (sc_store_result_is_null (result, row, column))
    return NULL;
  return PQgetvalue (result->pg, (int) row, (int) column);
}

/**
 * sc_store_result_get_word:
 * @result: an answer
 * @row: a row, from 0
 * @column: a column, from 0, that has one of @words and is never null
 * @words: (array length=n_words): what an enumeration is called in the database, by its values
 * @n_words: how many there are
 *
 * Returns: the place of the value among @words
 */
guint
sc_store_result_get_word (ScStoreResult *result,
                          guint row,
                          guint column,
                          const char *const *words,
                          guint n_words)
{
  const char *word = sc_store_result_get_text (result, row, column);
  for (guint i = 0; i < n_words; i++) {
    if (g_str_equal (words[i], word))
      return i;
  }
  g_return_val_if_reached (0);
}

/**
 * sc_store_result_get_int:
 * @result: an answer
 * @row: a row, from 0
 * @column: a column of whole numbers, from 0
 *
 * Returns: the value, or 0 where there is none
 */
gint64
sc_store_result_get_int (ScStoreResult *result, guint row, guint column)
{
  const char *text = sc_store_result_get_text (result, row, column);
  return text ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/**
 * sc_store_result_get_real:
 * @result: an answer
 * @row: a row, from 0
 * @column: a column of numbers, from 0
 *
 * Returns: the value, or 0 where there is none
 */
double
sc_store_result_get_real (ScStoreResult *result, guint row, guint column)
{
  const char *text = sc_store_result_get_text (result, row, column);
  return text ? g_ascii_strtod (text, NULL) : 0;
}

/**
 * sc_store_result_get_bool:
 * @result: an answer
 * @row: a row, from 0
 * @column: a boolean column, from 0
 *
 * Returns: the value, or %FALSE where there is none
 */
gboolean
sc_store_result_get_bool (ScStoreResult *result, guint row, guint column)
{
  return g_strcmp0 (sc_store_result_get_text (result, row, column), "t") == 0;
}

/**
 * sc_store_result_get_time:
 * @result: an answer
 * @row: a row, from 0
 * @column: a timestamptz column, from 0
 *
 * Returns: microseconds since the epoch, or 0 where there is none
 */
gint64
sc_store_result_get_time (ScStoreResult *result, guint row, guint column)
{
  const char *text = sc_store_result_get_text (result, row, column);
  gint64 time_us = 0;
  if (text)
    sc_time_from_string (text, &time_us, NULL);
  return time_us;
}

/**
 * sc_store_result_get_bytes:
 * @result: an answer
 * @row: a row, from 0
 * @column: a bytea column, from 0
 *
 * Returns: (transfer full) (nullable): the value
 */
GBytes *
sc_store_result_get_bytes (ScStoreResult *result, guint row, guint column)
{
  const char *text = sc_store_result_get_text (result, row, column);
  if (!text)
    return NULL;
  gsize size = 0;
  unsigned char *data = PQunescapeBytea ((const unsigned char *) text, &size);
  return g_bytes_new_with_free_func (data, size, PQfreemem, data);
}

/**
 * sc_store_result_read_all:
 * @result: (nullable): an answer
 * @read: makes something of each row
 * @free: frees that
 *
 * Returns: (transfer full) (nullable): what @read made, in the order of the rows; %NULL without an
 *   answer
 */
GPtrArray *
sc_store_result_read_all (ScStoreResult *result, ScStoreReadFunc read, GDestroyNotify free)
{
  if (!result)
    return NULL;
  GPtrArray *values = g_ptr_array_new_with_free_func (free);
  for (guint i = 0; i < sc_store_result_count (result); i++)
    g_ptr_array_add (values, read (result, i));
  return values;
}

/**
 * sc_store_result_read_texts:
 * @result: (nullable): an answer whose first column is a text
 *
 * Returns: (transfer full) (nullable): the texts; %NULL without an answer
 */
char **
sc_store_result_read_texts (ScStoreResult *result)
{
  if (!result)
    return NULL;
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  for (guint i = 0; i < sc_store_result_count (result); i++)
    g_strv_builder_add (texts, sc_store_result_get_text (result, i, 0));
  return g_strv_builder_end (texts);
}

/**
 * sc_store_result_read_ints:
 * @result: (nullable): an answer whose first column is a number
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the numbers; %NULL without an answer
 */
GArray *
sc_store_result_read_ints (ScStoreResult *result)
{
  if (!result)
    return NULL;
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < sc_store_result_count (result); i++) {
    gint64 number = sc_store_result_get_int (result, i, 0);
    g_array_append_val (numbers, number);
  }
  return numbers;
}

/**
 * sc_store_result_free:
 * @result: (nullable): an answer
 */
void
sc_store_result_free (ScStoreResult *result)
{
  if (!result)
    return;
  PQclear (result->pg);
  g_free (result);
}
