/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-error.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ScStoreConnection ScStoreConnection;
typedef struct _ScStoreResult ScStoreResult;

typedef enum {
  SC_STORE_NULL,
  SC_STORE_TEXT,
  SC_STORE_INT,
  SC_STORE_REAL,
  SC_STORE_BOOL,
  SC_STORE_TIME,
  SC_STORE_BYTES,
} ScStoreType;

/**
 * ScStoreValue:
 *
 * One bound parameter of a statement; made by the functions below, borrowing what it points to.
 */
typedef struct {
  ScStoreType type;
  union {
    const char *text;
    gint64 integer;
    double real;
    const guint8 *data;
  };
  gsize size;
} ScStoreValue;

/* A string of UTF-8, or SQL's NULL. A cast in the statement makes it a uuid or a jsonb. */
static inline ScStoreValue
sc_text (const char *text)
{
  return (ScStoreValue) { .type = text ? SC_STORE_TEXT : SC_STORE_NULL, .text = text };
}

/* A bigint. */
static inline ScStoreValue
sc_int (gint64 integer)
{
  return (ScStoreValue) { .type = SC_STORE_INT, .integer = integer };
}

/* A double precision. */
static inline ScStoreValue
sc_real (double real)
{
  return (ScStoreValue) { .type = SC_STORE_REAL, .real = real };
}

/* A boolean. */
static inline ScStoreValue
sc_bool (gboolean boolean)
{
  return (ScStoreValue) { .type = SC_STORE_BOOL, .integer = boolean ? 1 : 0 };
}

/* A timestamptz from microseconds since the epoch; 0, which is "never", becomes SQL's NULL. */
static inline ScStoreValue
sc_time (gint64 time_us)
{
  return (ScStoreValue) { .type = time_us ? SC_STORE_TIME : SC_STORE_NULL, .integer = time_us };
}

/* A bytea. */
static inline ScStoreValue
sc_bytes (const guint8 *data, gsize size)
{
  return (ScStoreValue) { .type = SC_STORE_BYTES, .data = data, .size = size };
}

/* The two arguments of sc_store_query() that are its parameters, $1 first. */
#define SC_PARAMS(...)                                                                             \
  (const ScStoreValue[]){ __VA_ARGS__ }, G_N_ELEMENTS (((const ScStoreValue[]) { __VA_ARGS__ }))
#define SC_NO_PARAMS NULL, 0

ScStoreResult *sc_store_query (ScStoreConnection *connection,
                               const char *sql,
                               const ScStoreValue *params,
                               guint n_params,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 sc_store_execute (ScStoreConnection *connection,
                         const char *sql,
                         const ScStoreValue *params,
                         guint n_params,
                         GError **error);
gboolean sc_store_run_script (ScStoreConnection *connection, const char *script, GError **error);

gboolean sc_store_begin (ScStoreConnection *connection, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sc_store_commit (ScStoreConnection *connection, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sc_store_rollback (ScStoreConnection *connection);
void sc_store_connection_release (ScStoreConnection *connection);

/**
 * ScStoreReadFunc:
 * @result: an answer
 * @row: one of its rows
 *
 * Returns: (transfer full): what the row says
 */
typedef gpointer (*ScStoreReadFunc) (ScStoreResult *result, guint row);

guint sc_store_result_count (ScStoreResult *result);
gboolean sc_store_result_is_null (ScStoreResult *result, guint row, guint column);
const char *sc_store_result_get_text (ScStoreResult *result, guint row, guint column);
guint sc_store_result_get_word (ScStoreResult *result,
                                guint row,
                                guint column,
                                const char *const *words,
                                guint n_words);
gint64 sc_store_result_get_int (ScStoreResult *result, guint row, guint column);
double sc_store_result_get_real (ScStoreResult *result, guint row, guint column);
gboolean sc_store_result_get_bool (ScStoreResult *result, guint row, guint column);
gint64 sc_store_result_get_time (ScStoreResult *result, guint row, guint column);
GBytes *sc_store_result_get_bytes (ScStoreResult *result, guint row, guint column);
GPtrArray *
sc_store_result_read_all (ScStoreResult *result, ScStoreReadFunc read, GDestroyNotify free);
char **sc_store_result_read_texts (ScStoreResult *result);
GArray *sc_store_result_read_ints (ScStoreResult *result);
void sc_store_result_free (ScStoreResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScStoreConnection, sc_store_connection_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScStoreResult, sc_store_result_free)

G_END_DECLS
