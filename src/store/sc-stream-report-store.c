/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What Amazon IVS reported about streams that whoever streams should know. */

#include "config.h"

#include "sc-stream-report-store.h"

/* As long as what was said in a stream. */
#define REPORTS_KEPT_US (365 * G_TIME_SPAN_DAY)

/**
 * sc_stream_report_store_insert:
 * @connection: a connection
 * @report: what was reported
 * @error: an error of %SC_STORE_ERROR
 *
 * Keeps a report, once however often it comes. One of a channel that is not ours is left out.
 *
 * Returns: %TRUE if it is kept, or nothing of ours
 */
gboolean
sc_stream_report_store_insert (ScStoreConnection *connection,
                               const ScNewStreamReport *report,
                               GError **error)
{
  return sc_store_execute (
           connection,
           "INSERT INTO stream_reports (id, user_id, stream_id, kind, at, reason, limit_name,"
           " limit_unit, limit_value, exceeded_by) SELECT $1, c.user_id, $3, $4, $5, $6, $7::text,"
           " $8, CASE WHEN $7 IS NOT NULL THEN $9 END, CASE WHEN $7 IS NOT NULL THEN $10 END"
           " FROM (VALUES ($2::text)) r (arn) LEFT JOIN channels c ON c.arn = r.arn"
           " WHERE c.user_id IS NOT NULL OR r.arn IS NULL ON CONFLICT DO NOTHING",
           SC_PARAMS (sc_text (report->id),
                      sc_text (report->channel_arn),
                      sc_text (report->stream_id),
                      sc_text (report->kind),
                      sc_time (report->at),
                      sc_text (report->reason),
                      sc_text (report->limit_name),
                      sc_text (report->limit_unit),
                      sc_int (report->limit_value),
                      sc_int (report->exceeded_by)),
           error) >= 0;
}

static ScStreamReport *
read_row (ScStoreResult *result, guint row)
{
  ScStreamReport *self = g_new0 (ScStreamReport, 1);
  self->id = g_strdup (sc_store_result_get_text (result, row, 0));
  self->stream_id = g_strdup (sc_store_result_get_text (result, row, 1));
  self->kind = g_strdup (sc_store_result_get_text (result, row, 2));
  self->at = sc_store_result_get_time (result, row, 3);
  self->reason = g_strdup (sc_store_result_get_text (result, row, 4));
  self->limit_name = g_strdup (sc_store_result_get_text (result, row, 5));
  self->limit_unit = g_strdup (sc_store_result_get_text (result, row, 6));
  self->limit_value = sc_store_result_get_int (result, row, 7);
  self->exceeded_by = sc_store_result_get_int (result, row, 8);
  return self;
}

/**
 * sc_stream_report_store_list:
 * @connection: a connection
 * @user_id: the channel's owner
 * @stream_id: (nullable): only of this stream
 * @max: how many at most
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScStreamReport): what was reported about the
 *   channel, the newest first
 */
GPtrArray *
sc_stream_report_store_list (ScStoreConnection *connection,
                             gint64 user_id,
                             const char *stream_id,
                             guint max,
                             GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT id, stream_id, kind, at, reason, limit_name, limit_unit, limit_value,"
                    " exceeded_by FROM stream_reports WHERE user_id = $1"
                    " AND ($2::text IS NULL OR stream_id = $2) ORDER BY at DESC, id DESC LIMIT $3",
                    SC_PARAMS (sc_int (user_id), sc_text (stream_id), sc_int (max)),
                    error);
  if (!result)
    return NULL;
  GPtrArray *reports = g_ptr_array_new_with_free_func ((GDestroyNotify) sc_stream_report_free);
  for (guint i = 0; i < sc_store_result_count (result); i++)
    g_ptr_array_add (reports, read_row (result, i));
  return reports;
}

/**
 * sc_stream_report_store_forget:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Removes reports that are older than a year.
 *
 * Returns: %TRUE if they are gone
 */
gboolean
sc_stream_report_store_forget (ScStoreConnection *connection, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM stream_reports WHERE at < $1",
                           SC_PARAMS (sc_time (now - REPORTS_KEPT_US)),
                           error) >= 0;
}
