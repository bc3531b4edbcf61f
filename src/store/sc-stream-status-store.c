/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a stream goes or went, put together from what is known of it. */

#include "config.h"

#include "sc-stream-status-store.h"

#include "sc-json.h"
#include "sc-stream-report-store.h"
#include "sc-stream-store.h"

#include <string.h>

/* Two minutes of what is measured every 5 s. */
#define NEWEST_COUNT 24

static gint64
get_count (ScStoreResult *result, guint row, guint column)
{
  return sc_store_result_is_null (result, row, column)
           ? SC_STREAM_UNKNOWN
           : sc_store_result_get_int (result, row, column);
}

static double
get_number (ScStoreResult *result, guint row, guint column)
{
  return sc_store_result_is_null (result, row, column)
           ? SC_STREAM_UNKNOWN
           : sc_store_result_get_real (result, row, column);
}

/* What we wrote ourselves is right, or is not there. */
static void
read_ingest (const char *text, ScStreamStatusFields *fields)
{
  if (!text)
    return;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonObject) ingest = sc_json_parse (bytes, SC_JSON_MAX_BYTES, NULL);
  if (ingest)
    sc_stream_status_read_ingest (ingest, fields, NULL);
}

/* Nothing is said of a stream that nothing was reported and nothing was measured of. */
static ScStreamHealth
read_health (ScStoreResult *result)
{
  if (sc_store_result_get_bool (result, 0, 3))
    return SC_STREAM_HEALTH_STARVING;
  return sc_store_result_get_bool (result, 0, 6) ? SC_STREAM_HEALTH_HEALTHY
                                                 : SC_STREAM_HEALTH_UNKNOWN;
}

/* A session that ended before its picture began was no stream to look back at. */
static gboolean
read_stream (ScStoreConnection *connection,
             gint64 user_id,
             const char *stream_id,
             ScStreamStatusFields *fields,
             GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "SELECT o.id, s.started_at, s.ended_at, s.is_starving, o.peak_viewers, o.ingest::text,"
    " COALESCE(o.starved_at, o.fed_at) IS NOT NULL OR EXISTS (SELECT FROM viewer_samples v"
    " WHERE v.stream_id = o.id AND v.bitrate IS NOT NULL)"
    " FROM streams o JOIN " SC_STREAM_STATE_OF_O
    " ON s.started_at IS NOT NULL OR s.ended_at IS NULL"
    " WHERE o.user_id = $1 AND ($2::text IS NULL OR o.id = $2)"
    " ORDER BY o.first_at DESC, o.id DESC LIMIT 1",
    SC_PARAMS (sc_int (user_id), sc_text (stream_id)),
    error);
  if (!result)
    return FALSE;
  if (sc_store_result_count (result) == 0)
    return TRUE;
  fields->id = g_strdup (sc_store_result_get_text (result, 0, 0));
  fields->started_at = sc_store_result_get_time (result, 0, 1);
  fields->ended_at = sc_store_result_get_time (result, 0, 2);
  fields->health = read_health (result);
  fields->peak_viewers = get_count (result, 0, 4);
  read_ingest (sc_store_result_get_text (result, 0, 5), fields);
  return TRUE;
}

/* A long stream has more samples than an answer: neighbours become one, of which the most stays;
 * the newest stand for themselves. */
static gboolean
read_samples (ScStoreConnection *connection, ScStreamStatusFields *fields, GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "SELECT max(at), max(viewers), avg(bitrate)::bigint, avg(frame_rate), max(keyframe_interval)"
    " FROM (SELECT *, CASE WHEN age <= $3 THEN $2 + $3 - age"
    " ELSE ntile($2::integer) OVER (PARTITION BY age <= $3 ORDER BY at) - 1 END AS tile"
    " FROM (SELECT *, row_number() OVER (ORDER BY at DESC) AS age FROM viewer_samples"
    " WHERE stream_id = $1) r) s GROUP BY tile ORDER BY tile",
    SC_PARAMS (sc_text (fields->id),
               sc_int (SC_STREAM_STATUS_SAMPLES_MAX - NEWEST_COUNT),
               sc_int (NEWEST_COUNT)),
    error);
  for (guint i = 0; result && i < sc_store_result_count (result); i++) {
    const ScStreamSample sample = {
      .at = sc_store_result_get_time (result, i, 0),
      .bitrate = get_count (result, i, 2),
      .frame_rate = get_number (result, i, 3),
      .keyframe_interval = get_number (result, i, 4),
      .viewers = get_count (result, i, 1),
    };
    g_array_append_val (fields->samples, sample);
  }
  return result != NULL;
}

static gboolean
read_reports (ScStoreConnection *connection,
              gint64 user_id,
              const char *stream_id,
              ScStreamStatusFields *fields,
              GError **error)
{
  GPtrArray *reports = sc_stream_report_store_list (connection,
                                                    user_id,
                                                    stream_id,
                                                    SC_STREAM_STATUS_REPORTS_MAX,
                                                    error);
  if (!reports)
    return FALSE;
  g_ptr_array_unref (fields->reports);
  fields->reports = reports;
  return TRUE;
}

/**
 * sc_stream_status_store_read:
 * @connection: a connection
 * @user_id: a channel's owner
 * @stream_id: (nullable): one of the channel's streams; %NULL for the one that is on, else the last
 * @fields: made by sc_stream_status_fields_init(), to be filled; without an id if there is no such
 *   stream
 * @error: an error of %SC_STORE_ERROR
 *
 * Reads how a stream goes or went. The reports are the stream's, or without @stream_id the
 * channel's. The newest sample of a stream that is on says how many watch.
 *
 * Returns: %TRUE if the database answered
 */
gboolean
sc_stream_status_store_read (ScStoreConnection *connection,
                             gint64 user_id,
                             const char *stream_id,
                             ScStreamStatusFields *fields,
                             GError **error)
{
  if (!read_stream (connection, user_id, stream_id, fields, error) ||
      !read_reports (connection, user_id, stream_id, fields, error))
    return FALSE;
  if (!fields->id)
    return TRUE;
  if (!read_samples (connection, fields, error))
    return FALSE;
  for (guint i = fields->samples->len; i > 0 && fields->ended_at == 0 && fields->viewers < 0; i--)
    fields->viewers = g_array_index (fields->samples, ScStreamSample, i - 1).viewers;
  return TRUE;
}

/**
 * sc_stream_status_store_find_measured:
 * @connection: a connection
 * @stream_id: a stream
 * @ret_at: (out): the time of the newest sample that was measured, microseconds since the epoch, or
 *   0 if there is none
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if the database answered
 */
gboolean
sc_stream_status_store_find_measured (ScStoreConnection *connection,
                                      const char *stream_id,
                                      gint64 *ret_at,
                                      GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "SELECT max(at) FROM viewer_samples WHERE stream_id = $1 AND bitrate IS NOT NULL",
    SC_PARAMS (sc_text (stream_id)),
    error);
  if (result)
    *ret_at = sc_store_result_get_time (result, 0, 0);
  return result != NULL;
}

/**
 * sc_stream_status_store_claim:
 * @connection: a connection
 * @stream_id: a stream
 * @now: microseconds since the epoch
 * @period_us: for how long nobody else may
 * @ret_claimed: (out): whether the caller may ask AWS about the stream now
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if the database answered
 */
gboolean
sc_stream_status_store_claim (ScStoreConnection *connection,
                              const char *stream_id,
                              gint64 now,
                              gint64 period_us,
                              gboolean *ret_claimed,
                              GError **error)
{
  gint64 count = sc_store_execute (
    connection,
    "UPDATE streams SET looked_at = $2 WHERE id = $1 AND COALESCE(looked_at <= $3, true)",
    SC_PARAMS (sc_text (stream_id), sc_time (now), sc_time (now - period_us)),
    error);
  *ret_claimed = count > 0;
  return count >= 0;
}

/**
 * sc_stream_status_store_put_off:
 * @connection: a connection
 * @stream_id: a stream
 * @looked_at: when AWS counts as asked about it, microseconds since the epoch; it may lie ahead,
 *   and then nobody asks before that
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if that is kept
 */
gboolean
sc_stream_status_store_put_off (ScStoreConnection *connection,
                                const char *stream_id,
                                gint64 looked_at,
                                GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE streams SET looked_at = $2 WHERE id = $1",
                           SC_PARAMS (sc_text (stream_id), sc_time (looked_at)),
                           error) >= 0;
}

/**
 * sc_stream_status_store_set_ingest:
 * @connection: a connection
 * @stream_id: a stream
 * @ingest: what its encoder sends, as our API writes it
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is kept
 */
gboolean
sc_stream_status_store_set_ingest (ScStoreConnection *connection,
                                   const char *stream_id,
                                   JsonObject *ingest,
                                   GError **error)
{
  g_autofree char *text = sc_json_to_string (ingest);
  return sc_store_execute (connection,
                           "UPDATE streams SET ingest = $2::jsonb WHERE id = $1",
                           SC_PARAMS (sc_text (stream_id), sc_text (text)),
                           error) >= 0;
}
