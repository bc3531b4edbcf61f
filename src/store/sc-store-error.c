/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-store-error.h"

#include <string.h>

G_DEFINE_QUARK (sc-store-error-quark, sc_store_error)

typedef struct {
  const char *prefix;
  ScStoreError error;
} SqlstateRule;

/* PostgreSQL 17, appendix A. The first rule whose prefix fits decides, so a code stands before its
 * class. */
static const SqlstateRule rules[] = {
  { "08", SC_STORE_ERROR_UNAVAILABLE },    /* connection exception */
  { "22", SC_STORE_ERROR_INVALID },        /* data exception */
  { "23505", SC_STORE_ERROR_UNIQUE },      /* unique_violation */
  { "23", SC_STORE_ERROR_INVALID },        /* integrity constraint violation */
  { "25P03", SC_STORE_ERROR_UNAVAILABLE }, /* idle_in_transaction_session_timeout */
  { "25006", SC_STORE_ERROR_UNAVAILABLE }, /* read_only_sql_transaction: a failover's standby */
  { "28", SC_STORE_ERROR_UNAVAILABLE },    /* invalid authorization specification */
  { "3D", SC_STORE_ERROR_UNAVAILABLE },    /* invalid catalog name: not created yet */
  { "40003", SC_STORE_ERROR_UNAVAILABLE }, /* statement_completion_unknown */
  { "40", SC_STORE_ERROR_SERIALIZATION },  /* serialization_failure, deadlock_detected */
  { "53300", SC_STORE_ERROR_BUSY },        /* too_many_connections */
  { "53", SC_STORE_ERROR_UNAVAILABLE },    /* disk full, out of memory */
  { "55P03", SC_STORE_ERROR_BUSY },        /* lock_not_available */
  { "57014", SC_STORE_ERROR_BUSY },        /* query_canceled: statement_timeout */
  { "57", SC_STORE_ERROR_UNAVAILABLE },    /* admin_shutdown, crash_shutdown, cannot_connect_now */
  { "58", SC_STORE_ERROR_UNAVAILABLE },    /* system error: an I/O error */
  { "XX", SC_STORE_ERROR_UNAVAILABLE },    /* internal error, data corrupted */
};

/**
 * sc_store_error_from_sqlstate:
 * @sqlstate: (nullable): the five characters of a failed statement; %NULL where the connection was
 *   lost before the server could say
 *
 * Returns: what it means to us
 */
ScStoreError
sc_store_error_from_sqlstate (const char *sqlstate)
{
  if (!sqlstate || strlen (sqlstate) != 5)
    return SC_STORE_ERROR_UNAVAILABLE;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_has_prefix (sqlstate, rules[i].prefix))
      return rules[i].error;
  return SC_STORE_ERROR_PROTOCOL;
}
