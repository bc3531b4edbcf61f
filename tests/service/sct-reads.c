/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What something costs: rows and index entries that a transaction reads. */

#include "config.h"

#include "sct-reads.h"

/* Since the connection last told the others, which is not within a test. */
static gint64
read_counter (ScStoreConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "SELECT sum(pg_stat_get_xact_tuples_returned(oid) + pg_stat_get_xact_tuples_fetched(oid))"
    "::bigint FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    SC_NO_PARAMS,
    &error);
  g_assert_no_error (error);
  return sc_store_result_get_int (result, 0, 0);
}

/* From the seventh time on PostgreSQL may plan without the values. */
#define TILL_PLANNED 8

/**
 * sct_count_reads:
 * @service: a service
 * @work: what to do; it succeeds
 * @what: for @work
 *
 * Does it as often as it takes until PostgreSQL plans as it does for what is asked often, and takes
 * all of it back.
 *
 * Returns: the rows and index entries that it reads
 */
gint64
sct_count_reads (SctService *service, SctWork work, gint64 what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (service->store, &error);
  g_assert_true (sc_store_begin (connection, &error));
  for (guint i = 0; i < TILL_PLANNED; i++) {
    gboolean done = work (connection, what, &error);
    g_assert_no_error (error);
    g_assert_true (done);
  }
  gint64 before = read_counter (connection);
  g_assert_true (work (connection, what, &error));
  g_assert_no_error (error);
  gint64 reads = read_counter (connection) - before;
  sc_store_rollback (connection);
  return reads;
}
