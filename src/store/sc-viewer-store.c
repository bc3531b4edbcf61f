/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How many watched a stream, and when. */

#include "config.h"

#include "sc-viewer-store.h"

/* One sample a minute; of an older stream its peak stays. */
#define SAMPLES_KEPT_US (90 * G_TIME_SPAN_DAY)

/* Amazon IVS measures every 5 s, at these seconds. */
#define GRID_US (5 * G_TIME_SPAN_SECOND)

/**
 * sc_viewer_store_add:
 * @connection: a connection
 * @stream_id: a stream
 * @viewers: how many watch it
 * @at: when that was asked, microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Keeps a sample, in the row of what was measured in the same 5 s. A stream that nobody knows is
 * left out.
 *
 * Returns: %TRUE if it is kept
 */
gboolean
sc_viewer_store_add (ScStoreConnection *connection,
                     const char *stream_id,
                     gint64 viewers,
                     gint64 at,
                     GError **error)
{
  return sc_store_execute (connection,
                           "WITH peak AS (UPDATE streams SET peak_viewers = $2::integer"
                           " WHERE id = $1 AND $2::integer > COALESCE(peak_viewers, -1))"
                           " INSERT INTO viewer_samples AS v (stream_id, at, viewers)"
                           " SELECT id, $3, $2::integer FROM streams WHERE id = $1"
                           " ON CONFLICT (stream_id, at) DO UPDATE SET viewers = EXCLUDED.viewers"
                           " WHERE v.viewers IS NULL",
                           SC_PARAMS (sc_text (stream_id),
                                      sc_int (viewers),
                                      sc_time (at - at % GRID_US)),
                           error) >= 0;
}

/* Members of arrays as PostgreSQL reads them; what is not known is none. */
static void
append_int (GString *array, gint64 value)
{
  g_string_append_c (array, array->len > 0 ? ',' : '{');
  if (value < 0)
    g_string_append (array, "NULL");
  else
    g_string_append_printf (array, "%" G_GINT64_FORMAT, value);
}

static void
append_real (GString *array, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append_c (array, array->len > 0 ? ',' : '{');
  g_string_append (array, value < 0 ? "NULL" : g_ascii_dtostr (text, sizeof text, value));
}

enum {
  AT,
  VIEWERS,
  BITRATE,
  FRAME_RATE,
  KEYFRAME_INTERVAL,
  N_ARRAYS,
};

static void
append_sample (GString *arrays[N_ARRAYS], const ScStreamSample *sample)
{
  append_int (arrays[AT], sample->at);
  append_int (arrays[VIEWERS], sample->viewers);
  append_int (arrays[BITRATE], sample->bitrate);
  append_real (arrays[FRAME_RATE], sample->frame_rate);
  append_real (arrays[KEYFRAME_INTERVAL], sample->keyframe_interval);
}

static gboolean
insert_arrays (ScStoreConnection *connection,
               const char *stream_id,
               GString *arrays[N_ARRAYS],
               GError **error)
{
  return sc_store_execute (
           connection,
           "WITH n AS (SELECT 'epoch'::timestamptz + at * interval '1 microsecond' AS at,"
           " viewers::integer, bitrate, frame_rate, keyframe_interval FROM unnest($2::bigint[],"
           " $3::bigint[], $4::bigint[], $5::double precision[], $6::double precision[])"
           " u (at, viewers, bitrate, frame_rate, keyframe_interval)),"
           " peak AS (UPDATE streams SET peak_viewers = m.viewers"
           " FROM (SELECT max(viewers) AS viewers FROM n) m"
           " WHERE id = $1 AND m.viewers > COALESCE(peak_viewers, -1))"
           " INSERT INTO viewer_samples AS v (stream_id, at, viewers, bitrate, frame_rate,"
           " keyframe_interval) SELECT s.id, n.* FROM n, streams s WHERE s.id = $1"
           " ON CONFLICT (stream_id, at) DO UPDATE SET"
           " viewers = COALESCE(EXCLUDED.viewers, v.viewers),"
           " bitrate = COALESCE(EXCLUDED.bitrate, v.bitrate),"
           " frame_rate = COALESCE(EXCLUDED.frame_rate, v.frame_rate),"
           " keyframe_interval = COALESCE(EXCLUDED.keyframe_interval, v.keyframe_interval)",
           SC_PARAMS (sc_text (stream_id),
                      sc_text (arrays[AT]->str),
                      sc_text (arrays[VIEWERS]->str),
                      sc_text (arrays[BITRATE]->str),
                      sc_text (arrays[FRAME_RATE]->str),
                      sc_text (arrays[KEYFRAME_INTERVAL]->str)),
           error) >= 0;
}

/**
 * sc_viewer_store_add_samples:
 * @connection: a connection
 * @stream_id: a stream
 * @samples: (element-type ScStreamSample): what was measured of it, each at another time
 * @error: an error of %SC_STORE_ERROR
 *
 * Keeps samples; one of the same time is written over as far as a new one knows more. Those of a
 * stream that nobody knows are left out.
 *
 * Returns: %TRUE if they are kept
 */
gboolean
sc_viewer_store_add_samples (ScStoreConnection *connection,
                             const char *stream_id,
                             const GArray *samples,
                             GError **error)
{
  GString *arrays[N_ARRAYS];
  if (samples->len == 0)
    return TRUE;
  for (guint i = 0; i < N_ARRAYS; i++)
    arrays[i] = g_string_new (NULL);
  for (guint i = 0; i < samples->len; i++)
    append_sample (arrays, &g_array_index (samples, ScStreamSample, i));
  for (guint i = 0; i < N_ARRAYS; i++)
    g_string_append_c (arrays[i], '}');
  gboolean is_kept = insert_arrays (connection, stream_id, arrays, error);
  for (guint i = 0; i < N_ARRAYS; i++)
    g_string_free (arrays[i], TRUE);
  return is_kept;
}

/**
 * sc_viewer_store_forget:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Removes samples that are older than 90 days.
 *
 * Returns: %TRUE if they are gone
 */
gboolean
sc_viewer_store_forget (ScStoreConnection *connection, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM viewer_samples WHERE at < $1",
                           SC_PARAMS (sc_time (now - SAMPLES_KEPT_US)),
                           error) >= 0;
}
