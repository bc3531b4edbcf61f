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
  return sc_store_execute (
           connection,
           "WITH s AS (UPDATE streams SET peak_viewers = GREATEST(peak_viewers, $2::integer)"
           " WHERE id = $1 RETURNING id)"
           " INSERT INTO viewer_samples AS v (stream_id, at, viewers)"
           " SELECT id, $3, $2::integer FROM s"
           " ON CONFLICT (stream_id, at) DO UPDATE SET viewers = EXCLUDED.viewers"
           " WHERE v.viewers IS NULL",
           SC_PARAMS (sc_text (stream_id), sc_int (viewers), sc_time (at - at % GRID_US)),
           error) >= 0;
}

static ScStoreValue
known_int (gint64 value)
{
  return value < 0 ? sc_text (NULL) : sc_int (value);
}

static ScStoreValue
known_real (double value)
{
  return value < 0 ? sc_text (NULL) : sc_real (value);
}

/**
 * sc_viewer_store_add_sample:
 * @connection: a connection
 * @stream_id: a stream
 * @sample: what was measured of it
 * @error: an error of %SC_STORE_ERROR
 *
 * Keeps a sample; one of the same time is written over as far as this one knows more. A stream that
 * nobody knows is left out.
 *
 * Returns: %TRUE if it is kept
 */
gboolean
sc_viewer_store_add_sample (ScStoreConnection *connection,
                            const char *stream_id,
                            const ScStreamSample *sample,
                            GError **error)
{
  return sc_store_execute (
           connection,
           "WITH s AS (UPDATE streams SET peak_viewers = GREATEST(peak_viewers, $3::integer)"
           " WHERE id = $1 RETURNING id)"
           " INSERT INTO viewer_samples AS v (stream_id, at, viewers, bitrate, frame_rate,"
           " keyframe_interval) SELECT id, $2, $3::integer, $4::bigint, $5::double precision,"
           " $6::double precision FROM s ON CONFLICT (stream_id, at) DO UPDATE SET"
           " viewers = COALESCE(EXCLUDED.viewers, v.viewers),"
           " bitrate = COALESCE(EXCLUDED.bitrate, v.bitrate),"
           " frame_rate = COALESCE(EXCLUDED.frame_rate, v.frame_rate),"
           " keyframe_interval = COALESCE(EXCLUDED.keyframe_interval, v.keyframe_interval)",
           SC_PARAMS (sc_text (stream_id),
                      sc_time (sample->at),
                      known_int (sample->viewers),
                      known_int (sample->bitrate),
                      known_real (sample->frame_rate),
                      known_real (sample->keyframe_interval)),
           error) >= 0;
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
