/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What viewers complained about. */

#include "config.h"

#include "sc-report-store.h"

/* As many as an operator reads in one go; the oldest come first. */
#define REPORTS_MAX 200

/* One after the other of a reporter's requests counts those before it. */
static gboolean
lock_reporter (ScStoreConnection *connection, gint64 reporter_id, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE",
                    SC_PARAMS (sc_int (reporter_id)),
                    error);
  return result != NULL;
}

/**
 * sc_report_store_insert:
 * @connection: a connection inside a transaction
 * @report: a complaint
 * @ret_added: (out): %FALSE if the reporter has made %SC_REPORTS_PER_HOUR in the last hour;
 *   untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down, or not taken
 */
gboolean
sc_report_store_insert (ScStoreConnection *connection,
                        const ScNewReport *report,
                        gboolean *ret_added,
                        GError **error)
{
  if (!lock_reporter (connection, report->reporter_id, error))
    return FALSE;
  gint64 added = sc_store_execute (
    connection,
    "INSERT INTO reports (reporter_id, user_id, kind, line_id, content, person_id, reason, words,"
    " at) SELECT $1, $2, $3, $4, $5, (SELECT id FROM users WHERE public_id = $6::uuid), $7, $8, $9"
    " WHERE (SELECT count(*) FROM reports WHERE reporter_id = $1 AND at > $10) < $11",
    SC_PARAMS (sc_int (report->reporter_id),
               sc_int (report->user_id),
               sc_text (report->kind),
               sc_text (report->line_id),
               sc_text (report->content),
               sc_text (report->person_public_id),
               sc_text (report->reason),
               sc_text (report->words),
               sc_time (report->at),
               sc_time (report->at - G_TIME_SPAN_HOUR),
               sc_int (SC_REPORTS_PER_HOUR)),
    error);
  if (added < 0)
    return FALSE;
  *ret_added = added > 0;
  return TRUE;
}

/**
 * sc_report_store_list:
 * @connection: a connection
 * @all: whether those that are closed are wanted as well
 * @func: (scope call): called for each, the oldest first
 * @user_data: for @func
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_report_store_list (ScStoreConnection *connection,
                      gboolean all,
                      ScReportFunc func,
                      gpointer user_data,
                      GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "SELECT r.id, r.at, r.closed_at, r.kind, r.reason, y.name, c.name, p.name, r.content, r.words"
    " FROM reports r JOIN users y ON y.id = r.reporter_id"
    " JOIN channels c ON c.user_id = r.user_id LEFT JOIN users p ON p.id = r.person_id"
    " WHERE $1 OR r.closed_at IS NULL ORDER BY r.at, r.id LIMIT $2",
    SC_PARAMS (sc_bool (all), sc_int (REPORTS_MAX)),
    error);
  if (!result)
    return FALSE;
  for (guint i = 0; i < sc_store_result_count (result); i++)
    func (result, i, user_data);
  return TRUE;
}

/**
 * sc_report_store_close:
 * @connection: a connection
 * @id: a report's number
 * @now: microseconds since the epoch
 * @ret_closed: (out): %FALSE if there is no open one of this number; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_report_store_close (ScStoreConnection *connection,
                       gint64 id,
                       gint64 now,
                       gboolean *ret_closed,
                       GError **error)
{
  gint64 closed =
    sc_store_execute (connection,
                      "UPDATE reports SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL",
                      SC_PARAMS (sc_int (id), sc_time (now)),
                      error);
  if (closed < 0)
    return FALSE;
  *ret_closed = closed > 0;
  return TRUE;
}
